"""Plans of other offices, made by hand with other columns and layouts, each with the reading a person gives it."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop.importers.files.grid import GridRow
from desktop.importers.table.columns import read_header
from desktop.importers.table.shapes import CODE, COORDINATORS, END, LEADERS, LEADS, START, TITLE, UNKNOWN
from desktop.models.errors import Mistake
from desktop.models.plan import CellReading, NodeKind, Plan, Severity
from desktop.models.schedule import TimeKind
from tests.importers.office_files import (
    Short,
    document,
    part,
    read,
    saved,
    sheet_of,
    short,
    shorts,
    source,
    with_parts,
    workbook,
)
from tests.importers.plan_text import PLAN_FILE, findings, long_bien_lines, long_bien_plan, made_plan, node

FILES = Path(__file__).parent / "files"


def codes(plan: Plan) -> set[str]:
    return {one.code for one in plan.findings}


def test_columns_in_another_order_with_some_that_are_only_shown() -> None:
    data = workbook([
        ["KẾ HOẠCH"], ["Công tác năm 2026 của Đảng ủy phường"], [],
        ["Thời hạn hoàn thành", "Tên đề án", "STT", "Cấp trình", "Cơ quan phối hợp", "Cơ quan chủ trì",
         "Lãnh đạo phụ trách", "Sản phẩm"],
        ["", "ĐỀ ÁN TRÌNH BAN CHẤP HÀNH", "I"],
        ["Quý II/2026", "Đề án phát triển du lịch", 1, "Ban Chấp hành", "UBND phường; MTTQ", "Văn phòng",
         "Đ/c Nguyễn Văn An", "Đề án"],
        ["Tháng 9", "Đề án chuyển đổi số", 2, "Thường trực", "", "UBND phường", "", ""],
    ])
    plan = read(data)
    assert plan.header.year == 2026
    assert shorts(plan) == [
        Short("I", "section", "ĐỀ ÁN TRÌNH BAN CHẤP HÀNH"),
        Short("I/1", "item", "Đề án phát triển du lịch", ("Văn phòng",), ("UBND phường", "MTTQ"),
              ("Đ/c Nguyễn Văn An",), "", "Quý II/2026", (("Cấp trình", "Ban Chấp hành"), ("Sản phẩm", "Đề án"))),
        Short("I/2", "item", "Đề án chuyển đổi số", ("UBND phường",), (), (), "", "Tháng 9",
              (("Cấp trình", "Thường trực"),)),
    ]
    assert [one.source_lines for one in findings(plan, "COLUMNS_UNKNOWN")] == [(4,), (4,)]
    assert node(plan, "I/2").end.last == date(2026, 9, 30)




def test_a_heading_of_two_rows_letters_above_numerals_and_numbers_that_restart() -> None:
    def change(sheet: Worksheet) -> None:
        for area in ("A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2", "A4:G4", "A8:G8"):
            sheet.merge_cells(area)

    data = workbook([
        ["TT", "Nhiệm vụ", "Cơ quan", None, "Thời gian", None, "Ghi chú"],
        [None, None, "Chủ trì", "Phối hợp", "Bắt đầu", "Hoàn thành", None],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ["A. NHIỆM VỤ TRỌNG TÂM"],
        ["I", "Xây dựng Đảng"],
        [1, "Học tập nghị quyết", "Ban Tuyên giáo", "UBND phường", "01/2026", "03/2026", "đợt 1"],
        [2, "Kiểm tra chi bộ", "UBKT", "", "", "Quý IV/2026", ""],
        ["B. NHIỆM VỤ THƯỜNG XUYÊN"],
        [1, "Họp giao ban", "Văn phòng", "", "", "Hàng tháng", ""],
    ], change)
    plan = read(data)
    assert [(one.path, one.kind.value, one.parent) for one in plan.nodes] == [
        ("A", "section", ""), ("A/I", "group", "A"), ("A/I/1", "item", "A/I"), ("A/I/2", "item", "A/I"),
        ("B", "section", ""), ("B/1", "item", "B"),
    ]
    assert short(node(plan, "A/I/1")) == Short(
        "A/I/1", "item", "Học tập nghị quyết", ("Ban Tuyên giáo",), ("UBND phường",), (), "01/2026", "03/2026",
        (("Ghi chú", "đợt 1"),),
    )
    assert node(plan, "B/1").end.kind is TimeKind.RECURRING
    assert not codes(plan) & {"NUMBER_REPEATED", "ROW_WITHOUT_NUMBER", "LINE_NOT_A_ROW"}


def test_no_number_column_headings_over_the_whole_row_and_a_lone_time_column() -> None:
    def change(sheet: Worksheet) -> None:
        for row in (2, 5):
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=4)

    data = workbook([
        ["Nội dung công việc", "Đơn vị thực hiện", "Phối hợp", "Thời gian thực hiện"],
        ["Lĩnh vực kinh tế"],
        ["Rà soát quy hoạch", "Phòng QLĐT", "", "Quý I/2026"],
        ["Thu ngân sách", "Chi cục Thuế", "UBND các phường", "Cả năm 2026"],
        ["Lĩnh vực văn hóa"],
        ["Tổ chức hội chợ", "Phòng VHTT", "", "Tháng 4/2026"],
    ], change)
    plan = read(data)
    assert shorts(plan) == [
        Short("§1", "section", "Lĩnh vực kinh tế"),
        Short("§1/1", "item", "Rà soát quy hoạch", ("Phòng QLĐT",), (), (), "Quý I/2026"),
        Short("§1/2", "item", "Thu ngân sách", ("Chi cục Thuế",), ("UBND các phường",), (), "Cả năm 2026"),
        Short("§2", "section", "Lĩnh vực văn hóa"),
        Short("§2/1", "item", "Tổ chức hội chợ", ("Phòng VHTT",), (), (), "Tháng 4/2026"),
    ]
    assert findings(plan, "NUMBERS_ABSENT")
    assert "ROW_WITHOUT_NUMBER" not in codes(plan)


def test_numbers_inside_the_contents() -> None:
    data = workbook([
        ["Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn"],
        ["I. Cải cách hành chính"],
        ["1. Rà soát thủ tục", "Văn phòng", "30/6/2026"],
        ["2. Công khai kết quả", "Văn phòng", "Quý III/2026"],
    ])
    plan = read(data)
    assert [(one.path, one.code, one.title) for one in plan.nodes] == [
        ("I", "I", "Cải cách hành chính"), ("I/1", "1", "Rà soát thủ tục"), ("I/2", "2", "Công khai kết quả"),
    ]
    assert node(plan, "I/1").printed.title == "1. Rà soát thủ tục"
    assert node(plan, "I/1").printed.code == ""


def test_a_title_repeated_in_every_column_is_a_heading() -> None:
    plan = made_plan("I|NHIỆM VỤ CHUNG|NHIỆM VỤ CHUNG|NHIỆM VỤ CHUNG|NHIỆM VỤ CHUNG||", "1|Việc||TTYT|||Quý I/2023",
                     "II. NHIỆM VỤ RIÊNG||||||", "1|Việc||TTYT|||Quý II/2023")
    assert [(one.path, one.title) for one in plan.nodes] == [
        ("I", "NHIỆM VỤ CHUNG"), ("I/1", "Việc"), ("II", "NHIỆM VỤ RIÊNG"), ("II/1", "Việc"),
    ]
    assert plan.nodes[0].kind is NodeKind.SECTION
    assert not plan.nodes[0].lead_units


def test_days_and_numbers_as_they_are_typed() -> None:
    def change(sheet: Worksheet) -> None:
        for row in range(2, 6):
            sheet.cell(row, 1).number_format = "0.0" if row < 5 else "0.00"
        sheet.cell(2, 4).number_format = "dd/mm/yyyy"
        sheet.cell(3, 4).number_format = "mm/yyyy"
        for row, code in ((2, "0%"), (3, "0.0%"), (4, "#,##0"), (5, 'General" ngày"')):
            sheet.cell(row, 5).number_format = code

    data = workbook([
        ["STT", "Nội dung", "Đơn vị chủ trì", "Thời hạn hoàn thành", "Chỉ số"],
        [1.1, "Việc một", "TTYT", datetime(2026, 6, 30), 0.93],
        [1.2, "Việc hai", "TTYT", datetime(2026, 9, 1), 0.935],
        [1.3, "Việc ba", "TTYT", 46112, 1500],
        [1.10, "Việc bốn", "TTYT", 2026, 12],
    ], change)
    plan = read(data)
    items = [one for one in plan.nodes if one.kind is NodeKind.ITEM]
    assert [one.code for one in items] == ["1.1", "1.2", "1.3", "1.10"]
    assert [one.end.text for one in items] == ["30/06/2026", "09/2026", "31/03/2026", "2026"]
    assert [one.end.last for one in items] == [
        date(2026, 6, 30), date(2026, 9, 30), date(2026, 3, 31), date(2026, 12, 31),
    ]
    assert [one.extra[0][1] for one in items] == ["93%", "93,5%", "1.500", "12 ngày"]
    assert [one.source_lines for one in findings(plan, "TIME_SERIAL")] == [(4,)]


def test_a_number_whose_last_zero_excel_dropped() -> None:
    rows: list[list[str | float]] = [["TT", "Nội dung", "Đơn vị chủ trì"], ["1", "Nhóm", ""]]
    rows += [[float(f"1.{number}"), f"Việc {number}", "TTYT"] for number in range(8, 12)]
    plan = read(workbook(rows))
    assert [one.path for one in plan.nodes] == ["1", "1/1.8", "1/1.9", "1/1.10", "1/1.11"]
    told = findings(plan, "NUMBER_ZERO_RESTORED")[0]
    assert (told.path, told.cell) == ("1/1.10", CellReading("code", "1.1", "1.10", "1.10"))


def test_days_counted_from_1904() -> None:
    book = Workbook()
    book.epoch = datetime(1904, 1, 1)
    sheet = sheet_of(book)
    sheet.append(["TT", "Nội dung", "Đơn vị chủ trì", "Thời hạn"])
    sheet.append([1, "Việc một", "TTYT", datetime(2026, 6, 30)])
    sheet.append([2, "Việc hai", "TTYT", 44650])
    sheet.cell(2, 4).number_format = "d/m/yyyy"
    plan = read(saved(book))
    assert [one.end.text for one in plan.nodes] == ["30/06/2026", "31/03/2026"]


def test_cells_that_reach_over_several_rows() -> None:
    def change(sheet: Worksheet) -> None:
        for area in ("C2:C3", "A4:A5", "B4:B5"):
            sheet.merge_cells(area)

    data = workbook([
        ["TT", "Nội dung", "Lãnh đạo phụ trách", "Đơn vị chủ trì", "Thời gian hoàn thành"],
        [1, "Việc một", "Đ/c Nguyễn Văn An", "TTYT", "Quý I/2026"],
        [2, "Việc hai", None, "Phòng Y tế", "Quý II/2026"],
        [3, "Việc ba", "Đ/c Trần Thị Bình", "TTYT", "Quý III/2026"],
        [None, None, "Đ/c Lê Văn Cường", "Phòng VHTT", "Quý IV/2026"],
    ], change)
    plan = read(data)
    assert [(one.path, one.leaders, one.lead_units) for one in plan.nodes] == [
        ("1", ("Đ/c Nguyễn Văn An",), ("TTYT",)), ("2", ("Đ/c Nguyễn Văn An",), ("Phòng Y tế",)),
        ("3", ("Đ/c Trần Thị Bình", "Đ/c Lê Văn Cường"), ("TTYT", "Phòng VHTT")),
    ]
    assert node(plan, "3").source_lines == (4, 5)
    assert findings(plan, "CELLS_MERGED_DOWN")[0].source_lines == (3,)
    assert findings(plan, "MERGED_ROWS_JOINED")[0].path == "3"


def test_what_is_hidden_is_read_and_told() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True

    data = workbook([
        ["TT", "Nội dung", "Đơn vị chủ trì", "Thời hạn"], [1, "Việc", "TTYT", "Quý I/2026"],
        [2, "Việc khác", "TTYT", "Quý II/2026"],
    ], change)
    plan = read(data)
    assert [one.end.text for one in plan.nodes] == ["Quý I/2026", "Quý II/2026"]
    assert findings(plan, "ROWS_HIDDEN")[0].source_lines == (3,)
    assert "“Thời hạn”" in findings(plan, "COLUMNS_HIDDEN")[0].message


def test_formulas_are_read_by_the_value_last_saved() -> None:
    data = workbook([
        ["TT", "Nội dung", "Đơn vị chủ trì", "Thời hạn"], [1, "Việc", "TTYT", "Quý I/2026"],
        ["=A2+1", "Việc khác", "TTYT", '="Quý "&"II/2026"'], [3, "Việc nữa", "TTYT", "#REF!"],
    ])
    sheet = part(data, "xl/worksheets/sheet1.xml")
    lost = read(data)
    assert findings(lost, "FORMULA_WITHOUT_VALUE")[0].source_lines == (3,)
    assert [one.title for one in lost.nodes] == ["Việc", "Việc khác", "Việc nữa"]
    assert findings(lost, "CELL_ERROR_VALUE")[0].path == "3"
    kept = sheet.replace(b'<c r="A3"><f>A2+1</f><v></v></c>', b'<c r="A3"><f>A2+1</f><v>2</v></c>').replace(
        b"<v></v></c></row><row r=\"4\"", '<v>Quý II/2026</v></c></row><row r="4"'.encode()
    ).replace(b'<c r="D3">', b'<c r="D3" t="str">')
    plan = read(with_parts(data, {"xl/worksheets/sheet1.xml": kept}))
    assert (plan.nodes[1].path, plan.nodes[1].end.text) == ("2", "Quý II/2026")
    assert "FORMULA_WITHOUT_VALUE" not in codes(plan)


def book_of_three() -> bytes:
    """Guidance, a small table, a larger one, and a larger one still that is hidden."""
    book = Workbook()
    first = sheet_of(book)
    first.title = "Hướng dẫn"
    first.append(["Cách ghi biểu"])
    small = book.create_sheet("Biểu 1")
    for row in (["TT", "Nội dung", "Đơn vị chủ trì", "Thời hạn"], [1, "Việc nhỏ", "TTYT", "Quý I/2026"]):
        small.append(row)
    large = book.create_sheet("Biểu 2")
    large.append(["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn"])
    for number in range(1, 5):
        large.append([number, f"Việc {number}", "TTYT", "UBND các phường", "Quý II/2026"])
    secret = book.create_sheet("Nháp")
    secret.sheet_state = "hidden"
    secret.append(["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn"])
    for number in range(1, 9):
        secret.append([number, f"Nháp {number}", "TTYT", "", "Quý II/2026"])
    return saved(book)


def test_names_on_lines_of_their_own_are_several_and_a_wrapped_name_is_one() -> None:
    cells = {
        "Phòng Kinh tế\nCông an quận": ("Phòng Kinh tế", "Công an quận"),
        "- Phòng Nội vụ;\n- TTYT": ("Phòng Nội vụ", "TTYT"),
        "Phòng Tài nguyên và\nMôi trường": ("Phòng Tài nguyên và Môi trường",),
        "Trung tâm Phát triển\nquỹ đất": ("Trung tâm Phát triển quỹ đất",),
        "Phòng Văn hóa\nvà Thông tin\nHội LHPN quận": ("Phòng Văn hóa và Thông tin", "Hội LHPN quận"),
        "Phòng Tài chính -\nKế hoạch": ("Phòng Tài chính - Kế hoạch",),
    }
    rows = [["TT", "Nội dung", "Đơn vị chủ trì"]]
    rows += [[str(number), f"Việc {number}", cell] for number, cell in enumerate(cells, start=1)]
    plan = read(workbook(rows))
    assert [one.lead_units for one in plan.nodes] == list(cells.values())
    assert not findings(plan, "UNIT_UNKNOWN")


def test_several_sheets_are_a_choice() -> None:
    data = book_of_three()
    opened = source(data)
    assert [(one.grid.key, len(one.table.rows), one.grid.hidden) for one in opened.tables] == [
        ("Biểu 1", 1, False), ("Biểu 2", 4, False), ("Nháp", 8, True),
    ]
    plan = read(data)
    assert [one.title for one in plan.nodes] == [f"Việc {number}" for number in range(1, 5)]
    told = findings(plan, "TABLES_OTHER")[0].message
    assert "“Biểu 1”" in told
    assert "“Nháp”" in told
    assert [one.title for one in read(data, table="biểu 1").nodes] == ["Việc nhỏ"]
    hidden = read(data, table="Nháp")
    assert len(hidden.nodes) == 8
    assert findings(hidden, "SHEET_HIDDEN")
    with pytest.raises(Mistake) as caught:
        read(data, table="Biểu 9")
    assert caught.value.code == "PLAN_TABLE_UNKNOWN"


def test_letterhead_and_signatures_around_a_sheets_table() -> None:
    data = workbook([
        ["ỦY BAN NHÂN DÂN\nPHƯỜNG BỒ ĐỀ", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["Số: 15/KH-UBND", "", "", "Bồ Đề, ngày 05 tháng 01 năm 2026"], ["KẾ HOẠCH"], ["Công tác năm 2026"], [],
        ["TT", "Nội dung", "Đơn vị chủ trì", "Thời hạn"], [1, "Việc một", "Văn phòng", "Quý I/2026"],
        [2, "Việc hai", "Văn phòng", "Quý II/2026"], [], ["Ghi chú: số liệu tạm tính"],
        ["Nơi nhận: như trên", "", "", "CHỦ TỊCH"], [None, None, None, "Nguyễn Văn An"],
    ])
    plan = read(data)
    header = plan.header
    assert (header.number, header.day, header.title, header.signer) == (
        "15/KH-UBND", date(2026, 1, 5), "Công tác năm 2026", "Nguyễn Văn An",
    )
    assert [one.end.text for one in plan.nodes] == ["Quý I/2026", "Quý II/2026"]
    assert [one.source_lines[0] for one in findings(plan, "LINE_NOT_A_ROW")] == [10, 11, 12]
    assert plan.narrative[-1].text == "Nguyễn Văn An"


def test_line_breaks_in_cells_and_columns_without_a_heading() -> None:
    data = workbook([
        ["TT", "Nội dung", "Đơn vị chủ trì"],
        [1, "Việc một\nphần tiếp theo", "Văn phòng;\nPhòng VHTT", "bổ sung ngày 3/2"],
    ])
    plan = read(data)
    assert short(plan.nodes[0]) == Short(
        "1", "item", "Việc một phần tiếp theo", ("Văn phòng", "Phòng VHTT"), extra=(("Cột D", "bổ sung ngày 3/2"),),
    )
    assert plan.nodes[0].printed.title == "Việc một\nphần tiếp theo"


def test_a_row_without_number_in_a_sheet_is_a_row_of_its_own() -> None:
    plan = read(workbook([
        ["TT", "Nội dung", "Đơn vị chủ trì", "Thời hạn"], [1, "Việc một", "TTYT", "Quý I/2026"],
        [None, "Việc chen vào", "Văn phòng", "Quý II/2026"], [None, "- bổ sung cho việc trên"],
        [2, "Việc hai", "TTYT", "Quý III/2026"],
    ]))
    assert [(one.path, one.title) for one in plan.nodes] == [
        ("1", "Việc một"), ("?", "Việc chen vào - bổ sung cho việc trên"), ("2", "Việc hai"),
    ]
    assert [one.source_lines for one in findings(plan, "ROW_WITHOUT_NUMBER")] == [(3,), (3, 4)]


WORD_ROWS = [
    ["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành", "Sản phẩm"],
    ["I", "CHUYỂN ĐỔI SỐ", "", "", "", ""],
    ["1", "Số hóa hồ sơ", "Văn phòng", "UBND các phường", "Quý II/2026", "Kho dữ liệu"],
    ["2", "Tập huấn", "Phòng VHTT", "", "Tháng 4/2026", ""],
]
WORD_HEAD = ["Số 7-KH/QU", "Long Biên, ngày 10 tháng 01 năm 2026", "KẾ HOẠCH", "Chuyển đổi số năm 2026",
             "I. MỤC ĐÍCH", "Nâng cao chất lượng."]
WORD_READING = [
    Short("I", "section", "CHUYỂN ĐỔI SỐ"),
    Short("I/1", "item", "Số hóa hồ sơ", ("Văn phòng",), ("UBND các phường",), (), "", "Quý II/2026",
          (("Sản phẩm", "Kho dữ liệu"),)),
    Short("I/2", "item", "Tập huấn", ("Phòng VHTT",), (), (), "", "Tháng 4/2026"),
]


def test_a_word_table_with_paragraphs_around_it() -> None:
    def change(made: WordDocument) -> None:
        made.add_paragraph("Nơi nhận: các đơn vị")

    data = document(WORD_ROWS, WORD_HEAD, change)
    plan = read(data, ".docx")
    assert (plan.header.number, plan.header.day, plan.header.year) == ("7-KH/QU", date(2026, 1, 10), 2026)
    assert shorts(plan) == WORD_READING
    assert [one.source_lines for one in plan.nodes] == [(8,), (9,), (10,)]
    assert [one.text for one in plan.narrative][-3:] == ["I. MỤC ĐÍCH", "Nâng cao chất lượng.", "Nơi nhận: các đơn vị"]


def test_merged_cells_of_a_word_table() -> None:
    def change(made: WordDocument) -> None:
        table = made.tables[0]
        table.cell(1, 0).merge(table.cell(1, 5))
        table.cell(2, 4).merge(table.cell(3, 4))

    rows = [WORD_ROWS[0], ["I. CHUYỂN ĐỔI SỐ", "", "", "", "", ""], WORD_ROWS[2], [*WORD_ROWS[3][:4], "", ""]]
    plan = read(document(rows, WORD_HEAD, change), ".docx")
    assert [(one.path, one.title, one.end.text) for one in plan.nodes] == [
        ("I", "CHUYỂN ĐỔI SỐ", ""), ("I/1", "Số hóa hồ sơ", "Quý II/2026"), ("I/2", "Tập huấn", "Quý II/2026"),
    ]
    assert findings(plan, "CELLS_MERGED_DOWN")


def test_numbers_that_word_sets_itself() -> None:
    def change(made: WordDocument) -> None:
        for row in made.tables[0].rows[2:]:
            row.cells[0].paragraphs[0].style = made.styles["List Number"]
        for row in made.tables[0].rows[1:2]:
            row.cells[1].paragraphs[0].style = made.styles["List Bullet"]

    rows = [WORD_ROWS[0], WORD_ROWS[1], ["", *WORD_ROWS[2][1:]], ["", *WORD_ROWS[3][1:]]]
    plan = read(document(rows, WORD_HEAD, change), ".docx")
    assert [(one.path, one.code, one.title) for one in plan.nodes] == [
        ("I", "I", "- CHUYỂN ĐỔI SỐ"), ("I/1", "1.", "Số hóa hồ sơ"), ("I/2", "2.", "Tập huấn"),
    ]
    assert findings(plan, "NUMBERS_FROM_WORD")[0].source_lines == (9, 10)


def test_tracked_changes_count_as_accepted() -> None:
    def change(made: WordDocument) -> None:
        paragraph = made.tables[0].cell(2, 1).paragraphs[0]
        run = paragraph.runs[0]._r
        for name, text_tag, text in (("w:del", "w:delText", "giấy "), ("w:ins", "w:t", " và tài liệu")):
            holder = OxmlElement(name)
            inner = OxmlElement("w:r")
            said = OxmlElement(text_tag)
            said.text = text
            said.set(qn("xml:space"), "preserve")
            inner.append(said)
            holder.append(inner)
            run.addnext(holder) if name == "w:ins" else run.addprevious(holder)

    plan = read(document(WORD_ROWS, WORD_HEAD, change), ".docx")
    assert node(plan, "I/1").title == "Số hóa hồ sơ và tài liệu"
    assert findings(plan, "TRACKED_CHANGES")[0].source_lines == (9,)


def test_a_table_inside_a_cell_is_told() -> None:
    def change(made: WordDocument) -> None:
        inner = made.tables[0].cell(2, 5).add_table(1, 1)
        inner.cell(0, 0).text = "bảng con"

    plan = read(document(WORD_ROWS, WORD_HEAD, change), ".docx")
    assert [one.path for one in plan.nodes] == ["I", "I/1", "I/2"]
    assert findings(plan, "NESTED_TABLE_SKIPPED")[0].source_lines == (9,)


def test_several_word_tables() -> None:
    def change(made: WordDocument) -> None:
        made.add_paragraph("Phụ lục 2")
        other = made.add_table(2, 3)
        for row, texts in zip(other.rows, (("TT", "Chỉ tiêu", "Đơn vị chủ trì"), ("1", "Chỉ tiêu một", "TTYT")),
                              strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    data = document(WORD_ROWS, WORD_HEAD, change)
    assert shorts(read(data, ".docx")) == WORD_READING
    other = read(data, ".docx", table="Bảng 2")
    assert [one.title for one in other.nodes] == ["Chỉ tiêu một"]
    assert "Số hóa hồ sơ" not in " ".join(one.text for one in other.narrative)
    assert findings(other, "TABLES_OTHER")


def test_a_table_that_goes_on_in_the_next() -> None:
    def change(made: WordDocument) -> None:
        made.add_paragraph("")
        more = made.add_table(1, 6)
        for cell, text in zip(more.rows[0].cells, ("3", "Việc ba", "Văn phòng", "", "Quý IV/2026", ""), strict=True):
            cell.text = text

    plan = read(document(WORD_ROWS, WORD_HEAD, change), ".docx")
    assert [one.path for one in plan.nodes] == ["I", "I/1", "I/2", "I/3"]


def _without_lines(plan: Plan) -> list[tuple[object, ...]]:
    return [
        (one.path, one.kind, one.code, one.title, one.stated_count, one.leaders, one.lead_units,
         one.coordinating_units, one.expands_to, one.start, one.end, one.targets, one.parent, one.extra)
        for one in plan.nodes
    ]


def test_small_letters_below_a_number() -> None:
    plan = read(workbook([
        ["TT", "Nội dung", "Đơn vị chủ trì", "Thời hạn"], ["I/", "NHIỆM VỤ"], ["1)", "Cải cách hành chính"],
        ["a)", "Rà soát thủ tục", "TTYT", "Quý I/2026"], ["b)", "Công khai", "TTYT", "Quý II/2026"],
        ["2)", "Việc hai", "TTYT", "Quý II/2026"], ["a)", "Việc kèm", "TTYT", "Quý II/2026"],
    ]))
    assert [(one.path, one.kind.value) for one in plan.nodes] == [
        ("I", "section"), ("I/1", "group"), ("I/1/a", "item"), ("I/1/b", "item"), ("I/2", "item"), ("I/a", "item"),
    ]
    assert not codes(plan) & {"NUMBER_SKIPPED", "NUMBER_WITHOUT_HEADING", "NUMBER_REPEATED"}


def test_a_heading_of_two_rows_in_word() -> None:
    def change(made: WordDocument) -> None:
        table = made.tables[0]
        for column in (0, 1, 2):
            table.cell(0, column).merge(table.cell(1, column))
        table.cell(0, 3).merge(table.cell(0, 4))

    rows = [
        ["STT", "Nhiệm vụ", "Chủ trì", "Thời gian thực hiện", ""], ["", "", "", "Từ ngày", "Đến ngày"],
        ["1", "Việc một", "TTYT", "02/01/2026", "30/6/2026"],
    ]
    plan = read(document(rows, WORD_HEAD, change), ".docx")
    assert shorts(plan) == [Short("1", "item", "Việc một", ("TTYT",), (), (), "02/01/2026", "30/6/2026")]


def test_a_sum_below_the_table_is_no_task() -> None:
    plan = read(workbook([
        ["TT", "Nội dung", "Đơn vị chủ trì", "Kinh phí", "Thời hạn"], [1, "Việc", "TTYT", 1500, "Quý I/2026"],
        [None, "Tổng cộng", None, 1500],
    ]))
    assert [one.path for one in plan.nodes] == ["1"]
    assert findings(plan, "LINE_NOT_A_ROW")[0].source_lines == (3,)


def test_rows_that_could_not_travel_stop_the_import() -> None:
    plan = read(workbook([
        ["TT", "Nội dung", "Đơn vị chủ trì", "Thời hạn"], [1, "Việc " * 5000, "TTYT", "Quý I/2026"],
        [2, "Việc", "TTYT", "Quý I/2026"],
    ]))
    told = findings(plan, "ROW_TOO_LONG")
    assert [(one.path, one.severity) for one in told] == [("1", Severity.ERROR)]
    long = read(workbook([["chữ " * 6000], ["TT", "Nội dung", "Đơn vị chủ trì"], [1, "Việc", "TTYT"]]))
    assert findings(long, "PARAGRAPH_TOO_LONG")[0].source_lines == (1,)


HEADINGS = {
    CODE: ("TT", "STT", "Stt.", "Số TT", "Số thứ tự", "S.T.T"),
    TITLE: ("Nội dung", "NỘI DUNG\nTHỰC HIỆN", "Nhiệm vụ", "Tên đề án", "Công việc", "Chỉ tiêu", "Các nhiệm vụ chủ yếu",
            "Tên nhiệm vụ", "Nội dung, kết quả"),
    LEADERS: ("Lãnh đạo phụ trách", "Đồng chí chỉ đạo", "Người phụ trách", "Lãnh đạo chủ trì", "Phụ trách"),
    LEADS: ("Đơn vị chủ trì", "Cơ quan chủ trì", "Cơ quan, đơn vị chủ trì", "Chủ trì", "Đơn vị thực hiện",
            "Cơ quan tham mưu", "Đơn vị", "Đơn vị phụ trách"),
    COORDINATORS: ("Đơn vị phối hợp", "Cơ quan phối hợp", "Phối hợp"),
    START: ("Thời gian thực hiện", "Bắt đầu", "Thời gian bắt đầu", "Thời gian", "Tiến độ", "Từ ngày"),
    END: ("Thời gian hoàn thành", "Thời hạn", "Mốc hoàn thành", "Hạn hoàn thành", "Ngày hoàn thành", "Kết thúc",
          "Tiến độ hoàn thành", "Mốc thời gian", "Đến ngày"),
    UNKNOWN: ("Sản phẩm", "Ghi chú", "Cấp trình", "Kết quả hoàn thành", "Đơn vị tính", "Tỷ lệ hoàn thành",
              "Kinh phí thực hiện nhiệm vụ", "Lĩnh vực", "Tên sản phẩm"),
}


@pytest.mark.parametrize(("meaning", "heading"), [
    (meaning, heading) for meaning, headings in HEADINGS.items() for heading in headings
])
def test_what_headings_mean(meaning: int, heading: str) -> None:
    around = {CODE: "STT", TITLE: "Nội dung", LEADS: "Đơn vị chủ trì", COORDINATORS: "Phối hợp", END: "Thời hạn"}
    around.pop(meaning, None)
    if meaning == START:
        around.pop(END)
    for texts in ((heading, *around.values()), (*around.values(), heading)):
        header = read_header([GridRow(1, tuple(texts))], 0, torn=False)
        assert header is not None, texts
        assert next(one.meaning for one in header.columns if one.heading == " ".join(heading.split())) == meaning


def test_the_real_plan_in_excel_reads_as_in_text() -> None:
    plan = read(workbook([line.split("\t") for line in long_bien_lines()]))
    assert plan.header == long_bien_plan().header
    assert plan.nodes == long_bien_plan().nodes
    assert plan.narrative == long_bien_plan().narrative
    # A sheet does not keep the empty cells at the end of a row, so fewer rows of that page are seen to be too wide.
    assert [(one.code, one.source_lines) for one in plan.findings if one.code != "COLUMNS_EXTRA"] == [
        (one.code, one.source_lines) for one in long_bien_plan().findings if one.code != "COLUMNS_EXTRA"
    ]
    assert findings(plan, "COLUMNS_EXTRA")[0].source_lines == (298, 299, 300, 302, 303, 305)


def test_the_real_plan_in_word_reads_as_in_text() -> None:
    lines = long_bien_lines()
    rows = [line.split("\t") for line in lines[261:] if line.strip()]
    plan = read(document(rows, lines[:261]), ".docx")
    assert plan.header == long_bien_plan().header
    assert _without_lines(plan) == _without_lines(long_bien_plan())
    assert sorted(one.code for one in plan.findings) == sorted(one.code for one in long_bien_plan().findings)


@pytest.mark.parametrize("name", ["ke-hoach-libreoffice.xlsx", "ke-hoach-libreoffice.docx"])
def test_the_real_plan_as_another_program_wrote_it(name: str) -> None:
    """Files that LibreOffice 7.4 made of a page with the plan's table; numbers such as 2.5 became typed numbers."""
    plan = read((FILES / name).read_bytes(), Path(name).suffix)
    assert (plan.header.number, plan.header.issuer) == ("160-KH/QU", "Ban Thường vụ Quận ủy Long Biên")
    for one, wanted in zip(plan.nodes, long_bien_plan().nodes, strict=True):
        assert (one.path, one.kind, one.title, one.leaders, one.lead_units, one.coordinating_units) == (
            wanted.path, wanted.kind, wanted.title, wanted.leaders, wanted.lead_units, wanted.coordinating_units,
        )
        assert (one.start, one.end, one.targets) == (wanted.start, wanted.end, wanted.targets)
    # The page had no markup left; Excel drops the last zero of a typed 1.10.
    there = Counter(one.code for one in plan.findings)
    wanted_codes = Counter(one.code for one in long_bien_plan().findings if one.code != "MARKUP_REMOVED")
    assert there - Counter({"NUMBER_ZERO_RESTORED": 1}) == wanted_codes


def test_the_real_plan_again_without_its_pages() -> None:
    """Header once, halves joined: what an office's own file of this plan looks like."""
    text = long_bien_plan()
    rows: list[list[str]] = [long_bien_lines()[261].split("\t")]
    rows += [
        [cell.replace("\n", " ").replace("\t", " ") for cell in (
            one.printed.code.split("\n")[0], one.title, "; ".join(one.leaders), one.printed.lead_units,
            one.printed.coordinating_units, one.start.text, one.end.text,
        )]
        for one in text.nodes if "/+" not in one.path
    ]
    head = [[line] for line in long_bien_lines()[:261]]
    plan = read(workbook([*head, *rows]))
    expected = {one.path: one for one in text.nodes if "/+" not in one.path}
    assert [one.path for one in plan.nodes] == list(expected)
    for one in plan.nodes:
        wanted = expected[one.path]
        assert (one.kind, one.title, one.leaders, one.start, one.end) == (
            wanted.kind, wanted.title, wanted.leaders, wanted.start, wanted.end,
        )


def test_the_bundled_file_is_read_as_text() -> None:
    opened = source(PLAN_FILE.read_bytes(), ".txt")
    assert opened.kind == "text"
    assert len(opened.tables) == 1
    assert opened.proposal is None
