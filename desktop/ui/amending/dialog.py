"""Taking a newer version of the plan: choose the file, look at the difference, decide, apply."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QWidget

from desktop.models.errors import SoTienDoError
from desktop.services.amending import amend
from desktop.services.comparing import compare_plan, read_newer
from desktop.services.plan_changes import Decisions, NewerPlan, PlanDifference
from desktop.services.views import Changes
from desktop.services.withdrawal import WithdrawnRow, withdrawn_rows
from desktop.ui.amending.page import AmendPage
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.basics import button, column, frame, label, row
from desktop.ui.widgets.dialogs import base_dialog, show_error
from desktop.ui.widgets.files import ask_for_file
from desktop.ui.widgets.listing import Column, Kind, Listing
from desktop.ui.widgets.words import counted

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace

HEADING = "Bản mới của kế hoạch"
_FILTER = "Tệp kế hoạch (*.txt);;Mọi tệp (*)"
_LARGEST = QSize(1240, 860)
_EDGE = 24
_APPLIED = (
    "√ Đã áp dụng bản mới. Các dòng giữ nguyên báo cáo đã có. Hãy ghi tệp gửi ở mục Gửi – Nhận để các đơn vị nhận được."
)


def take_newer_version(parent: QWidget, runner: TaskRunner) -> None:
    """Ask for a file and show its difference over the window of ``parent``."""
    file = ask_for_file(parent, HEADING, _FILTER)
    if file is not None:
        compare_file(parent, runner, file)


def compare_file(parent: QWidget, runner: TaskRunner, file: Path) -> None:
    """Compare a file on the worker, then show the dialog; what is wrong with the file is told."""
    def show(difference: PlanDifference) -> None:
        AmendDialog(parent, runner, difference).open()

    runner.run(partial(_compared, file), show, lambda error: _tell(parent, error), busy="Đang so bản mới…")


def _compared(file: Path, ws: Workspace) -> PlanDifference:
    return compare_plan(ws, read_newer(ws, file))


def _tell(parent: QWidget, error: SoTienDoError) -> None:
    show_error(parent.window(), error)


class AmendDialog(QDialog):
    """The page in a dialog over the window; every answer is compared anew on the worker."""

    def __init__(self, parent: QWidget, runner: TaskRunner, difference: PlanDifference) -> None:
        super().__init__(parent.window())
        self._runner = runner
        self.setWindowTitle(HEADING)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.page = AmendPage(difference)
        self.page.decided.connect(self._decide)
        self.page.wanted.connect(self._apply)
        self.page.left.connect(self.reject)
        self.setLayout(column(self.page, spacing=0))
        self.resize((parent.window().size() - QSize(_EDGE, _EDGE)).boundedTo(_LARGEST))
        self.page.setFocus()

    def _decide(self, decisions: Decisions) -> None:
        newer = self.page.difference.newer
        self._runner.run(lambda ws: compare_plan(ws, newer, decisions), self.page.show_difference, self._failed)

    def _apply(self) -> None:
        self.page.setEnabled(False)
        difference = self.page.difference
        job = partial(_amended, difference.newer, difference.decisions)
        self._runner.run(job, self._applied, self._failed, busy="Đang áp dụng bản mới…")

    def _applied(self, _changes: Changes) -> None:
        _say(self.window().parentWidget(), _APPLIED)
        self.accept()

    def _failed(self, error: SoTienDoError) -> None:
        self.page.setEnabled(True)
        self.page.show_difference(self.page.difference)
        show_error(self, error)


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


WITHDRAWN_COLUMNS: tuple[Column[WithdrawnRow], ...] = (
    Column("Số cũ", lambda one: one.code, 8),
    Column("Nội dung", lambda one: one.title, 24, 3),
    Column("Đơn vị chủ trì", lambda one: ", ".join(one.lead_units), 14, 1, Kind.MUTED),
    Column("Báo cáo vẫn giữ", _reports_words, 20, 2),
)


def show_withdrawn(parent: QWidget, runner: TaskRunner) -> None:
    """The rows withdrawn from the plan, with what was reported on them."""
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
