"""The known words nearest to one that is not known: suggested to a person, never taken by the program."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from desktop.importers.libraries import LikenessLibrary, likeness_library
from desktop.models.text import fold
from desktop.models.units import UnitTree, name_key

_NEAR = 78.0
"""Likeness from which a name is worth suggesting: one letter of an abbreviation of five, two of a word of ten."""
_LEAST_LETTERS = 3


class NearestNames:
    """Suggests units and collectives of a tree for names that it does not have."""

    def __init__(self, tree: UnitTree) -> None:
        self._tree = tree
        self._found: dict[str, str] = {}

    def near(self, name: str) -> str:
        """The name of the unit or collective with the likest spelling; "" where none is near."""
        if name not in self._found:
            self._found[name] = self._look(name)
        return self._found[name]

    def _look(self, name: str) -> str:
        key, words = name_key(name), fold(name)
        if len(key) < _LEAST_LETTERS:
            return ""
        library = self._library
        best, found = _NEAR, ""
        for known, spelled_key, spelled in self._spellings:
            score = max(library.ratio(key, spelled_key), library.sorted_ratio(words, spelled))
            if score > best:
                best, found = score, known
        return found

    @cached_property
    def _library(self) -> LikenessLibrary:
        return likeness_library()

    @cached_property
    def _spellings(self) -> list[tuple[str, str, str]]:
        """(name shown, spelling without signs, spelling folded) for every spelling the tree knows."""
        named = [*((unit.name, unit.aliases) for unit in self._tree.units),
                 *((collective.name, collective.aliases) for collective in self._tree.collectives)]
        return [
            (name, name_key(spelling), fold(spelling))
            for name, aliases in named for spelling in (name, *aliases) if len(name_key(spelling)) >= _LEAST_LETTERS
        ]


def nearest_word(word: str, known: Iterable[str]) -> str:
    """The likest of the known words; "" where none is near."""
    ratio = likeness_library().ratio
    best, found = _NEAR, ""
    for one in known:
        score = ratio(word, one)
        if score > best:
            best, found = score, one
    return found
