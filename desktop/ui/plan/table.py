"""The table of the plan: keys, clicks, column widths."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.ui.parts.columns import Wish, least_width, share
from desktop.ui.plan.columns import ALWAYS, DEFAULT, Column
from desktop.ui.plan.delegate import TRIANGLE_ROOM, PlanDelegate, TitledView
from desktop.ui.plan.model import COLUMNS, PlanModel
from desktop.ui.plan.rows import SortKey, next_sort

_WISHES = {
    Column.CODE: Wish(7.4, 8.3, 9.0),
    Column.TITLE: Wish(20.0, 26.0, 26.0),
    Column.LEADERS: Wish(14.0, 17.0, 24.0),
    Column.LEAD: Wish(11.5, 14.5, 24.0),
    Column.COORDINATING: Wish(14.0, 20.0, 30.0),
    Column.START: Wish(11.0, 13.0, 17.0),
    Column.DEADLINE: Wish(11.0, 12.5, 17.0),
    Column.STATUS: Wish(16.5, 20.5, 26.0),
}
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TITLE = COLUMNS.index(Column.TITLE)


class PlanTable(TitledView):
    """Rows of the plan. ``opened`` gives the record to show details of; ``toggled`` the visible position."""

    opened = Signal(str)
    toggled = Signal(int)
    sort_wanted = Signal(object)

    def __init__(self, model: PlanModel, parent: QWidget | None = None) -> None:
        super().__init__(self._measure, frozen=len(ALWAYS), parent=parent)
        self._plan = model
        self._chosen: tuple[Column, ...] = DEFAULT
        self._cells: PlanDelegate | None = None
        self.setModel(model)
        self._cells = PlanDelegate(self, model)
        self.setItemDelegate(self._cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAccessibleName("Bảng kế hoạch")
        self.headings.lines = 2
        self.headings.clicked.connect(self._heading_clicked)
        model.modelReset.connect(self.remeasure)
        self.choose_columns(DEFAULT)

    @property
    def cells(self) -> PlanDelegate:
        """What paints the cells."""
        if self._cells is None:
            self._cells = PlanDelegate(self, self._plan)
        return self._cells

    @property
    def chosen(self) -> tuple[Column, ...]:
        """The columns that show."""
        return self._chosen

    def choose_columns(self, chosen: tuple[Column, ...]) -> None:
        """Show these columns, number and content always."""
        self._chosen = tuple(column for column in COLUMNS if column in chosen or column in ALWAYS)
        with self.changing_columns():
            for at, column in enumerate(COLUMNS):
                self.setColumnHidden(at, column not in self._chosen)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Give every column its width and the content what is left over."""
        widths = share(self.viewport().width(), self._wishes(self._chosen), Column.TITLE, self._digit())
        with self.changing_columns():
            for column, width in widths.items():
                self.setColumnWidth(COLUMNS.index(column), width)

    def show_lines(self, most: int) -> None:
        """Let rows grow to so many lines; the rest is in the tooltip and the details."""
        if self.cells.most_lines != most:
            self.cells.most_lines = most
            self.remeasure()

    def least_width(self, chosen: tuple[Column, ...]) -> int:
        """The width from which these columns show without scrolling."""
        return least_width(self._wishes(chosen), self._digit())

    @staticmethod
    def _wishes(chosen: tuple[Column, ...]) -> dict[Column, Wish]:
        return {column: _WISHES[column] for column in chosen}

    def _digit(self) -> int:
        return self.fontMetrics().horizontalAdvance("0")

    def record(self) -> str:
        """The record of the current row, empty where there is none."""
        at = self.currentIndex().row()
        return self._plan.flat.row(at).id if 0 <= at < len(self._plan.flat) else ""

    def select_record(self, record: str) -> None:
        """Make a record's row the current one, where it shows."""
        at = self._plan.flat.position(record)
        if at >= 0:
            self.setCurrentIndex(self._plan.index(at, _TITLE))

    def _measure(self, position: int) -> int:
        return self.cells.measure(position)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the content column follow the width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size: other widths and heights."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._cells is not None:
            self._cells.take_font(self.font())
            self.fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right collapse and expand, Enter opens the details."""
        key = event.key()
        if key in _OPENING and self.record():
            self.opened.emit(self.record())
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.currentIndex().isValid():
            self._step_tree(key == Qt.Key.Key_Left)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _step_tree(self, left: bool) -> None:
        flat = self._plan.flat
        at = self.currentIndex().row()
        collapsed = flat.is_collapsed(at)
        if flat.has_children(at) and collapsed is not left:
            self.toggled.emit(at)
            return
        target = flat.parent_position(at) if left else (at + 1 if flat.has_children(at) else -1)
        if target >= 0:
            self.setCurrentIndex(self._plan.index(target, _TITLE))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a triangle collapses or expands."""
        if event.button() == Qt.MouseButton.LeftButton:
            at = event.position().toPoint()
            index = self.indexAt(at)
            on_triangle = index.column() == 0 and self.columnWidth(0) - at.x() < TRIANGLE_ROOM
            if on_triangle and self._plan.flat.has_children(index.row()):
                self.toggled.emit(index.row())
                event.accept()
                return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the details."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self._plan.flat.row(index.row()).id)
            event.accept()

    def _heading_clicked(self, at: int, add: bool) -> None:
        if 0 <= at < len(COLUMNS):
            wanted: tuple[SortKey, ...] = next_sort(self._plan.flat.sort, COLUMNS[at], add=add)
            self.sort_wanted.emit(wanted)
