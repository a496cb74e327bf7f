"""First and last days of months, quarters, half-years and years."""

from __future__ import annotations

import calendar
from datetime import date

Days = tuple[date, date]
"""A first and a last day, both included."""


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months(year: int, first: int, last: int) -> Days:
    """From the first day of one month to the last day of another of the same year. ValueError outside 1-12."""
    return date(year, first, 1), month_end(year, last)


def quarter(year: int, number: int) -> Days:
    """A quarter, 1 to 4."""
    return months(year, 3 * number - 2, 3 * number)


def half_year(year: int, number: int) -> Days:
    """A half-year, 1 or 2."""
    return months(year, 6 * number - 5, 6 * number)


def whole_year(year: int) -> Days:
    """A calendar year."""
    return date(year, 1, 1), date(year, 12, 31)
