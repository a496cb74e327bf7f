"""Dialogs that do not belong to one screen: an error told in plain words, and the passphrase of the keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from desktop.models.errors import SoTienDoError
from desktop.ui.widgets.basics import Part, button, column, label, restyle, row, title

_WIDTH = 460


def base_dialog(parent: QWidget | None, heading: str) -> QDialog:
    """A window-modal dialog that is destroyed when it closes."""
    made = QDialog(parent)
    made.setWindowTitle(heading)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.setMinimumWidth(_WIDTH)
    return made


def show_error(parent: QWidget | None, error: SoTienDoError) -> QDialog:
    """Tell an error: what happened, what was kept, what to do; the code small, for the telephone."""
    made = base_dialog(parent, "Sổ tiến độ")
    close = button("Đóng", made.accept, "primary")
    close.setDefault(True)
    code = label(f"Mã: {error.code}", "muted", copyable=True)
    parts: list[Part] = [_bold(error.message)]
    if error.advice:
        parts.append(label(error.advice, wrap=True))
    made.setLayout(column(*parts, 4, row(code, None, close), spacing=10, margins=(20, 18, 20, 16)))
    made.open()
    close.setFocus()
    return made


def ask(
    parent: QWidget | None, heading: str, question: str, told: str, act: str, agreed: Callable[[], None]
) -> QDialog:
    """Ask before something that people may regret: what it means; *Để sau* has the keys."""
    made = base_dialog(parent, heading)
    later = button("Để sau", made.reject)
    accept = button(act, made.accept, "primary")
    asked = title(question, 1)
    asked.setWordWrap(True)
    foot = row(None, later, accept)
    made.setLayout(column(asked, label(told, wrap=True), 4, foot, spacing=10, margins=(20, 18, 20, 16)))
    made.accepted.connect(agreed)
    made.open()
    later.setFocus()
    return made


def _bold(text: str) -> QWidget:
    made = title(text, 0.5)
    made.setWordWrap(True)
    return made


class PassphraseDialog(QDialog):
    """Asks for the passphrase of this PC's keys; twice where the key is being made."""

    def __init__(self, parent: QWidget | None, new: bool, answered: Callable[[str | None], None]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Đặt mật khẩu khóa" if new else "Mật khẩu khóa")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._answered = answered
        self.first = self._field("Mật khẩu")
        self.second = self._field("Nhập lại mật khẩu") if new else None
        self.problem = label("", "wrong", wrap=True)
        self.problem.hide()
        told = (
            "Khóa của máy này ký và mở các tệp báo cáo. Mật khẩu chỉ hỏi một lần mỗi khi mở chương trình, "
            "lúc ghi hoặc mở tệp. Quên mật khẩu thì không lấy lại được: hãy ghi ra giấy và cất nơi an toàn."
            if new
            else "Để ký và mở tệp báo cáo, chương trình cần mật khẩu khóa của máy này. "
            "Xem và nhập số liệu thì không cần."
        )
        parts: list[Part] = [title(self.windowTitle(), 1), label(told, "muted", wrap=True), 2]
        parts += [label("Mật khẩu"), self.first]
        if self.second is not None:
            parts += [label("Nhập lại mật khẩu"), self.second]
        accept = button("Đặt mật khẩu" if new else "Mở khóa", self._accept, "primary")
        accept.setDefault(True)
        buttons = row(None, button("Để sau", self.reject), accept)
        self.setLayout(column(*parts, self.problem, 4, buttons, spacing=6, margins=(20, 18, 20, 16)))
        self.finished.connect(self._finish)

    def _field(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.setAccessibleName(name)
        made.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhHiddenText)
        return made

    def _accept(self) -> None:
        if not self.first.text():
            self._tell(self.first, "Chưa nhập mật khẩu.")
        elif self.second is not None and self.second.text() != self.first.text():
            self._tell(self.second, "Hai lần nhập không giống nhau.")
        else:
            self.accept()

    def _tell(self, at: QLineEdit, what: str) -> None:
        for field in (self.first, self.second):
            if field is not None:
                field.setProperty("wrong", "true" if field is at else "false")
                restyle(field)
        self.problem.setText(what)
        self.problem.show()
        at.setFocus()

    def _finish(self, result: int) -> None:
        self._answered(self.first.text() if result == int(QDialog.DialogCode.Accepted) else None)
