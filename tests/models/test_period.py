"""Reporting periods: ids, names, days, order and cut-off."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.models import days
from desktop.models.errors import Mistake
from desktop.models.period import (
    Period,
    PeriodKind,
    ReportingCalendar,
    is_period,
    period_on,
    periods_of,
    previous,
    read_period,
)

KNOWN = [
    Period("2023-09", PeriodKind.MONTH, "Tháng 9/2023", date(2023, 9, 1), date(2023, 9, 30)),
    Period("2024-02", PeriodKind.MONTH, "Tháng 2/2024", date(2024, 2, 1), date(2024, 2, 29)),
    Period("2023-Q3", PeriodKind.QUARTER, "Quý III/2023", date(2023, 7, 1), date(2023, 9, 30)),
    Period("2023-H1", PeriodKind.HALF_YEAR, "6 tháng đầu năm 2023", date(2023, 1, 1), date(2023, 6, 30)),
    Period("2023-H2", PeriodKind.HALF_YEAR, "6 tháng cuối năm 2023", date(2023, 7, 1), date(2023, 12, 31)),
    Period("2023", PeriodKind.YEAR, "Năm 2023", date(2023, 1, 1), date(2023, 12, 31)),
]


@pytest.mark.parametrize("period", KNOWN)
def test_period_of_an_id(period: Period) -> None:
    assert read_period(period.id) == period
    assert is_period(period.id)
    assert period_on(period.first, period.kind) == period
    assert period_on(period.last, period.kind) == period


@pytest.mark.parametrize(
    "text",
    ["", "2023-13", "2023-00", "2023-Q5", "2023-Q0", "2023-H3", "23", "2023-9", "2023-q3", "0999", " 2023", "٢٠٢٣"],
)
def test_unknown_period(text: str) -> None:
    assert not is_period(text)
    with pytest.raises(Mistake) as caught:
        read_period(text)
    assert caught.value.code == "PERIOD_UNKNOWN"


def test_periods_of_a_year_by_their_end_the_shorter_first() -> None:
    ids = [period.id for period in periods_of(2023)]
    assert len(ids) == 19
    assert ids[:5] == ["2023-01", "2023-02", "2023-03", "2023-Q1", "2023-04"]
    assert ids[-4:] == ["2023-12", "2023-Q4", "2023-H2", "2023"]
    quarters = periods_of(2023, frozenset({PeriodKind.QUARTER}))
    assert [period.id for period in quarters] == ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]


@pytest.mark.parametrize(
    ("period", "before"),
    [("2023-09", "2023-08"), ("2023-01", "2022-12"), ("2023-Q1", "2022-Q4"), ("2023-H2", "2023-H1"), ("2023", "2022")],
)
def test_previous(period: str, before: str) -> None:
    assert previous(read_period(period)).id == before


def test_cut_off_by_default() -> None:
    calendar = ReportingCalendar()
    assert calendar.closes(read_period("2023-Q3")) == date(2023, 9, 14)
    assert calendar.send_by(read_period("2023-Q3")) == date(2023, 9, 15)
    assert calendar.closes(read_period("2023")) == date(2023, 12, 14)


def test_cut_off_is_a_setting() -> None:
    calendar = ReportingCalendar(close_day=31, send_day=30)
    assert calendar.closes(read_period("2023-02")) == date(2023, 2, 28)
    assert calendar.send_by(read_period("2023-Q2")) == date(2023, 6, 30)


def test_days_of_the_calendar() -> None:
    assert days.month_end(2024, 2) == date(2024, 2, 29)
    assert days.quarter(2023, 4) == (date(2023, 10, 1), date(2023, 12, 31))
    assert days.half_year(2023, 2) == (date(2023, 7, 1), date(2023, 12, 31))
    with pytest.raises(ValueError, match="month"):
        days.months(2023, 0, 3)
