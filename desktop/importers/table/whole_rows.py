"""Rows of sheets and Word tables, whose columns stand where the header puts them: cells, headings, typed numbers."""

from __future__ import annotations

import re
from datetime import date, timedelta

from desktop.importers.checks.doubts import Doubt, note, warning
from desktop.importers.files.grid import GridRow, column_letter
from desktop.importers.table.columns import Column, Header
from desktop.importers.table.shapes import CODE, END, START, TITLE, UNKNOWN, WIDTH, Cells, Extra, PrintedRow, seven
from desktop.models.plan import CellReading
from desktop.models.text import roman_value, squeeze

_ROMAN = re.compile(r"([IVXLC]{1,7})(?:\s*[.):/-]\s*|(?<=[IVX])\s+)(?=\S)")
_LETTER = re.compile(r"([A-Z])\s*[.):/-]\s*(?=\S)")
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})+)[.)]?\s+(?=\S)|(\d{1,3})[.)]\s+(?=\S)")
_WHOLE = re.compile(r"\d{5}")
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050
"""2000-01-01 and 2099-12-31 counted from 1900: numbers in between, alone in a cell of time, are days."""
_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_DECIMAL = re.compile(r"(\d{1,3})\.(\d{1,2})")
_LONG_CODE = 12


def split_marker(text: str) -> tuple[str, str]:
    """(number, rest) of a text that begins with a number of an outline: "II. NHIỆM VỤ" -> ("II", "NHIỆM VỤ")."""
    text = text.strip()
    if (found := _ROMAN.match(text)) and roman_value(found[1]):
        return found[1], text[found.end():]
    if found := _LETTER.match(text):
        return found[1], text[found.end():]
    if found := _NUMBER.match(text):
        return found[1] or found[2], text[found.end():]
    return "", text


def lone_text(row: GridRow, header: Header, fewest_repeats: int) -> tuple[str, str] | None:
    """(number, text) of a row in which one text reaches over the columns, is repeated in at least so many of them, or
    stands alone where the number should be; None for any other row."""
    filled = [(column, cell) for column, cell in enumerate(row.cells) if cell and not cell.isspace()]
    if len(filled) > 2 and not _same(filled[1][1], filled[2][1]):
        return None
    code_column = next((one for one in header.columns if one.meaning == CODE), None)
    code = ""
    if len(filled) > 1 and code_column is not None and filled[0][0] <= code_column.last:
        code, filled = filled[0][1].strip(), filled[1:]
        if len(code) > _LONG_CODE:
            return None if len({squeeze(cell) for _, cell in filled} | {squeeze(code)}) > 1 else ("", code)
    if not filled or len({squeeze(cell) for _, cell in filled}) > 1:
        return None
    first, text = filled[0]
    if len(filled) >= fewest_repeats:
        return code, text
    if len(filled) > 1 or code or row.above:
        return None
    reach = dict(row.merged).get(first, first) - first + 1
    if reach > 2 and 2 * reach >= len(header.columns):
        return "", text
    if not _holds_number(first, header):
        return None
    alone = text.strip()
    return ("", alone) if split_marker(alone)[0] or (len(alone) > _LONG_CODE and " " in alone) else None


def _same(one: str, other: str) -> bool:
    """Whether two cells hold the same text but for blanks. Hardly any do: a look at how they begin spares the rest."""
    return one.lstrip()[:1] == other.lstrip()[:1] and squeeze(one) == squeeze(other)


def _holds_number(column: int, header: Header) -> bool:
    """Whether a number is expected in a column: that of numbers, or the contents' where there is none."""
    wanted = CODE if CODE in header.meanings else TITLE
    return any(one.first <= column <= one.last for one in header.columns if one.meaning == wanted)


class WholePage:
    """The rows under one header, in order; what was repaired in them is told together."""

    def __init__(self, header: Header, since_1904: bool) -> None:
        self._header = header
        self._headed = frozenset(
            at for column in header.columns for at in range(column.first, column.last + 1)
        )
        self._whole = next(at for at in range(len(self._headed) + 1) if at not in self._headed)
        """So many cells from the left have headings all."""
        self._typed = {
            column.first: column.meaning for column in header.columns if column.meaning in (CODE, START, END)
        }
        self._epoch = _EPOCH_1904 if since_1904 else _EPOCH_1900
        self._code = ""
        self._filled_down: list[int] = []
        self._serials: list[int] = []
        self._zeros: list[tuple[int, str, str]] = []

    def row(self, raw: GridRow, *, first_of_page: bool) -> PrintedRow:
        """One row, its cells in their columns; cells that reach down from above count here too."""
        own, own_extra = self._in_columns(raw.cells)
        if not raw.above:
            return PrintedRow(raw.place, self._read(raw, own), seven(own), first_of_page, extra=own_extra)
        filled, down = self._with_above(raw)
        cells, extra = self._in_columns(filled)
        goes_on = TITLE in down and (CODE in down or not cells[CODE].strip())
        if goes_on:
            # The number and the content are the row's above; what else reaches down is there already.
            cells, extra = own, own_extra
        elif down - {CODE}:
            self._filled_down.append(raw.place)
        shares = CODE in down and not goes_on and bool(own[TITLE].strip())
        return PrintedRow(
            raw.place, self._read(raw, cells), seven(cells), first_of_page, goes_on=goes_on, shares_number=shares,
            extra=extra,
        )


    def _in_columns(self, raw: tuple[str, ...]) -> tuple[list[str], Extra]:
        """The cells by what their columns mean, and those that are not read by heading."""
        cells = [""] * WIDTH
        extra: list[tuple[str, str]] = []
        for column in self._header.columns:
            text = _inside(raw, column)
            if column.meaning != UNKNOWN:
                cells[column.meaning] = text
            elif text and not text.isspace():
                extra.append((column.heading, text))
        if len(raw) > self._whole:
            extra.extend(
                (f"Cột {column_letter(at)}", cell) for at, cell in enumerate(raw)
                if at not in self._headed and cell.strip()
            )
        return cells, tuple(extra)

    def _with_above(self, raw: GridRow) -> tuple[tuple[str, ...], set[int]]:
        """The cells with those that reach down from above, and the meanings of the columns these fill."""
        above, filled = dict(raw.above), list(raw.cells)
        down: set[int] = set()
        for column in self._header.columns:
            reach = range(column.first, column.last + 1)
            at = None if _inside(raw.cells, column) else next((at for at in reach if above.get(at)), None)
            if at is not None:
                filled.extend([""] * (at + 1 - len(filled)))
                filled[at] = above[at]
                down.add(column.meaning)
        return tuple(filled), down

    def doubts(self) -> list[Doubt]:
        """What was repaired, once for each kind."""
        doubts: list[Doubt] = []
        if self._filled_down:
            doubts.append(note(
                "CELLS_MERGED_DOWN", "Ô gộp của nhiều dòng được tính cho từng dòng của ô đó.",
                tuple(self._filled_down), "",
            ))
        if self._serials:
            doubts.append(note(
                "TIME_SERIAL", "Số ngày của Excel trong ô thời gian được đọc là ngày tháng.", tuple(self._serials), "",
            ))
        doubts.extend(
            warning("NUMBER_ZERO_RESTORED",
                    f"Số thứ tự {before} do Excel bỏ số 0 ở cuối; theo dòng trước được đọc là {after}.", (place,),
                    cell=CellReading("code", before, after, after))
            for place, before, after in self._zeros
        )
        return doubts

    def _read(self, raw: GridRow, cells: list[str]) -> Cells:
        """The cells as they are understood: typed numbers as the number or day they stand for."""
        read = list(cells)
        for column in raw.typed:
            meaning = self._typed.get(column)
            if meaning == CODE:
                read[CODE] = self._typed_code(raw.place, read[CODE].replace(",", "."))
            elif meaning is not None:
                read[meaning] = self._typed_time(raw.place, read[meaning])
        self._code = read[CODE].strip() or self._code
        return seven(read)

    def _typed_code(self, place: int, code: str) -> str:
        """1.1 after 1.9 was typed as 1.10: Excel drops the last zero of a number."""
        now, before = _DECIMAL.fullmatch(code), _DECIMAL.fullmatch(self._code)
        if now and before and now[1] == before[1] and len(now[2]) == 1 and int(before[2]) + 1 == 10 * int(now[2]):
            self._zeros.append((place, code, f"{code}0"))
            return f"{code}0"
        return code

    def _typed_time(self, place: int, text: str) -> str:
        if not _WHOLE.fullmatch(text):
            return text
        days = int(text)
        shift = (_EPOCH_1904 - _EPOCH_1900).days if self._epoch == _EPOCH_1904 else 0
        if not _FIRST_SERIAL <= days + shift <= _LAST_SERIAL:
            return text
        self._serials.append(place)
        return f"{self._epoch + timedelta(days=days):%d/%m/%Y}"


def _inside(cells: tuple[str, ...], column: Column) -> str:
    if column.first == column.last:
        return cells[column.first] if column.first < len(cells) else ""
    return " ".join(cell for cell in cells[column.first:column.last + 1] if cell.strip())
