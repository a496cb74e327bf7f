"""Hashes and codes are pinned: another reader must find the same, and so must every later version."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.hashes import check_code, code_of, first_head, log_id, next_head, short_id

KEY, NONCE = bytes(range(32)), bytes(range(16))


def test_short_id_is_sixteen_bytes_of_length_prefixed_parts() -> None:
    plain = b"\0\0\0\x02ab\0\0\0\x01c"
    assert short_id(b"ab", b"c") == hashlib.sha256(plain).hexdigest()[:32]


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_other_parts_give_another_id(one: list[bytes], other: list[bytes]) -> None:
    assert (short_id(*one) == short_id(*other)) == (one == other)


def test_pinned() -> None:
    assert log_id(KEY, NONCE, "plan", "all") == "9f142f3bffafb1c65288c39f9501790c"
    head = first_head(KEY, NONCE, "plan", "all")
    assert head.hex() == "b7086a07a11059eb0f04596ab3709c2b631ff8eb870e7c3f4a75bac3923189b7"
    assert next_head(head, b"{}") == hashlib.sha256(head + hashlib.sha256(b"{}").digest()).digest()
    assert code_of(KEY) == "58251843241560592287"
    assert check_code(b"package") == "ASAL 9577"


def test_log_and_first_head_depend_on_every_part() -> None:
    logs = {
        log_id(KEY, NONCE, "plan", "all"), log_id(NONCE, KEY, "plan", "all"), log_id(KEY, NONCE, "plana", "ll"),
        log_id(KEY, NONCE, "plan", "bo-de"), log_id(KEY, bytes(16), "plan", "all"),
    }
    assert len(logs) == 5
    assert first_head(KEY, NONCE, "plan", "all") != first_head(KEY, NONCE, "plan", "bo-de")


@given(st.binary(min_size=32, max_size=32))
def test_codes_for_people(data: bytes) -> None:
    code, check = code_of(data), check_code(data)
    assert len(code) == 20
    assert code.isdecimal()
    letters, digits = check.split(" ")
    assert len(letters) == len(digits) == 4
    assert digits.isdecimal()
    assert not set(letters) & set("FIJOWZ")
