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
