"""Texts folded for matching: whole, word by word, letters alone."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.text import fold, folded_letters, folded_words


@given(st.text())
def test_words_and_letters_are_those_of_the_folded_text(text: str) -> None:
    words = re.findall(r"[^\W_]+", fold(text))
    assert folded_words(text) == words
    assert folded_letters(text) == "".join(words)


@pytest.mark.parametrize(("text", "words"), [
    ("Phòng VH-TT,  Đảng_ủy", ["phong", "vh", "tt", "dang", "uy"]),
    (unicodedata.normalize("NFD", "Quý II/2023 – Hoà"), ["quy", "ii", "2023", "hoa"]),
    ("“…”", []),
])
def test_words(text: str, words: list[str]) -> None:
    assert folded_words(text) == words
