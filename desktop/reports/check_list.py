"""The list of what is to be checked in a plan that was read, as an Excel workbook: one line for each finding."""

from __future__ import annotations

from datetime import datetime

from desktop.models.findings import (
    SEVERITY_WORDS,
    counts_in_words,
    gravest_first,
    lines_in_words,
    printed_in_words,
)
from desktop.models.plan import Finding, Plan, PlanHeader, Severity
from desktop.models.plan_columns import column_name
from desktop.reports import phrases
from desktop.reports.excel import (
    A4,
    CENTRED,
    HEAD,
    PLAIN,
    TEXT,
    TITLE,
    SheetColumn,
    SheetLine,
    WorkbookContent,
    workbook_bytes,
)

_TITLE = "Danh sách cần rà soát khi đọc kế hoạch"
_COLUMNS = (
    SheetColumn("Mức", 11, CENTRED),
    SheetColumn("Dòng", 9, CENTRED),
    SheetColumn("Mục", 13, TEXT),
    SheetColumn("Cột", 12, TEXT),
    SheetColumn("Giá trị in", 27, TEXT),
    SheetColumn("Hiểu là", 22, TEXT),
    SheetColumn("Nội dung cần rà soát", 36, TEXT),
    SheetColumn("Chấp nhận được", 25, TEXT),
    SheetColumn("Mã", 16, TEXT),
)


def check_list_xlsx(plan: Plan, file_name: str, made: datetime) -> bytes:
    """The findings of a plan read from ``file_name``, gravest first, as an .xlsx file.

    The same findings at the same moment give the same bytes. Raises EnvironmentTrouble SHEET_NOT_WRITTEN.
    """
    header = plan.header
    opening = (
        SheetLine((header.issuer,), HEAD),
        SheetLine((_TITLE.upper(),), TITLE),
        SheetLine((_reference(header, file_name),), PLAIN),
        SheetLine((f"Có {counts_in_words(plan.findings)}. Chữ của bản in được giữ nguyên.",), PLAIN),
        SheetLine((phrases.updated(made),), PLAIN),
    )
    return workbook_bytes(WorkbookContent(
        name="Cần rà soát", title=f"{_TITLE} {header.number}".strip(), author=header.issuer, made=made,
        foot=phrases.updated(made), opening=opening, columns=_COLUMNS,
        body=[_line(one) for one in gravest_first(plan.findings)], closing=(), paper=A4,
    ))


def _reference(header: PlanHeader, file_name: str) -> str:
    number = f"Kế hoạch số {header.number}" if header.number else "Kế hoạch chưa rõ số"
    day = f" ngày {header.day:%d/%m/%Y}" if header.day else ""
    return f"{number}{day} – tệp {file_name}"


def _line(finding: Finding) -> SheetLine:
    cell = finding.cell
    return SheetLine(
        (
            SEVERITY_WORDS[finding.severity],
            lines_in_words(finding.source_lines),
            finding.path,
            column_name(cell.column),
            printed_in_words(cell),
            cell.understood,
            finding.message,
            cell.accepted,
            finding.code,
        ),
        heading=finding.severity is Severity.ERROR,
    )
