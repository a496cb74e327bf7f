"""What somebody with a real key and a changed program can write: segments and packages of any content, well signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop.exchange.contents import Contents
from desktop.exchange.keys import DeviceKeys
from desktop.exchange.segments import LogName, Segment, seal
from desktop.models.facts import Content, Reference, make_line
from desktop.models.record_ids import report_record
from desktop.models.strict_json import JsonValue
from desktop.services import reporting
from desktop.services.workspace import Workspace

PERIOD = "2023-Q3"
SHARED = "I/1/1.4"
"""A row on which every unit of the district reports."""
NONCE = b"\x07" * 16


@dataclass(frozen=True)
class Liar:
    """Signs with one key and says that it is another's."""

    keys: DeviceKeys
    public_key: bytes

    def sign(self, message: bytes) -> bytes:
        """The signature of the key it really has."""
        return self.keys.sign(message)


def unit(ws: Workspace, name: str) -> str:
    """The id of a unit."""
    return ws.unit_named(name).id


def report(ws: Workspace, name: str, fields: Mapping[str, JsonValue], **supersedes: Sequence[Reference]) -> Content:
    """A report of a unit about the shared row, whoever writes it."""
    record = report_record(reporting.item_at(ws, SHARED), unit(ws, name), PERIOD)
    references = {field: tuple(listed) for field, listed in supersedes.items()}
    return Content(1694660400, "kẻ lạ", "report", record, fields, references)


def log_of(ws: Workspace, audience: str = "", nonce: bytes = NONCE) -> LogName:
    """A new log of a machine's own key."""
    return LogName(bytes.fromhex(ws.seat.device), nonce, ws.seat.plan_id, audience or ws.seat.unit)


def lines(first: int, contents: Sequence[Content]) -> tuple[bytes, ...]:
    """The lines of contents, numbered from ``first``."""
    return tuple(make_line(seq, content) for seq, content in enumerate(contents, start=first))


def segment(ws: Workspace, *contents: Content, audience: str = "", nonce: bytes = NONCE) -> Segment:
    """A segment that the machine really signed, with whatever its program would never write."""
    return signed_lines(ws, lines(1, contents), audience, nonce)


def signed_lines(ws: Workspace, said: tuple[bytes, ...], audience: str = "", nonce: bytes = NONCE) -> Segment:
    """The first segment of a new log of the machine, of any lines."""
    name = log_of(ws, audience, nonce)
    return seal(name, 1, said, name.first_head, ws.device_keys())


def contents_of(ws: Workspace, segments: Sequence[Segment], **changes: Any) -> Contents:
    """A package's contents as the machine would send them, but for the changes."""
    seat = ws.seat
    made = Contents(
        kind="report", package_id="00" * 16, plan_id=seat.plan_id, root=bytes.fromhex(seat.root),
        sender=bytes.fromhex(seat.device), sender_unit=seat.unit, recipients=("hub",), written=ws.now(),
        period=PERIOD, application="thử", segments=tuple(segments), authority=ws.entries(), request=None,
        reading_key="",
    )
    return replace(made, **changes)
