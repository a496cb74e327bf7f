"""How findings are told: their order, their lines, the names of columns; Roman numerals both ways."""

from __future__ import annotations

import pytest

from desktop.models.findings import counts_in_words, gravest_first, lines_in_words, printed_in_words
from desktop.models.plan import CellReading, Finding, PrintedCells, Severity
from desktop.models.plan_columns import COLUMN_NAMES, column_name
from desktop.models.text import roman, roman_value


def finding(severity: Severity, line: int) -> Finding:
    """A finding of a line."""
    return Finding("MÃ", severity, "Câu.", (line,), "")


def test_errors_come_first_and_the_plan_s_order_stays() -> None:
    given = [finding(Severity.NOTE, 1), finding(Severity.WARNING, 2), finding(Severity.ERROR, 3),
             finding(Severity.WARNING, 4), finding(Severity.NOTE, 5)]
    assert [one.source_lines[0] for one in gravest_first(given)] == [3, 2, 4, 1, 5]
    assert counts_in_words(given) == "1 lỗi, 2 cần rà soát, 2 ghi chú"


@pytest.mark.parametrize(("lines", "words"), [
    ((), ""), ((7,), "7"), ((7, 8), "7, 8"), ((7, 8, 9), "7–9"), ((264, 265, 266, 272), "264–266, 272"),
    ((9, 7, 8), "9, 7, 8"),
])
def test_lines_in_a_row_are_a_stretch(lines: tuple[int, ...], words: str) -> None:
    assert lines_in_words(lines) == words


def test_an_empty_cell_says_so() -> None:
    assert printed_in_words(CellReading("end")) == "(trống)"
    assert printed_in_words(CellReading("end", "Quý I")) == "Quý I"
    assert printed_in_words(CellReading()) == ""


def test_every_printed_cell_has_a_name_and_other_columns_name_themselves() -> None:
    assert tuple(COLUMN_NAMES) == PrintedCells.__slots__
    assert column_name("end") == "Thời gian hoàn thành"
    assert column_name("Kinh phí") == "Kinh phí"


def test_roman_numerals_read_back() -> None:
    assert [roman(value) for value in (1, 4, 9, 14, 40, 90, 399)] == ["I", "IV", "IX", "XIV", "XL", "XC", "CCCXCIX"]
    assert all(roman_value(roman(value)) == value for value in range(1, 400))
