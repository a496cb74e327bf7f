"""A quiet line about the watched folder: what has arrived, *Nhập*, and what could not be imported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame

from desktop.models.errors import SoTienDoError
from desktop.models.period import is_period, read_period
from desktop.services.traffic.inbox import (
    InboxDone,
    InboxFile,
    InboxState,
    InboxView,
    import_inbox,
    inbox_folder,
    judge,
    note_refused,
)
from desktop.services.traffic.looking import DONE, Look, look
from desktop.services.traffic.views import Outcome
from desktop.services.views import Changes
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.basics import ElidedLabel, button, label, row
from desktop.ui.widgets.words import counted

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace

CALM, BRISK = 20_000, 4_000
"""Milliseconds from one look to the next: usually, and while a file is on its way."""

_AT_ONCE = 2
"""Files checked in one go."""


class InboxStrip(QFrame):
    """Looks at the folder while the window is open, away from the worker; gone while there is nothing to say."""

    imported = Signal(object)
    """InboxDone, once files were imported."""
    failed = Signal(object)
    """SoTienDoError that stopped an import."""
    _moved = Signal(int, int)

    def __init__(self, runner: TaskRunner) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._runner = runner
        self._folder: Path | None = None
        self._view: InboxView | None = None
        self._stale = True
        self._looking = self._importing = False
        self._result = ""
        self._acknowledged: set[tuple[str, int]] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self.words = label("", "heading")
        self.names = ElidedLabel("", "muted", letters=12)
        self.take = button("Nhập", self.import_offered, "primary")
        self.take.setAccessibleName("Nhập các tệp mới trong thư mục nhận")
        self.known = button("Đã rõ", self.acknowledge, tip="Ghi lại trong danh sách tệp đã nhận và không nhắc nữa")
        self.setLayout(row(self.words, self.names, None, self.known, self.take, spacing=8, margins=(14, 6, 8, 6)))
        self.hide()
        self._moved.connect(self._tell_progress, Qt.ConnectionType.QueuedConnection)
        runner.closing.connect(self._timer.stop)

    def refresh(self, changes: Changes | None) -> None:
        """Which folder is watched, and what lies there, anew; a typed value changes nothing here."""
        if changes is None or changes.exchange or changes.plan:
            self._stale = True
            self._runner.run(inbox_folder, self._watch)

    def look(self) -> None:
        """Look at the folder once more."""
        if self._folder is None or self._looking or self._importing:
            return
        self._looking = True
        self._timer.stop()
        folder, clock = self._folder, self._runner.environment.clock
        before = self._view.look if self._view is not None else None
        self._runner.run_beside(lambda: look(folder, clock(), before), self._looked, self._not_looked)

    def import_offered(self) -> None:
        """Import what is offered."""
        if self._view is None or self._importing:
            return
        self._importing = True
        self.take.setEnabled(False)
        view = self._view
        self._runner.run(
            lambda ws: self._import(ws, view), self._done, self._not_done, busy="Đang nhập tệp trong thư mục nhận…"
        )

    def acknowledge(self) -> None:
        """The person has seen why files cannot be imported: they are noted and told no more."""
        refused = self._refused()
        self._acknowledged.update((one.name, one.size) for one in refused)
        self._runner.run(lambda ws: note_refused(ws, refused), lambda _changes: self._show())

    def _import(self, ws: Workspace, view: InboxView) -> InboxDone:
        """On the worker."""
        return import_inbox(ws, view, self._moved.emit, lambda: self._runner.is_closing)

    def _watch(self, folder: Path | None) -> None:
        if folder != self._folder:
            self._folder, self._view, self._result = folder, None, ""
        if folder is None:
            self._timer.stop()
            self._show()
        else:
            self.look()

    def _looked(self, found: Look) -> None:
        self._looking = False
        if found.folder != self._folder:
            self.look()
            return
        before = None if self._stale else self._view
        self._stale = False
        self._judge(found, before)

    def _judge(self, found: Look, before: InboxView | None) -> None:
        """A few files a time: what is typed meanwhile is saved in between."""
        self._runner.run(
            lambda ws: judge(ws, found, before, ask=False, most=_AT_ONCE), self._judged, self._not_looked
        )

    def _judged(self, view: InboxView) -> None:
        if view.look.folder != self._folder or self._importing:
            return
        self._view = view
        if view.offered:
            self._result = ""
        self._show()
        if not view.is_done:
            self._judge(view.look, view)
            return
        self._wait(BRISK if any(self._is_coming(one, view) for one in view.files) else CALM)

    def _is_coming(self, one: InboxFile, view: InboxView) -> bool:
        lying = next(file for file in view.look.files if file.name == one.name)
        return one.state is InboxState.COPYING and lying.may_be_unfinished(view.look.moment)

    def _not_looked(self, error: SoTienDoError) -> None:
        """A share that is away is told quietly, and looked for again."""
        self._looking = False
        self._view = None
        self._result = f"Thư mục nhận: {error.message}"
        self._show()
        self._wait(CALM)

    def _wait(self, span: int) -> None:
        if not self._runner.is_closing:
            self._timer.start(span)

    def _done(self, done: InboxDone) -> None:
        self._end()
        self._result = done_words(done)
        self._view = None
        self._show()
        self.imported.emit(done)
        self.look()

    def _not_done(self, error: SoTienDoError) -> None:
        self._end()
        self.failed.emit(error)
        self.look()

    def _end(self) -> None:
        self._importing = False
        self.take.setEnabled(True)

    def _tell_progress(self, done: int, total: int) -> None:
        if self._importing:
            self.words.setText(f"Đang nhập {min(done + 1, total)}/{total} tệp")

    def _refused(self) -> tuple[InboxFile, ...]:
        refused = self._view.refused if self._view is not None else ()
        return tuple(one for one in refused if (one.name, one.size) not in self._acknowledged)

    def _show(self) -> None:
        """What there is to say, most wanted first: files to import, files that cannot be, what was done."""
        offered = self._view.offered if self._view is not None else ()
        refused = () if offered else self._refused()
        self.take.setVisible(bool(offered))
        self.known.setVisible(bool(refused))
        if offered:
            self._say(f"Có {counted(len(offered), 'tệp mới')} trong thư mục nhận:", _listed(offered, offered_words))
        elif refused:
            heading = f"{counted(len(refused), 'tệp')} trong thư mục nhận không nhập được:"
            self._say(heading, _listed(refused, refused_words))
        else:
            self._say("", self._result)
        self.setVisible(bool(offered or refused or self._result))

    def _say(self, words: str, names: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.names.setText(names)
        self.names.updateGeometry()


def _listed(files: Sequence[InboxFile], words: Callable[[InboxFile], str]) -> str:
    return "; ".join(words(one) for one in files)


def offered_words(one: InboxFile) -> str:
    """Whose file it is, for which period, and how much it brings; its name where that is not known yet."""
    receipt = one.receipt
    if receipt is None:
        return f"{one.name} (chưa kiểm tra)"
    period = read_period(one.period).name if is_period(one.period) else one.period
    told = [words for words in (period, counted(receipt.new, "nội dung mới") if receipt.new else "") if words]
    who = receipt.sender_unit or one.name
    return f"{who} ({', '.join(told)})" if told else who


def refused_words(one: InboxFile) -> str:
    """The name of a file and why it is refused."""
    return f"{one.name} – {one.summary}"


def done_words(done: InboxDone) -> str:
    """What importing did, in a line."""
    parts = []
    refused = {one.file for one in done.receipts if one.outcome is Outcome.REFUSED}
    taken = len(done.receipts) - len(refused)
    if taken:
        parts.append(f"√ Đã nhập {counted(taken, 'tệp')} từ thư mục nhận.")
    if done.moved:
        parts.append(f"Đã chuyển {counted(len(done.moved), 'tệp')} vào {DONE}.")
    if refused:
        parts.append(f"{counted(len(refused), 'tệp')} không nhập được, lý do ghi trong danh sách.")
    parts += [f"{name} còn nằm lại: {why}" for name, why in done.stayed if name not in refused]
    return " ".join(parts)
