"""A walk through the real screens by visible words alone (docs/van-hanh.md), over real folders, keys and files.

A unit is enrolled, a stick is lost, a unit's PC and the hub go back to old backups, two clashing reports are settled.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services import doctor, reporting
from desktop.services.environment import RESOURCES, Environment
from desktop.services.traffic import enrolling
from desktop.services.workspace import workspace
from desktop.ui import theme
from desktop.ui.traffic import exchange
from tests.end2end.person import Person

PLAN = RESOURCES / "plans" / "long-bien-2023-160-KH-QU.txt"
NOON = datetime(2023, 9, 14, 9, 41, tzinfo=timezone(timedelta(hours=7)))
WARD = "Phường Bồ Đề"


@dataclass
class Town:
    """The PCs of the walk, and the stick that is in somebody's hand."""

    root: Path
    qtbot: QtBot
    monkeypatch: pytest.MonkeyPatch
    people: dict[str, Person] = field(default_factory=dict)
    _sticks: Iterator[int] = field(default_factory=itertools.count)
    _mails: Iterator[int] = field(default_factory=itertools.count)

    def surroundings(self, name: str) -> Environment:
        return Environment(lambda: NOON, RESOURCES, self.root / f"khóa {name}", lambda _new: "mật khẩu", os.urandom)

    def person(self, name: str) -> Person:
        """Whoever sits at a PC, switched on."""
        if name not in self.people:
            self.people[name] = Person(self.qtbot, self.surroundings(name), self.root / name)
            self.people[name].switch_on()
        return self.people[name]

    def stick(self) -> Path:
        """A new stick, which the next dialog for a folder finds."""
        made = self.root / f"usb {next(self._sticks)}"
        made.mkdir()
        self.monkeypatch.setattr(exchange, "ask_for_folder", lambda _parent, _heading: made)
        return made

    def writes(self, name: str) -> Path:
        """Somebody writes what must be sent, onto a new stick."""
        stick, person = self.stick(), self.person(name)
        person.click("Gửi – Nhận")
        person.click("Ghi tệp gửi…")
        self.qtbot.waitUntil(lambda: any(stick.glob("*.sotiendo")), timeout=60_000)
        person.rest()
        return stick

    def arrive(self, name: str, *files: Path) -> None:
        """Files come by mail, each under a name of its own, and are dropped into a window: their receipts show."""
        mails = [self.root / f"thư {next(self._mails)}.sotiendo" for _ in files]
        for file, mail in zip(files, mails, strict=True):
            shutil.copy(file, mail)
        self.person(name).drop(*mails)
        for mail in mails:
            self.person(name).sees(mail.name)

    def for_the_ward(self, stick: Path) -> Path:
        """The file on the hub's stick that its name says is the ward's."""
        return next(stick.glob("TongHop*BoDe*.sotiendo"))

    def percents(self, name: str) -> set[object]:
        """What the folder of a PC holds of the ward's first row, looked at beside the program."""
        person = self.people[name]
        person.switch_off()
        with workspace(self.surroundings(name), person.folder) as ws:
            assert doctor.examine(ws).ok
            found: set[object] = set()
            for line in reporting.report_lines(ws):
                rivals = reporting.rivals(ws, line.report).get("percent", [])
                found |= {one["value"] for one in rivals} or {line.report.percent}
        person.switch_on()
        return found

    def put_back(self, name: str, backup: Path) -> None:
        """Copy a backup over the folder, as the page says."""
        person = self.people[name]
        person.switch_off()
        shutil.rmtree(person.folder)
        shutil.copytree(backup, person.folder)
        person.switch_on()

    def backup(self, name: str) -> Path:
        person = self.people[name]
        person.switch_off()
        kept = self.root / f"sao lưu {name}"
        shutil.copytree(person.folder, kept)
        person.switch_on()
        return kept

    def end(self) -> None:
        for person in self.people.values():
            person.switch_off()


@pytest.fixture
def town(tmp_path: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """A hub that has issued the plan."""
    theme.apply(qapp, RESOURCES / "fonts", "light")
    made = Town(tmp_path, qtbot, monkeypatch)
    enrolling.setup_hub(made.surroundings("quận"), tmp_path / "quận", "UB MTTQ quận", PLAN)
    yield made
    made.end()


def enrol(town: Town, name: str) -> None:
    """A PC of the ward joins, the hub compares its code by telephone and accepts it."""
    hub, stick = town.person("quận"), town.stick()
    hub.click("Gửi – Nhận")
    letter = hub.read("Mã 20 chữ số")
    hub.click("Ghi tệp khởi tạo…")
    town.qtbot.waitUntil(lambda: any(stick.glob("*.sotiendo")), timeout=60_000)
    ward = town.person(name)
    ward.drop(next(stick.glob("*.sotiendo")))
    ward.type_into("Mã 20 chữ số in trong công văn", letter)
    ward.type_into("Tìm đơn vị", "bo de")
    ward.choose(WARD)
    ward.click("Bắt đầu làm việc")
    ward.sees("Kế hoạch 160-KH/QU")
    ward.click("Gửi – Nhận")
    read_out = ward.read("Mã 20 chữ số")
    town.arrive("quận", *town.writes(name).glob("*.sotiendo"))
    hub.sees("Máy chưa được đăng ký")
    hub.click("Tiếp nhận")
    hub.click("Đăng ký máy")
    hub.choose(read_out)
    hub.click("Chấp nhận máy")
    hub.sees("Đã chấp nhận")
    town.arrive(name, town.for_the_ward(town.writes("quận")))


@pytest.mark.timeout(900)
def test_the_walk(town: Town) -> None:
    enrol(town, "phường")
    ward, hub = town.person("phường"), town.person("quận")
    old_ward, old_hub = town.backup("phường"), town.backup("quận")

    # A stick is lost on the way; the next one brings everything.
    ward.enter("45")
    shutil.rmtree(town.writes("phường"))
    town.arrive("quận", *town.writes("phường").glob("*.sotiendo"))
    assert town.percents("quận") == {45}

    # The ward's PC goes back to an old backup; what it had sent comes back from the hub.
    last_of_the_hub = town.for_the_ward(town.writes("quận"))
    town.put_back("phường", old_ward)
    ward.click("Gửi – Nhận")
    ward.sees("cũ hơn những gì máy này đã gửi")
    assert town.percents("phường") == set()
    town.arrive("phường", last_of_the_hub)
    assert town.percents("phường") == {45}

    # So does the hub: the ward's file gives it back what it held and what it had itself written.
    last_of_the_ward = tuple(town.writes("phường").glob("*.sotiendo"))
    town.put_back("quận", old_hub)
    hub.click("Gửi – Nhận")
    hub.sees("cũ hơn những gì máy này đã gửi")
    town.arrive("quận", *last_of_the_ward)
    assert town.percents("quận") == {45}

    # A second PC of the ward; both write into one cell without knowing of one another.
    enrol(town, "phường 2")
    other = town.person("phường 2")
    ward.enter("50")
    other.enter("70")
    both = [file for one in ("phường", "phường 2") for file in town.writes(one).glob("*.sotiendo")]
    town.arrive("quận", *both)
    hub.click("Tiếp nhận")
    hub.click("Cần đối chiếu")
    hub.choose("50%")
    hub.click("Giữ giá trị 2")
    hub.sees(f"√ Tỷ lệ % của {WARD}")
    settled = town.percents("quận")
    assert len(settled) == 1
    assert settled < {50, 70}
    news = town.for_the_ward(town.writes("quận"))
    for one in ("phường", "phường 2"):
        town.arrive(one, news)
        assert town.percents(one) == settled
