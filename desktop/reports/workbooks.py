"""The consolidated progress sheet as an Excel workbook: the PDF's columns taken apart, so that each can be filtered."""

from __future__ import annotations

from desktop.models.plan import NodeKind
from desktop.models.report import TIMELINESS_WORDS
from desktop.models.sheets import ConsolidatedRow, ConsolidatedSheet
from desktop.reports import phrases
from desktop.reports.excel import (
    CENTRED,
    DAY,
    HEAD,
    PERCENT,
    PLAIN,
    TEXT,
    TITLE,
    SheetColumn,
    SheetLine,
    WorkbookContent,
    workbook_bytes,
)

_COLUMNS = (
    SheetColumn("TT", 8, CENTRED),
    SheetColumn("Nội dung", 36, TEXT),
    SheetColumn("Lãnh đạo", 20, TEXT),
    SheetColumn("Chủ trì", 18, TEXT),
    SheetColumn("Phối hợp", 18, TEXT),
    SheetColumn("Thời hạn", 13, CENTRED),
    SheetColumn("Ngày đến hạn", 11, DAY),
    SheetColumn("Trạng thái", 15, TEXT),
    SheetColumn("Tỷ lệ", 7, PERCENT),
    SheetColumn("Ngày hoàn thành", 11, DAY),
    SheetColumn("Đánh giá thời hạn", 12, TEXT),
    SheetColumn("Kết quả", 28, TEXT),
    SheetColumn("Minh chứng", 16, TEXT),
    SheetColumn("Khó khăn", 20, TEXT),
    SheetColumn("Đề xuất", 20, TEXT),
    SheetColumn("Cần đối chiếu", 8, CENTRED),
)
# Excel's outline has seven levels below the highest.
_DEEPEST = 7


def consolidated_xlsx(sheet: ConsolidatedSheet) -> bytes:
    """The sheet as an .xlsx file; the same sheet gives the same bytes. Raises EnvironmentTrouble SHEET_NOT_WRITTEN."""
    head = sheet.head
    plan = phrases.plan_reference(head)
    reference = " – ".join(part for part in (plan, phrases.period_and_basis(head)) if part)
    opening = (
        SheetLine((" – ".join(part for part in (head.superior, head.issuer) if part),), HEAD),
        SheetLine((f"{head.title.upper()} {head.subject}".strip(),), TITLE),
        SheetLine((reference,), PLAIN),
        SheetLine((sheet.sentence,), PLAIN),
        SheetLine((phrases.updated(head.updated),), PLAIN),
    )
    notes = [f"Ghi chú: {sheet.notes[0]}", *sheet.notes[1:]] if sheet.notes else []
    return workbook_bytes(
        WorkbookContent(
            name="Tổng hợp tiến độ",
            title=" – ".join(part for part in (head.title, head.period, head.subject) if part),
            author=head.issuer,
            made=head.updated,
            foot=phrases.updated(head.updated),
            opening=opening,
            columns=_COLUMNS,
            body=[_line(row) for row in sheet.rows],
            closing=tuple(SheetLine((note,), PLAIN) for note in notes),
        )
    )


def _line(row: ConsolidatedRow) -> SheetLine:
    return SheetLine(
        (
            row.code,
            row.title,
            ";\n".join(row.leaders),
            "; ".join(row.lead_units),
            "; ".join(row.coordinating_units),
            row.deadline,
            row.due,
            row.status_words,
            None if row.percent is None else row.percent / 100,
            row.done_on,
            TIMELINESS_WORDS[row.timeliness] if row.timeliness else "",
            row.result,
            row.evidence,
            row.difficulties,
            row.proposals,
            row.conflicts or None,
        ),
        level=min(row.depth, _DEEPEST),
        heading=row.kind is not NodeKind.ITEM,
    )
