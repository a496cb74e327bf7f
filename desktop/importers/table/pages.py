"""A grid -> the rows of the plan's table: headers found, cells in their columns, headings that reach over a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from desktop.importers.checks.doubts import note, warning
from desktop.importers.files.grid import Grid, GridRow, column_letter
from desktop.importers.table.columns import Header, read_header
from desktop.importers.table.repairs import surplus_column, torn_rows, unglue
from desktop.importers.table.shapes import CODE, TITLE, UNKNOWN, PrintedRow, Table, seven
from desktop.importers.table.whole_rows import WholePage, lone_text, split_marker
from desktop.models.plan import CellReading
from desktop.models.plan_columns import COLUMN_NAMES
from desktop.models.text import squeeze

_FEWEST_REPEATS = 3
_LONGEST_CODE = 12
_FIRST_TWO = (("I", "II"), ("A", "B"), ("1", "2"))
_FEW_KNOWN = 2
"""Number and content alone make no plan's table where another table of the sheet has more."""
_SIGNED = re.compile(
    r"\s*(?:nơi nhận|người lập|ghi chú|tm\.|kt\.|tl\.|t/m|k/t|t/l|tổng (?:cộng|số)\b|cộng\b)", re.IGNORECASE
)


@dataclass(slots=True)
class _Page:
    """The rows under one header, still as wide as they are printed."""

    header: Header
    header_lines: tuple[int, ...]
    rows: list[GridRow] = field(default_factory=list)

    @property
    def place(self) -> int:
        """Where the page begins."""
        return self.header_lines[0]


def read_table(grid: Grid) -> Table:
    """The table of a grid; no rows at all when there is none."""
    table = Table(torn=grid.torn)
    pages = _own_pages(_pages(grid, table), table)
    _take_first_heading(pages, grid)
    for rank, page in enumerate(pages):
        if grid.torn:
            _take_torn(page, table, follows=rank > 0)
        else:
            last = len(page.rows) if rank + 1 < len(pages) else _last_row(page.header, page.rows)
            table.strays.extend(row.place for row in page.rows[last:] if any(cell.strip() for cell in row.cells))
            _take_whole(replace(page, rows=page.rows[:last]), table, grid, follows=rank > 0, repeated=len(pages) > 1)
    if pages and not any(row.cells[CODE] for row in table.rows if not row.banner):
        _number_from_titles(table)
    _tell_columns(pages, table)
    return table


def _own_pages(pages: Sequence[_Page], table: Table) -> list[_Page]:
    """The pages of the plan's own table; another one beside it in the sheet (a list of members) stays text."""
    table.known = max((page.header.known for page in pages), default=0)
    few = 0 if table.torn or table.known <= _FEW_KNOWN + 1 else _FEW_KNOWN
    own = [page for page in pages if page.header.known > few]
    table.first_line = own[0].place if own else 0
    table.header_lines.extend(place for page in own for place in page.header_lines)
    for page in (one for one in pages if one.header.known <= few):
        filled = [*page.header_lines, *(row.place for row in page.rows if any(cell.strip() for cell in row.cells))]
        # What stands above the table is text already.
        table.strays.extend(place for place in filled if place > table.first_line)
        table.doubts.append(note(
            "TABLE_KEPT_AS_TEXT", f"Bảng có các cột “{'”, “'.join(one.heading for one in page.header.columns)}”"
            " không phải biểu tiến độ; được giữ ở phần lời.", tuple(filled), "",
        ))
    return own


def _take_first_heading(pages: Sequence[_Page], grid: Grid) -> None:
    """Where each section has a table of its own, the heading above the first header is a row like those between."""
    if grid.torn or len(pages) < 2:
        return
    above = next((row for row in reversed(grid.rows) if row.place < pages[0].place and any(row.cells)), None)
    if above is None or not pages[0].rows:
        return
    one, other = (lone_text(row, pages[0].header, _FEWEST_REPEATS) for row in (above, pages[0].rows[-1]))
    if one and other and (split_marker(one[1])[0], split_marker(other[1])[0]) in _FIRST_TWO:
        pages[0].rows.insert(0, above)


def _pages(grid: Grid, table: Table) -> list[_Page]:
    pages: list[_Page] = []
    rows = grid.rows
    at = 0
    while at < len(rows):
        row = rows[at]
        header = read_header(rows, at, grid.torn)
        if header is not None:
            pages.append(_Page(header, tuple(one.place for one in rows[at:at + header.height])))
            at += header.height
            continue
        at += 1
        if pages and grid.torn and len(row.cells) == 1:
            if row.cells[0].strip():
                table.strays.append(row.place)
        elif pages:
            pages[-1].rows.append(row)
    return pages


def _take_torn(page: _Page, table: Table, *, follows: bool) -> None:
    rows, doubts = torn_rows(page.header, page.place, [(row.place, row.cells) for row in page.rows], follows)
    table.doubts.extend(doubts)
    for row, raw in zip(rows, page.rows, strict=True):
        lone = lone_text(raw, page.header, _FEWEST_REPEATS)
        table.rows.append(_banner(row, lone) if lone else row)


def _take_whole(page: _Page, table: Table, grid: Grid, *, follows: bool, repeated: bool) -> None:
    """Rows of a sheet or a Word table. Where its header is ``repeated`` it may be a PDF's pages, damage included."""
    # Merged headings say where each column stands: nothing was pushed aside there.
    apart = all(column.first == column.last for column in page.header.columns)
    if repeated and apart and surplus_column(page.header, [row.cells for row in page.rows]) is not None:
        rows = [_with_plain_code(row, page.header) for row in page.rows]
        _take_torn(replace(page, rows=rows), table, follows=follows)
    else:
        _take_sheet(page, table, grid, follows=follows, repeated=repeated)
    hidden = tuple(row.place for row in page.rows if row.hidden)
    if hidden:
        table.doubts.append(warning("ROWS_HIDDEN", "Dòng bị ẩn trong tệp; vẫn được đọc.", hidden, ""))
    covered = [
        column.heading or column_letter(column.first) for column in page.header.columns
        if column.first in grid.hidden_columns
    ]
    if covered:
        table.doubts.append(warning(
            "COLUMNS_HIDDEN", f"Cột bị ẩn trong tệp, vẫn được đọc: “{'”, “'.join(covered)}”.", (page.place,), ""
        ))


def _with_plain_code(row: GridRow, header: Header) -> GridRow:
    """A number that was typed as a number with its point: 2.5, where the sheet shows 2,5."""
    at = next((column.first for column in header.columns if column.meaning == CODE), -1)
    if at not in row.typed or at >= len(row.cells):
        return row
    return replace(row, cells=(*row.cells[:at], row.cells[at].replace(",", "."), *row.cells[at + 1:]))


def _take_sheet(page: _Page, table: Table, grid: Grid, *, follows: bool, repeated: bool) -> None:
    sheet = WholePage(page.header, grid.since_1904)
    for rank, row in enumerate(page.rows):
        made = sheet.row(row, first_of_page=follows and rank == 0)
        if lone := lone_text(row, page.header, _FEWEST_REPEATS):
            made = _banner(made, lone)
        elif repeated:
            cells, doubts = unglue(row.place, made.cells)
            made = replace(made, cells=cells)
            table.doubts.extend(doubts)
        table.rows.append(made)
    table.doubts.extend(sheet.doubts())


def _banner(row: PrintedRow, found: tuple[str, str]) -> PrintedRow:
    """A row that is one text: a heading, its number split off where it begins with one."""
    printed_code, text = found
    code, title = (row.cells[CODE] or printed_code, text) if printed_code else split_marker(text)
    numbered = code[:1].isdecimal()
    cells = seven([code, title, "", "", "", "", ""])
    printed = seven([printed_code, text, "", "", "", "", ""])
    return PrintedRow(row.line, cells, printed, row.first_of_page, banner=not numbered)


def _last_row(header: Header, rows: Sequence[GridRow]) -> int:
    """How many rows belong to the last page of a table: signatures and remarks below it do not."""
    spans = {column.meaning: (column.first, column.last + 1) for column in header.columns}

    def is_own(row: GridRow, *, near: bool) -> bool:
        code, title = ("".join(row.cells[slice(*spans.get(meaning, (0, 0)))]).strip() for meaning in (CODE, TITLE))
        filled = sum(bool(cell.strip()) for cell in row.cells)
        if any(_SIGNED.match(cell) for cell in row.cells):
            return False
        if code or CODE not in spans:
            return bool(title) and filled > 1 and len(code) <= _LONGEST_CODE
        return near and (bool(title) or filled > 1 or bool(row.above))

    # From the end: of a long table only the last rows have to be looked at.
    last = next((rank for rank in range(len(rows), 0, -1) if is_own(rows[rank - 1], near=False)), 0)
    before = rows[last - 1].place if last else 0
    for row in rows[last:]:
        if not is_own(row, near=row.place - before <= 1):
            break
        last, before = last + 1, row.place
    return last


def _number_from_titles(table: Table) -> None:
    """Where no column holds numbers, contents may begin with them ("1. Rà soát ..."): then those count."""
    split = [split_marker(row.cells[TITLE]) for row in table.rows]
    if 2 * sum(bool(code) for code, _ in split) < len(table.rows):
        table.numbered = False
        return
    table.rows = [
        row if row.banner or not code else replace(row, cells=seven([code, title, *row.cells[TITLE + 1:]]))
        for row, (code, title) in zip(table.rows, split, strict=True)
    ]


def _tell_columns(pages: Sequence[_Page], table: Table) -> None:
    strange: dict[str, list[int]] = {}
    for page in pages:
        for column in page.header.columns:
            if column.meaning == UNKNOWN:
                strange.setdefault(squeeze(column.heading), []).append(page.place)
    table.doubts.extend(
        note("COLUMNS_UNKNOWN",
             f"Cột “{name}” không phải cột của biểu tiến độ; các ô của cột được giữ nguyên thành cột thêm của dòng,"
             " không dùng để đọc.", tuple(places), "",
             CellReading(name, name, "cột khác, giữ nguyên", f"tên một cột: {', '.join(COLUMN_NAMES.values())}"))
        for name, places in strange.items()
    )
    if pages and not table.numbered:
        table.doubts.append(note(
            "NUMBERS_ABSENT", "Bảng không có cột số thứ tự; các dòng được đánh số theo thứ tự trong từng mục.",
            (pages[0].place,), "",
        ))
