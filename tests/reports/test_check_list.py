"""The list of what is to be checked as Excel, read back as a spreadsheet program would."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from desktop.models.plan import CellReading, Finding, Plan, PlanHeader, Severity
from desktop.reports.check_list import check_list_xlsx

MADE = datetime(2023, 1, 12, 9, 41)
HEADER = 6
PLAN = PlanHeader("160-KH/QU", date(2023, 1, 11), "Quận ủy Long Biên", "Tên", "Chủ đề", 2023, "Người ký")
NOTE = Finding(
    "TIME_YEAR_SUPPLIED", Severity.NOTE, "Ô thời gian không ghi năm.", (386,), "II/2/2.1.25",
    CellReading("end", "Tháng 11", "từ 01/11/2023 đến 30/11/2023", "Tháng 11/2023"),
)
MISSING = Finding(
    "LEAD_MISSING", Severity.WARNING, "Không ghi đơn vị chủ trì.", (328, 329, 330, 340), "II/1/1.3",
    CellReading("lead_units", "", "chưa giao cho đơn vị nào", "tên có trong danh sách đơn vị"),
)
ERROR = Finding("YEAR_UNKNOWN", Severity.ERROR, "Không biết kế hoạch của năm nào.", (), "")


def opened(*findings: Finding, header: PlanHeader = PLAN) -> Worksheet:
    """The only sheet of the list of some findings."""
    data = check_list_xlsx(Plan(header, (), (), findings), "kế hoạch.txt", MADE)
    (found,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    return found


def line(found: Worksheet, number: int) -> list[object]:
    """The values of a line of the list, the first one 1."""
    return [cell.value for cell in found[HEADER + number]]


def test_head_says_what_was_read_and_how_much_is_to_be_checked() -> None:
    found = opened(NOTE, MISSING)
    assert [found.cell(row, 1).value for row in range(1, 6)] == [
        "Quận ủy Long Biên", "DANH SÁCH CẦN RÀ SOÁT KHI ĐỌC KẾ HOẠCH",
        "Kế hoạch số 160-KH/QU ngày 11/01/2023 – tệp kế hoạch.txt",
        "Có 0 lỗi, 1 cần rà soát, 1 ghi chú. Chữ của bản in được giữ nguyên.",
        "Số liệu cập nhật 09h41, ngày 12/01/2023",
    ]


def test_one_line_for_each_finding_gravest_first() -> None:
    found = opened(NOTE, MISSING, ERROR)
    assert [cell.value for cell in found[HEADER]] == [
        "Mức", "Dòng", "Mục", "Cột", "Giá trị in", "Hiểu là", "Nội dung cần rà soát", "Chấp nhận được", "Mã",
    ]
    assert line(found, 1) == [
        "Lỗi", None, None, None, None, None, "Không biết kế hoạch của năm nào.", None, "YEAR_UNKNOWN",
    ]
    assert line(found, 2) == [
        "Cần rà soát", "328–330, 340", "II/1/1.3", "Đơn vị chủ trì", "(trống)", "chưa giao cho đơn vị nào",
        "Không ghi đơn vị chủ trì.", "tên có trong danh sách đơn vị", "LEAD_MISSING",
    ]
    assert line(found, 3)[:6] == [
        "Ghi chú", "386", "II/2/2.1.25", "Thời gian hoàn thành", "Tháng 11", "từ 01/11/2023 đến 30/11/2023",
    ]
    assert found.max_row == HEADER + 3


@pytest.mark.parametrize("printed", ["=1+1", "+ Phần một", "-Duy trì", "@SUM(A1)", "1.10", "\t=2"])
def test_printed_values_stay_text(printed: str) -> None:
    found = opened(Finding("STAR_ROW", Severity.NOTE, printed, (1,), printed, CellReading("code", printed, "=3", "+4")))
    for column in (3, 5, 6, 7, 8):
        cell = found.cell(HEADER + 1, column)
        assert cell.data_type == "s"
        assert cell.value == {6: "=3", 8: "+4"}.get(column, printed)


def test_the_header_stays_in_sight_and_the_list_prints_on_a4() -> None:
    found = opened(NOTE, MISSING)
    assert found.freeze_panes == f"C{HEADER + 1}"
    assert found.auto_filter.ref == f"A{HEADER}:I{HEADER + 2}"
    assert found.print_title_rows == f"${HEADER}:${HEADER}"
    assert found.print_area == f"'Cần rà soát'!$A$1:$I${HEADER + 2}"
    setup = found.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "landscape", 1, 0)
    assert all(cell.alignment.wrap_text for cell in found[HEADER + 1])
    assert all(found.column_dimensions[letter].width >= 8 for letter in "ABCDEFGHI")


def test_a_plan_without_findings_or_number_has_a_list_too() -> None:
    found = opened(header=PlanHeader("", None, "", "", "", 0, ""))
    assert found.max_row == HEADER
    assert found["A3"].value == "Kế hoạch chưa rõ số – tệp kế hoạch.txt"


def test_the_same_findings_give_the_same_bytes() -> None:
    plan = Plan(PLAN, (), (), (NOTE, MISSING))
    assert check_list_xlsx(plan, "a.txt", MADE) == check_list_xlsx(plan, "a.txt", MADE)
