"""The stage of the tour: real windows on real folders, waiting until they rest, taking pictures."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QMessageLogContext, QSize, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QWidget

from desktop.models.errors import Mistake, SoTienDoError
from desktop.services.workspace import Workspace
from desktop.ui.shell.desk import Desk
from desktop.ui.shell.screen import Screen
from desktop.ui.shell.window import MainWindow

USUAL = QSize(1366, 768)
_ROUNDS = 6
"""How often the worker must have answered before a window rests: an answer may ask for more."""

_ALIKE = 8
"""How many pictures in a row must be alike, _BETWEEN_MS apart."""
_BETWEEN_MS = 40

T = TypeVar("T")


_MARK = "chay-thu.txt"
"""Marks a folder of ours, so that a later tour may take its place."""


def clear_out(out: Path) -> None:
    """An empty folder for the tour. Raises Mistake TOUR_FOLDER_TAKEN when it holds anything but an earlier tour."""
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / _MARK).exists())):
        raise Mistake(
            "TOUR_FOLDER_TAKEN", f"Thư mục “{out}” đã có thứ khác. Không có gì thay đổi.",
            "Hãy chọn một thư mục trống cho ảnh chạy thử.",
        )
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    (out / _MARK).write_text("Thư mục do lệnh tour tạo ra; lần chạy sau sẽ thay thế.\n", encoding="utf-8")


class TourStoppedError(Exception):
    """Something the tour did was refused; the message names it."""


def _tell_but_what_is_not_there(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Qt's messages, without those about what a window drawn offscreen does not have."""
    if not message.startswith("This plugin does not support"):
        sys.stderr.write(f"{message}\n")


class Stage:
    """Opens windows through ``opener(folder)`` and numbers the pictures under ``out``."""

    def __init__(self, opener: Callable[[Path], MainWindow], out: Path) -> None:
        qInstallMessageHandler(_tell_but_what_is_not_there)
        self._opener = opener
        self._out = out
        self._windows: list[MainWindow] = []
        self.pictures: list[Path] = []

    def open(self, folder: Path) -> MainWindow:
        """A window on a folder, at its usual size, at rest."""
        window = self._opener(folder)
        self._windows.append(window)
        window.runner.failed.connect(self._stop)
        window.begin()
        window.resize(USUAL)
        window.show()
        self.rest(window)
        return window

    def close(self) -> None:
        """Close every window and wait for its worker."""
        for window in self._windows:
            window.close()
            window.deleteLater()
        self._windows.clear()
        QApplication.processEvents()
        qInstallMessageHandler(None)

    def rest(self, window: MainWindow) -> None:
        """Wait until the worker has nothing to do and everything it brought is drawn."""
        for _ in range(_ROUNDS):
            self.ask(window, lambda _ws: None)
            QApplication.sendPostedEvents()
            QApplication.processEvents()

    def ask(self, window: MainWindow, job: Callable[[Workspace], T]) -> T:
        """The answer of a job on the window's worker. Raises TourStoppedError when it is refused."""
        answers: list[T] = []
        refusals: list[SoTienDoError] = []
        loop = QEventLoop()

        def done(answer: T) -> None:
            answers.append(answer)
            loop.quit()

        def failed(error: SoTienDoError) -> None:
            refusals.append(error)
            loop.quit()

        window.runner.run(job, done, failed)
        loop.exec()
        if refusals:
            raise TourStoppedError(refusals[0].code) from refusals[0]
        return answers[0]

    def go(self, window: MainWindow, title: str) -> Screen:
        """The screen of a title, shown and at rest."""
        desk = self.desk(window)
        if not desk.show_titled(title) or desk.shown is None:
            raise TourStoppedError(title)
        self.rest(window)
        return desk.shown

    def desk(self, window: MainWindow) -> Desk:
        """The desk of a window whose folder is set up."""
        if window.desk is None:
            raise TourStoppedError(window.windowTitle())
        return window.desk

    def settle(self, window: MainWindow) -> None:
        """Wait until what draws itself in the background (pages of a preview) does not change any more."""
        self.rest(window)
        before, alike = window.grab().toImage(), 0
        while alike < _ALIKE:
            loop = QEventLoop()
            QTimer.singleShot(_BETWEEN_MS, loop.quit)
            loop.exec()
            now = window.grab().toImage()
            alike = alike + 1 if now == before else 0
            before = now

    def shoot(self, window: MainWindow, name: str, over: QWidget | None = None) -> Path:
        """A picture of the window as it stands, with a dialog ``over`` its middle."""
        self.rest(window)
        target = self._out / f"{len(self.pictures) + 1:02d}-{name}.png"
        picture = window.grab()
        if over is not None:
            shown, place = over.grab(), window.rect().center() - over.rect().center()
            painter = QPainter(picture)
            painter.drawPixmap(place, shown)
            painter.setPen(over.palette().mid().color())
            painter.drawRect(over.rect().translated(place).adjusted(-1, -1, 0, 0))
            painter.end()
        if not picture.save(str(target)):
            raise TourStoppedError(str(target))
        self.pictures.append(target)
        return target

    def _stop(self, error: SoTienDoError) -> None:
        raise TourStoppedError(error.code) from error
