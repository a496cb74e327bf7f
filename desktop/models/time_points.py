"""Days, months, quarters and years named in a folded Vietnamese phrase, alone, in a list or from one to another."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from desktop.models import days
from desktop.models.days import Days
from desktop.models.schedule import TimeKind

FIRST_YEAR, LAST_YEAR = 1900, 2099
_YEAR = r"(?:19|20)[0-9]{2}"
_STOP = r"(?![a-z0-9])"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMERALS = {
    "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "muoi hai": 12,
}  # fmt: skip
_PARTS = {"dau": 1, "thuong tuan": 1, "giua": 2, "trung tuan": 2, "cuoi": 3, "ha tuan": 3}

_FILL = (
    r"(?P<fill>(?:(?:hoan thanh|hoan tat|xong|ket thuc|cham nhat|muon nhat|khong qua|khong muon hon|khong cham hon"
    r"|truoc|den|toi|het|trong|vao|du kien|thoi han|han|la|giai doan"
    r"|[0-9]{1,2}(?:[hg:][0-9]{0,2}| gio(?: [0-9]{1,2}(?: phut)?)?),?(?= ngay ))(?: |: ?))*)"
)
_PART = r"(?:(?P<part>dau|giua|cuoi|thuong tuan|trung tuan|ha tuan) (?:cua )?)?"
def _tail(name: str) -> str:
    # The year after a month or quarter; two digits only where they cannot be a month.
    return (
        rf"(?:(?:[/.-]|,? (?:cua )?nam | )(?P<{name}>{_YEAR}){_STOP}|/(?P<{name}s>1[3-9]|[2-9][0-9]){_STOP})?"
    )


_DAY = (
    r"(?:(?P<named>ngay) )?(?:"
    rf"(?P<d>[0-9]{{1,2}})(?:(?P<s>[/.-])(?P<m>[0-9]{{1,2}})(?P=s)(?P<y>{_YEAR}|[0-9]{{2}}){_STOP}"
    rf"|/(?P<m2>[0-9]{{1,2}})(?![0-9/])(?: nam (?P<y2>{_YEAR}){_STOP})?"
    rf"| ?thang (?P<m3>[0-9]{{1,2}})(?![0-9]){_tail('y3')}))"
)
_MONTH = rf"(?:thang |thang(?=[0-9])|thg[. ]*|t[. ]*)(?P<month>[0-9]{{1,2}})(?![0-9]){_tail('month_year')}"
_WORDED = (
    r"thang (?P<worded>muoi mot|muoi hai|muoi|mot|hai|ba|tu|bon|nam|sau|bay|tam|chin)(?![a-z])"
    rf"(?:(?:/| nam )(?P<worded_year>{_YEAR}){_STOP})?"
)
_QUARTER = (
    r"(?:quy|q)[. ]*(?P<quarter>iv|i{1,3}|0?[1-4]|mot|hai|ba|bon|tu)(?![a-z0-9])" + _tail("quarter_year")
)
_MONTHS = (
    r"(?:nua|(?P<count>[0-9]{1,2}|sau) ?thang) (?P<side>dau|cuoi)(?: (?:cua )?nam| (?=(?:19|20)[0-9]{2})|$)"
    rf"(?:[ /]?(?P<months_year>{_YEAR}){_STOP})?"
)
_POINT = re.compile(
    rf"{_FILL}(?:"
    rf"(?P<iso>{_YEAR}-[0-9]{{2}}-[0-9]{{2}})(?:[t ]00:00(?::00)?)?{_STOP}"
    rf"|(?P<day>{_DAY})|(?P<a_months>{_MONTHS})"
    rf"|{_PART}(?:(?P<a_month>{_MONTH})|(?P<a_word>{_WORDED})|(?P<a_quarter>{_QUARTER}))"
    rf"|(?P<a_year>(?P<whole>ca |cuoi )?nam(?:[ /](?P<year>{_YEAR}))?{_STOP}|(?P<bare_year>{_YEAR}){_STOP})"
    rf"|(?:(?P<bare_day>ngay) )?(?P<number>[0-9]{{1,2}}|iv|i{{1,3}}){_STOP}"
    rf"(?:[/-](?P<number_year>{_YEAR}){_STOP})?)"
)
_JOIN = re.compile(r" ?(?:(?P<to>-+|(?:den|toi)(?= ))|(?P<list>[,;+]|va(?= ))) ?| ")
_OPENING = re.compile(r"(?:ke tu|bat dau tu|bat dau|tu) (?=[^ ])")
_ONWARD = re.compile(r" (?:tro di|tro ve sau)$")
_NOW = re.compile(r"tu nay (?=den )")


class Grain(Enum):
    """What a point names; the last three are bare numbers that take their meaning from a neighbour."""

    DAY = TimeKind.DATE
    MONTH = TimeKind.MONTH
    QUARTER = TimeKind.QUARTER
    HALF_YEAR = TimeKind.HALF_YEAR
    YEAR = TimeKind.YEAR
    MONTHS = TimeKind.RANGE
    NUMBER = "number"
    ROMAN = "roman"
    DAY_NUMBER = "day number"


@dataclass(frozen=True, slots=True)
class Point:
    """One named time, not yet with days. ``part`` 1 to 3 for "đầu", "giữa", "cuối"; ``before`` for "trước"."""

    grain: Grain
    number: int
    year: int | None
    month: int = 0
    part: int = 0
    before: bool = False
    until: bool = False
    """A word such as "đến" stands before it."""
    roman: bool = False
    named: bool = False
    """A day after the word "ngày"."""
    joined: str = ""
    """How it hangs on the point before: "to", "list", "blank"; empty for the first."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a phrase of points says. ``parts`` are the days of each element of a list."""

    kind: TimeKind
    first: date | None
    last: date | None
    parts: tuple[Days, ...] = ()
    until: bool = False


class _Unreadable(ValueError):
    """The phrase has no single sensible reading."""


def read_points(phrase: str, year: int, strict_before: bool = False) -> Found | None:
    """The days a folded phrase names, missing years taken from ``year``; None when it is not read whole."""
    opened = False
    from_now = _NOW.match(phrase)
    if from_now:
        phrase = phrase[from_now.end() :]
    elif opening := _OPENING.match(phrase):
        opened = True
        phrase = _ONWARD.sub("", phrase[opening.end() :])
    points = scan(phrase)
    if not points:
        return None
    try:
        found = _compose(resolve(points, year, strict_before), points, opened)
    except (ValueError, OverflowError):
        return None
    if from_now:
        return None if found.parts or found.kind is TimeKind.RANGE else replace(found, kind=TimeKind.RANGE, first=None)
    return found


def scan(phrase: str) -> list[Point]:
    """The points of a phrase in order; empty when anything else stands in it."""
    points: list[Point] = []
    place, joined, end = 0, "", len(phrase)
    while True:
        match = _POINT.match(phrase, place)
        point = _point(match, joined) if match else None
        if match is None or point is None:
            return []
        points.append(point)
        place = match.end()
        if place == end:
            return points
        join = _JOIN.match(phrase, place)
        if join is None:
            return []
        place, joined = join.end(), join.lastgroup or "blank"


def resolve(points: list[Point], year: int, strict_before: bool = False) -> list[tuple[TimeKind, Days]]:
    """Kind and days of each point. Raises ValueError (or a kin of it) where a number names nothing."""
    years = _years(points, year)
    resolved = []
    for point, own_year in zip(_grains(points), years, strict=True):
        first, last = _days_of(point, own_year)
        if point.before and strict_before:
            first = last = last - timedelta(days=1)
        resolved.append((TimeKind(point.grain.value), (first, last)))
    return resolved


def in_order(parts: list[Days]) -> tuple[Days, ...]:
    """The parts by day. Raises where two overlap: then it is not clear what the list means."""
    ordered = sorted(parts)
    if any(later[0] <= earlier[1] for earlier, later in zip(ordered, ordered[1:], strict=False)):
        raise _Unreadable
    return tuple(ordered)


def _compose(resolved: list[tuple[TimeKind, Days]], points: list[Point], opened: bool) -> Found:
    kind, (first, last) = resolved[0]
    if len(resolved) == 1:
        if opened:
            return Found(TimeKind.RANGE, first, None)
        return Found(kind, first, last, until=points[0].until)
    if any(kind_ is TimeKind.RANGE for kind_, _ in resolved):
        raise _Unreadable
    if any(point.joined == "to" for point in points):
        end = resolved[-1][1][1]
        if len(resolved) > 2 or end < first:
            raise _Unreadable
        return Found(TimeKind.RANGE, first, end)
    if opened:
        raise _Unreadable
    parts = in_order([days_ for _, days_ in resolved])
    return Found(TimeKind.DATES, parts[0][0], parts[-1][1], parts)


def _point(match: re.Match[str], joined: str) -> Point | None:
    """The point a match stands for; None when it is too bare to mean anything."""
    named = match.groupdict()
    fill = named["fill"]
    point = _calendar_point(named) or _numbered_point(named)
    if point is None or (point.grain is Grain.YEAR and point.year is None and not (fill or named["whole"])):
        return None
    # "Trước 17h00 ngày 25/10" names the day itself, also where "trước" is read strictly.
    before = "truoc" in fill and not any(sign.isdigit() for sign in fill)
    if "truoc" in fill and point.grain not in (Grain.DAY, Grain.DAY_NUMBER):
        # "Trước tháng 11" may mean its first or its last day.
        return None
    # Said in full: ``replace`` takes several times as long, and every time of a plan passes here.
    return Point(
        point.grain, point.number, point.year, point.month, point.part, before, "den" in fill or "toi" in fill,
        point.roman, point.named, joined,
    )


def _calendar_point(named: dict[str, str | None]) -> Point | None:
    if iso := named["iso"]:
        return Point(Grain.DAY, int(iso[8:]), int(iso[:4]), int(iso[5:7]), named=True)
    if named["day"]:
        month = named["m"] or named["m2"] or named["m3"] or ""
        year = _year(named["y"] or named["y2"] or named["y3"] or named["y3s"])
        return Point(Grain.DAY, int(named["d"] or ""), year, int(month), named=bool(named["named"] or named["m3"]))
    if named["a_months"]:
        return _months_point(named)
    if named["a_year"]:
        part = 3 if named["whole"] == "cuoi " else 0
        return Point(Grain.YEAR, 0, _year(named["year"] or named["bare_year"]), part=part)
    return None


def _numbered_point(named: dict[str, str | None]) -> Point | None:
    part = _PARTS.get(named["part"] or "", 0)
    if month := named["month"]:
        return Point(Grain.MONTH, int(month), _year(named["month_year"] or named["month_years"]), part=part)
    if word := named["worded"]:
        return Point(Grain.MONTH, _NUMERALS[word], _year(named["worded_year"]), part=part)
    if quarter := named["quarter"]:
        if named["part"] and named["part"] not in ("dau", "giua", "cuoi"):
            return None
        number = _ROMAN.get(quarter) or _NUMERALS.get(quarter) or int(quarter)
        year = _year(named["quarter_year"] or named["quarter_years"])
        return Point(Grain.QUARTER, number, year, part=part, roman=quarter in _ROMAN)
    if bare := named["number"]:
        year = _year(named["number_year"])
        if named["bare_day"]:
            return Point(Grain.DAY_NUMBER, int(bare), None) if bare.isdecimal() and year is None else None
        if roman := _ROMAN.get(bare):
            return Point(Grain.ROMAN, roman, year, roman=True)
        return Point(Grain.NUMBER, int(bare), year)
    return None


def _months_point(named: dict[str, str | None]) -> Point | None:
    """ "6 tháng đầu năm" and "nửa cuối năm" are half-years, "9 tháng đầu năm" a range of months."""
    count = 6 if named["count"] in (None, "sau") else int(named["count"] or "")
    last_months = named["side"] == "cuoi"
    year = _year(named["months_year"])
    if count == 6:
        return Point(Grain.HALF_YEAR, 2 if last_months else 1, year)
    return Point(Grain.MONTHS, count, year, part=3 if last_months else 1)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _years(points: list[Point], year: int) -> list[int]:
    """A missing year is the next one printed to the right, else the last to the left, else the plan's."""
    years: list[int | None] = [point.year for point in points]
    for place in range(len(years) - 2, -1, -1):
        years[place] = years[place] or years[place + 1]
    filled: list[int] = []
    for known in years:
        filled.append(known or (filled[-1] if filled else year))
    if any(not FIRST_YEAR <= known <= LAST_YEAR for known in filled):
        raise _Unreadable
    return filled


def _grains(points: list[Point]) -> list[Point]:
    """The points with bare numbers understood by their neighbours."""
    known: list[Point] = []
    for place, point in enumerate(points):
        left = known[-1] if known else None
        if point.grain in (Grain.NUMBER, Grain.ROMAN, Grain.DAY_NUMBER):
            point = _understood(point, left, points[place + 1 :])
        elif left and left.grain is not Grain.DAY and _may_be_two(point):
            raise _Unreadable
        known.append(point)
    return known


def _may_be_two(point: Point) -> bool:
    """ "Tháng 3, 7/10/2023": 7 October, or July and October?"""
    return point.grain is Grain.DAY and not point.named and not point.before and point.joined == "list"


def _understood(point: Point, left: Point | None, right: list[Point]) -> Point:
    if point.grain is Grain.DAY_NUMBER or (point.grain is Grain.NUMBER and not left and point.year is None):
        return _by_right(point, right)
    if left is None:
        if point.grain is Grain.NUMBER:
            return replace(point, grain=Grain.MONTH)
        raise _Unreadable
    wanted = Grain.QUARTER if left.grain is Grain.QUARTER and left.roman == point.roman else Grain.MONTH
    if point.joined == "blank" or (left.grain is not wanted) or (wanted is Grain.MONTH and point.roman):
        raise _Unreadable
    if left.part:
        # "Cuối tháng 9, 10": does "cuối" hold for both?
        raise _Unreadable
    return replace(point, grain=wanted)


def _by_right(point: Point, right: list[Point]) -> Point:
    """A number before anything that tells what it is: "11-12/2025", "05, 15/10/2023", "ngày 5 và ngày 10/10"."""
    for other in right:
        if other.joined == "blank":
            break
        if other.grain is Grain.DAY:
            return replace(point, grain=Grain.DAY, month=other.month)
        if other.grain is Grain.NUMBER and other.year and point.grain is Grain.NUMBER:
            return replace(point, grain=Grain.MONTH)
        if other.grain not in (Grain.NUMBER, Grain.DAY_NUMBER):
            break
    raise _Unreadable


def _days_of(point: Point, year: int) -> Days:
    number, part = point.number, point.part
    match point.grain:
        case Grain.DAY:
            day = date(year, point.month, number)
            return day, day
        case Grain.MONTH:
            return _third_of_month(days.months(year, number, number), part)
        case Grain.QUARTER:
            months = (3 * number - 2, 3 * number) if not part else (3 * number - 3 + part,) * 2
            return days.months(year, *months)
        case Grain.HALF_YEAR:
            return days.half_year(year, number)
        case Grain.YEAR:
            return days.months(year, 12, 12) if part else days.whole_year(year)
        case Grain.MONTHS:
            if not 1 <= number <= 11:
                raise _Unreadable
            return days.months(year, 1, number) if part == 1 else days.months(year, 13 - number, 12)
        case _:
            raise _Unreadable


def _third_of_month(month: Days, part: int) -> Days:
    """Thượng tuần to day 10, trung tuần to day 20, hạ tuần to the end."""
    first, last = month
    return (
        first.replace(day=(1, 1, 11, 21)[part]),
        last if part in (0, 3) else last.replace(day=10 * part),
    )
