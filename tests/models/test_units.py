"""The unit tree: names, collectives, what a printed name stands for."""

from __future__ import annotations

import pytest

from desktop.models.units import Collective, Level, ResolutionKind, Unit, UnitTree, Vocabulary, name_key


def unit(unit_id: str, name: str, parent: str | None = "hub", level: str = "quận", *aliases: str) -> Unit:
    return Unit(unit_id, name, unit_id.upper(), level, parent, aliases)


TREE = UnitTree(
    units=(
        unit("hub", "Quận Long Biên", None),
        unit("ubnd", "UBND quận", "hub", "quận", "UBND"),
        unit("vhtt", "Phòng Văn hóa và Thông tin", "ubnd", "quận", "Phòng VHTT", "VHTT"),
        unit("p-bd", "Phường Bồ Đề", "hub", "phường", "UBND phường Bồ Đề"),
        unit("p-lb", "Phường Long Biên", "hub", "phường"),
        unit("p-bd-tyt", "Trạm Y tế phường Bồ Đề", "p-bd", "phường"),
    ),
    collectives=(
        Collective("wards", "UBND các phường", ("p-bd", "p-lb"), ("UBND phường",), expands=True),
        Collective("schools", "các trường học"),
    ),
    vocabulary=Vocabulary(
        place="Long Biên", levels=(Level("quận"), Level("phường", expands=True)), doubtful=(("Phòng VTTT", "vhtt"),),
    ),
)


@pytest.mark.parametrize(("name", "unit_id"), [
    ("Phòng VHTT", "vhtt"), ("phong vh-tt", "vhtt"), ("Phòng VH TT quận", "vhtt"), ("VHTT", "vhtt"),
    ("PHÒNG VĂN HOÁ VÀ THÔNG TIN", "vhtt"), ("Quận Long Biên", "hub"), ("Phường Long Biên", "p-lb"),
    ("UBND quận Long Biên", "ubnd"), ("ubnd phường bồ đề", "p-bd"), ("P-BD", "p-bd"),
])
def test_find_folds_marks_signs_and_level(name: str, unit_id: str) -> None:
    found = TREE.find(name)
    assert found is not None
    assert found.id == unit_id


@pytest.mark.parametrize("name", ["Long Biên", "", "UBND các phường", "Phòng Không Có"])
def test_find_gives_none_for_anything_else(name: str) -> None:
    assert TREE.find(name) is None


def test_resolve_tells_units_collectives_and_unknown() -> None:
    assert TREE.resolve("Phòng VHTT").kind is ResolutionKind.UNIT
    wards = TREE.resolve("UBND  phường")
    assert (wards.kind, wards.units, wards.expands) == (ResolutionKind.COLLECTIVE, ("p-bd", "p-lb"), True)
    assert TREE.resolve("các trường học").units == ()
    assert TREE.resolve("các đơn vị liên quan").kind is ResolutionKind.COLLECTIVE
    assert TREE.resolve("Sở Tư pháp").kind is ResolutionKind.UNKNOWN
    damaged = TREE.resolve("Phòng VTTT")
    assert (damaged.units, damaged.doubtful) == (("vhtt",), True)


@pytest.mark.parametrize(("name", "kind"), [
    ("khối trường học", ResolutionKind.COLLECTIVE), ("các đơn vị", ResolutionKind.COLLECTIVE),
    ("chi hội nghề nghiệp", ResolutionKind.COLLECTIVE), ("Chi hội 5", ResolutionKind.UNKNOWN),
    ("Chi hội số 05", ResolutionKind.UNKNOWN), ("Khối 7", ResolutionKind.UNKNOWN),
])
def test_one_of_many_by_its_number_is_no_collective(name: str, kind: ResolutionKind) -> None:
    tree = UnitTree(vocabulary=Vocabulary(many=("các", "khối", "chi hội")))
    assert tree.resolve(name).kind is kind


def test_reporting_units_and_shares() -> None:
    assert TREE.reporting_units(["Phòng VHTT", "UBND phường", "Phường Bồ Đề", "lạ"]) == ("vhtt", "p-bd", "p-lb")
    assert TREE.shares(["Phòng VHTT", "UBND phường"]) == ("Phường Bồ Đề", "Phường Long Biên")
    assert TREE.shares(["Trạm Y tế phường Bồ Đề"]) == ("Trạm Y tế phường Bồ Đề",)
    assert TREE.shares(["các trường học"]) == ()


def test_family() -> None:
    assert [one.id for one in TREE.roots()] == ["hub"]
    assert [one.id for one in TREE.children("hub")] == ["ubnd", "p-bd", "p-lb"]
    assert [one.id for one in TREE.subtree("p-bd")] == ["p-bd", "p-bd-tyt"]
    assert TREE.subtree("hub")[0].id == "hub"
    assert len(TREE.subtree("hub")) == len(TREE.units)
    assert TREE.is_within("p-bd-tyt", "hub")
    assert TREE.is_within("p-bd", "p-bd")
    assert not TREE.is_within("p-lb", "p-bd")
    assert not TREE.is_within("lạ", "lạ")
    assert "p-bd" in TREE
    assert "lạ" not in TREE
    assert [one.id for one in TREE][:2] == ["hub", "ubnd"]
    with pytest.raises(KeyError):
        TREE.unit("lạ")


def test_a_tree_of_units_alone_finds_names_too() -> None:
    bare = UnitTree(TREE.units)
    found = bare.find("Phòng VHTT quận")
    assert found is not None
    assert found.id == "vhtt"
    assert bare.is_within("vhtt", "hub")


def test_an_exact_name_wins_over_a_completed_alias() -> None:
    tree = UnitTree((unit("a", "Hội", None, "quận"), unit("b", "Hội quận", None, "quận")))
    found = tree.find("Hội quận")
    assert found is not None
    assert found.id == "b"


@pytest.mark.parametrize(("units", "collectives"), [
    ((unit("a", "A", None), unit("a", "B", None)), ()),
    ((unit("a", "A", None),), (Collective("c", "C", ("x",)),)),
])
def test_impossible_trees_are_refused(units: tuple[Unit, ...], collectives: tuple[Collective, ...]) -> None:
    with pytest.raises(ValueError, match=r"."):
        UnitTree(units, collectives)


def test_half_a_tree_still_opens() -> None:
    tree = UnitTree((unit("a", "A", "lost"), unit("b", "B", "a"), unit("c", "C", "d"), unit("d", "D", "c"),
                     unit("e", "E", "e")))
    assert [one.id for one in tree.roots()] == ["a", "d", "e"]
    assert [one.id for one in tree.subtree("d")] == ["d", "c"]
    assert tree.is_within("b", "a")
    assert not tree.is_within("a", "lost")
    assert not tree.is_within("d", "c")


def test_a_deep_tree_is_walked() -> None:
    units = [unit("u0", "U0", None), *(unit(f"u{rank}", f"U{rank}", f"u{rank - 1}") for rank in range(1, 3000))]
    tree = UnitTree(tuple(units))
    assert len(tree.subtree("u0")) == 3000
    assert tree.is_within("u2999", "u0")


def test_a_doubtful_name_must_mean_something() -> None:
    with pytest.raises(ValueError, match="unknown meaning"):
        UnitTree((unit("a", "A", None),), vocabulary=Vocabulary(doubtful=(("B", "x"),)))


def test_a_name_is_given_to_its_owner_and_explained_where_its_level_is_open() -> None:
    tree = UnitTree(
        (unit("a", "A", None), unit("b", "B", "a")), (Collective("c", "các B", ("b",)),),
        Vocabulary(shared=("B", "Hội")),
    )
    assert tree.with_name("A", "a") == tree
    held = tree.with_name("hội", "b")
    assert held.find("Hội") == held.unit("b")
    assert held.vocabulary.explains("HỘI")
    assert held.with_name("Hội", "b") == held
    # What it meant already is explained without another name.
    assert tree.with_name("B", "b").units == tree.units
    assert tree.with_name("B", "b").vocabulary.explained == ("B",)
    assert tree.with_name("mọi B", "c").collective("Mọi B") is not None
    with pytest.raises(KeyError):
        tree.with_name("D", "d")


def test_name_key_keeps_letters_and_digits_only() -> None:
    assert name_key("VP HĐND & UBND") == name_key("VPHĐND&UBND") == "vphdndubnd"
    assert name_key("chính trị- xã hội") == name_key("Chính trị - Xã hội")
