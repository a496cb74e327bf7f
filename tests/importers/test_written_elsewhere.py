"""Plans laid out as ward offices lay them out, in files that LibreOffice 7.4 made, with the reading a person gives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.importers.names.leaders import is_addressed, split_leaders
from desktop.models.plan import Plan, Severity
from tests.importers.office_files import read, workbook
from tests.importers.plan_text import findings, node

FILES = Path(__file__).parent / "files"


def plan_in(name: str) -> Plan:
    return read((FILES / name).read_bytes(), Path(name).suffix)


def places(plan: Plan) -> list[tuple[str, str, str]]:
    return [(one.path, one.kind.value, one.title) for one in plan.nodes]


def test_rows_with_a_dash_below_a_heading_are_its_work() -> None:
    plan = plan_in("gach-dau-dong.xlsx")
    assert places(plan) == [
        ("1", "group", "Cải cách thể chế"),
        ("1/*1", "item", "Rà soát văn bản quy phạm pháp luật"), ("1/*2", "item", "Kiểm tra văn bản"),
        ("2", "group", "Cải cách thủ tục hành chính"),
        ("2/2.1", "item", "Công khai thủ tục"), ("2/2.2", "item", "Đơn giản hóa thủ tục"),
    ]
    assert node(plan, "1/*1").printed.title == "- Rà soát văn bản quy phạm pháp luật"
    assert node(plan, "2/2.1").lead_units == ("Văn phòng HĐND và UBND", "Phòng Nội vụ", "UBND các phường")
    assert not findings(plan, "ROW_WITHOUT_NUMBER")
    below = findings(plan, "LINE_NOT_A_ROW")
    assert [(one.source_lines, one.severity) for one in below] == [((11,), Severity.NOTE), ((12,), Severity.NOTE)]
    assert plan.header.signer == "Nguyễn Văn An"


def test_rows_with_a_dash_below_work_are_parts_of_it() -> None:
    plan = read(workbook([
        ["TT", "Nội dung", "Đơn vị chủ trì", "Thời hạn"], [1, "Chỉnh trang", "TTYT", "Quý I/2026"],
        [None, "- Sơn tường", "Phòng QLĐT", "Quý II/2026"], [None, "- ghi chú thêm"], [2, "Việc", "TTYT", "Quý I/2026"],
    ]))
    assert places(plan) == [
        ("1", "item", "Chỉnh trang"), ("1/+1", "item", "- Sơn tường - ghi chú thêm"), ("2", "item", "Việc"),
    ]
    assert "“-”" in findings(plan, "PLUS_ROW")[0].message


def test_an_annex_names_its_plan_and_counts_groups_with_letters() -> None:
    plan = plan_in("phu-luc.docx")
    header = plan.header
    assert (header.number, header.day, header.issuer, header.title) == (
        "22-KH/ĐU", date(2026, 1, 15), "Đảng ủy phường Việt Hưng", "DANH MỤC NHIỆM VỤ TRỌNG TÂM NĂM 2026",
    )
    assert [one.path for one in plan.nodes] == ["I", "I/1", "I/2", "II", "II/1", "II/2", "II/2/a", "II/2/b"]
    assert not findings(plan, "COUNT_DIFFERS")


def test_a_number_with_two_units_and_numbers_that_count_on_over_sections() -> None:
    plan = plan_in("hai-don-vi-mot-so.xlsx")
    row = node(plan, "§1/1/1.1")
    assert row.lead_units == ("Ban Tuyên giáo", "Trung tâm Chính trị")
    assert row.leaders == ("Đ/c Nguyễn Văn A", "Đ/c Lê Thị B")
    assert plan.nodes[-1].path == "§2/2/2.1"
    assert not findings(plan, "NUMBER_SKIPPED")


@pytest.mark.parametrize("ending", [".xlsx", ".docx"])
def test_each_section_has_a_table_of_its_own(ending: str) -> None:
    plan = plan_in(f"moi-phan-mot-bang{ending}")
    assert places(plan) == [
        ("I", "section", "Công tác tuyên truyền"), ("I/1", "item", "Phát thanh (*)"), ("I/2", "item", "Treo pano"),
        ("II", "section", "Công tác tuần tra"), ("II/1", "item", "Tuần tra ban đêm"),
        ("II/2", "item", "Xử lý vi phạm (**)"),
    ]
    assert [one.text for one in plan.narrative][-2:] == ["(*) Mỗi ngày 02 lần.", "(**) Theo Nghị định 168."]
    assert not findings(plan, "NARRATIVE_MARKUP")
    assert not findings(plan, "TABLES_OTHER")


def test_a_list_of_members_above_the_plan_is_text() -> None:
    plan = plan_in("danh-sach-va-bieu.xlsx")
    assert places(plan) == [("1", "item", "Kiểm tra chung cư"), ("2", "item", "Diễn tập PCCC")]
    assert (node(plan, "1").lead_units, node(plan, "1").coordinating_units) == (("Công an phường",), ("Ban quản trị",))
    assert findings(plan, "TABLE_KEPT_AS_TEXT")[0].source_lines == (3, 4, 5, 6)
    assert {"Nguyễn Văn An", "Trưởng ban", "Nhiệm vụ cụ thể"} <= {one.text for one in plan.narrative}
    assert not findings(plan, "ROW_TOO_WIDE")


def test_rows_without_numbers_share_no_number() -> None:
    plan = read(workbook([
        ["Nội dung", "Đơn vị chủ trì", "Thời hạn"], ["I. MỘT"], ["- Việc a", "TTYT", "Quý I/2026"],
        ["II. HAI"], ["- Việc b", "TTYT", "Quý I/2026"],
    ]))
    assert [one.path for one in plan.nodes] == ["I", "I/1", "II", "II/1"]
    assert not findings(plan, "NUMBER_IN_SEVERAL_SECTIONS")


@pytest.mark.parametrize(("cell", "leaders"), [
    ("Nguyễn Văn An\nTrần Thị Bình", ("Nguyễn Văn An", "Trần Thị Bình")),
    ("Nguyễn Văn An - Chủ tịch;\nTrần Thị Bình - PCT", ("Nguyễn Văn An - Chủ tịch", "Trần Thị Bình - PCT")),
    ("- Đ/c Nguyễn Văn An\n- Đ/c Bình", ("Đ/c Nguyễn Văn An", "Đ/c Bình")),
    ("Đ/c Nguyễn\nVăn An", ("Đ/c Nguyễn Văn An",)),
    ("Nguyễn Văn An\nChủ tịch UBND", ("Nguyễn Văn An Chủ tịch UBND",)),
    ("Bí thư; Phó Bí thư", ("Bí thư; Phó Bí thư",)),
])
def test_leaders_on_lines_of_their_own(cell: str, leaders: tuple[str, ...]) -> None:
    assert split_leaders(cell) == leaders


def test_a_man_or_a_woman_is_named() -> None:
    assert [is_addressed(one) for one in ("Ông Lê Văn Cường", "Bà Trần Thị Hoa", "Ban Bảo vệ")] == [True, True, False]
