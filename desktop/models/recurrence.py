"""Recurring office work: how often it falls due and on which day ("hằng tháng", "ngày 15 tháng cuối quý")."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Frequency(StrEnum):
    """How often. Daily and weekly work has no due days of its own: it is reported, not counted."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


_STEP = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.HALF_YEARLY: 6, Frequency.YEARLY: 12}
_ORDER = tuple(Frequency)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Due on ``day`` (31: the last) of each ``frequency``'s last month; yearly work may name another ``month``."""

    frequency: Frequency
    day: int = 31
    month: int = 12

    def due_days(self, first: date, last: date) -> tuple[date, ...]:
        """The due days from ``first`` to ``last``, in order; a day a month lacks is that month's last."""
        step = _STEP.get(self.frequency)
        if step is None:
            return ()
        due = (
            date(year, month, min(self.day, calendar.monthrange(year, month)[1]))
            for year in range(first.year, last.year + 1)
            for month in ((self.month,) if step == 12 else range(step, 13, step))
        )
        return tuple(day for day in due if first <= day <= last)


_UNITS = {
    "ngay": Frequency.DAILY, "tuan": Frequency.WEEKLY, "thang": Frequency.MONTHLY, "quy": Frequency.QUARTERLY,
    "6 thang": Frequency.HALF_YEARLY, "06 thang": Frequency.HALF_YEARLY, "sau thang": Frequency.HALF_YEARLY,
    "nua nam": Frequency.HALF_YEARLY, "nam": Frequency.YEARLY,
}  # fmt: skip
_UNIT = r"(?:0?6 thang|sau thang|nua nam|ngay|tuan|thang|quy|nam)\b"
_EVERY = r"(?:hang|moi|cac)"
_ONCE = r"(?:0?1|mot) lan"
_ON_DEMAND = r"(?:,? ?(?:va )?(?:dot xuat|khi co yeu cau|theo yeu cau))?"
_BEFORE = r"(?:(?P<before>truoc)|cham nhat|vao)? ?(?:vao )?(?:ngay )?(?P<day>[0-9]{1,2})"
_ENDING = r"(?P<rest>(?:,| |$).*)"

_UNITS_LIST = rf"(?P<units>{_UNIT}(?:(?:, ?|,? va |/)(?:hang |moi )?{_UNIT})*)"
_PLAIN = re.compile(
    rf"(?:thuong xuyen,? (?:va )?)?(?:dinh ky,? (?:theo |hang |moi )?|(?:hang|moi|theo) |cuoi {_EVERY} ){_UNITS_LIST}"
    rf"(?: {_ONCE}|/lan)?{_ON_DEMAND}{_ENDING}"
)
_TIMES = re.compile(rf"(?:dinh ky )?{_ONCE} ?(?:/|moi |trong |mot )(?:mot )?(?P<units>{_UNIT}){_ON_DEMAND}{_ENDING}")
_TIMES_AFTER = re.compile(rf"(?:dinh ky )?(?P<units>{_UNIT})(?: |/)(?:{_ONCE}|lan){_ON_DEMAND}{_ENDING}")
_MONTH_DAY = re.compile(rf"{_BEFORE} (?:cua )?{_EVERY} thang{_ENDING}")
_MONTH_DAY_AFTER = re.compile(
    rf"(?:dinh ky )?{_EVERY} thang,? ?\(?(?=[a-z ]*(?:ngay|truoc|cham nhat)){_BEFORE}\)?(?![0-9/.-]){_ENDING}"
)
_QUARTER_DAY = re.compile(rf"{_BEFORE} (?:cua )?thang cuoi (?:cua )?(?:{_EVERY} )?quy{_ENDING}")
_QUARTER_DAY_AFTER = re.compile(
    rf"(?:dinh ky )?{_EVERY} quy,? ?\(?(?=[a-z ]*(?:ngay|truoc|cham nhat)){_BEFORE} (?:cua )?thang cuoi"
    rf" (?:cua )?(?:{_EVERY} )?quy\)?{_ENDING}"
)
_YEAR_MONTH = re.compile(rf"(?:vao )?thang (?P<month>[0-9]{{1,2}}) {_EVERY} nam{_ENDING}")
_YEAR_DAY = re.compile(rf"{_BEFORE}(?:/| thang )(?P<month>[0-9]{{1,2}}) {_EVERY} nam{_ENDING}")
_ON_A_DAY = (
    (_MONTH_DAY, Frequency.MONTHLY), (_MONTH_DAY_AFTER, Frequency.MONTHLY), (_QUARTER_DAY, Frequency.QUARTERLY),
    (_QUARTER_DAY_AFTER, Frequency.QUARTERLY), (_YEAR_DAY, Frequency.YEARLY),
)  # fmt: skip
_ONE_UNIT = re.compile(_UNIT)


def read_recurrence(phrase: str, strict_before: bool = False) -> tuple[Recurrence, str] | None:
    """The recurrence a folded phrase begins with, and what stands after it; None when it is none."""
    for pattern, frequency in _ON_A_DAY:
        if match := pattern.fullmatch(phrase):
            return _on_day(match, frequency, strict_before)
    if match := _YEAR_MONTH.fullmatch(phrase):
        month = int(match["month"])
        return (Recurrence(Frequency.YEARLY, month=month), _rest(match)) if 1 <= month <= 12 else None
    match = _PLAIN.fullmatch(phrase) or _TIMES.fullmatch(phrase) or _TIMES_AFTER.fullmatch(phrase)
    if match is None:
        return None
    frequencies = [_UNITS[unit] for unit in _ONE_UNIT.findall(match["units"])]
    # "Hàng tháng, quý, năm": the most frequent falls due whenever the others do.
    return Recurrence(min(frequencies, key=_ORDER.index)), _rest(match)


def _on_day(match: re.Match[str], frequency: Frequency, strict_before: bool) -> tuple[Recurrence, str] | None:
    day, month = int(match["day"]), int(match["month"]) if frequency is Frequency.YEARLY else 12
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(2024, month)[1]:
        return None
    if match["before"] and strict_before:
        day, month = (day - 1, month) if day > 1 else (31, month - 1 or 12)
    return Recurrence(frequency, day, month), _rest(match)


def _rest(match: re.Match[str]) -> str:
    return match["rest"].strip(" ,;:-")
