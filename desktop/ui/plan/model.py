"""The flat list of plan rows as a Qt item model: one text per cell, made when asked for."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.models.plan import NodeKind
from desktop.services.views import PlanRow
from desktop.ui.parts.rowtable import HEADING_ALIGNMENT
from desktop.ui.plan import columns
from desktop.ui.plan.columns import Column
from desktop.ui.plan.marks import row_style
from desktop.ui.plan.rows import FlatRows, SortKey

COLUMNS = tuple(Column)
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class PlanModel(QAbstractTableModel):
    """Rows of ``flat``; every change of what shows is a model reset, the quickest way at thousands of rows."""

    def __init__(self) -> None:
        super().__init__()
        self.flat = FlatRows(())

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows show."""
        return 0 if parent.isValid() else len(self.flat)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """All columns; the view hides those that are not chosen."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell; for screen readers also what is otherwise only drawn."""
        if not index.isValid():
            return None
        row = self.flat.row(index.row())
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return columns.text(column, row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(column, row) if column is Column.STATUS else columns.marked(column, row)
        if role == Qt.ItemDataRole.ToolTipRole and column is not Column.STATUS:
            return columns.text(column, row) or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heading with the mark of the order it is sorted in."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return HEADING_ALIGNMENT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        column = COLUMNS[section]
        return f"{columns.HEADINGS[column]}{_order_mark(column, self.flat.sort)}"

    def reload(self) -> None:
        """What shows has changed."""
        self.beginResetModel()
        self.endResetModel()

    def values_changed(self) -> None:
        """The same rows show with other values."""
        if len(self.flat):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.flat) - 1, len(COLUMNS) - 1))


def spoken(column: Column, row: PlanRow) -> str:
    """The whole content of a cell as text, for screen readers and for copying."""
    if column is not Column.STATUS:
        return columns.text(column, row)
    if row.kind is NodeKind.ITEM:
        return row_style(row).text
    return f"{row.status.done}/{row.status.total}" if row.status.total else ""


def _order_mark(column: Column, sort: tuple[SortKey, ...]) -> str:
    for place, key in enumerate(sort, start=1):
        if key.column is column:
            return f" {'▼' if key.descending else '▲'}{place if len(sort) > 1 else ''}"
    return ""
