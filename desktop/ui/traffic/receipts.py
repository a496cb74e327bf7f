"""The list of receipts with the receipt opened beside or below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QTextBrowser, QWidget

from desktop.services.traffic.views import Receipt
from desktop.ui.theme import StatusStyle, colours, outcome_style
from desktop.ui.traffic.receipt_words import code_words, receipt_html, received_words, summary_words, unit_words
from desktop.ui.widgets.basics import button, column, frame, label, row
from desktop.ui.widgets.listing import Column, Kind, Listing

_BESIDE_FROM = 1000
"""Width in pixels from which the receipt stands beside its list, else below it."""


def _file(receipt: Receipt) -> str:
    return receipt.file


def _outcome(receipt: Receipt) -> StatusStyle:
    return outcome_style(receipt.outcome, receipt.conflicts)


COLUMNS: tuple[Column[Receipt], ...] = (
    Column("Tệp", _file, 20, 4),
    Column("Đơn vị", unit_words, 14, 2, Kind.BOLD),
    Column("Kết quả", _file, 17, 0, Kind.BADGE, _outcome),
    Column("Diễn giải", summary_words, 20, 8, Kind.MUTED),
    Column("Mã kiểm tra", code_words, 12),
    Column("Nhận lúc", received_words, 17, 0, Kind.MUTED, optional=True),
)

_REPEATED = (4, 5)
"""Columns that the opened receipt says as well."""


class ReceiptBrowser(QWidget):
    """List and opened receipt; Enter or a double click opens, Esc closes."""

    def __init__(self, name: str, empty: str) -> None:
        super().__init__()
        self._shown: Receipt | None = None
        self._note = ""
        self._changes: Sequence[str] = ()
        self.list: Listing[Receipt] = Listing(name, COLUMNS, empty)
        self.list.chosen.connect(self._follow)
        self.list.opened.connect(self.open)
        self.text = QTextBrowser()
        self.text.setAccessibleName("Phiếu tiếp nhận")
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setOpenLinks(False)
        close = button("Đóng phiếu", self.close_receipt, "link", tip="Esc")
        heading = frame("bar", row(label("Phiếu tiếp nhận", "heading"), None, close, margins=(14, 5, 8, 5)))
        self.opened = frame("card", column(heading, self.text, spacing=0, margins=(1, 1, 1, 1)))
        self.opened.setMinimumWidth(300)
        self.opened.setMinimumHeight(150)
        self.opened.hide()
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(10)
        self._split.addWidget(frame("card", column(self.list, margins=(1, 1, 1, 1))))
        self._split.addWidget(self.opened)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self.setLayout(column(self._split))
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.close_receipt)

    def show_rows(self, receipts: Sequence[Receipt]) -> None:
        """Show other receipts."""
        self.list.show_rows(receipts)

    def open(self, receipt: Receipt, note: str = "", changes: Sequence[str] = ()) -> None:
        """Open a receipt; ``note`` stands above it, ``changes`` are what importing would change."""
        self._shown = receipt
        self._note = note
        self._changes = changes
        self._write()
        if self.opened.isHidden():
            self.opened.show()
            self._share()
            self._divide()

    def close_receipt(self) -> None:
        """Close the receipt and go back to the list."""
        self._shown = None
        self.opened.hide()
        self._share()
        self.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside the list where there is room, else below."""
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        """Write the receipt anew in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._shown is not None:
            self._write()

    def _share(self) -> None:
        """Place the receipt; a list beside it leaves out the columns that the receipt repeats."""
        beside = self.width() >= _BESIDE_FROM
        self._split.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        self.list.leave_out(_REPEATED if beside and self._shown is not None else ())

    def _divide(self) -> None:
        """Most of the width to the list beside a receipt; below the list most of the height to the receipt."""
        # In pixels: a splitter takes mere proportions for sizes and lets the smallest ones decide.
        room = max(self.width(), self.height())
        beside = self._split.orientation() is Qt.Orientation.Horizontal
        self._split.setSizes([room * 3 // 5, room * 2 // 5] if beside else [room * 2 // 5, room * 3 // 5])

    def _follow(self, receipt: Receipt | None) -> None:
        if receipt is not None and self._shown is not None:
            self.open(receipt)

    def _write(self) -> None:
        if self._shown is not None:
            self.text.setHtml(receipt_html(self._shown, colours(), self._note, self._changes))
