"""Findings about words that a scan damaged; only suggested, never changed."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.importers.damage import DamagedWords
from desktop.importers.doubts import Doubt, note
from desktop.models.plan import Node


def check_spelling(nodes: Sequence[Node], damage: DamagedWords) -> list[Doubt]:
    """A note for each row with damaged words, and one note for each damaged form of leaders' titles."""
    doubts: list[Doubt] = []
    forms: dict[tuple[str, str], list[int]] = {}
    for node in nodes:
        texts = "\n".join((node.title, *node.leaders, *node.lead_units, *node.coordinating_units))
        found = dict(damage.text.find(texts))
        if found:
            told = "; ".join(f"“{printed}” có thể là “{meant}”" for printed, meant in found.items())
            doubts.append(note("SPELLING_SUSPECT", f"Chữ có thể bị hỏng khi quét: {told}. Giữ nguyên như bản in.",
                               node.source_lines, node.path))
        for pair in {pair for leader in node.leaders for pair in damage.leaders.find(leader)}:
            forms.setdefault(pair, []).append(node.source_lines[0])
    doubts.extend(
        note("LEADER_TITLE_DAMAGED",
             f"Chức danh “{printed}” ở {len(lines)} dòng có thể là “{meant}”. Giữ nguyên như bản in.", tuple(lines), "")
        for (printed, meant), lines in sorted(forms.items())
    )
    return doubts
