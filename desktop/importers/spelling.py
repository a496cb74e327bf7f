"""Findings about words that a scan damaged; only suggested, never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.importers.damage import DamagedWords
from desktop.importers.doubts import Doubt, note
from desktop.importers.people import OddSeat
from desktop.models.plan import Node


def check_spelling(nodes: Sequence[Node], damage: DamagedWords, odd: Mapping[str, OddSeat]) -> list[Doubt]:
    """A note for each row with damaged words, and one note for each damaged form of leaders' titles.

    ``odd`` are the entries whose committee seat is doubtful for another reason and told apart.
    """
    doubts: list[Doubt] = []
    forms: dict[tuple[str, str], list[int]] = {}
    for node in nodes:
        texts = "\n".join((node.title, *node.leaders, *node.lead_units, *node.coordinating_units))
        doubts.extend(_suspects(texts, damage, node.source_lines, node.path))
        for pair in {pair for leader in node.leaders for pair in damage.leaders.find(leader)
                     if leader not in odd or odd[leader].printed != pair[0]}:
            forms.setdefault(pair, []).append(node.source_lines[0])
    doubts.extend(
        note("LEADER_TITLE_DAMAGED",
             f"Chức danh “{printed}” ở {len(lines)} dòng có thể là “{meant}”. Giữ nguyên như bản in.", tuple(lines), "")
        for (printed, meant), lines in sorted(forms.items())
    )
    return doubts


def check_narrative_spelling(lines: Sequence[str], numbers: Sequence[int], damage: DamagedWords) -> list[Doubt]:
    """A note for each of the given 1-based lines of the narrative that has damaged words."""
    return [doubt for number in numbers for doubt in _suspects(lines[number - 1], damage, (number,), "")]


def _suspects(text: str, damage: DamagedWords, lines: tuple[int, ...], path: str) -> list[Doubt]:
    found = dict(damage.text.find(text))
    if not found:
        return []
    told = "; ".join(f"“{printed}” có thể là “{meant}”" for printed, meant in found.items())
    return [note("SPELLING_SUSPECT", f"Chữ có thể bị hỏng khi quét: {told}. Giữ nguyên như bản in.", lines, path)]
