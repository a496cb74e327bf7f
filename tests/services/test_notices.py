"""Reasons travel back: whoever wrote something that is not counted learns why with the next package (promise 9)."""

from __future__ import annotations

from desktop.models.facts import Content
from desktop.models.kinds import NOTICE
from desktop.models.record_ids import report_record
from desktop.models.strict_json import JsonValue
from desktop.services import doctor, reporting
from desktop.services.traffic import exchanging
from desktop.services.traffic.views import NotCounted
from desktop.services.units.editing import add_unit
from desktop.services.workspace import Workspace
from tests.offices import BODY, HUB, WARD, District

PERIOD = "2023-Q3"
SHARED = "I/1/1.4"
NEW = "Trạm khuyến nông phường Bồ Đề"


def write_for(ws: Workspace, unit: str, percent: int) -> None:
    """What the program would not let a person enter: a report of another unit, as a faulty or older program may."""
    record = report_record(reporting.item_at(ws, SHARED), unit, PERIOD)
    with ws.store.atomic():
        ws.append(ws.seat.unit, [Content(ws.now(), ws.person, "report", record, {"percent": percent}, {})])


def told(district: District, office: str) -> tuple[NotCounted, ...]:
    return exchanging.traffic(district.at(office)).not_counted


def test_the_author_learns_what_is_not_counted_and_why(district: District) -> None:
    ward = district.at(WARD)
    body = ward.unit_named(BODY)
    write_for(ward, body.id, 99)
    assert told(district, WARD) == ()
    (receipt,) = district.send(WARD, HUB).receipts
    assert receipt.quarantined == 1
    district.send(HUB, WARD)
    (one,) = told(district, WARD)
    assert (one.item_path, one.unit_name, one.period) == (SHARED, body.name, PERIOD)
    assert (one.by, one.reason) == ("UB MTTQ quận", "FACT_OUTSIDE_SCOPE")
    assert one.words == (
        f"{SHARED} · {body.name} · {PERIOD}: UB MTTQ quận chưa tính. "
        "Máy này không có quyền ghi cho đơn vị hoặc nội dung đó."
    )
    # Nobody else hears of it, and it calls for no answer.
    district.send(HUB, BODY)
    assert told(district, BODY) == ()
    for office in (WARD, HUB):
        assert exchanging.traffic(district.at(office)).waiting == 0, office
    before = len(district.at(HUB).store.journal.talk(NOTICE))
    district.send(WARD, HUB)
    district.send(HUB, WARD)
    district.send(WARD, HUB)
    assert len(district.at(HUB).store.journal.talk(NOTICE)) == before == 1


def test_it_is_taken_back_when_it_counts_after_all(district: District) -> None:
    ward = district.at(WARD)
    write_for(ward, "tram-khuyen-nong-phuong-bo-de", 40)
    district.send(WARD, HUB)
    district.send(HUB, WARD)
    assert len(told(district, WARD)) == 1
    hub = district.at(HUB)
    add_unit(hub, NEW, hub.unit_named(WARD).id)
    assert hub.unit_named(NEW).id == "tram-khuyen-nong-phuong-bo-de"
    assert {line.unit_name: line.report.percent for line in reporting.report_lines(hub)} == {NEW: 40}
    assert doctor.examine(hub).ok
    district.send(HUB, WARD)
    assert told(district, WARD) == ()


def test_a_second_fault_is_told_beside_the_first(district: District) -> None:
    ward = district.at(WARD)
    write_for(ward, ward.unit_named(BODY).id, 99)
    district.send(WARD, HUB)
    write_for(ward, ward.unit_named("Phường Ngọc Lâm").id, 98)
    district.send(WARD, HUB)
    district.send(HUB, WARD)
    assert {one.unit_name for one in told(district, WARD)} == {ward.unit_named(BODY).name, "Phường Ngọc Lâm"}


def test_a_reason_of_a_newer_program_is_told_in_general_words(district: District) -> None:
    ward, hub = district.at(WARD), district.at(HUB)
    write_for(ward, ward.seat.unit, 10)
    log = ward.own_log(ward.seat.unit).id
    end = ward.store.journal.end(log)
    assert end is not None
    entries: list[JsonValue] = [
        [end[0], end[1].hex()[:16], "FACT_SOMETHING_NEW"], [end[0], "ab" * 8, "FACT_BAD_VALUE"],
    ]
    district.send(WARD, HUB)
    with hub.store.atomic():
        hub.append(ward.seat.unit, [Content(hub.now(), "x", NOTICE, NOTICE, {log: entries}, {})])
    district.send(HUB, WARD)
    (one,) = told(district, WARD)
    assert "phiên bản này chưa biết (FACT_SOMETHING_NEW)" in one.words


def test_a_notice_about_others_or_from_a_stranger_says_nothing_here(district: District) -> None:
    ward, body = district.at(WARD), district.at(BODY)
    write_for(ward, ward.seat.unit, 10)
    log = ward.own_log(ward.seat.unit).id
    end = ward.store.journal.end(log)
    assert end is not None
    district.send(WARD, HUB)
    with body.store.atomic():
        lie: list[JsonValue] = [[end[0], end[1].hex()[:16], "FACT_OUTSIDE_SCOPE"]]
        body.append(body.seat.unit, [Content(body.now(), "x", NOTICE, NOTICE, {log: lie}, {})])
    district.send(BODY, HUB)
    district.send(HUB, WARD)
    for office in (WARD, BODY, HUB):
        assert told(district, office) == (), office
