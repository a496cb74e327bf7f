"""Findings: each on a row made for it and not on a sound one, all of the bundled plan against a careful reading."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from desktop.importers.checks.cells import LONGEST
from desktop.models.plan import Finding, Plan, Severity
from desktop.models.plan_columns import COLUMN_NAMES
from tests.importers.plan_text import HEADER, findings, long_bien_plan, made_plan

IMPORTERS = Path(__file__).parents[2] / "desktop" / "importers"
CHECKS = ("row_checks", "missing", "unit_doubts", "people", "spelling", "counting", "likeness", "outline", "joining")
HEAD = "Long Biên, ngày 5 tháng 6 năm 2023\nKẾ HOẠCH\nCông tác năm 2023"
SECTION = "I|NHIỆM VỤ|||||"
PAGE = HEADER.replace("\t", "|")

Rows = tuple[str, ...]


def item(
    code: str = "1", title: str = "Việc", leaders: str = "Đ/c Nguyễn Văn An - PCT UBND quận", lead: str = "Phòng VHTT",
    others: str = "", start: str = "", end: str = "Quý III/2023",
) -> str:
    """A row without any doubt but what a test puts into it."""
    return "|".join((code, title, leaders, lead, others, start, end))


AN = "Đ/c Nguyễn Văn An - "
ALIKE = "Gặp mặt, tặng quà Người có công với cách mạng hướng tới kỷ niệm ngày thành lập quận"
CASES: list[tuple[str, Rows, Rows]] = [
    ("COUNT_DIFFERS", ("1|Nhóm (3 nội dung)|||||", item("1.1"), item("1.2")),
     ("1|Nhóm (2 nội dung)|||||", item("1.1"), item("1.2"))),
    ("COUNT_DIFFERS", ("I|PHẦN (2 nội dung)|||||", item("1")), ("I|PHẦN (01 nội dung)|||||", item("1"))),
    ("COUNT_WITH_STAR", ("1|Nhóm (2 nội dung)|||||", item("1.1"), item("*")),
     ("1|Nhóm (1 nội dung)|||||", item("1.1"))),
    ("COUNT_STATED_TWICE", ("1|Nhóm (1 nội dung) (sau phải là 2 nội dung)|||||", item("1.1")),
     ("1|Nhóm (1 nội dung) (02 đơn vị)|||||", item("1.1"))),
    ("COUNT_PARTS_DIFFER",
     ("1|Nhóm (2 nội dung)|||||", "*|A (2 nội dung)|||||", item("1.1"), "*|B (1 nội dung)|||||", item("1.2")),
     ("1|Nhóm (2 nội dung)|||||", "*|A (1 nội dung)|||||", item("1.1"), "*|B (1 nội dung)|||||", item("1.2"))),
    ("COUNT_ERRORS_CANCEL",
     ("I|A (2 nội dung)|||||", item("1"), "II|B (1 nội dung)|||||", item("1"), item("2")),
     ("I|A (2 nội dung)|||||", item("1"), "II|B (2 nội dung)|||||", item("1"), item("2"))),
    ("NUMBER_SKIPPED", (item("1"), item("3")), (item("1"), item("2"))),
    ("NUMBER_SKIPPED", ("1|Nhóm|||||", item("1.2")), ("1|Nhóm|||||", item("1.1"))),
    ("NUMBER_SKIPPED", (SECTION, item("1"), "III|KHÁC|||||", item("1")),
     (SECTION, item("1"), "II|KHÁC|||||", item("1"))),
    ("NUMBER_OUT_OF_ORDER", (item("1"), item("3"), item("2")), (item("1"), item("2"), item("3"))),
    ("NUMBER_REPEATED", (item("1"), item("1", "Việc khác")), (item("1"), item("2"))),
    ("NUMBER_REPEATED", (item("1"), "1|+ Phần||TTYT|||Quý II/2023"), (item("1"), "|+ Phần||TTYT|||Quý II/2023")),
    ("NUMBER_IN_SEVERAL_SECTIONS", (SECTION, item("1"), "II|KHÁC|||||", item("1")),
     (SECTION, item("1"), "II|KHÁC|||||", item("2"))),
    ("NUMBER_WITHOUT_HEADING", (SECTION, "1|Nhóm|||||", item("1.2.1")), (SECTION, "1|Nhóm|||||", item("1.1"))),
    ("HEADING_MISNUMBERED", ("2|Nhóm|||||", "2.1|A|||||", item("2.1.1"), "2.1.2|B|||||", item("2.2.1")),
     ("2|Nhóm|||||", "2.1|A|||||", item("2.1.1"), "2.2|B|||||", item("2.2.1"))),
    ("STAR_ROW", (item("1"), item("*")), (item("1"), item("2"))),
    ("PLUS_ROW", (item("1"), "+|Phần||TTYT|||Quý II/2023"), (item("1", "Việc: + phần một + phần hai"),)),
    ("PLUS_PART_SET_APART", (item("1", "Việc: + phần một"), "|||TTYT|||Quý II/2023"), (item("1", "Việc: + phần một"),)),
    ("ROW_WITHOUT_NUMBER", (item("1"), "|tiếp|||||"), (item("1", "Việc tiếp"),)),
    ("ROW_WITHOUT_NUMBER", (item(""), item("2")), (item("1"), item("2"))),
    ("JOINED_OVER_PAGE_BREAK", (item("1", "Xây dựng"), PAGE, "|kế hoạch|||||"), (item("1"), PAGE, item("2"))),
    ("LEADER_MISSING", (item(leaders=""),), (item(), "|+ Phần||TTYT|||Quý II/2023")),
    ("LEAD_MISSING", (item(lead=""),), ("1|Nhóm|||||", item("1.1"))),
    ("TIME_MISSING", (item(end=""),), (item(start="Năm 2023", end=""),)),
    ("END_MISSING", (item(start="Tháng 7/2023", end=""),), (item(start=""),)),
    ("END_MISSING", (item(start="Thường xuyên", end=""),), (item(end="Thường xuyên"),)),
    ("TIME_YEAR_SUPPLIED", (item(end="Tháng 11"),), (item(end="Tháng 11/2023"),)),
    ("TIME_OUTSIDE_YEAR", (item(end="Tháng 8/2024"),), (item(end="Tháng 8/2023"),)),
    ("TIME_OUTSIDE_YEAR", (item(start="Tháng 12/2022"),), (item(start="Tháng 1/2023"),)),
    ("TIME_SEVERAL_DATES", (item(end="Tháng 7, 10/2023"),), (item(end="Từ tháng 7 đến tháng 10/2023"),)),
    ("TIME_UNCLEAR", (item(end="Từ tháng 7/8 đến 9/2023"),), (item(end="Từ tháng 7 đến tháng 9/2023"),)),
    ("TIME_WITHOUT_DATE", (item(end="Theo tiến độ dự án"),), (item(end="Thường xuyên"),)),
    ("TIME_PART_READ", (item(end="Cuối tháng 10/2023"),), (item(end="Tháng 10/2023"),)),
    ("TIME_BEFORE_PLAN", (item(end="Tháng 5/2023"),), (item(end="Tháng 6/2023"),)),
    ("TIME_BEFORE_PLAN", (item(start="Tháng 4/2023"),), (item(start="Năm 2023"),)),
    ("START_AFTER_END", (item(start="Tháng 11/2023"),), (item(start="Tháng 9/2023"),)),
    ("START_AFTER_END", (item(start="Tháng 7, 12/2023"),), (item(start="Tháng 7, 9/2023"),)),
    ("TITLE_DATES_DISAGREE", (item(title="Kỷ niệm 20 năm (06/11/2013 - 06/11/2023)"),),
     (item(title="Kỷ niệm 20 năm (06/11/2003 - 06/11/2023)"),)),
    ("TITLE_OTHER_YEAR", (item(title="Tu sửa vườn hoa năm 2022"),), (item(title="Tu sửa vườn hoa năm 2023"),)),
    ("TITLE_TIME_DIFFERS", (item(title="Hội thi (tháng 12/2023)"),), (item(title="Hội thi (tháng 9/2023)"),)),
    ("MARKUP_REMOVED", (item(title="<i>Việc</i>"),), (item(title="Việc < 5 tháng"),)),
    ("MARKUP_REMOVED", (item(others='<font color="red">TTYT</font>'),), (item(others="TTYT"),)),
    ("MARKS_UNBALANCED", (item(title="Công trình “Tủ điện văn minh"),), (item(title="Công trình “Tủ điện văn minh”"),)),
    ("MARKS_UNBALANCED", (item(title="Môi trường ((05 việc)"),), (item(title="Môi trường ((05 việc))"),)),
    ("MARKS_UNBALANCED", (item(title='Quỹ "Vì người nghèo'),), (item(title='Quỹ "Vì người nghèo"'),)),
    ("PERSON_TWO_OFFICES",
     (item("1"), item("2"), item("3", leaders="Đ/c Nguyễn Văn An - Chủ tịch MTTQ")), (item("1"), item("2"))),
    ("PERSON_TITLES_DIFFER",
     (item("1", leaders=f"{AN}QUV, PCT UBND"), item("2", leaders=f"{AN}QUV, PCT UBND"),
      item("3", leaders=f"{AN}UVTV, PCT UBND")),
     (item("1", leaders=f"{AN}QUV, PCT UBND"), item("2", leaders=f"{AN}PCT UBND"))),
    ("PERSON_NAMES_DIFFER", (item("1"), item("2", leaders="Đ/c Trần Văn An - PCT UBND quận")),
     (item("1"), item("2", leaders="Đ/c Trần Thị Bình - PCT UBND quận"))),
    ("LEADER_TITLE_CUT", (item("1"), item("2"), item("3", leaders="Đ/c Nguyễn Văn An")),
     (item("1", leaders="Đ/c Nguyễn Văn An"), item("2", leaders="Đ/c Nguyễn Văn An"))),
    ("LEADER_NOT_NAMED", (item(leaders="Các PCT UBND quận phụ trách"),), (item(),)),
    ("LEADER_TITLE_DAMAGED", (item(leaders="D/c Nguyễn Văn An - PCT UBND quận"),), (item(),)),
    ("UNIT_UNKNOWN", (item(lead="Sở Xây dựng"),), (item(lead="Phòng TCKH"),)),
    ("UNIT_NAME_DAMAGED", (item(lead="Phòng VTTT"),), (item(),)),
    ("UNIT_LEVEL_UNCLEAR", (item(lead="UBND; UBMTTQ quận"),), (item(lead="UBND quận; UBMTTQ quận"),)),
    ("UNIT_LEVEL_UNCLEAR", (item(lead="UBND"),), (item(lead="UBND quận"),)),
    ("UNIT_LEVEL_SPREAD", (item(others="UBND, UBMTTQ phường"),), (item(others="UBND phường, UBMTTQ phường"),)),
    ("UNIT_NAME_COMPLETED", (item(others="Phòng TCKH, KT"),), (item(others="Phòng TCKH, Phòng KT"),)),
    ("UNIT_SEPARATOR_MISSING", (item(others="Phòng QLĐT TCKH"),), (item(others="Phòng QLĐT, TCKH"),)),
    ("UNIT_GAP", (item(others="TTYT, , Phòng QLĐT"),), (item(others="TTYT, Phòng QLĐT"),)),
    ("UNIT_PREFIX", (item(others="Đơn vị phối hợp: TTYT"),), (item(others="TTYT"),)),
    ("UNITS_TOGETHER", (item(lead="TTYT phối hợp với Phòng QLĐT"),), (item(lead="TTYT, Phòng QLĐT"),)),
    ("LEAD_COLLECTIVE_OPEN", (item(lead="Các trường học"),), (item(others="Các trường học"),)),
    ("UNIT_COUNT_UNCLEAR", (item(lead="13/14 phường"),), (item(lead="14/14 phường"),)),
    ("UNIT_EXCEPTION_UNKNOWN", (item(lead="Các phường (trừ phường Xa)"),),
     (item(lead="Các phường (trừ phường Bồ Đề)"),)),
    ("UNIT_REST", (item(lead="phường Bồ Đề", others="các phường còn lại"),),
     (item(lead="phường Bồ Đề", others="các phường"),)),
    ("SPELLING_SUSPECT", (item(title="Phần đầu đạt 50%"),), (item(title="Phấn đấu đạt 50%; phần đầu của việc"),)),
    ("SPELLING_SUSPECT", (item(title="Chỉnh trang phuờng"),), (item(title="Chỉnh trang phường, QLĐT, festival"),)),
    ("SPELLING_MANY", (item(title=" ".join(f"{a}{b}ưxđ" for a in "abcdeghiklmnopqrst" for b in "abcdeghiklmnopqrst")),),
     (item(title="Chỉnh trang phuờng"),)),
    ("ROWS_ALIKE", (item("1", "Hội thi bơi quận"), item("2", "Hội thi Bơi, Quận")), (item("1"), item("2"))),
    ("ROWS_ALIKE", (item("1", ALIKE), item("2", f"{ALIKE} Long Biên")), (item("1", ALIKE), item("2", "Hội thi"))),
]


def told(*rows: str) -> Plan:
    """A plan of 2023, issued on 5 June, of the given rows."""
    return made_plan(*rows, head=HEAD)


@pytest.mark.parametrize(("code", "doubtful", "sound"), CASES, ids=[f"{n}-{case[0]}" for n, case in enumerate(CASES)])
def test_a_doubt_is_told_of_the_row_that_has_it_and_of_no_other(code: str, doubtful: Rows, sound: Rows) -> None:
    assert findings(told(*doubtful), code)
    assert not findings(told(*sound), code)


def test_every_code_of_the_checks_has_its_case() -> None:
    written = "".join(next(IMPORTERS.rglob(f"{name}.py")).read_text(encoding="utf-8") for name in CHECKS)
    # Units that nobody listed are told of the plan, not of a row (test_made_plans.py); a text has no merged cells.
    codes = set(re.findall(r'"([A-Z]+(?:_[A-Z]+)+)"', written)) - {
        "UNITS_NOT_LISTED", "MERGED_ROWS_JOINED", "NUMBER_SHARED",
    }
    assert codes == {code for code, _, _ in CASES}


def test_a_sound_plan_has_no_findings_about_its_rows() -> None:
    plan = told(SECTION, "1|Nhóm (2 nội dung)|||||", item("1.1"), item("1.2", "Hội thi", start="Tháng 7/2023"))
    assert [one.code for one in plan.findings] == ["HEADER_INCOMPLETE"]


# Codes about the whole text or a whole row; those about text outside the table have a value but no column.
WITHOUT_CELL = {
    "HEADER_INCOMPLETE", "NARRATIVE_JOINED", "NARRATIVE_REPEATED", "NARRATIVE_MARKUP", "NARRATIVE_NUMBER_REPEATED",
    "COLUMNS_EXTRA",
}
OUTSIDE_TABLE = {"HEADER_NUMBER_BLANKS", "SPELLING_SUSPECT", "SPELLING_MANY"}
EMPTY_CELL = {"LEAD_MISSING", "LEADER_MISSING", "TIME_MISSING", "END_MISSING", "ROW_WITHOUT_NUMBER"}


def test_every_finding_names_its_cell_what_is_printed_and_what_would_be_accepted() -> None:
    plans = [long_bien_plan(), *(told(*doubtful) for _, doubtful, _ in CASES)]
    for finding in (one for plan in plans for one in plan.findings):
        cell = finding.cell
        if finding.code in WITHOUT_CELL:
            assert not any((cell.column, cell.printed, cell.understood, cell.accepted)), finding
        elif finding.code == "JOINED_OVER_PAGE_BREAK" and not cell.column:
            assert not cell.printed, finding
        else:
            assert cell.column in COLUMN_NAMES or (finding.code in OUTSIDE_TABLE and not finding.path), finding
            assert bool(cell.printed) != (finding.code in EMPTY_CELL), finding
            assert cell.understood, finding
            assert cell.accepted, finding
            assert len(cell.printed) <= LONGEST, finding
            assert len(cell.understood) <= LONGEST, finding
            assert "\n" not in cell.printed, finding
            assert "\t" not in cell.printed, finding


def test_the_bundled_plan_is_told_finding_by_finding() -> None:
    wanted: Counter[tuple[str, ...]] = Counter()
    for line in (Path(__file__).parent / "long_bien_findings.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            wanted[tuple(cell.strip() for cell in line.split("|"))] += 1
    read = Counter(
        (" ".join(map(str, one.source_lines)), one.code, one.severity.value, one.path, one.cell.column)
        for one in long_bien_plan().findings
    )
    assert read == wanted


def cell(code: str, plan: Plan) -> tuple[str, str, str, str]:
    """The cell of the only finding of a code."""
    (finding,) = findings(plan, code)
    return finding.cell.column, finding.cell.printed, finding.cell.understood, finding.cell.accepted


def test_counts_say_the_stated_number_and_the_rows() -> None:
    plan = told("1|Nhóm (03 nội dung)|||||", item("1.1"), item("1.2"))
    assert cell("COUNT_DIFFERS", plan) == (
        "title", "(03 nội dung)", "2 dòng đánh số", "số đúng bằng số dòng: 2",
    )


def test_a_cell_cut_by_a_page_break_shows_both_its_halves() -> None:
    long = "Xây dựng và triển khai phương án giảm các điểm tập kết, trung chuyển rác thải trên địa bàn"
    plan = told(item("1", long), PAGE, "|quận Long Biên|||||")
    assert cell("JOINED_OVER_PAGE_BREAK", plan)[:3] == (
        "title", "… giảm các điểm tập kết, trung chuyển rác thải trên địa bàn | quận Long Biên", "một ô liền",
    )


def test_a_number_that_is_free_is_named() -> None:
    plan = told(*(item(f"3.1.{last}", f"Việc {last}") for last in (1, 2, 2, 3, 9)))
    assert cell("NUMBER_REPEATED", plan) == ("code", "3.1.2", "3.1.2#2", "một số chưa dùng, ví dụ 3.1.10")


def test_times_are_told_as_days() -> None:
    assert cell("TIME_YEAR_SUPPLIED", told(item(end="Quý IV"))) == (
        "end", "Quý IV", "từ 01/10/2023 đến 31/12/2023", "Quý IV/2023",
    )
    assert cell("TIME_UNCLEAR", told(item(end="Xong sớm 7/9/11")))[2:] == (
        "chưa hiểu", "ví dụ: Tháng 6/2023; Quý II/2023; 15/6/2023",
    )
    assert cell("TIME_SEVERAL_DATES", told(item(end="Tháng 7, 10/2023")))[2] == "2 mốc: 31/7/2023, 31/10/2023"


@pytest.mark.parametrize(("printed", "near"), [
    ("Phòng VTTX", "Phòng Văn hóa và Thông tin"), ("Trung tâm Y tếe", "Trung tâm Y tế quận"),
    ("Phòng Lao động Thương bịnh XH", "Phòng Lao động - Thương binh và Xã hội"), ("Sở Xây dựng", ""), ("XD", ""),
])
def test_the_nearest_known_unit_is_suggested_and_never_taken(printed: str, near: str) -> None:
    plan = told(item(lead=printed))
    accepted = cell("UNIT_UNKNOWN", plan)[3]
    assert plan.nodes[0].lead_units == (printed,)
    assert accepted == (f"có thể là “{near}”, hoặc " if near else "") + "tên có trong danh sách đơn vị"


def test_a_word_that_cannot_be_vietnamese_is_told_with_the_likest_of_the_plan() -> None:
    plan = told(item("1", "Chỉnh trang phuờng", "Đ/c Nguyễn Văn Điembre - PCT UBND"), item("2", "Việc phường"))
    spelled = findings(plan, "SPELLING_SUSPECT")
    assert [(one.cell.column, one.cell.printed, one.cell.accepted) for one in spelled] == [
        ("title", "phuờng", "phường"), ("leaders", "Điembre", "Điềm"),
    ]
    assert plan.nodes[0].title == "Chỉnh trang phuờng"


def test_a_word_without_any_like_it_is_told_without_a_suggestion() -> None:
    (finding,) = findings(told(item(title="Ưxđm")), "SPELLING_SUSPECT")
    assert finding.cell.accepted == "chữ đúng chính tả"
    assert "“Ưxđm” không phải chữ tiếng Việt" in finding.message


def test_long_cells_are_shortened_and_the_row_keeps_all() -> None:
    title = f"Công trình “{'rất dài ' * 80}"
    plan = told(item(title=title))
    printed = cell("MARKS_UNBALANCED", plan)[1]
    assert len(printed) <= LONGEST
    assert printed.endswith("…")
    assert plan.nodes[0].title == title.strip()


def test_severity_follows_what_an_officer_must_settle() -> None:
    def severities(plan: Plan, code: str) -> set[Severity]:
        return {one.severity for one in findings(plan, code)}

    assert severities(told(item(start="Thường xuyên", end="")), "END_MISSING") == {Severity.NOTE}
    assert severities(told(item(start="Tháng 7/2023", end="")), "END_MISSING") == {Severity.WARNING}
    assert severities(told(item(end="")), "TIME_MISSING") == {Severity.WARNING}
    assert severities(told(item(title="Phần đầu đạt 50%")), "SPELLING_SUSPECT") == {Severity.NOTE}


    assert severities(told(item(lead="UBND")), "UNIT_LEVEL_UNCLEAR") == {Severity.WARNING}
    assert severities(told(item(others="UBND")), "UNIT_LEVEL_UNCLEAR") == {Severity.NOTE}
    contest = "Hội thi bơi quận"
    twice = told(item("1", contest), item("2", contest), item("3", contest, lead="TTYT"))
    assert [one.severity for one in findings(twice, "ROWS_ALIKE")] == [Severity.WARNING, Severity.NOTE]


def test_a_unit_without_a_level_says_whom_it_was_taken_for() -> None:
    assert cell("UNIT_LEVEL_UNCLEAR", told(item(lead="UBND"))) == (
        "lead_units", "UBND", "tạm hiểu là UBND quận", "tên có ghi cấp, ví dụ UBND quận; UBND phường",
    )


@pytest.mark.parametrize(("code", "empty"), [
    ("LEADER_MISSING", {"leaders": ""}), ("LEAD_MISSING", {"lead": ""}), ("TIME_MISSING", {"end": ""}),
    ("END_MISSING", {"start": "Tháng 7/2023", "end": ""}),
])
def test_a_column_that_no_row_fills_is_told_once(code: str, empty: dict[str, str]) -> None:
    rows = [item(str(number), f"Việc {number}", **empty) for number in range(1, 9)]
    (finding,) = findings(told(*rows), code)
    assert (finding.path, finding.source_lines, finding.cell.printed) == ("", (), "")
    one_filled = findings(told(*rows, item("9", "Việc 9")), code)
    assert [one.path for one in one_filled] == [str(number) for number in range(1, 9)]


def test_what_stands_outside_the_table_is_shown_too() -> None:
    plan = made_plan(item(), "Người lập biểu", head="Ban hành kèm theo Kế hoạch số 7 -KH/ĐU ngày 5/6/2023 của Đảng ủy")
    values: list[Finding] = [*findings(plan, "LINE_NOT_A_ROW"), *findings(plan, "HEADER_NUMBER_BLANKS")]
    assert [one.cell.printed for one in values] == ["Người lập biểu", "7 -KH/ĐU"]
    assert {one.cell.column for one in values} == {""}


def test_cells_of_the_shape_of_the_table() -> None:
    wide = findings(made_plan(item(others="TTYT", start="Quý I/2023") + "|thừa"), "ROW_TOO_WIDE")[0].cell
    assert (wide.column, wide.printed) == ("end", "Quý III/2023 | thừa")
    header = "TT\tNội dung\tĐơn vị chủ trì\tKinh phí"
    strange = findings(made_plan("1|Việc|TTYT|x", header=header), "COLUMNS_UNKNOWN")[0].cell
    assert (strange.column, strange.printed) == ("Kinh phí", "Kinh phí")
