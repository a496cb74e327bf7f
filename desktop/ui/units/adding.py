"""Small dialogs of the hub: another name of a unit or collective, and a unit that nobody had listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from desktop.models.errors import SoTienDoError
from desktop.services.units.editing import add_unit, teach_name
from desktop.services.units.views import CollectiveLine, UnitLine
from desktop.services.views import Changes
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.basics import Part, button, column, label, row, title
from desktop.ui.widgets.units import UnitPicker

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace

_WIDTH, _HIGH = 480, 500


class _Asking(QDialog):
    """A heading, fields, what is wrong with them, *Hủy* and the button that does it. Destroyed when it closes."""

    saved = Signal(str)
    """The name that was saved."""

    def __init__(self, parent: QWidget, runner: TaskRunner, heading: str, act: str) -> None:
        super().__init__(parent)
        self._runner = runner
        self.setWindowTitle(heading)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self.name = QLineEdit()
        self.problem = label("", "wrong", wrap=True)
        self.problem.hide()
        self.go = button(act, self._go, "primary")
        self.go.setDefault(True)

    def _lay_out(self, *fields: Part) -> None:
        buttons = row(None, button("Hủy", self.reject), self.go)
        self.setLayout(column(title(self.windowTitle(), 1), *fields, self.problem, 4, buttons, spacing=6,
                              margins=(20, 16, 20, 16)))

    def _go(self) -> None:
        self.go.setEnabled(False)
        self._runner.run(self._job(), self._done, self._refused)

    def _job(self) -> Callable[[Workspace], Changes]:
        raise NotImplementedError

    def _done(self, _changes: Changes) -> None:
        self.saved.emit(self.name.text().strip())
        self.accept()

    def _refused(self, error: SoTienDoError) -> None:
        self.go.setEnabled(True)
        self.problem.setText(error.sentence)
        self.problem.show()
        self.name.setFocus()


class NameDialog(_Asking):
    """Another name under which the plan prints a unit or collective."""

    def __init__(self, parent: QWidget, runner: TaskRunner, line: UnitLine | CollectiveLine) -> None:
        super().__init__(parent, runner, "Thêm tên khác", "Ghi nhận")
        self._meant = line.id
        self.name.setAccessibleName(f"Tên khác của {line.name}")
        self.name.setPlaceholderText("Tên như in trong kế hoạch")
        self.name.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        self.go.setEnabled(False)
        self._lay_out(
            label(f"“{line.name}” còn được ghi trong kế hoạch là:", wrap=True), self.name,
            label(f"Đã có: {'; '.join(line.aliases)}." if line.aliases else "Chưa có tên khác.", "muted", wrap=True),
            label("Các dòng ghi tên này được giao theo; bản in không thay đổi.", "muted", wrap=True),
        )
        self.name.setFocus()

    def _job(self) -> Callable[[Workspace], Changes]:
        name, meant = self.name.text(), self._meant
        return lambda ws: teach_name(ws, name, meant)


class UnitDialog(_Asking):
    """A unit that the plan names and nobody had listed."""

    def __init__(self, parent: QWidget, runner: TaskRunner, units: Sequence[UnitLine], levels: Sequence[str]) -> None:
        super().__init__(parent, runner, "Thêm đơn vị", "Thêm đơn vị")
        self.setMinimumHeight(_HIGH)
        self._ids = {unit.name: unit.id for unit in reversed(units)}
        self.name.setAccessibleName("Tên đơn vị")
        self.name.setPlaceholderText("Tên như in trong kế hoạch")
        self.short = QLineEdit()
        self.short.setAccessibleName("Tên gọn")
        self.short.setPlaceholderText("Dùng trong tên tệp; bỏ trống: như tên")
        self.level = QComboBox()
        self.level.setAccessibleName("Cấp")
        self.level.addItem("(không ghi cấp)", "")
        for word in levels:
            self.level.addItem(word, word)
        self.parents = UnitPicker()
        self.parents.show_units([unit.name for unit in units])
        self.name.textChanged.connect(lambda _text: self._tell())
        self.parents.chosen.connect(lambda _name: self._tell())
        fields = row(column(label("Tên gọn"), self.short, spacing=4), column(label("Cấp"), self.level, spacing=4))
        fields.setStretch(0, 1)
        self._lay_out(label("Tên đơn vị"), self.name, fields, label("Đơn vị cấp trên"), self.parents)
        self._tell()
        self.name.setFocus()

    def _tell(self) -> None:
        self.go.setEnabled(bool(self.name.text().strip()) and bool(self.parents.name))

    def _job(self) -> Callable[[Workspace], Changes]:
        name, short, level = self.name.text(), self.short.text(), str(self.level.currentData())
        parent = self._ids[self.parents.name]
        return lambda ws: add_unit(ws, name, parent, short, level)
