"""A folder restored from an old backup sees that it is behind, goes on in new logs, and gets everything back.

The keys and the marks beside them are not in the folder, as on a real PC: a backup does not bring them back in time.
"""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from desktop.exchange.hashes import first_head
from desktop.exchange.package import unpack
from desktop.models.errors import EnvironmentTrouble
from desktop.models.facts import ALL
from desktop.models.kinds import CONTINUES, SEEN
from desktop.services import doctor, reporting
from desktop.services.traffic import enrolling, exchanging, sealing
from desktop.services.traffic.views import Receipt
from desktop.services.workspace import Workspace
from tests.offices import BODY, HUB, WARD, District

PERIOD = "2023-Q3"
ROWS = ("I/1/1.4", "I/2/2.3/2.3.3", "II/2/2.1/2.1.9", "II/3/3.1/3.1.8")


def enter(ws: Workspace, path: str, unit: str = WARD, **values: object) -> None:
    item, owner = reporting.item_at(ws, path), ws.unit_named(unit).id
    reporting.enter(ws, item, owner, PERIOD, values, reporting.shown_now(ws, item, owner, PERIOD))


def percents(ws: Workspace, unit: str = WARD) -> dict[str, object]:
    """The ward's percent of each row, conflicts as a set of values."""
    name = ws.unit_named(unit).name
    found: dict[str, object] = {}
    for line in reporting.report_lines(ws):
        if line.unit_name == name:
            rivals = reporting.rivals(ws, line.report).get("percent")
            found[line.item_path] = {one["value"] for one in rivals} if rivals else line.report.percent
    return found


def take(district: District, office: str, *files: Path) -> tuple[Receipt, ...]:
    return exchanging.import_files(district.at(office), files).receipts


def restored(district: District, office: str) -> str:
    """What an office is told of its own state."""
    return exchanging.traffic(district.at(office)).restored


def back_up(district: District, office: str) -> Path:
    """A copy of an office's data folder, taken while nobody works in it."""
    district.close()
    copy = district.root / f"sao lưu {office}"
    shutil.copytree(district.root / office, copy)
    return copy


def restore(district: District, office: str) -> None:
    """The office's folder becomes its backup."""
    district.close()
    shutil.rmtree(district.root / office)
    shutil.copytree(district.root / f"sao lưu {office}", district.root / office)


def settle_down(district: District, *units: str) -> None:
    """Everybody sends and answers until all is said."""
    for _ in range(2):
        for unit in units:
            district.send(unit, HUB)
        for unit in units:
            district.send(HUB, unit)


def test_a_unit_restored_from_an_old_backup_gets_all_back_and_forks_nothing(district: District) -> None:
    enter(district.at(WARD), ROWS[0], percent=5)
    district.send(WARD, HUB)
    back_up(district, WARD)
    for number, row in enumerate(ROWS):
        enter(district.at(WARD), row, percent=10 + number)
    old = district.at(WARD).own_log(district.at(WARD).seat.unit)
    district.send(WARD, HUB)
    restore(district, WARD)
    ward = district.at(WARD)
    told = restored(district, WARD)
    assert "còn thiếu 4 mục" in told
    assert "xin UB MTTQ quận tệp gửi gần nhất" in told
    # The first thing entered is already in a new log, which says where it goes on.
    enter(ward, ROWS[1], percent=77)
    new = ward.own_log(ward.seat.unit)
    assert new.id != old.id
    opening = ward.store.journal.fact_at(new.id, 1, "")
    assert opening is not None
    assert (opening.content.kind, list(opening.content.fields)) == (CONTINUES, [old.id])
    end = ward.store.journal.end(old.id)
    assert end is not None
    assert opening.content.fields[old.id] == [end[0], end[1].hex()]
    # The first acknowledgement of the new logs is complete.
    second = ward.store.journal.fact_at(new.id, 2, "")
    assert second is not None
    assert second.content.kind == SEEN
    assert second.content.fields.keys() == {log.id for log in ward.store.journal.logs() if not log.own}
    assert restored(district, WARD) == told, "kept until the missing lines are back"
    (receipt,) = district.send(HUB, WARD).receipts
    assert "Đã lấy lại 4 mục" in receipt.summary
    assert restored(district, WARD) == ""
    assert percents(ward) == {ROWS[0]: 10, ROWS[1]: {11, 77}, ROWS[2]: 12, ROWS[3]: 13}
    enter(ward, ROWS[1], percent=78)
    assert ward.own_log(ward.seat.unit) == new
    settle_down(district, WARD, BODY)
    for office in (WARD, HUB):
        ws = district.at(office)
        assert percents(ws) == {ROWS[0]: 10, ROWS[1]: 78, ROWS[2]: 12, ROWS[3]: 13}, office
        assert not any(ws.store.journal.forks(log.id) for log in ws.store.journal.logs()), office
        view = exchanging.traffic(ws)
        assert (view.waiting, view.unconfirmed, view.restored) == (0, 0, ""), office
        assert doctor.examine(ws).ok


def test_what_was_not_sealed_in_the_backup_is_sent_under_its_old_place(district: District) -> None:
    enter(district.at(WARD), ROWS[0], percent=5)
    back_up(district, WARD)
    enter(district.at(WARD), ROWS[1], percent=6)
    (sent,) = district.write(WARD)
    restore(district, WARD)
    enter(district.at(WARD), ROWS[2], percent=7)
    take(district, HUB, *district.write(WARD))
    assert percents(district.at(HUB)) == {ROWS[0]: 5, ROWS[2]: 7}
    # The very file of before comes late: what it adds is no other branch.
    take(district, HUB, sent)
    hub = district.at(HUB)
    assert percents(hub) == {ROWS[0]: 5, ROWS[1]: 6, ROWS[2]: 7}
    assert not any(hub.store.journal.forks(log.id) for log in hub.store.journal.logs())


def test_an_own_earlier_package_gives_lost_work_back(district: District) -> None:
    back_up(district, WARD)
    enter(district.at(WARD), ROWS[0], percent=5)
    (own,) = district.write(WARD)
    restore(district, WARD)
    assert restored(district, WARD)
    take(district, WARD, own)
    assert restored(district, WARD) == ""
    enter(district.at(WARD), ROWS[0], percent=6)
    take(district, HUB, *district.write(WARD))
    assert percents(district.at(HUB)) == {ROWS[0]: 6}


def test_a_reference_made_before_the_restore_was_noticed_keeps_its_meaning(district: District) -> None:
    enter(district.at(WARD), ROWS[0], percent=5)
    back_up(district, WARD)
    district.write(WARD)
    restore(district, WARD)
    # Superseded by number in the log that is left at this very moment.
    enter(district.at(WARD), ROWS[0], percent=6)
    assert percents(district.at(WARD)) == {ROWS[0]: 6}
    district.send(WARD, HUB)
    assert percents(district.at(HUB)) == {ROWS[0]: 6}


def test_a_backup_older_than_the_second_restore(district: District) -> None:
    back_up(district, WARD)
    for number in range(3):
        enter(district.at(WARD), ROWS[number], percent=number)
        district.send(WARD, HUB)
        restore(district, WARD)
    enter(district.at(WARD), ROWS[3], percent=3)
    nonces = {log.nonce for log in district.at(HUB).store.journal.logs()
              if log.public_key == district.at(WARD).seat.device}
    assert len(nonces) == 3, "a new incarnation after each restore, also one that the backup knows nothing of"
    settle_down(district, WARD, BODY)
    for office in (WARD, HUB):
        assert percents(district.at(office)) == {row: number for number, row in enumerate(ROWS)}
        view = exchanging.traffic(district.at(office))
        assert (view.waiting, view.unconfirmed, view.restored) == (0, 0, ""), office


def test_the_hub_restored_from_a_backup_gets_authority_and_facts_back(district: District) -> None:
    back_up(district, HUB)
    newcomer = "Hội LHPN quận"
    starter = next(district.root.glob("tep-khoi-tao*"))
    enrolling.setup_unit(
        district.environment, district.root / newcomer, newcomer, starter, enrolling.own_code(district.at(HUB))
    )
    enter(district.at(newcomer), ROWS[3], newcomer, percent=40)
    district.send(newcomer, HUB)
    enrolling.approve(district.at(HUB), None)
    enter(district.at(WARD), ROWS[0], percent=5)
    district.send(WARD, HUB)
    enter(district.at(HUB), ROWS[0], percent=6)
    enter(district.at(HUB), ROWS[1], BODY, percent=9)
    for unit in (WARD, BODY, newcomer):
        district.send(HUB, unit)
    lost, entries = doctor.digest(district.at(HUB)), {entry.id for entry in district.at(HUB).entries()}
    restore(district, HUB)
    hub = district.at(HUB)
    assert "xin các đơn vị tệp gửi gần nhất" in restored(district, HUB)
    assert len(hub.entries()) < len(entries)
    before = {log.id for log in hub.store.journal.logs() if log.own}
    enter(hub, ROWS[2], percent=33)
    for unit in (WARD, BODY, newcomer):
        (receipt,) = district.send(unit, HUB).receipts
        assert (receipt.held, receipt.quarantined) == (0, 0), receipt
    assert restored(district, HUB) == ""
    assert {entry.id for entry in hub.entries()} == entries
    assert percents(hub) == {ROWS[0]: 6, ROWS[2]: 33}
    assert percents(hub, BODY) == {ROWS[1]: 9}
    assert percents(hub, newcomer) == {ROWS[3]: 40}
    assert doctor.digest(hub) != lost
    # Every audience it wrote for has its new log, which says what it goes on from; nothing forks.
    opened = {fact.log for fact in hub.store.journal.talk(CONTINUES)}
    named = {name for fact in hub.store.journal.talk(CONTINUES) for name in fact.content.fields}
    assert before <= named
    assert {log.audience for log in hub.store.journal.logs() if log.id in opened} >= {ALL, hub.unit_named(WARD).id}
    settle_down(district, WARD, BODY, newcomer)
    for office in (HUB, WARD, BODY, newcomer):
        ws = district.at(office)
        assert not any(ws.store.journal.forks(log.id) for log in ws.store.journal.logs())
        view = exchanging.traffic(ws)
        assert (view.waiting, view.unconfirmed, view.restored) == (0, 0, ""), office
        assert doctor.examine(ws).ok


def _kill_at(district: District, office: str, step: str) -> None:
    """Another process writes the office's package and is killed as it begins a step."""
    district.close()
    child = os.fork()
    if not child:
        def die(*_: object) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

        module, name = (exchanging, "write_file") if step == "file" else (sealing, "raise_marks")
        setattr(module, name, die)
        exchanging.write_packages(district.at(office), district.root)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


@pytest.mark.parametrize("step", ["file", "mark"])
def test_a_crash_while_writing_gives_no_false_alarm(district: District, step: str) -> None:
    enter(district.at(WARD), ROWS[0], percent=5)
    nonce = district.at(WARD).seat.nonce
    _kill_at(district, WARD, step)
    ward = district.at(WARD)
    assert restored(district, WARD) == ""
    assert exchanging.traffic(ward).waiting == 1
    enter(ward, ROWS[0], percent=6)
    assert ward.seat.nonce == nonce
    district.send(WARD, HUB)
    assert percents(district.at(HUB)) == {ROWS[0]: 6}


def test_a_file_that_could_not_be_written_gives_no_false_alarm(district: District) -> None:
    enter(district.at(WARD), ROWS[0], percent=5)
    nonce = district.at(WARD).seat.nonce
    with pytest.raises(EnvironmentTrouble, match="MEDIUM_GONE"):
        exchanging.write_packages(district.at(WARD), district.root / "USB không có" / "tệp.sotiendo")
    district.close()
    assert restored(district, WARD) == ""
    enter(district.at(WARD), ROWS[0], percent=6)
    assert district.at(WARD).seat.nonce == nonce


@pytest.mark.parametrize("found", [b"", b"{}", b'{"format":2,"logs":[]}', b"\xff" * 100, b'{"format":1,"logs":[{}]}'])
def test_marks_that_cannot_be_read_keep_nobody_from_working(district: District, found: bytes) -> None:
    enter(district.at(WARD), ROWS[0], percent=5)
    key = district.at(WARD).seat.device
    mark = district.root / "khoa" / f"{key}.mark"
    mark.write_bytes(found)
    enter(district.at(WARD), ROWS[1], percent=6)
    district.send(WARD, HUB)
    assert percents(district.at(HUB)) == {ROWS[0]: 5, ROWS[1]: 6}
    assert mark.read_bytes() != found


def test_without_room_for_the_mark_no_file_gets_its_name(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise EnvironmentTrouble("DISK_FULL", "Ổ đĩa đã đầy.")

    enter(district.at(WARD), ROWS[0], percent=5)
    monkeypatch.setattr(type(district.environment.keys), "set_marks", full)
    out = district.root / "ra"
    out.mkdir()
    with pytest.raises(EnvironmentTrouble, match="DISK_FULL"):
        exchanging.write_packages(district.at(WARD), out)
    assert list(out.iterdir()) == []
    assert exchanging.traffic(district.at(WARD)).waiting == 1


def test_acknowledgement_goes_down_after_a_restore_and_up_again(district: District) -> None:
    settle_down(district, WARD, BODY)
    hub = district.at(HUB)
    assert exchanging.traffic(hub).unconfirmed == 0
    back_up(district, WARD)
    hub = district.at(HUB)
    enter(hub, ROWS[0], percent=6)
    enter(hub, ROWS[1], percent=7)
    assert exchanging.traffic(hub).unconfirmed == 2
    district.send(HUB, WARD)
    enter(district.at(WARD), ROWS[2], percent=1)
    district.send(WARD, HUB)
    assert exchanging.traffic(hub).unconfirmed == 0
    restore(district, WARD)
    enter(district.at(WARD), ROWS[3], percent=2)
    district.send(WARD, HUB)
    assert exchanging.traffic(district.at(HUB)).unconfirmed == 2
    settle_down(district, WARD, BODY)
    assert exchanging.traffic(district.at(HUB)).unconfirmed == 0
    assert percents(district.at(WARD)) == {ROWS[0]: 6, ROWS[1]: 7, ROWS[2]: 1, ROWS[3]: 2}


def test_a_fact_is_acknowledged_when_every_machine_of_the_other_side_holds_it(district: District) -> None:
    second = f"{WARD} máy 2"
    starter = next(district.root.glob("tep-khoi-tao*"))
    enrolling.setup_unit(
        district.environment, district.root / second, WARD, starter, enrolling.own_code(district.at(HUB))
    )
    district.send(second, HUB)
    enrolling.approve(district.at(HUB), None)
    settle_down(district, WARD, second, BODY)
    enter(district.at(HUB), ROWS[0], percent=6)
    district.send(HUB, WARD)
    district.send(WARD, HUB)
    assert exchanging.traffic(district.at(HUB)).unconfirmed == 1, "the second machine has not said so"
    district.send(HUB, second)
    district.send(second, HUB)
    assert exchanging.traffic(district.at(HUB)).unconfirmed == 0


def _carried(district: District, office: str, recipient: str) -> list[tuple[str, int, int]]:
    """(writer's key, first, last) of the segments in the package of an office."""
    ws = district.at(office)
    contents = unpack(district.written(office)[recipient].read_bytes(), ws.identities()).contents
    return [(one.name.public_key.hex(), one.first, one.first + len(one.lines) - 1) for one in contents.segments]


def test_beyond_the_cap_a_package_has_what_is_not_acknowledged_and_the_recipients_own(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(district.at(WARD), ROWS[0], percent=5)
    settle_down(district, WARD, BODY)
    back_up(district, HUB)
    enter(district.at(WARD), ROWS[1], percent=6)
    ward, hub = district.at(WARD).seat.device, district.at(HUB).seat.device
    whole = _carried(district, WARD, HUB)
    monkeypatch.setattr(sealing, "COMPLETE_UP_TO", 1)
    spare = _carried(district, WARD, HUB)
    assert [one for one in spare if one[0] == hub] == [one for one in whole if one[0] == hub]
    mine = [one for one in whole if one[0] == ward]
    assert len(mine) > 1
    assert [one for one in spare if one[0] == ward] == mine[-1:]
    # The hub takes it, says so, and is then restored: what it lost is in the next package again.
    district.send(WARD, HUB)
    district.send(HUB, WARD)
    assert [one for one in _carried(district, WARD, HUB) if one[0] == ward and one in mine] == []
    restore(district, HUB)
    enter(district.at(HUB), ROWS[3], BODY, percent=1)
    district.send(HUB, WARD)
    district.send(WARD, HUB)
    assert percents(district.at(HUB)) == {ROWS[0]: 5, ROWS[1]: 6}
    starter = unpack(enrolling.write_starter(district.at(HUB), district.root).path.read_bytes(), ()).contents
    assert {one.first for one in starter.segments if one.name.audience == ALL} >= {1}, "a starter is always whole"


def test_the_start_of_a_log_that_has_nothing_is_where_it_is_continued(district: District) -> None:
    """A log that was begun after the backup was made is named with its very beginning."""
    back_up(district, HUB)
    hub = district.at(HUB)
    other = "Hội LHPN quận"
    enter(hub, ROWS[0], other, percent=3)
    lost = hub.own_log(hub.unit_named(other).id)
    district.write(HUB)
    restore(district, HUB)
    hub = district.at(HUB)
    enter(hub, ROWS[1], other, percent=4)
    named = {name: end for fact in hub.store.journal.talk(CONTINUES) for name, end in fact.content.fields.items()}
    start = first_head(lost.public_key, lost.nonce, lost.plan_id, lost.audience)
    assert named[lost.id] == [0, start.hex()]
