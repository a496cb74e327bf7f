"""*Kiểm tra trước khi nhập*: what was read, what may be chosen, what is taught, the list as Excel; nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.models.findings import NAMING
from desktop.models.plan import Finding, Plan, Severity
from desktop.services.environment import Environment
from desktop.services.plan.checking import PlanSeen, look_at_plan
from desktop.services.plan.reading import ReadChoices
from desktop.ui.check.page import CheckPage
from desktop.ui.widgets.units import UnitPicker
from tests.importers.office_files import workbook
from tests.importers.test_layouts import book_of_three
from tests.importers.test_legacy import OLD_ROWS
from tests.next_year import write_next_plan
from tests.ui.conftest import NOON, RESOURCES
from tests.ui.hands import click, press

PLAN = RESOURCES / "plans" / "long-bien-2023-160-KH-QU.txt"


@pytest.fixture
def page(environment: Environment, qtbot: QtBot) -> CheckPage:
    def look(path: Path, choices: ReadChoices, seen: Callable[[PlanSeen], None]) -> None:
        seen(look_at_plan(environment, path, choices))

    made = CheckPage(lambda: NOON, look, lambda write, kept: kept(write()))
    qtbot.addWidget(made)
    made.resize(1318, 640)
    made.show()
    return made


def shown(page: CheckPage) -> list[Finding]:
    return list(page.findings.list.rows)


def test_the_gravest_come_first_and_chips_narrow(page: CheckPage) -> None:
    page.look_at(PLAN)
    assert page.heading.text() == "Kế hoạch 160-KH/QU ngày 11/01/2023 – Ban Thường vụ Quận ủy Long Biên"
    assert "156 chỉ tiêu, nhiệm vụ" in page.counts.text()
    severities = [one.severity for one in shown(page)]
    assert severities == sorted(severities, key=list(Severity).index)
    assert Severity.NOTE in severities
    click(page.findings.chips.chip(Severity.NOTE))
    assert {one.severity for one in shown(page)} == {Severity.NOTE}
    click(page.findings.chips.chip(Severity.NOTE))
    assert len(shown(page)) == len(severities)


def test_the_chosen_finding_says_printed_understood_and_accepted(page: CheckPage) -> None:
    page.look_at(PLAN)
    rows = shown(page)
    at = next(place for place, one in enumerate(rows) if one.cell.accepted and one.cell.printed)
    page.findings.list.choose(at)
    told = page.findings.told.toPlainText()
    assert told.startswith(rows[at].message)
    assert f"In: {rows[at].cell.printed}" in told
    assert f"Hiểu là: {rows[at].cell.understood}" in told
    assert f"Chấp nhận: {rows[at].cell.accepted}" in told
    assert f"mã {rows[at].code}" in page.findings.where.text()


def test_a_name_is_taught_and_the_file_read_again(page: CheckPage, tmp_path: Path) -> None:
    file = write_next_plan(tmp_path, rows=("I|NHIỆM VỤ|||||", "1|Việc|Đ/c An|Tổ Sao Mai|||Quý II/2024"))
    caption = "(Ban hành kèm theo Kế hoạch số 98-KH/QU ngày 09/01/2024 của Ban Thường vụ Quận ủy Long Biên)"
    file.write_text(file.read_text(encoding="utf-8").replace("\nBIỂU", f"\n{caption}\nBIỂU"), encoding="utf-8")
    page.look_at(file)
    at = next(place for place, one in enumerate(shown(page)) if one.code == "UNIT_UNKNOWN")
    page.findings.list.choose(at)
    assert shown(page)[at].code in NAMING
    press(page.findings.list, Qt.Key.Key_Return)
    (dialog,) = page.findChildren(QDialog)
    field, picker = dialog.findChild(QLineEdit), dialog.findChild(UnitPicker)
    assert isinstance(field, QLineEdit)
    assert isinstance(picker, UnitPicker)
    assert field.text() == "Tổ Sao Mai"
    picker.search.setText("phong van hoa va thong tin")
    press(picker.search, Qt.Key.Key_Return)
    press(picker.list, Qt.Key.Key_Return)
    assert not [one for one in shown(page) if one.code == "UNIT_UNKNOWN"]
    assert page.seen is not None
    assert page.seen.choices.taught == (("Tổ Sao Mai", "phong-vhtt"),)
    page.teach("Tổ Sao Mai", "phong-noi-vu")
    assert page.seen.choices.taught == (("Tổ Sao Mai", "phong-noi-vu"),)


def test_another_table_of_the_file_can_be_chosen(page: CheckPage, tmp_path: Path) -> None:
    file = tmp_path / "ba bảng.xlsx"
    file.write_bytes(book_of_three())
    page.look_at(file)
    box = page.tables.findChild(QComboBox)
    assert isinstance(box, QComboBox)
    assert box.isVisible()
    assert "Biểu 2" in box.currentText()
    read = plan_of(page)
    assert read is not None
    box.setFocus()
    press(box, Qt.Key.Key_Up)
    assert "Biểu 1" in box.currentText()
    box.activated.emit(box.currentIndex())
    other = plan_of(page)
    assert other is not None
    assert len(other.nodes) < len(read.nodes)
    assert "Biểu 1" in box.currentText()


@pytest.mark.parametrize(("answer", "title"), [("convert", "NHIỆM VỤ CHUNG"), ("keep", "nhiÖm vô chung")])
def test_old_text_is_asked_about_with_a_preview(page: CheckPage, tmp_path: Path, answer: str, title: str) -> None:
    file = tmp_path / "cũ.xlsx"
    heading = ["TT", "Nội dung", "Đơn vị chủ trì", "Thời gian hoàn thành"]
    file.write_bytes(workbook([heading, *OLD_ROWS[1:]], _old_font))
    page.look_at(file)
    assert plan_of(page) is None
    assert page.legacy.isVisible()
    assert ("nhiÖm vô chung", "NHIỆM VỤ CHUNG") in page.legacy.pairs.rows
    click(page.legacy.convert if answer == "convert" else page.legacy.keep)
    read = plan_of(page)
    assert read is not None
    assert read.nodes[0].title == title


def plan_of(page: CheckPage) -> Plan | None:
    """What was read, None while something is asked."""
    assert page.seen is not None
    return page.seen.plan


def _old_font(sheet: Worksheet) -> None:
    for line in sheet.iter_rows():
        for cell in line:
            cell.font = Font(name=("Arial", ".VnTimeH", ".VnTime")[min(cell.row or 1, 3) - 1])


def test_the_list_is_saved_as_excel_and_never_over_another(page: CheckPage, tmp_path: Path) -> None:
    page.look_at(PLAN)
    place = tmp_path / "rà soát.xlsx"
    page.save_to(place)
    page.save_to(place)
    assert sorted(one.name for one in tmp_path.glob("*.xlsx")) == ["rà soát-2.xlsx", "rà soát.xlsx"]
    assert "rà soát-2.xlsx" in page.saved.text()
    sheet = load_workbook(place).worksheets[0]
    assert sheet.max_row > len(shown(page))
