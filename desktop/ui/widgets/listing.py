"""A plain list of rows in columns: text wraps, rows grow, statuses are badges; everything also for screen readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, Protocol, TypeVar, cast

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.ui.parts.face import CHIP_RISE, Face, chip_font
from desktop.ui.parts.wrap import wrap
from desktop.ui.theme import StatusStyle, colours

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()

STYLE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
KIND_ROLE = int(Qt.ItemDataRole.UserRole) + 2
_SIDE, _ABOVE = 8, 6


class Kind(Enum):
    """How a column's text is written."""

    PLAIN = "plain"
    BOLD = "bold"
    MUTED = "muted"
    BADGE = "badge"


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column: heading, text of a row, width in average letters and its share of the room that is left.

    ``style`` gives the badge of a row for a column of kind BADGE; its mark and word are then the text. An
    ``optional`` column gives way where the list is too narrow for all.
    """

    heading: str
    text: Callable[[R], str]
    letters: int
    share: int = 0
    kind: Kind = Kind.PLAIN
    style: Callable[[R], StatusStyle] | None = None
    optional: bool = False


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows of plain data for a table view."""

    def __init__(self, columns: Sequence[Column[R]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: tuple[R, ...] = ()

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, badge and kind of a cell."""
        if not index.isValid():
            return None
        shown, which = self.rows[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return which.style(shown).text if which.style else which.text(shown)
        if role == STYLE_ROLE:
            return which.style(shown) if which.style else None
        return which.kind if role == KIND_ROLE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Headings of the columns."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].heading
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class _Option(Protocol):
    """The fields of QStyleOptionViewItem that its stubs leave out."""

    rect: QRect
    font: QFont
    state: QStyle.StateFlag
    widget: QWidget | None


class _Painter(QStyledItemDelegate):
    """Paints the cells: wrapped text in its kind, or a badge."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._chips: dict[str, Face] = {}

    def _chip(self, font: QFont) -> Face:
        return self._chips.setdefault(font.key(), Face(chip_font(font)))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Height for the column's width."""
        given = cast(_Option, option)
        view = given.widget
        width = view.columnWidth(index.column()) if isinstance(view, QTableView) else given.rect.width()
        style = index.data(STYLE_ROLE)
        font = view.font() if view is not None else given.font
        if isinstance(style, StatusStyle):
            chip = self._chip(font).chip_height(style.text, width - 2 * _SIDE)
            return QSize(width, chip - CHIP_RISE + 2 * _ABOVE)
        metrics = QFontMetrics(_face(font, index.data(KIND_ROLE)))
        lines = wrap(str(index.data()), width - 2 * _SIDE, metrics.horizontalAdvance)
        return QSize(width, len(lines) * metrics.lineSpacing() + 2 * _ABOVE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, line below, text or badge."""
        c = colours()
        given = cast(_Option, option)
        area = given.rect
        chosen = bool(given.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(area, c.selected if chosen else c.panel)
        painter.setPen(c.row_line)
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if chosen and index.column() == 0 and given.widget is not None and given.widget.hasFocus():
            painter.fillRect(QRect(area.topLeft(), QSize(3, area.height())), c.blue)
        style = index.data(STYLE_ROLE)
        if isinstance(style, StatusStyle):
            width = area.width() - 2 * _SIDE
            self._chip(given.font).draw_chip(painter, area.x() + _SIDE, area.y() + _ABOVE, width, style)
        else:
            kind = index.data(KIND_ROLE)
            painter.setFont(_face(given.font, kind))
            painter.setPen(c.muted if kind is Kind.MUTED else c.text)
            _draw_lines(painter, area.adjusted(_SIDE, _ABOVE, -_SIDE, 0), str(index.data()))
        painter.restore()


def _draw_lines(painter: QPainter, area: QRect, text: str) -> None:
    metrics = painter.fontMetrics()
    y = area.y() + metrics.ascent()
    for line in wrap(text, area.width(), metrics.horizontalAdvance):
        painter.drawText(area.x(), y, line)
        y += metrics.lineSpacing()


def _face(font: QFont, kind: object) -> QFont:
    made = QFont(font)
    made.setBold(kind is Kind.BOLD)
    return made


class Listing(QTableView, Generic[R]):
    """The list itself: whole rows are chosen, Enter or a double click opens one; ``empty`` stands in a list of none."""

    chosen = Signal(object)
    """The current row changed; its row value, or None."""
    opened = Signal(object)
    """A row value was opened."""

    def __init__(self, name: str, columns: Sequence[Column[R]], empty: str = "") -> None:
        super().__init__()
        self._empty = empty
        self._left_out: frozenset[int] = frozenset()
        self.setAccessibleName(name)
        self._model: RowsModel[R] = RowsModel(columns, self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        heading = self.horizontalHeader()
        heading.setHighlightSections(False)
        heading.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._model.rows[index.row()]))

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows shown."""
        return self._model.rows

    @property
    def current(self) -> R | None:
        """The current row's value."""
        at = self.currentIndex()
        return self._model.rows[at.row()] if at.isValid() else None

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show other rows; the same place stays chosen."""
        at = self.currentIndex().row()
        self._model.set_rows(rows)
        self._fit()
        if rows:
            self.selectRow(min(max(at, 0), len(rows) - 1))
        else:
            self.chosen.emit(None)

    def leave_out(self, places: Sequence[int]) -> None:
        """Hide the columns at these places, show all others."""
        self._left_out = frozenset(places)
        self._fit()

    def choose(self, at: int) -> None:
        """Choose the row at a place."""
        self.selectRow(at)

    def choose_all(self, places: Sequence[int]) -> None:
        """Choose the rows at these places together, in a list that allows several."""
        wanted = QItemSelection()
        last = self._model.columnCount() - 1
        for at in places:
            wanted.select(self._model.index(at, 0), self._model.index(at, last))
        self.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width; rows grow with their text."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text: columns and rows fit anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self._model.rows[self.currentIndex().row()])
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or the word about their absence."""
        super().paintEvent(event)
        if not self._model.rows and self._empty:
            painter = QPainter(self.viewport())
            painter.setPen(colours().muted)
            area = self.viewport().rect().adjusted(16, 14, -16, 0)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), self._empty)
            painter.end()

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self._model.rows[now.row()] if now.isValid() else None)

    def _fit(self) -> None:
        width = self.viewport().width()
        shown = {place: one for place, one in enumerate(self._model.columns) if place not in self._left_out}
        if sum(self._least(one) for one in shown.values()) > width:
            shown = {place: one for place, one in shown.items() if not one.optional}
        left = max(0, width - sum(self._least(one) for one in shown.values()))
        shares = sum(one.share for one in shown.values()) or 1
        for place in range(len(self._model.columns)):
            self.setColumnHidden(place, place not in shown)
        for place, one in shown.items():
            self.setColumnWidth(place, self._least(one) + left * one.share // shares)
        self.resizeRowsToContents()

    def _least(self, column: Column[R]) -> int:
        return self.fontMetrics().averageCharWidth() * column.letters + 2 * _SIDE
