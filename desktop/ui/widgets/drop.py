"""Files dropped on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.widgets.basics import column, label, restyle, row


def dropped_paths(data: QMimeData) -> tuple[Path, ...]:
    """The files of a drop, in their order; empty where it holds none."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


class DropArea(QFrame):
    """A dashed area that takes files, with a line of help and room for a widget at its right."""

    dropped = Signal(object)
    """The paths, a tuple."""

    def __init__(self, heading: str, hint: str, beside: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("look", "drop")
        self.setAcceptDrops(True)
        self.setAccessibleName(heading)
        words = QWidget()
        words.setLayout(column(label(heading, "heading"), label(hint, "muted", wrap=True), spacing=2))
        made = row(words, spacing=16, margins=(16, 10, 16, 10))
        made.setStretch(0, 1)
        if beside is not None:
            made.addWidget(beside)
        self.setLayout(made)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up while files hover."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self._heat(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go quiet again."""
        self._heat(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        self._heat(False)
        event.acceptProposedAction()
        self.dropped.emit(dropped_paths(event.mimeData()))

    def _heat(self, hot: bool) -> None:
        self.setProperty("hot", "true" if hot else "false")
        restyle(self)
