"""The ``unit`` commands as a person types them."""

from __future__ import annotations

from tests.cli.town import HUB, WARD, Town


def test_the_tree_as_lines_and_as_json(made: Town) -> None:
    lines = made.good(HUB, "unit", "list").out.splitlines()
    assert any(line.startswith("Phường Bồ Đề · UBND phường Bồ Đề") for line in lines)
    assert any(line.startswith("[14 đơn vị] UBND các phường") for line in lines)
    assert any(line.startswith("[chưa rõ gồm những đơn vị nào] ") for line in lines)
    tree = made.good(WARD, "unit", "list", "--json").json
    assert len(tree["units"]) > 100
    assert tree["units"][0]["parent"] is None
    assert {"id", "name", "members", "aliases"} == set(tree["collectives"][0])


def test_members_and_names_are_taught(town: Town) -> None:
    said = town.good(HUB, "unit", "members", "Các trường học", "--set", "Phòng Nội vụ", "Phường Bồ Đề").out
    assert "gồm 2 đơn vị: đã lưu, 1 dòng" in said
    said = town.good(HUB, "unit", "teach", "các trường", "--as", "các trường học").out
    assert "đã lưu, 2 dòng" in said
    assert "không có gì thay đổi" in town.good(HUB, "unit", "teach", "Các Trường", "--as", "các trường học").out
    listed = {one["name"]: one for one in town.good(HUB, "unit", "list", "--json").json["collectives"]}
    assert listed["Các trường học"]["aliases"] == ["các trường"]
    assert len(listed["Các trường học"]["members"]) == 2


def test_units_and_collectives_are_added(town: Town) -> None:
    said = town.good(HUB, "unit", "collective", "Khối trường", "--set", "Phòng GD&ĐT", "Phòng Nội vụ").out
    assert "“Khối trường” gồm 2 đơn vị: đã lưu, 0 dòng" in said
    said = town.good(
        HUB, "unit", "add", "Các trường học", "--under", "Phòng GD&ĐT", "--short", "Truong", "--level", "quận"
    ).out
    assert "Thêm đơn vị “Các trường học”: đã lưu, 1 dòng" in said
    tree = town.good(HUB, "unit", "list", "--json").json
    assert tree["units"][-1] == {
        "id": "cac-truong-hoc", "name": "Các trường học", "short": "Truong", "level": "quận",
        "parent": next(unit["id"] for unit in tree["units"] if "Phòng GD&ĐT" in unit["aliases"]), "aliases": [],
    }
    assert tree["collectives"][-1]["name"] == "Khối trường"
    assert len(tree["collectives"][-1]["members"]) == 2


def test_slips(town: Town) -> None:
    for words, reason in (
        (("unit", "teach", "Phòng VHTT", "--as", "Phòng Y tế"), "UNIT_NAME_TAKEN"),
        (("unit", "teach", "Sở Lạ", "--as", "Sở Khác"), "UNIT_UNKNOWN"),
        (("unit", "members", "Các trường học", "--set", "Sở Lạ"), "UNIT_UNKNOWN"),
        (("unit", "members", "Phòng VHTT", "--set"), "COLLECTIVE_UNKNOWN"),
        (("unit", "collective", "các phường", "--set"), "UNIT_NAME_TAKEN"),
        (("unit", "add", "Sở Lạ", "--under", "Sở Khác"), "UNIT_UNKNOWN"),
        (("unit", "add", "Sở Lạ", "--under", "Phòng VHTT", "--level", "sở"), "UNIT_LEVEL_UNKNOWN"),
        (("unit", "add", "Sở Lạ"), "USAGE"),
    ):
        answer = town.at(HUB, *words)
        assert (answer.reason, answer.code, answer.out) == (reason, 2, "")
    assert town.at(WARD, "unit", "members", "Các trường học", "--set").reason == "HUB_ONLY"
