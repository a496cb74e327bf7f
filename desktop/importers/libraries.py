"""The one place that loads libraries of the importers, when they are first needed: reading a sound text needs none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class LikenessLibrary(NamedTuple):
    """What is used of rapidfuzz: how like two texts are, 0 to 100, as they stand and with their words in order."""

    ratio: Callable[[str, str], float]
    sorted_ratio: Callable[[str, str], float]


def likeness_library() -> LikenessLibrary:
    """rapidfuzz, loaded on the first call."""
    from rapidfuzz import fuzz

    return LikenessLibrary(fuzz.ratio, fuzz.token_sort_ratio)


def likest(wanted: str, choices: Mapping[str, str], least: float, most: int) -> list[tuple[str, float]]:
    """(key, likeness 0-100) of the choices at least that like the wanted text, likest first, at most so many.

    Likeness is rapidfuzz's ratio: twice what stands in both in the same order, over the length of both.
    """
    from rapidfuzz import fuzz, process

    found = process.extract(wanted, choices, scorer=fuzz.ratio, score_cutoff=least, limit=most)
    return [(key, likeness) for _, likeness, key in found]
