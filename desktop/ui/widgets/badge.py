"""A status as a widget: the same chip of mark, word and colours that tables paint."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.parts.face import CHIP_RISE, Face, chip_font
from desktop.ui.theme import StatusStyle


class Badge(QWidget):
    """A chip, never cut; empty until it is given a style. Its accessible name is the mark and the word."""

    def __init__(self) -> None:
        super().__init__()
        self._style: Callable[[], StatusStyle] | None = None
        self._face = Face(chip_font(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> str:
        """What it says, without its mark."""
        return self._style().word if self._style else ""

    def show_style(self, made: Callable[[], StatusStyle]) -> None:
        """Show a status; ``made`` gives it in the colours of the theme in force."""
        self._style = made
        self.setAccessibleName(made().text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for mark and word on one line."""
        if self._style is None:
            return QSize(0, 0)
        return QSize(self._face.chip_width(self._style().text) + 1, self._face.line + 2 * CHIP_RISE)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._face = Face(chip_font(self.font()))
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chip."""
        if self._style:
            painter = QPainter(self)
            self._face.draw_chip(painter, 0, CHIP_RISE, self.width(), self._style())
            painter.end()
