"""Small made-up plans: what other tables do that the bundled one does not, or does once."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.importers.printed_plan import read_text_plan
from desktop.models.plan import NodeKind, Plan, Severity
from tests.importers.plan_text import HEADER, findings, made_plan, node

SECTION = "I|NHIỆM VỤ|||||"


def item(code: str, title: str = "Việc", lead: str = "Phòng VHTT", end: str = "Quý I/2023") -> str:
    return f"{code}|{title}|Đ/c Nguyễn Văn An|{lead}|||{end}"


def paths(plan: Plan) -> list[str]:
    return [one.path for one in plan.nodes]


def codes(plan: Plan) -> set[str]:
    return {one.code for one in plan.findings}


def test_items_right_under_a_section() -> None:
    plan = made_plan(SECTION, item("1"), item("2"))
    assert paths(plan) == ["I", "I/1", "I/2"]


def test_no_section_at_all() -> None:
    plan = made_plan("1|Nhóm|||||", item("1.1"), item("1.2"), "2|Nhóm|||||", item("2.1"))
    assert paths(plan) == ["1", "1/1.1", "1/1.2", "2", "2/2.1"]


def test_numbers_with_a_closing_dot() -> None:
    plan = made_plan("I.|NHIỆM VỤ|||||", "1.|Nhóm|||||", item("1.1."))
    assert paths(plan) == ["I", "I/1", "I/1/1.1"]
    assert node(plan, "I/1/1.1").code == "1.1."


def test_a_number_used_three_times() -> None:
    plan = made_plan(SECTION, item("1"), item("1", "Việc khác"), item("1", "Việc nữa"))
    assert paths(plan) == ["I", "I/1", "I/1#2", "I/1#3"]
    assert len(findings(plan, "NUMBER_REPEATED")) == 2


def test_a_section_number_used_twice() -> None:
    plan = made_plan(SECTION, item("1"), SECTION, item("1"))
    assert paths(plan) == ["I", "I/1", "I#2", "I#2/1"]


def test_number_out_of_order_and_skipped() -> None:
    plan = made_plan(SECTION, item("1"), item("4"), item("3"))
    assert findings(plan, "NUMBER_SKIPPED")[0].path == "I/4"
    assert findings(plan, "NUMBER_OUT_OF_ORDER")[0].path == "I/3"


def test_a_number_without_its_heading_hangs_on_the_nearest() -> None:
    plan = made_plan(SECTION, "1|Nhóm|||||", item("1.2.1"))
    assert paths(plan) == ["I", "I/1", "I/1/1.2.1"]
    assert findings(plan, "NUMBER_WITHOUT_HEADING")[0].path == "I/1/1.2.1"


def test_star_groups_and_star_tasks() -> None:
    plan = made_plan(
        SECTION, "1|Nhóm|||||", "*|Nhóm sao (2 nội dung)|||||", item("1.1"), item("1.2"), item("*", "Việc dấu sao"),
        item("1.3"), "2|Nhóm sau|||||", item("2.1"),
    )
    assert paths(plan) == ["I", "I/1", "I/1/*1", "I/1/1.1", "I/1/1.2", "I/1/*2", "I/1/1.3", "I/2", "I/2/2.1"]
    assert [one.kind for one in plan.nodes if "*" in one.path] == [NodeKind.GROUP, NodeKind.ITEM]
    assert node(plan, "I/1/1.2").parent == "I/1/*1"
    assert node(plan, "I/1/1.3").parent == "I/1"
    assert node(plan, "I/1/*1").stated_count == 2
    assert "COUNT_DIFFERS" not in codes(plan)


def test_plus_rows_with_their_own_unit() -> None:
    plan = made_plan(
        SECTION, item("1"), "|+ Phần một||TTYT||Quý I/2023|Quý II/2023", "+|Phần hai||TTYT|||Quý III/2023", item("2"),
    )
    assert paths(plan) == ["I", "I/1", "I/1/+1", "I/1/+2", "I/2"]
    assert node(plan, "I/1/+1").title == "+ Phần một"


def test_two_plus_parts_of_one_cell() -> None:
    plan = made_plan(
        SECTION, item("1", "Việc: + phần một + phần hai"), "|||TTYT|||Quý II/2023", "|||PYT|||Quý III/2023",
    )
    assert paths(plan) == ["I", "I/1", "I/1/+1", "I/1/+2"]
    assert [node(plan, path).title for path in paths(plan)[1:]] == ["Việc:", "+ phần một", "+ phần hai"]
    assert node(plan, "I/1/+2").lead_units == ("PYT",)


def test_a_cut_row_whose_number_is_printed_again() -> None:
    plan = made_plan(SECTION, item("1", "Xây dựng kế hoạch"), HEADER.replace("\t", "|"), "1|triển khai||||||")
    assert node(plan, "I/1").title == "Xây dựng kế hoạch triển khai"
    assert "NUMBER_REPEATED" not in codes(plan)


def test_a_line_without_number_inside_a_page_is_joined_with_a_warning() -> None:
    plan = made_plan(SECTION, item("1", "Xây dựng"), "|kế hoạch|||||")
    assert node(plan, "I/1").title == "Xây dựng kế hoạch"
    assert findings(plan, "ROW_WITHOUT_NUMBER")[0].source_lines == (3, 4)


def test_a_first_row_without_number_is_kept() -> None:
    plan = made_plan("|Việc không số||TTYT|||", item("1"))
    assert paths(plan) == ["?", "1"]
    assert plan.nodes[0].title == "Việc không số"


def test_columns_in_another_order() -> None:
    header = "STT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tLãnh đạo chỉ đạo\tThời hạn hoàn thành"
    plan = made_plan("1|Việc|TTYT|PYT|Đ/c An|Quý I/2023", header=header)
    read = plan.nodes[0]
    assert (read.lead_units, read.coordinating_units, read.leaders) == (("TTYT",), ("PYT",), ("Đ/c An",))
    assert (read.start.text, read.end.last) == ("", date(2023, 3, 31))


def test_an_unknown_column_is_kept_as_printed_and_not_read() -> None:
    plan = made_plan("1|Việc|TTYT|kinh phí 20 triệu đồng", header="TT\tNội dung\tĐơn vị chủ trì\tGhi chú")
    assert plan.nodes[0].title == "Việc"
    assert not plan.nodes[0].targets
    assert plan.nodes[0].printed.title == "Việc"
    assert plan.nodes[0].extra == (("Ghi chú", "kinh phí 20 triệu đồng"),)
    assert [one.source_lines for one in findings(plan, "COLUMNS_UNKNOWN")] == [(1,)]


def test_a_half_with_only_an_unknown_column_is_not_lost() -> None:
    header = "TT\tNội dung\tĐơn vị chủ trì\tGhi chú"
    plan = made_plan("1|Việc|TTYT|kinh phí", header.replace("\t", "|"), "|||theo dự toán", header=header)
    assert plan.nodes[0].source_lines == (2, 4)
    assert plan.nodes[0].extra == (("Ghi chú", "kinh phí\ntheo dự toán"),)
    assert findings(plan, "JOINED_OVER_PAGE_BREAK")


def test_an_empty_extra_column_is_taken_out() -> None:
    plan = made_plan("1|Việc|||TTYT|PYT|Quý I/2023|Quý II/2023")
    assert plan.nodes[0].lead_units == ("TTYT",)
    assert findings(plan, "COLUMNS_EXTRA")


def test_surplus_cells_are_kept_in_the_last_column() -> None:
    plan = made_plan("1|Việc|Đ/c An|TTYT|PYT|Quý I/2023|Quý II/2023|Quý III/2023")
    assert plan.nodes[0].end.text == "Quý II/2023 Quý III/2023"
    assert findings(plan, "ROW_TOO_WIDE")[0].path == "1"


def test_short_rows_are_filled_up() -> None:
    plan = made_plan("1|Việc|Đ/c An|TTYT")
    assert plan.nodes[0].lead_units == ("TTYT",)
    assert findings(plan, "TIME_MISSING")


def test_lines_without_columns_go_to_the_narrative() -> None:
    plan = made_plan("1|Việc||TTYT|||Quý I/2023", "Người lập biểu")
    assert [one.text for one in plan.narrative] == ["Người lập biểu"]
    assert findings(plan, "LINE_NOT_A_ROW")[0].source_lines == (3,)


def test_start_after_end() -> None:
    plan = made_plan("1|Việc||TTYT||Quý III/2023|Quý I/2023")
    assert findings(plan, "START_AFTER_END")[0].path == "1"


def test_a_title_with_the_year_before() -> None:
    plan = made_plan(item("1", "Tu sửa vườn hoa năm 2022"), head="KẾ HOẠCH\nCông tác năm 2023")
    assert findings(plan, "TITLE_OTHER_YEAR")
    assert plan.header.year == 2023


@pytest.mark.parametrize("title", ["Việc (hiệu chỉnh năm 2022)", "Việc năm 2023", "Việc (ngày 18/3/2023)"])
def test_years_that_are_no_other_time(title: str) -> None:
    plan = made_plan(item("1", title), head="KẾ HOẠCH\nCông tác năm 2023")
    assert not codes(plan) & {"TITLE_OTHER_YEAR", "TITLE_TIME_DIFFERS"}


@pytest.mark.parametrize("title", ["Việc (tháng 10/2023)", "Việc (18/4)", "Việc (quý IV năm 2022)"])
def test_a_time_in_brackets_against_the_columns(title: str) -> None:
    plan = made_plan(f"1|{title}||TTYT||Tháng 2/2023|Quý I/2023", head="KẾ HOẠCH\nCông tác năm 2023")
    assert findings(plan, "TITLE_TIME_DIFFERS")[0].path == "1"


def test_times_over_before_the_plan_was_issued() -> None:
    head = "Long Biên, ngày 5 tháng 6 năm 2023\nKẾ HOẠCH\nCông tác năm 2023"
    plan = made_plan(
        "1|Việc||TTYT||Tháng 2/2023|Quý I/2023", "2|Việc||TTYT||Tháng 9/2022|Quý IV/2023", "3|Việc||TTYT||Quý II|",
        head=head,
    )
    assert [one.path for one in findings(plan, "TIME_BEFORE_PLAN")] == ["1", "1"]


def test_without_a_tree_units_are_told_once() -> None:
    text = f"{HEADER}\n1\tViệc\tĐ/c An\tPhòng A\tPhòng B\t\tQuý I/2023\n2\tViệc\tĐ/c An\tcác trường\t\t\tQuý I"
    told = [one.code for one in read_text_plan(text.encode()).findings if one.code.startswith(("UNIT", "LEAD_"))]
    assert told == ["UNITS_NOT_LISTED"]


def test_unknown_units_are_told() -> None:
    plan = made_plan(item("1", lead="Sở Xây dựng"))
    assert findings(plan, "UNIT_UNKNOWN")[0].path == "1"


@pytest.mark.parametrize(("head", "number", "day", "issuer", "signer"), [
    ("Số: 15/KH-UBND\nLong Biên, ngày 5 tháng 2 năm 2023\nKẾ HOẠCH\nVề việc gì đó năm 2023\nCHỦ TỊCH\nNguyễn Văn An",
     "15/KH-UBND", date(2023, 2, 5), "", "Nguyễn Văn An"),
    ("KẾ HOẠCH\nCông tác\nBan hành kèm theo Kế hoạch số 7-KH/ĐU ngày 31/02/2023 của Đảng ủy phường Bồ Đề)",
     "7-KH/ĐU", None, "Đảng ủy phường Bồ Đề", ""),
    ("", "", None, "", ""),
])
def test_heads_of_other_plans(head: str, number: str, day: date | None, issuer: str, signer: str) -> None:
    plan = made_plan(item("1"), head=head)
    assert (plan.header.number, plan.header.day, plan.header.issuer, plan.header.signer) == (
        number, day, issuer, signer,
    )
    assert findings(plan, "HEADER_INCOMPLETE")


def test_the_year_of_the_time_columns_stands_in() -> None:
    plan = made_plan(item("1", end="Quý I/2026"), item("2", end="Quý II"))
    assert plan.header.year == 2026
    assert node(plan, "2").end.last == date(2026, 6, 30)
    assert findings(plan, "YEAR_INFERRED")


def test_a_plan_of_no_year_is_an_error() -> None:
    plan = made_plan(item("1", end="Quý I"))
    assert [one.code for one in plan.findings if one.severity is Severity.ERROR] == ["YEAR_UNKNOWN"]


def test_two_days_of_issue_are_told() -> None:
    head = "Long Biên, ngày 12 tháng 01 năm 2023\n(Ban hành kèm Kế hoạch số 1-KH/QU ngày 11/01/2023 của Quận ủy)"
    plan = made_plan(item("1"), head=head)
    assert plan.header.day == date(2023, 1, 12)
    assert findings(plan, "ISSUE_DAYS_DIFFER")


def test_decomposed_text_and_windows_line_ends_read_alike() -> None:
    text = f"{HEADER}\n1\tHoàn thành 100% kế hoạch\tĐ/c An\tUBND các phường\t\t\tQuý I/2023"
    plain = read_text_plan(text.encode())
    windows = read_text_plan(text.replace("\n", "\r\n").encode("utf-16"))
    assert plain.nodes == windows.nodes
