"""Screen *Kế hoạch*: how table, Gantt, details, full text, search and filters follow each other."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from desktop.models.errors import SoTienDoError
from desktop.models.plan import NodeKind
from desktop.services.plan.planning import narrative, node_details, plan_view, search
from desktop.services.views import Changes, Hits, Identity, Narrative, NodeDetails, PlanView
from desktop.ui import libraries
from desktop.ui.plan.columns import DEFAULT
from desktop.ui.plan.filterline import FilterLine, FilterStrip, Mode
from desktop.ui.plan.model import PlanModel
from desktop.ui.plan.parts import PlanParts
from desktop.ui.plan.rows import Filter, SortKey
from desktop.ui.plan.timescale import Zoom
from desktop.ui.shell.screen import Screen
from desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop.ui.plan.editing import Editing
    from desktop.ui.plan.narrative import NarrativeView

_HINT = "↑ ↓ chọn hàng · ← → thu gọn, mở rộng · Enter xem chi tiết · F2 sửa, góp ý · Ctrl+C chép · Esc bỏ lọc"
_HINT_TEXT = "Enter đến chỗ sau · Shift+Enter về chỗ trước"


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
        self._typed = ""
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
        self.line.withdrawn_asked.connect(lambda: libraries.show_withdrawn(self, self._runner))
        self.strip = FilterStrip()
        self.parts = PlanParts(self.model)
        self.table, self.gantt, self.details = self.parts.table, self.parts.gantt, self.parts.details
        self._stack = QStackedWidget()
        self._stack.addWidget(self.parts)
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
        self.line.columns_chosen.connect(self.parts.choose_columns)
        self.line.folded.connect(self._fold_all)
        self.strip.cleared.connect(self.clear_filter)
        self.table.opened.connect(self.open_details)
        self.table.toggled.connect(self._toggle)
        self.table.sort_wanted.connect(self._sort)
        self.table.selectionModel().selectionChanged.connect(self._selected)
        self.gantt.chosen.connect(lambda at: self.table.select_record(self.model.flat.row(at).id))
        self.gantt.opened.connect(lambda at: self.open_details(self.model.flat.row(at).id))
        self.gantt.zoomed.connect(self.line.zooms.choose)
        self.details.closed.connect(self.close_details)
        self.details.asked.connect(lambda wanted: self.editing.start(wanted))
        self.details.edited.connect(self._edited)

    # What there is

    def refresh(self, changes: Changes | None) -> None:
        """Read the plan anew where something it shows has changed."""
        if changes is None or changes.items or changes.conflicts or changes.plan:
            self._runner.run(plan_view, self.show_plan)
            if self._typed and (changes is None or changes.plan):
                self._ask(typing=False)
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
            return
        self._typed = text.strip()
        if self._typed:
            self._ask(typing=True)
        else:
            self._set_filter(Filter(quick=self.model.flat.filter.quick))

    def _ask(self, *, typing: bool) -> None:
        # All hits: paragraphs are found too and come first, so that a limit would cost rows.
        self._runner.run(
            partial(search, text=self._typed, most=sys.maxsize), partial(self._show_hits, self._typed, typing)
        )

    def _show_hits(self, text: str, typing: bool, hits: Hits) -> None:
        """Filter by what was found; while ``typing`` the best row becomes the current one."""
        if text != self._typed:
            # Other words were typed meanwhile, or none are wanted any more.
            return
        wanted = replace(self.model.flat.filter, text=text, found=frozenset(hits.records))
        if typing or wanted != self.model.flat.filter:
            self._set_filter(wanted, hits.records if typing else ())

    def clear_filter(self) -> None:
        """Show the whole plan again; the row one is on stays the current one."""
        self._typed = ""
        self.line.quick.choose(frozenset())
        self._set_filter(Filter())

    def _quick_changed(self) -> None:
        self._set_filter(replace(self.model.flat.filter, quick=self.line.quick.chosen))

    def _set_filter(self, wanted: Filter, best: Sequence[str] = ()) -> None:
        """Show what is wanted. The current row: the best that shows, or the one it was, or the first item."""
        record = self.table.record()
        flat = self.model.flat
        flat.set_filter(wanted)
        if not wanted.on:
            flat.reveal(record)
        self._reload(record)
        found = flat.first_of(best)
        if found < 0 and flat.position(record) < 0 and len(flat):
            found = next((at for at in range(len(flat)) if flat.row(at).kind is NodeKind.ITEM), 0)
        if found >= 0:
            self.table.verticalScrollBar().setValue(0)
            self.table.setCurrentIndex(self.model.index(found, 0))
        self._filter_shown()

    def _filter_shown(self) -> None:
        flat = self.model.flat
        if self.mode is not Mode.TEXT:
            self.strip.show_filter(flat)
        self.parts.show_nothing(bool(flat.rows) and not len(flat))

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
        self.parts.follow()

    # What shows beside what

    def show_mode(self, mode: Mode) -> None:
        """Table and Gantt, one of them, or the full text."""
        self.mode = mode
        self.line.show_mode(mode)
        self._stack.setCurrentWidget(self.narrative if mode is Mode.TEXT else self.parts)
        self.key_hint = _HINT_TEXT if mode is Mode.TEXT else _HINT
        self.hint_changed.emit(self.key_hint)
        if mode is Mode.TEXT:
            self.strip.hide()
            self.setFocusProxy(self.narrative.words)
            self._read_narrative()
            return
        self.setFocusProxy(self.table)
        self.strip.show_filter(self.model.flat)
        self.parts.show_mode(mode)

    def _show_selected(self) -> None:
        self.gantt.select(frozenset(index.row() for index in self.table.selectionModel().selectedRows()))

    def _selected(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self._show_selected()
        if not self.details.isHidden() and self.table.record() not in ("", self.details.record):
            self._read_details(self.table.record())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the details, then clears the filter; F2 writes about the row opened."""
        if event.key() == Qt.Key.Key_Escape:
            if not self.details.isHidden():
                self.close_details()
            elif self.model.flat.filter.on or self._typed:
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
            self.parts.arrange()
            self.table.select_record(record)
        self._read_details(record)

    def close_details(self) -> None:
        """Give the room back, unless something written there would be lost."""
        if not self.details.finish():
            return
        self.details.hide()
        self.parts.arrange()
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
