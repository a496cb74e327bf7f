"""The life part of the corpus: honest files in odd ways, and programs of different versions."""

from __future__ import annotations

import pytest

from desktop.models import kinds
from desktop.models.facts import Content
from desktop.models.kinds import KindRule
from desktop.models.record_ids import comment_record
from desktop.services import doctor
from desktop.services.plan import commenting
from desktop.services.traffic.views import Outcome
from tests.corpus.bench import Bench, Case, prove, sound
from tests.corpus.life import CASES
from tests.offices import HUB, WARD, District


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_honest_files_come_to_what_they_should(district: District, case: Case) -> None:
    bench = Bench(district, case.name)
    prove(bench, case)
    sound(bench, case.at)


NEW_KIND = KindRule(kinds.Writer.SCOPE, kinds.KINDS["comment"].record, {"điểm": lambda value: type(value) is int})


def _rated(bench: Bench) -> Content:
    record = comment_record(bench.report().record.partition("/")[0], bench.ward.seat.unit, "1" * 32)
    return Content(0, "x", "đánh giá", record, {"điểm": 5}, {})


def _opened_anew(bench: Bench, office: str) -> None:
    bench.district.at(office).close()
    bench.district._open.pop(office)
    bench.district.at(office)


def _standings(bench: Bench, office: str = HUB) -> dict[str, str]:
    return {
        fact.content.kind: fact.judgement.standing.value for fact in bench.district.at(office).store.journal.all_facts()
    }


def test_what_a_newer_program_wrote_counts_after_the_update(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(district)
    mood = bench.segment(bench.report(percent=30, mood="vui"), nonce=1)
    receipt = bench.bring(bench.package(bench.segment(_rated(bench)), mood))
    assert (receipt.outcome, receipt.held) == (Outcome.HELD, 2)
    _opened_anew(bench, HUB)
    assert (_standings(bench)["đánh giá"], bench.listed()) == ("held", {}), "the same program goes on holding it"
    # Kept and forwarded, held by those who get it.
    assert bench.bring(district.written(HUB)["Phường Bồ Đề"], office=WARD).quarantined == 0
    report = kinds.KINDS["report"]
    fields = {**report.fields, "mood": lambda value: isinstance(value, str)}
    monkeypatch.setitem(kinds.KINDS, "đánh giá", NEW_KIND)
    monkeypatch.setitem(kinds.KINDS, "report", KindRule(report.writer, report.record, fields))
    _opened_anew(bench, HUB)
    assert _standings(bench)["đánh giá"] == "applied"
    assert bench.listed() == {"Phường Bồ Đề": (30, "", ())}
    sound(bench)
    before = bench.database()
    _opened_anew(bench, HUB)
    assert bench.database() == before, "and then nothing more is written at opening"


def test_an_update_gives_no_rights(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new kind is judged like any: what another unit's machine said of the ward is not counted."""
    bench = Bench(district)
    one = bench.segment(_rated(bench), by=bench.body)
    assert bench.bring(bench.package(one, by=bench.body)).held == 1
    monkeypatch.setitem(kinds.KINDS, "đánh giá", NEW_KIND)
    _opened_anew(bench, HUB)
    assert _standings(bench)["đánh giá"] == "quarantined"
    sound(bench)


def test_an_older_program_holds_what_it_does_not_know_and_both_sides_go_on(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ward's program knows comments, the hub's does not yet: reports go on, the comment counts after the update."""
    bench = Bench(district)
    bench.enter(WARD, percent=30)
    row = bench.report().record.partition("/")[0]
    commenting.add_comment(bench.ward, row, "", "Đề nghị sửa thời hạn")
    file = district.write(WARD)[0]
    with monkeypatch.context() as older:
        older.delitem(kinds.KINDS, "comment")
        _opened_anew(bench, HUB)
        receipt = bench.bring(file)
        assert (receipt.outcome, receipt.held) == (Outcome.HELD, 1)
        assert bench.listed() == {"Phường Bồ Đề": (30, "", ())}
        assert commenting.comments(bench.hub, row) == ()
    _opened_anew(bench, HUB)
    assert [one.text for one in commenting.comments(bench.hub, row)] == ["Đề nghị sửa thời hạn"]
    sound(bench)


def test_an_update_does_not_shut_a_folder_with_a_damaged_line(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(district)
    bench.bring(bench.package(bench.segment(_rated(bench))))
    bench.hub.store._connection.run("UPDATE facts SET line = x'00' WHERE standing = 'held'")
    monkeypatch.setitem(kinds.KINDS, "đánh giá", NEW_KIND)
    _opened_anew(bench, HUB)
    assert not doctor.examine(bench.hub).ok
