"""The first start: starter file with its code compared, a plan checked before it is taken, the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop.services.environment import Environment
from desktop.services.traffic import enrolling
from desktop.services.views import Identity, Role
from desktop.services.workspace import workspace
from desktop.ui.start.screen import StartScreen
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.units import UnitPicker
from tests.ui.conftest import RESOURCES

PLAN = RESOURCES / "plans" / "long-bien-2023-160-KH-QU.txt"


@dataclass
class Bench:
    """A start screen on an empty folder."""

    runner: TaskRunner
    begun: list[Identity] = field(default_factory=list)
    screen: StartScreen = field(init=False)

    def __post_init__(self) -> None:
        self.screen = StartScreen(self.runner, self.begun.append)


@pytest.fixture
def bench(environment: Environment, tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    surroundings = replace(environment, keys_folder=tmp_path / "own-keys")
    runner = TaskRunner(surroundings, tmp_path / "new")
    made = Bench(runner)
    qtbot.addWidget(made.screen)
    made.screen.resize(1180, 700)
    made.screen.show()
    yield made
    runner.close()


@pytest.fixture
def starter(hub: tuple[Environment, Path], tmp_path: Path) -> tuple[Path, str]:
    """A starter file and its root's code."""
    with workspace(*hub) as ws:
        return enrolling.write_starter(ws, tmp_path / "khởi tạo.sotiendo").path, enrolling.own_code(ws)


def _look(bench: Bench, path: Path, page: object, qtbot: QtBot) -> None:
    bench.screen.take_files([path])
    qtbot.waitUntil(lambda: bench.screen.pages.currentWidget() is page)


def test_a_unit_compares_the_code_and_works_at_once(bench: Bench, starter: tuple[Path, str], qtbot: QtBot) -> None:
    path, code = starter
    page = bench.screen.starter
    _look(bench, path, page, qtbot)
    assert code[:4] in page.code.text()
    page.units.search.setText("phuong bo de")
    page.units.choose("Phường Bồ Đề")
    assert not page.go.isEnabled()
    page.typed.setText("0000")
    assert page.told.property("look") == "wrong"
    page.typed.setText(f"{code[:4]} {code[4:]}")
    assert page.go.isEnabled()
    page.person.setText("Công chức văn phòng")
    QTest.mouseClick(page.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(bench.begun), timeout=20_000)
    assert bench.begun[0].role is Role.UNIT
    assert bench.begun[0].unit_name == "Phường Bồ Đề"
    persons: list[str] = []
    bench.runner.run(lambda ws: ws.person, persons.append)
    qtbot.waitUntil(lambda: bool(persons))
    assert persons == ["Công chức văn phòng"]


def test_hearing_the_code_counts_unless_something_else_was_typed(
    bench: Bench, starter: tuple[Path, str], qtbot: QtBot
) -> None:
    page = bench.screen.starter
    _look(bench, starter[0], page, qtbot)
    page.heard.setChecked(True)
    assert page.confirmed
    page.typed.setText("1")
    assert not page.typed.text() == starter[1]
    assert page.told.text() != "√ Đã đối chiếu qua điện thoại."


def test_nothing_is_stored_before_it_begins(bench: Bench, starter: tuple[Path, str], qtbot: QtBot) -> None:
    _look(bench, starter[0], bench.screen.starter, qtbot)
    assert not bench.runner.folder.exists() or not any(bench.runner.folder.iterdir())
    bench.screen.starter.back.emit()
    assert bench.screen.pages.currentIndex() == 0


def test_a_hub_sees_the_findings_then_goes(bench: Bench, qtbot: QtBot) -> None:
    page = bench.screen.hub
    _look(bench, PLAN, page, qtbot)
    assert "160-KH/QU" in page.check.heading.text()
    assert "0 lỗi" in page.check.counts.text()
    assert page.seen is not None
    assert page.seen.plan is not None
    assert len(page.check.findings.list.rows) == len(page.seen.plan.findings)
    QTest.mouseClick(page.onward, Qt.MouseButton.LeftButton)
    assert not page.go.isEnabled()
    page.units.choose("UB MTTQ quận")
    QTest.mouseClick(page.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(bench.begun), timeout=20_000)
    assert bench.begun[0].role is Role.HUB
    assert not bench.begun[0].demonstration


def test_the_demonstration_stands_beside_the_real_folder(bench: Bench, qtbot: QtBot) -> None:
    real = bench.runner.folder
    QTest.mouseClick(bench.screen.open_demonstration, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(bench.begun), timeout=20_000)
    assert bench.begun[0].demonstration
    assert bench.runner.folder != real
    assert bench.runner.folder.parent == real.parent
    assert not real.exists() or not any(real.iterdir())
    assert bench.runner.environment.clock().date() == date(2023, 9, 14)
    assert bench.runner.environment.keys_folder.parent == bench.runner.folder


def test_what_is_no_plan_is_told_and_the_choices_stay(bench: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    note = tmp_path / "ghi chú.txt"
    note.write_text("Không phải kế hoạch.", encoding="utf-8")
    bench.screen.look_at(note)
    qtbot.waitUntil(lambda: any(isinstance(one, QDialog) for one in QApplication.topLevelWidgets()))
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog):
            dialog.accept()
    assert bench.screen.pages.currentIndex() == 0
    assert bench.screen.open_demonstration.isEnabled()


def test_units_are_found_without_marks_and_by_keyboard(qtbot: QtBot) -> None:
    picker = UnitPicker()
    qtbot.addWidget(picker)
    picker.show()
    picker.activateWindow()
    qtbot.waitUntil(picker.isActiveWindow)
    picker.show_units(["Phường Bồ Đề", "Phòng Văn hóa và Thông tin", "Phường Long Biên"])
    told: list[str] = []
    picker.chosen.connect(told.append)
    QTest.keyClicks(picker.search, "van hoa")
    assert picker.name == "Phòng Văn hóa và Thông tin"
    assert told[-1] == picker.name
    picker.search.setText("long")
    assert picker.name == "Phường Long Biên"
    picker.search.setText("không có")
    assert picker.name == ""
    picker.search.clear()
    picker.search.setFocus()
    QTest.keyClick(picker.search, Qt.Key.Key_Down)
    assert picker.list.hasFocus()


def test_no_unit_is_chosen_before_one_sees_it(qtbot: QtBot) -> None:
    picker = UnitPicker()
    qtbot.addWidget(picker)
    picker.show()
    picker.activateWindow()
    qtbot.waitUntil(picker.isActiveWindow)
    picker.show_units(["UBND quận", "Phường Bồ Đề", "Trạm Y tế phường Bồ Đề"])
    picker.search.setText("bo de")
    picker.list.setFocus()
    assert picker.name == ""
    picker.search.setFocus()
    QTest.keyClick(picker.search, Qt.Key.Key_Down)
    assert picker.name == "Phường Bồ Đề"
    assert [item.text() for item in picker.list.selectedItems()] == ["Phường Bồ Đề"]
