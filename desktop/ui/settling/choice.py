"""The rival values of one field side by side: keep one, or write what they say together."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QScrollArea, QSizePolicy, QWidget

from desktop.services.settling import Clash, Rival
from desktop.ui.widgets.basics import button, column, frame, label, row, title

_TEXTS = frozenset({"result", "evidence", "difficulties", "proposals"})
_LEAST_LETTERS = 30
_LINES = 4
_SHORT = 40
"""Letters up to which a value stands out like a heading."""


class Choice(QFrame):
    """The chosen clash; ``decided`` gives it with the value to stand."""

    decided = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._clash: Clash | None = None
        self._cards: list[QFrame] = []
        self.heading = title("", 0.5)
        self.heading.setWordWrap(True)
        self.cards = QWidget()
        self._row = QHBoxLayout(self.cards)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        room = QScrollArea()
        room.setFrameShape(QScrollArea.Shape.NoFrame)
        room.setWidgetResizable(True)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setWidget(self.cards)
        room.setMinimumHeight(self.fontMetrics().lineSpacing() * 7)
        self.text = _Together()
        self.text.saved.connect(self._save_together)
        self.save = button("Lưu nội dung ghép", self._save_together, tip="Ctrl+Enter")
        self.together = QWidget()
        self.together.setLayout(row(self.text, column(None, self.save), spacing=10))
        self.setLayout(column(self.heading, room, self.together, spacing=8, margins=(16, 10, 16, 12)))

    @property
    def count(self) -> int:
        """How many values there are to choose from."""
        return len(self._clash.rivals) if self._clash is not None else 0

    def show_clash(self, clash: Clash | None) -> None:
        """Show another clash, none with None; what is being written for the same one stays."""
        if clash is not None and clash == self._clash:
            return
        self._clash = clash
        self.setVisible(clash is not None)
        for card in self._cards:
            self._row.removeWidget(card)
            card.deleteLater()
        self._cards = []
        if clash is None:
            return
        self.heading.setText(f"{clash.code} {clash.title} – {clash.unit_name}, kỳ {clash.period}: {clash.field_name}")
        self._cards = [self._card(number, rival) for number, rival in enumerate(clash.rivals)]
        for card in self._cards:
            self._row.addWidget(card, 1)
        self.together.setVisible(clash.field in _TEXTS)
        with QSignalBlocker(self.text):
            self.text.setPlainText("\n".join(str(one.value) for one in clash.rivals if one.value))

    def keep(self, number: int) -> None:
        """Keep the value of this number, counted from 0."""
        if self._clash is not None:
            self.decided.emit(self._clash, self._clash.rivals[number].value)

    def _card(self, number: int, rival: Rival) -> QFrame:
        words = label(rival.words, "heading" if len(rival.words) <= _SHORT else "", wrap=True, copyable=True)
        words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        meanwhile = " · tạm dùng" if rival.provisional else ""
        who = f"{rival.author} · {rival.machine}\nghi {rival.entered:%d/%m/%Y %H:%M} (giờ máy đó){meanwhile}"
        keep = button(f"Giữ giá trị {number + 1}", lambda: self.keep(number), "primary", tip=f"Phím {number + 1}")
        keep.setAccessibleName(f"Giữ giá trị {number + 1}: {rival.words}, do {rival.author} ghi")
        made = column(words, label(who, "muted", wrap=True), row(keep, None), spacing=6, margins=(12, 10, 12, 10))
        made.setStretch(0, 1)
        card = frame("card", made)
        card.setMinimumWidth(self.fontMetrics().averageCharWidth() * _LEAST_LETTERS)
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        return card

    def _save_together(self) -> None:
        QGuiApplication.inputMethod().commit()
        if self._clash is not None:
            self.decided.emit(self._clash, self.text.toPlainText())


class _Together(QPlainTextEdit):
    """Where the values are put into one text; Ctrl+Enter saves, Tab goes on."""

    saved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Nội dung ghép từ các giá trị")
        self.setPlaceholderText("Ghép các giá trị thành một nội dung…")
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 14)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.saved.emit()
        else:
            super().keyPressEvent(event)
