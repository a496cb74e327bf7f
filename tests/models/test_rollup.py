"""Leads to item, items to the office's four-way count."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.report import Report, Timeliness, WorkState
from desktop.models.rollup import (
    FourWay,
    ItemState,
    count_four_ways,
    four_way_note,
    four_way_sentence,
    item_state,
    least_advanced,
    rate,
)

TODO, DOING, DONE = WorkState.TODO, WorkState.DOING, WorkState.DONE
PAUSED, NONE_ARISING = WorkState.PAUSED, WorkState.NONE_ARISING


def report(state: WorkState | None, percent: int | None = None, done_on: date | None = None) -> Report:
    return Report("item", "unit", "2023-Q3", state, percent, done_on)


LEAST = [
    ((DONE, DOING, PAUSED, TODO), TODO),
    ((DONE, DOING, PAUSED), PAUSED),
    ((DONE, DOING), DOING),
    ((DONE, DONE), DONE),
    ((DONE, None), TODO),
    ((DONE, NONE_ARISING), DONE),
    ((NONE_ARISING, NONE_ARISING), NONE_ARISING),
    ((), TODO),
]


@pytest.mark.parametrize(("states", "expected"), LEAST)
def test_least_advanced(states: tuple[WorkState | None, ...], expected: WorkState) -> None:
    assert least_advanced(states) is expected


def test_all_leads_done() -> None:
    reports = [report(DONE, 100, date(2023, 9, 1)), report(DONE, None, date(2023, 9, 20))]
    assert item_state(reports) == ItemState(DONE, 100, date(2023, 9, 20), 2, 2, 2)


def test_a_lead_without_report_holds_the_item_back() -> None:
    reports = [report(DONE, 100, date(2023, 9, 1)), None]
    assert item_state(reports) == ItemState(TODO, 50, None, 1, 2, 1)


def test_mean_is_rounded_half_up() -> None:
    assert item_state([report(DOING, 50), report(DOING, 51)]).percent == 51
    assert item_state([report(DOING, 1), None, None]).percent == 0
    assert item_state([report(DOING, 2), None, None]).percent == 1


def test_nothing_arisen_leaves_the_count() -> None:
    reports = [report(NONE_ARISING), report(DONE, 100, date(2023, 9, 1))]
    assert item_state(reports) == ItemState(DONE, 100, date(2023, 9, 1), 1, 1, 2)
    assert item_state([report(NONE_ARISING)]) == ItemState(NONE_ARISING, None, None, 0, 0, 1)


def test_nobody_reported() -> None:
    assert item_state([None, None]) == ItemState(TODO, None, None, 0, 2, 0)
    assert item_state([]) == ItemState(TODO, None, None, 0, 0, 0)


def test_done_without_a_date_claims_none() -> None:
    assert item_state([report(DONE)]).done_on is None


ITEMS: list[tuple[WorkState | None, Timeliness | None]] = [
    (DONE, Timeliness.DONE_ON_TIME),
    (DONE, Timeliness.DONE_ON_TIME),
    (DONE, Timeliness.DONE_LATE),
    (DOING, Timeliness.IN_TIME),
    (TODO, Timeliness.DUE_SOON),
    (DOING, Timeliness.NO_DEADLINE),
    (PAUSED, Timeliness.OVERDUE),
    (PAUSED, Timeliness.NO_DEADLINE),
    (NONE_ARISING, Timeliness.NO_DEADLINE),
    (None, None),
]


def test_four_way_count() -> None:
    counts = count_four_ways(ITEMS)
    assert counts == FourWay(2, 1, 5, 1, no_deadline=3, paused=2, none_arising=1)
    assert (counts.total, counts.done, counts.open) == (9, 3, 6)


def test_sentence_of_the_office() -> None:
    assert four_way_sentence(count_four_ways(ITEMS)) == (
        "Tổng số 9 nhiệm vụ; đã hoàn thành 3 (đúng hạn 2, trễ hạn 1); "
        "chưa hoàn thành 6 (trong hạn 5, trong đó không hạn 3, quá hạn 1)."
    )
    assert four_way_sentence(FourWay(done_on_time=1), "chỉ tiêu") == (
        "Tổng số 1 chỉ tiêu; đã hoàn thành 1 (đúng hạn 1, trễ hạn 0); chưa hoàn thành 0 (trong hạn 0, quá hạn 0)."
    )


def test_note_names_what_is_paused_and_what_left_the_total() -> None:
    assert four_way_note(count_four_ways(ITEMS)) == "Tạm dừng: 2; Không phát sinh: 1 (không tính vào tổng số)"
    assert four_way_note(FourWay(done_on_time=1)) == ""


@pytest.mark.parametrize(
    ("part", "total", "expected"),
    [(1, 3, "33,3"), (2, 3, "66,7"), (1, 8, "12,5"), (1, 2000, "0,1"), (5, 5, "100,0"), (0, 7, "0,0"), (0, 0, "")],
)
def test_rate(part: int, total: int, expected: str) -> None:
    assert rate(part, total) == expected


_items = st.lists(st.tuples(st.sampled_from([None, *WorkState]), st.sampled_from([None, *Timeliness])), max_size=12)


@settings(max_examples=100)
@given(_items, _items)
def test_counts_add_up(
    some: list[tuple[WorkState | None, Timeliness | None]], others: list[tuple[WorkState | None, Timeliness | None]]
) -> None:
    assert count_four_ways(some) + count_four_ways(others) == count_four_ways(some + others)
    counts = count_four_ways(some)
    assert counts.total + counts.none_arising == len(some)
    assert counts.no_deadline <= counts.open_in_time


@settings(max_examples=100)
@given(st.lists(st.one_of(st.none(), st.builds(report, st.sampled_from([None, *WorkState]), st.integers(0, 100)))))
def test_item_stays_within_its_leads(reports: list[Report | None]) -> None:
    state = item_state(reports)
    assert 0 <= state.done <= state.total <= len(reports)
    assert state.percent is None or 0 <= state.percent <= 100
    assert (state.state is DONE) == (state.done == state.total > 0)
