"""Printed rows -> entries: halves cut by a page break joined, ``+`` parts of a cell set apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from desktop.importers.checks.cells import shortened
from desktop.importers.checks.doubts import NO_CELL, Doubt, note, warning
from desktop.importers.table.shapes import (
    CODE,
    COORDINATORS,
    END,
    LEADERS,
    LEADS,
    TITLE,
    WIDTH,
    Cells,
    Extra,
    PrintedRow,
    Table,
    seven,
)
from desktop.models.plan import CellReading
from desktop.models.plan_columns import COLUMN_NAMES, column_name
from desktop.models.text import squeeze
from desktop.models.time_reading import printed_text

_PLUS = re.compile(r"(?:^|(?<=\s))\+\s*(?=\S)")
_DASH = re.compile(r"\s*([-–•*])\s*(?=\S)")
_LISTS = (LEADERS, LEADS, COORDINATORS)
_AT_THE_CUT = 60
_OPEN_ENDS = ("-", "–", "&", ",", " và")
"""A line that ends so goes on in the next."""
_REMARK = re.compile(r"[-–+•*]")
_STARTS_SMALL = re.compile(r"[^\W\d_]")


class EntryKind(Enum):
    """A row with a number, a row with a star, a ``+`` part of the row before, or a heading over the whole row."""

    NUMBERED = auto()
    STARRED = auto()
    PART = auto()
    BANNER = auto()


@dataclass(slots=True)
class Entry:
    """A row of the outline before it has a place. ``cells`` and ``printed`` hold the halves of each column, ``beside``
    those of the columns that are not read, by heading."""

    kind: EntryKind
    code: str
    lines: list[int]
    cells: list[list[str]] = field(default_factory=lambda: [[] for _ in range(WIDTH)])
    printed: list[list[str]] = field(default_factory=lambda: [[] for _ in range(WIDTH)])
    parts: list[Entry] = field(default_factory=list)
    beside: dict[str, list[str]] = field(default_factory=dict)

    def take(self, row: PrintedRow) -> None:
        """Add a half: the first or one that a page break cut off."""
        if row.line not in self.lines:
            self.lines.append(row.line)
        for column, cell in enumerate(row.cells):
            if cell and not cell.isspace():
                self.cells[column].append(cell)
        for column, cell in enumerate(row.printed):
            if cell and not cell.isspace():
                self.printed[column].append(cell)
        for heading, text in row.extra:
            self.beside.setdefault(heading, []).append(text)

    def extra(self) -> Extra:
        """The cells of columns that are not read, as printed, halves joined by a line break."""
        return tuple((heading, "\n".join(halves)) for heading, halves in self.beside.items())

    def text(self, column: int) -> str:
        """A cell as read: halves joined by one blank, without markup and runs of blanks."""
        return printed_text(" ".join(self.cells[column]))

    def listed(self, column: int) -> str:
        """A cell that lists names: as ``text``, but a line that begins anew (capital, figure, bullet) stays a line."""
        joined = " ".join(self.cells[column])
        if "\n" not in joined:
            return printed_text(joined)
        lines: list[str] = []
        for line in filter(None, map(printed_text, joined.split("\n"))):
            if lines and (lines[-1].endswith(_OPEN_ENDS) or not _begins_anew(line)):
                lines[-1] = f"{lines[-1]} {line}"
            else:
                lines.append(line)
        return "\n".join(lines)

    def as_printed(self, column: int) -> str:
        """A cell exactly as printed, halves joined by a line break."""
        return "\n".join(self.printed[column])

    def all_printed(self) -> list[str]:
        """Every cell as ``as_printed`` has it."""
        return ["\n".join(halves) for halves in self.printed]

    def has_only_title(self) -> bool:
        """Whether nothing but number and content is filled: a heading, or a task without a unit."""
        return not any(self.cells[TITLE + 1:])


def _begins_anew(line: str) -> bool:
    return not next((char for char in line if char.isalnum()), "").islower()


def join_rows(table: Table) -> tuple[list[Entry], list[Doubt]]:
    """Entries in document order (parts inside their entry) and what was repaired."""
    joiner = _Joiner(table)
    for row in table.rows:
        joiner.take(row)
    return joiner.entries, [*joiner.doubts, *joiner.shared()]


class _Joiner:
    def __init__(self, table: Table) -> None:
        self._torn, self._numbered = table.torn, table.numbered
        self.entries: list[Entry] = []
        self.doubts: list[Doubt] = []
        self._open: Entry | None = None
        """The entry or part that a half would continue."""
        self._sharing: list[tuple[Entry, list[int]]] = []
        """Entries whose number reaches down over rows of their own content, with the places of these."""

    def take(self, row: PrintedRow) -> None:
        cells = row.cells
        code = printed_text(cells[CODE])
        if not row.extra and not any(map(str.strip, row.printed)):
            return
        last = self.entries[-1] if self.entries else None
        if last is not None and self._open is not None and not row.banner:
            if row.goes_on:
                return self._merge(self._open, row)
            if not code and not self._torn and self._numbered and (dash := _dashed(cells)):
                return self._take_dashed(last, row, dash)
            same = code == last.code
            if same and row.shares_number:
                return self._share(last, row)
            if (not code or same or code == "+") and _is_part(cells, code):
                return self._add_part(last, row, code)
            if same and row.first_of_page and _goes_on(cells[TITLE]):
                return self._continue(self._open, row, "số thứ tự được in lại")
            torn = row.first_of_page or (self._torn and self._numbered)
            if not code and (torn or not self._stands_alone(cells)):
                return self._without_code(last, self._open, row)
        self._add(row, code)

    def _take_dashed(self, last: Entry, row: PrintedRow, dash: str) -> None:
        """A row without number whose content begins with a dash: work of its own below a heading, else a part."""
        if last.kind is EntryKind.STARRED or last.has_only_title():
            title = row.cells[TITLE].replace(dash, "", 1).lstrip()
            self._add(replace(row, cells=seven([dash, title, *row.cells[TITLE + 1:]])), dash)
        else:
            self._add_part(last, row, "", dash)

    def _stands_alone(self, cells: Cells) -> bool:
        """Whether a whole row without a number is one of its own: it has a content, no remark to the one above."""
        title = printed_text(cells[TITLE])
        own = any(cell.strip() for cell in cells[TITLE + 1:])
        return bool(title) and (own or not _REMARK.match(title)) and (own or not _goes_on(title))

    def _merge(self, opened: Entry, row: PrintedRow) -> None:
        first = opened.lines[-1]
        cells = [f"\n{cell}" if column in _LISTS and cell.strip() else cell for column, cell in enumerate(row.cells)]
        opened.take(replace(row, cells=seven(cells)))
        self.doubts.append(note(
            "MERGED_ROWS_JOINED", "Một nội dung gộp ô trên nhiều dòng; các dòng đã được đọc là một.", (first, row.line)
        ))

    def _add(self, row: PrintedRow, code: str) -> None:
        kind = EntryKind.STARRED if code in ("*", "**", "-", "•") else EntryKind.NUMBERED
        entry = Entry(EntryKind.BANNER if row.banner else kind, code, [row.line])
        entry.take(row)
        if not code and self.entries and not row.banner and self._numbered:
            self.doubts.append(warning(
                "ROW_WITHOUT_NUMBER", "Dòng không có số thứ tự nhưng có nội dung riêng; được đọc là một việc riêng.",
                (row.line,), cell=CellReading("code", "", "một nội dung không số", "số thứ tự, ví dụ 1"),
            ))
        elif not code and not row.banner and self._numbered:
            self.doubts.append(warning(
                "ROW_WITHOUT_NUMBER", "Dòng đầu bảng không có số thứ tự.", (row.line,),
                cell=CellReading("code", "", "một nội dung không số", "số thứ tự, ví dụ 1"),
            ))
        self.entries.append(entry)
        self._open = entry

    def _add_part(self, last: Entry, row: PrintedRow, code: str, sign: str = "+") -> None:
        part = Entry(EntryKind.PART, code, [row.line])
        part.take(row)
        last.parts.append(part)
        self._open = part
        again = f"; số {code} được in lại sau khi ngắt trang" if code and code == last.code else ""
        self.doubts.append(note(
            "PLUS_ROW",
            f"Dòng “{sign}” có đơn vị và thời hạn riêng, được đọc là phần việc của mục {last.code}{again}."
            " Lãnh đạo phụ trách theo mục đó.",
            (row.line,), cell=_part_cell(part, last),
        ))

    def _share(self, last: Entry, row: PrintedRow) -> None:
        """A row under the number of the one before, in a cell that reaches over both."""
        part = Entry(EntryKind.PART, "", [row.line])
        part.take(row)
        last.parts.append(part)
        self._open = part
        if not self._sharing or self._sharing[-1][0] is not last:
            self._sharing.append((last, []))
        self._sharing[-1][1].append(row.line)

    def shared(self) -> list[Doubt]:
        """One note for each number that stands for several rows."""
        return [
            note(
                "NUMBER_SHARED", f"Số {entry.code} là một ô gộp của {len(places) + 1} dòng có nội dung riêng; các dòng"
                f" sau được đọc là phần việc của mục {entry.code}.", (entry.lines[0], *places),
                cell=CellReading("code", entry.code, f"một mục và {len(places)} phần việc của mục đó",
                                 "số thứ tự riêng cho từng dòng, nếu là các nhiệm vụ riêng"),
            )
            for entry, places in self._sharing
        ]

    def _without_code(self, last: Entry, opened: Entry, row: PrintedRow) -> None:
        if row.first_of_page:
            self._continue(opened, row, "")
        elif self._claims_part(last, row):
            self._claim(last, row)
        else:
            opened.take(row)
            self.doubts.append(warning(
                "ROW_WITHOUT_NUMBER", "Dòng không có số thứ tự, được nối vào dòng trước.", tuple(opened.lines),
                cell=CellReading("code", "", f"phần tiếp của mục {last.code}", "số thứ tự riêng, nếu là một nội dung"),
            ))

    def _continue(self, opened: Entry, row: PrintedRow, why: str) -> None:
        first = opened.lines[-1]
        before = opened.all_printed()
        opened.take(row)
        extra = f" ({why})" if why else ""
        halves = zip(COLUMN_NAMES, row.printed, strict=True)
        went_on = [name for name, cell in halves if cell.strip() and name != "code"]
        told = f" (ô {', '.join(column_name(name) for name in went_on)})" if went_on else ""
        self.doubts.append(note(
            "JOINED_OVER_PAGE_BREAK", f"Dòng bị ngắt trang{extra}; hai nửa đã được nối lại{told}.",
            (first, row.line), cell=_joined_cell(row, before, went_on),
        ))

    def _claims_part(self, last: Entry, row: PrintedRow) -> bool:
        """A line with unit and deadline but no content speaks of a ``+`` part in the cell above."""
        cells = row.cells
        return bool(
            not cells[TITLE].strip() and cells[LEADS].strip() and cells[END].strip()
            and _PLUS.search(" ".join(last.cells[TITLE]))
        )

    def _claim(self, last: Entry, row: PrintedRow) -> None:
        part = Entry(EntryKind.PART, "", list(last.lines))
        part.cells[TITLE] = [_cut_first_part(last.cells[TITLE])]
        part.printed[TITLE] = [part.cells[TITLE][0].strip()]
        part.take(row)
        last.parts.append(part)
        self._open = part
        self.doubts.append(warning(
            "PLUS_PART_SET_APART",
            f"Phần “+” trong ô nội dung của mục {last.code} có đơn vị và thời hạn riêng ở dòng dưới;"
            " được tách thành một phần việc. Lãnh đạo phụ trách theo mục đó.",
            (last.lines[0], row.line), cell=_part_cell(part, last),
        ))


def _part_cell(part: Entry, last: Entry) -> CellReading:
    return CellReading(
        "title", shortened(part.as_printed(TITLE) or part.code), f"phần việc của mục {last.code}",
        "phần “+” như bản in, hoặc một dòng có số thứ tự riêng",
    )


def _joined_cell(row: PrintedRow, before: Sequence[str], went_on: Sequence[str]) -> CellReading:
    """The cell that went on behind a page break, when it was one alone: its halves where they were cut."""
    if len(went_on) != 1:
        return NO_CELL
    column = tuple(COLUMN_NAMES).index(went_on[0])
    first = squeeze(before[column])
    if len(first) > _AT_THE_CUT:
        first = f"… {first[-_AT_THE_CUT:].partition(' ')[2]}"
    return CellReading(went_on[0], shortened(f"{first} | {row.printed[column]}"), "một ô liền",
                       "ô không bị ngắt; hai nửa đúng là của một dòng")


def _is_part(cells: Cells, code: str) -> bool:
    own = any(cells[column].strip() for column in (LEADS, COORDINATORS)) and cells[END].strip()
    return code == "+" or bool(_PLUS.match(printed_text(cells[TITLE])) and own)


def _dashed(cells: Cells) -> str:
    """The dash before the content of a row that has a unit or a time of its own, "" for any other row."""
    found = _DASH.match(cells[TITLE])
    return found[1] if found and any(cell.strip() for cell in cells[TITLE + 1:]) else ""


def _goes_on(title: str) -> bool:
    """Whether a text looks like the second half of a sentence: its first letter is small, or there is none."""
    letter = _STARTS_SMALL.search(printed_text(title))
    return letter is None or letter[0].islower()


def _cut_first_part(halves: list[str]) -> str:
    """Take the first ``+`` part out of the halves of a title and return it as printed."""
    for rank, half in enumerate(halves):
        starts = [match.start() for match in _PLUS.finditer(half)]
        if starts:
            end = starts[1] if len(starts) > 1 else len(half)
            part, halves[rank] = half[starts[0]:end], half[:starts[0]] + half[end:]
            return part
    return ""
