"""The authority set in force: whatever order entries came in, concurrent ones unite and replaced roots have no say."""

from __future__ import annotations

import hashlib
import itertools
import random

import pytest

from desktop.models.authority import Authority, LogPlace, Standing
from desktop.models.charter import Charter, settled, signers
from desktop.models.entries import (
    DeviceRole,
    End,
    Entry,
    Grant,
    ReadingChange,
    Retirement,
    RootChange,
    RootEntry,
    Said,
    ScopeChange,
    body_of,
    plan_of,
    read_entry,
)
from desktop.models.facts import Content
from desktop.models.record_ids import report_record
from desktop.models.strict_json import JsonValue

PLAN, LOG = "f" * 32, "9" * 32
ROOT, SPARE, NEXT, LATER, THIEF = "aa" * 32, "bb" * 32, "cc" * 32, "dd" * 32, "ee" * 32
WARD, HUB = "22" * 32, "11" * 32
FIRST = RootEntry(PLAN, ROOT, SPARE, "quan", "age1reading")
HUB_GRANT = Grant(HUB, "age1hub", "quan", DeviceRole.HUB, "PC1")
WARD_GRANT = Grant(WARD, "age1ward", "phuong-a", DeviceRole.UNIT, "PC1")


def entry(said: Said, *on: Entry, by: str = ROOT) -> Entry:
    """An entry with an id of its own, as its hash would be."""
    ids = tuple(one.id for one in on)
    name = hashlib.sha256(repr((said, ids, by)).encode()).hexdigest()[:32]
    return Entry(name, by, tuple(sorted(ids)), said)


def charter(*entries: Entry) -> Charter:
    """What a set says, the same in every order."""
    found = settled(entries, ROOT, PLAN)
    shuffled = list(entries)
    for seed in range(6):
        random.Random(seed).shuffle(shuffled)
        assert settled(shuffled, ROOT, PLAN) == found
    return found


def heads(count: int, salt: str = "") -> list[bytes]:
    """Heads of a log of so many facts, as a chain."""
    return [hashlib.sha256(f"{salt}{number}".encode()).digest() for number in range(1, count + 1)]


def standings(of: Charter, line: list[bytes], unit: str = "phuong-a", *, known: int | None = None) -> list[str]:
    """The standing of a report at each place of the ward's log, of which the first so many facts are held."""
    held = line[:known]
    place = LogPlace(LOG, WARD, PLAN, "phuong-a")
    fact = Content(0, "người", "report", report_record("0" * 32, unit, "2023-Q3"), {"percent": 5}, {})
    authority = Authority(
        PLAN, of, lambda inner, outer: inner == outer,
        lambda log, head, end: end.head in held and head in held[:held.index(end.head) + 1],
    )
    judged = (authority.judge(place, head, fact) for head in line)
    return [one.reason if one.standing is not Standing.APPLIED else "" for one in judged]


START = entry(FIRST)
GIVEN = entry(WARD_GRANT, START)


def test_what_is_granted_counts_and_builds_on_the_first() -> None:
    found = charter(START, GIVEN, entry(HUB_GRANT, GIVEN))
    assert found.opening == FIRST
    assert (found.root, found.spare, found.reading_key) == (ROOT, SPARE, "age1reading")
    assert {one.device for one in found.active()} == {WARD, HUB}
    assert found.void == {}
    assert standings(found, heads(2)) == ["", ""]


def test_an_entry_waits_for_the_one_it_builds_on() -> None:
    missing = entry(HUB_GRANT, GIVEN)
    after = entry(WARD_GRANT, missing)
    found = charter(START, after)
    assert found.void == {after.id: "AUTH_PARENT_MISSING"}
    assert charter(START, GIVEN, missing, after).void == {}


def test_a_cycle_and_what_hangs_in_the_air_have_no_effect() -> None:
    one, other = Entry("1" * 32, ROOT, ("2" * 32,), WARD_GRANT), Entry("2" * 32, ROOT, ("1" * 32,), HUB_GRANT)
    loose = Entry("3" * 32, ROOT, (), WARD_GRANT)
    found = charter(START, one, other, loose)
    assert set(found.void) == {one.id, other.id, loose.id}
    assert found.granted == ()


def test_a_set_without_its_first_entry_says_nothing() -> None:
    assert charter(GIVEN).void == {GIVEN.id: "AUTH_PARENT_MISSING"}
    with pytest.raises(LookupError):
        _ = charter().opening


@pytest.mark.parametrize("by", [THIEF, WARD])
def test_an_entry_of_a_key_that_never_was_a_root(by: str) -> None:
    forged = entry(HUB_GRANT, START, by=by)
    found = charter(START, GIVEN, forged)
    assert found.void == {forged.id: "AUTH_NOT_ROOT"}
    assert signers([START, forged], ROOT, PLAN) == {ROOT, SPARE}


def test_a_retired_machine_keeps_what_leads_to_its_end() -> None:
    line = heads(5)
    gone = entry(Retirement(WARD, {LOG: (End(3, line[2]),)}), GIVEN)
    found = charter(START, GIVEN, gone)
    assert standings(found, line) == ["", "", "", "DEVICE_RETIRED", "DEVICE_RETIRED"]
    assert found.active() == ()
    # A branch that forks below its end shares the beginning only.
    assert standings(found, heads(3, "khác"), known=0) == ["DEVICE_RETIRED"] * 3
    # A log that is not named counts for nothing.
    bare = charter(START, GIVEN, entry(Retirement(WARD, {}), GIVEN))
    assert standings(bare, line) == ["DEVICE_RETIRED"] * 5


def test_hidden_work_is_counted_again_by_a_later_entry() -> None:
    line = heads(5)
    gone = entry(Retirement(WARD, {LOG: (End(2, line[1]),)}), GIVEN)
    again = entry(Retirement(WARD, {LOG: (End(4, line[3]),)}), gone)
    assert standings(charter(START, GIVEN, gone, again), line) == ["", "", "", "", "DEVICE_RETIRED"]


def test_of_concurrent_ends_the_earlier_wins_and_the_clash_is_told() -> None:
    line = heads(5)
    one, other = (entry(Retirement(WARD, {LOG: (End(at, line[at - 1]),)}), GIVEN) for at in (2, 4))
    found = charter(START, GIVEN, one, other)
    assert standings(found, line) == ["", "", *["DEVICE_RETIRED"] * 3]
    assert found.clashes == (tuple(sorted((one.id, other.id))),)


def test_a_machine_enrolled_again_upon_its_retirement_counts_again() -> None:
    gone = entry(Retirement(WARD, {}), GIVEN)
    beside = entry(WARD_GRANT, GIVEN)
    upon = entry(WARD_GRANT, gone)
    assert standings(charter(START, GIVEN, gone, beside), heads(2)) == ["DEVICE_RETIRED"] * 2
    assert standings(charter(START, GIVEN, gone, upon), heads(2)) == ["", ""]


def test_a_machine_moved_to_another_unit_keeps_its_past() -> None:
    line = heads(4)
    moved = entry(ScopeChange(GIVEN.id, "phuong-b", {LOG: (End(2, line[1]),)}), GIVEN)
    found = charter(START, GIVEN, moved)
    assert standings(found, line) == ["", "", "FACT_OUTSIDE_SCOPE", "FACT_OUTSIDE_SCOPE"]
    assert standings(found, line, "phuong-b") == ["FACT_OUTSIDE_SCOPE", "FACT_OUTSIDE_SCOPE", "", ""]
    assert [one.unit for one in found.active()] == ["phuong-b"]
    back = entry(ScopeChange(GIVEN.id, "phuong-a", {LOG: (End(3, line[2]),)}), moved)
    assert standings(charter(START, GIVEN, moved, back), line) == ["", "", "FACT_OUTSIDE_SCOPE", ""]
    closed = entry(ScopeChange(GIVEN.id, "", {LOG: (End(3, line[2]),)}), moved)
    assert standings(charter(START, GIVEN, moved, closed), line, "phuong-b")[2:] == ["", "DEVICE_RETIRED"]
    assert charter(START, GIVEN, moved, closed).active() == ()


def test_of_concurrent_scopes_the_narrower_wins() -> None:
    one, other = (entry(ScopeChange(GIVEN.id, unit, {}), GIVEN) for unit in ("phuong-a", "phuong-b"))
    found = charter(START, GIVEN, one, other)
    assert standings(found, heads(1)) == standings(found, heads(1), "phuong-b") == ["FACT_OUTSIDE_SCOPE"]
    assert found.clashes


def test_a_successor_writes_for_a_merged_unit_from_its_grant_on() -> None:
    line = heads(3)
    more = entry(Grant(WARD, "age1ward", "phuong-b", DeviceRole.UNIT, "PC1", {LOG: (End(1, line[0]),)}), GIVEN)
    found = charter(START, GIVEN, more)
    assert standings(found, line, "phuong-b") == ["FACT_OUTSIDE_SCOPE", "", ""]
    assert standings(found, line) == ["", "", ""]


def test_the_opened_spare_replaces_the_root_and_keeps_what_it_knew() -> None:
    turned = entry(RootChange(SPARE, NEXT, "age1next"), GIVEN, by=SPARE)
    late = entry(HUB_GRANT, GIVEN)
    after = entry(HUB_GRANT, turned, by=SPARE)
    found = charter(START, GIVEN, turned, late, after)
    assert (found.root, found.spare, found.spare_recipient) == (SPARE, NEXT, "age1next")
    assert found.void == {late.id: "AUTH_ROOT_REPLACED"}
    assert [one.id for one in found.granted] == sorted(
        [GIVEN.id, after.id], key=lambda one: (len(found.ancestors[one]), one)
    )
    assert signers([START, turned], ROOT, PLAN) == {ROOT, SPARE, NEXT}
    second = entry(RootChange(NEXT, LATER), turned, by=NEXT)
    assert charter(START, GIVEN, turned, second).root == NEXT


def test_holder_and_opened_spare_at_the_same_time_converge_on_the_spare() -> None:
    by_spare = entry(RootChange(SPARE, NEXT), GIVEN, by=SPARE)
    by_root = entry(RootChange(ROOT, LATER), GIVEN)
    before = entry(HUB_GRANT, GIVEN)
    by_spare_upon = entry(RootChange(SPARE, NEXT), before, by=SPARE)
    for change in (by_spare, by_spare_upon):
        found = charter(START, GIVEN, before, by_root, change)
        assert (found.root, found.spare) == (SPARE, NEXT)
        assert found.void[by_root.id] == "AUTH_ROOT_REPLACED"


def test_the_root_replaces_a_lost_spare_and_itself() -> None:
    lost = entry(RootChange(ROOT, NEXT), GIVEN)
    late = entry(RootChange(SPARE, LATER), lost, by=SPARE)
    found = charter(START, GIVEN, lost, late)
    assert (found.root, found.spare) == (ROOT, NEXT)
    assert found.void == {late.id: "AUTH_ROOT_REPLACED"}
    turned = entry(RootChange(LATER, NEXT), lost)
    after = entry(HUB_GRANT, turned)
    assert charter(START, GIVEN, lost, turned, after).void == {after.id: "AUTH_ROOT_REPLACED"}


def test_the_newest_reading_key_is_used_by_all() -> None:
    one = entry(ReadingChange("age1zweite", {HUB: "xx"}), GIVEN)
    upon = entry(ReadingChange("age1aaaa", {HUB: "yy"}), one)
    assert charter(START, GIVEN, one, upon).reading_key == "age1aaaa"
    rival = entry(ReadingChange("age1bbbb", {HUB: "zz"}), GIVEN)
    found = charter(START, GIVEN, one, rival)
    said = min((one, rival), key=lambda entry: entry.id).said
    assert isinstance(said, ReadingChange)
    assert found.reading_key == said.reading_key
    assert len(found.readings) == 2


SAID: tuple[Said, ...] = (
    FIRST, HUB_GRANT, WARD_GRANT, RootChange(SPARE, NEXT, "age1x", "eA=="), ReadingChange("age1z", {HUB: "eA=="}),
    Grant(WARD, "age1", "u", DeviceRole.UNIT, "PC2", {LOG: (End(1, b"1" * 32), End(1, b"2" * 32))}),
    ScopeChange("5" * 32, "", {LOG: (End(3, b"3" * 32),)}), Retirement(WARD, {}),
)


@pytest.mark.parametrize("said", SAID)
def test_entries_read_back(said: Said) -> None:
    body = body_of(said, PLAN, ("b", "a"))
    assert read_entry("id", ROOT, body) == Entry("id", ROOT, ("a", "b"), said)
    assert plan_of(body, "") == PLAN


BAD: tuple[JsonValue, ...] = (
    None, [], {}, {"kind": "king"}, {"kind": "root", "plan": 5}, {"kind": "retire", "device": WARD},
    {"kind": "retire", "device": WARD, "at": {LOG: [[0, "00" * 32]]}},
    {"kind": "retire", "device": WARD, "at": {LOG: [[True, "00" * 32]]}},
    {"kind": "retire", "device": WARD, "at": {"x": []}}, {"kind": "retire", "device": WARD, "at": {LOG: 5}},
    {"kind": "retire", "device": WARD, "at": {LOG: [[1, "zz"]]}}, {"kind": "scope", "grant": "x", "at": {}},
    {"kind": "reading", "reading": "x", "sealed": {"a": 1}}, {"kind": "reading", "reading": "x", "sealed": []},
    {**body_of(WARD_GRANT, PLAN, ()), "role": "king"}, {**body_of(WARD_GRANT, PLAN, ()), "opens": None},
)


@pytest.mark.parametrize("body", BAD)
def test_what_is_no_entry_of_ours_says_nothing(body: JsonValue) -> None:
    assert read_entry("id", ROOT, body).said is None


def test_every_subset_of_a_long_quarrel_converges() -> None:
    """Whatever part of the set has come, the order in which it came does not matter, and more never breaks it."""
    line = heads(4)
    turned = entry(RootChange(SPARE, NEXT), GIVEN, by=SPARE)
    quarrel = (
        entry(Retirement(WARD, {LOG: (End(2, line[1]),)}), GIVEN), entry(ScopeChange(GIVEN.id, "phuong-b", {}), GIVEN),
        turned, entry(RootChange(LATER, SPARE), GIVEN), entry(HUB_GRANT, turned, by=SPARE),
        entry(ReadingChange("age1z", {}), turned, by=ROOT), entry(WARD_GRANT, turned, by=NEXT),
    )
    for size in range(len(quarrel) + 1):
        for chosen in itertools.combinations(quarrel, size):
            found = charter(START, GIVEN, *chosen)
            assert (turned in chosen) == (found.root == SPARE)
            granted = {one.id for one in found.granted}
            assert granted | set(found.void) <= {one.id for one in (START, GIVEN, *chosen)}
            assert not granted & set(found.void)
