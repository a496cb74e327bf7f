"""Times: any text is read without an error, and printing a reading and reading it again gives the same."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.combining import combine
from desktop.models.schedule import Time, TimeKind
from desktop.models.text import fold
from desktop.models.time_printing import print_time
from desktop.models.time_reading import printed_text, read_time, time_doubts

_YEAR = st.sampled_from(["", "/2022", "/2023", " năm 2023", "/2024"])
_number = st.integers(min_value=0, max_value=32).map(str)
_months = st.builds(
    "{}{} {}{}".format, st.sampled_from(["", "Đầu ", "cuối "]), st.sampled_from(["tháng", "THÁNG"]), _number, _YEAR
)
_quarters = st.builds("Quý {}{}".format, st.sampled_from(["I", "II", "III", "IV", "1", "4", "V"]), _YEAR)
_days = st.builds("{}{}/{}{}".format, st.sampled_from(["", "Trước ngày ", "ngày "]), _number, _number, _YEAR)
_others = st.sampled_from(
    ["6 tháng đầu năm", "9 tháng đầu năm 2023", "Năm 2023", "cả năm", "hết năm", "nửa cuối năm", "10/2023", "III", "5"]
)
_point = st.one_of(_months, _quarters, _days, _others)
_joined = st.builds(
    "{}{}{}{}".format, st.sampled_from(["", "Từ ", "Bắt đầu từ ", "Từ nay đến "]), _point,
    st.sampled_from([" - ", " đến ", ", ", " và ", "+", " ", "; "]), _point,
)  # fmt: skip
_rounds = st.builds("Đợt 1: {} Đợt 2: {}".format, st.one_of(_point, _joined), _point)
_running = st.builds(
    "{} {}".format,
    st.sampled_from(
        ["Thường xuyên", "Hằng tháng", "hàng quý", "Hàng tuần", "Hàng ngày", "trước ngày 15 hằng tháng", "6 tháng/lần",
         "Tháng 2 hằng năm", "Tháng 6 hàng năm",
         "Ngày 31 hàng tháng", "ngày 15 tháng cuối quý", "Trước 15/12 hàng năm", "Hàng năm"]
    ),
    st.one_of(st.just(""), st.just("trong năm 2023"), _point, _joined),
)  # fmt: skip
_phrases = st.one_of(_point, _joined, _rounds, _running, st.builds("{}, {}".format, _joined, _point))
_pieces = st.lists(
    st.sampled_from(
        ["tháng", "quý", "năm", "ngày", "đợt", "hàng", "từ", "đến", "trước", "cuối", "khi", "theo", "1", "12", "2023",
         "31", "/", "-", ",", "và", "I", "III", "<i>", "</i>", "<", ">", "(", ")", " ", "thường xuyên", "99999999999"]
    ),
    max_size=12,
).map(" ".join)  # fmt: skip


def _reading(time: Time) -> tuple[object, ...]:
    return time.kind, time.first, time.last, time.checkpoints


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=60), _pieces, _phrases), st.integers(min_value=-5, max_value=12000), st.booleans())
def test_no_text_raises(text: str, year: int, strict: bool) -> None:
    time = read_time(text, year, strict_before=strict)
    assert time.text == printed_text(text)
    assert time_doubts(time, year) is not None


@settings(max_examples=150)
@given(st.one_of(_phrases, _pieces), st.sampled_from([2022, 2023, 2024]))
def test_printing_and_reading_again_gives_the_same(text: str, year: int) -> None:
    time = read_time(text, year)
    assert _reading(read_time(print_time(time), year)) == _reading(time)


@settings(max_examples=150)
@given(_phrases)
def test_case_marks_and_normal_form_do_not_matter(text: str) -> None:
    expected = _reading(read_time(text, 2023))
    for variant in (text.upper(), unicodedata.normalize("NFD", text), fold(text), text.replace(" ", "\u00a0 ")):
        assert _reading(read_time(variant, 2023)) == expected


@settings(max_examples=150)
@given(st.one_of(_phrases, _pieces))
def test_days_stand_in_order_and_only_where_understood(text: str) -> None:
    time = read_time(text, 2023)
    if time.kind in (TimeKind.UNCLEAR, TimeKind.EVENT, TimeKind.RELATIVE, TimeKind.UNSCHEDULED):
        assert _reading(time)[1:] == (None, None, ())
    if time.first and time.last:
        assert time.first <= time.last
        assert all(time.first <= day <= time.last for day in time.checkpoints)
    assert list(time.checkpoints) == sorted(set(time.checkpoints))


@settings(max_examples=150)
@given(st.one_of(st.just(""), _phrases), st.sampled_from(["Khi có yêu cầu", "Theo tiến độ", "20 ngày sau khi có"]),
       st.lists(st.dates(date(2022, 1, 1), date(2024, 12, 31)), min_size=1, max_size=4, unique=True), st.booleans())
def test_dates_entered_for_what_has_none_are_due(start: str, phrase: str, days: list[date], listed: bool) -> None:
    """Whatever the other cell says, unless it recurs: then it is due until then."""
    days = sorted(days)
    printed = read_time(phrase, 2023)
    entered = replace(printed, first=days[0], last=days[-1], checkpoints=tuple(days)) if listed else replace(
        printed, last=days[-1]
    )
    schedule = combine(read_time(start, 2023), entered, 2023)
    assert schedule.deadline == days[-1]
    assert schedule.due_days[-1] == days[-1]
    assert list(schedule.due_days) == sorted(set(schedule.due_days))
    assert all(span.first <= span.last for span in schedule.spans)
    assert _reading(read_time(print_time(entered), 2023)) == _reading(printed)


@settings(max_examples=150)
@given(st.one_of(st.just(""), _phrases), st.one_of(st.just(""), _phrases))
def test_a_schedule_is_in_order_and_due_at_its_end(start: str, end: str) -> None:
    schedule = combine(read_time(start, 2023), read_time(end, 2023), 2023)
    assert all(span.first <= span.last for span in schedule.spans)
    assert list(schedule.spans) == sorted(schedule.spans, key=lambda span: span.first)
    assert list(schedule.due_days) == sorted(set(schedule.due_days))
    if schedule.deadline is not None:
        assert schedule.due_days[-1] == schedule.deadline
        assert schedule.spans
