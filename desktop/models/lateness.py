"""Whether a unit's report of a period came in time, by evidence that every PC holds alike.

Source: exchange.md "Lateness"; office.md "Submission": *Ngày đến* where entered, else the bracket, and a named
person's ruling above both. Clocks are evidence only: nothing here rejects or holds back anybody's work.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

OFFICE_ZONE = timezone(timedelta(hours=7))
"""The days of deadlines are days in Việt Nam, whatever zone a PC is set to: all PCs must agree."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Ruling(StrEnum):
    """What a named person at the hub rules."""

    ON_TIME = "on_time"
    LATE = "late"


class Sending(StrEnum):
    """How a unit's report came: in time, late, not to be told from the evidence, or not at all."""

    ON_TIME = "on_time"
    LATE = "late"
    UNDETERMINED = "undetermined"
    NOT_SENT = "not_sent"


SENDING_WORDS = {
    Sending.ON_TIME: "đúng hạn", Sending.LATE: "trễ hạn", Sending.UNDETERMINED: "chưa xác định",
    Sending.NOT_SENT: "chưa nộp",
}


@dataclass(frozen=True, slots=True)
class Bracket:
    """Between which moments a fact was made, unix seconds by the hub's clocks; None where nothing tells.

    ``lower`` is the latest hub fact that the writing log had seen before it, ``upper`` the first hub acknowledgement
    that covers it.
    """

    lower: int | None
    upper: int | None


def sending(
    bracket: Bracket, deadline: date, arrived: date | None = None, ruling: Ruling | None = None
) -> Sending:
    """How one submission came; ``deadline`` is the last day to send, ``arrived`` *Ngày đến* of the paper or mail."""
    if ruling is not None:
        return Sending.ON_TIME if ruling is Ruling.ON_TIME else Sending.LATE
    if arrived is not None:
        return Sending.ON_TIME if arrived <= deadline else Sending.LATE
    if bracket.upper is not None and bracket.upper < _after(deadline):
        return Sending.ON_TIME
    if bracket.lower is not None and bracket.lower >= _after(deadline):
        return Sending.LATE
    return Sending.UNDETERMINED


def _after(day: date) -> int:
    """The first second after a day, unix seconds. Counted, not asked of a calendar: claimed times may be any."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=OFFICE_ZONE)
    return int((midnight - _EPOCH).total_seconds()) + 86_400


def overall(submissions: Iterable[Sending]) -> Sending:
    """Of several submissions of one duty: a later one, after a return or with a correction, makes nobody late who
    had sent in time.
    """
    found = frozenset(submissions)
    order = (Sending.ON_TIME, Sending.UNDETERMINED, Sending.LATE)
    return next((one for one in order if one in found), Sending.NOT_SENT)
