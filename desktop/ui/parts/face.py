"""A font with what is often asked of it remembered: widths of words and broken lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from desktop.ui.parts.wrap import shorten, wrap
from desktop.ui.theme import StatusStyle

_MANY = 20_000
CHIP_PAD = 7
CHIP_RISE = 2


def chip_font(font: QFont) -> QFont:
    """The font of a chip beside text of ``font``: bold and half a point smaller."""
    made = QFont(font)
    made.setBold(True)
    made.setPointSizeF(font.pointSizeF() - 0.5)
    return made


class Face:
    """One font for painted cells. Not a Qt object; make a new one when font or screen change."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self.line = max(self.metrics.lineSpacing(), self.metrics.height()) + 1
        self._advances: dict[str, int] = {}
        self._lines: dict[tuple[str, int, int], tuple[str, ...]] = {}

    def advance(self, text: str) -> int:
        """Width of a text in pixels."""
        known = self._advances.get(text)
        if known is None:
            known = self._advances[text] = self.metrics.horizontalAdvance(text)
        return known

    def lines(self, text: str, width: int, most: int = 0) -> tuple[str, ...]:
        """The text broken at ``width`` pixels, see ``wrap``."""
        key = (text, width, most)
        known = self._lines.get(key)
        if known is None:
            if len(self._lines) > _MANY:
                self._lines.clear()
                self._advances.clear()
            known = self._lines[key] = wrap(text, width, self.advance, most)
        return known

    def shortened(self, text: str, width: int) -> str:
        """The text on one line of at most ``width`` pixels."""
        return shorten(text, width, self.advance)

    def draw(self, painter: QPainter, x: int, y: int, lines: Sequence[str], colour: QColor) -> None:
        """Draw lines below each other, the top of the first one at y."""
        painter.setFont(self.font)
        painter.setPen(colour)
        base = y + self.metrics.ascent()
        for line in lines:
            painter.drawText(x, base, line)
            base += self.line

    def chip_lines(self, text: str, width: int) -> tuple[str, ...]:
        """The lines of a chip's words where it may be ``width`` pixels wide."""
        return self.lines(text, width - 2 * CHIP_PAD)

    def chip_width(self, text: str) -> int:
        """The width of a chip whose words stand on one line."""
        return self.advance(text) + 2 * CHIP_PAD

    def chip_height(self, text: str, width: int) -> int:
        """The height of a chip."""
        return len(self.chip_lines(text, width)) * self.line + 2 * CHIP_RISE

    def draw_chip(self, painter: QPainter, x: int, y: int, width: int, style: StatusStyle) -> QRect:
        """Mark and word on a rounded ground, the top of the words at y; gives back what it covers."""
        lines = self.chip_lines(style.text, width)
        wide = max(self.advance(line) for line in lines)
        box = QRect(x, y - CHIP_RISE, wide + 2 * CHIP_PAD, len(lines) * self.line + 2 * CHIP_RISE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(style.bg)
        painter.drawRoundedRect(box, 3, 3)
        painter.restore()
        self.draw(painter, x + CHIP_PAD, y, lines, style.fg)
        return box
