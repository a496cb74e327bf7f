"""Facts: one person's intent as one line of a log, and what such a line looks like.

Source: exchange.md "Records, facts, logs". What a fact may say is in ``desktop.models.kinds``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.models.strict_json import BadJson, JsonValue, dumps, loads, loads_each

MAX_LINE = 64 * 1024
ALL = "all"
"""The audience of a log that everybody may read."""
_NAMES = frozenset("ntukrf")
"""What every line says."""
_LOG_ID = re.compile(r"[0-9a-f]{32}")
_HEAD = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Reference:
    """A fact named from another: ``log`` is empty for the same log, ``head`` its first 8 bytes in hex (else empty)."""

    log: str
    seq: int
    head: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a fact says, before it has a place in a log. ``wall`` is claimed unix seconds: evidence only.

    ``origin``: the place where the very same was written before, by a machine whose key is lost.
    """

    wall: int
    user: str
    kind: str
    record: str
    fields: Mapping[str, JsonValue]
    supersedes: Mapping[str, tuple[Reference, ...]]
    origin: Reference | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in its place. ``head`` is its id: the head of the log after it, 32 bytes."""

    log: str
    seq: int
    head: bytes
    content: Content


def _reference_json(reference: Reference) -> JsonValue:
    if not reference.log:
        return reference.seq
    return [reference.log, reference.seq, reference.head]


def _reference(value: JsonValue) -> Reference:
    if type(value) is int and value >= 1:
        return Reference("", value, "")
    if isinstance(value, list) and len(value) == 3:
        log, seq, head = value
        if (
            isinstance(log, str) and _LOG_ID.fullmatch(log) and type(seq) is int and seq >= 1
            and isinstance(head, str) and _HEAD.fullmatch(head)
        ):
            return Reference(log, seq, head)
    raise BadJson("FACT_BAD_SHAPE")


def make_line(seq: int, content: Content) -> bytes:
    """The line of a fact: compact JSON with n, t, u, k, r, f, s, o. Raises BadJson when it could not travel."""
    value: dict[str, JsonValue] = {
        "n": seq, "t": content.wall, "u": content.user, "k": content.kind, "r": content.record,
        "f": dict(content.fields),
    }
    if content.supersedes:
        value["s"] = {
            name: [_reference_json(reference) for reference in references]
            for name, references in content.supersedes.items()
        }
    if content.origin:
        value["o"] = _reference_json(content.origin)
    line = dumps(value)
    if len(line) > MAX_LINE:
        raise BadJson("FACT_TOO_LONG")
    loads(line)
    return line


def read_line(line: bytes) -> tuple[int, Content]:
    """(seq, content) of a line. Raises BadJson when it is not strict JSON of the shape of a fact."""
    if len(line) > MAX_LINE:
        raise BadJson("FACT_TOO_LONG")
    return _said(loads(line))


def read_lines(lines: Sequence[bytes]) -> list[tuple[int, Content]]:
    """(seq, content) of each line. Raises BadJson when one is not strict JSON of the shape of a fact."""
    if max(map(len, lines), default=0) > MAX_LINE:
        raise BadJson("FACT_TOO_LONG")
    return [_said(value) for value in loads_each(lines)]


def _said(value: JsonValue) -> tuple[int, Content]:
    if not isinstance(value, dict) or not _NAMES <= value.keys():
        raise BadJson("FACT_BAD_SHAPE")
    seq, wall, user, kind = value["n"], value["t"], value["u"], value["k"]
    record, fields, supersedes = value["r"], value["f"], value.get("s", {})
    if not (
        type(seq) is int and seq >= 1 and type(wall) is int and isinstance(user, str) and isinstance(kind, str)
        and isinstance(record, str) and isinstance(fields, dict) and isinstance(supersedes, dict)
    ):
        raise BadJson("FACT_BAD_SHAPE")
    references = {name: _references(listed) for name, listed in supersedes.items()} if supersedes else {}
    origin = _reference(value["o"]) if "o" in value else None
    if origin and not origin.log:
        raise BadJson("FACT_BAD_SHAPE")
    return seq, Content(wall, user, kind, record, fields, references, origin)


def _references(listed: JsonValue) -> tuple[Reference, ...]:
    if not isinstance(listed, list) or not listed:
        raise BadJson("FACT_BAD_SHAPE")
    return tuple([_reference(one) for one in listed])
