"""*Chuyển tiếp*: which unfinished rows of the plan one leaves go on in the new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.services.plan.new_plan import Carried, CarryRow
from desktop.ui.theme import StatusStyle, Tone, status_style, style
from desktop.ui.widgets.basics import button, column, frame, label, row
from desktop.ui.widgets.listing import Column, Kind, Listing
from desktop.ui.widgets.words import counted

_TOLD = (
    "Việc chưa xong của kế hoạch đang làm. Việc được chọn thành dòng của kế hoạch mới, giữ đơn vị, thời hạn in và nối "
    "với báo cáo cũ; việc không chọn ở lại kế hoạch cũ, không mất gì."
)


class _Rows(Listing[CarryRow]):
    """The list; the blank key ticks the current row."""

    ticked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        if event.key() == Qt.Key.Key_Space:
            self.ticked.emit()
            return
        super().keyPressEvent(event)


class CarryPage(QWidget):
    """The rows with a tick each. None is ticked at first: the new plan may name them itself."""

    def __init__(self) -> None:
        super().__init__()
        self._chosen: set[str] = set()
        self.counts = label("", "heading")
        columns: tuple[Column[CarryRow], ...] = (
            Column("Chuyển tiếp", lambda one: one.code, 13, 0, Kind.BADGE, self._tick_style),
            Column("Số", lambda one: one.code, 8, 0, Kind.MUTED),
            Column("Nội dung", lambda one: one.title, 28, 3),
            Column("Đơn vị chủ trì", lambda one: ", ".join(one.lead_units), 14, 1, Kind.MUTED, optional=True),
            Column("Thời hạn", lambda one: one.deadline or "–", 12, 0, Kind.MUTED),
            Column("Trạng thái", lambda one: one.code, 17, 0, Kind.BADGE, lambda one: status_style(one.status)),
            Column("Báo cáo gần nhất", _last_words, 16, 1, optional=True),
        )
        self.list = _Rows("Việc chưa xong", columns, "Kế hoạch đang làm không còn việc nào chưa xong.")
        self.list.ticked.connect(self._turn)
        self.list.opened.connect(lambda _row: self._turn())
        self.list.clicked.connect(lambda index: self._turn() if index.column() == 0 else None)
        everything = button("Chọn tất cả", lambda: self._choose({one.record for one in self.list.rows}))
        nothing = button("Bỏ chọn", lambda: self._choose(set()))
        line = row(self.counts, None, everything, nothing)
        made = column(
            label(_TOLD, "muted", wrap=True), line, frame("card", column(self.list, margins=(1, 1, 1, 1))),
            label("Phím cách hoặc Enter: chọn, bỏ chọn dòng đang đứng", "muted"), spacing=8,
        )
        made.setStretch(2, 1)
        self.setLayout(made)
        self.setFocusProxy(self.list)

    def show_rows(self, rows: Sequence[CarryRow]) -> None:
        """Show the unfinished rows."""
        self._chosen &= {one.record for one in rows}
        self.list.show_rows(rows)
        self._tell()

    @property
    def carried(self) -> tuple[Carried, ...]:
        """The rows chosen, in the order of the plan one leaves."""
        return tuple(Carried(one.record) for one in self.list.rows if one.record in self._chosen)

    def choose(self, first: int) -> None:
        """Tick the first so many rows, and no others."""
        self._choose({one.record for one in self.list.rows[:first]})

    def _turn(self) -> None:
        current = self.list.current
        if current is not None:
            self._choose(self._chosen ^ {current.record})

    def _choose(self, records: set[str]) -> None:
        self._chosen = records
        self.list.viewport().update()
        self._tell()

    def _tell(self) -> None:
        self.counts.setText(f"Chuyển tiếp {len(self._chosen)}/{counted(len(self.list.rows), 'việc chưa xong')}")

    def _tick_style(self, one: CarryRow) -> StatusStyle:
        if one.record in self._chosen:
            return style(Tone.GREEN, "√", "Chuyển")
        return style(Tone.GREY, "○", "Không")


def _last_words(one: CarryRow) -> str:
    if one.last is None:
        return "–"
    return one.last.report.result or one.last.unit_name
