"""Cells of units: one name per body or collective."""

from __future__ import annotations

import pytest

from desktop.importers.naming import CellReader, NameDoubt
from desktop.models.units import UnitTree
from tests.importers.plan_text import long_bien_tree

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
])
def test_names_of_a_cell(cell: str, names: str) -> None:
    assert "; ".join(READER.read(cell).names) == names


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
])
def test_doubts_of_a_cell(cell: str, doubt: NameDoubt) -> None:
    assert doubt in [kind for kind, _ in READER.read(cell).doubts]


def test_a_plain_cell_has_no_doubts() -> None:
    assert READER.read("Phòng VHTT, TTPTQĐ quận; UBND các phường").doubts == ()


def test_without_a_tree_cells_are_split_at_separators() -> None:
    reader = CellReader(UnitTree())
    assert reader.read("Sở A, Sở B; Ban C").names == ("Sở A", "Sở B", "Ban C")
    assert reader.read("Các sở, ban, ngành; UBND tỉnh").names == ("Các sở, ban, ngành", "UBND tỉnh")
