"""A machine whose key is lost is enrolled again, and what it had not sent is neither lost nor doubled (exchange.md)."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.models.errors import EnvironmentTrouble, Mistake, Refused
from desktop.services import doctor, reporting
from desktop.services.plan.issuing import read_for_office
from desktop.services.plan.new_plan import open_new_plan
from desktop.services.plan.plans import choose_plan, plans
from desktop.services.traffic import enrolling, exchanging, spare
from desktop.services.traffic.reenrolling import enroll_again
from desktop.services.traffic.views import Outcome
from desktop.services.workspace import Workspace, open_workspace
from desktop.store.database import FILE_NAME
from tests.next_year import NUMBER, write_next_plan
from tests.offices import BODY, HUB, WARD, District, make_environment

PERIOD = "2023-Q3"
ROWS = ("I/1/1.4", "I/2/2.3/2.3.3", "II/2/2.1/2.1.9")


def enter(ws: Workspace, path: str, unit: str = WARD, **values: object) -> None:
    item, owner = reporting.item_at(ws, path), ws.unit_named(unit).id
    period = PERIOD if "2023" in ws.identity().plan.title or ws.identity().plan.year == 2023 else "2024-Q1"
    reporting.enter(ws, item, owner, period, values, reporting.shown_now(ws, item, owner, period))


def shown(ws: Workspace) -> dict[str, object]:
    """Percent and conflicts of the ward's report on each row."""
    name = ws.unit_named(WARD).name
    return {
        line.item_path: (line.report.percent, line.report.conflicts)
        for line in reporting.report_lines(ws) if line.unit_name == name
    }


def lose_key(district: District, office: str) -> None:
    """The key file is gone: another account, another disk. The process begins anew, so nothing is open."""
    key = district.at(office).seat.device
    district.close()
    for kind in ("key", "mark"):
        (district.root / "khoa" / f"{key}.{kind}").unlink(missing_ok=True)
    district.environment = make_environment(district.root, district.clock, f"{district.root.name} sau {office}")


def accept(district: District, office: str) -> None:
    """The hub takes the file in, compares the code, approves; its answer arrives."""
    (receipt,) = district.send(office, HUB).receipts
    assert receipt.request_code == enrolling.own_code(district.at(office))
    enrolling.approve(district.at(HUB), [receipt.request_code])
    district.send(HUB, office)


def test_what_the_lost_key_had_not_signed_is_sent_by_the_new_one(district: District) -> None:
    enter(district.at(WARD), ROWS[0], percent=5)
    district.send(WARD, HUB)
    enter(district.at(WARD), ROWS[0], percent=6)
    enter(district.at(WARD), ROWS[1], percent=7)
    enter(district.at(WARD), ROWS[1], percent=8)
    lose_key(district, WARD)
    ward = district.at(WARD)
    with pytest.raises(EnvironmentTrouble, match="KEY_MISSING"):
        district.write(WARD)
    done = enroll_again(ward)
    assert done.written_again == 3
    assert done.code == enrolling.own_code(ward)
    assert shown(ward) == {ROWS[0]: (6, ()), ROWS[1]: (8, ())}
    assert doctor.examine(ward).ok
    assert exchanging.traffic(ward).waiting == 3
    accept(district, WARD)
    hub = district.at(HUB)
    assert shown(hub) == {ROWS[0]: (6, ()), ROWS[1]: (8, ())}
    district.send(WARD, HUB)
    district.send(HUB, WARD)
    view = exchanging.traffic(ward)
    assert (view.waiting, view.unconfirmed) == (0, 0)
    # What is entered now replaces what was written again, here and there.
    enter(ward, ROWS[1], percent=9)
    district.send(WARD, HUB)
    for office in (WARD, HUB):
        assert shown(district.at(office)) == {ROWS[0]: (6, ()), ROWS[1]: (9, ())}
        assert doctor.examine(district.at(office)).ok


@pytest.mark.parametrize("late", [False, True])
def test_facts_that_had_been_sent_after_all_do_not_double(district: District, late: bool) -> None:
    enter(district.at(WARD), ROWS[0], percent=5)
    district.close()
    # The backup holds it unsigned; the PC that dies had sent it, and more.
    shutil.copytree(district.root / WARD, district.root / "sao lưu")
    (sent,) = district.write(WARD)
    if not late:
        exchanging.import_files(district.at(HUB), [sent])
        enter(district.at(HUB), ROWS[0], percent=50)
    lose_key(district, WARD)
    shutil.rmtree(district.root / WARD)
    shutil.copytree(district.root / "sao lưu", district.root / WARD)
    assert enroll_again(district.at(WARD)).written_again == 1
    accept(district, WARD)
    if late:
        exchanging.import_files(district.at(HUB), [sent])
    percent = 5 if late else 50
    assert shown(district.at(HUB)) == {ROWS[0]: (percent, ())}
    district.send(HUB, WARD)
    assert shown(district.at(WARD)) == {ROWS[0]: (percent, ())}
    enter(district.at(WARD), ROWS[0], percent=60)
    district.send(WARD, HUB)
    for office in (WARD, HUB):
        assert shown(district.at(office)) == {ROWS[0]: (60, ())}
        assert doctor.examine(district.at(office)).ok
        assert district.at(office).store.rebuilt_digest() == doctor.digest(district.at(office))


def test_a_machine_that_nobody_had_accepted_writes_everything_again(district: District) -> None:
    newcomer = f"{WARD} máy 2"
    starter = next(district.root.glob("tep-khoi-tao*"))
    code = enrolling.own_code(district.at(HUB))
    enrolling.setup_unit(district.environment, district.root / newcomer, WARD, starter, code)
    enter(district.at(newcomer), ROWS[0], percent=4)
    (receipt,) = district.send(newcomer, HUB).receipts
    assert receipt.outcome is Outcome.HELD
    lose_key(district, newcomer)
    assert enroll_again(district.at(newcomer)).written_again == 1
    accept(district, newcomer)
    assert shown(district.at(HUB)) == {ROWS[0]: (4, ())}
    # The earlier request is accepted too, by mistake: still once.
    enrolling.approve(district.at(HUB), None)
    assert shown(district.at(HUB)) == {ROWS[0]: (4, ())}
    district.send(HUB, newcomer)
    district.send(newcomer, HUB)
    district.send(HUB, newcomer)
    view = exchanging.traffic(district.at(newcomer))
    assert (view.waiting, view.unconfirmed) == (0, 0)


def test_a_key_that_works_is_kept_and_a_forgotten_passphrase_given_up_on_request(district: District) -> None:
    enter(district.at(WARD), ROWS[0], percent=5)
    before = district.at(WARD).seat
    with pytest.raises(Mistake, match="KEY_STILL_THERE"):
        enroll_again(district.at(WARD))
    district.close()
    guess = replace(make_environment(district.root, district.clock, "quên"), passphrase=lambda new: "không nhớ")
    ward = open_workspace(guess, district.root / WARD)
    with pytest.raises(Refused, match="KEY_WRONG_PASSPHRASE"):
        enroll_again(ward)
    assert ward.seat == before
    assert enroll_again(ward, forgotten=True).written_again == 1
    assert ward.seat.device != before.device
    (package,) = exchanging.write_packages(ward, district.root)
    ward.close()
    (receipt,) = exchanging.import_files(district.at(HUB), [package.path]).receipts
    assert receipt.request_code


def test_every_plan_of_the_folder_gets_the_new_key(district: District) -> None:
    hub = district.at(HUB)
    plan, tree = read_for_office(hub, write_next_plan(district.root))
    open_new_plan(hub, plan, tree, ())
    exchanging.import_files(district.at(WARD), [district.written(HUB)["Tất cả đơn vị"]])
    ward = district.at(WARD)
    enter(ward, ROWS[0], percent=5)
    choose_plan(ward, next(one.id for one in plans(ward) if one.number == NUMBER))
    enter(ward, "II/1", percent=25)
    lose_key(district, WARD)
    assert enroll_again(district.at(WARD)).written_again == 2
    assert len({seat.device for seat in district.at(WARD).seats()}) == 1
    assert doctor.examine(district.at(WARD)).ok


def test_a_hub_accepts_its_own_new_key_where_the_root_is(district: District) -> None:
    enter(district.at(HUB), ROWS[0], percent=12)
    lose_key(district, HUB)
    hub = district.at(HUB)
    done = enroll_again(hub)
    assert (done.code, done.written_again) == ("", 1)
    for unit in (WARD, BODY):
        (receipt,) = district.send(HUB, unit).receipts
        assert (receipt.held, receipt.quarantined) == (0, 0)
    assert shown(district.at(WARD)) == {ROWS[0]: (12, ())}
    enter(district.at(WARD), ROWS[0], percent=13)
    district.send(WARD, HUB)
    assert shown(hub) == {ROWS[0]: (13, ())}
    assert doctor.examine(hub).ok


def test_a_hub_whose_spare_lies_in_the_safe_gets_a_new_reading_key(district: District) -> None:
    enrolled = district.at(HUB)
    spare.seal(enrolled, district.root / "niêm phong.sotiendo")
    reading = enrolled.charter().reading_key
    enter(district.at(WARD), ROWS[0], percent=5)
    (earlier,) = district.write(WARD)
    lose_key(district, HUB)
    hub = district.at(HUB)
    enroll_again(hub)
    assert hub.charter().reading_key != reading
    (receipt,) = exchanging.import_files(hub, [earlier]).receipts
    assert receipt.reason == "PKG_NOT_FOR_US"
    # The unit learns of it with the hub's next file, and its own next file has everything.
    district.send(HUB, WARD)
    district.send(WARD, HUB)
    assert shown(hub) == {ROWS[0]: (5, ())}
    assert doctor.examine(hub).ok


def test_a_hub_without_its_root_changes_nothing_and_says_what_to_do(district: District) -> None:
    root = district.at(HUB).seat.root
    lose_key(district, HUB)
    (district.root / "khoa" / f"{root}.key").unlink()
    keys = sorted((district.root / "khoa").iterdir())
    before = (district.root / HUB / FILE_NAME).read_bytes()
    with pytest.raises(Refused, match="ROOT_KEY_LOST") as refusal:
        enroll_again(district.at(HUB))
    assert "dự phòng" in refusal.value.advice
    district.close()
    assert (district.root / HUB / FILE_NAME).read_bytes() == before
    assert sorted((district.root / "khoa").iterdir()) == keys


def test_a_new_key_that_could_not_be_used_changes_nothing(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(district.at(WARD), ROWS[0], percent=5)
    lose_key(district, WARD)
    keys = sorted((district.root / "khoa").iterdir())
    ward = district.at(WARD)
    before = ward.seat

    def full(*_: object) -> None:
        raise EnvironmentTrouble("DISK_FULL", "Ổ đĩa đã đầy.")

    monkeypatch.setattr(type(ward.store.journal), "add_facts", full)
    with pytest.raises(EnvironmentTrouble, match="DISK_FULL"):
        enroll_again(ward)
    assert ward.seat == before
    # The new key stays: the disk may have taken what needs it (docs/decisions.md).
    assert set((district.root / "khoa").iterdir()) >= set(keys)
    assert list(Path(district.root / "khoa").glob("*.tam")) == []
