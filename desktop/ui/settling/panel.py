"""*Cần đối chiếu*: the list of fields with rival values, and under it the values of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.models.errors import SoTienDoError
from desktop.services.settling import Clash, clashes, settle, value_words
from desktop.services.views import Changes
from desktop.ui.settling.choice import Choice
from desktop.ui.tasks import TaskRunner
from desktop.ui.theme import StatusStyle, Tone, style
from desktop.ui.widgets.basics import column, frame, label
from desktop.ui.widgets.dialogs import show_error
from desktop.ui.widgets.listing import Column, Kind, Listing

_EMPTY = "Không có giá trị nào cần đối chiếu."
_HELP = (
    "Hai máy ghi khác nhau vào cùng một ô mà không biết nhau. Mọi giá trị đều được giữ cho đến khi một người quyết "
    "định; số tổng hợp tạm dùng giá trị kém thuận lợi hơn. Phím 1, 2… giữ giá trị mang số đó."
)


def _item(clash: Clash) -> str:
    return f"{clash.code} {clash.title}".strip()


def _unit(clash: Clash) -> str:
    return clash.unit_name


def _place(clash: Clash) -> str:
    return f"{clash.field_name} · kỳ {clash.period}"


def _values(clash: Clash) -> str:
    return "  |  ".join(one.words for one in clash.rivals)


def _whose(clash: Clash) -> StatusStyle:
    if clash.ours:
        return style(Tone.AMBER, "↔", "Chờ ở đây")
    return style(Tone.GREY, "↔", "Bên kia quyết")


COLUMNS: tuple[Column[Clash], ...] = (
    Column("Nội dung", _item, 24, 4, Kind.BOLD),
    Column("Đơn vị", _unit, 14, 2),
    Column("Ô", _place, 16, 2),
    Column("Các giá trị", _values, 18, 3, Kind.MUTED, optional=True),
    Column("Ai quyết định", _unit, 17, 0, Kind.BADGE, _whose),
)


class Settling(QWidget):
    """The list and the choice; ``counted`` tells how many stand on the list of who works here."""

    counted = Signal(int)

    def __init__(self, runner: TaskRunner) -> None:
        super().__init__()
        self._runner = runner
        self.list: Listing[Clash] = Listing("Cần đối chiếu", COLUMNS, _EMPTY)
        self.list.selectionModel().currentRowChanged.connect(lambda _now, _before: self._tell())
        self.choice = Choice()
        self.choice.decided.connect(self._decide)
        self.result = label("", wrap=True)
        self.result.hide()
        made = column(
            label(_HELP, "muted", wrap=True), self.result, frame("card", column(self.list, margins=(1, 1, 1, 1))),
            self.choice, spacing=10,
        )
        made.setStretch(2, 1)
        self.setLayout(made)
        self.setFocusProxy(self.list)
        self._tell()

    def refresh(self) -> None:
        """Read the list anew."""
        self._runner.run(clashes, self._show)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2, 3 keep the value of that number."""
        number = event.key() - Qt.Key.Key_1
        if not event.modifiers() and 0 <= number < self.choice.count:
            self.choice.keep(number)
        else:
            super().keyPressEvent(event)

    def _show(self, found: Sequence[Clash]) -> None:
        at = self.list.currentIndex().row()
        self.list.show_rows(found)
        if found:
            self.list.choose(min(max(at, 0), len(found) - 1))
        self.counted.emit(sum(one.ours for one in found))
        self._tell()

    def _tell(self) -> None:
        self.choice.show_clash(self.list.current)

    def _decide(self, clash: Clash, value: object) -> None:
        self._runner.run(
            lambda ws: settle(ws, clash, value), lambda changes: self._settled(clash, value, changes), self._failed,
            busy="Đang lưu…",
        )

    def _settled(self, clash: Clash, value: object, _changes: Changes) -> None:
        kept = " ".join(value_words(value).split())
        self.result.setText(
            f"√ {clash.field_name} của {clash.unit_name}: “{kept}”. Các máy khác thấy quyết định này khi nhận tệp sau."
        )
        self.result.show()
        self.refresh()

    def _failed(self, error: SoTienDoError) -> None:
        self.refresh()
        show_error(self.window(), error)
