"""The consolidated progress sheet (Bảng tổng hợp tiến độ) as PDF: what each of its nine columns says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop.models.plan import NodeKind
from desktop.models.report import TIMELINESS_WORDS, Timeliness
from desktop.models.sheets import ConsolidatedRow, ConsolidatedSheet
from desktop.reports import phrases
from desktop.reports.documents import TableDocument, table_pdf
from desktop.reports.fonts import Face, Faces, load_faces
from desktop.reports.layouts import Mark, TableLayout, table_layout
from desktop.reports.tables import Passage, TableCell, TableRow
from desktop.reports.wrapping import BOUND, bind

COLUMNS = (
    "code",
    "title",
    "leaders",
    "lead_units",
    "coordinating_units",
    "deadline",
    "status",
    "result",
    "difficulties",
)
_NO_ROWS = "Không có nội dung nào trong phạm vi của bảng này."


def consolidated_pdf(sheet: ConsolidatedSheet, fonts: Path, layouts: Path) -> bytes:
    """The sheet as PDF, A4 landscape, at most nine columns; the same sheet gives the same bytes.

    ``fonts`` and ``layouts`` are the folders of the bundled faces and layouts. Raises EnvironmentTrouble FONT_MISSING
    or LAYOUT_INVALID.
    """
    faces = load_faces(fonts)
    table = table_layout(layouts, "consolidated", COLUMNS)
    writer = _Rows(faces, table)
    rows = [writer.row(row) for row in sheet.rows] or [_spanning(_NO_ROWS, framed=True)]
    document = TableDocument(sheet.head, (*rows, *writer.notes(sheet)), sheet.sentence)
    return table_pdf(document, table, fonts, layouts)


class _Rows:
    """Turns rows of the sheet into rows of the table."""

    def __init__(self, faces: Faces, table: TableLayout) -> None:
        self._printable = faces.printable
        self._table = table
        self._sections = 0

    def row(self, row: ConsolidatedRow) -> TableRow:
        """One row; headings are bold, shaded and kept with what follows."""
        if row.kind is NodeKind.ITEM:
            return TableRow((*self._opening(row, Face.REGULAR), *self._middle(row), *self._end(row)))
        section = row.kind is NodeKind.SECTION
        plain = not (row.leaders or row.lead_units or row.coordinating_units or row.deadline)
        code, title = self._opening(row, Face.BOLD)
        middle = () if plain else self._middle(row)
        end = self._end(row)
        if plain:
            title = replace(title, span=5)
        if not any(passage.text for cell in end[1:] for passage in cell.passages):
            end = (replace(end[0], span=3),)
        level = 0 if section or not self._sections else 1
        self._sections += section
        return TableRow(
            (code, title, *middle, *end),
            shade=self._table.shades["section" if section else "group"],
            keep_with_next=True,
            bookmark=(level, self._printable(f"{row.code}. {row.title}" if row.code else row.title)),
        )

    def notes(self, sheet: ConsolidatedSheet) -> list[TableRow]:
        """What stands below the table: the signs used, then *Ghi chú*."""
        used = {row.timeliness for row in sheet.rows if row.timeliness}
        signs = "; ".join(f"{self._mark(kind).mark} {TIMELINESS_WORDS[kind]}" for kind in Timeliness if kind in used)
        texts = [f"Ký hiệu: {signs}."] if signs else []
        texts += [f"Ghi chú: {sheet.notes[0]}", *sheet.notes[1:]] if sheet.notes else []
        return [_spanning(self._printable(text), framed=False) for text in texts]

    def _opening(self, row: ConsolidatedRow, face: Face) -> tuple[TableCell, TableCell]:
        code = TableCell((Passage(self._printable(row.code), face),), centred=True)
        return code, TableCell((Passage(self._printable(row.title), face),))

    def _middle(self, row: ConsolidatedRow) -> tuple[TableCell, ...]:
        leaders = [self._printable(leader) for leader in row.leaders]
        ends = [";"] * (len(leaders) - 1) + [""]
        return (
            TableCell(tuple(Passage(leader + end) for leader, end in zip(leaders, ends, strict=False))),
            self._units(row.lead_units),
            self._units(row.coordinating_units),
            TableCell((Passage(self._printable(row.deadline)),), centred=True),
        )

    def _units(self, names: tuple[str, ...]) -> TableCell:
        """Names in one run, none broken inside unless it is wider than the column."""
        return TableCell((Passage("; ".join(bind(self._printable(name)) for name in names)),))

    def _end(self, row: ConsolidatedRow) -> tuple[TableCell, ...]:
        evidence = f"Minh chứng: {row.evidence}" if row.evidence else ""
        difficulties = f"Khó khăn: {row.difficulties}" if row.difficulties else ""
        proposals = f"Đề xuất: {row.proposals}" if row.proposals else ""
        return (
            TableCell(self._status(row)),
            TableCell((Passage(self._printable(row.result)), Passage(self._printable(evidence), Face.ITALIC))),
            TableCell((Passage(self._printable(difficulties)), Passage(self._printable(proposals)))),
        )

    def _status(self, row: ConsolidatedRow) -> tuple[Passage, ...]:
        """State and percentage; timeliness with its sign, word and days; what waits to be compared."""
        share = phrases.percent(row.percent) if row.percent is not None else ""
        face = Face.REGULAR if row.kind is NodeKind.ITEM else Face.BOLD
        state = self._printable(row.status_words)
        state = bind(state) if row.kind is NodeKind.ITEM else state
        words = [Passage(": ".join(part for part in (state, bind(share)) if part), face)]
        if row.timeliness:
            mark = self._mark(row.timeliness)
            late = row.timeliness in (Timeliness.OVERDUE, Timeliness.DONE_LATE)
            face = Face.BOLD if late else Face.REGULAR
            words.append(Passage(f"{mark.mark}{BOUND}{_timeliness(row.timeliness, row.days)}", face, mark.ink))
        if row.done_on:
            words.append(Passage(f"({phrases.short_day(row.done_on)})"))
        if row.conflicts:
            words.append(Passage(f"Cần đối chiếu: {row.conflicts}", Face.ITALIC))
        return tuple(words)

    def _mark(self, kind: Timeliness) -> Mark:
        return self._table.marks[kind]


def _timeliness(kind: Timeliness, days: int | None) -> str:
    """The word, with the days where they say something: "quá hạn 76 ngày", "sắp đến hạn, còn 5 ngày"."""
    word = bind(TIMELINESS_WORDS[kind])
    if days is None:
        return word
    if kind is Timeliness.OVERDUE:
        return f"{word} {bind(f'{days} ngày')}"
    if kind is Timeliness.DUE_SOON:
        return f"{word}, {bind(f'còn {abs(days)} ngày')}"
    return word


def _spanning(text: str, *, framed: bool) -> TableRow:
    return TableRow((TableCell((Passage(text),), span=len(COLUMNS), centred=framed),), framed=framed)
