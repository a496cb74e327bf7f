"""Quantities in titles: the 32 indicators of the plan read by hand, tasks that state one, and what is none."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.target_reading import read_decimal, read_targets
from desktop.models.targets import Basis, Comparator, Enters, Rollup, Target
from tests.importers.plan_text import long_bien_plan

# Read by hand from the printed plan 160-KH/QU: number | title | comparator value [max] unit; ... | what each measures,
# after "^value" where it is striven for and "[whom]" where everyone owes it; ...
INDICATORS = Path(__file__).with_name("targets_indicators.txt")
TASKS = Path(__file__).with_name("targets_tasks.txt")

NOT_TARGETS = (
    "Xây dựng cuốn Kỷ yếu tuyên truyền 20 năm xây dựng và phát triển quận Long Biên",
    "kỷ niệm 20 năm ngày thành lập quận Long Biên (06/11/2003-06/11/2023)",
    "thực hiện 10 tiêu chí đảm bảo trật tự đô thị (theo kế hoạch số 51 của Ủy ban MTTQ quận)",
    "Cải tạo, sửa chữa tổ dân phố số 2 phường Phúc Đồng",
    "tại ô quy hoạch G.4/TH1",
    "vườn hoa hồ Thạch Bàn 1-2, phường Thạch Bàn, quận Long Biên",
    "Giải chạy Marathon Long Biên lần thứ 7 năm 2023",
    "tương lai Long Biên 2045 quận Long Biên",
    "chào mừng ngày Giải phóng Thủ đô 10/10 và 20 năm thành lập quận",
    "thực hiện kế hoạch 211-KH/QU của Quận ủy",
    "Đánh giá kết quả 01 năm thực hiện bộ 06 QCDC do Quận ban hành (hiệu chỉnh năm 2022)",
    "tại bộ phận một cửa quận và 14 phường",
    "trực 24/7 tại cơ quan; Nghị quyết 15/2022 và Luật số 91/2025/QH15",
    "biểu dương tại ngày hội đại đoàn kết toàn dân tộc (18/11)",
    "Chương trình 03 đơn vị; tổ dân phố 5 phường Bồ Đề",
    "không có hộ khẩu",
    "",
)


def _rows(table: Path) -> list[tuple[str, str, list[tuple[str, ...]], str]]:
    rows = []
    for line in table.read_text(encoding="utf-8").splitlines():
        number, title, stated, words = (part.strip() for part in f"{line} ".split(" | "))
        rows.append((number, title, [_expected(one) for one in stated.split("; ") if one], words.rstrip("; ")))
    return rows


def _expected(words: str) -> tuple[str, ...]:
    comparator, value, *rest = words.split(" ")
    high = rest.pop(0) if comparator == "range" else ""
    return comparator, value, high, " ".join(rest)


def _read(title: str) -> list[tuple[str, ...]]:
    return [(one.comparator.value, one.value, one.value_max or "", one.unit) for one in read_targets(title)]


def _words(title: str) -> str:
    described = []
    for one in read_targets(title):
        marks = [f"^{one.stretch}"] if one.stretch else []
        marks += [f"[{one.each}]"] if one.each else []
        described.append(" ".join([*marks, one.measures]).strip())
    return "; ".join(described).strip("; ")


ALL_ROWS = _rows(INDICATORS) + _rows(TASKS)


def test_every_indicator_of_the_plan_is_in_the_fixture() -> None:
    assert len(_rows(INDICATORS)) == 32


def test_every_title_of_the_plan_that_states_a_quantity_was_read_by_hand() -> None:
    by_hand = [row[1].strip("+ ") for row in ALL_ROWS]
    stating = [node.title for node in long_bien_plan().nodes if node.targets]
    assert len(stating) > 45
    assert [title for title in stating if not any(title in one or one in title for one in by_hand)] == []


@pytest.mark.parametrize(("title", "expected"), [row[1:3] for row in ALL_ROWS], ids=[row[0] for row in ALL_ROWS])
def test_targets_of_a_title(title: str, expected: list[tuple[str, ...]]) -> None:
    assert _read(title) == expected
    assert _read(unicodedata.normalize("NFD", title)) == expected
    assert [row[:3] for row in _read(title.upper())] == [row[:3] for row in expected]


@pytest.mark.parametrize(("title", "words"), [(row[1], row[3]) for row in ALL_ROWS], ids=[row[0] for row in ALL_ROWS])
def test_what_a_target_measures_who_owes_it_and_what_is_striven_for(title: str, words: str) -> None:
    assert _words(title) == words
    assert _words(unicodedata.normalize("NFD", title)) == words


@pytest.mark.parametrize(("title", "value", "stretch"), [
    ("Tỷ lệ bao phủ bảo hiểm y tế đạt 93,5%, phấn đấu 95%", "93.5", "95"),
    ("Trồng 1.500 cây (phấn đấu 2.000 cây)", "1500", "2000"),
    ("Kết nạp ít nhất 120 đảng viên; phấn đấu 130 đảng viên", "120", None),
    ("Phấn đấu đạt 50 % hồ sơ trực tuyến", "50", "50"),
    ("Đạt 100% hồ sơ, phấn đấu 60% hồ sơ trước hạn", "100", None),
    ("Giảm còn dưới 3% hộ nghèo, phấn đấu 2%", "3", "2"),
])
def test_a_stretch_stands_beside_its_base_or_alone(title: str, value: str, stretch: str | None) -> None:
    target = read_targets(title)[0]
    assert (target.value, target.stretch) == (value, stretch)


@pytest.mark.parametrize(("title", "enters", "basis", "rollup"), [
    ("Tỷ lệ bao phủ bảo hiểm y tế đạt 93,5%", Enters.LEAD, Basis.CUMULATIVE, Rollup.RATIO),
    ("Mỗi phường xây dựng ít nhất 01 mô hình", Enters.UNITS, Basis.CUMULATIVE, Rollup.COUNT_UNITS),
    ("Mỗi năm tổ chức 02 hội nghị", Enters.LEAD, Basis.CUMULATIVE, Rollup.SUM),
    ("Đăng 10 tin, bài/tháng", Enters.LEAD, Basis.PERIOD, Rollup.SUM),
    ("Tổ chức 02 buổi/quý/phường", Enters.UNITS, Basis.PERIOD, Rollup.COUNT_UNITS),
    ("14/14 phường có nhà văn hóa", Enters.LEAD, Basis.CUMULATIVE, Rollup.COUNT_UNITS),
    ("Chỉ số hài lòng nằm trong nhóm 05 đơn vị đứng đầu", Enters.LEAD, Basis.CUMULATIVE, Rollup.OFFICIAL),
])
def test_proposed_settings(title: str, enters: Enters, basis: Basis, rollup: Rollup) -> None:
    (target,) = read_targets(title)
    assert (target.enters, target.basis, target.rollup) == (enters, basis, rollup)


@pytest.mark.parametrize(("title", "numerator", "denominator"), [
    ("Duy trì 100% rác thải phát sinh trong ngày được thu gom", "rác thải phát sinh trong ngày được thu gom",
     "rác thải phát sinh trong ngày"),
    ("Tỷ lệ người dân luyện tập thường xuyên: đạt 46% tổng số dân", "người dân luyện tập thường xuyên", "tổng số dân"),
    ("Tỷ lệ bao phủ bảo hiểm y tế toàn dân đạt 93,5%.", "bao phủ bảo hiểm y tế toàn dân", ""),
    ("14/14 phường có nhà văn hóa", "", "14 phường"),
])
def test_names_of_the_parts_of_a_rate(title: str, numerator: str, denominator: str) -> None:
    (target,) = read_targets(title)
    assert (target.numerator, target.denominator) == (numerator, denominator)


@pytest.mark.parametrize(("printed", "value"), [
    ("1.500", "1500"), ("93,5", "93.5"), ("08", "8"), ("1.234,5", "1234.5"), ("-2,50", "-2.5"), ("0", "0"), ("-0", "0"),
    ("0,0", "0"), ("1.2.3", None),
    ("", None), ("1e5", None), ("12 hộ", None), ("9" * 16, None), ("٣", None), ("1,5,5", None), ("NaN", None),
])
def test_numbers_as_entered(printed: str, value: str | None) -> None:
    assert read_decimal(printed) == value


@pytest.mark.parametrize("title", NOT_TARGETS)
def test_other_numbers_are_no_targets(title: str) -> None:
    assert read_targets(title) == ()


def test_target_keeps_its_printed_words() -> None:
    (target,) = read_targets("năm 2023 đạt từ 2.000 lượt người trở lên")
    assert target == Target(
        Comparator.AT_LEAST, "2000", None, "lượt người", "từ 2.000 lượt người trở lên", measures="lượt người"
    )


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=80), st.lists(
    st.sampled_from(["từ", "đến", "trên", "ít nhất", "1", "9" * 20, "1.500", "93,5", "%", "14/14", "phường", "hộ", "-",
                     "/", "tỷ đồng", "trở lên", "không có", "nhóm", "đứng đầu", "0", "2045", "٣"]), max_size=12,
).map(" ".join)))  # fmt: skip
def test_no_title_raises_and_values_are_decimals(title: str) -> None:
    for target in read_targets(title):
        assert Decimal(target.value) >= 0
        assert target.text
        assert (target.value_max is not None) == (target.comparator is Comparator.RANGE)


def test_where_things_stand_now_is_no_target() -> None:
    assert _read("Tăng tỷ lệ từ 46% lên 50%, giảm từ 12 vụ xuống còn 8 vụ") == [
        ("exactly", "50", "", "%"), ("count", "8", "", "vụ"),
    ]
