"""Timeliness on a day: by the deadline and the completion date, never by the day of entry."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.models.report import Timeliness, WorkState
from desktop.models.schedule import Schedule, TimeKind
from desktop.models.timeliness import days_over, timeliness

DUE = date(2023, 9, 30)
MONTH = Schedule(TimeKind.MONTH, (), (DUE,), DUE)
NEVER = Schedule(TimeKind.CONTINUOUS)

OPEN = [
    (date(2023, 9, 14), Timeliness.IN_TIME),
    (date(2023, 9, 15), Timeliness.DUE_SOON),
    (date(2023, 9, 30), Timeliness.DUE_SOON),
    (date(2023, 10, 1), Timeliness.OVERDUE),
]


@pytest.mark.parametrize(("today", "expected"), OPEN)
@pytest.mark.parametrize("state", [None, WorkState.TODO, WorkState.DOING, WorkState.PAUSED])
def test_not_done(state: WorkState | None, today: date, expected: Timeliness) -> None:
    assert timeliness(MONTH, state, None, today) is expected


@pytest.mark.parametrize(
    ("done_on", "expected"),
    [
        (date(2023, 9, 30), Timeliness.DONE_ON_TIME),
        (date(2023, 10, 1), Timeliness.DONE_LATE),
        (None, Timeliness.DONE_ON_TIME),
    ],
)
def test_done_is_ruled_by_its_own_date(done_on: date | None, expected: Timeliness) -> None:
    assert timeliness(MONTH, WorkState.DONE, done_on, date(2024, 5, 1)) is expected


def test_without_a_deadline_nothing_is_overdue_or_late() -> None:
    assert timeliness(NEVER, WorkState.DOING, None, date(2030, 1, 1)) is Timeliness.NO_DEADLINE
    assert timeliness(NEVER, WorkState.DONE, date(2030, 1, 1), date(2030, 1, 1)) is Timeliness.DONE_ON_TIME
    assert timeliness(MONTH, WorkState.NONE_ARISING, None, date(2030, 1, 1)) is Timeliness.NO_DEADLINE


def test_how_soon_is_a_setting() -> None:
    assert timeliness(MONTH, None, None, date(2023, 9, 1), soon_days=30) is Timeliness.DUE_SOON
    assert timeliness(MONTH, None, None, date(2023, 9, 29), soon_days=0) is Timeliness.IN_TIME
    assert timeliness(MONTH, None, None, DUE, soon_days=0) is Timeliness.DUE_SOON


def test_the_next_round_makes_it_due_soon_but_only_the_last_overdue() -> None:
    rounds = Schedule(TimeKind.ROUNDS, (), (date(2023, 4, 30), date(2023, 10, 31)), date(2023, 10, 31))
    assert timeliness(rounds, WorkState.DOING, None, date(2023, 4, 20)) is Timeliness.DUE_SOON
    assert timeliness(rounds, WorkState.DOING, None, date(2023, 5, 1)) is Timeliness.IN_TIME
    assert timeliness(rounds, WorkState.DOING, None, date(2023, 11, 1)) is Timeliness.OVERDUE


def test_days_over_and_left() -> None:
    assert days_over(MONTH, date(2023, 10, 3)) == 3
    assert days_over(MONTH, date(2023, 9, 20)) == -10
    assert days_over(NEVER, date(2023, 9, 20)) is None
