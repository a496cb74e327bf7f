"""``manifest.json``: who wrote a package, for whom, and the hashes of everything else in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.exchange.caps import MAX_MANIFEST
from desktop.exchange.container import Entry
from desktop.exchange.contents import KINDS, Contents, Request
from desktop.exchange.fields import Fields
from desktop.exchange.keys import is_recipient
from desktop.exchange.messages import refusal
from desktop.models.errors import Refused
from desktop.models.strict_json import BadJson, JsonValue, dumps, loads_canonical

FORMAT = 1
"""The number of the format; a reader refuses a higher one as PKG_NEWER_VERSION."""

_PERIOD = re.compile(r"[A-Za-z0-9-]{0,20}")
_MAX_LABEL = 100
_ROLES = frozenset(("hub", "unit"))


@dataclass(frozen=True, slots=True)
class Listed:
    """What the manifest says of one entry: size and SHA-256 of its content, and SHA-256 of its bytes in the file."""

    name: str
    size: int
    content_hash: bytes
    packed_hash: bytes


def listed(entry: Entry, content: bytes | memoryview) -> Listed:
    """The manifest's line about an entry."""
    return Listed(entry.name, entry.size, hashlib.sha256(content).digest(), hashlib.sha256(entry.packed).digest())


def write_manifest(contents: Contents, entries: Iterable[Listed]) -> bytes:
    """The manifest's bytes. Raises Refused PKG_BAD_MANIFEST or PKG_TOO_BIG when a reader would refuse them."""
    value: dict[str, JsonValue] = {
        "application": contents.application,
        "entries": [_listed_json(one) for one in entries],
        "format": FORMAT,
        "kind": contents.kind,
        "package": contents.package_id,
        "period": contents.period,
        "plan": contents.plan_id,
        "reading_key": contents.reading_key,
        "recipients": list(contents.recipients),
        "request": None if contents.request is None else _request_json(contents.request),
        "root": contents.root.hex(),
        "sender": contents.sender.hex(),
        "sender_unit": contents.sender_unit,
        "written": contents.written,
    }
    try:
        data = dumps(value)
    except BadJson as error:
        raise _bad() from error
    if len(data) > MAX_MANIFEST:
        raise refusal("PKG_TOO_BIG")
    read_manifest(data)
    return data


def read_manifest(data: bytes) -> tuple[Contents, tuple[Listed, ...]]:
    """The contents without segments, authority and blobs, and what is listed. Fields it does not know are passed over.

    Raises Refused PKG_NEWER_VERSION, PKG_BAD_MANIFEST.
    """
    try:
        fields = Fields(loads_canonical(data), _bad)
    except BadJson as error:
        raise _bad() from error
    if fields.natural("format") > FORMAT or fields.text("kind") not in KINDS:
        raise refusal("PKG_NEWER_VERSION")
    if fields.natural("format") < FORMAT:
        # There never was a lower one.
        raise _bad()
    sender = fields.hex_bytes("sender", 32)
    request = fields.object_or_none("request")
    contents = Contents(
        kind=fields.text("kind"), package_id=fields.hex_bytes("package", 16).hex(), plan_id=fields.token("plan"),
        root=fields.hex_bytes("root", 32), sender=sender, sender_unit=fields.token("sender_unit"),
        recipients=fields.tokens("recipients"), written=fields.integer("written"), period=_period(fields),
        application=_label(fields, "application"), segments=(), authority=(),
        request=None if request is None else _request(request, sender), reading_key=_recipient(fields, "reading_key"),
    )
    return contents, tuple(_listed(one) for one in fields.objects("entries"))


def _bad() -> Refused:
    return refusal("PKG_BAD_MANIFEST")


def _listed_json(one: Listed) -> JsonValue:
    return {"name": one.name, "packed": one.packed_hash.hex(), "sha256": one.content_hash.hex(), "size": one.size}


def _listed(fields: Fields) -> Listed:
    return Listed(
        fields.text("name"), fields.natural("size"), fields.hex_bytes("sha256", 32), fields.hex_bytes("packed", 32)
    )


def _request_json(request: Request) -> JsonValue:
    return {
        "key": request.public_key.hex(), "label": request.label, "logs": list(request.logs),
        "recipient": request.recipient, "role": request.role, "unit": request.unit,
    }


def _request(fields: Fields, sender: bytes) -> Request:
    """The request; the manifest's signature shows that its key is held by who asks."""
    request = Request(
        fields.hex_bytes("key", 32), _recipient(fields, "recipient"), fields.token("unit"), _label(fields, "label"),
        fields.tokens("logs"), fields.token("role"),
    )
    if request.public_key != sender or not request.recipient or request.role not in _ROLES:
        raise _bad()
    return request


def _period(fields: Fields) -> str:
    value = fields.text("period")
    if not _PERIOD.fullmatch(value):
        raise _bad()
    return value


def _label(fields: Fields, name: str) -> str:
    """A short text for people: it is shown beside codes, so it holds nothing that is not seen."""
    value = fields.text(name)
    if len(value) > _MAX_LABEL or not value.isprintable():
        raise _bad()
    return value


def _recipient(fields: Fields, name: str) -> str:
    value = fields.text(name)
    if value and not is_recipient(value):
        raise _bad()
    return value
