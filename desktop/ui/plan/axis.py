"""The two header rows of the Gantt with the label of today."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.parts.face import Face
from desktop.ui.parts.words import short_day_words
from desktop.ui.plan.timescale import Tick, TimeScale

_PAD = 8
_SMALLER = 0.92


class Timeline(Protocol):
    """What an axis is the header of: a scale seen from ``left`` on, in pixels, and its day of today."""

    scale: TimeScale
    today: date

    @property
    def left(self) -> int:
        """The x of the scale at the left edge of the view."""

    def today_x(self) -> int:
        """The x of today in the view."""


class Axis(QWidget):
    """Header of a Gantt; paints its scale."""

    def __init__(self, gantt: Timeline, parent: QWidget) -> None:
        super().__init__(parent)
        self._gantt = gantt
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Upper row, lower row, today."""
        c = theme.colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), c.header)
        scale, left, width = self._gantt.scale, self._gantt.left, self.width()
        half = self.height() // 2
        flag, words = self.flag()
        self._upper(painter, half, flag)
        self._lower(painter, scale.lower(left, left + width), QRect(0, half, width, self.height() - half))
        painter.setPen(QPen(c.line, 1))
        painter.drawLine(0, half - 1, width, half - 1)
        painter.drawLine(0, self.height() - 1, width, self.height() - 1)
        if words:
            self._today(painter, flag, words)
        painter.end()

    def flag(self) -> tuple[QRect, str]:
        """Where the flag of today stands and its words, the short ones where the long ones would hide a heading.

        Empty while today is out of view. The flag stands over its line and stays inside the view.
        """
        x, half = self._gantt.today_x(), self.height() // 2
        if not -2 <= x <= self.width() + 2:
            return QRect(), ""
        day = short_day_words(self._gantt.today)
        face = self.face(bold=True)
        box = QRect()
        for words in (f"Hôm nay {day}", day):
            wide = face.advance(words) + 12
            box = QRect(min(max(x - wide // 2, 0), max(self.width() - wide, 0)), 2, wide, half - 4)
            if self._hides_none(box):
                return box, words
        return box, day

    def _hides_none(self, box: QRect) -> bool:
        """Whether every heading reads as it would without the flag."""
        return [words for _, _, words in self.headings(box)] == [words for _, _, words in self.headings(QRect())]

    def headings(self, flag: QRect) -> list[tuple[Tick, int, str]]:
        """The words of the upper row and their x, beside the flag: long ones, short ones, or none."""
        scale, left = self._gantt.scale, self._gantt.left
        face = self.face(bold=True)
        found: list[tuple[Tick, int, str]] = []
        for tick in scale.upper(left, left + self.width()):
            start, end = max(round(scale.left(tick.first)) - left, 0) + _PAD, round(scale.right(tick.last)) - left - 2
            free = [(start, end)]
            if not flag.isEmpty() and flag.left() - 2 < end and flag.right() + 2 > start:
                free = [(start, flag.left() - 2), (max(flag.right() + _PAD, start), end)]
            fits = ((at, _fitting(face, tick, stop - at)) for at, stop in free)
            at, words = max(fits, key=lambda one: (len(one[1]), -one[0]))
            found.append((tick, at, words))
        return found

    def _upper(self, painter: QPainter, height: int, flag: QRect) -> None:
        c = theme.colours()
        face = self.face(bold=True)
        for tick, at, words in self.headings(flag):
            x = round(self._gantt.scale.left(tick.first)) - self._gantt.left
            painter.setPen(QPen(c.line, 1))
            painter.drawLine(x, 0, x, height - 1)
            if words:
                face.draw(painter, at, (height - face.line) // 2, (words,), c.muted)

    def _lower(self, painter: QPainter, ticks: list[Tick], area: QRect) -> None:
        c = theme.colours()
        face = self.face(bold=False)
        top = area.y() + (area.height() - face.line) // 2
        for tick in ticks:
            x0 = round(self._gantt.scale.left(tick.first)) - self._gantt.left
            x1 = round(self._gantt.scale.right(tick.last)) - self._gantt.left
            painter.setPen(QPen(c.line, 1))
            painter.drawLine(x0, area.y(), x0, area.bottom())
            words = _fitting(face, tick, x1 - x0 - 2)
            if words:
                face.draw(painter, x0 + (x1 - x0 - face.advance(words)) // 2 + 1, top, (words,), c.muted)

    def _today(self, painter: QPainter, box: QRect, words: str) -> None:
        """The flag in the upper row on a stem down to the line below."""
        c = theme.colours()
        x = self._gantt.today_x()
        face = self.face(bold=True)
        painter.setPen(QPen(c.today, 2))
        painter.drawLine(x, box.bottom(), x, self.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(c.today)
        painter.drawRoundedRect(box, 3, 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        face.draw(painter, box.x() + 6, box.y() + (box.height() - face.line) // 2, (words,), c.panel)

    def face(self, *, bold: bool) -> Face:
        """The face of a row's words: the upper row's is bold."""
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * _SMALLER)
        font.setBold(bold)
        return Face(font)


def _fitting(face: Face, tick: Tick, width: int) -> str:
    """The long words, the short ones, or none: a cut word in a heading misleads."""
    return next((words for words in (tick.label, tick.short) if face.advance(words) <= width), "")
