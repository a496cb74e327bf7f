"""Rounds, several dates and recurring work on a day: which occurrences are done, waived, late, still to come; k of n.

Source: office.md "Times" ("Hàng tháng" is k of n) and "Reporting" (a completion date for each occurrence). A report
says what was done in its period, so one that says *Hoàn thành* covers the due days inside that period, and one that
says *Không phát sinh* takes them out of the count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.report import Timeliness, WorkState
from desktop.models.schedule import Schedule, TimeKind
from desktop.models.timeliness import SOON_DAYS


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """What a unit said of an item in a period of these days."""

    first: date
    last: date
    state: WorkState | None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One due day of one unit. ``done`` and ``waived`` (nothing arose) exclude each other."""

    due: date
    done: bool
    waived: bool
    timeliness: Timeliness


@dataclass(frozen=True, slots=True)
class OccurrenceCount:
    """k of n over all lead units: an occurrence is done when every lead for whom it arose has done it.

    ``due`` counts those whose day has come, up to and with today; ``late_days`` are days gone by with something left to
    do. ``leads_done`` of ``leads`` counts the leads that have done the first occurrence which not all have done.
    """

    done_days: tuple[date, ...]
    total: int
    due: int
    late_days: tuple[date, ...]
    done_late: bool
    leads_done: int
    leads: int

    @property
    def done(self) -> int:
        """How many occurrences are done."""
        return len(self.done_days)

    @property
    def is_complete(self) -> bool:
        """Whether every occurrence that arose is done, and there was one."""
        return 0 < self.total == self.done


_WORDS = {TimeKind.ROUNDS: "đợt", TimeKind.DATES: "mốc", TimeKind.EVENT: "mốc", TimeKind.RELATIVE: "mốc"}


def occurrence_word(schedule: Schedule) -> str:
    """What one occurrence is called on screen and paper."""
    return _WORDS.get(schedule.kind, "kỳ")


def has_occurrences(schedule: Schedule) -> bool:
    """Whether a schedule is counted k of n: it falls due more than once."""
    return len(schedule.due_days) > 1


def is_only_reported(schedule: Schedule) -> bool:
    """Whether work has no due days to count and is only reported or not: continuous, daily or weekly."""
    return schedule.kind is TimeKind.CONTINUOUS or (schedule.kind is TimeKind.RECURRING and not schedule.due_days)


def occurrences(
    schedule: Schedule, reports: Iterable[PeriodReport], today: date, soon_days: int = SOON_DAYS
) -> tuple[Occurrence, ...]:
    """Every due day of a schedule as one unit's reports have it, in order."""
    held = tuple(reports)
    return tuple(_occurrence(schedule, due, held, today, soon_days) for due in schedule.due_days)


def _occurrence(
    schedule: Schedule, due: date, reports: Sequence[PeriodReport], today: date, soon_days: int
) -> Occurrence:
    about = [report for report in reports if report.first <= due <= report.last]
    done = [report for report in about if report.state is WorkState.DONE]
    if done:
        late = all(_was_late(schedule, due, report) for report in done)
        return Occurrence(due, True, False, Timeliness.DONE_LATE if late else Timeliness.DONE_ON_TIME)
    if any(report.state is WorkState.NONE_ARISING for report in about):
        return Occurrence(due, False, True, Timeliness.NO_DEADLINE)
    if due < today:
        return Occurrence(due, False, False, Timeliness.OVERDUE)
    soon = (due - today).days <= soon_days
    return Occurrence(due, False, False, Timeliness.DUE_SOON if soon else Timeliness.IN_TIME)


def _was_late(schedule: Schedule, due: date, report: PeriodReport) -> bool:
    """One completion date for a period of several due days is that of the last of them; of the others none is known,
    and work done without a known date is not called late."""
    last = max(day for day in schedule.due_days if report.first <= day <= report.last)
    return report.done_on is not None and due == last and report.done_on > due


def count_occurrences(by_lead: Sequence[Sequence[Occurrence]], today: date) -> OccurrenceCount:
    """The occurrences of all leads together; each lead's stand for the same due days in the same order."""
    done_days: list[date] = []
    late_days: list[date] = []
    total = due = 0
    done_late = False
    current: Sequence[Occurrence] = ()
    for column in zip(*by_lead, strict=True):
        arose = [one for one in column if not one.waived]
        if not arose:
            continue
        day = arose[0].due
        total, due = total + 1, due + (day <= today)
        if all(one.done for one in arose):
            done_days.append(day)
            done_late = done_late or any(one.timeliness is Timeliness.DONE_LATE for one in arose)
            continue
        current = current or arose
        if day < today:
            late_days.append(day)
    leads = len(current) if current else len(by_lead)
    leads_done = sum(one.done for one in current) if current else len(by_lead)
    return OccurrenceCount(tuple(done_days), total, due, tuple(late_days), done_late, leads_done, leads)
