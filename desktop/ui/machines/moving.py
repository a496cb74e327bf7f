"""Which unit a machine writes for from now on: another one, or one more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.services.traffic.machines import Machine
from desktop.ui.widgets.basics import Tick, button, column, label, row, title
from desktop.ui.widgets.units import UnitPicker

_WIDTH, _HEIGHT = 480, 520


class MoveDialog(QDialog):
    """Chooses a unit. Destroyed when it closes."""

    agreed = Signal(str, bool)
    """The unit's name, and whether the machine keeps the units it has."""

    def __init__(self, parent: QWidget, machine: Machine, units: Sequence[str]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Đổi đơn vị của máy")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(_WIDTH, _HEIGHT)
        self.units = UnitPicker()
        self.units.show_units([name for name in units if name not in machine.units])
        self.also = Tick("Ghi thêm cho đơn vị này, giữ đơn vị cũ (khi sáp nhập)")
        self.go = button("Đổi", self._agree, "primary")
        self.go.setEnabled(False)
        self.units.chosen.connect(lambda name: self.go.setEnabled(bool(name)))
        told = (
            f"Máy {machine.label} đang ghi cho {', '.join(machine.units)}. Nội dung đã ghi giữ nguyên đơn vị; từ nội "
            "dung tiếp theo máy ghi cho đơn vị chọn dưới đây."
        )
        foot = row(None, button("Hủy", self.reject), self.go)
        made = column(
            title(self.windowTitle(), 1), label(told, "muted", wrap=True), self.units, self.also, 4, foot, spacing=8,
            margins=(20, 16, 20, 16),
        )
        made.setStretch(2, 1)
        self.setLayout(made)
        self.units.setFocus()

    def _agree(self) -> None:
        if self.units.name:
            self.agreed.emit(self.units.name, self.also.isChecked())
            self.accept()
