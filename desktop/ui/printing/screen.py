"""*In ấn*: choose sheet and period, see the made pages, save them as PDF or Excel, print them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QComboBox, QDialog

from desktop.models.errors import EnvironmentTrouble, SoTienDoError
from desktop.services.reporting import current_period, periods
from desktop.services.sheets import consolidated, save
from desktop.services.views import Changes, Identity, PeriodChoice
from desktop.ui.parts.segments import Segments
from desktop.ui.printing.pages import MadePages
from desktop.ui.shell.screen import Screen
from desktop.ui.tasks import TaskRunner
from desktop.ui.theme import colours
from desktop.ui.widgets.basics import ElidedLabel, button, column, frame, label, row
from desktop.ui.widgets.dialogs import show_error
from desktop.ui.widgets.files import ask_where_to_save

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace

_SHEETS = ("Bảng tổng hợp tiến độ",)
_FILTERS = {"pdf": "Tệp PDF (*.pdf)", "xlsx": "Tệp Excel (*.xlsx)"}


@dataclass(frozen=True, slots=True)
class _Choices:
    periods: tuple[PeriodChoice, ...]
    current: str


def _choices(ws: Workspace) -> _Choices:
    return _Choices(periods(ws), current_period(ws))


class PrintingScreen(Screen):
    """The sheets of the merged state."""

    title = "In ấn"
    key_hint = "Trang xem trước chính là trang sẽ in · Ctrl + lăn chuột phóng to, thu nhỏ"

    def __init__(self, runner: TaskRunner, identity: Identity) -> None:
        super().__init__()
        self._runner = runner
        self._identity = identity
        self._stale = True
        self._wanted = ""
        self.pages = MadePages(self)
        self.sheet = QComboBox()
        self.sheet.addItems(_SHEETS)
        self.sheet.setAccessibleName("Bảng in")
        self.choice = QComboBox()
        self.choice.setAccessibleName("Kỳ báo cáo")
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.currentIndexChanged.connect(lambda _at: self._make())
        self.told = ElidedLabel("", "muted")
        self.view = QPdfView(self)
        self.view.setAccessibleName("Trang xem trước")
        self.view.setDocument(self.pages.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setFrameShape(QPdfView.Shape.NoFrame)
        self._lay_out()
        self._ground()
        self._tell()

    def _lay_out(self) -> None:
        self.save_pdf = button("Lưu PDF…", lambda: self.ask_and_save("pdf"))
        self.save_excel = button("Lưu Excel…", lambda: self.ask_and_save("xlsx"))
        self.print = button("In…", self.ask_and_print, "primary")
        fits = ((QPdfView.ZoomMode.FitToWidth, "Vừa chiều ngang"), (QPdfView.ZoomMode.FitInView, "Cả trang"))
        self.fit = Segments("Cỡ xem trước", fits, QPdfView.ZoomMode.FitToWidth)
        self.fit.told.chosen.connect(self.view.setZoomMode)
        choose = (label("Bảng", "muted"), self.sheet, label("Kỳ", "muted"), self.choice)
        upper = row(*choose, None, self.save_pdf, self.save_excel, self.print, margins=(14, 8, 14, 8))
        lower = row(self.fit, self.told, None, spacing=12, margins=(14, 5, 14, 5))
        made = column(frame("bar", upper), frame("bar", lower), self.view, spacing=0)
        made.setStretch(2, 1)
        self.setLayout(made)
        self.setFocusProxy(self.view)

    @property
    def period(self) -> str:
        """Id of the period chosen."""
        return str(self.choice.currentData() or "")

    def refresh(self, changes: Changes | None) -> None:
        """The choices the first time; the pages when something on them changed, at once if they show."""
        if changes is None and not self.choice.count():
            self._runner.run(_choices, self._offer)
        elif changes is None or changes.items or changes.plan:
            self._stale = True
            if self.isVisible():
                self._make()

    def showEvent(self, event: object) -> None:
        """Pages that grew old while another screen showed are made anew."""
        if self._stale and self.choice.count():
            self._make()

    def changeEvent(self, event: QEvent) -> None:
        """The ground around the pages follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "view"):
            self._ground()

    def choose_period(self, period: str) -> None:
        """Show the sheet of another period; before the choices are here it is remembered."""
        self._wanted = period
        at = self.choice.findData(period)
        if at >= 0:
            self.choice.setCurrentIndex(at)

    def ask_and_save(self, form: str) -> None:
        """Choose a file and save the sheet there as "pdf" or "xlsx"."""
        offered = f"Bang-tong-hop_{self.period}.{form}"
        path = ask_where_to_save(self, "Lưu bảng", offered, _FILTERS[form])
        if path is not None:
            self.save_to(path, form)

    def save_to(self, path: Path, form: str) -> None:
        """Save the sheet; a PDF is the bytes shown. An existing file stays, the new one gets "-2"."""
        target = path if path.suffix.lower() == f".{form}" else path.with_name(f"{path.name}.{form}")
        period, shown = self.period, self.pages.data

        def job(ws: Workspace) -> Path:
            return save(shown if form == "pdf" and shown else consolidated(ws, period, form), target)

        self._runner.run(job, self._saved, self._failed, busy="Đang lưu bảng…")

    def ask_and_print(self) -> None:
        """The system's print dialog, then the pages."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(self.pages.layout_of(0))
        printer.setDocName(self.sheet.currentText())
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle("In bảng")
        dialog.setMinMax(1, self.pages.count)
        if dialog.exec() == int(QDialog.DialogCode.Accepted):
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the pages shown."""
        if self.pages.print_on(printer):
            self.told.setText("Đã gửi tới máy in.")
        else:
            trouble = EnvironmentTrouble(
                "PRINTER_REFUSED",
                "Máy in không nhận bảng; chưa in trang nào.",
                "Hãy kiểm tra máy in rồi in lại, hoặc lưu PDF và in từ máy khác.",
            )
            show_error(self.window(), trouble)

    def _offer(self, choices: _Choices) -> None:
        self.choice.blockSignals(True)
        for one in choices.periods:
            self.choice.addItem(one.name, one.id)
        self.choice.setCurrentIndex(max(0, self.choice.findData(self._wanted or choices.current)))
        self.choice.blockSignals(False)
        self._make()

    def _make(self) -> None:
        period = self.period
        self._stale = False
        self.told.setText("Đang lập bảng…")
        self._runner.run(lambda ws: (period, consolidated(ws, period, "pdf")), self._show, self._failed)

    def _show(self, made: tuple[str, bytes]) -> None:
        period, data = made
        if period == self.period:
            self.pages.show_bytes(data)
            self._tell()

    def _tell(self) -> None:
        ready = self.pages.count > 0
        for one in (self.save_pdf, self.save_excel, self.print):
            one.setEnabled(ready)
        self.told.setText(f"{self.pages.count} trang A4 ngang" if ready else "")
        self.told.updateGeometry()

    def _saved(self, path: Path) -> None:
        self.told.setText(f"√ Đã lưu: {path}")
        self.told.updateGeometry()

    def _failed(self, error: SoTienDoError) -> None:
        self._tell()
        show_error(self.window(), error)

    def _ground(self) -> None:
        made = self.view.palette()
        made.setColor(QPalette.ColorRole.Dark, colours().section)
        self.view.setPalette(made)
