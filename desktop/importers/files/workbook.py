"""An Excel file -> one grid for each sheet."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from desktop.importers.checks.doubts import Doubt, note, warning
from desktop.importers.files.file_kind import damaged
from desktop.importers.files.grid import CELL_BREAK, Grid, GridRow
from desktop.importers.files.office_file import OfficeFile
from desktop.importers.files.office_parts import open_part
from desktop.importers.files.sheet import MAX_COLUMNS, Convert, Sheet, read_sheet
from desktop.importers.files.sheet_aside import Aside, read_aside
from desktop.importers.files.workbook_parts import SheetPart, read_parts
from desktop.models.text import nfc


def read_workbook(file: OfficeFile, convert: Convert) -> tuple[Grid, ...]:
    """The sheets of a file that passed the guard, in their order.

    Raises Refused PLAN_DAMAGED, PLAN_TOO_MANY_ROWS, PLAN_CELL_TOO_LONG.
    """
    try:
        with zipfile.ZipFile(BytesIO(file.data)) as archive:
            parts = read_parts(archive)
            grids = []
            for part in parts.sheets:
                with open_part(archive, part.part) as source:
                    sheet = read_sheet(source, parts, convert)
                grids.append(_grid(part, sheet, read_aside(archive, part.part), parts.since_1904))
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise damaged() from error
    return tuple(grids)


def _grid(part: SheetPart, sheet: Sheet, aside: Aside, since_1904: bool) -> Grid:
    name = nfc(part.name)
    return Grid(
        key=name, name=f"Trang tính “{name}”", rows=tuple(sheet.rows), lines=_lines(sheet.rows), hidden=part.hidden,
        hidden_columns=sheet.hidden_columns, since_1904=since_1904,
        doubts=(*_doubts(part, sheet), *_aside_doubts(aside)),
    )


def _lines(rows: list[GridRow]) -> tuple[str, ...]:
    lines = [""] * (rows[-1].place if rows else 0)
    for row in rows:
        lines[row.place - 1] = CELL_BREAK.join(cell for cell in row.cells if cell)
    return tuple(lines)


def _aside_doubts(aside: Aside) -> Iterator[Doubt]:
    if aside.comments:
        yield note(
            "COMMENTS_SKIPPED", "Ghi chú gắn vào ô (comment) không phải chữ của bảng nên không được đọc; hãy xem trong"
            " tệp.", aside.comments, "",
        )
    if aside.has_box:
        yield warning("TEXT_BOX_SKIPPED", "Chữ trong khung vẽ (text box) không được đọc.", (), "")


def _doubts(part: SheetPart, sheet: Sheet) -> list[Doubt]:
    doubts: list[Doubt] = []
    if part.hidden:
        doubts.append(warning("SHEET_HIDDEN", f"Trang tính “{part.name}” bị ẩn trong tệp; vẫn được đọc.", (), ""))
    if sheet.without_value:
        doubts.append(warning(
            "FORMULA_WITHOUT_VALUE", "Ô có công thức nhưng tệp không lưu kết quả; ô được đọc là trống. Hãy mở tệp bằng"
            " Excel, lưu lại rồi đọc lại.", tuple(dict.fromkeys(sheet.without_value)), "",
        ))
    doubts.extend(
        warning("CELL_ERROR_VALUE", f"Ô có lỗi công thức “{text}”; giữ nguyên như trong tệp.", (place,))
        for place, text in sheet.errors
    )
    if sheet.far:
        doubts.append(warning(
            "CELLS_FAR_RIGHT", f"{len(sheet.far)} ô nằm ngoài {MAX_COLUMNS} cột đầu nên không được đọc.",
            tuple(dict.fromkeys(sheet.far)), "",
        ))
    return doubts
