"""Cells of leaders: who they are."""

from __future__ import annotations

import pytest

from desktop.importers.names.leaders import Person, is_addressed, read_person, split_leaders
from tests.importers.plan_text import long_bien_plan


@pytest.mark.parametrize(("cell", "leaders"), [
    ("", ()),
    ("Đ/c A - UVTV, PCT", ("Đ/c A - UVTV, PCT",)),
    ("Đ/c A Đ/c B - PCT", ("Đ/c A", "Đ/c B - PCT")),
    ("D/c A; Đ/c B;", ("D/c A", "Đ/c B")),
    ("Đồng chí A, đồng chí B", ("Đồng chí A", "đồng chí B")),
    ("Đ/c A, Đ/c B và Đ/c C - PCT", ("Đ/c A", "Đ/c B", "Đ/c C - PCT")),
    ("Các PCT UBND quận phụ trách", ("Các PCT UBND quận phụ trách",)),
])
def test_split(cell: str, leaders: tuple[str, ...]) -> None:
    assert split_leaders(cell) == leaders


@pytest.mark.parametrize(("leader", "person"), [
    ("Đ/c Vũ Thị Thành- UVTVPCT UBND quận", Person("Vũ Thị Thành", "pctubnd", "UVTV")),
    ("Đ/c Vũ Thị Thành -UVTVP, Chủ tịch UB MTTQ quận", Person("Vũ Thị Thành", "chutichmttq", "UVTVP")),
    ("Đ/c Nguyễn Quốc Long- UVTV- Trưởng ban Dân vận", Person("Nguyễn Quốc Long", "truongbandanvan", "UVTV")),
    ("Đ/c Nguyễn Mạnh Hà-PBTQU, Chủ tịch UBND Quận", Person("Nguyễn Mạnh Hà", "pbtquchutichubnd")),
    ("D/c Nguyễn Mạnh Hà- Phó BTQU, Chủ tịch UBND quận", Person("Nguyễn Mạnh Hà", "pbtquchutichubnd")),
    ("Đ/c Nguyễn Mạnh Trình", Person("Nguyễn Mạnh Trình", "")),
    ("Lãnh đạo Quận uỷ phụ trách", None),
    ("Đ/c", None),
])
def test_person(leader: str, person: Person | None) -> None:
    assert read_person(leader, ["quận"]) == person


PEOPLE = {
    "Vũ Thị Thành", "Đinh Thị Thu Hương", "Nguyễn Mạnh Trình", "Nguyễn Mạnh Hà", "Vũ Xuân Trường", "Nguyễn Quốc Long",
    "Nguyễn Thế Thạch", "Vũ Thị Thân",
    # As printed: one name three times over, one with letters that the reader of the scan made up.
    "Nguyễn Thị Kim Định", "Nguyễn T Kim Định", "Phạm Thị Kim Định", "Ngô Mạnh Điembre",
}
OFFICES = {
    "pctubnd", "pct", "chutichmttq", "pbtquchutichubnd", "truongbandanvanuy", "truongbantgqu", "truongbantochucqu",
    "pcthdnd", "pbtttuy", "",
}


def test_every_leader_of_the_plan_is_a_person_with_a_title_or_a_collective() -> None:
    leaders = [leader for node in long_bien_plan().nodes for leader in node.leaders]
    people = [read_person(leader, ["quận", "phường"]) for leader in leaders if is_addressed(leader)]
    assert all(people)
    assert {person.name for person in people if person} == PEOPLE
    assert {person.office for person in people if person} == OFFICES
    assert {person.committee for person in people if person} == {"UVTV", "UVTVP", "UTV", "QUV", ""}
    assert {leader for leader in leaders if not is_addressed(leader)} == {
        "Các PCT UBND quận phụ trách", "Lãnh đạo Quận uỷ, UBND quận phụ trách",
    }


def test_cells_of_two_leaders_hold_two_entries() -> None:
    both = [node.leaders for node in long_bien_plan().nodes if node.printed.leaders.count("/c ") > 1]
    assert len(both) == 8
    assert all(len(leaders) == 2 and all(is_addressed(leader) for leader in leaders) for leaders in both)
