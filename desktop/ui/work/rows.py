"""Rows of *Việc kỳ này*: their state, and which of them show. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.models.report import Report
from desktop.models.text import fold
from desktop.services.views import WorkRow
from desktop.ui.work.values import Field

Key = tuple[str, str]
"""Item and unit: what names a row within a period."""


class RowState(StrEnum):
    """How far a row has come."""

    NOT_ENTERED = "not_entered"
    ENTERED = "entered"
    MISSING = "missing"
    CONFLICT = "conflict"


class Chip(StrEnum):
    """Quick filters."""

    NOT_ENTERED = "not_entered"
    MISSING = "missing"
    CONFLICT = "conflict"


CHIP_WORDS = {Chip.NOT_ENTERED: "Chưa nhập", Chip.MISSING: "Thiếu", Chip.CONFLICT: "Cần đối chiếu"}
_CHIP_STATES = {
    Chip.NOT_ENTERED: RowState.NOT_ENTERED,
    Chip.MISSING: RowState.MISSING,
    Chip.CONFLICT: RowState.CONFLICT,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: the tab, chips (any of them) and words (all of them)."""

    lead: bool = True
    chips: frozenset[Chip] = frozenset()
    text: str = ""

    @property
    def on(self) -> bool:
        """Whether anything of the tab is filtered out."""
        return bool(self.chips) or bool(fold(self.text))


@dataclass(frozen=True, slots=True)
class Progress:
    """How many rows of a tab have something entered, and how many of those miss something."""

    total: int
    entered: int
    missing: int


def key_of(row: WorkRow) -> Key:
    """The name of a row."""
    return row.item, row.unit


def is_empty(report: Report) -> bool:
    """Whether nothing was entered."""
    return all(getattr(report, field) in (None, "") for field in Field)


def state_of(row: WorkRow) -> RowState:
    """The state of a row: what needs a decision first."""
    if row.report.conflicts:
        return RowState.CONFLICT
    if is_empty(row.report):
        return RowState.NOT_ENTERED
    return RowState.MISSING if row.problems else RowState.ENTERED


def state_words(row: WorkRow) -> str:
    """The state in words; of several things missing the first, and how many more."""
    match state_of(row):
        case RowState.CONFLICT:
            return "Cần đối chiếu"
        case RowState.NOT_ENTERED:
            return "Chưa nhập"
        case RowState.ENTERED:
            return "Đã nhập"
        case RowState.MISSING:
            more = len(row.problems) - 1
            return row.problems[0][1] + (f" (+{more})" if more else "")


class WorkRows:
    """All rows of a period and the places of those that show.

    What shows is chosen when it is asked for, not when values change: a row must not vanish under the cursor because
    it is no longer "chưa nhập".
    """

    def __init__(self, rows: Sequence[WorkRow] = ()) -> None:
        self.rows = list(rows)
        self.wanted = Wanted()
        self.visible: list[int] = []
        self.choose(self.wanted)

    def __len__(self) -> int:
        return len(self.visible)

    def row(self, position: int) -> WorkRow:
        """The row at a visible position."""
        return self.rows[self.visible[position]]

    def position(self, key: Key) -> int:
        """The visible position of a row, -1 where it does not show."""
        return next((at for at, place in enumerate(self.visible) if key_of(self.rows[place]) == key), -1)

    def choose(self, wanted: Wanted) -> None:
        """Show what is wanted."""
        self.wanted = wanted
        states = {_CHIP_STATES[chip] for chip in wanted.chips}
        words = fold(wanted.text).split()
        self.visible = [
            place
            for place, row in enumerate(self.rows)
            if row.lead is wanted.lead and (not states or state_of(row) in states) and _holds(row, words)
        ]

    def take(self, rows: Sequence[WorkRow]) -> bool:
        """Take new values. True where the same rows still show, so that only values changed."""
        if [(key_of(row), row.lead) for row in rows] == [(key_of(row), row.lead) for row in self.rows]:
            self.rows = list(rows)
            return True
        self.rows = list(rows)
        self.choose(self.wanted)
        return False

    def replace(self, changed: Mapping[Key, WorkRow]) -> list[int]:
        """Put new values of single rows in place; the visible positions that changed."""
        for place, row in enumerate(self.rows):
            if key_of(row) in changed:
                self.rows[place] = changed[key_of(row)]
        return [at for at, place in enumerate(self.visible) if key_of(self.rows[place]) in changed]

    def count(self, test: Callable[[WorkRow], bool]) -> int:
        """How many rows of the tab that shows fulfil a test."""
        return sum(1 for row in self.rows if row.lead is self.wanted.lead and test(row))

    def chip_count(self, chip: Chip) -> int:
        """How many rows of the tab a chip would show."""
        return self.count(lambda row: state_of(row) is _CHIP_STATES[chip])

    def progress(self, *, lead: bool) -> Progress:
        """How far a tab has come."""
        states = [state_of(row) for row in self.rows if row.lead is lead]
        entered = sum(1 for state in states if state is not RowState.NOT_ENTERED)
        return Progress(len(states), entered, states.count(RowState.MISSING))

    @property
    def several_units(self) -> bool:
        """Whether rows of more than one unit are entered here."""
        return len({row.unit for row in self.rows}) > 1


def _holds(row: WorkRow, words: list[str]) -> bool:
    if not words:
        return True
    text = fold(f"{row.code}\n{row.title}\n{row.unit_name}\n{row.report.result}")
    return all(word in text for word in words)
