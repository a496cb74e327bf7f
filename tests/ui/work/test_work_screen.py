"""*Việc kỳ này* with real keys, clicks and input method events, on rows made here and on a real data folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.errors import Refused
from desktop.models.report import WorkState
from desktop.services.environment import Environment
from desktop.services.reporting import work_view
from desktop.services.views import Changes, WorkView
from desktop.services.workspace import Workspace, open_workspace
from desktop.ui import theme
from desktop.ui.parts.words import PRIVACY
from desktop.ui.tasks import TaskRunner
from desktop.ui.work.editors import LineEditor, StateEditor, TextEditor
from desktop.ui.work.model import COLUMNS, Column, Entry, WorkModel
from desktop.ui.work.rows import Chip
from desktop.ui.work.screen import WorkScreen
from tests.ui.hands import click, keys, press
from tests.ui.plan_data import IDENTITY, PERIOD, TODAY, work_row
from tests.ui.runners import HeldRunner

RESOURCES = Path(__file__).parents[3] / "resources"
LONG = "Cải tạo, sửa chữa, chỉnh trang các trường Mầm non trên địa bàn quận năm 2023, gồm các hạng mục ngoài kế hoạch"


def view() -> WorkView:
    rows = (
        work_row("a", "2.1.4", "Cải tạo, sửa chữa trụ sở Quận ủy", state=WorkState.DONE, percent=100,
                 done_on=date(2023, 9, 8), result="Đã nghiệm thu, bàn giao đưa vào sử dụng."),
        work_row("b", "2.1.5", "Cải tạo chỉnh trang UBND phường Thượng Thanh", state=WorkState.DONE,
                 problems=(("done_on", "Thiếu ngày hoàn thành"),)),
        work_row("c", "2.1.11", LONG),
        work_row("d", "3.1", "Phối hợp tuyên truyền", lead=False),
    )
    return WorkView(IDENTITY, TODAY, PERIOD, rows)


def shown(qtbot: QtBot, width: int = 1198, height: int = 650) -> WorkScreen:
    made = WorkScreen(HeldRunner(), IDENTITY)
    qtbot.addWidget(made)
    made.resize(width, height)
    made.show()
    made.show_periods((PERIOD,), PERIOD.id)
    made.show_view(view())
    made.activateWindow()
    made.grid.setFocus()
    QApplication.processEvents()
    return made


@pytest.fixture
def screen(qtbot: QtBot) -> WorkScreen:
    return shown(qtbot)


def go(screen: WorkScreen, record: str, column: Column) -> None:
    screen.grid.go_to((record, "ttptqd"), COLUMNS.index(column))


def typed(screen: WorkScreen, text: str) -> QWidget:
    """Type into the current cell as a person does: the first key opens the editor."""
    keys(screen.grid, text[0])
    editor = screen.grid.editor()
    assert editor is not None
    keys(editor, text[1:])
    return editor


def entries(screen: WorkScreen) -> list[tuple[str, str, object]]:
    return [(entry.row.item, entry.field.value, entry.value) for entry in screen.model.waiting.values()]


def where(screen: WorkScreen) -> tuple[str, Column]:
    index = screen.grid.currentIndex()
    return screen.model.flat.row(index.row()).item, COLUMNS[index.column()]


def test_the_model_keeps_the_rules_of_qt(qtmodeltester: Any) -> None:
    model = WorkModel()
    qtmodeltester.check(model)
    model.take(view().rows)
    qtmodeltester.check(model)
    model.setData(model.index(0, COLUMNS.index(Column.PERCENT)), "x")
    model.setData(model.index(0, COLUMNS.index(Column.PERCENT)), "5")


def test_head_and_tabs_say_how_far_it_is(screen: WorkScreen) -> None:
    assert screen.head.due.words == "Hạn gửi 15/9 – còn 1 ngày"
    assert screen.head.words.text() == "2/3 dòng đã nhập · 1 dòng thiếu"
    assert screen.line.tabs.button(True).text() == "Chủ trì 3"
    assert screen.line.tabs.button(False).text() == "Phối hợp 1"
    assert screen.badge == 1
    assert screen.foot.privacy.text() == PRIVACY


def test_typing_enters_and_enter_goes_down(screen: WorkScreen) -> None:
    go(screen, "b", Column.DONE_ON)
    editor = typed(screen, "8/9")
    press(editor, Qt.Key.Key_Return)
    assert entries(screen) == [("b", "done_on", date(2023, 9, 8))]
    assert where(screen) == ("c", Column.DONE_ON)
    assert screen.model.text(1, Column.DONE_ON) == "08/9/2023"
    assert screen.grid.editor() is None
    assert screen.grid.hasFocus()


def test_tab_goes_right_and_to_the_next_row(screen: WorkScreen) -> None:
    go(screen, "a", Column.PERCENT)
    editor = typed(screen, "85%")
    press(editor, Qt.Key.Key_Tab)
    assert entries(screen) == [("a", "percent", 85)]
    assert where(screen) == ("a", Column.DONE_ON)
    go(screen, "a", Column.PROPOSALS)
    press(screen.grid, Qt.Key.Key_Tab)
    assert where(screen) == ("b", Column.STATE)
    press(screen.grid, Qt.Key.Key_Backtab)
    assert where(screen) == ("a", Column.PROPOSALS)


def test_tab_leaves_the_grid_behind_the_last_cell(screen: WorkScreen) -> None:
    go(screen, "c", Column.PROPOSALS)
    press(screen.grid, Qt.Key.Key_Tab)
    assert not screen.grid.hasFocus()


def test_esc_gives_up_what_was_typed(screen: WorkScreen) -> None:
    go(screen, "a", Column.PERCENT)
    editor = typed(screen, "12")
    press(editor, Qt.Key.Key_Escape)
    assert entries(screen) == []
    assert screen.model.text(0, Column.PERCENT) == "100"


def test_f2_keeps_the_text_and_typing_replaces_it(screen: WorkScreen) -> None:
    go(screen, "a", Column.RESULT)
    press(screen.grid, Qt.Key.Key_F2)
    editor = screen.grid.editor()
    assert isinstance(editor, TextEditor)
    assert editor.toPlainText() == "Đã nghiệm thu, bàn giao đưa vào sử dụng."
    press(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    keys(editor, " Xong")
    press(editor, Qt.Key.Key_Return)
    assert entries(screen)[0][2] == "Đã nghiệm thu, bàn giao đưa vào sử dụng. Xong"
    go(screen, "a", Column.RESULT)
    fresh = typed(screen, "Moi")
    assert isinstance(fresh, TextEditor)
    assert fresh.toPlainText() == "Moi"
    press(fresh, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    "modifier",
    [Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier],
)
def test_a_new_line_in_a_text(screen: WorkScreen, modifier: Qt.KeyboardModifier) -> None:
    go(screen, "c", Column.RESULT)
    editor = typed(screen, "mot")
    press(editor, Qt.Key.Key_Return, modifier)
    keys(editor, "hai")
    press(editor, Qt.Key.Key_Return)
    assert entries(screen) == [("c", "result", "mot\nhai")]


def test_a_letter_chooses_a_state(screen: WorkScreen) -> None:
    go(screen, "c", Column.STATE)
    keys(screen.grid, "h")
    editor = screen.grid.editor()
    assert isinstance(editor, StateEditor)
    assert editor.currentText() == "Hoàn thành"
    keys(editor, "d")
    assert editor.currentText() == "Đang thực hiện"
    press(editor, Qt.Key.Key_Return)
    assert entries(screen) == [("c", "state", WorkState.DOING)]


def test_delete_empties_cells(screen: WorkScreen) -> None:
    go(screen, "a", Column.DONE_ON)
    press(screen.grid, Qt.Key.Key_Delete)
    assert entries(screen) == [("a", "done_on", None)]


def test_an_unchanged_value_is_not_saved_again(screen: WorkScreen) -> None:
    go(screen, "a", Column.DONE_ON)
    editor = typed(screen, "8/9/2023")
    press(editor, Qt.Key.Key_Return)
    assert entries(screen) == []


def test_a_wrong_value_keeps_its_editor_and_says_why(screen: WorkScreen) -> None:
    go(screen, "b", Column.DONE_ON)
    editor = typed(screen, "31/2")
    press(editor, Qt.Key.Key_Return)
    assert screen.grid.editor() is editor
    assert isinstance(editor, LineEditor)
    assert editor.text() == "31/2"
    assert screen.grid.note.isVisible()
    assert "không phải một ngày" in screen.grid.note_words.text()
    assert not screen.commit_pending()
    editor.clear()
    keys(editor, "28/2")
    assert not screen.grid.note.isVisible()
    press(editor, Qt.Key.Key_Return)
    assert entries(screen) == [("b", "done_on", date(2023, 2, 28))]
    assert screen.commit_pending()


def test_a_wrong_value_left_by_a_click_stays_in_its_cell(screen: WorkScreen) -> None:
    go(screen, "b", Column.PERCENT)
    typed(screen, "nhieu")
    rect = screen.grid.visualRect(screen.model.index(2, COLUMNS.index(Column.RESULT)))
    click(screen.grid.viewport(), rect.center())
    index = screen.model.index(1, COLUMNS.index(Column.PERCENT))
    assert screen.model.text(1, Column.PERCENT) == "nhieu"
    draft = screen.model.draft(index)
    assert draft is not None
    assert "không phải tỷ lệ" in draft.note
    assert screen.model.status_words(1) == "Có ô chưa lưu"
    assert entries(screen) == []
    assert not screen.commit_pending(), "one does not leave without knowing"
    assert where(screen) == ("b", Column.PERCENT)
    press(screen.grid, Qt.Key.Key_Escape)
    assert screen.model.draft(index) is None
    assert screen.commit_pending()


def test_leaving_by_a_click_saves(screen: WorkScreen) -> None:
    go(screen, "c", Column.RESULT)
    typed(screen, "Xong")
    rect = screen.grid.visualRect(screen.model.index(0, COLUMNS.index(Column.RESULT)))
    click(screen.grid.viewport(), rect.center())
    assert entries(screen) == [("c", "result", "Xong")]


@pytest.mark.parametrize(("column", "value"), [(Column.RESULT, "Sửa trườn"), (Column.DONE_ON, date(2023, 9, 8))])
def test_a_word_still_being_composed_is_not_lost(
    screen: WorkScreen, column: Column, value: object
) -> None:
    """ibus-bamboo and others hold the last word until it is committed (office.md, Input methods)."""
    go(screen, "c", column)
    start, rest = ("Sửa ", "trườn") if column is Column.RESULT else ("8/", "9")
    QApplication.sendEvent(screen.grid, composed(start, commit=True))
    editor = screen.grid.editor()
    assert isinstance(editor, (TextEditor, LineEditor))
    QApplication.sendEvent(editor, composed(rest))
    rect = screen.grid.visualRect(screen.model.index(0, COLUMNS.index(Column.CODE)))
    click(screen.grid.viewport(), rect.center())
    assert entries(screen) == [("c", column.value, value)]


@pytest.mark.parametrize(("column", "value"), [(Column.RESULT, "Sửa"), (Column.STATE, WorkState.DOING)])
def test_a_composition_may_begin_before_the_editor_is_open(
    screen: WorkScreen, column: Column, value: object
) -> None:
    go(screen, "c", column)
    letters = ("S", "Sử", "Sửa") if column is Column.RESULT else ("d", "đ")
    for letter in letters:
        QApplication.sendEvent(screen.focusWidget() or screen.grid, composed(letter))
    QApplication.sendEvent(screen.focusWidget() or screen.grid, composed(letters[-1], commit=True))
    press(screen.grid.editor(), Qt.Key.Key_Return)
    assert entries(screen) == [("c", column.value, value)]


def composed(text: str, *, commit: bool = False) -> QInputMethodEvent:
    event = QInputMethodEvent("" if commit else text, [])
    if commit:
        event.setCommitString(text)
    return event


def test_closing_saves_the_word_being_composed(screen: WorkScreen) -> None:
    go(screen, "c", Column.RESULT)
    editor = typed(screen, "Da ")
    QApplication.sendEvent(editor, composed("xong"))
    assert screen.commit_pending()
    assert entries(screen) == [("c", "result", "Da xong")]


def test_what_could_not_be_saved_stays_with_its_reason(screen: WorkScreen) -> None:
    go(screen, "c", Column.RESULT)
    press(typed(screen, "Xong"), Qt.Key.Key_Return)
    assert screen.model.status_words(2) == "Đang lưu…"
    runner = screen._runner
    assert isinstance(runner, HeldRunner)
    failed = runner.answers[-1][1]
    assert failed is not None
    failed(Refused("DISK_FULL", "Ổ đĩa đầy."))
    assert screen.model.text(2, Column.RESULT) == "Xong"
    assert screen.model.draft(screen.model.index(2, COLUMNS.index(Column.RESULT))) is not None
    assert screen.model.status_words(2) == "Có ô chưa lưu"


def test_a_later_value_of_a_cell_is_not_undone_by_an_earlier_answer(screen: WorkScreen) -> None:
    index = screen.model.index(2, COLUMNS.index(Column.RESULT))
    asked: list[Entry] = []
    screen.model.entered.connect(asked.append)
    screen.model.setData(index, "một")
    screen.model.setData(index, "hai")
    screen.model.saved(asked[0])
    screen.model.take(tuple(replace(row, report=replace(row.report, result="một")) for row in view().rows))
    assert screen.model.text(2, Column.RESULT) == "hai"
    screen.model.saved(asked[1])
    assert screen.model.text(2, Column.RESULT) == "một"


def test_an_editor_survives_new_values(screen: WorkScreen) -> None:
    go(screen, "c", Column.RESULT)
    editor = typed(screen, "Dang go")
    screen.show_view(view())
    QApplication.processEvents()
    assert screen.grid.editor() is editor
    assert isinstance(editor, TextEditor)
    assert editor.toPlainText() == "Dang go"
    press(editor, Qt.Key.Key_Escape)


def test_tabs_chips_and_search(screen: WorkScreen) -> None:
    screen.line.tabs.button(False).click()
    assert where(screen)[0] == "d"
    screen.line.tabs.button(True).click()
    screen.line.chips.chip(Chip.MISSING).click()
    assert [screen.model.flat.row(at).item for at in range(len(screen.model.flat))] == ["b"]
    assert screen.line.filtered.text() == "Đang lọc: 1/3"
    screen.clear_filter()
    screen.search("mam non")
    assert where(screen)[0] == "c"
    screen.search("không có chữ này")
    assert screen.nothing.isVisible()
    screen.grid.setFocus()
    press(screen.grid, Qt.Key.Key_Escape)
    assert len(screen.model.flat) == 3


def test_the_foot_shows_the_whole_row(screen: WorkScreen) -> None:
    go(screen, "c", Column.STATE)
    assert screen.foot.item.text == LONG
    assert screen.foot.before.text == "Chưa có báo cáo."


def test_a_cell_is_copied_as_text(screen: WorkScreen) -> None:
    go(screen, "a", Column.DONE_ON)
    press(screen.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "08/9/2023"


def test_the_text_editor_grows_and_stays_inside(qtbot: QtBot) -> None:
    screen = shown(qtbot, 856, 480)
    go(screen, "c", Column.DIFFICULTIES)
    editor = typed(screen, "Cham ban giao mat bang, " * 8)
    assert screen.grid.viewport().rect().contains(editor.geometry())
    assert editor.width() >= 230
    assert isinstance(editor, TextEditor)
    assert editor.height() >= min(editor.wanted_height(), screen.grid.viewport().height() - editor.y() - 4)
    press(editor, Qt.Key.Key_Escape)


def test_scrolled_cells_come_out_from_below_the_frozen_ones(qtbot: QtBot) -> None:
    screen = shown(qtbot, 700, 480)
    go(screen, "a", Column.PROPOSALS)
    assert screen.grid.horizontalScrollBar().value() > 0
    go(screen, "a", Column.STATE)
    rect = screen.grid.visualRect(screen.grid.currentIndex())
    assert rect.x() >= screen.grid.frozen_width()
    assert screen.grid.indexAt(QPoint(8, 10)).column() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1198, 650), (856, 480)])
def test_it_fits_its_sizes(qtbot: QtBot, restored: QApplication, scheme: str, width: int, height: int) -> None:
    theme.apply(restored, RESOURCES / "fonts", scheme)
    screen = shown(qtbot, width, height)
    assert screen.minimumSizeHint().width() <= width
    assert screen.minimumSizeHint().height() <= height
    assert screen.foot.privacy.toolTip() == "", "the warning is not cut"
    for part in (screen.head.periods, screen.head.due, screen.head.bar):
        assert QRect(QPoint(0, 0), screen.head.size()).contains(part.geometry())


@pytest.fixture
def real(qtbot: QtBot, hub: tuple[Environment, Path]) -> Iterator[WorkScreen]:
    """The screen on the demonstration hub, over the real worker."""
    runner = TaskRunner(*hub)
    identity = open_once(*hub)
    made = WorkScreen(runner, identity.identity())
    identity.close()
    qtbot.addWidget(made)
    made.resize(1198, 650)
    made.show()
    runner.changed.connect(made.refresh)
    made.refresh(None)
    qtbot.waitUntil(lambda: made.view is not None)
    yield made
    runner.close()


def open_once(environment: Environment, folder: Path) -> Workspace:
    return open_workspace(environment, folder)


def test_a_quarter_entered_is_on_the_disk(qtbot: QtBot, real: WorkScreen, hub: tuple[Environment, Path]) -> None:
    real.line.chips.chip(Chip.NOT_ENTERED).click()
    row = real.model.flat.row(0)
    assert where(real) == (row.item, Column.STATE)
    real.grid.setFocus()
    keys(real.grid, "h")
    press(real.grid.editor(), Qt.Key.Key_Tab)
    for text in ("100", "8/9", "Da xong"):
        press(typed(real, text), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: not real.model.waiting)
    assert real.model.drafts == {}
    assert real.model.flat.row(0).item == row.item, "the row stays although it is entered now"
    assert real.model.status_words(0) == "Đã nhập"
    real._runner.close()
    workspace = open_workspace(*hub)
    saved = next(one for one in work_view(workspace, "2023-Q3").rows if (one.item, one.unit) == (row.item, row.unit))
    workspace.close()
    report = saved.report
    assert (report.state, report.percent, report.done_on, report.result) == (
        WorkState.DONE,
        100,
        date(2023, 9, 8),
        "Da xong",
    )
    assert report.conflicts == ()


def test_other_periods_can_be_entered(qtbot: QtBot, real: WorkScreen) -> None:
    at = real.head.periods.findData("2023-Q4")
    real.head.periods.setCurrentIndex(at)
    real.head.periods.activated.emit(at)
    qtbot.waitUntil(lambda: real.period == "2023-Q4")
    assert real.head.due.words == "Hạn gửi 15/12 – còn 92 ngày"
    assert any(row.previous and row.previous.state for row in real.model.flat.rows)


def test_changes_from_elsewhere_are_read(qtbot: QtBot, real: WorkScreen) -> None:
    before = real.view
    real.refresh(Changes(items=frozenset({"x"})))
    qtbot.waitUntil(lambda: real.view is not before)


def test_every_column_of_a_ward_fits_the_usual_screen(qtbot: QtBot) -> None:
    """1366 pixels less the navigation, with the column of units."""
    screen = shown(qtbot, width=1366 - 165)
    screen.grid.show_units(True)
    screen.grid.fit_columns()
    QApplication.processEvents()
    assert screen.grid.horizontalScrollBar().maximum() == 0
    status = screen.grid.columnWidth(COLUMNS.index(Column.STATUS))
    words = screen.grid.cells.style(2).text
    assert words == "○ Chưa nhập"
    assert len(screen.grid.cells.chip.chip_lines(words, status - 14)) == 1
