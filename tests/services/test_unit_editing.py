"""The hub teaches names and members: the tree, the rows and every unit that hears of it; the printed names stay."""

from __future__ import annotations

import pytest

from desktop.models.errors import Mistake
from desktop.models.strict_json import JsonValue
from desktop.models.units import Collective, Unit, UnitTree, Vocabulary
from desktop.services.plan.owner_facts import amendment
from desktop.services.reporting import item_at, work_view
from desktop.services.traffic import exchanging
from desktop.services.traffic.views import Outcome
from desktop.services.units import editing
from desktop.services.units.records import tree_facts, tree_of
from desktop.services.workspace import Workspace
from tests.importers.plan_text import long_bien_tree
from tests.offices import BODY, HUB, WARD, District

SCHOOLS = "I/2/2.6/2.6.5"
"""Led by "Các trường học", whom nobody listed, beside two known departments."""
OPEN_COORDINATOR = "I/2/2.5/2.5.1"
"""Coordinated by "Các nhà trường"."""


def units_of(ws: Workspace, path: str, *, leads: bool) -> set[str]:
    item = item_at(ws, path)
    return {unit for one, unit, leading in ws.store.queries.assignments() if one == item and leading == leads}


def printed(ws: Workspace, path: str) -> tuple[object, object]:
    row = ws.store.queries.record(item_at(ws, path))
    assert row is not None
    return row.body["lead_units"], row.body["printed"]


def mistake(code: str) -> pytest.RaisesExc[Mistake]:
    return pytest.raises(Mistake, match=code)


def test_the_whole_tree_comes_back_from_its_facts() -> None:
    tree = long_bien_tree()
    facts = tree_facts(tree)
    bodies = {kind: {record: fields for one, record, fields in facts if one == kind} for kind, _, _ in facts}
    again = tree_of(bodies["unit"], bodies["collective"], bodies["vocabulary"]["vocabulary/words"])
    assert again == tree


def test_what_names_units_that_have_not_come_yet_waits_for_them() -> None:
    tree = UnitTree(
        (Unit("a", "A", "A", "", None), Unit("b", "B", "B", "", "a")), (Collective("c", "các B", ("a", "b")),),
        Vocabulary(doubtful=(("BB", "b"), ("CC", "c"))),
    )
    facts = {record: fields for _, record, fields in tree_facts(tree)}
    half = tree_of({"a": facts["a"]}, {"collective/c": facts["collective/c"]}, facts["vocabulary/words"])
    assert half.collectives[0].members == ("a",)
    assert half.vocabulary.doubtful == (("CC", "c"),)
    assert tree_of({}, {}, None) == UnitTree()


def test_hub_and_units_have_the_tree_that_the_plan_was_read_with(district: District) -> None:
    assert district.at(HUB).units() == long_bien_tree()
    assert district.at(WARD).units() == long_bien_tree()


def test_members_of_a_collective_nobody_had_listed(district: District) -> None:
    hub = district.at(HUB)
    before, besides = printed(hub, SCHOOLS), units_of(hub, SCHOOLS, leads=True)
    schools = [hub.unit_named("Phòng GD&ĐT").id, hub.unit_named("TTPTQĐ").id]
    changes = editing.set_members(hub, "Các trường học", schools)
    assert changes.plan
    assert changes.items == {item_at(hub, SCHOOLS)}
    assert changes.units >= set(schools)
    assert units_of(hub, SCHOOLS, leads=True) == besides | set(schools)
    assert printed(hub, SCHOOLS) == before
    assert hub.units().resolve("các trường học").units == tuple(schools)
    # The unit that has to report hears of it with the next package.
    district.send(HUB, BODY)
    rows = work_view(district.at(BODY), "2023-Q3").rows
    assert SCHOOLS in {row.path for row in rows if row.lead}
    # Fewer members later: an edit in place of the last one, not a conflict beside it.
    editing.set_members(hub, "cac-truong-hoc", schools[:1])
    assert units_of(hub, SCHOOLS, leads=True) == besides | {schools[0]}
    assert all(row.conflicts == () for row in hub.store.queries.records("collective"))
    assert all(row.conflicts == () for row in hub.store.queries.records("node"))


def test_the_same_members_again_write_nothing(district: District) -> None:
    hub = district.at(HUB)
    unit = hub.unit_named("Phòng GD&ĐT").id
    editing.set_members(hub, "Các trường học", [unit, unit])
    facts = len(list(hub.store.journal.all_facts()))
    assert not editing.set_members(hub, "các trường học", [unit]).plan
    assert len(list(hub.store.journal.all_facts())) == facts


def test_members_of_a_listed_collective_change_every_row_that_names_it(district: District) -> None:
    hub = district.at(HUB)
    named = [
        row.record for row in hub.store.queries.records("node")
        if any("to-chuc-ctxh-quan" == one.id for name in (*_texts(row.body["lead_units"]),
                                                          *_texts(row.body["coordinating_units"]))
               if (one := hub.units().collective(name)) is not None)
    ]
    assert len(named) > 3
    red_cross = hub.unit_named("Hội Chữ thập đỏ quận").id
    members = (*hub.units().resolve("các tổ chức chính trị - xã hội quận").units, red_cross)
    changes = editing.set_members(hub, "to-chuc-ctxh-quan", members)
    assert changes.items <= set(named)
    given = {item for item, unit, _ in hub.store.queries.assignments() if unit == red_cross}
    assert set(named) <= given


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def test_a_taught_name_is_data_of_the_plan(district: District) -> None:
    hub = district.at(HUB)
    department = hub.unit_named("Phòng Nội vụ").id
    changes = editing.teach_name(hub, "  Các nhà trường ", department)
    assert item_at(hub, OPEN_COORDINATOR) in changes.items
    assert department in units_of(hub, OPEN_COORDINATOR, leads=False)
    assert hub.units().find("CÁC NHÀ TRƯỜNG") == hub.units().unit(department)
    assert not editing.teach_name(hub, "các nhà trường", department).plan
    fact = max(hub.store.journal.facts_of(department), key=lambda one: one.seq)
    assert (fact.content.user, fact.content.wall) == (hub.person, hub.now())
    done = exchanging.import_files(district.at(WARD), [district.written(HUB)["Phường Bồ Đề"]])
    assert done.receipts[0].outcome is Outcome.IMPORTED
    assert district.at(WARD).units() == hub.units()


def test_a_name_may_mean_a_collective_and_a_damaged_one_may_be_put_right(district: District) -> None:
    hub = district.at(HUB)
    editing.teach_name(hub, "các đoàn thể", "to-chuc-ctxh-quan")
    assert units_of(hub, "I/1/1.1", leads=False) >= set(hub.units().resolve("to-chuc-ctxh-quan").units)
    assert hub.units().resolve("Phòng VTTT").doubtful
    editing.teach_name(hub, "Phòng VTTT", hub.unit_named("Phòng Tư pháp").id)
    assert not hub.units().resolve("Phòng VTTT").doubtful
    assert units_of(hub, "II/1/1.11", leads=True) == {hub.unit_named("Phòng Tư pháp").id}


def test_slips_are_told_and_change_nothing(district: District) -> None:
    hub, ward = district.at(HUB), district.at(WARD)
    unit = hub.unit_named("Phòng Tư pháp").id
    before = hub.store.projections.digest()
    with mistake("UNIT_NAME_TAKEN"):
        editing.teach_name(hub, "Phòng VHTT", unit)
    with mistake("UNIT_NAME_TAKEN"):
        editing.teach_name(hub, "UBND các phường", unit)
    for several in ("phường", "QUẬN", "Long Biên"):
        with mistake("UNIT_NAME_TAKEN"):
            editing.teach_name(hub, several, unit)
    with mistake("UNIT_NAME_EMPTY"):
        editing.teach_name(hub, " - ", unit)
    with mistake("UNIT_UNKNOWN"):
        editing.teach_name(hub, "Sở Lạ", "so-la")
    with mistake("UNIT_UNKNOWN"):
        editing.meaning_named(hub, "Sở Lạ")
    with mistake("UNIT_UNKNOWN"):
        editing.set_members(hub, "Các trường học", ["so-la"])
    with mistake("COLLECTIVE_UNKNOWN"):
        editing.set_members(hub, "Phòng VHTT", [unit])
    with mistake("UNIT_NAME_TOO_LONG"):
        editing.teach_name(hub, "Sở " + "rất dài " * 40, unit)
    with mistake("HUB_ONLY"):
        editing.teach_name(ward, "Sở Lạ", unit)
    with mistake("HUB_ONLY"):
        editing.set_members(ward, "Các trường học", [unit])
    assert hub.store.projections.digest() == before


def test_more_names_than_travel_in_one_line_are_refused(district: District) -> None:
    hub = district.at(HUB)
    unit = hub.unit_named("Phòng Tư pháp").id
    aliases: list[JsonValue] = [f"Tên gọi thứ {number} " + "x" * 200 for number in range(280)]
    content = amendment(hub, "unit", unit, {"aliases": aliases})
    assert content is not None
    with hub.store.atomic():
        hub.append("all", [content])
    with mistake("UNIT_NAMES_TOO_MANY"):
        for number in range(40):
            editing.teach_name(hub, f"Sở thứ {number} " + "y" * 280, unit)


def test_a_row_whose_units_were_set_by_hand_keeps_them(district: District) -> None:
    hub = district.at(HUB)
    item = item_at(hub, SCHOOLS)
    by_hand = hub.unit_named("Phòng Y tế").id
    content = amendment(hub, "node", item, {"leads": [by_hand]})
    assert content is not None
    with hub.store.atomic():
        hub.append("all", [content])
    editing.set_members(hub, "Các trường học", [hub.unit_named("Phòng GD&ĐT").id])
    assert units_of(hub, SCHOOLS, leads=True) == {by_hand}


def test_wards_taught_as_members_are_shares(district: District) -> None:
    hub = district.at(HUB)
    wards = hub.units().resolve("các phường").units
    editing.set_members(hub, "Các trường học", wards)
    row = hub.store.queries.record(item_at(hub, SCHOOLS))
    assert row is not None
    assert row.body["expands_to"] == [hub.unit_name(ward) for ward in wards]


def test_which_thirteen_of_fourteen_can_be_said(district: District) -> None:
    hub = district.at(HUB)
    wards = hub.units().resolve("13/14 phường").units
    assert len(wards) == 14
    editing.set_members(hub, "13/14 phường", wards[1:])
    resolution = hub.units().resolve("13/14 phường")
    assert (resolution.units, resolution.unclear, resolution.expands) == (wards[1:], None, True)
    with mistake("COLLECTIVE_UNKNOWN"):
        editing.set_members(hub, "14 phường trừ Bồ Đề", wards)


def test_a_rebuilt_folder_has_the_same_tree_and_rows(district: District) -> None:
    hub = district.at(HUB)
    editing.set_members(hub, "Các trường học", [hub.unit_named("Phòng GD&ĐT").id])
    editing.teach_name(hub, "các đoàn thể", "to-chuc-ctxh-quan")
    tree, digest = hub.units(), hub.store.projections.digest()
    with hub.store.atomic():
        hub.store.projections.rebuild()
    hub.forget()
    assert (hub.units(), hub.store.projections.digest()) == (tree, digest)
