"""High-water marks: how far a key has sealed each of its logs, kept beside the key and outside every data folder.

Source: exchange.md "Restore and clone". Public data. By them a folder that was restored sees that it is behind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.exchange.fields import Fields
from desktop.models.errors import Refused
from desktop.models.strict_json import BadJson, JsonValue, dumps, loads

MAX_MARKS = 4 * 1024 * 1024
"""Bytes of a file of marks: room for ten thousand logs."""
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """The end of what was sealed of a log: what the log's id is made of, the place, the head (32 bytes)."""

    plan_id: str
    audience: str
    nonce: bytes
    seq: int
    head: bytes


def marks_data(marks: Iterable[Mark]) -> bytes:
    """The bytes of a file of marks."""
    listed: list[JsonValue] = [
        {
            "plan": mark.plan_id, "audience": mark.audience, "nonce": mark.nonce.hex(), "seq": mark.seq,
            "head": mark.head.hex(),
        }
        for mark in marks
    ]
    return dumps({"format": _FORMAT, "logs": listed})


def read_marks(data: bytes) -> tuple[Mark, ...]:
    """The marks in a file; none when it is damaged or of a newer form: nobody is kept from working for that."""
    try:
        fields = Fields(loads(data), _unreadable)
        known = fields.natural("format") == _FORMAT
        return tuple(_mark(one) for one in fields.objects("logs")) if known else ()
    except (BadJson, Refused):
        return ()


def _mark(fields: Fields) -> Mark:
    return Mark(
        fields.token("plan"), fields.token("audience"), fields.hex_bytes("nonce", 16), fields.natural("seq"),
        fields.hex_bytes("head", 32),
    )


def _unreadable() -> Refused:
    return Refused("MARKS_UNREADABLE", "Tệp ghi mức đã gửi không đọc được. Dữ liệu còn nguyên.")
