"""The consolidated sheet as PDF, measured on the made pages."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta, timezone
from itertools import pairwise
from typing import Any

import pdfplumber
import pytest

from desktop.models.plan import NodeKind
from desktop.models.report import Timeliness
from desktop.models.sheets import ConsolidatedRow, ConsolidatedSheet, Paper
from tests.reports.measured import HAIR, MM, MeasuredPage, measure, printed, squeezed
from tests.reports.samples import LONG, WORD, group, head, item, many, section, sheet

WARDS = "Bồ Đề, Cự Khối, Đức Giang, Gia Thụy, Giang Biên, Ngọc Lâm, Phúc Lợi, Sài Đồng, Việt Hưng".split(", ")
BLANK = ConsolidatedRow("1", NodeKind.ITEM, 2, "", "")
STRAINED: dict[str, tuple[ConsolidatedRow, ...]] = {
    "usual": many(30),
    "nothing": (),
    "blank": (BLANK,),
    "long title": (section(title=LONG[:200]), group(title=LONG[:300]), item(title=LONG, result=LONG), item("1.2")),
    "long words": (section(), item(title=WORD, lead_units=(WORD,), result=WORD, deadline=WORD), item("1.2")),
    "twenty leaders": (
        section(),
        item(leaders=tuple(f"Đ/c Nguyễn Văn {n} - UVTVP, Phó Chủ tịch UBND quận" for n in range(20))),
        item("1.2", lead_units=tuple(f"UBND phường {ward}" for ward in WARDS)),
    ),
    "tall last row": (section(), group(), item(result="\n".join([LONG] * 4))),
    "headings with cells": (replace(group("*", "Nhóm có đơn vị"), lead_units=("Phòng Y tế",)), item()),
}


@pytest.fixture(scope="module")
def usual() -> list[MeasuredPage]:
    """Thirty rows on Party paper."""
    return measure(printed(sheet(many(30))))


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("rows", STRAINED.values(), ids=STRAINED.keys())
def test_text_stays_inside_its_cell_and_the_margins(rows: tuple[ConsolidatedRow, ...], paper: Paper) -> None:
    for page in measure(printed(sheet(rows, paper))):
        assert (round(page.width / MM), round(page.height / MM)) == (297, 210)
        for letter in page.body:
            assert 30 * MM - HAIR <= letter["x0"] <= letter["x1"] <= page.width - 15 * MM + HAIR
            assert 20 * MM - HAIR <= letter["top"] + letter["size"] * 0.1
            assert letter["bottom"] <= page.height - 20 * MM + HAIR
        assert not crossed(page)
        assert not overlapping(page)


def crossed(page: MeasuredPage) -> list[str]:
    """Letters that a vertical line of the table runs through."""
    return [
        letter["text"]
        for line in page.verticals
        for letter in page.letters
        if letter["x0"] + HAIR < line["x0"] < letter["x1"] - HAIR
        and line["top"] < (letter["top"] + letter["bottom"]) / 2 < line["bottom"]
    ]


def overlapping(page: MeasuredPage) -> list[tuple[str, str]]:
    """Neighbouring letters of a line that stand on one another."""

    def place(letter: dict[str, Any]) -> tuple[float, float]:
        return round(letter["bottom"], 1), letter["x0"]

    return [
        (left["text"], right["text"])
        for left, right in pairwise(sorted(page.letters, key=place))
        if round(left["bottom"], 1) == round(right["bottom"], 1) and right["x0"] < left["x1"] - 1.5
    ]


@pytest.mark.parametrize("rows", STRAINED.values(), ids=STRAINED.keys())
def test_no_text_is_lost(rows: tuple[ConsolidatedRow, ...]) -> None:
    pages = measure(printed(sheet(rows)))
    letters = sorted(squeezed("".join(letter["text"] for page in pages for letter in page.letters)))
    wanted = sorted(squeezed("".join(text for row in rows for text in texts(row))))
    for letter in set(wanted):
        assert letters.count(letter) >= wanted.count(letter), letter


def texts(row: ConsolidatedRow) -> Iterable[str]:
    """All texts that the row must show."""
    yield from (row.code, row.title, row.deadline, row.result, row.evidence, row.difficulties, row.proposals)
    yield from (*row.leaders, *row.lead_units, *row.coordinating_units)


def test_every_page_has_the_header_row_the_foot_and_the_moment_of_the_data(usual: list[MeasuredPage]) -> None:
    assert len(usual) > 2
    for number, page in enumerate(usual, start=1):
        header = next(word for word in page.words if word["text"] == "TT")
        first_line = min(line["top"] for line in page.horizontals if line["width"] > 200 * MM)
        assert header["top"] - first_line < 8 * MM
        assert "Nội dung" in page.text
        assert "Thời hạn" in page.text
        assert f"Trang {number}/{len(usual)}" in page.text
        assert "Số liệu cập nhật 09h41, ngày 15/09/2023" in page.text
        assert "Quý III/2023" in page.text


def test_party_head(usual: list[MeasuredPage]) -> None:
    lines = usual[0].text.splitlines()
    assert "ĐẢNG BỘ THÀNH PHỐ HÀ NỘI ĐẢNG CỘNG SẢN VIỆT NAM" in lines[0]
    assert "QUẬN ỦY LONG BIÊN" in lines
    assert "*" in lines
    assert "Số 125-BC/QU Long Biên, ngày 05 tháng 9 năm 2023" in lines
    assert "BẢNG TỔNG HỢP TIẾN ĐỘ" in lines
    assert "(Thực hiện Kế hoạch số 160-KH/QU ngày 11/01/2023 của Ban Thường vụ Quận ủy)" in lines
    assert "Kỳ báo cáo: Quý III/2023 – Lũy kế từ đầu năm" in lines
    assert any(line.startswith("Tổng số 180 nhiệm vụ") for line in lines)
    assert size_of(usual[0], "ĐẢNG") == 14
    assert max(round(letter["size"], 2) for letter in usual[0].letters) == 15


def test_state_head() -> None:
    page = measure(printed(sheet(many(3), Paper.STATE)))[0]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page.text
    assert "Số: 15/BC-UBND" in page.text
    motto = [word for word in page.words if word["text"] in ("Độc", "phúc")]
    width = motto[1]["x1"] - motto[0]["x0"]
    assert any(abs(line["width"] - width) < 1 for line in page.horizontals), "the rule is as long as the motto"


def size_of(page: MeasuredPage, word: str) -> float:
    """The size of the first letter of the first such word."""
    found = next(each for each in page.words if each["text"] == word)
    place = (found["x0"], found["top"])
    return next(round(float(each["size"]), 2) for each in page.letters if (each["x0"], each["top"]) == place)


def test_number_and_date_wait_to_be_written_by_hand() -> None:
    plain = sheet(many(1))
    open_head = replace(plain.head, number="", day=None)
    page = measure(printed(replace(plain, head=open_head)))[0]
    assert re.search(r"Số …+ Long Biên, ngày\s+tháng\s+năm 2023", page.text)


def test_table_text_is_ten_points_or_more(usual: list[MeasuredPage]) -> None:
    assert min(round(letter["size"], 2) for page in usual for letter in page.letters) >= 10


def test_only_liberation_serif_is_embedded() -> None:
    data = printed(sheet(many(3)))
    assert b"Helvetica" not in data
    with pdfplumber.open(io.BytesIO(data)) as file:
        names = {letter["fontname"] for page in file.pages for letter in page.chars}
    assert all(re.fullmatch(r"[A-Z]{6}\+LiberationSerif(-\w+)?", name) for name in names)
    declared = re.findall(rb"/BaseFont /(\S+)", data)
    assert declared
    assert all(b"+LiberationSerif" in name for name in declared)
    assert data.count(b"/FontFile2") == len(declared)


def test_text_can_be_searched_with_its_marks(usual: list[MeasuredPage]) -> None:
    text = "\n".join(page.text for page in usual)
    assert unicodedata.is_normalized("NFC", text)
    assert "Về chỉnh trang đô thị (05 chỉ tiêu)" in text
    assert "HĐND&UBND" in text
    assert "TTVHTT&TT" in text


def test_decomposed_text_is_drawn_composed() -> None:
    page = measure(printed(sheet([item(title=unicodedata.normalize("NFD", "Nhà ở tạm"))])))[0]
    assert "Nhà ở tạm" in page.text


def test_status_stands_in_words_beside_its_mark() -> None:
    rows = [item(f"1.{n}", timeliness=kind, days=5) for n, kind in enumerate(Timeliness)]
    text = "\n".join(page.text for page in measure(printed(sheet(rows))))
    for words in ("● đúng hạn", "■ trễ hạn", "○ trong hạn", "► sắp đến hạn", "▲ quá hạn", "◊ không hạn"):
        assert words in text
    assert "5 ngày" in text
    assert "Ký hiệu:" in text


def test_conflicts_and_days_of_completion_are_shown() -> None:
    done = item(conflicts=2, done_on=date(2023, 9, 8), difficulties="Chậm kinh phí", proposals="Cấp kinh phí")
    text = measure(printed(sheet([done])))[0].text
    for words in ("Cần đối chiếu: 2", "(08/9/2023)", "Khó khăn:", "Đề xuất:", "Minh chứng:"):
        assert words in text


def test_a_heading_stands_above_its_row_on_the_same_page() -> None:
    rows = [row for n in range(1, 12) for row in (group(str(n), f"NHÓM-{n}"), item(f"{n}.1", LONG[:260]))]
    for page in measure(printed(sheet(rows))):
        codes = re.findall(r"NHÓM-(\d+)", page.text)
        assert all(re.search(rf"^{code}\.1 ", page.text, re.MULTILINE) for code in codes)


def test_a_row_taller_than_a_page_goes_on_with_its_number() -> None:
    pages = measure(printed(sheet(STRAINED["tall last row"])))
    assert len(pages) > 2
    for page in pages[1:]:
        assert "1.1" in page.text
        assert "(tiếp)" in page.text


@pytest.mark.parametrize("count", range(1, 16))
@pytest.mark.parametrize("notes", [(), ("Không có.",)])
def test_the_signature_never_stands_alone(count: int, notes: tuple[str, ...]) -> None:
    page = measure(printed(sheet(many(count), notes=notes)))[-1]
    assert "T/M BAN THƯỜNG VỤ" in page.text
    assert "PHÓ BÍ THƯ" in page.text
    assert "Nguyễn Văn A" in page.text
    assert f"1.{count} " in page.text


def test_deputies_sign_for_the_head_on_state_papers() -> None:
    page = measure(printed(sheet(many(1), Paper.STATE)))[-1]
    assert "KT. CHỦ TỊCH" in page.text
    assert "NGƯỜI LẬP BIỂU" in page.text


def test_without_a_signature_the_issuing_body_may_sign() -> None:
    plain = sheet(many(1))
    page = measure(printed(replace(plain, head=replace(plain.head, signature=None))))[-1]
    assert "T/M QUẬN ỦY LONG BIÊN" in page.text


def test_a_sheet_without_rows_says_so() -> None:
    page = measure(printed(ConsolidatedSheet(head(), ())))[0]
    assert "Không có nội dung nào" in page.text
    assert "Trang 1/1" in page.text


def test_title_author_language_outline_and_date() -> None:
    plain = sheet([section(), group(), item(), section("II", "NỘI DUNG, NHIỆM VỤ"), item("2.1")])
    local = plain.head.updated.replace(tzinfo=timezone(timedelta(hours=7)))
    with pdfplumber.open(io.BytesIO(printed(replace(plain, head=replace(plain.head, updated=local))))) as file:
        assert file.metadata["Title"].startswith("Bảng tổng hợp tiến độ – Quý III/2023")
        assert file.metadata["Author"] == "Quận ủy Long Biên"
        assert file.metadata["CreationDate"] == "D:20230915094100+07'00'"
        assert file.doc.catalog["Lang"] == b"vi"
        outline = [(level, title) for level, title, *_ in file.doc.get_outlines()]
    assert outline == [
        (1, "I. CÁC CHỈ TIÊU CHỦ YẾU"),
        (2, "1. Về chỉnh trang đô thị (05 chỉ tiêu)"),
        (1, "II. NỘI DUNG, NHIỆM VỤ"),
    ]


def test_a_group_before_any_section_is_in_the_outline() -> None:
    with pdfplumber.open(io.BytesIO(printed(sheet([group(), item()])))) as file:
        assert [level for level, *_ in file.doc.get_outlines()] == [1]


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert printed(sheet(many(12))) == printed(sheet(many(12)))


def test_five_hundred_rows_are_all_there() -> None:
    text = printed(sheet(many(500)))
    with pdfplumber.open(io.BytesIO(text)) as file:
        assert f"Trang {len(file.pages)}/{len(file.pages)}" in file.pages[-1].extract_text()
        assert "1.500" in file.pages[-1].extract_text()
