"""*Cần đối chiếu* in a real window over a real folder: seen, decided by key or button, written together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.services import reporting
from desktop.services.environment import Environment
from desktop.services.settling import clashes
from desktop.services.traffic import enrolling, exchanging
from desktop.services.workspace import Workspace, workspace
from desktop.ui.settling.panel import Settling
from desktop.ui.tasks import TaskRunner

Office = tuple[Environment, Path]
PERIOD, ITEM, WARD = "2023-Q3", "I/1/1.4", "Phường Bồ Đề"
PATIENCE = 30_000


def enter(ws: Workspace, **values: object) -> None:
    item, unit = reporting.item_at(ws, ITEM), ws.unit_named(WARD).id
    reporting.enter(ws, item, unit, PERIOD, values, {})


@pytest.fixture
def runner(hub: Office, tmp_path: Path) -> Iterator[TaskRunner]:
    """A hub that has differed with a ward about two fields of a report."""
    environment, folder = hub
    ward = replace(environment, keys_folder=tmp_path / "ward-keys")
    with workspace(environment, folder) as ws:
        starter, code = enrolling.write_starter(ws, tmp_path).path, enrolling.own_code(ws)
    enrolling.setup_unit(ward, tmp_path / "ward", WARD, starter, code)
    with workspace(ward, tmp_path / "ward") as ws:
        enter(ws, percent=60, result="Phường đã ra mắt mô hình.")
        file = exchanging.write_packages(ws, tmp_path / "một.sotiendo")[0].path
    with workspace(environment, folder) as ws:
        enter(ws, percent=40, result="Mới khảo sát.")
        exchanging.import_files(ws, [file])
        enrolling.approve(ws, None)
        assert len(clashes(ws)) == 2
    made = TaskRunner(*hub)
    yield made
    made.close()


@pytest.fixture
def panel(runner: TaskRunner, qtbot: QtBot) -> Settling:
    made = Settling(runner)
    qtbot.addWidget(made)
    made.resize(1160, 560)
    made.show()
    made.refresh()
    qtbot.waitUntil(lambda: len(made.list.rows) == 2, timeout=PATIENCE)
    return made


def test_rivals_stand_side_by_side_and_a_key_keeps_one(panel: Settling, qtbot: QtBot) -> None:
    told: list[int] = []
    panel.counted.connect(told.append)
    clash = panel.list.current
    assert clash is not None
    assert panel.choice.count == 2
    kept = clash.rivals[0]
    panel.list.setFocus()
    QTest.keyClick(panel, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: len(panel.list.rows) == 1, timeout=PATIENCE)
    assert told[-1] == 1
    assert kept.words.split()[0] in panel.result.text()
    assert panel.list.current is not None
    assert panel.list.current.field != clash.field


def test_texts_are_written_together(panel: Settling, qtbot: QtBot) -> None:
    at = next(at for at, one in enumerate(panel.list.rows) if one.field == "result")
    panel.list.choose(at)
    assert panel.choice.together.isVisible()
    assert set(panel.choice.text.toPlainText().splitlines()) == {"Phường đã ra mắt mô hình.", "Mới khảo sát."}
    panel.choice.text.setPlainText("Khảo sát xong, phường đã ra mắt.")
    QTest.keyClick(panel.choice.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(panel.list.rows) == 1, timeout=PATIENCE)
    assert "Khảo sát xong" in panel.result.text()
    assert not panel.choice.together.isVisible(), "a number is chosen, not written together"


def _has(panel: Settling, rows: int) -> bool:
    return len(panel.list.rows) == rows


def test_the_last_one_leaves_an_empty_list_with_words(panel: Settling, qtbot: QtBot) -> None:
    for left in (1, 0):
        panel.choice.keep(1)
        qtbot.waitUntil(partial(_has, panel, left), timeout=PATIENCE)
    assert not panel.choice.isVisible()
    assert panel.list.current is None
