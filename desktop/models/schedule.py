"""Vietnamese office times: a printed phrase beside its reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TimeKind(StrEnum):
    """The kinds of office.md "Times"."""

    DATE = "date"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    RANGE = "range"
    DATES = "dates"
    ROUNDS = "rounds"
    CONTINUOUS = "continuous"
    RECURRING = "recurring"
    EVENT = "event"
    RELATIVE = "relative"
    UNSCHEDULED = "unscheduled"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Time:
    """A printed phrase and its reading: first and last day (None where there is none) and checkpoints."""

    text: str
    kind: TimeKind
    first: date | None = None
    last: date | None = None
    checkpoints: tuple[date, ...] = ()


UNSCHEDULED = Time("", TimeKind.UNSCHEDULED)


class SpanKind(StrEnum):
    """What a stretch of a schedule stands for; the Gantt has one mark for each."""

    WORK = "work"
    CONTINUOUS = "continuous"
    OCCURRENCE = "occurrence"
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days. ``inferred`` when its first day was not printed (drawn hatched)."""

    first: date
    last: date
    kind: SpanKind
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """Start and end cells combined for one item.

    ``kind`` is the ruling kind; ``deadline`` the last due day (None: never overdue); ``due_days`` every due day in
    order (several for rounds, several dates, recurring work); ``spans`` what the Gantt draws, in order.
    """

    kind: TimeKind
    spans: tuple[Span, ...] = ()
    due_days: tuple[date, ...] = ()
    deadline: date | None = None
