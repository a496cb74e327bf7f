"""Machines of a plan through real files: several of the hub, retired and moved ones, merged units, the spare."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.exchange.hashes import code_of
from desktop.exchange.package import unpack
from desktop.models.errors import Mistake, Refused
from desktop.services import doctor, reporting
from desktop.services.traffic import enrolling, exchanging, machines, spare
from desktop.services.traffic.views import Outcome, Receipt
from desktop.services.workspace import Workspace
from tests.offices import BODY, HUB, WARD, District

PERIOD = "2023-Q3"
ITEM, OTHER = "I/1/1.4", "I/2/2.3/2.3.3"
SECOND_HUB = f"{HUB} máy 2"
SECOND = f"{WARD} máy 2"
NEIGHBOUR = "Phường Ngọc Lâm"


def enter(ws: Workspace, path: str, percent: int, unit_name: str = WARD) -> None:
    item, unit = reporting.item_at(ws, path), ws.unit_named(unit_name).id
    shown = reporting.shown_now(ws, item, unit, PERIOD)
    reporting.enter(ws, item, unit, PERIOD, {"percent": percent}, shown)


def percents(ws: Workspace, path: str = ITEM, unit_name: str = WARD) -> set[object]:
    """Every current percent of a unit's report on a row."""
    for line in reporting.report_lines(ws):
        if (line.item_path, line.unit_name) == (path, ws.unit_named(unit_name).name):
            rivals = reporting.rivals(ws, line.report)
            return {one["value"] for one in rivals["percent"]} if "percent" in rivals else {line.report.percent}
    return set()


def take(district: District, office: str, *files: Path) -> tuple[Receipt, ...]:
    return exchanging.import_files(district.at(office), files).receipts


def code(ws: Workspace) -> str:
    """The 20 digits of an office's own machine."""
    return code_of(bytes.fromhex(ws.seat.device))


def starter(district: District) -> Path:
    return enrolling.write_starter(district.at(HUB), district.root).path


def second_hub(district: District) -> Workspace:
    """One more machine of the hub, enrolled by the first."""
    enrolling.setup_hub_machine(
        district.apart(SECOND_HUB), district.root / SECOND_HUB, starter(district), enrolling.own_code(district.at(HUB))
    )
    (asked,) = district.write(SECOND_HUB)
    (receipt,) = take(district, HUB, asked)
    assert receipt.outcome is Outcome.HELD
    (request,) = [one for one in enrolling.requests(district.at(HUB)) if one.state == "pending"]
    assert (request.role, request.code) == ("hub", enrolling.own_code(district.at(SECOND_HUB)))
    enrolling.approve(district.at(HUB), [request.code])
    take(district, SECOND_HUB, district.written(HUB)[exchanging.PEERS])
    return district.at(SECOND_HUB)


def second_of_the_ward(district: District) -> Workspace:
    enrolling.setup_unit(
        district.environment, district.root / SECOND, WARD, starter(district), enrolling.own_code(district.at(HUB))
    )
    district.send(SECOND, HUB)
    enrolling.approve(district.at(HUB), None)
    district.send(HUB, SECOND)
    return district.at(SECOND)


def all_agree(district: District, *offices: str) -> None:
    """Every office is whole, and those that hold everything hold the same."""
    for office in offices:
        assert doctor.examine(district.at(office)).ok, office


def test_a_second_machine_of_the_hub_reads_and_writes_as_the_first(district: District) -> None:
    other = second_hub(district)
    assert other.seat.label == "PC2"
    enter(district.at(WARD), ITEM, 30)
    files = district.write(WARD)
    take(district, HUB, *files)
    take(district, SECOND_HUB, *files)
    assert percents(other) == {30}
    # Nhập thay on the second machine reaches the first, and through it the ward.
    enter(other, OTHER, 55)
    take(district, HUB, district.written(SECOND_HUB)[exchanging.PEERS])
    assert percents(district.at(HUB), OTHER) == {55}
    district.send(HUB, WARD)
    assert percents(district.at(WARD), OTHER) == {55}
    take(district, SECOND_HUB, district.written(HUB)[exchanging.PEERS])
    assert doctor.digest(other) == doctor.digest(district.at(HUB))
    all_agree(district, HUB, SECOND_HUB, WARD)


def test_a_machine_of_the_hub_that_is_not_admitted_yet_reads_nothing_of_units(district: District) -> None:
    enrolling.setup_hub_machine(
        district.apart(SECOND_HUB), district.root / SECOND_HUB, starter(district), enrolling.own_code(district.at(HUB))
    )
    (receipt,) = take(district, SECOND_HUB, *district.write(WARD))
    assert (receipt.outcome, receipt.reason) == (Outcome.REFUSED, "PKG_NOT_FOR_US")
    with pytest.raises(Mistake) as asked:
        machines.renew_reading(district.at(SECOND_HUB))
    assert asked.value.code == "ROOT_NOT_HERE"


def test_a_machine_may_not_ask_to_be_the_hubs_for_another_unit(district: District) -> None:
    enrolling.setup_hub_machine(
        district.apart(SECOND_HUB), district.root / SECOND_HUB, starter(district), enrolling.own_code(district.at(HUB))
    )
    ws = district.at(SECOND_HUB)
    with ws.store.atomic():
        ws.store.office.set_place(ws.store.plan, ws.unit_named(WARD).id, "PC1")
    (receipt,) = take(district, HUB, *district.write(SECOND_HUB))
    assert receipt.reason == "REQUEST_UNIT_UNKNOWN"
    assert all(one.state != "pending" for one in enrolling.requests(district.at(HUB)))


def test_machines_of_one_unit_are_told_apart(district: District) -> None:
    other = second_of_the_ward(district)
    assert (district.at(WARD).seat.label, other.seat.label) == ("PC1", "PC2")
    listed = machines.machines(district.at(HUB))
    assert [(one.unit_name, one.label, one.role, one.own) for one in listed][:1] == [
        (district.at(HUB).identity().unit_name, "PC1", "hub", True)
    ]
    assert {(one.label, one.code) for one in listed if one.unit_name == WARD} == {
        ("PC1", code(district.at(WARD))), ("PC2", code(other))
    }
    assert district.write(SECOND)[0].name.endswith("_PC2.sotiendo")


def test_what_a_retired_machine_wrote_before_counts_and_later_work_is_hidden_until_counted(district: District) -> None:
    hub, ward = district.at(HUB), district.at(WARD)
    other = second_of_the_ward(district)
    enter(ward, ITEM, 30)
    district.send(WARD, HUB)
    enter(ward, OTHER, 60)
    late = district.write(WARD)
    changes = machines.retire(hub, code(ward))
    assert changes.exchange
    (receipt,) = take(district, HUB, *late)
    assert receipt.quarantined
    assert {one.reason for one in receipt.segments if one.reason} == {"DEVICE_RETIRED"}
    assert (percents(hub), percents(hub, OTHER)) == ({30}, set())
    (gone,) = [one for one in machines.machines(hub) if one.code == code(ward)]
    assert gone.retired
    assert gone.hidden
    # The other machine of the ward hears the same, whichever file it gets first.
    take(district, SECOND, district.written(HUB)[WARD])
    assert (percents(other), percents(other, OTHER)) == ({30}, set())
    machines.recount(hub, code(ward))
    assert percents(hub, OTHER) == {60}
    take(district, SECOND, district.written(HUB)[WARD])
    assert percents(other, OTHER) == {60}
    all_agree(district, HUB, SECOND)


def test_a_retired_machine_is_told_and_keeps_what_it_has(district: District) -> None:
    hub, ward = district.at(HUB), district.at(WARD)
    second_of_the_ward(district)
    enter(ward, ITEM, 30)
    district.send(WARD, HUB)
    machines.retire(hub, code(ward))
    files = district.written(HUB)
    # The machine is no longer among those for whom the files are; the common file opens for it no more.
    (receipt,) = take(district, WARD, files[WARD])
    assert receipt.reason == "PKG_NOT_FOR_US"
    # Where it hears of it all the same, by a colleague's file, it says so and goes on reading.
    contents = unpack(files[WARD].read_bytes(), district.at(SECOND).identities()).contents
    with ward.store.atomic():
        for entry in contents.authority:
            ward.add_entry(entry)
    ward.forget()
    with pytest.raises(Mistake) as told:
        enter(ward, ITEM, 31)
    assert told.value.code == "DEVICE_RETIRED"
    assert percents(ward) == {30}
    assert doctor.examine(ward).ok


def test_the_last_machine_of_the_hub_is_not_retired(district: District) -> None:
    hub = district.at(HUB)
    slips: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: machines.retire(hub, code(hub)), "MACHINE_LAST_HUB"),
        (lambda: machines.retire(hub, "1" * 20), "MACHINE_UNKNOWN"),
        (lambda: machines.recount(hub, code(hub)), "MACHINE_NOT_RETIRED"),
        (lambda: machines.move(hub, code(district.at(WARD)), "Không có"), "UNIT_UNKNOWN"),
        (lambda: machines.retire(district.at(WARD), code(hub)), "HUB_ONLY"),
    )
    for slip, wanted in slips:
        with pytest.raises(Mistake) as told:
            slip()
        assert told.value.code == wanted
    machines.retire(hub, code(district.at(WARD)))
    with pytest.raises(Mistake) as told:
        machines.retire(hub, code(district.at(WARD)))
    assert told.value.code == "MACHINE_RETIRED"
    with pytest.raises(Mistake) as told:
        machines.move(hub, code(district.at(WARD)), BODY)
    assert told.value.code == "MACHINE_RETIRED"


def test_a_stolen_machine_that_forks_below_its_end_is_not_heard(district: District) -> None:
    hub, ward = district.at(HUB), district.at(WARD)
    enter(ward, ITEM, 10)
    district.write(WARD)
    district.close()
    shutil.copytree(district.root / WARD, district.root / "bị trộm")
    # With the keys, and the marks as they were then.
    shutil.copytree(district.root / "khoa", district.apart("bị trộm").keys_folder)
    hub, ward, thief = district.at(HUB), district.at(WARD), district.at("bị trộm")
    enter(ward, ITEM, 30)
    enter(ward, ITEM, 31)
    district.send(WARD, HUB)
    machines.retire(hub, code(ward))
    before = percents(hub)
    enter(thief, OTHER, 99)
    (receipt,) = take(district, HUB, *district.write("bị trộm"))
    assert (receipt.quarantined, percents(hub, OTHER), percents(hub)) == (1, set(), before)
    assert doctor.examine(hub).ok


def test_a_moved_machine_writes_for_its_new_unit_from_then_on(district: District) -> None:
    hub, ward = district.at(HUB), district.at(WARD)
    enter(ward, ITEM, 30)
    district.send(WARD, HUB)
    machines.move(hub, code(ward), NEIGHBOUR)
    (one,) = [one for one in machines.machines(hub) if one.code == code(ward)]
    assert (one.unit_name, one.retired) == (NEIGHBOUR, False)
    enter(ward, OTHER, 60)
    (receipt,) = take(district, HUB, *district.write(WARD))
    assert receipt.quarantined == 1
    assert (percents(hub), percents(hub, OTHER)) == ({30}, set())


def test_a_merged_unit_lives_on_in_its_successor(district: District) -> None:
    hub = district.at(HUB)
    enrolling.setup_unit(
        district.environment, district.root / NEIGHBOUR, NEIGHBOUR, starter(district), enrolling.own_code(hub)
    )
    district.send(NEIGHBOUR, HUB)
    enrolling.approve(hub, None)
    district.send(HUB, NEIGHBOUR)
    neighbour, ward = district.at(NEIGHBOUR), district.at(WARD)
    enter(neighbour, ITEM, 20, NEIGHBOUR)
    kept = district.write(NEIGHBOUR)
    district.send(NEIGHBOUR, HUB)
    enter(neighbour, OTHER, 45, NEIGHBOUR)
    # Merged: the ward writes for its neighbour too, whose own machine stops.
    machines.entrust(hub, code(ward), NEIGHBOUR)
    machines.retire(hub, code(neighbour))
    district.send(HUB, WARD)
    assert percents(ward, ITEM, NEIGHBOUR) == {20}, "the successor reads the history"
    enter(ward, ITEM, 25, NEIGHBOUR)
    district.send(WARD, HUB)
    assert percents(hub, ITEM, NEIGHBOUR) == {25}
    assert hub.store.queries.reports(item=reporting.item_at(hub, ITEM))
    # What the neighbour wrote before stays valid, whenever it arrives.
    assert take(district, HUB, *kept)[0].outcome is Outcome.ALREADY_HAD
    (receipt,) = take(district, HUB, *district.write(NEIGHBOUR))
    assert receipt.quarantined
    assert percents(hub, OTHER, NEIGHBOUR) == set()
    all_agree(district, HUB, WARD)
    listed = {one.code: one for one in machines.machines(hub)}
    assert set(listed[code(ward)].units) == {WARD, NEIGHBOUR}


def test_what_is_written_after_a_new_reading_key_a_stolen_machine_cannot_read(district: District) -> None:
    other = second_hub(district)
    stolen = code(other)
    machines.retire(district.at(HUB), stolen)
    machines.renew_reading(district.at(HUB))
    district.send(HUB, WARD)
    enter(district.at(WARD), ITEM, 30)
    files = district.write(WARD)
    (receipt,) = take(district, SECOND_HUB, *files)
    assert receipt.reason == "PKG_NOT_FOR_US"
    take(district, HUB, *files)
    assert percents(district.at(HUB)) == {30}
    all_agree(district, HUB, WARD)


def test_the_spare_is_sealed_once_and_opened_by_its_code_alone(district: District, tmp_path: Path) -> None:
    hub = district.at(HUB)
    assert not spare.is_sealed(hub)
    done = spare.seal(hub, tmp_path)
    assert spare.is_sealed(hub)
    assert len(done.code) == 30
    with pytest.raises(Mistake) as told:
        spare.seal(hub, tmp_path)
    assert told.value.code == "SPARE_SEALED"
    with pytest.raises(Refused) as refused:
        spare.open_on_hub(hub, done.path, "0" * 30)
    assert refused.value.code == "SPARE_WRONG_CODE"
    data = done.path.read_bytes()
    for bad in (b"", b"{}\n", data[: len(data) // 2], data.replace(b'"format":1', b'"format":2'), data[5:]):
        broken = tmp_path / "hỏng"
        broken.write_bytes(bad)
        with pytest.raises(Refused) as refused:
            spare.open_on_hub(hub, broken, done.code)
        assert refused.value.code in ("SPARE_NOT_A_SPARE", "AUTH_BAD_SHAPE"), bad[:40]
    assert spare.is_sealed(hub)


def test_the_opened_spare_replaces_the_root_everywhere(district: District, tmp_path: Path) -> None:
    hub, old_code = district.at(HUB), enrolling.own_code(district.at(HUB))
    done = spare.seal(hub, tmp_path)
    other = second_hub(district)
    with pytest.raises(Mistake) as told:
        machines.retire(other, code(district.at(WARD)))
    assert told.value.code == "ROOT_NOT_HERE"
    # The PC that holds the root is gone; the second opens the spare.
    spare.open_on_hub(other, done.path, done.code)
    assert enrolling.own_code(other) != old_code
    enrolling.setup_unit(
        district.environment, district.root / SECOND, WARD, enrolling.write_starter(other, district.root).path,
        enrolling.own_code(other),
    )
    take(district, SECOND_HUB, *district.write(SECOND))
    enrolling.approve(other, None)
    take(district, SECOND, district.written(SECOND_HUB)[WARD])
    take(district, WARD, district.written(SECOND_HUB)[WARD])
    # The replaced root admits nobody any more, here or anywhere.
    machines.retire(hub, code(district.at(BODY)))
    assert [one.retired for one in machines.machines(hub) if one.code == code(district.at(BODY))] == [True]
    (receipt,) = take(district, WARD, district.written(HUB)[WARD])
    assert [one.retired for one in machines.machines(other) if one.code == code(district.at(BODY))] == [False]
    assert set(district.at(WARD).charter().void.values()) == {"AUTH_ROOT_REPLACED"}
    # And the first PC hears of it as well.
    take(district, HUB, district.written(SECOND_HUB)[exchanging.PEERS])
    assert [one.retired for one in machines.machines(hub) if one.code == code(district.at(BODY))] == [False]
    with pytest.raises(Mistake) as told:
        machines.retire(hub, code(district.at(BODY)))
    assert told.value.code == "ROOT_NOT_HERE"
    all_agree(district, HUB, SECOND_HUB, WARD, SECOND)


def test_after_the_loss_of_every_hub_machine_the_spare_and_the_units_give_all_back(
    district: District, tmp_path: Path
) -> None:
    hub = district.at(HUB)
    enter(hub, OTHER, 70)
    enter(district.at(WARD), ITEM, 30)
    done = spare.seal(hub, tmp_path)
    district.send(WARD, HUB)
    district.send(HUB, WARD)
    before = doctor.digest(hub)
    ward_file = district.write(WARD)
    body_file = district.write(BODY)
    district.close()
    shutil.rmtree(district.root / HUB)
    keys = district.environment.keys_folder
    for file in keys.iterdir():
        # Only what the units' own machines hold is left.
        if file.stem not in {district.at(WARD).seat.device, district.at(BODY).seat.device}:
            file.unlink()
    who = spare.set_up_from(district.environment, district.root / HUB, done.path, done.code)
    new = district.at(HUB)
    assert who.role.value == "hub"
    assert [one.outcome for one in take(district, HUB, *ward_file, *body_file)] == [Outcome.IMPORTED] * 2
    assert (percents(new), percents(new, OTHER)) == ({30}, {70})
    assert doctor.digest(new) == before
    (lost_machine,) = [one for one in machines.machines(new) if one.role == "hub" and not one.own]
    machines.retire(new, lost_machine.code)
    assert doctor.digest(new) == before
    # Units take the new hub's files: it goes on as if nothing had been.
    enter(new, OTHER, 80)
    district.send(HUB, WARD)
    assert percents(district.at(WARD), OTHER) == {80}
    all_agree(district, HUB, WARD)


def test_a_lost_spare_is_replaced_and_opens_nothing_more(district: District, tmp_path: Path) -> None:
    hub = district.at(HUB)
    done = spare.seal(hub, tmp_path)
    spare.replace_spare(hub)
    assert not spare.is_sealed(hub)
    with pytest.raises(Refused) as refused:
        spare.open_on_hub(hub, done.path, done.code)
    assert refused.value.code == "SPARE_OTHER_PLAN"
    again = spare.seal(hub, tmp_path)
    assert again.path != done.path
    spare.open_on_hub(hub, again.path, again.code)
    assert doctor.examine(hub).ok
