"""The spare root: sealed into a file with a code shown once, opened, made anew; and the reading key of the hub."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QWidget

from desktop.services.traffic import machines, spare
from desktop.services.traffic.spare import CODE_LENGTH, SPARE_NAME, SealedSpare
from desktop.services.views import Changes
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.basics import button, column, label, row, title
from desktop.ui.widgets.dialogs import ask, base_dialog
from desktop.ui.widgets.files import ask_for_file, ask_for_folder
from desktop.ui.widgets.words import grouped

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace

SPARE_FILTER = f"Khóa dự phòng (*{Path(SPARE_NAME).suffix});;Mọi tệp (*)"
_WIDTH = 520
_NOT_SEALED = (
    "▲ Khóa dự phòng còn nằm trên máy này. Hãy niêm phong ra USB, cất vào két cùng phong bì ghi mã: nếu máy này hỏng "
    "hoặc mất, chỉ khóa dự phòng mới giúp lập lại đơn vị tổng hợp."
)
_SEALED = "√ Khóa dự phòng đã niêm phong, không còn trên máy này. Nếu tệp niêm phong bị mất, hãy làm khóa mới."
_NO_ROOT = (
    "Máy này không giữ khóa gốc nên không duyệt được máy và quyền. Nếu máy giữ khóa gốc không còn, hãy mở khóa dự "
    "phòng."
)
_RENEW = (
    "Khóa dự phòng cũ hết hiệu lực ở mọi máy sau khi nhận tệp mới. Khóa mới nằm trên máy này cho đến khi được niêm "
    "phong."
)
_READING = (
    "Dùng khi một máy tổng hợp bị mất: tệp các đơn vị ghi sau khi nhận khóa mới thì máy đã mất không đọc được. Trước "
    "đó hãy cho máy ấy thôi."
)


class SpareCard(QFrame):
    """State of the spare, and what may be done with it."""

    changed = Signal(str)
    """What was done, in words."""
    failed = Signal(object)

    def __init__(self, runner: TaskRunner) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._runner = runner
        self.state = label("", wrap=True)
        self.seal = button("Niêm phong…", self.ask_and_seal, "primary")
        self.open = button("Mở khóa dự phòng…", self.ask_and_open)
        self.renew = button("Làm khóa mới…", self.ask_to_renew)
        self.reading = button("Đổi khóa đọc…", self.ask_for_reading)
        acts = row(self.seal, self.renew, self.open, None, self.reading, spacing=8)
        self.setLayout(column(title("Khóa dự phòng", 1), self.state, acts, spacing=8, margins=(16, 10, 16, 12)))

    def show_state(self, *, sealed: bool, holds_root: bool) -> None:
        """Say where the spare is and what this machine may do."""
        self.state.setText(_NO_ROOT if not holds_root else _SEALED if sealed else _NOT_SEALED)
        self.seal.setVisible(not sealed)
        self.renew.setVisible(sealed and holds_root)
        self.open.setVisible(not holds_root)
        self.reading.setVisible(holds_root)

    def ask_and_seal(self) -> None:
        """Choose a stick and seal the spare there."""
        chosen = ask_for_folder(self, "Chọn USB để niêm phong khóa dự phòng")
        if chosen is not None:
            self.seal_to(chosen)

    def seal_to(self, folder: Path) -> None:
        """Seal the spare into a folder."""
        self._runner.run(
            lambda ws: spare.seal(ws, folder), self._sealed, self.failed.emit, busy="Đang niêm phong khóa dự phòng…"
        )

    def _sealed(self, done: SealedSpare) -> None:
        show_code(self, done)
        self.changed.emit("Đã niêm phong khóa dự phòng.")

    def ask_and_open(self) -> None:
        """Choose the sealed file, then type its code."""
        chosen = ask_for_file(self, "Mở khóa dự phòng", SPARE_FILTER)
        if chosen is not None:
            CodeDialog(self, lambda code: self.open_with(chosen, code)).open()

    def open_with(self, file: Path, code: str) -> None:
        """Open the spare: it becomes the root."""
        self._run(partial(spare.open_on_hub, file=file, code=code), "Khóa dự phòng đã thay khóa gốc.")

    def ask_to_renew(self) -> None:
        """Ask before the spare is replaced."""
        ask(self, "Khóa dự phòng mới", "Làm khóa dự phòng mới?", _RENEW, "Làm khóa mới", self._renew)

    def _renew(self) -> None:
        self._run(spare.replace_spare, "Đã làm khóa dự phòng mới: hãy niêm phong ngay.")

    def ask_for_reading(self) -> None:
        """Ask before the reading key is replaced."""
        ask(self, "Đổi khóa đọc", "Đổi khóa đọc của đơn vị tổng hợp?", _READING, "Đổi khóa đọc", self._read_anew)

    def _read_anew(self) -> None:
        self._run(machines.renew_reading, "Đã đổi khóa đọc.")

    def _run(self, act: Callable[[Workspace], Changes], told: str) -> None:
        self._runner.run(act, lambda _changes: self.changed.emit(told), self.failed.emit, busy="Đang ghi quyền…")


def show_code(parent: QWidget, done: SealedSpare) -> QDialog:
    """The code of a sealed spare, this once."""
    made = base_dialog(parent.window(), "Mã mở khóa dự phòng")
    code = title(grouped(done.code), 5, copyable=True)
    code.setAccessibleName("Mã 30 chữ số mở khóa dự phòng")
    told = (
        f"Tệp {done.path.name} đã ghi và đọc lại được. Mã này chỉ hiện lần này: hãy ghi ra giấy, cho vào phong bì niêm "
        "phong cùng USB và cất vào két. Không gửi mã cùng tệp qua mạng."
    )
    close = button("Tôi đã ghi mã ra giấy", made.accept, "primary")
    made.setMinimumWidth(_WIDTH)
    made.setLayout(column(code, label(told, wrap=True), 4, row(None, close), spacing=12, margins=(22, 20, 22, 16)))
    made.open()
    close.setFocus()
    return made


class CodeDialog(QDialog):
    """Asks for the 30 digits of a sealed spare. Destroyed when it closes."""

    def __init__(self, parent: QWidget, given: Callable[[str], None]) -> None:
        super().__init__(parent.window())
        self._given = given
        self.setWindowTitle("Mã mở khóa dự phòng")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self.typed = CodeField()
        self.go = button("Mở khóa", self._go, "primary")
        self.typed.textChanged.connect(lambda _text: self.go.setEnabled(self.typed.whole))
        self.go.setDefault(True)
        self.go.setEnabled(False)
        told = (
            "Khóa dự phòng sẽ thay khóa gốc ở mọi máy sau khi nhận tệp mới; ai giữ khóa gốc cũ không duyệt được gì "
            "nữa. Chỉ làm khi máy giữ khóa gốc hỏng, mất hoặc bị lộ."
        )
        foot = row(None, button("Hủy", self.reject), self.go)
        self.setLayout(column(
            title(self.windowTitle(), 1), label(told, wrap=True), label("30 chữ số trong phong bì"), self.typed, 4,
            foot, spacing=8, margins=(20, 18, 20, 16),
        ))
        self.typed.setFocus()

    def _go(self) -> None:
        if self.typed.whole:
            self._given(self.typed.code)
            self.accept()


class CodeField(QLineEdit):
    """Where the 30 digits are typed, with or without blanks."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Mã 30 chữ số của khóa dự phòng")
        self.setPlaceholderText("Gõ 30 chữ số, có hoặc không có dấu cách")

    @property
    def code(self) -> str:
        """The digits without blanks."""
        return "".join(self.text().split())

    @property
    def whole(self) -> bool:
        """Whether there are as many digits as a code has."""
        return self.code.isdecimal() and len(self.code) == CODE_LENGTH
