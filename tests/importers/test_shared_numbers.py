"""One number in a cell that reaches over several tasks: one item with its parts, told once."""

from __future__ import annotations

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from desktop.models.plan import Plan, Severity
from tests.importers.office_files import document, read, workbook

HEAD = ["TT", "Nội dung thực hiện", "Lãnh đạo phụ trách", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện",
        "Thời gian hoàn thành"]
AN = "Đ/c Nguyễn Văn An"
ROWS = [
    HEAD, ["1", "Việc một", AN, "Phòng VHTT", "", "", "Quý I/2023"],
    ["2", "Cải tạo vườn hoa", AN, "Phòng QLĐT", "", "", "Quý II/2023"],
    ["", "Trồng cây xanh", "", "Phòng Kinh tế", "", "", "Quý III/2023"],
    ["", "Lắp đèn chiếu sáng", "", "Phòng TNMT", "", "", "Quý IV/2023"],
    ["3", "Việc ba", AN, "Phòng VHTT", "", "", "Quý II/2023"],
]
TOLD = "Số 2 là một ô gộp của 3 dòng có nội dung riêng; các dòng sau được đọc là phần việc của mục 2."


def told(plan: Plan) -> list[tuple[str, str, tuple[int, ...]]]:
    kept = ("NUMBER_REPEATED", "NUMBER_SHARED", "LEADER_MISSING", "ROW_WITHOUT_NUMBER", "MERGED_ROWS_JOINED")
    return [(one.code, one.path, one.source_lines) for one in plan.findings if one.code in kept]


@pytest.mark.parametrize("areas", [("A3:A5",), ("A3:A5", "C3:C5"), ("A3:A5", "G3:G5")])
def test_rows_under_one_number_are_an_item_and_its_parts(areas: tuple[str, ...]) -> None:
    def change(sheet: Worksheet) -> None:
        for area in areas:
            sheet.merge_cells(area)

    plan = read(workbook(ROWS, change))
    assert [(one.path, one.parent, one.title, one.lead_units) for one in plan.nodes] == [
        ("1", "", "Việc một", ("Phòng VHTT",)), ("2", "", "Cải tạo vườn hoa", ("Phòng QLĐT",)),
        ("2/+1", "2", "Trồng cây xanh", ("Phòng Kinh tế",)), ("2/+2", "2", "Lắp đèn chiếu sáng", ("Phòng TNMT",)),
        ("3", "", "Việc ba", ("Phòng VHTT",)),
    ]
    assert plan.nodes[2].leaders == ((AN,) if "C3:C5" in areas else ())
    assert plan.nodes[3].end.text == ("Quý II/2023" if "G3:G5" in areas else "Quý IV/2023")
    assert told(plan) == [("NUMBER_SHARED", "2", (3, 4, 5))]
    (note,) = [one for one in plan.findings if one.code == "NUMBER_SHARED"]
    assert (note.message, note.severity, note.cell.printed) == (TOLD, Severity.NOTE, "2")


def test_so_it_is_in_word() -> None:
    plan = read(document(ROWS, change=lambda made: made.tables[0].cell(2, 0).merge(made.tables[0].cell(4, 0))), ".docx")
    assert [one.path for one in plan.nodes] == ["1", "2", "2/+1", "2/+2", "3"]
    assert [code for code, _, _ in told(plan)] == ["NUMBER_SHARED"]


def test_two_numbers_are_told_one_by_one() -> None:
    rows = [HEAD, *ROWS[2:4], ["4", *ROWS[2][1:]], ROWS[4]]

    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("A4:A5")

    plan = read(workbook(rows, change))
    assert [one.path for one in plan.nodes] == ["2", "2/+1", "4", "4/+1"]
    assert [one for one in told(plan)] == [("NUMBER_SHARED", "2", (2, 3)), ("NUMBER_SHARED", "4", (4, 5))]


def test_a_number_typed_again_is_still_repeated() -> None:
    rows = [HEAD, ROWS[2], ["2", *ROWS[3][1:]]]
    assert [code for code, _, _ in told(read(workbook(rows)))] == ["NUMBER_REPEATED", "LEADER_MISSING"]
