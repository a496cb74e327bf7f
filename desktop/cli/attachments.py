"""The commands on attachments of reports: attach, list, save a copy, withdraw."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import output
from desktop.services import attaching, reporting
from desktop.services.attaching import AttachmentLine
from desktop.services.workspace import workspace

if TYPE_CHECKING:
    from desktop.cli.libraries import Commands
    from desktop.services.environment import Environment


def report_attach(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Attach a file to a report."""
    with workspace(environment, folder) as ws:
        unit = ws.unit_named(arguments.unit).id if arguments.unit else ws.seat.unit
        item = reporting.item_at(ws, arguments.item)
        attaching.attach(ws, item, unit, arguments.period, arguments.file)
        name = ws.unit_name(unit)
    output.line(f"Đã đính kèm “{arguments.file.name}”: {arguments.item} · {name} · {arguments.period}")
    return 0


def report_attachments(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Every attachment held."""
    with workspace(environment, folder) as ws:
        lines = attaching.attachments(ws)
    if arguments.json:
        output.json_document([_json(line) for line in lines])
    else:
        _print(lines)
    return 0


def _json(line: AttachmentLine) -> dict[str, object]:
    """An attachment as `report attachments --json` gives it."""
    return {
        "record": line.record, "item": line.item_path, "unit": line.unit_name, "period": line.period,
        "name": line.name, "size": line.size, "sha256": line.blob, "author": line.author,
        "entered": output.plain(line.entered), "withdrawn": line.withdrawn, "here": line.here,
    }


def _print(lines: Sequence[AttachmentLine]) -> None:
    """Attachments, one a line, each with what names it in the other commands."""
    for one in lines:
        state = " · đã rút" if one.withdrawn else "" if one.here else " · chưa có tệp ở máy này"
        place = f"{one.item_path} · {one.unit_name} · {one.period}"
        output.line(f"{place}: {one.name} ({-(-one.size // 1024)} KB){state} · mã {one.record}")


def report_attachment_save(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Save a copy of an attached file."""
    with workspace(environment, folder) as ws:
        path = attaching.save_attachment(ws, arguments.record, arguments.out)
    output.line(f"Đã chép ra: {path}")
    return 0


def report_attachment_withdraw(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Take an attachment back."""
    with workspace(environment, folder) as ws:
        attaching.withdraw_attachment(ws, arguments.record)
    output.line("Đã rút tệp đính kèm; tệp không còn được gửi đi.")
    return 0


COMMANDS: Commands = {
    "report attach": report_attach,
    "report attachments": report_attachments,
    "report attachment-save": report_attachment_save,
    "report attachment-withdraw": report_attachment_withdraw,
}
