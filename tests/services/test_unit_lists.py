"""New units and collectives, what other members would change, and the findings that the hub's word settles."""

from __future__ import annotations

import re

import pytest

from desktop.models.errors import Mistake
from desktop.models.findings import names_in_doubt
from desktop.models.plan import CellReading, Finding, Severity
from desktop.models.units import name_key
from desktop.services.environment import RESOURCES
from desktop.services.plan.amending import amend
from desktop.services.plan.comparing import read_newer
from desktop.services.plan.planning import findings, node_details, plan_view
from desktop.services.plan.reading import ReadChoices, read_plan_file
from desktop.services.reporting import item_at, work_view
from desktop.services.traffic import exchanging
from desktop.services.units import editing
from desktop.services.units.views import collective_named, meanings, members_effect, units_view
from desktop.services.workspace import Workspace
from tests.offices import BODY, HUB, PLAN, WARD, District

SCHOOLS = "I/2/2.6/2.6.5"
"""Led by "Các trường học", whom nobody listed, beside two known departments."""
DAMAGED = ("II/1/1.11", "II/1/1.13")
"""Led by "Phòng VTTT"."""
LEVEL = "I/2/2.2/2.2.3"
"""Led by "Uỷ ban MTTQ", without its level."""


def mistake(code: str) -> pytest.RaisesExc[Mistake]:
    return pytest.raises(Mistake, match=code)


def codes(ws: Workspace, path: str) -> set[str]:
    return {one.code for one in findings(ws) if one.path == path}


def in_review(ws: Workspace, path: str) -> bool:
    return next(row.needs_review for row in plan_view(ws).rows if row.path == path)


def leading(ws: Workspace, path: str) -> set[str]:
    item = item_at(ws, path)
    return {unit for one, unit, leads in ws.store.queries.assignments() if leads and one == item}


def test_listing_who_is_meant_settles_the_finding(district: District) -> None:
    hub = district.at(HUB)
    assert codes(hub, SCHOOLS) == {"LEAD_COLLECTIVE_OPEN", "COLUMNS_SHIFTED"}
    held = len(findings(hub))
    editing.set_members(hub, "Các trường học", [hub.unit_named("Phòng Nội vụ").id])
    assert codes(hub, SCHOOLS) == {"COLUMNS_SHIFTED"}
    assert len(findings(hub)) == held - 1
    # Nobody is meant any more: the doubt stands again, as it stood.
    editing.set_members(hub, "Các trường học", [])
    assert "LEAD_COLLECTIVE_OPEN" in codes(hub, SCHOOLS)
    assert len(findings(hub)) == held
    assert all(row.conflicts == () for row in hub.store.queries.records("finding"))


def test_a_row_that_is_settled_leaves_the_review_here_and_at_the_units(district: District) -> None:
    hub, ward = district.at(HUB), district.at(WARD)
    assert in_review(hub, DAMAGED[1])
    editing.teach_name(hub, "Phòng VTTT", hub.unit_named("Phòng VHTT").id)
    exchanging.import_files(ward, [district.written(HUB)["Phường Bồ Đề"]])
    for path in DAMAGED:
        for ws in (hub, ward):
            assert "UNIT_NAME_DAMAGED" not in codes(ws, path)
    assert not in_review(hub, DAMAGED[1])
    assert not in_review(ward, DAMAGED[1])


def test_only_findings_about_the_name_are_settled(district: District) -> None:
    hub = district.at(HUB)
    before = findings(hub)
    editing.teach_name(hub, "Phòng VTTT", hub.unit_named("Phòng Tư pháp").id)
    gone = [one for one in before if one not in findings(hub)]
    assert {(one.path, one.code) for one in gone} == {(path, "UNIT_NAME_DAMAGED") for path in DAMAGED}
    assert leading(hub, DAMAGED[0]) == {hub.unit_named("Phòng Tư pháp").id}


def test_confirming_what_a_name_without_level_means(district: District) -> None:
    hub = district.at(HUB)
    units, held = hub.units().units, leading(hub, LEVEL)
    assert "UNIT_LEVEL_UNCLEAR" in codes(hub, LEVEL)
    changes = editing.teach_name(hub, "Uỷ ban MTTQ", hub.unit_named("UB MTTQ quận").id)
    assert (changes.plan, changes.items) == (True, frozenset())
    assert hub.units().units == units
    assert leading(hub, LEVEL) == held
    assert "UNIT_LEVEL_UNCLEAR" not in codes(hub, LEVEL)
    told = findings(hub)
    assert not editing.teach_name(hub, "Uỷ ban MTTQ", hub.unit_named("UB MTTQ quận").id).plan
    # Read again, the plan raises no doubt that was settled: for the next version, and with the names taught before.
    newer = read_newer(hub, PLAN)
    assert not [one for one in newer.plan.findings if (one.path, one.code) == (LEVEL, "UNIT_LEVEL_UNCLEAR")]
    amend(hub, newer)
    assert findings(hub) == told
    exchanging.import_files(district.at(WARD), [district.written(HUB)["Phường Bồ Đề"]])
    assert district.at(WARD).units() == hub.units()
    assert findings(district.at(WARD)) == told


def test_a_name_taught_in_the_check_raises_no_doubt_again() -> None:
    meant = {"Uỷ ban MTTQ": "mttq-quan", "Phòng VTTT": "phong-vhtt"}
    before = {(one.path, one.code) for one in read_plan_file(PLAN, RESOURCES).findings}
    plan = read_plan_file(PLAN, RESOURCES, ReadChoices(taught=tuple(meant.items())))
    gone = before - {(one.path, one.code) for one in plan.findings}
    assert gone == {(LEVEL, "UNIT_LEVEL_UNCLEAR"), *((path, "UNIT_NAME_DAMAGED") for path in DAMAGED)}
    for taught, code in (
        (("Uỷ ban MTTQ", "phong-vhtt"), "UNIT_NAME_TAKEN"), (("Sở Lạ", "so-la"), "UNIT_UNKNOWN"),
    ):
        with mistake(code):
            read_plan_file(PLAN, RESOURCES, ReadChoices(taught=(taught,)))


def test_a_name_read_in_another_form_is_not_settled_by_its_printed_one(district: District) -> None:
    # "UBND ; Uỷ ban MTTQ quận" is read as "UBND quận": that reading is what the finding doubts.
    hub = district.at(HUB)
    path = "II/3/3.1/3.1.1"
    editing.teach_name(hub, "UBND", hub.unit_named("UBND quận").id)
    assert "UNIT_LEVEL_UNCLEAR" in codes(hub, path)
    row = next(one for one in plan_view(hub).rows if one.path == path)
    asked = [names_in_doubt(one, row.lead_units) for one in node_details(hub, row.id).findings]
    assert not any(asked)


def test_several_names_of_one_finding_are_settled_by_the_last() -> None:
    finding = Finding("UNIT_UNKNOWN", Severity.WARNING, "", (1,), "I/1", CellReading("lead_units", "Sở A; Sở B"))
    assert names_in_doubt(finding, ("Sở B", "Sở  a", "Sở C")) == ("Sở A", "Sở B")
    assert names_in_doubt(finding, ("Sở A",)) == ()
    other = Finding("LEAD_MISSING", Severity.WARNING, "", (1,), "I/1", CellReading("lead_units", "Sở A"))
    assert names_in_doubt(other, ("Sở A",)) == ()


def test_a_new_unit_takes_the_rows_that_name_it(district: District) -> None:
    hub = district.at(HUB)
    parent = hub.unit_named("Phòng GD&ĐT").id
    besides = leading(hub, SCHOOLS)
    changes = editing.add_unit(hub, "  Các trường  học", parent, "TruongHoc", "quận")
    unit = hub.units().unit("cac-truong-hoc")
    assert (unit.name, unit.short, unit.level, unit.parent) == ("Các trường học", "TruongHoc", "quận", parent)
    assert hub.units().units[-1] == unit
    assert changes.items == {item_at(hub, SCHOOLS)}
    assert leading(hub, SCHOOLS) == besides | {unit.id}
    assert "LEAD_COLLECTIVE_OPEN" not in codes(hub, SCHOOLS)
    assert hub.units().is_within(unit.id, parent)
    exchanging.import_files(district.at(WARD), [district.written(HUB)["Phường Bồ Đề"]])
    assert district.at(WARD).units() == hub.units()


def test_ids_of_new_units_are_their_own(district: District) -> None:
    hub = district.at(HUB)
    parent = hub.unit_named("UBND quận").id
    taken = {unit.id for unit in hub.units()} | {one.id for one in hub.units().collectives}
    long = "Tổ công tác liên ngành về trật tự xây dựng và vệ sinh môi trường "
    for name in ("単位", "機関", "Các phường TYT", long + "một", long + "hai"):
        editing.add_unit(hub, name, parent)
    editing.add_collective(hub, long + "ba", [])
    made = [unit.id for unit in hub.units().units[-5:]] + [hub.units().collectives[-1].id]
    assert made[:3] == ["don-vi", "don-vi-2", "cac-phuong-tyt-2"]
    assert len(set(made) | taken) == len(taken) + 6
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", one) for one in made)


def test_a_new_collective_takes_the_rows_that_name_it(district: District) -> None:
    hub = district.at(HUB)
    members = [hub.unit_named("Phòng Nội vụ").id, hub.unit_named(BODY).id]
    changes = editing.add_collective(hub, "các trường học", members)
    assert changes.items == {item_at(hub, SCHOOLS)}
    assert leading(hub, SCHOOLS) >= set(members)
    assert hub.units().resolve("Các trường học").units == tuple(members)
    district.send(HUB, BODY)
    assert SCHOOLS in {row.path for row in work_view(district.at(BODY), "2023-Q3").rows if row.lead}


def test_a_collective_filled_later_gives_shares_when_wards_are_its_members(district: District) -> None:
    hub = district.at(HUB)
    wards = hub.units().resolve("các phường").units
    editing.add_collective(hub, "Các trường học", [])
    assert not hub.units().resolve("Các trường học").expands
    editing.set_members(hub, "Các trường học", wards[:3])
    assert hub.units().resolve("Các trường học").expands


def test_what_other_members_would_change_is_what_then_changes(district: District) -> None:
    hub = district.at(HUB)
    red_cross = hub.unit_named("Hội Chữ thập đỏ quận").id
    members = hub.units().resolve("các tổ chức chính trị - xã hội quận").units
    wanted = (*members[1:], red_cross)
    digest = hub.store.projections.digest()
    effect = members_effect(hub, "to-chuc-ctxh-quan", wanted)
    assert hub.store.projections.digest() == digest
    before = set(hub.store.queries.assignments())
    editing.set_members(hub, "to-chuc-ctxh-quan", wanted)
    after = set(hub.store.queries.assignments())
    assert set(effect.given) == {unit for _, unit, _ in after - before} == {red_cross}
    assert effect.given_rows == len({item for item, _, _ in after - before}) > 3
    assert set(effect.taken) == {unit for _, unit, _ in before - after} == {members[0]}
    assert effect.taken_rows == len({item for item, _, _ in before - after})
    assert {item for item, _, _ in after - before} <= {row.record for row in effect.rows}


def test_the_rows_of_a_new_collective_are_shown_before_it_is_listed(district: District) -> None:
    hub = district.at(HUB)
    unit = hub.unit_named("Phòng Nội vụ").id
    effect = members_effect(hub, "các trường học", [unit], new=True)
    assert [(row.code, row.leading) for row in effect.rows] == [("2.6.5", True)]
    assert (effect.given, effect.given_rows, effect.taken, effect.taken_rows) == ((unit,), 1, (), 0)
    nothing = members_effect(hub, "Khối lạ", [unit], new=True)
    assert (nothing.rows, nothing.given, nothing.given_rows) == ((), (), 0)
    with mistake("UNIT_NAME_TAKEN"):
        members_effect(hub, "các phường", [unit], new=True)


def test_the_lists_have_what_the_plan_names_and_nobody_listed(district: District) -> None:
    view = units_view(district.at(HUB))
    tree = district.at(HUB).units()
    assert [one.id for one in view.units] == [one.id for one in tree.units]
    assert {one.id: one.parent for one in view.units}["phong-vhtt"] == "UBND quận"
    assert view.levels == ("quận", "phường", "ngoài quận")
    by_name = {one.name: one for one in view.collectives}
    schools = by_name["Các trường học"]
    assert (schools.id, schools.members) == ("", ())
    assert [row.code for row in schools.rows] == ["2.6.5"]
    wards = by_name["UBND các phường"]
    assert len(wards.members) == 14
    naming = {
        row.id for row in plan_view(district.at(HUB)).rows
        if any((one := tree.collective(name)) and one.id == wards.id
               for name in (*row.lead_units, *row.coordinating_units))
    }
    assert len(naming) > 50
    assert naming <= {row.record for row in wards.rows}
    assert len({row.record for row in wards.rows}) == len(wards.rows)
    keys = [name_key(one.name) for one in view.collectives]
    assert len(set(keys)) == len(keys)
    assert units_view(district.at(WARD)) == view
    assert [name for _, name in meanings(district.at(WARD))][:1] == ["Quận Long Biên"]


def test_whom_a_name_is_taken_for_so_far(district: District) -> None:
    hub = district.at(HUB)
    wards = hub.units().resolve("các phường").units
    some = collective_named(hub, "13/14 phường")
    assert (some.id, some.name, some.members) == ("", "13/14 phường", wards)
    assert collective_named(hub, "các PHƯỜNG").id == "cac-phuong"
    assert collective_named(hub, "Các trường học").members == ()


def test_slips_are_told_and_change_nothing(district: District) -> None:
    hub, ward = district.at(HUB), district.at(WARD)
    parent = hub.unit_named("UBND quận").id
    before = hub.store.projections.digest()
    for taken in ("Phòng VHTT", "các phường", "14 phường", "ttyt", "Long Biên", "phường", "14 phường trừ Bồ Đề"):
        with mistake("UNIT_NAME_TAKEN"):
            editing.add_unit(hub, taken, parent)
        with mistake("UNIT_NAME_TAKEN"):
            editing.add_collective(hub, taken, [])
    with mistake("UNIT_NAME_TAKEN"):
        editing.add_unit(hub, "Sở Lạ", parent, "TTPTQĐ")
    with mistake("UNIT_NAME_EMPTY"):
        editing.add_unit(hub, " - ", parent)
    with mistake("UNIT_NAME_TOO_LONG"):
        editing.add_unit(hub, "Sở " + "rất dài " * 40, parent)
    with mistake("UNIT_NAME_TOO_LONG"):
        editing.add_unit(hub, "Sở Lạ", parent, "x" * 41)
    with mistake("UNIT_LEVEL_UNKNOWN"):
        editing.add_unit(hub, "Sở Lạ", parent, "", "sở")
    with mistake("UNIT_UNKNOWN"):
        editing.add_unit(hub, "Sở Lạ", "so-khac")
    with mistake("UNIT_UNKNOWN"):
        editing.add_collective(hub, "Khối lạ", ["so-khac"])
    with mistake("HUB_ONLY"):
        editing.add_unit(ward, "Sở Lạ", parent)
    with mistake("HUB_ONLY"):
        editing.add_collective(ward, "Khối lạ", [])
    assert hub.store.projections.digest() == before


def test_a_rebuilt_folder_has_the_same_tree_and_findings(district: District) -> None:
    hub = district.at(HUB)
    editing.add_unit(hub, "Sở Lạ", hub.unit_named("UBND quận").id)
    editing.add_collective(hub, "các trường học", ["so-la"])
    tree, digest, told = hub.units(), hub.store.projections.digest(), findings(hub)
    with hub.store.atomic():
        hub.store.projections.rebuild()
    hub.forget()
    assert (hub.units(), hub.store.projections.digest(), findings(hub)) == (tree, digest, told)
