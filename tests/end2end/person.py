"""Somebody at a PC who sees only what the screen says: finds things by visible words, clicks, types, drops files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QAbstractTableModel, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.app import make_window
from desktop.services.environment import Environment
from desktop.ui.shell.window import MainWindow
from tests.ui.hands import click, keys, press

PATIENCE = 60_000
"""Milliseconds: keys are slow to derive, and the machine may be busy."""

W = TypeVar("W", bound=QWidget)


class Person:
    """One PC with its own keys, its folder and, while it is on, its window."""

    def __init__(self, qtbot: QtBot, environment: Environment, folder: Path) -> None:
        self._qtbot = qtbot
        self._environment = environment
        self.folder = folder
        self._window: MainWindow | None = None

    @property
    def window(self) -> MainWindow:
        """The open window."""
        assert self._window is not None
        return self._window

    def switch_on(self) -> None:
        """Start the program and wait until there is something to do."""
        self._window = make_window(self._environment, self.folder)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.begin()
        self._wait(lambda: self.window.desk is not None or self.window.start is not None, "cửa sổ mở")

    def switch_off(self) -> None:
        """Close the program as people do."""
        window = self.window
        self._wait(window.close, "cửa sổ đóng")
        window.deleteLater()
        self._window = None
        QApplication.processEvents()

    def click(self, words: str) -> None:
        """Click what says these words, or begins with them (behind them stands how many wait)."""
        self._wait(lambda: any(one.isEnabled() for one in self._buttons(words)), f"nút “{words}”")
        click(next(one for one in self._buttons(words) if one.isEnabled()))

    def type_into(self, name: str, text: str) -> None:
        """Click a field and type."""
        self._wait(lambda: any(self._named(QLineEdit, name)), f"ô “{name}”")
        field = next(self._named(QLineEdit, name))
        click(field)
        field.clear()
        keys(field, text)

    def choose(self, words: str) -> None:
        """Click the line of a list that holds these words."""
        self._wait(lambda: any(self._lines(words)), f"dòng “{words}”")
        view, at = next(self._lines(words))
        index = view.model().index(at, 0)
        view.scrollTo(index)
        click(view.viewport(), view.visualRect(index).center())

    def enter(self, *columns: str) -> None:
        """Type into the grid of *Việc kỳ này* from the first row's first cell, a Tab before each; Enter ends."""
        self.window.activateWindow()
        # Who comes from another screen has the keys in the grid.
        self.click("In ấn")
        self.click("Việc kỳ này")
        self.rest()
        for text in columns:
            press(self.window.focusWidget(), Qt.Key.Key_Tab)
            for sign in text:
                keys(self.window.focusWidget(), sign)
        press(self.window.focusWidget(), Qt.Key.Key_Return)
        self.sees("Đã lưu")

    def drop(self, *files: Path) -> None:
        """Drag files from the file manager into the window."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        place, action = QPointF(self.window.rect().center()), Qt.DropAction.CopyAction
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.window, QDragEnterEvent(place.toPoint(), action, mime, left, none))
        QApplication.sendEvent(self.window, QDropEvent(place, action, mime, left, none))

    def read(self, name: str) -> str:
        """The text of what a screen reader calls so."""
        self._wait(lambda: any(one.text() for one in self._named(QLabel, name)), f"“{name}”")
        return next(one.text() for one in self._named(QLabel, name) if one.text())

    def sees(self, words: str) -> None:
        """Wait until these words stand somewhere on the screen."""
        self._wait(lambda: any(words in text for text in self.said()), f"chữ “{words}”")

    def said(self) -> Iterator[str]:
        """Everything that can be read on the screen now."""
        for widget in self._shown(QWidget):
            if isinstance(widget, QLabel | QAbstractButton):
                yield widget.text()
            elif isinstance(widget, QTextEdit):
                yield widget.toPlainText()
            elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QListWidget):
                yield from self._cells(widget)

    def _cells(self, view: QAbstractItemView) -> Iterator[str]:
        for row in range(self._rows(view)):
            yield from self._texts(view, row)

    def _lines(self, words: str) -> Iterator[tuple[QAbstractItemView, int]]:
        for view in self._shown(QAbstractItemView):
            for row in range(self._rows(view)):
                place = view.visualRect(view.model().index(row, 0))
                if not place.isEmpty() and any(words in text for text in self._texts(view, row)):
                    yield view, row

    def _rows(self, view: QAbstractItemView) -> int:
        return view.model().rowCount(view.rootIndex()) if view.model() is not None else 0

    def _texts(self, view: QAbstractItemView, row: int) -> Iterator[str]:
        """The texts of a row: Qt's own list of one column hides how many it has."""
        model = view.model()
        columns = model.columnCount(view.rootIndex()) if isinstance(model, QAbstractTableModel) else 1
        for column in range(columns):
            yield str(model.index(row, column).data() or "")

    def _buttons(self, words: str) -> list[QAbstractButton]:
        found = [one for one in self._shown(QAbstractButton) if one.text().startswith(words)]
        return sorted(found, key=lambda one: len(one.text()))

    def _named(self, kind: type[W], name: str) -> Iterator[W]:
        return (one for one in self._shown(kind) if one.accessibleName() == name)

    def _shown(self, kind: type[W]) -> Iterator[W]:
        """What is visible of a kind: of the topmost dialog while one is open, else of the window."""
        dialogs: Sequence[QWidget] = [
            one for one in QApplication.topLevelWidgets()
            if one.isVisible() and one.isModal() and one.parentWidget() is not None
        ]
        for ground in dialogs[-1:] or [self.window]:
            for widget in ground.findChildren(QWidget):
                if isinstance(widget, kind) and widget.isVisible():
                    yield widget

    def rest(self) -> None:
        """Wait until the program has done what it was asked for so far: it does one thing after the other."""
        done: list[None] = []
        self.window.runner.run(lambda _ws: None, done.append)
        self._wait(lambda: bool(done), "chương trình làm xong")

    def _wait(self, look: Callable[[], bool], what: str) -> None:
        def seen() -> None:
            assert look(), f"không thấy: {what}; trên màn hình: {sorted(set(self.said()) if self._window else ())[:60]}"

        self._qtbot.waitUntil(seen, timeout=PATIENCE)
