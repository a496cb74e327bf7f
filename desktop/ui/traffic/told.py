"""One line above the files: what is missing here after a restore, what another office does not count of ours."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.services.traffic.views import TrafficView
from desktop.ui.widgets.words import counted


class Told(QLabel):
    """Plain words that stay while what they tell is so; not shown when there is nothing to tell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hide()

    def show_words(self, view: TrafficView) -> None:
        """The restored folder's sentence, then what is not counted: the first in full, the rest as a number."""
        parts = [view.restored] if view.restored else []
        if view.not_counted:
            first, more = view.not_counted[0], len(view.not_counted) - 1
            parts.append(first.words + (f" Còn {counted(more, 'nội dung')} khác cũng chưa được tính." if more else ""))
        self.setText(" ".join(parts))
        # Names come from files: a tip reads tags, so they are taken apart.
        self.setToolTip("<br>".join(escape(one.words) for one in view.not_counted))
        self.setAccessibleDescription("\n".join(one.words for one in view.not_counted))
        self.setVisible(bool(parts))
