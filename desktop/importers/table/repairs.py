"""Rows that a page break of a PDF tore: surplus columns taken out, cut-off titles of office given back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from desktop.importers.checks.cells import shortened
from desktop.importers.checks.doubts import Doubt, note, warning
from desktop.importers.table.columns import Header
from desktop.importers.table.shapes import LEADERS, LEADS, UNKNOWN, WIDTH, Cells, PrintedRow, seven
from desktop.models.plan import CellReading
from desktop.models.plan_columns import COLUMN_NAMES
from desktop.models.text import squeeze

# Short titles of office that a column boundary cut off from the name of the body ("PCT | UBND quận").
_OFFICE = r"(?:UVTV|UVBTV|QUV|TUV|PCT|PBT|CT|BT|Phó CT|Phó BT)"
_OFFICE_ALONE = re.compile(rf"{_OFFICE}[,.]?")
_OFFICE_GLUED = re.compile(rf"\s*({_OFFICE})\s+(?=\S)")


def torn_rows(
    header: Header, place: int, rows: Sequence[tuple[int, Sequence[str]]], follows: bool
) -> tuple[list[PrintedRow], list[Doubt]]:
    """The rows (place, cells) under one header of a text, their cells back in their columns, and what was repaired.

    ``place`` is that of the header; ``follows`` when it repeats one above.
    """
    width, meanings = len(header.columns), header.meanings
    extra = surplus_column(header, [cells for _, cells in rows])
    doubts: list[Doubt] = []
    if extra is not None:
        doubts.append(note(
            "COLUMNS_EXTRA",
            f"Trang này có thêm cột thứ {extra + 1} do tách từ tệp PDF; các ô bên phải đã được dồn về đúng cột.",
            (place, *(line for line, cells in rows if len(cells) > width)), "",
        ))
    made: list[PrintedRow] = []
    for rank, (line, raw) in enumerate(rows):
        cells, moved = _in_columns(line, raw, header, meanings, extra)
        cells, glued = unglue(line, cells)
        printed, beside = _as_printed(raw, header, meanings, extra)
        made.append(PrintedRow(line, cells, printed, follows and rank == 0, extra=beside))
        doubts.extend((*moved, *glued))
    return made, doubts


def surplus_column(header: Header, rows: Sequence[Sequence[str]]) -> int | None:
    """The column that a page has too many: there every cell is empty or a cut-off title of office."""
    wide = [cells for cells in rows if len(cells) > len(header.columns)]
    if not wide:
        return None
    narrowest = min(len(cells) for cells in wide)
    for column in range(2, narrowest):
        entries = [cells[column].strip() for cells in wide]
        if any(entries) and all(not entry or _OFFICE_ALONE.fullmatch(entry) for entry in entries):
            return column
    empty = [column for column in range(2, narrowest) if not any(cells[column].strip() for cells in wide)]
    return empty[-1] if empty else None


def _in_columns(
    line: int, raw: Sequence[str], header: Header, meanings: tuple[int, ...], extra: int | None
) -> tuple[Cells, list[Doubt]]:
    doubts: list[Doubt] = []
    moved = ""
    cells, width = list(raw), len(header.columns)
    if extra is not None and len(cells) > width:
        moved = cells.pop(extra).strip()
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        doubts.append(warning(
            "ROW_TOO_WIDE",
            f"Dòng có {len(cells)} ô, nhiều hơn {width} cột của bảng; các ô thừa được nối vào ô cuối.", (line,),
            cell=_too_wide(cells, header),
        ))
    if len(cells) > width:
        last = width - 1
        cells = [*cells[:last], " ".join(cell for cell in cells[last:] if cell.strip())]
    placed = _placed(cells, meanings)
    if moved:
        printed = f"{placed[LEADERS]} | {moved}"
        placed[LEADERS] = _with_office(placed[LEADERS], moved)
        doubts.append(_moved(line, moved, printed, placed[LEADERS], "đứng riêng một cột"))
    return seven(placed), doubts


def _placed(cells: Iterable[str], meanings: tuple[int, ...]) -> list[str]:
    placed = [""] * WIDTH
    for meaning, cell in zip(meanings, cells, strict=False):
        if meaning != UNKNOWN:
            placed[meaning] = cell
    return placed


def _as_printed(
    raw: Sequence[str], header: Header, meanings: tuple[int, ...], extra: int | None
) -> tuple[Cells, tuple[tuple[str, str], ...]]:
    """The cells as they stand in the line, a surplus one behind a tab in its left neighbour; those not read."""
    cells, width = list(raw), len(header.columns)
    if extra is not None and len(cells) > width:
        surplus = cells.pop(extra)
        if surplus.strip():
            cells[extra - 1] = f"{cells[extra - 1]}\t{surplus}"
    last = width - 1
    if len(cells) > width:
        cells = [*cells[:last], "\t".join(cells[last:])]
    beside = tuple(
        (column.heading, cell) for column, cell in zip(header.columns, cells, strict=False)
        if column.meaning == UNKNOWN and cell.strip()
    ) if UNKNOWN in meanings else ()
    return seven(_placed(cells, meanings)), beside


def unglue(line: int, cells: Cells) -> tuple[Cells, list[Doubt]]:
    """Give a title of office that stands before the lead unit back to the leader ("PCT TTYT quận, ...")."""
    glued = _OFFICE_GLUED.match(cells[LEADS])
    if not glued or not cells[LEADERS].strip():
        return cells, []
    changed = list(cells)
    changed[LEADERS] = _with_office(cells[LEADERS], glued[1])
    changed[LEADS] = cells[LEADS][glued.end():]
    printed = f"{cells[LEADERS]} | {cells[LEADS]}"
    return seven(changed), [_moved(line, glued[1], printed, changed[LEADERS], "dính vào ô đơn vị chủ trì")]


def _with_office(leader: str, office: str) -> str:
    """The leader with the cut-off title before the name of the body: "UVTV, UBND quận" -> "UVTV, PCT UBND quận"."""
    before, comma, body = leader.rpartition(",")
    if comma and body.strip():
        return f"{before}, {office} {body.strip()}"
    return f"{leader.rstrip()} {office}"


def _moved(line: int, office: str, printed: str, leader: str, where: str) -> Doubt:
    return warning(
        "COLUMNS_SHIFTED", f"Chữ “{office}” {where}; đã trả về ô lãnh đạo phụ trách: “{squeeze(leader)}”.", (line,),
        cell=CellReading("leaders", shortened(printed), shortened(leader), "chức danh đứng cả trong ô lãnh đạo"),
    )


def _too_wide(cells: Sequence[str], header: Header) -> CellReading:
    """The reading of the last column, which took the cells that were too many."""
    last = header.columns[-1]
    name = last.heading if last.meaning == UNKNOWN else tuple(COLUMN_NAMES)[last.meaning]
    return CellReading(name, shortened(" | ".join(cells[len(header.columns) - 1:])), "các ô thừa nối vào ô cuối",
                       f"dòng có {len(header.columns)} ô như hàng tiêu đề")
