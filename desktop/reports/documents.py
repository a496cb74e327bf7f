"""Putting a table on filed pages: head and title first, header row and foot on every page, signature at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.models.sheets import SheetHead
from desktop.reports import phrases
from desktop.reports.columns import column_widths
from desktop.reports.fonts import Face, Faces, load_faces
from desktop.reports.layouts import MM, PaperLayout, TableLayout, paper_layout
from desktop.reports.letterhead import Block, Letterhead, set_letterhead, set_signature
from desktop.reports.pages import Paginator
from desktop.reports.painter import A4_LANDSCAPE, Painter
from desktop.reports.tables import Passage, SetRow, Setter, TableCell, TableRow
from desktop.reports.wrapping import Measure, longest_word, wrap

_GAP = 3 * MM
_FOOT_SIZE = 10.0


@dataclass(frozen=True, slots=True)
class TableDocument:
    """What a table sheet says: its rows in order, the sentence above them; notes are rows without lines at the end."""

    head: SheetHead
    rows: tuple[TableRow, ...]
    sentence: str


def table_pdf(document: TableDocument, table: TableLayout, fonts: Path, layouts: Path) -> bytes:
    """The sheet as PDF, A4 landscape; the same document gives the same bytes.

    Raises EnvironmentTrouble FONT_MISSING or LAYOUT_INVALID.
    """
    faces = load_faces(fonts)
    paper = paper_layout(layouts, document.head.paper)
    return _Maker(document, table, paper, faces).make()


class _Maker:
    """Sets and draws one document. Lengths in points, heights from the top of the page."""

    def __init__(self, document: TableDocument, table: TableLayout, paper: PaperLayout, faces: Faces) -> None:
        self._document = document
        self._table = table
        self._paper = paper
        self._faces = faces
        self._page = A4_LANDSCAPE
        self._width = self._page[0] - paper.left - paper.right
        self._widths = self._column_widths()
        setter = Setter(faces, table, self._widths)
        self._header = setter.set(_header(table))
        self._letterhead = set_letterhead(document.head, paper, faces, self._width)
        self._sentence = self._set_sentence()
        self._signature = set_signature(document.head, paper.signature, faces, self._width)
        self._pages = self._paginate(setter)

    def make(self) -> bytes:
        head = self._document.head
        title = " – ".join(part for part in (head.title, head.period, head.subject) if part)
        painter = Painter(self._page, self._faces, title, head.issuer, head.updated)
        for index, rows in enumerate(self._pages):
            top = self._paper.top
            if index == 0:
                top = self._draw_opening(painter, top)
            top = self._draw_rows(painter, rows, top)
            if index == len(self._pages) - 1:
                self._draw_signature(painter, top + _GAP)
            self._draw_foot(painter, index + 1)
            painter.turn()
        return painter.finish()

    def _column_widths(self) -> tuple[float, ...]:
        measure = self._faces.measure(Face.REGULAR, self._table.size)
        bold = self._faces.measure(Face.BOLD, self._table.size)
        words = [longest_word(column.heading, bold) for column in self._table.columns]
        texts: list[list[list[float]]] = []
        for row in self._document.rows:
            if row.framed and all(cell.span == 1 for cell in row.cells):
                texts.append([[measure(each.text) for each in cell.passages] for cell in row.cells])
                for index, cell in enumerate(row.cells):
                    words[index] = max(words[index], *(longest_word(each.text, measure) for each in cell.passages), 0.0)
        return column_widths(self._table.columns, self._width, words, texts, self._table.padding)

    def _set_sentence(self) -> tuple[str, ...]:
        """The sentence in lines, its first indented."""
        if not self._document.sentence:
            return ()
        measure = self._faces.measure(Face.REGULAR, self._paper.sentence_size)
        text = self._faces.printable(self._document.sentence)
        return _indented(text, self._width, self._paper.sentence_indent, measure)

    def _paginate(self, setter: Setter) -> list[list[SetRow]]:
        full = self._page[1] - self._paper.top - self._paper.bottom - self._header.height
        rows = [setter.set(row) for row in _kept_to_the_end(self._document.rows)]
        pages = Paginator(full - self._opening_height(), full, self._table.leading, setter.split)
        return pages.fill(rows, max(block.height for block in self._signature) + _GAP)

    def _opening_height(self) -> float:
        head = self._letterhead
        sentence = len(self._sentence) * self._paper.sentence_size * 1.3 + (_GAP if self._sentence else 0)
        return max(head.left.height, head.right.height) + head.title.height + sentence + _GAP

    def _draw_opening(self, painter: Painter, top: float) -> float:
        head: Letterhead = self._letterhead
        left, width = self._paper.left, self._width
        self._draw_block(painter, head.left, left + width * 0.23, top)
        self._draw_block(painter, head.right, left + width * 0.74, top)
        below = top + max(head.left.height, head.right.height)
        self._draw_block(painter, head.title, left + width / 2, below)
        below += head.title.height + (_GAP if self._sentence else 0)
        size = self._paper.sentence_size
        for index, line in enumerate(self._sentence):
            indent = 0.0 if index else self._paper.sentence_indent
            painter.text(left + indent, below + size * (1.3 * index + 1), line, Face.REGULAR, size)
        return top + self._opening_height()

    def _draw_rows(self, painter: Painter, rows: Sequence[SetRow], top: float) -> float:
        """The header row, where there are framed rows, and the rows; returns where they end."""
        if any(row.row.framed for row in rows):
            rows = [self._header, *rows]
        for row in rows:
            self._draw_row(painter, row, top)
            top += row.height
        return top

    def _draw_row(self, painter: Painter, row: SetRow, top: float) -> None:
        table, left = self._table, self._paper.left
        if row.row.shade:
            painter.shade(left, top, self._width, row.height, row.row.shade)
        if row.row.framed:
            xs = [*(left + cell.x for cell in row.cells), left + self._width]
            painter.grid(xs, top, top + row.height)
        if row.row.bookmark:
            painter.bookmark(*row.row.bookmark, top)
        for cell in row.cells:
            x, room = left + cell.x + table.padding, cell.width - 2 * table.padding
            painter.lines(x, top + table.padding, room, cell.lines, table.size, table.leading, cell.centred)

    def _draw_signature(self, painter: Painter, top: float) -> None:
        for block, axis in zip(self._signature, (0.25, 0.75), strict=True):
            self._draw_block(painter, block, self._paper.left + self._width * axis, top)

    def _draw_block(self, painter: Painter, block: Block, axis: float, top: float) -> None:
        for line in block.lines:
            painter.centred(axis, top + line.drop, line.text, line.face, line.size)
            if line.rule:
                painter.rule(axis - line.rule / 2, top + line.drop + line.size * 0.38, line.rule)

    def _draw_foot(self, painter: Painter, number: int) -> None:
        head = self._document.head
        baseline = self._page[1] - self._paper.foot
        left, right = self._paper.left, self._page[0] - self._paper.right
        measure = self._faces.measure(Face.REGULAR, _FOOT_SIZE)
        page = f"Trang {number}/{len(self._pages)}"
        updated = phrases.updated(head.updated)
        painter.text(left, baseline, updated, Face.REGULAR, _FOOT_SIZE)
        painter.ending(right, baseline, page, Face.REGULAR, _FOOT_SIZE)
        room = self._width - 2 * measure(updated) - 2 * _GAP
        name = " – ".join(part for part in (head.title, head.period) if part)
        name = wrap(self._faces.printable(name), room, measure)[0]
        painter.centred(left + self._width / 2, baseline, name, Face.REGULAR, _FOOT_SIZE)


def _kept_to_the_end(rows: Sequence[TableRow]) -> list[TableRow]:
    """The rows with the last framed one and the notes below it kept together, so that they and the signature share a
    page.
    """
    first_note = next((index for index, row in enumerate(rows) if not row.framed), len(rows))
    return [
        replace(row, keep_with_next=first_note - 1 <= index < len(rows) - 1 or row.keep_with_next)
        for index, row in enumerate(rows)
    ]


def _header(table: TableLayout) -> TableRow:
    cells = tuple(TableCell((Passage(each.heading, Face.BOLD),), centred=True) for each in table.columns)
    return TableRow(cells, shade=table.shades["header"])


def _indented(text: str, width: float, indent: float, measure: Measure) -> tuple[str, ...]:
    """Lines of which the first is shorter by ``indent``."""
    first, *others = wrap(text, width - indent, measure)
    return (first, *wrap(" ".join(others), width, measure)) if others else (first,)

