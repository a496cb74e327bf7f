"""Signed entries and the set as one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.exchange.authority import SignedEntry, decode_entries, encode_entries, sign_entry, verify_entry
from desktop.exchange.caps import MAX_AUTHORITY
from desktop.models.errors import Refused
from desktop.models.strict_json import BadJson, dumps
from tests.exchange.samples import device, entries


def test_round_trip_sorted_and_each_once() -> None:
    held = entries(5)
    data = encode_entries((*reversed(held), held[0]))
    assert decode_entries(data) == held
    assert encode_entries(decode_entries(data)) == data
    assert decode_entries(encode_entries(())) == ()


def test_the_id_is_that_of_words_and_root() -> None:
    one = sign_entry(b'{"kind":"grant"}', device(1))
    assert one.id == replace(one, signature=bytes(64)).id
    assert one.id != sign_entry(b'{"kind":"grant"}', device(2)).id
    assert one.id != sign_entry(b'{"kind":"root"}', device(1)).id


def test_signature() -> None:
    entry = entries(1)[0]
    assert verify_entry(entry)
    assert not verify_entry(replace(entry, body=b"{}"))
    assert not verify_entry(replace(entry, public_key=device(1).public_key))
    assert not verify_entry(replace(entry, signature=entry.signature[:-1]))
    # A signature of the same key over the same bytes made for another purpose.
    assert not verify_entry(replace(entry, signature=device(9).sign(entry.body)))


@pytest.mark.parametrize(("body", "code"), [
    (b'{"b":1, "a":2}', "JSON_NOT_CANONICAL"),
    (b"[]", "ENTRY_NOT_OBJECT"),
    (b"", "JSON_BAD_SYNTAX"),
    (dumps({str(n): "a" * 20_000 for n in range(4)}), "ENTRY_TOO_LONG"),
])
def test_only_canonical_objects_are_signed(body: bytes, code: str) -> None:
    with pytest.raises(BadJson) as caught:
        sign_entry(body, device(9))
    assert caught.value.code == code


def _swapped(data: bytes) -> bytes:
    one, two, _ = data.split(b"\n")
    return two + b"\n" + one + b"\n"


@pytest.mark.parametrize("change", [
    lambda data: data[:-1],
    lambda data: data + b"\n",
    lambda data: b"\n" + data,
    lambda data: data + data,
    lambda data: data.replace(b"\n", b"\r\n"),
    lambda data: data.replace(b'"key"', b'"kex"', 1),
    lambda data: data.replace(b'{"kind"', b'{ "kind"', 1),
    lambda data: data.replace(b'"grant"', b"1.5", 1),
    lambda data: data.replace(b'"unit":', b'"kind":', 1),
    lambda data: b"[1]\n",
    lambda data: b"\n" * (MAX_AUTHORITY + 1),
    lambda data: data.split(b'"signature":"')[0] + b'"signature":"XY"}\n',
    _swapped,
])
def test_a_set_that_is_not_right(change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Refused) as caught:
        decode_entries(change(encode_entries(entries(2))))
    assert caught.value.code == "AUTH_BAD_SHAPE"


def test_an_entry_of_a_later_kind_travels_as_it_is() -> None:
    entry = sign_entry('{"kind":"chưa biết","on":["x"]}'.encode(), device(9))
    assert decode_entries(encode_entries((entry,))) == (entry,)
    assert isinstance(entry, SignedEntry)
