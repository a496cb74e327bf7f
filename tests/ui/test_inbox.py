"""The line about the watched folder on real folders: offered, imported, refused, away; nobody is held up or asked."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.models.errors import EnvironmentTrouble
from desktop.services.environment import Environment
from desktop.services.traffic import enrolling
from desktop.services.traffic.exchanging import write_packages
from desktop.services.traffic.inbox import InboxDone, inbox_folder, set_inbox
from desktop.services.traffic.looking import DONE, Look, look
from desktop.services.traffic.views import Outcome
from desktop.services.views import Changes, Identity
from desktop.services.workspace import workspace
from desktop.ui.settings.inbox import InboxChoice
from desktop.ui.tasks import TaskRunner
from desktop.ui.traffic import inbox
from desktop.ui.traffic.exchange import ExchangeScreen
from desktop.ui.traffic.inbox import BRISK, CALM, InboxStrip, done_words
from desktop.ui.traffic.receive import ReceiveScreen
from tests.ui.hands import click

Office = tuple[Environment, Path]
PATIENCE = 30_000
"""Milliseconds: keys are slow to derive, and the machine may be busy."""


@pytest.fixture
def share(tmp_path: Path) -> Path:
    made = tmp_path / "Thư mục chung"
    made.mkdir()
    return made


@pytest.fixture
def unit_file(hub: Office, tmp_path: Path) -> Path:
    """The first package of a ward that the hub does not know yet, outside the share."""
    environment, folder = hub
    out = tmp_path / "usb"
    out.mkdir()
    with workspace(environment, folder) as ws:
        starter, code = enrolling.write_starter(ws, out).path, enrolling.own_code(ws)
    ward = replace(environment, keys_folder=tmp_path / "ward-keys")
    enrolling.setup_unit(ward, tmp_path / "ward", "Phường Bồ Đề", starter, code)
    with workspace(ward, tmp_path / "ward") as ws:
        return write_packages(ws, out)[0].path


@pytest.fixture
def asked() -> list[bool]:
    """Every time the passphrase was asked for."""
    return []


@pytest.fixture
def runner(hub: Office, share: Path, unit_file: Path, asked: list[bool]) -> Iterator[TaskRunner]:
    """A runner of the hub, which watches the share; its keys are not open."""
    environment, folder = hub
    with workspace(environment, folder) as ws:
        set_inbox(ws, share)

    def passphrase(new: bool) -> str:
        asked.append(new)
        return "mật khẩu thử"

    made = TaskRunner(replace(environment, passphrase=passphrase), folder)
    yield made
    made.close()


@pytest.fixture
def receive(runner: TaskRunner, qtbot: QtBot) -> ReceiveScreen:
    made = ReceiveScreen(runner)
    runner.changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(1180, 600)
    made.show()
    return made


def arrive(source: Path, share: Path, name: str = "", *, cut: int = 0) -> Path:
    """A file comes to lie in the share, some years old; of the first bytes only where it was cut."""
    path = share / (name or source.name)
    shutil.copyfile(source, path)
    if cut:
        path.write_bytes(path.read_bytes()[:-cut])
    os.utime(path, (0, 0))
    return path


def look_until(strip: InboxStrip, qtbot: QtBot, reached: Callable[[], bool]) -> None:
    """Look again until something shows."""
    def looked() -> bool:
        strip.look()
        return reached()

    qtbot.waitUntil(looked, timeout=PATIENCE)


def test_what_arrived_is_offered_and_taken_with_one_click(
    receive: ReceiveScreen, unit_file: Path, share: Path, qtbot: QtBot, asked: list[bool]
) -> None:
    path = arrive(unit_file, share)
    receive.refresh(None)
    strip = receive.inbox
    qtbot.waitUntil(strip.take.isVisible, timeout=PATIENCE)
    assert strip.words.text() == "Có 1 tệp mới trong thư mục nhận:"
    assert strip.names.text() == f"{path.name} (chưa kiểm tra)"
    assert asked == [], "nobody is asked for a passphrase by a file that arrives"
    click(strip.take)
    qtbot.waitUntil(lambda: bool(receive.browser.list.rows), timeout=PATIENCE)
    assert receive.browser.list.rows[0].outcome is Outcome.HELD
    assert (path.exists(), (share / DONE / path.name).exists()) == (False, True)
    qtbot.waitUntil(lambda: not strip.take.isVisible(), timeout=PATIENCE)
    assert strip.names.text() == "√ Đã nhập 1 tệp từ thư mục nhận. Đã chuyển 1 tệp vào da-nhap."
    assert len(asked) == 1


def test_once_the_keys_are_open_the_line_says_who_sent(
    receive: ReceiveScreen, runner: TaskRunner, unit_file: Path, share: Path, qtbot: QtBot
) -> None:
    opened: list[object] = []
    runner.run(lambda ws: ws.identities(), opened.append)
    qtbot.waitUntil(lambda: bool(opened), timeout=PATIENCE)
    arrive(unit_file, share)
    receive.refresh(None)
    qtbot.waitUntil(receive.inbox.take.isVisible, timeout=PATIENCE)
    qtbot.waitUntil(lambda: receive.inbox.names.text().startswith("Phường Bồ Đề (Quý III"), timeout=PATIENCE)


def test_a_half_copied_file_shows_nothing_until_it_is_whole(
    receive: ReceiveScreen, unit_file: Path, share: Path, qtbot: QtBot
) -> None:
    coming = arrive(unit_file, share, f".syncthing.{unit_file.name}.tmp", cut=500)
    now = receive._runner.environment.clock().timestamp()
    os.utime(coming, (now, now))
    receive.refresh(None)
    strip = receive.inbox
    qtbot.waitUntil(strip._timer.isActive, timeout=PATIENCE)
    assert strip.isHidden()
    assert strip._timer.interval() == BRISK
    coming.unlink()
    arrive(unit_file, share)
    look_until(strip, qtbot, strip.take.isVisible)
    qtbot.waitUntil(strip._timer.isActive, timeout=PATIENCE)
    assert strip._timer.interval() == CALM


def test_what_cannot_be_imported_is_told_once(
    receive: ReceiveScreen, runner: TaskRunner, share: Path, qtbot: QtBot
) -> None:
    bad = share / "trang web.sotiendo"
    bad.write_bytes(b"<html>")
    os.utime(bad, (0, 0))
    opened: list[object] = []
    runner.run(lambda ws: ws.identities(), opened.append)
    qtbot.waitUntil(lambda: bool(opened), timeout=PATIENCE)
    receive.refresh(None)
    strip = receive.inbox
    qtbot.waitUntil(strip.known.isVisible, timeout=PATIENCE)
    assert strip.words.text() == "1 tệp trong thư mục nhận không nhập được:"
    assert "trang web.sotiendo – Đây không phải tệp Sổ tiến độ." in strip.names.text()
    click(strip.known)
    qtbot.waitUntil(strip.isHidden, timeout=PATIENCE)
    qtbot.waitUntil(lambda: bool(receive.browser.list.rows), timeout=PATIENCE)
    assert receive.browser.list.rows[0].outcome is Outcome.REFUSED
    qtbot.waitUntil(strip._timer.isActive, timeout=PATIENCE)
    assert strip.isHidden()
    assert bad.exists()


def test_a_share_that_hangs_holds_nobody_up(
    receive: ReceiveScreen, runner: TaskRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, released = threading.Event(), threading.Event()

    def hang(folder: Path, moment: object, before: Look | None) -> Look:
        reached.set()
        released.wait()
        raise EnvironmentTrouble("MEDIUM_GONE", "Không còn thấy thư mục.")

    monkeypatch.setattr(inbox, "look", hang)
    receive.refresh(None)
    qtbot.waitUntil(reached.is_set, timeout=PATIENCE)
    answers: list[Path | None] = []
    runner.run(inbox_folder, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE)
    assert runner.close() == (), "closing does not wait for it"
    assert not released.is_set()
    hanging = runner._beside
    assert hanging is not None
    assert hanging.is_alive()
    released.set()
    hanging.join()


def test_a_share_that_is_away_is_told_quietly_and_looked_for_again(
    receive: ReceiveScreen, unit_file: Path, share: Path, qtbot: QtBot
) -> None:
    share.rmdir()
    receive.refresh(None)
    strip = receive.inbox
    qtbot.waitUntil(strip.isVisible, timeout=PATIENCE)
    assert strip.names.text().startswith("Thư mục nhận: Không còn thấy thư mục")
    assert not strip.take.isVisible()
    share.mkdir()
    arrive(unit_file, share)
    look_until(strip, qtbot, strip.take.isVisible)


def test_a_fault_of_ours_while_looking_reaches_the_crash_hook(
    receive: ReceiveScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, *_: told.append(kind))
    monkeypatch.setattr("threading.excepthook", lambda _: None)

    def fail(*_: object) -> Look:
        raise ZeroDivisionError

    monkeypatch.setattr(inbox, "look", fail)
    receive.refresh(None)
    qtbot.waitUntil(lambda: told == [ZeroDivisionError], timeout=PATIENCE)


def test_typing_a_value_does_not_judge_the_folder_anew(
    receive: ReceiveScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Path] = []

    def counted_look(folder: Path, *rest: object) -> Look:
        looks.append(folder)
        return look(folder, receive._runner.environment.clock())

    monkeypatch.setattr(inbox, "look", counted_look)
    receive.refresh(None)
    qtbot.waitUntil(receive.inbox._timer.isActive, timeout=PATIENCE)
    before = len(looks)
    receive.refresh(Changes(items=frozenset({"a"}), units=frozenset({"b"})))
    done: list[None] = []
    receive._runner.run(lambda _ws: None, done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=PATIENCE)
    assert (len(looks), receive.inbox._stale) == (before, False)
    receive.refresh(Changes(exchange=True))
    qtbot.waitUntil(lambda: len(looks) > before, timeout=PATIENCE)
    qtbot.waitUntil(receive.inbox._timer.isActive, timeout=PATIENCE)


def test_the_hub_is_told_in_one_place_only(
    hub: Office, unit_file: Path, share: Path, runner: TaskRunner, qtbot: QtBot
) -> None:
    arrive(unit_file, share)
    got: list[Identity] = []
    runner.run(lambda ws: ws.identity(), got.append)
    qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE)
    screen = ExchangeScreen(runner, got[0])
    qtbot.addWidget(screen)
    screen.show()
    screen.refresh(None)
    qtbot.waitUntil(lambda: bool(screen.code.text()), timeout=PATIENCE)
    assert screen.inbox.isHidden()


def test_what_was_done_is_said_in_a_line() -> None:
    stayed = (("a.sotiendo", "Không có quyền với nơi đã chọn."),)
    assert done_words(InboxDone((), Changes(), (), stayed)) == (
        "a.sotiendo còn nằm lại: Không có quyền với nơi đã chọn."
    )


@pytest.fixture
def choice(runner: TaskRunner, qtbot: QtBot) -> InboxChoice:
    made = InboxChoice(runner)
    qtbot.addWidget(made)
    made.resize(700, 120)
    made.show()
    made.refresh()
    return made


def test_the_folder_is_chosen_and_given_up_in_the_settings(
    choice: InboxChoice, share: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: choice.folder.text() == str(share), timeout=PATIENCE)
    click(choice.give_up)
    qtbot.waitUntil(lambda: choice.folder.text() == "Chưa chọn thư mục nào", timeout=PATIENCE)
    assert not choice.give_up.isVisible()
    choice.watch(tmp_path / "không có")
    qtbot.waitUntil(choice.problem.isVisible, timeout=PATIENCE)
    assert "Không có thư mục" in choice.problem.text()
    monkeypatch.setattr("desktop.ui.settings.inbox.ask_for_folder", lambda *_: share)
    click(choice.choose)
    qtbot.waitUntil(lambda: choice.folder.text() == str(share), timeout=PATIENCE)
    assert not choice.problem.isVisible()
