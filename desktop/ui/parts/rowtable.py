"""A table of wrapped rows: heights measured lazily, scrolling by row, first columns frozen, copying as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.parts.face import Face, chip_font
from desktop.ui.parts.heights import RowHeights

_NOTCH = 120
_WHEEL_PIXELS = 96
Index = QModelIndex | QPersistentModelIndex
HEADING_ALIGNMENT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
"""For a model's headings: Qt takes text flags there too, so that long ones wrap."""


class CellDelegate(QStyledItemDelegate):
    """Paints the cells of a RowTable, wherever they stand, in the faces of the table's font."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self.plain = Face(view.font())
        self.bold = Face(view.font())
        self.chip = Face(view.font())
        self.take_font(view.font())

    def take_font(self, font: QFont) -> None:
        """Measure with another font from now on."""
        self.plain = Face(font)
        heavy = QFont(font)
        heavy.setBold(True)
        self.bold = Face(heavy)
        self.chip = Face(chip_font(font))

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, selected: bool) -> None:
        """Paint one cell, ground and all."""
        raise NotImplementedError

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's way in."""
        given: Any = option  # The stubs of PySide6 6.9 know none of the fields of a style option.
        selected = bool(given.state & QStyle.StateFlag.State_Selected)
        self.paint_cell(painter, given.rect, index, selected)


class RowHeader(QHeaderView):
    """Headings that tell of clicks with their modifiers, and whose first sections may stay where they are."""

    clicked = Signal(int, bool)
    """Logical column, and whether Shift was held."""

    def __init__(self, frozen: int, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._frozen = frozen
        self._pressed = QPoint(-1, -1)
        self.lines = 1
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumSectionSize(36)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        """As high as the lines asked for, so that it can stand level with a neighbour's."""
        hint = super().sizeHint()
        hint.setHeight(self.height_for(self.lines))
        return hint

    def height_for(self, lines: int) -> int:
        """Height of so many lines of headings."""
        return lines * (self.fontMetrics().height() + 6) + (0 if lines > 1 else 6)

    def frozen_width(self) -> int:
        """Width of the sections that stay."""
        return sum(self.sectionSize(column) for column in range(self._frozen) if not self.isSectionHidden(column))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The headings, the frozen ones once more on top where the rest has scrolled below them."""
        super().paintEvent(event)
        if not self.offset():
            return
        painter = QPainter(self.viewport())
        x = 0
        for column in range(self._frozen):
            size = self.sectionSize(column)
            self.paintSection(painter, QRect(x, 0, size, self.height()), column)
            x += size
        painter.setPen(QPen(theme.colours().line, 1))
        painter.drawLine(x - 1, 0, x - 1, self.height())
        painter.end()

    def column_at(self, x: int) -> int:
        """The logical column under x, frozen ones first."""
        if self.offset() and x < self.frozen_width():
            edge = 0
            for column in range(self._frozen):
                edge += self.sectionSize(column)
                if x < edge:
                    return column
        return self.logicalIndexAt(x)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where; a drag of an edge is not a click."""
        resizing = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        self._pressed = QPoint(-1, -1) if resizing else event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of a click."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        if self._pressed.x() >= 0 and (at - self._pressed).manhattanLength() < 5:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.clicked.emit(self.column_at(at.x()), shift)


class RowTable(QTableView):
    """A QTableView painted by a delegate, with one list of row heights that others may share.

    ``measure`` gives the height of a row at the present column widths. Scrolls by row, so that rows above need no
    heights; ``moved`` tells that the rows in view, or their places, may be others now.
    """

    moved = Signal()

    def __init__(self, measure: Callable[[int], int], frozen: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heights = RowHeights(measure)
        self._frozen = frozen
        self._laying = False
        self._wheel = 0
        self.headings = RowHeader(frozen, self)
        self.setHorizontalHeader(self.headings)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.headings.sectionResized.connect(self._column_resized)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    @contextmanager
    def changing_columns(self) -> Iterator[None]:
        """Change widths and which columns show; rows are measured once, at the end.

        Qt tells of a resized column before it has worked out where the others then stand: nothing may ask meanwhile.
        """
        self._laying = True
        try:
            yield
        finally:
            self._laying = False
        self.remeasure()

    def remeasure(self) -> None:
        """Forget all heights: other rows, other widths or another font."""
        self.heights.reset(self.model().rowCount())
        self.updateGeometries()
        self.viewport().update()
        self.moved.emit()

    def frozen_width(self) -> int:
        """Width of the columns that stay while others have scrolled below them, 0 where nothing has."""
        return self.headings.frozen_width() if self.headings.offset() else 0

    def updateGeometries(self) -> None:
        """Measure what shows and the last page, which the scroll range hangs on, before Qt works the range out."""
        if self._laying or self.model() is None:
            return
        self._laying = True
        try:
            if len(self.heights) != self.model().rowCount():
                self.heights.reset(self.model().rowCount())
            self._apply_heights()
            super().updateGeometries()
            # Rows above were measured since the offset was set, or other rows are there now.
            self.verticalHeader().setOffsetToSectionPosition(self.verticalScrollBar().value())
        finally:
            self._laying = False

    def _apply_heights(self) -> None:
        pixels = self.viewport().height()
        last = self.heights.last_first(pixels)
        first = min(self.verticalScrollBar().value(), last)
        header = self.verticalHeader()
        for row in range(max(last - 1, 0), len(self.heights)):
            self._apply(header, row, self.heights.height(row))
        for place in self.heights.shown(first, pixels):
            self._apply(header, place.row, place.height)

    @staticmethod
    def _apply(header: QHeaderView, row: int, height: int) -> None:
        if header.sectionSize(row) != height:
            header.resizeSection(row, height)

    def _scrolled(self) -> None:
        self.updateGeometries()
        self.viewport().update()
        self.moved.emit()

    def _column_resized(self) -> None:
        if not self._laying:
            self.remeasure()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll; what is frozen must be painted anew where it stays."""
        super().scrollContentsBy(dx, dy)
        if dx:
            self.viewport().update()
            self.headings.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll about as far as a wheel does elsewhere, at least one row: rows differ much in height."""
        delta = event.angleDelta()
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier) or delta.x():
            super().wheelEvent(event)
            return
        self.scroll_by(delta.y())
        event.accept()

    def scroll_by(self, delta: int) -> None:
        """Scroll as for a turn of the wheel by ``delta`` eighths of a degree."""
        self._wheel += delta
        notches = int(self._wheel / _NOTCH)
        self._wheel -= notches * _NOTCH
        bar = self.verticalScrollBar()
        for _ in range(abs(notches)):
            bar.setValue(self._next_top(bar.value(), -1 if notches > 0 else 1))

    def _next_top(self, top: int, step: int) -> int:
        covered = 0
        while 0 <= top + min(step, 0) and top < len(self.heights) and covered < _WHEEL_PIXELS:
            covered += self.heights.height(top + min(step, 0))
            top += step
        return top

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, the frozen ones once more on top where the rest has scrolled below them."""
        super().paintEvent(event)
        width = self.frozen_width()
        if not width:
            return
        painter = QPainter(self.viewport())
        for place in self.heights.shown(self.verticalScrollBar().value(), self.viewport().height()):
            self._paint_frozen(painter, place.row, QRect(0, place.y, width, place.height))
        painter.setPen(QPen(theme.colours().line, 1))
        painter.drawLine(width - 1, 0, width - 1, self.viewport().height())
        painter.end()

    def _paint_frozen(self, painter: QPainter, row: int, rect: QRect) -> None:
        delegate = self.itemDelegate()
        if not isinstance(delegate, CellDelegate):
            return
        x = 0
        for column in range(self._frozen):
            if self.isColumnHidden(column):
                continue
            size = self.columnWidth(column)
            index = self.model().index(row, column)
            cell = QRect(x, rect.y(), size, rect.height())
            delegate.paint_cell(painter, cell, index, self.selectionModel().isSelected(index))
            x += size

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The cell under a point, frozen ones first."""
        if point.x() < self.frozen_width():
            row = self.rowAt(point.y())
            return self.model().index(row, self.headings.column_at(point.x())) if row >= 0 else QModelIndex()
        return super().indexAt(point)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into view, out from below the frozen columns too."""
        if not index.isValid():
            return
        self._bring_row(index.row())
        if index.column() < self._frozen:
            return
        bar = self.horizontalScrollBar()
        left = self.columnViewportPosition(index.column())
        right = left + self.columnWidth(index.column())
        if right > self.viewport().width():
            bar.setValue(bar.value() + right - self.viewport().width())
            left = self.columnViewportPosition(index.column())
        hidden = self.headings.frozen_width() - left
        if hidden > 0 and bar.value():
            bar.setValue(bar.value() - hidden)

    def _bring_row(self, row: int) -> None:
        bar = self.verticalScrollBar()
        if row < bar.value():
            bar.setValue(row)
            return
        pixels = self.viewport().height()
        top = row
        left = pixels - self.heights.height(row)
        while top > bar.value() and left >= self.heights.height(top - 1):
            top -= 1
            left -= self.heights.height(top)
        if top > bar.value():
            self.updateGeometries()
            bar.setValue(top)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies what is selected as text that a spreadsheet takes."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selected_text())
            event.accept()
            return
        super().keyPressEvent(event)

    def selected_text(self) -> str:
        """The selected cells in order, columns parted by tabs; cells not selected between them stay blank."""
        chosen = {(index.row(), index.column()) for index in self.selectedIndexes()}
        shown = [self.headings.logicalIndex(at) for at in range(self.headings.count())]
        columns = [c for c in shown if not self.isColumnHidden(c) and any(c == column for _, column in chosen)]
        lines = []
        for row in sorted({row for row, _ in chosen}):
            cells = [self._cell_text(row, column) if (row, column) in chosen else "" for column in columns]
            lines.append("\t".join(cells))
        return "\n".join(lines)

    def _cell_text(self, row: int, column: int) -> str:
        return quoted(str(self.model().index(row, column).data(Qt.ItemDataRole.AccessibleTextRole) or ""))


def quoted(text: str) -> str:
    """A cell as Excel copies it: in quotes where it holds a tab, a line break or a quote at its start."""
    if "\t" in text or "\n" in text or text.startswith('"'):
        return '"' + text.replace('"', '""') + '"'
    return text


