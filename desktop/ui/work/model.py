"""The rows of *Việc kỳ này* as an editable Qt item model: typed texts in, intents out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.models.errors import Mistake
from desktop.services.views import WorkRow
from desktop.ui.parts.rowtable import HEADING_ALIGNMENT
from desktop.ui.work.rows import Key, Wanted, WorkRows, key_of, state_words
from desktop.ui.work.values import Field, Value, read, shown, words_of

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LONG = 60
"""Longer texts may be cut in their cells and show whole in the tip."""


class Column(StrEnum):
    """Columns in the order in which they stand; those of fields have the field's name."""

    CODE = "code"
    TITLE = "title"
    UNIT = "unit"
    DEADLINE = "deadline"
    STATE = "state"
    PERCENT = "percent"
    DONE_ON = "done_on"
    RESULT = "result"
    EVIDENCE = "evidence"
    DIFFICULTIES = "difficulties"
    PROPOSALS = "proposals"
    STATUS = "status"


COLUMNS = tuple(Column)
HEADINGS = {
    Column.CODE: "TT",
    Column.TITLE: "Nội dung thực hiện",
    Column.UNIT: "Đơn vị",
    Column.DEADLINE: "Thời hạn",
    Column.STATE: "Trạng thái",
    Column.PERCENT: "%",
    Column.DONE_ON: "Ngày HT",
    Column.RESULT: "Kết quả",
    Column.EVIDENCE: "Minh chứng",
    Column.DIFFICULTIES: "Khó khăn",
    Column.PROPOSALS: "Đề xuất",
    Column.STATUS: "Nhập liệu",
}
FIELDS = {column: Field(column.value) for column in COLUMNS if column.value in set(Field)}


@dataclass(frozen=True, slots=True)
class Draft:
    """A typed text that could not be saved: kept as typed, with the reason."""

    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A value to save: which row and field, and the row as it was shown when it was typed."""

    row: WorkRow
    field: Field
    value: Value
    text: str


class WorkModel(QAbstractTableModel):
    """Rows of ``flat``. A typed text shows at once; ``entered`` asks for it to be saved."""

    entered = Signal(object)
    """An Entry."""
    drafts_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.flat = WorkRows()
        self.year = 2000
        self.drafts: dict[tuple[Key, Field], Draft] = {}
        self.waiting: dict[tuple[Key, Field], Entry] = {}

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows show."""
        return 0 if parent.isValid() else len(self.flat)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """All columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of fields can be edited."""
        if index.isValid() and COLUMNS[index.column()] in FIELDS:
            return super().flags(index) | Qt.ItemFlag.ItemIsEditable
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell, as typed where it is not saved yet."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.text(index.row(), COLUMNS[index.column()])
        if role == Qt.ItemDataRole.ToolTipRole:
            draft = self.draft(index)
            text = self.text(index.row(), COLUMNS[index.column()])
            return draft.note if draft else (text if len(text) > _LONG else None)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            draft = self.draft(index)
            text = self.text(index.row(), COLUMNS[index.column()])
            return f"{text} – chưa lưu: {draft.note}" if draft else text
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Headings."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return HEADING_ALIGNMENT
        return HEADINGS[COLUMNS[section]] if role == Qt.ItemDataRole.DisplayRole else None

    def text(self, position: int, column: Column) -> str:
        """The text of a cell."""
        row = self.flat.row(position)
        field = FIELDS.get(column)
        if field is not None:
            place = (key_of(row), field)
            if place in self.drafts:
                return self.drafts[place].text
            return self.waiting[place].text if place in self.waiting else shown(field, row.report)
        texts = {
            Column.CODE: row.code,
            Column.TITLE: row.title,
            Column.UNIT: row.unit_name,
            Column.DEADLINE: row.deadline,
        }
        return texts[column] if column in texts else self.status_words(position)

    def status_words(self, position: int) -> str:
        """The state of a row; what is not saved comes first."""
        row = self.flat.row(position)
        if any(key == key_of(row) for key, _ in self.drafts):
            return "Có ô chưa lưu"
        if any(key == key_of(row) for key, _ in self.waiting):
            return "Đang lưu…"
        return state_words(row)

    def draft(self, index: Index) -> Draft | None:
        """The unsaved text of a cell."""
        field = FIELDS.get(COLUMNS[index.column()])
        return self.drafts.get((key_of(self.flat.row(index.row())), field)) if field else None

    def problem(self, index: Index, text: str) -> str:
        """Why a text cannot stand in a cell; empty where it can."""
        try:
            read(FIELDS[COLUMNS[index.column()]], text, self.year)
        except Mistake as mistake:
            return mistake.sentence
        return ""

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a typed text: to be saved, or kept as a draft with its reason."""
        field = FIELDS.get(COLUMNS[index.column()])
        if role != Qt.ItemDataRole.EditRole or field is None:
            return False
        row = self.flat.row(index.row())
        place = (key_of(row), field)
        text = str(value)
        try:
            made = read(field, text, self.year)
        except Mistake as mistake:
            self._set_draft(place, Draft(text, mistake.sentence))
            return True
        before = self.waiting[place].value if place in self.waiting else getattr(row.report, field)
        self._set_draft(place, None)
        if made != before or field in row.report.conflicts:
            self.waiting[place] = Entry(row, field, made, words_of(made))
            self.row_changed(key_of(row))
            self.entered.emit(self.waiting[place])
        return True

    def discard(self, index: Index) -> bool:
        """Throw away the unsaved text of a cell. Whether there was one."""
        field = FIELDS.get(COLUMNS[index.column()])
        if field is None or self.draft(index) is None:
            return False
        self._set_draft((key_of(self.flat.row(index.row())), field), None)
        return True

    def saved(self, entry: Entry) -> None:
        """An entry is on the disk; a later one of the same cell still waits."""
        place = (key_of(entry.row), entry.field)
        if self.waiting.get(place) is entry:
            del self.waiting[place]

    def not_saved(self, entry: Entry, note: str) -> None:
        """An entry could not be saved: what was typed stays, with the reason."""
        self.saved(entry)
        self._set_draft((key_of(entry.row), entry.field), Draft(entry.text, note))

    def take(self, rows: tuple[WorkRow, ...]) -> bool:
        """Take new values; True where only values changed."""
        if self.flat.take(rows):
            self.values_changed()
            return True
        self.reload()
        return False

    def choose(self, wanted: Wanted) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.flat.choose(wanted)
        self.endResetModel()

    def reload(self) -> None:
        """Other rows show."""
        self.beginResetModel()
        self.endResetModel()

    def values_changed(self) -> None:
        """The same rows show with other values."""
        if len(self.flat):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.flat) - 1, len(COLUMNS) - 1))

    def row_changed(self, key: Key) -> None:
        """The values of one row have changed."""
        at = self.flat.position(key)
        if at >= 0:
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(COLUMNS) - 1))

    def _set_draft(self, place: tuple[Key, Field], draft: Draft | None) -> None:
        if self.drafts.get(place) == draft:
            return
        if draft is None:
            del self.drafts[place]
        else:
            self.drafts[place] = draft
        self.row_changed(place[0])
        self.drafts_changed.emit()

