"""A dialog that takes a plan file through steps: choose it, check it, then whatever is decided about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from desktop.models.errors import SoTienDoError
from desktop.services.plan.checking import PlanSeen, look_at_plan
from desktop.services.plan.issuing import own_tree
from desktop.services.plan.reading import ReadChoices
from desktop.ui.check.page import PLAN_FILTER, CheckPage
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.basics import button, column, label, row, title
from desktop.ui.widgets.dialogs import show_error
from desktop.ui.widgets.drop import DropArea, dropped_paths
from desktop.ui.widgets.files import ask_for_file

_USUAL = QSize(1180, 700)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words in the heading, its page, and the words of the button that leaves it.

    ``own_foot`` when the page has buttons of its own that end the dialog.
    """

    words: str
    page: QWidget
    onward: str = "Tiếp tục"
    own_foot: bool = False


class PlanSteps(QDialog):
    """Steps with *Quay lại* and *Tiếp tục*; nothing is kept before the last one. Destroyed when it closes.

    A subclass gives the further steps, says what happens when one is left, and when one may be left.
    """

    def __init__(self, parent: QWidget | None, runner: TaskRunner, heading: str) -> None:
        super().__init__(parent)
        self.runner = runner
        self.setWindowTitle(heading)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAcceptDrops(True)
        room = parent.size() if parent is not None else _USUAL
        self.resize(_USUAL.boundedTo(room))
        self.check = CheckPage(runner.environment.clock, self._look, self._keep)
        self.check.changed.connect(self.tell)
        self._heading = title("", 2)
        self.problem = label("", "wrong", wrap=True)
        self.state = label("", "muted")
        self.back = button("Quay lại", self._back)
        self.onward = button("Tiếp tục", self._onward, "primary")
        self._pages = QStackedWidget()
        self._steps: list[Step] = []
        line = row(button("Hủy", self.reject), self.problem, self.state, self.back, self.onward, spacing=10)
        line.setStretch(1, 1)
        self._foot = QWidget()
        self._foot.setLayout(line)
        made = column(self._heading, self._pages, self._foot, spacing=12, margins=(18, 14, 18, 14))
        made.setStretch(1, 1)
        self.setLayout(made)

    def lay_steps(self, file_told: str, further: Sequence[Step]) -> None:
        """Lay the steps out: file, check, and the further ones; the first is shown."""
        self._steps = [
            Step("Chọn tệp", self._file_page(file_told)), Step("Kiểm tra trước khi nhập", self.check), *further
        ]
        for step in self._steps:
            self._pages.addWidget(step.page)
        self.show_step(0)

    @property
    def step(self) -> int:
        """The place of the step shown, from 0."""
        return self._pages.currentIndex()

    @property
    def seen(self) -> PlanSeen | None:
        """What was read of the file."""
        return self.check.seen

    def show_step(self, at: int) -> None:
        """Go to a step."""
        self._pages.setCurrentIndex(at)
        step = self._steps[at]
        self._heading.setText(f"Bước {at + 1}/{len(self._steps)}: {step.words}")
        self.onward.setText(step.onward)
        self.back.setVisible(at > 0)
        self._foot.setVisible(not step.own_foot)
        self.tell()
        step.page.setFocus()

    def may_leave(self, at: int) -> str:
        """Why a step cannot be left yet, empty when it can; told beside the buttons."""
        if at == 0:
            return "" if self.seen is not None else " "
        if at == 1 and (self.seen is None or not self.seen.acceptable):
            return "Tệp còn lỗi hoặc còn câu hỏi; chưa có gì được nhập."
        return ""

    def leave(self, at: int) -> None:
        """Leave a step for the next; the last one must do the work and close."""
        self.show_step(at + 1)

    def tell(self) -> None:
        """Buttons and words follow what is there."""
        why = self.may_leave(self.step) if self._steps else " "
        self.onward.setEnabled(not why)
        self.problem.setText(why.strip())

    def look_at(self, file: Path) -> None:
        """Read a file and go to the check."""
        self._look(file, ReadChoices(), self._seen)

    def busy(self, words: str) -> None:
        """Say what goes on and let nothing else begin; empty when it is over."""
        self.state.setText(words)
        self.back.setEnabled(not words)
        if words:
            self.onward.setEnabled(False)
        else:
            self.tell()

    def failed(self, error: SoTienDoError) -> None:
        """Tell what went wrong; the step stays."""
        self.busy("")
        show_error(self, error)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file is welcome."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first file."""
        event.acceptProposedAction()
        for path in dropped_paths(event.mimeData())[:1]:
            self.look_at(path)

    def _file_page(self, told: str) -> QWidget:
        ask = button("Chọn tệp kế hoạch…", self._ask, "primary")
        drop = DropArea("Hoặc thả tệp vào đây", "Excel (.xlsx), Word (.docx) hoặc văn bản (.txt).")
        drop.dropped.connect(lambda paths: self.look_at(paths[0]))
        page = QWidget()
        page.setLayout(column(label(told, wrap=True), row(ask, None), drop, None, spacing=12))
        page.setFocusProxy(ask)
        return page

    def _ask(self) -> None:
        path = ask_for_file(self, "Chọn tệp kế hoạch", PLAN_FILTER)
        if path is not None:
            self.look_at(path)

    def _look(self, file: Path, choices: ReadChoices, seen: Callable[[PlanSeen], None]) -> None:
        self.busy("Đang đọc kế hoạch…")

        def done(found: PlanSeen) -> None:
            self.busy("")
            seen(found)

        self.runner.run(lambda ws: look_at_plan(ws.environment, file, choices, own_tree(ws)), done, self.failed)

    def _keep(self, write: Callable[[], Path], kept: Callable[[Path], None]) -> None:
        self.runner.run(lambda _ws: write(), kept, self.failed)

    def _seen(self, seen: PlanSeen) -> None:
        self.check.show_seen(seen)
        self.show_step(1)

    def _back(self) -> None:
        self.show_step(self.step - 1)

    def _onward(self) -> None:
        self.leave(self.step)
