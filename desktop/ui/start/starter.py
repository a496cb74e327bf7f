"""Opening a *tệp khởi tạo*: compare the root's code, choose one's unit, begin."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.services.traffic.views import StarterSeen
from desktop.ui.parts.words import day_words
from desktop.ui.widgets.basics import Tick, button, column, frame, label, restyle, row, title
from desktop.ui.widgets.units import UnitPicker
from desktop.ui.widgets.words import grouped

_DIGITS = 20
_ASK = "So với mã in trong công văn của đơn vị tổng hợp, hoặc gọi điện nghe đọc. Khác một số cũng không dùng tệp này."
_HOW = "Gõ mã, hoặc đánh dấu khi đã nghe đọc qua điện thoại."


class StarterPage(QWidget):
    """One page, two columns: what the file says beside who one is. Nothing is stored before *Bắt đầu*."""

    back = Signal()
    begin = Signal(str, str)
    """Unit's name ("" for one more machine of the hub) and *Người nhập*, once the code was confirmed."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: StarterSeen | None = None
        self.path = Path()
        self.plan = label("", wrap=True)
        self.code = title("", 6, copyable=True)
        self.code.setAccessibleName("Mã 20 chữ số của tệp khởi tạo")
        self.typed = QLineEdit()
        self.typed.setPlaceholderText("Gõ 20 chữ số in trong công văn")
        self.typed.setAccessibleName("Mã 20 chữ số in trong công văn")
        self.heard = Tick("Tôi đã nghe đọc mã qua điện thoại, trùng từng số")
        self.told = label("", "muted", wrap=True)
        self.units = UnitPicker()
        self.of_hub = Tick("Máy này là một máy nữa của đơn vị tổng hợp")
        self.person = QLineEdit()
        self.person.setMaxLength(80)
        self.person.setPlaceholderText("Họ tên hoặc chức danh, ví dụ: Công chức VP – TK")
        self.person.setAccessibleName("Người nhập")
        self.go = button("Bắt đầu làm việc", self._begin, "primary")
        self.typed.textChanged.connect(lambda _text: self._tell())
        self.heard.toggled.connect(lambda _on: self._tell())
        self.units.chosen.connect(lambda _name: self._tell())
        self.of_hub.toggled.connect(self.units.setDisabled)
        self.of_hub.toggled.connect(lambda _on: self._tell())
        self.setLayout(self._columns())
        self._tell()

    def _columns(self) -> QHBoxLayout:
        plan = frame("card", column(title("Kế hoạch trong tệp", 1), self.plan, spacing=6, margins=(16, 12, 16, 12)))
        ask = label(_ASK, "muted", wrap=True)
        compare = (title("1. Đối chiếu mã", 1), self.code, ask, self.typed, self.heard, self.told)
        code = frame("card", column(*compare, spacing=8, margins=(16, 12, 16, 12)))
        left = column(plan, code, None, spacing=12)
        who = (title("2. Đơn vị của tôi", 1), self.units, self.of_hub, label("Người nhập"), self.person)
        choose = frame("card", column(*who, spacing=6, margins=(16, 12, 16, 12)))
        foot = row(button("Quay lại", self.back.emit), None, self.go)
        right = column(choose, foot, spacing=12)
        right.setStretch(0, 1)
        made = row(left, right, spacing=12)
        made.setStretch(0, 1)
        made.setStretch(1, 1)
        return made

    def show_starter(self, path: Path, seen: StarterSeen) -> None:
        """Show a starter file that was opened but is not trusted yet."""
        self.path, self.seen = path, seen
        day = f" ngày {day_words(seen.plan.day)}" if seen.plan.day else ""
        self.plan.setText(f"{seen.plan.number}{day}\n{seen.plan.title}\nĐơn vị tổng hợp: {seen.hub_name}")
        self.code.setText(grouped(seen.root_code))
        self.typed.clear()
        self.heard.setChecked(False)
        self.of_hub.setChecked(False)
        self.units.show_units([name for _, name in seen.units])
        self._tell()
        self.typed.setFocus()

    @property
    def confirmed(self) -> bool:
        """Whether the person compared the code: typed it alike, or ticked that it was heard."""
        if self.seen is None:
            return False
        plain = "".join(self.typed.text().split())
        return plain == self.seen.root_code or (self.heard.isChecked() and not plain)

    @property
    def ready(self) -> bool:
        """Whether it is clear whose machine this is, and that the file may be trusted."""
        return self.confirmed and (self.of_hub.isChecked() or bool(self.units.name))

    def _tell(self) -> None:
        plain = "".join(self.typed.text().split())
        wrong = bool(plain) and self.seen is not None and not self.seen.root_code.startswith(plain)
        if self.confirmed:
            told = "√ Mã trùng khớp." if plain else "√ Đã đối chiếu qua điện thoại."
        elif wrong:
            told = "× Không trùng với mã của tệp. Hãy xem lại, nếu vẫn khác thì không dùng tệp này."
        else:
            told = f"Còn {_DIGITS - len(plain)} chữ số." if plain else _HOW
        self.told.setText(told)
        self.told.setProperty("look", "wrong" if wrong else "muted")
        restyle(self.told)
        self.typed.setProperty("wrong", "true" if wrong else "false")
        restyle(self.typed)
        self.go.setEnabled(self.ready)

    def _begin(self) -> None:
        if self.ready:
            self.go.setEnabled(False)
            self.begin.emit("" if self.of_hub.isChecked() else self.units.name, self.person.text())

    def allow_again(self) -> None:
        """Setting up did not work: let the person try again."""
        self._tell()
