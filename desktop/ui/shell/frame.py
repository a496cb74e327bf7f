"""The three bars around every screen: top bar, navigation and foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout

from desktop.services.views import Identity, Role
from desktop.ui.shell.plans import PlanPlace
from desktop.ui.shell.screen import ScreenSpec
from desktop.ui.theme import Tone, colours, style
from desktop.ui.widgets.badge import Badge
from desktop.ui.widgets.basics import ElidedLabel, label, row, rule, title

_TYPING_PAUSE = 180
"""Milliseconds without a key after which a search starts."""


class SearchField(QLineEdit):
    """The search of the window: Ctrl+F comes here, Enter searches at once, Esc clears and goes back."""

    asked = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Tìm nội dung, đơn vị, số…   Ctrl+F")
        self.setAccessibleName("Tìm nội dung, đơn vị, số")
        self.setClearButtonEnabled(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(self.fontMetrics().averageCharWidth() * 40)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 18)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE)
        self._pause.timeout.connect(self._ask)
        self.textChanged.connect(self._typed)
        self.returnPressed.connect(self._ask)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears; on an empty field it gives the keys back to the screen."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text():
            self.clear()
        else:
            self.left.emit()

    def _typed(self, text: str) -> None:
        """A pause after a key asks; an emptied field clears at once."""
        if text:
            self._pause.start()
        else:
            self._ask()

    def _ask(self) -> None:
        self._pause.stop()
        self.asked.emit(self.text().strip())


class TopBar(QFrame):
    """Product, the plan and year one works in, the search, and who works here."""

    def __init__(self, identity: Identity, *, opens_new: bool = False) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        brand = title("Sổ tiến độ", 1)
        brand.setProperty("look", "brand")
        self.plan = PlanPlace(identity, opens_new=opens_new)
        self.search = SearchField()
        self._identity = identity
        self.who = ElidedLabel(_who_words(identity, identity.device_label), "muted", Qt.TextElideMode.ElideMiddle)
        self.who.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        parts = (brand, label("|", "muted"), self.plan, None, self.search, self.who)
        made = row(*parts, spacing=12, margins=(14, 7, 14, 7))
        made.setStretch(4, 2)
        self.setLayout(made)

    def show_person(self, name: str) -> None:
        """Say who works here."""
        self.who.setText(_who_words(self._identity, name))
        self.who.updateGeometry()


def _who_words(identity: Identity, person: str) -> str:
    role = " (đơn vị tổng hợp)" if identity.role is Role.HUB else ""
    return f"{identity.unit_name}{role} · {person}"


class NavButton(QPushButton):
    """An entry of the navigation: its words and how many things wait there."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.waiting = 0
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_waiting(0)

    def set_waiting(self, waiting: int) -> None:
        """Show how many things wait; 0 shows nothing."""
        self.waiting = waiting
        self.setAccessibleName(f"{self.text()}, {waiting} việc chờ" if waiting else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        """Words, a badge of three figures, and air."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + metrics.averageCharWidth() * 7 + 20
        return QSize(width, metrics.height() + 14)

    def minimumSizeHint(self) -> QSize:
        """The same: nothing is cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground of the chosen one, words, badge, focus."""
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(1, 1, -1, -1)
        painter.setPen(c.blue if self.hasFocus() else Qt.PenStyle.NoPen)
        ground = c.blue_soft if self.isChecked() else c.hover if self.underMouse() else c.panel
        painter.setBrush(ground)
        painter.drawRoundedRect(area, 4, 4)
        font = QFont(self.font())
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(c.blue if self.isChecked() else c.text)
        painter.drawText(area.adjusted(10, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.waiting:
            self._paint_badge(painter, area, font)
        painter.end()

    def _paint_badge(self, painter: QPainter, area: QRect, font: QFont) -> None:
        c = colours()
        font.setPointSizeF(font.pointSizeF() - 1)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        words = str(self.waiting) if self.waiting < 1000 else "999+"
        height = metrics.height() + 3
        width = max(metrics.horizontalAdvance(words) + 12, height)
        pill = QRect(area.right() - 8 - width, area.center().y() - height // 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(c.panel if self.isChecked() else c.section)
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(c.blue if self.isChecked() else c.muted)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)


class Navigation(QFrame):
    """The screens of the role, one below the other; arrows go up and down."""

    asked = Signal(int)
    """A screen was asked for, by its place."""

    def __init__(self, specs: Sequence[ScreenSpec]) -> None:
        super().__init__()
        self.setProperty("look", "nav")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._group = QButtonGroup(self)
        self.buttons: list[NavButton] = []
        made = QVBoxLayout(self)
        made.setContentsMargins(8, 10, 8, 10)
        made.setSpacing(2)
        for place, spec in enumerate(specs):
            if spec.apart:
                made.addSpacing(6)
                made.addWidget(rule())
                made.addSpacing(6)
            entry = NavButton(spec.title)
            entry.setToolTip(f"Ctrl+{place + 1}")
            self._group.addButton(entry, place)
            self.buttons.append(entry)
            made.addWidget(entry)
        made.addStretch(1)
        self._group.idClicked.connect(self.asked.emit)

    def show_chosen(self, place: int) -> None:
        """Mark the screen shown."""
        self.buttons[place].setChecked(True)

    def set_waiting(self, place: int, waiting: int) -> None:
        """How many things wait at a screen."""
        self.buttons[place].set_waiting(waiting)


class Foot(QFrame):
    """State of saving, what keys do here, and a notice while the data are a demonstration."""

    def __init__(self, notice: str) -> None:
        super().__init__()
        self.setProperty("look", "foot")
        self.saved = ElidedLabel("", "muted")
        self.hint = ElidedLabel("", "muted")
        self.notice = Badge()
        if notice:
            self.notice.show_style(lambda: style(Tone.AMBER, "!", notice))
        made = row(self.saved, self.hint, None, self.notice, spacing=18, margins=(14, 4, 14, 4))
        self.setLayout(made)
        self._saved = ""
        self._busy = ""
        self._tell()

    def show_saved(self, words: str) -> None:
        """Say when the last value was saved."""
        self._saved = words
        self._tell()

    def show_busy(self, words: str) -> None:
        """Say what goes on; empty when nothing does."""
        self._busy = words
        self._tell()

    def show_hint(self, words: str) -> None:
        """Say what keys do here."""
        self.hint.setText(words)
        self.hint.updateGeometry()

    def _tell(self) -> None:
        words = self._busy or self._saved
        self.saved.setText(words)
        self.saved.setVisible(bool(words))
        self.saved.updateGeometry()
