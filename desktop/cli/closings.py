"""The commands on a period's closed figures: close, reopen, versions, what changed since."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import output
from desktop.cli.submissions import value_json
from desktop.models.period import read_period
from desktop.models.record_ids import report_record
from desktop.services import closing, closing_changes
from desktop.services.closing import ClosingVersion
from desktop.services.closing_changes import LaterChanges
from desktop.services.submissions import ChangedValue
from desktop.services.workspace import workspace

if TYPE_CHECKING:
    from desktop.cli.libraries import Commands
    from desktop.services.environment import Environment


def period_close(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Close a period's figures; what is not in order is told and hinders nothing."""
    with workspace(environment, folder) as ws:
        unready = closing.unready(ws, arguments.period)
        closing.close(ws, arguments.period, number=arguments.number, day=arguments.day, note=arguments.note)
        label = closing.versions(ws, arguments.period)[-1].label
    if unready.not_accepted:
        output.line(f"Chưa tiếp nhận báo cáo của {len(unready.not_accepted)} đơn vị: {', '.join(unready.not_accepted)}")
    if unready.conflicts:
        output.line(f"{unready.conflicts} báo cáo cần đối chiếu; số liệu chốt theo giá trị tạm tính")
    output.line(f"Đã chốt số liệu {read_period(arguments.period).name}, lần {label}")
    return 0


def period_reopen(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Reopen a closed period."""
    with workspace(environment, folder) as ws:
        closing.reopen(ws, arguments.period, arguments.reason, version=arguments.version)
    output.line(f"Đã mở lại {read_period(arguments.period).name}; lần đã chốt vẫn in được như cũ")
    return 0


def period_versions(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """The versions of a period's figures."""
    with workspace(environment, folder) as ws:
        versions = closing.versions(ws, arguments.period)
    if arguments.json:
        output.json_document([_version_json(one) for one in versions])
    else:
        for one in versions:
            state = "đang có hiệu lực" if one.stands else f"đã mở lại: {one.closing.reopened}"
            paper = f" · {one.closing.number}" if one.closing.number else ""
            output.line(f"Lần {one.label} · {one.closed:%H:%M %d/%m/%Y} · {one.closing.person}{paper} · {state}")
    return 0


def _version_json(one: ClosingVersion) -> dict[str, object]:
    said = one.closing
    return {
        "version": one.label, "record": said.record, "closed": output.plain(one.closed), "person": said.person,
        "number": said.number, "day": output.plain(said.day), "note": said.note,
        "reopened": said.reopened or None, "complete": said.complete,
    }


def period_changes(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """What changed since a period was closed."""
    with workspace(environment, folder) as ws:
        changes = closing_changes.later_changes(ws, arguments.period, arguments.version)
    if arguments.json:
        output.json_document({
            "values": [value_json(one) | {"counted": _is_counted(changes, one)} for one in changes.values],
            "rows": [
                {"path": one.path, "field": one.field, "before": one.before, "after": one.after}
                for one in changes.rows
            ],
        })
        return 0
    for one in changes.values:
        counted = "" if _is_counted(changes, one) else " · chưa tính vào số liệu"
        place = f"{one.item_path} · {one.unit_name} · {one.period} · {one.field}"
        output.line(f"{place}: {_shown(one.before)} → {_shown(one.after)}{counted}")
    for row in changes.rows:
        output.line(f"{row.path} · {row.field}: kế hoạch đã đổi")
    if not changes.values and not changes.rows:
        output.line("Không có thay đổi nào sau khi chốt.")
    return 0


def _is_counted(changes: LaterChanges, one: ChangedValue) -> bool:
    return (report_record(one.item, one.unit, one.period), one.field) in changes.counted


def _shown(value: object) -> str:
    return "–" if value is None else str(value)


COMMANDS: Commands = {
    "period close": period_close,
    "period reopen": period_reopen,
    "period versions": period_versions,
    "period changes": period_changes,
}
