"""In ấn: the pages shown are the bytes saved, and the same pages go to paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop.services.environment import Environment
from desktop.services.views import Changes
from desktop.services.workspace import workspace
from desktop.ui.printing.pages import MadePages
from desktop.ui.printing.screen import PrintingScreen
from desktop.ui.tasks import TaskRunner


@pytest.fixture
def screen(hub: tuple[Environment, Path], qtbot: QtBot) -> Iterator[PrintingScreen]:
    runner = TaskRunner(*hub)
    with workspace(*hub) as ws:
        identity = ws.identity()
    made = PrintingScreen(runner, identity)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    made.refresh(None)
    qtbot.waitUntil(lambda: made.pages.count > 0, timeout=30_000)
    yield made
    runner.close()


def test_the_current_period_is_offered_and_shown(screen: PrintingScreen) -> None:
    assert screen.period == "2023-Q3"
    assert screen.told.text() == f"{screen.pages.count} trang A4 ngang"
    assert screen.print.isEnabled()


def test_what_is_saved_is_what_is_shown(screen: PrintingScreen, tmp_path: Path, qtbot: QtBot) -> None:
    target = tmp_path / "bảng.pdf"
    screen.save_to(target, "pdf")
    qtbot.waitUntil(lambda: "Đã lưu" in screen.told.text())
    assert target.read_bytes() == screen.pages.data
    screen.save_to(target, "pdf")
    qtbot.waitUntil(lambda: "bảng-2.pdf" in screen.told.text())
    assert target.read_bytes() == (tmp_path / "bảng-2.pdf").read_bytes()


def test_excel_is_saved_with_its_ending(screen: PrintingScreen, tmp_path: Path, qtbot: QtBot) -> None:
    screen.save_to(tmp_path / "bảng", "xlsx")
    qtbot.waitUntil(lambda: "bảng.xlsx" in screen.told.text(), timeout=30_000)
    assert (tmp_path / "bảng.xlsx").read_bytes()[:2] == b"PK"


def test_a_folder_that_is_gone_is_told(screen: PrintingScreen, tmp_path: Path, qtbot: QtBot) -> None:
    screen.save_to(tmp_path / "không có" / "bảng.pdf", "pdf")
    qtbot.waitUntil(lambda: any(isinstance(one, QDialog) for one in QApplication.topLevelWidgets()))
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog):
            dialog.accept()


def test_the_pages_go_to_paper(screen: PrintingScreen, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "giấy.pdf"))
    printer.setFromTo(1, 2)
    screen.print_on(printer)
    assert screen.told.text() == "Đã gửi tới máy in."
    back = MadePages()
    assert back.show_bytes((tmp_path / "giấy.pdf").read_bytes())
    assert back.count == 2
    assert back.layout_of(0).orientation() == screen.pages.layout_of(0).orientation()
    size, printed = screen.pages.document.pagePointSize(0), back.document.pagePointSize(0)
    assert abs(size.width() - printed.width()) < 3
    assert abs(size.height() - printed.height()) < 3
    back.clear()


def test_another_period_and_changes_make_the_pages_anew(screen: PrintingScreen, qtbot: QtBot) -> None:
    before = screen.pages.data
    screen.choose_period("2023-Q1")
    qtbot.waitUntil(lambda: screen.pages.data != before, timeout=30_000)
    assert screen.period == "2023-Q1"
    screen.hide()
    screen.refresh(Changes(items=frozenset({"x"})))
    shown = screen.pages.data
    screen.show()
    qtbot.waitUntil(lambda: screen.pages.data is not shown, timeout=30_000)


def test_what_is_no_document_shows_nothing(qtbot: QtBot) -> None:
    pages = MadePages()
    assert not pages.show_bytes(b"khong phai pdf")
    assert pages.count == 0
