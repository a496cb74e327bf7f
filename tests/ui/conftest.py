"""The window's tests: the theme in force, an environment with a fixed clock, and nothing left behind by any test."""

from __future__ import annotations

import gc
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.services.demonstration import prepare
from desktop.services.environment import Environment
from desktop.ui import theme

RESOURCES = Path(__file__).parents[2] / "resources"
NOON = datetime(2023, 9, 14, 9, 41, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> QApplication:
    """The application with the light theme in force."""
    theme.apply(qapp, RESOURCES / "fonts", "light")
    return qapp


@pytest.fixture
def restored(dressed: QApplication) -> Iterator[QApplication]:
    """For tests that change the theme: the light one is in force again afterwards."""
    yield dressed
    theme.apply(dressed, RESOURCES / "fonts", "light")


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """Surroundings with the clock at 14/9/2023 09:41 and keys of their own."""
    return Environment(
        clock=lambda: NOON,
        resources=RESOURCES,
        keys_folder=tmp_path / "keys",
        passphrase=lambda _new: "mật khẩu thử",
        random=os.urandom,
    )


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration hub made once, as folder ``data`` with its ``keys`` beside it; copy it, never open it."""
    home = tmp_path_factory.mktemp("demonstration")
    surroundings = Environment(lambda: NOON, RESOURCES, home / "keys", lambda _new: "mật khẩu thử", os.urandom)
    prepare(surroundings, home / "data")
    return home


@pytest.fixture
def hub(prepared: Path, environment: Environment) -> tuple[Environment, Path]:
    """A demonstration hub of the test's own: surroundings and folder."""
    home = environment.keys_folder.parent
    shutil.copytree(prepared / "keys", environment.keys_folder)
    shutil.copytree(prepared / "data", home / "data")
    return replace(environment), home / "data"


@pytest.fixture(autouse=True)
def nothing_left(dressed: QApplication) -> Iterator[None]:
    """Fails a test that leaves a window, a running timer or a thread behind."""
    windows_before = _windows()
    threads_before = set(threading.enumerate())
    yield
    _delete_deferred()
    if _windows() - windows_before or _timers():
        gc.collect()
        _delete_deferred()
    left = _windows() - windows_before
    assert not left, f"windows left behind: {left}"
    assert not _timers(), f"timers left running: {_timers()}"
    threads = {one for one in threading.enumerate() if one not in threads_before and one.is_alive()}
    assert not threads, f"threads left behind: {threads}"


def _delete_deferred() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _windows() -> set[QWidget]:
    return set(QApplication.topLevelWidgets())


def _timers() -> list[QTimer]:
    """Running timers that belong to no window."""
    found = [held for held in gc.get_objects() if isinstance(held, QTimer)]
    return [one for one in found if isValid(one) and one.isActive()]
