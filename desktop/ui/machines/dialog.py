"""*Máy và khóa*: every machine that writes into the plan, what may be done with it, and the spare root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QWidget

from desktop.models.errors import SoTienDoError
from desktop.services.traffic import machines, spare
from desktop.services.traffic.machines import Machine
from desktop.services.views import Changes
from desktop.ui.machines.moving import MoveDialog
from desktop.ui.machines.spare import SpareCard
from desktop.ui.tasks import TaskRunner
from desktop.ui.theme import StatusStyle, Tone, style
from desktop.ui.widgets.basics import button, column, frame, label, row
from desktop.ui.widgets.dialogs import ask, show_error
from desktop.ui.widgets.listing import Column, Kind, Listing
from desktop.ui.widgets.words import counted, grouped

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace

HEADING = "Máy và khóa"
_LARGEST = QSize(1120, 720)
_EDGE = 24
_HINT = (
    "Máy hỏng, mất hoặc thay người: cho máy thôi rồi đăng ký máy mới bằng tệp khởi tạo. Nội dung máy đã gửi giữ "
    "nguyên. Sau mỗi thay đổi hãy ghi tệp mới cho các đơn vị."
)


@dataclass(frozen=True, slots=True)
class _Seen:
    machines: tuple[Machine, ...]
    sealed: bool
    holds_root: bool
    units: tuple[str, ...]


def _look(ws: Workspace) -> _Seen:
    return _Seen(
        machines.machines(ws), spare.is_sealed(ws), ws.keys.has(bytes.fromhex(ws.charter().root)),
        tuple(unit.name for unit in ws.units().units),
    )


def _units(machine: Machine) -> str:
    others = [name for name in machine.units if name != machine.unit_name]
    return f"{machine.unit_name} (và {', '.join(others)})" if others else machine.unit_name


def _state(machine: Machine) -> StatusStyle:
    if machine.hidden:
        return style(Tone.RED, "×", f"Thôi, {machine.hidden} đến sau")
    if machine.retired:
        return style(Tone.GREY, "×", "Đã cho thôi")
    return style(Tone.BLUE if machine.own else Tone.GREEN, "√", "Máy này" if machine.own else "Đang dùng")


COLUMNS: tuple[Column[Machine], ...] = (
    Column("Đơn vị", _units, 20, 3, Kind.BOLD),
    Column("Máy", lambda one: one.label, 6),
    Column("Vai trò", lambda one: "Tổng hợp" if one.role == "hub" else "Báo cáo", 10),
    Column("Mã của máy", lambda one: grouped(one.code), 28, 1, optional=True),
    Column("Đã nhận", lambda one: counted(one.written, "nội dung"), 14, 0, Kind.MUTED),
    Column("Trạng thái", _units, 19, 0, Kind.BADGE, _state),
)


class MachinesDialog(QDialog):
    """The list, read anew after every change. Destroyed when it closes."""

    def __init__(self, parent: QWidget, runner: TaskRunner) -> None:
        super().__init__(parent.window())
        self._runner = runner
        self._unit_names: tuple[str, ...] = ()
        self._may_decide = False
        self.setWindowTitle(HEADING)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list: Listing[Machine] = Listing("Các máy của kế hoạch", COLUMNS, "Chưa có máy nào.")
        self.list.chosen.connect(lambda _machine: self._tell())
        self.retire = button("Cho máy thôi…", self.ask_to_retire)
        self.recount = button("Tính cả nội dung đến sau", self._recount)
        self.move_unit = button("Đổi đơn vị…", self._move)
        self.told = label("", wrap=True)
        self.told.hide()
        self.spare = SpareCard(runner)
        self.spare.changed.connect(self._changed)
        self.spare.failed.connect(self._failed)
        acts = row(self.told, None, self.recount, self.move_unit, self.retire, spacing=8)
        acts.setStretch(0, 100)
        foot = row(None, button("Đóng", self.reject))
        made = column(
            label(_HINT, "muted", wrap=True), frame("card", column(self.list, margins=(1, 1, 1, 1))), acts, self.spare,
            foot, spacing=10, margins=(16, 14, 16, 14),
        )
        made.setStretch(1, 1)
        self.setLayout(made)
        self.resize((parent.window().size() - QSize(_EDGE, _EDGE)).boundedTo(_LARGEST))
        self._tell()
        self.read()

    def read(self) -> None:
        """Read the machines anew."""
        self._runner.run(_look, self._show)

    def ask_to_retire(self) -> None:
        """Ask before a machine is retired."""
        machine = self.list.current
        if machine is None:
            return
        ask(
            self, "Cho máy thôi", f"Cho máy {machine.label} của {machine.unit_name} thôi?",
            f"Đã nhận {counted(machine.written, 'nội dung')} của máy này: vẫn tính. Nội dung máy ghi mà đến sau thì "
            "không tính (được liệt kê, có thể tính lại). Không có gì bị xóa.",
            "Cho thôi", lambda: self._decide(machines.retire, machine, "Đã cho thôi"),
        )

    def _recount(self) -> None:
        if (machine := self.list.current) is not None:
            self._decide(machines.recount, machine, "Đã tính cả nội dung đến sau của")

    def _move(self) -> None:
        if (machine := self.list.current) is not None:
            asked = MoveDialog(self, machine, self._unit_names)
            asked.agreed.connect(lambda unit, also: self._moved(machine, unit, also=also))
            asked.open()

    def _moved(self, machine: Machine, unit: str, *, also: bool) -> None:
        change = machines.entrust if also else machines.move
        self._decide(lambda ws, code: change(ws, code, unit), machine, "Đã đổi đơn vị của")

    def _decide(self, change: Callable[[Workspace, str], Changes], machine: Machine, told: str) -> None:
        code = machine.code
        self._runner.run(
            lambda ws: change(ws, code),
            lambda _changes: self._changed(f"{told} {machine.label} – {machine.unit_name}."),
            self._failed, busy="Đang ghi quyền của máy…",
        )

    def _changed(self, told: str) -> None:
        self.told.setText(f"√ {told} Hãy ghi tệp mới ở mục Gửi – Nhận.")
        self.told.show()
        self.read()

    def _failed(self, error: SoTienDoError) -> None:
        self.read()
        show_error(self, error)

    def _show(self, seen: _Seen) -> None:
        self._unit_names, self._may_decide = seen.units, seen.holds_root
        self.list.show_rows(seen.machines)
        self.spare.show_state(sealed=seen.sealed, holds_root=seen.holds_root)
        self._tell()

    def _tell(self) -> None:
        machine = self.list.current
        chosen = machine is not None and self._may_decide
        self.retire.setEnabled(chosen and machine is not None and not machine.retired and not machine.own)
        self.recount.setVisible(machine is not None and machine.hidden > 0)
        self.recount.setEnabled(chosen)
        self.move_unit.setEnabled(chosen and machine is not None and not machine.retired and machine.role == "unit")
