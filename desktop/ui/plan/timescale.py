"""Days to pixels and back, and the two header rows of the Gantt. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desktop.models import days
from desktop.models.period import ROMAN
from desktop.models.schedule import Span


class Zoom(StrEnum):
    """What one column of the lower header row stands for."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


ZOOM_WORDS = {Zoom.WEEK: "Tuần", Zoom.MONTH: "Tháng", Zoom.QUARTER: "Quý", Zoom.YEAR: "Năm"}
# Least widths at which the columns can still be read, and how much a viewport shows where it is wider than that.
_PIXELS_PER_DAY = {Zoom.WEEK: 4.4, Zoom.MONTH: 1.25, Zoom.QUARTER: 0.62, Zoom.YEAR: 0.31}
_DAYS_ACROSS = {Zoom.WEEK: 92.0, Zoom.MONTH: 365.0, Zoom.QUARTER: 731.0, Zoom.YEAR: 1461.0}
_DAY = timedelta(days=1)
# A misread year must not stretch the axis over decades; marks beyond it are cut at its edge.
_YEARS_AROUND = 2


@dataclass(frozen=True, slots=True)
class Tick:
    """A column of a header row: its days, both included, and its words, long and short."""

    first: date
    last: date
    label: str
    short: str


@dataclass(frozen=True, slots=True)
class TimeScale:
    """A stretch of days drawn at ``per_day`` pixels a day; x is 0 at the start of ``first``."""

    first: date
    last: date
    zoom: Zoom
    per_day: float

    @property
    def width(self) -> float:
        """Pixels from the start of the first to the end of the last day."""
        return self.left(self.last + _DAY)

    def left(self, day: date) -> float:
        """The x where a day begins."""
        return (day - self.first).days * self.per_day

    def right(self, day: date) -> float:
        """The x where a day ends."""
        return self.left(day) + self.per_day

    def day_at(self, x: float) -> date:
        """The day drawn at x, held inside the scale."""
        return min(max(self.first + timedelta(days=int(x // self.per_day)), self.first), self.last)

    def upper(self, x0: float, x1: float) -> list[Tick]:
        """Columns of the upper header row that touch the pixels from x0 to x1."""
        return self._ticks(_UPPER[self.zoom], x0, x1)

    def lower(self, x0: float, x1: float) -> list[Tick]:
        """Columns of the lower header row that touch the pixels from x0 to x1."""
        return self._ticks(_LOWER[self.zoom], x0, x1)

    def _ticks(self, maker: Callable[[date], Tick], x0: float, x1: float) -> list[Tick]:
        return list(_walk(maker, self.day_at(x0), self.day_at(x1)))


def _walk(maker: Callable[[date], Tick], first: date, last: date) -> Iterator[Tick]:
    tick = maker(first)
    while tick.first <= last:
        yield tick
        tick = maker(tick.last + _DAY)


def _year(day: date) -> Tick:
    return Tick(date(day.year, 1, 1), date(day.year, 12, 31), f"Năm {day.year}", str(day.year))


def _quarter(day: date) -> Tick:
    number = (day.month + 2) // 3
    first, last = days.quarter(day.year, number)
    return Tick(first, last, f"Quý {ROMAN[number]}", ROMAN[number])


def _quarter_of_year(day: date) -> Tick:
    tick = _quarter(day)
    return Tick(tick.first, tick.last, f"{tick.label}/{day.year}", tick.label)


def _month(day: date) -> Tick:
    return Tick(day.replace(day=1), days.month_end(day.year, day.month), f"T{day.month}", str(day.month))


def _month_of_year(day: date) -> Tick:
    tick = _month(day)
    return Tick(tick.first, tick.last, f"Tháng {day.month}/{day.year}", tick.label)


def _week(day: date) -> Tick:
    monday = day - timedelta(days=day.weekday())
    return Tick(monday, monday + 6 * _DAY, f"{monday.day}/{monday.month}", str(monday.day))


_UPPER = {Zoom.WEEK: _month_of_year, Zoom.MONTH: _quarter_of_year, Zoom.QUARTER: _year, Zoom.YEAR: _year}
_LOWER = {Zoom.WEEK: _week, Zoom.MONTH: _month, Zoom.QUARTER: _quarter, Zoom.YEAR: _quarter}


def extent(year: int, known: Iterable[date]) -> tuple[date, date]:
    """First and last day of the axis: the plan's year, and whole years around it that hold any of the days known."""
    years = [year, *(day.year for day in known if abs(day.year - year) <= _YEARS_AROUND)]
    return date(min(years), 1, 1), date(max(years), 12, 31)


def span_days(spans: Iterable[Span]) -> Iterator[date]:
    """The outer days of stretches, for ``extent``."""
    for span in spans:
        yield span.first
        yield span.last


def fit(first: date, last: date, zoom: Zoom, viewport: int) -> TimeScale:
    """A scale at a zoom for a viewport of that many pixels, which it always fills: later years fill what is left."""
    per_day = max(_PIXELS_PER_DAY[zoom], viewport / _DAYS_ACROSS[zoom])
    while ((last - first).days + 1) * per_day < viewport - 1:
        last = date(last.year + 1, 12, 31)
    return TimeScale(first, last, zoom, per_day)


def nearer(zoom: Zoom, steps: int) -> Zoom:
    """The zoom ``steps`` nearer (negative: further away), held at the ends."""
    order = (Zoom.YEAR, Zoom.QUARTER, Zoom.MONTH, Zoom.WEEK)
    return order[min(max(order.index(zoom) + steps, 0), len(order) - 1)]
