"""Asks for the passphrase on the UI thread while the database worker waits for the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from queue import SimpleQueue

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from desktop.models.errors import Mistake
from desktop.ui.widgets.dialogs import PassphraseDialog

NOT_GIVEN = "PASSPHRASE_NOT_GIVEN"


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    new: bool
    answer: SimpleQueue[str | None] = field(default_factory=SimpleQueue)


class PassphraseAsker(QObject):
    """Called as ``Environment.passphrase`` from the worker; shows the dialog over ``window`` and waits.

    The keys remember the passphrase for the rest of the process, so it is asked once. Raises Mistake
    PASSPHRASE_NOT_GIVEN when the person puts it off or the window closes.
    """

    _asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.window: QWidget | None = None
        self._question: _Question | None = None
        self._dialog: QDialog | None = None
        self._closed = False
        self._asked.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def __call__(self, new: bool) -> str:
        """The passphrase; ``new`` asks twice. Blocks the calling thread, never the UI."""
        question = _Question(new)
        self._question = question
        if self._closed:
            question.answer.put(None)
        else:
            self._asked.emit(question)
        given = question.answer.get()
        if given is None:
            raise Mistake(
                NOT_GIVEN,
                "Chưa nhập mật khẩu khóa nên chưa ghi, chưa mở tệp nào; số liệu đã nhập vẫn còn nguyên.",
                "Khi sẵn sàng hãy làm lại việc này.",
            )
        return given

    def let_go(self) -> None:
        """The window closes: whoever waits gets no passphrase."""
        self._closed = True
        if self._question is not None:
            self._question.answer.put(None)
        if self._dialog is not None:
            self._dialog.reject()

    @Slot(object)
    def _show(self, question: _Question) -> None:
        if self._closed:
            question.answer.put(None)
            return
        self._dialog = PassphraseDialog(self.window, question.new, lambda given: self._answer(question, given))
        self._dialog.open()

    def _answer(self, question: _Question, given: str | None) -> None:
        self._dialog = None
        question.answer.put(given)
