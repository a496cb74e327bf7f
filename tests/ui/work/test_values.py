"""What is typed into cells, read as an officer means it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.errors import Mistake
from desktop.models.report import STATE_WORDS, Report, WorkState
from desktop.ui.work.values import Field, read, shown, words_of


@pytest.mark.parametrize(
    "typed",
    ["8/9/2023", "08/9/2023", "08/09/2023", "8-9-2023", "8.9.2023", "8 9 2023", "8/9/23", "8/9", "08092023", "080923",
     "2023-09-08", " 8 / 9 / 2023 "],
)  # fmt: skip
def test_days_as_people_type_them(typed: str) -> None:
    assert read(Field.DONE_ON, typed, 2023) == date(2023, 9, 8)


@pytest.mark.parametrize(
    "typed", ["31/2/2023", "8/13", "hôm qua", "2023", "8", "0/0", "1/1/0000", "99999999", "8/9/202"]
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Mistake) as raised:
        read(Field.DONE_ON, typed, 2023)
    assert raised.value.code == "DAY_UNREADABLE"
    assert raised.value.advice


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_shown_reads_back(day: date) -> None:
    assert read(Field.DONE_ON, words_of(day), 1999) == day


@pytest.mark.parametrize(
    ("typed", "percent"), [("85", 85), ("85%", 85), ("85 %", 85), ("0", 0), ("100,0%", 100), ("", None)]
)
def test_percentages(typed: str, percent: int | None) -> None:
    assert read(Field.PERCENT, typed, 2023) == percent


@pytest.mark.parametrize("typed", ["101", "85,5", "nhiều", "-1", "8 5"])
def test_what_is_no_percentage_is_refused(typed: str) -> None:
    with pytest.raises(Mistake) as raised:
        read(Field.PERCENT, typed, 2023)
    assert raised.value.code == "PERCENT_UNREADABLE"


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("Hoàn thành", WorkState.DONE),
        ("hoan thanh", WorkState.DONE),
        ("HT", WorkState.DONE),
        ("đang", WorkState.DOING),
        ("cth", WorkState.TODO),
        ("Tạm dừng", WorkState.PAUSED),
        ("không phát sinh", WorkState.NONE_ARISING),
        ("", None),
    ],
)
def test_states_by_word_beginning_or_initials(typed: str, state: WorkState | None) -> None:
    assert read(Field.STATE, typed, 2023) == state


def test_an_unknown_state_is_refused() -> None:
    with pytest.raises(Mistake) as raised:
        read(Field.STATE, "xong rồi", 2023)
    assert raised.value.code == "STATE_UNREADABLE"
    assert all(words in raised.value.advice for words in STATE_WORDS.values())


def test_texts_are_kept_but_for_blanks_around() -> None:
    assert read(Field.RESULT, "  Đã nghiệm thu\nbàn giao ", 2023) == "Đã nghiệm thu\nbàn giao"
    assert read(Field.EVIDENCE, "", 2023) == ""


def test_values_as_cells_show_them() -> None:
    report = Report("i", "u", "2023-Q3", WorkState.DOING, 0, date(2023, 9, 8), "x")
    assert [shown(field, report) for field in Field] == ["Đang thực hiện", "0", "08/9/2023", "x", "", "", ""]
