"""Timeliness of an item on a day: derived from its schedule, state and completion date, never typed.

Source: office.md "Reporting": what is done is đúng hạn or trễ hạn by its completion date, never by the day of entry.
"""

from __future__ import annotations

from datetime import date

from desktop.models.report import Timeliness, WorkState
from desktop.models.schedule import Schedule, TimeKind

SOON_DAYS = 15
_SEVERAL = frozenset({TimeKind.DATES, TimeKind.ROUNDS})


def timeliness(
    schedule: Schedule, state: WorkState | None, done_on: date | None, today: date, soon_days: int = SOON_DAYS
) -> Timeliness:
    """How an item stands on ``today``; ``state`` None is work nobody reported.

    Work done without a known completion date is not called late. "Tạm dừng" runs on against its deadline; what did
    not arise has none. "Sắp đến hạn" from ``soon_days`` days before the deadline, or before the next round's day.
    """
    if state is WorkState.DONE:
        late = schedule.deadline is not None and done_on is not None and done_on > schedule.deadline
        return Timeliness.DONE_LATE if late else Timeliness.DONE_ON_TIME
    if schedule.deadline is None or state is WorkState.NONE_ARISING:
        return Timeliness.NO_DEADLINE
    if today > schedule.deadline:
        return Timeliness.OVERDUE
    return Timeliness.DUE_SOON if (_next_due(schedule, today) - today).days <= soon_days else Timeliness.IN_TIME


def _next_due(schedule: Schedule, today: date) -> date:
    deadline = schedule.deadline or today
    if schedule.kind not in _SEVERAL:
        return deadline
    return min((day for day in schedule.due_days if day >= today), default=deadline)


def days_over(schedule: Schedule, today: date) -> int | None:
    """Days past the deadline (positive) or left until it (negative); None without a deadline."""
    return None if schedule.deadline is None else (today - schedule.deadline).days
