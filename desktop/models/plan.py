"""A plan as it was printed and as it was read: header, narrative, nodes, findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.models.schedule import Time
from desktop.models.targets import Target


class NodeKind(StrEnum):
    """A section is an outermost heading (a Roman numeral, a letter, a text over the whole row), a group any other
    heading, an item what someone must do."""

    SECTION = "section"
    GROUP = "group"
    ITEM = "item"


class Severity(StrEnum):
    """How grave a finding is: an error stops the import, a warning asks to look, a note only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class PlanHeader:
    """What the head of the document states. ``day`` is the date of issue; unknown texts are empty."""

    number: str
    day: date | None
    issuer: str
    title: str
    theme: str
    year: int
    signer: str


@dataclass(frozen=True, slots=True)
class PrintedCells:
    """The cells of a row exactly as printed, markup kept; page-break halves are joined by a line break."""

    code: str = ""
    title: str = ""
    leaders: str = ""
    lead_units: str = ""
    coordinating_units: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """One row of the plan.

    ``path`` joins the printed numbers of the numbered ancestors ("II/3/3.1/3.1.29"). ``lead_units`` and
    ``coordinating_units`` have one entry per body or collective named in the cell; ``expands_to`` lists the
    wards or ward bodies the lead cell stands for. ``source_lines`` are 1-based lines of the file.
    """

    path: str
    kind: NodeKind
    code: str
    title: str
    stated_count: int | None
    leaders: tuple[str, ...]
    lead_units: tuple[str, ...]
    coordinating_units: tuple[str, ...]
    expands_to: tuple[str, ...]
    start: Time
    end: Time
    targets: tuple[Target, ...]
    source_lines: tuple[int, ...]
    printed: PrintedCells
    parent: str = ""
    """Path of the parent node; unlike ``path`` it does name a ``*`` group. Empty for outermost sections."""
    extra: tuple[tuple[str, str], ...] = ()
    """(heading, printed text) of the filled cells in columns that are shown but not read ("Sản phẩm", "Ghi chú")."""


@dataclass(frozen=True, slots=True)
class CellReading:
    """The cell a finding is about: its column (a field of PrintedCells, or the heading of another column), the value
    printed there (or the part concerned; empty when the cell is), what was understood, and what would be accepted.

    ``column`` is empty for text outside the table; all are empty when no single place is concerned.
    """

    column: str = ""
    printed: str = ""
    understood: str = ""
    accepted: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something repaired or doubtful in the printed plan. ``path`` is empty when no node is concerned."""

    code: str
    severity: Severity
    message: str
    source_lines: tuple[int, ...]
    path: str
    cell: CellReading = CellReading()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the narrative with its 1-based line in the file; ``heading`` for numbered headings."""

    line: int
    text: str
    heading: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan read from one file. ``nodes`` stand in document order, parents before children."""

    header: PlanHeader
    narrative: tuple[Paragraph, ...]
    nodes: tuple[Node, ...]
    findings: tuple[Finding, ...]
