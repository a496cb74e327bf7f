"""Buttons of which exactly one is pressed, side by side like one control."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

K = TypeVar("K")
_SIDES = 26


class _Told(QObject):
    chosen = Signal(object)


class Segments(QWidget, Generic[K]):
    """A choice of one; ``told.chosen`` gives the key when a person chooses."""

    def __init__(self, name: str, choices: Iterable[tuple[K, str]], chosen: K) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.told = _Told(self)
        self._buttons: dict[K, QPushButton] = {}
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for key, words in choices:
            button = QPushButton(words)
            button.setProperty("look", "segment")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setMinimumWidth(self._bold_width(words))
            self._buttons[key] = button
            self._group.addButton(button)
            layout.addWidget(button)
        self._buttons[chosen].setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for key, button in self._buttons.items():
            button.clicked.connect(lambda _checked=False, key=key: self.told.chosen.emit(key))

    def choose(self, key: K) -> None:
        """Press a button without telling."""
        self._buttons[key].setChecked(True)

    def rename(self, key: K, words: str) -> None:
        """Other words on a button."""
        self._buttons[key].setText(words)
        self._buttons[key].setMinimumWidth(self._bold_width(words))

    def event(self, event: QEvent) -> bool:
        """Another text size: other widths."""
        if event.type() == QEvent.Type.ApplicationFontChange:
            for button in self._buttons.values():
                button.setMinimumWidth(self._bold_width(button.text()))
        return super().event(event)

    def button(self, key: K) -> QPushButton:
        """The button of a key."""
        return self._buttons[key]

    @staticmethod
    def _bold_width(words: str) -> int:
        """Room for the words in bold, which they are while pressed: Qt asks for the room of plain ones."""
        font = QApplication.font()
        font.setBold(True)
        return QFontMetrics(font).horizontalAdvance(words) + _SIDES
