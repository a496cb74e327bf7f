"""Findings about rows that probably state the same task twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from desktop.importers.doubts import Doubt, note
from desktop.models.plan import Node, NodeKind
from desktop.models.text import fold

_WORD = re.compile(r"[^\W_]+")
_LEAST_SHARED = 8
_LIKE = 0.5
"""Share of the shorter title's telling word pairs that the other has too."""
_COMMON = 12
"""Word pairs that more rows than this have in common ("20 năm") tell nothing."""


@dataclass(frozen=True, slots=True)
class _Title:
    node: Node
    pairs: frozenset[tuple[str, str]]
    telling: int = 0
    """How many of the pairs tell something."""


def check_likeness(nodes: Sequence[Node]) -> list[Doubt]:
    """A note for every two items whose titles are alike; the second carries it."""
    titles = _titles([node for node in nodes if node.kind is NodeKind.ITEM and "/+" not in node.path])
    holders: dict[tuple[str, str], list[int]] = {}
    for rank, title in enumerate(titles):
        for pair in title.pairs:
            holders.setdefault(pair, []).append(rank)
    shared = Counter(
        both for ranks in holders.values() if 1 < len(ranks) <= _COMMON for both in combinations(ranks, 2)
    )
    return [
        _told(titles[earlier].node, titles[later].node)
        for (earlier, later), count in sorted(shared.items())
        if _is_like(count, titles[earlier], titles[later])
    ]


def _titles(nodes: Sequence[Node]) -> list[_Title]:
    titles = [_Title(node, _pairs(node.title)) for node in nodes]
    uses = Counter(pair for title in titles for pair in title.pairs)
    return [replace(title, telling=sum(uses[pair] <= _COMMON for pair in title.pairs)) for title in titles]


def _pairs(title: str) -> frozenset[tuple[str, str]]:
    words = _WORD.findall(fold(title))
    return frozenset(zip(words, words[1:], strict=False))


def _is_like(count: int, one: _Title, other: _Title) -> bool:
    return count >= _LEAST_SHARED and count >= _LIKE * min(one.telling, other.telling)


def _told(one: Node, other: Node) -> Doubt:
    return note(
        "ROWS_ALIKE", f"Nội dung gần giống mục {one.path} (dòng {one.source_lines[0]}); có thể trùng nhiệm vụ.",
        (one.source_lines[0], other.source_lines[0]), other.path,
    )
