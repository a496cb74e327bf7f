"""Excel and Word plans made by hand for the tests, and their reading in short."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop.importers.files.legacy import Encoding
from desktop.importers.files.sources import Source, open_source
from desktop.importers.printed_plan import PrintedPlan
from desktop.models.plan import Node, Plan
from tests.importers.plan_text import damaged_words, long_bien_tree

Printed = str | int | float | datetime | None


@dataclass(frozen=True)
class Short:
    """A node in short, as a person would write down what a row says."""

    path: str
    kind: str
    title: str
    leads: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    extra: tuple[tuple[str, str], ...] = ()


def short(node: Node) -> Short:
    """A node in short."""
    return Short(
        node.path, node.kind.value, node.title, node.lead_units, node.coordinating_units, node.leaders,
        node.start.text, node.end.text, node.extra,
    )


def shorts(plan: Plan) -> list[Short]:
    """All nodes in short."""
    return [short(node) for node in plan.nodes]


def sheet_of(book: Workbook) -> Worksheet:
    """The first sheet of a new workbook."""
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return sheet


def workbook(rows: Sequence[Sequence[Printed]], change: Callable[[Worksheet], None] | None = None) -> bytes:
    """A workbook of one sheet; ``change`` may merge, hide and format before it is saved."""
    book = Workbook()
    sheet = sheet_of(book)
    for place, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None and value != "":
                sheet.cell(place, column, value)
    if change is not None:
        change(sheet)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def document(rows: Sequence[Sequence[str]], before: Sequence[str] = (),
             change: Callable[[WordDocument], None] | None = None) -> bytes:
    """A Word file of paragraphs and one table below them."""
    made = Document()
    for text in before:
        made.add_paragraph(text)
    table = made.add_table(rows=len(rows), cols=max(map(len, rows)))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text
    if change is not None:
        change(made)
    return written(made)


def written(made: WordDocument) -> bytes:
    """The bytes of a Word document."""
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def source(data: bytes, ending: str = ".xlsx", chosen: Encoding | None = None) -> Source:
    """A plan file taken apart."""
    return open_source(data, ending, chosen)


def read(data: bytes, ending: str = ".xlsx", table: str = "", chosen: Encoding | None = None) -> Plan:
    """The plan in the bytes of a file, with the bundled tree."""
    opened = source(data, ending, chosen)
    candidate = opened.table(table)
    told = (*opened.others(candidate), *opened.doubts)
    return PrintedPlan(candidate, told).read(long_bien_tree(), damaged_words())


def with_parts(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """The same zip file with parts put in, replaced, or left out (None)."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name not in changes:
                after.writestr(name, before.read(name))
        for name, body in changes.items():
            if body is not None:
                after.writestr(name, body)
    return stream.getvalue()


def part(data: bytes, name: str) -> bytes:
    """One part of a zip file."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name)
