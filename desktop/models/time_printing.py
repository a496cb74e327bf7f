"""Print a reading as the office would write it, so that reading it again gives the same."""

from __future__ import annotations

from datetime import date

from desktop.models import days
from desktop.models.days import Days
from desktop.models.period import ROMAN
from desktop.models.recurrence import Frequency, Recurrence
from desktop.models.schedule import Time, TimeKind
from desktop.models.text import fold
from desktop.models.time_reading import parts_of

_THIRDS = {(1, 10): "Đầu", (11, 20): "Giữa"}
_EVERY = {
    Frequency.MONTHLY: "Hằng tháng",
    Frequency.QUARTERLY: "Hằng quý",
    Frequency.HALF_YEARLY: "6 tháng một lần",
    Frequency.YEARLY: "Hằng năm",
}


def print_day(day: date) -> str:
    """A day as Nghị định 30/2020/NĐ-CP, Phụ lục I writes it: days below 10 and months 1 and 2 with a zero."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def print_time(time: Time) -> str:
    """The canonical phrase of a reading. What has no days keeps its printed words."""
    match time.kind:
        case TimeKind.EVENT | TimeKind.RELATIVE | TimeKind.UNCLEAR | TimeKind.UNSCHEDULED:
            return time.text
        case TimeKind.CONTINUOUS:
            return f"Thường xuyên{_within(time)}"
        case TimeKind.RECURRING:
            return f"{_recurring_words(time)}{_within(time)}"
        case TimeKind.DATES:
            return _list_words(parts_of(time))
        case TimeKind.ROUNDS:
            parts = parts_of(time)
            return "; ".join(f"Đợt {number}: {_part_words(part)}" for number, part in enumerate(parts, start=1))
        case TimeKind.RANGE:
            return _range_words(time.first, time.last)
        case _:
            return _single_words(time)


def _single_words(time: Time) -> str:
    if time.first is None or time.last is None:
        return time.text
    last = time.last
    if time.kind is TimeKind.DATE:
        return print_day(last)
    # A quarter or year of one month only is its end or, for a quarter, another third of it.
    of_month = (time.first, last) == days.months(last.year, last.month, last.month)
    if time.kind is TimeKind.QUARTER and of_month:
        part = ("Đầu", "Giữa", "Cuối")[(last.month - 1) % 3]
        return f"{part} quý {ROMAN[(last.month + 2) // 3]}/{last.year}"
    if time.kind is TimeKind.YEAR and of_month:
        return f"Cuối năm {last.year}"
    return _part_words((time.first, last))


def _part_words(part: Days) -> str:
    """The words for a stretch of days: a day, (part of) a month, quarter, half-year, year, or from one to another."""
    first, last = part
    year, month = last.year, last.month
    if first == last:
        return print_day(first)
    if part == days.months(year, month, month):
        return f"Tháng {month}/{year}"
    for number in range(1, 5):
        if part == days.quarter(year, number):
            return f"Quý {ROMAN[number]}/{year}"
    if part == days.half_year(year, 1):
        return f"6 tháng đầu năm {year}"
    if part == days.half_year(year, 2):
        return f"6 tháng cuối năm {year}"
    if part == days.whole_year(year):
        return f"Năm {year}"
    third = _third_of_month(first, last)
    return f"{third} tháng {month}/{year}" if third else _range_words(first, last)


def _third_of_month(first: date, last: date) -> str:
    if (first.year, first.month) != (last.year, last.month):
        return ""
    if first.day == 21 and last == days.month_end(last.year, last.month):
        return "Cuối"
    return _THIRDS.get((first.day, last.day), "")


def _range_words(first: date | None, last: date | None) -> str:
    if last is None:
        return f"Bắt đầu từ {print_day(first)}" if first else ""
    if first is None:
        return f"Từ nay đến {print_day(last)}"
    if first.day == 1 and last == days.month_end(last.year, last.month):
        return f"Từ tháng {first.month}/{first.year} đến tháng {last.month}/{last.year}"
    return f"Từ {print_day(first)} đến {print_day(last)}"


def _list_words(parts: tuple[Days, ...]) -> str:
    """ "Tháng 3, 7, 10/2023" and "Quý I, II/2023" where all are of one kind and year, else each in full."""
    year = parts[0][0].year
    if all(part == days.months(year, part[1].month, part[1].month) for part in parts):
        return f"Tháng {', '.join(str(last.month) for _, last in parts)}/{year}"
    if all(part == days.quarter(year, (part[1].month + 2) // 3) for part in parts):
        return f"Quý {', '.join(ROMAN[(last.month + 2) // 3] for _, last in parts)}/{year}"
    # A day after a month could be taken for two months: "ngày" tells it.
    return ", ".join(f"ngày {print_day(part[0])}" if part[0] == part[1] else _part_words(part) for part in parts)


def _within(time: Time) -> str:
    """The days that continuous or recurring work is bound to, as a tail."""
    first, last = time.first, time.last
    if first is None:
        return f" đến hết {print_day(last)}" if last else ""
    if last is None:
        return f" từ {print_day(first)}"
    if (first, last) == days.whole_year(first.year):
        return f" trong năm {first.year}"
    return f" từ {print_day(first)} đến {print_day(last)}"


def _recurring_words(time: Time) -> str:
    first, last = time.first, time.last
    if first is None or last is None or not time.checkpoints:
        return "Hằng ngày" if "ngay" in fold(time.text) else "Hằng tuần"
    for frequency, words in _EVERY.items():
        if Recurrence(frequency).due_days(first, last) == time.checkpoints:
            return words
    day = max(day.day for day in time.checkpoints)
    if Recurrence(Frequency.MONTHLY, day).due_days(first, last) == time.checkpoints:
        return f"Ngày {day} hằng tháng"
    if Recurrence(Frequency.QUARTERLY, day).due_days(first, last) == time.checkpoints:
        return f"Ngày {day} tháng cuối quý"
    return f"Ngày {day}/{time.checkpoints[0].month} hằng năm"
