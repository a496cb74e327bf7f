"""The lines above and below the grid: period, days left, progress, tabs and chips; the row one is on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QProgressBar, QSizePolicy

from desktop.services.views import PeriodChoice, WorkRow, WorkView
from desktop.ui import theme
from desktop.ui.parts.brief import Brief
from desktop.ui.parts.chips import Chips
from desktop.ui.parts.segments import Segments
from desktop.ui.parts.words import PRIVACY, short_day_words
from desktop.ui.theme import StatusStyle, Tone
from desktop.ui.widgets.badge import Badge
from desktop.ui.widgets.basics import ElidedLabel, button, column, label, row
from desktop.ui.work.rows import CHIP_WORDS, Chip, Progress, WorkRows, is_empty
from desktop.ui.work.values import TEXTS, Field, shown

_SOON = 7


class DueChip(Badge):
    """When the report of the period is due."""

    def show_due(self, period: PeriodChoice, today: date) -> None:
        """Show the day and how many days are left."""
        self.show_style(lambda: due_style(period.send_by, today))


def due_style(send_by: date, today: date) -> StatusStyle:
    """ "Hạn gửi 15/9 – còn 1 ngày", amber when near, red when past."""
    left = (send_by - today).days
    words = f"Hạn gửi {short_day_words(send_by)}"
    if left < 0:
        return theme.style(Tone.RED, "▲", f"{words} – quá {-left} ngày")
    if left == 0:
        return theme.style(Tone.AMBER, "◑", f"{words} – hôm nay")
    tone, mark = (Tone.AMBER, "◑") if left <= _SOON else (Tone.GREY, "○")
    return theme.style(tone, mark, f"{words} – còn {left} ngày")


class WorkHead(QFrame):
    """Which period, when it is due, how far it has come."""

    period_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self.heading = label("Báo cáo", "heading")
        self.periods = QComboBox()
        self.periods.setAccessibleName("Kỳ báo cáo")
        self.periods.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.periods.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.periods.activated.connect(lambda: self.period_chosen.emit(str(self.periods.currentData())))
        self.due = DueChip()
        self.words = ElidedLabel("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(130)
        self.bar.setAccessibleName("Tiến độ nhập")
        self.setLayout(
            row(self.heading, self.periods, self.due, None, self.words, self.bar, spacing=10, margins=(14, 6, 14, 6))
        )

    def show_periods(self, periods: Sequence[PeriodChoice], chosen: str) -> None:
        """Offer these periods."""
        self.periods.clear()
        for period in periods:
            self.periods.addItem(period.name, period.id)
        self.periods.setCurrentIndex(max(self.periods.findData(chosen), 0))

    def show_view(self, view: WorkView, progress: Progress) -> None:
        """Say when it is due and how far it has come."""
        self.due.show_due(view.period, view.today)
        self.words.setText(progress_words(progress))
        self.bar.setMaximum(max(progress.total, 1))
        self.bar.setValue(progress.entered)


def progress_words(progress: Progress) -> str:
    """ "18/25 dòng đã nhập · 3 dòng thiếu"."""
    words = f"{progress.entered}/{progress.total} dòng đã nhập"
    return f"{words} · {progress.missing} dòng thiếu" if progress.missing else words


class WorkLine(QFrame):
    """Tabs and chips."""

    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self.tabs: Segments[bool] = Segments("Vai trò", ((True, "Chủ trì"), (False, "Phối hợp")), True)
        self.chips = Chips("Lọc nhanh", CHIP_WORDS.items())
        self.filtered = ElidedLabel()
        self.clear = button("× Bỏ lọc", self.cleared.emit, "link", tip="Hiện lại mọi dòng (Esc)")
        layout = row(self.tabs, self.chips, self.filtered, self.clear, spacing=10, margins=(14, 6, 14, 6))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_rows(self, flat: WorkRows) -> None:
        """Counts of tabs and chips, and whether a filter is on."""
        self.tabs.rename(True, f"Chủ trì {flat.progress(lead=True).total}")
        self.tabs.rename(False, f"Phối hợp {flat.progress(lead=False).total}")
        self.chips.set_counts({chip: flat.chip_count(chip) for chip in Chip})
        total = flat.progress(lead=flat.wanted.lead).total
        words = f"Đang lọc: {len(flat)}/{total}"
        self.filtered.setText(f"{words} – “{flat.wanted.text.strip()}”" if flat.wanted.text.strip() else words)
        self.filtered.setVisible(flat.wanted.on)
        self.clear.setVisible(flat.wanted.on)


class RowFoot(QFrame):
    """The row one is on: its full title, and what was reported in the period before."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "foot")
        self.item_heading = label("Đang chọn", "muted")
        self.item = Brief(2)
        self.before_heading = label("Kỳ trước", "muted")
        self.before = Brief(2)
        self.privacy = ElidedLabel(PRIVACY, "muted")
        self.privacy.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top = row(self.before_heading, None, self.privacy, spacing=12)
        parts = row(
            column(self.item_heading, self.item, spacing=2), column(top, self.before, spacing=2),
            spacing=28, margins=(14, 6, 14, 6),
        )  # fmt: skip
        parts.setStretch(0, 4)
        parts.setStretch(1, 5)
        self.setLayout(parts)

    def show_row(self, chosen: WorkRow | None) -> None:
        """Show a row, or nothing."""
        if chosen is None:
            self.item.set_text("")
            self.before.set_text("")
            return
        self.item_heading.setText(" · ".join(part for part in ("Đang chọn", chosen.code, chosen.unit_name) if part))
        self.item.set_text(chosen.title)
        self.before.set_text(before_words(chosen))


def before_words(chosen: WorkRow) -> str:
    """What was reported in the period before, in one paragraph."""
    report = chosen.previous
    if report is None or is_empty(report):
        return "Chưa có báo cáo."
    facts = [shown(Field.STATE, report)]
    if report.percent is not None:
        facts.append(f"{report.percent}%")
    if report.done_on is not None:
        facts.append(f"xong ngày {shown(Field.DONE_ON, report)}")
    texts = [shown(field, report).replace("\n", " ") for field in Field if field in TEXTS]
    return ". ".join(part for part in (" · ".join(fact for fact in facts if fact), *texts) if part)
