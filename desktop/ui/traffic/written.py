"""What was written: the result of the last writing with what to do next, and the list of all files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.services.traffic.views import WrittenPackage
from desktop.services.views import Identity, Role
from desktop.ui.widgets.basics import ElidedLabel, button, column, label, row, title
from desktop.ui.widgets.listing import Column, Kind, Listing
from desktop.ui.widgets.words import counted


def _name(package: WrittenPackage) -> str:
    return package.path.name


def _folder(package: WrittenPackage) -> str:
    return str(package.path.parent)


def _recipient(package: WrittenPackage) -> str:
    return package.recipient


def _code(package: WrittenPackage) -> str:
    return package.check_code


def _facts(package: WrittenPackage) -> str:
    return counted(package.facts, "nội dung mới") if package.facts else "không có gì mới"


COLUMNS: tuple[Column[WrittenPackage], ...] = (
    Column("Tệp", _name, 24, 3),
    Column("Gửi cho", _recipient, 16, 2, Kind.BOLD),
    Column("Mã kiểm tra", _code, 12),
    Column("Nội dung", _facts, 18, 0, Kind.MUTED),
    Column("Thư mục", _folder, 18, 4, Kind.MUTED, optional=True),
)


def written_list() -> Listing[WrittenPackage]:
    """The list of files written, newest first."""
    return Listing("Tệp đã ghi", COLUMNS, "Chưa ghi tệp nào trên máy này.")


def next_step(identity: Identity, packages: Sequence[WrittenPackage]) -> str:
    """What to do with the files just written."""
    if identity.role is Role.UNIT:
        what = "tệp này" if len(packages) == 1 else f"đủ {len(packages)} tệp này (tệp đính kèm nằm trong các tệp sau)"
        return (
            f"Chuyển {what} cho {identity.hub_name} qua USB, e-mail hoặc Zalo. Khi đơn vị tổng hợp hỏi, đọc mã kiểm "
            "tra để hai bên biết tệp đến nơi nguyên vẹn."
        )
    if len(packages) > 1:
        return "Gửi tệp chung vào nhóm của các đơn vị; tệp riêng chỉ gửi cho đúng đơn vị ghi trên tên tệp."
    return "Gửi tệp này vào nhóm của các đơn vị. Gửi lại nhiều lần cũng không làm thay đổi gì."


class WrittenResult(QWidget):
    """The files just written: name, check code large enough to read out, next step, *Mở thư mục*."""

    def __init__(self) -> None:
        super().__init__()
        self.file = ElidedLabel("", "heading")
        self.code = title("", 3)
        self.code.setAccessibleName("Mã kiểm tra")
        self.more = label("", "muted", wrap=True)
        self.open_folder = button("Mở thư mục", self._open, "link")
        self._folder = Path()
        first = row(label("√ Đã ghi", "heading"), self.file, self.open_folder, None, spacing=8)
        second = row(label("Mã kiểm tra", "muted"), self.code, None, spacing=8)
        self.setLayout(column(first, second, self.more, spacing=2))
        self.hide()

    def show_result(self, packages: Sequence[WrittenPackage], then: str) -> None:
        """Show what was written and ``then``, what to do with it."""
        first = packages[0]
        others = f" và {len(packages) - 1} tệp khác" if len(packages) > 1 else ""
        self.file.setText(first.path.name + others)
        self.code.setText(first.check_code)
        self.more.setText(then)
        self._folder = first.path.parent
        self.show()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
