"""A field that narrows a list below it; the keys go from the field into the list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class SearchField(QLineEdit):
    """Down goes into the list it narrows."""

    def __init__(self, name: str, *lists: QWidget) -> None:
        super().__init__()
        self._lists = lists
        self.setAccessibleName(name)
        self.setPlaceholderText("Gõ vài chữ trong tên, không cần dấu")
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class: the list that shows gets the keys."""
        if event.key() == Qt.Key.Key_Down:
            for shown in self._lists:
                if shown.isVisible():
                    shown.setFocus()
            return
        super().keyPressEvent(event)
