"""Faults of ours: one dialog for each distinct traceback, the log saved, the program goes on."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.ui.libraries import show_crash

LOG_NAME = "nhat-ky-loi.txt"
_MOST_LOG = 512 * 1024
"""Bytes of log kept; an older log beyond that starts anew."""


class CrashHook(QObject):
    """Takes every exception nobody expected, from any thread, to one place on the UI thread.

    ``log_folder`` gets the log file; a log that cannot be written is said in the dialog and nothing more happens.
    """

    _happened = Signal(str, str)

    def __init__(self, clock: Callable[[], datetime], log_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.window: QWidget | None = None
        self.log = log_folder / LOG_NAME
        self._clock = clock
        self._seen: set[str] = set()
        self._lock = threading.Lock()
        self._before = sys.excepthook, threading.excepthook
        self._happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the hook of the process and of its threads."""
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self.take
        threading.excepthook = self._take_thread

    def uninstall(self) -> None:
        """Give the hooks back to those who had them."""
        sys.excepthook, threading.excepthook = self._before

    def take(self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        """Log a fault and show it, once for each distinct traceback."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, fault, trace)
            return
        whole = "".join(traceback.format_exception(kind, fault, trace))
        where = "".join(f"{one.filename}:{one.lineno};" for one in traceback.extract_tb(trace))
        with self._lock:
            known = f"{kind.__name__}@{where}" in self._seen
            self._seen.add(f"{kind.__name__}@{where}")
            saved = self._write(whole)
        if not known:
            self._happened.emit(whole, saved)

    def _take_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.take(args.exc_type, args.exc_value, args.exc_traceback)

    def _write(self, whole: str) -> str:
        """Append to the log; where it went, or why it did not."""
        try:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            mode = "w" if self.log.exists() and self.log.stat().st_size > _MOST_LOG else "a"
            with self.log.open(mode, encoding="utf-8") as file:
                file.write(f"--- {self._clock().isoformat(timespec='seconds')}\n{whole}\n")
        except OSError as trouble:
            return f"Không ghi được nhật ký lỗi: {trouble.strerror}"
        return f"Nhật ký lỗi: {self.log}"

    @Slot(str, str)
    def _show(self, whole: str, saved: str) -> None:
        if self.window is None or self.window.isVisible():
            show_crash(self.window, whole, saved)
