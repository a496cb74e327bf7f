"""The shapes of a plan's table: its columns by number, its printed rows, what stands around them."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.importers.checks.doubts import Doubt

CODE, TITLE, LEADERS, LEADS, COORDINATORS, START, END = range(7)
WIDTH = 7
UNKNOWN = WIDTH
"""A column of another table ("Ghi chú"): its cells are kept with their heading beside the row, but not read."""
Cells = tuple[str, str, str, str, str, str, str]
Extra = tuple[tuple[str, str], ...]
"""(heading, printed text) of the filled cells in columns that are not read."""


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One row of the table. ``cells`` stand in their columns; ``printed`` is as the row has them.

    ``first_of_page`` when it follows a repeated header: a page break may have cut it off from the row before.
    ``banner`` when one text reaches over the whole row: a heading. ``goes_on`` when its number and content are those of
    the row before, in cells that reach down; ``shares_number`` when only its number is, and the content its own.
    """

    line: int
    cells: Cells
    printed: Cells
    first_of_page: bool = False
    banner: bool = False
    goes_on: bool = False
    shares_number: bool = False
    extra: Extra = ()


@dataclass(slots=True)
class Table:
    """The rows of the table and what stands around them (1-based places).

    ``torn`` as for its grid; ``numbered`` when any row has a number. ``known`` columns are understood.
    """

    first_line: int = 0
    rows: list[PrintedRow] = field(default_factory=list)
    header_lines: list[int] = field(default_factory=list)
    strays: list[int] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    torn: bool = False
    numbered: bool = True
    known: int = 0


def seven(cells: list[str]) -> Cells:
    """Seven texts as the cells of a row; the number without blanks around it."""
    code, title, leaders, leads, coordinators, start, end = cells
    return code.strip(), title, leaders, leads, coordinators, start, end
