"""Composition root of the window: the only file that knows every part of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from desktop.models.errors import EnvironmentTrouble
from desktop.services.environment import Environment
from desktop.services.views import Identity, Role
from desktop.ui import libraries, theme
from desktop.ui.shell.crash import CrashHook
from desktop.ui.shell.passphrase import PassphraseAsker
from desktop.ui.shell.screen import ScreenSpec
from desktop.ui.shell.window import MainWindow
from desktop.ui.tasks import TaskRunner
from desktop.ui.translator import QtWords, read_words

PASSPHRASE = "SOTIENDO_PASSPHRASE"
_UNSEEN = frozenset({"offscreen", "minimal"})
"""Platforms of Qt that show nothing to anybody."""
_WITHOUT_DISPLAY = _UNSEEN | {"vnc", "linuxfb", "eglfs"}


def check_display() -> None:
    """Raises EnvironmentTrouble NO_DISPLAY where Qt would abort for want of a screen."""
    if sys.platform in ("win32", "darwin") or _platform() in _WITHOUT_DISPLAY:
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise EnvironmentTrouble(
            "NO_DISPLAY",
            "Máy này không có màn hình đồ họa nên không mở được cửa sổ; dữ liệu không thay đổi.",
            "Hãy chạy trên máy có màn hình, hoặc dùng các lệnh sotiendo trên dòng lệnh (sotiendo --help).",
        )


def _platform() -> str:
    """The platform asked of Qt, "" for its own choice."""
    return os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]


def make_application(environment: Environment) -> QApplication:
    """The QApplication of this process with the theme in force.

    Raises EnvironmentTrouble NO_DISPLAY, FONT_MISSING, WORDS_DAMAGED.
    """
    check_display()
    words = read_words(environment.resources)
    held = QApplication.instance()
    if isinstance(held, QApplication):
        app = held
    else:
        app = QApplication(["sotiendo"])
        app.installTranslator(QtWords(words, app))
    app.setApplicationName("sotiendo")
    app.setApplicationDisplayName("Sổ tiến độ")
    QGuiApplication.setDesktopFileName("sotiendo")
    theme.apply(app, environment.resources / "fonts")
    return app


def screens(runner: TaskRunner, identity: Identity) -> tuple[ScreenSpec, ...]:
    """The navigation of a role: only screens that work now (interface.md, "One navigation, shown by role")."""
    work = ScreenSpec(
        "Việc kỳ này", lambda: libraries.work_screen(runner, identity), libraries.rows_to_enter, searches=True
    )
    plan = ScreenSpec("Kế hoạch", lambda: libraries.plan_screen(runner, identity), searches=True)
    exchange = ScreenSpec(
        "Gửi – Nhận",
        lambda: libraries.exchange_screen(runner, identity),
        libraries.waiting_facts,
        takes_files=identity.role is Role.UNIT,
    )
    printing = ScreenSpec("In ấn", lambda: libraries.printing_screen(runner, identity), prints=True)
    settings = ScreenSpec("Thiết lập", lambda: libraries.settings_screen(runner, identity), apart=True)
    if identity.role is Role.UNIT:
        return work, plan, exchange, printing, settings
    receive = ScreenSpec(
        "Tiếp nhận", lambda: libraries.receive_screen(runner), libraries.waiting_at_reception, takes_files=True
    )
    return plan, receive, replace(work, apart=True), exchange, printing, settings


def make_window(environment: Environment, folder: Path) -> MainWindow:
    """The window on a data folder, not shown yet; the QApplication stands already."""
    runner = TaskRunner(environment, folder)
    fonts = environment.resources / "fonts"
    window = MainWindow(
        runner, partial(screens, runner), partial(libraries.start_screen, runner), partial(_dress, fonts),
        libraries.open_new_plan,
    )
    runner.setParent(window)
    return window


def _dress(fonts: Path, scheme: str, text_points: float) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication) and (scheme, text_points) != (theme.chosen_scheme(), theme.chosen_points()):
        theme.apply(app, fonts, scheme, text_points)


def run_window(environment: Environment, folder: Path, *, files: Sequence[Path] = ()) -> int:
    """Open the window on a data folder and run until it closes; ``files`` are taken as if dropped on it.

    The passphrase of the keys is asked in a dialog, unless SOTIENDO_PASSPHRASE gives it: then
    ``environment.passphrase`` answers. Raises EnvironmentTrouble NO_DISPLAY, FONT_MISSING; all other trouble is told
    in the window.
    """
    app = make_application(environment)
    asker = PassphraseAsker()
    asked = environment if PASSPHRASE in os.environ else replace(environment, passphrase=asker)
    hook = CrashHook(environment.clock, folder)
    window = make_window(asked, folder)
    asker.window = hook.window = window
    window.runner.closing.connect(asker.let_go)
    app.aboutToQuit.connect(window.runner.close)
    hook.install()
    try:
        window.begin(files)
        window.show_fitting()
        return app.exec()
    finally:
        hook.uninstall()
        # At once, while everything it stands on is still there.
        delete(window)


def run_demonstration(environment: Environment, folder: Path, pictures: Path) -> int:
    """Open the window on a demonstration folder, made where missing; where nobody would see it, take the tour."""
    if _platform() in _UNSEEN:
        return run_tour(environment, pictures)
    try:
        check_display()
    except EnvironmentTrouble:
        return run_tour(environment, pictures)
    return run_window(libraries.prepared_demonstration(environment, folder), folder)


def run_tour(environment: Environment, out: Path) -> int:
    """The whole job with three folders through the real window, drawn offscreen; prints where the pictures are.

    Raises Mistake TOUR_FOLDER_TAKEN for a folder that holds anything but an earlier tour; EnvironmentTrouble.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    done = libraries.take_tour(environment, out, make_application, make_window, _dress_all)
    sys.stdout.write(
        f"Ảnh các màn hình: {out} ({len(done.pictures)} ảnh)\n"
        f"Tệp trao đổi: {out / 'tep'} ({len(done.packages)} tệp)\n"
        f"Phiếu tiếp nhận: {done.receipts}\nBảng tổng hợp: {done.sheet}\nMã trạng thái: {done.digest}\n"
    )
    return 0


def _dress_all(environment: Environment, scheme: str) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.apply(app, environment.resources / "fonts", scheme)
