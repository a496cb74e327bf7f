"""The database worker: order, answers on the UI thread, errors, receivers that are gone, closing."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import cast

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.models.errors import Mistake, SoTienDoError
from desktop.services.environment import Environment
from desktop.services.traffic.views import ImportDone
from desktop.services.views import Changes, Identity
from desktop.services.workspace import Workspace
from desktop.ui.tasks import TaskRunner


class FakeWorkspace:
    """A workspace that only remembers on which thread it lived."""

    def __init__(self, set_up: bool = False) -> None:
        self.opened_on = threading.current_thread()
        self.closed_on: threading.Thread | None = None
        self._set_up = set_up

    def is_set_up(self) -> bool:
        return self._set_up

    def identity(self) -> Identity:
        return cast(Identity, "who works here")

    def close(self) -> None:
        self.closed_on = threading.current_thread()


class Bench:
    """A runner with the workspaces it opened."""

    def __init__(self, environment: Environment, folder: Path) -> None:
        self.opened: list[FakeWorkspace] = []
        self.set_up = False
        self.runner = TaskRunner(environment, folder, opener=self._open)

    def _open(self, _environment: Environment, _folder: Path) -> Workspace:
        self.opened.append(FakeWorkspace(self.set_up))
        return cast(Workspace, self.opened[-1])


@pytest.fixture
def bench(environment: Environment, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(environment, tmp_path)
    yield made
    made.runner.close()


def _unexpected(error: SoTienDoError) -> None:
    raise AssertionError(error)


def _give(number: int, _ws: Workspace) -> int:
    return number


def _write(written: list[int], number: int, _ws: Workspace) -> None:
    written.append(number)


def test_answers_come_in_order_on_the_ui_thread(bench: Bench, qtbot: QtBot) -> None:
    got: list[tuple[int, bool]] = []
    for number in range(20):
        bench.runner.run(
            partial(_give, number),
            lambda number: got.append((number, threading.current_thread() is threading.main_thread())),
        )
    assert not got
    qtbot.waitUntil(lambda: len(got) == 20)
    assert got == [(number, True) for number in range(20)]


def test_one_thread_opens_uses_and_closes(bench: Bench, qtbot: QtBot) -> None:
    used: list[threading.Thread] = []
    bench.runner.run(lambda _ws: threading.current_thread(), used.append)
    qtbot.waitUntil(lambda: bool(used))
    bench.runner.close()
    workspace = bench.opened[0]
    assert len(bench.opened) == 1
    assert workspace.opened_on is used[0] is workspace.closed_on
    assert used[0] is not threading.main_thread()
    assert not used[0].is_alive()


@pytest.mark.parametrize("set_up", [False, True])
def test_opening_says_who_works_here(bench: Bench, qtbot: QtBot, set_up: bool) -> None:
    bench.set_up = set_up
    got: list[Identity | None] = []
    bench.runner.open(got.append, _unexpected)
    qtbot.waitUntil(lambda: bool(got))
    assert (got[0] is not None) is set_up


def test_changes_are_spread_after_the_caller(bench: Bench, qtbot: QtBot) -> None:
    changes = Changes(items=frozenset({"a"}))
    order: list[str] = []
    bench.runner.changed.connect(lambda held: order.append("spread" if held == changes else "wrong"))
    bench.runner.run(lambda _ws: ImportDone((), changes), lambda _done: order.append("caller"))
    bench.runner.run(lambda _ws: changes, lambda _done: order.append("caller"))
    bench.runner.run(lambda _ws: Changes(), lambda _done: order.append("nothing changed"))
    qtbot.waitUntil(lambda: len(order) == 5)
    assert order == ["caller", "spread", "caller", "spread", "nothing changed"]


def _refuse(_ws: Workspace) -> int:
    raise Mistake("SOME_CODE", "Không được.")


def test_an_error_goes_to_the_caller_or_to_the_window(bench: Bench, qtbot: QtBot) -> None:
    told: list[str] = []
    bench.runner.failed.connect(lambda error: told.append(f"window {error.code}"))
    bench.runner.run(_refuse, lambda _done: None, lambda error: told.append(f"caller {error.code}"))
    bench.runner.run(_refuse, lambda _done: None)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == ["caller SOME_CODE", "window SOME_CODE"]


def test_a_fault_of_ours_reaches_the_hook_and_work_goes_on(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[BaseException] = []

    def hook(_kind: type[BaseException], fault: BaseException, _trace: TracebackType | None) -> None:
        faults.append(fault)

    monkeypatch.setattr(sys, "excepthook", hook)
    got: list[int] = []
    bench.runner.run(lambda _ws: 1 // 0, got.append)
    bench.runner.run(lambda _ws: 7, got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert got == [7]
    assert [type(fault) for fault in faults] == [ZeroDivisionError]


class Receiver(QObject):
    """A receiver that may be destroyed."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[int] = []

    def take(self, number: int) -> None:
        self.got.append(number)

    def take_both(self, _first: int, number: int) -> None:
        self.got.append(number)


def test_an_answer_for_a_destroyed_receiver_is_dropped(bench: Bench, qtbot: QtBot) -> None:
    gone, there = Receiver(), Receiver()
    bench.runner.run(lambda _ws: 1, gone.take)
    bench.runner.run(lambda _ws: 2, lambda number: gone.take(number))
    bench.runner.run(lambda _ws: 3, partial(gone.take_both, 0))
    bench.runner.run(_refuse, gone.take, lambda _error: gone.take(0))
    bench.runner.run(lambda _ws: 4, there.take)
    delete(gone)
    qtbot.waitUntil(lambda: bool(there.got))
    assert gone.got == []
    assert there.got == [4]


def test_busy_words_come_and_go(bench: Bench, qtbot: QtBot) -> None:
    words: list[str] = []
    bench.runner.busy_changed.connect(words.append)
    bench.runner.run(lambda _ws: 1, lambda _done: None, busy="Đang ghi…")
    assert words == ["Đang ghi…"]
    qtbot.waitUntil(lambda: len(words) == 2)
    assert words == ["Đang ghi…", ""]


def test_closing_finishes_what_was_asked_for(bench: Bench) -> None:
    written: list[int] = []
    begun = threading.Event()
    bench.runner.run(lambda _ws: begun.wait(), lambda _done: None)
    for number in range(5):
        bench.runner.run(partial(_write, written, number), lambda _done: None)
    bench.runner.closing.connect(begun.set)
    bench.runner.close()
    assert written == [0, 1, 2, 3, 4]
    assert bench.runner.is_closing
    bench.runner.run(lambda _ws: written.append(9), lambda _done: None)
    bench.runner.close()
    assert written == [0, 1, 2, 3, 4]


def test_closing_gives_back_what_failed_and_work_can_go_on(bench: Bench, qtbot: QtBot) -> None:
    got: list[object] = []
    begun = threading.Event()
    bench.runner.run(lambda _ws: begun.wait(), got.append)
    bench.runner.run(_refuse, got.append, got.append)
    bench.runner.closing.connect(begun.set)
    assert [error.code for error in bench.runner.close()] == ["SOME_CODE"]
    bench.runner.reopen()
    bench.runner.run(lambda _ws: "again", got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert got == ["again"]
    assert len(bench.opened) == 2


def test_setting_up_has_the_folder_for_itself(bench: Bench, qtbot: QtBot) -> None:
    got: list[object] = []
    bench.runner.open(got.append, _unexpected)
    bench.runner.run_outside(lambda: bench.opened[0].closed_on is not None, got.append, _unexpected)
    bench.runner.open(got.append, _unexpected)
    qtbot.waitUntil(lambda: len(got) == 3)
    assert got == [None, True, None]
    assert len(bench.opened) == 2


def test_moving_opens_the_other_folder(bench: Bench, environment: Environment, tmp_path: Path, qtbot: QtBot) -> None:
    folders: list[Path] = []
    got: list[object] = []

    def opener(_environment: Environment, folder: Path) -> Workspace:
        folders.append(folder)
        return cast(Workspace, FakeWorkspace())

    runner = TaskRunner(environment, tmp_path / "one", opener=opener)
    runner.open(got.append, _unexpected)
    runner.move(environment, tmp_path / "two")
    runner.open(got.append, _unexpected)
    qtbot.waitUntil(lambda: len(got) == 2)
    runner.close()
    assert folders[-1] == tmp_path / "two"
