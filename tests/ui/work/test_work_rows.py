"""States of rows, and which of them show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.models.report import Report, WorkState
from desktop.services.views import WorkRow
from desktop.ui.work.head import before_words, due_style, progress_words
from desktop.ui.work.rows import Chip, Progress, RowState, Wanted, WorkRows, state_of, state_words
from tests.ui.plan_data import work_row

MISSING = (("done_on", "Thiếu ngày hoàn thành"), ("result", "Thiếu kết quả"))


def rows() -> list[WorkRow]:
    return [
        work_row("a", "2.1.4", "Cải tạo trụ sở", state=WorkState.DONE, percent=100, done_on=date(2023, 9, 8)),
        work_row("b", "2.1.5", "Chỉnh trang vườn hoa", state=WorkState.DONE, problems=MISSING),
        work_row("c", "2.1.9", "Sửa chữa trường học"),
        work_row("d", "2.1.11", "Đỗ xe tạm", state=WorkState.DOING, conflicts=("percent",)),
        work_row("e", "3.1", "Phối hợp tuyên truyền", lead=False),
    ]


def test_states() -> None:
    assert [state_of(row) for row in rows()] == [
        RowState.ENTERED,
        RowState.MISSING,
        RowState.NOT_ENTERED,
        RowState.CONFLICT,
        RowState.NOT_ENTERED,
    ]
    assert [state_words(row) for row in rows()[:4]] == [
        "Đã nhập",
        "Thiếu ngày hoàn thành (+1)",
        "Chưa nhập",
        "Cần đối chiếu",
    ]


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (Wanted(), "abcd"),
        (Wanted(lead=False), "e"),
        (Wanted(chips=frozenset({Chip.NOT_ENTERED})), "c"),
        (Wanted(chips=frozenset({Chip.NOT_ENTERED, Chip.MISSING})), "bc"),
        (Wanted(text="vuon HOA"), "b"),
        (Wanted(text="2.1.11"), "d"),
        (Wanted(text="x"), "d"),
    ],
)
def test_what_shows(wanted: Wanted, shown: str) -> None:
    made = WorkRows(rows())
    made.choose(wanted)
    assert "".join(made.row(at).item for at in range(len(made))) == shown


def test_a_row_stays_when_it_no_longer_matches() -> None:
    made = WorkRows(rows())
    made.choose(Wanted(chips=frozenset({Chip.NOT_ENTERED})))
    entered = [replace(row, report=replace(row.report, state=WorkState.DOING)) for row in rows()]
    assert made.take(entered)
    assert made.row(0).item == "c"
    assert made.chip_count(Chip.NOT_ENTERED) == 0


def test_progress_counts_the_tab() -> None:
    made = WorkRows(rows())
    assert made.progress(lead=True) == Progress(4, 3, 1)
    assert made.progress(lead=False) == Progress(1, 0, 0)
    assert progress_words(Progress(25, 18, 3)) == "18/25 dòng đã nhập · 3 dòng thiếu"


def test_several_units() -> None:
    assert not WorkRows(rows()).several_units
    assert WorkRows([*rows(), work_row("f", "1", "Việc", unit="tyt")]).several_units


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (14, "◑ Hạn gửi 15/9 – còn 1 ngày"),
        (15, "◑ Hạn gửi 15/9 – hôm nay"),
        (1, "○ Hạn gửi 15/9 – còn 14 ngày"),
        (18, "▲ Hạn gửi 15/9 – quá 3 ngày"),
    ],
)
def test_days_left(day: int, words: str) -> None:
    assert due_style(date(2023, 9, 15), date(2023, 9, day)).text == words


def test_the_period_before_in_words() -> None:
    row = rows()[0]
    assert before_words(row) == "Chưa có báo cáo."
    previous = Report("a", "u", "2023-Q2", WorkState.DOING, 30, None, "Đã khảo sát 11 điểm", evidence="BC 245/BC")
    assert before_words(replace(row, previous=previous)) == "Đang thực hiện · 30%. Đã khảo sát 11 điểm. BC 245/BC"
