"""A Word file -> one grid for each table that has a header, with the paragraphs around it."""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from desktop.importers.checks.doubts import Doubt, note, warning
from desktop.importers.files.file_kind import damaged
from desktop.importers.files.grid import CELL_BREAK, Grid, GridRow
from desktop.importers.files.office_file import OfficeFile
from desktop.importers.files.office_parts import main_part, open_part, relations
from desktop.importers.files.sheet import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Convert, too_long, too_many_rows
from desktop.importers.files.word_text import Noticed, WordText
from desktop.importers.table.columns import read_header
from desktop.importers.table.whole_rows import split_marker

_MOST_HEADINGS = 2
"""Paragraphs with numbers between two tables of the same columns that are headings in one table."""
_Cell = tuple[int, int, str, bool]
"""First and last grid column, text, whether it continues the cell above."""


@dataclass(slots=True)
class _Table:
    rows: list[GridRow] = field(default_factory=list)
    meanings: tuple[int, ...] = ()
    width: int = 0


def read_document(file: OfficeFile, convert: Convert) -> tuple[tuple[Grid, ...], tuple[Doubt, ...]]:
    """The tables of a file that passed the guard, and what is to be told of the document as a whole.

    A table that goes on in another one (the same header again, or none and as many columns) is one. Raises Refused
    PLAN_DAMAGED, PLAN_TOO_MANY_ROWS, PLAN_CELL_TOO_LONG.
    """
    try:
        with zipfile.ZipFile(BytesIO(file.data)) as archive:
            main = main_part(archive)
            parts = dict(relations(archive, main).values())
            root = _parsed(archive, main)
            space = root.tag.partition("}")[0] + "}"
            styles, numbers = (
                _parsed(archive, parts[kind]) if kind in parts else None for kind in ("styles", "numbering")
            )
            reader = WordText(space, styles, numbers, convert)
            body = root.find(f"{space}body")
            if body is None:
                raise damaged()
            lines, tables = _read_body(body, reader)
            lines.extend(_footnotes(archive, parts, reader))
    except (zipfile.BadZipFile, zlib.error, EOFError, ElementTree.ParseError, LookupError, ValueError) as error:
        raise damaged() from error
    return _grids(lines, tables), tuple(_doubts(reader.noticed))


def _parsed(archive: zipfile.ZipFile, part: str) -> Element:
    with open_part(archive, part) as source:
        return ElementTree.parse(source).getroot()


def _read_body(body: Element, reader: WordText) -> tuple[list[str], list[_Table]]:
    """The text by place, and the tables in order; those that go on in the next one are joined."""
    lines: list[str] = []
    tables: list[_Table] = []
    between: list[int] = []
    for element in reader.flat(body, "p", "tbl"):
        if reader.local(element) == "p":
            reader.place = len(lines) + 1
            lines.append(_bounded(reader.paragraph(element), reader.place))
            between.extend([len(lines)] if lines[-1] else [])
            continue
        heads = [_heading_row(place, lines) for place in between[-_MOST_HEADINGS:]]
        apart = not all(split_marker(row.cells[0])[0] for row in heads) or len(between) > len(heads)
        table = _read_table(element, reader, lines)
        if tables and not (apart if table.meanings else between) and _goes_on(tables[-1], table):
            tables[-1].rows.extend((*heads, *table.rows))
        else:
            table.rows[:0] = [row for row in heads[-1:] if split_marker(row.cells[0])[0]]
            tables.append(table)
        between = []
    return lines, tables


def _heading_row(place: int, lines: list[str]) -> GridRow:
    """A paragraph as a row whose one cell reaches over the table: what heads a table of the same columns."""
    return GridRow(place, (lines[place - 1],), ((0, MAX_COLUMNS - 1),))


def _footnotes(archive: zipfile.ZipFile, parts: Mapping[str, str], reader: WordText) -> list[str]:
    """The texts of foot- and endnotes in the order they are referred to, numbered as they are printed."""
    texts: dict[tuple[str, str], str] = {}
    for kind in {kind for _, kind, _ in reader.noticed.footnotes} & parts.keys():
        for one in _parsed(archive, parts[kind]):
            texts[kind, one.get(f"{reader.space}id", "")] = reader.cell(one)
    numbered = [
        (place, number, text) for number, (place, kind, key) in enumerate(reader.noticed.footnotes, start=1)
        if (text := texts.get((kind, key), ""))
    ]
    reader.noticed.kept = [place for place, _, _ in numbered]
    return [_bounded(f"({number}) {text}", number) for _, number, text in numbered]


def _goes_on(before: _Table, table: _Table) -> bool:
    if table.meanings:
        return table.meanings == before.meanings
    return bool(before.meanings) and before.width == table.width


def _read_table(element: Element, reader: WordText, lines: list[str]) -> _Table:
    printed: list[tuple[int, list[_Cell]]] = []
    for row in reader.flat(element, "tr"):
        reader.place = len(lines) + 1
        if reader.value(row, "trPr", "del") is not None:
            reader.noticed.changes.append(reader.place)
            continue
        cells = list(_cells(row, reader))
        printed.append((reader.place, cells))
        lines.append(CELL_BREAK.join(text for _, _, text, _ in cells if text))
        if len(lines) > MAX_ROWS:
            raise too_many_rows()
    table = _Table(_rows(printed), width=max((len(cells) for _, cells in printed), default=0))
    header = next(filter(None, (read_header(table.rows, at, False) for at in range(len(table.rows)))), None)
    table.meanings = header.meanings if header else ()
    return table


def _cells(row: Element, reader: WordText) -> Iterator[_Cell]:
    column = int(reader.value(row, "trPr", "gridBefore") or 0)
    for cell in reader.flat(row, "tc"):
        span = max(int(reader.value(cell, "tcPr", "gridSpan") or 1), 1)
        if column < 0 or column + span > MAX_COLUMNS:
            raise damaged()
        goes_on = reader.value(cell, "tcPr", "vMerge") in ("", "continue")
        text = "" if goes_on else _bounded(reader.cell(cell), reader.place)
        yield column, column + span - 1, text, goes_on
        column += span


def _bounded(text: str, place: int) -> str:
    if len(text) > MAX_CELL:
        raise too_long(place)
    return text


def _rows(printed: Sequence[tuple[int, list[_Cell]]]) -> list[GridRow]:
    """Cells in columns. Word lets every row have borders of its own: columns are those of the most usual row."""
    shapes = Counter(tuple((first, last) for first, last, _, _ in cells) for _, cells in printed)
    counts = Counter(len(cells) for _, cells in printed)
    usual = max(counts, key=lambda count: (counts[count], count), default=0)
    shape = max((one for one in shapes if len(one) == usual), key=lambda one: shapes[one], default=())
    column_of = {at: rank for rank, (first, last) in enumerate(shape) for at in range(first, last + 1)}
    open_cells: dict[int, str] = {}
    rows: list[GridRow] = []
    for place, cells in printed:
        texts: list[str] = []
        merged: list[tuple[int, int]] = []
        above: list[tuple[int, str]] = []
        for rank, (first, last, text, goes_on) in enumerate(cells):
            start = rank if len(cells) == usual else column_of.get(first, first)
            end = rank if len(cells) == usual else max(column_of.get(last, last), start)
            texts.extend([""] * (start + 1 - len(texts)))
            if goes_on:
                above.append((start, open_cells.get(start, "")))
                continue
            texts[start] = f"{texts[start]} {text}".strip() if texts[start] else text
            open_cells[start] = texts[start]
            if end > start:
                merged.append((start, end))
        while texts and not texts[-1]:
            texts.pop()
        rows.append(GridRow(place, tuple(texts), tuple(merged), tuple(above)))
    return rows


def _grids(lines: Sequence[str], tables: Sequence[_Table]) -> tuple[Grid, ...]:
    headed = [table for table in tables if table.meanings]
    grids = []
    for number, table in enumerate(headed, start=1):
        others = {row.place for one in headed for row in one.rows if one is not table}
        own = {row.place for row in table.rows}
        text = tuple("" if place in others else line for place, line in enumerate(lines, start=1))
        beside = tuple(place for place in range(1, len(lines) + 1) if place not in own and place not in others)
        grids.append(Grid(str(number), f"Bảng {number}", tuple(table.rows), text, beside=beside))
    return tuple(grids)


def _doubts(noticed: Noticed) -> Iterator[Doubt]:
    if noticed.changes:
        yield warning(
            "TRACKED_CHANGES", "Tệp còn chỉnh sửa chưa chấp nhận (Track Changes): chữ thêm được đọc, chữ xóa bỏ qua.",
            _once(noticed.changes), "",
        )
    if noticed.numbers:
        yield note(
            "NUMBERS_FROM_WORD", "Số thứ tự do Word tự đánh (danh sách tự động) được tính lại theo thứ tự trong tệp.",
            _once(noticed.numbers), "",
        )
    if noticed.kept:
        yield note(
            "FOOTNOTES_BELOW", "Chú thích của các dòng này được giữ ở phần lời, sau bảng; dấu chú thích không ghi trong"
            " ô.", _once(noticed.kept), "",
        )
    if noticed.hidden:
        yield warning("TEXT_HIDDEN", "Chữ bị ẩn trong tệp; vẫn được đọc.", _once(noticed.hidden), "")
    if noticed.nested:
        yield warning(
            "NESTED_TABLE_SKIPPED", "Trong ô có một bảng nhỏ; bảng nhỏ đó không được đọc.", _once(noticed.nested), "",
        )
    if noticed.boxes:
        yield warning("TEXT_BOX_SKIPPED", "Chữ trong khung vẽ (text box) không được đọc.", _once(noticed.boxes), "")


def _once(places: Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(places))
