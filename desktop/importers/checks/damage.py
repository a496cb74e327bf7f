"""Damaged spellings known from scanned plans, as data: what is printed and what it probably was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from desktop.importers.bundled import Bundled

_TABLE = Bundled("WORDS", "bảng chữ hỏng", "damaged-words/1", "resources/reading")


@dataclass(frozen=True, slots=True)
class WordTable:
    """Printed forms and what each probably was; found as whole words, case as printed."""

    suggestions: dict[str, str]
    _pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        longest_first = sorted(self.suggestions, key=len, reverse=True)
        # By first letters: those are looked for alone, which is faster than trying every form at every letter.
        rests: dict[str, list[str]] = {}
        for word in longest_first:
            rests.setdefault(re.escape(word[0]), []).append(re.escape(word[1:]))
        words = "|".join(rf"{first}(?<!\w.)(?:{'|'.join(rest)})(?!\w)" for first, rest in rests.items()) or r"(?!)"
        object.__setattr__(self, "_pattern", re.compile(words, re.DOTALL))

    def occurs(self, text: str) -> bool:
        """Whether a text holds any of the damaged forms."""
        return self._pattern.search(text) is not None

    def find(self, text: str) -> Iterator[tuple[str, str]]:
        """(printed, suggested) for every damaged form in a text."""
        for found in self._pattern.finditer(text):
            yield found[0], self.suggestions[found[0]]


@dataclass(frozen=True, slots=True)
class DamagedWords:
    """Damage in the cell of leaders (told once for each form) and in any text (told row by row)."""

    leaders: WordTable
    text: WordTable


NO_DAMAGE = DamagedWords(WordTable({}), WordTable({}))


def load_damaged_words(path: Path) -> DamagedWords:
    """Read the table. Raises EnvironmentTrouble WORDS_UNREADABLE, Refused WORDS_MALFORMED."""
    body = _TABLE.read(path)
    return DamagedWords(_table(body.get("leaders"), path), _table(body.get("text"), path))


def _table(value: object, path: Path) -> WordTable:
    if not isinstance(value, dict) or not all(key and isinstance(one, str) for key, one in value.items()):
        raise _TABLE.malformed(path.name)
    return WordTable({str(key): str(one) for key, one in value.items()})
