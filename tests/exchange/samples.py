"""Keys, segments and packages the exchange tests share; small, and the same on every run but for age identities."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import pyrage
import pytest

from desktop.exchange import container
from desktop.exchange.authority import SignedEntry, sign_entry
from desktop.exchange.container import Entry
from desktop.exchange.contents import Contents
from desktop.exchange.keys import DeviceKeys
from desktop.exchange.package import pack, unpack
from desktop.exchange.segments import LogName, Segment, seal
from desktop.models.errors import Refused
from desktop.models.strict_json import JsonValue, dumps

PLAN = "5e" * 16
DOMAIN = b"sotiendo/package/v1\n"


@cache
def device(number: int) -> DeviceKeys:
    """The keys of device 0, 1, 2 ..."""
    return DeviceKeys(hashlib.sha256(b"device %d" % number).digest(), str(pyrage.x25519.Identity.generate()))


def log(number: int = 0, audience: str = "bo-de") -> LogName:
    """A log of a device."""
    return LogName(device(number).public_key, bytes([number]) * 16, PLAN, audience)


def lines(first: int, count: int) -> tuple[bytes, ...]:
    """Lines that look like facts."""
    return tuple(dumps({"n": seq, "r": "Đã xong phần móng"}) for seq in range(first, first + count))


def segment(number: int = 0, count: int = 3) -> Segment:
    """The first segment of a device's log."""
    name = log(number)
    return seal(name, 1, lines(1, count), name.first_head, device(number))


def chain(*counts: int) -> tuple[Segment, ...]:
    """Segments one after another in device 0's log."""
    found: list[Segment] = []
    head, first = log().first_head, 1
    for count in counts:
        found.append(seal(log(), first, lines(first, count), head, device(0)))
        first, head = first + count, found[-1].head
    return tuple(found)


def entries(count: int = 2) -> tuple[SignedEntry, ...]:
    """Authority entries of the root (device 9), in the order of their ids."""
    made = (sign_entry(dumps({"kind": "grant", "unit": f"unit-{n}"}), device(9)) for n in range(count))
    return tuple(sorted(made, key=lambda entry: entry.id))


def contents(**changes: Any) -> Contents:
    """A unit's small package by device 0."""
    fields: dict[str, Any] = {
        "kind": "report", "package_id": "0a" * 16, "plan_id": PLAN, "root": device(9).public_key,
        "sender": device(0).public_key, "sender_unit": "bo-de", "recipients": ("hub",), "written": 1_694_649_600,
        "period": "2023-Q3", "application": "Sổ tiến độ 0.1.0", "segments": (segment(),), "authority": entries(),
        "request": None, "reading_key": "",
    }
    return Contents(**(fields | changes))


def code_of_refusal(data: bytes, identities: Sequence[str] = ()) -> str:
    """The reason for which a file is refused; the test fails when it is not."""
    with pytest.raises(Refused) as caught:
        unpack(data, identities)
    return caught.value.code


def remade(
    data: bytes, *, signer: DeviceKeys | None = None, manifest: Callable[[dict[str, Any]], object] | None = None,
    parts: Callable[[list[tuple[str, bytes]]], object] | None = None,
) -> bytes:
    """A plain package taken apart, changed and put together with right hashes; signed anew when ``signer`` is given."""
    held = container.read(data)
    told = json.loads(held[1].content())
    listed = [(entry.name, entry.content()) for entry in held[3:]]
    if parts is not None:
        parts(listed)
    packed = [container.stored(*part) if part[0].startswith("blob/") else container.deflated(*part) for part in listed]
    told["entries"] = [_line(entry, content) for entry, (_, content) in zip(packed, listed, strict=True)]
    if manifest is not None:
        manifest(told)
    return with_manifest(data, dumps(told), packed, signer)


def with_manifest(data: bytes, manifest: bytes, packed: Sequence[Entry], signer: DeviceKeys | None) -> bytes:
    """The container of a plain package with other bytes for a manifest and other entries after it."""
    held = container.read(data)
    signature = held[2].content() if signer is None else signer.sign(DOMAIN + manifest)
    return container.write([
        held[0], container.stored("manifest.json", manifest), container.stored("manifest.sig", signature), *packed,
    ])


def _line(entry: Entry, content: bytes) -> JsonValue:
    return {
        "name": entry.name, "packed": hashlib.sha256(entry.packed).hexdigest(),
        "sha256": hashlib.sha256(content).hexdigest(), "size": len(content),
    }


READERS = (device(1).identity,)
"""The age identities of who reads ``sealed``."""


@cache
def plain() -> bytes:
    """A small package."""
    return pack(contents(segments=(segment(count=2),), authority=entries(1)), device(0), [])


@cache
def sealed() -> bytes:
    """The same for two readers, of whom we are the second."""
    told = contents(segments=(segment(count=2),), authority=entries(1))
    return pack(told, device(0), [device(2).recipient, device(1).recipient])


def parts_of(data: bytes = b"") -> list[Entry]:
    """The entries of a plain package (the small one), free to be changed."""
    return list(container.read(data or plain()))


def relisted(parts: list[Entry]) -> bytes:
    """A manifest with right hashes for these parts."""
    told = json.loads(parts_of()[1].content())
    told["entries"] = [
        {
            "name": part.name, "size": part.size, "packed": hashlib.sha256(part.packed).hexdigest(),
            "sha256": hashlib.sha256(part.packed if part.is_stored else _inflated(part)).hexdigest(),
        }
        for part in parts
    ]
    return dumps(told)


def _inflated(part: Entry) -> bytes:
    """What really comes out, whatever the header states."""
    return zlib.decompress(part.packed, -zlib.MAX_WBITS)


def patched(data: bytes, *changes: tuple[int, bytes]) -> bytes:
    """The data with other bytes at these offsets."""
    made = bytearray(data)
    for offset, new in changes:
        made[offset:offset + len(new)] = new
    return bytes(made)
