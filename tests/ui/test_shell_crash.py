"""Faults of ours: one dialog for each distinct traceback, the log saved, the program goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop.ui.shell.crash import LOG_NAME, CrashHook
from tests.ui.conftest import NOON


@pytest.fixture
def hook(tmp_path: Path) -> Iterator[CrashHook]:
    before = sys.excepthook
    made = CrashHook(lambda: NOON, tmp_path / "nhật ký")
    made.install()
    yield made
    made.uninstall()
    assert sys.excepthook is before


def _divide() -> float:
    return 1 / 0


def _convert() -> int:
    return int("không phải số")


def _happen(hook: CrashHook, fault: type[Exception]) -> None:
    try:
        _divide() if fault is ZeroDivisionError else _convert()
    except (ZeroDivisionError, ValueError) as error:
        hook.take(type(error), error, error.__traceback__)


def _dialogs() -> list[QDialog]:
    return [held for held in QApplication.topLevelWidgets() if isinstance(held, QDialog) and held.isVisible()]


def test_the_same_fault_is_shown_once_and_logged_each_time(hook: CrashHook, qtbot: QtBot) -> None:
    for _ in range(3):
        _happen(hook, ZeroDivisionError)
    _happen(hook, ValueError)
    qtbot.waitUntil(lambda: len(_dialogs()) == 2)
    log = hook.log.read_text(encoding="utf-8")
    assert hook.log.name == LOG_NAME
    assert log.count("ZeroDivisionError: ") == 3
    assert "--- 2023-09-14T09:41:00+07:00" in log
    for dialog in _dialogs():
        dialog.accept()


def test_a_log_that_cannot_be_written_is_said(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "tệp").write_text("không phải thư mục", encoding="utf-8")
    hook = CrashHook(lambda: NOON, tmp_path / "tệp")
    _happen(hook, ZeroDivisionError)
    qtbot.waitUntil(lambda: len(_dialogs()) == 1)
    words = [held.text() for held in _dialogs()[0].findChildren(QLabel)]
    assert any(text.startswith("Không ghi được nhật ký lỗi") for text in words)
    _dialogs()[0].accept()


def test_faults_of_threads_come_too(hook: CrashHook, qtbot: QtBot) -> None:
    thread = threading.Thread(target=_divide)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(_dialogs()) == 1)
    _dialogs()[0].accept()
