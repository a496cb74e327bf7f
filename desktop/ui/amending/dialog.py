"""Taking a newer version of the plan: choose the file, look at the difference, decide, apply."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.errors import SoTienDoError
from desktop.services.plan.amending import amend
from desktop.services.plan.comparing import compare_plan, read_newer
from desktop.services.plan.plan_changes import Decisions, NewerPlan, PlanDifference
from desktop.services.plan.reading import ReadChoices
from desktop.services.plan.withdrawal import WithdrawnRow, withdrawn_rows
from desktop.services.views import Changes
from desktop.ui.amending.page import AmendPage
from desktop.ui.check.steps import PlanSteps, Step
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.basics import button, column, frame, label, row
from desktop.ui.widgets.dialogs import base_dialog, show_error
from desktop.ui.widgets.listing import Column, Kind, Listing
from desktop.ui.widgets.words import counted

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace

HEADING = "Bản mới của kế hoạch"
_TOLD = (
    "Chọn tệp in đủ cả bản mới. Chương trình kiểm tra, rồi so từng dòng với bản đang dùng: dòng thêm, đổi, rút, "
    "đánh số lại. Dòng giữ báo cáo đã có dù đổi số."
)
_CHECK = 1
_LARGEST = QSize(1240, 860)
_APPLIED = (
    "√ Đã áp dụng bản mới. Các dòng giữ nguyên báo cáo đã có. Hãy ghi tệp gửi ở mục Gửi – Nhận để các đơn vị nhận được."
)


def take_newer_version(parent: QWidget, runner: TaskRunner) -> None:
    """Take a newer version over the window of ``parent``: choose the file, check it, look at the difference, apply."""
    AmendDialog(parent, runner).open()


class AmendDialog(PlanSteps):
    """File, check, difference; every answer is compared anew on the worker. Nothing is written before *Áp dụng*."""

    def __init__(self, parent: QWidget, runner: TaskRunner) -> None:
        super().__init__(parent.window(), runner, HEADING)
        self._page: AmendPage | None = None
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        place = QWidget()
        place.setLayout(self._place)
        self.lay_steps(_TOLD, (Step("So với bản đang dùng", place, own_foot=True),))

    @property
    def page(self) -> AmendPage:
        """The difference. Raises LookupError before there is one."""
        if self._page is None:
            raise LookupError
        return self._page

    def leave(self, at: int) -> None:
        """After the check comes the difference."""
        if at == _CHECK and self.seen is not None:
            self.busy("Đang so với bản đang dùng…")
            job = partial(_compared, self.seen.file, self.seen.choices)
            self.runner.run(job, self.show_difference, self.failed)
        else:
            super().leave(at)

    def show_difference(self, difference: PlanDifference) -> None:
        """Go to the difference."""
        self.busy("")
        self._page = page = AmendPage(difference)
        page.decided.connect(partial(self._decide, page))
        page.wanted.connect(partial(self._apply, page))
        page.left.connect(self.reject)
        self._place.addWidget(page)
        self.show_step(_CHECK + 1)
        page.setFocus()

    def _decide(self, page: AmendPage, decisions: Decisions) -> None:
        newer = page.difference.newer
        job = partial(_compared_again, newer, decisions)
        self.runner.run(job, page.show_difference, partial(self._failed, page))

    def _apply(self, page: AmendPage) -> None:
        page.setEnabled(False)
        job = partial(_amended, page.difference.newer, page.difference.decisions)
        self.runner.run(job, self._applied, partial(self._failed, page), busy="Đang áp dụng bản mới…")

    def _applied(self, _changes: Changes) -> None:
        _say(self.parentWidget(), _APPLIED)
        self.accept()

    def _failed(self, page: AmendPage, error: SoTienDoError) -> None:
        page.setEnabled(True)
        page.show_difference(page.difference)
        show_error(self, error)


def _compared(file: Path, choices: ReadChoices, ws: Workspace) -> PlanDifference:
    return compare_plan(ws, read_newer(ws, file, choices))


def _compared_again(newer: NewerPlan, decisions: Decisions, ws: Workspace) -> PlanDifference:
    return compare_plan(ws, newer, decisions)


def _amended(newer: NewerPlan, decisions: Decisions, ws: Workspace) -> Changes:
    return amend(ws, newer, decisions)


def _say(parent: QWidget | None, words: str) -> None:
    made = base_dialog(parent, HEADING)
    close = button("Đóng", made.accept, "primary")
    close.setDefault(True)
    made.setLayout(column(label(words, wrap=True), row(None, close), spacing=12, margins=(20, 18, 20, 16)))
    made.open()
    close.setFocus()


def _reports_words(one: WithdrawnRow) -> str:
    if not one.reports:
        return "–"
    latest = one.reports[0]
    result = f": {latest.report.result}" if latest.report.result else ""
    return f"{counted(len(one.reports), 'báo cáo')}; mới nhất {latest.unit_name}, {latest.report.period}{result}"


def _comments_words(one: WithdrawnRow) -> str:
    """Every comment with its answers: nowhere else in the window are those of a withdrawn row to be read."""
    told = (
        f"{line.unit_name}: {line.text}" + "".join(f" – Trả lời: {answer.text}" for answer in line.answers)
        for line in one.comments if not line.withdrawn
    )
    return "; ".join(told) or "–"


WITHDRAWN_COLUMNS: tuple[Column[WithdrawnRow], ...] = (
    Column("Số cũ", lambda one: one.code, 8),
    Column("Nội dung", lambda one: one.title, 24, 3),
    Column("Đơn vị chủ trì", lambda one: ", ".join(one.lead_units), 14, 1, Kind.MUTED),
    Column("Báo cáo vẫn giữ", _reports_words, 20, 2),
    Column("Trao đổi", _comments_words, 14, 2),
)


def show_withdrawn(parent: QWidget, runner: TaskRunner) -> None:
    """The rows withdrawn from the plan, with what was reported on them and said about them."""
    def show(rows: tuple[WithdrawnRow, ...]) -> None:
        made = base_dialog(parent.window(), "Dòng đã rút khỏi kế hoạch")
        shown: Listing[WithdrawnRow] = Listing(
            "Dòng đã rút khỏi kế hoạch", WITHDRAWN_COLUMNS, "Chưa có dòng nào bị rút khỏi kế hoạch."
        )
        close = button("Đóng", made.accept, "primary")
        made.setLayout(column(frame("card", column(shown, margins=(1, 1, 1, 1))), row(None, close), spacing=10,
                              margins=(16, 14, 16, 14)))
        made.resize((parent.window().size() * 0.8).boundedTo(_LARGEST))
        shown.show_rows(rows)
        made.open()
        shown.setFocus()

    runner.run(withdrawn_rows, show)
