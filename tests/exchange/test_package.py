"""Packages: what goes in comes out; what is not right inside a good container sinks alone."""

from __future__ import annotations

import io
import random
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.exchange.authority import decode_entries, encode_entries
from desktop.exchange.caps import MAX_ATTACHMENT, MAX_FACTS, MAX_UNPACKED
from desktop.exchange.contents import Request
from desktop.exchange.package import cost, pack, room, unpack
from desktop.exchange.segments import Segment, encode, seal
from desktop.models.errors import Refused
from tests.exchange.samples import chain, code_of_refusal, contents, device, entries, lines, log, remade, segment

GOLDEN = Path(__file__).parent / "golden"
GOLDEN_READER = "AGE-SECRET-KEY-13WHTH8XH7S683NDY0X54FFN8ST6L25UR9NAZR3C7N2KHLFRP7V8Q9WH780"
"""A key of these tests alone; nothing but the golden file was ever encrypted to it."""


def request(**changes: Any) -> Request:
    """The enrolment request of device 0."""
    fields: dict[str, Any] = {
        "public_key": device(0).public_key, "recipient": device(0).recipient, "unit": "bo-de", "label": "PC 1",
        "logs": (log().id,),
    }
    return Request(**(fields | changes))


@pytest.mark.parametrize("changes", [
    {},
    {"segments": (), "authority": ()},
    {"kind": "hub", "recipients": ("all", "bo-de")},
    {"kind": "starter", "reading_key": device(1).recipient, "recipients": (), "period": ""},
    {"request": request()},
    {"request": request(logs=())},
    {"blobs": (b"", bytes(100))},
])
def test_plain_round_trip(changes: dict[str, Any]) -> None:
    told = contents(**changes)
    data = pack(told, device(0), [])
    opened = unpack(data, [])
    blobs = tuple(sorted(opened.contents.blobs, key=bytes))
    assert replace(opened.contents, blobs=blobs) == told
    assert (opened.bad_segments, opened.bad_entries, opened.encrypted) == ((), (), False)
    assert pack(opened.contents, device(0), []) == data


def test_encrypted_round_trip() -> None:
    readers = [device(1).recipient, device(2).recipient, device(1).recipient]
    data = pack(contents(), device(0), readers)
    for number in (1, 2):
        opened = unpack(data, [device(3).identity, device(number).identity])
        assert opened.contents == contents()
        assert opened.encrypted
    assert code_of_refusal(data, [device(0).identity]) == "PKG_NOT_FOR_US"
    assert code_of_refusal(data) == "PKG_NOT_FOR_US"


def test_the_same_contents_give_the_same_bytes() -> None:
    one, two = chain(2, 2)
    held = entries(3)
    data = pack(contents(segments=(one, two), authority=held, blobs=(b"1", b"2")), device(0), [])
    again = contents(segments=(two, one, two), authority=(*reversed(held), held[0]), blobs=(b"2", b"1", b"2"))
    assert pack(again, device(0), []) == data


def test_any_zip_program_opens_it() -> None:
    data = pack(contents(segments=(segment(count=3),)), device(0), [])
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        assert file.namelist() == [
            "mimetype", "manifest.json", "manifest.sig", "authority.jsonl", f"seg/{log().id}/1-3.jsonl",
        ]
        assert file.read(file.namelist()[-1]) == encode(segment(count=3))


def test_branches_of_a_fork_travel_together() -> None:
    one = segment()
    other = seal(log(), 1, (b'{"n":1}', b'{"n":2}', b'{"n":3}'), log().first_head, device(0))
    opened = unpack(pack(contents(segments=(one, other)), device(0), []), [])
    assert set(opened.contents.segments) == {one, other}
    assert not opened.bad_segments


def test_only_the_sender_packs() -> None:
    with pytest.raises(ValueError, match="sender"):
        pack(contents(), device(1), [])


@pytest.mark.parametrize("changes", [
    {"request": request(public_key=device(1).public_key)},
    {"request": request(recipient="age1nobody")},
    {"request": request(recipient="")},
    {"request": request(unit="Bồ Đề")},
    {"request": request(label="PC\u202e1")},
    {"request": request(label="P" * 101)},
    {"reading_key": "age1nobody"},
    {"period": "2023/Q3"},
    {"written": 2**53 + 1},
    {"plan_id": ""},
    {"package_id": "0a"},
    {"root": b"short"},
    {"sender_unit": ""},
    {"recipients": ("hub", "")},
    {"application": "a\nb"},
    {"application": "e\u0301"},
])
def test_what_a_reader_would_refuse_is_not_written(changes: dict[str, Any]) -> None:
    with pytest.raises(Refused) as caught:
        pack(contents(**changes), device(0), [])
    assert caught.value.code == "PKG_BAD_MANIFEST"


def test_too_much_is_not_written() -> None:
    sealed = segment(count=1)
    many = replace(sealed, lines=sealed.lines * MAX_FACTS)
    with pytest.raises(Refused) as caught:
        pack(contents(segments=(many, sealed)), device(0), [])
    assert caught.value.code == "PKG_TOO_BIG"
    with pytest.raises(Refused) as caught:
        pack(contents(blobs=(bytes(MAX_UNPACKED),)), device(0), [])
    assert caught.value.code == "PKG_TOO_BIG"


def test_a_blob_beyond_its_cap_is_neither_written_nor_read(monkeypatch: pytest.MonkeyPatch) -> None:
    big = contents(blobs=(bytes(MAX_ATTACHMENT + 1),))
    with pytest.raises(Refused) as caught:
        pack(big, device(0), [])
    assert caught.value.code == "PKG_TOO_BIG"
    with monkeypatch.context() as other:
        other.setattr("desktop.exchange.package.MAX_ATTACHMENT", 2 * MAX_ATTACHMENT)
        data = pack(big, device(0), [])
    assert code_of_refusal(data) == "PKG_TOO_BIG"
    assert unpack(pack(contents(blobs=(bytes(MAX_ATTACHMENT),)), device(0), []), []).contents.blobs


@pytest.mark.parametrize("limit", [200_000, 1_000_000, 20_000_000])
@pytest.mark.parametrize("number", [1, 7, 60])
def test_blobs_that_have_room_make_a_file_within_the_limit(limit: int, number: int) -> None:
    held = contents(segments=chain(40, 40), authority=entries(30))
    each = room(held, limit) // number
    size = min(each - each // 4000 - 1100, MAX_ATTACHMENT)
    assert cost(size) <= each
    blobs = tuple(random.Random(seed).randbytes(size) for seed in range(number))
    data = pack(replace(held, blobs=blobs), device(0), [device(0).recipient])
    assert len(data) <= limit
    assert size == MAX_ATTACHMENT or len(data) > limit - 130_000, "the room is not given away either"


SINKING: list[tuple[str, Callable[[Segment], Segment]]] = [
    ("SEG_BAD_SIGNATURE", lambda s: replace(s, signature=segment(1).signature)),
    ("SEG_BAD_HEAD", lambda s: replace(s, lines=lines(2, 3))),
    ("SEG_BAD_HEAD", lambda s: replace(s, prev_head=bytes(32))),
    # A segment of device 0 spliced into device 1's log.
    ("SEG_BAD_NAME", lambda s: replace(s, name=log(1))),
    ("SEG_BAD_NAME", lambda s: replace(s, first=2)),
]


@pytest.mark.parametrize(("code", "change"), SINKING)
def test_a_bad_segment_sinks_alone(code: str, change: Callable[[Segment], Segment]) -> None:
    good, bad = segment(1), segment(0)

    def put(parts: list[tuple[str, bytes]]) -> None:
        places = [place for place, (name, _) in enumerate(parts) if log().id in name]
        parts[places[0]] = (parts[places[0]][0], encode(change(bad)))

    data = pack(contents(segments=(bad, good)), device(0), [])
    opened = unpack(remade(data, signer=device(0), parts=put), [])
    assert opened.contents.segments == (good,)
    assert opened.bad_segments == ((f"seg/{log().id}/1-3.jsonl", code),)
    assert opened.contents.authority == entries()


def test_lines_that_are_no_segment_sink_alone() -> None:
    def put(parts: list[tuple[str, bytes]]) -> None:
        parts[1] = (parts[1][0], b"{}\n")

    opened = unpack(remade(pack(contents(), device(0), []), signer=device(0), parts=put), [])
    assert opened.contents.segments == ()
    assert [reason for _, reason in opened.bad_segments] == ["SEG_BAD_SHAPE"]


def test_a_bad_entry_sinks_alone() -> None:
    good, bad = entries()
    forged = replace(bad, signature=good.signature)

    def put(parts: list[tuple[str, bytes]]) -> None:
        parts[0] = ("authority.jsonl", encode_entries((good, forged)))

    opened = unpack(remade(pack(contents(), device(0), []), signer=device(0), parts=put), [])
    assert opened.contents.authority == (good,)
    assert opened.bad_entries == ((forged.id, "AUTH_BAD_SIGNATURE"),)


def test_a_set_that_is_not_right_sinks_alone() -> None:
    def put(parts: list[tuple[str, bytes]]) -> None:
        parts[0] = ("authority.jsonl", parts[0][1] * 2)

    opened = unpack(remade(pack(contents(), device(0), []), signer=device(0), parts=put), [])
    assert opened.contents.authority == ()
    assert opened.bad_entries == (("authority.jsonl", "AUTH_BAD_SHAPE"),)
    assert opened.contents.segments == (segment(),)


def test_fields_of_a_later_version_are_passed_over() -> None:
    def add(told: dict[str, Any]) -> None:
        told["later"] = {"field": 1}
        told["entries"][0]["later"] = True

    opened = unpack(remade(pack(contents(), device(0), []), signer=device(0), manifest=add), [])
    assert opened.contents == contents()


def test_reading_costs_no_more_memory_than_the_caps() -> None:
    """Many short lines, which cost most in Python: the reader's own peak stays under the file cap."""
    sealed = seal(log(), 1, (b"{}",) * 5_000, log().first_head, device(0))
    segments = [sealed]
    while len(segments) < 20:
        segments.append(seal(log(), segments[-1].last + 1, sealed.lines, segments[-1].head, device(0)))
    data = pack(contents(segments=tuple(segments)), device(0), [])
    del segments
    tracemalloc.start()
    try:
        unpack(data, [])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 16 * 1024 * 1024


def test_the_set_is_the_same_after_travelling() -> None:
    opened = unpack(pack(contents(authority=entries(7)), device(0), []), [])
    assert decode_entries(encode_entries(opened.contents.authority)) == entries(7)


@pytest.mark.parametrize(("name", "identities"), [("plain-1", ()), ("sealed-1", (GOLDEN_READER,))])
def test_what_format_1_wrote_is_read_for_ever(name: str, identities: tuple[str, ...]) -> None:
    opened = unpack((GOLDEN / f"{name}.sotiendo").read_bytes(), identities)
    assert opened.contents == contents(segments=chain(2, 1), authority=entries(3), blobs=(b"blob",))
    assert not opened.bad_segments
    assert not opened.bad_entries
