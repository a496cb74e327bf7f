"""A closed period prints equal, byte for byte, however much comes later; what came later is listed."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.models.authority import APPLIED, Judgement, Standing
from desktop.models.errors import Mistake
from desktop.services import closing, closing_changes, doctor, reporting, sheets, submitting
from desktop.services.plan import correcting
from desktop.services.traffic import exchanging
from desktop.services.views import ReadingField
from desktop.services.workspace import Workspace, workspace
from tests.offices import BODY, HUB, WARD, District, copy_district
from tests.properties.test_exchange import HUB_COPY, SECOND, two_machines
from tests.services.test_submitting import ITEM, OTHER, PERIOD, accept, enter, exchange, figure

BODY_ITEM = "II/2/2.1/2.1.9"


@pytest.fixture
def office(district_template: Path, tmp_path: Path) -> Iterator[District]:
    """The district with a second machine of the ward and a copy of the hub's folder."""
    made = copy_district(two_machines(district_template), tmp_path / "quận")
    yield made
    made.close()


def printed(ws: Workspace, version: str = "") -> tuple[bytes, bytes]:
    return sheets.consolidated(ws, PERIOD, "pdf", version), sheets.consolidated(ws, PERIOD, "xlsx", version)


def reported(district: District) -> None:
    """The ward's 40 % accepted, its 90 % a correction that waits; the other body's 10 % only entered."""
    ward, hub = district.at(WARD), district.at(HUB)
    enter(ward, ITEM, percent=40, result="Bốn mươi phần trăm")
    submitting.submit(ward, PERIOD)
    enter(ward, OTHER, percent=90)
    enter(district.at(BODY), BODY_ITEM, unit=BODY, percent=10)
    for office in (WARD, BODY):
        district.send(office, HUB)
    accept(hub)


def later(district: District) -> None:
    """Days later: new values of everybody, an accepted correction, a corrected row of the plan."""
    district.clock.now += timedelta(days=40)
    ward, hub = district.at(WARD), district.at(HUB)
    district.send(HUB, WARD)
    enter(ward, ITEM, percent=100, result="Xong")
    submitting.submit(ward, PERIOD, reason="Nhầm")
    enter(district.at(BODY), BODY_ITEM, unit=BODY, percent=80)
    for office in (WARD, BODY):
        district.send(office, HUB)
    accept(hub)
    change_title(hub, ITEM)


def change_title(ws: Workspace, path: str) -> None:
    item = reporting.item_at(ws, path)
    correcting.correct(ws, item, ReadingField.TITLE, "Tên khác", correcting.shown_now(ws, item), "Sửa")


def test_a_closed_period_prints_equal_whatever_comes_later(district: District) -> None:
    reported(district)
    hub = district.at(HUB)
    open_sheet = sheets.consolidated_sheet(hub, PERIOD)
    closing.close(hub, PERIOD, number="20/BC-MTTQ")
    first = printed(hub)
    # The closed figures are those that were on the screen; only a note tells that they are closed.
    assert sheets.consolidated_sheet(hub, PERIOD).rows == open_sheet.rows
    assert sheets.consolidated_sheet(hub, PERIOD).notes[1:] == open_sheet.notes
    later(district)
    assert printed(hub) == printed(hub, "1") == first
    assert printed(hub, sheets.NOW) != first
    digest = doctor.digest(hub)
    with hub.store.atomic():
        hub.store.projections.rebuild()
    assert doctor.digest(hub) == digest
    assert printed(hub) == first
    district.close()
    assert printed(district.at(HUB)) == first
    assert doctor.examine(district.at(HUB)).ok


def test_a_reopened_period_is_closed_anew_and_the_first_version_still_prints(district: District) -> None:
    reported(district)
    hub = district.at(HUB)
    closing.close(hub, PERIOD)
    first = printed(hub)
    with pytest.raises(Mistake, match="PERIOD_CLOSED"):
        closing.close(hub, PERIOD)
    closing.reopen(hub, PERIOD, "Thiếu số liệu một đơn vị")
    later(district)
    assert printed(hub) == printed(hub, sheets.NOW)
    closing.close(hub, PERIOD)
    second = printed(hub)
    assert [(one.label, one.stands) for one in closing.versions(hub, PERIOD)] == [("1", False), ("2", True)]
    assert printed(hub, "1") == first != second == printed(hub, "2")
    assert figure(hub) == 100


def test_what_came_after_closing_is_listed_and_told_whether_it_counts(district: District) -> None:
    reported(district)
    hub = district.at(HUB)
    closing.close(hub, PERIOD)
    nothing = closing_changes.later_changes(hub, PERIOD)
    assert (nothing.values, nothing.rows) == ((), ())
    later(district)
    enter(district.at(WARD), ITEM, percent=95)
    district.send(WARD, HUB)
    found = closing_changes.later_changes(hub, PERIOD)
    values = {(one.item_path, one.field): (one.before, one.after) for one in found.values}
    assert values == {
        (ITEM, "percent"): (40, 95), (ITEM, "result"): ("Bốn mươi phần trăm", "Xong"),
        (OTHER, "percent"): (None, 90), (BODY_ITEM, "percent"): (10, 80),
    }
    # All but the last value have come to count; 95 waits, and beside it the accepted 100 is new too.
    assert {field for _, field in found.counted} == {"percent", "result"}
    assert len(found.counted) == 4
    assert [(one.path, one.field, one.after) for one in found.rows] == [(ITEM, "title", "Tên khác")]


def test_a_closing_is_the_same_on_the_other_pc_of_the_hub_in_any_order(office: District) -> None:
    reported(office)
    hub = office.at(HUB)
    files = [*office.write(WARD), *office.write(BODY)]
    closing.close(hub, PERIOD)
    expected = printed(hub)
    files += list(office.written(HUB).values())
    later(office)
    files += [*office.write(WARD), *office.write(BODY), *office.written(HUB).values()]
    for number, order in enumerate((files, files[::-1], files[3:] + files[:3])):
        copy = office.root / f"bản {number}"
        office.close()
        shutil.copytree(office.root / HUB_COPY, copy)
        with workspace(office.environment, copy) as other:
            exchanging.import_files(other, order)
            assert doctor.digest(other) == doctor.digest(office.at(HUB))
            assert printed(other, "1") == expected


def test_a_machine_that_lacks_what_was_closed_prints_nothing_rather_than_less(office: District) -> None:
    reported(office)
    closing.close(office.at(HUB), PERIOD)
    other = office.at(HUB_COPY)
    exchanging.import_files(other, [office.written(HUB)["Tất cả đơn vị"]])
    with pytest.raises(Mistake, match="VERSION_INCOMPLETE"):
        sheets.consolidated_sheet(other, PERIOD)


def test_two_pcs_of_the_hub_that_close_beside_each_other_made_two_versions(office: District) -> None:
    reported(office)
    hub, other = office.at(HUB), office.at(HUB_COPY)
    closing.close(hub, PERIOD)
    closing.close(other, PERIOD)
    mine, theirs = printed(hub), printed(other)
    exchanging.import_files(hub, list(office.written(HUB_COPY).values()))
    labels = [one.label for one in closing.versions(hub, PERIOD)]
    assert all(label.startswith("1-") for label in labels)
    for ask in ("", "1"):
        with pytest.raises(Mistake, match="VERSION_AMBIGUOUS"):
            sheets.consolidated_sheet(hub, PERIOD, ask)
    assert {printed(hub, label) for label in labels} == {mine, theirs}
    closing.reopen(hub, PERIOD, "Chốt trùng", version=labels[0])
    assert printed(hub) == printed(hub, labels[1])


def test_a_later_judgement_changes_nothing_that_was_closed(district: District) -> None:
    """What counted counts, and what did not stays out: whether a machine is retired or admitted afterwards."""
    reported(district)
    hub = district.at(HUB)
    enter(district.at(BODY), BODY_ITEM, unit=BODY, percent=33)
    district.send(BODY, HUB)
    log = district.at(BODY).own_log(district.at(BODY).seat.unit).id
    (held,) = [fact for fact in hub.store.journal.all_facts() if fact.log == log and fact.content.fields.get("percent")
               == 33]
    judge(hub, held.log, held.head, Judgement(Standing.HELD, "FACT_UNKNOWN_FIELD"), held.content.record)
    assert figure(hub, BODY_ITEM, BODY) == 10
    closing.close(hub, PERIOD)
    expected = printed(hub)
    judge(hub, held.log, held.head, APPLIED, held.content.record)
    assert figure(hub, BODY_ITEM, BODY) == 33
    assert printed(hub) == expected
    for fact in list(hub.store.journal.all_facts()):
        if fact.log == log:
            judge(hub, log, fact.head, Judgement(Standing.QUARANTINED, "DEVICE_RETIRED"), fact.content.record)
    assert figure(hub, BODY_ITEM, BODY) is None
    assert printed(hub) == expected


def judge(ws: Workspace, log: str, head: bytes, judgement: Judgement, record: str) -> None:
    with ws.store.atomic():
        ws.store.journal.set_judgements([(head, log, judgement)])
        ws.store.projections.update([record])


def test_a_later_judgement_changes_no_accepted_figure(district: District) -> None:
    reported(district)
    ward, hub = district.at(WARD), district.at(HUB)
    log = ward.own_log(ward.seat.unit).id
    for fact in list(hub.store.journal.all_facts()):
        if fact.log == log and fact.content.kind == "report":
            judge(hub, log, fact.head, Judgement(Standing.QUARANTINED, "DEVICE_RETIRED"), fact.content.record)
    assert figure(hub) == 40


def test_a_fork_that_comes_later_is_no_part_of_what_was_closed(district: District) -> None:
    district.close()
    clone = f"{WARD} chép"
    shutil.copytree(district.root / WARD, district.root / clone)
    enter(district.at(clone), ITEM, percent=7)
    enter(district.at(clone), OTHER, percent=8)
    log = district.at(WARD).own_log(district.at(WARD).seat.unit).id
    reported(district)
    hub = district.at(HUB)
    closing.close(hub, PERIOD)
    expected = printed(hub)
    exchanging.import_files(hub, district.write(clone))
    assert hub.store.journal.forks(log)
    assert figure(hub) == 40
    assert printed(hub) == expected


def test_many_logs_need_several_facts(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    reported(district)
    hub = district.at(HUB)
    monkeypatch.setattr(closing, "_PART", 2)
    closing.close(hub, PERIOD)
    (row,) = hub.store.queries.records("closing")
    facts = hub.store.journal.facts_of(row.record)
    assert len(facts) > 1
    assert row.body["parts"] == len(facts)
    expected = printed(hub)
    later(district)
    assert printed(hub) == expected
    (one,) = closing.versions(hub, PERIOD)
    assert one.closing.complete
    monkeypatch.setattr(closing, "_PART", 1)
    monkeypatch.setattr(closing, "COVERS_PARTS", ("covers",))
    closing.reopen(hub, PERIOD, "Lại")
    before = doctor.digest(hub)
    with pytest.raises(Mistake, match="CLOSING_TOO_LONG"):
        closing.close(hub, PERIOD)
    assert doctor.digest(hub) == before


def test_slips_are_told_and_write_nothing(district: District) -> None:
    ward, hub = district.at(WARD), district.at(HUB)
    slips: tuple[tuple[str, Callable[[], object]], ...] = (
        ("HUB_ONLY", lambda: closing.close(ward, PERIOD)),
        ("HUB_ONLY", lambda: closing.reopen(ward, PERIOD, "x")),
        ("PERIOD_UNKNOWN", lambda: closing.close(hub, "2023-Q7")),
        ("PERIOD_OPEN", lambda: closing.reopen(hub, PERIOD, "x")),
        ("REOPEN_WITHOUT_REASON", lambda: closing.reopen(hub, PERIOD, " ")),
        ("CLOSING_TOO_LONG", lambda: closing.close(hub, PERIOD, note="x" * 20_001)),
        ("CLOSING_TOO_LONG", lambda: closing.close(hub, PERIOD, note="a\0b")),
        ("VERSION_UNKNOWN", lambda: sheets.consolidated_sheet(hub, PERIOD, "1")),
        ("PERIOD_OPEN", lambda: closing_changes.later_changes(hub, PERIOD)),
    )
    for code, act in slips:
        with pytest.raises(Mistake, match=code):
            act()
    assert hub.store.queries.records("closing") == ()


def test_closing_tells_what_is_not_in_order_and_closes_all_the_same(office: District) -> None:
    enter(office.at(WARD), ITEM, percent=40)
    enter(office.at(SECOND), ITEM, percent=50)
    exchange(office)
    hub = office.at(HUB)
    unready = closing.unready(hub, PERIOD)
    assert "Phường Bồ Đề" in unready.not_accepted
    assert unready.conflicts == 1
    closing.close(hub, PERIOD)
    rows = {row.path: row for row in sheets.consolidated_sheet(hub, PERIOD).rows}
    assert rows[ITEM].conflicts == 1


def test_units_see_the_closing(district: District) -> None:
    reported(district)
    closing.close(district.at(HUB), PERIOD)
    district.send(HUB, WARD)
    (one,) = closing.versions(district.at(WARD), PERIOD)
    assert one.stands
    # A unit holds its own part only; it prints no closed sheet, which would say less than the one filed.
    with pytest.raises(Mistake, match="VERSION_INCOMPLETE"):
        sheets.consolidated_sheet(district.at(WARD), PERIOD, "1")
    assert sheets.consolidated_sheet(district.at(WARD), PERIOD).rows


def test_orders_of_closing_and_reopening_give_one_state(office: District) -> None:
    reported(office)
    hub = office.at(HUB)
    files = [*office.write(WARD), *office.write(BODY)]
    closing.close(hub, PERIOD)
    files += [office.written(HUB)["Tất cả đơn vị"]]
    closing.reopen(hub, PERIOD, "Thiếu")
    closing.close(hub, PERIOD)
    files += list(office.written(HUB).values())
    office.close()
    states = set()
    for number, order in enumerate(itertools.islice(itertools.permutations(files[:4]), 0, None, 5)):
        copy = office.root / f"bản {number}"
        shutil.copytree(office.root / HUB_COPY, copy)
        with workspace(office.environment, copy) as ws:
            exchanging.import_files(ws, [*order, *files[4:]])
            assert ws.store.rebuilt_digest() == doctor.digest(ws)
            states.add((doctor.digest(ws), tuple((one.label, one.stands) for one in closing.versions(ws, PERIOD))))
    assert {labels for _, labels in states} == {(("1", False), ("2", True))}
    assert len(states) == 1
