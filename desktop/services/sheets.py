"""Sheets of the merged state: gather what stands on the paper, have it set, save it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from desktop.exchange.files import write_file
from desktop.models.errors import Mistake
from desktop.models.occurrences import occurrence_word
from desktop.models.period import read_period
from desktop.models.plan import NodeKind
from desktop.models.report import STATE_WORDS, Report, WorkState
from desktop.models.rollup import FourWay, count_four_ways, four_way_note, four_way_sentence
from desktop.models.sheets import ConsolidatedRow, ConsolidatedSheet, Paper, SheetHead, Signature, SigningFor
from desktop.models.text import squeeze
from desktop.reports.consolidated import consolidated_pdf
from desktop.reports.workbooks import consolidated_xlsx
from desktop.services.closing import as_closed, closed_version, closing_in_force
from desktop.services.records import deadline_words, text_of, texts_of
from desktop.services.standing import StandingRow, standing
from desktop.services.views import Role
from desktop.services.workspace import Workspace

BASIS = "Lũy kế từ đầu năm"
_PARTY_NUMBER = re.compile(r"\d+\s*-")
"""Party papers number "160-KH/QU" (HD 36-HD/VPTW), State papers "15/BC-UBND" (NĐ 30/2020/NĐ-CP)."""


NOW = "now"
"""Asked for as a version: the figures of today, also of a period that is closed."""


def consolidated(ws: Workspace, period: str, form: str, version: str = "") -> bytes:
    """The consolidated progress sheet as "pdf" or "xlsx"; ``version``: see ``consolidated_sheet``.

    Raises Mistake SHEET_FORM_UNKNOWN and those of ``consolidated_sheet``; EnvironmentTrouble FONT_MISSING.
    """
    sheet = consolidated_sheet(ws, period, version)
    resources = ws.environment.resources
    if form == "pdf":
        return consolidated_pdf(sheet, resources / "fonts", resources / "layouts")
    if form == "xlsx":
        return consolidated_xlsx(sheet)
    raise Mistake("SHEET_FORM_UNKNOWN", f"Không in được bảng ra dạng “{form}”.", "Chọn pdf hoặc xlsx.")


def save(data: bytes, out: Path) -> Path:
    """Write a sheet to a file, read back before it counts. Raises EnvironmentTrouble (disk, rights, medium)."""
    return write_file(data, out, lambda back: back)


def consolidated_sheet(ws: Workspace, period: str, version: str = "") -> ConsolidatedSheet:
    """What stands on the consolidated sheet: every row, as reported up to the period.

    At the hub a closed period prints the closed figures, the same however much came since: those of the ``version``
    asked for, else of the one that stands. ``NOW`` prints the figures of today. A unit holds a part of what was closed:
    there only today's are printed. Raises Mistake PERIOD_UNKNOWN, FOLDER_NOT_SET_UP,
    VERSION_UNKNOWN, VERSION_AMBIGUOUS, VERSION_INCOMPLETE.
    """
    if version == NOW or (not version and ws.seat.role is Role.UNIT):
        return _sheet(ws, period)
    closing = closed_version(ws, period, version) if version else closing_in_force(ws, period)
    if closing is None:
        return _sheet(ws, period)
    with as_closed(ws, closing) as then:
        sheet = _sheet(then, period)
        closed = then.environment.clock()
    note = f"Số liệu đã chốt lần {closing.version}, {closed:%H}h{closed:%M} ngày {closed:%d/%m/%Y}."
    return replace(sheet, notes=(note, *sheet.notes))


def _sheet(ws: Workspace, period: str) -> ConsolidatedSheet:
    rows = standing(ws, period)
    items = [row for row in rows if row.kind is NodeKind.ITEM]
    sentences, every = [], FourWay()
    for noun, indicator in (("nhiệm vụ", False), ("chỉ tiêu", True)):
        counts = count_four_ways((row.status.state, row.status.timeliness) for row in items
                                 if row.indicator is indicator)
        sentences.append(four_way_sentence(counts, noun))
        every += counts
    notes = ["Kết quả của nhiều đơn vị được gộp nguyên văn, chưa biên tập."]
    # Tạm dừng and Không phát sinh are both named in Ghi chú (office.md, Counting).
    if note := four_way_note(every):
        notes.append(f"{note}.")
    conflicts = sum(1 for row in items if row.status.conflicts)
    if conflicts:
        notes.append(f"Có {conflicts} nội dung cần đối chiếu; bảng ghi giá trị tạm tính (mức thấp hơn).")
    return ConsolidatedSheet(
        head=_head(ws, period), rows=tuple(_row(ws, row) for row in rows),
        sentence=" ".join(sentences), notes=tuple(notes),
    )


def _head(ws: Workspace, period: str) -> SheetHead:
    identity = ws.identity()
    plan = identity.plan
    root = next(iter(ws.units().roots()), None)
    place = squeeze(re.sub(re.escape(root.level), "", root.name, flags=re.IGNORECASE)) if root else ""
    party = _PARTY_NUMBER.match(plan.number) is not None
    return SheetHead(
        paper=Paper.PARTY if party else Paper.STATE, superior="" if _is_root(ws) else plan.issuer,
        issuer=plan.issuer if _is_root(ws) else identity.hub_name, place=place, plan_number=plan.number,
        plan_day=plan.day, plan_issuer=plan.issuer, title="Bảng tổng hợp tiến độ", subject=plan.title,
        period=read_period(period).name, basis=BASIS, updated=ws.environment.clock(),
        signature=Signature(SigningFor.BODY, plan.issuer if _is_root(ws) else identity.hub_name),
    )


def _is_root(ws: Workspace) -> bool:
    units = ws.units()
    hub = text_of(record.body.get("hub")) if (record := ws.store.queries.record(ws.seat.plan_id)) else ""
    return hub in units and units.unit(hub).parent is None


def _row(ws: Workspace, row: StandingRow) -> ConsolidatedRow:
    body, status = row.node.body, row.status
    return ConsolidatedRow(
        path=text_of(body.get("path")), kind=row.kind, depth=row.depth, code=text_of(body.get("code")),
        title=text_of(body.get("title")), leaders=texts_of(body.get("leaders")),
        lead_units=texts_of(body.get("lead_units")), coordinating_units=texts_of(body.get("coordinating_units")),
        deadline=deadline_words(row.node.body), status_words=status_words(row), percent=status.percent,
        timeliness=status.timeliness, result=_gathered(ws, row, "result"), evidence=_gathered(ws, row, "evidence"),
        difficulties=_gathered(ws, row, "difficulties"), proposals=_gathered(ws, row, "proposals"),
        conflicts=status.conflicts, due=row.schedule.deadline, days=status.days,
        done_on=max((report.done_on for report in row.reports if report.done_on), default=None)
        if status.state is WorkState.DONE else None,
    )


def status_words(row: StandingRow) -> str:
    """The state in the office's words: a heading's count, an item's state and k of n; timeliness stands beside it."""
    status = row.status
    if row.kind is not NodeKind.ITEM:
        return f"{status.done}/{status.total} hoàn thành" if status.total else ""
    words = STATE_WORDS[status.state] if status.state else "Chưa có báo cáo"
    if status.state is None or status.occurrences is None or not status.occurrences.total:
        return words
    return f"{words} ({status.occurrences.done}/{status.occurrences.total} {occurrence_word(row.schedule)})"


def _gathered(ws: Workspace, row: StandingRow, field: str) -> str:
    """The units' own words, each marked with its unit where there are several."""
    said: list[tuple[Report, str]] = [
        (report, text) for report in row.reports if (text := str(getattr(report, field)))
    ]
    if len(row.reports) <= 1:
        return said[0][1] if said else ""
    return "\n".join(f"{ws.unit_name(report.unit)}: {text}" for report, text in said)
