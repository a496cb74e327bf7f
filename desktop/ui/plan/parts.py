"""What of the plan shows beside what: table, Gantt and details side by side, and how wide each of them is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.ui.plan.columns import ALWAYS, DEFAULT, Column
from desktop.ui.plan.delegate import MOST_LINES
from desktop.ui.plan.details import DetailsPanel
from desktop.ui.plan.filterline import Mode
from desktop.ui.plan.gantt import GanttView
from desktop.ui.plan.legend import Legend
from desktop.ui.plan.model import PlanModel
from desktop.ui.plan.table import PlanTable
from desktop.ui.widgets.basics import label

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
_NOTHING = "Không có nội dung nào khớp với bộ lọc.\nBấm “× Bỏ lọc” để hiện lại toàn bộ kế hoạch."


class _Beside(QSplitter):
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


class PlanParts(QWidget):
    """Table, Gantt and details of one model, with the legend below; table and Gantt stand level, row beside row."""

    def __init__(self, model: PlanModel) -> None:
        super().__init__()
        self.mode = Mode.BOTH
        self._chosen: tuple[Column, ...] = DEFAULT
        self.table = PlanTable(model)
        self.gantt = GanttView(lambda: model.flat, self.table.heights)
        self.gantt.set_axis_height(self.table.headings.height_for(2))
        self.details = DetailsPanel()
        self.legend = Legend()
        self.nothing = label(_NOTHING, "muted", wrap=True)
        self.nothing.setParent(self.table.viewport())
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.nothing.hide()
        self._splitter = _Beside()
        for part in (self.table, self.gantt, self.details):
            self._splitter.addWidget(part)
        self.details.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._splitter, 1)
        layout.addWidget(self.legend)
        self._splitter.resized.connect(self.arrange)
        self.table.moved.connect(self.follow)
        self.table.verticalScrollBar().rangeChanged.connect(self.follow)
        self.gantt.verticalScrollBar().valueChanged.connect(self.table.verticalScrollBar().setValue)
        self.gantt.wheeled.connect(self.table.scroll_by)
        self.gantt.key_pressed.connect(self.table.keyPressEvent)
        for bar in (self.table.horizontalScrollBar(), self.gantt.horizontalScrollBar()):
            bar.rangeChanged.connect(self._level)

    def show_mode(self, mode: Mode) -> None:
        """Table and Gantt, or one of them."""
        self.mode = mode
        self.arrange()

    def choose_columns(self, chosen: tuple[Column, ...]) -> None:
        """Show these columns wherever there is room for them."""
        self._chosen = chosen
        self.arrange()

    def show_nothing(self, nothing: bool) -> None:
        """Say in the middle of the table that the filter leaves no row."""
        self.nothing.setVisible(nothing)
        self._place_nothing()

    def arrange(self) -> None:
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
        self.follow()

    def follow(self) -> None:
        """Let the Gantt stand where the table stands."""
        bar = self.table.verticalScrollBar()
        self.gantt.follow(bar.maximum(), bar.pageStep(), bar.value())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words in the middle of the table stay there."""
        super().resizeEvent(event)
        self._place_nothing()

    def _place_nothing(self) -> None:
        width = self.table.viewport().width()
        self.nothing.setGeometry(0, 60, width, self.nothing.heightForWidth(width) + 8)

    def _columns(self, beside_details: bool) -> tuple[Column, ...]:
        """The columns chosen; beside the details, which have them all, as many as need no scrolling."""
        if self.mode is Mode.GANTT:
            return ALWAYS
        columns = self._chosen
        room = self._splitter.width() - _details_width(self._splitter.width()) - _SCROLL_BAR
        for column in _FIRST_TO_GO:
            if beside_details and column in columns and self.table.least_width(columns) > room:
                columns = tuple(one for one in columns if one is not column)
        return columns

    def _divide(self) -> None:
        """Give each part its share of the width."""
        width = max(self._splitter.width(), 1)
        gantt = not self.gantt.isHidden()
        details = 0
        if not self.details.isHidden():
            details = max(width * 3 // 10, _LEAST_DETAILS) if gantt else _details_width(width)
        rest = width - details
        share = _GANTT_MODE_SHARE if self.mode is Mode.GANTT else _TABLE_SHARE
        least = min(self.table.least_width(self.table.chosen) + 2, round(rest * _MOST_SHARE))
        table = max(round(rest * share), least) if gantt else rest
        self._splitter.setSizes([table, rest - table if gantt else 0, details])

    def _level(self) -> None:
        """Both views are equally high: where one needs a horizontal scroll bar, both have one."""
        bars = (self.table.horizontalScrollBar(), self.gantt.horizontalScrollBar())
        shown = [bar for bar, view in zip(bars, (self.table, self.gantt), strict=True) if not view.isHidden()]
        needed = any(bar.maximum() > 0 for bar in shown)
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if needed else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        for view in (self.table, self.gantt):
            if view.horizontalScrollBarPolicy() != policy:
                view.setHorizontalScrollBarPolicy(policy)


def _details_width(width: int) -> int:
    """The width of the details in the place of the Gantt."""
    return max(width * 42 // 100, _LEAST_DETAILS)
