"""*Đăng ký máy*: machines that ask to report, each with the code to compare by telephone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.models.errors import SoTienDoError
from desktop.services.traffic.enrolling import ApprovalDone, approve
from desktop.services.traffic.views import EnrolmentRequest
from desktop.ui.tasks import TaskRunner
from desktop.ui.theme import StatusStyle, Tone, style
from desktop.ui.widgets.basics import button, column, frame, label, row
from desktop.ui.widgets.dialogs import show_error
from desktop.ui.widgets.listing import Column, Kind, Listing
from desktop.ui.widgets.words import counted, grouped

_HELP = (
    "Gọi điện cho đơn vị, đề nghị đọc 20 chữ số ở mục Thiết lập trên máy của họ. Chỉ chấp nhận khi đủ 20 chữ số trùng "
    "với mã dưới đây; số liệu đang tạm giữ của máy đó được tính ngay. Giữ Ctrl hoặc Shift để chọn nhiều máy."
)

_EMPTY = "Chưa có máy nào xin đăng ký. Yêu cầu đến cùng tệp báo cáo đầu tiên của đơn vị."


def _unit(request: EnrolmentRequest) -> str:
    return request.unit_name


def _label(request: EnrolmentRequest) -> str:
    return request.device_label


def _code(request: EnrolmentRequest) -> str:
    return grouped(request.code)


def _held(request: EnrolmentRequest) -> str:
    return counted(request.held, "nội dung") if request.held else "–"


def _state(request: EnrolmentRequest) -> StatusStyle:
    if request.state == "approved":
        return style(Tone.GREEN, "√", "Đã chấp nhận")
    return style(Tone.AMBER, "□", "Chờ đối chiếu")


COLUMNS: tuple[Column[EnrolmentRequest], ...] = (
    Column("Đơn vị", _unit, 18, 3, Kind.BOLD),
    Column("Máy", _label, 8, 1, optional=True),
    Column("Mã đối chiếu", _code, 28, 1),
    Column("Đang tạm giữ", _held, 14, 1, Kind.MUTED),
    Column("Trạng thái", _unit, 17, 0, Kind.BADGE, _state),
)


class Machines(QWidget):
    """The requests, pending ones first, and *Chấp nhận máy* for those chosen."""

    approved = Signal(object)
    """ApprovalDone, once machines were accepted."""

    def __init__(self, runner: TaskRunner) -> None:
        super().__init__()
        self._runner = runner
        self.list: Listing[EnrolmentRequest] = Listing("Máy xin đăng ký", COLUMNS, _EMPTY)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.selectionModel().selectionChanged.connect(lambda _now, _before: self._tell())
        self.accept = button("Chấp nhận máy", self.accept_chosen, "primary")
        self.all = button("Chọn cả các máy đang chờ", self.choose_all)
        self.result = label("", wrap=True)
        self.result.hide()
        top = row(label(_HELP, "muted", wrap=True), self.all, self.accept, spacing=10)
        top.setStretch(0, 1)
        made = column(top, self.result, frame("card", column(self.list, margins=(1, 1, 1, 1))), spacing=10)
        made.setStretch(2, 1)
        self.setLayout(made)
        self._tell()

    def show_rows(self, requests: Sequence[EnrolmentRequest]) -> None:
        """Show other requests."""
        self.list.show_rows(sorted(requests, key=lambda one: one.state == "approved"))
        self._tell()

    def pending_chosen(self) -> tuple[EnrolmentRequest, ...]:
        """The chosen machines that wait."""
        places = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return tuple(self.list.rows[place] for place in places if self.list.rows[place].state == "pending")

    def choose_all(self) -> None:
        """Choose every machine that waits."""
        self.list.choose_all([at for at, one in enumerate(self.list.rows) if one.state == "pending"])
        self.accept.setFocus()

    def accept_chosen(self) -> None:
        """Accept the chosen machines."""
        codes = [one.code for one in self.pending_chosen()]
        if codes:
            self.accept.setEnabled(False)
            self._runner.run(lambda ws: approve(ws, codes), self._accepted, self._failed, busy="Đang chấp nhận máy…")

    def _accepted(self, done: ApprovalDone) -> None:
        names = ", ".join(one.unit_name for one in done.approved)
        self.result.setText(
            f"√ Đã chấp nhận: {names}. Hãy ghi tệp gửi ở mục Gửi – Nhận để đơn vị nhận được xác nhận."
        )
        self.result.show()
        self.approved.emit(done)

    def _failed(self, error: SoTienDoError) -> None:
        self._tell()
        show_error(self.window(), error)

    def _tell(self) -> None:
        chosen = len(self.pending_chosen())
        self.accept.setEnabled(chosen > 0)
        self.accept.setText(f"Chấp nhận {chosen} máy" if chosen > 1 else "Chấp nhận máy")
        waiting = sum(one.state == "pending" for one in self.list.rows)
        self.all.setText(f"Chọn cả {waiting} máy đang chờ")
        self.all.setVisible(waiting > 1)
        self.all.setEnabled(chosen < waiting)
