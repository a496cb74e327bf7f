"""Header rows: which column of a table holds what, in whatever order and wording an office prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop.importers.files.grid import GridRow
from desktop.importers.table.shapes import CODE, COORDINATORS, END, LEADERS, LEADS, START, TITLE, UNKNOWN
from desktop.models.text import fold, squeeze

_CODE = re.compile(r"s?tt\.?|so tt|so thu tu|s\.?t\.?t\.?|thu tu")
_TITLE = re.compile(
    r"(?:cac |danh muc )*(?:ten (?!san pham|don vi|co quan|lanh dao)|noi dung|nhiem vu|cong viec|chi tieu|dau viec"
    r"|hoat dong|de an|du an|viec )"
)
# Columns that many plans have beside those of a Biểu tiến độ; a word in them ("kết quả hoàn thành") must not mislead.
_BESIDE = re.compile(
    r"san pham|ket qua|ghi chu|cap trinh|cap (?:co )?tham quyen|ty le|kinh phi|don vi tinh|\bdvt\b|can cu|so lieu"
)
# What the heading of each column says, folded; the first match counts. Source: the header row of 160-KH/QU and the
# usual wording of "Biểu tiến độ" and "Phụ lục" tables.
_HEADINGS = (
    (LEADS, re.compile(
        r"(?<!lanh dao )chu tri"
        r"|(?:don vi|co quan|bo phan)(?:, (?:don vi|co quan|bo phan))? (?:thuc hien|tham muu|phu trach|chuan bi"
        r"|soan thao)"
        r"|^(?:co quan|don vi)(?:, (?:co quan|don vi))?$"
    )),
    (LEADERS, re.compile(r"lanh dao|nguoi chi dao|nguoi phu trach|dong chi phu trach|phu trach|chi dao")),
    (COORDINATORS, re.compile(r"phoi hop")),
    (END, re.compile(r"hoan thanh|ket thuc|thoi han|\bhan\b|\bmoc\b|\bden(?: ngay| thang)?$")),
    (START, re.compile(r"thoi gian|bat dau|tien do|\btu(?: ngay| thang)?$")),
)
_LONGEST_HEADING = 60
_FEWEST_CELLS = 3
_NUMBER_ONLY = re.compile(r"[\W\dIVXLC]*")
"""What a row of content begins with, and a header never."""
_COLUMN_NUMBER = re.compile(r"\(?(?:(\d{1,2})|([A-Ea-e]))\)?")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds (CODE ... END, or UNKNOWN), its printed heading, the cells of a row it takes in."""

    meaning: int
    heading: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its columns from left to right and how many rows it takes."""

    columns: tuple[Column, ...]
    height: int

    @property
    def meanings(self) -> tuple[int, ...]:
        """What each column holds."""
        return tuple(column.meaning for column in self.columns)

    @property
    def known(self) -> int:
        """How many columns are understood."""
        return sum(column.meaning != UNKNOWN for column in self.columns)


def read_header(rows: Sequence[GridRow], at: int, torn: bool) -> Header | None:
    """The header that begins at a row, with the row below it where that names parts of its columns ("Bắt đầu | Hoàn
    thành" below "Thời gian") and the row of column numbers; None for any other row.

    ``torn`` rows may have empty heading cells that are no columns.
    """
    if len(rows[at].cells) < _FEWEST_CELLS:
        return None
    first = next((text for text in rows[at].cells if text and not text.isspace()), "")
    if _NUMBER_ONLY.fullmatch(first):
        return None
    top = list(_headed(rows[at]))
    if not _is_header([text for _, _, text in top]):
        return None
    height = 1
    following = rows[at + 1] if at + 1 < len(rows) else None
    if following is not None and (parted := _parted(top, following)):
        top, height = parted, 2
        following = rows[at + 2] if at + 2 < len(rows) else None
    elif torn:
        top = [(rank, rank, text) for rank, (_, _, text) in enumerate(top)]
    if following is not None and _is_numbering(following):
        height += 1
    meanings = _meanings(tuple(text for _, _, text in top))
    columns = tuple(
        Column(meaning, squeeze(text), first, last)
        for meaning, (first, last, text) in zip(meanings, top, strict=True)
    )
    return Header(columns, height)


def _headed(row: GridRow) -> Iterator[tuple[int, int, str]]:
    """(first, last, text) of the cells that say something."""
    reach = dict(row.merged)
    for column, text in enumerate(row.cells):
        if text and not text.isspace():
            yield column, reach.get(column, column), text


def _is_header(texts: Sequence[str]) -> bool:
    if len(texts) < _FEWEST_CELLS or not any(_is_title(text) for text in texts):
        return False
    if _CODE.fullmatch(fold(texts[0])):
        return True
    # Without "TT" in front, a row of content may sound like a header: all cells must be short, three of them known.
    if any(len(text) > _LONGEST_HEADING for text in texts) or any(_COLUMN_NUMBER.fullmatch(text) for text in texts):
        return False
    return sum(meaning != UNKNOWN for meaning in _meanings(tuple(texts))) >= _FEWEST_CELLS


def _is_title(text: str) -> bool:
    return len(text) <= 2 * _LONGEST_HEADING and _TITLE.match(f"{fold(text)} ") is not None


@lru_cache(maxsize=64)
def _meanings(texts: tuple[str, ...]) -> tuple[int, ...]:
    """What each heading means; kept, because a text repeats its header on every page."""
    found: list[int] = []
    for text in texts:
        folded = fold(text)
        if _CODE.fullmatch(folded) and CODE not in found:
            found.append(CODE)
        elif _TITLE.match(f"{folded} ") and TITLE not in found:
            found.append(TITLE)
        elif _BESIDE.search(folded):
            found.append(UNKNOWN)
        else:
            found.append(next(
                (field for field, words in _HEADINGS if words.search(folded) and field not in found), UNKNOWN
            ))
    return tuple(found)


def _parted(top: list[tuple[int, int, str]], below: GridRow) -> list[tuple[int, int, str]]:
    """The columns of a heading of two rows; nothing when the row below does not belong to the heading."""
    parts = list(_headed(below))
    if not parts or any(len(text) > _LONGEST_HEADING or re.search(r"\d", text) for _, _, text in parts):
        return []
    # Where nothing is merged, a heading followed by empty cells reaches over them.
    starts = [first for first, _, _ in top]
    reach = {
        first: max(last, (starts[rank + 1] if rank + 1 < len(starts) else parts[-1][1] + 1) - 1)
        for rank, (first, last, _) in enumerate(top)
    }
    columns: list[tuple[int, int, str]] = []
    taken = 0
    for first, last, text in top:
        inside = [part for part in parts if first <= part[0] <= reach[first]]
        if not inside:
            columns.append((first, last, text))
        elif len(inside) == 1 and inside[0][0] == first and reach[first] == first:
            return []
        else:
            taken += len(inside)
            columns.extend((start, end, f"{text} {part}") for start, end, part in inside)
    told = any(meaning != UNKNOWN for meaning in _meanings(tuple(text for _, _, text in parts)))
    return columns if told and taken == len(parts) else []


def _is_numbering(row: GridRow) -> bool:
    """Whether a row counts the columns: (1) (2) (3), 1 2 3, A B 1 2 3."""
    found = [_COLUMN_NUMBER.fullmatch(squeeze(text)) for _, _, text in _headed(row)]
    if len(found) < _FEWEST_CELLS:
        return False
    letters = ""
    numbers: list[int] = []
    for one in found:
        if one is None or (one[2] and numbers):
            return False
        if one[2]:
            letters += one[2].upper()
        else:
            numbers.append(int(one[1]))
    return letters == "ABCDE"[:len(letters)] and numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 1
