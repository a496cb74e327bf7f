"""Start and end cells combined, as the plan prints them, for a plan of 2023."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.models.combining import combine
from desktop.models.report import Timeliness, WorkState
from desktop.models.schedule import UNSCHEDULED, Schedule, Span, SpanKind, Time, TimeKind
from desktop.models.time_reading import read_time
from desktop.models.timeliness import timeliness

WORK, CONTINUOUS, OCCURRENCE, ROUND = SpanKind.WORK, SpanKind.CONTINUOUS, SpanKind.OCCURRENCE, SpanKind.ROUND


def day(text: str) -> date:
    return date.fromisoformat(text if len(text) == 10 else f"2023-{text}")


def combined(start: str, end: str) -> Schedule:
    return combine(read_time(start, 2023), read_time(end, 2023), 2023)


def span(first: str, last: str, kind: SpanKind = WORK, inferred: bool = False) -> Span:
    return Span(day(first), day(last), kind, inferred)


# start | end | kind | span | deadline
SINGLE = [
    ("Tháng 2/2023", "Tháng 10/2023", TimeKind.MONTH, span("02-01", "10-31"), "10-31"),
    ("Quý I/2023", "Quý III/2023", TimeKind.QUARTER, span("01-01", "09-30"), "09-30"),
    ("Tháng 9/2022", "Tháng 6/2023", TimeKind.MONTH, span("2022-09-01", "06-30"), "06-30"),
    ("Năm 2023", "Tháng 12/2023", TimeKind.MONTH, span("01-01", "12-31"), "12-31"),
    ("Tháng 9/2023", "Tháng 9/2023", TimeKind.MONTH, span("09-01", "09-30"), "09-30"),
    ("", "Tháng 11/2023", TimeKind.MONTH, span("01-01", "11-30", inferred=True), "11-30"),
    ("", "Quý III/2023", TimeKind.QUARTER, span("01-01", "09-30", inferred=True), "09-30"),
    ("", "Trước ngày 25/10/2023", TimeKind.DATE, span("01-01", "10-25", inferred=True), "10-25"),
    ("", "Năm 2023", TimeKind.YEAR, span("01-01", "12-31"), "12-31"),
    ("", "Quý I - Quý III/2023", TimeKind.RANGE, span("01-01", "09-30"), "09-30"),
    ("", "Tháng 8/2022", TimeKind.MONTH, span("2022-01-01", "2022-08-31", inferred=True), "2022-08-31"),
    ("", "Tháng 6/2025", TimeKind.MONTH, span("01-01", "2025-06-30", inferred=True), "2025-06-30"),
    ("Tháng 10/2023", "", TimeKind.MONTH, span("10-01", "10-31"), "10-31"),
    ("Tháng 3 - 4/2023", "", TimeKind.RANGE, span("03-01", "04-30"), "04-30"),
    ("Từ tháng 1/2 đến 6/2023", "Trước 30/6/2023", TimeKind.DATE, span("01-01", "06-30", inferred=True), "06-30"),
    ("Các Ngày lễ Tết, Kỷ niệm", "Năm 2023", TimeKind.YEAR, span("01-01", "12-31"), "12-31"),
    ("Bắt đầu từ 25/7", "Tháng 11", TimeKind.MONTH, span("07-25", "11-30"), "11-30"),
    ("Tháng 11/2023", "Tháng 9/2023", TimeKind.MONTH, span("09-01", "09-30", inferred=True), "09-30"),
    ("Thường xuyên", "Tháng 11/2023", TimeKind.CONTINUOUS, span("01-01", "11-30", CONTINUOUS), "11-30"),
    ("Thường xuyên đến hết tháng 11", "", TimeKind.CONTINUOUS, span("01-01", "11-30", CONTINUOUS), "11-30"),
    ("Thường xuyên", "Quý I/2022", TimeKind.CONTINUOUS, span("2022-01-01", "2022-03-31", CONTINUOUS), "2022-03-31"),
]


@pytest.mark.parametrize(("start", "end", "kind", "expected", "deadline"), SINGLE)
def test_one_stretch_with_a_deadline(start: str, end: str, kind: TimeKind, expected: Span, deadline: str) -> None:
    assert combined(start, end) == Schedule(kind, (expected,), (day(deadline),), day(deadline))


NEVER_DUE = [
    ("Thường xuyên", "", TimeKind.CONTINUOUS, (span("01-01", "12-31", CONTINUOUS),)),
    ("", "Thường xuyên", TimeKind.CONTINUOUS, (span("01-01", "12-31", CONTINUOUS),)),
    ("Quý II/2023", "Thường xuyên", TimeKind.CONTINUOUS, (span("04-01", "12-31", CONTINUOUS),)),
    ("Tháng 10/2022", "Thường xuyên", TimeKind.CONTINUOUS, (span("2022-10-01", "12-31", CONTINUOUS),)),
    ("Thường xuyên trong năm 2023", "", TimeKind.CONTINUOUS, (span("01-01", "12-31", CONTINUOUS),)),
    ("Thường xuyên", "Khi có yêu cầu", TimeKind.CONTINUOUS, (span("01-01", "12-31", CONTINUOUS),)),
    ("Thường xuyên", "Tháng 1/2", TimeKind.UNCLEAR, (span("01-01", "12-31", CONTINUOUS),)),
    ("", "Theo tiến độ dự án", TimeKind.RELATIVE, ()),
    ("Theo tình hình thực tế", "", TimeKind.RELATIVE, ()),
    ("", "", TimeKind.UNSCHEDULED, ()),
    ("Tháng 1/2", "", TimeKind.UNCLEAR, ()),
    ("Khi có yêu cầu", "Tháng 1/2", TimeKind.UNCLEAR, ()),
    ("Cuối tháng 10/2023", "Dịp tổ chức các sự kiện của Quận", TimeKind.EVENT, (span("10-21", "10-31"),)),
    ("Bắt đầu từ 25/7", "", TimeKind.RANGE, (span("07-25", "12-31", CONTINUOUS),)),
    ("", "Bắt đầu từ 25/7", TimeKind.RANGE, (span("07-25", "12-31", CONTINUOUS),)),
    ("Bắt đầu từ 25/7", "Theo tiến độ dự án", TimeKind.RELATIVE, (span("07-25", "12-31", CONTINUOUS),)),
]


@pytest.mark.parametrize(("start", "end", "kind", "spans"), NEVER_DUE)
def test_never_due(start: str, end: str, kind: TimeKind, spans: tuple[Span, ...]) -> None:
    assert combined(start, end) == Schedule(kind, spans)


def test_rounds_in_the_end_cell() -> None:
    schedule = combined("", "Đợt 1: Tháng 4/2023 Đợt 2: Tháng 10/2023")
    spans = (span("04-01", "04-30", ROUND), span("10-01", "10-31", ROUND))
    assert schedule == Schedule(TimeKind.ROUNDS, spans, (day("04-30"), day("10-31")), day("10-31"))


def test_dates_in_the_end_cell_after_a_start() -> None:
    schedule = combined("Tháng 1/2023", "19/05/2023 05/09/2023")
    assert schedule.spans == (
        span("01-01", "05-18"), span("05-19", "05-19", ROUND), span("09-05", "09-05", ROUND),
    )  # fmt: skip
    assert schedule.due_days == (day("05-19"), day("09-05"))
    assert schedule.deadline == day("09-05")


def test_several_months_in_the_start_cell_until_an_end() -> None:
    schedule = combined("Tháng 3,7,10/2023", "Tháng 11/2023")
    assert schedule.kind is TimeKind.DATES
    assert schedule.spans == (
        span("03-01", "03-31", ROUND), span("07-01", "07-31", ROUND), span("10-01", "10-31", ROUND),
        span("11-01", "11-30"),
    )  # fmt: skip
    assert schedule.due_days == tuple(map(day, ("03-31", "07-31", "10-31", "11-30")))


def test_several_months_alone_are_due_on_the_last() -> None:
    schedule = combined("Tháng 5,10/2023", "")
    assert schedule.due_days == (day("05-31"), day("10-31"))
    assert schedule.deadline == day("10-31")
    assert [one.kind for one in schedule.spans] == [ROUND, ROUND]


def test_rounds_after_the_printed_end_give_way_to_it() -> None:
    assert combined("Tháng 10, 12/2023", "Tháng 11/2023").due_days == (day("10-31"), day("11-30"))
    assert combined("Tháng 10, 12/2023", "Tháng 9/2023").spans == (span("09-01", "09-30", inferred=True),)


@pytest.mark.parametrize(("start", "end"), [("Hàng tháng", ""), ("", "Hàng tháng"), ("Hàng tháng", "Thường xuyên")])
def test_monthly_work_has_twelve_days_and_no_deadline(start: str, end: str) -> None:
    schedule = combined(start, end)
    assert schedule.kind is TimeKind.RECURRING
    assert len(schedule.due_days) == 12
    assert schedule.deadline is None
    assert schedule.spans[1] == span("02-01", "02-28", OCCURRENCE)


def test_monthly_work_until_an_end() -> None:
    schedule = combined("Hàng tháng", "Tháng 12/2023")
    assert len(schedule.due_days) == 12
    assert schedule.deadline == day("12-31")
    assert len(combined("Hàng tháng", "Tháng 6/2023").due_days) == 6


def test_an_end_within_an_occurrence_cuts_it_short() -> None:
    schedule = combined("Hàng quý", "15/11/2023")
    assert schedule.due_days == tuple(map(day, ("03-31", "06-30", "09-30", "11-15")))
    assert schedule.spans[-1] == span("10-01", "11-15", OCCURRENCE)


def test_recurring_work_from_a_start_and_beyond_the_year() -> None:
    assert combined("Tháng 9/2023", "Hàng tháng").due_days == tuple(map(day, ("09-30", "10-31", "11-30", "12-31")))
    assert len(combined("Hàng tháng", "Tháng 3/2024").due_days) == 15
    assert combined("Hàng tháng", "Tháng 1/2022").due_days == (day("2022-01-31"),)


def test_weekly_work_is_one_stretch() -> None:
    assert combined("Hàng tuần", "") == Schedule(TimeKind.RECURRING, (span("01-01", "12-31", CONTINUOUS),))


def test_corrected_recurring_time_keeps_its_own_days() -> None:
    days = (day("02-03"), day("05-06"))
    corrected = Time("khác", TimeKind.RECURRING, day("01-01"), day("12-31"), days)
    assert combine(corrected, UNSCHEDULED, 2023).due_days == days


@pytest.mark.parametrize(("phrase", "kind"), [
    ("Khi có hướng dẫn của Thành phố", TimeKind.EVENT), ("20 ngày sau khi có kết luận", TimeKind.RELATIVE),
    ("Theo tiến độ dự án", TimeKind.RELATIVE),
])
def test_a_date_entered_for_an_event_or_relative_time_rules(phrase: str, kind: TimeKind) -> None:
    printed = read_time(phrase, 2023)
    assert (printed.kind, combine(UNSCHEDULED, printed, 2023).deadline) == (kind, None)
    entered = replace(printed, last=day("06-30"))
    assert combine(UNSCHEDULED, entered, 2023) == Schedule(
        kind, (span("01-01", "06-30", inferred=True),), (day("06-30"),), day("06-30")
    )
    from_march = combine(read_time("Tháng 3/2023", 2023), entered, 2023)
    assert from_march.spans == (span("03-01", "06-30"),)
    assert from_march.deadline == day("06-30")
    # In the start cell, with nothing in the other: plans put the only date there.
    assert combine(entered, UNSCHEDULED, 2023).deadline == day("06-30")
    # Beside recurring and continuous work it is their printed end.
    assert combine(read_time("Hàng tháng", 2023), entered, 2023).deadline == day("06-30")
    assert combine(read_time("Thường xuyên", 2023), entered, 2023).deadline == day("06-30")
    assert timeliness(from_march, WorkState.DOING, None, day("07-01")) is Timeliness.OVERDUE


def test_several_dates_entered_for_an_event_are_each_due() -> None:
    days = (day("05-19"), day("09-05"))
    entered = Time("Các ngày lễ, Tết", TimeKind.EVENT, *days, days)
    schedule = combine(UNSCHEDULED, entered, 2023)
    assert (schedule.kind, schedule.due_days, schedule.deadline) == (TimeKind.EVENT, days, days[-1])
    assert [one.kind for one in schedule.spans] == [ROUND, ROUND]
