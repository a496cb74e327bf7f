"""The plan one works in, at the top of the window: a label, or a button with the plans of the folder to go to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QSizePolicy, QWidget

from desktop.services.views import Identity, Role
from desktop.ui.widgets.basics import ElidedLabel, row
from desktop.ui.widgets.dialogs import ask

if TYPE_CHECKING:
    from desktop.services.plan.plans import PlanChoice

_LETTERS = 40


def plan_words(number: str, year: int, *, closed: bool) -> str:
    """A plan as the top bar and its menu name it."""
    return f"{number} · {year}" + (" · đã kết thúc" if closed else "")


class PlanPlace(QWidget):
    """Says which plan and year one works in (office.md: always shown) and, where there is a choice, offers it."""

    chosen = Signal(str)
    """Another plan was asked for, by its id."""
    newer_asked = Signal()
    """A newer version of the plan is to be taken."""
    new_asked = Signal()
    close_asked = Signal()
    reopen_asked = Signal()

    def __init__(self, identity: Identity, *, opens_new: bool) -> None:
        super().__init__()
        self._identity = identity
        self._opens_new = opens_new
        self.label = ElidedLabel("", letters=_LETTERS)
        self.button = QPushButton()
        self.button.setProperty("look", "plan")
        self.button.setAutoDefault(False)
        self.button.hide()
        self.menu = QMenu(self.button)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setLayout(row(self.label, self.button, spacing=0))
        self._words = ""
        self._say(identity.plan.number, identity.plan.year, identity.plan.title, closed=identity.closed is not None)

    def show_plans(self, plans: Sequence[PlanChoice]) -> None:
        """Offer the plans of the folder; a hub may besides end the one it works in and open the next."""
        is_hub = self._identity.role is Role.HUB
        current = next((one for one in plans if one.current), None)
        if current is None:
            return
        self._say(current.number, current.year, current.title, closed=current.closed is not None)
        self.menu.clear()
        group = QActionGroup(self.menu)
        for one in plans:
            entry = self._add(plan_words(one.number, one.year, closed=one.closed is not None), self._going_to(one))
            entry.setToolTip(one.title)
            entry.setCheckable(True)
            entry.setChecked(one.current)
            group.addAction(entry)
        if is_hub:
            self.menu.addSeparator()
            if current.closed is None:
                self._add("Bản mới của kế hoạch này…", self.newer_asked.emit)
            if self._opens_new:
                self._add("Mở kế hoạch mới…", self.new_asked.emit)
            if current.closed is None:
                self._add("Kết thúc kế hoạch…", self.close_asked.emit)
            else:
                self._add("Mở lại kế hoạch này", self.reopen_asked.emit)
        offers = len(plans) > 1 or is_hub
        self.button.setMenu(self.menu)
        self.button.setVisible(offers)
        self.label.setVisible(not offers)

    def text(self) -> str:
        """The plan as shown."""
        return self._words

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text: the button cuts its words anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._cut()

    def _add(self, words: str, act: Callable[[], None]) -> QAction:
        made = self.menu.addAction(words)
        made.triggered.connect(lambda _checked=False: act())
        return made

    def _going_to(self, plan: PlanChoice) -> Callable[[], None]:
        return lambda: None if plan.current else self.chosen.emit(plan.id)

    def _say(self, number: str, year: int, whole: str, *, closed: bool) -> None:
        self._words = f"Kế hoạch {plan_words(number, year, closed=closed)}"
        self.label.setText(self._words)
        for shown in (self.label, self.button):
            shown.setToolTip(whole)
        self.label.setAccessibleName(f"Kế hoạch đang làm việc: {self._words}")
        self.button.setAccessibleName(f"Kế hoạch đang làm việc: {self._words}. Mở để chọn kế hoạch khác")
        self._cut()

    def _cut(self) -> None:
        metrics = self.button.fontMetrics()
        room = metrics.averageCharWidth() * _LETTERS
        self.button.setText(metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, room))


def ask_to_close(parent: QWidget, words: str, agreed: Callable[[], None]) -> QDialog:
    """Ask before *Kết thúc*: what it means, and that it can be taken back."""
    told = (
        "Từ hôm nay kế hoạch này chỉ xem, in và nhận tệp: không nhập hay sửa được nữa, ở máy này và ở các đơn vị "
        "sau khi nhận tệp của đơn vị tổng hợp. Không có gì bị xóa, và có thể mở lại."
    )
    return ask(parent, "Kết thúc kế hoạch", f"Kết thúc {words}?", told, "Kết thúc", agreed)
