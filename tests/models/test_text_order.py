"""Alphabetical order as CLDR vi has it, against a table of all letters written by hand; numbers by value."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.text import collation_key, natural_key, toneless

# One group a letter, in the order of the alphabet; inside it the tones: none, huyền, hỏi, ngã, sắc, nặng.
GROUPS = (
    "aàảãáạ ăằẳẵắặ âầẩẫấậ b c d đ eèẻẽéẹ êềểễếệ f g h iìỉĩíị j k l m n oòỏõóọ ôồổỗốộ ơờởỡớợ p q r s t uùủũúụ"
    " ưừửữứự v w x yỳỷỹýỵ z"
).split()
SIGNS = " -,.(/"
WEIGHTS = {
    letter: (place, tone, case)
    for place, group in enumerate(GROUPS, start=len(SIGNS))
    for tone, small in enumerate(group)
    for case, letter in enumerate((small, small.upper()))
} | {sign: (place, 0, 0) for place, sign in enumerate(SIGNS)}
words = st.text(st.sampled_from(sorted(WEIGHTS)), max_size=8)


def levels(text: str) -> tuple[tuple[int, ...], ...]:
    """The weights of a text, level by level."""
    return tuple(tuple(WEIGHTS[char][level] for char in text) for level in range(3))


@given(st.lists(words, max_size=6))
def test_texts_sort_as_the_alphabet_has_it(listed: list[str]) -> None:
    assert sorted(listed, key=collation_key) == sorted(listed, key=levels)


@given(words, words)
def test_two_texts_have_one_key_only_where_they_are_one(one: str, other: str) -> None:
    assert (collation_key(one) == collation_key(other)) is (one == other)


@given(words)
def test_composed_or_not_a_text_has_its_key(text: str) -> None:
    assert collation_key(unicodedata.normalize("NFD", text)) == collation_key(text)


@given(words, st.integers(0, 10**12), st.integers(0, 10**12), words)
def test_numbers_sort_by_value(before: str, one: int, other: int, after: str) -> None:
    first, second = f"{before}{one}{after}", f"{before}{other}{after}"
    assert (collation_key(first) < collation_key(second)) is (one < other)


@given(st.lists(st.integers(0, 200), min_size=1, max_size=4), st.lists(st.integers(0, 200), min_size=1, max_size=4))
def test_printed_numbers_sort_naturally(one: list[int], other: list[int]) -> None:
    first, second = (".".join(map(str, parts)) for parts in (one, other))
    assert (natural_key(first) < natural_key(second)) is (one < other)
    if first != second:
        assert (collation_key(first) < collation_key(second)) is (one < other)


def test_roman_numerals_sort_by_value() -> None:
    printed = ["X", "IX", "IV", "II", "V", "III", "I", "XL"]
    assert sorted(printed, key=natural_key) == ["I", "II", "III", "IV", "V", "IX", "X", "XL"]


@pytest.mark.parametrize("ordered", [
    ("An", "Ân", "Ba", "Cam", "Dương", "Đặng", "Em", "Êm"),
    ("ma", "mà", "mả", "mã", "má", "mạ", "mai"),
    ("Tổ 2", "Tổ 10", "Tổ dân phố"),
    ("a b", "a-b", "a1", "ab"),
    ("hoa", "Hoa", "hoà", "hóa", "hoán"),
    ("Phường Bồ Đề", "Phường Cự Khối", "Phường Đức Giang", "Phường Gia Thụy", "Phường Long Biên", "Phường Ngọc Lâm"),
    ("u", "ü", "ư", "z", "α", "ж"),
])
def test_lists_as_offices_have_them(ordered: tuple[str, ...]) -> None:
    assert tuple(sorted(reversed(ordered), key=collation_key)) == ordered


@pytest.mark.parametrize(("word", "parts"), [
    ("hoà", ("hoa", 1)), ("hòa", ("hoa", 1)), ("UỶ", ("uy", 2)), ("đặng", ("đăng", 5)), ("thcs", ("thcs", 0)),
    (unicodedata.normalize("NFD", "Trường"), ("trương", 1)),
])
def test_a_word_without_its_tone(word: str, parts: tuple[str, int]) -> None:
    assert toneless(word) == parts
