"""Words as the search index holds them and as a query asks for them.

Source: office.md, "Vietnamese text" and "Search and order": marks, case and the place of a tone do not matter; what
holds the words just as typed comes first. The index holds folded words; SQLite folds none of ours right (measured).
"""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

from desktop.models.strict_json import JsonValue
from desktop.models.text import fold, nfc, toneless

TOKENIZER = "unicode61 remove_diacritics 0 tokenchars '.'"
"""Letters and digits make a word, and the points inside a printed number ("2.1.9")."""
_WORD = re.compile(r"\d+(?:\.\d+)*|(?:[^\W_]|[\u0300-\u036f])+")
_TONES = "αβγδεζ"
"""Begins a word with its marks, by its tone: no Vietnamese word begins so."""
_MOST_WORDS = 24
_PLACES, _SPREAD = 2**26, 2**20


def indexed(text: str) -> str:
    """The words of a text as the index holds them, each once; "" where it has none."""
    return " ".join(dict.fromkeys(form for word in _words(text) for form in word if form))


def asked(text: str) -> tuple[str, ...]:
    """What to ask the index for, best first, for every word of a query; the last finds all the others do. () for none.

    Words with the marks typed, whole, then begun; whatever the marks, whole, then begun.
    """
    words = _words(text)[:_MOST_WORDS]
    ways = [[f'"{plain}"{end}' for plain, _ in words] for end in ("", "*")]
    if any(marked for _, marked in words):
        whole = [f'"{marked or plain}"' for plain, marked in words]
        begun = [_begun(marked) if marked else f'"{plain}"*' for plain, marked in words]
        ways = [whole, begun, *ways]
    return tuple(" AND ".join(way) for way in ways if way)


def _begun(marked: str) -> str:
    """Words that begin with the marks typed; the tone is typed last, so that a word without one may have any yet."""
    if marked[0] != _TONES[0]:
        return f'"{marked}"*'
    return "({})".format(" OR ".join(f'"{tone}{marked[1:]}"*' for tone in _TONES))


def _words(text: str) -> list[tuple[str, str]]:
    return [_forms(printed) for printed in dict.fromkeys(_WORD.findall(nfc(text).casefold()))]


@lru_cache(maxsize=16384)
def _forms(printed: str) -> tuple[str, str]:
    """A word folded, and with its marks, the tone before it wherever it is placed; the second is "" without marks."""
    plain = fold(printed)
    letters, tone = toneless(printed)
    return plain, "" if letters == plain and not tone else _TONES[tone] + letters


def rooms(number: int) -> tuple[int, int]:
    """The first and last row ids that the records of a folder's plan of this number may have."""
    size = 2 * _PLACES * _SPREAD
    return number * size, (number + 1) * size - 1


def place_of(number: int, kind: str, record: str, body: dict[str, JsonValue]) -> int:
    """The row id of a record in the index: found rows come in document order, the narrative before the table.

    Two records in one place are told apart by their ids; should even these meet, the next free one is right.
    """
    place = body.get("line" if kind == "paragraph" else "order")
    place = min(place, _PLACES - 1) if isinstance(place, int) else 0
    return ((number * 2 + (kind != "paragraph")) * _PLACES + place) * _SPREAD + crc32(record.encode()) % _SPREAD


def searched(kind: str, body: dict[str, JsonValue]) -> str:
    """The text of a record that a search looks at; none of what an amendment withdrew."""
    if body.get("withdrawn"):
        return ""
    if kind == "paragraph":
        return str(body.get("text", ""))
    if kind != "node":
        return ""
    listed = [body.get(name) for name in ("leaders", "lead_units", "coordinating_units")]
    named = [str(one) for names in listed if isinstance(names, list) for one in names]
    return " ".join([str(body.get("code", "")), str(body.get("title", "")), *named])
