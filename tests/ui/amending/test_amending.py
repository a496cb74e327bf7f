"""A newer version in the window: the table of differences, questions by keyboard, applying on a real folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.services.environment import Environment
from desktop.services.plan.amending import amend
from desktop.services.plan.commenting import add_comment
from desktop.services.plan.comparing import compare_plan, read_newer
from desktop.services.plan.plan_changes import PlanDifference, RowOutcome
from desktop.services.plan.planning import plan_view
from desktop.services.plan.withdrawal import withdrawn_rows
from desktop.services.reporting import item_at
from desktop.services.workspace import Workspace, open_workspace, workspace
from desktop.ui.amending.dialog import WITHDRAWN_COLUMNS, AmendDialog, show_withdrawn
from desktop.ui.amending.page import AmendPage
from desktop.ui.amending.words import marked, new_words, number_words, old_words
from desktop.ui.plan.filterline import Mode
from desktop.ui.plan.screen import PlanScreen
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.listing import Listing
from tests.amended import INSERTED, Amendment
from tests.ui.hands import click, press
from tests.ui.runners import DirectRunner

THCS = "II/2/2.1/2.1.9"
THCS_TITLE = "Cải tạo, sửa chữa, chỉnh trang các trường THCS"
UBND_TITLE = "Cải tạo sửa chữa, chỉnh trang UBND phường Thượng Thanh"
FLOWERS = "Cải tạo, chỉnh trang vườn hoa Ngọc Lâm"


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """A row put in, one withdrawn, one with another end, one in doubt."""
    row = f"{INSERTED}|Đ/c Nguyễn Mạnh Trình-UVTVPCT UBND quận|Phòng TNMT|UBND phường||Quý IV/2023"
    return (
        Amendment()
        .cell(THCS_TITLE, 1, "Cải tạo, sửa chữa, chỉnh trang và bổ sung thiết bị dạy học cho năm trường trung học")
        .cell(UBND_TITLE, 6, "Tháng 11/2023")
        .delete(FLOWERS)
        .insert(UBND_TITLE, row)
        .write(tmp_path)
    )


@pytest.fixture
def ws(hub: tuple[Environment, Path]) -> Iterator[Workspace]:
    opened = open_workspace(*hub)
    yield opened
    opened.close()


@pytest.fixture
def difference(ws: Workspace, newer: Path) -> PlanDifference:
    return compare_plan(ws, read_newer(ws, newer))


@pytest.fixture
def page(difference: PlanDifference, qtbot: QtBot) -> AmendPage:
    made = AmendPage(difference)
    qtbot.addWidget(made)
    made.resize(1000, 560)
    made.show()
    return made


def kinds(page: AmendPage) -> list[RowOutcome]:
    return [row.outcome for row in page.list.rows]


def test_changed_words_stand_in_brackets() -> None:
    assert marked("Quý III/2023", "Quý IV/2023") == ("Quý [III/2023]", "Quý [IV/2023]")
    assert marked("", "Tháng 5") == ("(để trống)", "[Tháng 5]")
    assert marked("a b c", "a c") == ("a [b] c", "a c")


def test_cells_say_what_was_and_what_is(difference: PlanDifference) -> None:
    rows = {row.outcome: row for row in difference.rows}
    changed = rows[RowOutcome.CHANGED]
    assert number_words(changed) == "2.1.5 → 2.1.6"
    assert old_words(changed).endswith("Thời gian hoàn thành: [Quý III/2023]")
    assert new_words(changed).endswith("Thời gian hoàn thành: [Tháng 11/2023]")
    assert "rút khỏi kế hoạch" in new_words(rows[RowOutcome.WITHDRAWN])
    assert old_words(rows[RowOutcome.ADDED]) == "–"
    assert " %: 2.1.9 Cải tạo" in old_words(rows[RowOutcome.DOUBTFUL])
    assert new_words(rows[RowOutcome.DOUBTFUL]).endswith("học]")


def test_counts_and_filter_by_kind(page: AmendPage) -> None:
    assert page.counts.text().startswith("Cần quyết định 1, thêm 1, đổi 1, đánh số lại ")
    click(page.kinds.chip(RowOutcome.ADDED))
    assert kinds(page) == [RowOutcome.ADDED]
    click(page.kinds.chip(RowOutcome.WITHDRAWN))
    assert set(kinds(page)) == {RowOutcome.ADDED, RowOutcome.WITHDRAWN}
    click(page.kinds.chip(RowOutcome.ADDED))
    click(page.kinds.chip(RowOutcome.WITHDRAWN))
    assert len(page.list.rows) == len(page.difference.rows)


def test_the_doubtful_row_is_asked_first_and_blocks(page: AmendPage) -> None:
    assert page.list.current is not None
    assert page.list.current.outcome is RowOutcome.DOUBTFUL
    assert page.choice.isVisible()
    assert not page.apply.isEnabled()
    assert page.choice.offers.item(0).text().startswith("○ giống ")
    last = page.choice.offers.item(page.choice.offers.count() - 1)
    assert last.text() == "○ Dòng mới"


def test_rows_that_leave_no_question_ask_none(page: AmendPage) -> None:
    page.list.choose(kinds(page).index(RowOutcome.WITHDRAWN))
    assert not page.choice.isVisible()
    page.list.choose(kinds(page).index(RowOutcome.RENUMBERED))
    assert not page.choice.isVisible()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """The window that dialogs stand over."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


@pytest.fixture
def dialog(ws: Workspace, difference: PlanDifference, window: QWidget) -> AmendDialog:
    made = AmendDialog(window, DirectRunner(ws))
    made.open()
    made.show_difference(difference)
    return made


def test_decided_by_keyboard_and_applied(dialog: AmendDialog, window: QWidget, ws: Workspace) -> None:
    record = item_at(ws, THCS)
    press(dialog.page.list, Qt.Key.Key_Return)
    assert dialog.page.choice.offers.hasFocus() or QApplication.focusWidget() is None
    press(dialog.page.choice.offers, Qt.Key.Key_Return)
    assert dialog.page.difference.undecided == 0
    decided = next(row for row in dialog.page.difference.rows if row.old and row.old.record == record)
    assert (decided.outcome, decided.path) == (RowOutcome.CHANGED, THCS)
    assert dialog.page.choice.offers.item(0).text().startswith("√ giống ")
    assert dialog.page.apply.isEnabled()
    click(dialog.page.apply)
    assert item_at(ws, THCS) == record
    assert len(plan_view(ws).rows) == 180
    assert [row.code for row in withdrawn_rows(ws)] == ["2.1.7"]
    (told,) = [one for one in window.findChildren(QDialog) if one.isVisible()]
    assert "Đã áp dụng" in told.findChildren(QLabel)[0].text()
    told.accept()


def test_an_answer_can_be_taken_back(dialog: AmendDialog, ws: Workspace) -> None:
    offers = dialog.page.choice.offers
    press(offers, Qt.Key.Key_End)
    press(offers, Qt.Key.Key_Space)
    assert dialog.page.difference.undecided == 0
    assert dialog.page.difference.count(RowOutcome.ADDED) == 2
    assert dialog.page.list.current is not None
    assert dialog.page.list.current.path == THCS
    press(offers, Qt.Key.Key_Home)
    press(offers, Qt.Key.Key_Return)
    assert dialog.page.difference.count(RowOutcome.ADDED) == 1
    assert dialog.page.difference.decisions.pairs == {THCS: item_at(ws, THCS)}
    dialog.reject()
    assert len(plan_view(ws).rows) == 180
    assert withdrawn_rows(ws) == ()


def test_the_same_file_has_nothing_to_apply(ws: Workspace, qtbot: QtBot, tmp_path: Path) -> None:
    page = AmendPage(compare_plan(ws, read_newer(ws, Amendment().write(tmp_path))))
    qtbot.addWidget(page)
    assert not page.apply.isEnabled()
    assert page.counts.text() == "Bản mới giống bản đang dùng: 180 dòng không đổi."


def test_a_wrong_file_is_told(
    hub: tuple[Environment, Path], window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    runner = TaskRunner(*hub)
    dialog = AmendDialog(window, runner)
    dialog.open()
    dialog.look_at(tmp_path / "không có.txt")
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QDialog)))
    (told,) = dialog.findChildren(QDialog)
    assert any("PLAN_MISSING" in one.text() for one in told.findChildren(QLabel))
    assert dialog.step == 0
    told.reject()
    dialog.reject()
    runner.close()


def test_on_the_worker_from_file_to_facts(
    hub: tuple[Environment, Path], newer: Path, window: QWidget, qtbot: QtBot
) -> None:
    runner = TaskRunner(*hub)
    dialog = AmendDialog(window, runner)
    dialog.open()
    assert not dialog.onward.isEnabled()
    dialog.look_at(newer)
    qtbot.waitUntil(lambda: dialog.step == 1)
    click(dialog.onward)
    qtbot.waitUntil(lambda: dialog.step == 2)
    press(dialog.page.choice.offers, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.page.apply.isEnabled)
    with qtbot.waitSignal(runner.changed):
        click(dialog.page.apply)
    runner.close()
    with workspace(*hub) as ws:
        assert item_at(ws, "II/2/2.1/2.1.5")
        assert len(withdrawn_rows(ws)) == 1
    for told in window.findChildren(QDialog):
        told.close()


def test_withdrawn_rows_can_be_looked_at(ws: Workspace, window: QWidget, dialog: AmendDialog) -> None:
    add_comment(ws, item_at(ws, "II/2/2.1/2.1.7"), "", "Đã làm xong từ tháng 3")
    press(dialog.page.choice.offers, Qt.Key.Key_Return)
    click(dialog.page.apply)
    for told in window.findChildren(QDialog):
        told.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    show_withdrawn(window, DirectRunner(ws))
    (listing,) = window.findChildren(Listing)
    assert [row.code for row in listing.rows] == ["2.1.7"]
    assert WITHDRAWN_COLUMNS[-1].text(listing.rows[0]) == "UB MTTQ quận: Đã làm xong từ tháng 3"
    listing.window().close()


def test_the_plan_screen_shows_what_was_withdrawn(ws: Workspace, window: QWidget, qtbot: QtBot) -> None:
    screen = PlanScreen(DirectRunner(ws), ws.identity())
    qtbot.addWidget(screen)
    entries = {action.text(): action for action in screen.line.columns.menu().actions()}
    entries["Dòng đã rút khỏi kế hoạch…"].trigger()
    (told,) = screen.findChildren(QDialog)
    told.close()


def test_open_details_and_full_text_follow_an_amendment(
    hub: tuple[Environment, Path], qtbot: QtBot, tmp_path: Path
) -> None:
    amendment = Amendment().delete(FLOWERS)
    del amendment.lines[next(n for n, line in enumerate(amendment.lines) if line == "1. Mục đích") + 2]
    file = amendment.write(tmp_path)
    with workspace(*hub) as ws:
        identity, record = ws.identity(), item_at(ws, "II/2/2.1/2.1.7")
    runner = TaskRunner(*hub)
    screen = PlanScreen(runner, identity)
    qtbot.addWidget(screen)
    screen.resize(1198, 650)
    screen.show()
    runner.changed.connect(screen.refresh)
    screen.refresh(None)
    qtbot.waitUntil(lambda: screen.view is not None)
    screen.show_mode(Mode.TEXT)
    qtbot.waitUntil(lambda: "Mục đích" in screen.narrative.page.toPlainText())
    before = len(screen.narrative.page.toPlainText())
    screen.show_mode(Mode.TABLE)
    screen.open_details(record)
    qtbot.waitUntil(lambda: screen.details.record == record)
    runner.run(lambda ws: amend(ws, read_newer(ws, file)), lambda _changes: None)
    qtbot.waitUntil(screen.details.isHidden)
    qtbot.waitUntil(lambda: len(screen.narrative.page.toPlainText()) < before)
    assert all(one.id != record for one in screen.model.flat.rows)
    runner.close()
