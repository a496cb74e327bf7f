"""Segments: sealed, encoded, decoded, verified; every change is found and told by its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.caps import MAX_LINE, MAX_PART, MAX_SEGMENT_LINES
from desktop.exchange.hashes import next_head
from desktop.exchange.segments import Segment, decode, encode, seal, seal_run, verify
from desktop.models.errors import Refused
from desktop.models.strict_json import dumps, loads
from tests.exchange.samples import chain, device, lines, log, segment


def test_round_trip() -> None:
    sealed = segment(count=5)
    assert verify(sealed) == ""
    assert decode(encode(sealed)) == sealed
    assert encode(sealed).count(b"\n") == 6
    assert sealed.last == 5


def test_the_head_is_the_last_facts_id() -> None:
    sealed = segment(count=2)
    first = next_head(sealed.name.first_head, sealed.lines[0])
    assert sealed.head == next_head(first, sealed.lines[1])


def test_segments_follow_one_another() -> None:
    one, two = chain(2, 3)
    assert (two.first, two.prev_head) == (3, one.head)
    assert verify(two) == ""


CHANGES: list[tuple[str, Callable[[Segment], Segment]]] = [
    ("SEG_BAD_HEAD", lambda s: replace(s, lines=(*s.lines[:-1], b"{}"))),
    ("SEG_BAD_HEAD", lambda s: replace(s, lines=s.lines[:-1])),
    ("SEG_BAD_HEAD", lambda s: replace(s, lines=(*s.lines, b"{}"))),
    ("SEG_BAD_HEAD", lambda s: replace(s, lines=(s.lines[1], s.lines[0], *s.lines[2:]))),
    ("SEG_BAD_HEAD", lambda s: replace(s, prev_head=bytes(32))),
    ("SEG_BAD_HEAD", lambda s: replace(s, head=bytes(32))),
    # Lines of one log under the name of another: head_0 is bound to the log.
    ("SEG_BAD_HEAD", lambda s: replace(s, name=replace(s.name, audience="all"))),
    ("SEG_BAD_HEAD", lambda s: replace(s, name=replace(s.name, nonce=b"7" * 16))),
    ("SEG_BAD_HEAD", lambda s: replace(s, name=log(1))),
    ("SEG_BAD_SIGNATURE", lambda s: replace(s, first=2)),
    ("SEG_BAD_SIGNATURE", lambda s: replace(s, signature=bytes(64))),
    ("SEG_BAD_SIGNATURE", lambda s: replace(s, signature=b"")),
    ("SEG_BAD_SIGNATURE", lambda s: replace(s, signature=segment(1).signature)),
    ("SEG_BAD_SHAPE", lambda s: replace(s, first=0)),
    ("SEG_BAD_SHAPE", lambda s: replace(s, lines=())),
    ("SEG_BAD_SHAPE", lambda s: replace(s, lines=(b"",))),
    ("SEG_BAD_SHAPE", lambda s: replace(s, lines=(b"{}\n{}",))),
    ("SEG_BAD_SHAPE", lambda s: replace(s, name=replace(s.name, nonce=b"short"))),
    ("SEG_TOO_LONG", lambda s: replace(s, lines=(b"x" * (MAX_LINE + 1),))),
    ("SEG_TOO_LONG", lambda s: replace(s, lines=(b"x",) * (MAX_SEGMENT_LINES + 1))),
    ("SEG_TOO_LONG", lambda s: replace(s, lines=(b"x" * MAX_LINE,) * (MAX_PART // MAX_LINE))),
]


@pytest.mark.parametrize(("code", "change"), CHANGES)
def test_a_change_is_found(code: str, change: Callable[[Segment], Segment]) -> None:
    assert verify(change(segment())) == code


def test_a_later_segment_moved_to_another_log_is_found() -> None:
    _, later = chain(2, 2)
    assert verify(replace(later, name=replace(later.name, audience="all"))) == "SEG_BAD_SIGNATURE"


def _with_header(data: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    header, rest = data.split(b"\n", 1)
    fields = loads(header)
    assert isinstance(fields, dict)
    change(fields)
    return dumps(fields) + b"\n" + rest


HEADERS: list[tuple[str, Callable[[dict[str, Any]], object]]] = [
    ("SEG_COUNT", lambda h: h.update(count=2)),
    ("SEG_COUNT", lambda h: h.update(count=4)),
    ("SEG_BAD_SHAPE", lambda h: h.update(count=True)),
    ("SEG_BAD_SHAPE", lambda h: h.update(count="3")),
    ("SEG_BAD_SHAPE", lambda h: h.update(first=0)),
    ("SEG_BAD_SHAPE", lambda h: h.update(first=-1)),
    ("SEG_BAD_SHAPE", lambda h: h.update(extra=1)),
    ("SEG_BAD_SHAPE", lambda h: h.pop("nonce")),
    ("SEG_BAD_SHAPE", lambda h: h.update(log="0" * 32)),
    ("SEG_BAD_SHAPE", lambda h: h.update(key=h["key"].upper())),
    ("SEG_BAD_SHAPE", lambda h: h.update(key=h["key"][:-2])),
    ("SEG_BAD_SHAPE", lambda h: h.update(audience="../x")),
    ("SEG_BAD_SHAPE", lambda h: h.update(plan=None)),
]


@pytest.mark.parametrize(("code", "change"), HEADERS)
def test_a_header_that_is_not_right(code: str, change: Callable[[dict[str, Any]], object]) -> None:
    _refused(_with_header(encode(segment()), change), code)


@pytest.mark.parametrize(("code", "change"), [
    ("SEG_BAD_SHAPE", lambda data: data[:-1]),
    ("SEG_BAD_SHAPE", lambda data: b""),
    ("SEG_BAD_SHAPE", lambda data: b"\n"),
    ("SEG_BAD_SHAPE", lambda data: b"[]\n{}\n"),
    ("SEG_BAD_SHAPE", lambda data: data.replace(b'{"', b'{ "', 1)),
    ("SEG_BAD_SHAPE", lambda data: data.replace(b"\n", b"\r\n")),
    ("SEG_BAD_SHAPE", lambda data: b"\xef\xbb\xbf" + data),
    ("SEG_BAD_SHAPE", lambda data: data.replace(b'"count":3', b'"count":3,"count":3')),
    ("SEG_BAD_SHAPE", lambda data: b"x" * (MAX_LINE + 1) + b"\n" + data),
    ("SEG_COUNT", lambda data: data + b"\n"),
    ("SEG_COUNT", lambda data: data.split(b"\n", 1)[0] + b"\n"),
    ("SEG_TOO_LONG", lambda data: data + b"\n" * 6_000),
    ("SEG_TOO_LONG", lambda data: data + b"x" * MAX_PART + b"\n"),
])
def test_bytes_that_are_not_right(code: str, change: Callable[[bytes], bytes]) -> None:
    _refused(change(encode(segment())), code)


def _refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        decode(data)
    assert caught.value.code == code


@pytest.mark.parametrize(("first", "run"), [(0, lines(1, 1)), (1, ()), (1, (b"a\nb",)), (1, (b"x" * (MAX_LINE + 1),))])
def test_what_could_not_travel_is_not_sealed(first: int, run: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="SEG_"):
        seal(log(), first, run, log().first_head, device(0))


def test_nobody_seals_in_anothers_log_or_away_from_its_start() -> None:
    with pytest.raises(ValueError, match="writer"):
        seal(log(0), 1, lines(1, 1), log(0).first_head, device(1))
    with pytest.raises(ValueError, match="writer"):
        seal(log(0), 1, lines(1, 1), bytes(32), device(0))


@given(st.lists(st.sampled_from([1, 60_000, MAX_LINE]), max_size=300))
def test_a_run_of_any_length_is_sealed_within_the_caps(sizes: list[int]) -> None:
    run = [b"x" * size for size in sizes]
    sealed = seal_run(log(), 1, run, log().first_head, device(0))
    assert [line for one in sealed for line in one.lines] == run
    head, first = log().first_head, 1
    for one in sealed:
        assert (one.prev_head, one.first) == (head, first)
        assert verify(one) == ""
        assert len(encode(one)) <= MAX_PART
        head, first = one.head, one.last + 1


def test_a_run_of_many_lines_is_cut_at_the_cap() -> None:
    sealed = seal_run(log(), 1, [b"{}"] * 10_001, log().first_head, device(0))
    assert [len(one.lines) for one in sealed] == [MAX_SEGMENT_LINES, MAX_SEGMENT_LINES, 1]
