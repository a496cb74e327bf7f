"""The editors of *Trao đổi*: a doubt about the row opened, and the hub's answer to one."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from desktop.services.views import CommentLine, NodeDetails
from desktop.ui.parts.words import PRIVACY
from desktop.ui.plan.editor import Editor
from desktop.ui.widgets.basics import Tick, label


class CommentEditor(Editor):
    """What a unit says about a row; it goes with the next package."""

    def __init__(self, details: NodeDetails) -> None:
        super().__init__("Gửi ý kiến")
        self.details = details
        self.about = QComboBox()
        self.about.setAccessibleName("Về ô nào")
        self.about.addItem("Cả dòng", "")
        for one in details.readings:
            self.about.addItem(one.heading, one.field.value)
        self.keep(self.about)
        self.words = self.text_field("Ý kiến")
        row = details.row
        self.lay_out(
            label(f"{row.code} {row.title}".strip(), wrap=True), 4, label("Về ô nào", "muted"), self.about,
            label("Ý kiến (Alt+Enter xuống dòng)", "muted"), self.words, self.problem,
            label("Ý kiến được lưu ngay và đi cùng tệp gửi đơn vị tổng hợp lần tới.", "muted", wrap=True),
            label(PRIVACY, "muted", wrap=True),
        )

    @property
    def dirty(self) -> bool:
        """Whether something is written."""
        return bool(self.words.toPlainText().strip())

    def begin(self) -> None:
        """The keys to the words."""
        self.words.setFocus()


class AnswerEditor(Editor):
    """What the hub says to a doubt, and whether that is the end of it."""

    def __init__(self, comment: CommentLine) -> None:
        super().__init__("Lưu trả lời")
        self.comment = comment
        self.words = self.text_field("Trả lời", "\n".join(one.text for one in comment.answers))
        self._first = self.words.toPlainText()
        self.settled = Tick("Đã xong (không còn cần rà soát)")
        self.settled.setChecked(True)
        self.keep(self.settled)
        said = label(comment.text, wrap=True, copyable=True)
        said.setAccessibleName("Ý kiến của đơn vị")
        self.lay_out(
            label(f"{comment.unit_name} · {comment.author}", "muted", wrap=True), said, 4,
            label("Trả lời (Alt+Enter xuống dòng)", "muted"), self.words, self.problem,
            self.settled,
            label("Câu trả lời đi cùng tệp gửi đơn vị lần tới.", "muted", wrap=True),
        )

    @property
    def dirty(self) -> bool:
        """Whether something else is written than stands already."""
        return self.words.toPlainText() != self._first

    def begin(self) -> None:
        """The keys to the words."""
        self.words.setFocus()
