"""*Tiếp nhận*: files of the units come in at the hub, with receipts; machines ask to be enrolled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.models.errors import SoTienDoError
from desktop.services.traffic.enrolling import ApprovalDone
from desktop.services.traffic.exchanging import traffic
from desktop.services.traffic.inbox import InboxDone
from desktop.services.traffic.views import ImportDone, TrafficView
from desktop.services.views import Changes
from desktop.ui.parts.segments import Segments
from desktop.ui.settling.panel import Settling
from desktop.ui.shell.screen import Screen
from desktop.ui.tasks import TaskRunner
from desktop.ui.traffic.importing import FILE_FILTER, Importer, ProgressStrip
from desktop.ui.traffic.inbox import InboxStrip
from desktop.ui.traffic.machines import Machines
from desktop.ui.traffic.receipt_words import as_it_stands
from desktop.ui.traffic.receipts import ReceiptBrowser
from desktop.ui.traffic.told import Told
from desktop.ui.widgets.basics import button, column, frame, row
from desktop.ui.widgets.dialogs import show_error
from desktop.ui.widgets.drop import DropArea
from desktop.ui.widgets.files import ask_for_files

_EMPTY = "Chưa nhận tệp nào. Phiếu tiếp nhận của từng tệp sẽ hiện ở đây."
_FILES, _MACHINES, _CLASHES = range(3)


_TABS = {_FILES: "Tệp đến", _MACHINES: "Đăng ký máy", _CLASHES: "Cần đối chiếu"}


class ReceiveScreen(Screen):
    """The hub's inbox."""

    title = "Tiếp nhận"
    key_hint = "Enter mở phiếu · Esc đóng phiếu · thả tệp vào bất cứ chỗ nào trong cửa sổ"

    def __init__(self, runner: TaskRunner) -> None:
        super().__init__()
        self._runner = runner
        self._pending = self._clashes = 0
        self.importer = Importer(runner, self)
        self.importer.finished.connect(self._imported)
        self.importer.failed.connect(self._failed)
        self.browser = ReceiptBrowser("Tệp đến", _EMPTY)
        self.machines = Machines(runner)
        self.machines.approved.connect(self._approved)
        self.settling = Settling(runner)
        self.settling.counted.connect(self._clashes_counted)
        self.drop = DropArea(
            "Thả tệp báo cáo vào đây",
            "USB, e-mail, Zalo – nhiều tệp một lúc. Nhập lại tệp cũ không làm thay đổi gì.",
            ProgressStrip(self.importer),
        )
        self.drop.dropped.connect(self.take_files)
        self.told = Told()
        self.pages = QStackedWidget()
        files = QWidget()
        self.inbox = InboxStrip(runner)
        self.inbox.imported.connect(self._imported)
        self.inbox.failed.connect(self._failed)
        made = column(self.told, self.inbox, self.drop, self.browser, spacing=12)
        made.setStretch(3, 1)
        files.setLayout(made)
        self.pages.addWidget(files)
        self.pages.addWidget(self.machines)
        self.pages.addWidget(self.settling)
        self._lay_out()

    def _lay_out(self) -> None:
        self.tabs = Segments("Phần của Tiếp nhận", _TABS.items(), _FILES)
        self.tabs.told.chosen.connect(self.pages.setCurrentIndex)
        self.choose = button("Chọn tệp…", self.choose_files, "primary")
        bar = frame("bar", row(self.tabs, None, self.choose, margins=(14, 8, 14, 8)))
        body = QWidget()
        body.setLayout(column(self.pages, margins=(14, 12, 14, 12)))
        made = column(bar, body, spacing=0)
        made.setStretch(1, 1)
        self.setLayout(made)
        self.setFocusProxy(self.browser.list)

    @property
    def badge(self) -> int:
        """Machines that wait for approval, and values that wait for a decision."""
        return self._pending + self._clashes

    def refresh(self, changes: Changes | None) -> None:
        """Receipts and requests anew."""
        if changes is None or changes.exchange or changes.plan:
            self._runner.run(traffic, self._show)
            self.inbox.refresh(changes)
        self.settling.refresh()

    def take_files(self, paths: Sequence[Path]) -> None:
        """Import files."""
        self._go_to(_FILES)
        self.importer.start(paths)

    def choose_files(self) -> None:
        """Choose files in the system's dialog and import them."""
        self.take_files(ask_for_files(self, "Chọn tệp báo cáo", FILE_FILTER))

    def show_machines(self) -> None:
        """Go to *Đăng ký máy*."""
        self._go_to(_MACHINES)

    def show_clashes(self) -> None:
        """Go to *Cần đối chiếu*."""
        self._go_to(_CLASHES)
        self.settling.setFocus()

    def _go_to(self, page: int) -> None:
        self.tabs.choose(page)
        self.pages.setCurrentIndex(page)

    def _show(self, view: TrafficView) -> None:
        self.browser.show_rows(as_it_stands(view.received, view.requests))
        self.machines.show_rows(view.requests)
        self.told.show_words(view)
        self._pending = sum(one.state == "pending" for one in view.requests)
        self._name(_MACHINES, self._pending)

    def _clashes_counted(self, count: int) -> None:
        self._clashes = count
        self._name(_CLASHES, count)

    def _name(self, page: int, waiting: int) -> None:
        self.tabs.rename(page, f"{_TABS[page]}  {waiting}" if waiting else _TABS[page])
        self.badge_changed.emit(self.badge)

    def _imported(self, done: ImportDone | InboxDone) -> None:
        """The batch is in: its receipts come with the view; a lone receipt opens by itself."""
        self.refresh(None)
        if len(done.receipts) == 1:
            self.browser.open(done.receipts[0])

    def _approved(self, _done: ApprovalDone) -> None:
        self.refresh(None)

    def _failed(self, error: SoTienDoError) -> None:
        self.refresh(None)
        show_error(self.window(), error)
