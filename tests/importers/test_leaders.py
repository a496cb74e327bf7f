"""Cells of leaders: who they are."""

from __future__ import annotations

import pytest

from desktop.importers.leaders import Person, read_person, split_leaders


@pytest.mark.parametrize(("cell", "leaders"), [
    ("", ()),
    ("Đ/c A - UVTV, PCT", ("Đ/c A - UVTV, PCT",)),
    ("Đ/c A Đ/c B - PCT", ("Đ/c A", "Đ/c B - PCT")),
    ("D/c A; Đ/c B;", ("D/c A", "Đ/c B")),
    ("Đồng chí A, đồng chí B", ("Đồng chí A", "đồng chí B")),
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
