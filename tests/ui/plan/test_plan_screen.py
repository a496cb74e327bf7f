"""The plan screen with real key and mouse events, on a small plan and on the real one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.plan import NodeKind
from desktop.models.schedule import TimeKind
from desktop.services.environment import Environment
from desktop.services.plan import correcting
from desktop.services.plan.planning import narrative, node_details, plan_view
from desktop.services.views import Changes, Hits, ReadingField
from desktop.services.workspace import Workspace, open_workspace
from desktop.ui import theme
from desktop.ui.plan.columns import DEFAULT, Column
from desktop.ui.plan.filterline import Mode
from desktop.ui.plan.model import COLUMNS, PlanModel
from desktop.ui.plan.rows import Filter, Quick
from desktop.ui.plan.screen import PlanScreen
from desktop.ui.plan.timescale import Zoom
from desktop.ui.tasks import TaskRunner
from tests.ui.hands import click, press
from tests.ui.plan_data import IDENTITY, kinds_plan, large_plan, small_plan
from tests.ui.runners import DirectRunner, HeldRunner


def shown(qtbot: QtBot, width: int = 1198, height: int = 650, runner: TaskRunner | None = None) -> PlanScreen:
    screen = PlanScreen(runner or DirectRunner(), IDENTITY)
    qtbot.addWidget(screen)
    screen.resize(width, height)
    screen.show()
    screen.show_plan(small_plan())
    QApplication.processEvents()
    return screen


@pytest.fixture
def screen(qtbot: QtBot) -> PlanScreen:
    return shown(qtbot)


@pytest.fixture
def workspace(hub: tuple[Environment, Path]) -> Iterator[Workspace]:
    """The demonstration hub: the real plan."""
    opened = open_workspace(*hub)
    yield opened
    opened.close()


@pytest.fixture
def real(qtbot: QtBot, workspace: Workspace) -> PlanScreen:
    """The screen on the real plan."""
    screen = shown(qtbot, runner=DirectRunner(workspace))
    screen.refresh(None)
    return screen


def rows(screen: PlanScreen) -> str:
    flat = screen.model.flat
    return " ".join(flat.row(at).id for at in range(len(flat)))


def test_the_model_keeps_the_rules_of_qt(qtmodeltester: Any) -> None:
    model = PlanModel()
    qtmodeltester.check(model)
    model.flat.replace(small_plan().rows)
    model.reload()
    qtmodeltester.check(model)
    model.flat.set_filter(Filter("vườn hoa", found=frozenset({"i3", "i8"})))
    model.reload()
    model.values_changed()


def test_cells_speak_for_screen_readers(screen: PlanScreen) -> None:
    def spoken(record: str, column: Column) -> object:
        index = screen.model.index(screen.model.flat.position(record), COLUMNS.index(column))
        return index.data(Qt.ItemDataRole.AccessibleTextRole)

    assert spoken("i4", Column.STATUS) == "▲ Quá hạn 76 ngày · 60%"
    assert spoken("i6", Column.STATUS) == "↔ Đang thực hiện · 20% · cần đối chiếu"
    assert spoken("g1", Column.STATUS) == "1/3"
    assert spoken("i4", Column.DEADLINE) == "Tháng 6/2023"
    assert screen.table.accessibleName() == "Bảng kế hoạch"
    assert screen.gantt.accessibleName() == "Biểu đồ Gantt"
    screen.table.select_record("i4")
    assert "Hạn: 30/6/2023" in screen.gantt.accessibleDescription()


def test_left_and_right_collapse_and_expand(screen: PlanScreen) -> None:
    screen.table.select_record("i3")
    press(screen.table, Qt.Key.Key_Left)
    assert screen.table.record() == "g1", "first to the parent"
    press(screen.table, Qt.Key.Key_Left)
    assert rows(screen) == "s1 i1 s2 g1 g2 i6 i7 i8"
    assert screen.table.record() == "g1"
    press(screen.table, Qt.Key.Key_Right)
    assert "i3" in rows(screen)
    press(screen.table, Qt.Key.Key_Right)
    assert screen.table.record() == "i2"
    press(screen.table, Qt.Key.Key_Down)
    assert screen.table.record() == "i3"


def test_a_click_on_the_triangle_collapses(screen: PlanScreen) -> None:
    at = screen.model.flat.position("g1")
    rect = screen.table.visualRect(screen.model.index(at, 0))
    click(screen.table.viewport(), QPoint(rect.right() - 6, rect.y() + 15))
    assert "i3" not in rows(screen)


def test_a_click_on_a_heading_sorts_and_shift_adds_a_key(screen: PlanScreen) -> None:
    header = screen.table.headings

    def click_on(column: Column, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        x = header.sectionViewportPosition(COLUMNS.index(column)) + 20
        click(header.viewport(), QPoint(x, 20), modifier)

    click_on(Column.DEADLINE)
    assert rows(screen).startswith("s1 i1 s2 g1 i3 i4 i2 i5")
    assert screen.model.headerData(COLUMNS.index(Column.DEADLINE), Qt.Orientation.Horizontal) == "Thời hạn ▲"
    click_on(Column.LEAD, Qt.KeyboardModifier.ShiftModifier)
    assert screen.model.headerData(COLUMNS.index(Column.LEAD), Qt.Orientation.Horizontal) == "Đơn vị chủ trì ▲2"
    click_on(Column.DEADLINE)
    click_on(Column.DEADLINE)
    assert rows(screen) == " ".join(row.id for row in small_plan().rows)


def test_a_filter_says_so_and_one_click_clears_it(real: PlanScreen) -> None:
    assert real.strip.isHidden()
    real.search("vuon hoa")
    shown_rows = [real.model.flat.row(at) for at in range(len(real.model.flat))]
    found = [row for row in shown_rows if row.kind is NodeKind.ITEM]
    assert found
    assert all("vườn hoa" in row.title.casefold() for row in found)
    assert real.strip.isVisible()
    assert real.strip.words.text() == f"Đang lọc: {len(found)}/{real.model.flat.total} – “vuon hoa”"
    assert real.table.record() == found[0].id, "the best match is the current row"
    click(real.strip.clear)
    assert real.strip.isHidden()
    assert real.table.record() == found[0].id
    assert len(real.model.flat) == 180


def titles(screen: PlanScreen, words: str) -> list[str]:
    """The titles of the items that a search shows."""
    screen.search(words)
    flat = screen.model.flat
    return [flat.row(at).title for at in range(len(flat)) if flat.row(at).kind is NodeKind.ITEM]


def test_marks_case_and_place_of_a_tone_do_not_matter(real: PlanScreen) -> None:
    found = titles(real, "chỉnh trang vườn hoa")
    assert 0 < len(found) < 20
    for words in ("chinh trang vuon hoa", "CHỈNH TRANG VƯỜN HOA", "hoa vườn trang chỉnh", "  vuon  hoa chinh tran"):
        assert titles(real, words) == found, words
    assert titles(real, "van hoá") == titles(real, "van hóa") == titles(real, "van hoa") != []


def test_units_leaders_and_numbers_are_found(real: PlanScreen) -> None:
    rows_of = {row.id: row for row in real.model.flat.rows}
    real.search("phong qldt")
    row = rows_of[real.table.record()]
    assert "QLĐT" in " ".join((*row.lead_units, *row.coordinating_units))
    real.search("2.1.10")
    assert rows_of[real.table.record()].code == "2.1.10"
    real.search("nguyen manh trinh")
    assert "Nguyễn Mạnh Trình" in " ".join(rows_of[real.table.record()].leaders)


def test_the_words_as_typed_come_first(real: PlanScreen) -> None:
    """Both words begin alike without marks; the row that has the marks typed becomes the current one."""
    rows_of = {row.id: row for row in real.model.flat.rows}
    for words in ("phương án", "phường"):
        real.search(words)
        row = rows_of[real.table.record()]
        assert words in " ".join((row.title, *row.lead_units, *row.coordinating_units)).casefold()


def test_a_heading_found_brings_its_rows(real: PlanScreen) -> None:
    heading = next(row for row in real.model.flat.rows if row.kind is NodeKind.GROUP)
    below = [row.id for row in real.model.flat.rows if row.parent == heading.id]
    real.search(heading.title)
    assert set(below) <= set(rows(real).split())
    assert real.table.record() == heading.id


def test_no_answer_overtakes_the_words_typed_last(qtbot: QtBot) -> None:
    runner = HeldRunner()
    screen = shown(qtbot, runner=runner)
    screen.search("vườn")
    screen.search("vườn hoa")
    assert len(screen.model.flat) == 12, "nothing moves before an answer"
    (first, _), (second, _) = runner.answers
    second(Hits(("i8", "i3"), 2))
    assert rows(screen) == "s2 g1 i3 g2 i8"
    assert screen.table.record() == "i8", "the best, not the first"
    first(Hits(("i2",), 1))
    assert rows(screen) == "s2 g1 i3 g2 i8"
    screen.search("")
    assert len(screen.model.flat) == 12, "cleared at once"
    assert screen.strip.isHidden()
    second(Hits(("i8", "i3"), 2))
    assert len(screen.model.flat) == 12, "an answer to words that are gone"


def test_esc_before_the_answer_clears_too(qtbot: QtBot) -> None:
    runner = HeldRunner()
    screen = shown(qtbot, runner=runner)
    screen.search("vườn")
    screen.table.setFocus()
    press(screen.table, Qt.Key.Key_Escape)
    runner.answers[0][0](Hits(("i3",), 1))
    assert len(screen.model.flat) == 12


def test_an_answer_in_the_full_text_shows_no_strip(qtbot: QtBot) -> None:
    runner = HeldRunner()
    screen = shown(qtbot, runner=runner)
    screen.search("vườn")
    screen.show_mode(Mode.TEXT)
    runner.answers[0][0](Hits(("i3",), 1))
    screen.show_plan(small_plan())
    assert screen.strip.isHidden()
    screen.show_mode(Mode.BOTH)
    assert screen.strip.isVisible()
    assert rows(screen) == "s2 g1 i3"


def test_a_changed_plan_is_searched_again(real: PlanScreen, workspace: Workspace) -> None:
    before = titles(real, "vườn hoa")
    row = next(row for row in real.model.flat.rows if row.kind is NodeKind.ITEM and "vườn hoa" not in row.title)
    current = real.table.record()
    shown_facts = correcting.shown_now(workspace, row.id)
    real.refresh(correcting.correct(workspace, row.id, ReadingField.TITLE, "Một vườn hoa nữa", shown_facts))
    flat = real.model.flat
    now = [flat.row(at).title for at in range(len(flat)) if flat.row(at).kind is NodeKind.ITEM]
    assert sorted(now) == sorted([*before, "Một vườn hoa nữa"])
    assert real.table.record() == current, "nobody typed: the current row stays"
    assert real.strip.words.text().startswith(f"Đang lọc: {len(now)}/")


def test_chips_filter_and_esc_clears(screen: PlanScreen) -> None:
    chip = screen.line.quick.chip(Quick.OVERDUE)
    assert chip.text() == "Quá hạn 1"
    chip.click()
    assert rows(screen) == "s2 g1 i4"
    screen.table.setFocus()
    press(screen.table, Qt.Key.Key_Escape)
    assert len(screen.model.flat) == 12
    assert not chip.isChecked()


def test_a_row_found_stays_in_sight_when_the_filter_goes(real: PlanScreen) -> None:
    real.model.flat.collapse_all(True)
    few = len(real.model.flat)
    real.search("y học cổ truyền")
    found = real.table.record()
    assert "y học cổ truyền" in real.model.flat.row(real.model.flat.position(found)).title
    real.clear_filter()
    assert real.table.record() == found
    assert real.model.flat.position(found) >= 0
    assert few < len(real.model.flat) < 180, "only what hid it is open"


def test_no_match_is_told(qtbot: QtBot, workspace: Workspace) -> None:
    screen = shown(qtbot, runner=DirectRunner(workspace))
    screen.search("không có chữ này")
    assert screen.parts.nothing.isVisible()
    assert "Không có nội dung nào" in screen.parts.nothing.text()
    screen.clear_filter()
    assert not screen.parts.nothing.isVisible()


def test_copying_gives_text_for_a_spreadsheet(screen: PlanScreen) -> None:
    screen.table.select_record("i3")
    press(screen.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = "2.1.10\tCải tạo, chỉnh trang vườn hoa Ngọc Lâm, phường Ngọc Lâm\tTTPTQĐ\tTháng 5/2023\t√ Đúng hạn"
    assert QGuiApplication.clipboard().text() == text


def test_columns_can_be_chosen(screen: PlanScreen) -> None:
    screen.line.actions_of[Column.LEADERS].trigger()
    assert not screen.table.isColumnHidden(COLUMNS.index(Column.LEADERS))
    assert Column.LEADERS in screen.table.chosen
    screen.line.actions_of[Column.LEADERS].trigger()
    assert screen.table.chosen == DEFAULT


def test_table_and_gantt_stand_level(screen: PlanScreen) -> None:
    table, gantt = screen.table, screen.gantt
    top = table.viewport().mapTo(screen, QPoint(0, 0)).y()
    assert gantt.viewport().mapTo(screen, QPoint(0, 0)).y() == top
    assert gantt.viewport().height() == table.viewport().height()
    for place in table.heights.shown(0, table.viewport().height()):
        rect = table.visualRect(screen.model.index(place.row, 0))
        assert (rect.y(), rect.height()) == (place.y, place.height)
        assert gantt.row_at(place.y + 1) == place.row


def test_they_scroll_together(qtbot: QtBot) -> None:
    screen = shown(qtbot)
    screen.show_plan(large_plan(300))
    QApplication.processEvents()
    for top in (100, 57, 299):
        screen.gantt.verticalScrollBar().setValue(top)
        at = screen.table.verticalScrollBar().value()
        assert screen.gantt.verticalScrollBar().value() == at
        assert screen.table.rowAt(0) == at == screen.gantt.row_at(0)
        assert screen.table.rowViewportPosition(at) == 0
    assert screen.table.heights.measured < 120, "rows that never showed are not measured"


def test_the_last_row_can_be_reached_whole(qtbot: QtBot) -> None:
    screen = shown(qtbot, 856, 480)
    screen.show_plan(large_plan(300))
    press(screen.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    rect = screen.table.visualRect(screen.model.index(299, 0))
    assert rect.bottom() <= screen.table.viewport().height()
    assert rect.height() > 0


def test_a_click_in_the_gantt_selects_the_row(screen: PlanScreen) -> None:
    at = screen.model.flat.position("i4")
    y = screen.table.rowViewportPosition(at) + 5
    click(screen.gantt.viewport(), QPoint(50, y))
    assert screen.table.record() == "i4"


def test_ctrl_and_wheel_zoom_and_the_buttons_follow(screen: PlanScreen) -> None:
    screen.gantt.setFocus()
    before = screen.gantt.scale.per_day
    press(screen.gantt, Qt.Key.Key_Plus)
    assert screen.gantt.zoom is Zoom.WEEK
    assert screen.gantt.scale.per_day > before
    assert screen.line.zooms.button(Zoom.WEEK).isChecked()
    screen.line.zooms.button(Zoom.YEAR).click()
    assert screen.gantt.zoom.value == "year"


def test_keys_in_the_gantt_move_among_the_rows(screen: PlanScreen) -> None:
    screen.table.select_record("i2")
    screen.gantt.setFocus()
    press(screen.gantt, Qt.Key.Key_Down)
    assert screen.table.record() == "i3"


def row_image(screen: PlanScreen, record: str) -> QImage:
    """The Gantt's pixels of one row."""
    QApplication.processEvents()
    at = screen.model.flat.position(record)
    rect = QRect(0, screen.table.rowViewportPosition(at), screen.gantt.viewport().width(), 40)
    return screen.gantt.viewport().grab(rect).toImage()


def test_the_gantt_paints_every_kind_of_time_differently(qtbot: QtBot) -> None:
    screen = shown(qtbot, 1198, 2000)
    screen.show_plan(kinds_plan())
    pictures = {}
    for kind in TimeKind:
        image = row_image(screen, kind.value)
        middle = image.height() // 2
        strip = image.copy(0, middle - 9, image.width(), 18)
        pictures[kind] = bytes(strip.convertToFormat(QImage.Format.Format_RGB32).constBits())
    assert len(set(pictures.values())) == len(TimeKind)


def test_the_line_of_today_is_drawn(screen: PlanScreen) -> None:
    image = screen.gantt.viewport().grab().toImage()
    today = theme.colours().today
    x = screen.gantt.today_x()
    assert all(image.pixelColor(x, y) == today for y in range(2, 60, 7))


def test_a_collapsed_heading_shows_a_summary(screen: PlanScreen) -> None:
    at = screen.model.flat.position("g1")
    assert screen.gantt.marks_of(at) == []
    screen.table.toggled.emit(at)
    assert [mark.kind.value for mark in screen.gantt.marks_of(at)] == ["summary"]


def test_only_visible_rows_are_painted(qtbot: QtBot) -> None:
    screen = shown(qtbot)
    screen.show_plan(large_plan(2_520))
    QApplication.processEvents()
    screen.gantt.grab()
    assert len(screen.gantt._marks) < 60
    assert screen.table.heights.measured < 120


def test_modes_show_what_they_say(screen: PlanScreen) -> None:
    screen.line.modes.button(Mode.TABLE).click()
    assert screen.gantt.isHidden()
    assert screen.line.zooms.isHidden()
    screen.line.modes.button(Mode.GANTT).click()
    assert screen.gantt.isVisible()
    assert screen.table.chosen == (Column.CODE, Column.TITLE)
    screen.line.modes.button(Mode.BOTH).click()
    assert len(screen.table.chosen) == len(DEFAULT)


@pytest.mark.parametrize(("width", "gantt_stays"), [(1198, False), (1752, True)])
def test_details_replace_the_gantt_where_the_window_is_narrow(
    qtbot: QtBot, workspace: Workspace, width: int, gantt_stays: bool
) -> None:
    screen = shown(qtbot, width, runner=DirectRunner(workspace))
    screen.refresh(None)
    item = next(row for row in screen.model.flat.rows if row.kind is NodeKind.ITEM)
    screen.table.select_record(item.id)
    press(screen.table, Qt.Key.Key_Return)
    assert screen.details.isVisible()
    assert screen.gantt.isVisible() is gantt_stays
    assert item.title[:20] in screen.details.page.toPlainText()
    press(screen.table, Qt.Key.Key_Escape)
    assert screen.details.isHidden()
    assert screen.gantt.isVisible()


def test_details_follow_the_current_row(real: PlanScreen) -> None:
    items = [row for row in real.model.flat.rows if row.kind is NodeKind.ITEM]
    real.open_details(items[0].id)
    real.table.select_record(items[3].id)
    assert real.details.record == items[3].id


def test_the_real_plan_shows_whole(real: PlanScreen, workspace: Workspace) -> None:
    view = plan_view(workspace)
    assert len(real.model.flat) == len(view.rows) == 180
    assert real.model.flat.total == sum(1 for row in view.rows if row.kind is NodeKind.ITEM)
    assert all(node_details(workspace, row.id).source_lines for row in view.rows[::20])


def test_the_full_text_can_be_searched(real: PlanScreen, workspace: Workspace) -> None:
    real.line.modes.button(Mode.TEXT).click()
    text = narrative(workspace)
    assert text.paragraphs[0].text in real.narrative.page.toPlainText()
    real.search("dan van")
    assert real.narrative.counted.text().startswith("1/")
    press(real.narrative.words, Qt.Key.Key_Return)
    assert real.narrative.counted.text().startswith("2/")
    real.search("không có chữ này")
    assert real.narrative.counted.text() == "Không tìm thấy"
    real.line.modes.button(Mode.BOTH).click()
    assert real.strip.isHidden(), "a search of the text is not a filter of the rows"


def test_only_changes_of_the_plan_are_read_anew(qtbot: QtBot) -> None:
    runner = DirectRunner()
    screen = shown(qtbot, runner=runner)
    before = runner.jobs
    screen.refresh(Changes(exchange=True))
    assert runner.jobs == before
    screen.refresh(Changes(items=frozenset({"i1"})))
    assert runner.jobs == before + 1


def test_new_values_keep_place_and_row(qtbot: QtBot) -> None:
    screen = shown(qtbot)
    view = large_plan(300)
    screen.show_plan(view)
    screen.table.select_record("i150")
    screen.table.verticalScrollBar().setValue(140)
    screen.show_plan(view)
    assert screen.table.record() == "i150"
    assert screen.table.verticalScrollBar().value() == 140


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1198, 650), (976, 480), (856, 480)])
def test_nothing_is_cut_and_no_columns_hide_behind_an_edge(
    qtbot: QtBot, restored: QApplication, scheme: str, width: int, height: int
) -> None:
    theme.apply(restored, Path(__file__).parents[3] / "resources" / "fonts", scheme)
    screen = shown(qtbot, width, height)
    assert screen.minimumSizeHint().width() <= width
    assert screen.table.horizontalScrollBar().maximum() == 0, "default columns need no scrolling"
    cells = screen.table.cells
    for at in range(len(screen.model.flat)):
        row = screen.model.flat.row(at)
        for text in (row.title, row.deadline):
            face = cells.plain if row.kind is NodeKind.ITEM else cells.bold
            assert face.line >= face.metrics.height(), "diacritics of one line do not touch the next"
            assert text == text.strip()
    for chip in screen.line.quick.findChildren(type(screen.line.columns)):
        if chip.isVisible():
            assert chip.geometry().right() <= screen.line.quick.width()


def test_frozen_columns_stay_in_sight(screen: PlanScreen) -> None:
    screen.show_mode(Mode.TABLE)
    for column in (Column.LEADERS, Column.COORDINATING, Column.START):
        screen.line.actions_of[column].trigger()
    screen.resize(700, 500)
    QApplication.processEvents()
    bar = screen.table.horizontalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    at = screen.model.flat.position("i3")
    point = QPoint(10, screen.table.rowViewportPosition(at) + 5)
    assert screen.table.indexAt(point).column() == 0
    assert screen.table.frozen_width() > 100


def test_the_flag_of_today_hides_no_heading(screen: PlanScreen) -> None:
    gantt, axis = screen.gantt, screen.gantt.axis
    for zoom in Zoom:
        gantt.set_zoom(zoom)
        for day in range(1, 365, 9):
            gantt.today = date(2023, 1, 1) + timedelta(days=day)
            flag, words = axis.flag()
            headings = [(at, axis.face(bold=True).advance(told)) for _, at, told in axis.headings(flag) if told]
            assert not words or all(at + wide <= flag.left() or at > flag.right() for at, wide in headings)
            assert headings


def test_headings_are_never_cut(screen: PlanScreen) -> None:
    cells = screen.table.cells
    cells.most_lines = 1
    heading = replace(screen.model.flat.row(0), title="Nội dung rất dài của một nhóm nhiệm vụ " * 12)
    assert not any(line.endswith("…") for line in cells._heading_lines(heading))
