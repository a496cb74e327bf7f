"""Breaking text into lines."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.wrapping import bind, longest_word, wrap, wrap_evenly


def letters(text: str) -> float:
    """Every letter one point wide."""
    return float(len(text))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, ("",)),
        ("một hai ba", 7, ("một hai", "ba")),
        ("một hai ba", 100, ("một hai ba",)),
        ("một  hai", 7, ("một hai",)),
        ("một\nhai", 100, ("một", "hai")),
        ("VP HĐND&UBND quận", 9, ("VP", "HĐND&UBND", "quận")),
        ("HĐND&UBND", 6, ("HĐND&", "UBND")),
        ("abcdefgh", 3, ("abc", "def", "gh")),
        ("160-KH/QU", 5, ("160-", "KH/QU")),
    ],
)
def test_lines(text: str, width: float, lines: tuple[str, ...]) -> None:
    assert wrap(text, width, letters) == lines


def test_a_bound_name_moves_whole_to_the_next_line() -> None:
    names = "; ".join(map(bind, ("Phòng Nội vụ", "Ban Dân vận")))
    assert wrap(names, 15, letters) == ("Phòng Nội vụ;", "Ban Dân vận")


def test_a_bound_name_wider_than_the_line_breaks_at_its_blanks_on_lines_of_its_own() -> None:
    names = "; ".join(map(bind, ("UBND", "Trung tâm Phát triển quỹ đất")))
    assert wrap(names, 12, letters) == ("UBND;", "Trung tâm", "Phát triển", "quỹ đất")


def test_a_mark_stays_with_its_letter() -> None:
    text = "q\u0301" * 4
    assert all(not unicodedata.combining(line[0]) for line in wrap(text, 3, letters))


def test_titles_break_into_even_lines() -> None:
    lines = wrap_evenly("một hai ba bốn năm sáu bảy tám chín", 32, letters)
    assert len(lines) == len(wrap("một hai ba bốn năm sáu bảy tám chín", 32, letters)) == 2
    assert abs(len(lines[0]) - len(lines[1])) <= 5


def test_longest_word_looks_inside_bound_names() -> None:
    assert longest_word(bind("VP HĐND&UBND quận"), letters) == 9
    assert longest_word("", letters) == 0


@given(st.text(alphabet="abĐẬ -/;\n\u00a0", max_size=80), st.integers(1, 12))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width, letters)
    assert all(len(line) <= width for line in lines)
    kept = text.replace(" ", "").replace("\n", "").replace("\u00a0", "")
    assert "".join(lines).replace(" ", "") == kept
