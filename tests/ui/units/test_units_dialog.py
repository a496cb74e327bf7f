"""*Đơn vị và tập thể* in the window: lists, ticks and names by keyboard, on a real folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.services import reporting
from desktop.services.environment import Environment
from desktop.services.plan import planning
from desktop.services.units.views import MembersEffect
from desktop.services.views import Role
from desktop.services.workspace import Workspace, open_workspace
from desktop.ui.plan.screen import PlanScreen
from desktop.ui.units.adding import NameDialog, UnitDialog
from desktop.ui.units.dialog import COLLECTIVES, UNITS, UnitsDialog
from desktop.ui.units.members import PAUSE, MembersDialog, effect_words
from desktop.ui.widgets.units import UnitPicker
from tests.ui.hands import click, keys, press
from tests.ui.runners import DirectRunner

W = TypeVar("W", bound=QWidget)
SCHOOLS = "I/2/2.6/2.6.5"
DAMAGED = "II/1/1.13"
LEVEL = "I/2/2.2/2.2.3"


@pytest.fixture
def ws(hub: tuple[Environment, Path]) -> Iterator[Workspace]:
    opened = open_workspace(*hub)
    yield opened
    opened.close()


@pytest.fixture
def home(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1024, 600)
    made.show()
    return made


@pytest.fixture
def dialog(home: QWidget, ws: Workspace) -> UnitsDialog:
    made = UnitsDialog(home, DirectRunner(ws), Role.HUB)
    made.open()
    return made


def opened(kind: type[W]) -> W:
    """The one window of a kind that shows."""
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    assert len(found) == 1, found
    return found[0]


def names(dialog: UnitsDialog) -> list[str]:
    return [one.name for one in (dialog.units.rows if dialog.kind == UNITS else dialog.collectives.rows)]


def waited() -> None:
    QTest.qWait(PAUSE + 50)


def test_lists_narrow_without_marks(dialog: UnitsDialog) -> None:
    assert dialog.kind == COLLECTIVES
    # Whoever leads and nobody knows who it is comes first.
    assert not dialog.collectives.rows[0].members
    assert any(row.leading for row in dialog.collectives.rows[0].rows)
    keys(dialog.search, "truong hoc")
    assert names(dialog) == ["Các trường học", "Các đơn vị trường học"]
    click(dialog.kinds.button(UNITS))
    dialog.search.clear()
    keys(dialog.search, "phong vhtt")
    assert names(dialog) == ["Phòng Văn hóa và Thông tin"]
    # The names that match stand first among many.
    assert dialog.units.rows[0].aliases[0] == "Phòng VHTT"
    keys(dialog.search, " khong co")
    assert names(dialog) == []
    assert not dialog.name.isEnabled()


def test_members_are_ticked_by_keyboard_alone(dialog: UnitsDialog, ws: Workspace) -> None:
    keys(dialog.search, "cac truong hoc")
    press(dialog.search, Qt.Key.Key_Down)
    assert dialog.focusWidget() is dialog.collectives
    press(dialog.collectives, Qt.Key.Key_Return)
    members = opened(MembersDialog)
    assert members.windowTitle() == "Các trường học"
    waited()
    assert [row.code for row in members.rows.rows] == ["2.6.5"]
    assert not members.save.isEnabled()
    assert members.count.text() == "Đã chọn 0/132"
    keys(members.search, "phong")
    shown = len(members.ticks.shown)
    press(members.search, Qt.Key.Key_Down)
    assert members.focusWidget() is members.ticks
    press(members.ticks, Qt.Key.Key_Space)
    press(members.ticks, Qt.Key.Key_Down)
    press(members.ticks, Qt.Key.Key_Space)
    assert members.count.text() == f"Đã chọn 2/{shown} · tất cả 2"
    chosen = members.ticks.chosen
    waited()
    assert members.effect.text() == "1 nội dung sẽ giao cho 2 đơn vị nữa."
    members.search.clear()
    assert members.ticks.chosen == chosen
    press(members, Qt.Key.Key_Return)
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, MembersDialog) and one.isVisible()]
    assert ws.units().resolve("các trường học").units == chosen
    current = dialog.collectives.current
    assert current is not None
    assert (current.name, current.members) == ("Các trường học", chosen)


def test_all_that_the_search_leaves(dialog: UnitsDialog, ws: Workspace) -> None:
    keys(dialog.search, "cac truong hoc")
    press(dialog.collectives, Qt.Key.Key_Return)
    members = opened(MembersDialog)
    keys(members.search, "hoi lhpn phuong")
    click(members.all)
    assert members.count.text() == "Đã chọn 14/14 · tất cả 14"
    # A click anywhere in a line ticks it off.
    line = members.ticks.visualItemRect(members.ticks.currentItem())
    QTest.mouseClick(
        members.ticks.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        QPoint(line.right() - 30, line.center().y()),
    )
    assert members.count.text() == "Đã chọn 13/14 · tất cả 13"
    members.search.clear()
    assert members.count.text() == "Đã chọn 13/132"
    click(members.none)
    assert members.ticks.chosen == ()
    assert not members.save.isEnabled()
    press(members, Qt.Key.Key_Escape)
    assert ws.units().collective("các trường học") is None


def test_a_new_collective_shows_its_rows_before_it_is_saved(dialog: UnitsDialog, ws: Workspace) -> None:
    click(dialog.add)
    made = opened(MembersDialog)
    assert not made.save.isEnabled()
    made.name.setText("các phường")
    waited()
    assert "đã là tên của “UBND các phường”" in made.problem.text()
    assert not made.save.isEnabled()
    made.name.setText("các trường học")
    keys(made.search, "phong noi vu")
    made.ticks.setFocus()
    press(made.ticks, Qt.Key.Key_Space)
    waited()
    assert made.problem.isHidden()
    assert [row.code for row in made.rows.rows] == ["2.6.5"]
    assert made.effect.text() == "1 nội dung sẽ giao cho 1 đơn vị nữa."
    click(made.save)
    assert ws.units().resolve("Các trường học").units == (ws.unit_named("Phòng Nội vụ").id,)
    assert names(dialog).count("các trường học") == 1
    assert "Các trường học" not in names(dialog)


def test_effects_in_words() -> None:
    assert effect_words(MembersEffect((), (), 0, (), 0)) == "Không nội dung nào đổi đơn vị."
    assert effect_words(MembersEffect((), ("a", "b"), 5, ("c",), 1)) == (
        "5 nội dung sẽ giao cho 2 đơn vị nữa; 1 nội dung thôi giao cho 1 đơn vị."
    )


def test_another_name(dialog: UnitsDialog, ws: Workspace) -> None:
    click(dialog.kinds.button(UNITS))
    keys(dialog.search, "phong tu phap")
    press(dialog.units, Qt.Key.Key_Return)
    asked = opened(NameDialog)
    assert not asked.go.isEnabled()
    asked.name.setText("Phòng VHTT")
    press(asked.name, Qt.Key.Key_Return)
    assert "đã là tên của" in asked.problem.text()
    asked.name.setText("Phòng VTTT")
    press(asked.name, Qt.Key.Key_Return)
    assert ws.units().find("Phòng VTTT") == ws.unit_named("Phòng Tư pháp")
    current = dialog.units.current
    assert current is not None
    assert "Phòng VTTT" in current.aliases


def test_a_new_unit(dialog: UnitsDialog, ws: Workspace) -> None:
    click(dialog.kinds.button(UNITS))
    click(dialog.add)
    made = opened(UnitDialog)
    made.name.setText("Các trường học")
    assert not made.go.isEnabled()
    keys(made.parents.search, "ubnd quan")
    press(made.parents.search, Qt.Key.Key_Down)
    made.level.setCurrentText("quận")
    made.short.setText("Truong")
    click(made.go)
    unit = ws.units().units[-1]
    assert (unit.name, unit.short, unit.level, unit.parent) == ("Các trường học", "Truong", "quận", "ubnd-quan")
    current = dialog.units.current
    assert current is not None
    assert current.id == unit.id


def test_a_unit_only_reads(home: QWidget, ws: Workspace) -> None:
    dialog = UnitsDialog(home, DirectRunner(ws), Role.UNIT)
    dialog.open()
    assert dialog.name.isHidden()
    assert dialog.add.isHidden()
    keys(dialog.search, "ubnd cac phuong")
    press(dialog.collectives, Qt.Key.Key_Return)
    members = opened(MembersDialog)
    assert members.ticks.count() == 14
    assert members.count.text() == "14 đơn vị"
    assert members.ticks.chosen == ()
    assert len(members.rows.rows) > 50
    press(members.ticks, Qt.Key.Key_Space)
    press(members.ticks, Qt.Key.Key_Return)
    assert members.isVisible()
    press(members, Qt.Key.Key_Escape)
    dialog.search.setText("cac truong hoc")
    press(dialog.collectives, Qt.Key.Key_Return)
    assert opened(MembersDialog).count.text() == "Chưa rõ gồm những đơn vị nào"
    press(opened(MembersDialog), Qt.Key.Key_Escape)
    click(dialog.kinds.button(UNITS))
    press(dialog.units, Qt.Key.Key_Return)
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, NameDialog)]


@pytest.fixture
def plan(qtbot: QtBot, ws: Workspace) -> PlanScreen:
    runner = DirectRunner(ws)
    made = PlanScreen(runner, ws.identity())
    qtbot.addWidget(made)
    runner.changed.connect(made.refresh)
    made.resize(1198, 650)
    made.show()
    made.refresh(None)
    return made


def follow(plan: PlanScreen, words: str) -> None:
    """Follow the link of these words in the details, by keyboard: Tab to it, Enter."""
    page = plan.details.page
    page.setFocus()
    for _ in range(40):
        press(page, Qt.Key.Key_Tab)
        if page.textCursor().selectedText() == words:
            press(page, Qt.Key.Key_Return)
            return
    raise AssertionError(f"no link {words}: {page.toPlainText()}")


def needs_review(ws: Workspace, path: str) -> bool:
    return next(row.needs_review for row in planning.plan_view(ws).rows if row.path == path)


def test_a_damaged_name_is_answered_where_it_is_read(plan: PlanScreen, ws: Workspace) -> None:
    plan.open_details(reporting.item_at(ws, DAMAGED))
    assert needs_review(ws, DAMAGED)
    follow(plan, "Chỉ rõ đơn vị…")
    picker = plan.window().findChild(UnitPicker)
    assert picker is not None
    keys(picker.search, "phong van hoa")
    press(picker.search, Qt.Key.Key_Down)
    press(picker.list, Qt.Key.Key_Return)
    assert not needs_review(ws, DAMAGED)
    assert ws.units().find("Phòng VTTT") == ws.unit_named("Phòng VHTT")
    assert "tên có thể bị hỏng" not in plan.details.page.toPlainText()


def test_an_open_collective_is_listed_where_it_is_read(plan: PlanScreen, ws: Workspace) -> None:
    plan.open_details(reporting.item_at(ws, SCHOOLS))
    follow(plan, "Lập danh sách đơn vị…")
    members = opened(MembersDialog)
    keys(members.search, "phong noi vu")
    members.ticks.setFocus()
    press(members.ticks, Qt.Key.Key_Space)
    click(members.save)
    assert "gồm những đơn vị nào" not in plan.details.page.toPlainText()
    assert ws.units().resolve("Các trường học").units == (ws.unit_named("Phòng Nội vụ").id,)


def test_a_name_taken_by_another_is_told(plan: PlanScreen, ws: Workspace) -> None:
    plan.open_details(reporting.item_at(ws, LEVEL))
    follow(plan, "Chỉ rõ đơn vị…")
    picker = plan.window().findChild(UnitPicker)
    assert picker is not None
    picker.choose("Phòng Tư pháp")
    press(picker.list, Qt.Key.Key_Return)
    told = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.windowTitle() == "Sổ tiến độ"]
    assert len(told) == 1
    told[0].close()
    assert ws.units().find("Uỷ ban MTTQ") == ws.unit_named("UB MTTQ quận")
