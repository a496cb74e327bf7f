"""The rows of a plan against those of a newer version of it: which row is which (exchange.md "Records, facts, logs").

A title that stands once in both is the same row wherever it stands and whatever its number. A changed title is taken
for the same row without asking only when it is much alike, stands at the same place or has the same other cells, and no
other row comes near; everything else that could be the same row is asked. A pair taken wrongly would hang one task's
progress on another; a question costs a moment. A heading is known by the rows below it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.importers.libraries import likest
from desktop.models.plan import NodeKind
from desktop.models.text import fold, folded_words

SURE = 75
"""Likeness from which a changed title is the same row at the same place. In the plan of Long Biên 93 of 100 rows are
less like any other row; a title of which a third is written anew keeps 70."""
ASKED = 45
"""Likeness from which one asks: a title half of which is written anew keeps some 50; half of all rows have no other
row above 37."""
FAINT = 30
"""Likeness from which one asks where the place is the same too."""
MARGIN = 20
"""By so much the likest must lead, on both sides, to be taken without asking: the halves of a row cut in two are both
asked, though one has most of its words."""
MOST_CANDIDATES = 3
_LOOKED_AT = 8
_LEAST_VOTES = 2
_ROUNDS = 8
"""Rows taken give their neighbours a place; more rounds than this have not been seen to find anything."""
_TAG = re.compile(r"<[^<>]*>")
_STATED = re.compile(r"\(\s*\(?\s*\d{1,4}\s+[^()\d][^()]*\)")
_FIRST_SIGN, _SHORT_SIGNS, _FIRST_LONG_SIGN = 0x100, 0xD000, 0x10000
"""Short signs are compared faster; they end before the surrogates."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of either version. ``key`` is unique in its version; ``parent`` is the key of the row above, "" for none.

    ``title`` is the printed one, ``cells`` the other printed cells but the number.
    """

    key: str
    parent: str
    kind: NodeKind
    code: str
    title: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of both versions; ``likeness`` of the titles 0-100."""

    old: str
    new: str
    likeness: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """An old row that a new one may be."""

    old: str
    likeness: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A new row that may be one of these old ones, likest first, or none of them."""

    new: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of every row: each new one is in a pair, added or doubtful; each old one in a pair, withdrawn or a
    candidate of a doubtful one. Keys stand in the order of their version."""

    pairs: tuple[Pair, ...]
    added: tuple[str, ...]
    withdrawn: tuple[str, ...]
    doubtful: tuple[Doubt, ...]


def compare_rows(old: Sequence[Row], new: Sequence[Row]) -> Comparison:
    """Match the rows of two versions, each in document order. The same rows always give the same answer."""
    matcher = _Matcher(_Version(old), _Version(new))
    matcher.match()
    return matcher.comparison()


def plain_title(row: Row) -> str:
    """The folded words, without markup and signs; a heading's without the count it states ("(58 nội dung)")."""
    title = _TAG.sub(" ", row.title)
    return " ".join(folded_words(title if row.kind is NodeKind.ITEM else _STATED.sub(" ", title)))


class _Version:
    """The rows of one version with what is asked of them again and again."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = {row.key: row for row in rows}
        self.rank = {row.key: rank for rank, row in enumerate(rows)}
        self.titles = {row.key: plain_title(row) for row in rows}
        self.cells = {row.key: tuple(fold(_TAG.sub(" ", cell)) for cell in row.cells) for row in rows}
        self.above: dict[str, tuple[str, ...]] = {}
        self.before: dict[str, str] = {}
        self.after: dict[str, str] = {}
        self.children: dict[str, list[str]] = {}
        last: dict[str, str] = {}
        for row in rows:
            self.children.setdefault(row.parent, []).append(row.key)
            self.above[row.key] = (*self.above.get(row.parent, ()), self.titles.get(row.parent, ""))
            if (previous := last.get(row.parent)) is not None:
                self.before[row.key], self.after[previous] = previous, row.key
            last[row.parent] = row.key


@dataclass(frozen=True, slots=True)
class _Likeness:
    old: str
    new: str
    likeness: float


@dataclass(slots=True)
class _Best:
    """The likest and the next, of one row."""

    first: float = 0.0
    second: float = 0.0

    def see(self, likeness: float) -> None:
        if likeness > self.first:
            self.first, self.second = likeness, self.first
        else:
            self.second = max(self.second, likeness)


KeyOf = Callable[[_Version, str], Hashable]


@dataclass(slots=True)
class _Matcher:
    old: _Version
    new: _Version
    likeness: dict[str, int] = field(default_factory=dict)
    """Of each new row in a pair."""
    of_new: dict[str, str] = field(default_factory=dict)
    of_old: dict[str, str] = field(default_factory=dict)
    seen: list[_Likeness] = field(default_factory=list)

    def match(self) -> None:
        self._alike(lambda side, key: (*_named(side, key), side.above[key], side.cells[key]), once=False)
        self._alike(lambda side, key: (*_named(side, key), side.above[key]), once=False)
        self._alike(lambda side, key: (*_named(side, key), side.cells[key]), once=True)
        self._alike(_named, once=True)
        self._by_children()
        # Headings first: what stands below them finds its place by them.
        self._likely([key for key in self._left_new() if self.new.rows[key].kind is not NodeKind.ITEM])
        self._alike(lambda side, key: (*_named(side, key), self._parent(side, key), side.cells[key]), once=False)
        self._alike(lambda side, key: (*_named(side, key), self._parent(side, key)), once=False)
        self._likely(self._left_new())

    def comparison(self) -> Comparison:
        doubts = {}
        for new, found in self._asked().items():
            ordered = sorted(found, key=lambda one: (-one.likeness, self.old.rank[one.old]))[:MOST_CANDIDATES]
            doubts[new] = Doubt(new, tuple(Candidate(one.old, round(one.likeness)) for one in ordered))
        named = {candidate.old for doubt in doubts.values() for candidate in doubt.candidates}
        return Comparison(
            pairs=tuple(Pair(self.of_new[key], key, self.likeness[key]) for key in self.new.rows if key in self.of_new),
            added=tuple(key for key in self._left_new() if key not in doubts),
            withdrawn=tuple(key for key in self._left_old() if key not in named),
            doubtful=tuple(doubts[key] for key in self._left_new() if key in doubts),
        )

    def _left_old(self) -> list[str]:
        return [key for key in self.old.rows if key not in self.of_old]

    def _left_new(self) -> list[str]:
        return [key for key in self.new.rows if key not in self.of_new]

    def _take(self, old: str, new: str, likeness: float) -> None:
        self.of_new[new], self.of_old[old] = old, new
        self.likeness[new] = round(likeness)

    def _parent(self, side: _Version, key: str) -> str | None:
        """The row above as an old key; None for a new one that is no old row."""
        parent = side.rows[key].parent
        return parent if side is self.old or not parent else self.of_new.get(parent)

    def _alike(self, key_of: KeyOf, *, once: bool) -> None:
        """Pair rows of equal keys: those that stand ``once`` on each side, or as often on both, in their order."""
        olds, news = _grouped(self.old, self._left_old(), key_of), _grouped(self.new, self._left_new(), key_of)
        for key, found in news.items():
            before = olds.get(key, [])
            if len(before) == len(found) and (len(found) == 1 or not once):
                for old, new in zip(before, found, strict=True):
                    self._take(old, new, 100)

    def _by_children(self) -> None:
        """A heading of which most rows were below one old heading is that one, whatever its words; at least two rows.

        The rows keep their progress in any case; so headings need no question.
        """
        for new in reversed(self._left_new()):
            below = self.new.children.get(new, [])
            votes = Counter(self.old.rows[self.of_new[key]].parent for key in below if key in self.of_new)
            for old, count in votes.most_common(1):
                if not old or old in self.of_old or self.old.rows[old].kind is not self.new.rows[new].kind:
                    continue
                if count >= _LEAST_VOTES and 2 * count > max(len(below), len(self.old.children[old])):
                    self._take(old, new, self._likeness(old, new))

    def _likeness(self, old: str, new: str) -> float:
        signs: dict[str, str] = {}
        found = likest(_signs(self.new.titles[new], signs), {old: _signs(self.old.titles[old], signs)}, 0, 1)
        return found[0][1]

    def _likely(self, wanted: Sequence[str]) -> None:
        """Pair what is much alike at its place; what was seen stays for asking."""
        self.seen = self._similar(wanted)
        for _ in range(_ROUNDS):
            left = self._open()
            best_old: dict[str, _Best] = defaultdict(_Best)
            best_new: dict[str, _Best] = defaultdict(_Best)
            for one in left:
                best_old[one.old].see(one.likeness)
                best_new[one.new].see(one.likeness)
            sure = [one for one in left if self._is_sure(one) and _leads(one, best_old[one.old], best_new[one.new])]
            for one in sure:
                self._take(one.old, one.new, one.likeness)
            if not sure:
                return

    def _similar(self, wanted: Sequence[str]) -> list[_Likeness]:
        """The likest old rows of each new one. Words are compared, not letters: two tasks of one office share many
        letters, and few words in the same order."""
        signs: dict[str, str] = {}
        left = {key: _signs(self.old.titles[key], signs) for key in self._left_old()}
        return [
            _Likeness(old, key, likeness)
            for key in wanted
            for old, likeness in likest(_signs(self.new.titles[key], signs), left, FAINT, _LOOKED_AT)
            if (self.old.rows[old].kind is NodeKind.SECTION) == (self.new.rows[key].kind is NodeKind.SECTION)
        ]

    def _open(self) -> list[_Likeness]:
        return [one for one in self.seen if one.old not in self.of_old and one.new not in self.of_new]

    def _is_sure(self, one: _Likeness) -> bool:
        old, new = self.old.rows[one.old], self.new.rows[one.new]
        if one.likeness < SURE or old.kind is not new.kind or not self._same_parent(one):
            return False
        return self._same_place(one) or self.old.cells[one.old] == self.new.cells[one.new]

    def _same_parent(self, one: _Likeness) -> bool:
        return self._parent(self.new, one.new) == self.old.rows[one.old].parent

    def _same_place(self, one: _Likeness) -> bool:
        """Below the same heading, with the same number or beside the same row."""
        if not self._same_parent(one):
            return False
        if self.old.rows[one.old].code == self.new.rows[one.new].code:
            return True
        return any(
            (beside := new.get(one.new)) is not None and self.of_new.get(beside, "") == old.get(one.old)
            for old, new in ((self.old.before, self.new.before), (self.old.after, self.new.after))
        )

    def _asked(self) -> Mapping[str, Iterable[_Likeness]]:
        """The likenesses that a person should look at, by new row."""
        found: dict[str, list[_Likeness]] = defaultdict(list)
        for one in self._open():
            if one.likeness >= ASKED or self._same_place(one):
                found[one.new].append(one)
        return found


def _named(side: _Version, key: str) -> tuple[Hashable, ...]:
    # Without a title the number has to do.
    row = side.rows[key]
    return (row.kind, side.titles[key], "" if side.titles[key] else row.code)


def _grouped(side: _Version, keys: Iterable[str], key_of: KeyOf) -> dict[Hashable, list[str]]:
    groups: dict[Hashable, list[str]] = {}
    for key in keys:
        groups.setdefault(key_of(side, key), []).append(key)
    return groups


def _signs(title: str, signs: dict[str, str]) -> str:
    """The title with one sign for each word, so that comparing signs compares words."""
    return "".join(signs.setdefault(word, _sign(len(signs))) for word in title.split())


def _sign(number: int) -> str:
    return chr(number + (_FIRST_SIGN if number < _SHORT_SIGNS else _FIRST_LONG_SIGN))


def _leads(one: _Likeness, *bests: _Best) -> bool:
    return all(one.likeness >= best.first and one.likeness - best.second >= MARGIN for best in bests)
