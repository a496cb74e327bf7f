"""*Toàn văn*: the narrative of the plan, searchable whatever the marks."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLabel, QLineEdit, QTextEdit, QVBoxLayout, QWidget

from desktop.services.views import Narrative
from desktop.ui import theme
from desktop.ui.plan.finding import occurrences
from desktop.ui.widgets.basics import button, frame, label, row

_READING_WIDTH = 860
_GAP = 7
_LEAST_MARGIN = 24


class _FindLine(QLineEdit):
    """Enter goes on, Shift+Enter back, Esc clears."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.stepped.emit(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
            return
        event.accept()


class NarrativeView(QWidget):
    """Paragraphs in a reading column with a line to search them."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[tuple[int, int]] = []
        self._at = -1
        self.words = _FindLine()
        self.words.setPlaceholderText("Tìm trong toàn văn…")
        self.words.setAccessibleName("Tìm trong toàn văn")
        self.words.setMaximumWidth(320)
        self.words.textChanged.connect(self._search)
        self.words.stepped.connect(self.step)
        self.counted: QLabel = label("", "muted")
        back = button("Trước", lambda: self.step(-1), tip="Shift+Enter")
        on = button("Sau", lambda: self.step(1), tip="Enter")
        self.page = QTextEdit()
        self.page.setReadOnly(True)
        self.page.setFrameShape(QTextEdit.Shape.NoFrame)
        self.page.setAccessibleName("Toàn văn kế hoạch")
        self.page.setStyleSheet("QTextEdit { border: 0; padding: 0; }")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(frame("bar", row(self.words, back, on, self.counted, None, margins=(14, 6, 14, 6))))
        layout.addWidget(self.page)

    def show_narrative(self, narrative: Narrative) -> None:
        """Show the paragraphs, headings bold."""
        document = self.page.document()
        document.clear()
        document.setDocumentMargin(_LEAST_MARGIN)
        cursor = QTextCursor(document)
        block = QTextBlockFormat()
        for place, paragraph in enumerate(narrative.paragraphs):
            block.setTopMargin(2 * _GAP if paragraph.heading else 0)
            block.setBottomMargin(_GAP)
            block.setLineHeight(125, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
            kind = QTextCharFormat()
            kind.setFontWeight(700 if paragraph.heading else 400)
            if place:
                cursor.insertBlock(block, kind)
            else:
                cursor.setBlockFormat(block)
                cursor.setBlockCharFormat(kind)
            cursor.insertText(paragraph.text.replace("\n", "\u2028"), kind)
        self._fit()
        self._search()

    def search(self, text: str) -> None:
        """Search for a text."""
        self.words.setText(text)

    def step(self, by: int) -> None:
        """Go to the next or the previous place."""
        if not self._found:
            return
        self._at = (self._at + by) % len(self._found)
        cursor = QTextCursor(self.page.document())
        cursor.setPosition(self._found[self._at][0])
        self.page.setTextCursor(cursor)
        bar = self.page.verticalScrollBar()
        bar.setValue(bar.value() + self.page.cursorRect().top() - self.page.viewport().height() // 3)
        self._paint_found()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines short enough to read."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: other colours of what was found."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_found()

    def _fit(self) -> None:
        side = max((self.page.viewport().width() - _READING_WIDTH) // 2, _LEAST_MARGIN)
        root = self.page.document().rootFrame()
        shape = root.frameFormat()
        shape.setLeftMargin(side)
        shape.setRightMargin(side)
        shape.setTopMargin(_LEAST_MARGIN)
        shape.setBottomMargin(_LEAST_MARGIN)
        root.setFrameFormat(shape)

    def _search(self) -> None:
        self._found = []
        block = self.page.document().begin()
        while block.isValid():
            start = block.position()
            self._found.extend((start + a, start + b) for a, b in occurrences(block.text(), self.words.text()))
            block = block.next()
        self._at = -1
        if self._found:
            self.step(1)
        else:
            self._paint_found()

    def _paint_found(self) -> None:
        self.page.setExtraSelections(
            [self._mark(start, end, here=place == self._at) for place, (start, end) in enumerate(self._found)]
        )
        if not self.words.text().strip():
            self.counted.setText("")
        elif self._found:
            self.counted.setText(f"{self._at + 1}/{len(self._found)}")
        else:
            self.counted.setText("Không tìm thấy")

    def _mark(self, start: int, end: int, *, here: bool) -> QTextEdit.ExtraSelection:
        c = theme.colours()
        tone = c.tones[theme.Tone.AMBER]
        made: Any = QTextEdit.ExtraSelection()  # The stubs of PySide6 6.9 know none of its fields.
        made.format = QTextCharFormat()
        made.format.setBackground(tone.fg if here else tone.bg)
        made.format.setForeground(c.panel if here else tone.fg)
        made.cursor = QTextCursor(self.page.document())
        made.cursor.setPosition(start)
        made.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        selection: QTextEdit.ExtraSelection = made
        return selection
