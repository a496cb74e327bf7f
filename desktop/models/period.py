"""Reporting periods: month, quarter, half-year and year, their names, days and cut-off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from desktop.models import days
from desktop.models.errors import Mistake

ROMAN = ("", "I", "II", "III", "IV")
_HALVES = ("", "6 tháng đầu năm", "6 tháng cuối năm")
# Four digits from 1000 on: a year below is a slip of the pen, and the day before it must exist.
_ID = re.compile(r"([1-9][0-9]{3})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?")


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period. ``id`` is "2023-09", "2023-Q3", "2023-H1" or "2023"; ``name`` what is printed."""

    id: str
    kind: PeriodKind
    name: str
    first: date
    last: date


def is_period(text: str) -> bool:
    """Whether the text is a period's id."""
    return _ID.fullmatch(text) is not None


@lru_cache(maxsize=1024)
def read_period(text: str) -> Period:
    """The period of an id. Raises Mistake PERIOD_UNKNOWN for any other text."""
    match = _ID.fullmatch(text)
    if match is None:
        raise Mistake(
            "PERIOD_UNKNOWN",
            f"Không có kỳ báo cáo “{text}”.",
            "Ghi kỳ như: 2023-09 (tháng), 2023-Q3 (quý), 2023-H1 (6 tháng), 2023 (năm).",
        )
    year, month, quarter, half = (int(part or 0) for part in match.groups())
    if month:
        return month_period(year, month)
    if quarter:
        return quarter_period(year, quarter)
    return half_year_period(year, half) if half else year_period(year)


def month_period(year: int, month: int) -> Period:
    """A month, 1 to 12."""
    first, last = days.months(year, month, month)
    return Period(f"{year:04d}-{month:02d}", PeriodKind.MONTH, f"Tháng {month}/{year}", first, last)


def quarter_period(year: int, quarter: int) -> Period:
    """A quarter, 1 to 4; its name has the Roman numeral that offices print."""
    first, last = days.quarter(year, quarter)
    return Period(f"{year:04d}-Q{quarter}", PeriodKind.QUARTER, f"Quý {ROMAN[quarter]}/{year}", first, last)


def half_year_period(year: int, half: int) -> Period:
    """A half-year, 1 or 2."""
    first, last = days.half_year(year, half)
    return Period(f"{year:04d}-H{half}", PeriodKind.HALF_YEAR, f"{_HALVES[half]} {year}", first, last)


def year_period(year: int) -> Period:
    """A year."""
    first, last = days.whole_year(year)
    return Period(f"{year:04d}", PeriodKind.YEAR, f"Năm {year}", first, last)


def periods_of(year: int, kinds: frozenset[PeriodKind] = frozenset(PeriodKind)) -> tuple[Period, ...]:
    """The periods of a year of the wanted kinds, by last day, the shorter first."""
    every = (
        *(month_period(year, month) for month in range(1, 13)),
        *(quarter_period(year, quarter) for quarter in range(1, 5)),
        *(half_year_period(year, half) for half in (1, 2)),
        year_period(year),
    )
    # The sort is stable: of those that end together the shorter stays first.
    return tuple(sorted((period for period in every if period.kind in kinds), key=lambda period: period.last))


def period_on(day: date, kind: PeriodKind) -> Period:
    """The period of a kind that a day lies in."""
    if kind is PeriodKind.MONTH:
        return month_period(day.year, day.month)
    if kind is PeriodKind.QUARTER:
        return quarter_period(day.year, (day.month + 2) // 3)
    return half_year_period(day.year, (day.month + 5) // 6) if kind is PeriodKind.HALF_YEAR else year_period(day.year)


def previous(period: Period) -> Period:
    """The period of the same kind just before, over the turn of the year too."""
    return period_on(period.first - timedelta(days=1), period.kind)


@dataclass(frozen=True, slots=True)
class ReportingCalendar:
    """When a period's data close and its report is due, as days of the period's last month.

    Defaults: data close on the 14th (Nghị định 09/2019/NĐ-CP, Điều 12); reports go by the 15th of a quarter's last
    month (Kế hoạch 160-KH/QU, Tổ chức thực hiện 1.8). Other offices set their own; a day beyond the month's end is its
    last day.
    """

    close_day: int = 14
    send_day: int = 15

    def closes(self, period: Period) -> date:
        """The last day whose data count."""
        return _day_of_last_month(period, self.close_day)

    def send_by(self, period: Period) -> date:
        """The last day to send. For a year the office enters its own where it has "hướng dẫn riêng"."""
        return _day_of_last_month(period, self.send_day)


def _day_of_last_month(period: Period, day: int) -> date:
    return period.last.replace(day=max(1, min(day, period.last.day)))
