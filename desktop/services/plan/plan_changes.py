"""What a newer version of a plan would change: view data for screen and command line, and the decisions back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.models.plan import Plan
from desktop.models.units import UnitTree


class RowOutcome(StrEnum):
    """What becomes of a row. One that changes and is renumbered too counts as changed."""

    DOUBTFUL = "doubtful"
    ADDED = "added"
    RESTORED = "restored"
    """Withdrawn by an earlier version, printed again in this one."""
    CHANGED = "changed"
    RENUMBERED = "renumbered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class NewerPlan:
    """A newer version as read, with the tree its units belong to."""

    plan: Plan
    tree: UnitTree


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A cell (or the place) of a row or a part of the header, as printed before and now.

    ``corrected`` where somebody had corrected the reading of the old cell: the new one's reading takes its place.
    """

    name: str
    before: str
    after: str
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class OldRow:
    """A row as it stands; ``likeness`` 0-100 of its title with that of the new row it is offered for."""

    record: str
    path: str
    code: str
    title: str
    likeness: int = 0


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row that does not stay as it is: ``old`` is None for an added one, ``path`` empty for a withdrawn one.

    ``candidates`` are the old rows a doubtful one may be, likest first. ``reports`` counts the reports on the old row.
    """

    outcome: RowOutcome
    old: OldRow | None
    path: str
    code: str
    title: str
    changes: tuple[FieldChange, ...] = ()
    candidates: tuple[OldRow, ...] = ()
    reports: int = 0


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person decided: ``pairs`` from the path of a new row to the record of the old one it is; ``new`` the paths
    of rows that are none of the old ones. A decision stands above what was matched without asking."""

    pairs: Mapping[str, str] = field(default_factory=dict)
    new: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """The whole difference, rows in the order of the newer version, each withdrawn one where it stood.

    ``free`` are the old rows that no new one is (yet). ``unchanged`` counts rows that stay as they are, ``paragraphs``
    those of the narrative that change. ``warnings`` are sentences to read before applying.
    """

    newer: NewerPlan
    decisions: Decisions
    rows: tuple[RowDifference, ...]
    free: tuple[OldRow, ...]
    header: tuple[FieldChange, ...]
    paragraphs: int
    unchanged: int
    warnings: tuple[str, ...]

    def count(self, outcome: RowOutcome) -> int:
        """How many rows have an outcome."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def undecided(self) -> int:
        """How many rows wait for a decision."""
        return self.count(RowOutcome.DOUBTFUL)

    @property
    def is_empty(self) -> bool:
        """Whether an officer would see no difference."""
        return not (self.rows or self.header or self.paragraphs)


OUTCOME_WORDS: Mapping[RowOutcome, str] = {
    RowOutcome.DOUBTFUL: "Cần quyết định", RowOutcome.ADDED: "Thêm", RowOutcome.RESTORED: "Khôi phục",
    RowOutcome.CHANGED: "Đổi", RowOutcome.RENUMBERED: "Đánh số lại", RowOutcome.WITHDRAWN: "Rút",
}


def counts_words(difference: PlanDifference) -> str:
    """The difference in one sentence: every kind of change with its count."""
    if difference.is_empty:
        return f"Bản mới giống bản đang dùng: {difference.unchanged} dòng không đổi."
    parts = [f"{words.lower()} {count}" for outcome, words in OUTCOME_WORDS.items()
             if (count := difference.count(outcome))]
    if difference.paragraphs:
        parts.append(f"phần lời đổi {difference.paragraphs} đoạn")
    if difference.header:
        parts.append(f"đầu kế hoạch đổi {len(difference.header)} chỗ")
    sentence = ", ".join([*parts, f"giữ nguyên {difference.unchanged} dòng"])
    return f"{sentence[:1].upper()}{sentence[1:]}."
