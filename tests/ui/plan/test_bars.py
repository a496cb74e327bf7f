"""The marks of the Gantt as numbers: one kind for every kind of time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.models.occurrences import OccurrenceCount
from desktop.models.report import Timeliness, WorkState
from desktop.models.schedule import Schedule, Span, SpanKind, TimeKind
from desktop.services.views import PlanRow, Status
from desktop.ui.plan.bars import Mark, MarkKind, marks, summary
from desktop.ui.plan.timescale import TimeScale, Zoom
from tests.ui.plan_data import PHRASES, heading, item, small_plan

SCALE = TimeScale(date(2023, 1, 1), date(2023, 12, 31), Zoom.MONTH, 1.0)


def row(times: tuple[str, str], *, percent: int | None = None, state: WorkState | None = WorkState.DOING) -> PlanRow:
    status = Status(state, Timeliness.IN_TIME, percent, 0, 1, None, 0, reported=percent is not None)
    return item("x", "g", "1.1", "Việc", times, status=status)


def kinds(made: list[Mark]) -> list[str]:
    return [mark.kind.value for mark in made]


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        (TimeKind.DATE, ["inferred", "due"]),
        (TimeKind.MONTH, ["inferred", "due"]),
        (TimeKind.QUARTER, ["bar", "due"]),
        (TimeKind.HALF_YEAR, ["inferred", "due"]),
        (TimeKind.YEAR, ["bar", "due"]),
        (TimeKind.RANGE, ["bar", "due"]),
        (TimeKind.DATES, ["round"] * 3 + ["due"] * 3),
        (TimeKind.ROUNDS, ["round"] * 2 + ["due"] * 2),
        (TimeKind.CONTINUOUS, ["continuous"]),
        (TimeKind.RECURRING, ["occurrence"] * 12),
        (TimeKind.EVENT, ["event"]),
        (TimeKind.RELATIVE, ["relative"]),
        (TimeKind.UNSCHEDULED, ["unscheduled"]),
        (TimeKind.UNCLEAR, ["unclear"]),
    ],
)
def test_every_kind_of_time_has_its_marks(kind: TimeKind, wanted: list[str]) -> None:
    assert kinds(marks(row(PHRASES[kind]), SCALE)) == wanted


def test_a_span_runs_from_its_first_to_the_end_of_its_last_day() -> None:
    bar, due = marks(row(("Tháng 2/2023", "Tháng 6/2023"), percent=50), SCALE)
    assert (bar.x0, bar.x1) == (31, 181)
    assert bar.filled == 31 + 75
    assert due.x0 == due.x1 == 181


def test_an_inferred_start_is_hatched() -> None:
    bar = marks(row(("", "Tháng 5/2023")), SCALE)[0]
    assert bar.hatched
    assert bar.x0 == 0


def test_twelve_bars_on_one_row_do_not_touch() -> None:
    monthly = row(("Hàng tháng", "Tháng 12/2023"))
    months = monthly.schedule.due_days
    count = OccurrenceCount((months[0], *months[2:6]), 12, 8, (months[1],), False, 0, 1)
    bars = marks(replace(monthly, status=replace(monthly.status, occurrences=count)), SCALE)
    assert all(a.x1 < b.x0 for a, b in zip(bars, bars[1:], strict=False))
    assert [bar.filled == bar.x1 for bar in bars] == [True, False, *[True] * 4, *[False] * 6]
    assert all(bar.filled == bar.x0 for bar in (bars[1], *bars[6:]))


def test_done_work_is_filled_whole() -> None:
    for times in PHRASES.values():
        bars = [mark for mark in marks(row(times, state=WorkState.DONE), SCALE) if mark.x1 > mark.x0]
        assert all(mark.filled == mark.x1 for mark in bars)


def test_the_printed_phrase_stands_on_bands_and_undated_rows() -> None:
    assert marks(row(("Thường xuyên", "Tháng 11/2023")), SCALE)[0].text == "Thường xuyên"
    assert marks(row(("", "Theo tiến độ dự án")), SCALE)[0].text == "→ Theo tiến độ dự án"
    assert marks(row(("", "")), SCALE)[0].text == "○ Không ghi thời gian"


def test_due_without_a_span_is_a_diamond_alone() -> None:
    bare = replace(row(("", "Tháng 5/2023")), schedule=Schedule(TimeKind.DATE, (), (date(2023, 5, 31),)))
    assert kinds(marks(bare, SCALE)) == ["due"]


def test_words_of_an_event_stand_after_its_bars() -> None:
    spans = (Span(date(2023, 3, 1), date(2023, 4, 30), SpanKind.WORK),)
    bar, words = marks(replace(row(("", "Khi có văn bản")), schedule=Schedule(TimeKind.EVENT, spans)), SCALE)
    assert words.kind is MarkKind.EVENT
    assert words.x0 == bar.x1


def test_bars_are_cut_at_the_axis() -> None:
    spans = (
        Span(date(2021, 3, 1), date(2023, 1, 31), SpanKind.WORK),
        Span(date(1990, 1, 1), date(1990, 2, 1), SpanKind.WORK),
    )
    made = marks(replace(row(("", "x")), schedule=Schedule(TimeKind.RANGE, spans, (date(1990, 2, 1),))), SCALE)
    assert [(mark.x0, mark.x1) for mark in made] == [(0, 31)]


def test_a_collapsed_heading_sums_up_what_is_below() -> None:
    status = Status(None, None, None, 1, 4, None, 0, reported=False)
    below = [row(("Tháng 2/2023", "Tháng 6/2023")), row(("", "")), heading("g", "s", 1, "1", "G")]
    (mark,) = summary(below, status, SCALE)
    assert (mark.x0, mark.x1, mark.filled) == (31, 181, 31 + 150 / 4)
    assert summary(below[1:], status, SCALE) == []


def test_every_item_of_a_plan_has_a_mark() -> None:
    assert all(marks(one, SCALE) for one in small_plan().rows if one.lead_units)
