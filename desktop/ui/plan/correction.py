"""The editor of one reading: printed text above, the reading to type, what it would be understood as, a reason."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.models.schedule import Time, TimeKind
from desktop.models.targets import Target
from desktop.models.time_printing import print_time
from desktop.services.views import FieldReading, FieldValue, NodeDetails, Proposal, ReadingField
from desktop.ui.parts.words import PRIVACY
from desktop.ui.plan.editor import Editor, printed_label
from desktop.ui.plan.target_rows import TargetRows
from desktop.ui.plan.words import value_words
from desktop.ui.widgets.basics import Part, button, label, row
from desktop.ui.work.editors import TextEditor

PAUSE = 350
"""Milliseconds without a key before what is typed is read."""
_SEVERAL = frozenset({ReadingField.LEADERS, ReadingField.LEAD_UNITS, ReadingField.COORDINATING_UNITS})
_HOW = {
    ReadingField.START: "Ghi như “15/3/2023”, “Quý I/2023”, “Hằng tháng”; để trống: không ghi thời gian.",
    ReadingField.END: "Ghi như “30/6/2023”, “Tháng 5/2023”, “Thường xuyên”; để trống: không ghi thời gian.",
}


class CorrectionEditor(Editor):
    """Corrects a reading of the row opened; the field can be changed while nothing is typed."""

    preview_wanted = Signal()
    """Typing paused: say what would be understood."""
    phrase_given = Signal(str)
    """Read the targets of this phrase."""
    restore_wanted = Signal()
    """Go back to the first reading."""
    other_wanted = Signal(str)
    """Correct another reading instead: a ReadingField's value."""

    def __init__(self, details: NodeDetails, field: ReadingField) -> None:
        super().__init__("Lưu")
        self.details = details
        self.field = field
        self.reading: FieldReading = next(one for one in details.readings if one.field is field)
        self.fields = QComboBox()
        self.fields.setAccessibleName("Cách hiểu cần sửa")
        for one in details.readings:
            self.fields.addItem(one.heading, one.field.value)
        self.fields.setCurrentIndex(self.fields.findData(field.value))
        self.fields.activated.connect(self._choose)
        self.keep(self.fields)
        self._first = _as_typed(self.reading.value)
        self.targets: TargetRows | None = None
        self.entry: TextEditor | None = None
        self.preview = label("", "muted", wrap=True)
        self.reason = self.text_field("Lý do")
        self.back = button("Trở lại cách hiểu ban đầu", self.restore_wanted.emit, "link")
        self.back.setVisible(self.reading.corrected or bool(self.reading.rivals))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.preview_wanted)
        self.lay_out(
            row(self.fields, None), label("Văn bản in (không thay đổi)", "muted"), printed_label(self.reading.printed),
            4, label("Cách hiểu mới", "muted"), self._entry(), self.problem, self.preview, *self._how(),
            row(self.back, None), 4, label("Lý do (không bắt buộc)", "muted"), self.reason,
            label(PRIVACY, "muted", wrap=True),
        )
        self.show_value(self.reading.value)

    def _entry(self) -> QWidget:
        if self.field is ReadingField.TARGETS:
            self.targets = TargetRows(self.details.targets, self.keep)
            self.targets.changed.connect(self._typing)
            self.targets.read.connect(self.phrase_given)
            return self.targets
        self.entry = self.text_field(f"{self.reading.heading}: hiểu là", self._first)
        self.entry.textChanged.connect(self._typing)
        return self.entry

    def _how(self) -> list[Part]:
        words = "Mỗi tên một dòng (Alt+Enter) hoặc cách nhau bằng “;”." if self.field in _SEVERAL else ""
        words = _HOW.get(self.field, words)
        return [label(words, "muted", wrap=True)] if words else []

    @property
    def dirty(self) -> bool:
        """Whether the reading or the reason was touched."""
        if self.reason.toPlainText().strip():
            return True
        if self.targets is not None:
            return self.targets.dirty
        return self.entry is not None and self.entry.toPlainText() != self._first

    def begin(self) -> None:
        """The keys to the reading, all of it selected."""
        if self.entry is not None:
            self.entry.setFocus()
            self.entry.selectAll()
        elif self.targets is not None:
            self.targets.phrase.setFocus()

    def typed_now(self) -> str | tuple[Target, ...]:
        """What is typed so far; a word that an input method still holds is left alone."""
        if self.targets is not None:
            return self.targets.targets()
        return self.entry.toPlainText() if self.entry is not None else ""

    def typed(self) -> str | tuple[Target, ...]:
        """What is typed, the word that an input method still holds too."""
        if self.targets is not None:
            self.targets.commit()
        return self.entry.typed() if self.entry is not None else self.typed_now()

    def phrase(self) -> str:
        """The words of a target typed and not read yet."""
        return self.targets.phrase.typed().strip() if self.targets is not None else ""

    def show_value(self, value: FieldValue) -> None:
        """Say what would be understood."""
        self.preview.setText(f"Hiểu là: {_preview(value)}")
        self.show_problem("")

    def show_problem(self, words: str) -> None:
        """What is wrong stands in the place of what would be understood, of a target beside its own fields."""
        self.preview.setVisible(not words and self.field is not ReadingField.TITLE)
        saving = not self.save.isEnabled()
        wrong = self.targets.tell(bool(words)) if self.targets is not None else None
        super().show_problem("" if wrong else words)
        if wrong is None:
            return
        if saving:
            wrong.first_wrong().setFocus()
        self.reveal(wrong.problem)

    def show_proposal(self, proposal: Proposal) -> None:
        """The answer to a preview."""
        self.show_value(proposal.value)

    def add_targets(self, proposal: Proposal) -> None:
        """What was read from a phrase joins the list."""
        if self.targets is not None and isinstance(proposal.value, tuple):
            self.targets.add([one for one in proposal.value if isinstance(one, Target)])

    def take_line(self, field: QLineEdit) -> bool:
        """Enter in the line of a new target reads it."""
        if self.targets is None or field is not self.targets.phrase or not field.text().strip():
            return False
        self.targets.ask()
        return True

    def busy(self) -> None:
        """Saving reads it too."""
        self._timer.stop()
        super().busy()

    def _typing(self) -> None:
        self._timer.start()

    def _choose(self, _at: int) -> None:
        chosen = str(self.fields.currentData())
        if chosen == self.field.value:
            return
        if self.dirty:
            self.fields.setCurrentIndex(self.fields.findData(self.field.value))
            self.remind()
        else:
            self.other_wanted.emit(chosen)


def _as_typed(value: FieldValue) -> str:
    """A reading as one would type it."""
    if isinstance(value, str):
        return value
    if isinstance(value, Time):
        return "" if value.kind is TimeKind.UNSCHEDULED else print_time(value)
    return "\n".join(one for one in value if isinstance(one, str))


def _preview(value: FieldValue) -> str:
    if isinstance(value, Time) and value.kind is TimeKind.DATE:
        return f"hạn {print_time(value)}"
    return value_words(value)
