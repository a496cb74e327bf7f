"""Editors of the cells: a line, a text of several lines, a state. None reformats, completes or masks while typing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from desktop.models.report import STATE_WORDS
from desktop.models.text import fold
from desktop.ui.widgets.basics import restyle

NEW_LINE = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
"""Any of these with Enter begins a new line."""


def commit_input_method(editor: QWidget) -> None:
    """Take over the word that an input method still holds, while the editor has the keys."""
    if editor.hasFocus():
        QGuiApplication.inputMethod().commit()


class LineEditor(QLineEdit):
    """One line, for a day or a percentage."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._composed = ""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember the word being composed: a click elsewhere must not lose it."""
        super().inputMethodEvent(event)
        self._composed = event.preeditString()

    def typed(self) -> str:
        """See Editor."""
        commit_input_method(self)
        at = self.cursorPosition()
        return self.text()[:at] + self._composed + self.text()[at:]

    def set_typed(self, text: str) -> None:
        """See Editor."""
        self.setText(text)
        self.selectAll()

    def show_wrong(self, wrong: bool) -> None:
        """See Editor."""
        self.setProperty("wrong", wrong)
        restyle(self)


class TextEditor(QPlainTextEdit):
    """Several lines; Alt, Ctrl or Shift with Enter begins a new one."""

    grown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._composed = ""
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(1)
        self.setStyleSheet("QPlainTextEdit, QPlainTextEdit:focus { border-radius: 0; padding: 3px 4px; }")
        self.textChanged.connect(self.grown)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember the word being composed: a click elsewhere must not lose it."""
        super().inputMethodEvent(event)
        self._composed = event.preeditString()

    def typed(self) -> str:
        """See Editor."""
        commit_input_method(self)
        at = self.textCursor().position()
        text = self.toPlainText()
        return text[:at] + self._composed + text[at:]

    def set_typed(self, text: str) -> None:
        """See Editor."""
        self.setPlainText(text)
        self.selectAll()

    def show_wrong(self, wrong: bool) -> None:
        """Texts are never wrong."""

    def wanted_height(self) -> int:
        """The height at which all lines show."""
        lines = self.document().documentLayout().documentSize().height()
        return round(lines * self.fontMetrics().lineSpacing()) + 14


class StateEditor(QComboBox):
    """The five states; a letter chooses, whatever its marks."""

    picked = Signal()
    """A state was chosen in the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.addItem("")
        self.addItems(list(STATE_WORDS.values()))
        self.opens_list = False
        self.activated.connect(self.picked)

    def typed(self) -> str:
        """See Editor."""
        return self.currentText()

    def set_typed(self, text: str) -> None:
        """See Editor."""
        self.setCurrentIndex(max(self.findText(text), 0))

    def show_wrong(self, wrong: bool) -> None:
        """The list has no wrong state."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Open the list where that was asked for."""
        super().focusInEvent(event)
        if self.opens_list:
            self.opens_list = False
            self.showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter chooses the state that begins with it."""
        if self._choose(event.text()):
            event.accept()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """The letter may come through an input method that the grid had begun to use."""
        self._choose((event.commitString() or event.preeditString())[:1])
        event.accept()

    def _choose(self, letter: str) -> bool:
        wanted = fold(letter)
        for place, words in enumerate(STATE_WORDS.values(), start=1):
            if wanted and fold(words).startswith(wanted):
                self.setCurrentIndex(place)
        return wanted.isalpha()
