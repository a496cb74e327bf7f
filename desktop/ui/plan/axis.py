"""The two header rows of the Gantt with the label of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.parts.face import Face
from desktop.ui.parts.words import short_day_words
from desktop.ui.plan.timescale import Tick

if TYPE_CHECKING:
    from desktop.ui.plan.gantt import GanttView

_PAD = 8
_SMALLER = 0.92


class Axis(QWidget):
    """Header of a Gantt; paints the scale of its parent."""

    def __init__(self, gantt: GanttView) -> None:
        super().__init__(gantt)
        self._gantt = gantt
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Upper row, lower row, today."""
        c = theme.colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), c.header)
        scale, left, width = self._gantt.scale, self._gantt.left, self.width()
        half = self.height() // 2
        self._row(painter, scale.upper(left, left + width), QRect(0, 0, width, half), upper=True)
        self._row(painter, scale.lower(left, left + width), QRect(0, half, width, self.height() - half), upper=False)
        painter.setPen(QPen(c.line, 1))
        painter.drawLine(0, half - 1, width, half - 1)
        painter.drawLine(0, self.height() - 1, width, self.height() - 1)
        self._today(painter, half)
        painter.end()

    def _row(self, painter: QPainter, ticks: list[Tick], area: QRect, *, upper: bool) -> None:
        c = theme.colours()
        face = self._face(bold=upper)
        top = area.y() + (area.height() - face.line) // 2
        for tick in ticks:
            x0 = round(self._gantt.scale.left(tick.first)) - self._gantt.left
            x1 = round(self._gantt.scale.right(tick.last)) - self._gantt.left
            painter.setPen(QPen(c.line, 1))
            painter.drawLine(x0, area.y(), x0, area.bottom())
            if upper:
                start = max(x0, 0) + _PAD
                words = _fitting(face, tick, x1 - start - 2)
            else:
                words = _fitting(face, tick, x1 - x0 - 2)
                start = x0 + (x1 - x0 - face.advance(words)) // 2 + 1
            if words:
                face.draw(painter, start, top, (words,), c.muted)

    def _today(self, painter: QPainter, half: int) -> None:
        """A flag in the upper row on a stem through the lower one, held inside the view."""
        c = theme.colours()
        x = self._gantt.today_x()
        if not -2 <= x <= self.width() + 2:
            return
        face = self._face(bold=True)
        words = f"Hôm nay {short_day_words(self._gantt.today)}"
        wide = face.advance(words) + 12
        box = QRect(min(max(x - wide // 2, 0), max(self.width() - wide, 0)), 2, wide, half - 4)
        painter.setPen(QPen(c.today, 2))
        painter.drawLine(x, half - 4, x, self.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(c.today)
        painter.drawRoundedRect(box, 3, 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        face.draw(painter, box.x() + 6, box.y() + (box.height() - face.line) // 2, (words,), c.panel)

    def _face(self, *, bold: bool) -> Face:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * _SMALLER)
        font.setBold(bold)
        return Face(font)


def _fitting(face: Face, tick: Tick, width: int) -> str:
    """The long words, the short ones, or none: a cut word in a heading misleads."""
    return next((words for words in (tick.label, tick.short) if face.advance(words) <= width), "")
