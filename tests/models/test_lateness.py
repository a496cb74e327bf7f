"""In time, late or not to be told: what the bracket, Ngày đến and a ruling say."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta

import pytest

from desktop.models.lateness import OFFICE_ZONE, Bracket, Ruling, Sending, overall, sending

DEADLINE = date(2023, 9, 15)
LAST = int(datetime(2023, 9, 15, 23, 59, 59, tzinfo=OFFICE_ZONE).timestamp())
FIRST_LATE = LAST + 1


@pytest.mark.parametrize(
    ("lower", "upper", "found"),
    [
        (None, None, Sending.UNDETERMINED),
        (None, LAST, Sending.ON_TIME),
        (None, FIRST_LATE, Sending.UNDETERMINED),
        (LAST, FIRST_LATE, Sending.UNDETERMINED),
        (FIRST_LATE, None, Sending.LATE),
        (FIRST_LATE, FIRST_LATE + 5, Sending.LATE),
        # A clock of the hub that was wrong: what it had in time, it had in time.
        (FIRST_LATE, LAST, Sending.ON_TIME),
        (-(10**15), 10**15, Sending.UNDETERMINED),
    ],
)
def test_the_bracket(lower: int | None, upper: int | None, found: Sending) -> None:
    assert sending(Bracket(lower, upper), DEADLINE) is found


@pytest.mark.parametrize("bracket", [Bracket(None, None), Bracket(FIRST_LATE, None), Bracket(None, LAST)])
def test_the_day_of_arrival_stands_above_the_bracket_and_a_ruling_above_both(bracket: Bracket) -> None:
    assert sending(bracket, DEADLINE, DEADLINE) is Sending.ON_TIME
    assert sending(bracket, DEADLINE, DEADLINE + timedelta(days=1)) is Sending.LATE
    assert sending(bracket, DEADLINE, DEADLINE, Ruling.LATE) is Sending.LATE
    assert sending(bracket, DEADLINE, DEADLINE + timedelta(days=1), Ruling.ON_TIME) is Sending.ON_TIME
    assert sending(bracket, date.max, None, None) in set(Sending)


@pytest.mark.parametrize(
    ("several", "found"),
    [
        ((), Sending.NOT_SENT),
        ((Sending.LATE,), Sending.LATE),
        ((Sending.ON_TIME, Sending.LATE, Sending.UNDETERMINED), Sending.ON_TIME),
        ((Sending.UNDETERMINED, Sending.LATE), Sending.UNDETERMINED),
    ],
)
def test_of_several_the_most_favourable(several: tuple[Sending, ...], found: Sending) -> None:
    for order in itertools.permutations(several):
        assert overall(order) is found
