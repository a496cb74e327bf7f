"""*Gửi – Nhận*: one button that writes what must be sent, what waits and what came, files checked or imported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.models.errors import SoTienDoError
from desktop.services.traffic.change_words import change_line, plan_changes_line
from desktop.services.traffic.checking import Checked, check_package
from desktop.services.traffic.enrolling import own_code, write_starter
from desktop.services.traffic.exchanging import traffic, write_packages
from desktop.services.traffic.inbox import InboxDone
from desktop.services.traffic.views import ImportDone, TrafficView, WrittenPackage
from desktop.services.views import Changes, Identity, Role
from desktop.ui.parts.segments import Segments
from desktop.ui.settling.panel import Settling
from desktop.ui.shell.screen import Screen
from desktop.ui.tasks import TaskRunner
from desktop.ui.traffic.importing import FILE_FILTER, Importer, ProgressStrip
from desktop.ui.traffic.inbox import InboxStrip
from desktop.ui.traffic.receipt_words import as_it_stands
from desktop.ui.traffic.receipts import ReceiptBrowser
from desktop.ui.traffic.told import Told
from desktop.ui.traffic.written import WrittenResult, next_step, written_list
from desktop.ui.widgets.basics import button, column, frame, label, row, title
from desktop.ui.widgets.dialogs import show_error
from desktop.ui.widgets.files import ask_for_file, ask_for_files, ask_for_folder
from desktop.ui.widgets.words import counted, grouped

_EMPTY = "Chưa nhận tệp nào. Thả tệp vào cửa sổ hoặc bấm Nhập tệp…"
_STARTER_THEN = (
    "Gửi tệp khởi tạo vào nhóm của các đơn vị. Ghi mã 20 chữ số ở bên vào công văn hoặc đọc qua điện thoại: "
    "đơn vị phải đối chiếu mã này trước khi dùng."
)
_RECEIVED, _WRITTEN, _CLASHES = range(3)
_TABS = {_RECEIVED: "Tệp đã nhận", _WRITTEN: "Tệp đã ghi", _CLASHES: "Cần đối chiếu"}


class ExchangeScreen(Screen):
    """Files out and in, for both roles."""

    title = "Gửi – Nhận"
    key_hint = "Enter mở phiếu · Esc đóng phiếu · thả tệp vào bất cứ chỗ nào trong cửa sổ"

    def __init__(self, runner: TaskRunner, identity: Identity) -> None:
        super().__init__()
        self._runner = runner
        self._identity = identity
        self._waiting = 0
        self._writing = False
        self.importer = Importer(runner, self)
        self.importer.finished.connect(self._imported)
        self.importer.failed.connect(self._failed)
        self.state = label("", wrap=True)
        self.told = Told()
        self.result = WrittenResult()
        self.write = button("Ghi tệp gửi…", self.ask_and_write, "primary")
        self.code = title("", 2, copyable=True)
        self.code.setAccessibleName("Mã 20 chữ số")
        self.browser = ReceiptBrowser("Tệp đã nhận", _EMPTY)
        self.written = written_list()
        self.settling = Settling(runner)
        self.settling.counted.connect(self._clashes_counted)
        self.inbox = InboxStrip(runner)
        self.inbox.imported.connect(self._imported)
        self.inbox.failed.connect(self._failed)
        self._lay_out()

    def _lay_out(self) -> None:
        cards = row(self._sending(), self._identifying(), spacing=12)
        cards.setStretch(0, 3)
        cards.setStretch(1, 2)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.browser)
        self.pages.addWidget(frame("card", column(self.written, margins=(1, 1, 1, 1))))
        self.pages.addWidget(self.settling)
        made = column(
            self.told, cards, self.inbox, self._choosing(), self.pages, spacing=10, margins=(14, 12, 14, 12)
        )
        made.setStretch(4, 1)
        self.setLayout(made)
        self.setFocusProxy(self.write)

    def _sending(self) -> QWidget:
        words = row(self.state, self.write, spacing=16)
        words.setStretch(0, 1)
        return frame("card", column(title("Gửi", 1), words, self.result, None, spacing=6, margins=(16, 10, 16, 12)))

    def _identifying(self) -> QWidget:
        """The code to read out: of the root at a hub, with the starter file; of this machine at a unit."""
        if self._identity.role is Role.HUB:
            heading = "Khóa của đơn vị tổng hợp"
            told = "Ghi 20 chữ số này vào công văn hoặc đọc qua điện thoại để đơn vị đối chiếu với tệp khởi tạo."
            act = row(button("Ghi tệp khởi tạo…", self.ask_and_write_starter), None)
        else:
            heading = "Mã đối chiếu của máy này"
            told = f"Đọc 20 chữ số này khi {self._identity.hub_name} hỏi để chấp nhận máy."
            act = row(None)
        parts = (title(heading, 1), self.code, label(told, "muted", wrap=True), None, act)
        return frame("card", column(*parts, spacing=4, margins=(16, 10, 16, 12)))

    def _choosing(self) -> QWidget:
        # At the hub they stand under Tiếp nhận.
        tabs = [one for one in _TABS.items() if one[0] != _CLASHES or self._identity.role is Role.UNIT]
        self.tabs = Segments("Danh sách tệp", tabs, _RECEIVED)
        self.tabs.told.chosen.connect(self.show_page)
        self.check = button("Kiểm tra tệp…", self.ask_and_check, tip="Xem tệp có gì mà không nhập")
        self.take = button("Nhập tệp…", self.ask_and_import)
        made = QWidget()
        made.setLayout(row(self.tabs, None, ProgressStrip(self.importer), self.check, self.take))
        return made

    @property
    def badge(self) -> int:
        """Facts that wait to be written into a file."""
        return self._waiting

    def refresh(self, changes: Changes | None) -> None:
        """What waits, what was written, what came in."""
        self._runner.run(traffic, self._show)
        if self._identity.role is Role.UNIT:
            self.settling.refresh()
            # At the hub files arrive in Tiếp nhận.
            self.inbox.refresh(changes)
        if changes is None:
            self._runner.run(own_code, lambda code: self.code.setText(grouped(code)))

    def take_files(self, paths: Sequence[Path]) -> None:
        """Import files."""
        self.show_page(_RECEIVED)
        self.importer.start(paths)

    def show_page(self, page: int) -> None:
        """Show the files received (0) or written (1), or the values to decide between (2)."""
        self.tabs.choose(page)
        self.pages.setCurrentIndex(page)

    def ask_and_write(self) -> None:
        """Choose a folder or stick and write there."""
        chosen = ask_for_folder(self, "Chọn USB hoặc thư mục để ghi tệp gửi")
        if chosen is not None:
            self.write_to(chosen)

    def write_to(self, folder: Path) -> None:
        """Write what must be sent into a folder."""
        if self._writing:
            return
        self._writing = True
        self._runner.run(
            lambda ws: write_packages(ws, folder), self._written, self._failed, busy="Đang ghi tệp gửi…"
        )

    def ask_and_write_starter(self) -> None:
        """Choose a folder and write the starter file there."""
        chosen = ask_for_folder(self, "Chọn nơi ghi tệp khởi tạo")
        if chosen is not None:
            self.write_starter_to(chosen)

    def write_starter_to(self, folder: Path) -> None:
        """Write the starter file into a folder."""
        self._runner.run(
            lambda ws: write_starter(ws, folder), self._starter_written, self._failed, busy="Đang ghi tệp khởi tạo…"
        )

    def ask_and_import(self) -> None:
        """Choose files and import them."""
        self.take_files(ask_for_files(self, "Chọn tệp để nhập", FILE_FILTER))

    def ask_and_check(self) -> None:
        """Choose a file and look at it without importing."""
        path = ask_for_file(self, "Chọn tệp để kiểm tra", FILE_FILTER)
        if path is not None:
            self.check_path(path)

    def check_path(self, path: Path) -> None:
        """Check a file; nothing is imported."""
        self._runner.run(lambda ws: check_package(ws, path), self._checked, self._failed, busy="Đang kiểm tra tệp…")

    def _show(self, view: TrafficView) -> None:
        self.state.setText(_state_words(view))
        self.told.show_words(view)
        self.browser.show_rows(as_it_stands(view.received, view.requests))
        self.written.show_rows(view.written)
        self._waiting = view.waiting
        self.badge_changed.emit(view.waiting)

    def _clashes_counted(self, count: int) -> None:
        self.tabs.rename(_CLASHES, f"{_TABS[_CLASHES]}  {count}" if count else _TABS[_CLASHES])

    def _written(self, packages: tuple[WrittenPackage, ...]) -> None:
        self._writing = False
        if len(packages) > 1:
            self.show_page(_WRITTEN)
        self.result.show_result(packages, next_step(self._identity, packages))
        self._runner.run(traffic, self._show)

    def _starter_written(self, package: WrittenPackage) -> None:
        self.result.show_result((package,), _STARTER_THEN)
        self._runner.run(traffic, self._show)

    def _checked(self, checked: Checked) -> None:
        self.show_page(_RECEIVED)
        lines = (*map(change_line, checked.changes), *map(plan_changes_line, checked.plan_changes))
        self.browser.open(checked.receipt, "Chỉ kiểm tra: chưa nhập gì từ tệp này.", lines)

    def _imported(self, done: ImportDone | InboxDone) -> None:
        self._runner.run(traffic, self._show)
        if len(done.receipts) == 1:
            self.browser.open(done.receipts[0])

    def _failed(self, error: SoTienDoError) -> None:
        self._writing = False
        self._runner.run(traffic, self._show)
        show_error(self.window(), error)


def _state_words(view: TrafficView) -> str:
    """What waits and what the other side has not confirmed yet."""
    if view.identity.role is Role.HUB and not view.written:
        return "Việc đầu tiên: ghi tệp khởi tạo (ở bên), gửi cho các đơn vị kèm 20 chữ số để họ đối chiếu."
    if view.waiting:
        return f"Có {counted(view.waiting, 'nội dung')} chưa ghi vào tệp nào. Ghi tệp rồi chuyển đi."
    if view.unconfirmed:
        held = counted(view.unconfirmed, "nội dung")
        told = f"Mọi số liệu đã nằm trong tệp đã ghi; {held} chưa được xác nhận đã nhận."
        return f"{told} Nếu tệp thất lạc, cứ ghi và gửi lại."
    return "Không còn gì chờ gửi." if view.written else "Chưa có gì để gửi."
