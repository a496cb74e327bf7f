"""Who belongs to a collective: ticks, and before saving what the plan's rows would get or lose by it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from desktop.models.errors import SoTienDoError
from desktop.services.units.editing import add_collective, set_members
from desktop.services.units.views import CollectiveLine, MembersEffect, NamedRow, UnitLine, members_effect
from desktop.services.views import Changes
from desktop.ui.tasks import TaskRunner
from desktop.ui.units.ticks import TickList
from desktop.ui.widgets.basics import button, column, frame, label, row, title
from desktop.ui.widgets.listing import Column, Kind, Listing
from desktop.ui.widgets.searching import SearchField
from desktop.ui.widgets.words import counted

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace

PAUSE = 150
"""Milliseconds without another tick before it is looked up what would change."""
_LARGEST = QSize(1060, 720)
_EDGE = 24

ROW_COLUMNS: tuple[Column[NamedRow], ...] = (
    Column("TT", lambda one: one.code or "–", 8, 0, Kind.MUTED),
    Column("Nội dung", lambda one: one.title, 20, 1),
    Column("Vai trò", lambda one: "Chủ trì" if one.leading else "Phối hợp", 9, 0, Kind.MUTED),
)


def effect_words(effect: MembersEffect) -> str:
    """ "5 nội dung sẽ giao cho 3 đơn vị nữa; 1 nội dung thôi giao cho 1 đơn vị." """
    parts = []
    if effect.given:
        parts.append(f"{counted(effect.given_rows, 'nội dung')} sẽ giao cho {len(effect.given)} đơn vị nữa")
    if effect.taken:
        parts.append(f"{counted(effect.taken_rows, 'nội dung')} thôi giao cho {len(effect.taken)} đơn vị")
    return f"{'; '.join(parts)}." if parts else "Không nội dung nào đổi đơn vị."


class MembersDialog(QDialog):
    """Ticks on the left, the rows that name the collective on the right. Destroyed when it closes.

    ``line`` None makes a new collective, whose name is asked. ``fixed`` only shows who belongs to it.
    """

    saved = Signal(str)
    """The name of the collective that was saved."""

    def __init__(
        self, parent: QWidget, runner: TaskRunner, units: Sequence[UnitLine], line: CollectiveLine | None, *,
        fixed: bool = False,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._new = line is None
        self._fixed = fixed
        self._before = line.members if line else ()
        self._asked = 0
        heading = line.name if line else "Thêm tập thể"
        self.setWindowTitle(heading)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = QLineEdit(line.name if line else "")
        self.name.setAccessibleName("Tên tập thể")
        self.name.setPlaceholderText("Tên như in trong kế hoạch, ví dụ: các trường học")
        self.ticks = TickList("Đơn vị thuộc tập thể")
        self.search = SearchField("Tìm đơn vị", self.ticks)
        shown = [unit for unit in units if unit.id in self._before] if fixed else units
        self.ticks.show_lines([(one.id, one.name, (one.short, *one.aliases)) for one in shown], self._before, fixed)
        self.all = button("Chọn tất cả", partial(self.ticks.tick_shown, True))
        self.none = button("Bỏ chọn", partial(self.ticks.tick_shown, False))
        self.count = label("", "muted")
        self.effect = label("", "heading", wrap=True)
        self.rows: Listing[NamedRow] = Listing(
            "Nội dung nêu tập thể này", ROW_COLUMNS, "Chưa nội dung nào của kế hoạch nêu tên này."
        )
        self.problem = label("", "wrong", wrap=True)
        self.problem.hide()
        self.save = button("Lưu", self._save, "primary")
        self.save.setDefault(not fixed)
        self._lay_out(heading)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(PAUSE)
        self._wait.timeout.connect(self._look)
        self.search.textChanged.connect(self._narrow)
        self.name.textChanged.connect(lambda _text: self._changed())
        self.ticks.ticked.connect(self._changed)
        self.resize((parent.window().size() - QSize(_EDGE, _EDGE)).boundedTo(_LARGEST))
        (self.name if self._new else self.search).setFocus()
        if fixed and line is not None:
            self.rows.show_rows(line.rows)
            self._tell()
        else:
            self._changed()

    def _lay_out(self, heading: str) -> None:
        named = QWidget()
        named.setLayout(column(label("Tên tập thể"), self.name, spacing=4))
        left = column(self.search, row(self.count, None, self.all, self.none), self.ticks, spacing=6)
        right = column(
            label("Nội dung của kế hoạch nêu tập thể này", "muted"),
            frame("card", column(self.rows, margins=(1, 1, 1, 1))), spacing=6,
        )
        right.setStretch(1, 1)
        middle = row(left, right, spacing=14)
        middle.setStretch(0, 2)
        middle.setStretch(1, 3)
        last = row(self.effect, button("Đóng" if self._fixed else "Hủy", self.reject), self.save, spacing=10)
        last.setStretch(0, 1)
        made = column(title(heading, 1), named, middle, self.problem, last, spacing=8, margins=(18, 14, 18, 14))
        made.setStretch(2, 1)
        self.setLayout(made)
        if not self._new:
            named.hide()
        if self._fixed:
            for tool in (self.all, self.none, self.save):
                tool.hide()

    @property
    def _named(self) -> str:
        return self.name.text().strip()

    def _narrow(self, text: str) -> None:
        self.ticks.narrow(text)
        self._tell()

    def _changed(self) -> None:
        self._tell()
        self._wait.start()

    def _tell(self) -> None:
        chosen, shown = self.ticks.chosen, self.ticks.shown
        if self._fixed:
            known = counted(len(shown), "đơn vị")
            self.count.setText(known if self._before else "Chưa rõ gồm những đơn vị nào")
            return
        among = f"{len(set(chosen) & set(shown))}/{len(shown)}"
        more = f" · tất cả {len(chosen)}" if len(shown) < self.ticks.count() else ""
        self.count.setText(f"Đã chọn {among}{more}")
        self.save.setEnabled(bool(self._named) if self._new else set(chosen) != set(self._before))

    def _look(self) -> None:
        """Look up what would change; only the answer to the last question counts."""
        self._asked += 1
        if not self._named:
            self._show_problem("")
            return
        job = partial(_effect, self._named, self.ticks.chosen, self._new)
        self._runner.run(job, partial(self._show_effect, self._asked), partial(self._show_refusal, self._asked))

    def _show_effect(self, asked: int, effect: MembersEffect) -> None:
        if asked == self._asked:
            self._show_problem("")
            self.effect.setText(effect_words(effect))
            if effect.rows != self.rows.rows:
                self.rows.show_rows(effect.rows)

    def _show_refusal(self, asked: int, error: SoTienDoError) -> None:
        if asked == self._asked:
            self._show_problem(error.sentence)

    def _show_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words:
            self.effect.clear()
            self.save.setEnabled(False)

    def _save(self) -> None:
        self.save.setEnabled(False)
        job = partial(_saved, self._named, self.ticks.chosen, self._new)
        self._runner.run(job, self._done, self._refused)

    def _done(self, _changes: Changes) -> None:
        self.saved.emit(self._named)
        self.accept()

    def _refused(self, error: SoTienDoError) -> None:
        self._tell()
        self._show_problem(error.sentence)


def _effect(name: str, chosen: Sequence[str], new: bool, ws: Workspace) -> MembersEffect:
    return members_effect(ws, name, chosen, new=new)


def _saved(name: str, chosen: Sequence[str], new: bool, ws: Workspace) -> Changes:
    return (add_collective if new else set_members)(ws, name, chosen)
