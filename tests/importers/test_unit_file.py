"""The bundled unit tree and the complaints about a malformed one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from desktop.importers.names.unit_file import load_unit_file, parse_unit_file
from desktop.models.errors import EnvironmentTrouble, Refused
from tests.importers.plan_text import TREE_FILE, long_bien_tree

WARDS = ("Bồ Đề", "Cự Khối", "Đức Giang", "Gia Thụy", "Giang Biên", "Long Biên", "Ngọc Lâm", "Ngọc Thụy", "Phúc Đồng",
         "Phúc Lợi", "Sài Đồng", "Thạch Bàn", "Thượng Thanh", "Việt Hưng")


def test_the_fourteen_wards_each_with_its_bodies() -> None:
    tree = long_bien_tree()
    for ward in WARDS:
        unit = tree.find(f"Phường {ward}")
        assert unit is not None
        assert tree.find(f"UBND phường {ward}") is unit
        assert tree.find(f"Đảng ủy phường {ward}") is unit
        assert [below.name for below in tree.children(unit.id)] == [
            f"{body} phường {ward}" for body in ("UB MTTQ", "Đoàn TNCSHCM", "Hội LHPN", "Hội CCB", "Trạm Y tế")
        ]
    assert sum(unit.level == "phường" for unit in tree.units) == 14 * 6


@pytest.mark.parametrize(("name", "short"), [
    ("Quận Long Biên", "Q-LongBien"), ("UB MTTQ quận", "MTTQ-Quan"), ("Phường Bồ Đề", "P-BoDe"), ("TTPTQĐ", "TTPTQD"),
    ("Trung tâm PTQĐ", "TTPTQD"), ("Hội LHPN quận", "LHPN-Quan"), ("Phòng VH TT", "Phong-VHTT"),
    ("Phòng VH-TT", "Phong-VHTT"), ("Ban Thường vụ Quận ủy Long Biên", "Q-LongBien"), ("VPHĐND&UBND quận",
                                                                                     "VP-HDND-UBND"),
    ("Phường Long Biên", "P-LongBien"), ("uy ban mttq quan", "MTTQ-Quan"), ("Đoàn TNCSHCM Phường Bồ Đề",
                                                                            "Doan-P-BoDe"),
])
def test_names_of_the_plan(name: str, short: str) -> None:
    unit = long_bien_tree().find(name)
    assert unit is not None
    assert unit.short == short


def test_ids_and_short_names_can_stand_in_facts_and_file_names() -> None:
    tree = long_bien_tree()
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", unit.id) for unit in tree.units)
    shorts = [unit.short.casefold() for unit in tree.units]
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", short) for short in shorts)
    assert len(set(shorts)) == len(shorts)
    assert [unit.id for unit in tree.roots()] == ["quan-long-bien"]


@pytest.mark.parametrize(("name", "count"), [
    ("UBND phường", 14), ("UBND các phường", 14), ("UBND 14 phường", 14), ("các phường", 14), ("TYT phường", 14),
    ("14 Trạm Y tế phường", 14), ("Ủy ban MTTQ phường", 14), ("Hội PN cơ sở", 14),
    ("các tổ chức chính trị - xã hội quận", 4), ("tổ chức CTXH các phường", 42), ("Các Ban XD Đảng", 5),
])
def test_collectives(name: str, count: int) -> None:
    assert len(long_bien_tree().resolve(name).units) == count


def test_validity() -> None:
    file = load_unit_file(TREE_FILE)
    assert [file.is_valid_in(year) for year in (2002, 2003, 2023, 2025, 2026)] == [False, True, True, True, False]


def bundled() -> dict[str, Any]:
    body: dict[str, Any] = json.loads(TREE_FILE.read_text(encoding="utf-8"))
    return body


def refusal(data: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        parse_unit_file(data, "tree.json")
    assert caught.value.code == "UNIT_FILE_MALFORMED"
    return caught.value


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff\xfe", b"{", b'{"format": "unit-tree/9"}', b"[" * 100_000])
def test_what_is_no_tree_is_refused(data: bytes) -> None:
    refusal(data)


def test_the_complaint_names_the_place() -> None:
    body = bundled()
    del body["units"][2]["level"]
    assert "units thứ 3: thiếu “level”" in refusal(json.dumps(body).encode()).message
    body = bundled()
    body["units"][0]["aliases"] = "QU"
    assert "“aliases” phải là danh sách chữ" in refusal(json.dumps(body).encode()).message
    body = bundled()
    body["levels"][1]["expands"] = "yes"
    assert "“expands”" in refusal(json.dumps(body).encode()).message
    body = bundled()
    body["valid_until"] = "30/6/2025"
    refusal(json.dumps(body).encode())


def test_one_name_for_two_units_is_refused() -> None:
    body = bundled()
    body["units"][1]["aliases"].append("Phòng VHTT")
    assert "là tên của cả" in refusal(json.dumps(body).encode()).message


def test_unknown_members_and_parents_are_refused() -> None:
    body = bundled()
    body["collectives"][0]["members"].append("places/không-có")
    refusal(json.dumps(body).encode())
    body = bundled()
    body["units"][1]["parent"] = "không-có"
    assert "không-có" in refusal(json.dumps(body).encode()).message
    body = bundled()
    body["units"][0]["parent"] = "phuong-bo-de"
    refusal(json.dumps(body).encode())


def test_a_body_without_words_or_with_an_unknown_hole_is_refused() -> None:
    body = bundled()
    body["places"]["bodies"][0]["words"] = []
    assert "“words” phải có ít nhất một chữ" in refusal(json.dumps(body).encode()).message
    for form in ("{ward}", "{0}", "{place.none}", "{"):
        body = bundled()
        body["places"]["bodies"][0]["name"] = form
        refusal(json.dumps(body).encode())
    body["places"]["bodies"][0]["name"] = "{ward}"
    assert "“{ward}”: chỉ dùng được {place}, {short}" in refusal(json.dumps(body).encode()).message


def test_a_tree_without_places_is_fine() -> None:
    body = bundled()
    del body["places"]
    body["collectives"] = []
    body["doubtful"] = {}
    tree = parse_unit_file(json.dumps(body).encode(), "tree.json").tree
    assert tree.find("Phường Bồ Đề") is None


def test_a_missing_file_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentTrouble) as caught:
        load_unit_file(tmp_path / "none.json")
    assert caught.value.code == "UNIT_FILE_UNREADABLE"
