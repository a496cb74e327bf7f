"""Branches of the outline -> nodes with every cell read, beside what reading the unit cells told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.importers.names.leaders import split_leaders
from desktop.importers.names.naming import CellNames, CellReader
from desktop.importers.names.whole_names import NO_NAMES, WholeNames
from desktop.importers.table.outline import Branch
from desktop.importers.table.shapes import COORDINATORS, END, LEADERS, LEADS, START, TITLE
from desktop.models.plan import Node, NodeKind, PrintedCells
from desktop.models.target_reading import read_targets
from desktop.models.time_reading import read_time
from desktop.models.units import UnitTree


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A node with the branch it came from and the readings of its two unit cells."""

    branch: Branch
    node: Node
    leads: CellNames
    coordinators: CellNames


def read_rows(
    branches: Sequence[Branch], tree: UnitTree, year: int, whole: WholeNames = NO_NAMES
) -> list[ReadRow]:
    """Every branch as a node, in the same order; ``year`` supplies years that are not printed."""
    reader = CellReader(tree, whole)
    return [_row(branch, reader, tree, year) for branch in branches]


def _row(branch: Branch, reader: CellReader, tree: UnitTree, year: int) -> ReadRow:
    entry = branch.entry
    title = entry.text(TITLE)
    leads = reader.read(entry.listed(LEADS))
    coordinators = reader.read(entry.listed(COORDINATORS), leads.names)
    node = Node(
        path=branch.path, kind=branch.kind, code=entry.code, title=title, stated_count=branch.stated_count,
        leaders=split_leaders(entry.listed(LEADERS)), lead_units=leads.names,
        coordinating_units=coordinators.names, expands_to=tree.shares(leads.names),
        start=read_time(entry.text(START), year), end=read_time(entry.text(END), year),
        targets=read_targets(title) if branch.kind is NodeKind.ITEM else (), source_lines=tuple(entry.lines),
        printed=PrintedCells(*entry.all_printed()), parent=branch.parent,
        extra=entry.extra(),
    )
    return ReadRow(branch, node, leads, coordinators)
