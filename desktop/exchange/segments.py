"""Segments: immutable signed runs of a log's lines, forwarded byte for byte (exchange.md "Records, facts, logs")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from desktop.exchange.caps import MAX_LINE, MAX_PART, MAX_SEGMENT_LINES
from desktop.exchange.fields import TOKEN, Fields
from desktop.exchange.hashes import first_head, heads, log_id
from desktop.exchange.keys import DeviceKeys, is_signed
from desktop.exchange.messages import part_fault
from desktop.models.errors import Refused
from desktop.models.strict_json import BadJson, JsonValue, dumps, dumps_examined, loads_canonical

NONCE_SIZE = 16
"""Bytes of an incarnation nonce."""

_DOMAIN = b"sotiendo/segment/v1\n"
_ROOM = MAX_PART - 1024
"""Bytes of the lines of a segment, with their ends: the rest of MAX_PART is for the header."""
_HEADER = frozenset(
    ("audience", "count", "first", "head", "key", "log", "nonce", "plan", "prev_head", "signature")
)


@dataclass(frozen=True, slots=True)
class LogName:
    """What a log's id is made of: Ed25519 key (32 bytes), incarnation nonce (16), plan, audience ("all" or a unit)."""

    public_key: bytes
    nonce: bytes
    plan_id: str
    audience: str

    @property
    def id(self) -> str:
        """The log's id, 32 hex digits."""
        return log_id(self.public_key, self.nonce, self.plan_id, self.audience)

    @property
    def first_head(self) -> bytes:
        """The head before the first line, 32 bytes."""
        return first_head(self.public_key, self.nonce, self.plan_id, self.audience)


@dataclass(frozen=True)
class Segment:
    """Lines ``first`` ... of a log (the first line of a log is 1), without line ends; heads before and after."""

    name: LogName
    first: int
    lines: tuple[bytes, ...]
    prev_head: bytes
    head: bytes
    signature: bytes

    @cached_property
    def heads(self) -> tuple[bytes, ...]:
        """The head before the lines and the one after each, as the lines give them: hashed once."""
        return heads(self.prev_head, self.lines)

    @property
    def last(self) -> int:
        """The sequence number of the last line."""
        return self.first + len(self.lines) - 1


def seal(name: LogName, first: int, lines: tuple[bytes, ...], prev_head: bytes, keys: DeviceKeys) -> Segment:
    """A signed segment of an own log. Raises ValueError when the run could not travel (a fault of ours)."""
    segment = Segment(name, first, lines, prev_head, heads(prev_head, lines)[-1], b"")
    fault = _shape_fault(segment)
    if fault or name.public_key != keys.public_key or (first == 1 and prev_head != name.first_head):
        raise ValueError(fault or "not the writer's log")
    return Segment(name, first, lines, prev_head, segment.head, keys.sign(_signed_bytes(segment)))


def seal_run(
    name: LogName, first: int, lines: Sequence[bytes], prev_head: bytes, keys: DeviceKeys
) -> tuple[Segment, ...]:
    """Any number of lines of an own log as segments one after another, each within the caps."""
    segments: list[Segment] = []
    start = size = 0
    for place, line in enumerate((*lines, b"")):
        size += len(line) + 1
        if place > start and (place == len(lines) or place - start == MAX_SEGMENT_LINES or size > _ROOM):
            segment = seal(name, first + start, tuple(lines[start:place]), prev_head, keys)
            segments.append(segment)
            start, size, prev_head = place, len(line) + 1, segment.head
    return tuple(segments)


def verify(segment: Segment) -> str:
    """"" when the segment is what its log's writer signed, else SEG_BAD_SHAPE, SEG_TOO_LONG, SEG_BAD_HEAD or
    SEG_BAD_SIGNATURE."""
    fault = _shape_fault(segment)
    if fault:
        return fault
    if segment.first == 1 and segment.prev_head != segment.name.first_head:
        return "SEG_BAD_HEAD"
    if segment.heads[-1] != segment.head:
        return "SEG_BAD_HEAD"
    signed = is_signed(_signed_bytes(segment), segment.signature, segment.name.public_key)
    return "" if signed else "SEG_BAD_SIGNATURE"


def encode(segment: Segment) -> bytes:
    """The segment as a file: the header line, then the lines, each ended by one line feed."""
    header = _header(segment) | {"signature": segment.signature.hex()}
    return b"".join(line + b"\n" for line in (dumps(header), *segment.lines))


def decode(data: bytes) -> Segment:
    """The segment of a file; heads and signature are for ``verify``.

    Raises Refused: SEG_BAD_SHAPE, SEG_COUNT (header and lines disagree), SEG_TOO_LONG.
    """
    if not data.endswith(b"\n"):
        raise _bad_shape()
    # Counted before split: a bomb of line ends costs no memory.
    if data.count(b"\n") > MAX_SEGMENT_LINES + 1 or len(data) > MAX_PART:
        raise part_fault("SEG_TOO_LONG")
    header_line, *lines = data[:-1].split(b"\n")
    header = _read_header(header_line)
    segment = Segment(
        LogName(
            header.hex_bytes("key", 32), header.hex_bytes("nonce", NONCE_SIZE), header.token("plan"),
            header.token("audience"),
        ),
        header.natural("first"), tuple(lines), header.hex_bytes("prev_head", 32), header.hex_bytes("head", 32),
        header.hex_bytes("signature", 64),
    )
    if header.text("log") != segment.name.id:
        raise _bad_shape()
    if header.natural("count") != len(lines):
        raise part_fault("SEG_COUNT")
    fault = _shape_fault(segment)
    if fault:
        raise part_fault(fault)
    return segment


def _shape_fault(segment: Segment) -> str:
    sizes = list(map(len, segment.lines))
    if len(sizes) > MAX_SEGMENT_LINES or max(sizes, default=0) > MAX_LINE or sum(sizes) + len(sizes) > _ROOM:
        return "SEG_TOO_LONG"
    name = segment.name
    good = (
        segment.first >= 1 and segment.lines and all(segment.lines) and b"\n" not in b"".join(segment.lines)
        and len(name.public_key) == len(segment.prev_head) == len(segment.head) == 32
        and len(name.nonce) == NONCE_SIZE and TOKEN.fullmatch(name.plan_id) and TOKEN.fullmatch(name.audience)
    )
    return "" if good else "SEG_BAD_SHAPE"


def _header(segment: Segment) -> dict[str, JsonValue]:
    name = segment.name
    return {
        "audience": name.audience, "count": len(segment.lines), "first": segment.first, "head": segment.head.hex(),
        "key": name.public_key.hex(), "log": name.id, "nonce": name.nonce.hex(), "plan": name.plan_id,
        "prev_head": segment.prev_head.hex(),
    }


def _signed_bytes(segment: Segment) -> bytes:
    # Its texts are tokens and hex: the shape of a segment is examined before.
    return _DOMAIN + dumps_examined(_header(segment))


def _read_header(line: bytes) -> Fields:
    try:
        value = loads_canonical(line) if len(line) <= MAX_LINE else None
    except BadJson as error:
        raise _bad_shape() from error
    header = Fields(value, _bad_shape)
    if header.names() != _HEADER:
        raise _bad_shape()
    return header


def _bad_shape() -> Refused:
    return part_fault("SEG_BAD_SHAPE")
