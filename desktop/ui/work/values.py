"""What is typed into a cell, read; and what is stored, as the cell shows it. No Qt."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from desktop.models.errors import Mistake
from desktop.models.report import STATE_WORDS, Report, WorkState
from desktop.models.text import fold, nfc
from desktop.ui.parts.words import day_words


class Field(StrEnum):
    """The fields of a report that are typed, in the order of the columns."""

    STATE = "state"
    PERCENT = "percent"
    DONE_ON = "done_on"
    RESULT = "result"
    EVIDENCE = "evidence"
    DIFFICULTIES = "difficulties"
    PROPOSALS = "proposals"


TEXTS = frozenset({Field.RESULT, Field.EVIDENCE, Field.DIFFICULTIES, Field.PROPOSALS})
Value = WorkState | int | date | str | None

_PARTED = re.compile(r"(\d{1,2})\s*[-/.\s]\s*(\d{1,2})(?:\s*[-/.\s]\s*(\d{4}|\d{2}))?")
_RUN = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_PERCENT = re.compile(r"(\d{1,3})(?:[.,]0+)?\s*%?")


def read(field: Field, typed: str, year: int) -> Value:
    """The value of a typed text; ``year`` is meant where a day has none.

    Blank is None, and "" for texts. Raises Mistake STATE_UNREADABLE, PERCENT_UNREADABLE or DAY_UNREADABLE.
    """
    if field in TEXTS:
        return nfc(typed.strip())
    text = " ".join(nfc(typed).split())
    if not text:
        return None
    if field is Field.STATE:
        return _state(text)
    return _percent(text) if field is Field.PERCENT else _day(text, year)


def shown(field: Field, report: Report) -> str:
    """A stored value as its cell shows it."""
    return words_of(getattr(report, field))


def words_of(value: Value) -> str:
    """A value as a cell shows it."""
    if value is None:
        return ""
    if isinstance(value, WorkState):
        return STATE_WORDS[value]
    return day_words(value) if isinstance(value, date) else str(value)


def _state(text: str) -> WorkState:
    """A state by its word, the beginning of it or its initials, whatever the marks: "hoan thanh", "đang", "HT"."""
    wanted = fold(text)
    for state, words in STATE_WORDS.items():
        folded = fold(words)
        initials = "".join(word[0] for word in folded.split())
        if folded.startswith(wanted) or wanted == initials:
            return state
    raise Mistake(
        "STATE_UNREADABLE",
        f"Không có trạng thái “{text}”.",
        f"Chọn một trong: {', '.join(STATE_WORDS.values())}.",
    )


def _percent(text: str) -> int:
    match = _PERCENT.fullmatch(text)
    if match is None or int(match[1]) > 100:
        raise Mistake("PERCENT_UNREADABLE", f"“{text}” không phải tỷ lệ.", "Ghi số nguyên từ 0 đến 100.")
    return int(match[1])


def _day(text: str, year: int) -> date:
    """8/9/2023, 8-9-23, 8.9, 08092023 and 2023-09-08; never guessed: 31/2 is refused."""
    if match := _ISO.fullmatch(text):
        parts = (int(match[3]), int(match[2]), int(match[1]))
    elif match := _PARTED.fullmatch(text) or _RUN.fullmatch(text):
        written = match[3] or str(year)
        parts = (int(match[1]), int(match[2]), int(written) + (2000 if len(written) == 2 else 0))
    else:
        raise _unreadable(text)
    day, month, full = parts
    try:
        return date(full, month, day)
    except ValueError as error:
        raise _unreadable(text) from error


def _unreadable(text: str) -> Mistake:
    return Mistake("DAY_UNREADABLE", f"“{text}” không phải một ngày.", "Ghi như 8/9/2023.")
