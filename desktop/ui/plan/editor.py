"""What the editors of the details panel share: fields in a scroll area, an error at the field, save, cancel, keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.widgets.basics import Part, button, column, frame, label, row
from desktop.ui.work.editors import NEW_LINE, TextEditor

_LINES_LOW, _LINES_HIGH = 2, 8
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Editor(QWidget):
    """Enter saves, a modifier with Enter begins a new line, Esc gives up. Nothing is reformatted while typing."""

    wanted = Signal()
    """Save."""
    cancelled = Signal()
    """Give up."""

    def __init__(self, save: str) -> None:
        super().__init__()
        self.problem = label("", "wrong", wrap=True)
        self.problem.hide()
        self.save = button(save, self.wanted.emit, "primary", tip="Enter")
        self.cancel = button("Hủy", self.cancelled.emit, tip="Esc")
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._area, 1)
        layout.addWidget(frame("foot", row(None, self.cancel, self.save, margins=(14, 8, 14, 10))))

    def lay_out(self, *parts: Part) -> None:
        """Put the fields in their place; ``problem`` goes below the one it is about."""
        self._area.setWidget(frame("ground", column(*parts, None, spacing=5, margins=(14, 10, 14, 10))))

    @property
    def dirty(self) -> bool:
        """Whether something typed would be lost."""
        raise NotImplementedError

    def begin(self) -> None:
        """Give the keys to the first field."""
        raise NotImplementedError

    def keep(self, field: QWidget) -> None:
        """Watch the keys of a field."""
        field.installEventFilter(self)

    def text_field(self, name: str, text: str = "") -> TextEditor:
        """A field of one or more lines that grows with its text."""
        made = TextEditor(self)
        made.setStyleSheet("")
        made.document().setDocumentMargin(2)
        made.setAccessibleName(name)
        made.setPlainText(text)
        made.textChanged.connect(lambda: _fit(made))
        _fit(made)
        self.keep(made)
        return made

    def show_problem(self, words: str) -> None:
        """Say at the field what is wrong; an empty text takes it back."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.save.setEnabled(True)
        if words:
            self.reveal(self.problem)

    def reveal(self, told: QWidget) -> None:
        """Bring what is told into view, but never the field one types in out of it."""
        self._area.ensureWidgetVisible(told)
        typing = self.focusWidget()
        if typing is not None and self._area.widget().isAncestorOf(typing):
            self._area.ensureWidgetVisible(typing)

    def remind(self) -> None:
        """Something typed is not saved yet."""
        self.show_problem("Chưa lưu nội dung đang sửa. Bấm “Lưu” để giữ hoặc “Hủy” để bỏ.")
        self.begin()

    def busy(self) -> None:
        """Being saved: not twice."""
        self.save.setEnabled(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a field saves, with a modifier it begins a new line; Esc gives up."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return True
        if event.key() not in _ENTER or isinstance(watched, QComboBox):
            return False
        if event.modifiers() & NEW_LINE:
            if isinstance(watched, QPlainTextEdit):
                watched.insertPlainText("\n")
            return True
        if not (isinstance(watched, QLineEdit) and self.take_line(watched)):
            self.wanted.emit()
        return True

    def take_line(self, field: QLineEdit) -> bool:
        """Whether Enter in this line has a meaning of its own, which was then done."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up wherever the keys are."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            event.accept()
            return
        super().keyPressEvent(event)


def printed_label(text: str) -> QLabel:
    """A text as printed: may be copied, never changed."""
    made = label(text or "(để trống)", wrap=True, copyable=True)
    made.setAccessibleName("Văn bản in")
    return made


def _fit(field: TextEditor) -> None:
    """As high as its text, within bounds."""
    line = field.fontMetrics().lineSpacing()
    field.setFixedHeight(min(max(field.wanted_height(), _LINES_LOW * line + 14), _LINES_HIGH * line + 14))
