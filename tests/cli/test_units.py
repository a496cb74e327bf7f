"""``unit list``, ``unit teach`` and ``unit members`` as a person types them."""

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


def test_slips(town: Town) -> None:
    for words, reason in (
        (("unit", "teach", "Phòng VHTT", "--as", "Phòng Y tế"), "UNIT_NAME_TAKEN"),
        (("unit", "teach", "Sở Lạ", "--as", "Sở Khác"), "UNIT_UNKNOWN"),
        (("unit", "members", "Các trường học", "--set", "Sở Lạ"), "UNIT_UNKNOWN"),
        (("unit", "members", "Phòng VHTT", "--set"), "COLLECTIVE_UNKNOWN"),
    ):
        answer = town.at(HUB, *words)
        assert (answer.reason, answer.code, answer.out) == (reason, 2, "")
    assert town.at(WARD, "unit", "members", "Các trường học", "--set").reason == "HUB_ONLY"
