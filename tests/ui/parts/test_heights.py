"""Heights of rows, measured only where rows show."""

from __future__ import annotations

from desktop.ui.parts.heights import Place, RowHeights


def heights(count: int) -> RowHeights:
    made = RowHeights(lambda row: 10 + row % 3)
    made.reset(count)
    return made


def test_only_shown_rows_are_measured() -> None:
    made = heights(90_000)
    places = made.shown(40_000, 100)
    assert places[0] == Place(40_000, 0, 11)
    assert places[-1].y < 100 <= places[-1].y + places[-1].height
    assert made.measured == len(places)


def test_the_last_page_fits_whole() -> None:
    made = heights(50)
    first = made.last_first(100)
    assert sum(made.height(row) for row in range(first, 50)) <= 100
    assert sum(made.height(row) for row in range(first - 1, 50)) > 100


def test_a_row_higher_than_the_view_can_still_stand_at_the_top() -> None:
    made = RowHeights(lambda _row: 500)
    made.reset(3)
    assert made.last_first(100) == 2


def test_the_row_under_a_point() -> None:
    made = heights(5)
    assert [made.row_at(0, y) for y in (-1, 0, 9, 10, 20, 21, 1000)] == [-1, 0, 0, 1, 1, 2, -1]


def test_a_forgotten_row_is_measured_anew() -> None:
    tall = {1: 10}
    made = RowHeights(lambda row: tall.get(row, 5))
    made.reset(2)
    assert made.height(1) == 10
    tall[1] = 30
    assert made.height(1) == 10
    made.forget(1)
    assert made.height(1) == 30


def test_nothing_to_show() -> None:
    made = heights(0)
    assert made.shown(0, 100) == []
    assert made.last_first(100) == 0
