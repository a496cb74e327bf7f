"""The details panel: one row opened, readable, selectable; an editor may take the place of the page for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QTextBrowser, QVBoxLayout, QWidget

from desktop.services.views import NodeDetails, ReadingField, Role
from desktop.ui import theme
from desktop.ui.plan.editor import Editor
from desktop.ui.plan.marks import row_style
from desktop.ui.plan.page import Inks, details_page
from desktop.ui.widgets.basics import button, frame, label, row


class DetailsPanel(QWidget):
    """Shows a NodeDetails."""

    closed = Signal()
    """The person wants it gone."""
    asked = Signal(str)
    """The person wants something done with the row shown: a link of ``desktop.ui.plan.page``."""
    edited = Signal()
    """The editor has gone: the row one is on may be another by now."""

    def __init__(self) -> None:
        super().__init__()
        self.details: NodeDetails | None = None
        self.editor: Editor | None = None
        self.heading = label("Chi tiết", "heading")
        self.close_button = button("×", self._close, "link", tip="Đóng chi tiết (Esc)")
        self.close_button.setAccessibleName("Đóng chi tiết")
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.setAccessibleName("Chi tiết của hàng đang chọn")
        self.page.setStyleSheet("QTextBrowser { border: 0; padding: 0; }")
        self.page.document().setDocumentMargin(12)
        self.page.anchorClicked.connect(self._link)
        self.act = button("Sửa cách hiểu (F2)", self.ask)
        self.act.hide()
        self._parts = QStackedWidget()
        self._parts.addWidget(self.page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        bar = row(self.heading, None, self.act, self.close_button, margins=(14, 4, 8, 4))
        layout.addWidget(frame("bar", bar))
        layout.addWidget(self._parts)
        self.setFocusProxy(self.page)

    @property
    def record(self) -> str:
        """The record shown, empty where there is none."""
        return self.details.row.id if self.details else ""

    def show_details(self, details: NodeDetails) -> None:
        """Show a row; the place one reads at stays when it is the same row again.

        What is being written about another row stays until it is saved or given up.
        """
        if self.editor is not None and self.record != details.row.id:
            if self.editor.dirty:
                return
            self.close_editor()
        same = self.record == details.row.id
        bar = self.page.verticalScrollBar()
        at = bar.value()
        self.details = details
        if self.editor is None:
            self._name()
        self._write()
        bar.setValue(at if same else 0)

    def _name(self) -> None:
        if self.details is not None:
            self.heading.setText(f"Chi tiết {self.details.row.code}".strip())
            self.act.setText("Sửa cách hiểu (F2)" if self.details.role is Role.HUB else "Gửi ý kiến (F2)")
            self.act.setVisible(bool(self.details.readings))

    def _write(self) -> None:
        if self.details is not None:
            self.page.setHtml(details_page(self.details, row_style(self.details.row).text, _inks()))

    # Writing something about the row

    def show_editor(self, editor: Editor, heading: str) -> None:
        """An editor in the place of the page, with the keys."""
        self.close_editor()
        self.editor = editor
        self.heading.setText(heading)
        self.act.hide()
        self._parts.addWidget(editor)
        self._parts.setCurrentWidget(editor)
        editor.cancelled.connect(self.close_editor)
        editor.begin()

    def close_editor(self) -> None:
        """Back to the page; what was typed and not saved is given up."""
        editor, self.editor = self.editor, None
        if editor is None:
            return
        self._parts.setCurrentWidget(self.page)
        self._parts.removeWidget(editor)
        editor.deleteLater()
        self._name()
        self.page.setFocus()
        self.edited.emit()

    def finish(self) -> bool:
        """Before leaving: True where nothing typed would be lost; else the editor says so and gets the keys."""
        if self.editor is not None and self.editor.dirty:
            self.editor.remind()
            return False
        self.close_editor()
        return True

    def _close(self) -> None:
        if self.finish():
            self.closed.emit()

    def _link(self, url: QUrl) -> None:
        self.asked.emit(url.toString())

    def ask(self) -> None:
        """What F2 does: correct the reading of the link one is on, or of the end; a unit sends its doubt."""
        if self.details is None or self.editor is not None or not self.details.readings:
            return
        link = self.page.textCursor().charFormat().anchorHref()
        if self.details.role is Role.UNIT:
            self.asked.emit("comment:")
        else:
            self.asked.emit(link if link.startswith("correct:") else f"correct:{ReadingField.END.value}")

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: other inks."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, F2 writes."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() == Qt.Key.Key_F2:
            self.ask()
        else:
            super().keyPressEvent(event)
            return
        event.accept()


def _inks() -> Inks:
    c = theme.colours()
    return Inks(c.text.name(), c.muted.name(), c.group.name(), c.tones[theme.Tone.AMBER].fg.name(), c.blue.name())
