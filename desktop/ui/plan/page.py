"""The details of a row as a page of rich text: printed text beside reading, findings, discussion, reports. No Qt.

Links say what a person wants done: ``correct:FIELD``, ``comment:``, ``answer:RECORD``, ``withdraw:RECORD``,
``unit:NAME`` and ``members:NAME`` (whom a printed name means; the name is that of ``link_name``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import pairwise

from desktop.models.findings import OPEN_COLLECTIVES, names_in_doubt
from desktop.models.period import read_period
from desktop.models.plan import Finding, NodeKind, Severity
from desktop.models.report import STATE_WORDS, Report
from desktop.models.schedule import Time
from desktop.models.targets import Target
from desktop.services.views import CommentLine, FieldReading, NodeDetails, PlanRow, ReadingField, ReportLine, Role
from desktop.ui.parts.words import clock_words, day_words
from desktop.ui.plan.words import NAMELESS, is_nameless, reading_words, settings_words, target_words, value_words

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
    link: str


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
    parts.append(_targets(details, inks))
    if details.findings:
        doubts = (_finding(one, inks) + _name_links(one, details, inks) for one in details.findings)
        parts.append(_section("Điều cần biết khi đọc văn bản", doubts))
    if details.comments or details.role is Role.UNIT:
        parts.append(_discussion(details, inks))
    if row.kind is NodeKind.ITEM:
        told_reports = [_report(line, inks) for line in details.reports]
        parts.append(_section("Báo cáo", told_reports or [f'<span style="color:{inks.muted}">Chưa có báo cáo.</span>']))
    if details.earlier:
        parts.append(_section("Các năm trước", (_report(line, inks) for line in details.earlier)))
    return "".join(parts)


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _section(heading: str, entries: Iterable[str]) -> str:
    body = "".join(f'<p style="margin:0 0 6px 0">{entry}</p>' for entry in entries)
    return f'<p style="margin:14px 0 4px 0"><b>{escape(heading)}</b></p>{body}'


def _link(target: str, words: str, inks: Inks) -> str:
    return f'<a href="{target}" style="color:{inks.link}">{words}</a>'


def _printed(details: NodeDetails, inks: Inks) -> str:
    """A table of what is printed and what it is read as; one cell where both say the same."""
    readings = _readings(details.row)
    again = {one.heading: one for one in details.readings}
    rows = [
        f'<tr><td width="28%"></td><td width="36%" style="color:{inks.muted}">Văn bản in</td>'
        f'<td width="36%" style="color:{inks.muted}">Cách hiểu</td></tr>'
    ]
    for name, printed in details.printed:
        reading, said = readings.get(name, ""), again.get(name)
        may_correct = said is not None and details.role is Role.HUB
        if not printed.strip() and not reading and not may_correct:
            continue
        heading = _text(name)
        if said is not None and may_correct:
            heading += f"<br>{_link(f'correct:{said.field.value}', 'Sửa', inks)}"
        rows.append(f'<tr><td style="color:{inks.muted}">{heading}</td>{_cells(printed.strip(), reading)}</tr>')
        if told := _said_again(said, inks):
            rows.append(f'<tr><td></td><td colspan="2">{told}</td></tr>')
    shape = f'width="100%" cellspacing="0" cellpadding="3" style="background:{inks.shade}"'
    gap = '<p style="margin:0; font-size:4pt">&nbsp;</p>'
    return f"{gap}<table {shape}>{''.join(rows)}</table>"


def _said_again(reading: FieldReading | None, inks: Inks) -> str:
    """Who corrected a reading, when and why, newest first; and values of which none is chosen yet."""
    if reading is None:
        return ""
    told = []
    if reading.rivals:
        rivals = "; ".join(f"“{_text(value_words(one.value))}” ({_text(one.author)})" for one in reading.rivals)
        told.append(f'<span style="color:{inks.warning}">↔ Cần đối chiếu:</span> {rivals}')
    read = [one.value for one in reading.history if not one.corrected]
    for earlier, later in reversed(list(pairwise(reading.history))):
        if not later.corrected:
            continue
        back = later.value == read[-1] if read else False
        done = "Đã trở lại cách hiểu ban đầu" if back else "Đã sửa cách hiểu"
        when = f"{clock_words(later.entered)} ngày {day_words(later.entered.date())}"
        why = f": {_text(later.reason)}" if later.reason else ""
        told.append(
            f'<span style="color:{inks.muted}">{done}: {_text(later.author)}, {when}</span>{why}; '
            f'<span style="color:{inks.muted}">trước đó:</span> {_text(value_words(earlier.value))}'
        )
    return "<br>".join(told)


def _targets(details: NodeDetails, inks: Inks) -> str:
    said = next((one for one in details.readings if one.field is ReadingField.TARGETS), None)
    entries = [_target(target, inks) for target in details.targets]
    may_correct = said is not None and details.role is Role.HUB and details.row.kind is NodeKind.ITEM
    if may_correct and not entries:
        entries = [f'<span style="color:{inks.muted}">Không có chỉ tiêu.</span>']
    if told := _said_again(said, inks):
        entries.append(told)
    if may_correct:
        entries.append(_link(f"correct:{ReadingField.TARGETS.value}", "Sửa chỉ tiêu", inks))
    return _section("Chỉ tiêu đọc được", entries) if entries else ""


def _discussion(details: NodeDetails, inks: Inks) -> str:
    headings = {one.field.value: one.heading for one in details.readings}
    entries = [_comment(line, headings.get(line.about, ""), details.role, inks) for line in details.comments]
    if details.role is Role.UNIT:
        entries.append(_link("comment:", "Gửi ý kiến về dòng này", inks))
    return _section("Trao đổi", entries)


def _comment(line: CommentLine, about: str, role: Role, inks: Inks) -> str:
    state = "đã rút lại" if line.withdrawn else "đã xong" if line.settled else "chưa xong"
    colour = inks.warning if line.open else inks.muted
    heading = " · ".join(part for part in (line.unit_name, f"về {about}" if about else "") if part)
    told = f'<b>{_text(heading)}</b> · <span style="color:{colour}">{state}</span><br>{_text(line.text)}'
    told += _signed(line.author, line.entered, inks)
    for answer in line.answers:
        told += f'<br><span style="color:{inks.muted}">Trả lời:</span> {_text(answer.text)}'
        told += _signed(answer.author, answer.entered, inks)
    if role is Role.HUB and not line.withdrawn:
        told += f"<br>{_link(f'answer:{line.record}', 'Trả lời' if not line.answers else 'Trả lời lại', inks)}"
    if line.mine and line.open:
        told += f"<br>{_link(f'withdraw:{line.record}', 'Rút lại ý kiến', inks)}"
    return told


def _signed(author: str, entered: datetime, inks: Inks) -> str:
    when = f"{clock_words(entered)} ngày {day_words(entered.date())}"
    return f'<br><span style="color:{inks.muted}">{_text(author)} · {when}</span>'


def _cells(printed: str, reading: str) -> str:
    if not reading or _squeezed(printed) == _squeezed(reading):
        return f'<td colspan="2">{_text(printed or reading) or "–"}</td>'
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


def _target(target: Target, inks: Inks) -> str:
    printed = f" (“{_text(target.text)}”)" if target.text else ""
    told = f"{escape(target_words(target))}{printed}"
    for words in settings_words(target):
        told += f'<br><span style="color:{inks.muted}">{escape(words)}</span>'
    return f'{told}<br><span style="color:{inks.warning}">! {NAMELESS}</span>' if is_nameless(target) else told


def link_name(about: str) -> str:
    """The printed name in a link, where it stands in hex: no letter of it can be taken for a part of the link."""
    return bytes.fromhex(about).decode()


def _name_links(finding: Finding, details: NodeDetails, inks: Inks) -> str:
    """What the hub may answer to a finding about names."""
    if details.role is not Role.HUB:
        return ""
    read = details.row.lead_units if finding.cell.column == "lead_units" else details.row.coordinating_units
    names = names_in_doubt(finding, read)
    links = []
    for name in names:
        about, of = name.encode().hex(), f" “{_text(name)}”" if len(names) > 1 else ""
        links.append(_link(f"unit:{about}", f"Chỉ rõ đơn vị{of}…", inks))
        if finding.code in OPEN_COLLECTIVES:
            links.append(_link(f"members:{about}", f"Lập danh sách đơn vị{of}…", inks))
    return f"<br>{' · '.join(links)}" if links else ""


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
