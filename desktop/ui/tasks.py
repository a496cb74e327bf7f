"""The single database worker: one thread that opens, uses and closes the workspace, and answers on the UI thread."""

from __future__ import annotations

import functools
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import CellType
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from desktop.models.errors import SoTienDoError
from desktop.services.views import Changes, Identity
from desktop.ui.libraries import open_workspace

if TYPE_CHECKING:
    from desktop.services.environment import Environment
    from desktop.services.workspace import Workspace

T = TypeVar("T")
Failed = Callable[[SoTienDoError], None]
_SHORTLY = 1.0
"""Seconds."""


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    """A finished task on its way back: the future, and who waits for it."""

    future: Future[Any]
    done: Callable[[Any], None]
    failed: Failed | None
    busy: str


class TaskRunner(QObject):
    """Runs jobs one after another on the database worker and hands the results back on the UI thread, in order.

    A result whose receiver was destroyed meanwhile is dropped. Faults of ours (any exception that is not a
    SoTienDoError) go to ``sys.excepthook`` on the UI thread, where the crash hook shows them.
    """

    changed = Signal(object)
    """Changes, after every task whose result is Changes or has ``.changes``."""
    failed = Signal(object)
    """A SoTienDoError that the caller of the task did not want to handle."""
    busy_changed = Signal(str)
    """What goes on, in words; empty when nothing does."""
    closing = Signal()
    """The worker is about to be waited for: whoever holds it up (a question to the person) lets go."""
    _finished = Signal()

    def __init__(
        self,
        environment: Environment,
        folder: Path,
        parent: QObject | None = None,
        *,
        opener: Callable[[Environment, Path], Workspace] = open_workspace,
    ) -> None:
        super().__init__(parent)
        self.environment = environment
        self.folder = folder
        self._opener = opener
        self._workspace: Workspace | None = None
        self._executor = _one_thread()
        self._beside: threading.Thread | None = None
        self._answers: deque[_Answer] = deque()
        self._busy: list[str] = []
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_closing(self) -> bool:
        """Whether the worker is being closed; long jobs ask this and stop where nothing is left half done."""
        return self._closed

    def open(self, done: Callable[[Identity | None], None], failed: Failed) -> None:
        """Open the folder; ``done`` gets who works here, or None where the folder is not set up yet.

        May be called again after another job has set the folder up: it is then read anew.
        """
        self._submit(self._open, done, failed, "")

    def run(
        self,
        job: Callable[[Workspace], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        *,
        busy: str = "",
    ) -> None:
        """Run ``job`` on the worker. ``busy`` says in words what goes on, for the foot of the window."""
        self._submit(lambda: job(self._opened()), done, failed, busy)

    def run_outside(self, job: Callable[[], T], done: Callable[[T], None], failed: Failed, *, busy: str = "") -> None:
        """Run a job that needs the folder for itself (setting it up): the workspace is closed before."""

        def outside() -> T:
            self._close_workspace()
            return job()

        self._submit(outside, done, failed, busy)

    def run_beside(self, job: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        """Run a job that touches files only, on a thread of its own: a share that hangs holds nobody up.

        Nobody waits for it, not even closing.
        """
        if self._closed:
            return
        future: Future[T] = Future()

        def work() -> None:
            try:
                future.set_result(job())
            except SoTienDoError as error:
                future.set_exception(error)
            finally:
                fault = sys.exc_info()[1]
                if fault is not None:
                    # A fault of ours ends this thread, and is told where all such faults are.
                    future.set_exception(fault)
                self._send(_Answer(future, done, failed, ""))

        self._beside = threading.Thread(target=work, name="sotiendo-share", daemon=True)
        self._beside.start()

    def move(self, environment: Environment, folder: Path) -> None:
        """Work in another folder from the next job on; open it with ``open``."""
        self.environment = environment
        self.folder = folder
        self._submit(self._close_workspace, lambda _nothing: None, None, "")

    def close(self) -> tuple[SoTienDoError, ...]:
        """Finish what was asked for, close the workspace and wait until the thread has ended.

        Answers not handed back yet go to nobody; the errors among them are returned, so that a value that could not
        be saved in the last moment is not lost in silence (``reopen`` then goes on).
        """
        if self._closed:
            return ()
        self._closed = True
        self.closing.emit()
        last = self._executor.submit(self._close_workspace)
        self._executor.shutdown(wait=True)
        if self._beside is not None:
            # As long as a listing takes where nothing hangs.
            self._beside.join(_SHORTLY)
        last.result()
        faults = [self._answers.popleft().future.exception() for _ in range(len(self._answers))]
        for fault in faults:
            if fault is not None and not isinstance(fault, SoTienDoError):
                sys.excepthook(type(fault), fault, fault.__traceback__)
        return tuple(fault for fault in faults if isinstance(fault, SoTienDoError))

    def reopen(self) -> None:
        """Take up work again after ``close``."""
        self._executor = _one_thread()
        self._busy.clear()
        self.busy_changed.emit("")
        self._closed = False

    def _submit(self, job: Callable[[], T], done: Callable[[T], None], failed: Failed | None, busy: str) -> None:
        if self._closed:
            return
        if busy:
            self._busy.append(busy)
            self.busy_changed.emit(busy)
        future = self._executor.submit(job)
        future.add_done_callback(lambda finished: self._send(_Answer(finished, done, failed, busy)))

    def _send(self, answer: _Answer) -> None:
        self._answers.append(answer)
        if isValid(self):
            self._finished.emit()

    @Slot()
    def _deliver(self) -> None:
        if not self._answers:
            return
        answer = self._answers.popleft()
        if answer.busy:
            self._busy.remove(answer.busy)
            self.busy_changed.emit(self._busy[0] if self._busy else "")
        fault = answer.future.exception()
        if isinstance(fault, SoTienDoError):
            if answer.failed is None:
                self.failed.emit(fault)
            elif _alive(answer.failed):
                answer.failed(fault)
        elif fault is not None:
            sys.excepthook(type(fault), fault, fault.__traceback__)
        else:
            result = answer.future.result()
            if _alive(answer.done):
                answer.done(result)
            changes = result if isinstance(result, Changes) else getattr(result, "changes", None)
            if isinstance(changes, Changes) and changes != Changes():
                self.changed.emit(changes)

    def _open(self) -> Identity | None:
        self._close_workspace()
        workspace = self._opened()
        return workspace.identity() if workspace.is_set_up() else None

    def _opened(self) -> Workspace:
        if self._workspace is None:
            self._workspace = self._opener(self.environment, self.folder)
        return self._workspace

    def _close_workspace(self) -> None:
        workspace, self._workspace = self._workspace, None
        if workspace is not None:
            workspace.close()


def _one_thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="sotiendo-data")


def _alive(receiver: Callable[..., None]) -> bool:
    """Whether every Qt object that the receiver is bound to, or closes over, still exists."""
    return all(isValid(held) for held in _held(receiver))


def _held(receiver: Any) -> Iterator[QObject]:
    if isinstance(receiver, QObject):
        yield receiver
    elif isinstance(receiver, functools.partial):
        yield from _held(receiver.func)
        for argument in receiver.args:
            yield from _held(argument)
    elif callable(receiver):
        bound = getattr(receiver, "__self__", None)
        if isinstance(bound, QObject):
            yield bound
        for cell in getattr(receiver, "__closure__", None) or ():
            held = _contents(cell)
            owner = getattr(held, "__self__", held)
            if isinstance(owner, QObject):
                yield owner


def _contents(cell: CellType) -> object:
    """What a closure's cell holds; None for one not yet filled."""
    try:
        return cell.cell_contents
    except ValueError:
        return None
