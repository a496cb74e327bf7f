"""*Thư mục nhận* with real folders and files: half-copied ones wait, whole ones are offered, imported ones move."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.exchange import files
from desktop.exchange.files import put_away
from desktop.models.errors import EnvironmentTrouble, Mistake
from desktop.services import doctor, reporting
from desktop.services.traffic import enrolling, exchanging, inbox, receipts
from desktop.services.traffic.inbox import InboxState, InboxView, import_inbox, inbox_folder, judge, set_inbox
from desktop.services.traffic.looking import DONE, Look, is_unfinished, look
from desktop.services.traffic.views import Outcome
from desktop.services.workspace import Workspace, open_workspace
from tests.offices import BODY, HUB, WARD, District, make_environment

PERIOD = "2023-Q3"
SHARED = "I/1/1.4"
LONG_AGO = timedelta(hours=3)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    made = tmp_path / "Thư mục chung"
    made.mkdir()
    return made


def enter(ws: Workspace, percent: int) -> None:
    item, unit = reporting.item_at(ws, SHARED), ws.seat.unit
    shown = reporting.shown_now(ws, item, unit, PERIOD)
    reporting.enter(ws, item, unit, PERIOD, {"percent": percent}, shown)


def arrive(district: District, sender: str, share: Path, name: str = "", percent: int = 40) -> Path:
    """A package of an office comes to lie in the folder, whole and some hours old."""
    enter(district.at(sender), percent)
    (source,) = district.write(sender)
    target = share / (name or source.name)
    shutil.copyfile(source, target)
    age(district, target)
    return target


def age(district: District, path: Path, span: timedelta = LONG_AGO) -> None:
    """Let a file have been written some time ago."""
    then = (district.clock() - span).timestamp()
    os.utime(path, (then, then))


def states(view: InboxView) -> dict[str, InboxState]:
    return {one.name: one.state for one in view.files}


def seen(district: District, share: Path, before: InboxView | None = None, office: str = HUB) -> InboxView:
    """Look once more at an office and judge."""
    found = look(share, district.clock(), before.look if before else None)
    return judge(district.at(office), found, before)


def test_a_whole_file_is_offered_with_its_receipt_imported_and_put_away(district: District, share: Path) -> None:
    path = arrive(district, WARD, share)
    data = path.read_bytes()
    before = doctor.digest(district.at(HUB))
    view = seen(district, share)
    (file,) = view.offered
    assert (file.state, file.receipt and file.receipt.sender_unit) == (InboxState.READY, "Phường Bồ Đề")
    assert file.period == PERIOD
    assert file.receipt is not None
    assert file.receipt.new >= 1
    assert doctor.digest(district.at(HUB)) == before, "offering writes nothing"
    done = import_inbox(district.at(HUB), view)
    assert [one.outcome for one in done.receipts] == [Outcome.IMPORTED]
    assert (done.moved, done.stayed) == (((path.name, path.name),), ())
    assert done.changes.units == {district.at(WARD).seat.unit}
    assert not path.exists()
    assert (share / DONE / path.name).read_bytes() == data
    assert not seen(district, share).files


@pytest.mark.parametrize("kept", [0.0, 0.01, 0.5, 0.999])
@pytest.mark.parametrize("zeros", [False, True])
def test_a_half_copied_file_waits_until_it_is_whole(
    district: District, share: Path, kept: float, zeros: bool
) -> None:
    path = arrive(district, WARD, share)
    data = path.read_bytes()
    part = data[: int(len(data) * kept)]
    # Windows gives a file its whole size first: the rest are zeros.
    path.write_bytes(part.ljust(len(data), b"\0") if zeros else part)
    age(district, path, timedelta(minutes=1))
    first = seen(district, share)
    assert states(first) == {path.name: InboxState.COPYING}
    assert (first.offered, first.refused) == ((), ())
    still = seen(district, share, first)
    assert states(still) == {path.name: InboxState.COPYING}
    path.write_bytes(data)
    age(district, path, timedelta(0))
    moved = seen(district, share, still)
    assert states(moved) == {path.name: InboxState.COPYING}, "it moved since the look before"
    assert states(seen(district, share, moved)) == {path.name: InboxState.READY}


def test_what_stays_torn_is_refused_after_some_minutes(district: District, share: Path) -> None:
    path = arrive(district, WARD, share)
    path.write_bytes(path.read_bytes()[:-200])
    age(district, path, timedelta(minutes=1))
    view = seen(district, share)
    district.clock.now += timedelta(minutes=11)
    view = seen(district, share, view)
    assert states(view) == {path.name: InboxState.REFUSED}
    assert view.refused[0].receipt is not None
    assert view.refused[0].receipt.reason == "PKG_DAMAGED"


def test_a_share_whose_clock_is_far_ahead_keeps_nothing_back(district: District, share: Path) -> None:
    path = arrive(district, WARD, share)
    path.write_bytes(path.read_bytes()[:-200])
    age(district, path, -timedelta(days=400))
    assert states(seen(district, share)) == {path.name: InboxState.REFUSED}


def test_what_was_refused_stays_and_is_told_once(district: District, share: Path) -> None:
    good, bad = arrive(district, WARD, share, percent=5), share / "hỏng.sotiendo"
    bad.write_bytes(good.read_bytes()[:-200])
    age(district, bad)
    view = seen(district, share)
    assert [one.name for one in view.refused] == [bad.name]
    done = import_inbox(district.at(HUB), view)
    assert {one.outcome for one in done.receipts} == {Outcome.IMPORTED, Outcome.REFUSED}
    assert [name for name, _ in done.stayed] == [bad.name]
    again = seen(district, share)
    assert states(again) == {bad.name: InboxState.REFUSED}
    assert (again.refused, again.offered) == ((), ())
    assert import_inbox(district.at(HUB), again).receipts == ()
    noted = [one for one in receipts.all_receipts(district.at(HUB)) if one.outcome is Outcome.REFUSED]
    assert [one.file for one in noted] == [bad.name], "one line in the refusal log, however often one looks"


def test_a_refused_file_may_be_noted_without_importing_anything(district: District, share: Path) -> None:
    bad = share / "không phải tệp.sotiendo"
    bad.write_bytes(b"<html>")
    age(district, bad)
    view = seen(district, share)
    inbox.note_refused(district.at(HUB), view.refused)
    assert seen(district, share).refused == ()


def test_other_files_are_named_and_left_alone(district: District, share: Path) -> None:
    for name in ("ghi chú.docx", "ảnh.zip", ".sotiendo-1.tam"):
        (share / name).write_bytes(b"PK\x03\x04 something else")
        age(district, share / name)
    (share / "thư mục con.sotiendo").mkdir()
    (share / "nối.sotiendo").symlink_to(share / "ghi chú.docx")
    view = seen(district, share)
    assert view.others == ("ghi chú.docx", "ảnh.zip")
    assert (view.offered, view.refused) == ((), ())
    assert import_inbox(district.at(HUB), view).stayed == ()
    assert sorted(one.name for one in share.iterdir()) == sorted(
        ("ghi chú.docx", "ảnh.zip", ".sotiendo-1.tam", "thư mục con.sotiendo", "nối.sotiendo")
    )


@pytest.mark.parametrize(("name", "is_one"), [
    (".syncthing.P-BoDe_2023-Q3.sotiendo.tmp", True), ("~syncthing~P-BoDe.sotiendo.tmp", True),
    ("P-BoDe.sotiendo.crdownload", True), ("Unconfirmed 4711.crdownload", True), ("P-BoDe.sotiendo.part", True),
    ("P-BoDe.zip.tmp", True), ("P-BoDe.SOTIENDO.TMP", True), ("ghi chú.tmp", False), ("P-BoDe.sotiendo", False),
    (".sotiendo-1.tam", False), ("P-BoDe (1).sotiendo", False),
])
def test_names_of_files_on_their_way(name: str, is_one: bool) -> None:
    assert is_unfinished(name) is is_one


def test_an_unfinished_name_waits_even_when_its_bytes_are_whole(district: District, share: Path) -> None:
    path = arrive(district, WARD, share)
    path.rename(share / f".syncthing.{path.name}.tmp")
    view = seen(district, share)
    assert set(states(view).values()) == {InboxState.COPYING}
    (share / f".syncthing.{path.name}.tmp").rename(path)
    assert states(seen(district, share)) == {path.name: InboxState.READY}


def test_what_was_imported_elsewhere_is_put_away_without_importing_again(district: District, share: Path) -> None:
    path = arrive(district, WARD, share)
    exchanging.import_files(district.at(HUB), [path])
    view = seen(district, share)
    assert states(view) == {path.name: InboxState.ALREADY_HAD}
    assert view.offered == ()
    done = import_inbox(district.at(HUB), view)
    assert (done.receipts, done.moved) == ((), ((path.name, path.name),))


def test_names_that_are_taken_get_a_number(district: District, share: Path) -> None:
    (share / DONE).mkdir()
    for percent, expected in ((10, "báo cáo.sotiendo"), (20, "báo cáo-2.sotiendo"), (30, "báo cáo-3.sotiendo")):
        path = arrive(district, WARD, share, "báo cáo.sotiendo", percent)
        data = path.read_bytes()
        done = import_inbox(district.at(HUB), seen(district, share))
        assert done.moved == (("báo cáo.sotiendo", expected),)
        assert (share / DONE / expected).read_bytes() == data
    assert len(list((share / DONE).iterdir())) == 3


def test_a_file_replaced_meanwhile_stays(district: District, share: Path) -> None:
    path = arrive(district, WARD, share, "báo cáo.sotiendo", 10)
    view = seen(district, share)
    newer = arrive(district, WARD, share, "mới.sotiendo", 90)
    os.replace(newer, path)
    data = path.read_bytes()
    done = import_inbox(district.at(HUB), view)
    assert (done.receipts, done.moved) == ((), ())
    assert [name for name, _ in done.stayed] == [path.name]
    assert path.read_bytes() == data
    assert states(seen(district, share)) == {path.name: InboxState.READY}


def test_a_file_replaced_between_import_and_moving_stays(
    district: District, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = arrive(district, WARD, share, "báo cáo.sotiendo", 10)
    newer = arrive(district, WARD, share, "mới.sotiendo", 90)
    data = newer.read_bytes()
    view = seen(district, share)
    view = InboxView(view.look, tuple(one for one in view.files if one.name == path.name))
    real = files._taken_over

    def replaced(one: Path, folder: Path) -> Path:
        os.replace(newer, one)
        return real(one, folder)

    monkeypatch.setattr(files, "_taken_over", replaced)
    lone = Look(share, view.look.moment, tuple(one for one in view.look.files if one.name == path.name), ())
    done = import_inbox(district.at(HUB), InboxView(lone, view.files))
    assert [one.outcome for one in done.receipts] == [Outcome.IMPORTED]
    assert done.moved == ()
    assert path.read_bytes() == data
    assert list((share / DONE).iterdir()) == []


def test_two_machines_that_put_one_file_away_lose_nothing(tmp_path: Path) -> None:
    data = os.urandom(200_000)
    path = tmp_path / "một.sotiendo"
    path.write_bytes(data)
    got: list[Path | None] = []
    ready = threading.Barrier(6)

    def move() -> None:
        ready.wait()
        got.append(put_away(path, tmp_path / DONE, data))

    threads = [threading.Thread(target=move) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sum(one is not None for one in got) == 1
    assert [one.read_bytes() for one in (tmp_path / DONE).iterdir()] == [data]


def test_a_share_that_cannot_be_written_keeps_the_import(
    district: District, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = arrive(district, WARD, share)
    view = seen(district, share)

    def refuse(*_: object) -> Path:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(files, "_taken_over", refuse)
    done = import_inbox(district.at(HUB), view)
    assert [one.outcome for one in done.receipts] == [Outcome.IMPORTED]
    assert done.moved == ()
    ((name, why),) = done.stayed
    assert name == path.name
    assert "đã nhập xong" in why
    assert path.exists()
    monkeypatch.undo()
    assert states(seen(district, share)) == {path.name: InboxState.ALREADY_HAD}, "and is not offered again"


def test_the_own_files_of_an_office_are_never_offered_nor_moved(district: District, share: Path) -> None:
    ward = district.at(WARD)
    set_inbox(ward, share)
    enter(ward, 33)
    (written,) = exchanging.write_packages(ward, share)
    view = seen(district, share, office=WARD)
    assert states(view) == {written.path.name: InboxState.OWN}
    assert view.offered == ()
    assert import_inbox(ward, view).moved == ()
    assert written.path.exists()


def test_two_watched_folders_joined_to_each_other_fall_silent(district: District, share: Path) -> None:
    """Hub and ward watch one folder and write into it; importing answers with nothing by itself."""
    enter(district.at(WARD), 70)
    exchanging.write_packages(district.at(WARD), share)
    taken = import_inbox(district.at(HUB), seen(district, share))
    assert [one.outcome for one in taken.receipts] == [Outcome.IMPORTED]
    assert [one.name for one in share.iterdir() if one.is_file()] == []
    for _ in range(3):
        for office in (WARD, HUB):
            view = seen(district, share, office=office)
            assert import_inbox(district.at(office), view).receipts == ()
    # Somebody presses the button once at the hub: the answer is taken, and then there is silence again.
    out = exchanging.write_packages(district.at(HUB), share)
    answered = import_inbox(district.at(WARD), seen(district, share, office=WARD))
    assert {one.outcome for one in answered.receipts} <= {Outcome.IMPORTED, Outcome.REFUSED}
    assert any(one.outcome is Outcome.IMPORTED for one in answered.receipts)
    left = {one.name for one in share.iterdir() if one.is_file()}
    assert left < {one.path.name for one in out}
    for office in (HUB, WARD):
        view = seen(district, share, office=office)
        assert import_inbox(district.at(office), view).receipts == ()
        assert (view.offered, view.refused) == ((), ())


def test_a_file_of_an_unknown_machine_is_offered_once_and_waits_for_approval(
    district: District, share: Path, tmp_path: Path
) -> None:
    starter = enrolling.write_starter(district.at(HUB), tmp_path).path
    other = make_environment(tmp_path / "khác", district.clock, "khác")
    enrolling.setup_unit(other, tmp_path / "máy mới", WARD, starter, enrolling.own_code(district.at(HUB)))
    ws = open_workspace(other, tmp_path / "máy mới")
    enter(ws, 12)
    (written,) = exchanging.write_packages(ws, share)
    ws.close()
    age(district, written.path)
    view = seen(district, share)
    assert states(view) == {written.path.name: InboxState.READY}
    shutil.copyfile(written.path, share / "bản sao.sotiendo")
    age(district, share / "bản sao.sotiendo")
    done = import_inbox(district.at(HUB), view)
    assert [one.outcome for one in done.receipts] == [Outcome.HELD]
    assert len(done.moved) == 1
    assert states(seen(district, share)) == {"bản sao.sotiendo": InboxState.ALREADY_HAD}


def test_nobody_is_asked_for_a_passphrase_unasked(district: District, share: Path) -> None:
    path = arrive(district, WARD, share)
    district.close()
    locked = District(district.root, district.clock)
    asked: list[bool] = []

    def passphrase(new: bool) -> str:
        asked.append(new)
        return "mật khẩu thử"

    locked.environment = replace(locked.environment, passphrase=passphrase)
    hub = locked.at(HUB)
    found = look(share, district.clock())
    view = judge(hub, found, ask=False)
    assert (states(view), asked) == ({path.name: InboxState.UNCHECKED}, [])
    assert [one.name for one in view.offered] == [path.name]
    done = import_inbox(hub, view)
    assert ([one.outcome for one in done.receipts], asked) == ([Outcome.IMPORTED], [False])
    assert states(judge(hub, look(share, district.clock()), ask=False)) == {}
    locked.close()


def test_what_was_judged_is_not_read_again(
    district: District, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(district, WARD, share)
    view = seen(district, share)
    reads: list[Path] = []
    monkeypatch.setattr(inbox, "read_file", lambda path: reads.append(path))
    monkeypatch.setattr("desktop.services.traffic.looking.read_file", lambda path: reads.append(path))
    assert states(seen(district, share, view)) == states(view)
    assert reads == []


def test_many_files_are_checked_a_few_at_a_time(district: District, share: Path) -> None:
    for percent in (1, 2, 3, 4, 5):
        arrive(district, WARD, share, f"{percent}.sotiendo", percent)
    found = look(share, district.clock())
    view = judge(district.at(HUB), found, most=2)
    counts = []
    while not view.is_done:
        counts.append(sum(one.state is InboxState.READY for one in view.files))
        assert len(view.offered) == 5
        view = judge(district.at(HUB), found, view, most=2)
    assert counts == [2, 4]
    assert {one.state for one in view.files} == {InboxState.READY}
    assert view.files == judge(district.at(HUB), found).files


def test_a_folder_is_chosen_and_given_up(district: District, share: Path) -> None:
    hub = district.at(HUB)
    assert inbox_folder(hub) is None
    assert set_inbox(hub, share).exchange
    assert inbox_folder(hub) == share
    for wrong, code in (
        (share / "không có", "INBOX_NOT_A_FOLDER"), (hub.folder, "INBOX_IN_DATA"), (hub.folder / "x", ""),
        (Path(os.fsdecode(bytes(share) + b"\xff")), "INBOX_NOT_A_FOLDER"),
    ):
        if not code:
            wrong.mkdir()
            code = "INBOX_IN_DATA"
        with pytest.raises(Mistake) as caught:
            set_inbox(hub, wrong)
        assert caught.value.code == code
    assert inbox_folder(hub) == share, "a slip changes nothing"
    set_inbox(hub, None)
    assert inbox_folder(hub) is None


def test_a_folder_that_is_gone_is_told(share: Path) -> None:
    share.rmdir()
    with pytest.raises(EnvironmentTrouble) as caught:
        look(share, datetime(2023, 9, 14).astimezone())
    assert caught.value.code == "MEDIUM_GONE"


def test_a_file_for_another_unit_is_told_once(district: District, share: Path) -> None:
    enter(district.at(BODY), 5)
    (written,) = exchanging.write_packages(district.at(BODY), share)
    age(district, written.path)
    view = seen(district, share, office=WARD)
    assert states(view) == {written.path.name: InboxState.REFUSED}
    inbox.note_refused(district.at(WARD), view.refused)
    again = seen(district, share, office=WARD)
    assert (states(again), again.refused) == ({written.path.name: InboxState.REFUSED}, ())
    assert written.path.exists()
