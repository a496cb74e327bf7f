"""The details of a row as a page of rich text: printed text beside reading, targets, findings, reports. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from desktop.models.period import read_period
from desktop.models.plan import Finding, NodeKind, Severity
from desktop.models.report import STATE_WORDS, Report
from desktop.models.schedule import Time
from desktop.models.targets import Comparator, Target
from desktop.services.views import NodeDetails, PlanRow, ReportLine
from desktop.ui.parts.words import clock_words, day_words
from desktop.ui.plan.words import reading_words

_COMPARATORS = {
    Comparator.AT_LEAST: "ít nhất",
    Comparator.MORE_THAN: "trên",
    Comparator.AT_MOST: "không quá",
    Comparator.LESS_THAN: "dưới",
    Comparator.EXACTLY: "bằng",
    Comparator.RANGE: "từ",
    Comparator.COUNT: "số lượng",
    Comparator.TOP: "thuộc nhóm đầu",
    Comparator.ZERO: "không có",
}
_SEVERITIES = {Severity.ERROR: "Lỗi", Severity.WARNING: "Cần rà soát", Severity.NOTE: "Ghi chú"}
_TEXTS = (
    ("result", "Kết quả"),
    ("evidence", "Minh chứng"),
    ("difficulties", "Khó khăn"),
    ("proposals", "Đề xuất"),
)


@dataclass(frozen=True, slots=True)
class Inks:
    """Colours of a page as #rrggbb."""

    text: str
    muted: str
    shade: str
    warning: str


def details_page(details: NodeDetails, status: str, inks: Inks) -> str:
    """The page of a row. ``status`` is its state in words."""
    row = details.row
    parts = [f'<p style="margin:0 0 6px 0"><b>{_text(row.code)}</b> &nbsp;{_text(row.title)}</p>']
    if row.kind is NodeKind.ITEM:
        parts.append(f'<p style="margin:0 0 8px 0; color:{inks.muted}">{_text(status)}</p>')
    parts.append(_printed(details, inks))
    if details.source_lines:
        told = ", ".join(str(line) for line in details.source_lines)
        parts.append(f'<p style="margin:8px 0 0 0; color:{inks.muted}">Dòng trong tệp gốc: {told}</p>')
    if details.targets:
        parts.append(_section("Chỉ tiêu đọc được", (_target(target) for target in details.targets)))
    if details.findings:
        parts.append(_section("Điều cần biết khi đọc văn bản", (_finding(one, inks) for one in details.findings)))
    if row.kind is NodeKind.ITEM:
        told_reports = [_report(line, inks) for line in details.reports]
        parts.append(_section("Báo cáo", told_reports or [f'<span style="color:{inks.muted}">Chưa có báo cáo.</span>']))
    return "".join(parts)


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _section(heading: str, entries: Iterable[str]) -> str:
    body = "".join(f'<p style="margin:0 0 6px 0">{entry}</p>' for entry in entries)
    return f'<p style="margin:14px 0 4px 0"><b>{escape(heading)}</b></p>{body}'


def _printed(details: NodeDetails, inks: Inks) -> str:
    """A table of what is printed and what it is read as; one cell where both say the same."""
    readings = _readings(details.row)
    rows = [
        f'<tr><td width="28%"></td><td width="36%" style="color:{inks.muted}">Văn bản in</td>'
        f'<td width="36%" style="color:{inks.muted}">Cách hiểu</td></tr>'
    ]
    for name, printed in details.printed:
        reading = readings.get(name, "")
        if not printed.strip() and not reading:
            continue
        rows.append(f'<tr><td style="color:{inks.muted}">{_text(name)}</td>{_cells(printed.strip(), reading)}</tr>')
    shape = f'width="100%" cellspacing="0" cellpadding="3" style="background:{inks.shade}"'
    gap = '<p style="margin:0; font-size:4pt">&nbsp;</p>'
    return f"{gap}<table {shape}>{''.join(rows)}</table>"


def _cells(printed: str, reading: str) -> str:
    if not reading or _squeezed(printed) == _squeezed(reading):
        return f'<td colspan="2">{_text(printed or reading)}</td>'
    return f"<td>{_text(printed) or '–'}</td><td>{_text(reading)}</td>"


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _readings(row: PlanRow) -> dict[str, str]:
    """Readings by the heading of the printed column, as ``NodeDetails.printed`` names them."""
    return {
        "TT": row.path if row.path != row.code else "",
        "Nội dung thực hiện": row.title,
        "Lãnh đạo phụ trách": "\n".join(row.leaders),
        "Đơn vị chủ trì": "\n".join(row.lead_units),
        "Đơn vị phối hợp": "\n".join(row.coordinating_units),
        "Thời gian thực hiện": _time(row.start),
        "Thời gian hoàn thành": _time(row.end),
    }


def _time(time: Time) -> str:
    return reading_words(time) if time.text else ""


def _target(target: Target) -> str:
    value = target.value.replace(".", ",")
    if target.value_max is not None:
        value = f"{value}–{target.value_max.replace('.', ',')}"
    words = f"{_COMPARATORS[target.comparator]} {value} {target.unit}".strip()
    if target.stretch == target.value:
        words = f"phấn đấu {words}"
    elif target.stretch is not None:
        words = f"{words}, phấn đấu {target.stretch.replace('.', ',')} {target.unit}".strip()
    if target.each:
        words = f"mỗi {target.each}: {words}"
    told = f"{target.measures}: {words}" if target.measures else words
    return f"{_text(told)} (“{_text(target.text)}”)"


def _finding(finding: Finding, inks: Inks) -> str:
    colour = inks.muted if finding.severity is Severity.NOTE else inks.warning
    lines = ", ".join(str(line) for line in finding.source_lines)
    where = f" (dòng {lines})" if lines else ""
    return f'<span style="color:{colour}">{_SEVERITIES[finding.severity]}:</span> {_text(finding.message)}{where}'


def _report(line: ReportLine, inks: Inks) -> str:
    report = line.report
    facts = [fact for fact in (_state(report), _percent(report), _done(report)) if fact]
    heading = f"{read_period(report.period).name} · {line.unit_name}"
    told = f"<b>{_text(heading)}</b>: {escape(', '.join(facts)) or '–'}"
    for field, name in _TEXTS:
        value = str(getattr(report, field))
        if value:
            told += f'<br><span style="color:{inks.muted}">{name}:</span> {_text(value)}'
    if report.conflicts:
        told += f'<br><span style="color:{inks.warning}">↔ Cần đối chiếu</span>'
    by = " · ".join(part for part in (line.author, _entered(line)) if part)
    return f'{told}<br><span style="color:{inks.muted}">{_text(by)}</span>' if by else told


def _state(report: Report) -> str:
    return STATE_WORDS[report.state] if report.state else ""


def _percent(report: Report) -> str:
    return f"{report.percent}%" if report.percent is not None else ""


def _done(report: Report) -> str:
    return f"xong ngày {day_words(report.done_on)}" if report.done_on else ""


def _entered(line: ReportLine) -> str:
    return f"nhập {clock_words(line.entered)} ngày {day_words(line.entered.date())}" if line.entered else ""
