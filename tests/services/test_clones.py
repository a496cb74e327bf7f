"""A data folder copied with its key, or restored from a backup: every branch survives, and is told (exchange.md)."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest

from desktop.models.kinds import CONTINUES
from desktop.services import doctor, reporting
from desktop.services.traffic import exchanging
from desktop.services.traffic.views import Receipt
from desktop.services.workspace import Workspace, workspace
from tests.offices import BODY, HUB, WARD, District

PERIOD = "2023-Q3"
SHARED, OTHER = "I/1/1.4", "I/2/2.3/2.3.3"
CLONE = f"{WARD} chép sang máy khác"


@pytest.fixture
def cloned(district: District) -> District:
    """The district with the ward's folder copied, in the middle of its log."""
    enter(district.at(WARD), OTHER, percent=1)
    district.write(WARD)
    district.close()
    shutil.copytree(district.root / WARD, district.root / CLONE)
    return district


def enter(ws: Workspace, path: str, **values: object) -> None:
    item = reporting.item_at(ws, path)
    unit = ws.unit_named(WARD).id
    reporting.enter(ws, item, unit, PERIOD, values, reporting.shown_now(ws, item, unit, PERIOD))


def percents(ws: Workspace, path: str = SHARED) -> set[object]:
    """Every current percent of the ward's report on a row."""
    for line in reporting.report_lines(ws):
        if line.item_path == path:
            rivals = reporting.rivals(ws, line.report)
            return {one["value"] for one in rivals["percent"]} if "percent" in rivals else {line.report.percent}
    return set()


def take(district: District, office: str, *files: Path) -> tuple[Receipt, ...]:
    return exchanging.import_files(district.at(office), files).receipts


def test_both_machines_of_a_copied_folder_are_heard(cloned: District) -> None:
    enter(cloned.at(WARD), SHARED, percent=5)
    enter(cloned.at(CLONE), SHARED, percent=7)
    take(cloned, HUB, *cloned.write(WARD), *cloned.write(CLONE))
    assert percents(cloned.at(HUB)) == {5, 7}
    # One of them goes on, and knows nothing of the other: its own number means its own line.
    enter(cloned.at(WARD), SHARED, percent=9)
    take(cloned, HUB, *cloned.write(WARD))
    assert percents(cloned.at(HUB)) == {9, 7}
    assert doctor.examine(cloned.at(HUB)).ok


def test_what_a_copy_wrote_before_it_met_its_double_is_sent_all_the_same(cloned: District) -> None:
    for percent in (5, 6, 7):
        enter(cloned.at(WARD), SHARED, percent=percent)
    enter(cloned.at(CLONE), OTHER, percent=90)
    take(cloned, HUB, *cloned.write(WARD))
    (receipt,) = take(cloned, CLONE, cloned.written(HUB)["Phường Bồ Đề"])
    assert "chép lại hoặc khôi phục" in receipt.summary
    assert percents(cloned.at(CLONE)) == {7}
    assert exchanging.traffic(cloned.at(CLONE)).waiting == 1
    enter(cloned.at(CLONE), SHARED, percent=8)
    take(cloned, HUB, *cloned.write(CLONE))
    hub = cloned.at(HUB)
    assert percents(hub) == {8}
    assert percents(hub, OTHER) == {90}
    take(cloned, CLONE, cloned.written(HUB)["Phường Bồ Đề"])
    take(cloned, WARD, cloned.written(HUB)["Phường Bồ Đề"])
    for office in (WARD, CLONE):
        view = exchanging.traffic(cloned.at(office))
        assert (view.waiting, view.unconfirmed) == (0, 0), office
        assert doctor.examine(cloned.at(office)).ok


def test_a_folder_restored_from_a_backup_gets_its_work_back(district: District) -> None:
    district.close()
    shutil.copytree(district.root / WARD, district.root / "sao lưu")
    enter(district.at(WARD), SHARED, percent=5)
    take(district, HUB, *district.write(WARD))
    back = district.written(HUB)["Phường Bồ Đề"]
    enter(district.at("sao lưu"), OTHER, percent=3)
    take(district, "sao lưu", back)
    restored = district.at("sao lưu")
    assert (percents(restored), percents(restored, OTHER)) == ({5}, {3})
    enter(restored, SHARED, percent=6)
    take(district, HUB, *district.write("sao lưu"))
    assert (percents(district.at(HUB)), percents(district.at(HUB), OTHER)) == ({6}, {3})
    assert doctor.examine(district.at(HUB)).ok


def test_two_pcs_with_one_disk_go_on_side_by_side_and_fall_silent(cloned: District) -> None:
    """Each with its own copy of the keys and marks, as when a disk was cloned."""
    shutil.copytree(cloned.root / "khoa", cloned.apart(CLONE).keys_folder)
    enter(cloned.at(WARD), SHARED, percent=5)
    enter(cloned.at(CLONE), OTHER, percent=90)
    for _ in range(4):
        for office in (WARD, CLONE, BODY):
            take(cloned, HUB, *cloned.write(office))
        written = cloned.written(HUB)
        for office in (WARD, CLONE, BODY):
            take(cloned, office, written[cloned.at(office).identity().unit_name])
    for office in (WARD, CLONE, HUB):
        ws = cloned.at(office)
        assert (percents(ws), percents(ws, OTHER)) == ({5}, {90}), office
        view = exchanging.traffic(ws)
        assert (view.waiting, view.unconfirmed, view.restored) == (0, 0, ""), office
        assert len(ws.store.journal.talk(CONTINUES)) == 2, "each has left the shared logs, once"
        assert doctor.examine(ws).ok
    assert cloned.at(WARD).seat.nonce != cloned.at(CLONE).seat.nonce
    # What the hub says now must reach both before it is acknowledged.
    enter(cloned.at(HUB), SHARED, percent=6)
    file = cloned.written(HUB)["Phường Bồ Đề"]
    take(cloned, WARD, file)
    take(cloned, HUB, *cloned.write(WARD))
    assert exchanging.traffic(cloned.at(HUB)).unconfirmed == 1
    take(cloned, CLONE, file)
    take(cloned, HUB, *cloned.write(CLONE))
    assert exchanging.traffic(cloned.at(HUB)).unconfirmed == 0


def test_every_order_of_the_branches_gives_one_state(cloned: District) -> None:
    files = []
    for office, percent in ((WARD, 5), (CLONE, 6), (WARD, 7), (CLONE, 8)):
        enter(cloned.at(office), SHARED, percent=percent)
        files += cloned.write(office)
    cloned.close()
    digests = set()
    for number, order in enumerate(itertools.permutations(files)):
        copy = cloned.root / f"bản {number}"
        shutil.copytree(cloned.root / HUB, copy)
        with workspace(cloned.environment, copy) as hub:
            exchanging.import_files(hub, order)
            assert percents(hub) == {7, 8}
            digests.add(doctor.digest(hub))
            assert hub.store.rebuilt_digest() == doctor.digest(hub)
    assert len(digests) == 1


def test_two_copies_of_a_hub_come_to_the_same(district: District) -> None:
    copy = f"{HUB} bản sao"
    district.close()
    shutil.copytree(district.root / HUB, district.root / copy)
    for office, percent in ((HUB, 30), (copy, 40)):
        enter(district.at(office), SHARED, percent=percent)
    files = {office: list(district.written(office).values()) for office in (HUB, copy)}
    take(district, HUB, *files[copy])
    take(district, copy, *files[HUB])
    assert percents(district.at(HUB)) == percents(district.at(copy)) == {30, 40}
    assert doctor.digest(district.at(HUB)) == doctor.digest(district.at(copy))
    enter(district.at(HUB), SHARED, percent=50)
    take(district, copy, *district.written(HUB).values())
    assert percents(district.at(copy)) == {50}
