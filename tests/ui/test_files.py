"""The dialogs for files open where the last one was left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets import files


@pytest.fixture(autouse=True)
def _forget(qapp: QApplication) -> Iterator[None]:
    yield
    qapp.setProperty("lastFolder", None)


def test_the_next_dialog_opens_in_the_last_folder(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    asked: list[str] = []

    def one(_parent: QWidget, _heading: str, folder: str, _kinds: str) -> tuple[str, str]:
        asked.append(folder)
        return str(tmp_path / "usb" / "a.sotiendo"), ""

    def none(_parent: QWidget, _heading: str, folder: str) -> str:
        asked.append(folder)
        return ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", one)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", none)
    first = files.last_folder()
    assert files.ask_for_file(parent, "Chọn", "*") == tmp_path / "usb" / "a.sotiendo"
    assert files.ask_for_folder(parent, "Chọn") is None
    assert asked == [first, str(tmp_path / "usb")]
