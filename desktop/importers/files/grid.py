"""What every kind of plan file becomes before anything is understood: rows of printed cells, and the text around them.

A *place* is where a row stands in its file, counted from 1: the line of a text, the row of a sheet, and in a Word
document the number of the paragraph or table row from the top.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.importers.checks.doubts import Doubt

CELL_BREAK = "\n"
"""Parts the cells of one row where a row is told as one line of text; lines of a text file never hold it."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One printed row, columns counted from 0.

    ``merged`` are (first, last) columns of cells that reach over several columns, their text stands in the first.
    ``above`` are (column, text) of cells that reach down from a row above; ``cells`` is empty there. ``typed`` are the
    columns whose cells hold numbers, not text.
    """

    place: int
    cells: tuple[str, ...]
    merged: tuple[tuple[int, int], ...] = ()
    above: tuple[tuple[int, str], ...] = ()
    typed: tuple[int, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """One table that a file offers, with the text around it.

    ``key`` chooses it, ``name`` shows it. ``lines`` is the text by place (line n is element n-1), cells of a row parted
    by ``CELL_BREAK``. ``torn`` when page breaks may have cut rows in two or pushed cells aside: text out of a PDF.
    ``beside`` are places of text after the table that is no part of it. ``since_1904`` when serial numbers of days
    count from 1904. ``doubts`` are about this table alone.
    """

    key: str
    name: str
    rows: tuple[GridRow, ...]
    lines: tuple[str, ...]
    torn: bool = False
    hidden: bool = False
    hidden_columns: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()
    since_1904: bool = False
    doubts: tuple[Doubt, ...] = ()


def text_grid(lines: tuple[str, ...]) -> Grid:
    """The grid of a text whose cells are parted by tabs."""
    rows = tuple(GridRow(place, tuple(line.split("\t"))) for place, line in enumerate(lines, start=1))
    return Grid("", "Văn bản", rows, lines, torn=True)


def column_letter(column: int) -> str:
    """The letters of a column as Excel shows them: 0 -> A, 26 -> AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
