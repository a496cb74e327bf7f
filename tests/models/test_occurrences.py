"""k of n: rounds, several dates and recurring work against reports of periods and a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.combining import combine
from desktop.models.occurrences import (
    Occurrence,
    OccurrenceCount,
    PeriodReport,
    count_occurrences,
    has_occurrences,
    is_only_reported,
    occurrence_word,
    occurrences,
)
from desktop.models.period import PeriodKind, periods_of, read_period
from desktop.models.report import Timeliness, WorkState
from desktop.models.schedule import Schedule
from desktop.models.time_reading import read_time

YEAR = 2023
TODAY = date(2023, 9, 14)
DONE, DOING, NONE = WorkState.DONE, WorkState.DOING, WorkState.NONE_ARISING


def schedule(start: str, end: str = "") -> Schedule:
    return combine(read_time(start, YEAR), read_time(end, YEAR), YEAR)


MONTHLY = schedule("Hàng tháng", "Tháng 12/2023")
ROUNDS = schedule("", "Đợt 1: Tháng 4/2023 Đợt 2: Tháng 10/2023")
DATES = schedule("", "Tháng 3,7,10/2023")


def report(period: str, state: WorkState | None = DONE, done_on: date | None = None) -> PeriodReport:
    found = read_period(period)
    return PeriodReport(found.first, found.last, state, done_on)


def count(made: Schedule, *leads: list[PeriodReport]) -> OccurrenceCount:
    return count_occurrences([occurrences(made, reports, TODAY) for reports in leads], TODAY)


@pytest.mark.parametrize(("made", "counted", "word"), [
    (MONTHLY, True, "kỳ"), (ROUNDS, True, "đợt"), (DATES, True, "mốc"), (schedule("", "Quý III/2023"), False, "kỳ"),
    (schedule("Thường xuyên"), False, "kỳ"), (schedule("Hàng quý"), True, "kỳ"), (schedule("Hàng năm"), False, "kỳ"),
    (schedule("Hàng tuần"), False, "kỳ"), (schedule("Khi có yêu cầu"), False, "mốc"),
])
def test_what_falls_due_more_than_once_is_counted(made: Schedule, counted: bool, word: str) -> None:
    assert has_occurrences(made) == counted
    assert occurrence_word(made) == word


def test_what_is_only_reported_or_not() -> None:
    assert is_only_reported(schedule("Thường xuyên"))
    assert is_only_reported(schedule("Hàng tuần"))
    assert not is_only_reported(MONTHLY)
    assert not is_only_reported(schedule("", "Quý III/2023"))


def test_a_report_of_a_period_covers_the_due_days_inside_it() -> None:
    made = count(MONTHLY, [report("2023-Q1"), report("2023-Q2"), report("2023-07"), report("2023-08")])
    assert (made.done, made.total, made.due, made.late_days) == (8, 12, 8, ())
    made = count(MONTHLY, [report("2023-Q1"), report("2023-Q2", DOING), report("2023-07")])
    assert (made.done, made.due) == (4, 8)
    assert made.late_days == (date(2023, 4, 30), date(2023, 5, 31), date(2023, 6, 30), date(2023, 8, 31))
    whole = count(MONTHLY, [report("2023")])
    assert whole.is_complete
    assert not whole.done_late


def test_rounds_on_a_day() -> None:
    one = occurrences(ROUNDS, [report("2023-Q2", DONE, date(2023, 4, 28))], date(2023, 10, 20))
    assert one == (
        Occurrence(date(2023, 4, 30), True, False, Timeliness.DONE_ON_TIME),
        Occurrence(date(2023, 10, 31), False, False, Timeliness.DUE_SOON),
    )
    states = [[occurrence.timeliness for occurrence in occurrences(ROUNDS, [], day)]
              for day in (date(2023, 4, 1), date(2023, 4, 30), date(2023, 5, 1), date(2023, 11, 1))]
    assert states == [
        [Timeliness.IN_TIME, Timeliness.IN_TIME], [Timeliness.DUE_SOON, Timeliness.IN_TIME],
        [Timeliness.OVERDUE, Timeliness.IN_TIME], [Timeliness.OVERDUE, Timeliness.OVERDUE],
    ]


def test_late_is_ruled_by_the_completion_date_of_each() -> None:
    late = count(ROUNDS, [report("2023-Q2", DONE, date(2023, 5, 3)), report("2023-Q4", DONE, date(2023, 10, 1))])
    assert late.is_complete
    assert late.done_late
    # One date for three months is that of the last; the others are not called late.
    quarter = occurrences(MONTHLY, [report("2023-Q1", DONE, date(2023, 3, 31))], TODAY)
    assert {one.timeliness for one in quarter[:3]} == {Timeliness.DONE_ON_TIME}
    after = [report("2023-Q1", DONE, date(2023, 4, 2))]
    assert occurrences(MONTHLY, after, TODAY)[2].timeliness is Timeliness.DONE_LATE
    # Another report of the same day says it was in time.
    both = [*after, report("2023-03", DONE, date(2023, 3, 30))]
    assert occurrences(MONTHLY, both, TODAY)[2].timeliness is Timeliness.DONE_ON_TIME


def test_what_did_not_arise_leaves_the_count() -> None:
    made = count(DATES, [report("2023-Q1", NONE), report("2023-Q3")])
    assert (made.done, made.total, made.due, made.late_days) == (1, 2, 1, ())
    assert count(DATES, [report("2023", NONE)]).total == 0
    assert not count(DATES, [report("2023", NONE)]).is_complete


def test_an_occurrence_is_done_when_all_leads_have_done_it() -> None:
    first, both, nobody = [report("2023-Q2")], [report("2023-Q2"), report("2023-Q4")], list[PeriodReport]()
    made = count(ROUNDS, first, both, first)
    assert (made.done, made.total, made.leads_done, made.leads) == (1, 2, 1, 3)
    made = count(ROUNDS, first, both, nobody)
    assert (made.done, made.late_days, made.leads_done, made.leads) == (0, (date(2023, 4, 30),), 2, 3)
    made = count(ROUNDS, both, both)
    assert (made.done, made.leads_done, made.leads, made.is_complete) == (2, 2, 2, True)
    # For one lead the second round did not arise: the other's is the round's.
    made = count(ROUNDS, [report("2023-Q2"), report("2023-Q4", NONE)], first)
    assert (made.done, made.leads_done, made.leads) == (1, 0, 1)


DAYS = st.dates(date(2023, 1, 1), date(2024, 2, 1))
PERIODS = st.sampled_from([period.id for period in periods_of(YEAR, frozenset(PeriodKind))])
REPORTS = st.lists(
    st.builds(report, PERIODS, st.sampled_from([None, *WorkState]), st.none() | DAYS), max_size=6
)


@given(st.sampled_from([MONTHLY, ROUNDS, DATES]), st.lists(REPORTS, min_size=1, max_size=4),
       st.dates(date(2022, 12, 1), date(2024, 2, 1)))
def test_counts_agree_with_the_occurrences(made: Schedule, leads: list[list[PeriodReport]], today: date) -> None:
    by_lead = [occurrences(made, reports, today) for reports in leads]
    counted = count_occurrences(by_lead, today)
    assert 0 <= counted.done <= counted.total <= len(made.due_days)
    assert counted.due <= counted.total
    assert not set(counted.done_days) & set(counted.late_days)
    assert all(day < today for day in counted.late_days)
    assert set(counted.late_days) | set(counted.done_days) <= set(made.due_days)
    assert 0 <= counted.leads_done <= counted.leads <= len(leads)
    assert (counted.leads_done == counted.leads) == (counted.done == counted.total)
    assert not any(one.done and one.waived for lead in by_lead for one in lead)


@given(st.sampled_from([MONTHLY, ROUNDS, DATES]), REPORTS, PERIODS)
def test_one_more_report_of_done_work_never_takes_a_done_day_away(
    made: Schedule, reports: list[PeriodReport], period: str
) -> None:
    before = count(made, reports)
    after = count(made, [*reports, report(period)])
    assert set(before.done_days) <= set(after.done_days)
