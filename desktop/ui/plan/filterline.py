"""The lines above the plan: what to show, quick filters, zoom, columns; and the strip that says a filter is on."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QSizePolicy, QSpacerItem

from desktop.ui.parts.chips import PLAIN_MENU, Chips
from desktop.ui.parts.segments import Segments
from desktop.ui.plan.columns import ALWAYS, HEADINGS, Column
from desktop.ui.plan.rows import QUICK_WORDS, Filter, FlatRows, Quick
from desktop.ui.plan.timescale import ZOOM_WORDS, Zoom
from desktop.ui.widgets.basics import ElidedLabel, button, row


class Mode(StrEnum):
    """What the screen shows."""

    BOTH = "both"
    TABLE = "table"
    GANTT = "gantt"
    TEXT = "text"


_MODE_WORDS = {
    Mode.BOTH: "Bảng + Gantt",
    Mode.TABLE: "Bảng",
    Mode.GANTT: "Gantt",
    Mode.TEXT: "Toàn văn",
}


class FilterLine(QFrame):
    """One line of controls."""

    columns_chosen = Signal(object)
    """A tuple of Column."""
    folded = Signal(bool)
    """Collapse everything (True) or expand everything."""
    withdrawn_asked = Signal()
    """The rows that newer versions of the plan no longer have are to be seen."""

    def __init__(self, chosen: tuple[Column, ...]) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self.modes = Segments("Hiển thị", _MODE_WORDS.items(), Mode.BOTH)
        self.quick = Chips("Lọc nhanh", QUICK_WORDS.items())
        self.zooms = Segments("Thang thời gian", ZOOM_WORDS.items(), Zoom.MONTH)
        self.columns = QPushButton("Cột ▼")
        self.columns.setAutoDefault(False)
        self.columns.setStyleSheet(PLAIN_MENU)
        self.columns.setToolTip("Chọn cột, thu gọn, mở rộng")
        self.actions_of: dict[Column, QAction] = {}
        self.columns.setMenu(self._menu(chosen))
        parts = (self.modes, self.quick, self.zooms, self.columns)
        layout = row(*parts, spacing=10, margins=(12, 6, 12, 6))
        layout.setStretch(1, 1)
        # Where the chips do not show, this keeps the others at their ends.
        layout.insertItem(2, QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum))
        self.setLayout(layout)

    def _menu(self, chosen: tuple[Column, ...]) -> QMenu:
        menu = QMenu(self.columns)
        for column, words in HEADINGS.items():
            if column in ALWAYS:
                continue
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(column in chosen)
            action.toggled.connect(self._tell)
            self.actions_of[column] = action
        menu.addSeparator()
        menu.addAction("Thu gọn tất cả", lambda: self.folded.emit(True))
        menu.addAction("Mở rộng tất cả", lambda: self.folded.emit(False))
        menu.addSeparator()
        menu.addAction("Dòng đã rút khỏi kế hoạch…", self.withdrawn_asked.emit)
        return menu

    def _tell(self) -> None:
        wanted = {column for column, action in self.actions_of.items() if action.isChecked()}
        self.columns_chosen.emit(tuple(c for c in HEADINGS if c in wanted or c in ALWAYS))

    def show_mode(self, mode: Mode) -> None:
        """Show the controls that mean something in a mode."""
        self.modes.choose(mode)
        self.quick.setVisible(mode is not Mode.TEXT)
        self.zooms.setVisible(mode in (Mode.BOTH, Mode.GANTT))
        self.columns.setVisible(mode in (Mode.BOTH, Mode.TABLE))

    def show_counts(self, flat: FlatRows) -> None:
        """Say how many items each quick filter would show."""
        self.quick.set_counts({quick: flat.count(quick) for quick in Quick})


class FilterStrip(QFrame):
    """Says that a filter is on, which, and how much of the plan it shows; one click clears it."""

    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self.words = ElidedLabel()
        self.clear = button("× Bỏ lọc", self.cleared.emit, "link", tip="Hiện lại toàn bộ kế hoạch (Esc)")
        self.setLayout(row(self.words, self.clear, None, spacing=10, margins=(14, 2, 12, 2)))
        self.hide()

    def show_filter(self, flat: FlatRows) -> None:
        """Show what is on, or nothing where nothing is."""
        self.words.setText(filter_words(flat.filter, flat.matched, flat.total))
        self.setVisible(flat.filter.on)


def filter_words(wanted: Filter, matched: int, total: int) -> str:
    """ "Đang lọc: 23/180 – Quá hạn, “vườn hoa”"."""
    parts = [words for quick, words in QUICK_WORDS.items() if quick in wanted.quick]
    if wanted.searches:
        parts.append(f"“{wanted.text.strip()}”")
    return f"Đang lọc: {matched}/{total} – {', '.join(parts)}"


