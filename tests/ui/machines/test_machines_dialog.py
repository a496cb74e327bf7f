"""*Máy và khóa* in a real window over a real hub: retire, count again, move, seal the spare, a new reading key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.exchange.secrets import open_spare
from desktop.services.environment import Environment
from desktop.services.traffic import enrolling, exchanging, spare
from desktop.services.workspace import workspace
from desktop.ui.machines.dialog import MachinesDialog
from desktop.ui.machines.moving import MoveDialog
from desktop.ui.machines.spare import CodeDialog
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.words import grouped

Office = tuple[Environment, Path]
WARD = "Phường Bồ Đề"
PATIENCE = 30_000


@pytest.fixture
def runner(hub: Office, tmp_path: Path) -> Iterator[TaskRunner]:
    """A hub with a ward's machine."""
    environment, folder = hub
    with workspace(environment, folder) as ws:
        starter, code = enrolling.write_starter(ws, tmp_path).path, enrolling.own_code(ws)
    ward = replace(environment, keys_folder=tmp_path / "ward-keys")
    enrolling.setup_unit(ward, tmp_path / "ward", WARD, starter, code)
    with workspace(ward, tmp_path / "ward") as ws:
        file = exchanging.write_packages(ws, tmp_path / "một.sotiendo")[0].path
    with workspace(environment, folder) as ws:
        exchanging.import_files(ws, [file])
        enrolling.approve(ws, None)
    made = TaskRunner(*hub)
    yield made
    made.close()


@pytest.fixture
def ground(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(1366, 768)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def dialog(ground: QWidget, runner: TaskRunner, qtbot: QtBot) -> MachinesDialog:
    made = MachinesDialog(ground, runner)
    made.open()
    qtbot.waitUntil(lambda: len(made.list.rows) == 2, timeout=PATIENCE)
    return made


def asked(kind: type[QDialog], qtbot: QtBot, title: str) -> QDialog:
    """The dialog of a title that opened above."""
    def found() -> list[QDialog]:
        return [
            one for one in QApplication.topLevelWidgets()
            if isinstance(one, kind) and one.isVisible() and one.windowTitle() == title
        ]

    qtbot.waitUntil(lambda: bool(found()), timeout=PATIENCE)
    return found()[0]


def press(dialog: QDialog, words: str) -> None:
    """Press the button of these words."""
    (wanted,) = [one for one in dialog.findChildren(QPushButton) if one.text() == words]
    wanted.click()


def choose(dialog: MachinesDialog, unit: str) -> None:
    dialog.list.choose(next(at for at, one in enumerate(dialog.list.rows) if one.unit_name == unit))


def test_a_machine_is_retired_after_a_question(dialog: MachinesDialog, qtbot: QtBot) -> None:
    choose(dialog, WARD)
    assert dialog.retire.isEnabled()
    dialog.retire.click()
    press(asked(QDialog, qtbot, "Cho máy thôi"), "Cho thôi")
    qtbot.waitUntil(lambda: any(one.retired for one in dialog.list.rows), timeout=PATIENCE)
    assert WARD in dialog.told.text()
    choose(dialog, WARD)
    assert not dialog.retire.isEnabled()
    assert not dialog.recount.isVisible(), "nothing came late"


def test_the_own_machine_is_not_offered(dialog: MachinesDialog) -> None:
    dialog.list.choose(next(at for at, one in enumerate(dialog.list.rows) if one.own))
    assert not dialog.retire.isEnabled()
    assert not dialog.move_unit.isEnabled()


@pytest.mark.parametrize("also", [False, True])
def test_a_machine_is_given_another_unit(dialog: MachinesDialog, qtbot: QtBot, *, also: bool) -> None:
    choose(dialog, WARD)
    dialog.move_unit.click()
    moving = asked(MoveDialog, qtbot, "Đổi đơn vị của máy")
    assert isinstance(moving, MoveDialog)
    assert not moving.go.isEnabled()
    QTest.keyClicks(moving.units.search, "ngoc lam")
    moving.units.list.setCurrentRow(next(
        at for at in range(moving.units.list.count()) if moving.units.list.item(at).text() == "Phường Ngọc Lâm"
    ))
    moving.also.setChecked(also)
    moving.go.click()
    wanted = {WARD, "Phường Ngọc Lâm"} if also else {"Phường Ngọc Lâm"}
    qtbot.waitUntil(lambda: wanted in [set(one.units) for one in dialog.list.rows], timeout=PATIENCE)


def test_the_spare_is_sealed_and_its_code_shown_once(
    dialog: MachinesDialog, qtbot: QtBot, tmp_path: Path, runner: TaskRunner
) -> None:
    assert dialog.spare.seal.isVisible()
    dialog.spare.seal_to(tmp_path)
    shown = asked(QDialog, qtbot, "Mã mở khóa dự phòng")
    file = next(tmp_path.glob("*.khoa-du-phong"))
    words = [one.text() for one in shown.findChildren(QWidget) if hasattr(one, "text")]
    code = next("".join(text.split()) for text in words if "".join(text.split()).isdecimal())
    assert grouped(code) in words
    press(shown, "Tôi đã ghi mã ra giấy")
    qtbot.waitUntil(lambda: dialog.spare.renew.isVisible(), timeout=PATIENCE)
    assert not dialog.spare.seal.isVisible()
    found: list[bool] = []
    runner.run(spare.is_sealed, found.append)
    qtbot.waitUntil(lambda: found == [True], timeout=PATIENCE)
    assert open_spare(file.read_bytes(), code).keys.identity


def test_the_reading_key_is_replaced_after_a_question(dialog: MachinesDialog, qtbot: QtBot) -> None:
    dialog.spare.reading.click()
    press(asked(QDialog, qtbot, "Đổi khóa đọc"), "Đổi khóa đọc")
    qtbot.waitUntil(lambda: "khóa đọc" in dialog.told.text(), timeout=PATIENCE)


def test_thirty_digits_are_wanted(ground: QWidget, qtbot: QtBot) -> None:
    given: list[str] = []
    made = CodeDialog(ground, given.append)
    made.open()
    QTest.keyClicks(made.typed, "1234 5678")
    assert not made.go.isEnabled()
    QTest.keyClicks(made.typed, " 9012 3456 7890 1234 5678 90")
    assert made.go.isEnabled()
    made.go.click()
    assert given == ["123456789012345678901234567890"]
