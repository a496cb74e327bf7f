"""Lines of a text -> printed rows of the plan's table, each cell in the column it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from desktop.importers.cells import shortened
from desktop.importers.doubts import Doubt, note, warning
from desktop.models.plan import CellReading
from desktop.models.plan_columns import COLUMN_NAMES
from desktop.models.text import fold, squeeze

CODE, TITLE, LEADERS, LEADS, COORDINATORS, START, END = range(7)
WIDTH = 7
UNKNOWN = WIDTH
"""A column of another table ("Ghi chú"): its cells are kept as printed beside the content, but not read."""
Cells = tuple[str, str, str, str, str, str, str]

# What the heading of each column says, folded; the first match counts. Source: the header row of 160-KH/QU and the
# usual wording of "Biểu tiến độ" and "Phụ lục" tables.
_HEADINGS = (
    (CODE, re.compile(r"(s?tt|so tt|so thu tu|stt\.?)")),
    (LEADERS, re.compile(r"lanh dao|nguoi chi dao|nguoi phu trach|dong chi phu trach|phu trach")),
    (LEADS, re.compile(r"chu tri|don vi thuc hien|co quan thuc hien|don vi tham muu")),
    (COORDINATORS, re.compile(r"phoi hop")),
    (END, re.compile(r"hoan thanh|ket thuc|thoi han|\bhan\b")),
    (START, re.compile(r"thoi gian|bat dau|tien do")),
    (TITLE, re.compile(r"noi dung|nhiem vu|cong viec|chi tieu|ten ")),
)
# Short titles of office that a column boundary cut off from the name of the body ("PCT | UBND quận").
_OFFICE = r"(?:UVTV|UVBTV|QUV|TUV|PCT|PBT|CT|BT|Phó CT|Phó BT)"
_OFFICE_ALONE = re.compile(rf"{_OFFICE}[,.]?")
_OFFICE_GLUED = re.compile(rf"\s*({_OFFICE})\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One line of the table. ``cells`` stand in their columns; ``printed`` is as the line has them.

    ``first_of_page`` when it follows a header row: a page break may have cut it off from the row before.
    """

    line: int
    cells: Cells
    printed: Cells
    first_of_page: bool


@dataclass(slots=True)
class Table:
    """The rows of the table and what stands around them (1-based lines)."""

    first_line: int = 0
    rows: list[PrintedRow] = field(default_factory=list)
    header_lines: list[int] = field(default_factory=list)
    strays: list[int] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(slots=True)
class _Page:
    """The rows under one header row, still as wide as they are printed."""

    header: int
    columns: tuple[int, ...]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def read_table(lines: Sequence[str]) -> Table:
    """The table of a text; no rows at all when there is none."""
    table = Table()
    page: _Page | None = None
    strange: dict[str, list[int]] = {}
    for number, line in enumerate(lines, start=1):
        cells = line.split("\t")
        columns = _columns(cells)
        if columns:
            for column, meaning in enumerate(columns):
                if meaning == UNKNOWN:
                    strange.setdefault(squeeze(_headed(cells)[column]), []).append(number)
            table.first_line = table.first_line or number
            table.header_lines.append(number)
            _finish(page, table)
            page = _Page(number, columns)
        elif page is not None and line.strip():
            if len(cells) > 1:
                page.rows.append((number, cells))
            else:
                table.strays.append(number)
    _finish(page, table)
    table.doubts.extend(
        note("COLUMNS_UNKNOWN",
             f"Cột “{name}” không phải cột của biểu tiến độ; các ô của cột được giữ nguyên cạnh ô nội dung, không dùng"
             " để đọc.", tuple(lines), "",
             CellReading(name, name, "cột khác, giữ nguyên", f"tên một cột: {', '.join(COLUMN_NAMES.values())}"))
        for name, lines in strange.items()
    )
    return table


def _headed(cells: Sequence[str]) -> list[str]:
    """The cells of a header row that say something; the others are no columns."""
    return [cell for cell in cells if fold(cell)]


def _columns(cells: Sequence[str]) -> tuple[int, ...]:
    """What each column holds, when the cells are those of a header row, else nothing."""
    if len(cells) < 3 or not _HEADINGS[0][1].fullmatch(fold(cells[0])):
        return ()
    found: list[int] = []
    for cell in _headed(cells):
        folded = fold(cell)
        meaning = next((field for field, words in _HEADINGS if words.search(folded) and field not in found), UNKNOWN)
        found.append(meaning)
    return tuple(found) if TITLE in found else ()


def _finish(page: _Page | None, table: Table) -> None:
    if page is None:
        return
    extra = _extra_column(page)
    if extra is not None and page.rows:
        table.doubts.append(note(
            "COLUMNS_EXTRA",
            f"Trang này có thêm cột thứ {extra + 1} do tách từ tệp PDF; các ô bên phải đã được dồn về đúng cột.",
            (page.header, *(line for line, cells in page.rows if len(cells) > len(page.columns))), "",
        ))
    for rank, (line, raw) in enumerate(page.rows):
        cells, doubts = _in_columns(line, raw, page.columns, extra)
        cells, glued = _unglue(line, cells)
        printed = _as_printed(raw, page.columns, extra)
        table.rows.append(PrintedRow(line, cells, printed, first_of_page=rank == 0))
        table.doubts.extend((*doubts, *glued))


def _extra_column(page: _Page) -> int | None:
    """The column that a page has too many: there every cell is empty or a cut-off title of office."""
    wide = [cells for _, cells in page.rows if len(cells) > len(page.columns)]
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
    line: int, raw: list[str], columns: tuple[int, ...], extra: int | None
) -> tuple[Cells, list[Doubt]]:
    doubts: list[Doubt] = []
    moved = ""
    cells = list(raw)
    if extra is not None and len(cells) > len(columns):
        moved = cells.pop(extra).strip()
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns):]):
        doubts.append(warning(
            "ROW_TOO_WIDE",
            f"Dòng có {len(cells)} ô, nhiều hơn {len(columns)} cột của bảng; các ô thừa được nối vào ô cuối.", (line,),
            cell=_too_wide(cells, columns),
        ))
    if len(cells) > len(columns):
        last = len(columns) - 1
        cells = [*cells[:last], " ".join(cell for cell in cells[last:] if cell.strip())]
    placed = _placed(cells, columns)
    if moved:
        printed = f"{placed[LEADERS]} | {moved}"
        placed[LEADERS] = _with_office(placed[LEADERS], moved)
        doubts.append(_moved(line, moved, printed, placed[LEADERS], "đứng riêng một cột"))
    return _seven(placed), doubts


def _placed(cells: Iterable[str], columns: tuple[int, ...]) -> list[str]:
    placed = [""] * WIDTH
    for meaning, cell in zip(columns, cells, strict=False):
        if meaning != UNKNOWN:
            placed[meaning] = cell
    return placed


def _seven(cells: Sequence[str]) -> Cells:
    code, title, leaders, leads, coordinators, start, end = cells
    return code.strip(), title, leaders, leads, coordinators, start, end


def _as_printed(raw: list[str], columns: tuple[int, ...], extra: int | None) -> Cells:
    """The cells as they stand in the line.

    The surplus cell is kept behind a tab in the column to its left, cells of unknown columns in that of the content.
    """
    cells = list(raw)
    if extra is not None and len(cells) > len(columns):
        surplus = cells.pop(extra)
        if surplus.strip():
            cells[extra - 1] = f"{cells[extra - 1]}\t{surplus}"
    last = len(columns) - 1
    if len(cells) > len(columns):
        cells = [*cells[:last], "\t".join(cells[last:])]
    placed = _placed(cells, columns)
    for meaning, cell in zip(columns, cells, strict=False):
        if meaning == UNKNOWN and cell.strip():
            placed[TITLE] = f"{placed[TITLE]}\t{cell}"
    return _seven(placed)


def _unglue(line: int, cells: Cells) -> tuple[Cells, list[Doubt]]:
    """Give a title of office that stands before the lead unit back to the leader ("PCT TTYT quận, ...")."""
    glued = _OFFICE_GLUED.match(cells[LEADS])
    if not glued or not cells[LEADERS].strip():
        return cells, []
    changed = list(cells)
    changed[LEADERS] = _with_office(cells[LEADERS], glued[1])
    changed[LEADS] = cells[LEADS][glued.end():]
    printed = f"{cells[LEADERS]} | {cells[LEADS]}"
    return _seven(changed), [_moved(line, glued[1], printed, changed[LEADERS], "dính vào ô đơn vị chủ trì")]


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


def _too_wide(cells: Sequence[str], columns: Sequence[int]) -> CellReading:
    """The reading of the last column, which took the cells that were too many."""
    last = len(columns) - 1
    name = tuple(COLUMN_NAMES)[columns[last]] if columns[last] != UNKNOWN else ""
    return CellReading(name, shortened(" | ".join(cells[last:])), "các ô thừa nối vào ô cuối",
                       f"dòng có {len(columns)} ô như hàng tiêu đề")
