"""Printing answers: plain Vietnamese lines, or the stable JSON of docs/cli.md."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from desktop.models.plan import NodeKind, Plan, Severity
from desktop.models.report import STATE_WORDS, WorkState
from desktop.services.views import (
    EnrolmentRequest,
    Health,
    Identity,
    Outcome,
    Receipt,
    ReportLine,
    Role,
    WrittenPackage,
)

_SEVERITY_WORDS = {Severity.ERROR: "Lỗi", Severity.WARNING: "Cần rà soát", Severity.NOTE: "Ghi chú"}
_OUTCOME_WORDS = {
    Outcome.IMPORTED: "Đã nhập",
    Outcome.ALREADY_HAD: "Đã có",
    Outcome.HELD: "Tạm giữ",
    Outcome.REFUSED: "Từ chối",
    Outcome.UNREADABLE: "Không đọc được",
}


def line(text: str) -> None:
    """One line."""
    print(text)


def json_document(value: object) -> None:
    """A JSON document, indented."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def json_line(value: object) -> None:
    """One JSON object on one line."""
    print(json.dumps(value, ensure_ascii=False))


def plain(value: object) -> object:
    """Dataclasses, days, paths and enumerations as JSON has them."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value


def report(line: ReportLine, rivals: Mapping[str, object]) -> dict[str, object]:
    """A report as `report list --json` gives it."""
    one = line.report
    return {
        "item": line.item_path, "unit": line.unit_name, "period": one.period, "state": plain(one.state),
        "percent": one.percent, "done_on": plain(one.done_on), "result": one.result, "evidence": one.evidence,
        "difficulties": one.difficulties, "proposals": one.proposals, "conflicts": list(one.conflicts),
        "rivals": plain(rivals), "author": line.author, "entered": plain(line.entered),
    }


def plan(plan: Plan) -> None:
    """A plan read: what it is, what it holds, what is doubtful."""
    header = plan.header
    counts = {kind: sum(node.kind is kind for node in plan.nodes) for kind in NodeKind}
    print(f"Kế hoạch {header.number} ngày {header.day:%d/%m/%Y}" if header.day else f"Kế hoạch {header.number}")
    print(f"{header.issuer} · năm {header.year} · {header.theme}")
    print(f"{counts[NodeKind.SECTION]} phần, {counts[NodeKind.GROUP]} đề mục, {counts[NodeKind.ITEM]} nội dung")
    for finding in plan.findings:
        lines = ", ".join(str(number) for number in finding.source_lines)
        print(f"[{_SEVERITY_WORDS[finding.severity]}] dòng {lines} {finding.path}: {finding.message} ({finding.code})")


def identity(who: Identity) -> None:
    """Who works in the folder now."""
    role = "đơn vị tổng hợp" if who.role is Role.HUB else "đơn vị báo cáo"
    print(f"Đã thiết lập: {who.unit_name} ({role}) · Kế hoạch {who.plan.number} · năm {who.plan.year}")


def requests(found: Sequence[EnrolmentRequest]) -> None:
    """Machines that asked to be enrolled."""
    for one in found:
        state = "đã chấp nhận" if one.state == "approved" else f"đang chờ, tạm giữ {one.held} nội dung"
        print(f"{one.code} {one.unit_name} · {one.device_label}: {state}")
    if not found:
        print("Chưa có máy nào xin đăng ký.")


def reports(lines: Sequence[ReportLine]) -> None:
    """Reports held, one a line."""
    for one in lines:
        state = STATE_WORDS[one.report.state] if isinstance(one.report.state, WorkState) else "–"
        percent = "" if one.report.percent is None else f" {one.report.percent}%"
        conflict = " · cần đối chiếu" if one.report.conflicts else ""
        place = f"{one.item_path} · {one.unit_name} · {one.report.period}"
        print(f"{place}: {state}{percent} {one.report.result}{conflict}")


def written(packages: Sequence[WrittenPackage]) -> None:
    """Packages on the medium."""
    for one in packages:
        print(f"Đã ghi: {one.path} · cho {one.recipient} · mã kiểm tra {one.check_code}")


def receipts(found: Sequence[Receipt]) -> None:
    """What became of each file."""
    for one in found:
        reason = f" ({one.reason})" if one.reason else ""
        who = f" · {one.sender_unit}" if one.sender_unit else ""
        print(f"{one.file}{who}: {_OUTCOME_WORDS[one.outcome]}{reason}. {one.summary}")
        if one.request_code:
            print(f"Mã đối chiếu của máy gửi: {one.request_code}")


def health(found: Health) -> None:
    """What the doctor saw."""
    for check in found.checks:
        print(f"{'Tốt' if check.ok else 'HỎNG'}: {check.name} – {check.detail}")
