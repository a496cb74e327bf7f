"""The dialog *Mở kế hoạch mới*: file, check, rows carried over; then one works in the new plan."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.services.plan.issuing import read_for_office
from desktop.services.plan.new_plan import Carried, CarryRow, open_new_plan, unfinished
from desktop.services.plan.reading import ReadChoices
from desktop.services.views import Identity
from desktop.ui.check.steps import PlanSteps, Step
from desktop.ui.newplan.carry import CarryPage
from desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace

_HEADING = "Mở kế hoạch mới"
_TOLD = (
    "Chọn tệp của kế hoạch năm sau. Đơn vị, tên gọi đã dạy, máy đã đăng ký và lịch báo cáo được giữ nguyên; kế hoạch "
    "đang làm vẫn còn trong sổ. Các đơn vị nhận kế hoạch mới qua tệp chung ở lần gửi sau."
)
_CHECK, _CARRY = 1, 2


class NewPlanDialog(PlanSteps):
    """Nothing is kept before *Mở kế hoạch*. ``opened`` gets who one is in the new plan."""

    def __init__(self, parent: QWidget, runner: TaskRunner, opened: Callable[[Identity], None]) -> None:
        super().__init__(parent.window(), runner, _HEADING)
        self._opened = opened
        self.carry = CarryPage()
        self.lay_steps(_TOLD, (Step("Chuyển tiếp việc chưa xong", self.carry, "Mở kế hoạch"),))

    def leave(self, at: int) -> None:
        """After the check the unfinished rows are read; the last step opens the plan."""
        if at == _CHECK:
            self.runner.run(unfinished, self._show_unfinished, self.failed)
        elif at == _CARRY and self.seen is not None:
            self.busy("Đang mở kế hoạch mới…")
            job = partial(_open, self.seen.file, self.seen.choices, self.carry.carried)
            self.runner.run(job, self._done, self.failed)
        else:
            super().leave(at)

    def _show_unfinished(self, rows: tuple[CarryRow, ...]) -> None:
        self.carry.show_rows(rows)
        self.show_step(_CARRY)

    def _done(self, identity: Identity) -> None:
        self.accept()
        self._opened(identity)


def _open(file: Path, choices: ReadChoices, carried: tuple[Carried, ...], ws: Workspace) -> Identity:
    return open_new_plan(ws, *read_for_office(ws, file, choices), carried)
