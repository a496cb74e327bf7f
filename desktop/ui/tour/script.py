"""What happens on the tour: a hub issues the plan, two units report, files travel, the sheet is printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QWidget

from desktop.services import doctor
from desktop.services.plan.plans import choose_plan, plans
from desktop.services.traffic import receipts
from desktop.services.traffic.enrolling import own_code
from desktop.services.traffic.views import Outcome
from desktop.services.workspace import Workspace
from desktop.ui.amending.dialog import AmendDialog
from desktop.ui.newplan.dialog import NewPlanDialog
from desktop.ui.printing.screen import PrintingScreen
from desktop.ui.shell.window import MainWindow
from desktop.ui.start.screen import StartScreen
from desktop.ui.tour.entries import enter_quarter
from desktop.ui.tour.stage import USUAL, Stage, TourStoppedError
from desktop.ui.tour.versions import write_newer, write_next_year
from desktop.ui.traffic.exchange import ExchangeScreen
from desktop.ui.traffic.receive import ReceiveScreen

HUB, WARD, BODY = "UB MTTQ quận", "Phường Bồ Đề", "Trung tâm Phát triển quỹ đất"
PERIOD = "2023-Q3"
SMALLEST = QSize(1024, 600)

W = TypeVar("W", bound=QWidget)


@dataclass(frozen=True, slots=True)
class TourDone:
    """What the tour left: pictures, packages, receipts (JSON lines), the sheet, the hub's digest."""

    pictures: tuple[Path, ...]
    packages: tuple[Path, ...]
    receipts: Path
    sheet: Path
    digest: str


class Tour:
    """One run. ``dress(scheme)`` puts a theme in force; ``plan`` is the printed plan."""

    def __init__(self, stage: Stage, out: Path, plan: Path, dress: Callable[[str], None]) -> None:
        self._stage = stage
        self._out = out
        self._plan = plan
        self._dress = dress
        self._packages: list[Path] = []

    def run(self) -> TourDone:
        """From an empty folder to a printed sheet. Raises TourStoppedError where anything is refused."""
        hub = self._found_hub()
        starter = self._write_starter(hub)
        code = self._stage.ask(hub, own_code)
        ward = self._join(WARD, starter, code)
        body = self._join(BODY, starter, code)
        self._report(ward, "phuong")
        self._report(body, "trung-tam")
        self._take_at_hub(hub)
        self._answer(hub, ward, body)
        self._look_round(hub)
        self._take_newer_version(hub)
        self._open_next_year(hub)
        return self._finish(hub)

    def _found_hub(self) -> MainWindow:
        window = self._stage.open(self._folder("tong-hop"))
        self._stage.shoot(window, "bat-dau")
        start = self._start(window)
        start.look_at(self._plan)
        self._stage.rest(window)
        start.hub.units.choose(HUB)
        start.hub.person.setText("Người nhập 2")
        self._stage.shoot(window, "kiem-tra-ke-hoach")
        start.hub.onward.click()
        self._stage.shoot(window, "chon-don-vi-tong-hop")
        start.hub.go.click()
        self._stage.rest(window)
        self._stage.go(window, "Kế hoạch")
        self._stage.shoot(window, "tong-hop-ke-hoach")
        return window

    def _write_starter(self, hub: MainWindow) -> Path:
        screen = self._screen(hub, "Gửi – Nhận", ExchangeScreen)
        folder = self._folder("tep/khoi-tao")
        screen.write_starter_to(folder)
        self._stage.shoot(hub, "tong-hop-tep-khoi-tao")
        (starter,) = folder.iterdir()
        return starter

    def _join(self, unit: str, starter: Path, code: str) -> MainWindow:
        window = self._stage.open(self._folder("phuong-bo-de" if unit == WARD else "ttptqd"))
        start = self._start(window)
        start.take_files([starter])
        self._stage.rest(window)
        start.starter.typed.setText(code)
        start.starter.units.choose(unit)
        start.starter.person.setText("Người nhập 1")
        if unit == WARD:
            self._stage.shoot(window, "don-vi-mo-tep-khoi-tao")
        start.starter.go.click()
        self._stage.rest(window)
        return window

    def _report(self, window: MainWindow, who: str) -> None:
        """Enter a quarter, look at it, write the file for the hub."""
        screen = self._stage.go(window, "Việc kỳ này")
        enter_quarter(self._stage, window, PERIOD)
        screen.refresh(None)
        self._stage.shoot(window, f"{who}-viec-ky-nay")
        self._stage.go(window, "Kế hoạch")
        self._stage.shoot(window, f"{who}-ke-hoach")
        exchange = self._screen(window, "Gửi – Nhận", ExchangeScreen)
        folder = self._folder(f"tep/{who}")
        exchange.write_to(folder)
        self._stage.shoot(window, f"{who}-gui-nhan")
        self._packages.extend(sorted(folder.iterdir()))

    def _take_at_hub(self, hub: MainWindow) -> None:
        """Files arrive, are held, their machines are approved; a damaged and a repeated file change nothing."""
        screen = self._screen(hub, "Tiếp nhận", ReceiveScreen)
        hub.take_files([*self._packages, self._damaged(self._packages[0])])
        self._stage.shoot(hub, "tong-hop-tiep-nhan")
        screen.show_machines()
        screen.machines.list.selectAll()
        self._stage.shoot(hub, "tong-hop-dang-ky-may")
        screen.machines.accept_chosen()
        self._stage.shoot(hub, "tong-hop-da-chap-nhan")
        before = self._stage.ask(hub, doctor.digest)
        hub.take_files(self._packages)
        self._stage.rest(hub)
        if self._stage.ask(hub, doctor.digest) != before:
            raise TourStoppedError("a file imported twice changed the state")

    def _damaged(self, package: Path) -> Path:
        """A copy with one flipped bit, as a bad stick makes it."""
        data = bytearray(package.read_bytes())
        data[len(data) // 2] ^= 1
        copy = self._folder("tep/hong") / package.name
        copy.write_bytes(data)
        return copy

    def _answer(self, hub: MainWindow, *units: MainWindow) -> None:
        """The hub's files go back; each unit takes the one meant for it."""
        screen = self._screen(hub, "Gửi – Nhận", ExchangeScreen)
        folder = self._folder("tep/tong-hop")
        screen.write_to(folder)
        self._stage.shoot(hub, "tong-hop-gui-nhan")
        files = sorted(folder.iterdir())
        self._packages.extend(files)
        for window, short in zip(units, ("PBoDe", "TTPTQD"), strict=True):
            window.take_files([file for file in files if file.name.startswith(("TongHop_", f"TongHop-{short}_"))])
            self._stage.rest(window)
        self._stage.shoot(units[0], "phuong-nhan-tep-tong-hop")

    def _look_round(self, hub: MainWindow) -> None:
        """The remaining screens, the smallest size, the dark theme."""
        self._stage.go(hub, "Kế hoạch")
        self._stage.shoot(hub, "tong-hop-ke-hoach-sau-tiep-nhan")
        self._stage.go(hub, "In ấn")
        self._stage.settle(hub)
        self._stage.shoot(hub, "tong-hop-in-an")
        self._stage.go(hub, "Thiết lập")
        self._stage.shoot(hub, "tong-hop-thiet-lap")
        hub.resize(SMALLEST)
        self._stage.go(hub, "Kế hoạch")
        self._stage.shoot(hub, "ke-hoach-1024x600")
        hub.resize(USUAL)
        self._dress("dark")
        self._stage.shoot(hub, "ke-hoach-toi")
        self._stage.go(hub, "Tiếp nhận")
        self._stage.shoot(hub, "tiep-nhan-toi")
        self._dress("light")

    def _take_newer_version(self, hub: MainWindow) -> None:
        """A newer version is checked, compared, and applied once its doubtful row is decided."""
        self._stage.go(hub, "Kế hoạch")
        dialog = AmendDialog(hub, hub.runner)
        dialog.open()
        dialog.look_at(write_newer(self._plan, self._out / "ban-moi.txt"))
        self._stage.shoot(hub, "ban-moi-kiem-tra", dialog)
        dialog.onward.click()
        self._stage.rest(hub)
        self._stage.shoot(hub, "ban-moi-so-voi-ban-dang-dung", dialog)
        offers = dialog.page.choice.offers
        offers.taken.emit(offers.currentItem())
        self._stage.rest(hub)
        if not dialog.page.apply.isEnabled():
            raise TourStoppedError("the newer version waits for a decision")
        dialog.page.apply.click()
        self._stage.rest(hub)
        for told in hub.findChildren(QDialog):
            told.close()
        self._stage.shoot(hub, "ke-hoach-theo-ban-moi")

    def _open_next_year(self, hub: MainWindow) -> None:
        """The next year's plan with two unfinished rows carried over; then back to the plan of this year."""
        dialog = NewPlanDialog(hub, hub.runner, hub.turn_to)
        dialog.open()
        dialog.look_at(write_next_year(self._plan, self._out / "nam-sau.txt"))
        self._stage.rest(hub)
        dialog.onward.click()
        self._stage.rest(hub)
        dialog.carry.choose(2)
        self._stage.shoot(hub, "mo-ke-hoach-moi-chuyen-tiep", dialog)
        dialog.onward.click()
        self._stage.rest(hub)
        self._stage.go(hub, "Kế hoạch")
        self._stage.shoot(hub, "ke-hoach-nam-sau")
        before = next(one for one in self._stage.ask(hub, plans) if not one.current)
        hub.turn_to(self._stage.ask(hub, lambda ws: choose_plan(ws, before.id)))
        self._stage.rest(hub)

    def _finish(self, hub: MainWindow) -> TourDone:
        sheet = self._out / "bang-tong-hop-2023-Q3.pdf"
        printing = self._screen(hub, "In ấn", PrintingScreen)
        printing.choose_period(PERIOD)
        self._stage.rest(hub)
        printing.save_to(sheet, "pdf")
        self._stage.rest(hub)
        kept = self._out / "phieu-tiep-nhan.jsonl"
        kept.write_text(self._stage.ask(hub, _receipts), encoding="utf-8")
        health = self._stage.ask(hub, doctor.examine)
        if not health.ok or not sheet.exists():
            raise TourStoppedError("the hub's folder or its sheet is not whole")
        digest = self._stage.ask(hub, doctor.digest)
        return TourDone(tuple(self._stage.pictures), tuple(self._packages), kept, sheet, digest)

    def _start(self, window: MainWindow) -> StartScreen:
        if not isinstance(window.start, StartScreen):
            raise TourStoppedError("the folder is not empty")
        return window.start

    def _screen(self, window: MainWindow, title: str, kind: type[W]) -> W:
        shown = self._stage.go(window, title)
        if not isinstance(shown, kind):
            raise TourStoppedError(title)
        return shown

    def _folder(self, name: str) -> Path:
        folder = self._out / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def _receipts(ws: Workspace) -> str:
    listed = receipts.all_receipts(ws)
    if Outcome.REFUSED not in {receipt.outcome for receipt in listed}:
        raise TourStoppedError("the damaged file was not refused")
    return "".join(receipts.as_json(receipt) + "\n" for receipt in reversed(listed))
