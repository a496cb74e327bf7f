"""The cell of leaders in charge -> one entry per leader, and who they are for checks across rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from desktop.models.units import name_key

# "D/c" is how the reader of the scan met "Đ/c"; both begin a leader.
_BEGINS = re.compile(r"(?:(?<=\s)|(?<=[,;])|^)(?=(?:[ĐD]/c|[ĐD]ồng chí)\b)", re.IGNORECASE)
_JOINS = re.compile(r"[\s,;]*(?<!\w)và$", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:[ĐD]/c|[ĐD]ồng chí)[.:]?\s*", re.IGNORECASE)
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
    pieces = [_JOINS.sub("", piece.strip(" ,;")) for piece in _BEGINS.split(text)]
    return tuple(piece for piece in pieces if piece)


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
