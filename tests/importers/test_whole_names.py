"""Well-known names that no tree has to know in order to be read whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.importers.names.naming import CellReader, NameDoubt
from desktop.importers.names.whole_names import WholeNames, load_whole_names
from desktop.models.errors import EnvironmentTrouble, Refused
from desktop.models.units import UnitTree
from desktop.services.environment import RESOURCES
from tests.importers.plan_text import long_bien_tree

WHOLE = load_whole_names(RESOURCES / "units" / "names" / "whole-names.json")
CELLS = [
    ("Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Kinh tế, Hạ tầng và Đô thị"),
    ("Phòng Kinh tế, hạ tầng và đô thị phường Bồ Đề", "Phòng Kinh tế, hạ tầng và đô thị phường Bồ Đề"),
    ("Phòng Kinh tế, Hạ tầng và Đô thị, Công an", "Phòng Kinh tế, Hạ tầng và Đô thị; Công an"),
    ("Công an; Phòng Kinh tế,Hạ tầng và Đô thị phường", "Công an; Phòng Kinh tế, Hạ tầng và Đô thị phường"),
    ("Phòng Văn hóa – Xã hội; Văn phòng HĐND và UBND xã", "Phòng Văn hóa – Xã hội; Văn phòng HĐND và UBND xã"),
    ("UBKT Đảng ủy, Ban Xây dựng Đảng ủy", "UBKT Đảng ủy; Ban Xây dựng Đảng ủy"),
    ("Ủy ban Kiểm tra Đảng ủy phường", "Ủy ban Kiểm tra Đảng ủy phường"),
    ("Ban Quản lý dự án đầu tư - hạ tầng", "Ban Quản lý dự án đầu tư - hạ tầng"),
    ("Trung tâm Phục vụ hành chính công, Văn phòng Đảng uỷ",
     "Trung tâm Phục vụ hành chính công; Văn phòng Đảng uỷ"),
]
SPLITTING = {NameDoubt.SEPARATOR_MISSING, NameDoubt.GAP}


@pytest.mark.parametrize("tree", [UnitTree(), long_bien_tree()], ids=["no tree", "a tree"])
@pytest.mark.parametrize(("cell", "names"), CELLS)
def test_a_well_known_name_is_read_whole(tree: UnitTree, cell: str, names: str) -> None:
    read = CellReader(tree, WHOLE).read(cell)
    assert "; ".join(read.names) == names
    assert not SPLITTING & {doubt for doubt, _ in read.doubts}


def test_every_name_of_the_table_is_read_whole_and_beside_others() -> None:
    reader = CellReader(long_bien_tree(), WHOLE)
    for name in WHOLE.names:
        assert reader.read(name).names == (name,)
        assert reader.read(f"CAQ, {name}; TTYT").names == ("CAQ", name, "TTYT")


def test_a_list_that_only_begins_like_a_name_is_a_list() -> None:
    read = CellReader(UnitTree(), WHOLE).read("Phòng Kinh tế, Công an, Đoàn thanh niên")
    assert read.names == ("Phòng Kinh tế", "Công an", "Đoàn thanh niên")


@pytest.mark.parametrize(("text", "held"), [
    ("Phòng A, B", True), ("phòng a b phường Lạ", True), ("Phòng A, B và C", False), ("Phòng A, B phường và C", False),
    ("Phòng A, Bé", False), ("", False),
])
def test_a_level_with_its_place_may_follow(text: str, held: bool) -> None:
    assert WholeNames(("Phòng A, B",), ("phường",)).holds(text) is held


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "whole-names/1", "names": [1], "levels": []}',
                                     '{"format": "whole-names/1", "names": ["A"]}'])
def test_a_malformed_table_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "names.json").write_text(content, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        load_whole_names(tmp_path / "names.json")
    assert caught.value.code == "NAMES_MALFORMED"


def test_a_missing_table_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentTrouble) as caught:
        load_whole_names(tmp_path / "none.json")
    assert caught.value.code == "NAMES_UNREADABLE"
