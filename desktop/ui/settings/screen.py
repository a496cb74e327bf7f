"""*Thiết lập*: who works here, units and collectives, facts of this PC, theme and size of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QWidget

from desktop.models.errors import SoTienDoError
from desktop.services.preferences import (
    SCHEMES,
    TEXT_POINTS,
    Preferences,
    preferences,
    set_appearance,
    set_person,
)
from desktop.services.traffic.enrolling import own_code
from desktop.services.views import Changes, Identity, Role
from desktop.ui import theme
from desktop.ui.machines.dialog import HEADING as MACHINES
from desktop.ui.machines.dialog import MachinesDialog
from desktop.ui.parts.segments import Segments
from desktop.ui.parts.words import day_words
from desktop.ui.settings.inbox import InboxChoice
from desktop.ui.shell.screen import Screen
from desktop.ui.tasks import TaskRunner
from desktop.ui.units.dialog import HEADING, UnitsDialog
from desktop.ui.widgets.basics import Part, button, column, frame, label, restyle, row, title
from desktop.ui.widgets.words import grouped

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace

_SCHEME_WORDS = dict(zip(SCHEMES, ("Theo hệ thống", "Nền sáng", "Nền tối"), strict=True))
_SIZE_WORDS = dict(zip(TEXT_POINTS, ("Vừa", "Lớn", "Rất lớn", "Lớn nhất"), strict=True))
_WIDEST = 860


@dataclass(frozen=True, slots=True)
class _Seen:
    preferences: Preferences
    code: str


def _look(ws: Workspace) -> _Seen:
    return _Seen(preferences(ws), own_code(ws))


class SettingsScreen(Screen):
    """Choices are in force and saved at once; nothing to confirm."""

    title = "Thiết lập"
    key_hint = "Mọi lựa chọn có hiệu lực và được lưu ngay"

    def __init__(self, runner: TaskRunner, identity: Identity) -> None:
        super().__init__()
        self._runner = runner
        self._identity = identity
        self._saved_person = ""
        self.person = QLineEdit()
        self.person.setAccessibleName("Người nhập")
        self.person.setMaxLength(80)
        self.person.editingFinished.connect(self._save_person)
        self.problem = label("", "wrong", wrap=True)
        self.problem.hide()
        self.code = title("", 1.5, copyable=True)
        self.units = button("Mở danh sách…", self._open_units)
        self.units.setAccessibleName(f"Mở danh sách {HEADING.lower()}")
        self.machines = button("Mở danh sách máy…", self.open_machines)
        self.inbox = InboxChoice(runner)
        self.schemes = Segments("Màu nền", _SCHEME_WORDS.items(), SCHEMES[0])
        self.schemes.told.chosen.connect(self._scheme_chosen)
        self.sizes = Segments("Cỡ chữ", _SIZE_WORDS.items(), TEXT_POINTS[0])
        self.sizes.told.chosen.connect(self._size_chosen)
        self._lay_out()
        self.setFocusProxy(self.person)

    def _lay_out(self) -> None:
        shown = [self._people(), self._units(), _card("Thư mục nhận tệp", self.inbox), self._display(), self._machine()]
        if self._identity.role is Role.HUB:
            shown.insert(2, self._machines())
        cards = column(*shown, None, spacing=12)
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        inner.setLayout(cards)
        ground = frame("ground", row(inner, None, margins=(14, 12, 14, 12)))
        made = ground.layout()
        if isinstance(made, QHBoxLayout):
            made.setStretch(0, 100)
        # What wrapped words need at their narrowest is no height to scroll over: that at the width shown is.
        ground.setMinimumHeight(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        scroll.setWidget(ground)
        self.setLayout(column(scroll))

    def _people(self) -> QWidget:
        self.person.setMaximumWidth(360)
        told = "Tên này ghi kèm mỗi số liệu nhập từ bây giờ. Chỉ ghi họ tên hoặc chức danh."
        field = row(self.person, None)
        field.setStretch(0, 2)
        field.setStretch(1, 1)
        return _card("Người nhập", field, self.problem, label(told, "muted", wrap=True))

    def _units(self) -> QWidget:
        told = (
            "Tên khác của mỗi đơn vị, và mỗi tập thể (“các trường học”) gồm những đơn vị nào."
            if self._identity.role is Role.HUB
            else "Những đơn vị và tập thể mà kế hoạch nêu tên, do đơn vị tổng hợp lập."
        )
        return _card(HEADING, _told_beside(told, self.units))

    def _machines(self) -> QWidget:
        told = "Máy nào ghi cho đơn vị nào; cho máy hỏng hoặc mất thôi; niêm phong khóa dự phòng."
        return _card(MACHINES, _told_beside(told, self.machines))

    def _display(self) -> QWidget:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        choices: tuple[tuple[str, QWidget], ...] = (("Màu nền", self.schemes), ("Cỡ chữ", self.sizes))
        for at, (name, choice) in enumerate(choices):
            grid.addWidget(label(name, "muted"), at, 0)
            grid.addLayout(row(choice, None), at, 1)
        grid.setColumnStretch(1, 1)
        return _card("Hiển thị", grid)

    def _machine(self) -> QWidget:
        hub = self._identity.role is Role.HUB
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for at, (name, value) in enumerate(self._facts()):
            grid.addWidget(label(name, "muted"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(value, wrap=True, copyable=True), at, 1)
        grid.setColumnStretch(1, 1)
        heading = "Khóa của đơn vị tổng hợp" if hub else "Mã đối chiếu của máy này"
        self.code.setAccessibleName(heading)
        told = (
            "Mã 20 chữ số để đơn vị đối chiếu với tệp khởi tạo."
            if hub
            else "Đọc 20 chữ số này khi đơn vị tổng hợp hỏi để chấp nhận máy."
        )
        copy = button("Chép mã", self._copy_code)
        code = row(self.code, copy, label(told, "muted", wrap=True), spacing=12)
        code.setStretch(2, 1)
        return _card("Máy này", grid, 4, label(heading, "muted"), code)

    def _facts(self) -> tuple[tuple[str, str], ...]:
        identity, plan = self._identity, self._identity.plan
        role = "Đơn vị tổng hợp" if identity.role is Role.HUB else f"Đơn vị báo cáo cho {identity.hub_name}"
        day = f" ngày {day_words(plan.day)}" if plan.day else ""
        return (
            ("Đơn vị", identity.unit_name),
            ("Vai trò", role),
            ("Máy", identity.device_label),
            ("Kế hoạch", f"{plan.number}{day}, {plan.issuer}"),
            ("Thư mục dữ liệu", str(self._runner.folder)),
            ("Thư mục khóa", str(self._runner.environment.keys_folder)),
        )

    def refresh(self, changes: Changes | None) -> None:
        """Choices and code, once."""
        if changes is None:
            self._runner.run(_look, self._show)
            self.inbox.refresh()

    def commit_pending(self) -> bool:
        """Save the name when it was changed."""
        self._save_person()
        return True

    def _show(self, seen: _Seen) -> None:
        self._saved_person = seen.preferences.person
        self.person.setText(seen.preferences.person)
        self.code.setText(grouped(seen.code))
        self.schemes.choose(seen.preferences.scheme)
        self.sizes.choose(seen.preferences.text_points)

    def _save_person(self) -> None:
        name = self.person.text()
        if name != self._saved_person:
            self._saved_person = name
            self._runner.run(lambda ws: set_person(ws, name), self._person_saved, self._person_refused)

    def _person_saved(self, saved: Preferences) -> None:
        self._saved_person = saved.person
        self._tell_person("")
        self.person_changed.emit()

    def _person_refused(self, error: SoTienDoError) -> None:
        self._saved_person = ""
        self._tell_person(error.sentence)

    def _tell_person(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.person.setProperty("wrong", "true" if problem else "false")
        restyle(self.person)

    def _scheme_chosen(self, scheme: str) -> None:
        self._appear(scheme, theme.chosen_points())

    def _size_chosen(self, points: float) -> None:
        self._appear(theme.chosen_scheme(), points)

    def _appear(self, scheme: str, points: float) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self._runner.environment.resources / "fonts", scheme, points)
        self._runner.run(lambda ws: set_appearance(ws, scheme, points), lambda _saved: None)

    def _open_units(self) -> None:
        UnitsDialog(self, self._runner, self._identity.role).open()

    def open_machines(self) -> None:
        """Open *Máy và khóa*."""
        MachinesDialog(self, self._runner).open()

    def _copy_code(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())


def _told_beside(told: str, opens: QWidget) -> QHBoxLayout:
    """Words and the button they speak of on one line: the hub's cards fit a small screen so."""
    made = row(label(told, "muted", wrap=True), opens, spacing=12)
    made.setStretch(0, 1)
    return made


def _card(heading: str, *parts: Part) -> QWidget:
    return frame("card", column(title(heading, 1), *parts, spacing=8, margins=(16, 12, 16, 14)))

