"""The damage corpus of exchange.md for the container: fields, names, order, sizes, bombs."""

from __future__ import annotations

import json
import struct
import tracemalloc
from collections.abc import Callable
from hashlib import sha256

import pytest

from desktop.exchange import container
from desktop.exchange.caps import MAX_ENTRIES, MAX_PART, MAX_UNPACKED
from desktop.exchange.container import Entry
from desktop.models.strict_json import dumps
from tests.exchange.samples import (
    code_of_refusal,
    device,
    log,
    parts_of,
    patched,
    plain,
    relisted,
    remade,
    with_manifest,
)

LOCAL, CENTRAL, END = 30, 46, 22


def places(data: bytes) -> tuple[list[int], list[int]]:
    """Offsets of the local headers and of the central records."""
    local, central = [0], [struct.unpack_from("<L", data, len(data) - 6)[0]]
    held = container.read(data)
    for entry in held[:-1]:
        local.append(local[-1] + LOCAL + len(entry.name) + len(entry.packed))
        central.append(central[-1] + CENTRAL + len(entry.name))
    return local, central


# (offset in the local header, offset in the central record, another value)
SHARED = {
    "version needed": (4, 6, b"\x2d\0"), "encryption flag": (6, 8, b"\1\0"), "streamed flag": (6, 8, b"\x08\0"),
    "utf-8 flag": (6, 8, b"\0\x08"), "unknown method": (8, 10, b"\x0c\0"), "encrypted method": (8, 10, b"\x63\0"),
    "time": (10, 12, b"\1\0"), "date": (12, 14, b"\x22\0"), "extra length": (28, 30, b"\4\0"),
    "name length": (26, 28, b"\1\0"),
}
CENTRAL_ONLY = {
    "made by Unix": (4, b"\x14\3"), "comment length": (32, b"\1\0"), "disk": (34, b"\1\0"), "text": (36, b"\1\0"),
    "symlink": (38, b"\0\0\xff\xa1"), "offset": (42, b"\1\0\0\0"), "method": (10, b"\x63\0"),
}
END_ONLY = {
    "disk": (4, b"\1\0"), "first disk": (6, b"\1\0"), "entries here": (8, b"\1\0"), "entries": (10, b"\1\0"),
    "zip64 count": (8, b"\xff\xff\xff\xff"), "size": (12, b"\1\0\0\0"), "zip64 size": (12, b"\xff" * 8),
    "offset": (16, b"\1\0\0\0"), "comment": (20, b"\4\0"),
}


@pytest.mark.parametrize("entry", range(5))
@pytest.mark.parametrize("field", SHARED)
def test_a_field_with_another_value(field: str, entry: int) -> None:
    local, central = places(plain())
    in_local, in_central, value = SHARED[field]
    here, there = (local[entry] + in_local, value), (central[entry] + in_central, value)
    for changes in ((here,), (there,), (here, there)):
        made = patched(plain(), *changes)
        assert made != plain()
        assert code_of_refusal(made) in ("PKG_BAD_CONTAINER", "PKG_TRUNCATED"), changes


@pytest.mark.parametrize("entry", range(5))
@pytest.mark.parametrize("field", CENTRAL_ONLY)
def test_a_central_field_with_another_value(field: str, entry: int) -> None:
    offset, value = CENTRAL_ONLY[field]
    made = patched(plain(), (places(plain())[1][entry] + offset, value))
    assert code_of_refusal(made) == "PKG_BAD_CONTAINER"


@pytest.mark.parametrize("field", END_ONLY)
def test_a_closing_field_with_another_value(field: str) -> None:
    offset, value = END_ONLY[field]
    assert code_of_refusal(patched(plain(), (len(plain()) - END + offset, value))) == "PKG_BAD_CONTAINER"


@pytest.mark.parametrize("entry", range(1, 5))
@pytest.mark.parametrize(("packed", "size", "code"), [
    (None, b"\xff\xff\xff\xff", "PKG_TOO_BIG"), (b"\xff\xff\xff\xff", None, "PKG_BAD_CONTAINER"),
    (b"\0\0\0\0", None, "PKG_BAD_CONTAINER"),
])
def test_sizes_that_lie(entry: int, packed: bytes | None, size: bytes | None, code: str) -> None:
    local, central = places(plain())
    changes = [
        (start + offset, value)
        for start, offset, value in (
            (local[entry], 18, packed), (central[entry], 20, packed), (local[entry], 22, size),
            (central[entry], 24, size),
        )
        if value is not None
    ]
    # Of a stored entry both sizes are one.
    expected = "PKG_BAD_CONTAINER" if entry < 3 else code
    assert code_of_refusal(patched(plain(), *changes)) == expected


@pytest.mark.parametrize("name", [
    "/etc/passwd", "../x", "seg/../x", "a/./b", "C:/x", "c:x", "//server/share", "a\\b", "con", "nul.txt", "seg/con",
    "Manifest.json", "manifest.json ", "manifest.json.", "a//b", "seg/", "", "a" * 300, "seg/x/1-2.jsonl", "blob/x",
    f"seg/{'0' * 32}/0-2.jsonl", f"seg/{'0' * 32}/01-2.jsonl", f"seg/{'0' * 32}/1-2-1.jsonl", "mimetype",
    "manifest.json", "authority.jsonl",
])
def test_a_name_that_is_none(name: str) -> None:
    made = remade(plain(), signer=device(0), parts=lambda parts: parts.append((name, b"{}\n")))
    assert code_of_refusal(made) in ("PKG_BAD_CONTAINER", "PKG_BAD_MANIFEST")


@pytest.mark.parametrize("twin", [
    b"authority.json\0", b"authority\xc3\xa9.jso", b"authority\xffjsonl", b"Authority.jsonl",
])
def test_bytes_that_only_look_like_a_name(twin: bytes) -> None:
    assert len(twin) == len("authority.jsonl")
    assert code_of_refusal(plain().replace(b"authority.jsonl", twin)) in ("PKG_BAD_CONTAINER", "PKG_BAD_MANIFEST")


def test_a_double_name() -> None:
    made = remade(plain(), signer=device(0), parts=lambda parts: parts.append(parts[-1]))
    assert code_of_refusal(made) == "PKG_BAD_CONTAINER"


@pytest.mark.parametrize("order", [
    (1, 0, 2, 3, 4), (0, 2, 1, 3, 4), (0, 1, 2, 4, 3), (0, 1, 3, 4), (0, 3, 4), (0,), (),
])
def test_entries_in_another_order_or_missing(order: tuple[int, ...]) -> None:
    made = container.write([parts_of()[place] for place in order])
    assert code_of_refusal(made) in ("PKG_BAD_CONTAINER", "PKG_BAD_MANIFEST", "PKG_NOT_A_PACKAGE")


@pytest.mark.parametrize("drop", [0, 1])
def test_an_entry_that_is_listed_and_absent(drop: int) -> None:
    held = parts_of()
    made = with_manifest(plain(), held[1].content(), [part for n, part in enumerate(held[3:]) if n != drop], None)
    assert code_of_refusal(made) == "PKG_BAD_MANIFEST"


def test_an_entry_that_is_not_listed() -> None:
    held = parts_of()
    extra = container.stored(f"blob/{'0' * 64}", b"")
    assert code_of_refusal(with_manifest(plain(), held[1].content(), [*held[3:], extra], None)) == "PKG_BAD_MANIFEST"


@pytest.mark.parametrize("place", [1, 2])
def test_manifest_and_signature_lie_as_they_are(place: int) -> None:
    held = parts_of()
    held[place] = container.deflated(held[place].name, held[place].content())
    assert code_of_refusal(container.write(held)) == "PKG_BAD_CONTAINER"


def test_segments_are_compressed_and_blobs_are_not() -> None:
    held = parts_of()
    parts = [held[3], container.stored(held[4].name, held[4].content())]
    assert code_of_refusal(with_manifest(plain(), relisted(parts), parts, device(0))) == "PKG_BAD_CONTAINER"
    parts = [held[3], container.deflated(f"blob/{'0' * 64}", b"x")]
    assert code_of_refusal(with_manifest(plain(), relisted(parts), parts, device(0))) == "PKG_BAD_CONTAINER"


def _bomb(size: int, stated: int) -> Entry:
    """Zeros that unpack to ``size`` bytes under a header that states another."""
    honest = container.deflated(f"seg/{log().id}/1-2.jsonl", bytes(size))
    return Entry(honest.name, honest.method, honest.crc, stated, honest.packed)


@pytest.mark.parametrize(("make", "code"), [
    (lambda: [_bomb(4 * MAX_PART, 1000)], "PKG_DAMAGED"),
    (lambda: [_bomb(MAX_PART, MAX_PART + 1)], "PKG_TOO_BIG"),
    (lambda: [_bomb(1000, 1001)], "PKG_DAMAGED"),
    (lambda: [_bomb(1001, 1000)], "PKG_DAMAGED"),
])
def test_a_bomb_is_refused_within_the_caps(make: Callable[[], list[Entry]], code: str) -> None:
    parts = [parts_of()[3], *make()]
    made = with_manifest(plain(), relisted(parts), parts, device(0))
    tracemalloc.start()
    try:
        assert code_of_refusal(made) == code
        assert tracemalloc.get_traced_memory()[1] < MAX_PART
    finally:
        tracemalloc.stop()


def _raw(parts: list[Entry]) -> bytes:
    """A container without the writer's caps."""
    return b"".join(b"".join((container._local(part), part.packed)) for part in parts) + container._tail(parts)


def test_more_than_the_caps_is_refused_before_anything_is_unpacked() -> None:
    many = [*parts_of(), *(container.stored(f"blob/{number:064x}", b"") for number in range(MAX_ENTRIES))]
    assert code_of_refusal(_raw(many)) == "PKG_TOO_BIG"
    held = container.deflated("a", b"")
    large = [Entry(f"a{number}", held.method, held.crc, MAX_UNPACKED // 2, held.packed) for number in range(3)]
    assert code_of_refusal(_raw([*parts_of(), *large])) == "PKG_TOO_BIG"
    manifest = container.stored("manifest.json", bytes(5 * 1024 * 1024))
    assert code_of_refusal(_raw([parts_of()[0], manifest, *parts_of()[2:]])) == "PKG_TOO_BIG"


@pytest.mark.parametrize("change", [
    lambda packed: packed + b"\0",
    lambda packed: packed[:-1],
    lambda packed: b"\xff" + packed[1:],
    lambda packed: packed + packed,
])
def test_compressed_bytes_that_are_not_right(change: Callable[[bytes], bytes]) -> None:
    held = parts_of()[4]
    packed = change(bytes(held.packed))
    bad = Entry(held.name, held.method, held.crc, held.size, memoryview(packed))
    told = json.loads(parts_of()[1].content())
    told["entries"][1]["packed"] = sha256(packed).hexdigest()
    assert code_of_refusal(with_manifest(plain(), dumps(told), [parts_of()[3], bad], device(0))) == "PKG_DAMAGED"
