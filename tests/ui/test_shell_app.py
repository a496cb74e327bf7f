"""The whole window as it runs: opened, asked for the passphrase, closed in the middle of the question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop import app
from desktop.services.environment import Environment
from desktop.services.workspace import workspace
from desktop.ui.shell.window import MainWindow
from desktop.ui.traffic.exchange import ExchangeScreen
from desktop.ui.widgets.dialogs import PassphraseDialog


def _window() -> MainWindow:
    return next(held for held in QApplication.topLevelWidgets() if isinstance(held, MainWindow))


def _asked() -> bool:
    return any(isinstance(held, PassphraseDialog) and held.isVisible() for held in QApplication.topLevelWidgets())


def _drive(steps: list[Callable[[], bool]]) -> QTimer:
    """Runs the steps inside the window's own event loop, each again until it says it is done."""
    timer = QTimer()
    timer.setInterval(5)

    def tick() -> None:
        if steps and steps[0]():
            steps.pop(0)
        if not steps:
            timer.stop()

    timer.timeout.connect(tick)
    timer.start()
    return timer


def test_closing_while_the_passphrase_is_asked_writes_nothing_and_ends(
    hub: tuple[Environment, Path], restored: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(app.PASSPHRASE, raising=False)
    out = tmp_path / "gửi"
    out.mkdir()

    def write() -> bool:
        desk = _window().desk
        if desk is None or not desk.show_titled("Gửi – Nhận"):
            return False
        screen = desk.shown
        assert isinstance(screen, ExchangeScreen)
        screen.write_to(out)
        return True

    steps: list[Callable[[], bool]] = [write, _asked, lambda: _window().close()]
    timer = _drive(steps)
    assert app.run_window(*hub) == 0
    assert not timer.isActive()
    assert not steps
    assert list(out.iterdir()) == []
    with workspace(*hub) as ws:
        assert ws.is_set_up()


def test_every_screen_opens_at_the_smallest_size(hub: tuple[Environment, Path], restored: QApplication) -> None:
    seen: list[str] = []
    cut: list[str] = []

    def look() -> bool:
        window = _window()
        if window.desk is None:
            return False
        window.showNormal()
        window.resize(1024, 600)
        for place, spec in enumerate(window.desk.specs):
            assert window.desk.show_place(place)
            seen.append(spec.title)
            if window.minimumSizeHint().width() > 1024 or window.minimumSizeHint().height() > 600:
                cut.append(spec.title)
        return True

    timer = _drive([look, lambda: _window().close()])
    assert app.run_window(*hub) == 0
    assert not timer.isActive()
    assert seen == ["Kế hoạch", "Tiếp nhận", "Việc kỳ này", "Gửi – Nhận", "In ấn", "Thiết lập"]
    assert not cut
