"""Printed names that limit a collective: "các phường (trừ phường A, B)", "13/14 phường", "các phường còn lại"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_EXCEPT = r"(?:ngoại trừ|trừ|không kể|không gồm|không bao gồm)"
_EXCEPTION = re.compile(
    rf"^(?P<all>.*?\S)[\s,]*\(?\s*(?<!\w){_EXCEPT}(?!\w)\s*:?\s*(?P<but>\S[^()]*?)\s*\)?$", re.IGNORECASE
)
# A quick look before the whole: hardly any name has one.
_MENTIONED = re.compile(r"trừ|không", re.IGNORECASE)
_OPENS = re.compile(rf"(?<!\w){_EXCEPT}(?!\w)\s*:?\s*\S", re.IGNORECASE)
_REST = re.compile(r"\s+(?:còn lại|khác)$", re.IGNORECASE)
_REST_MENTIONED = re.compile(r"còn\s+lại|khác", re.IGNORECASE)
_NUMBER = re.compile(r"^(?P<before>\D*?)(?P<count>\d{1,3})(?:\s*/\s*(?P<of>\d{1,3}))?\s+(?P<after>\D+)$")
_LIST = re.compile(r"\s*[,;&]\s*|\s+và\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Excepting:
    """A collective's name and the names it leaves out."""

    all: str
    but: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of bodies: ``count`` of them, and forms under which all of them may be known."""

    count: int
    forms: tuple[str, ...]


def read_exception(name: str) -> Excepting | None:
    """ "14 phường trừ Bồ Đề và Long Biên" -> "14 phường" but for those two; None for a name without exception, and
    for an exception of an exception, which nobody can be sure of."""
    if not _MENTIONED.search(name) or not (found := _EXCEPTION.match(name)) or opens_exception(f" {found['but']}"):
        return None
    but = tuple(part for part in _LIST.split(found["but"]) if part)
    return Excepting(found["all"].rstrip(" (,"), but) if but else None


def opens_exception(name: str) -> bool:
    """Whether a piece of a cell begins to name exceptions, the rest of which may stand behind commas."""
    return _MENTIONED.search(name) is not None and _OPENS.search(name) is not None


def read_rest(name: str) -> str:
    """ "các phường còn lại" -> "các phường"; empty where a name does not speak of what is left."""
    found = _REST.search(name)
    return name[: found.start()] if found else ""


def speaks_of_rest(text: str) -> bool:
    """Whether any name in a text may speak of what is left."""
    return _REST_MENTIONED.search(text) is not None


def read_count(name: str) -> Counted | None:
    """ "13/14 phường" -> 13, known as "các phường" or "14 phường"; None for a name without number."""
    found = _NUMBER.match(name) if any(sign.isdecimal() for sign in name) else None
    if found is None:
        return None
    before, after = found["before"], found["after"]
    words = ("các", *((found["of"],) if found["of"] else ()), "")
    forms = tuple(" ".join(f"{before} {word} {after}".split()) for word in words)
    return Counted(int(found["count"]), forms)
