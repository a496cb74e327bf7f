"""The bundled plan, held against what a person reads in the printed text."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from desktop.models.plan import NodeKind, Severity
from desktop.models.schedule import TimeKind
from tests.importers.plan_text import (
    Row,
    findings,
    long_bien_lines,
    long_bien_plan,
    long_bien_rows,
    long_bien_tree,
    node,
)

TABLE = range(262, 523)


def test_every_row_is_there_in_document_order() -> None:
    assert [one.path for one in long_bien_plan().nodes] == [row.path for row in long_bien_rows()]


def test_kinds_count_up() -> None:
    kinds = Counter(one.kind for one in long_bien_plan().nodes)
    assert kinds == {NodeKind.SECTION: 4, NodeKind.GROUP: 20, NodeKind.ITEM: 156}


@pytest.mark.parametrize("row", long_bien_rows(), ids=lambda row: row.path)
def test_row_reads_as_a_person_reads_it(row: Row) -> None:
    read = node(long_bien_plan(), row.path)
    assert (read.kind.value, read.code, read.stated_count) == (row.kind, row.code, row.stated_count)
    assert read.source_lines == row.lines
    assert len(read.leaders) == row.leaders
    assert read.lead_units == row.lead_units
    assert len(read.coordinating_units) == row.coordinating_units
    assert len(read.expands_to) == row.expands_to
    assert (read.start.text, read.end.text) == (row.start, row.end)


def test_every_table_line_belongs_to_a_row_or_is_a_repeated_header_or_blank() -> None:
    owned = {line for one in long_bien_plan().nodes for line in one.source_lines}
    for number in TABLE:
        line = long_bien_lines()[number - 1]
        plain = not line.strip() or line.startswith("TT\tNội dung thực hiện")
        assert plain != (number in owned), f"line {number}"
    assert owned <= set(TABLE)


@pytest.mark.parametrize("row", long_bien_rows(), ids=lambda row: row.path)
def test_title_is_the_printed_text(row: Row) -> None:
    read = node(long_bien_plan(), row.path)
    halves = [long_bien_lines()[line - 1].split("\t")[1] for line in row.lines]
    printed = " ".join(re.sub(r"</?[iu]>", "", " ".join(halves)).split())
    if row.path == "II/3/3.1/3.1.15":
        printed = printed.partition(" + ")[0]
    if row.path == "II/3/3.1/3.1.15/+1":
        printed = "+ " + printed.partition(" + ")[2]
    assert read.title == printed


def test_printed_cells_hold_every_word_of_the_table() -> None:
    words: Counter[str] = Counter()
    for number in TABLE:
        line = long_bien_lines()[number - 1]
        if not line.startswith("TT\t"):
            words.update(line.split())
    kept: Counter[str] = Counter()
    for one in long_bien_plan().nodes:
        cells = one.printed
        # A "+" part stands in the printed cell of its item already.
        title = "" if one.path.endswith("3.1.15/+1") else cells.title
        for text in (cells.code, title, cells.leaders, cells.lead_units, cells.coordinating_units, cells.start,
                     cells.end):
            kept.update(text.split())
    assert words == kept


def test_halves_stand_on_lines_of_their_own_in_the_printed_cell() -> None:
    cells = node(long_bien_plan(), "II/3/3.1/3.1.48").printed
    assert cells.start == "Cuối tháng\n10/2023"
    assert cells.end == "Dịp tổ\nchức các sự kiện của Quận"
    shifted = node(long_bien_plan(), "I/2/2.4/2.4.2").printed
    assert shifted.leaders == "Đ/c Đinh Thị Thu Hương-UVTV, UBND quận\tPCT"
    assert shifted.lead_units == "TTYT quận, UBND 14 phường"


def test_markup_stays_in_the_printed_cell_only() -> None:
    heading = node(long_bien_plan(), "I/2/2.2")
    assert heading.title == "An sinh xã hội (03 chỉ tiêu)"
    assert heading.printed.title == "<i>An sinh xã hội (03 chỉ tiêu)</i>"
    assert not any(re.search(r"</?[a-z]+>", one.title) for one in long_bien_plan().nodes)


def test_header() -> None:
    header = long_bien_plan().header
    theme = "Năm chỉnh trang đô thị, chăm lo đời sống nhân dân, kỷ niệm 20 năm thành lập Quận"
    assert header.number == "160-KH/QU"
    assert header.day == date(2023, 1, 11)
    assert header.issuer == "Ban Thường vụ Quận ủy Long Biên"
    assert header.title == f"Triển khai thực hiện chủ đề “{theme}” năm 2023"
    assert header.theme == theme
    assert header.year == 2023
    assert header.signer == "Đường Hoài Nam"


@pytest.mark.parametrize("path", [
    "I/2/2.4/2.4.2", "I/2/2.4/2.4.3", "I/2/2.5/2.5.1", "I/2/2.5/2.5.2", "I/2/2.6/2.6.1", "I/2/2.6/2.6.2",
    "I/2/2.6/2.6.5",
])
def test_shifted_title_of_office_goes_back_to_the_leader(path: str) -> None:
    assert node(long_bien_plan(), path).leaders == ("Đ/c Đinh Thị Thu Hương-UVTV, PCT UBND quận",)
    assert "COLUMNS_SHIFTED" in {one.code for one in long_bien_plan().findings if one.path == path}


def test_leaders_of_one_cell() -> None:
    assert node(long_bien_plan(), "II/2/2.1/2.1.31").leaders == (
        "Đ/c Nguyễn Mạnh Trình", "Đ/c Đinh Thị Thu Hương - UVTVP, PCT UBND quận",
    )
    assert node(long_bien_plan(), "II/3/3.2/3.2.2").leaders == (
        "Đ/c Vũ Thị Thành - UVTV, Chủ tịch MTTQ quận", "Đ/c Đinh Thị Thu Hương -UVTV, PCT UBND quận",
    )
    assert node(long_bien_plan(), "II/3/3.1/3.1.46").leaders == ("Lãnh đạo Quận uỷ, UBND quận phụ trách",)


COORDINATING = {
    "I/1/1.1": "Phòng QLĐT; TTPTQĐ; các đoàn thể; UBND phường",
    "I/1/1.5": "Phòng QLĐT; Phòng TCKH",
    "I/2/2.2/2.2.3": "Các tổ chức chính trị- xã hội quận; UBND phường; UBMTTQ phường",
    "I/2/2.3/2.3.2": "Phòng VHTT; TTVHTT; Phòng QLĐT; UBND phường",
    "I/2/2.6/2.6.1": "Phòng VH-TT; pòng Kinh tế; Công an quận; Đội QLTT 16; Trạm CN&TY",
    "I/2/2.7/2.7.1": "UBMTTQ quận; Đảng ủy các phường; UBND các phường",
    "II/1/1.7": "UBND quận; UB MTTQ quận; tổ chức chính trị- xã hội quận; Đảng ủy phường; UBND phường",
    "II/1/1.12": "Phòng, ban, ngành quận; UBND phường; TCCS Đảng; ĐVDN",
    "II/2/2.1/2.1.24": "UBND phường; MTTQ phường; Các tập thể, cá nhân được khen thưởng",
    "II/3/3.1/3.1.2": "Các chi bộ trực thuộc Đảng bộ Khối doanh nghiệp",
    "II/3/3.1/3.1.6": "Quận Đoàn; HPN; TTVHTTTT; UBND 14 phường",
    "II/3/3.1/3.1.9": "rung tâm y tế; BV Đức Giang; Các đoàn thể chính trị-xã hội quận; UBND các phường;"
                      " UBMTTQ các phường",
    "II/3/3.1/3.1.16": "UBND các phường; UBMTTQ các phường; Ban CTMT các phường; Tổ dân phố các phường",
    "II/3/3.1/3.1.22": "Đoàn TNCSHCM Phường các phường",
    "II/3/3.1/3.1.28": "Quận Đoàn; LĐTBXH; GD&ĐT; UBND các phường",
    "II/3/3.2/3.2.1": "UBND quận; UBND phường; các tổ chức chính trị - xã hội quận;"
                      " các tổ chức chính trị - xã hội phường; Ban CTMT; chi hội dđoàn thể tổ dân phố",
}


@pytest.mark.parametrize(("path", "names"), COORDINATING.items())
def test_coordinating_units_of_hard_cells(path: str, names: str) -> None:
    assert "; ".join(node(long_bien_plan(), path).coordinating_units) == names


def test_expands_to_names_wards_and_ward_bodies() -> None:
    plan = long_bien_plan()
    wards = node(plan, "I/1/1.4").expands_to
    assert wards[0] == "Phường Bồ Đề"
    assert wards[-1] == "Phường Việt Hưng"
    assert len(set(wards)) == 14
    assert node(plan, "II/3/3.1/3.1.15/+3").expands_to[0] == "Trạm Y tế phường Bồ Đề"
    assert node(plan, "II/3/3.1/3.1.19").expands_to == tuple(
        f"Phường {name}" for name in ("Bồ Đề", "Gia Thụy", "Ngọc Lâm", "Việt Hưng", "Phúc Đồng", "Đức Giang",
                                      "Giang Biên", "Thạch Bàn", "Sài Đồng")
    )
    both = node(plan, "II/3/3.1/3.1.16").expands_to
    assert both == (*wards, *(f"UB MTTQ {ward.replace('Phường', 'phường')}" for ward in wards))
    assert sum(bool(one.expands_to) for one in plan.nodes) == 13


def test_every_lead_but_an_open_collective_stands_for_a_unit() -> None:
    tree = long_bien_tree()
    without = {name for one in long_bien_plan().nodes for name in one.lead_units if not tree.resolve(name).units}
    assert without == {"Các trường học"}


def test_parents() -> None:
    plan = long_bien_plan()
    assert node(plan, "II/2/2.1/2.1.1").parent == "II/2/2.1/*2"
    assert node(plan, "II/2/2.2/2.2.1").parent == "II/2/2.2"
    assert node(plan, "II/3/3.1/3.1.15/+2").parent == "II/3/3.1/3.1.15"
    assert node(plan, "II/3/3.1/3.1.29#2").parent == "II/3/3.1/*2"
    seen = {""}
    for one in plan.nodes:
        assert one.parent in seen
        seen.add(one.path)


def test_times_and_targets_come_along() -> None:
    plan = long_bien_plan()
    rounds = node(plan, "II/3/3.1/3.1.15/+3").end
    assert (rounds.kind, rounds.last) == (TimeKind.ROUNDS, date(2023, 10, 31))
    assert node(plan, "I/2/2.6/2.6.1").end.last == date(2023, 12, 31)
    assert [target.value for target in node(plan, "I/1/1.5").targets] == ["100", "97"]
    assert all(not one.targets for one in plan.nodes if one.kind is not NodeKind.ITEM)


EXPECTED = [
    ("COUNT_DIFFERS", "II/3", (406,)),
    ("COUNT_DIFFERS", "II/3/3.1", (409,)),
    ("COUNT_DIFFERS", "II/3/3.1/*2", (445,)),
    ("COUNT_WITH_STAR", "II/2", (345,)),
    ("COUNT_WITH_STAR", "II/2/2.1", (346,)),
    ("COUNT_PARTS_DIFFER", "II/3/3.1", (409, 410, 445)),
    ("COUNT_ERRORS_CANCEL", "", (345, 406)),
    ("NUMBER_REPEATED", "II/3/3.1/3.1.29#2", (459, 460)),
    ("NUMBER_REPEATED", "II/3/3.1/3.1.15/+2", (433, 437)),
    ("COUNT_STATED_TWICE", "II/2", (345,)),
    ("NUMBER_SKIPPED", "V", (505, 519)),
    ("HEADING_MISNUMBERED", "II/2/2.2", (397,)),
    ("PLUS_PART_SET_APART", "II/3/3.1/3.1.15", (433, 434)),
    ("PLUS_ROW", "II/3/3.1/3.1.15/+2", (437,)),
    ("STAR_ROW", "II/2/2.1/*1", (347,)),
    ("JOINED_OVER_PAGE_BREAK", "I/1/1.4", (268, 271)),
    ("LEAD_MISSING", "II/1/1.3", (328,)),
    ("LEAD_MISSING", "II/2/2.1/*1", (347,)),
    ("TIME_MISSING", "II/2/2.1/*1", (347,)),
    ("END_MISSING", "II/3/3.1/3.1.34", (468,)),
    ("TIME_OUTSIDE_YEAR", "II/1/1.11", (339,)),
    ("TIME_YEAR_SUPPLIED", "II/2/2.1/2.1.25", (386,)),
    ("TIME_SEVERAL_DATES", "II/3/3.1/3.1.56", (501,)),
    ("TIME_UNCLEAR", "II/3/3.1/3.1.49", (492,)),
    ("TIME_WITHOUT_DATE", "I/2/2.3/2.3.2", (291,)),
    ("TIME_BEFORE_PLAN", "II/1/1.11", (339,)),
    ("TIME_PART_READ", "II/3/3.1/3.1.48", (488, 491)),
    ("TITLE_TIME_DIFFERS", "II/3/3.1/3.1.9", (424,)),
    ("TITLE_OTHER_YEAR", "II/2/2.1/2.1.14", (368,)),
    ("TITLE_DATES_DISAGREE", "II/3/3.1/3.1.39", (476,)),
    ("PERSON_TWO_OFFICES", "I/1/1.3", (267,)),
    ("PERSON_TITLES_DIFFER", "I/2/2.1/2.1.4", (281,)),
    ("LEADER_TITLE_CUT", "II/2/2.1/2.1.31", (395,)),
    ("LEADER_TITLE_CUT", "II/3/3.1/3.1.39", (476,)),
    ("LEADER_TITLE_DAMAGED", "", (283, 284, 285, 287)),
    ("LEADER_NOT_NAMED", "II/3/3.1/3.1.46", (486,)),
    ("LEADER_NOT_NAMED", "II/3/3.1/3.1.56", (501,)),
    ("PERSON_NAMES_DIFFER", "", (266, 512, 513)),
    ("UNIT_NAME_DAMAGED", "II/1/1.11", (339,)),
    ("UNIT_LEVEL_UNCLEAR", "I/2/2.2/2.2.3", (285,)),
    ("UNIT_LEVEL_UNCLEAR", "II/3/3.1/3.1.1", (411,)),
    ("UNIT_LEVEL_UNCLEAR", "III/7", (514, 517)),
    ("UNIT_SEPARATOR_MISSING", "I/1/1.5", (272,)),
    ("LEAD_COLLECTIVE_OPEN", "I/2/2.6/2.6.5", (312,)),
    ("UNIT_GAP", "II/3/3.2/3.2.1", (503,)),
    ("UNITS_TOGETHER", "II/3/3.1/3.1.38", (475,)),
    ("UNIT_PREFIX", "II/3/3.1/3.1.6", (419,)),
    ("UNIT_NAME_COMPLETED", "II/3/3.1/3.1.44", (484,)),
    ("UNIT_LEVEL_SPREAD", "II/1/1.9", (337,)),
    ("MARKUP_REMOVED", "II/3/3.1/3.1.22", (450,)),
    ("SPELLING_SUSPECT", "I/2/2.3/2.3.1", (287, 290)),
    ("ROWS_ALIKE", "II/2/2.1/2.1.28", (267, 389)),
    ("ROWS_ALIKE", "II/3/3.1/3.1.41", (419, 478)),
    ("ROWS_ALIKE", "II/3/3.2/3.2.1", (424, 503)),
    ("SPELLING_SUSPECT", "", (21,)),
    ("SPELLING_SUSPECT", "", (199,)),
    ("HEADER_NUMBER_BLANKS", "", (260,)),
    ("NARRATIVE_JOINED", "", (61, 63)),
    ("NARRATIVE_REPEATED", "", (61, 63)),
]


@pytest.mark.parametrize(("code", "path", "lines"), EXPECTED)
def test_doubt_is_told(code: str, path: str, lines: tuple[int, ...]) -> None:
    assert (path, lines) in [(one.path, one.source_lines) for one in findings(long_bien_plan(), code)]


# Every line of a code, counted by hand in the text; nothing else may be told under it.
ALL_LINES = {
    "NUMBER_REPEATED": {433, 437, 459, 460},
    "PERSON_TWO_OFFICES": {267, 450, 451, 452, 453, 459, 467},
    "PERSON_TITLES_DIFFER": {281},
    "TIME_OUTSIDE_YEAR": {339, 454, 460, 476},
    "TIME_BEFORE_PLAN": {339},
    "TIME_YEAR_SUPPLIED": {386, 393, 450, 487},
    "TIME_SEVERAL_DATES": {268, 271, 393, 438, 501, 513, 514, 517},
    "TIME_UNCLEAR": {492},
    "TIME_WITHOUT_DATE": {291, 418, 488, 491, 509},
    "TIME_PART_READ": {488, 491},
    "END_MISSING": {272, 329, 336, 337, 393, 394, 398, 401, 424, 461, 468, 506, 509, 510, 511, 512, 513, 514, 517,
                    521},
    "TITLE_TIME_DIFFERS": {424},
    "TITLE_OTHER_YEAR": {368},
    "TITLE_DATES_DISAGREE": {476},
    "COLUMNS_SHIFTED": {299, 300, 302, 303, 308, 309, 312},
    "STAR_ROW": {347, 348, 371, 410, 445},
    "PLUS_ROW": {437, 438},
    "ROWS_ALIKE": {267, 389, 402, 419, 478, 424, 503},
    "MARKUP_REMOVED": {282, 286, 346, 412, 413, 416, 433, 450, 451, 452, 453},
}


@pytest.mark.parametrize(("code", "lines"), ALL_LINES.items())
def test_a_doubt_is_told_where_it_is_and_nowhere_else(code: str, lines: set[int]) -> None:
    assert {line for one in findings(long_bien_plan(), code) for line in one.source_lines} == lines


def test_findings_are_in_order_and_none_is_an_error() -> None:
    plan = long_bien_plan()
    assert not [one for one in plan.findings if one.severity is Severity.ERROR]
    firsts = [one.source_lines[0] for one in plan.findings if one.source_lines]
    assert firsts == sorted(firsts)
    paths = {one.path for one in plan.nodes} | {""}
    assert all(one.path in paths and one.message.endswith(".") for one in plan.findings)


def test_no_unit_is_unknown() -> None:
    assert findings(long_bien_plan(), "UNIT_UNKNOWN") == []


def test_page_breaks_are_all_told() -> None:
    told = {line for one in findings(long_bien_plan(), "JOINED_OVER_PAGE_BREAK") for line in one.source_lines}
    halves = {line for row in long_bien_rows() if len(row.lines) > 1 and "+" not in row.path for line in row.lines}
    assert told == halves


def test_narrative_keeps_every_word_once() -> None:
    kept = [word for one in long_bien_plan().narrative for word in one.text.split()]
    printed = [
        word for number, line in enumerate(long_bien_lines()[:261], start=1)
        for word in re.sub(r"\*(?=\S)|(?<=\S)\*", "", line).split()
        if number not in (61, 63)
    ]
    twice = [word for number in (61, 63) for word in long_bien_lines()[number - 1].split()]
    repeated = "dung 06 quy chế dân chủ của Quận gắn với việc công khai, cung cấp đầy đủ thông".split()
    assert Counter(kept) == Counter(printed) + Counter(twice) - Counter(repeated)


def test_narrative_headings_and_joined_halves() -> None:
    narrative = {one.line: one for one in long_bien_plan().narrative}
    assert narrative[15].heading
    assert narrative[83].text.startswith("2.2 Hoạt động")
    assert narrative[83].heading
    assert not narrative[39].heading
    assert narrative[155].text.endswith("chỉ đạo tổ chức đối thoại theo chuyên đề hàng quý hoặc đột xuất theo yêu cầu"
                                        " tình hình thực tế.")
    assert 157 not in narrative
    assert narrative[187].text == "* Ban Dân vận Quận ủy:"
