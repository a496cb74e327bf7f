"""One sheet of an Excel file as a stream of cells -> rows of a grid.

Own reading, because a plan needs what openpyxl's bounded (read-only) reader does not tell: hidden rows and columns,
merged cells, formulas whose value was never saved; and because it fills rows up to whatever size the file claims.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import IO

from desktop.importers.files.grid import GridRow
from desktop.importers.files.number_text import iso_day, number_text
from desktop.importers.files.workbook_parts import CellFormat, Runs, WorkbookParts
from desktop.importers.files.xml_stream import Attributes, scan
from desktop.models.errors import Refused
from desktop.models.text import nfc

MAX_COLUMNS = 256
"""Cells further right are not read; that is told."""
MAX_ROWS = 50_000
"""Most rows with text: more is no plan."""
MAX_CELL = 32_767
"""Most characters of a cell: Excel's own limit."""
MAX_MERGED = 1_000_000
"""Most cells that merging may fill."""
_LAST_ROW = 1_048_576
_PLAIN = CellFormat("", "")
_TEXTS = ("s", "inlineStr", "str")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NO_TEXT = re.compile("[\x00-\x09\x0b-\x1f\ud800-\udfff]")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
Convert = Callable[[str, str], str]
"""(text, font name) -> the text as it is to be read."""


@dataclass(slots=True)
class Sheet:
    """What a sheet holds; places of cells that want a word."""

    rows: list[GridRow] = field(default_factory=list)
    hidden_columns: tuple[int, ...] = ()
    without_value: list[int] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)
    far: list[int] = field(default_factory=list)


def read_sheet(source: IO[bytes], parts: WorkbookParts, convert: Convert) -> Sheet:
    """The rows with text of a sheet. Raises Refused PLAN_DAMAGED, PLAN_TOO_MANY_ROWS, PLAN_CELL_TOO_LONG."""
    reader = _Reader(parts, convert)
    scan(source, {
        "row": reader.row, "c": reader.cell, "v": reader.value, "t": reader.value, "f": reader.formula,
        "rPh": reader.phonetic, "col": reader.column, "mergeCell": reader.merge, "rFont": reader.font,
    }, {"row": reader.row_end, "c": reader.cell_end, "v": reader.value_end, "t": reader.value_end,
        "rPh": reader.phonetic_end, "r": reader.run_end}, reader.text)
    return reader.finished()


class _Reader:
    def __init__(self, parts: WorkbookParts, convert: Convert) -> None:
        self._parts, self._convert = parts, convert
        self._sheet = Sheet()
        self._letters: dict[str, int] = {}
        self._hidden: set[int] = set()
        self._merges: list[tuple[int, int, int, int]] = []
        self._place = 0
        self._row_hidden = False
        self._cells: dict[int, str] = {}
        self._typed: list[int] = []
        self._column = -1
        self._type, self._style = "n", "0"
        self._styles: dict[str, CellFormat] = {}
        self._has_formula = self._collecting = self._aside = False
        self._pieces: list[str] = []
        self._font = ""
        """Of the run one is in, "" for that of the cell."""
        self._fonts: dict[int, str] = {}
        """Of the pieces that have one of their own."""

    def row(self, attributes: Attributes) -> None:
        place = int(attributes.get("r", self._place + 1))
        if not self._place < place <= _LAST_ROW:
            raise ValueError("rows out of order")
        self._place = place
        self._row_hidden = attributes.get("hidden") in ("1", "true")
        self._column = -1
        if self._cells:
            self._cells, self._typed = {}, []

    def row_end(self) -> None:
        cells = self._cells
        if not cells:
            return
        if len(self._sheet.rows) >= MAX_ROWS:
            raise too_many_rows()
        texts = [cells.get(column, "") for column in range(max(cells) + 1)]
        self._sheet.rows.append(
            GridRow(self._place, tuple(texts), typed=tuple(self._typed), hidden=self._row_hidden)
        )

    def column(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes["min"]), int(attributes["max"])
            self._hidden.update(range(max(first, 1) - 1, min(last, MAX_COLUMNS)))

    def merge(self, attributes: Attributes) -> None:
        found = _REFERENCE.fullmatch(attributes.get("ref", ""))
        if found and found[3]:
            self._merges.append((
                int(found[2]), self._index(found[1]), int(found[4]), self._index(found[3]),
            ))

    def cell(self, attributes: Attributes) -> None:
        if reference := attributes.get("r"):
            letters = reference.rstrip("0123456789")
            known = self._letters.get(letters)
            self._column = self._index(letters) if known is None else known
        else:
            self._column += 1
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._has_formula = False
        self._pieces.clear()
        if self._fonts:
            self._fonts = {}

    def formula(self, attributes: Attributes) -> None:
        self._has_formula = True

    def value(self, attributes: Attributes) -> None:
        self._collecting = not self._aside

    def value_end(self) -> None:
        self._collecting = False

    def phonetic(self, attributes: Attributes) -> None:
        self._aside = True

    def phonetic_end(self) -> None:
        self._aside = False

    def font(self, attributes: Attributes) -> None:
        self._font = attributes.get("val", "")

    def run_end(self) -> None:
        self._font = ""

    def text(self, data: str) -> None:
        if self._collecting:
            if self._font:
                self._fonts[len(self._pieces)] = self._font
            self._pieces.append(data)

    def cell_end(self) -> None:
        if not self._pieces:
            if self._has_formula and self._type != "str":
                self._sheet.without_value.append(self._place)
            return
        pieces = self._pieces
        text = self._shown(pieces[0] if len(pieces) == 1 else "".join(pieces))
        if not text or text.isspace():
            return
        if len(text) > MAX_CELL:
            raise too_long(self._place)
        if self._column >= MAX_COLUMNS:
            self._sheet.far.append(self._place)
        else:
            self._cells[self._column] = text

    def _shown(self, raw: str) -> str:
        kind = self._type
        style = self._styles.get(self._style) or self._format(self._style)
        if kind in _TEXTS:
            text = self._string(raw) if kind == "s" else raw
            if isinstance(text, str) and not self._fonts:
                return self._convert(plain_text(text), style.font)
            return self._of_runs(self._own_runs() if isinstance(text, str) else text, style.font)
        if kind == "n":
            text, is_number = number_text(raw.strip(), style.code, self._parts.since_1904)
            if is_number and self._column < MAX_COLUMNS:
                self._typed.append(self._column)
            return text
        if kind == "d":
            return iso_day(raw)
        if kind == "b":
            return "TRUE" if raw.strip() == "1" else "FALSE"
        if kind == "e":
            self._sheet.errors.append((self._place, raw))
            return raw
        return self._convert(plain_text(raw), style.font)

    def _own_runs(self) -> Runs:
        """The text written in the cell itself, by fonts."""
        return tuple((piece, self._fonts.get(rank, "")) for rank, piece in enumerate(self._pieces))

    def _of_runs(self, runs: Runs, font: str) -> str:
        """Stretches of one font are read together: what belongs together may have come in pieces."""
        together = [(name, "".join(text for text, _ in group)) for name, group in groupby(runs, key=itemgetter(1))]
        return nfc("".join(self._convert(plain_text(text), name or font) for name, text in together))

    def _format(self, style: str) -> CellFormat:
        """The format of a style's number, as cells name it. Raises ValueError for what is no number."""
        formats, number = self._parts.formats, int(style)
        known = self._styles[style] = formats[number] if 0 <= number < len(formats) else _PLAIN
        return known

    def _string(self, raw: str) -> str | Runs:
        number = int(raw)
        if number < 0:
            raise ValueError("no string")
        return self._parts.strings[number]

    def _index(self, letters: str) -> int:
        """The column of letters, from 0: A -> 0. Raises ValueError for what are no letters of a column."""
        if not re.fullmatch("[A-Z]{1,3}", letters):
            raise ValueError("no column")
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - ord("A") + 1
        self._letters[letters] = number - 1
        return number - 1

    def finished(self) -> Sheet:
        """The sheet with its merged cells put in."""
        self._sheet.hidden_columns = tuple(sorted(self._hidden))
        if self._merges:
            self._sheet.rows = _merged(self._sheet.rows, self._merges)
        return self._sheet


def plain_text(text: str) -> str:
    """A stored text as shown: NFC, ``_x000D_`` and its like decoded, line ends as one sign, no tabs."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if text.isprintable():
        return nfc(text)
    if "\r" in text or "\t" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return nfc(_NO_TEXT.sub("", text))


def _merged(rows: list[GridRow], merges: list[tuple[int, int, int, int]]) -> list[GridRow]:
    places = [row.place for row in rows]
    rank_of = {place: rank for rank, place in enumerate(places)}
    reach: dict[int, list[tuple[int, int]]] = {}
    above: dict[int, list[tuple[int, str]]] = {}
    filled = 0
    for top, left, bottom, right in merges:
        anchor = rank_of.get(top)
        if anchor is None or left >= len(rows[anchor].cells) or not rows[anchor].cells[left]:
            continue
        if right > left:
            reach.setdefault(anchor, []).append((left, min(right, MAX_COLUMNS - 1)))
        last = bisect_right(places, bottom)
        filled += max(last - anchor - 1, 0)
        if filled > MAX_MERGED:
            raise too_many_rows()
        for rank in range(anchor + 1, last):
            above.setdefault(rank, []).append((left, rows[anchor].cells[left]))
    return [
        GridRow(row.place, row.cells, tuple(reach.get(rank, ())), tuple(above.get(rank, ())), row.typed, row.hidden)
        if rank in reach or rank in above else row
        for rank, row in enumerate(rows)
    ]


def too_many_rows() -> Refused:
    """The refusal of a table that is too long to be a plan's."""
    return Refused(
        "PLAN_TOO_MANY_ROWS", f"Bảng có hơn {MAX_ROWS} dòng có chữ, không thể là một biểu tiến độ."
        " Chưa có gì thay đổi.", "Hãy chép riêng biểu tiến độ sang một tệp mới rồi chọn tệp đó.",
    )


def too_long(place: int) -> Refused:
    """The refusal of a cell that holds a book."""
    return Refused(
        "PLAN_CELL_TOO_LONG", f"Ô ở dòng {place} dài hơn {MAX_CELL} ký tự. Chưa có gì thay đổi.",
        "Hãy rút gọn ô đó trong tệp rồi chọn lại.",
    )
