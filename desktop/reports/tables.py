"""A table as numbers: cells wrapped into lines, rows with heights, rows cut where one is taller than a page.

Pure geometry, in points from the table's top left corner; nothing here draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.reports.fonts import Face, Faces
from desktop.reports.layouts import TableLayout
from desktop.reports.wrapping import Measure, wrap

BLACK = "#000000"
CONTINUED = "(tiếp)"
"""Stands below the number where a row taller than a page goes on."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a cell in one face and colour."""

    text: str
    face: Face = Face.REGULAR
    ink: str = BLACK


@dataclass(frozen=True, slots=True)
class TableCell:
    """The paragraphs of a cell and how many columns it takes."""

    passages: tuple[Passage, ...] = ()
    span: int = 1
    centred: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row before it is set.

    ``shade`` is the part of black behind it; ``keep_with_next`` holds it on the page of the next row; ``framed`` is
    false for notes, which stand below the table without lines; ``bookmark`` is its outline level (from 0) and title.
    """

    cells: tuple[TableCell, ...]
    shade: float = 0.0
    keep_with_next: bool = False
    framed: bool = True
    bookmark: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as it will be drawn."""

    text: str
    face: Face
    ink: str


@dataclass(frozen=True, slots=True)
class SetCell:
    """A cell with its place: ``x`` from the table's left edge and its whole width."""

    x: float
    width: float
    lines: tuple[Line, ...]
    centred: bool


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row with its height; ``row`` is what it was made of."""

    cells: tuple[SetCell, ...]
    height: float
    row: TableRow


class Setter:
    """Sets rows into columns of given widths."""

    def __init__(self, faces: Faces, layout: TableLayout, widths: Sequence[float]) -> None:
        self._faces = faces
        self._layout = layout
        self._widths = tuple(widths)
        self._measures: dict[Face, Measure] = {face: faces.measure(face, layout.size) for face in Face}

    def set(self, row: TableRow) -> SetRow:
        """The row with its text in lines; as tall as its tallest cell."""
        cells: list[SetCell] = []
        column = 0
        x = 0.0
        for cell in row.cells:
            width = sum(self._widths[column : column + cell.span])
            cells.append(SetCell(x, width, self._lines(cell, width), cell.centred))
            column += cell.span
            x += width
        return SetRow(tuple(cells), self._height(cells), row)

    def split(self, row: SetRow, room: float) -> tuple[SetRow, SetRow]:
        """The row cut in two, the first part at most ``room`` high; each part has at least one line."""
        tallest = max(len(cell.lines) for cell in row.cells)
        kept = min(max(int((room - 2 * self._layout.padding) / self._layout.leading), 1), tallest - 1)
        first = tuple(replace(cell, lines=cell.lines[:kept]) for cell in row.cells)
        rest = [replace(cell, lines=cell.lines[kept:]) for cell in row.cells]
        if row.row.framed:
            # The number stays with both parts.
            number = tuple(line for line in row.cells[0].lines if line.text != CONTINUED)
            rest[0] = replace(rest[0], lines=(*number, Line(CONTINUED, Face.ITALIC, BLACK)))
        again = replace(row.row, bookmark=None)
        return SetRow(first, self._height(first), row.row), SetRow(tuple(rest), self._height(rest), again)

    def _height(self, cells: Sequence[SetCell]) -> float:
        lines = max((len(cell.lines) for cell in cells if cell.lines), default=1)
        return lines * self._layout.leading + 2 * self._layout.padding

    def _lines(self, cell: TableCell, width: float) -> tuple[Line, ...]:
        room = width - 2 * self._layout.padding
        return tuple(
            Line(text, passage.face, passage.ink)
            for passage in cell.passages
            if passage.text
            for text in wrap(passage.text, room, self._measures[passage.face])
        )
