"""Container, second half: a zip whose fields, names, order or sizes say something else, and bombs."""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import sha256

from desktop.exchange import container
from desktop.exchange.caps import MAX_ENTRIES, MAX_PART, MAX_UNPACKED
from desktop.exchange.container import Entry
from desktop.models.strict_json import dumps
from tests.corpus.bench import Bench, Case, refused
from tests.exchange.samples import parts_of, patched, remade, with_manifest

LOCAL, CENTRAL, END = 30, 46, 22
ENTRIES = ("mimetype", "manifest", "signature", "authority", "segment")
BAD = "PKG_BAD_CONTAINER"
CRC = "CRC"

# (offset in the local header, offset in the central record, another value)
SHARED = {
    "version needed": (4, 6, b"\x2d\0"), "encryption flag": (6, 8, b"\1\0"), "streamed flag": (6, 8, b"\x08\0"),
    "utf-8 flag": (6, 8, b"\0\x08"), "unknown method": (8, 10, b"\x0c\0"), "encrypted method": (8, 10, b"\x63\0"),
    "time": (10, 12, b"\1\0"), "date": (12, 14, b"\x22\0"), CRC: (14, 16, b"\1\2\3\4"),
    "extra length": (28, 30, b"\4\0"), "name length": (26, 28, b"\1\0"),
}
CENTRAL_ONLY = {
    "made by Unix": (4, b"\x14\3"), "comment length": (32, b"\1\0"), "disk": (34, b"\1\0"), "text": (36, b"\1\0"),
    "symlink": (38, b"\0\0\xff\xa1"), "offset": (42, b"\xff\0\0\0"), "method": (10, b"\x63\0"),
}
END_ONLY = {
    "disk": (4, b"\1\0"), "first disk": (6, b"\1\0"), "entries here": (8, b"\1\0"), "entries": (10, b"\1\0"),
    "zip64 count": (8, b"\xff\xff\xff\xff"), "size": (12, b"\1\0\0\0"), "zip64 size": (12, b"\xff" * 8),
    "offset": (16, b"\1\0\0\0"), "comment": (20, b"\4\0"),
}
NAMES = {
    "absolute": "/etc/passwd", "parent": "../x", "parent inside": "seg/../x", "dot": "a/./b", "drive": "C:/x",
    "drive, lower": "c:x", "UNC": "//server/share", "UNC, Windows": "\\\\server\\share", "backslash": "a\\b",
    "reserved with a suffix in capitals": "NUL.txt", "blank at the end": "manifest.json ",
    "dot at the end": "manifest.json.", "empty part": "a//b", "folder": "seg/", "none": "", "endless": "a" * 300,
    "capital": "Manifest.json", "stream": "manifest.json:x", "newline": "a\nb",
    "reserved": "con", "reserved with a suffix": "nul.txt", "reserved below": "seg/con",
    "no segment": "seg/x/1-2.jsonl", "no blob": "blob/x",
    "from zero": f"seg/{'0' * 32}/0-2.jsonl", "zero in front": f"seg/{'0' * 32}/01-2.jsonl",
    "branch one": f"seg/{'0' * 32}/1-2-1.jsonl", "mimetype again": "mimetype", "manifest again": "manifest.json",
    "authority again": "authority.jsonl",
}


def places(data: bytes) -> tuple[list[int], list[int]]:
    """Offsets of the local headers and of the central records."""
    local, central = [0], [struct.unpack_from("<L", data, len(data) - 6)[0]]
    held = container.read(data)
    for entry in held[:-1]:
        local.append(local[-1] + LOCAL + len(entry.name) + len(entry.packed))
        central.append(central[-1] + CENTRAL + len(entry.name))
    return local, central


def _fields() -> Iterator[Case]:
    """Each field of each header with another value: in the local header, in the directory, in both."""
    for name, (in_local, in_central, value) in SHARED.items():
        for number, entry in enumerate(ENTRIES):
            for where, offsets in (
                ("local", (in_local, None)), ("central", (None, in_central)), ("both", (in_local, in_central)),
            ):
                # A CRC that is the same in both places is a container's as it should be, but not this content's.
                code = "PKG_DAMAGED" if (name, where) == (CRC, "both") and number else BAD
                change = partial(_entry_field, number, offsets, value)
                yield refused(f"{name} of the {entry}, {where}", code, change)
    for name, (offset, value) in CENTRAL_ONLY.items():
        for number, entry in enumerate(ENTRIES):
            change = partial(_entry_field, number, (None, offset), value)
            yield refused(f"{name} of the {entry} in the directory", BAD, change)
    for name, (offset, value) in END_ONLY.items():
        yield refused(f"{name} in the closing record", BAD, partial(_end_field, offset, value))


def _entry_field(number: int, offsets: tuple[int | None, int | None], value: bytes, bench: Bench) -> bytes:
    starts = [listed[number] for listed in places(bench.plain)]
    changes = [
        (start + offset, value) for start, offset in zip(starts, offsets, strict=True) if offset is not None
    ]
    made = patched(bench.plain, *changes)
    assert made != bench.plain
    return made


def _end_field(offset: int, value: bytes, bench: Bench) -> bytes:
    return patched(bench.plain, (len(bench.plain) - END + offset, value))


def _sizes() -> Iterator[Case]:
    """Sizes that lie, the same in both headers; of a stored entry both sizes are one."""
    for number, entry in enumerate(ENTRIES[1:], start=1):
        huge = BAD if number < 3 else "PKG_TOO_BIG"
        for what, packed, size, code in (
            ("huge content", None, b"\xff\xff\xff\xff", huge), ("huge", b"\xff\xff\xff\xff", None, BAD),
            ("nothing", b"\0\0\0\0", None, BAD),
        ):
            yield refused(f"{what} in the {entry}", code, partial(_lying, number, packed, size))


def _lying(number: int, packed: bytes | None, size: bytes | None, bench: Bench) -> bytes:
    local, central = (listed[number] for listed in places(bench.plain))
    told = ((local + 18, packed), (central + 20, packed), (local + 22, size), (central + 24, size))
    return patched(bench.plain, *((offset, value) for offset, value in told if value is not None))


def _names() -> Iterator[Case]:
    """Entries by names that no entry has, in a manifest that lists them and is well signed."""
    for what, name in NAMES.items():
        yield refused(f"name: {what}", BAD, partial(_named, name))
    for what, twin in {
        "NUL": b"authority.json\0", "accent": b"authority\xc3\xa9.jso", "no UTF-8": b"authority\xffjsonl",
        "capital": b"Authority.jsonl", "Cyrillic": b"\xd0\xb0uthority.json", "other dot": b"authorit\xe2\x80\xa4json",
        "right to left": b"authori\xe2\x80\xaejsonl", "combining": b"authorit\xcc\x81.json",
    }.items():
        yield refused(f"twin name: {what}", BAD, partial(_twin, twin))
    yield refused("double name", BAD, _double)


def _named(name: str, bench: Bench) -> bytes:
    def more(parts: list[tuple[str, bytes]]) -> None:
        parts.append((name, b"{}\n"))

    return remade(bench.plain, signer=bench.ward.device_keys(), parts=more)


def _twin(twin: bytes, bench: Bench) -> bytes:
    name = b"authority.jsonl"
    assert len(twin) == len(name)
    changes = [(found.start(), twin) for found in re.finditer(re.escape(name), bench.plain)]
    # Not in the manifest, whose CRC would be told first.
    changes = [change for change in changes if change[0] > bench.plain.index(b"manifest.sig")]
    assert len(changes) == 2
    return patched(bench.plain, *changes)


def _double(bench: Bench) -> bytes:
    return remade(bench.plain, signer=bench.ward.device_keys(), parts=lambda parts: parts.append(parts[-1]))


def _orders() -> Iterator[Case]:
    """Entries in another order, left out, or not the manifest's."""
    for order, code in {
        (1, 0, 2, 3, 4): BAD, (0, 2, 1, 3, 4): BAD, (0, 1, 2, 4, 3): "PKG_BAD_MANIFEST", (0, 1, 3, 4): BAD,
        (0, 3, 4): BAD, (0, 1, 2, 3): "PKG_BAD_MANIFEST", (0, 1, 2, 4): "PKG_BAD_MANIFEST", (0, 1): BAD, (0,): BAD,
    }.items():
        yield refused(f"entries {order}", code, partial(_ordered, order))
    yield refused("no entry", "PKG_NOT_A_PACKAGE", lambda _: container.write([]))
    yield refused("an entry that is not listed", "PKG_BAD_MANIFEST", _unlisted)
    yield refused("a blob that is listed and absent", "PKG_BAD_MANIFEST", _blob_absent)
    yield refused("a blob that is not what its name says", "PKG_DAMAGED", _blob_different)
    yield refused("compressed manifest", BAD, partial(_repacked, 1, container.deflated))
    yield refused("compressed signature", BAD, partial(_repacked, 2, container.deflated))
    yield refused("stored authority", BAD, partial(_repacked, 3, container.stored))
    yield refused("stored segment", BAD, partial(_repacked, 4, container.stored))
    yield refused("compressed blob", BAD, _blob_compressed)


def _ordered(order: Sequence[int], bench: Bench) -> bytes:
    held = parts_of(bench.plain)
    return container.write([held[place] for place in order])


def _told(bench: Bench, rest: Sequence[Entry], contents: Sequence[bytes]) -> bytes:
    """The package with these entries after the signature, listed with right hashes, and signed."""
    told = json.loads(parts_of(bench.plain)[1].content())
    told["entries"] = [
        {
            "name": entry.name, "size": entry.size, "packed": sha256(entry.packed).hexdigest(),
            "sha256": sha256(content).hexdigest(),
        }
        for entry, content in zip(rest, contents, strict=True)
    ]
    return _raw_with(bench, dumps(told), rest)


def _raw_with(bench: Bench, manifest: bytes, rest: Sequence[Entry]) -> bytes:
    return with_manifest(bench.plain, manifest, rest, bench.ward.device_keys())


def _unlisted(bench: Bench) -> bytes:
    held = parts_of(bench.plain)
    return _raw_with(bench, held[1].content(), [*held[3:], container.stored(f"blob/{'0' * 64}", b"")])


def _with_blob(bench: Bench, entry: Entry, content: bytes) -> bytes:
    held = parts_of(bench.plain)[3:]
    return _told(bench, [*held, entry], [*(one.content() for one in held), content])


def _blob_absent(bench: Bench) -> bytes:
    blob = b"phu luc"
    data = _with_blob(bench, container.stored(f"blob/{sha256(blob).hexdigest()}", blob), blob)
    held = parts_of(data)
    return with_manifest(data, held[1].content(), held[3:-1], bench.ward.device_keys())


def _blob_different(bench: Bench) -> bytes:
    return _with_blob(bench, container.stored(f"blob/{sha256(b'phu luc').hexdigest()}", b"phu lac"), b"phu lac")


def _blob_compressed(bench: Bench) -> bytes:
    return _with_blob(bench, container.deflated(f"blob/{sha256(b'phu luc').hexdigest()}", b"phu luc"), b"phu luc")


def _repacked(number: int, method: Callable[[str, bytes], Entry], bench: Bench) -> bytes:
    held = parts_of(bench.plain)
    contents = [entry.content() for entry in held]
    held[number] = method(held[number].name, contents[number])
    return _told(bench, held[3:], contents[3:]) if number > 2 else container.write(held)


def _compressed() -> Iterator[Case]:
    """Compressed bytes that are not right under hashes that are."""
    for what, change in {
        "a byte more": lambda packed: packed + b"\0", "a byte less": lambda packed: packed[:-1],
        "no stream": lambda packed: b"\xff" + packed[1:], "two streams": lambda packed: packed + packed,
    }.items():
        yield refused(f"compressed segment: {what}", "PKG_DAMAGED", partial(_badly_packed, change))


def _badly_packed(change: Callable[[bytes], bytes], bench: Bench) -> bytes:
    held = parts_of(bench.plain)
    bad = Entry(held[4].name, held[4].method, held[4].crc, held[4].size, memoryview(change(bytes(held[4].packed))))
    return _told(bench, [held[3], bad], [held[3].content(), held[4].content()])


def bombs() -> Iterator[Case]:
    """A little that unpacks to much, within what headers state and beyond it; more entries than there may be."""
    for what, size, stated, code in (
        ("far more than stated", 4 * MAX_PART, 1000, "PKG_DAMAGED"),
        ("stated beyond the cap", MAX_PART, MAX_PART + 1, "PKG_TOO_BIG"),
        ("a byte less than stated", 1000, 1001, "PKG_DAMAGED"), ("a byte more than stated", 1001, 1000, "PKG_DAMAGED"),
    ):
        yield refused(f"bomb: {what}", code, partial(_bomb, size, stated))
    yield refused("bomb: all contents together", "PKG_TOO_BIG", _large)
    yield refused("a manifest beyond the cap", "PKG_TOO_BIG", _long_manifest)
    yield refused("one entry too many", "PKG_TOO_BIG", _many)
    yield refused("a million entries", "PKG_TOO_BIG", _million)


def _bomb(size: int, stated: int, bench: Bench) -> bytes:
    """Zeros that unpack to ``size`` bytes under a header that states another."""
    zeros = bytes(size)
    deflater = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    packed = deflater.compress(zeros) + deflater.flush()
    bomb = Entry(f"seg/{'0' * 32}/1-2.jsonl", 8, zlib.crc32(zeros), stated, memoryview(packed))
    held = parts_of(bench.plain)[3]
    return _told(bench, [held, bomb], [held.content(), zeros])


def raw(parts: Sequence[Entry]) -> bytes:
    """A container without the writer's caps."""
    return b"".join(b"".join((container._local(part), part.packed)) for part in parts) + container._tail(parts)


def _large(bench: Bench) -> bytes:
    held = container.deflated("a", b"")
    large = [Entry(f"a{number}", held.method, held.crc, MAX_UNPACKED // 2, held.packed) for number in range(3)]
    return raw([*parts_of(bench.plain), *large])


def _long_manifest(bench: Bench) -> bytes:
    held = parts_of(bench.plain)
    return raw([held[0], container.stored("manifest.json", bytes(5 * 1024 * 1024)), *held[2:]])


def _many(bench: Bench) -> bytes:
    held = parts_of(bench.plain)
    blobs = (container.stored(f"blob/{number:064x}", b"") for number in range(MAX_ENTRIES - len(held) + 1))
    return raw([*held, *blobs])


def _million(bench: Bench) -> bytes:
    first = parts_of(bench.plain)[0]
    return container._local(first) + bytes(first.packed) + container._local(container.stored("a", b"")) * 1_000_000


CASES: tuple[Case, ...] = (*_fields(), *_sizes(), *_names(), *_orders(), *_compressed(), *bombs())
