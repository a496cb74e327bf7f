"""Filter chips with counts on one line; those that do not fit wait in a menu."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

K = TypeVar("K")
_GAP = 6
_SIDES = 24
PLAIN_MENU = "QPushButton::menu-indicator { image: none; width: 0; }"
"""For buttons whose words end in ▼ already."""


class _Told(QObject):
    changed = Signal()


class Chips(QWidget, Generic[K]):
    """Any number of pressed chips; ``told.changed`` when a person presses one."""

    def __init__(self, name: str, choices: Iterable[tuple[K, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.told = _Told(self)
        self._words = dict(choices)
        self._counts: dict[K, int] = {}
        self._chips = {key: self._chip(words) for key, words in self._words.items()}
        self._more = QPushButton("Lọc ▼", self)
        self._more.setProperty("look", "chip")
        self._more.setAutoDefault(False)
        self._more.setToolTip("Các bộ lọc khác")
        self._menu = QMenu(self._more)
        self._more.setStyleSheet(PLAIN_MENU)
        self._more.setMenu(self._menu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _chip(self, words: str) -> QPushButton:
        chip = QPushButton(words, self)
        chip.setProperty("look", "chip")
        chip.setCheckable(True)
        chip.setAutoDefault(False)
        chip.clicked.connect(self._pressed)
        return chip

    @property
    def chosen(self) -> frozenset[K]:
        """Keys of the pressed chips."""
        return frozenset(key for key, chip in self._chips.items() if chip.isChecked())

    def choose(self, keys: frozenset[K]) -> None:
        """Press these chips, without telling."""
        for key, chip in self._chips.items():
            chip.setChecked(key in keys)
        self._arrange()

    def chip(self, key: K) -> QPushButton:
        """The chip of a key."""
        return self._chips[key]

    def set_counts(self, counts: dict[K, int]) -> None:
        """Say how many each chip would show; a chip that would show none goes away."""
        self._counts = counts
        for key, chip in self._chips.items():
            chip.setText(f"{self._words[key]} {counts.get(key, 0)}")
        self._arrange()

    def sizeHint(self) -> QSize:
        """Room for all chips."""
        width = sum(self._width(key) + _GAP for key in self._chips if self._wanted(key))
        return QSize(width, self._more.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for the menu."""
        return self._more.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits."""
        super().resizeEvent(event)
        self._arrange()

    def _wanted(self, key: K) -> bool:
        return self._counts.get(key, 0) > 0 or self._chips[key].isChecked()

    def _pressed(self) -> None:
        self._arrange()
        self.told.changed.emit()

    def _arrange(self) -> None:
        wanted = [key for key in self._chips if self._wanted(key)]
        wanted.sort(key=lambda key: not self._chips[key].isChecked())
        shown = self._fitting(wanted)
        x = 0
        for key, chip in self._chips.items():
            chip.setVisible(key in shown)
            if key in shown:
                size = chip.sizeHint()
                size.setWidth(self._width(key))
                chip.setGeometry(x, (self.height() - size.height()) // 2, size.width(), size.height())
                x += size.width() + _GAP
        hidden = [key for key in wanted if key not in shown]
        self._more.setVisible(bool(hidden))
        size = self._more.sizeHint()
        self._more.setGeometry(x, (self.height() - size.height()) // 2, size.width(), size.height())
        self._menu.clear()
        for key in hidden:
            self._menu.addAction(self._chips[key].text(), self._chips[key].click)
        self.updateGeometry()

    def _width(self, key: K) -> int:
        """Room for the words in bold where pressed: Qt asks for the room of plain ones."""
        chip = self._chips[key]
        font = QFont(chip.font())
        font.setBold(chip.isChecked())
        return max(QFontMetrics(font).horizontalAdvance(chip.text()) + _SIDES, chip.sizeHint().width())

    def _fitting(self, wanted: list[K]) -> set[K]:
        """As many as fit, those that are pressed first; with a menu where not all do."""
        widths = {key: self._width(key) + _GAP for key in wanted}
        if sum(widths.values()) - _GAP <= self.width():
            return set(wanted)
        left = self.width() - self._more.sizeHint().width()
        shown: set[K] = set()
        for key in wanted:
            left -= widths[key]
            if left < 0:
                break
            shown.add(key)
        return shown
