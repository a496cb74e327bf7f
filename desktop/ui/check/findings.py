"""The findings of a plan that was read: gravest first, narrowed by chips, the chosen one in full below the list."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.models.findings import NAMING, SEVERITY_WORDS, gravest_first, lines_in_words, printed_in_words
from desktop.models.plan import Finding, Severity
from desktop.models.plan_columns import column_name
from desktop.ui.parts.chips import Chips
from desktop.ui.theme import StatusStyle, Tone, style
from desktop.ui.widgets.basics import ElidedLabel, button, column, frame, row
from desktop.ui.widgets.listing import Column, Kind, Listing

_STYLES = {Severity.ERROR: (Tone.RED, "×"), Severity.WARNING: (Tone.AMBER, "▲"), Severity.NOTE: (Tone.GREY, "•")}
_LINES_SHOWN = 3
_LINES_TOLD = 4


def _severity(finding: Finding) -> StatusStyle:
    tone, mark = _STYLES[finding.severity]
    return style(tone, mark, SEVERITY_WORDS[finding.severity])


def _lines(finding: Finding) -> str:
    lines = finding.source_lines
    more = " …" if len(lines) > _LINES_SHOWN else ""
    return lines_in_words(lines[:_LINES_SHOWN]) + more or "–"


def _message(finding: Finding) -> str:
    return finding.message


COLUMNS: tuple[Column[Finding], ...] = (
    Column("Mức", _message, 16, 0, Kind.BADGE, _severity),
    Column("Dòng", _lines, 8, 0, Kind.MUTED),
    Column("Mục", lambda finding: finding.path.rpartition("/")[2] or "–", 9, 0, Kind.MUTED),
    Column("Cột", lambda finding: column_name(finding.cell.column) or "–", 14, 0, Kind.MUTED, optional=True),
    Column("Giá trị in", lambda finding: printed_in_words(finding.cell) or "–", 20, 1, optional=True),
    Column("Hiểu là", lambda finding: finding.cell.understood or "–", 18, 1, optional=True),
    Column("Nội dung", _message, 30, 2),
)


class _Told(QTextEdit):
    """Some lines of text that can be copied; of a height that holds the usual finding, longer ones scroll."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName("Điều ghi nhận đang chọn")
        self.setStyleSheet("QTextEdit { border: 0; padding: 0; background: transparent; }")
        self.document().setDocumentMargin(0)
        self._fit()

    def show_lines(self, heading: str, lines: Sequence[str]) -> None:
        """Show a heading in bold and lines below it."""
        rest = "".join(f"<br>{escape(line)}" for line in lines)
        self.setHtml(f"<b>{escape(heading)}</b>{rest}")

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text: another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES_TOLD + 4)


class FindingsPane(QWidget):
    """List and chosen finding. ``naming`` asks to say whom a printed name means."""

    naming = Signal(object)
    """The Finding whose name is to be explained."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[Finding, ...] = ()
        self.chips = Chips("Lọc theo mức", SEVERITY_WORDS.items())
        self.chips.told.changed.connect(self._narrow)
        self.list: Listing[Finding] = Listing("Điều ghi nhận khi đọc", COLUMNS, "Không có gì cần lưu ý.")
        self.list.chosen.connect(self._tell)
        self.list.opened.connect(self._open)
        self.where = ElidedLabel("", "muted")
        self.told = _Told()
        self.name_it = button("Chỉ rõ đơn vị…", self._name, tip="Cho biết tên in này là đơn vị nào (Enter)")
        words = column(self.where, self.told, spacing=2)
        inner = row(words, self.name_it, spacing=12, margins=(16, 8, 16, 8))
        inner.setStretch(0, 1)
        self.chosen_card = frame("card", inner)
        made = column(frame("card", column(self.list, margins=(1, 1, 1, 1))), self.chosen_card, spacing=8)
        made.setStretch(0, 1)
        self.setLayout(made)
        self.setFocusProxy(self.list)
        self._tell(None)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show other findings; the chips that are pressed stay pressed."""
        self._all = gravest_first(findings)
        self.chips.set_counts({one: sum(finding.severity is one for finding in self._all) for one in Severity})
        self._narrow()

    @property
    def chosen(self) -> Finding | None:
        """The finding in full below."""
        return self.list.current

    def _narrow(self) -> None:
        wanted = self.chips.chosen
        self.list.show_rows([one for one in self._all if not wanted or one.severity in wanted])

    def _tell(self, finding: Finding | None) -> None:
        self.chosen_card.setVisible(finding is not None)
        if finding is None:
            return
        lines = lines_in_words(finding.source_lines)
        parts = (
            f"Dòng {lines}" if lines else "", f"mục {finding.path}" if finding.path else "",
            f"cột {column_name(finding.cell.column)}" if finding.cell.column else "", f"mã {finding.code}",
        )
        self.where.setText(" · ".join(part for part in parts if part))
        cell = finding.cell
        pairs = (("In", printed_in_words(cell)), ("Hiểu là", cell.understood), ("Chấp nhận", cell.accepted))
        self.told.show_lines(finding.message, [f"{name}: {words}" for name, words in pairs if words])
        self.name_it.setVisible(finding.code in NAMING)

    def _open(self, finding: Finding) -> None:
        if finding.code in NAMING:
            self.naming.emit(finding)

    def _name(self) -> None:
        if self.chosen is not None:
            self.naming.emit(self.chosen)
