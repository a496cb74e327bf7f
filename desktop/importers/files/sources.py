"""A plan file of any kind -> the tables it offers, with what is to be told of the file as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from desktop.importers import libraries
from desktop.importers.checks.doubts import Doubt, note
from desktop.importers.files.decoding import code_page_lines, decode_lines
from desktop.importers.files.file_kind import FileKind, is_text
from desktop.importers.files.grid import Grid, text_grid
from desktop.importers.files.legacy import NAMES, Encoding, LegacyProposal, LegacyReader
from desktop.importers.printed_plan import Candidate, not_a_plan
from desktop.models.errors import Mistake, Refused
from desktop.models.text import fold

Read = tuple[tuple[Grid, ...], tuple[Doubt, ...]]


@dataclass(frozen=True, slots=True)
class Source:
    """A plan file taken apart. ``tables`` have a header each, in the order of the file; ``default`` is the likeliest.

    ``proposal`` when the file seems to be written in an encoding of before Unicode.
    """

    kind: FileKind
    tables: tuple[Candidate, ...]
    proposal: LegacyProposal | None
    doubts: tuple[Doubt, ...]

    @property
    def default(self) -> Candidate:
        """The table that is the plan's, as far as its looks tell. Raises Refused PLAN_NOT_A_PLAN."""
        if not self.tables:
            raise not_a_plan(found_header=False)
        return max(self.tables, key=lambda one: one.rank)

    def table(self, key: str) -> Candidate:
        """The table of a key or of a name, as a person types it; "" is the default.

        Raises Mistake PLAN_TABLE_UNKNOWN, Refused PLAN_NOT_A_PLAN.
        """
        if not key:
            return self.default
        wanted = fold(key)
        found = next((one for one in self.tables if key == one.grid.key), None) or next(
            (one for one in self.tables if wanted in (fold(one.grid.key), fold(one.grid.name))), None
        )
        if found is None:
            names = ", ".join(one.grid.name for one in self.tables) or "không có bảng nào"
            raise Mistake(
                "PLAN_TABLE_UNKNOWN", f"Trong tệp không có biểu tiến độ “{key}”.", f"Các bảng có trong tệp: {names}."
            )
        return found

    def others(self, chosen: Candidate) -> list[Doubt]:
        """A note on the tables that are left out."""
        left = [f"{one.grid.name} ({len(one.table.rows)} dòng)" for one in self.tables if one is not chosen]
        if not left:
            return []
        return [note(
            "TABLES_OTHER",
            f"Đã đọc {chosen.grid.name}; tệp còn bảng khác chưa đọc: {'; '.join(left)}.", (), "",
        )]


def open_source(data: bytes, ending: str, chosen: Encoding | None = None) -> Source:
    """Take a plan file apart. ``ending`` is that of its name (".xlsx", small letters).

    ``chosen`` is how old text is to be read; while nothing is chosen, it is read as the proposal says.
    Raises Refused PLAN_OTHER_FORMAT, PLAN_HAS_PASSWORD, PLAN_DAMAGED, PLAN_UNSAFE, PLAN_TOO_BIG_INSIDE,
    PLAN_TOO_MANY_ROWS, PLAN_CELL_TOO_LONG, PLAN_EMPTY, PLAN_WRONG_ENCODING.
    """
    kind, read, told, wrong = _reader(data, ending)
    watch = LegacyReader()
    grids, doubts = read(watch)
    proposal = watch.proposal()
    encoding = chosen or (proposal.encoding if proposal else Encoding.UNICODE)
    if encoding is Encoding.UNICODE:
        if wrong is not None:
            raise wrong
    else:
        grids, doubts = read(LegacyReader(encoding, proposal is not None and proposal.by_font))
        told = (*told, note(
            "LEGACY_CONVERTED", f"Chữ {NAMES[encoding]} đã được chuyển sang Unicode để đọc.", (), "",
        ))
    tables = tuple(one for one in map(Candidate.of, grids) if one.table.header_lines)
    return Source(kind, tables, proposal, (*told, *doubts))


def _reader(
    data: bytes, ending: str
) -> tuple[FileKind, Callable[[LegacyReader], Read], tuple[Doubt, ...], Refused | None]:
    """The kind of a file, what reads it, what is to be told before; the refusal of a text that is not Unicode."""
    if is_text(data, ending):
        lines, wrong = _text_lines(data)
        return FileKind.TEXT, partial(_read_text, lines), (), wrong
    file = libraries.open_office_file(data, ending)
    told = (note(
        "MACROS_PRESENT", "Tệp có chứa macro; chương trình chỉ đọc chữ trong bảng, không chạy macro.", (), "",
    ),) if file.macros else ()
    if file.kind is FileKind.XLSX:
        return file.kind, lambda watch: (libraries.excel_grids(file, watch.take), ()), told, None
    return file.kind, lambda watch: libraries.word_grids(file, watch.take), told, None


def _text_lines(data: bytes) -> tuple[tuple[str, ...], Refused | None]:
    try:
        return decode_lines(data), None
    except Refused as error:
        if error.code != "PLAN_WRONG_ENCODING":
            raise
        return code_page_lines(data), error


def _read_text(lines: tuple[str, ...], watch: LegacyReader) -> Read:
    return (text_grid(tuple(watch.take(line) for line in lines)),), ()
