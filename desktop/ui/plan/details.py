"""The details panel: one row opened, readable, selectable, closed with Esc."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from desktop.services.views import NodeDetails
from desktop.ui import theme
from desktop.ui.plan.marks import row_style
from desktop.ui.plan.page import Inks, details_page
from desktop.ui.widgets.basics import button, frame, label, row


class DetailsPanel(QWidget):
    """Shows a NodeDetails."""

    closed = Signal()
    """The person wants it gone."""

    def __init__(self) -> None:
        super().__init__()
        self._details: NodeDetails | None = None
        self.heading = label("Chi tiết", "heading")
        self.close_button = button("×", self.closed.emit, "link", tip="Đóng chi tiết (Esc)")
        self.close_button.setAccessibleName("Đóng chi tiết")
        self.page = QTextEdit()
        self.page.setReadOnly(True)
        self.page.setAccessibleName("Chi tiết của hàng đang chọn")
        self.page.setStyleSheet("QTextEdit { border: 0; padding: 0; }")
        self.page.document().setDocumentMargin(12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(frame("bar", row(self.heading, None, self.close_button, margins=(14, 4, 8, 4))))
        layout.addWidget(self.page)
        self.setFocusProxy(self.page)

    @property
    def record(self) -> str:
        """The record shown, empty where there is none."""
        return self._details.row.id if self._details else ""

    def show_details(self, details: NodeDetails) -> None:
        """Show a row; the place one reads at stays when it is the same row again."""
        same = self.record == details.row.id
        bar = self.page.verticalScrollBar()
        at = bar.value()
        self._details = details
        self.heading.setText(f"Chi tiết {details.row.code}".strip())
        self._write()
        bar.setValue(at if same else 0)

    def _write(self) -> None:
        if self._details is not None:
            self.page.setHtml(details_page(self._details, row_style(self._details.row).text, _inks()))

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: other inks."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            event.accept()
            return
        super().keyPressEvent(event)


def _inks() -> Inks:
    c = theme.colours()
    return Inks(c.text.name(), c.muted.name(), c.group.name(), c.tones[theme.Tone.AMBER].fg.name())
