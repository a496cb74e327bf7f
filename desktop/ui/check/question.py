"""What a plan file leaves to the person: which table it is, and whether old text is to be converted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from desktop.services.plan.reading import LegacyProposal, TableChoice
from desktop.ui.widgets.basics import button, column, frame, label, row, title
from desktop.ui.widgets.listing import Column, Kind, Listing

_AS_IT_IS = "unicode"
_PAIRS: tuple[Column[tuple[str, str]], ...] = (
    Column("Chữ trong tệp", lambda pair: pair[0], 24, 1, Kind.MUTED),
    Column("Chuyển thành", lambda pair: pair[1], 24, 1),
)


class TableLine(QFrame):
    """Which table of the file is the plan's; hidden where there is only one."""

    chosen = Signal(str)
    """The key of a table."""

    def __init__(self) -> None:
        super().__init__()
        self.box = QComboBox()
        self.box.setAccessibleName("Bảng trong tệp")
        self.box.activated.connect(lambda at: self.chosen.emit(str(self.box.itemData(at))))
        words = label("Bảng trong tệp:")
        words.setBuddy(self.box)
        made = row(words, self.box, None, spacing=8)
        self.setLayout(made)
        self.hide()

    def show_tables(self, tables: Sequence[TableChoice], key: str) -> None:
        """Offer the tables; ``key`` is the one that was read, empty for the best."""
        self.box.clear()
        for at, table in enumerate(tables):
            self.box.addItem(table.name, table.key)
            if table.key == key or (not key and table.is_default):
                self.box.setCurrentIndex(at)
        self.setVisible(len(tables) > 1)


class LegacyPage(QWidget):
    """Text in an old encoding: what it would become, and the question. Nothing is converted unasked."""

    answered = Signal(str)
    """The encoding to convert from, or that the text stays as it is."""

    def __init__(self) -> None:
        super().__init__()
        self._encoding = ""
        self.told = label("", wrap=True)
        self.pairs: Listing[tuple[str, str]] = Listing("Xem trước khi chuyển", _PAIRS)
        self.convert = button("Chuyển sang Unicode", lambda: self.answered.emit(self._encoding), "primary")
        self.keep = button("Giữ nguyên chữ trong tệp", lambda: self.answered.emit(_AS_IT_IS))
        heading = title("Tệp dùng bảng mã cũ", 1)
        made = column(
            frame("card", column(heading, self.told, spacing=6, margins=(16, 12, 16, 12))),
            frame("card", column(self.pairs, margins=(1, 1, 1, 1))),
            row(None, self.keep, self.convert), spacing=12,
        )
        made.setStretch(1, 1)
        self.setLayout(made)
        self.setFocusProxy(self.convert)

    def show_proposal(self, proposal: LegacyProposal) -> None:
        """Ask about an encoding."""
        self._encoding = proposal.encoding
        name = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}.get(proposal.encoding, proposal.encoding)
        self.told.setText(
            f"Chữ trong tệp được gõ bằng bảng mã {name}, không phải Unicode. Hãy xem cột bên phải: nếu đọc được thì "
            "chuyển. Tệp gốc không thay đổi."
        )
        self.pairs.show_rows(proposal.preview)
