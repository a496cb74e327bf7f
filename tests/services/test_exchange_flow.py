"""Packages between a hub and its units, through real files: nothing lost, nothing invented, nothing overwritten."""

from __future__ import annotations

import itertools
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.exchange.package import pack, unpack
from desktop.models.errors import Mistake, Refused
from desktop.models.report import WorkState
from desktop.services import doctor, reporting
from desktop.services.traffic import enrolling, exchanging
from desktop.services.traffic.views import Outcome
from desktop.services.workspace import Workspace, workspace
from desktop.store.database import FILE_NAME
from tests.offices import BODY, HUB, PLAN, WARD, District, copy_district

PERIOD = "2023-Q3"
THCS = "II/2/2.1/2.1.9"
SHARED = "I/1/1.4"


def enter(ws: Workspace, path: str, **values: object) -> None:
    item = reporting.item_at(ws, path)
    unit = ws.seat.unit
    reporting.enter(ws, item, unit, PERIOD, values, reporting.shown_now(ws, item, unit, PERIOD))


def values_at(ws: Workspace, path: str) -> dict[str, tuple[object, ...]]:
    return {
        line.unit_name: (line.report.state, line.report.percent, line.report.result, line.report.conflicts)
        for line in reporting.report_lines(ws) if line.item_path == path
    }


def _unencrypted(district: District, name: str) -> Path:
    """The package of an office without its envelope, as an administrator may choose."""
    ws = district.at(name)
    contents = unpack(district.write(name)[0].read_bytes(), ws.identities()).contents
    file = district.root / "không mã hóa.sotiendo"
    file.write_bytes(pack(contents, ws.device_keys(), ()))
    return file


def test_a_package_that_is_not_encrypted_is_taken_all_the_same(district: District) -> None:
    enter(district.at(WARD), SHARED, percent=5)
    receipt = exchanging.import_files(district.at(HUB), [_unencrypted(district, WARD)]).receipts[0]
    assert receipt.outcome is Outcome.IMPORTED


def test_a_report_reaches_the_hub_and_importing_twice_changes_nothing(district: District) -> None:
    enter(district.at(BODY), THCS, state=WorkState.DOING, percent=70, result="7/10 trường hoàn thành")
    files = district.write(BODY)
    first = exchanging.import_files(district.at(HUB), files).receipts[0]
    assert first.outcome is Outcome.IMPORTED
    assert first.new >= 1
    assert list(values_at(district.at(HUB), THCS).values()) == [(WorkState.DOING, 70, "7/10 trường hoàn thành", ())]
    before = doctor.digest(district.at(HUB))
    district.at(HUB).close()
    district._open.pop(HUB)
    stored = (district.root / HUB / FILE_NAME).read_bytes()
    second = exchanging.import_files(district.at(HUB), files).receipts[0]
    assert second.outcome is Outcome.ALREADY_HAD
    assert doctor.digest(district.at(HUB)) == before
    district.close()
    assert (district.root / HUB / FILE_NAME).read_bytes() == stored


def test_the_same_content_written_again_is_already_had(district: District) -> None:
    enter(district.at(WARD), SHARED, percent=5)
    district.send(WARD, HUB)
    before = doctor.digest(district.at(HUB))
    again = district.send(WARD, HUB).receipts[0]
    assert (again.outcome, again.new) == (Outcome.ALREADY_HAD, 0)
    assert doctor.digest(district.at(HUB)) == before


def test_every_order_of_files_gives_the_same_state(district: District, tmp_path: Path) -> None:
    enter(district.at(WARD), SHARED, percent=5)
    files = district.write(WARD)
    enter(district.at(WARD), SHARED, percent=9, result="Đã đăng ký 30 tổ dân phố")
    files += district.write(WARD)
    enter(district.at(BODY), THCS, state=WorkState.DONE, done_on=date(2023, 9, 1), result="Xong")
    files += district.write(BODY)
    district.close()
    digests = set()
    for number, order in enumerate(itertools.permutations(files)):
        folder = tmp_path / f"bản {number}"
        shutil.copytree(district.root / HUB, folder)
        with workspace(district.environment, folder) as hub:
            exchanging.import_files(hub, order)
            digests.add(doctor.digest(hub))
            assert doctor.examine(hub).ok
    assert len(digests) == 1


def test_checking_gives_the_verdict_of_importing_and_writes_nothing(district: District) -> None:
    enter(district.at(WARD), SHARED, percent=5)
    (file,) = district.write(WARD)
    before = doctor.digest(district.at(HUB))
    checked = exchanging.check_file(district.at(HUB), file)
    assert doctor.digest(district.at(HUB)) == before
    assert checked == exchanging.import_files(district.at(HUB), [file]).receipts[0]


def test_two_machines_of_a_unit_conflict_and_a_person_decides(district: District) -> None:
    starter = next(district.root.glob("tep-khoi-tao*"))
    second = f"{WARD} máy 2"
    enrolling.setup_unit(
        district.environment, district.root / second, WARD, starter, enrolling.own_code(district.at(HUB))
    )
    district.send(second, HUB)
    enrolling.approve(district.at(HUB), None)
    enter(district.at(WARD), SHARED, percent=65, state=WorkState.DOING)
    enter(district.at(second), SHARED, percent=62, state=WorkState.DOING)
    district.send(WARD, HUB)
    receipt = district.send(second, HUB).receipts[0]
    assert receipt.conflicts == 1
    ((state, percent, _, conflicts),) = values_at(district.at(HUB), SHARED).values()
    assert (state, percent, conflicts) == (WorkState.DOING, 62, ("percent",))
    hub = district.at(HUB)
    (line,) = [line for line in reporting.report_lines(hub) if line.item_path == SHARED]
    assert sorted(str(rival["value"]) for rival in reporting.rivals(hub, line.report)["percent"]) == ["62", "65"]
    district.send(HUB, WARD)
    enter(district.at(WARD), SHARED, percent=63)
    district.send(WARD, HUB)
    ((_, percent, _, conflicts),) = values_at(district.at(HUB), SHARED).values()
    assert (percent, conflicts) == (63, ())


def test_a_machine_nobody_approved_is_held_until_it_is(district: District) -> None:
    starter = next(district.root.glob("tep-khoi-tao*"))
    newcomer = "Hội LHPN quận"
    enrolling.setup_unit(
        district.environment, district.root / newcomer, newcomer, starter, enrolling.own_code(district.at(HUB))
    )
    enter(district.at(newcomer), "II/3/3.1/3.1.8", percent=40)
    receipt = district.send(newcomer, HUB).receipts[0]
    assert receipt.outcome is Outcome.HELD
    assert receipt.reason == "DEVICE_NOT_ENROLLED"
    assert receipt.request_code == enrolling.own_code(district.at(newcomer))
    assert values_at(district.at(HUB), "II/3/3.1/3.1.8") == {}
    code = receipt.request_code
    with pytest.raises(Mistake, match="CODE_UNKNOWN"):
        enrolling.approve(district.at(HUB), [code, "0" * 20])
    done = enrolling.approve(district.at(HUB), [f"{code[:4]} {code[4:]}"])
    assert [request.unit_name for request in done.approved] == ["Hội LHPN quận"]
    assert next(iter(values_at(district.at(HUB), "II/3/3.1/3.1.8").values()))[1] == 40
    assert {request.state for request in enrolling.requests(district.at(HUB))} == {"approved"}


def test_a_unit_cannot_write_for_another(district: District) -> None:
    ws = district.at(WARD)
    other = ws.unit_named("Phường Ngọc Lâm").id
    with pytest.raises(Mistake, match="UNIT_NOT_YOURS"):
        reporting.enter(ws, reporting.item_at(ws, SHARED), other, PERIOD, {"percent": 5}, {})


def test_a_ward_reports_for_its_bodies(district: District) -> None:
    ws = district.at(WARD)
    body = ws.unit_named("Trạm Y tế phường Bồ Đề").id
    reporting.enter(ws, reporting.item_at(ws, "II/3/3.1/3.1.15/+2"), body, PERIOD, {"percent": 50}, {})
    assert district.send(WARD, HUB).receipts[0].quarantined == 0
    assert "Trạm Y tế phường Bồ Đề" in values_at(district.at(HUB), "II/3/3.1/3.1.15/+2")


def test_one_flipped_bit_is_refused_and_the_database_is_as_it_was(district: District, tmp_path: Path) -> None:
    enter(district.at(WARD), SHARED, percent=5)
    (file,) = district.write(WARD)
    data = bytearray(file.read_bytes())
    hub = district.at(HUB)
    before = (district.root / HUB / FILE_NAME).read_bytes()
    for place in (0, 30, len(data) // 2, len(data) - 1):
        damaged = bytearray(data)
        damaged[place] ^= 0x10
        copy = tmp_path / f"hỏng {place}.sotiendo"
        copy.write_bytes(damaged)
        receipt = exchanging.import_files(hub, [copy]).receipts[0]
        assert receipt.outcome is Outcome.REFUSED
        assert receipt.reason
    assert (district.root / HUB / FILE_NAME).read_bytes() == before
    assert sum(one.outcome is Outcome.REFUSED for one in exchanging.traffic(hub).received) == 4


def test_one_refused_file_does_not_stop_the_rest(district: District, tmp_path: Path) -> None:
    enter(district.at(WARD), SHARED, percent=5)
    good = district.write(WARD)
    rubbish = tmp_path / "thư.html"
    rubbish.write_text("<html>", encoding="utf-8")
    done = exchanging.import_files(district.at(HUB), [rubbish, tmp_path / "không có", *good])
    outcomes = [receipt.outcome for receipt in done.receipts]
    assert outcomes == [Outcome.REFUSED, Outcome.UNREADABLE, Outcome.IMPORTED]


def test_a_file_for_another_unit_is_refused(district: District) -> None:
    file = district.written(HUB)["Phường Bồ Đề"]
    receipt = exchanging.import_files(district.at(BODY), [file]).receipts[0]
    assert (receipt.outcome, receipt.reason) == (Outcome.REFUSED, "PKG_NOT_FOR_US")


def test_a_wrong_root_code_stores_nothing(district: District) -> None:
    starter = next(district.root.glob("tep-khoi-tao*"))
    seen = enrolling.look_at_starter(district.environment, starter)
    wrong = f"{(int(seen.root_code) + 1) % 10**20:020d}"
    with pytest.raises(Refused, match="ROOT_CODE_DIFFERS"):
        enrolling.setup_unit(district.environment, district.root / "mới", WARD, starter, wrong)
    assert not (district.root / "mới").exists()
    assert seen.plan.number == "160-KH/QU"
    assert "Phường Bồ Đề" in [name for _, name in seen.units]


def test_another_hubs_file_and_a_taken_folder_are_refused(district: District, tmp_path: Path) -> None:
    other = District(tmp_path / "quận khác", district.clock)
    other.root.mkdir()
    enrolling.setup_hub(other.environment, other.root / HUB, HUB, PLAN)
    foreign = enrolling.write_starter(other.at(HUB), other.root).path
    receipt = exchanging.import_files(district.at(WARD), [foreign]).receipts[0]
    assert receipt.reason == "PKG_OTHER_PLAN"
    district.close()
    with pytest.raises(Refused, match="FOLDER_ALREADY_SET_UP"):
        enrolling.setup_hub(district.environment, district.root / WARD, HUB, PLAN)
    with pytest.raises(Refused, match="NOT_A_STARTER"):
        enrolling.look_at_starter(district.environment, _unencrypted(district, WARD))
    other.close()


def test_acknowledgements_come_back_and_then_there_is_silence(district: District) -> None:
    enter(district.at(WARD), SHARED, percent=5)
    assert exchanging.traffic(district.at(WARD)).waiting >= 1
    district.send(WARD, HUB)
    assert exchanging.traffic(district.at(WARD)).waiting == 0
    assert exchanging.traffic(district.at(WARD)).unconfirmed >= 1
    district.send(HUB, WARD)
    assert exchanging.traffic(district.at(WARD)).unconfirmed == 0
    district.send(WARD, HUB)
    district.send(HUB, WARD)
    assert exchanging.traffic(district.at(WARD)).waiting == 0
    assert exchanging.traffic(district.at(HUB)).waiting == 0


def test_a_lost_file_is_made_good_by_the_next(district: District) -> None:
    enter(district.at(WARD), SHARED, percent=5)
    district.write(WARD)
    enter(district.at(WARD), "I/2/2.3/2.3.3", percent=6)
    assert district.send(WARD, HUB).receipts[0].gaps == ()
    assert values_at(district.at(HUB), SHARED)
    assert values_at(district.at(HUB), "I/2/2.3/2.3.3")


def test_a_copied_folder_opens_and_says_the_same(district: District, tmp_path: Path) -> None:
    enter(district.at(WARD), SHARED, percent=5)
    digest = doctor.digest(district.at(WARD))
    district.close()
    copied = copy_district(district.root, tmp_path / "chép")
    assert doctor.digest(copied.at(WARD)) == digest
    assert copied.write(WARD)
    copied.close()


def test_clocks_reject_nothing(district: District) -> None:
    district.clock.now -= timedelta(days=365 * 50)
    enter(district.at(WARD), SHARED, percent=5)
    district.send(WARD, HUB)
    district.clock.now += timedelta(days=365 * 120)
    enter(district.at(WARD), SHARED, percent=6)
    district.send(WARD, HUB)
    assert next(iter(values_at(district.at(HUB), SHARED).values()))[1] == 6


def test_the_hub_enters_for_a_unit_and_the_unit_sees_it(district: District) -> None:
    hub = district.at(HUB)
    ward = hub.unit_named(WARD).id
    reporting.enter(hub, reporting.item_at(hub, SHARED), ward, PERIOD, {"percent": 12}, {})
    district.send(HUB, WARD)
    assert next(iter(values_at(district.at(WARD), SHARED).values()))[1] == 12
