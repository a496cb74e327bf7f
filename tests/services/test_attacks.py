"""What somebody with a key, a changed program and time may try on the importer, each with the reason he meets."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from desktop.exchange.authority import SignedEntry, sign_entry
from desktop.exchange.contents import Contents, Request
from desktop.exchange.hashes import code_of
from desktop.exchange.keys import DeviceKeys
from desktop.exchange.package import pack, unpack
from desktop.exchange.segments import Segment, seal
from desktop.models.entries import DeviceRole, Grant, RootEntry, body_of
from desktop.models.facts import ALL, Content, Reference, make_line
from desktop.models.kinds import SEEN
from desktop.models.record_ids import report_record
from desktop.models.strict_json import JsonValue, dumps
from desktop.services import doctor, reporting
from desktop.services.traffic import enrolling, exchanging
from desktop.services.traffic.reasons import reason_words
from desktop.services.traffic.views import Outcome, Receipt
from desktop.services.workspace import Workspace
from desktop.store.database import FILE_NAME
from tests.forging import PERIOD, SHARED, Liar, contents_of, lines, log_of, report, segment, unit
from tests.offices import BODY, HUB, WARD, District

_files = count()


def file_of(district: District, contents: Contents, keys: DeviceKeys) -> Path:
    path = district.root / f"tấn công {next(_files)}.sotiendo"
    path.write_bytes(pack(contents, keys, ()))
    return path


def attack(
    district: District, sender: str, *segments: Segment, target: str = HUB, **changes: object
) -> Receipt:
    """The receipt that a forged package gets; checking said the same before, and the doctor is content after."""
    ws = district.at(sender)
    path = file_of(district, contents_of(ws, segments, **changes), ws.device_keys())
    checked = exchanging.check_file(district.at(target), path)
    (receipt,) = exchanging.import_files(district.at(target), [path]).receipts
    assert checked == receipt
    assert doctor.examine(district.at(target)).ok
    return receipt


def reasons(receipt: Receipt) -> set[str]:
    found = {one.reason for one in receipt.segments} - {""}
    for code in found:
        assert reason_words(code) != code, "every reason has its words"
    return found


def listed(district: District, office: str = HUB) -> dict[str, tuple[object, ...]]:
    """unit -> (percent, result, conflicts) of the shared row."""
    lines = reporting.report_lines(district.at(office))
    return {
        line.unit_name: (line.report.percent, line.report.result, line.report.conflicts)
        for line in lines if line.item_path == SHARED
    }


def enter(ws: Workspace, **values: object) -> None:
    item = reporting.item_at(ws, SHARED)
    reporting.enter(ws, item, ws.seat.unit, PERIOD, values, reporting.shown_now(ws, item, ws.seat.unit, PERIOD))


def test_a_unit_writes_its_own_report_where_others_would_read_it(district: District) -> None:
    ward = district.at(WARD)
    for audience in (ALL, unit(ward, BODY)):
        receipt = attack(district, WARD, segment(ward, report(ward, WARD, {"percent": 1}), audience=audience))
        assert reasons(receipt) == {"FACT_OUTSIDE_SCOPE"}
    assert listed(district) == {}


def test_authority_signed_by_another_key_gives_nothing(district: District) -> None:
    ward = district.at(WARD)
    keys = ward.device_keys()
    seat = ward.seat
    king = Grant(seat.device, keys.recipient, unit(ward, "Quận Long Biên"), DeviceRole.HUB, "PC1")
    new_root = RootEntry(seat.plan_id, seat.device, seat.device, seat.unit, keys.recipient)
    forged = (
        sign_entry(dumps(body_of(king, seat.plan_id, ward.charter().tips)), keys),
        sign_entry(dumps(body_of(new_root, seat.plan_id, ())), keys),
    )
    # The root's key written beside another's signature: the body is right, the signature is not.
    lied = SignedEntry(forged[0].body, bytes.fromhex(seat.root), forged[0].signature)
    before = {entry.id for entry in district.at(HUB).entries()}
    bad = segment(ward, report(ward, "Phường Ngọc Lâm", {"percent": 99}))
    receipt = attack(district, WARD, bad, authority=(*ward.entries(), *forged, lied))
    assert reasons(receipt) == {"AUTH_NOT_ROOT", "AUTH_BAD_SIGNATURE", "FACT_OUTSIDE_SCOPE"}
    assert {entry.id for entry in district.at(HUB).entries()} == before
    assert listed(district) == {}


def test_a_grant_for_another_plan_of_the_same_root_gives_nothing(district: District) -> None:
    hub = district.at(HUB)
    root = hub.keys.load(bytes.fromhex(hub.seat.root))
    ward = district.at(WARD)
    king = Grant(ward.seat.device, ward.device_keys().recipient, unit(hub, "Quận Long Biên"), DeviceRole.HUB, "PC1")
    other_plan = sign_entry(dumps(body_of(king, "ab" * 16, hub.charter().tips)), root)
    bad = segment(ward, report(ward, "Phường Ngọc Lâm", {"percent": 99}))
    receipt = attack(district, WARD, bad, authority=(*ward.entries(), other_plan))
    assert reasons(receipt) == {"FACT_OUTSIDE_SCOPE", "AUTH_OTHER_PLAN"}


def test_segments_of_others_may_be_carried_but_stay_theirs(district: District) -> None:
    enter(district.at(WARD), percent=30, result="Của phường")
    ward_file = unpack(district.write(WARD)[0].read_bytes(), district.at(WARD).identities()).contents
    receipt = attack(district, BODY, *ward_file.segments)
    assert receipt.outcome is Outcome.IMPORTED
    assert receipt.sender_unit == "Trung tâm Phát triển quỹ đất"
    assert listed(district) == {"Phường Bồ Đề": (30, "Của phường", ())}


def _ward_segment(district: District, *percents: int) -> Segment:
    for percent in percents:
        enter(district.at(WARD), percent=percent)
    ward = district.at(WARD)
    contents = unpack(district.write(WARD)[0].read_bytes(), ward.identities()).contents
    return [one for one in contents.segments if one.name.public_key.hex() == ward.seat.device][-1]


def test_a_segment_signed_anew_by_another_machine(district: District) -> None:
    theirs = _ward_segment(district, 30, 40)
    body = district.at(BODY)
    keys = body.device_keys()
    # Under the ward's name, with the body's signature.
    mine = seal(log_of(body), 1, (theirs.lines[0],), log_of(body).first_head, keys)
    receipt = attack(district, BODY, replace(theirs, signature=mine.signature))
    assert reasons(receipt) == {"SEG_BAD_SIGNATURE"}
    # Under its own name, continuing the ward's chain: the very ids of the ward's facts, in a log of its own.
    if theirs.first > 1:
        twin = seal(log_of(body), theirs.first, theirs.lines, theirs.prev_head, keys)
        assert twin.head == theirs.head
        assert reasons(attack(district, BODY, twin)) == {"FACT_OUTSIDE_SCOPE"}
    with pytest.raises(ValueError, match="writer"):
        seal(log_of(body), 1, theirs.lines, theirs.prev_head, keys)
    assert listed(district) == {}
    exchanging.import_files(district.at(HUB), district.write(WARD))
    assert listed(district) == {"Phường Bồ Đề": (40, "", ())}


def test_a_copied_line_cannot_retire_the_original(district: District) -> None:
    enter(district.at(WARD), percent=30)
    district.write(WARD)
    theirs = _ward_segment(district, 40)
    assert theirs.first > 1
    exchanging.import_files(district.at(HUB), district.write(WARD))
    second = f"{WARD} máy 2"
    starter = next(district.root.glob("tep-khoi-tao*"))
    code = enrolling.own_code(district.at(HUB))
    enrolling.setup_unit(district.environment, district.root / second, WARD, starter, code)
    district.send(second, HUB)
    enrolling.approve(district.at(HUB), None)
    ws = district.at(second)
    # The second machine copies the first one's line, id and all, and retires its own copy only.
    name, place = log_of(ws), theirs.first
    following = report(ws, WARD, {"percent": 90}, percent=[Reference("", place, "")])
    copied = (*theirs.lines, make_line(place + 1, following))
    attack(district, second, seal(name, place, copied, theirs.prev_head, ws.device_keys()))
    assert listed(district) == {"Phường Bồ Đề": (40, "", ("percent",))}


def test_a_request_for_a_unit_that_does_not_exist(district: District, tmp_path: Path) -> None:
    stranger = _stranger(district, "Hội LHPN quận")
    request = Request(
        bytes.fromhex(stranger.seat.device), stranger.device_keys().recipient, "khong-co-don-vi-nay", "PC1"
    )
    receipt = attack(district, "kẻ lạ", segment(stranger, report(stranger, WARD, {"percent": 9})), request=request)
    assert reasons(receipt) == {"REQUEST_UNIT_UNKNOWN", "DEVICE_NOT_ENROLLED"}
    assert (receipt.request_code, receipt.sender_unit) == ("", "")
    assert enrolling.approve(district.at(HUB), None).approved == ()
    assert district.write(HUB)


def _stranger(district: District, name: str) -> Workspace:
    """A machine nobody approved."""
    starter = next(district.root.glob("tep-khoi-tao*"))
    code = enrolling.own_code(district.at(HUB))
    enrolling.setup_unit(district.environment, district.root / "kẻ lạ", name, starter, code)
    return district.at("kẻ lạ")


def test_a_request_for_a_unit_it_is_not_waits_with_its_own_code(district: District) -> None:
    stranger = _stranger(district, "Hội LHPN quận")
    claimed = unit(stranger, "Phường Ngọc Lâm")
    request = Request(bytes.fromhex(stranger.seat.device), stranger.device_keys().recipient, claimed, "PC1")
    bad = segment(stranger, report(stranger, "Phường Ngọc Lâm", {"percent": 9}), audience=claimed)
    receipt = attack(district, "kẻ lạ", bad, request=request, sender_unit=claimed)
    assert (receipt.outcome, receipt.held) == (Outcome.HELD, 1)
    assert receipt.request_code == enrolling.own_code(stranger)
    assert listed(district) == {}
    pending = [one for one in enrolling.requests(district.at(HUB)) if one.state == "pending"]
    assert [(one.code, one.unit_name) for one in pending] == [(enrolling.own_code(stranger), "Phường Ngọc Lâm")]


def test_a_request_for_a_machine_that_is_enrolled_changes_nothing(district: District) -> None:
    ward = district.at(WARD)
    request = Request(
        bytes.fromhex(ward.seat.device), ward.device_keys().recipient, unit(ward, "Quận Long Biên"), "PC1"
    )
    receipt = attack(district, WARD, request=request)
    assert receipt.request_code == ""
    assert all(one.state == "approved" for one in enrolling.requests(district.at(HUB)))


def test_a_gap_is_told_and_filled_later(district: District) -> None:
    ward = district.at(WARD)
    name, keys = log_of(ward), ward.device_keys()
    made = lines(1, [report(ward, WARD, {"percent": percent}) for percent in (1, 2, 3)])
    whole = seal(name, 1, made, name.first_head, keys)
    front = seal(name, 1, made[:2], name.first_head, keys)
    receipt = attack(district, WARD, seal(name, 3, made[2:], front.head, keys))
    assert receipt.gaps == ("thiếu mục 1–2 của PC1 Phường Bồ Đề",)
    assert listed(district) == {"Phường Bồ Đề": (3, "", ())}
    filled = attack(district, WARD, front)
    assert (filled.gaps, filled.segments[0].outcome) == ((), "fills_gap")
    assert attack(district, WARD, whole).outcome is Outcome.ALREADY_HAD


def test_references_to_what_is_not_there_retire_nothing(district: District) -> None:
    enter(district.at(WARD), percent=30, result="Một")
    exchanging.import_files(district.at(HUB), district.write(WARD))
    ward = district.at(WARD)
    (line,) = reporting.report_lines(district.at(HUB))
    theirs = next(fact for fact in ward.store.journal.all_facts() if "percent" in fact.content.fields)
    for number, reference in enumerate((
        Reference("ab" * 16, 1, "00" * 8), Reference(theirs.log, theirs.seq, "00" * 8),
        Reference(theirs.log, theirs.seq + 9, theirs.head.hex()[:16]), Reference("", 9, ""), Reference("", 1, ""),
    )):
        odd = report(ward, WARD, {"percent": 30 + number}, percent=[reference])
        attack(district, WARD, segment(ward, odd, nonce=bytes([number]) * 16))
    (line,) = reporting.report_lines(district.at(HUB))
    assert (line.report.percent, line.report.conflicts) == (30, ("percent",))
    assert len(reporting.rivals(district.at(HUB), line.report)["percent"]) == 6
    # Another field, another record.
    named = Reference(theirs.log, theirs.seq, theirs.head.hex()[:16])
    other = Content(0, "x", "report", report_record(reporting.item_at(ward, "II/2/2.1/2.1.9"), ward.seat.unit, PERIOD),
                    {"percent": 1}, {"percent": (named,)})
    attack(district, WARD, segment(ward, other, nonce=b"\x63" * 16))
    assert len(reporting.rivals(district.at(HUB), line.report)["percent"]) == 6


def test_a_value_cannot_be_retired_without_another_in_its_place(district: District) -> None:
    enter(district.at(WARD), percent=30)
    exchanging.import_files(district.at(HUB), district.write(WARD))
    ward = district.at(WARD)
    theirs = next(fact for fact in ward.store.journal.all_facts() if "percent" in fact.content.fields)
    erasing = report(
        ward, WARD, {"result": "x"}, percent=[Reference(theirs.log, theirs.seq, theirs.head.hex()[:16])]
    )
    receipt = attack(district, WARD, segment(ward, erasing))
    assert reasons(receipt) == {"FACT_BAD_SHAPE"}
    assert listed(district) == {"Phường Bồ Đề": (30, "", ())}


def test_records_that_are_none(district: District) -> None:
    ward = district.at(WARD)
    record = report(ward, WARD, {}).record
    for number, odd in enumerate((
        "", "x", record + "/x", record.replace("2023", "٢٠٢٣"), record.replace("Q3", "Q7"), record.upper(),
    )):
        content = Content(0, "x", "report", odd, {"percent": 1}, {})
        receipt = attack(district, WARD, segment(ward, content, nonce=bytes([number]) * 16))
        assert reasons(receipt) == {"FACT_BAD_RECORD"}, odd


def test_a_sender_that_claims_to_be_another(district: District) -> None:
    body, ward = district.at(BODY), district.at(WARD)
    own = segment(body, report(body, BODY, {"percent": 5}))
    receipt = attack(district, BODY, own, sender_unit=ward.seat.unit)
    assert receipt.sender_unit == "Trung tâm Phát triển quỹ đất"
    # Another machine's key in the manifest, one's own signature under it.
    claimed = contents_of(body, [own], sender=bytes.fromhex(ward.seat.device))
    path = district.root / "giả mạo.sotiendo"
    liar = Liar(body.device_keys(), claimed.sender)
    path.write_bytes(pack(claimed, liar, ()))  # type: ignore[arg-type]
    (refused,) = exchanging.import_files(district.at(HUB), [path]).receipts
    assert (refused.outcome, refused.reason) == (Outcome.REFUSED, "PKG_BAD_SIGNATURE")
    # A key nobody knows carries the ward's segments: they count, the carrier has no name.
    theirs = _ward_segment(district, 30)
    courier = _stranger(district, "Hội LHPN quận")
    carried = attack(district, "kẻ lạ", theirs, sender_unit=ward.seat.unit)
    assert carried.sender_unit == ""
    assert enrolling.own_code(courier) == code_of(bytes.fromhex(courier.seat.device))


def test_an_invented_acknowledgement_confirms_nothing(district: District) -> None:
    hub, ward = district.at(HUB), district.at(WARD)
    own = hub.own_log(ALL)
    body_log = hub.own_log(ward.seat.unit)
    reporting.enter(hub, reporting.item_at(hub, SHARED), ward.seat.unit, PERIOD, {"percent": 12}, {})
    before = exchanging.traffic(hub).unconfirmed
    assert before > 0
    invented: dict[str, JsonValue] = {own.id: [9999, "ab" * 32], body_log.id: [2, "cd" * 32]}
    with ward.store.atomic():
        ward.append(ward.seat.unit, [Content(0, "x", SEEN, SEEN, invented, {})])
    receipt = district.send(WARD, HUB).receipts[0]
    assert receipt.quarantined == 0
    assert "không có hoặc khác; chỉ ghi lại" in receipt.summary
    assert exchanging.traffic(hub).unconfirmed == before


def test_acknowledgements_of_a_stranger_or_a_colleague_confirm_nothing(district: District) -> None:
    ward = district.at(WARD)
    enter(ward, percent=5)
    district.write(WARD)
    own = ward.own_log(ward.seat.unit)
    seq, head = ward.store.journal.end(own.id) or (0, b"")
    seen: dict[str, JsonValue] = {own.id: [seq, head.hex()]}
    before = exchanging.traffic(ward).unconfirmed
    _stranger(district, WARD)
    ws = district.at("kẻ lạ")
    attack(district, "kẻ lạ", segment(ws, Content(0, "x", SEEN, SEEN, seen, {})), target=WARD)
    assert exchanging.traffic(ward).unconfirmed == before == 1


def test_a_starter_with_words_of_another_is_read_without_them(district: District) -> None:
    body = district.at(BODY)
    starter = unpack(next(district.root.glob("tep-khoi-tao*")).read_bytes(), ()).contents
    ward = unit(body, WARD)
    lies = segment(
        body, Content(0, "x", "unit", unit(body, "Phường Ngọc Lâm"), {"name": WARD, "order": 0}, {}),
        Content(0, "x", "unit", ward, {"name": "Không phải"}, {}),
        Content(0, "x", "plan", body.seat.plan_id, {"number": "1-GIẢ"}, {}), audience=ALL,
    )
    name = log_of(body, ALL, b"\x05" * 16)
    junk = seal(name, 1, (b"khong phai json",), name.first_head, body.device_keys())
    keys = body.device_keys()
    path = file_of(
        district, replace(starter, segments=(*starter.segments, lies, junk), sender=keys.public_key), keys
    )
    seen = enrolling.look_at_starter(district.environment, path)
    assert seen.plan.number == "160-KH/QU"
    assert (ward, "Phường Bồ Đề") in seen.units
    identity = enrolling.setup_unit(district.environment, district.root / "mới", WARD, path, seen.root_code)
    assert identity.unit_id == ward
    assert reporting.work_view(district.at("mới"), PERIOD).rows


def test_a_report_on_a_row_that_has_not_come_yet_does_no_harm(district: District) -> None:
    ward = district.at(WARD)
    record = report_record("ab" * 16, ward.seat.unit, PERIOD)
    stray = segment(ward, Content(0, "x", "report", record, {"percent": 5}, {}))
    for target in (HUB, WARD):
        attack(district, WARD, stray, target=target)
        assert reporting.work_view(district.at(target), PERIOD)
        assert reporting.report_lines(district.at(target)) == ()


def test_thousands_of_values_of_one_field_are_taken(district: District) -> None:
    ward = district.at(WARD)
    one = report(ward, WARD, {})
    many = [replace(one, fields={"percent": number % 101}) for number in range(2_000)]
    receipt = attack(district, WARD, segment(ward, *many))
    assert receipt.new == 2_000
    (line,) = reporting.report_lines(district.at(HUB))
    assert (line.report.percent, line.report.conflicts) == (0, ("percent",))


TAMPERINGS = [
    ("Chuỗi băm của nhật ký", "UPDATE facts SET line = CAST(replace(line, '30', '31') AS BLOB) WHERE kind = 'report'"),
    ("Chuỗi băm của nhật ký", "UPDATE facts SET record = 'x' WHERE kind = 'report'"),
    ("Chuỗi băm của nhật ký", "UPDATE facts SET line = x'00' WHERE kind = 'report'"),
    ("Chữ ký các đoạn", "DELETE FROM facts WHERE kind = 'report'"),
    ("Chữ ký các đoạn", "UPDATE segments SET signature = zeroblob(64)"),
    ("Các mục quyền", "UPDATE authority SET signature = zeroblob(64)"),
    ("Quyền của từng nội dung", "UPDATE facts SET standing = 'quarantined' WHERE kind = 'report'"),
    ("Bảng suy ra", "UPDATE reports SET body = '{\"percent\":99}'"),
]


@pytest.mark.parametrize(("name", "sql"), TAMPERINGS)
def test_the_doctor_sees_what_somebody_changed_in_the_file(district: District, name: str, sql: str) -> None:
    enter(district.at(WARD), percent=30)
    district.send(WARD, HUB)
    district.close()
    with sqlite3.connect(district.root / HUB / FILE_NAME) as raw:
        raw.execute(sql)
    raw.close()
    health = doctor.examine(district.at(HUB))
    assert not health.ok
    assert name in {check.name for check in health.checks if not check.ok}
    assert all(check.detail for check in health.checks)


def test_a_reporting_machine_of_the_hubs_own_unit_is_a_unit_and_no_hub(district: District) -> None:
    starter = next(district.root.glob("tep-khoi-tao*"))
    code = enrolling.own_code(district.at(HUB))
    enrolling.setup_unit(district.environment, district.root / "máy hai", HUB, starter, code)
    enter(district.at("máy hai"), percent=20)
    exchanging.import_files(district.at(HUB), district.write("máy hai"))
    enrolling.approve(district.at(HUB), None)
    assert listed(district) == {HUB: (20, "", ())}
    enter(district.at(HUB), percent=25)
    back = district.written(HUB)[HUB]
    assert exchanging.import_files(district.at("máy hai"), [back]).receipts[0].outcome is Outcome.IMPORTED
    assert listed(district, "máy hai") == {HUB: (25, "", ())}
    assert exchanging.traffic(district.at("máy hai")).unconfirmed == 0
    ws = district.at("máy hai")
    bad = segment(ws, report(ws, WARD, {"percent": 99}), nonce=b"\x21" * 16)
    assert reasons(attack(district, "máy hai", bad)) == {"FACT_OUTSIDE_SCOPE"}
