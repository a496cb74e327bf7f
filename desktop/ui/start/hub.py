"""Setting up the consolidating unit from a plan file: what was read and what is doubtful, before anything is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.models.plan import Finding, NodeKind, Plan, Severity
from desktop.services.environment import Environment
from desktop.services.reading import read_plan_file, unit_tree_for
from desktop.ui.parts.words import day_words
from desktop.ui.start.units import UnitPicker
from desktop.ui.theme import StatusStyle, Tone, style
from desktop.ui.widgets.basics import button, column, frame, label, row, title
from desktop.ui.widgets.listing import Column, Kind, Listing
from desktop.ui.widgets.words import counted

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


@dataclass(frozen=True, slots=True)
class PlanSeen:
    """A plan file that was read and not kept: the plan, and the names of the units to choose from."""

    plan: Plan
    units: tuple[str, ...]


def look_at_plan(environment: Environment, path: Path) -> PlanSeen:
    """Read a plan file; nothing is kept. Raises Refused, EnvironmentTrouble as reading does."""
    plan = read_plan_file(path, environment.resources)
    tree = unit_tree_for(plan, environment.resources)
    return PlanSeen(plan, tuple(unit.name for unit in tree.units))


def _severity(finding: Finding) -> StatusStyle:
    return {
        Severity.ERROR: style(Tone.RED, "×", "Lỗi"),
        Severity.WARNING: style(Tone.AMBER, "▲", "Cần rà soát"),
        Severity.NOTE: style(Tone.GREY, "•", "Ghi chú"),
    }[finding.severity]


def _lines(finding: Finding) -> str:
    lines = finding.source_lines
    return ", ".join(str(line) for line in lines[:3]) + ("…" if len(lines) > 3 else "") if lines else "–"


def _message(finding: Finding) -> str:
    return finding.message


COLUMNS: tuple[Column[Finding], ...] = (
    Column("Mức", _message, 16, 0, Kind.BADGE, _severity),
    Column("Dòng", _lines, 9, 0, Kind.MUTED),
    Column("Nội dung", _message, 30, 1),
)


class HubPage(QWidget):
    """What was read beside who one is. A plan with errors cannot be taken; everything else can."""

    back = Signal()
    begin = Signal(str, str)
    """The hub's unit and *Người nhập*."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: PlanSeen | None = None
        self.path = Path()
        self.plan = label("", wrap=True)
        self.counts = label("", "heading", wrap=True)
        self.findings: Listing[Finding] = Listing("Điều ghi nhận khi đọc", COLUMNS, "Không có gì cần lưu ý.")
        self.units = UnitPicker()
        self.person = QLineEdit()
        self.person.setMaxLength(80)
        self.person.setPlaceholderText("Họ tên hoặc chức danh")
        self.person.setAccessibleName("Người nhập")
        self.go = button("Thiết lập và bắt đầu", self._begin, "primary")
        self.units.chosen.connect(lambda _name: self._tell())
        self.setLayout(self._columns())
        self._tell()

    def _columns(self) -> QHBoxLayout:
        read = frame(
            "card", column(title("Đã đọc kế hoạch", 1), self.plan, self.counts, spacing=6, margins=(16, 12, 16, 12))
        )
        left = column(read, frame("card", column(self.findings, margins=(1, 1, 1, 1))), spacing=12)
        left.setStretch(1, 1)
        who = (title("Đơn vị tổng hợp", 1), self.units, label("Người nhập"), self.person)
        choose = frame("card", column(*who, spacing=6, margins=(16, 12, 16, 12)))
        right = column(choose, row(button("Quay lại", self.back.emit), None, self.go), spacing=12)
        right.setStretch(0, 1)
        made = row(left, right, spacing=12)
        made.setStretch(0, 3)
        made.setStretch(1, 2)
        return made

    def show_plan(self, path: Path, seen: PlanSeen) -> None:
        """Show a plan that was read."""
        self.path, self.seen = path, seen
        header, nodes = seen.plan.header, seen.plan.nodes
        day = f" ngày {day_words(header.day)}" if header.day else ""
        self.plan.setText(f"{header.number}{day} – {header.issuer}\n{header.title}")
        kinds = {kind: sum(node.kind is kind for node in nodes) for kind in NodeKind}
        found = {one: sum(finding.severity is one for finding in seen.plan.findings) for one in Severity}
        self.counts.setText(
            f"{kinds[NodeKind.SECTION]} phần · {kinds[NodeKind.GROUP]} nhóm · "
            f"{counted(kinds[NodeKind.ITEM], 'nhiệm vụ')}\n"
            f"{found[Severity.ERROR]} lỗi · {found[Severity.WARNING]} chỗ cần rà soát · {found[Severity.NOTE]} ghi chú"
        )
        self.findings.show_rows(sorted(seen.plan.findings, key=lambda one: _ORDER.index(one.severity)))
        self.units.show_units(seen.units)
        self._tell()
        self.units.setFocus()

    @property
    def acceptable(self) -> bool:
        """Whether the plan has no error."""
        return self.seen is not None and all(one.severity is not Severity.ERROR for one in self.seen.plan.findings)

    def allow_again(self) -> None:
        """Setting up did not work: let the person try again."""
        self._tell()

    def _tell(self) -> None:
        self.go.setEnabled(self.acceptable and bool(self.units.name))

    def _begin(self) -> None:
        if self.acceptable and self.units.name:
            self.go.setEnabled(False)
            self.begin.emit(self.units.name, self.person.text())
