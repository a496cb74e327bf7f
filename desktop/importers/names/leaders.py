"""The cell of leaders in charge -> one entry per leader, and who they are for checks across rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from desktop.models.text import squeeze
from desktop.models.units import name_key

# "D/c" is how the reader of the scan met "Đ/c"; both begin a leader.
_BEGINS = re.compile(r"(?:(?<=\s)|(?<=[,;])|^)(?=(?:[ĐD]/c|[ĐD]ồng chí)\b)", re.IGNORECASE)
_PARTED = re.compile(r"\s*[;\n]\s*")
_NAME_ENDS = re.compile(r"\s*(?:[-–—,(.:]|$)")
_JOINS = re.compile(r"[\s,;]*(?<!\w)và$", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:[ĐD]/c|[ĐD]ồng chí|ông|bà)(?:[.:]\s*|(?<=c)\s*|\s+)", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]+\.?(?:\s+[^\W\d_]+\.?)*")
_OFFICE_BEGINS = re.compile(
    r"\s*[-–—,(]|\s+(?=(?:UVTV|UTV|UVBTV|QUV|TUV|PCT|CT|PBT|BT|Phó|Trưởng|Chủ tịch|Bí thư)\b|UV\w*PCT)"
)
_COMMITTEE = re.compile(r"\b(?:UVBTV|UVTVP?|UTVP?|QUV|TUV)(?:\s*[-,]\s*|\s+|(?=PCT)|$)")


@dataclass(frozen=True, slots=True)
class Person:
    """A named leader: name as printed, the office held, folded ("pctubndquan"), and the committee seat ("UVTV")."""

    name: str
    office: str
    committee: str = ""


@lru_cache(maxsize=1024)
def split_leaders(text: str) -> tuple[str, ...]:
    """One entry per leader or collective leader, title kept as printed with the name; few leaders lead all rows."""
    pieces = [
        _JOINS.sub("", squeeze(piece).strip(" ,;-–•+")) for line in _lines(text) for piece in _BEGINS.split(line)
    ]
    return tuple(piece for piece in pieces if piece)


def _lines(text: str) -> list[str]:
    """Names that stand on lines of their own or behind semicolons, each with what follows it; else the whole text."""
    lines: list[str] = []
    for line in _PARTED.split(text):
        if lines and not (_is_named(lines[-1]) and _is_named(line)):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line.lstrip("-–•+ "))
    return lines if len(lines) > 1 else [text]


def _is_named(line: str) -> bool:
    """Whether a line begins with the name of a person: two to five words, each with one capital."""
    words = _NAME_ENDS.split(_ADDRESS.sub("", line.lstrip("-–•+ ")), maxsplit=1)[0].split()
    return 1 < len(words) < 6 and all(word.isalpha() and word[0].isupper() and word[1:].islower() for word in words)


def is_addressed(leader: str) -> bool:
    """Whether an entry names a person ("Đ/c ..."), not a body or a collective."""
    return _ADDRESS.match(leader) is not None


def read_person(leader: str, ignored: Iterable[str]) -> Person | None:
    """Who an entry names, None for a collective ("Các PCT ... phụ trách").

    ``ignored`` are level words: "Chủ tịch MTTQ" and "Chủ tịch MTTQ quận" are one office.
    """
    address = _ADDRESS.match(leader)
    if not address:
        return None
    rest = leader[address.end():]
    begins = _OFFICE_BEGINS.search(rest)
    found = _NAME.match(rest[: begins.start()] if begins else rest)
    if not found:
        return None
    titles = rest[found.end():].lstrip(" -–—,(")
    seat = _COMMITTEE.match(titles)
    office = _COMMITTEE.sub("", titles)
    key = name_key(office)
    for word in ignored:
        key = key.replace(name_key(word), "")
    office = key.replace("ubmttq", "mttq").replace("phobt", "pbt").replace("phoct", "pct")
    return Person(found[0], office, seat[0].strip(" -,") if seat else "")
