"""Breaking text into lines: with one letter one pixel wide, so that lines can be counted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.parts.wrap import shorten, wrap


def test_words_fill_lines() -> None:
    assert wrap("một hai ba bốn năm", 8, len) == ("một hai", "ba bốn", "năm")


def test_a_line_break_stays_one() -> None:
    assert wrap("một\nhai ba", 20, len) == ("một", "hai ba")


def test_a_word_wider_than_a_line_is_cut_behind_a_joint() -> None:
    assert wrap("TT GDNN-GDTX", 6, len) == ("TT", "GDNN-", "GDTX")
    assert wrap("abcdefgh", 3, len) == ("abc", "def", "gh")


def test_no_more_lines_than_wanted() -> None:
    assert wrap("một hai ba bốn năm", 8, len, 2) == ("một hai", "ba bốn…")
    assert wrap("một hai ba bốn năm sáu", 7, len, 2) == ("một hai", "ba bốn…")


def test_blank_text_is_one_blank_line() -> None:
    assert wrap("", 10, len) == ("",)


def test_shortened_text_ends_in_an_ellipsis() -> None:
    assert shorten("Theo tiến độ dự án", 10, len) == "Theo tiến…"
    assert shorten("ngắn", 10, len) == "ngắn"


@given(st.text(alphabet="aăâ đ-\n", max_size=60), st.integers(1, 12))
def test_no_letter_is_lost_and_no_line_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width, len)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(len(line) <= width for line in lines)
