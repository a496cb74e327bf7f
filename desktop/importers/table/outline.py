"""Entries -> the outline: what is a section, a group or an item, and the path of each.

Path rules: the printed numbers of the numbered ancestors joined by "/"; ``#2`` for a repeated number; ``*k`` within
the numbered parent, left out of the paths below it; ``+k`` under its item; a heading with a wrong printed number takes
the number it stands for. A heading over the whole row that has no number is ``§k``; where a table has no numbers at
all, its rows are counted below each heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from desktop.importers.checks.doubts import Doubt, note, warning
from desktop.importers.table.joining import Entry, EntryKind
from desktop.importers.table.shapes import TITLE
from desktop.models.plan import CellReading, NodeKind
from desktop.models.text import roman_value

Number = tuple[int, ...]
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,4}){0,11}")
_CLOSING = "./)"
_LETTER = re.compile(r"[A-Z]")
_SMALL_LETTER = re.compile(r"[a-zđ][./)]?")
_COUNT = re.compile(r"\(\s*\(?\s*(\d{1,4})\s+[^()\d][^()]*\)")


@dataclass(slots=True)
class Branch:
    """A row of the outline. ``number`` is the number it stands for; ``parent`` and ``path`` as in Node."""

    entry: Entry
    kind: NodeKind
    path: str
    parent: str
    number: Number = ()
    stated_count: int | None = None
    star: bool = False
    part: bool = False
    section: str = ""


@dataclass(slots=True)
class Outline:
    """All branches in document order with what was doubtful about their numbers."""

    branches: list[Branch] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def read_outline(entries: Sequence[Entry]) -> Outline:
    """Place every entry; none is lost, none added."""
    builder = _Builder(entries)
    for rank in range(len(entries)):
        builder.place(rank)
    return builder.outline


def stated_count(title: str) -> int | None:
    """The first count a heading states in brackets: "(58 nội dung)" -> 58."""
    found = _COUNT.search(title)
    return int(found[1]) if found else None


def parse_number(code: str) -> Number:
    """"2.1.33" as (2, 1, 33); nothing for what is no number."""
    plain = code.strip().rstrip(_CLOSING)
    return tuple(int(piece) for piece in plain.split(".")) if _NUMBER.fullmatch(plain) else ()


def _dotted(number: Number) -> str:
    return ".".join(str(piece) for piece in number)


class _Style(Enum):
    """What sections are marked with."""

    LETTER = auto()
    ROMAN = auto()
    WORDS = auto()


def _letters_lead(entries: Sequence[Entry]) -> bool:
    """Whether headings with letters stand above those with Roman numerals: an A comes before the first numeral."""
    for entry in entries:
        code = entry.code.rstrip(_CLOSING)
        if (code == "A" and entry.has_only_title()) or roman_value(code) is not None:
            return code == "A"
    return False


def _numbers(entries: Sequence[Entry]) -> list[Number]:
    """The number of every entry; a), b) ... below a number without unit and time count on below that number."""
    numbers: list[Number] = []
    heading: Number = ()
    letters = 0
    for entry in entries:
        number = parse_number(entry.code)
        if number:
            heading, letters = number if entry.has_only_title() else (), 0
        elif heading and _SMALL_LETTER.fullmatch(entry.code.strip()):
            letters += 1
            number = (*heading, letters)
        numbers.append(number)
    return numbers


class _Builder:
    def __init__(self, entries: Sequence[Entry]) -> None:
        self.outline = Outline()
        self._entries = entries
        self._numbers = _numbers(entries)
        self._counted = not any(entry.code for entry in entries if entry.kind is not EntryKind.BANNER)
        self._letters = _letters_lead(entries)
        self._sections: list[tuple[_Style, Branch]] = []
        self._headings: list[Branch] = []
        self._star: Branch | None = None
        self._uses: dict[str, int] = {}
        self._first_lines: dict[str, int] = {}
        self._counts: dict[str, int] = {}

    def place(self, rank: int) -> None:
        entry = self._entries[rank]
        if entry.kind is EntryKind.STARRED:
            branch = self._starred(rank)
        elif style := self._style(entry):
            branch = self._new_section(entry, style)
        else:
            branch = self._numbered(rank)
        self.outline.branches.append(branch)
        for order, part in enumerate(entry.parts, start=1):
            path = f"{branch.path}/+{order}"
            self.outline.branches.append(Branch(
                part, NodeKind.ITEM, path, branch.path, part=True, section=branch.section,
            ))
            if part.code and part.code == entry.code:
                self.outline.doubts.append(_repeated(
                    part.code, entry.lines[0], part, path, "ô số trống cho phần “+”, hoặc dấu +"
                ))

    def _style(self, entry: Entry) -> _Style | None:
        """How an entry heads a section; None for any other."""
        code = entry.code.rstrip(_CLOSING)
        if entry.kind is not EntryKind.BANNER and not entry.has_only_title():
            return None
        if self._letters and _LETTER.fullmatch(code) and self._is_next_letter(code):
            return _Style.LETTER
        if roman_value(code) is not None:
            return _Style.ROMAN
        if entry.kind is EntryKind.BANNER:
            return _Style.LETTER if _LETTER.fullmatch(code) else _Style.WORDS
        return None

    def _is_next_letter(self, code: str) -> bool:
        """Whether a capital goes on after the letter before it: C after B is a letter, C after XCIX is 100."""
        before = next((branch.entry.code for style, branch in self._sections if style is _Style.LETTER), "")
        return roman_value(code) is None or ord(code) == ord(before[:1] or "@") + 1

    def _is_section(self, entry: Entry) -> bool:
        return self._style(entry) is not None

    @property
    def _section(self) -> Branch | None:
        return self._sections[-1][1] if self._sections else None

    def _new_section(self, entry: Entry, style: _Style) -> Branch:
        """A section below the sections of other styles that are open; outermost is the style that came first."""
        styles = [one for one, _ in self._sections]
        if style in styles:
            del self._sections[styles.index(style):]
        parent = self._section
        base = parent.path if parent else ""
        code = entry.code.rstrip(_CLOSING) or f"§{self._next(f'{base}§')}"
        path = self._free(f"{base}/{code}" if base else code, entry)
        branch = Branch(
            entry, NodeKind.GROUP if parent else NodeKind.SECTION, path, base,
            stated_count=stated_count(entry.text(TITLE)), section=path,
        )
        self._sections.append((style, branch))
        self._headings, self._star = [], None
        return branch

    def _next(self, key: str) -> int:
        count = self._counts[key] = self._counts.get(key, 0) + 1
        return count

    def _starred(self, rank: int) -> Branch:
        entry = self._entries[rank]
        parent = self._headings[-1] if self._headings else self._section
        base = parent.path if parent else ""
        count = self._next(base)
        heading = entry.has_only_title() and self._leads_rows(rank)
        path = f"{base}/*{count}" if base else f"*{count}"
        branch = Branch(
            entry, NodeKind.GROUP if heading else NodeKind.ITEM, path, base, star=True, section=self._section_path(),
            stated_count=stated_count(entry.text(TITLE)) if heading else None,
        )
        self._star = branch if heading else None
        what = "nhóm; các mục dưới nhóm giữ đường dẫn theo số thứ tự" if heading else "nhiệm vụ không có số thứ tự"
        self.outline.doubts.append(note(
            "STAR_ROW", f"Dòng dấu “{entry.code}” được đọc là {what}.", tuple(entry.lines),
            cell=CellReading("code", entry.code, what.partition(";")[0], "dấu như bản in, hoặc số thứ tự tiếp theo"),
        ))
        return branch

    def _leads_rows(self, rank: int) -> bool:
        """Whether numbered rows that are no headings of their own follow a star row directly."""
        following = self._entries[rank + 1] if rank + 1 < len(self._entries) else None
        if following is None or following.kind is EntryKind.STARRED or self._is_section(following):
            return False
        return not (following.has_only_title() and self._is_heading(rank + 1))

    def _is_heading(self, rank: int) -> bool:
        """Whether a row with nothing but content has rows below it."""
        entry = self._entries[rank]
        if not entry.has_only_title() or entry.parts:
            return False
        if stated_count(entry.text(TITLE)) is not None:
            return True
        following = self._entries[rank + 1] if rank + 1 < len(self._entries) else None
        if following is None or self._is_section(following):
            return False
        if following.kind is EntryKind.STARRED:
            return True
        number, below = self._numbers[rank], self._numbers[rank + 1]
        if not number or not below:
            return not number
        return (len(below) > len(number) and below[: len(number)] == number) or bool(self._true_number(rank))

    def _true_number(self, rank: int) -> Number:
        """The number a heading stands for when the rows below it belong to another one than is printed.

        "2.1.33" before "2.2.1" is 2.2: the rows below name it, and it follows the open heading 2.1.
        """
        number = self._numbers[rank]
        below = self._numbers[rank + 1] if rank + 1 < len(self._numbers) else ()
        wanted = below[:-1]
        if not number or not wanted or wanted == number or below[: len(number)] == number:
            return ()
        previous = (*wanted[:-1], wanted[-1] - 1)
        opened = {heading.number for heading in self._headings}
        return wanted if previous in opened and wanted not in opened else ()

    def _numbered(self, rank: int) -> Branch:
        entry, number = self._entries[rank], self._numbers[rank]
        heading = self._is_heading(rank)
        code = entry.code.strip().rstrip(_CLOSING) or "?"
        if heading and (wanted := self._true_number(rank)):
            self.outline.doubts.append(warning(
                "HEADING_MISNUMBERED",
                f"Tiêu đề in số {code} nhưng các dòng dưới mang số {_dotted(wanted)}.…; được đọc là mục"
                f" {_dotted(wanted)}.",
                tuple(entry.lines), cell=CellReading("code", entry.code, f"mục {_dotted(wanted)}", _dotted(wanted)),
            ))
            number, code = wanted, _dotted(wanted)
        parent = self._parent_of(number, entry, code)
        base = parent.path if parent else ""
        if self._counted and not heading:
            number = (self._next(base),)
            code = str(number[0])
        path = self._free(f"{base}/{code}" if base else code, entry)
        in_star = self._star is not None and self._star.parent == base and not heading
        branch = Branch(
            entry, NodeKind.GROUP if heading else NodeKind.ITEM, path,
            self._star.path if self._star is not None and in_star else base, number,
            stated_count(entry.text(TITLE)) if heading else None, section=self._section_path(),
        )
        if heading:
            self._headings.append(branch)
            self._star = None
        return branch

    def _parent_of(self, number: Number, entry: Entry, code: str) -> Branch | None:
        while self._headings and not _is_below(number, self._headings[-1].number):
            self._headings.pop()
        parent = self._headings[-1] if self._headings else self._section
        depth = len(parent.number) if parent else 0
        if len(number) > depth + 1:
            self.outline.doubts.append(warning(
                "NUMBER_WITHOUT_HEADING",
                f"Số {code} không có tiêu đề {_dotted(number[:-1])} ở trên; được xếp vào"
                f" {'mục ' + parent.path if parent else 'đầu bảng'}.",
                tuple(entry.lines), cell=CellReading(
                    "code", entry.code, f"nằm trong {'mục ' + parent.path if parent else 'đầu bảng'}",
                    f"thêm dòng tiêu đề {_dotted(number[:-1])}, hoặc số {self._unused((*number[: depth], 0))}",
                ),
            ))
        return parent

    def _section_path(self) -> str:
        return self._section.path if self._section else ""

    def _free(self, path: str, entry: Entry) -> str:
        """The path, with ``#2``, ``#3`` ... where it is taken."""
        first = self._first_lines.setdefault(path, entry.lines[0])
        uses = self._uses[path] = self._uses.get(path, 0) + 1
        free = path if uses == 1 else f"{path}#{uses}"
        if uses > 1 and entry.code:
            accepted = f"một số chưa dùng, ví dụ {self._unused(parse_number(entry.code)) or 'số của phần tiếp theo'}"
            self.outline.doubts.append(_repeated(path.rpartition("/")[2], first, entry, free, accepted))
        return free

    def _unused(self, number: Number) -> str:
        """The number after the last one of the same depth under the same heading: 3.1.29 -> 3.1.57."""
        if not number:
            return ""
        last = max((one[-1] for one in self._numbers if one[:-1] == number[:-1] and one), default=0)
        return _dotted((*number[:-1], last + 1))


def _repeated(number: str, first: int, entry: Entry, path: str, accepted: str) -> Doubt:
    return warning(
        "NUMBER_REPEATED", f"Số {number} đã dùng ở dòng {first}; dòng này được ghi là {path}.",
        (first, *entry.lines), path, CellReading("code", entry.code, path, accepted),
    )


def _is_below(number: Number, heading: Number) -> bool:
    return bool(number) and len(number) > len(heading) and number[: len(heading)] == heading
