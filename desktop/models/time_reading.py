"""Read a printed Vietnamese office time: the phrase, its kind, first and last day, and checkpoints."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from desktop.models import days
from desktop.models.days import Days
from desktop.models.recurrence import Recurrence, read_recurrence
from desktop.models.schedule import UNSCHEDULED, Time, TimeKind
from desktop.models.text import fold, nfc, squeeze
from desktop.models.time_points import FIRST_YEAR, LAST_YEAR, Found, in_order, read_points, scan

_MAX_PHRASE = 400
_TAG = re.compile(r"</?(?:[biu]|em|strong|su[bp]|span|p|font)(?: [^<>]*)?/?>", re.IGNORECASE)
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_SIGNS = str.maketrans({**dict.fromkeys("–—‐‑‒−", "-"), "&": " va ", "…": ".", "\u200b": None, "\ufeff": None})
_SLASH = re.compile(r" ?/ ?")

_ON_DEMAND = r"(?:,? ?(?:va )?(?:dot xuat|khi co yeu cau|theo yeu cau))?"
_CONTINUOUS = re.compile(
    rf"(?:duy tri )?(?:thuong xuyen|lien tuc)(?: ?[,;-]? ?(?:va )?(?:thuong xuyen|lien tuc|hang ngay))*{_ON_DEMAND}"
    r"(?: ?,? ?(?:trong ca|trong|ca|suot) nam(?! [0-9]))?"
)
_ALL_YEAR = re.compile(r"(?:suot|quanh) nam")
_ROUND = re.compile(
    r"[,;+.]? ?(?:va )?\b(?:dot|lan|ky)(?: thu)? ?(?:[0-9]{1,2}|i{1,3}|iv|nhat|hai|ba|tu)\b ?[:.(]? ?(?:- ?)?(?:vao )?"
)
_COUNTED_ROUNDS = re.compile(r"(?:chia )?(?:lam )?(?:thanh )?0?([2-9]|1[0-2]) (?:dot|lan|ky) ?[:(,]? ?(?:vao )?")
_EVENT = re.compile(
    r"(?:(?:nhan |vao |trong )?(?:cac )?(?:dip|ngay le|le,? tet)|(?:nhan |vao |trong )?cac (?:ngay|le)|tet"
    r"|khi|dot xuat|(?:tuy )?theo (?:yeu cau|su kien))\b"
)
_RELATIVE = re.compile(
    r"(?:theo|tuy|can cu|ngay sau khi|sau khi|truoc khi|trong vong [0-9]+"
    r"|(?:trong |cham nhat |sau )?[0-9]{1,3} (?:ngay|tuan|thang|nam)(?: lam viec)?,? (?:ke tu|tinh tu|tu|sau|truoc))\b"
)
_DUE_INSIDE = re.compile(r"(?:truoc|cham nhat|den|xong)(?: het)?(?: ngay)? [0-9]{1,2}[/.-][0-9]")


class TimeDoubt(StrEnum):
    """What an officer should look at in a reading."""

    YEAR_SUPPLIED = "year_supplied"
    OUTSIDE_YEAR = "outside_year"
    SEVERAL_DATES = "several_dates"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Reading:
    """A time together with what it does not keep: the days of each round, and the rule of recurring work."""

    time: Time
    parts: tuple[Days, ...] = ()
    recurrence: Recurrence | None = None


def read_time(text: str, year: int, *, strict_before: bool = False) -> Time:
    """The reading of a printed phrase; ``year`` supplies a year that is not printed. Never raises.

    "Trước ngày 25/10" is due on 25/10 (office usage); with ``strict_before`` on the day before. What is not
    understood as a whole is UNCLEAR and has no days. Source: office.md "Times".
    """
    return read(text, year, strict_before).time


@lru_cache(maxsize=16384)
def printed_text(text: str) -> str:
    """A cell as shown: NFC, without markup tags, runs of blanks as one blank."""
    text = nfc(text)
    if "<" in text:
        # A tag may lie inside another; a few rounds are enough for anything but malice.
        for _ in range(4):
            text = _TAG.sub("", _BREAK.sub(" ", text))
        if _TAG.search(text) or _BREAK.search(text):
            text = text.replace("<", " ").replace(">", " ")
    return squeeze(text)


def markup_in(text: str) -> tuple[str, ...]:
    """The markup tags that ``printed_text`` leaves out, each once, in order."""
    return tuple(dict.fromkeys(found[0] for pattern in (_TAG, _BREAK) for found in pattern.finditer(text)))


@lru_cache(maxsize=8192)
def read(text: str, year: int, strict_before: bool = False) -> Reading:
    """As ``read_time``, with the parts of lists and rounds."""
    printed = printed_text(text)
    if not printed:
        return Reading(UNSCHEDULED)
    if len(printed) > _MAX_PHRASE:
        return Reading(Time(printed, TimeKind.UNCLEAR))
    phrase = normal_phrase(printed)
    if not phrase:
        return Reading(Time(printed, TimeKind.UNSCHEDULED))
    for reader in _READERS:
        reading = reader(phrase, year, strict_before)
        if reading is not None:
            # Said in full: ``replace`` takes several times as long, and every phrase passes here.
            time = reading.time
            time = Time(printed, time.kind, time.first, time.last, time.checkpoints)
            return Reading(time, reading.parts, reading.recurrence)
    return Reading(Time(printed, TimeKind.UNCLEAR))


def normal_phrase(printed: str) -> str:
    """The phrase folded, with one kind of dash, no blanks round slashes, no bullets or closing stops."""
    phrase = squeeze(fold(printed.translate(_SIGNS)))
    if "/" in phrase:
        phrase = _SLASH.sub("/", phrase)
    phrase = phrase.lstrip("-+*•. ").rstrip(" .;,:-")
    if phrase.startswith("(") and phrase.endswith(")") and phrase.count("(") == 1:
        phrase = phrase[1:-1].strip(" .-")
    return phrase


def parts_of(time: Time) -> tuple[Days, ...]:
    """First and last day of each date or round of a list; where the printed phrase does not tell, the due days."""
    if time.first is None or time.last is None:
        return ()
    # A year that was supplied is that of the first or of the last day.
    for year in {time.first.year, time.last.year}:
        parts = read(time.text, year).parts
        if parts and parts[0][0] == time.first and tuple(last for _, last in parts) == time.checkpoints:
            return parts
    return tuple((day, day) for day in time.checkpoints)


def recurrence_of(time: Time) -> Recurrence | None:
    """The rule behind recurring work, read from its printed phrase; None where that says other days (corrected)."""
    if time.first is None or time.last is None:
        return None
    found = read(time.text, time.first.year).recurrence
    return found if found and found.due_days(time.first, time.last) == time.checkpoints else None


def time_doubts(time: Time, year: int) -> tuple[TimeDoubt, ...]:
    """What is doubtful about a reading in a plan of ``year``."""
    doubts = []
    if _year_was_supplied(time, year):
        doubts.append(TimeDoubt.YEAR_SUPPLIED)
    if any(day is not None and day.year != year for day in (time.first, time.last, *time.checkpoints)):
        doubts.append(TimeDoubt.OUTSIDE_YEAR)
    if time.kind in (TimeKind.DATES, TimeKind.ROUNDS):
        doubts.append(TimeDoubt.SEVERAL_DATES)
    if time.kind is TimeKind.UNCLEAR:
        doubts.append(TimeDoubt.UNCLEAR)
    return tuple(doubts)


# "Cả năm" and "6 tháng đầu năm" speak of the plan's own year: nothing is missing there.
_NEEDS_YEAR = frozenset(
    {TimeKind.DATE, TimeKind.MONTH, TimeKind.QUARTER, TimeKind.RANGE, TimeKind.DATES, TimeKind.ROUNDS}
)


_ONE_POINT = frozenset({TimeKind.DATE, TimeKind.MONTH, TimeKind.QUARTER})
_FULL_YEAR = re.compile("(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def _year_was_supplied(time: Time, year: int) -> bool:
    if time.kind not in _NEEDS_YEAR or (time.kind in _ONE_POINT and _FULL_YEAR.search(time.text)):
        return False
    other = year + 1 if year < LAST_YEAR else year - 1
    return read(time.text, year).time != read(time.text, other).time


def _dated(phrase: str, year: int, strict_before: bool) -> Reading | None:
    found = read_points(phrase, year, strict_before)
    if found is None:
        return None
    checkpoints = tuple(last for _, last in found.parts)
    return Reading(Time("", found.kind, found.first, found.last, checkpoints), found.parts)


def _continuous(phrase: str, year: int, strict_before: bool) -> Reading | None:
    match = _CONTINUOUS.match(phrase) or _ALL_YEAR.match(phrase)
    if match is None:
        return None
    rest = phrase[match.end() :].strip(" ,;:-")
    if not rest:
        return Reading(Time("", TimeKind.CONTINUOUS))
    found = read_points(rest, year, strict_before)
    if found is None or found.parts:
        return None
    return Reading(Time("", TimeKind.CONTINUOUS, None if found.until else found.first, found.last))


def _recurring(phrase: str, year: int, strict_before: bool) -> Reading | None:
    """Occurrences fall in the year, or in the days that the phrase names."""
    found = read_recurrence(phrase, strict_before)
    if found is None:
        return None
    recurrence, rest = found
    window = _window(read_points(rest, year), year) if rest else _whole_year(year)
    if window is None:
        return None
    first, last = window
    return Reading(
        Time("", TimeKind.RECURRING, first, last, recurrence.due_days(first, last)), recurrence=recurrence
    )


def _whole_year(year: int) -> Days | None:
    return days.whole_year(year) if FIRST_YEAR <= year <= LAST_YEAR else None


def _window(found: Found | None, year: int) -> Days | None:
    if found is None or found.parts or (found.kind is TimeKind.DATE and not found.until):
        return None
    first, last = found.first, found.last
    if found.until or first is None:
        first = date((last or date(year, 1, 1)).year, 1, 1)
    return first, last or date(first.year, 12, 31)


def _rounds(phrase: str, year: int, strict_before: bool) -> Reading | None:
    """ "Đợt 1: ... Đợt 2: ..." and "02 đợt: ..."."""
    if counted := _COUNTED_ROUNDS.match(phrase):
        found = read_points(phrase[counted.end() :].rstrip(" )"), year, strict_before)
        if found is None or len(found.parts) != int(counted[1]):
            return None
        return _round_reading(found.parts)
    if not _ROUND.match(phrase):
        return None
    pieces = [piece.strip(" ,;.:()-") for piece in _ROUND.split(phrase)[1:]]
    try:
        return _round_reading(in_order(_days_of_rounds(pieces, year, strict_before)))
    except ValueError:
        return None


def _days_of_rounds(pieces: list[str], year: int, strict_before: bool) -> list[Days]:
    """Days of each round; a round without a year takes that of the next. Raises ValueError where one is unread."""
    rounds: list[Days] = []
    for piece in reversed(pieces):
        found = read_points(piece, year, strict_before)
        if found is None or found.first is None or found.last is None or found.parts:
            raise ValueError(piece)
        rounds.append((found.first, found.last))
        if any(point.year for point in scan(piece)):
            year = found.first.year
    return rounds


def _round_reading(parts: tuple[Days, ...]) -> Reading:
    checkpoints = tuple(last for _, last in parts)
    return Reading(Time("", TimeKind.ROUNDS, parts[0][0], parts[-1][1], checkpoints), parts)


def _undated(phrase: str, year: int, strict_before: bool) -> Reading | None:
    """Events and times that hang on something else. With a due day in the same cell the reading would lose it."""
    if _DUE_INSIDE.search(phrase):
        return None
    if _EVENT.match(phrase):
        return Reading(Time("", TimeKind.EVENT))
    return Reading(Time("", TimeKind.RELATIVE)) if _RELATIVE.match(phrase) else None


_READERS: tuple[Callable[[str, int, bool], Reading | None], ...] = (
    _dated, _recurring, _continuous, _rounds, _undated,
)  # fmt: skip
