"""Days to pixels and the header rows of the Gantt, as numbers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.plan.timescale import TimeScale, Zoom, extent, fit, nearer

YEAR = TimeScale(date(2023, 1, 1), date(2023, 12, 31), Zoom.MONTH, 2.0)


def test_a_day_has_its_width() -> None:
    assert (YEAR.left(date(2023, 1, 1)), YEAR.right(date(2023, 1, 1))) == (0, 2)
    assert YEAR.width == 730
    assert YEAR.left(date(2023, 2, 1)) == 62


@given(st.integers(0, 364))
def test_the_day_at_a_point_is_the_day_drawn_there(days: int) -> None:
    day = YEAR.first + timedelta(days=days)
    assert YEAR.day_at(YEAR.left(day)) == day
    assert YEAR.day_at(YEAR.right(day) - 0.01) == day


def test_points_outside_are_held_inside() -> None:
    assert YEAR.day_at(-50) == YEAR.first
    assert YEAR.day_at(9_999) == YEAR.last


@pytest.mark.parametrize(
    ("zoom", "upper", "lower"),
    [
        (Zoom.WEEK, ["Tháng 1/2023", "Tháng 2/2023"], ["26/12", "2/1", "9/1", "16/1", "23/1", "30/1"]),
        (Zoom.MONTH, ["Quý I/2023"], ["T1", "T2"]),
        (Zoom.QUARTER, ["Năm 2023"], ["Quý I"]),
        (Zoom.YEAR, ["Năm 2023"], ["Quý I"]),
    ],
)
def test_two_header_rows(zoom: Zoom, upper: list[str], lower: list[str]) -> None:
    scale = TimeScale(date(2023, 1, 1), date(2023, 12, 31), zoom, 2.0)
    end = scale.left(date(2023, 2, 4))
    assert [tick.label for tick in scale.upper(0, end)] == upper
    assert [tick.label for tick in scale.lower(0, end)] == lower


def test_columns_cover_the_axis_without_gaps() -> None:
    for zoom in Zoom:
        scale = TimeScale(date(2022, 1, 1), date(2024, 12, 31), zoom, 1.0)
        for ticks in (scale.upper(0, scale.width), scale.lower(0, scale.width)):
            assert ticks[0].first <= scale.first
            assert ticks[-1].last >= scale.last
            assert all(a.last + timedelta(days=1) == b.first for a, b in zip(ticks, ticks[1:], strict=False))


def test_only_columns_in_view_are_made() -> None:
    assert [tick.label for tick in YEAR.lower(YEAR.left(date(2023, 5, 3)), YEAR.left(date(2023, 6, 2)))] == ["T5", "T6"]


def test_the_axis_has_whole_years_but_not_decades() -> None:
    assert extent(2023, [date(2022, 9, 1), date(2023, 5, 1)]) == (date(2022, 1, 1), date(2023, 12, 31))
    assert extent(2023, [date(2003, 11, 6)]) == (date(2023, 1, 1), date(2023, 12, 31))


def test_a_month_scale_fills_the_view_with_the_year() -> None:
    scale = fit(date(2023, 1, 1), date(2023, 12, 31), Zoom.MONTH, 900)
    assert scale.last == date(2023, 12, 31)
    assert scale.width == pytest.approx(900, abs=3)


def test_zooming_out_shows_more_time_and_always_fills_the_view() -> None:
    scales = [fit(date(2023, 1, 1), date(2023, 12, 31), zoom, 600) for zoom in Zoom]
    assert all(scale.width >= 599 for scale in scales)
    assert [scale.per_day for scale in scales] == sorted((scale.per_day for scale in scales), reverse=True)


def test_zoom_steps_end() -> None:
    assert nearer(Zoom.MONTH, 1) is Zoom.WEEK
    assert nearer(Zoom.WEEK, 1) is Zoom.WEEK
    assert nearer(Zoom.YEAR, -3) is Zoom.YEAR
