"""Taking files in on the worker: progress, stopping between two files, results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from desktop.models.errors import EnvironmentTrouble, Refused, SoTienDoError
from desktop.services.traffic.exchanging import import_files
from desktop.services.traffic.views import ImportDone
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.basics import button, column, label, row

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace

FILE_FILTER = "Tệp Sổ tiến độ (*.sotiendo *.zip);;Mọi tệp (*)"
_SUFFIXES = frozenset({".sotiendo", ".zip"})


def collected(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Files as given; a folder stands for the package files directly in it, by name.

    Raises Refused NO_FILES_INSIDE for folders without any, EnvironmentTrouble FOLDER_UNREADABLE.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(_inside(path)))
        else:
            found[path] = None
    if paths and not found:
        raise Refused(
            "NO_FILES_INSIDE",
            f"Trong thư mục “{paths[0].name}” không có tệp báo cáo nào; chưa nhập gì.",
            "Hãy chọn thư mục có tệp đuôi .sotiendo hoặc .zip, hoặc chọn thẳng các tệp đó.",
        )
    return tuple(found)


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(one for one in folder.iterdir() if one.suffix.lower() in _SUFFIXES)
    except OSError:
        raise EnvironmentTrouble(
            "FOLDER_UNREADABLE",
            f"Không mở được thư mục “{folder.name}”; chưa nhập gì.",
            "Hãy kiểm tra USB hoặc quyền đọc thư mục, hoặc chép các tệp ra chỗ khác rồi nhập.",
        ) from None


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
        try:
            files = collected(paths)
        except SoTienDoError as error:
            self.failed.emit(error)
            return
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
