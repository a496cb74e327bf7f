"""The consolidated sheet as Excel, read back as a spreadsheet program would."""

from __future__ import annotations

import io
import tempfile
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from desktop.models.errors import EnvironmentTrouble
from desktop.models.sheets import ConsolidatedSheet
from desktop.reports.row_heights import row_height
from desktop.reports.workbooks import consolidated_xlsx
from tests.reports.samples import LONG, group, head, item, many, section, sheet

HEADER = 6


def opened(data: bytes) -> Worksheet:
    """The only sheet of the workbook."""
    (found,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    return found


def column(found: Worksheet, heading: str) -> int:
    """The number of the column with the heading."""
    return next(cell.column for cell in found[HEADER] if cell.value == heading)


def test_head_columns_and_rows() -> None:
    found = opened(consolidated_xlsx(sheet([section(), group(), item()])))
    assert found["A1"].value == "Đảng bộ thành phố Hà Nội – Quận ủy Long Biên"
    assert str(found["A2"].value).startswith("BẢNG TỔNG HỢP TIẾN ĐỘ thực hiện")
    assert "Kế hoạch số 160-KH/QU ngày 11/01/2023" in str(found["A3"].value)
    assert "Quý III/2023" in str(found["A3"].value)
    assert found["A5"].value == "Số liệu cập nhật 09h41, ngày 15/09/2023"
    assert [found.cell(HEADER + row, 1).value for row in (1, 2, 3)] == ["I", "1", "1.1"]
    assert found.cell(HEADER + 3, column(found, "Chủ trì")).value == "VP HĐND&UBND quận; TTVHTT&TT"
    assert found.cell(HEADER + 3, column(found, "Đánh giá thời hạn")).value == "quá hạn"
    assert str(found.cell(HEADER + 4, 1).value).startswith("Ghi chú: Không phát sinh")


def test_percentages_and_days_are_typed() -> None:
    found = opened(consolidated_xlsx(sheet([item(done_on=date(2023, 9, 8))])))
    share = found.cell(HEADER + 1, column(found, "Tỷ lệ"))
    assert (share.value, share.number_format) == (0.45, "0%")
    done = found.cell(HEADER + 1, column(found, "Ngày hoàn thành"))
    assert (done.value, done.number_format) == (datetime(2023, 9, 8), "dd/mm/yyyy")
    assert found.cell(HEADER + 1, column(found, "Ngày đến hạn")).value == datetime(2023, 11, 30)


@pytest.mark.parametrize("text", ["=1+1", "+84 24", "-Duy trì", "@SUM(A1)", "=HYPERLINK('x')"])
def test_what_looks_like_a_formula_stays_text(text: str) -> None:
    found = opened(consolidated_xlsx(sheet([item(title=text, result=text)])))
    for heading in ("Nội dung", "Kết quả"):
        cell = found.cell(HEADER + 1, column(found, heading))
        assert cell.value == text
        assert cell.data_type == "s"
        assert cell.quotePrefix


def test_a_guarded_cell_does_not_rub_off_on_the_next() -> None:
    found = opened(consolidated_xlsx(sheet([item(title="=1"), item("1.2", "Duy trì")])))
    assert not found.cell(HEADER + 2, column(found, "Nội dung")).quotePrefix


def test_the_hierarchy_is_an_outline() -> None:
    found = opened(consolidated_xlsx(sheet([section(), group(), item(), item("1.2")])))
    assert [found.row_dimensions[HEADER + row].outlineLevel for row in (1, 2, 3, 4)] == [0, 1, 2, 2]
    assert found.sheet_properties.outlinePr is not None
    assert not found.sheet_properties.outlinePr.summaryBelow
    assert found.sheet_format.outlineLevelRow == 2
    assert found.cell(HEADER + 1, 2).font.b
    assert not found.cell(HEADER + 3, 2).font.b


def test_page_setup_filter_and_panes() -> None:
    found = opened(consolidated_xlsx(sheet(many(5))))
    assert found.freeze_panes == "C7"
    assert found.print_title_rows == "$6:$6"
    assert found.auto_filter.ref == "A6:P13"
    assert str(found.print_area).endswith("$A$1:$P$15")
    assert found.page_setup.orientation == "landscape"
    assert (found.page_setup.fitToWidth, found.page_setup.fitToHeight) == (1, 0)
    assert found.oddFooter is not None
    assert found.oddFooter.right.text == "Trang &P/&N"
    assert "Số liệu cập nhật" in str(found.oddFooter.left.text)
    assert found.cell(HEADER + 3, 2).alignment.wrap_text
    assert found.cell(HEADER + 3, 2).font.name == "Times New Roman"


def test_rows_are_high_enough_for_their_text() -> None:
    found = opened(consolidated_xlsx(sheet([item(title="Ngắn", leaders=(), result=""), item("1.2", title=LONG)])))
    short, long = (found.row_dimensions[HEADER + row].height for row in (1, 2))
    assert long > short * 5


def test_a_row_is_never_higher_than_excel_allows() -> None:
    assert row_height([(LONG * 5, 10.0)]) == 409
    assert row_height([("", 10.0)]) == row_height([])


def test_document_properties_are_in_universal_time() -> None:
    plain = sheet(many(1))
    local = plain.head.updated.replace(tzinfo=timezone(timedelta(hours=7)))
    for moment, hour in ((plain.head.updated, 9), (local, 2)):
        made = replace(plain, head=replace(plain.head, updated=moment))
        properties = openpyxl.load_workbook(io.BytesIO(consolidated_xlsx(made))).properties
        assert properties.created == datetime(2023, 9, 15, hour, 41)
        assert properties.creator == "Quận ủy Long Biên"
        assert str(properties.title).startswith("Bảng tổng hợp tiến độ – Quý III/2023")
        assert properties.language == "vi-VN"


def test_a_sheet_without_rows_and_control_signs_open() -> None:
    assert opened(consolidated_xlsx(ConsolidatedSheet(head(), ()))).cell(HEADER, 1).value == "TT"
    found = opened(consolidated_xlsx(sheet([item(title="a\x07b\r\nc e\u0302\u0301")])))
    assert found.cell(HEADER + 1, 2).value == "ab\nc ế"


def test_the_same_sheet_gives_the_same_bytes() -> None:
    data = consolidated_xlsx(sheet(many(12)))
    assert data == consolidated_xlsx(sheet(many(12)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(2023, 9, 15, 9, 41, 0)}


def test_no_room_for_the_temporary_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    with pytest.raises(EnvironmentTrouble) as caught:
        consolidated_xlsx(sheet(many(1)))
    assert caught.value.code == "SHEET_NOT_WRITTEN"
