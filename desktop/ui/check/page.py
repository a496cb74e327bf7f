"""*Kiểm tra trước khi nhập*: what was read, what is doubtful, what would be accepted. Nothing is kept from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.models.findings import counts_in_words
from desktop.models.plan import Finding, NodeKind, Plan
from desktop.services.plan.check_list import save_check_list
from desktop.services.plan.checking import PlanSeen
from desktop.services.plan.reading import ReadChoices
from desktop.ui.check.findings import FindingsPane
from desktop.ui.check.naming import ask_for_unit
from desktop.ui.check.question import LegacyPage, TableLine
from desktop.ui.parts.words import day_words
from desktop.ui.widgets.basics import ElidedLabel, button, column, frame, label, row
from desktop.ui.widgets.files import ask_where_to_save
from desktop.ui.widgets.words import counted

PLAN_FILTER = "Tệp kế hoạch (*.xlsx *.xlsm *.docx *.docm *.txt);;Mọi tệp (*)"
_EXCEL_FILTER = "Excel (*.xlsx)"
_LIST_NAME = "cho-can-ra-soat.xlsx"

Look = Callable[[Path, ReadChoices, Callable[[PlanSeen], None]], None]
"""Reads a file with choices, away from the window, and hands on what was seen."""
Keep = Callable[[Callable[[], Path], Callable[[Path], None]], None]
"""Runs what writes a file, away from the window, and hands on where it lies."""


class CheckPage(QWidget):
    """Header, choices, findings. ``changed`` whenever something else is shown; ``seen`` is what may be accepted."""

    changed = Signal()

    def __init__(self, clock: Callable[[], datetime], look: Look, keep: Keep) -> None:
        super().__init__()
        self._clock, self._look, self._keep = clock, look, keep
        self.seen: PlanSeen | None = None
        self.heading = ElidedLabel("", "heading")
        self.plan = ElidedLabel("", "muted")
        self.counts = label("", "heading")
        self.tables = TableLine()
        self.tables.chosen.connect(lambda key: self._choose(table=key))
        self.legacy = LegacyPage()
        self.legacy.answered.connect(lambda answer: self._choose(legacy=answer))
        self.findings = FindingsPane()
        self.findings.naming.connect(self._ask_name)
        self.save = button("Lưu danh sách ra Excel…", self._ask_where)
        self.saved = label("", "muted", wrap=True, copyable=True)
        self.saved.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._checked())
        self._stack.addWidget(self.legacy)
        self.setLayout(column(self._stack))

    def _checked(self) -> QWidget:
        head = column(self.heading, self.plan, self.counts, self.tables, spacing=3, margins=(16, 8, 16, 8))
        line = row(self.findings.chips, self.save, spacing=10)
        line.setStretch(0, 1)
        made = column(frame("card", head), line, self.saved, self.findings, spacing=8)
        made.setStretch(3, 1)
        page = QWidget()
        page.setLayout(made)
        return page

    def look_at(self, file: Path) -> None:
        """Read a file, as its best table and its text stand."""
        self._look(file, ReadChoices(), self.show_seen)

    def show_seen(self, seen: PlanSeen) -> None:
        """Show what was read, or ask what must be known before."""
        self.seen = seen
        self.saved.hide()
        if seen.plan is None:
            if seen.legacy is not None:
                self.legacy.show_proposal(seen.legacy)
            self._stack.setCurrentWidget(self.legacy)
            self.setFocusProxy(self.legacy)
        else:
            self._show_plan(seen.plan)
            self.tables.show_tables(seen.tables, seen.choices.table)
            self._stack.setCurrentIndex(0)
            self.setFocusProxy(self.findings)
        self.changed.emit()

    def _show_plan(self, plan: Plan) -> None:
        header = plan.header
        day = f" ngày {day_words(header.day)}" if header.day else ""
        number = f"Kế hoạch {header.number}" if header.number else "Kế hoạch chưa đọc được số"
        self.heading.setText(f"{number}{day}" + (f" – {header.issuer}" if header.issuer else ""))
        self.plan.setText(header.title)
        self.plan.setVisible(bool(header.title))
        kinds = {kind: sum(node.kind is kind for node in plan.nodes) for kind in NodeKind}
        self.counts.setText(
            f"{kinds[NodeKind.SECTION]} phần · {kinds[NodeKind.GROUP]} nhóm · "
            f"{counted(kinds[NodeKind.ITEM], 'chỉ tiêu, nhiệm vụ')}   |   {counts_in_words(plan.findings)}"
        )
        self.findings.show_findings(plan.findings)

    def _choose(self, *, table: str | None = None, legacy: str | None = None) -> None:
        if self.seen is not None:
            now = self.seen.choices
            choices = replace(
                now, table=now.table if table is None else table, legacy=now.legacy if legacy is None else legacy
            )
            self._look(self.seen.file, choices, self.show_seen)

    def _ask_name(self, finding: Finding) -> None:
        if self.seen is not None:
            # Of several names the first: read again with it, the finding is about the others.
            ask_for_unit(self.window(), finding.cell.printed.partition(";")[0], self.seen.names, self.teach)

    def teach(self, printed: str, meant: str) -> None:
        """A printed name means a unit or collective (its id): read again with it."""
        if self.seen is not None:
            kept = tuple(pair for pair in self.seen.choices.taught if pair[0] != printed)
            choices = replace(self.seen.choices, taught=(*kept, (printed, meant)))
            self._look(self.seen.file, choices, self.show_seen)

    def _ask_where(self) -> None:
        place = ask_where_to_save(self, "Lưu danh sách ra Excel", _LIST_NAME, _EXCEL_FILTER)
        if place is not None:
            self.save_to(place)

    def save_to(self, place: Path) -> None:
        """Save the findings as Excel; never over a file that is there."""
        if self.seen is not None and (plan := self.seen.plan) is not None:
            name, made = self.seen.file.name, self._clock()
            self._keep(lambda: save_check_list(plan, name, made, place), self._say_saved)

    def _say_saved(self, path: Path) -> None:
        self.saved.setText(f"√ Đã lưu danh sách: {path}")
        self.saved.show()
