"""The plan at the top of the window: a label or a menu, going to another plan, ending one; on real folders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.models.plan import PlanHeader
from desktop.services.environment import Environment
from desktop.services.plan.issuing import read_for_office
from desktop.services.plan.new_plan import open_new_plan
from desktop.services.plan.planning import plan_view
from desktop.services.plan.plans import PlanChoice, choose_plan, plans
from desktop.services.reporting import report_lines
from desktop.services.traffic import enrolling, exchanging
from desktop.services.traffic.views import ImportDone
from desktop.services.views import Changes, Identity, Role
from desktop.services.workspace import workspace
from desktop.ui.amending.dialog import AmendDialog
from desktop.ui.plan.screen import PlanScreen
from desktop.ui.shell.desk import Desk
from desktop.ui.shell.plans import PlanPlace
from desktop.ui.shell.window import MainWindow
from desktop.ui.theme import colours
from desktop.ui.traffic.receipt_words import receipt_html, summary_words
from desktop.ui.work.model import COLUMNS, Column
from desktop.ui.work.screen import WorkScreen
from tests.next_year import write_next_plan
from tests.ui.hands import keys, press

OLD, NEW = "Kế hoạch 160-KH/QU · 2023", "Kế hoạch 98-KH/QU · 2024"


@pytest.fixture
def two_plans(hub: tuple[Environment, Path], tmp_path: Path) -> tuple[Environment, Path]:
    """A demonstration hub with the plan of the year after, working in the old one."""
    with workspace(*hub) as ws:
        plan, tree = read_for_office(ws, write_next_plan(tmp_path))
        old = ws.store.plan
        open_new_plan(ws, plan, tree)
        choose_plan(ws, old)
    return hub


@pytest.fixture
def windows(qtbot: QtBot) -> Iterator[list[MainWindow]]:
    """Windows that a test has open; closed in good order at its end."""
    opened: list[MainWindow] = []
    yield opened
    for window in opened:
        window.runner.close()


def show(windows: list[MainWindow], at: tuple[Environment, Path], qtbot: QtBot) -> MainWindow:
    window = app.make_window(*at)
    windows.append(window)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.begin()
    qtbot.waitUntil(lambda: window.desk is not None and bool(window.desk.top.plan.menu.actions()))
    return window


def desk(window: MainWindow) -> Desk:
    assert window.desk is not None
    return window.desk


def entries(window: MainWindow) -> dict[str, QAction]:
    return {entry.text(): entry for entry in desk(window).top.plan.menu.actions() if entry.text()}


def test_a_hub_has_a_menu_of_its_plans(
    windows: list[MainWindow], two_plans: tuple[Environment, Path], qtbot: QtBot, restored: QApplication
) -> None:
    window = show(windows, two_plans, qtbot)
    place = desk(window).top.plan
    assert (place.button.isVisible(), place.label.isVisible()) == (True, False)
    assert place.button.text() == OLD
    assert place.button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert list(entries(window)) == [
        "98-KH/QU · 2024", "160-KH/QU · 2023", "Bản mới của kế hoạch này…", "Mở kế hoạch mới…", "Kết thúc kế hoạch…",
    ]
    assert [entry.isChecked() for entry in entries(window).values()] == [False, True, False, False, False]


def test_going_to_another_plan_saves_what_is_typed_and_shows_the_other(
    windows: list[MainWindow], two_plans: tuple[Environment, Path], qtbot: QtBot, restored: QApplication
) -> None:
    window = show(windows, two_plans, qtbot)
    assert desk(window).show_titled("Kế hoạch")
    before = desk(window)
    entries(window)["98-KH/QU · 2024"].trigger()
    assert not before.isEnabled()
    qtbot.waitUntil(lambda: window.desk is not before)
    assert desk(window).top.plan.text() == NEW
    assert "98-KH/QU · 2024" in window.windowTitle()
    screen = desk(window).shown
    assert isinstance(screen, PlanScreen)
    qtbot.waitUntil(lambda: desk(window).top.plan.button.isVisible())
    assert desk(window).top.plan.button.text() == NEW
    window.runner.close()
    with workspace(*two_plans) as ws:
        assert ws.identity().plan.year == 2024
        assert len(plan_view(ws).rows) == 5


def test_a_value_being_typed_goes_into_its_own_plan(
    windows: list[MainWindow], two_plans: tuple[Environment, Path], qtbot: QtBot, restored: QApplication
) -> None:
    window = show(windows, two_plans, qtbot)
    assert desk(window).show_titled("Việc kỳ này")
    screen = desk(window).shown
    assert isinstance(screen, WorkScreen)
    qtbot.waitUntil(lambda: screen.view is not None)
    key = screen.model.flat.row(0)
    screen.grid.go_to((key.item, key.unit), COLUMNS.index(Column.RESULT))
    screen.grid.setFocus()
    keys(screen.grid, "D")
    editor = screen.grid.editor()
    keys(editor, "ang go do dang")
    entries(window)["98-KH/QU · 2024"].trigger()
    qtbot.waitUntil(lambda: desk(window).top.plan.text() == NEW)
    window.runner.close()
    with workspace(*two_plans) as ws:
        assert report_lines(ws) == ()
        old = ws.of(next(one.id for one in plans(ws) if one.year == 2023))
        results = [line.report.result for line in report_lines(old) if line.report.item == key.item]
        assert any("Dang go do dang" in result for result in results)


def test_a_wrong_field_keeps_the_person_in_the_plan(
    windows: list[MainWindow], two_plans: tuple[Environment, Path], qtbot: QtBot, restored: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = show(windows, two_plans, qtbot)
    before = desk(window)
    assert before.shown is not None
    monkeypatch.setattr(before.shown, "commit_pending", lambda: False)
    entries(window)["98-KH/QU · 2024"].trigger()
    assert before.isEnabled()
    with qtbot.waitSignal(window.runner.changed):
        window.runner.run(lambda _ws: Changes(plans=True), lambda _done: None)
    assert window.desk is before
    assert before.top.plan.text() == OLD


def test_a_newer_version_is_taken_from_the_menu(
    windows: list[MainWindow], two_plans: tuple[Environment, Path], qtbot: QtBot, restored: QApplication
) -> None:
    window = show(windows, two_plans, qtbot)
    entries(window)["Bản mới của kế hoạch này…"].trigger()
    (dialog,) = window.findChildren(AmendDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_ending_asks_first_and_can_be_taken_back(
    windows: list[MainWindow], two_plans: tuple[Environment, Path], qtbot: QtBot, restored: QApplication
) -> None:
    window = show(windows, two_plans, qtbot)
    place = desk(window).top.plan
    entries(window)["Kết thúc kế hoạch…"].trigger()
    asked = _dialog()
    assert "Kết thúc Kế hoạch 160-KH/QU · 2023?" in _texts(asked)
    assert asked.focusWidget() is not None
    press(asked, Qt.Key.Key_Escape)
    assert place.text() == OLD
    entries(window)["Kết thúc kế hoạch…"].trigger()
    next(held for held in _dialog().findChildren(QPushButton) if held.text() == "Kết thúc").click()
    qtbot.waitUntil(lambda: place.text() == f"{OLD} · đã kết thúc")
    assert list(entries(window))[1:] == [
        "160-KH/QU · 2023 · đã kết thúc", "Mở kế hoạch mới…", "Mở lại kế hoạch này",
    ]
    entries(window)["Mở lại kế hoạch này"].trigger()
    qtbot.waitUntil(lambda: place.text() == OLD)


def test_the_next_plan_is_offered_where_somebody_opens_it(qtbot: QtBot) -> None:
    header = PlanHeader("160-KH/QU", None, "", "Chủ đề năm", "", 2023, "")
    identity = Identity(Role.HUB, "mttq", "UB MTTQ quận", header, "UB MTTQ quận", "PC1", demonstration=False)
    choices = (PlanChoice("a", "160-KH/QU", 2023, "Chủ đề năm", None, current=True),)
    for opens_new in (False, True):
        place = PlanPlace(identity, opens_new=opens_new)
        qtbot.addWidget(place)
        place.show_plans(choices)
        found = {entry.text(): entry for entry in place.menu.actions()}
        assert ("Mở kế hoạch mới…" in found) is opens_new
        if opens_new:
            with qtbot.waitSignal(place.new_asked):
                found["Mở kế hoạch mới…"].trigger()


def test_at_a_unit_a_label_becomes_a_menu_when_a_second_plan_comes(
    windows: list[MainWindow], hub: tuple[Environment, Path], tmp_path: Path, qtbot: QtBot, restored: QApplication
) -> None:
    environment, folder = hub
    with workspace(environment, folder) as ws:
        starter, code = enrolling.write_starter(ws, tmp_path).path, enrolling.own_code(ws)
        enrolling.setup_unit(environment, tmp_path / "phường", "Phường Bồ Đề", starter, code)
        plan, tree = read_for_office(ws, write_next_plan(tmp_path))
        open_new_plan(ws, plan, tree)
        common = enrolling.write_starter(ws, tmp_path).path
    window = show(windows, (environment, tmp_path / "phường"), qtbot)
    place = desk(window).top.plan
    assert (place.button.isVisible(), place.label.isVisible(), place.label.text()) == (False, True, OLD)
    assert list(entries(window)) == ["160-KH/QU · 2023"]
    told: list[ImportDone] = []
    window.runner.run(lambda ws: exchanging.import_files(ws, [common]), told.append)
    qtbot.waitUntil(place.button.isVisible)
    assert not place.label.isVisible()
    assert list(entries(window)) == ["98-KH/QU · 2024", "160-KH/QU · 2023"]
    (receipt,) = told[0].receipts
    assert summary_words(receipt).startswith("Kế hoạch 98-KH/QU năm 2024: Đã mở Kế hoạch 98-KH/QU năm 2024")
    assert "Thuộc kế hoạch" in receipt_html(receipt, colours())
    entries(window)["98-KH/QU · 2024"].trigger()
    qtbot.waitUntil(lambda: desk(window).top.plan.text() == NEW)


def test_the_button_cuts_a_long_number_and_fits_the_smallest_window(
    windows: list[MainWindow], two_plans: tuple[Environment, Path], qtbot: QtBot, restored: QApplication
) -> None:
    window = show(windows, two_plans, qtbot)
    place = desk(window).top.plan
    place.show_plans((
        PlanChoice("a", "160-KH/BCĐ-BTVQU-UBMTTQ-HĐND", 2023, "Chủ đề năm", date(2024, 1, 1), current=True),
        PlanChoice("b", "98-KH/QU", 2024, "", None, current=False),
    ))
    window.resize(1024, 600)
    assert place.button.text().endswith("…")
    assert "160-KH/BCĐ-BTVQU-UBMTTQ-HĐND · 2023 · đã kết thúc" in place.button.accessibleName()
    assert window.minimumSizeHint().width() <= 1024


def _dialog() -> QDialog:
    return next(held for held in QApplication.topLevelWidgets() if isinstance(held, QDialog) and held.isVisible())


def _texts(dialog: QDialog) -> set[str]:
    return {held.text() for held in dialog.findChildren(QLabel)}
