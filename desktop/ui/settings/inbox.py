"""*Thư mục nhận*: which folder the program looks into for files that arrive."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.models.errors import SoTienDoError
from desktop.services.traffic.inbox import inbox_folder, set_inbox
from desktop.services.views import Changes
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.basics import ElidedLabel, button, column, label, row
from desktop.ui.widgets.files import ask_for_folder

_TOLD = (
    "Thư mục chung hoặc ổ đồng bộ mà các đơn vị gửi tệp vào. Tệp đến được kiểm tra và chờ bấm Nhập; tệp đã nhập chuyển "
    "vào da‑nhap. Mỗi thư mục chỉ nên do một đơn vị theo dõi."
)
_NONE = "Chưa chọn thư mục nào"


class InboxChoice(QWidget):
    """The folder, *Chọn thư mục…*, *Thôi theo dõi*; in force and kept at once."""

    def __init__(self, runner: TaskRunner) -> None:
        super().__init__()
        self._runner = runner
        self.folder = ElidedLabel(_NONE, elide=Qt.TextElideMode.ElideMiddle, letters=16)
        self.folder.setAccessibleName("Thư mục nhận")
        self.choose = button("Chọn thư mục…", self.ask)
        self.give_up = button("Thôi theo dõi", lambda: self.watch(None), "link")
        self.problem = label("", "wrong", wrap=True)
        self.problem.hide()
        line = row(self.folder, self.choose, self.give_up, None, spacing=12)
        self.setLayout(column(line, self.problem, label(_TOLD, "muted", wrap=True), spacing=8))
        self._show(None)

    def refresh(self) -> None:
        """The folder watched now."""
        self._runner.run(inbox_folder, self._show)

    def ask(self) -> None:
        """Choose a folder in the system's dialog."""
        chosen = ask_for_folder(self, "Chọn thư mục nhận tệp")
        if chosen is not None:
            self.watch(chosen)

    def watch(self, folder: Path | None) -> None:
        """Watch a folder from now on, or none."""
        self._runner.run(lambda ws: set_inbox(ws, folder), self._kept, self._refused, busy="Đang xem thư mục nhận…")

    def _kept(self, _changes: Changes) -> None:
        self._tell("")
        self.refresh()

    def _refused(self, error: SoTienDoError) -> None:
        self._tell(error.sentence)

    def _tell(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _show(self, folder: Path | None) -> None:
        self.folder.setText(str(folder) if folder is not None else _NONE)
        self.folder.updateGeometry()
        self.give_up.setVisible(folder is not None)
