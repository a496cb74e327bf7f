"""Saying whom a printed name means: kept as a name of that unit in this plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from desktop.models.text import nfc, squeeze
from desktop.ui.widgets.basics import button, column, label, row
from desktop.ui.widgets.dialogs import base_dialog
from desktop.ui.widgets.units import UnitPicker

_HIGH = 460


def ask_for_unit(
    parent: QWidget, printed: str, names: Sequence[tuple[str, str]], answered: Callable[[str, str], None]
) -> QDialog:
    """Ask which unit or collective a printed name means; ``answered`` gets the name and the id.

    ``names`` are (id, name). The printed words can be shortened to the name alone.
    """
    made = base_dialog(parent, "Chỉ rõ đơn vị")
    made.setMinimumHeight(_HIGH)
    field = QLineEdit(squeeze(printed))
    field.setAccessibleName("Tên in trong kế hoạch")
    picker = UnitPicker()
    picker.show_units([name for _, name in names])
    ids = {name: one for one, name in reversed(names)}

    def accept() -> None:
        answered(squeeze(nfc(field.text())), ids[picker.name])
        made.accept()

    def tell() -> None:
        go.setEnabled(bool(picker.name) and bool(field.text().strip()))

    go = button("Ghi nhận", accept, "primary")
    go.setDefault(True)
    picker.chosen.connect(lambda _name: tell())
    field.textChanged.connect(lambda _text: tell())
    made.setLayout(column(
        label("Tên in trong kế hoạch (bỏ bớt phần thừa nếu có):"), field, 4, label("là đơn vị hoặc tập thể:"), picker,
        label("Cách gọi này được ghi nhớ cho kế hoạch này; bản in không thay đổi.", "muted", wrap=True),
        row(None, button("Hủy", made.reject), go), spacing=6, margins=(20, 18, 20, 16),
    ))
    tell()
    made.open()
    picker.setFocus()
    return made
