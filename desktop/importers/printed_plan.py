"""A plan as its file prints it -> Plan: header, narrative, rows in document order, findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.importers.checks.cells import shortened
from desktop.importers.checks.counting import check_counts, check_numbers
from desktop.importers.checks.damage import NO_DAMAGE, DamagedWords
from desktop.importers.checks.doubts import Doubt, fault, note, placed, warning
from desktop.importers.checks.likeness import check_likeness
from desktop.importers.checks.missing import check_missing
from desktop.importers.checks.people import check_people, odd_seats, seen_leaders
from desktop.importers.checks.row_checks import check_rows
from desktop.importers.checks.spelling import Speller, check_narrative_spelling, check_spelling
from desktop.importers.checks.unit_doubts import check_names
from desktop.importers.files.decoding import decode_lines
from desktop.importers.files.grid import Grid, text_grid
from desktop.importers.names.whole_names import NO_NAMES, WholeNames
from desktop.importers.table.heading import read_heading
from desktop.importers.table.joining import join_rows
from desktop.importers.table.narrative import read_narrative
from desktop.importers.table.outline import read_outline
from desktop.importers.table.pages import read_table
from desktop.importers.table.rows import read_rows
from desktop.importers.table.shapes import END, START, Table
from desktop.models.errors import Refused
from desktop.models.facts import MAX_LINE
from desktop.models.plan import CellReading, Node, Paragraph, Plan, PlanHeader
from desktop.models.strict_json import MAX_TEXT
from desktop.models.units import UnitTree

_PLENTY = 4
"""So many columns make a plan's table, whatever else the file holds."""
_LONGEST_ROW = MAX_LINE * 3 // 4
_SHORT = min(_LONGEST_ROW // 2, MAX_TEXT) // 4
"""So many characters are never too many bytes."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")


def read_text_plan(data: bytes, tree: UnitTree | None = None, damage: DamagedWords = NO_DAMAGE) -> Plan:
    """The plan in the bytes of a text file whose table columns are parted by tabs.

    ``tree`` gives the names of units; without one, cells are split at their separators only. Raises Refused
    PLAN_WRONG_ENCODING, PLAN_EMPTY, PLAN_NOT_A_PLAN.
    """
    return PrintedPlan(Candidate.of(text_grid(decode_lines(data)))).read(tree or UnitTree(), damage)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A grid with the table found in it, rows or none."""

    grid: Grid
    table: Table

    @classmethod
    def of(cls, grid: Grid) -> Candidate:
        """The table of a grid."""
        return cls(grid, read_table(grid))

    @property
    def rank(self) -> tuple[bool, int, int]:
        """The higher, the likelier the plan's table: in sight, many columns understood, many rows."""
        return not self.grid.hidden, min(self.table.known, _PLENTY), len(self.table.rows)


class PrintedPlan:
    """A grid whose table is found; its header is known before a unit tree is chosen.

    ``told`` are doubts about the file as a whole. Raises Refused PLAN_NOT_A_PLAN when there is no table with rows.
    """

    def __init__(self, candidate: Candidate, told: Sequence[Doubt] = ()) -> None:
        grid = candidate.grid
        self._lines = grid.lines
        self._told = (*told, *grid.doubts)
        self._table = candidate.table
        if not self._table.rows:
            raise not_a_plan(found_header=bool(self._table.header_lines))
        first = self._table.first_line
        self._after = sorted({*self._table.strays, *(place for place in grid.beside if place > first)})
        after = [self._lines[place - 1] for place in self._after]
        header, self._header_doubts = read_heading(self._lines, first, after)
        self.header = header if header.year else self._with_year(header)

    def read(self, tree: UnitTree, damage: DamagedWords, whole: WholeNames = NO_NAMES) -> Plan:
        """The whole plan, its units read with the words of a tree; ``whole`` names are never parted."""
        around = [*range(1, self._table.first_line), *self._after]
        narrative, told = read_narrative(self._lines, around)
        entries, joined = join_rows(self._table)
        outline = read_outline(entries)
        rows = read_rows(outline.branches, tree, self.header.year, whole)
        nodes = tuple(row.node for row in rows)
        leaders = seen_leaders(nodes, tree)
        odd = odd_seats(leaders, damage)
        speller = Speller(damage, self._lines)
        doubts: list[Doubt] = [
            *self._told, *self._header_doubts, *told, *self._stray_lines(), *self._table.doubts, *joined,
            *outline.doubts,
            *check_counts(outline.branches), *check_numbers(outline.branches),
            *check_names(rows, tree), *check_missing(nodes, self.header.year),
            *check_rows(nodes, self.header.year, self.header.day),
            *check_narrative_spelling(self._lines, around, speller), *check_spelling(nodes, speller, odd),
            *check_people(nodes, leaders, odd), *check_likeness(nodes), *_too_long(nodes, narrative),
        ]
        owners = {line: node.path for node in reversed(nodes) for line in reversed(node.source_lines)}
        findings = [placed(doubt, owners) for doubt in doubts]
        # By first line, then by row; one number sorts faster than a pair.
        order = {node.path: rank for rank, node in enumerate(nodes, start=1)}
        after = len(nodes) + 1
        findings.sort(key=lambda one: (one.source_lines[0] if one.source_lines else 0) * after + order.get(one.path, 0))
        return Plan(self.header, narrative, nodes, tuple(findings))

    def _with_year(self, header: PlanHeader) -> PlanHeader:
        """The header with the year that the time columns name most."""
        years = Counter(
            int(year) for row in self._table.rows for cell in (row.cells[START], row.cells[END])
            for year in _YEAR.findall(cell)
        )
        if not years:
            self._header_doubts.append(fault(
                "YEAR_UNKNOWN", "Không biết kế hoạch của năm nào: phần đầu và các ô thời gian đều không ghi năm.",
                (), "",
            ))
            return header
        year = years.most_common(1)[0][0]
        self._header_doubts.append(warning(
            "YEAR_INFERRED", f"Phần đầu không ghi năm; năm kế hoạch lấy theo các ô thời gian: {year}.", (), "",
        ))
        return replace(header, year=year)

    def _stray_lines(self) -> list[Doubt]:
        if not self._table.torn:
            return [
                note("LINE_NOT_A_ROW", "Dòng bên dưới bảng không phải một dòng của bảng; được giữ ở phần lời.",
                     (line,), "",
                     CellReading("", shortened(self._lines[line - 1]), "một đoạn của phần lời",
                                 "số thứ tự và nội dung ở đúng cột, nếu là một dòng của bảng"))
                for line in self._table.strays
            ]
        return [
            warning("LINE_NOT_A_ROW", "Dòng này nằm trong phần bảng nhưng không chia cột; được giữ ở phần lời.",
                    (line,), "", CellReading("", shortened(self._lines[line - 1]), "một đoạn của phần lời",
                                             "các ô cách nhau bằng phím Tab, nếu là một dòng của bảng"))
            for line in self._table.strays
        ]


def _too_long(nodes: Sequence[Node], narrative: Sequence[Paragraph]) -> list[Doubt]:
    """What could not travel as a fact (MAX_TEXT, MAX_LINE); every cell stands in a fact as printed and as read."""
    doubts = [
        fault("ROW_TOO_LONG", "Dòng có quá nhiều chữ trong các ô, không ghi vào sổ được; cần rút gọn trong tệp.",
              node.source_lines, node.path)
        for node in nodes if _letters(node) > _SHORT and (
            2 * sum(sizes := _sizes(node)) > _LONGEST_ROW or max(sizes) > MAX_TEXT
        )
    ]
    doubts.extend(
        fault("PARAGRAPH_TOO_LONG", f"Đoạn văn dài hơn {MAX_TEXT} ký tự, không ghi vào sổ được; cần tách trong tệp.",
              (paragraph.line,), "")
        for paragraph in narrative if len(paragraph.text) > MAX_TEXT
    )
    return doubts


def _texts(node: Node) -> Iterator[str]:
    one = node.printed
    yield from (one.code, one.title, one.leaders, one.lead_units, one.coordinating_units, one.start, one.end)
    yield from (text for _, text in node.extra)


def _letters(node: Node) -> int:
    return sum(map(len, _texts(node)))


def _sizes(node: Node) -> list[int]:
    """Bytes of the printed cells, at least as many as their characters."""
    return [len(text.encode()) for text in _texts(node)]


def not_a_plan(*, found_header: bool) -> Refused:
    """The refusal of a file without a table, or with a header alone."""
    why = "Bảng tiến độ không có dòng nào" if found_header else "Không tìm thấy bảng tiến độ (TT, Nội dung, ...)"
    return Refused(
        "PLAN_NOT_A_PLAN", f"{why}; tệp này không phải kế hoạch có biểu tiến độ. Chưa có gì thay đổi.",
        "Hãy chọn tệp kế hoạch có biểu tiến độ: tệp .xlsx, .docx, hoặc văn bản có các cột cách nhau bằng phím Tab.",
    )
