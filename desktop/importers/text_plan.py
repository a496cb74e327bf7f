"""A plan as plain text -> Plan: header, narrative, rows in document order, findings."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.importers.counting import check_counts, check_numbers
from desktop.importers.damage import NO_DAMAGE, DamagedWords
from desktop.importers.decoding import decode_lines
from desktop.importers.doubts import Doubt, placed, warning
from desktop.importers.heading import read_heading
from desktop.importers.joining import join_rows
from desktop.importers.leaders import split_leaders
from desktop.importers.naming import CellReader
from desktop.importers.narrative import read_narrative
from desktop.importers.outline import Branch, read_outline
from desktop.importers.people import check_people
from desktop.importers.rows import check_rows
from desktop.importers.table import COORDINATORS, END, LEADERS, LEADS, START, TITLE, WIDTH, Table, read_table
from desktop.importers.unit_doubts import check_names
from desktop.models.errors import Refused
from desktop.models.plan import Node, Plan, PlanHeader, PrintedCells
from desktop.models.targets import read_targets
from desktop.models.time_reading import read_time
from desktop.models.units import UnitTree


def read_text_plan(data: bytes, tree: UnitTree | None = None, damage: DamagedWords = NO_DAMAGE) -> Plan:
    """The plan in the bytes of a text file whose table columns are parted by tabs.

    ``tree`` gives the names of units; without one, cells are split at their separators only. Raises Refused
    PLAN_WRONG_ENCODING, PLAN_EMPTY, PLAN_NOT_A_PLAN.
    """
    return TextPlan(decode_lines(data)).read(tree or UnitTree(), damage)


class TextPlan:
    """A decoded text whose table is found; its header is known before a unit tree is chosen.

    Raises Refused PLAN_NOT_A_PLAN when there is no table with rows.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._table = read_table(lines)
        if not self._table.rows:
            raise _not_a_plan(self._table)
        self.header, self._header_doubts = read_heading(lines, self._table.first_line)

    def read(self, tree: UnitTree, damage: DamagedWords) -> Plan:
        """The whole plan, its units read with the words of a tree."""
        narrative, told = read_narrative(self._lines, [*range(1, self._table.first_line), *self._table.strays])
        entries, joined = join_rows(self._table.rows)
        outline = read_outline(entries)
        reader = CellReader(tree)
        nodes = tuple(_node(branch, reader, tree, self.header.year) for branch in outline.branches)
        doubts: list[Doubt] = [
            *self._header_doubts, *told, *self._stray_lines(), *self._table.doubts, *joined, *outline.doubts,
            *check_counts(outline.branches), *check_numbers(outline.branches),
            *check_names(nodes, reader), *check_rows(nodes, self.header.year, damage),
            *check_people(nodes, tree, damage),
        ]
        owners = {line: node.path for node in reversed(nodes) for line in reversed(node.source_lines)}
        findings = [placed(doubt, owners) for doubt in doubts]
        order = {node.path: rank for rank, node in enumerate(nodes)}
        findings.sort(key=lambda one: (one.source_lines[:1] or (0,), order.get(one.path, -1)))
        return Plan(self.header, narrative, nodes, tuple(findings))

    def _stray_lines(self) -> list[Doubt]:
        return [
            warning("LINE_NOT_A_ROW", "Dòng này nằm trong phần bảng nhưng không chia cột; được giữ ở phần lời.",
                    (line,), "")
            for line in self._table.strays
        ]


def _not_a_plan(table: Table) -> Refused:
    why = "Bảng tiến độ không có dòng nào" if table.header_lines else "Không tìm thấy bảng tiến độ (TT, Nội dung, ...)"
    return Refused(
        "PLAN_NOT_A_PLAN", f"{why}; tệp này không phải kế hoạch có biểu tiến độ. Chưa có gì thay đổi.",
        "Hãy chọn tệp kế hoạch có biểu tiến độ; các cột của biểu cách nhau bằng phím Tab.",
    )


def _node(branch: Branch, reader: CellReader, tree: UnitTree, year: int) -> Node:
    entry = branch.entry
    title = entry.text(TITLE)
    leads = reader.read(entry.text(LEADS)).names
    return Node(
        path=branch.path, kind=branch.kind, code=entry.code, title=title, stated_count=branch.stated_count,
        leaders=split_leaders(entry.text(LEADERS)), lead_units=leads,
        coordinating_units=reader.read(entry.text(COORDINATORS)).names, expands_to=tree.shares(leads),
        start=read_time(entry.text(START), year), end=read_time(entry.text(END), year),
        targets=read_targets(title), source_lines=tuple(entry.lines),
        printed=PrintedCells(*(entry.as_printed(column) for column in range(WIDTH))), parent=branch.parent,
    )
