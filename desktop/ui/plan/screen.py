"""Screen *Kế hoạch*: what shows beside what, and how table, Gantt, details and filters follow each other."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.models.errors import SoTienDoError
from desktop.models.plan import NodeKind
from desktop.services.planning import narrative, node_details, plan_view
from desktop.services.views import Changes, Identity, Narrative, NodeDetails, PlanView, Role
from desktop.ui import libraries
from desktop.ui.plan.columns import ALWAYS, DEFAULT, Column
from desktop.ui.plan.delegate import MOST_LINES
from desktop.ui.plan.details import DetailsPanel
from desktop.ui.plan.filterline import FilterLine, FilterStrip, Mode
from desktop.ui.plan.gantt import GanttView
from desktop.ui.plan.legend import Legend
from desktop.ui.plan.model import PlanModel
from desktop.ui.plan.rows import Filter, SortKey
from desktop.ui.plan.table import PlanTable
from desktop.ui.plan.timescale import Zoom
from desktop.ui.shell.screen import Screen
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.basics import label

if TYPE_CHECKING:
    from desktop.ui.plan.editing import Editing
    from desktop.ui.plan.narrative import NarrativeView

WIDE = 1600
"""Logical pixels of the window from which table, Gantt and details may show together."""

_TABLE_SHARE = 0.575
_GANTT_MODE_SHARE = 0.3
_MOST_SHARE = 0.68
_LEAST_DETAILS = 340
_SCROLL_BAR = 20
_FIRST_TO_GO = (Column.COORDINATING, Column.LEADERS, Column.START, Column.LEAD)
_LINES_BESIDE = 8
"""Beside the Gantt rows stay low enough for an overview."""
_HINT = "↑ ↓ chọn hàng · ← → thu gọn, mở rộng · Enter xem chi tiết · F2 sửa, góp ý · Ctrl+C chép · Esc bỏ lọc"
_HINT_TEXT = "Enter đến chỗ sau · Shift+Enter về chỗ trước"


class Parts(QSplitter):
    """Parts side by side; tells when it has another width, which it knows later than its screen does."""

    resized = Signal()

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setHandleWidth(3)
        self.setChildrenCollapsible(False)
        self.setStyleSheet("QSplitter::handle { background: palette(mid); }")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See the class."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.resized.emit()


class PlanScreen(Screen):
    """The plan as tree table and Gantt on shared rows, with details and the full text."""

    title = "Kế hoạch"
    key_hint = _HINT

    def __init__(self, runner: TaskRunner, identity: Identity) -> None:
        super().__init__()
        self._runner = runner
        self._identity = identity
        self.view: PlanView | None = None
        self.mode = Mode.BOTH
        self._chosen: tuple[Column, ...] = DEFAULT
        self._narrative_asked = False
        self._build()
        self._connect()
        self.show_mode(Mode.BOTH)

    @cached_property
    def narrative(self) -> NarrativeView:
        """The full text, built when it is first wanted."""
        made = libraries.narrative_view()
        made.page.setAccessibleName(f"Toàn văn kế hoạch {self._identity.plan.number}")
        self._stack.addWidget(made)
        return made

    @cached_property
    def editing(self) -> Editing:
        """What corrects and comments, built when it is first wanted."""
        return libraries.plan_editing(self._runner, self.details)

    def _build(self) -> None:
        self.model = PlanModel()
        self.line = FilterLine(DEFAULT)
        if self._identity.role is Role.HUB:
            self.line.offer("Bản mới của kế hoạch…", partial(libraries.take_newer_version, self, self._runner))
        self.line.offer("Dòng đã rút khỏi kế hoạch…", partial(libraries.show_withdrawn, self, self._runner))
        self.strip = FilterStrip()
        self.table = PlanTable(self.model)
        self.gantt = GanttView(lambda: self.model.flat, self.table.heights)
        self.gantt.set_axis_height(self.table.headings.height_for(2))
        self.details = DetailsPanel()
        self.legend = Legend()
        self.nothing = label("", "muted", wrap=True)
        self.nothing.setParent(self.table.viewport())
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.nothing.hide()
        self.splitter = Parts()
        for part in (self.table, self.gantt, self.details):
            self.splitter.addWidget(part)
        self.details.hide()
        self._rows = QWidget()
        inner = QVBoxLayout(self._rows)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.splitter, 1)
        inner.addWidget(self.legend)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.line)
        layout.addWidget(self.strip)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.line.modes.told.chosen.connect(self.show_mode)
        self.line.zooms.told.chosen.connect(self.set_zoom)
        self.line.quick.told.changed.connect(self._quick_changed)
        self.line.columns_chosen.connect(self._columns_chosen)
        self.line.folded.connect(self._fold_all)
        self.strip.cleared.connect(self.clear_filter)
        self.table.opened.connect(self.open_details)
        self.table.toggled.connect(self._toggle)
        self.table.sort_wanted.connect(self._sort)
        self.table.moved.connect(self._follow)
        self.table.verticalScrollBar().rangeChanged.connect(self._follow)
        self.table.selectionModel().selectionChanged.connect(self._selected)
        self.gantt.verticalScrollBar().valueChanged.connect(self.table.verticalScrollBar().setValue)
        self.gantt.chosen.connect(lambda at: self.table.select_record(self.model.flat.row(at).id))
        self.gantt.opened.connect(lambda at: self.open_details(self.model.flat.row(at).id))
        self.gantt.zoomed.connect(self.line.zooms.choose)
        self.gantt.wheeled.connect(self.table.scroll_by)
        self.gantt.key_pressed.connect(self.table.keyPressEvent)
        self.details.closed.connect(self.close_details)
        self.details.asked.connect(lambda wanted: self.editing.start(wanted))
        self.details.edited.connect(self._edited)
        self.splitter.resized.connect(self._arrange)
        for bar in (self.table.horizontalScrollBar(), self.gantt.horizontalScrollBar()):
            bar.rangeChanged.connect(self._level)

    # What there is

    def refresh(self, changes: Changes | None) -> None:
        """Read the plan anew where something it shows has changed."""
        if changes is None or changes.items or changes.conflicts or changes.plan:
            self._runner.run(plan_view, self.show_plan)
            if self.details.record:
                self._read_details(self.details.record)
        if self._narrative_asked and changes is not None and changes.plan:
            self._runner.run(narrative, self._show_narrative)

    def show_plan(self, view: PlanView) -> None:
        """Take a plan; selection, collapse, filter, order and place stay."""
        self.view = view
        record = self.table.record()
        if self.model.flat.replace(view.rows):
            self.model.values_changed()
            self.table.remeasure()
        else:
            self._reload(record)
        self.gantt.show_plan(view.identity.plan.year, view.today)
        self.line.show_counts(self.model.flat)
        self._filter_shown()
        if len(self.model.flat) and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def search(self, text: str) -> None:
        """Filter the rows, or search the full text where that shows."""
        if self.mode is Mode.TEXT:
            self.narrative.search(text)
        else:
            self._set_filter(Filter(text, self.model.flat.filter.quick))

    def clear_filter(self) -> None:
        """Show the whole plan again; the row one is on stays the current one."""
        self.line.quick.choose(frozenset())
        self._set_filter(Filter())

    def _quick_changed(self) -> None:
        self._set_filter(Filter(self.model.flat.filter.text, self.line.quick.chosen))

    def _set_filter(self, wanted: Filter) -> None:
        record = self.table.record()
        flat = self.model.flat
        flat.set_filter(wanted)
        if not wanted.on:
            flat.reveal(record)
        self._reload(record)
        if flat.position(record) < 0 and len(flat):
            found = next((at for at in range(len(flat)) if flat.row(at).kind is NodeKind.ITEM), 0)
            self.table.verticalScrollBar().setValue(0)
            self.table.setCurrentIndex(self.model.index(found, 0))
        self._filter_shown()

    def _filter_shown(self) -> None:
        flat = self.model.flat
        self.strip.show_filter(flat)
        self.nothing.setText("Không có nội dung nào khớp với bộ lọc.\nBấm “× Bỏ lọc” để hiện lại toàn bộ kế hoạch.")
        self.nothing.setVisible(bool(flat.rows) and not len(flat))
        self._place_nothing()

    def _sort(self, keys: tuple[SortKey, ...]) -> None:
        record = self.table.record()
        self.model.flat.set_sort(keys)
        self._reload(record)

    def _toggle(self, position: int) -> None:
        flat = self.model.flat
        record = flat.row(position).id
        flat.set_collapsed(position, not flat.is_collapsed(position))
        self._reload(record)

    def _fold_all(self, collapsed: bool) -> None:
        record = self.table.record()
        self.model.flat.collapse_all(collapsed)
        self._reload(record)

    def _reload(self, record: str) -> None:
        """Other rows show: keep the place and the current row as far as they still exist."""
        top = self.table.verticalScrollBar().value()
        self.model.reload()
        self.gantt.rows_changed()
        self.table.verticalScrollBar().setValue(top)
        if record:
            self.table.select_record(record)
        self._show_selected()
        self._follow()

    # What shows beside what

    def show_mode(self, mode: Mode) -> None:
        """Table and Gantt, one of them, or the full text."""
        self.mode = mode
        self.line.show_mode(mode)
        self._stack.setCurrentWidget(self.narrative if mode is Mode.TEXT else self._rows)
        self.key_hint = _HINT_TEXT if mode is Mode.TEXT else _HINT
        self.hint_changed.emit(self.key_hint)
        if mode is Mode.TEXT:
            self.strip.hide()
            self.setFocusProxy(self.narrative.words)
            self._read_narrative()
            return
        self.setFocusProxy(self.table)
        self.strip.show_filter(self.model.flat)
        self._arrange()

    def _arrange(self) -> None:
        """Show what the mode wants; the details replace the Gantt where the window is not wide."""
        details = not self.details.isHidden()
        gantt = self.mode is not Mode.TABLE and (not details or self.window().width() >= WIDE)
        self.table.choose_columns(self._columns(details and not gantt))
        self.table.show_lines(_LINES_BESIDE if gantt else MOST_LINES)
        self.gantt.setVisible(gantt)
        self.legend.setVisible(gantt)
        shown = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if gantt else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.table.setVerticalScrollBarPolicy(shown)
        self._divide()
        self._level()
        self._follow()

    def _columns(self, beside_details: bool) -> tuple[Column, ...]:
        """The columns chosen; beside the details, which have them all, as many as need no scrolling."""
        if self.mode is Mode.GANTT:
            return ALWAYS
        columns = self._chosen
        room = self.splitter.width() - _details_width(self.splitter.width()) - _SCROLL_BAR
        for column in _FIRST_TO_GO:
            if beside_details and column in columns and self.table.least_width(columns) > room:
                columns = tuple(one for one in columns if one is not column)
        return columns

    def _divide(self) -> None:
        """Give each part its share of the width."""
        width = max(self.splitter.width(), 1)
        gantt = not self.gantt.isHidden()
        details = 0
        if not self.details.isHidden():
            details = max(width * 3 // 10, _LEAST_DETAILS) if gantt else _details_width(width)
        rest = width - details
        share = _GANTT_MODE_SHARE if self.mode is Mode.GANTT else _TABLE_SHARE
        least = min(self.table.least_width(self.table.chosen) + 2, round(rest * _MOST_SHARE))
        table = max(round(rest * share), least) if gantt else rest
        self.splitter.setSizes([table, rest - table if gantt else 0, details])

    def _columns_chosen(self, chosen: tuple[Column, ...]) -> None:
        self._chosen = chosen
        self._arrange()

    def _level(self) -> None:
        """Both views are equally high: where one needs a horizontal scroll bar, both have one."""
        bars = (self.table.horizontalScrollBar(), self.gantt.horizontalScrollBar())
        shown = [bar for bar, view in zip(bars, (self.table, self.gantt), strict=True) if not view.isHidden()]
        needed = any(bar.maximum() > 0 for bar in shown)
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if needed else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        for view in (self.table, self.gantt):
            if view.horizontalScrollBarPolicy() != policy:
                view.setHorizontalScrollBarPolicy(policy)

    def _follow(self) -> None:
        bar = self.table.verticalScrollBar()
        self.gantt.follow(bar.maximum(), bar.pageStep(), bar.value())

    def _show_selected(self) -> None:
        self.gantt.select(frozenset(index.row() for index in self.table.selectionModel().selectedRows()))

    def _selected(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self._show_selected()
        if not self.details.isHidden() and self.table.record() not in ("", self.details.record):
            self._read_details(self.table.record())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words in the middle of the table stay there."""
        super().resizeEvent(event)
        self._place_nothing()

    def _place_nothing(self) -> None:
        width = self.table.viewport().width()
        self.nothing.setGeometry(0, 60, width, self.nothing.heightForWidth(width) + 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the details, then clears the filter; F2 writes about the row opened."""
        if event.key() == Qt.Key.Key_Escape:
            if not self.details.isHidden():
                self.close_details()
            elif self.model.flat.filter.on:
                self.clear_filter()
        elif event.key() == Qt.Key.Key_F2 and not self.details.isHidden():
            self.details.ask()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    # Details and full text

    def open_details(self, record: str) -> None:
        """Show the details of a record beside the table."""
        self.table.select_record(record)
        if self.details.isHidden():
            self.details.show()
            self._arrange()
            self.table.select_record(record)
        self._read_details(record)

    def close_details(self) -> None:
        """Give the room back, unless something written there would be lost."""
        if not self.details.finish():
            return
        self.details.hide()
        self._arrange()
        self.table.setFocus()

    def _edited(self) -> None:
        if self.table.record() not in ("", self.details.record):
            self._read_details(self.table.record())

    def commit_pending(self) -> bool:
        """See Screen: what is being written about a row keeps the person here until it is saved or given up."""
        return self.details.finish()

    def _read_details(self, record: str) -> None:
        self._runner.run(lambda ws: node_details(ws, record), self._show_details, self._not_shown)

    def _not_shown(self, error: SoTienDoError) -> None:
        """A row that a newer version of the plan has withdrawn has no details here any more."""
        if error.code == "ITEM_UNKNOWN":
            self.close_details()
        else:
            self._runner.failed.emit(error)

    def _show_details(self, details: NodeDetails) -> None:
        if details.row.id == self.table.record():
            self.details.show_details(details)

    def _read_narrative(self) -> None:
        if not self._narrative_asked:
            self._narrative_asked = True
            self._runner.run(narrative, self._show_narrative)

    def _show_narrative(self, text: Narrative) -> None:
        self.narrative.show_narrative(text)

    def set_zoom(self, zoom: Zoom) -> None:
        """Zoom the Gantt as its buttons do."""
        self.line.zooms.choose(zoom)
        self.gantt.set_zoom(zoom)


def _details_width(width: int) -> int:
    """The width of the details in the place of the Gantt."""
    return max(width * 42 // 100, _LEAST_DETAILS)
