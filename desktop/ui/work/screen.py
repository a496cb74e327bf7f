"""Screen *Việc kỳ này*: reading a period, saving each cell as it is typed, tabs and chips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from desktop.models.errors import SoTienDoError
from desktop.services.reporting import current_period, enter, periods, work_view
from desktop.services.views import Changes, Identity, PeriodChoice, WorkView
from desktop.ui.shell.screen import Screen
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.basics import label
from desktop.ui.work.grid import WorkGrid
from desktop.ui.work.head import RowFoot, WorkHead, WorkLine
from desktop.ui.work.model import COLUMNS, Column, Entry, WorkModel
from desktop.ui.work.rows import Wanted

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace

_FIRST = COLUMNS.index(Column.STATE)


@dataclass(frozen=True, slots=True)
class _Opening:
    """What the screen shows first."""

    periods: tuple[PeriodChoice, ...]
    view: WorkView


@dataclass(frozen=True, slots=True)
class _Saved:
    """An entry on the disk, and the period as it stands then."""

    changes: Changes
    view: WorkView


class WorkScreen(Screen):
    """The rows of a period, typed like a spreadsheet; every cell is saved when one leaves it."""

    title = "Việc kỳ này"
    key_hint = "Enter xuống dòng · Tab sang ô · F2 sửa · Alt+Enter ngắt dòng trong ô · Esc bỏ sửa · Ctrl+C chép"

    def __init__(self, runner: TaskRunner, identity: Identity) -> None:
        super().__init__()
        self._runner = runner
        self.view: WorkView | None = None
        self._own: Changes | None = None
        self.model = WorkModel()
        self.head = WorkHead()
        self.line = WorkLine()
        self.grid = WorkGrid(self.model)
        self.grid.setAccessibleName(f"Bảng nhập kết quả của {identity.unit_name}")
        self.foot = RowFoot()
        self.nothing = label("", "muted", wrap=True)
        self.nothing.setParent(self.grid.viewport())
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.nothing.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.line)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self.foot)
        self.setFocusProxy(self.grid)
        self.model.entered.connect(self._save)
        self.model.drafts_changed.connect(self._tell)
        self.head.period_chosen.connect(self._choose_period)
        self.line.tabs.told.chosen.connect(lambda lead: self._choose(replace(self.model.flat.wanted, lead=lead)))
        self.line.chips.told.changed.connect(self._chips_changed)
        self.line.cleared.connect(self.clear_filter)
        self.grid.current_changed.connect(self._show_row)

    @property
    def badge(self) -> int:
        """Rows that must be reported and are not entered yet."""
        progress = self.model.flat.progress(lead=True)
        return progress.total - progress.entered

    @property
    def period(self) -> str:
        """The period shown."""
        return self.view.period.id if self.view else ""

    # Reading

    def refresh(self, changes: Changes | None) -> None:
        """Read the period anew, but for what this screen itself has just saved and read."""
        if changes is None:
            period = self.period
            self._runner.run(lambda ws: _open(ws, period), self._opened)
        elif changes is not self._own and (changes.items or changes.conflicts or changes.plan):
            self._read(self.period)

    def _read(self, period: str) -> None:
        if period:
            self._runner.run(lambda ws: work_view(ws, period), self.show_view)

    def _opened(self, opening: _Opening) -> None:
        self.show_periods(opening.periods, opening.view.period.id)
        self.show_view(opening.view)

    def show_periods(self, offered: Sequence[PeriodChoice], chosen: str) -> None:
        """Offer these periods."""
        self.head.show_periods(offered, chosen)

    def show_view(self, view: WorkView) -> None:
        """Take the rows of a period; the cell one is on stays."""
        other = self.period != view.period.id
        self.view = view
        if other:
            self.head.periods.setCurrentIndex(max(self.head.periods.findData(view.period.id), 0))
        self.model.year = view.period.last.year
        key, column = self.grid.current_key(), max(self.grid.currentIndex().column(), _FIRST)
        if not self.model.take(view.rows):
            self.grid.show_units(self.model.flat.several_units)
            if key:
                self.grid.go_to(key, column)
            if not self.grid.currentIndex().isValid() and len(self.model.flat):
                self.grid.setCurrentIndex(self.model.index(0, _FIRST))
        self._tell()

    def _tell(self) -> None:
        """Counts, progress and the row one is on."""
        if self.view is None:
            return
        flat = self.model.flat
        self.head.show_view(self.view, flat.progress(lead=True))
        self.line.show_rows(flat)
        self.badge_changed.emit(self.badge)
        self.nothing.setText(_nothing_words(flat.wanted))
        self.nothing.setVisible(not len(flat))
        self._place_nothing()
        self._show_row()

    def _show_row(self) -> None:
        at = self.grid.currentIndex().row()
        self.foot.show_row(self.model.flat.row(at) if 0 <= at < len(self.model.flat) else None)

    # Choosing what shows

    def _choose_period(self, period: str) -> None:
        if self.commit_pending():
            self._read(period)
        else:
            self.head.periods.setCurrentIndex(self.head.periods.findData(self.period))

    def _chips_changed(self) -> None:
        self._choose(replace(self.model.flat.wanted, chips=self.line.chips.chosen))

    def search(self, text: str) -> None:
        """Show the rows that hold the words."""
        self._choose(replace(self.model.flat.wanted, text=text))

    def clear_filter(self) -> None:
        """Show every row of the tab again."""
        self.line.chips.choose(frozenset())
        self._choose(Wanted(self.model.flat.wanted.lead))

    def _choose(self, wanted: Wanted) -> None:
        if not self.grid.finish_editing():
            self.line.tabs.choose(self.model.flat.wanted.lead)
            self.line.chips.choose(self.model.flat.wanted.chips)
            return
        key, column = self.grid.current_key(), max(self.grid.currentIndex().column(), _FIRST)
        self.model.choose(wanted)
        if key:
            self.grid.go_to(key, column)
        if not self.grid.currentIndex().isValid() and len(self.model.flat):
            self.grid.setCurrentIndex(self.model.index(0, column))
        self._tell()

    # Saving

    def _save(self, entry: Entry) -> None:
        """Save one cell at once; the period comes back as it stands then."""
        period = self.period
        self._runner.run(
            lambda ws: _enter(ws, entry, period),
            lambda saved: self._was_saved(entry, saved),
            lambda error: self._was_not_saved(entry, error),
        )

    def _was_saved(self, entry: Entry, saved: _Saved) -> None:
        self._own = saved.changes
        self.model.saved(entry)
        if saved.view.period.id == self.period:
            self.show_view(saved.view)

    def _was_not_saved(self, entry: Entry, error: SoTienDoError) -> None:
        self.model.not_saved(entry, error.sentence)
        self._tell()

    def commit_pending(self) -> bool:
        """Save what is being typed. False, with that cell shown, where a text could not be saved."""
        if not self.grid.finish_editing():
            return False
        if not self.model.drafts:
            return True
        key, field = next(iter(self.model.drafts))
        if self.model.flat.position(key) < 0:
            lead = next(row.lead for row in self.model.flat.rows if (row.item, row.unit) == key)
            self.line.tabs.choose(lead)
            self.line.chips.choose(frozenset())
            self._choose(Wanted(lead))
        self.grid.go_to(key, COLUMNS.index(Column(field.value)))
        self.grid.setFocus()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words in the middle of the grid stay there."""
        super().resizeEvent(event)
        self._place_nothing()

    def _place_nothing(self) -> None:
        width = self.grid.viewport().width()
        self.nothing.setGeometry(0, 48, width, self.nothing.heightForWidth(width) + 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears the filter."""
        if event.key() == Qt.Key.Key_Escape and self.model.flat.wanted.on:
            self.clear_filter()
            event.accept()
            return
        super().keyPressEvent(event)


def _open(ws: Workspace, period: str) -> _Opening:
    return _Opening(periods(ws), work_view(ws, period or current_period(ws)))


def _enter(ws: Workspace, entry: Entry, period: str) -> _Saved:
    row = entry.row
    changes = enter(ws, row.item, row.unit, period, {entry.field.value: entry.value}, row.shown)
    return _Saved(changes, work_view(ws, period))


def _nothing_words(wanted: Wanted) -> str:
    if wanted.on:
        return "Không có dòng nào khớp với bộ lọc.\nBấm “× Bỏ lọc” để hiện lại mọi dòng."
    if wanted.lead:
        return "Đơn vị không chủ trì nội dung nào của kế hoạch.\nXem tab Phối hợp."
    return "Đơn vị không phối hợp nội dung nào của kế hoạch."
