"""*Đơn vị và tập thể*: whom the names of the plan mean. The hub edits it, a unit reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from desktop.models.text import fold
from desktop.services.units.views import CollectiveLine, NamedRow, UnitLine, UnitsView, units_view
from desktop.services.views import Role
from desktop.ui.parts.segments import Segments
from desktop.ui.tasks import TaskRunner
from desktop.ui.theme import StatusStyle, Tone, style
from desktop.ui.units.adding import NameDialog, UnitDialog
from desktop.ui.units.members import MembersDialog
from desktop.ui.widgets.basics import button, column, frame, label, row
from desktop.ui.widgets.listing import Column, Kind, Listing
from desktop.ui.widgets.searching import SearchField
from desktop.ui.widgets.words import counted

L = TypeVar("L", bound=UnitLine | CollectiveLine)

HEADING = "Đơn vị và tập thể"
UNITS, COLLECTIVES = "units", "collectives"
_LARGEST = QSize(1180, 780)
_EDGE = 24
_ALIASES_SHOWN = 4
_HUB_HINT = "Tên khác và danh sách tập thể được gửi đến các đơn vị cùng kế hoạch; bản in không thay đổi."
_UNIT_HINT = "Danh sách do đơn vị tổng hợp lập, gửi đến cùng kế hoạch; ở đây chỉ xem."


def _aliases(one: UnitLine | CollectiveLine) -> str:
    more = len(one.aliases) - _ALIASES_SHOWN
    shown = " · ".join(one.aliases if more < 2 else one.aliases[:_ALIASES_SHOWN])
    return f"{shown} · và {more} tên nữa" if more > 1 else shown or "–"


def _members(one: CollectiveLine) -> StatusStyle:
    if one.members:
        return style(Tone.GREY, "•", counted(len(one.members), "đơn vị"))
    return style(Tone.AMBER, "▲", "Chưa rõ")


def _collective_name(one: CollectiveLine) -> str:
    return one.name


def _rows(rows: tuple[NamedRow, ...]) -> str:
    leading = sum(one.leading for one in rows)
    parts = [f"{count} {words}" for count, words in ((leading, "chủ trì"), (len(rows) - leading, "phối hợp")) if count]
    return ", ".join(parts) or "–"


def _settled(one: CollectiveLine) -> bool:
    """Whether it can wait: collectives that lead and of whom nobody knows who they are come first."""
    return bool(one.members) or not any(row.leading for row in one.rows)


def _fitting(lines: Iterable[L], words: Sequence[str]) -> list[L]:
    """The lines that hold every folded word, the names that do first among their other names."""
    def holds(name: str) -> bool:
        return all(word in fold(name) for word in words)

    found = [one for one in lines if holds(" ".join((one.name, *one.aliases)))]
    if not words:
        return found
    return [replace(one, aliases=tuple(sorted(one.aliases, key=lambda name: not holds(name)))) for one in found]


UNIT_COLUMNS: tuple[Column[UnitLine], ...] = (
    Column("Đơn vị", lambda one: one.name, 22, 2, Kind.BOLD),
    Column("Tên khác", _aliases, 24, 3),
    Column("Cấp trên", lambda one: one.parent or "–", 18, 1, Kind.MUTED),
)
COLLECTIVE_COLUMNS: tuple[Column[CollectiveLine], ...] = (
    Column("Tập thể", _collective_name, 22, 2, Kind.BOLD),
    Column("Gồm", _collective_name, 15, 0, Kind.BADGE, _members),
    Column("Tên khác", _aliases, 24, 3, optional=True),
    Column("Nội dung nêu tên", lambda one: _rows(one.rows), 24, 0, Kind.MUTED),
)


class UnitsDialog(QDialog):
    """Both lists with one search; read anew after every change. Destroyed when it closes."""

    def __init__(self, parent: QWidget, runner: TaskRunner, role: Role) -> None:
        super().__init__(parent.window())
        self._runner = runner
        self._hub = role is Role.HUB
        self.view = UnitsView((), (), ())
        self._wanted = ""
        self.setWindowTitle(HEADING)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.kinds = Segments("Xem", ((COLLECTIVES, "Tập thể"), (UNITS, "Đơn vị")), COLLECTIVES)
        self.kinds.told.chosen.connect(self.show_kind)
        self.units: Listing[UnitLine] = Listing("Đơn vị", UNIT_COLUMNS, "Không có đơn vị nào khớp.")
        self.collectives: Listing[CollectiveLine] = Listing(
            "Tập thể", COLLECTIVE_COLUMNS, "Không có tập thể nào khớp."
        )
        self.search = SearchField("Tìm đơn vị, tập thể", self.units, self.collectives)
        self.search.textChanged.connect(lambda _text: self._show())
        self.units.opened.connect(lambda _line: self._name())
        self.collectives.opened.connect(lambda _line: self._members())
        self.units.chosen.connect(lambda _line: self._tell())
        self.collectives.chosen.connect(lambda _line: self._tell())
        self.members = button("Gồm những đơn vị nào…", self._members, "primary", tip="Enter")
        self.name = button("Thêm tên khác…", self._name)
        self.add = button("", self._add)
        self._lay_out()
        self.resize((parent.window().size() - QSize(_EDGE, _EDGE)).boundedTo(_LARGEST))
        self.show_kind(COLLECTIVES)
        self.read()

    def _lay_out(self) -> None:
        self._lists = QStackedWidget()
        for shown in (self.collectives, self.units):
            self._lists.addWidget(frame("card", column(shown, margins=(1, 1, 1, 1))))
        top = row(self.kinds, self.search, spacing=12)
        top.setStretch(1, 1)
        hint = label(_HUB_HINT if self._hub else _UNIT_HINT, "muted", wrap=True)
        foot = row(None, self.members, self.name, self.add, button("Đóng", self.reject), spacing=8)
        made = column(top, self._lists, hint, foot, spacing=10, margins=(16, 14, 16, 14))
        made.setStretch(1, 1)
        self.setLayout(made)
        if not self._hub:
            self.name.hide()
            self.add.hide()

    @property
    def kind(self) -> str:
        """Which list shows."""
        return UNITS if self._lists.currentIndex() else COLLECTIVES

    def show_kind(self, kind: str) -> None:
        """Show units or collectives."""
        self._lists.setCurrentIndex(int(kind == UNITS))
        self.members.setVisible(kind == COLLECTIVES)
        self.add.setText("Thêm đơn vị…" if kind == UNITS else "Thêm tập thể…")
        self._tell()
        self.search.setFocus()

    def read(self, wanted: str = "") -> None:
        """Read the lists anew; the line of the name ``wanted`` becomes the current one."""
        self._wanted = wanted
        self._runner.run(units_view, self.show_view)

    def show_view(self, view: UnitsView) -> None:
        """Show what was read."""
        self.view = view
        self.kinds.rename(UNITS, f"Đơn vị ({len(view.units)})")
        self.kinds.rename(COLLECTIVES, f"Tập thể ({len(view.collectives)})")
        if self._wanted:
            self.search.clear()
        self._show()
        self._choose(self._wanted)
        self._wanted = ""

    def _show(self) -> None:
        words = fold(self.search.text()).split()
        self.units.show_rows(_fitting(self.view.units, words))
        self.collectives.show_rows(_fitting(sorted(self.view.collectives, key=_settled), words))
        self._tell()

    def _choose(self, name: str) -> None:
        """Make the line of a name the current one."""
        for shown in (self.units, self.collectives):
            lines: tuple[UnitLine | CollectiveLine, ...] = shown.rows
            for at, line in enumerate(lines):
                if fold(name) in (fold(one) for one in (line.name, *line.aliases)):
                    shown.choose(at)
                    shown.scrollTo(shown.currentIndex())
                    break

    def _tell(self) -> None:
        line = self._current()
        self.members.setEnabled(isinstance(line, CollectiveLine))
        # What nobody listed has no names yet: it is listed with its members first.
        self.name.setEnabled(line is not None and bool(line.id))

    def _current(self) -> UnitLine | CollectiveLine | None:
        return self.units.current if self.kind == UNITS else self.collectives.current

    def _members(self) -> None:
        line = self.collectives.current
        if line is not None:
            made = MembersDialog(self, self._runner, self.view.units, line, fixed=not self._hub)
            made.saved.connect(self.read)
            made.open()

    def _name(self) -> None:
        line = self._current()
        if self._hub and line is not None and line.id:
            made = NameDialog(self, self._runner, line)
            made.saved.connect(self.read)
            made.open()

    def _add(self) -> None:
        if self.kind == UNITS:
            unit = UnitDialog(self, self._runner, self.view.units, self.view.levels)
            unit.saved.connect(self.read)
            unit.open()
        else:
            made = MembersDialog(self, self._runner, self.view.units, None)
            made.saved.connect(self.read)
            made.open()
