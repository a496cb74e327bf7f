"""Named lazy loaders: libraries that reading a text plan does without."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def likest(wanted: str, choices: Mapping[str, str], least: float, most: int) -> list[tuple[str, float]]:
    """(key, likeness 0-100) of the choices at least that like the wanted text, likest first, at most so many.

    Likeness is rapidfuzz's ratio: twice what stands in both in the same order, over the length of both.
    """
    from rapidfuzz import fuzz, process

    found = process.extract(wanted, choices, scorer=fuzz.ratio, score_cutoff=least, limit=most)
    return [(key, likeness) for _, likeness, key in found]
