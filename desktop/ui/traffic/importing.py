"""Taking files in on the worker: progress, stopping between two files, results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from desktop.models.errors import SoTienDoError
from desktop.services.exchanging import import_files
from desktop.services.views import ImportDone
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.basics import button, column, label, row

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace

FILE_FILTER = "Tệp Sổ tiến độ (*.sotiendo *.zip);;Mọi tệp (*)"
_SUFFIXES = frozenset({".sotiendo", ".zip"})


def collected(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Files as given; a folder stands for the package files directly in it, by name."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.suffix.lower() in _SUFFIXES)
            found.update(dict.fromkeys(inside))
        else:
            found[path] = None
    return tuple(found)


def ask_for_files(parent: QWidget, heading: str) -> tuple[Path, ...]:
    """Files chosen in the system's dialog; none when it was cancelled."""
    names, _ = QFileDialog.getOpenFileNames(parent, heading, "", FILE_FILTER)
    return tuple(Path(name) for name in names)


class Importer(QObject):
    """Imports batches of files one after another; what was taken before a stop stays taken."""

    progressed = Signal(int, int)
    """Files read so far, files of the batch."""
    finished = Signal(object)
    """ImportDone of a batch."""
    failed = Signal(object)
    """SoTienDoError that stopped a batch."""
    running_changed = Signal(bool)
    _moved = Signal(int, int)

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._stopped = False
        self._batches = 0
        self._moved.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether a batch is on its way."""
        return self._batches > 0

    def start(self, paths: Sequence[Path]) -> None:
        """Import a batch; waits its turn while another runs."""
        files = collected(paths)
        if not files:
            return
        self._stopped = False
        self._batches += 1
        self.running_changed.emit(True)
        self.progressed.emit(0, len(files))
        self._runner.run(
            lambda ws: self._import(ws, files), self._done, self._not_done, busy=f"Đang đọc {len(files)} tệp…"
        )

    def stop(self) -> None:
        """Stop before the next file."""
        self._stopped = True

    def _import(self, ws: Workspace, files: Sequence[Path]) -> ImportDone:
        """On the worker."""
        return import_files(ws, files, self._moved.emit, lambda: self._stopped or self._runner.is_closing)

    def _tell(self, done: int, total: int) -> None:
        if self.running:
            self.progressed.emit(done, total)

    def _done(self, result: ImportDone) -> None:
        self._end()
        self.finished.emit(result)

    def _not_done(self, error: SoTienDoError) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._batches -= 1
        self.running_changed.emit(self.running)


class ProgressStrip(QWidget):
    """How far an import has come, with *Dừng*; gone while nothing runs."""

    def __init__(self, importer: Importer) -> None:
        super().__init__()
        self.words = label("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(260)
        self.bar.setAccessibleName("Tiến trình đọc tệp")
        self.stop = button("Dừng", importer.stop, tip="Dừng sau tệp đang đọc; tệp đã đọc vẫn được giữ")
        words = QWidget()
        words.setLayout(column(self.words, self.bar, spacing=3))
        self.setLayout(row(words, self.stop, spacing=14))
        self.hide()
        importer.progressed.connect(self._show)
        importer.running_changed.connect(self.setVisible)

    def _show(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.words.setText(f"Đang đọc {min(done + 1, total)}/{total} tệp")
