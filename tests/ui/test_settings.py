"""Thiết lập: choices are in force and kept at once; the name is checked at its field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from desktop.models.errors import Mistake
from desktop.services.environment import Environment
from desktop.services.preferences import Preferences, preferences, set_person
from desktop.services.traffic.enrolling import own_code
from desktop.services.workspace import workspace
from desktop.ui import theme
from desktop.ui.settings.screen import SettingsScreen
from desktop.ui.tasks import TaskRunner
from desktop.ui.units.dialog import UnitsDialog
from desktop.ui.units.members import MembersDialog
from desktop.ui.widgets.words import grouped


@pytest.fixture
def screen(hub: tuple[Environment, Path], restored: QApplication, qtbot: QtBot) -> Iterator[SettingsScreen]:
    with workspace(*hub) as ws:
        identity, code = ws.identity(), own_code(ws)
    runner = TaskRunner(*hub)
    made = SettingsScreen(runner, identity)
    qtbot.addWidget(made)
    made.show()
    made.refresh(None)
    qtbot.waitUntil(lambda: made.code.text() == grouped(code))
    yield made
    runner.close()


def _kept(screen: SettingsScreen, qtbot: QtBot) -> Preferences:
    got: list[Preferences] = []
    screen._runner.run(preferences, got.append)
    qtbot.waitUntil(lambda: bool(got))
    return got[0]


def test_the_name_is_saved_on_leaving_the_field(screen: SettingsScreen, qtbot: QtBot) -> None:
    screen.person.setText("  Trần Thị B  ")
    with qtbot.waitSignal(screen.person_changed):
        assert screen.commit_pending()
    assert _kept(screen, qtbot).person == "Trần Thị B"


@pytest.mark.parametrize(("height", "scrolls"), [(900, False), (400, True)])
def test_it_scrolls_only_where_there_is_more_to_see(
    screen: SettingsScreen, qtbot: QtBot, height: int, scrolls: bool
) -> None:
    screen.resize(1201, height)
    area = screen.findChild(QScrollArea)
    assert area is not None
    qtbot.waitUntil(lambda: area.viewport().height() == height)
    assert (area.verticalScrollBar().maximum() > 0) is scrolls
    assert not area.horizontalScrollBar().maximum()


def test_an_empty_name_is_told_at_the_field(screen: SettingsScreen, qtbot: QtBot) -> None:
    before = _kept(screen, qtbot).person
    screen.person.clear()
    screen.commit_pending()
    qtbot.waitUntil(screen.problem.isVisible)
    assert screen.person.property("wrong") == "true"
    assert _kept(screen, qtbot).person == before


def test_theme_and_size_are_in_force_and_kept(screen: SettingsScreen, qtbot: QtBot) -> None:
    QTest.mouseClick(screen.schemes.button("dark"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(screen.sizes.button(12.5), Qt.MouseButton.LeftButton)
    assert theme.colours() is theme.DARK
    assert QApplication.font().pointSizeF() == 12.5
    kept = _kept(screen, qtbot)
    assert (kept.scheme, kept.text_points) == ("dark", 12.5)


def test_the_code_can_be_copied(screen: SettingsScreen) -> None:
    screen._copy_code()
    assert QApplication.clipboard().text() == screen.code.text()


def test_units_are_read_away_from_the_window(screen: SettingsScreen, qtbot: QtBot) -> None:
    QTest.mouseClick(screen.units, Qt.MouseButton.LeftButton)
    lists = screen.window().findChild(UnitsDialog)
    assert lists is not None
    qtbot.waitUntil(lambda: bool(lists.view.units))
    QTest.keyClick(lists.collectives, Qt.Key.Key_Return)
    members = lists.findChild(MembersDialog)
    assert members is not None
    qtbot.waitUntil(lambda: bool(members.rows.rows))
    # Whoever closes it while something is looked up hears nothing more.
    members.ticks.tick_shown(True)
    members._look()
    members.reject()
    lists.reject()
    _kept(screen, qtbot)


def test_names_have_a_limit(hub: tuple[Environment, Path]) -> None:
    with workspace(*hub) as ws:
        for name in ("", "   ", "x" * 81):
            with pytest.raises(Mistake) as caught:
                set_person(ws, name)
            assert caught.value.code == "PERSON_NAME"
        assert set_person(ws, "Nguyễn  Văn A").person == "Nguyễn Văn A"
