"""Excel workbooks of sheets: styles, cells that stay what they are, page setup; same data, same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Protocol
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from desktop.models.errors import EnvironmentTrouble
from desktop.models.text import nfc
from desktop.reports.libraries import ExcelLibrary, excel_library
from desktop.reports.row_heights import row_height

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Font, NamedStyle

Value = str | int | float | date | None

HEAD, TITLE, PLAIN, HEADER = "STĐ đơn vị", "STĐ tên bảng", "STĐ chữ", "STĐ đầu cột"
TEXT, CENTRED, PERCENT, DAY = "STĐ nội dung", "STĐ giữa", "STĐ tỷ lệ", "STĐ ngày"
_HEADING = " đề mục"

_FACE = "Times New Roman"
A3, A4 = 8, 9
"""Paper sizes by their numbers in the file format (ECMA-376, pageSetup)."""
# Signs that Excel takes for the beginning of a formula when a cell is typed into.
_FORMULA_SIGNS = ("=", "+", "-", "@")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a workbook sheet; ``width`` in letters, ``style`` for its cells below the header."""

    heading: str
    width: float
    style: str


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line: values from the first column on, in one style or in that of each column, in bold for a ``heading``;
    ``level`` is that of the outline, 0 the highest.
    """

    values: tuple[Value, ...]
    style: str | None = None
    level: int = 0
    heading: bool = False


@dataclass(frozen=True, slots=True)
class WorkbookContent:
    """One sheet of a workbook. ``opening`` stands above the header row, ``closing`` below the body."""

    name: str
    title: str
    author: str
    made: datetime
    foot: str
    opening: tuple[SheetLine, ...]
    columns: tuple[SheetColumn, ...]
    body: Sequence[SheetLine]
    closing: tuple[SheetLine, ...]
    paper: int = A3


class StreamedSheet(Protocol):
    """What is used of openpyxl's write-only sheet (its type stubs leave most of it out)."""

    row_dimensions: Mapping[int, Any]
    column_dimensions: Mapping[str, Any]
    sheet_format: Any
    sheet_properties: Any
    page_setup: Any
    page_margins: Any
    print_options: Any
    oddFooter: Any
    auto_filter: Any
    freeze_panes: str | None
    print_title_rows: str | None
    print_area: Any

    def append(self, row: Iterator[Cell]) -> None:
        """Write the next row, cell by cell."""


class _DatedZip(ZipFile):
    """A ZIP whose members all bear one moment, so that the same data give the same bytes."""

    moment = (2000, 1, 1, 0, 0, 0)

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: Any, *_: Any, **__: Any) -> None:
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        member = ZipInfo(name, self.moment)
        member.compress_type = ZIP_DEFLATED
        super().writestr(member, data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        with open(filename, "rb") as file:
            self.writestr(arcname, file.read())


def workbook_bytes(content: WorkbookContent) -> bytes:
    """The workbook: header frozen and repeated in print, filter, outline, landscape fitted to the paper's width.

    Raises EnvironmentTrouble SHEET_NOT_WRITTEN when the library finds no room for its temporary file.
    """
    library = excel_library()
    book = library.workbook(write_only=True)
    for style in _styles(library):
        book.add_named_style(style)
    sheet: StreamedSheet = book.create_sheet(content.name)
    _describe(book, content)
    out = BytesIO()
    try:
        _write(library, sheet, content)
        archive = _DatedZip(out, "w", ZIP_DEFLATED)
        archive.moment = content.made.timetuple()[:6]
        library.writer(book, archive).save()
    except OSError as trouble:
        raise EnvironmentTrouble(
            "SHEET_NOT_WRITTEN",
            "Không ghi được tệp tạm nên chưa lập được bảng Excel; số liệu vẫn nguyên.",
            "Hãy kiểm tra dung lượng ổ đĩa và quyền ghi vào thư mục tạm rồi làm lại.",
        ) from trouble
    return out.getvalue()


def plain(text: str) -> str:
    """The text as a cell can hold it: NFC, without control signs."""
    return _NOT_IN_XML.sub("", nfc(text).replace("\r\n", "\n").replace("\r", "\n"))


def _describe(book: Workbook, content: WorkbookContent) -> None:
    properties = book.properties
    properties.title = content.title
    properties.creator = content.author
    properties.lastModifiedBy = "Sổ tiến độ"
    properties.language = "vi-VN"
    # The file format wants universal time, without saying so in the value.
    made = content.made if content.made.tzinfo is None else content.made.astimezone(UTC).replace(tzinfo=None)
    properties.created = properties.modified = made.replace(microsecond=0)


def _write(library: ExcelLibrary, sheet: StreamedSheet, content: WorkbookContent) -> None:
    header = len(content.opening) + 1
    lines = [*content.opening, SheetLine(tuple(column.heading for column in content.columns), HEADER), *content.body]
    lines += content.closing
    _set_up(sheet, content, header, header + len(content.body), len(lines))
    widths = [column.width for column in content.columns]
    cells = _Cells(library, sheet)
    for number, line in enumerate(lines, start=1):
        values = [plain(value) if isinstance(value, str) else value for value in line.values]
        dimensions = sheet.row_dimensions[number]
        if line.level:
            dimensions.outlineLevel = line.level
        if line.style in (None, HEADER):
            texts = (value if isinstance(value, str) else "" for value in values)
            dimensions.height = row_height(zip(texts, widths, strict=False))
        styles = (line.style or column.style + (_HEADING if line.heading else "") for column in content.columns)
        sheet.append(cells.filled(value, style) for value, style in zip(values, styles, strict=False))


class _Cells:
    """One cell for each style, filled anew for every value: each is written before the next is asked for."""

    def __init__(self, library: ExcelLibrary, sheet: StreamedSheet) -> None:
        self._library = library
        self._sheet = sheet
        self._cells: dict[tuple[str, bool], Cell] = {}

    def filled(self, value: Value, style: str) -> Cell:
        """A cell with the value; text that looks like a formula stays text."""
        guarded = isinstance(value, str) and value.startswith(_FORMULA_SIGNS)
        cell = self._cells.get((style, guarded))
        if cell is None:
            cell = self._cells[style, guarded] = self._library.cell(self._sheet)
            cell.style = style
            # As with an apostrophe typed before it: Excel leaves it text when someone edits the cell.
            cell.quotePrefix = guarded
        cell.value = None if value == "" else value
        if guarded:
            cell.data_type = "s"
        return cell


def _set_up(sheet: StreamedSheet, content: WorkbookContent, header: int, last: int, end: int) -> None:
    """Everything that must be known before the first row is written."""
    letters = [_letter(index) for index in range(len(content.columns))]
    for letter, column in zip(letters, content.columns, strict=True):
        sheet.column_dimensions[letter].width = column.width
    sheet.sheet_format.outlineLevelRow = max((line.level for line in content.body), default=0)
    sheet.sheet_properties.outlinePr.summaryBelow = False
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = content.paper
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    # Inches: 20 mm above and below, 30 left, 15 right (office.md, "Sheets as they are filed").
    margins = sheet.page_margins
    margins.top, margins.bottom, margins.left, margins.right = 0.79, 0.79, 1.18, 0.59
    margins.header = margins.footer = 0.4
    sheet.print_options.horizontalCentered = True
    foot = {"left": content.foot.replace("&", "&&"), "right": "Trang &P/&N"}
    for side, text in foot.items():
        part = getattr(sheet.oddFooter, side)
        part.text, part.font, part.size = text, f"{_FACE},Regular", 10
    sheet.freeze_panes = f"C{header + 1}"
    sheet.print_title_rows = f"{header}:{header}"
    sheet.print_area = f"A1:{letters[-1]}{end}"
    sheet.auto_filter.ref = f"A{header}:{letters[-1]}{max(last, header)}"


def _letter(index: int) -> str:
    return chr(ord("A") + index)


def _styles(library: ExcelLibrary) -> list[NamedStyle]:
    def font(bold: bool, size: int = 11) -> Font:
        return library.font(name=_FACE, size=size, bold=bold)

    thin = library.side(style="thin", color="000000")
    box = library.border(left=thin, right=thin, top=thin, bottom=thin)
    grey, pale = (library.fill("solid", fgColor=colour) for colour in ("E0E0E0", "F2F2F2"))
    wrapped = library.alignment(vertical="top", wrap_text=True)
    centred = library.alignment(horizontal="center", vertical="top", wrap_text=True)
    styles = [
        library.style(HEAD, font=font(True)),
        library.style(TITLE, font=font(True, 14)),
        library.style(PLAIN, font=font(False)),
        library.style(HEADER, font=font(True), border=box, fill=grey, alignment=centred),
    ]
    kinds = {
        # "@" shows at most 255 letters in some versions: long texts stay General, numbers of rows stay as typed.
        TEXT: (wrapped, "General"),
        CENTRED: (centred, "@"),
        PERCENT: (centred, "0%"),
        DAY: (centred, "dd/mm/yyyy"),
    }
    for name, (alignment, number) in kinds.items():
        styles.append(library.style(name, font(False), None, box, alignment, number))
        styles.append(library.style(name + _HEADING, font(True), pale, box, alignment, number))
    return styles
