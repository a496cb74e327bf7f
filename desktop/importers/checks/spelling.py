"""Findings about words that a scan damaged or a hand mistyped; only suggested, never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from desktop.importers.checks.cells import shortened
from desktop.importers.checks.damage import DamagedWords
from desktop.importers.checks.doubts import Doubt, note, warning
from desktop.importers.checks.nearest import nearest_word
from desktop.importers.checks.people import OddSeat
from desktop.importers.checks.syllables import is_syllable, words_of
from desktop.models.plan import CellReading, Node
from desktop.models.time_reading import printed_text

_BODIES = ("lead_units", "coordinating_units")
_NAMES = ("leaders", *_BODIES)
_MANY = 300
"""Odd words from which a text is not damaged here and there but in another code or no Vietnamese at all."""
_EXAMPLES = 5
_KEPT = "chữ giữ nguyên như bản in"
_BY_HAND = "chữ đúng chính tả"


class Speller:
    """The damaged forms known beforehand, and the words of one text that cannot be Vietnamese."""

    def __init__(self, damage: DamagedWords, lines: Sequence[str]) -> None:
        self.damage = damage
        words = words_of(lines)
        self._sound = {word for word in {word.lower() for word in words} if is_syllable(word)}
        odd = sorted(word for word in words if word.lower() not in self._sound)
        self.too_many = odd if len(odd) > _MANY else []
        """Odd words of a text that is none of a scan's: told once, not word by word."""
        self._odd = [] if self.too_many else odd

    def suspects(self, text: str, *, names: bool = False) -> dict[str, str]:
        """What is suspect in a text with what it may have been ("" where nothing is near), in order.

        ``names``: the text names bodies, whose single words are judged with the names.
        """
        # Few texts have anything: a look whether they may have is much cheaper.
        if not self.damage.text.occurs(text) and not any(map(text.__contains__, self._odd)):
            return {}
        found = dict(self.damage.text.find(text))
        if not names:
            told = " ".join(found)
            found.update((word, self._near(word)) for word in self._odd if _has(text, word) and not _has(told, word))
        return found

    def _near(self, word: str) -> str:
        return nearest_word(word.lower(), self._in_order)

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted(self._sound)


def _has(text: str, word: str) -> bool:
    return word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def check_spelling(nodes: Sequence[Node], speller: Speller, odd: Mapping[str, OddSeat]) -> list[Doubt]:
    """A note for each cell with suspect words, and one note for each damaged form of leaders' titles.

    ``odd`` are the entries whose committee seat is doubtful for another reason and told apart.
    """
    doubts = [_many(speller.too_many)] if speller.too_many else []
    forms: dict[tuple[str, str], list[int]] = {}
    # The same few leaders stand in row after row.
    damaged = {
        leader: {pair for pair in speller.damage.leaders.find(leader)
                 if leader not in odd or odd[leader].printed != pair[0]}
        for leader in {leader for node in nodes for leader in node.leaders}
    }
    suspects = _CellSuspects(speller)
    for node in nodes:
        for column, found in suspects.of(node):
            doubts.append(_suspect(found, node.source_lines, node.path, column))
        for pair in {pair for leader in node.leaders for pair in damaged[leader]}:
            forms.setdefault(pair, []).append(node.source_lines[0])
    doubts.extend(
        note("LEADER_TITLE_DAMAGED",
             f"Chức danh “{printed}” ở {len(lines)} dòng có thể là “{meant}”.", tuple(lines), "",
             CellReading("leaders", printed, _KEPT, meant))
        for (printed, meant), lines in sorted(forms.items())
    )
    return doubts


class _CellSuspects:
    """What is suspect in the cells of rows: the same few names stand in row after row, each is looked through once."""

    def __init__(self, speller: Speller) -> None:
        self._speller = speller
        self._found: dict[tuple[str, bool], dict[str, str]] = {}

    def of(self, node: Node) -> Iterator[tuple[str, dict[str, str]]]:
        """The columns of a row that have something suspect, with what it is."""
        if found := self._speller.suspects(node.title):
            yield "title", found
        for column in _NAMES:
            key = getattr(node.printed, column), column in _BODIES
            if key not in self._found:
                self._found[key] = self._speller.suspects(printed_text(key[0]), names=key[1])
            if found := self._found[key]:
                yield column, found


def check_narrative_spelling(lines: Sequence[str], numbers: Sequence[int], speller: Speller) -> list[Doubt]:
    """A note for each of the given 1-based lines of the narrative that has suspect words."""
    return [
        _suspect(found, (number,), "", "")
        for number in numbers
        if (found := speller.suspects(lines[number - 1]))
    ]


def _many(words: Sequence[str]) -> Doubt:
    examples = ", ".join(words[:_EXAMPLES])
    return warning(
        "SPELLING_MANY", f"Có {len(words)} chữ không phải chữ tiếng Việt, như {examples}: tệp có thể dùng bảng mã cũ"
        " hoặc hỏng nặng khi quét.", (), "",
        CellReading("", shortened(examples), _KEPT, "văn bản Unicode đúng chính tả"),
    )


def _suspect(found: Mapping[str, str], lines: tuple[int, ...], path: str, column: str) -> Doubt:
    told = "; ".join(
        f"“{printed}” có thể là “{meant}”" if meant else f"“{printed}” không phải chữ tiếng Việt"
        for printed, meant in found.items()
    )
    return note(
        "SPELLING_SUSPECT", f"Chữ có thể bị hỏng khi quét hoặc gõ sai: {told}.", lines, path,
        CellReading(column, shortened("; ".join(found)), _KEPT,
                    shortened("; ".join(meant or _BY_HAND for meant in found.values()))),
    )
