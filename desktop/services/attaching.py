"""*Tệp đính kèm* of reports: attach, withdraw, list, save a copy. Add-only: withdrawing is a fact."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from desktop.exchange.files import is_folder, read_attachment, write_file
from desktop.models.attachments import safe_name
from desktop.models.errors import EnvironmentTrouble, Mistake, Refused
from desktop.models.facts import Content
from desktop.models.kinds import ATTACHMENT, BLOB
from desktop.models.merge import merge
from desktop.models.period import read_period
from desktop.models.record_ids import attachment_record, split_record
from desktop.models.strict_json import JsonValue
from desktop.services.records import int_of, moment_of, text_of
from desktop.services.reporting import audience_of, refuse_foreign_unit, require_reportable
from desktop.services.views import Changes
from desktop.services.workspace import Workspace
from desktop.store.queries import RecordRow


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """A file that goes with a report. ``size`` in bytes as its author said; ``record`` names the attachment itself."""

    record: str
    item: str
    item_path: str
    unit: str
    unit_name: str
    period: str
    name: str
    size: int
    blob: str
    author: str
    entered: datetime
    withdrawn: bool
    here: bool
    """Whether the file itself has come to this PC (else *chưa có tệp ở máy này*)."""


@dataclass(frozen=True, slots=True)
class Attached:
    """The record of an attachment, and what attaching changed."""

    record: str
    changes: Changes


def attach(ws: Workspace, item: str, unit: str, period: str, path: Path) -> Attached:
    """Attach a file to a report; file and fact are on the disk when this returns, both or neither.

    The very same file attached to the report already is attached once. Raises Mistake ITEM_UNKNOWN, ITEM_WITHDRAWN,
    ITEM_NOT_REPORTABLE, UNIT_NOT_YOURS, PERIOD_UNKNOWN, PLAN_CLOSED; Refused ATTACHMENT_TOO_BIG, ATTACHMENT_EMPTY;
    EnvironmentTrouble where the file cannot be read.
    """
    read_period(period)
    require_reportable(ws, item)
    refuse_foreign_unit(ws, unit)
    data = read_attachment(path)
    blob = sha256(data).hexdigest()
    for line in attachments(ws, item):
        if (line.unit, line.period, line.blob, line.withdrawn, line.here) == (unit, period, blob, False, True):
            return Attached(line.record, Changes())
    record = attachment_record(item, unit, period, ws.environment.random(16).hex())
    fields: dict[str, JsonValue] = {"name": safe_name(path.name), "size": len(data), BLOB: blob}
    with ws.store.atomic():
        ws.store.blobs.add(blob, data)
        ws.append(audience_of(ws, unit), [Content(ws.now(), ws.person, ATTACHMENT, record, fields, {})])
    return Attached(record, _changes(record))


def withdraw_attachment(ws: Workspace, record: str) -> Changes:
    """Take an attachment back; it stays in the list, its file is no longer sent.

    Raises Mistake ATTACHMENT_UNKNOWN, UNIT_NOT_YOURS, PLAN_CLOSED.
    """
    line = _line_of(ws, record)
    refuse_foreign_unit(ws, line.unit)
    if line.withdrawn:
        return Changes()
    with ws.store.atomic():
        ws.append(
            audience_of(ws, line.unit), [Content(ws.now(), ws.person, ATTACHMENT, record, {"withdrawn": 1}, {})]
        )
    return _changes(record)


def attachments(ws: Workspace, item: str | None = None) -> tuple[AttachmentLine, ...]:
    """Attachments held, of one row or of all that are known: in document order, by unit, period, claimed time, name."""
    nodes = {row.record: row for row in ws.store.queries.records("node") if item in (None, row.record)}
    held = ws.store.blobs.sizes()
    lines = [
        line for row in ws.store.queries.records(ATTACHMENT)
        if (node := nodes.get(split_record(row.record)[0])) and (line := _line(ws, row, node, held))
    ]
    order = {record: int_of(node.body.get("order")) or 0 for record, node in nodes.items()}
    return tuple(sorted(
        lines, key=lambda line: (order[line.item], line.unit, line.period, line.entered, line.name, line.record)
    ))


def _line(ws: Workspace, row: RecordRow, node: RecordRow, held: Collection[str]) -> AttachmentLine | None:
    """An attachment; None while only its withdrawal has come."""
    blob = merge(ws.store.journal.facts_of(row.record)).get(BLOB)
    if blob is None:
        return None
    # One fact says name, size and blob together.
    said = blob.chosen.fact.content
    item, unit, period = split_record(row.record)
    return AttachmentLine(
        record=row.record, item=item, item_path=text_of(node.body.get("path")), unit=unit, unit_name=ws.unit_name(unit),
        period=period, name=text_of(said.fields["name"]), size=int_of(said.fields["size"]) or 0,
        blob=text_of(said.fields[BLOB]), author=said.user,
        entered=moment_of(said.wall, ws.environment.clock().tzinfo), withdrawn=bool(row.body.get("withdrawn")),
        here=text_of(said.fields[BLOB]) in held,
    )


def _line_of(ws: Workspace, record: str) -> AttachmentLine:
    found = next((line for line in attachments(ws, split_record(record)[0]) if line.record == record), None)
    if found is None:
        raise Mistake("ATTACHMENT_UNKNOWN", "Không có tệp đính kèm này.", "Hãy xem lại danh sách tệp đính kèm.")
    return found


def _changes(record: str) -> Changes:
    item, unit, period = split_record(record)
    return Changes(frozenset({item}), frozenset({unit}), frozenset({period}))


def save_attachment(ws: Workspace, record: str, out: Path) -> Path:
    """Save a copy of an attached file into a folder under its own name, or as the file named; nothing is overwritten.

    Raises Mistake ATTACHMENT_UNKNOWN; Refused ATTACHMENT_NOT_HERE; EnvironmentTrouble ATTACHMENT_DAMAGED and those of
    writing a file.
    """
    line = _line_of(ws, record)
    data = ws.store.blobs.content(line.blob)
    if data is None:
        raise Refused(
            "ATTACHMENT_NOT_HERE", f"Chưa có tệp “{line.name}” ở máy này: mới có tên, tệp chưa đến.",
            "Hãy nhập các tệp gửi sau của đơn vị, hoặc đề nghị gửi lại.",
        )
    if sha256(data).hexdigest() != line.blob:
        raise EnvironmentTrouble(
            "ATTACHMENT_DAMAGED", f"Tệp “{line.name}” lưu ở máy này đã hỏng nên không chép ra.",
            "Hãy kiểm tra dữ liệu rồi dùng bản sao lưu gần nhất.",
        )
    return write_file(data, out / line.name if is_folder(out) else out, lambda back: back)
