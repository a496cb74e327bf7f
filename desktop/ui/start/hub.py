"""Setting up the consolidating unit: the plan file checked, then who one is. Nothing is kept before the last step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from desktop.services.plan.checking import PlanSeen
from desktop.ui.check.page import CheckPage, Keep, Look
from desktop.ui.widgets.basics import button, column, frame, label, row, title
from desktop.ui.widgets.units import UnitPicker

_WIDEST = 640


class HubPage(QWidget):
    """Two steps: *Kiểm tra*, then *Đơn vị tổng hợp*. A plan with errors cannot be taken; everything else can."""

    back = Signal()
    begin = Signal(str, str)
    """The hub's unit and *Người nhập*."""

    def __init__(self, clock: Callable[[], datetime], look: Look, keep: Keep) -> None:
        super().__init__()
        self.check = CheckPage(clock, look, keep)
        self.check.changed.connect(self._seen)
        self.onward = button("Tiếp tục", self._go_on, "primary")
        self.why_not = label("", "wrong", wrap=True)
        self.plan = label("", "muted", wrap=True)
        self.units = UnitPicker()
        self.person = QLineEdit()
        self.person.setMaxLength(80)
        self.person.setPlaceholderText("Họ tên hoặc chức danh")
        self.person.setAccessibleName("Người nhập")
        self.go = button("Thiết lập và bắt đầu", self._begin, "primary")
        self.units.chosen.connect(lambda _name: self._tell())
        self._steps = QStackedWidget()
        self._steps.addWidget(self._check_step())
        self._steps.addWidget(self._unit_step())
        self.setLayout(column(self._steps))
        self._tell()

    @property
    def seen(self) -> PlanSeen | None:
        """What was read of the file."""
        return self.check.seen

    def _check_step(self) -> QWidget:
        foot = row(button("Quay lại", self.back.emit), self.why_not, self.onward, spacing=12)
        foot.setStretch(1, 1)
        return _page(title("Bước 1/2: Kiểm tra kế hoạch trước khi nhập", 2), self.check, foot)

    def _unit_step(self) -> QWidget:
        who = (self.plan, self.units, label("Người nhập"), self.person)
        inner = column(*who, spacing=8, margins=(16, 12, 16, 12))
        inner.setStretch(1, 1)
        card = frame("card", inner)
        card.setMaximumWidth(_WIDEST)
        foot = row(button("Quay lại", lambda: self._steps.setCurrentIndex(0)), None, self.go, spacing=12)
        across = QWidget()
        made = row(None, card, None)
        made.setStretch(1, 100)
        across.setLayout(made)
        return _page(title("Bước 2/2: Chọn đơn vị tổng hợp của tôi", 2), across, foot)

    def show_plan(self, seen: PlanSeen) -> None:
        """Show a plan that was read, at the first step."""
        self._steps.setCurrentIndex(0)
        self.check.show_seen(seen)
        self.check.setFocus()

    def _seen(self) -> None:
        seen = self.seen
        if seen is not None and seen.plan is not None:
            number = seen.plan.header.number or "chưa có số"
            self.plan.setText(f"Kế hoạch {number}. Chọn đơn vị sẽ nhận và gộp báo cáo của các đơn vị khác:")
            self.units.show_units([name for _, name in seen.units])
        self._tell()

    def _go_on(self) -> None:
        self._steps.setCurrentIndex(1)
        self.units.setFocus()

    @property
    def acceptable(self) -> bool:
        """Whether the plan was read and has no error."""
        return self.seen is not None and self.seen.acceptable

    def allow_again(self) -> None:
        """Setting up did not work: let the person try again."""
        self._tell()

    def _tell(self) -> None:
        read = self.seen is not None and self.seen.plan is not None
        self.onward.setEnabled(self.acceptable)
        wrong = read and not self.acceptable
        self.why_not.setText("Kế hoạch còn lỗi: hãy sửa tệp rồi chọn lại; chưa có gì được nhập." if wrong else "")
        self.go.setEnabled(self.acceptable and bool(self.units.name))

    def _begin(self) -> None:
        if self.acceptable and self.units.name:
            self.go.setEnabled(False)
            self.begin.emit(self.units.name, self.person.text())


def _page(heading: QWidget, middle: QWidget, foot: QHBoxLayout) -> QWidget:
    page = QWidget()
    made = column(heading, middle, foot, spacing=12)
    made.setStretch(1, 1)
    page.setLayout(made)
    return page
