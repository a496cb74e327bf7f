"""Columns of the plan's table: headings, texts, raw values to sort by."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from desktop.models.report import Timeliness, WorkState
from desktop.models.text import CollationKey, collation_key, natural_key
from desktop.services.views import PlanRow, Status


class Column(StrEnum):
    """Columns in the order in which they stand."""

    CODE = "code"
    TITLE = "title"
    LEADERS = "leaders"
    LEAD = "lead"
    COORDINATING = "coordinating"
    START = "start"
    DEADLINE = "deadline"
    STATUS = "status"


HEADINGS = {
    Column.CODE: "TT",
    Column.TITLE: "Nội dung thực hiện",
    Column.LEADERS: "Lãnh đạo phụ trách",
    Column.LEAD: "Đơn vị chủ trì",
    Column.COORDINATING: "Đơn vị phối hợp",
    Column.START: "Thời gian thực hiện",
    Column.DEADLINE: "Thời hạn",
    Column.STATUS: "Trạng thái",
}
ALWAYS = (Column.CODE, Column.TITLE)
DEFAULT = (Column.CODE, Column.TITLE, Column.LEAD, Column.DEADLINE, Column.STATUS)

# The most pressing first.
_URGENCY = (
    Timeliness.OVERDUE,
    Timeliness.DUE_SOON,
    Timeliness.IN_TIME,
    Timeliness.NO_DEADLINE,
    Timeliness.DONE_LATE,
    Timeliness.DONE_ON_TIME,
)
_STATES = (
    WorkState.TODO,
    WorkState.DOING,
    WorkState.PAUSED,
    WorkState.DONE,
    WorkState.NONE_ARISING,
)

SortValue = tuple[tuple[int, int, str], ...] | CollationKey | date | tuple[int, ...]


def text(column: Column, row: PlanRow) -> str:
    """The text of a cell; the state is drawn as a chip and has no text here."""
    match column:
        case Column.CODE:
            return row.code
        case Column.TITLE:
            return row.title
        case Column.LEADERS:
            return "\n".join(row.leaders)
        case Column.LEAD:
            return ", ".join(row.lead_units)
        case Column.COORDINATING:
            return ", ".join(row.coordinating_units)
        case Column.START:
            return row.start.text
        case Column.DEADLINE:
            return row.deadline
        case Column.STATUS:
            return ""


def marked(column: Column, row: PlanRow) -> str:
    """The text of a cell with the mark of comments that wait, which is no part of what is sorted or copied."""
    words = text(column, row)
    return f"● {row.open_comments} ý kiến\n{words}" if row.open_comments and column is Column.TITLE else words


def sort_value(column: Column, row: PlanRow) -> SortValue | None:
    """The raw value a column sorts by; None for a blank, which always comes last."""
    match column:
        case Column.CODE:
            return natural_key(row.code) if row.code else None
        case Column.START:
            return row.start.first
        case Column.DEADLINE:
            return row.schedule.deadline
        case Column.STATUS:
            return _urgency(row.status)
        case _:
            words = text(column, row)
            return collation_key(words) if words else None


def _urgency(status: Status) -> tuple[int, ...]:
    timeliness = _URGENCY.index(status.timeliness) if status.timeliness else len(_URGENCY)
    state = _STATES.index(status.state) if status.state else 0
    return timeliness, -(status.days or 0), state, status.percent or 0
