"""*Mở kế hoạch mới* from the window: file, check, rows carried over, then one works in the new plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import make_window
from desktop.services.environment import Environment
from desktop.services.plan.new_plan import CarryRow
from desktop.services.plan.planning import plan_view
from desktop.services.plan.plans import plans
from desktop.services.workspace import workspace
from desktop.ui.newplan.dialog import NewPlanDialog
from desktop.ui.shell.window import MainWindow
from tests.next_year import write_next_plan
from tests.ui.hands import click, press


@pytest.fixture
def window(hub: tuple[Environment, Path], qtbot: QtBot, restored: QApplication) -> Iterator[MainWindow]:
    made = make_window(*hub)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.begin()
    qtbot.waitUntil(lambda: made.desk is not None and bool(made.desk.top.plan.menu.actions()))
    yield made
    made.runner.close()


def asked(window: MainWindow) -> NewPlanDialog:
    """The dialog, from the menu of plans."""
    assert window.desk is not None
    entries = {entry.text(): entry for entry in window.desk.top.plan.menu.actions()}
    entries["Mở kế hoạch mới…"].trigger()
    (dialog,) = window.findChildren(NewPlanDialog)
    return dialog


def test_from_file_to_the_new_desk(
    window: MainWindow, hub: tuple[Environment, Path], tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = asked(window)
    assert not dialog.onward.isEnabled()
    dialog.look_at(write_next_plan(tmp_path))
    qtbot.waitUntil(lambda: dialog.step == 1)
    # The office's own units are known: nothing is unknown, though the file names no issuer.
    assert not [one for one in dialog.check.findings.list.rows if one.code == "UNIT_UNKNOWN"]
    click(dialog.onward)
    qtbot.waitUntil(lambda: dialog.step == 2)
    rows: tuple[CarryRow, ...] = dialog.carry.list.rows
    assert rows
    assert not dialog.carry.carried
    press(dialog.carry.list, Qt.Key.Key_Space)
    press(dialog.carry.list, Qt.Key.Key_Down)
    press(dialog.carry.list, Qt.Key.Key_Return)
    press(dialog.carry.list, Qt.Key.Key_Return)
    (carried,) = dialog.carry.carried
    assert carried.record == rows[0].record
    assert dialog.carry.counts.text().startswith("Chuyển tiếp 1/")
    before = window.desk
    click(dialog.onward)
    qtbot.waitUntil(lambda: window.desk is not None and window.desk is not before, timeout=20_000)
    assert window.desk is not None
    assert window.desk.identity.plan.year == 2024
    window.runner.close()
    with workspace(*hub) as ws:
        assert [(one.year, one.current) for one in plans(ws)] == [(2024, True), (2023, False)]
        moved = [row for row in plan_view(ws).rows if row.path.startswith(("chuyen-tiep/", "chi-tieu-chuyen-tiep/"))]
        assert [row.title for row in moved] == [rows[0].title]


def test_going_back_and_away_keeps_nothing(
    window: MainWindow, hub: tuple[Environment, Path], tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = asked(window)
    dialog.look_at(write_next_plan(tmp_path))
    qtbot.waitUntil(lambda: dialog.step == 1)
    click(dialog.onward)
    qtbot.waitUntil(lambda: dialog.step == 2)
    click(dialog.back)
    assert dialog.step == 1
    press(dialog, Qt.Key.Key_Escape)
    window.runner.close()
    with workspace(*hub) as ws:
        assert [one.year for one in plans(ws)] == [2023]
