"""Draws the marks of the Gantt: bars, hatching, dashed bands, diamonds."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPolygonF

from desktop.services.views import PlanRow
from desktop.ui import theme
from desktop.ui.parts.face import Face
from desktop.ui.plan.bars import UNDATED_MARKS, Mark, MarkKind
from desktop.ui.plan.marks import row_style
from desktop.ui.theme import StatusStyle, Tone

BAR = 14
SUMMARY = 6
DIAMOND = 6.5
_TILE = 8
EDGE = 8
"""Pixels between the left edge of the view and the words of an undated row."""


class MarkPainter:
    """Draws marks into a painter. ``left`` is the x of the scale at the left edge of the view."""

    def __init__(self, face: Face, ratio: float) -> None:
        self.face = face
        self.ratio = ratio

    def draw(self, painter: QPainter, row: PlanRow, made: list[Mark], area: QRect, left: int) -> None:
        """Draw the marks of one row into its area of the view."""
        style = row_style(row)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = area.y() + area.height() / 2
        for mark in made:
            if mark.kind in UNDATED_MARKS:
                self._words(painter, mark, style, area, left)
            elif mark.kind is MarkKind.DUE:
                diamond(painter, mark.x1 - left, middle, due_colour(style))
            elif mark.kind is MarkKind.CONTINUOUS:
                self._band(painter, mark, style, middle, area, left)
            elif mark.kind is MarkKind.SUMMARY:
                self._summary(painter, mark, middle, left)
            else:
                self._bar(painter, mark, style, middle, left)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _bar(self, painter: QPainter, mark: Mark, style: StatusStyle, middle: float, left: int) -> None:
        """What is reported solid in the status colour, the rest pale, hatched where its start is inferred."""
        box = QRectF(mark.x0 - left, middle - BAR / 2, mark.x1 - mark.x0, BAR)
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.bg)
        painter.drawRoundedRect(box, 2.5, 2.5)
        if mark.hatched:
            painter.setBrush(hatching(hatch_colour(style).name(), self.ratio))
            painter.setBrushOrigin(QPointF(-left, 0))
            painter.drawRoundedRect(box, 2.5, 2.5)
        if mark.filled > mark.x0:
            painter.setBrush(style.bar)
            painter.drawRoundedRect(QRectF(box.x(), box.y(), mark.filled - mark.x0, BAR), 2.5, 2.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(style.bar, 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        painter.restore()

    def _band(
        self, painter: QPainter, mark: Mark, style: StatusStyle, middle: float, area: QRect, left: int
    ) -> None:
        """Continuous work: a dashed band with its printed words, which stay in view."""
        height = max(self.face.line + 2, BAR)
        box = QRectF(mark.x0 - left + 0.5, round(middle - height / 2) + 0.5, mark.x1 - mark.x0 - 1, height)
        painter.setBrush(style.bg)
        pen = QPen(style.bar, 1.2, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawRoundedRect(box, 3, 3)
        x = max(box.x(), float(area.x())) + 6
        words = self.face.shortened(mark.text, max(int(box.right() - x - 4), 12))
        top = round(middle - self.face.line / 2) + 1
        self.face.draw(painter, round(x), top, (words,), style.fg)

    @staticmethod
    def _summary(painter: QPainter, mark: Mark, middle: float, left: int) -> None:
        c = theme.colours()
        box = QRectF(mark.x0 - left, middle - SUMMARY / 2, mark.x1 - mark.x0, SUMMARY)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(c.field_line)
        painter.drawRoundedRect(box, 3, 3)
        if mark.filled > mark.x0:
            painter.setBrush(c.tones[Tone.GREEN].fg)
            painter.drawRoundedRect(QRectF(box.x(), box.y(), mark.filled - mark.x0, SUMMARY), 3, 3)

    def _words(self, painter: QPainter, mark: Mark, style: StatusStyle, area: QRect, left: int) -> None:
        """A row without a day: its own mark and the printed phrase, in view however one scrolls."""
        c = theme.colours()
        colour = c.tones[Tone.AMBER].fg if mark.kind is MarkKind.UNCLEAR else style.fg
        start = area.x() + EDGE + (max(round(mark.x1) - left, 0) if mark.x1 else 0)
        words = self.face.shortened(mark.text, max(area.right() - EDGE - start, 0))
        top = round(area.y() + area.height() / 2 - self.face.line / 2)
        self.face.draw(painter, start, top, (words,), colour)


def diamond(painter: QPainter, x: float, y: float, colour: QColor) -> None:
    """A due mark around a point, with a rim that parts it from the bar below."""
    points = [QPointF(x, y - DIAMOND), QPointF(x + DIAMOND, y), QPointF(x, y + DIAMOND), QPointF(x - DIAMOND, y)]
    painter.setPen(QPen(theme.colours().panel, 1.4))
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF(points))


def due_colour(style: StatusStyle) -> QColor:
    """The colour of due marks: the status's where it says something, else that of text."""
    c = theme.colours()
    quiet = (c.tones[Tone.GREY].fg, c.tones[Tone.BLUE].fg)
    return c.text if style.fg in quiet else style.fg


def hatch_colour(style: StatusStyle) -> QColor:
    """The colour of hatching: the status's where it says something, else a quiet one."""
    c = theme.colours()
    quiet = (c.tones[Tone.GREY].bar, c.tones[Tone.BLUE].bar)
    return c.hatch if style.bar in quiet else style.bar


@lru_cache(maxsize=32)
def hatching(colour: str, ratio: float) -> QBrush:
    """A brush of slanting stripes on nothing, sharp at the given device pixel ratio."""
    side = math.ceil(_TILE * ratio)
    tile = QPixmap(side, side)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), side * 0.36, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    for shift in (-side, 0, side):
        painter.drawLine(QPointF(shift - 2, side + 2), QPointF(shift + side + 2, -2))
    painter.end()
    tile.setDevicePixelRatio(side / _TILE)
    return QBrush(tile)
