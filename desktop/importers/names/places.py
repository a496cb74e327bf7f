"""Places in cells of units: one level word for a list of them, exceptions that commas tear apart, those left over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.models.text import squeeze
from desktop.models.unit_phrases import opens_exception, read_rest
from desktop.models.units import ResolutionKind, UnitTree


class PlaceWords:
    """Reads places with the level words of one unit tree."""

    def __init__(self, tree: UnitTree) -> None:
        self._tree = tree
        self._words = tuple(level.word for level in tree.vocabulary.levels)
        level = "|".join(re.escape(word) for word in self._words) or r"(?!)"
        # A quick look before the whole: most names have no level word with something after it.
        self._mentioned = re.compile(rf"(?:{level})\s*[\s:(]\s*[^\s:()]", re.IGNORECASE)
        self._listed = re.compile(
            rf"^(?P<word>(?P<body>(?:.*?\s)??)(?P<many>(?:các|\d+)\s+)?(?P<level>{level}))\s*(?P<sign>[:(]?)\s*"
            r"(?P<place>[^\s:()].*)$",
            re.IGNORECASE,
        )

    def is_place(self, text: str) -> bool:
        """Whether a text names a place without its level word ("Ngọc Lâm")."""
        plain = text.strip(" ()")
        return bool(plain) and any(self._is_unit(f"{word} {plain}") for word in self._words)

    def placed(self, text: str) -> tuple[str, str]:
        """("UBND phường", "UBND phường Bồ Đề") for the first of a list of places; empty words for anything else."""
        found = self._listed.match(text) if self._mentioned.search(text) else None
        if not found:
            return "", ""
        word = squeeze(f"{found['body']}{found['level']}")
        named = f"{word} {found['place'].strip(' ()')}"
        return (word, named) if self._is_unit(named) else ("", "")

    def name_lists(self, texts: Sequence[str]) -> list[str]:
        """The texts with the level word completed that was printed once for a list: "các phường: A", "B", "C"."""
        word = ""
        completed: list[str] = []
        for text in texts:
            first, named = self.placed(text)
            following = f"{word} {text.strip(' ()')}" if word else ""
            if first:
                word = first
                completed.append(named)
            elif word and self._tree.find(text) is None and self._is_unit(following):
                completed.append(following)
            else:
                word = ""
                completed.append(text)
        return completed

    def whole_exceptions(self, pieces: Sequence[str]) -> list[str]:
        """The pieces of a cell and the separators between them, with exceptions put together again that commas and
        semicolons had torn apart: what stands in brackets, else the places that follow."""
        whole: list[str] = []
        for rank, piece in enumerate(pieces):
            if rank % 2 == 0 and len(whole) > 1 and self._goes_on(whole[-2], whole[-1], piece):
                separator = whole.pop().strip() or ","
                whole[-1] = f"{whole[-1]}{separator} {piece}"
            else:
                whole.append(piece)
        return whole

    def _goes_on(self, before: str, separator: str, piece: str) -> bool:
        if not opens_exception(before):
            return False
        if before.count("(") > before.count(")"):
            return True
        names = re.split(r"\s+và\s+", piece.strip(), flags=re.IGNORECASE)
        return (
            "(" not in before and separator.strip() == ","
            and all(self.is_place(name) or bool(self.placed(name)[0]) for name in names)
        )

    def left_over(self, name: str, others: Sequence[str]) -> str:
        """ "các phường còn lại" with the others named beside it as exceptions; empty where it is not of that kind."""
        rest = read_rest(name)
        if not rest:
            return ""
        every = set(self._tree.resolve(rest).units)
        named = [other for other in others if other != name and self._names_some(other, every)]
        return f"{name} (trừ {', '.join(named)})" if named else ""

    def _names_some(self, name: str, every: set[str]) -> bool:
        units = set(self._tree.resolve(name).units)
        return bool(units) and units < every

    def _is_unit(self, name: str) -> bool:
        return self._tree.resolve(name).kind is ResolutionKind.UNIT
