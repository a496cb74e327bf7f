"""The one flat list of visible rows that table and Gantt share: collapse, filter and sort inside parents. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from desktop.models.plan import NodeKind
from desktop.models.report import Timeliness
from desktop.services.views import PlanRow
from desktop.ui.plan.columns import Column, sort_value


class Quick(StrEnum):
    """The quick filters of the plan screen."""

    MINE = "mine"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    NOT_REPORTED = "not_reported"
    CONFLICTS = "conflicts"
    REVIEW = "review"


QUICK_WORDS = {
    Quick.MINE: "Của tôi",
    Quick.OVERDUE: "Quá hạn",
    Quick.DUE_SOON: "Sắp đến hạn",
    Quick.NOT_REPORTED: "Chưa báo cáo kỳ này",
    Quick.CONFLICTS: "Cần đối chiếu",
    Quick.REVIEW: "Cần rà soát",
}
_TESTS: dict[Quick, Callable[[PlanRow], bool]] = {
    Quick.MINE: lambda row: row.mine,
    Quick.OVERDUE: lambda row: row.status.timeliness is Timeliness.OVERDUE,
    Quick.DUE_SOON: lambda row: row.status.timeliness is Timeliness.DUE_SOON,
    Quick.NOT_REPORTED: lambda row: row.kind is NodeKind.ITEM and not row.status.reported,
    Quick.CONFLICTS: lambda row: row.status.conflicts > 0,
    Quick.REVIEW: lambda row: row.needs_review,
}
# Overdue and due soon exclude each other: asked for together they mean either, like two boxes of one question.
_EITHER = frozenset({Quick.OVERDUE, Quick.DUE_SOON})


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for: words as typed, with the records that a search of the plan found for them; quick filters."""

    text: str = ""
    quick: frozenset[Quick] = frozenset()
    found: frozenset[str] = frozenset()

    @property
    def on(self) -> bool:
        """Whether anything is filtered out."""
        return bool(self.quick) or self.searches

    @property
    def searches(self) -> bool:
        """Whether words are asked for."""
        return bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class SortKey:
    """One key of an order inside parents."""

    column: Column
    descending: bool = False


@dataclass(slots=True)
class _Tree:
    """The plan as plain parallel lists; rows are named by their place in document order."""

    rows: Sequence[PlanRow]
    parent: list[int] = field(default_factory=list)
    children: list[list[int]] = field(default_factory=list)
    roots: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        place = {row.id: index for index, row in enumerate(self.rows)}
        self.children = [[] for _ in self.rows]
        for index, row in enumerate(self.rows):
            parent = place[row.parent] if row.parent is not None else -1
            self.parent.append(parent)
            (self.roots if parent < 0 else self.children[parent]).append(index)


class FlatRows:
    """Visible rows of a plan. ``visible`` holds places in ``rows``; every change makes it anew."""

    def __init__(self, rows: Sequence[PlanRow]) -> None:
        self.rows = rows
        self._tree = _Tree(rows)
        self._collapsed: set[int] = set()
        self._collapsed_in_filter: set[int] = set()
        self._kept: set[int] | None = None
        self._order: list[list[int]] | None = None
        self.filter = Filter()
        self.sort: tuple[SortKey, ...] = ()
        self.total = sum(1 for row in rows if row.kind is NodeKind.ITEM)
        self.matched = self.total
        self.visible: list[int] = []
        self._flatten()

    def __len__(self) -> int:
        return len(self.visible)

    def row(self, position: int) -> PlanRow:
        """The row at a visible position."""
        return self.rows[self.visible[position]]

    def position(self, record: str) -> int:
        """The visible position of a record, -1 where it is hidden or unknown."""
        return next((at for at, index in enumerate(self.visible) if self.rows[index].id == record), -1)

    def first_of(self, records: Iterable[str]) -> int:
        """The visible position of the first of these records that shows, -1 where none does."""
        places = {self.rows[index].id: at for at, index in enumerate(self.visible)}
        return next((places[record] for record in records if record in places), -1)

    def has_children(self, position: int) -> bool:
        """Whether the row at a visible position has rows below it that could show."""
        below = self._tree.children[self.visible[position]]
        return bool(below) if self._kept is None else any(child in self._kept for child in below)

    def is_collapsed(self, position: int) -> bool:
        """Whether the row at a visible position hides the rows below it."""
        return self.visible[position] in self._closed

    def parent_position(self, position: int) -> int:
        """The visible position of the parent, -1 for a section."""
        parent = self._tree.parent[self.visible[position]]
        return self.visible.index(parent) if parent >= 0 else -1

    def descendants(self, position: int) -> list[PlanRow]:
        """Every row below the one at a visible position, hidden ones too, in document order."""
        found: list[int] = []
        waiting = [self.visible[position]]
        while waiting:
            below = self._tree.children[waiting.pop()]
            found.extend(below)
            waiting.extend(below)
        return [self.rows[index] for index in sorted(found)]

    def set_collapsed(self, position: int, collapsed: bool) -> None:
        """Collapse or expand the row at a visible position."""
        index = self.visible[position]
        (self._closed.add if collapsed else self._closed.discard)(index)
        self._flatten()

    def collapse_all(self, collapsed: bool) -> None:
        """Collapse or expand every row that has rows below it."""
        self._closed.clear()
        if collapsed:
            self._closed.update(index for index, below in enumerate(self._tree.children) if below)
        self._flatten()

    def reveal(self, record: str) -> int:
        """Expand what hides a record and give its visible position, -1 where the filter hides it."""
        index = next((at for at, row in enumerate(self.rows) if row.id == record), -1)
        if index < 0:
            return -1
        above = self._tree.parent[index]
        while above >= 0:
            self._closed.discard(above)
            above = self._tree.parent[above]
        self._flatten()
        return self.position(record)

    def set_filter(self, wanted: Filter) -> None:
        """Show what matches, with its ancestors; every match shows, also below a collapsed heading."""
        if wanted == self.filter:
            return
        self.filter = wanted
        self._collapsed_in_filter.clear()
        self._keep()
        self._flatten()

    def set_sort(self, keys: tuple[SortKey, ...]) -> None:
        """Order the items inside their parents; no keys is the plan's own order."""
        self.sort = keys
        self._order = [self._sorted(below) for below in self._tree.children] if keys else None
        self._flatten()

    def count(self, quick: Quick) -> int:
        """How many items of the whole plan a quick filter would show."""
        test = _TESTS[quick]
        return sum(1 for row in self.rows if row.kind is NodeKind.ITEM and test(row))

    def replace(self, rows: Sequence[PlanRow]) -> bool:
        """Take new values. True where the rows are the same records, so that only values changed."""
        same = len(rows) == len(self.rows) and all(
            new.id == old.id and new.parent == old.parent for new, old in zip(rows, self.rows, strict=True)
        )
        closed = {self.rows[index].id for index in self._collapsed}
        shown = list(self.visible)
        self.rows = rows
        self._tree = _Tree(rows)
        if not same:
            self._collapsed = {index for index, row in enumerate(rows) if row.id in closed}
            self._collapsed_in_filter.clear()
        self.total = sum(1 for row in rows if row.kind is NodeKind.ITEM)
        self._keep()
        self.set_sort(self.sort)
        return same and shown == self.visible

    @property
    def _closed(self) -> set[int]:
        return self._collapsed if self._kept is None else self._collapsed_in_filter

    def _keep(self) -> None:
        """Work out the matches of the filter and the ancestors that they keep."""
        if not self.filter.on:
            self._kept, self.matched = None, self.total
            return
        matches = self._matches()
        self.matched = sum(1 for index in matches if self.rows[index].kind is NodeKind.ITEM)
        kept = set(matches)
        for index in matches:
            above = self._tree.parent[index]
            while above >= 0 and above not in kept:
                kept.add(above)
                above = self._tree.parent[above]
        self._kept = kept

    def _matches(self) -> list[int]:
        """Rows that match words and quick filters."""
        either = [_TESTS[quick] for quick in self.filter.quick & _EITHER]
        every = [_TESTS[quick] for quick in self.filter.quick - _EITHER]
        matches = self._found() if self.filter.searches else range(len(self.rows))
        return [
            index for index in matches
            if (not either or any(test(self.rows[index]) for test in either))
            and all(test(self.rows[index]) for test in every)
        ]

    def _found(self) -> list[int]:
        """Rows that the search found, and all rows below them."""
        found, parent = self.filter.found, self._tree.parent
        brought: set[int] = set()
        for index, row in enumerate(self.rows):
            if parent[index] in brought or row.id in found:
                brought.add(index)
        return sorted(brought)

    def _sorted(self, siblings: Sequence[int]) -> list[int]:
        """Items in order in the places that items have; headings keep theirs, or the plan would fall apart."""
        items = [index for index in siblings if self.rows[index].kind is NodeKind.ITEM]
        for key in reversed(self.sort):
            values: dict[int, Any] = {index: sort_value(key.column, self.rows[index]) for index in items}
            blank = [index for index in items if values[index] is None]
            filled = [index for index in items if values[index] is not None]
            filled.sort(key=values.__getitem__, reverse=key.descending)
            items = filled + blank
        following = iter(items)
        return [next(following) if self.rows[index].kind is NodeKind.ITEM else index for index in siblings]

    def _flatten(self) -> None:
        order = self._order if self._order is not None else self._tree.children
        kept, closed = self._kept, self._closed
        visible: list[int] = []
        waiting = list(reversed(self._tree.roots))
        while waiting:
            index = waiting.pop()
            if kept is not None and index not in kept:
                continue
            visible.append(index)
            if index not in closed:
                waiting.extend(reversed(order[index]))
        self.visible = visible


def next_sort(sort: tuple[SortKey, ...], column: Column, *, add: bool) -> tuple[SortKey, ...]:
    """The order after a click on a header: ascending, descending, the plan's own; ``add`` keeps one other key."""
    own = next((key for key in sort if key.column is column), None)
    turned = SortKey(column, descending=own is not None)
    if own is not None and own.descending:
        return tuple(key for key in sort if key is not own) if add else ()
    if not add:
        return (turned,)
    if own is None:
        return (*sort[:1], turned)
    return tuple(turned if key is own else key for key in sort)
