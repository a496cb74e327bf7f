"""The one window: start screen or desk, keys, dropped files, closing in good order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMainWindow, QWidget

from desktop.models.errors import SoTienDoError
from desktop.services.views import Identity
from desktop.ui.libraries import appearance
from desktop.ui.shell.desk import Desk
from desktop.ui.shell.passphrase import NOT_GIVEN
from desktop.ui.shell.screen import ScreenSpec
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.basics import button, column, frame, label, row
from desktop.ui.widgets.dialogs import show_error
from desktop.ui.widgets.drop import dropped_paths

_USUAL = QSize(1366, 768)
_LEAST = QSize(760, 460)
_NOTICE_WIDTH = 560


class FileTaker(QWidget):
    """A widget that takes dropped files: the start screen."""

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take files dropped on the window."""
        raise NotImplementedError


class MainWindow(QMainWindow):
    """Opens the folder, then shows the start screen or the desk.

    ``screens`` gives the navigation of a role; ``start`` builds the start screen, which calls back with who works
    here once the folder is set up; ``dress`` puts the theme and size of text chosen at this PC in force; ``new_plan``
    begins *Mở kế hoạch mới*, which is offered where it is given.
    """

    def __init__(
        self,
        runner: TaskRunner,
        screens: Callable[[Identity], Sequence[ScreenSpec]],
        start: Callable[[Callable[[Identity], None]], FileTaker],
        dress: Callable[[str, float], None],
        new_plan: Callable[[MainWindow], None] | None = None,
    ) -> None:
        super().__init__()
        self.runner = runner
        self._screens = screens
        self._start = start
        self._dress = dress
        self._new_plan = new_plan
        self._waiting_files: tuple[Path, ...] = ()
        self.setWindowTitle("Sổ tiến độ")
        self.setAcceptDrops(True)
        self.setMinimumSize(_LEAST)
        self._add_keys()
        self._show_notice("Đang mở sổ…")
        runner.failed.connect(self.show_error)

    @property
    def desk(self) -> Desk | None:
        """The desk, once the folder is open."""
        held = self.centralWidget()
        return held if isinstance(held, Desk) else None

    @property
    def start(self) -> FileTaker | None:
        """The start screen, while it shows."""
        held = self.centralWidget()
        return held if isinstance(held, FileTaker) else None

    def begin(self, files: Sequence[Path] = ()) -> None:
        """Open the folder; ``files`` are taken as if dropped once it is open."""
        self._waiting_files = tuple(files)
        self.runner.open(self._opened, self._not_opened)

    def show_fitting(self) -> None:
        """Show the window at its usual size, or filling a smaller screen."""
        room: QRect = self.screen().availableGeometry()
        if room.width() <= _USUAL.width() or room.height() <= _USUAL.height():
            self.resize(room.size().boundedTo(_USUAL))
            self.showMaximized()
        else:
            self.resize(_USUAL)
            self.show()

    def turn_to(self, identity: Identity) -> None:
        """Work in another plan of the folder: its own desk stands."""
        self._set_up(identity)

    def show_error(self, error: SoTienDoError) -> None:
        """Tell an error in a dialog."""
        show_error(self, error)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take files dropped anywhere in the window."""
        taker = self.desk or self.start
        if taker is None:
            self._waiting_files += tuple(paths)
        elif paths:
            taker.take_files(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome everywhere."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        event.acceptProposedAction()
        self.take_files(dropped_paths(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is being typed first; what is wrong or could not be saved keeps the window open and says why."""
        event.ignore()
        if self.desk is not None and not self.desk.commit_pending():
            return
        unsaved = [error for error in self.runner.close() if error.code != NOT_GIVEN]
        if unsaved and self.desk is not None:
            self.runner.reopen()
            self.desk.refresh()
            self.show_error(unsaved[0])
            return
        event.accept()

    def _opened(self, identity: Identity | None) -> None:
        if identity is None:
            self.setCentralWidget(self._start(self._set_up))
            self._take_waiting()
        else:
            self.runner.run(appearance, partial(self._dressed, identity))

    def _dressed(self, identity: Identity, chosen: tuple[str, float]) -> None:
        self._dress(*chosen)
        self._set_up(identity)
        self._take_waiting()

    def _set_up(self, identity: Identity) -> None:
        before = self.desk
        shown = before.specs[before.place].title if before is not None and before.place >= 0 else ""
        desk = Desk(self.runner, identity, self._screens(identity), opens_new=self._new_plan is not None)
        desk.turned.connect(self._set_up)
        if self._new_plan is not None:
            desk.new_plan_asked.connect(partial(self._new_plan, self))
        self.setCentralWidget(desk)
        plan = identity.plan
        self.setWindowTitle(f"Kế hoạch {plan.number} · {plan.year} – {identity.unit_name} – Sổ tiến độ")
        desk.begin(shown)

    def _not_opened(self, error: SoTienDoError) -> None:
        """Say why, and let the person try again once the cause is gone."""
        self.again = button("Thử lại", self._open_again, "primary")
        foot = row(label(f"Mã: {error.code}", "muted", copyable=True), None, button("Đóng", self._leave), self.again)
        words = (label(error.message, "heading", wrap=True), label(error.advice, wrap=True))
        card = frame("card", column(*words, 4, foot, spacing=10, margins=(24, 20, 24, 18)))
        card.setFixedWidth(_NOTICE_WIDTH)
        self.setCentralWidget(frame("ground", column(None, row(None, card, None), None, None)))
        self.again.setFocus()

    def _open_again(self) -> None:
        self._show_notice("Đang mở sổ…")
        self.runner.open(self._opened, self._not_opened)

    def _leave(self) -> None:
        self.close()

    def _take_waiting(self) -> None:
        files, self._waiting_files = self._waiting_files, ()
        self.take_files(files)

    def _show_notice(self, words: str) -> None:
        made = column(None, label(words, "muted", wrap=True), None, margins=(60, 40, 60, 40))
        self.setCentralWidget(frame("ground", made))

    def _add_keys(self) -> None:
        for place in range(9):
            self._key(f"Ctrl+{place + 1}", partial(self._on_desk, partial(_go_to, place)))
        self._key("Ctrl+F", lambda: self._on_desk(Desk.go_to_search))
        self._key("Ctrl+P", lambda: self._on_desk(Desk.print_sheet))
        self._key("F5", lambda: self._on_desk(Desk.refresh))
        self._key("Ctrl+Q", self.close)

    def _key(self, keys: str, act: Callable[[], object]) -> None:
        made = QAction(self)
        made.setShortcut(QKeySequence(keys))
        made.triggered.connect(lambda _checked=False: act())
        self.addAction(made)

    def _on_desk(self, act: Callable[[Desk], object]) -> None:
        if self.desk is not None and QGuiApplication.modalWindow() is None:
            act(self.desk)


def _go_to(place: int, desk: Desk) -> None:
    desk.show_place(place)
