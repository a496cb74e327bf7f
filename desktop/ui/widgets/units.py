"""Choosing one's unit from a list that narrows as one types, with or without marks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.models.text import fold
from desktop.ui.widgets.basics import column

_NAME = int(Qt.ItemDataRole.UserRole)


class UnitPicker(QWidget):
    """A search field above the list of units; Down goes from the field into the list."""

    chosen = Signal(str)
    """The name chosen; empty while none is."""

    def __init__(self) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Gõ vài chữ trong tên, không cần dấu")
        self.search.setAccessibleName("Tìm đơn vị")
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Đơn vị")
        self.list.setUniformItemSizes(True)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list.itemSelectionChanged.connect(lambda: self.chosen.emit(self.name))
        self.setLayout(column(self.search, self.list, spacing=6))
        self.setFocusProxy(self.search)

    @property
    def name(self) -> str:
        """The name chosen; empty while none is."""
        # Not the current row: Qt makes the first one current without showing it.
        chosen = (held for held in self.list.selectedItems() if not held.isHidden())
        return next((str(held.data(_NAME)) for held in chosen), "")

    def show_units(self, names: Sequence[str]) -> None:
        """Offer the units, in tree order."""
        self.list.clear()
        for name in names:
            item = QListWidgetItem(name)
            item.setData(_NAME, name)
            self.list.addItem(item)
        self._narrow(self.search.text())

    def choose(self, name: str) -> None:
        """Choose a unit by its name."""
        for held in self.list.findItems(name, Qt.MatchFlag.MatchExactly):
            self.list.setCurrentItem(held)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Enter in the field go into the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.search:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if not self.name:
                    self._choose_first()
                self.list.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _choose_first(self) -> None:
        """Choose the first unit that shows: one sees which it is before going on."""
        shown = (self.list.item(place) for place in range(self.list.count()))
        first = next((item for item in shown if not item.isHidden()), None)
        if first is not None:
            self.list.setCurrentItem(first)

    def _narrow(self, text: str) -> None:
        """Show the units whose name holds every word typed; a lone match is chosen."""
        words = fold(text).split()
        shown: list[QListWidgetItem] = []
        for place in range(self.list.count()):
            item = self.list.item(place)
            folded = fold(str(item.data(_NAME)))
            item.setHidden(not all(word in folded for word in words))
            if not item.isHidden():
                shown.append(item)
        if len(shown) == 1 and words:
            self.list.setCurrentItem(shown[0])
        self.chosen.emit(self.name)
