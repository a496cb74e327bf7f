"""The dialog of a fault of ours: what was kept, what to do, the details for whoever helps."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.ui.widgets.basics import button, column, label, row, title
from desktop.ui.widgets.dialogs import base_dialog


def show_crash(window: QWidget | None, whole: str, saved: str) -> None:
    """Show a traceback over ``window``; ``saved`` says where the log is."""
    dialog = base_dialog(window, "Sổ tiến độ gặp lỗi")
    dialog.setMinimumWidth(560)
    details = QPlainTextEdit(whole)
    details.setReadOnly(True)
    details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    details.setAccessibleName("Chi tiết lỗi")
    details.setMinimumHeight(160)
    details.hide()
    more = button("Xem chi tiết", details.show)
    go_on = button("Làm việc tiếp", dialog.accept, "primary")
    go_on.setDefault(True)
    dialog.setLayout(
        column(
            title("Chương trình gặp một lỗi ngoài dự kiến", 1),
            label(
                "Số liệu đã báo “Đã lưu” vẫn còn nguyên trên máy. Có thể làm việc tiếp; nếu lỗi lặp lại, hãy đóng "
                "chương trình, mở lại và gửi nhật ký lỗi cho người hỗ trợ.",
                wrap=True,
            ),
            label(saved, "muted", wrap=True, copyable=True),
            details,
            row(more, None, go_on),
            spacing=10,
            margins=(20, 18, 20, 16),
        )
    )
    dialog.open()
    go_on.setFocus()
