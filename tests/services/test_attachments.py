"""Attachments through real packages between real folders: they arrive, are acknowledged, and come back."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from desktop.exchange import container
from desktop.exchange.caps import MAX_ATTACHMENT, MAX_FILE, MAX_MAIL
from desktop.exchange.package import Contents, cost, pack, unpack
from desktop.models.errors import EnvironmentTrouble, Mistake, Refused
from desktop.models.facts import Content
from desktop.models.kinds import ATTACHMENT
from desktop.models.record_ids import attachment_record
from desktop.models.strict_json import JsonValue, dumps, loads
from desktop.services import attaching, doctor, reporting
from desktop.services.attaching import AttachmentLine, attach, attachments
from desktop.services.traffic import enrolling, exchanging
from desktop.services.traffic.blobs import Carrier, shared_out
from desktop.services.traffic.views import Outcome, Receipt, WrittenPackage
from desktop.services.workspace import Workspace
from desktop.store.database import FILE_NAME
from tests.offices import BODY, HUB, WARD, District
from tests.services.test_machines import SECOND_HUB, second_hub

PERIOD = "2023-Q3"
SHARED = "I/1/1.4"
MIB = 1024 * 1024


def file(district: District, name: str, content: bytes) -> Path:
    folder = district.root / "ảnh"
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path


def noise(seed: int, size: int) -> bytes:
    return random.Random(seed).randbytes(size)


def attached(district: District, name: str, content: bytes, office: str = WARD) -> str:
    ws = district.at(office)
    path = file(district, name, content)
    return attach(ws, reporting.item_at(ws, SHARED), ws.seat.unit, PERIOD, path).record


def write(district: District, office: str, carrier: Carrier = Carrier.STICK) -> list[WrittenPackage]:
    out = district.root / f"gửi {len(list(district.root.glob('gửi *')))}"
    out.mkdir()
    return list(exchanging.write_packages(district.at(office), out, carrier))


def take(district: District, office: str, *packages: WrittenPackage) -> list[Receipt]:
    return list(exchanging.import_files(district.at(office), [one.path for one in packages]).receipts)


def sent(district: District, sender: str, receiver: str) -> tuple[WrittenPackage, Receipt]:
    """One file of the sender for the receiver, and its receipt there."""
    name = district.at(receiver).identity().unit_name
    (package,) = (one for one in write(district, sender) if one.recipient == name)
    (receipt,) = take(district, receiver, package)
    return package, receipt


def blobs_in(package: WrittenPackage, ws: Workspace) -> set[str]:
    return {sha256(blob).hexdigest() for blob in unpack(package.path.read_bytes(), ws.identities()).contents.blobs}


def lines(district: District, office: str) -> dict[str, AttachmentLine]:
    return {line.name: line for line in attachments(district.at(office))}


def whole(district: District, *offices: str) -> None:
    for office in offices:
        health = doctor.examine(district.at(office))
        assert health.ok, (office, health)


def test_a_file_reaches_the_hub_is_acknowledged_and_not_sent_again(district: District) -> None:
    content = noise(1, 300_000)
    attached(district, "Biên bản kiểm tra.pdf", content)
    assert lines(district, WARD)["Biên bản kiểm tra.pdf"].here
    package, receipt = sent(district, WARD, HUB)
    assert (package.attachments, package.parts, package.left) == (1, 1, 0)
    assert (receipt.outcome, receipt.attachments, receipt.attachments_missing) == (Outcome.IMPORTED, 1, 0)
    assert "1 tệp đính kèm mới." in receipt.summary
    got = lines(district, HUB)["Biên bản kiểm tra.pdf"]
    assert (got.here, got.size, got.unit_name, got.period) == (True, 300_000, "Phường Bồ Đề", PERIOD)
    assert not blobs_in(sent(district, HUB, WARD)[0], district.at(WARD)), "the ward has its own file"
    again, receipt = sent(district, WARD, HUB)
    assert not blobs_in(again, district.at(HUB))
    assert receipt.outcome is Outcome.ALREADY_HAD
    assert exchanging.traffic(district.at(WARD)).waiting == 0
    assert exchanging.traffic(district.at(WARD)).unconfirmed == 0
    assert exchanging.traffic(district.at(HUB)).waiting == 0
    whole(district, WARD, HUB)
    saved = attaching.save_attachment(district.at(HUB), got.record, district.root)
    assert saved == district.root / "Biên bản kiểm tra.pdf"
    assert saved.read_bytes() == content
    second = attaching.save_attachment(district.at(HUB), got.record, district.root)
    assert second == district.root / "Biên bản kiểm tra-2.pdf"


def test_what_is_lost_on_the_way_goes_again_and_checking_says_what_importing_says(district: District) -> None:
    attached(district, "a.jpg", noise(1, 5_000))
    write(district, WARD)
    (package,) = write(district, WARD)
    before = (district.root / HUB / FILE_NAME).read_bytes()
    checked = exchanging.check_file(district.at(HUB), package.path)
    assert (district.root / HUB / FILE_NAME).read_bytes() == before
    (receipt,) = take(district, HUB, package)
    assert checked == receipt
    assert receipt.attachments == 1
    assert lines(district, HUB)["a.jpg"].here


def test_three_files_of_nine_megabytes_go_by_mail_in_two_files(district: District) -> None:
    contents = [noise(number, 9 * MIB) for number in range(3)]
    for number, content in enumerate(contents):
        attached(district, f"ảnh {number}.jpg", content)
    packages = write(district, WARD, Carrier.MAIL)
    assert [(one.attachments, one.part, one.parts, one.left) for one in packages] == [(2, 1, 2, 0), (1, 2, 2, 0)]
    assert all(one.path.stat().st_size <= MAX_MAIL for one in packages)
    first, second = packages
    assert second.path.name == f"{first.path.stem}-2.sotiendo"
    assert (first.facts > 0, second.facts) == (True, 0)
    hashes = [sha256(content).hexdigest() for content in contents]
    assert blobs_in(first, district.at(HUB)) == set(hashes[:2]), "the oldest first"
    assert not unpack(second.path.read_bytes(), district.at(HUB).identities()).contents.segments
    (receipt,) = take(district, HUB, first)
    assert receipt.attachments_missing == 1
    assert "Còn thiếu tệp đính kèm “ảnh 2.jpg”" in receipt.summary
    assert [line.here for _, line in sorted(lines(district, HUB).items())] == [True, True, False]
    (receipt,) = take(district, HUB, second)
    assert (receipt.outcome, receipt.attachments, receipt.attachments_missing) == (Outcome.IMPORTED, 1, 0)
    assert all(line.here for line in lines(district, HUB).values())
    sent(district, HUB, WARD)
    assert not blobs_in(write(district, WARD, Carrier.MAIL)[0], district.at(HUB))
    whole(district, HUB)


def test_one_stick_file_takes_all_three(district: District) -> None:
    for number in range(3):
        attached(district, f"ảnh {number}.jpg", noise(number, 9 * MIB))
    (package,) = write(district, WARD)
    assert package.attachments == 3
    (receipt,) = take(district, HUB, package)
    assert receipt.attachments == 3


def test_a_further_file_that_comes_first_waits_for_the_facts(district: District) -> None:
    for number in range(3):
        attached(district, f"ảnh {number}.jpg", noise(number, 9 * MIB))
    first, second = write(district, WARD, Carrier.MAIL)
    (receipt,) = take(district, HUB, second)
    assert (receipt.outcome, receipt.attachments, receipt.attachments_waiting) == (Outcome.HELD, 0, 1)
    assert "hãy nhập cả các tệp khác ghi cùng lần" in receipt.summary
    whole(district, HUB)
    assert not blobs_in(sent(district, HUB, WARD)[0], district.at(WARD))
    (receipt,) = take(district, HUB, first)
    assert (receipt.attachments, receipt.attachments_missing) == (3, 0)
    assert all(line.here for line in lines(district, HUB).values())
    sent(district, HUB, WARD)
    assert not blobs_in(write(district, WARD)[0], district.at(HUB))


def test_a_unit_restored_from_a_backup_gets_its_files_back(district: District) -> None:
    attached(district, "cũ.pdf", noise(0, 2_000))
    sent(district, WARD, HUB)
    sent(district, HUB, WARD)
    district.close()
    shutil.copytree(district.root / WARD, district.root / "sao lưu")
    contents = {f"ảnh {number}.jpg": noise(number, 40_000) for number in range(1, 3)}
    for name, content in contents.items():
        attached(district, name, content)
    sent(district, WARD, HUB)
    assert not blobs_in(sent(district, HUB, WARD)[0], district.at(WARD))
    district.close()
    shutil.rmtree(district.root / WARD)
    (district.root / "sao lưu").rename(district.root / WARD)
    assert set(lines(district, WARD)) == {"cũ.pdf"}
    # The hub cannot know yet: its file brings the facts, and the names of what is missing.
    _, receipt = sent(district, HUB, WARD)
    assert {name: line.here for name, line in lines(district, WARD).items()} == {
        "cũ.pdf": True, "ảnh 1.jpg": False, "ảnh 2.jpg": False,
    }
    item = reporting.item_at(district.at(WARD), SHARED)
    reporting.enter(district.at(WARD), item, district.at(WARD).seat.unit, PERIOD, {"percent": 5}, {})
    sent(district, WARD, HUB)
    package, receipt = sent(district, HUB, WARD)
    assert blobs_in(package, district.at(WARD)) == {sha256(content).hexdigest() for content in contents.values()}
    assert receipt.attachments == 2
    assert all(line.here for line in lines(district, WARD).values())
    sent(district, WARD, HUB)
    assert not blobs_in(sent(district, HUB, WARD)[0], district.at(WARD))
    whole(district, WARD, HUB)


def test_a_hub_restored_from_a_backup_gets_the_files_of_its_units_again(district: District) -> None:
    district.close()
    shutil.copytree(district.root / HUB, district.root / "sao lưu")
    content = noise(1, 40_000)
    attached(district, "a.jpg", content)
    reporting.enter(
        district.at(HUB), reporting.item_at(district.at(HUB), SHARED), district.at(WARD).seat.unit, PERIOD,
        {"percent": 3}, {},
    )
    sent(district, WARD, HUB)
    sent(district, HUB, WARD)
    assert not blobs_in(write(district, WARD)[0], district.at(HUB))
    district.close()
    shutil.rmtree(district.root / HUB)
    (district.root / "sao lưu").rename(district.root / HUB)
    _, receipt = sent(district, WARD, HUB)
    assert receipt.attachments_missing == 1
    sent(district, HUB, WARD)
    package, receipt = sent(district, WARD, HUB)
    assert blobs_in(package, district.at(HUB)) == {sha256(content).hexdigest()}
    assert lines(district, HUB)["a.jpg"].here
    sent(district, HUB, WARD)
    assert not blobs_in(write(district, WARD)[0], district.at(HUB))
    whole(district, WARD, HUB)


def test_every_machine_of_the_hub_gets_the_file_before_the_unit_lets_go_of_it(district: District) -> None:
    second_hub(district)
    district.send(HUB, WARD)
    attached(district, "a.jpg", noise(1, 5_000))
    sent(district, WARD, HUB)
    sent(district, HUB, WARD)
    blob = lines(district, WARD)["a.jpg"].blob
    assert blobs_in(write(district, WARD)[0], district.at(HUB)) == {blob}, "the second machine has not said so yet"
    (to_peers,) = (one for one in write(district, HUB) if one.recipient == exchanging.PEERS)
    assert [receipt.attachments for receipt in take(district, SECOND_HUB, to_peers)] == [1]
    (back,) = (one for one in write(district, SECOND_HUB) if one.recipient == exchanging.PEERS)
    assert not blobs_in(back, district.at(HUB))
    take(district, HUB, back)
    sent(district, HUB, WARD)
    assert not blobs_in(write(district, WARD)[0], district.at(HUB))
    whole(district, HUB, SECOND_HUB, WARD)


def test_another_machine_of_the_unit_gets_the_file_through_the_hub(district: District) -> None:
    second = f"{WARD} máy 2"
    starter = next(district.root.glob("tep-khoi-tao*"))
    enrolling.setup_unit(
        district.environment, district.root / second, WARD, starter, enrolling.own_code(district.at(HUB))
    )
    district.send(second, HUB)
    enrolling.approve(district.at(HUB), None)
    attached(district, "a.jpg", noise(1, 5_000))
    sent(district, WARD, HUB)
    _, receipt = sent(district, HUB, second)
    assert receipt.attachments == 1
    assert lines(district, second)["a.jpg"].here
    sent(district, second, HUB)
    assert not blobs_in(sent(district, HUB, second)[0], district.at(second))


def test_a_file_of_a_machine_that_is_not_enrolled_yet_is_kept_until_it_is(district: District) -> None:
    second = f"{WARD} máy 2"
    starter = next(district.root.glob("tep-khoi-tao*"))
    enrolling.setup_unit(
        district.environment, district.root / second, WARD, starter, enrolling.own_code(district.at(HUB))
    )
    attached(district, "a.jpg", noise(1, 5_000), second)
    _, receipt = sent(district, second, HUB)
    assert receipt.outcome is Outcome.HELD
    assert not lines(district, HUB)
    assert not blobs_in(sent(district, HUB, WARD)[0], district.at(WARD)), "held facts open nothing"
    enrolling.approve(district.at(HUB), None)
    assert lines(district, HUB)["a.jpg"].here


def test_a_withdrawn_attachment_stays_listed_and_its_file_is_no_longer_sent(district: District) -> None:
    record = attached(district, "nhầm.jpg", noise(1, 5_000))
    kept = attached(district, "đúng.jpg", noise(2, 5_000))
    attaching.withdraw_attachment(district.at(WARD), record)
    assert not attaching.withdraw_attachment(district.at(WARD), record).items, "once is enough"
    package, receipt = sent(district, WARD, HUB)
    assert blobs_in(package, district.at(HUB)) == {lines(district, WARD)["đúng.jpg"].blob}
    got = lines(district, HUB)
    assert (got["nhầm.jpg"].withdrawn, got["nhầm.jpg"].here) == (True, False)
    assert receipt.attachments_missing == 0, "nobody waits for what was withdrawn"
    assert (got["đúng.jpg"].record, got["đúng.jpg"].withdrawn) == (kept, False)
    with pytest.raises(Refused) as refusal:
        attaching.save_attachment(district.at(HUB), record, district.root)
    assert refusal.value.code == "ATTACHMENT_NOT_HERE"


def test_the_same_file_is_attached_once_and_again_after_it_was_withdrawn(district: District) -> None:
    first = attached(district, "a.jpg", noise(1, 5_000))
    assert attached(district, "a.jpg", noise(1, 5_000)) == first
    attaching.withdraw_attachment(district.at(WARD), first)
    second = attached(district, "a.jpg", noise(1, 5_000))
    assert second != first
    assert blobs_in(write(district, WARD)[0], district.at(WARD)) == {sha256(noise(1, 5_000)).hexdigest()}


def test_the_hub_attaches_for_a_unit_and_the_unit_gets_it(district: District) -> None:
    hub = district.at(HUB)
    attach(hub, reporting.item_at(hub, SHARED), district.at(WARD).seat.unit, PERIOD, file(district, "a.doc", b"x"))
    _, receipt = sent(district, HUB, WARD)
    assert receipt.attachments == 1
    assert lines(district, WARD)["a.doc"].here
    assert not lines(district, BODY)
    assert not blobs_in(sent(district, HUB, BODY)[0], district.at(BODY)), "another unit reads nothing of it"


def test_files_that_cannot_be_attached_change_nothing(district: District) -> None:
    ward = district.at(WARD)
    item, own = reporting.item_at(ward, SHARED), ward.seat.unit
    before = (district.root / WARD / FILE_NAME).read_bytes()
    big = file(district, "phim.mp4", bytes(MAX_ATTACHMENT + 1))
    for path, code in ((big, "ATTACHMENT_TOO_BIG"), (file(district, "rỗng.txt", b""), "ATTACHMENT_EMPTY")):
        with pytest.raises(Refused) as refusal:
            attach(ward, item, own, PERIOD, path)
        assert refusal.value.code == code
    for path, trouble in ((district.root / "không có.pdf", "FILE_MISSING"), (district.root, "FILE_NOT_A_FILE")):
        with pytest.raises(EnvironmentTrouble) as failure:
            attach(ward, item, own, PERIOD, path)
        assert failure.value.code == trouble
    good = file(district, "a.txt", b"a")
    for unit, period, code in ((ward.unit_named(BODY).id, PERIOD, "UNIT_NOT_YOURS"), (own, "quý 3", "PERIOD_UNKNOWN")):
        with pytest.raises(Mistake) as mistake:
            attach(ward, item, unit, period, good)
        assert mistake.value.code == code
    with pytest.raises(Mistake) as unknown:
        attaching.withdraw_attachment(ward, f"{item}/{own}/{PERIOD}/{'0' * 32}")
    assert unknown.value.code == "ATTACHMENT_UNKNOWN"
    assert (district.root / WARD / FILE_NAME).read_bytes() == before
    assert big.stat().st_size == MAX_ATTACHMENT + 1
    assert attach(ward, item, own, PERIOD, file(district, "vừa đủ.mp4", bytes(MAX_ATTACHMENT))).record
    (package,) = write(district, WARD, Carrier.MAIL)
    assert package.attachments == 1


def test_a_unit_that_attaches_for_another_is_quarantined_and_its_file_goes_nowhere(district: District) -> None:
    ward, body = district.at(WARD), district.at(BODY)
    item, stolen = reporting.item_at(body, SHARED), noise(1, 5_000)
    # As a program would that does not ask whose report it is.
    record = attachment_record(item, ward.seat.unit, PERIOD, "1" * 32)
    fields: dict[str, JsonValue] = {"name": "đòn.jpg", "size": 5_000, "blob": sha256(stolen).hexdigest()}
    with body.store.atomic():
        body.append(body.seat.unit, [Content(0, "kẻ lạ", ATTACHMENT, record, fields, {})])
    (package,) = write(district, BODY)
    contents = unpack(package.path.read_bytes(), body.identities()).contents
    path = district.root / "đòn.sotiendo"
    path.write_bytes(pack(replace(contents, blobs=(stolen,)), body.device_keys(), ()))
    (receipt,) = exchanging.import_files(district.at(HUB), [path]).receipts
    assert (receipt.quarantined, receipt.attachments, receipt.attachments_waiting) == (1, 0, 1)
    assert "FACT_OUTSIDE_SCOPE" in {segment.reason for segment in receipt.segments}
    assert not lines(district, HUB)
    for office in (WARD, BODY):
        assert not blobs_in(sent(district, HUB, office)[0], district.at(office))
    whole(district, HUB)


def forged(district: District, change: str) -> Path:
    """A ward's package with one blob, signed by the ward, whose manifest and blob do not agree."""
    ward = district.at(WARD)
    (package,) = write(district, WARD)
    contents = unpack(package.path.read_bytes(), ward.identities()).contents
    keys = ward.device_keys()
    entries = list(container.read(pack(contents, keys, ())))
    blob = entries[-1]
    if change == "absent":
        entries = entries[:-1]
    elif change == "other bytes":
        entries[-1] = container.stored(blob.name, noise(9, 5_000))
    else:
        # The manifest agrees with the bytes; the name of the entry does not.
        entries[-1] = container.stored(blob.name, noise(9, 5_000))
        manifest = loads(entries[1].content())
        assert isinstance(manifest, dict)
        listed = manifest["entries"]
        assert isinstance(listed, list)
        last = listed[-1]
        assert isinstance(last, dict)
        last |= {"sha256": sha256(noise(9, 5_000)).hexdigest(), "packed": sha256(noise(9, 5_000)).hexdigest()}
        entries[1] = container.stored("manifest.json", dumps(manifest))
        entries[2] = container.stored("manifest.sig", keys.sign(b"sotiendo/package/v1\n" + dumps(manifest)))
    path = district.root / f"{change}.sotiendo"
    path.write_bytes(container.write(entries))
    return path


@pytest.mark.parametrize(("change", "code"), [
    ("absent", "PKG_BAD_MANIFEST"), ("other bytes", "PKG_DAMAGED"), ("other name", "PKG_DAMAGED"),
])
def test_a_blob_that_is_absent_or_different_refuses_the_file(district: District, change: str, code: str) -> None:
    attached(district, "a.jpg", noise(1, 5_000))
    path = forged(district, change)
    before = (district.root / HUB / FILE_NAME).read_bytes()
    checked = exchanging.check_file(district.at(HUB), path)
    (receipt,) = exchanging.import_files(district.at(HUB), [path]).receipts
    assert checked == receipt
    assert (receipt.outcome, receipt.reason) == (Outcome.REFUSED, code)
    assert (district.root / HUB / FILE_NAME).read_bytes() == before


def contents_with(district: District, office: str, *blobs: bytes) -> Contents:
    ws = district.at(office)
    (package,) = write(district, office)
    return replace(unpack(package.path.read_bytes(), ws.identities()).contents, segments=(), blobs=blobs)


def test_blobs_nobody_names_are_bounded_and_the_oldest_give_way(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.services.traffic.blobs.MAX_UNNAMED", 10_000)
    attached(district, "a.jpg", noise(1, 9_000))
    keys, hub = district.at(WARD).device_keys(), district.at(HUB)
    sent(district, WARD, HUB)
    for number in range(2, 6):
        path = district.root / f"{number}.sotiendo"
        path.write_bytes(pack(contents_with(district, WARD, noise(number, 4_000)), keys, ()))
        (receipt,) = exchanging.import_files(hub, [path]).receipts
        assert (receipt.outcome, receipt.attachments_waiting) == (Outcome.HELD, 1)
    kept = (noise(1, 9_000), noise(4, 4_000), noise(5, 4_000))
    assert list(hub.store.blobs.sizes()) == [sha256(one).hexdigest() for one in kept]
    # A file whose blob had to give way is not "known": it is taken again.
    (receipt,) = exchanging.import_files(hub, [district.root / "2.sotiendo"]).receipts
    assert receipt.attachments_waiting == 1
    whole(district, HUB)


def test_a_full_disk_while_attaching_leaves_neither_file_nor_fact(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    ward = district.at(WARD)

    def full(*_: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(ward.store.journal, "add_facts", full)
        with pytest.raises(EnvironmentTrouble) as failure:
            attached(district, "a.jpg", noise(1, 5_000))
    assert failure.value.code == "DISK_FULL"
    assert not ward.store.blobs.sizes()
    assert not lines(district, WARD)
    whole(district, WARD)


def test_the_doctor_sees_a_damaged_file_and_it_is_neither_saved_nor_sent(district: District) -> None:
    record = attached(district, "a.jpg", noise(1, 5_000))
    district.close()
    with sqlite3.connect(district.root / WARD / FILE_NAME) as raw:
        raw.execute("UPDATE blobs SET content = ?", (noise(2, 5_000),))
    raw.close()
    checks = {check.name: check.ok for check in doctor.examine(district.at(WARD)).checks}
    assert checks.pop("Tệp đính kèm") is False
    assert all(checks.values())
    with pytest.raises(EnvironmentTrouble) as failure:
        attaching.save_attachment(district.at(WARD), record, district.root)
    assert failure.value.code == "ATTACHMENT_DAMAGED"
    assert not blobs_in(write(district, WARD)[0], district.at(WARD))


def test_blobs_are_shared_out_in_order_and_what_no_file_takes_is_counted() -> None:
    sizes = {"a": 10 * MIB, "b": 8 * MIB, "c": 9 * MIB, "d": 30 * MIB, "e": 1 * MIB}
    parts, left = shared_out(sizes, 19 * MIB, 20 * MIB)
    assert (parts, left) == ((("a", "b"), ("c", "e")), ("d",))
    assert all(sum(cost(sizes[blob]) for blob in part) <= 20 * MIB for part in parts)
    assert shared_out(sizes, 19 * MIB, 20 * MIB, files=1) == ((("a", "b"),), ("c", "d", "e"))
    assert shared_out(sizes, -1, 40 * MIB) == (((), ("a", "b", "c"), ("d", "e")), ())
    assert shared_out({}, 1, 1) == (((),), ())


def test_a_stick_file_is_filled_close_to_its_cap_and_no_further(district: District) -> None:
    for number in range(5):
        attached(district, f"ảnh {number}.jpg", noise(number, MAX_ATTACHMENT - 1_000_000 * (number == 4)))
    packages = write(district, WARD)
    assert [one.attachments for one in packages] == [3, 2]
    assert all(os.path.getsize(one.path) <= MAX_FILE for one in packages)
    assert [receipt.attachments for receipt in take(district, HUB, *packages)] == [3, 2]
