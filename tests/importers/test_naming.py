"""Cells of units: one name per body or collective."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.importers.names.naming import CellReader, NameDoubt
from desktop.models.units import ResolutionKind, UnitTree
from tests.importers.plan_text import long_bien_plan, long_bien_tree

READER = CellReader(long_bien_tree())


@pytest.mark.parametrize(("cell", "names"), [
    ("", ""),
    ("Phòng VHTT", "Phòng VHTT"),
    ("UBND các phường", "UBND các phường"),
    ("Phòng TCKH, KT, CCT", "Phòng TCKH; Phòng KT; CCT"),
    ("TCKH, QLĐT, GDĐT", "TCKH; QLĐT; GDĐT"),
    ("CAQ, Đội TTGTVT, CSGT số 5", "CAQ; Đội TTGTVT; Đội CSGT số 5"),
    ("Văn phòng HĐND và UBND", "Văn phòng HĐND và UBND"),
    ("PYT và BHXH quận", "PYT; BHXH quận"),
    ("UBND, Ủy ban MTTQ Quận, phường", "UBND quận; UBND phường; Ủy ban MTTQ quận; Ủy ban MTTQ phường"),
    ("UBND, UBMTTQ Quận-Phường", "UBND quận; UBND phường; UBMTTQ quận; UBMTTQ phường"),
    ("UBND ; Uỷ ban MTTQ quận", "UBND quận; Uỷ ban MTTQ quận"),
    ("các phường: Bồ Đề, Long Biên và Ngọc Lâm", "phường Bồ Đề; phường Long Biên; phường Ngọc Lâm"),
    ("phường Bồ Đề, Ngọc Lâm; TTYT quận", "phường Bồ Đề; phường Ngọc Lâm; TTYT quận"),
    ("Các phòng, ban, ngành, đoàn thể; Công an quận", "Các phòng, ban, ngành, đoàn thể; Công an quận"),
    ("Các trường TC, CĐ liên kết", "Các trường TC, CĐ liên kết"),
    ("Các đoàn thể; Ban Tuyên giáo", "Các đoàn thể; Ban Tuyên giáo"),
    ("- Phòng Y tế;", "Phòng Y tế"),
    (";;, ,", ""),
    ("Đơn vị phối hợp: Quận Đoàn", "Quận Đoàn"),
    ("phường", "phường"),
    ("Phòng VHTT, các phường", "Phòng VHTT; các phường"),
    ("TTYT; 14 phường", "TTYT; 14 phường"),
    ("UBND quận, các phường", "UBND quận; UBND các phường"),
    ("các phường (trừ phường Bồ Đề, Ngọc Lâm); TTYT", "các phường (trừ phường Bồ Đề, Ngọc Lâm); TTYT"),
    ("các phường (trừ phường Bồ Đề; Ngọc Lâm), TTYT", "các phường (trừ phường Bồ Đề; Ngọc Lâm); TTYT"),
    ("14 phường trừ Bồ Đề, Long Biên, TTYT", "14 phường trừ Bồ Đề, Long Biên; TTYT"),
    ("14 phường trừ Bồ Đề và Long Biên; TTYT", "14 phường trừ Bồ Đề và Long Biên; TTYT"),
    ("UBND các phường trừ phường Long Biên", "UBND các phường trừ phường Long Biên"),
    ("Phường Bồ Đề; các phường còn lại", "Phường Bồ Đề; các phường còn lại (trừ Phường Bồ Đề)"),
    ("TYT phường Bồ Đề, Ngọc Lâm; TTYT", "TYT phường Bồ Đề; TYT phường Ngọc Lâm; TTYT"),
    ("UBND phường (Bồ Đề, Ngọc Lâm)", "UBND phường Bồ Đề; UBND phường Ngọc Lâm"),
    ("UBND các phường Bồ Đề, Ngọc Lâm và Long Biên", "UBND phường Bồ Đề; UBND phường Ngọc Lâm; UBND phường Long Biên"),
    ("UBND 3 phường: Bồ Đề, Ngọc Lâm, Long Biên", "UBND phường Bồ Đề; UBND phường Ngọc Lâm; UBND phường Long Biên"),
    ("các phường Bồ Đề và Ngọc Lâm", "phường Bồ Đề; phường Ngọc Lâm"),
    ("MTTQ, Hội CCB quận, phường", "MTTQ quận; MTTQ phường; Hội CCB quận; Hội CCB phường"),
])
def test_names_of_a_cell(cell: str, names: str) -> None:
    assert "; ".join(READER.read(cell).names) == names


@pytest.mark.parametrize(("cell", "names"), [
    ("Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Kinh tế, Hạ tầng và Đô thị"),
    ("TTYT, phòng Kinh tế,  Hạ tầng và Đô thị; Phòng VHTT", "TTYT; phòng Kinh tế, Hạ tầng và Đô thị; Phòng VHTT"),
    ("Phòng VHTT\nPhòng Kinh tế, Hạ\ntầng và Đô thị", "Phòng VHTT; Phòng Kinh tế, Hạ tầng và Đô thị"),
    ("UBKT Đảng ủy, TTYT", "UBKT Đảng ủy; TTYT"),
    ("Phòng Kinh tế, TTYT", "Phòng Kinh tế; TTYT"),
])
def test_a_name_taught_is_read_whole_whatever_stands_in_it(cell: str, names: str) -> None:
    tree = long_bien_tree().with_name("UBKT Đảng ủy", "ubkt")
    tree = tree.with_name("Phòng Kinh tế, Hạ tầng và Đô thị", "phong-kinh-te")
    read = CellReader(tree).read(cell)
    assert ("; ".join(read.names), read.doubts) == (names, ())


@pytest.mark.parametrize(("cell", "doubt"), [
    ("Phòng QLĐT TCKH", NameDoubt.SEPARATOR_MISSING),
    ("UBND quận, , Công an quận", NameDoubt.GAP),
    ("TTYT phối hợp với Phòng Y tế", NameDoubt.TOGETHER),
    ("Đơn vị chủ trì: TTYT", NameDoubt.PREFIX),
    ("UBND, UB MTTQ quận", NameDoubt.LEVEL_SPREAD),
    ("UBND ; Uỷ ban MTTQ quận", NameDoubt.LEVEL_ALONE),
    ("Phòng TCKH, KT", NameDoubt.HEAD_SPREAD),
    ("UBND", NameDoubt.LEVEL_UNCLEAR),
    ("Sở Xây dựng", NameDoubt.UNKNOWN),
    ("Phòng VTTT", NameDoubt.DAMAGED),
    ("Các trường học", NameDoubt.OPEN),
    ("13/14 phường", NameDoubt.WHICH),
    ("UBND 9 phường", NameDoubt.WHICH),
    ("các phường (trừ phường Lạ)", NameDoubt.EXCEPTION),
    ("Phường Bồ Đề; các phường còn lại", NameDoubt.REST),
    ("các phường còn lại", NameDoubt.OPEN),
])
def test_doubts_of_a_cell(cell: str, doubt: NameDoubt) -> None:
    assert doubt in [kind for kind, _ in READER.read(cell).doubts]


def test_a_plain_cell_has_no_doubts() -> None:
    assert READER.read("Phòng VHTT, TTPTQĐ quận; UBND các phường").doubts == ()


def test_without_a_tree_cells_are_split_at_separators() -> None:
    reader = CellReader(UnitTree())
    assert reader.read("Sở A, Sở B; Ban C").names == ("Sở A", "Sở B", "Ban C")
    assert reader.read("Các sở, ban, ngành; UBND tỉnh").names == ("Các sở, ban, ngành", "UBND tỉnh")


@pytest.mark.parametrize(("name", "count"), [
    ("các phường (trừ phường Bồ Đề, Ngọc Lâm)", 12), ("14 phường trừ Bồ Đề và Long Biên", 12),
    ("UBND các phường, ngoại trừ phường Long Biên", 13), ("Trạm Y tế các phường (trừ phường Bồ Đề)", 13),
    ("CÁC PHƯỜNG (TRỪ PHƯỜNG BỒ ĐỀ)", 13), ("13/14 phường", 14), ("14/14 TYT phường", 14), ("UBND 9 phường", 14),
    ("các phường (trừ phường Lạ)", 14), ("các phường còn lại", 0), ("các phường còn lại (trừ Phường Bồ Đề)", 13),
    ("các phường (trừ các phường)", 14),
])
def test_limited_collectives(name: str, count: int) -> None:
    resolution = long_bien_tree().resolve(name)
    assert resolution.kind is ResolutionKind.COLLECTIVE
    assert len(resolution.units) == count
    assert resolution.expands == (count > 0)


def test_what_is_left_looks_at_the_other_cell_too() -> None:
    names = READER.read("các phường còn lại; TTYT", ("phường Bồ Đề", "phường Ngọc Lâm", "Phòng Y tế")).names
    assert names == ("các phường còn lại (trừ phường Bồ Đề, phường Ngọc Lâm)", "TTYT")


def test_every_unit_cell_of_the_plan_is_known_or_says_what_is_unclear() -> None:
    tree = long_bien_tree()
    walked = 0
    for node in long_bien_plan().nodes:
        cells = ((node.printed.lead_units, node.lead_units), (node.printed.coordinating_units, node.coordinating_units))
        for printed, names in cells:
            assert bool(printed.strip(" \n\t-")) == bool(names), printed
            doubts = READER.read("; ".join(names)).doubts
            for name in names:
                walked += 1
                resolution = tree.resolve(name)
                known = bool(resolution.units) and resolution.kind is not ResolutionKind.UNKNOWN
                assert known or any(name in words for _, words in doubts), (node.path, name)
    assert walked > 550


def test_an_exception_of_an_exception_is_left_open() -> None:
    assert READER.read("các phường trừ các phường trừ phường Bồ Đề").doubts[-1][0] is NameDoubt.OPEN
    assert long_bien_tree().resolve("các phường trừ " * 1000 + "phường Bồ Đề").units == ()


_WORDS = st.sampled_from([
    "các", "phường", "quận", "14", "13/14", "UBND", "MTTQ", "TYT", "Phòng VHTT", "Bồ Đề", "Ngọc Lâm", "Long Biên",
    "trừ", "không kể", "còn lại", "và", ",", ";", ":", "(", ")", "-", "Các trường học", "liên quan",
    "Sở Lạ", "\n",
])


@settings(max_examples=200)
@given(st.one_of(st.lists(_WORDS, max_size=14).map(" ".join), st.text(max_size=60)))
def test_any_cell_is_read_and_every_name_stands_for_somebody_or_is_doubted(cell: str) -> None:
    tree = long_bien_tree()
    cell_names = READER.read(cell)
    doubted = " ".join(words for _, words in cell_names.doubts)
    for name in cell_names.names:
        assert name.strip()
        resolution = tree.resolve(name)
        assert all(unit in tree for unit in resolution.units)
        assert len(set(resolution.units)) == len(resolution.units)
        assert resolution.units or name in doubted
