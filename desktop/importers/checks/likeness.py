"""Findings about rows that probably state the same task twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain, combinations

from desktop.importers.checks.cells import cell_of
from desktop.importers.checks.doubts import Doubt, note, warning
from desktop.models.plan import Node, NodeKind
from desktop.models.text import folded_words

_LEAST_SHARED = 8
_LEAST_WORDS = 4
_LIKE = 0.5
"""Share of the shorter title's telling word pairs that the other has too."""
_COMMON = 12
"""Word pairs that more rows than this have in common ("20 năm") tell nothing."""

Pair = tuple[str, str]


class _Folded(dict[str, list[str]]):
    """The folded words of each piece between blanks: a plan has the same few thousand again and again."""

    def __missing__(self, piece: str) -> list[str]:
        self[piece] = words = folded_words(piece)
        return words


def check_likeness(nodes: Sequence[Node]) -> list[Doubt]:
    """A finding for every two items whose titles are alike or the same; the second carries it."""
    items = [node for node in nodes if node.kind is NodeKind.ITEM and "/+" not in node.path]
    folded = _Folded()
    words = [tuple(chain.from_iterable(map(folded.__getitem__, node.title.split()))) for node in items]
    holders: defaultdict[Pair, list[int]] = defaultdict(list)
    weight: list[int] = []
    for rank, own in enumerate(words):
        pairs = set(zip(own, own[1:], strict=False))
        weight.append(len(pairs))
        for pair in pairs:
            holders[pair].append(rank)
    several = [ranks for ranks in holders.values() if len(ranks) > 1]
    for rank in chain.from_iterable(ranks for ranks in several if len(ranks) > _COMMON):
        weight[rank] -= 1
    shared = Counter(chain.from_iterable(combinations(ranks, 2) for ranks in several if len(ranks) <= _COMMON))
    alike = {
        (earlier, later) for (earlier, later), count in shared.items()
        if count >= _LEAST_SHARED and count >= _LIKE * min(weight[earlier], weight[later])
    }
    same = _same(words)
    return [
        _told(items[earlier], items[later], same=(earlier, later) in same) for earlier, later in sorted(alike | same)
    ]


def _same(titles: Sequence[tuple[str, ...]]) -> set[tuple[int, int]]:
    """Items that have the very words of an earlier one, each with the nearest; short titles are no evidence."""
    last: dict[tuple[str, ...], int] = {}
    found = set()
    for rank, words in enumerate(titles):
        if len(words) >= _LEAST_WORDS:
            if words in last:
                found.add((last[words], rank))
            last[words] = rank
    return found


def _told(one: Node, other: Node, *, same: bool) -> Doubt:
    """The same words under the same leading units are a warning: one of the two is most likely there by mistake."""
    how = "giống hệt" if same else "gần giống"
    tell = warning if same and one.lead_units == other.lead_units else note
    return tell(
        "ROWS_ALIKE", f"Nội dung {how} mục {one.path} (dòng {one.source_lines[0]}); có thể trùng nhiệm vụ.",
        (one.source_lines[0], other.source_lines[0]), other.path,
        cell_of(other, "title", f"{how} “{one.title}”", "hai nội dung khác nhau, hoặc bỏ bớt một", other.title),
    )
