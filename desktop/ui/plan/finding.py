"""Finds words in a text whatever their marks, with the places they stand at. No Qt."""

from __future__ import annotations

from functools import lru_cache

from desktop.models.text import fold


@lru_cache(maxsize=4096)
def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    """The folded text and, for each of its letters, its place in the text; runs of blanks stay."""
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for letter in " " if char.isspace() else fold(char):
            letters.append(letter)
            places.append(place)
    return "".join(letters), tuple(places)


def occurrences(text: str, wanted: str) -> list[tuple[int, int]]:
    """Places (start, end) in ``text`` of ``wanted``, marks and case ignored, none overlapping."""
    needle = fold(wanted)
    if not needle:
        return []
    folded, places = _folded(text)
    found: list[tuple[int, int]] = []
    at = folded.find(needle)
    while at >= 0:
        last = at + len(needle) - 1
        end = places[last + 1] if last + 1 < len(places) else len(text)
        found.append((places[at], end))
        at = folded.find(needle, last + 1)
    return found
