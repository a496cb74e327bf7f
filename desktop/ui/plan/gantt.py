"""The Gantt beside the table: same rows, same heights, same vertical position; paints visible rows only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from desktop.models.plan import NodeKind
from desktop.ui import theme
from desktop.ui.parts.face import Face
from desktop.ui.parts.heights import RowHeights
from desktop.ui.plan.axis import Axis
from desktop.ui.plan.bars import Mark, marks, summary
from desktop.ui.plan.brushes import MarkPainter
from desktop.ui.plan.delegate import ground
from desktop.ui.plan.rows import FlatRows
from desktop.ui.plan.timescale import Zoom, extent, fit, nearer, span_days
from desktop.ui.plan.words import tooltip_lines

_NOTCH = 120
_DESCRIPTION = "Thanh thời gian của các hàng đang hiện trong bảng kế hoạch."
_MANY = 4000
_SMALLER = 0.9
_END = 9
"""Pixels after the last day, so that a due mark on it shows whole."""


class GanttView(QAbstractScrollArea):
    """Bars of the rows of ``flat``. Its vertical position and range are the table's; see ``follow``."""

    chosen = Signal(int)
    """A visible position was clicked."""
    opened = Signal(int)
    """A visible position was double-clicked."""
    zoomed = Signal(object)
    """The zoom was changed by wheel or keys."""
    key_pressed = Signal(object)
    """A key that is the table's to answer."""
    wheeled = Signal(int)
    """The wheel was turned to scroll the rows, in eighths of a degree."""

    def __init__(self, flat: Callable[[], FlatRows], heights: RowHeights, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flat = flat
        self._heights = heights
        self.year = 2000
        self.today = date(2000, 1, 1)
        self.zoom = Zoom.MONTH
        self._days = extent(self.year, ())
        self.scale = fit(*self._days, self.zoom, 100)
        self._marks: dict[int, list[Mark]] = {}
        self._chosen: frozenset[int] = frozenset()
        self.axis = Axis(self, self)
        self._wheel = 0
        self._take_font()
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Biểu đồ Gantt")
        self.setAccessibleDescription(_DESCRIPTION)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def flat(self) -> FlatRows:
        """The rows that show."""
        return self._flat()

    @property
    def left(self) -> int:
        """The x of the scale at the left edge of the view."""
        return self.horizontalScrollBar().value()

    def show_plan(self, year: int, today: date) -> None:
        """Take the rows of a plan; the axis covers its year and the years its days lie in."""
        first = year != self.year
        self.year, self.today = year, today
        rows = self.flat.rows
        known = [day for row in rows for day in span_days(row.schedule.spans)]
        known.extend(day for row in rows for day in row.schedule.due_days)
        self._days = extent(year, known)
        self._rescale()
        if first:
            self.go_to_year()

    def rows_changed(self) -> None:
        """Other rows show, or the same with other values."""
        self._marks.clear()
        self.viewport().update()

    def select(self, positions: frozenset[int]) -> None:
        """Show these visible positions as selected."""
        if positions != self._chosen:
            self._chosen = positions
            self.viewport().update()
        # Screen readers hear the marks of the current row in words; the table speaks for the rows themselves.
        told = [self.tooltip(at) for at in sorted(positions)[:1] if at < len(self.flat)]
        self.setAccessibleDescription(told[0] if told else _DESCRIPTION)

    def set_zoom(self, zoom: Zoom, anchor: float | None = None) -> None:
        """Zoom; the day under the x ``anchor`` of the view stays where it is: by default today, or else the middle."""
        if zoom is self.zoom:
            return
        width = self.viewport().width()
        if anchor is None:
            anchor = self.today_x() if 0 <= self.today_x() < width else width / 2
        day = self.scale.day_at(self.left + anchor)
        self.zoom = zoom
        self._rescale()
        self.horizontalScrollBar().setValue(round(self.scale.left(day) - anchor))

    def go_to_year(self) -> None:
        """Show the plan's year from its start, or today where that would not be in view."""
        start = self.scale.left(date(self.year, 1, 1))
        today = self.scale.right(self.today)
        width = self.viewport().width()
        inside = not start < today < self.scale.right(date(self.year, 12, 31)) or today < start + width * 0.95
        self.horizontalScrollBar().setValue(round(start if inside else today - width * 0.7))

    def marks_of(self, position: int) -> list[Mark]:
        """The marks of a visible row, in pixels of the scale."""
        index = self.flat.visible[position]
        known = self._marks.get(index)
        if known is None:
            if len(self._marks) > _MANY:
                self._marks.clear()
            known = self._marks[index] = self._make_marks(position)
        return known

    def _make_marks(self, position: int) -> list[Mark]:
        row = self.flat.row(position)
        if row.kind is NodeKind.ITEM:
            return marks(row, self.scale)
        if self.flat.is_collapsed(position):
            return summary(self.flat.descendants(position), row.status, self.scale)
        return []

    def _rescale(self) -> None:
        width = self.viewport().width()
        self.scale = fit(*self._days, self.zoom, width - _END)
        self._marks.clear()
        bar = self.horizontalScrollBar()
        bar.setRange(0, max(round(self.scale.width) + _END - width, 0))
        bar.setPageStep(width)
        bar.setSingleStep(round(30 * self.scale.per_day))
        self.axis.update()
        self.viewport().update()

    def follow(self, maximum: int, page: int, value: int) -> None:
        """Take range and value of the table's vertical scroll bar, in rows."""
        bar = self.verticalScrollBar()
        bar.setRange(0, maximum)
        bar.setPageStep(page)
        bar.setValue(value)
        self.viewport().update()

    def set_axis_height(self, height: int) -> None:
        """Stand level with the headings of the table."""
        self.setViewportMargins(0, height, 0, 0)
        self._place_axis()

    def _place_axis(self) -> None:
        view = self.viewport().geometry()
        self.axis.setGeometry(view.x(), 0, view.width(), view.y())

    def _take_font(self) -> None:
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * _SMALLER)
        self.painter_of_marks = MarkPainter(Face(small), self.devicePixelRatioF())

    def _scrolled(self) -> None:
        self.axis.update()
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Everything is painted anew: rows are few and words stay at the edge."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The scale fills the view."""
        super().resizeEvent(event)
        day = self.scale.day_at(self.left)
        fresh = event.oldSize().width() <= 0
        self._rescale()
        self._place_axis()
        if fresh:
            self.go_to_year()
        else:
            self.horizontalScrollBar().setValue(round(self.scale.left(day)))

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._take_font()
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Grounds, grid, marks and the line of today, for the rows in view."""
        painter = QPainter(self.viewport())
        c = theme.colours()
        width, height = self.viewport().width(), self.viewport().height()
        painter.fillRect(self.viewport().rect(), c.panel)
        places = self._heights.shown(self.verticalScrollBar().value(), height)
        flat = self.flat
        for place in places:
            area = QRect(0, place.y, width, place.height)
            painter.fillRect(area, ground(flat.row(place.row), place.row in self._chosen))
        self._paint_grid(painter, width, height)
        painter.setPen(QPen(c.row_line, 1))
        for place in places:
            painter.drawLine(0, place.y + place.height - 1, width, place.y + place.height - 1)
        for place in places:
            area = QRect(0, place.y, width, place.height)
            self.painter_of_marks.draw(painter, flat.row(place.row), self.marks_of(place.row), area, self.left)
        self._paint_today(painter, height)
        painter.end()

    def _paint_grid(self, painter: QPainter, width: int, height: int) -> None:
        c = theme.colours()
        for ticks, colour in (
            (self.scale.lower(self.left, self.left + width), c.row_line),
            (self.scale.upper(self.left, self.left + width), c.line),
        ):
            painter.setPen(QPen(colour, 1))
            for tick in ticks:
                x = round(self.scale.left(tick.first)) - self.left
                painter.drawLine(x, 0, x, height)

    def _paint_today(self, painter: QPainter, height: int) -> None:
        x = self.today_x()
        painter.setPen(QPen(theme.colours().today, 2))
        painter.drawLine(x, 0, x, height)

    def today_x(self) -> int:
        """The x of the line of today in the view: the middle of the day."""
        return round((self.scale.left(self.today) + self.scale.right(self.today)) / 2) - self.left

    def row_at(self, y: int) -> int:
        """The visible position painted at y of the view, -1 for none."""
        return self._heights.row_at(self.verticalScrollBar().value(), y)

    def tooltip(self, position: int) -> str:
        """What the tooltip over a row says."""
        return "\n".join(tooltip_lines(self.flat.row(position)))

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self.row_at(event.pos().y())
            if at >= 0:
                QToolTip.showText(event.globalPos(), self.tooltip(at), self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click selects the row."""
        at = self.row_at(event.position().toPoint().y())
        if at >= 0:
            self.chosen.emit(at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the details."""
        at = self.row_at(event.position().toPoint().y())
        if at >= 0:
            self.opened.emit(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl zooms around the pointer, Shift scrolls along time, else the rows scroll."""
        delta = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._wheel += delta.y()
            steps = int(self._wheel / _NOTCH)
            self._wheel -= steps * _NOTCH
            self._zoom_by(steps, event.position().x())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or delta.x():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (delta.x() or delta.y()) // 2)
        else:
            self.wheeled.emit(delta.y())
        event.accept()

    def _zoom_by(self, steps: int, anchor: float | None = None) -> None:
        wanted = nearer(self.zoom, steps)
        if wanted is not self.zoom:
            self.set_zoom(wanted, anchor)
            self.zoomed.emit(wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right move along time, plus and minus zoom; other keys move among the rows."""
        bar = self.horizontalScrollBar()
        match event.key():
            case Qt.Key.Key_Left:
                bar.setValue(bar.value() - bar.singleStep())
            case Qt.Key.Key_Right:
                bar.setValue(bar.value() + bar.singleStep())
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._zoom_by(1)
            case Qt.Key.Key_Minus:
                self._zoom_by(-1)
            case _:
                self.key_pressed.emit(event)
                return
        event.accept()
