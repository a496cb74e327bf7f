"""Correcting and commenting in the details of the plan screen, with real keys on a real folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.facts import Content
from desktop.models.kinds import COMMENT
from desktop.models.record_ids import comment_record
from desktop.models.targets import Basis, Comparator, Enters, Rollup, Target
from desktop.services import reporting
from desktop.services.environment import Environment
from desktop.services.plan import commenting, correcting, planning
from desktop.services.views import Identity, ReadingField, Role
from desktop.services.workspace import Workspace, open_workspace
from desktop.ui import theme
from desktop.ui.plan.columns import Column
from desktop.ui.plan.comments import AnswerEditor, CommentEditor
from desktop.ui.plan.correction import PAUSE, CorrectionEditor
from desktop.ui.plan.model import COLUMNS
from desktop.ui.plan.rows import Quick
from desktop.ui.plan.screen import PlanScreen
from desktop.ui.plan.target_parts import (
    AIM,
    BASIS,
    DENOMINATOR,
    EACH,
    ENTERS,
    MEASURES,
    NUMERATOR,
    ROLLUP,
    STRETCH,
    VALUE,
)
from desktop.ui.plan.target_rows import TargetRow
from desktop.ui.plan.words import NAMELESS
from desktop.ui.tasks import TaskRunner
from desktop.ui.work.editors import TextEditor
from tests.ui.hands import click, keys, press
from tests.ui.runners import DirectRunner

PROJECT = "I/2/2.3/2.3.2"
"""Printed end: "Theo tiến độ dự án"."""


@pytest.fixture
def workspace(hub: tuple[Environment, Path]) -> Iterator[Workspace]:
    """The demonstration hub: the real plan."""
    opened = open_workspace(*hub)
    yield opened
    opened.close()


@pytest.fixture
def screen(qtbot: QtBot, workspace: Workspace) -> PlanScreen:
    """The screen on the real plan, the row's details open."""
    runner = DirectRunner(workspace)
    made = PlanScreen(runner, workspace.identity())
    qtbot.addWidget(made)
    runner.changed.connect(made.refresh)
    made.resize(1198, 650)
    made.show()
    made.refresh(None)
    QApplication.processEvents()
    made.open_details(reporting.item_at(workspace, PROJECT))
    made.details.page.setFocus()
    return made


def editor_of(screen: PlanScreen) -> CorrectionEditor:
    editor = screen.details.editor
    assert isinstance(editor, CorrectionEditor)
    return editor


def entry_of(editor: CorrectionEditor) -> TextEditor:
    assert editor.entry is not None
    return editor.entry


def page(screen: PlanScreen) -> str:
    return " ".join(screen.details.page.toPlainText().split())


def as_unit(screen: PlanScreen) -> None:
    """The panel as a reporting unit sees it."""
    assert screen.details.details is not None
    screen.details.show_details(replace(screen.details.details, role=Role.UNIT))


def comment_by_a_ward(workspace: Workspace) -> str:
    """A doubt as a ward's file brings it; its record."""
    ward = workspace.unit_named("Phường Bồ Đề").id
    record = comment_record(reporting.item_at(workspace, PROJECT), ward, "5a" * 16)
    said = Content(workspace.now(), "Nguyễn Thị Ánh", COMMENT, record, {"about": "end", "text": "Hạn là 30/6?"}, {})
    with workspace.store.atomic():
        workspace.append(ward, [said])
    return record


def test_f2_corrects_the_end_and_enter_saves(screen: PlanScreen, workspace: Workspace) -> None:
    press(screen.details.page, Qt.Key.Key_F2)
    editor = editor_of(screen)
    entry = entry_of(editor)
    assert entry.hasFocus()
    assert entry.toPlainText() == "Theo tiến độ dự án"
    assert any(one.text() == "Theo tiến độ dự án" for one in editor.findChildren(QLabel))
    keys(entry, "30/6/2023")
    press(entry, Qt.Key.Key_Tab)
    keys(editor.reason, "Cong van 12")
    press(editor.reason, Qt.Key.Key_Return)
    assert screen.details.editor is None
    row = planning.node_details(workspace, reporting.item_at(workspace, PROJECT)).row
    assert (row.end.text, row.end.last) == ("Theo tiến độ dự án", date(2023, 6, 30))
    told = "Đã sửa cách hiểu: Người nhập 2, 09:41 ngày 14/9/2023: Cong van 12; trước đó: tính từ việc khác"
    assert told in page(screen)
    assert "Theo tiến độ dự án" in page(screen)
    assert screen.model.flat.row(screen.model.flat.position(row.id)).deadline == "Theo tiến độ dự án → 30/6/2023"


def test_a_pause_shows_what_would_be_understood_and_takes_no_focus(screen: PlanScreen, qtbot: QtBot) -> None:
    press(screen.details.page, Qt.Key.Key_F2)
    editor = editor_of(screen)
    entry = entry_of(editor)
    keys(entry, "thang 5")
    assert "tháng" not in editor.preview.text().replace("tính từ việc khác", "")
    qtbot.waitUntil(lambda: editor.preview.text() == "Hiểu là: một tháng: 01/5/2023 – 31/5/2023", timeout=20 * PAUSE)
    assert entry.hasFocus()
    assert entry.toPlainText() == "thang 5", "nothing typed is rewritten"
    entry.selectAll()
    keys(entry, "bua nao do")
    qtbot.waitUntil(lambda: editor.problem.isVisible(), timeout=20 * PAUSE)
    assert "Chưa hiểu “bua nao do”" in editor.problem.text()
    assert editor.preview.isHidden()
    assert entry.hasFocus()
    screen.details.close_editor()


def test_what_is_wrong_is_told_at_the_field_and_nothing_saved(screen: PlanScreen, workspace: Workspace) -> None:
    press(screen.details.page, Qt.Key.Key_F2)
    editor = editor_of(screen)
    keys(entry_of(editor), "bao gio xong")
    click(editor.save)
    assert editor_of(screen) is editor
    assert "Chưa lưu gì" in editor.problem.text()
    assert editor.save.isEnabled()
    press(entry_of(editor), Qt.Key.Key_Escape)
    assert screen.details.editor is None
    assert screen.details.page.hasFocus()
    record = reporting.item_at(workspace, PROJECT)
    assert not any(one.corrected for one in planning.node_details(workspace, record).readings)


def test_a_word_still_in_the_input_method_is_saved(screen: PlanScreen, workspace: Workspace) -> None:
    screen.details.page.anchorClicked.emit(QUrl("correct:title"))
    editor = editor_of(screen)
    entry = entry_of(editor)
    entry.setPlainText("Lắp đặt thiết ")
    entry.moveCursor(entry.textCursor().MoveOperation.End)
    QApplication.sendEvent(entry, QInputMethodEvent("bị", []))
    press(editor.save, Qt.Key.Key_Space)
    assert planning.node_details(workspace, screen.details.record).row.title == "Lắp đặt thiết bị"


def test_back_to_the_first_reading(screen: PlanScreen, workspace: Workspace) -> None:
    record = reporting.item_at(workspace, PROJECT)
    press(screen.details.page, Qt.Key.Key_F2)
    assert editor_of(screen).back.isHidden(), "nothing to go back from"
    keys(entry_of(editor_of(screen)), "30/6/2023")
    press(entry_of(editor_of(screen)), Qt.Key.Key_Return)
    press(screen.details.page, Qt.Key.Key_F2)
    assert editor_of(screen).back.isVisible()
    click(editor_of(screen).back)
    assert screen.details.editor is None
    assert planning.node_details(workspace, record).row.schedule.deadline is None
    assert "Đã trở lại cách hiểu ban đầu" in page(screen)


def test_lead_units_each_on_a_line(screen: PlanScreen, workspace: Workspace) -> None:
    screen.details.page.anchorClicked.emit(QUrl("correct:lead_units"))
    entry = entry_of(editor_of(screen))
    entry.moveCursor(entry.textCursor().MoveOperation.End)
    press(entry, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    keys(entry, "Phong Y te quan Ba")
    press(entry, Qt.Key.Key_Return)
    assert "Không có đơn vị “Phong Y te quan Ba”" in editor_of(screen).problem.text()
    for _ in range(3):
        press(entry, Qt.Key.Key_Backspace)
    press(entry, Qt.Key.Key_Return)
    row = planning.node_details(workspace, screen.details.record).row
    assert row.lead_units == ("Trung tâm PTQĐ", "Phong Y te quan")


def test_targets_are_read_added_changed_and_removed(screen: PlanScreen, workspace: Workspace) -> None:
    screen.details.page.anchorClicked.emit(QUrl("correct:targets"))
    targets = editor_of(screen).targets
    assert targets is not None
    keys(targets.phrase, "it nhat")
    targets.phrase.setText("ít nhất 08 hội chợ và 30-35%")
    press(targets.phrase, Qt.Key.Key_Return)
    assert [one.target() for one in targets.rows] == [
        Target(Comparator.AT_LEAST, "8", None, "hội chợ", "ít nhất 08 hội chợ", measures="hội chợ"),
        Target(Comparator.RANGE, "30", "35", "%", "30-35%", rollup=Rollup.RATIO),
    ]
    first, second = targets.rows
    comparator, value = first.fields["So sánh"], first.fields["Số"]
    assert isinstance(comparator, QComboBox)
    assert isinstance(value, QLineEdit)
    assert first.fields["Đến"].isHidden()
    assert not second.fields["Đến"].isHidden()
    comparator.setCurrentIndex(comparator.findData("more_than"))
    value.selectAll()
    keys(value, "93,5")
    click(second.remove)
    targets.phrase.setText("chẳng có gì")
    click(targets.more)
    assert "Không thấy chỉ tiêu" in editor_of(screen).problem.text()
    targets.phrase.clear()
    click(targets.more)
    empty = targets.rows[-1].fields["Số"]
    assert empty.hasFocus()
    keys(empty, "nhieu")
    click(editor_of(screen).save)
    assert "“nhieu” không phải là số" in targets.rows[-1].problem.text()
    assert isinstance(empty, QLineEdit)
    empty.clear()
    keys(empty, "2.000")
    press(empty, Qt.Key.Key_Return)
    assert planning.node_details(workspace, screen.details.record).targets == (
        Target(Comparator.MORE_THAN, "93.5", None, "hội chợ", "ít nhất 08 hội chợ", measures="hội chợ"),
        Target(Comparator.COUNT, "2000", None, "", ""),
    )


def only_target(screen: PlanScreen, phrase: str) -> TargetRow:
    """The editor of targets with one target read from a phrase."""
    screen.details.page.anchorClicked.emit(QUrl("correct:targets"))
    targets = editor_of(screen).targets
    assert targets is not None
    targets.phrase.setText(phrase)
    press(targets.phrase, Qt.Key.Key_Return)
    QApplication.processEvents()
    return targets.rows[-1]


def choose(row: TargetRow, name: str, value: str) -> None:
    """Choose a value of a list as a person does."""
    field = row.fields[name]
    assert isinstance(field, QComboBox)
    field.setCurrentIndex(field.findData(value))


def write(row: TargetRow, name: str, text: str) -> None:
    """Type in place of what stands in a line; ASCII as keyboards have."""
    field = row.fields[name]
    assert isinstance(field, QLineEdit)
    field.selectAll()
    keys(field, text)


def test_settings_of_a_target_are_folded_until_asked_for(screen: PlanScreen, workspace: Workspace) -> None:
    row = only_target(screen, "ít nhất 90% hộ dân có nước sạch")
    assert not any(row.fields[name].isVisible() for name in (AIM, MEASURES, EACH, ENTERS, BASIS, ROLLUP, NUMERATOR))
    click(row.more)
    assert all(row.fields[name].isVisible() for name in (AIM, MEASURES, EACH, ENTERS, BASIS, ROLLUP, NUMERATOR))
    assert row.fields[STRETCH].isHidden()
    choose(row, AIM, "beyond")
    assert row.fields[STRETCH].isVisible()
    write(row, STRETCH, "95,5")
    write(row, MEASURES, "ho co nuoc sach")
    write(row, EACH, "phuong")
    choose(row, ENTERS, "both")
    choose(row, BASIS, "period")
    choose(row, ROLLUP, "worst")
    assert row.fields[NUMERATOR].isHidden(), "only what is summed over sums has parts"
    press(row.fields[EACH], Qt.Key.Key_Return)
    assert screen.details.editor is None
    (saved,) = planning.node_details(workspace, screen.details.record).targets
    assert (saved.value, saved.stretch, saved.measures, saved.each) == ("90", "95.5", "ho co nuoc sach", "phuong")
    assert (saved.enters, saved.basis, saved.rollup) == (Enters.BOTH, Basis.PERIOD, Rollup.WORST)
    assert "mỗi phuong: ít nhất 90 %, phấn đấu 95,5 %" in page(screen)
    assert "trong kỳ · chủ trì và từng đơn vị nhập · lấy đơn vị kém nhất" in page(screen)


def test_a_number_that_is_none_is_framed_at_its_field(screen: PlanScreen) -> None:
    row = only_target(screen, "ít nhất 90%")
    click(row.more)
    choose(row, AIM, "beyond")
    write(row, STRETCH, "cao")
    click(editor_of(screen).save)
    assert "“cao” không phải là số" in row.problem.text()
    assert editor_of(screen).problem.isHidden(), "told beside the target it is about"
    assert row.fields[STRETCH].hasFocus()
    assert row.fields[STRETCH].property("wrong")
    assert not row.fields[VALUE].property("wrong")
    write(row, STRETCH, "80")
    click(editor_of(screen).save)
    assert "không hơn mức phải đạt" in row.problem.text()
    assert not row.fields[STRETCH].property("wrong"), "it is a number"
    write(row, STRETCH, "95")
    click(editor_of(screen).save)
    assert screen.details.editor is None


def test_a_rate_without_names_of_its_parts_is_warned_about_and_saved(screen: PlanScreen) -> None:
    row = only_target(screen, "ít nhất 90%")
    assert row.nameless.isVisible()
    click(row.more)
    write(row, NUMERATOR, "ho co nuoc sach")
    assert row.nameless.isVisible(), "both are wanted"
    write(row, DENOMINATOR, "tong so ho")
    assert row.nameless.isHidden()
    write(row, DENOMINATOR, " ")
    assert row.nameless.isVisible()
    click(editor_of(screen).save)
    assert screen.details.editor is None
    assert NAMELESS in page(screen)


def test_a_target_still_in_its_line_is_saved_too(screen: PlanScreen, workspace: Workspace) -> None:
    screen.details.page.anchorClicked.emit(QUrl("correct:targets"))
    editor = editor_of(screen)
    assert editor.targets is not None
    editor.targets.phrase.setText("chẳng có gì")
    click(editor.save)
    assert "Không thấy chỉ tiêu" in editor.problem.text()
    editor.targets.phrase.setText("ít nhất 08 hội chợ")
    click(editor.save)
    assert screen.details.editor is None
    (saved,) = planning.node_details(workspace, screen.details.record).targets
    assert saved.text == "ít nhất 08 hội chợ"


def test_words_of_a_setting_still_in_the_input_method_are_saved(screen: PlanScreen, workspace: Workspace) -> None:
    row = only_target(screen, "ít nhất 08 hội chợ")
    click(row.more)
    write(row, MEASURES, "hoi cho ")
    QApplication.sendEvent(row.fields[MEASURES], QInputMethodEvent("sách", []))
    press(editor_of(screen).save, Qt.Key.Key_Space)
    (saved,) = planning.node_details(workspace, screen.details.record).targets
    assert saved.measures == "hoi cho sách"


def test_what_is_only_looked_at_is_not_changed(screen: PlanScreen, workspace: Workspace) -> None:
    """Opened and left, every target of the plan stays what it is, and saving it writes nothing."""
    several = [planning.node_details(workspace, row.id) for row in screen.model.flat.rows if row.path[:2] == "I/"]
    assert sum(len(details.targets) for details in several) > 30
    for details in several:
        if not details.targets:
            continue
        editor = CorrectionEditor(details, ReadingField.TARGETS)
        assert not editor.dirty
        typed = editor.typed()
        assert correcting.propose(workspace, details.row.id, ReadingField.TARGETS, typed).value == details.targets
        editor.deleteLater()


def test_what_is_being_written_is_not_lost(screen: PlanScreen) -> None:
    assert screen.commit_pending(), "nothing is being written"
    press(screen.details.page, Qt.Key.Key_F2)
    editor = editor_of(screen)
    first = screen.details.record
    keys(entry_of(editor), "30/6")
    assert not screen.commit_pending()
    assert "Chưa lưu" in editor.problem.text()
    click(screen.details.close_button)
    assert screen.details.isVisible()
    screen.close_details()
    assert screen.details.isVisible()
    other = next(row for row in screen.model.flat.rows if row.id != first)
    screen.table.select_record(other.id)
    assert (screen.details.editor, screen.details.record) == (editor, first)
    editor.fields.setCurrentIndex(0)
    editor.fields.activated.emit(0)
    assert editor.fields.currentData() == "end", "first save or give up"
    press(entry_of(editor), Qt.Key.Key_Escape)
    assert screen.details.record == other.id
    assert screen.commit_pending()


def test_f2_in_the_table_writes_about_the_row_opened(screen: PlanScreen) -> None:
    screen.table.setFocus()
    press(screen.table, Qt.Key.Key_F2)
    assert editor_of(screen).field is ReadingField.END
    press(entry_of(editor_of(screen)), Qt.Key.Key_Escape)
    screen.close_details()
    press(screen.table, Qt.Key.Key_F2)
    assert screen.details.editor is None, "no row is opened"


def test_an_untouched_editor_is_in_nobodys_way(screen: PlanScreen) -> None:
    press(screen.details.page, Qt.Key.Key_F2)
    editor = editor_of(screen)
    editor.fields.setCurrentIndex(0)
    editor.fields.activated.emit(0)
    assert editor_of(screen).field is ReadingField.TITLE
    assert screen.commit_pending()
    assert screen.details.editor is None
    press(screen.details.page, Qt.Key.Key_F2)
    other = next(row for row in screen.model.flat.rows if row.id != screen.details.record)
    screen.table.select_record(other.id)
    assert screen.details.editor is None
    assert screen.details.record == other.id


def test_the_keys_reach_every_link(screen: PlanScreen) -> None:
    """Tab walks the links of the page, F2 corrects the one it stands on, Enter opens it."""
    press(screen.details.page, Qt.Key.Key_Tab)
    assert screen.details.page.textCursor().charFormat().anchorHref() == "correct:title"
    press(screen.details.page, Qt.Key.Key_F2)
    assert editor_of(screen).field is ReadingField.TITLE
    press(entry_of(editor_of(screen)), Qt.Key.Key_Escape)
    press(screen.details.page, Qt.Key.Key_Tab)
    press(screen.details.page, Qt.Key.Key_Tab)
    link = screen.details.page.textCursor().charFormat().anchorHref()
    press(screen.details.page, Qt.Key.Key_Return)
    assert f"correct:{editor_of(screen).field.value}" == link != "correct:title"
    screen.details.close_editor()
    press(screen.details.page, Qt.Key.Key_Escape)
    assert screen.details.isHidden()


def test_a_unit_sends_its_doubt_and_takes_it_back(screen: PlanScreen, workspace: Workspace) -> None:
    as_unit(screen)
    assert "Sửa" not in page(screen)
    assert screen.details.act.text() == "Gửi ý kiến (F2)"
    press(screen.details.page, Qt.Key.Key_F2)
    editor = screen.details.editor
    assert isinstance(editor, CommentEditor)
    click(editor.save)
    assert "Ý kiến còn trống" in editor.problem.text()
    editor.about.setCurrentIndex(editor.about.findData("end"))
    keys(editor.words, "Han nao")
    press(editor.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    keys(editor.words, "day?")
    press(editor.words, Qt.Key.Key_Return)
    assert screen.details.editor is None
    (line,) = commenting.comments(workspace, screen.details.record)
    assert (line.about, line.text) == ("end", "Han nao\nday?")
    assert "về Thời gian hoàn thành · chưa xong Han nao day?" in page(screen)
    screen.details.page.anchorClicked.emit(QUrl(f"withdraw:{line.record}"))
    assert commenting.comments(workspace, screen.details.record)[0].withdrawn
    assert "đã rút lại" in page(screen)


def test_a_doubt_marks_the_row_until_it_is_answered(screen: PlanScreen, workspace: Workspace) -> None:
    record = comment_by_a_ward(workspace)
    before = screen.model.flat.count(Quick.REVIEW)
    screen.refresh(None)
    assert screen.model.flat.count(Quick.REVIEW) == before + 1
    row = screen.model.flat.row(screen.model.flat.position(screen.details.record))
    assert row.open_comments == 1
    at = screen.model.index(screen.model.flat.position(row.id), COLUMNS.index(Column.TITLE))
    assert at.data(Qt.ItemDataRole.AccessibleTextRole) == f"● 1 ý kiến\n{row.title}"
    assert at.data(Qt.ItemDataRole.DisplayRole) == row.title
    drawn = screen.table.cells._lines(Column.TITLE, row, 220)
    assert drawn[0] == "● 1 ý kiến"
    assert "Phường Bồ Đề · về Thời gian hoàn thành · chưa xong Hạn là 30/6?" in page(screen)
    screen.details.page.anchorClicked.emit(QUrl(f"answer:{record}"))
    editor = screen.details.editor
    assert isinstance(editor, AnswerEditor)
    assert any(one.text() == "Hạn là 30/6?" for one in editor.findChildren(QLabel))
    keys(editor.words, "Dang hoi")
    editor.settled.setChecked(False)
    press(editor.words, Qt.Key.Key_Return)
    assert screen.model.flat.count(Quick.REVIEW) == before + 1
    screen.details.page.anchorClicked.emit(QUrl(f"answer:{record}"))
    again = screen.details.editor
    assert isinstance(again, AnswerEditor)
    assert again.words.toPlainText() == "Dang hoi"
    click(again.save)
    assert commenting.comments(workspace)[0].settled
    assert screen.model.flat.count(Quick.REVIEW) == before
    assert "Trả lời: Dang hoi" in page(screen)
    screen.details.asked.emit("answer:không có")
    assert screen.details.editor is None


def test_two_values_are_both_shown_until_one_is_chosen(screen: PlanScreen, workspace: Workspace) -> None:
    record = screen.details.record
    shown = correcting.shown_now(workspace, record)
    correcting.correct(workspace, record, ReadingField.TITLE, "Tên một", shown)
    fact = Content(workspace.now(), "Máy hai", "correction", record, {"title": "Tên hai"}, {})
    with workspace.store.atomic():
        workspace.append("all", [fact])
    screen.refresh(None)
    assert "↔ Cần đối chiếu:" in page(screen)
    assert "“Tên một”" in page(screen)
    assert "“Tên hai” (Máy hai)" in page(screen)
    screen.details.page.anchorClicked.emit(QUrl("correct:title"))
    entry = entry_of(editor_of(screen))
    keys(entry, "Ten hai")
    press(entry, Qt.Key.Key_Return)
    assert "Cần đối chiếu" not in page(screen)


def test_on_the_real_worker(qtbot: QtBot, hub: tuple[Environment, Path]) -> None:
    """Previews and saving go through the worker's thread; the page comes back with what was saved."""
    runner = TaskRunner(*hub)
    opened: list[Identity | None] = []
    runner.open(opened.append, lambda error: None)
    qtbot.waitUntil(lambda: bool(opened))
    identity = opened[0]
    assert identity is not None
    made = PlanScreen(runner, identity)
    qtbot.addWidget(made)
    runner.changed.connect(made.refresh)
    made.resize(1198, 650)
    made.show()
    made.refresh(None)
    qtbot.waitUntil(lambda: made.view is not None, timeout=10_000)
    record = next(row.id for row in made.model.flat.rows if row.path == PROJECT)
    made.open_details(record)
    qtbot.waitUntil(lambda: made.details.record == record, timeout=10_000)
    press(made.details.page, Qt.Key.Key_F2)
    entry = entry_of(editor_of(made))
    keys(entry, "mai")
    press(entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not editor_of(made).problem.isHidden(), timeout=10_000)
    entry.selectAll()
    keys(entry, "30/6")
    press(entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Đã sửa cách hiểu" in page(made), timeout=10_000)
    assert made.details.editor is None
    assert runner.close() == ()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1198, 650), (976, 480), (856, 480)])
def test_no_field_is_cut(
    screen: PlanScreen, workspace: Workspace, restored: QApplication, scheme: str, width: int, height: int
) -> None:
    theme.apply(restored, Path(__file__).parents[3] / "resources" / "fonts", scheme)
    record = comment_by_a_ward(workspace)
    screen.resize(width, height)
    screen.refresh(None)
    for wanted in (*(f"correct:{one.value}" for one in ReadingField), f"answer:{record}", "comment:"):
        screen.details.asked.emit(wanted)
        QTest.qWait(1)
        editor = screen.details.editor
        assert editor is not None
        editor.show_problem("Một câu khá dài về điều chưa đúng, để xem nó có xuống dòng hay không.")
        QApplication.processEvents()
        if isinstance(editor, CorrectionEditor) and editor.targets is not None:
            editor.targets.phrase.setText("từ 30-35,5% hộ gia đình, ít nhất 90% hộ dân có nước sạch, không có hộ nghèo")
            editor.targets.ask()
            for one in editor.targets.rows:
                choose(one, AIM, "beyond")
                click(one.more)
        QApplication.processEvents()
        for part in editor.findChildren(QWidget):
            if part.isVisible() and isinstance(part, QLabel | QComboBox | QLineEdit | TextEditor):
                right = part.mapTo(editor, part.rect().topRight()).x()
                assert right <= editor.width(), f"{wanted}: {part} is cut"
        assert editor.save.isVisible()
        screen.details.close_editor()
