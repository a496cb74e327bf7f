"""What a unit reports of an item in a period, and what the office derives from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class WorkState(StrEnum):
    """Work state as entered (office.md, Reporting); timeliness is derived, never typed."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    PAUSED = "paused"
    NONE_ARISING = "none_arising"


class Timeliness(StrEnum):
    """Done: on time or late. Not done: in time, due soon, overdue, or no deadline."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    NO_DEADLINE = "no_deadline"


STATE_WORDS = {
    WorkState.TODO: "Chưa thực hiện",
    WorkState.DOING: "Đang thực hiện",
    WorkState.DONE: "Hoàn thành",
    WorkState.PAUSED: "Tạm dừng",
    WorkState.NONE_ARISING: "Không phát sinh",
}
TIMELINESS_WORDS = {
    Timeliness.DONE_ON_TIME: "đúng hạn",
    Timeliness.DONE_LATE: "trễ hạn",
    Timeliness.IN_TIME: "trong hạn",
    Timeliness.DUE_SOON: "sắp đến hạn",
    Timeliness.OVERDUE: "quá hạn",
    Timeliness.NO_DEADLINE: "không hạn",
}

REPORT_FIELDS = ("state", "percent", "done_on", "result", "evidence", "difficulties", "proposals")


@dataclass(frozen=True, slots=True)
class Report:
    """Current values of one report record (item, unit, period). ``percent`` is 0-100 or None.

    ``conflicts`` names the fields with two or more current values that differ; those hold the provisional value.
    """

    item: str
    unit: str
    period: str
    state: WorkState | None = None
    percent: int | None = None
    done_on: date | None = None
    result: str = ""
    evidence: str = ""
    difficulties: str = ""
    proposals: str = ""
    conflicts: tuple[str, ...] = ()
