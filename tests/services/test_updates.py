"""A newer program writes what an older one does not know: it is kept, forwarded, and counts after the update."""

from __future__ import annotations

import re

import pytest

from desktop.models.facts import ALL, Content
from desktop.models.kinds import KINDS, KindRule, Writer
from desktop.services import doctor
from tests.offices import HUB, WARD, District

MEETING = KindRule(Writer.OWNER, re.compile("[a-z]+"), {"said": KINDS["comment"].fields["text"]})


def standings(district: District, office: str, kind: str) -> list[str]:
    journal = district.at(office).store.journal
    return [fact.judgement.standing.value for fact in journal.all_facts() if fact.content.kind == kind]


def test_an_unknown_kind_is_held_forwarded_and_applied_after_the_update(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = district.at(HUB)
    with hub.store.atomic():
        hub.append(ALL, [Content(hub.now(), "người", "giao-ban", "thang", {"said": "Họp"}, {})])
    district.send(HUB, WARD)
    assert standings(district, WARD, "giao-ban") == standings(district, HUB, "giao-ban") == ["held"]
    before = {office: doctor.digest(district.at(office)) for office in (HUB, WARD)}
    district.close()
    assert isinstance(KINDS, dict)
    monkeypatch.setitem(KINDS, "giao-ban", MEETING)
    for office in (WARD, HUB):
        assert standings(district, office, "giao-ban") == ["applied"]
        (row,) = district.at(office).store.queries.records("giao-ban")
        assert row.body == {"said": "Họp"}
        assert doctor.examine(district.at(office)).ok
        assert doctor.digest(district.at(office)) != before[office]


def test_opening_with_the_same_program_writes_nothing(district: District) -> None:
    path = district.root / HUB / "sotiendo.db"
    district.close()
    before = path.read_bytes()
    district.at(HUB)
    district.close()
    assert path.read_bytes() == before
