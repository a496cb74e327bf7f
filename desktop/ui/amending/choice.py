"""What a row of the newer version is: one of the old rows, or a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.services.plan.plan_changes import OldRow
from desktop.ui.amending.words import candidate_words
from desktop.ui.widgets.basics import column, label

_LINES = 5
_AIR = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision: ``path`` of the new row, ``record`` of the old one it is, empty for none of them."""

    path: str
    record: str


class _Offers(QListWidget):
    """Enter decides; with the arrows one only looks."""

    taken = Signal(object)
    """The QListWidgetItem decided for."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentItem() is not None:
            self.taken.emit(self.currentItem())
            return
        super().keyPressEvent(event)


class Choice(QWidget):
    """The old rows that a new one may be, likest first, and *Dòng mới*; Enter or a click decides."""

    answered = Signal(object)
    """Answer."""

    def __init__(self) -> None:
        super().__init__()
        self._path = ""
        self.question = label("", "heading", wrap=True)
        self.offers = _Offers()
        self.offers.setAccessibleName("Dòng này là dòng cũ nào")
        self.offers.setWordWrap(True)
        self.offers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.offers.itemClicked.connect(self._take)
        self.offers.taken.connect(self._take)
        self.setLayout(column(self.question, self.offers, spacing=4))
        self.setFocusProxy(self.offers)
        self.hide()

    def ask(self, path: str, code: str, offers: Sequence[OldRow], chosen: str | None) -> None:
        """Ask about a row; ``chosen`` is the record decided for, "" for new, None while nothing is decided."""
        self._path = path
        self.question.setText(f"Dòng {code or path} của bản mới là dòng nào? (Enter hoặc bấm để chọn)")
        self.offers.clear()
        for record, words in [*((one.record, candidate_words(one)) for one in offers), ("", "Dòng mới")]:
            item = QListWidgetItem(f"{'√' if record == chosen else '○'} {words}")
            item.setData(Qt.ItemDataRole.UserRole, record)
            self.offers.addItem(item)
            if record == chosen:
                self.offers.setCurrentItem(item)
        if self.offers.currentRow() < 0:
            self.offers.setCurrentRow(0)
        lines = min(self.offers.count(), _LINES)
        self.offers.setFixedHeight(self.offers.sizeHintForRow(0) * lines + 2 * self.offers.frameWidth() + _AIR)
        self.show()

    def _take(self, item: QListWidgetItem) -> None:
        self.answered.emit(Answer(self._path, str(item.data(Qt.ItemDataRole.UserRole))))
