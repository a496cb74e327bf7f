"""Offices, files and mishaps for the exchange machine, and beside them a model that knows no code of ours.

Two PCs of the hub and two in each of three units, real folders, real keys, real files. The model knows which values
each folder and each file holds, and what each value replaced when it was entered.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum
from itertools import count
from pathlib import Path

from desktop.exchange import keys as key_files
from desktop.exchange.hashes import code_of
from desktop.exchange.package import pack
from desktop.exchange.segments import LogName, seal
from desktop.models.closing import Closing
from desktop.models.errors import Mistake
from desktop.models.facts import Content, make_line
from desktop.models.record_ids import report_record
from desktop.services import closing, doctor, figures, reporting, submitting
from desktop.services.environment import RESOURCES, Environment
from desktop.services.plan.commenting import add_comment, comments
from desktop.services.plan.correcting import correct, shown_now
from desktop.services.settling import clashes
from desktop.services.traffic import enrolling, exchanging, machines, spare
from desktop.services.traffic.exchanging import PEERS
from desktop.services.traffic.views import Outcome, Receipt
from desktop.services.views import ReadingField
from desktop.services.workspace import Workspace, open_workspace
from desktop.store.database import FILE_NAME
from tests.next_year import write_next_plan
from tests.offices import Clock, RandomBytes

HUB = "UB MTTQ quận"
WARDS = ("Phường Bồ Đề", "Phường Ngọc Lâm", "Phường Gia Thụy")
HUBS = ("H1", "H2")
UNIT_OF = {f"{letter}{number}": ward for letter, ward in zip("ABC", WARDS, strict=True) for number in (1, 2)}
PERIOD = "2023-Q3"
ITEMS = ("II/1", "II/2")
EVERYBODY = ""
PLACES = tuple((item, ward) for item in ITEMS for ward in WARDS)
Place = tuple[str, str]
"""(item path, unit's name): a report's result, into which every value is written once and never again."""


@dataclass
class Tick:
    """Each PC has a clock of its own, which may be wrong."""

    clock: Clock
    off: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        self.clock.now += timedelta(seconds=1)
        return self.clock.now + self.off


class Kind(Enum):
    """What a value is: a report's result, a comment (nothing is ever replaced), a corrected title (for everybody)."""

    RESULT = "result"
    COMMENT = "comment"
    TITLE = "title"


@dataclass
class Value:
    """A value somebody entered, where and on which machine, and what it replaced: what was shown there just then."""

    words: str
    kind: Kind
    place: Place
    device: str
    replaced: frozenset[str]


@dataclass
class Office:
    """A folder at work. ``held``: the words of the values in it."""

    name: str
    folder: Path
    environment: Environment
    tick: Tick
    unit: str
    held: set[str] = field(default_factory=set)
    ws: Workspace | None = None

    @property
    def is_hub(self) -> bool:
        return self.unit == HUB

    def at(self) -> Workspace:
        """The open workspace."""
        if self.ws is None:
            self.ws = open_workspace(self.environment, self.folder)
        return self.ws

    def close(self) -> None:
        if self.ws is not None:
            self.ws.close()
            self.ws = None

    @property
    def device(self) -> str:
        return self.at().seat.device


@dataclass
class Parcel:
    """A file under way: who can open it, for whom it is meant, and the words of the values in it."""

    path: Path
    sender: str
    readers: frozenset[str]
    meant: frozenset[str]
    carries: frozenset[str]


def cheap_keys() -> Callable[[], None]:
    """Locks of key files as weak as may be: the machine opens hundreds. Gives what undoes it."""
    before = key_files._OPS, key_files._MEMORY
    key_files._OPS, key_files._MEMORY = 1, 8192

    def undo() -> None:
        key_files._OPS, key_files._MEMORY = before

    return undo


class World:
    """Everything there is in one schedule, under a folder that is thrown away afterwards."""

    def __init__(self, template: Path, root: Path) -> None:
        self.root = root
        self.clock = Clock()
        self.number = count()
        self.values: dict[str, Value] = {}
        self.parcels: list[Parcel] = []
        self.snapshots: list[tuple[str, Path, frozenset[str]]] = []
        self.retired: dict[str, frozenset[str]] = {}
        """Device -> the words of its values that count."""
        self.writes_for: dict[str, set[str]] = {ward: {ward} for ward in WARDS}
        self.merged: set[str] = set()
        self.forged: set[tuple[str, str]] = set()
        """(unit whose machine lied, unit for which)."""
        self.root_at = "H1"
        self.closed: dict[str, str] = {}
        """Record of a closing -> the hash of the figures that were closed."""
        self.spare = template / "mã.txt"
        if template.exists():
            shutil.copytree(template, root, dirs_exist_ok=True)
        self.offices = {name: self._office(name, HUB) for name in HUBS}
        self.offices |= {name: self._office(name, ward) for name, ward in UNIT_OF.items()}

    def _office(self, name: str, unit: str, keys: Path | None = None) -> Office:
        tick = Tick(self.clock)
        environment = Environment(
            clock=tick, resources=RESOURCES, keys_folder=keys or self.root / f"khóa {name}",
            passphrase=lambda _new: "mật khẩu", random=RandomBytes(f"{self.root.name} {name}"),
        )
        return Office(name, self.root / name, environment, tick, unit)

    def found(self) -> None:
        """The hub, its second PC, the units' PCs; all enrolled, the spare sealed."""
        hub = self.offices["H1"]
        plan = write_next_plan(self.root, number="160-KH/QU", year=2023)
        enrolling.setup_hub(hub.environment, hub.folder, HUB, plan)
        starter = enrolling.write_starter(hub.at(), self.root).path
        code = enrolling.own_code(hub.at())
        for office in self.offices.values():
            if office.name == "H2":
                enrolling.setup_hub_machine(office.environment, office.folder, starter, code)
            elif not office.is_hub:
                enrolling.setup_unit(office.environment, office.folder, office.unit, starter, code)
            if office is not hub:
                exchanging.import_files(hub.at(), [exchanging.write_packages(office.at(), self.out())[0].path])
        enrolling.approve(hub.at(), None)
        for _ in range(2):
            self.exchange_everything()
        done = spare.seal(hub.at(), self.root)
        (self.root / "mã.txt").write_text(done.code, encoding="utf-8")
        self.close()
        shutil.rmtree(self.root / "tệp")

    def close(self) -> None:
        for office in self.offices.values():
            office.close()

    def out(self) -> Path:
        """A new folder for files."""
        made = self.root / "tệp" / str(next(self.number))
        made.mkdir(parents=True)
        return made

    # What people do

    def enter(self, name: str, place: Place) -> None:
        """Somebody at an office writes a new value over what is shown there."""
        office = self.offices[name]
        if office.device in self.retired or (not office.is_hub and place[1] not in self.may_write(office)):
            return
        words = f"giá trị {next(self.number)}"
        ws = office.at()
        item, unit = reporting.item_at(ws, place[0]), ws.unit_named(place[1]).id
        reporting.enter(ws, item, unit, PERIOD, {"result": words}, reporting.shown_now(ws, item, unit, PERIOD))
        self._note(office, Value(words, Kind.RESULT, place, office.device, self.current(office.held, place)))

    def comment(self, name: str, item: str) -> None:
        """A unit asks about a row."""
        office = self.offices[name]
        if office.device in self.retired or office.is_hub:
            return
        words, ws = f"ý kiến {next(self.number)}", office.at()
        add_comment(ws, reporting.item_at(ws, item), "", words)
        unit = ws.unit_name(ws.seat.unit)
        self._note(office, Value(words, Kind.COMMENT, (item, unit), office.device, frozenset()))

    def correct(self, name: str, item: str) -> None:
        """A PC of the hub corrects a row's title; the printed text stays."""
        office = self.offices[name]
        if office.device in self.retired or not office.is_hub:
            return
        words, ws = f"Tên {next(self.number)}", office.at()
        record = reporting.item_at(ws, item)
        correct(ws, record, ReadingField.TITLE, words, shown_now(ws, record))
        place = (item, EVERYBODY)
        self._note(office, Value(words, Kind.TITLE, place, office.device, self.current(office.held, place, Kind.TITLE)))

    def submit(self, name: str) -> None:
        """A unit submits what it holds of its period; where nothing changed since, it is told so."""
        office = self.offices[name]
        if not office.is_hub and office.device not in self.retired:
            with suppress(Mistake):
                submitting.submit(office.at(), PERIOD, reason="đính chính")

    def withdraw(self, name: str) -> None:
        """A unit takes its submission back, if it has one that is not accepted."""
        office = self.offices[name]
        if not office.is_hub and office.device not in self.retired:
            with suppress(Mistake):
                submitting.withdraw(office.at(), PERIOD)

    def decide(self, name: str, ward: str, *, accepts: bool) -> None:
        """A PC of the hub accepts a unit's submission or returns it."""
        office = self.offices[name]
        if office.is_hub and office.device not in self.retired:
            unit = office.at().unit_named(ward).id
            with suppress(Mistake):
                if accepts:
                    submitting.accept(office.at(), unit, PERIOD)
                else:
                    submitting.send_back(office.at(), unit, PERIOD, "Bổ sung")

    def close_period(self, name: str, *, reopens: bool) -> None:
        """A PC of the hub closes the figures of the period, or opens them again."""
        office = self.offices[name]
        if not office.is_hub or office.device in self.retired:
            return
        ws = office.at()
        with suppress(Mistake):
            if reopens:
                closing.reopen(ws, PERIOD, "Thiếu số liệu")
            else:
                closing.close(ws, PERIOD)
                known = closing.versions(ws, PERIOD)
                made = next(one.closing for one in known if one.closing.record not in self.closed)
                self.closed[made.record] = self.figures(ws, made)

    @staticmethod
    def figures(ws: Workspace, version: Closing) -> str:
        """The hash of the plan and the figures as they were closed."""
        with closing.as_closed(ws, version) as then:
            return hashlib.sha256(repr((
                figures.counted_reports(then), then.store.queries.records("node"), then.store.queries.records("duty"),
            )).encode()).hexdigest()

    def _note(self, office: Office, value: Value) -> None:
        self.values[value.words] = value
        office.held.add(value.words)

    def may_write(self, office: Office) -> set[str]:
        """The units an office writes for, as far as it has heard."""
        ws = office.at()
        return {ward for ward in WARDS if ws.writes_for(ws.unit_named(ward).id)}

    def write(self, name: str) -> None:
        """An office writes its files."""
        office = self.offices[name]
        open_to = self._open_to(office)
        for package in exchanging.write_packages(office.at(), self.out()):
            readers = open_to[package.recipient]
            audiences = {self.offices[reader].unit for reader in readers}
            units = set(WARDS) if audiences <= {HUB} or package.recipient == PEERS else {
                unit for ward in audiences - {HUB} for unit in self.writes_for[ward]
            }
            if package.recipient == "Tất cả đơn vị":
                units = set()
            carries = {words for words in office.held if self.values[words].place[1] in units | {EVERYBODY}}
            wards = frozenset(one for one in readers if not self.offices[one].is_hub)
            meant = wards if package.recipient in WARDS else frozenset(readers - wards)
            self.parcels.append(Parcel(package.path, name, frozenset(readers), meant, frozenset(carries)))

    def _open_to(self, office: Office) -> Mapping[str, set[str]]:
        """By recipient in words the offices that can open the file: those whose machines the sender knows as open."""
        ws = office.at()
        open_devices = {grant.device for grant in ws.grants()} | {office.device}
        live = {one.name for one in self.offices.values() if one.device in open_devices}
        hubs = {one for one in live if self.offices[one].is_hub}
        if not office.is_hub:
            return {ws.identity().hub_name: hubs | {office.name}}
        per_unit = {ward: {one for one in live if self.offices[one].unit == ward} | hubs for ward in WARDS}
        return {"Tất cả đơn vị": live, PEERS: hubs, **per_unit}

    def deliver(self, at: int, receiver: str) -> None:
        """A file arrives; checking it said the same before."""
        if not self.parcels:
            return
        parcel, office = self.parcels[at % len(self.parcels)], self.offices[receiver]
        before = self.database(office)
        checked = exchanging.check_file(office.at(), parcel.path)
        assert self.database(office) == before, "checking writes nothing"
        assert told(self.take(parcel, receiver, before)) == told(checked)

    def deliver_where_it_belongs(self, at: int) -> None:
        """A file arrives at one of those it is meant for."""
        if self.parcels and (meant := sorted(self.parcels[at % len(self.parcels)].meant)):
            self.deliver(at, meant[at % len(meant)])

    def take(self, parcel: Parcel, receiver: str, before: str = "") -> Receipt:
        """A file is imported; one that is not for this office is refused and changes nothing."""
        office = self.offices[receiver]
        (receipt,) = exchanging.import_files(office.at(), [parcel.path]).receipts
        if receiver not in parcel.readers:
            # Also by the reading key of the hub role, which a machine of the hub may hold though it was retired.
            if receipt.outcome is Outcome.REFUSED:
                assert receipt.reason == "PKG_NOT_FOR_US", receipt
                assert not before or self.database(office) == before, "a refused file changes nothing"
                return receipt
        assert receipt.outcome in (Outcome.IMPORTED, Outcome.ALREADY_HAD, Outcome.HELD), receipt
        readable = {*(WARDS if office.is_hub else self.readable(office)), EVERYBODY}
        office.held |= {words for words in parcel.carries if self.values[words].place[1] in readable}
        return receipt

    def readable(self, office: Office) -> set[str]:
        """The units whose reports an office may read, as far as it has heard."""
        ws = office.at()
        scopes = {ws.unit_name(unit) for unit in ws.own_scopes()}
        return {ward for ward in WARDS if ward in scopes}

    # What goes wrong

    def damage(self, at: int, receiver: str, how: int) -> None:
        """A file arrives broken: it is refused and changes nothing."""
        if not self.parcels:
            return
        data = bytearray(self.parcels[at % len(self.parcels)].path.read_bytes())
        place = how % len(data)
        kinds: tuple[bytes, ...] = (
            bytes(data[:place]), bytes(data) + b"\x00", bytes(data[:place]) + bytes(len(data) - place),
            bytes(data[:place]) + bytes([data[place] ^ 1]) + bytes(data[place + 1:]),
        )
        broken = kinds[how % len(kinds)]
        if broken == bytes(data):
            return
        path = self.out() / "hỏng.sotiendo"
        path.write_bytes(broken)
        office = self.offices[receiver]
        before = self.database(office)
        (receipt,) = exchanging.import_files(office.at(), [path]).receipts
        assert receipt.outcome is Outcome.REFUSED, receipt
        assert self.database(office) == before

    def forge(self, name: str, place: Place, receiver: str) -> None:
        """A unit's machine signs a value for another unit: it is kept, and counts nowhere."""
        liar, office = self.offices[name], self.offices[receiver]
        ws = liar.at()
        if liar.is_hub or place[1] in self.writes_for[liar.unit] or not office.is_hub or liar.device in self.retired:
            return
        self.forged.add((liar.unit, place[1]))
        content = Content(0, "kẻ lạ", "report", report_record(
            reporting.item_at(ws, place[0]), ws.unit_named(place[1]).id, PERIOD
        ), {"result": "bịa"}, {})
        nonce = next(self.number).to_bytes(16, "big")
        log = LogName(bytes.fromhex(liar.device), nonce, ws.seat.plan_id, ws.seat.unit)
        segment = seal(log, 1, (make_line(1, content),), log.first_head, ws.device_keys())
        address = exchanging._addresses(ws)[0]
        contents = replace(exchanging._contents(ws, address), segments=(segment,))
        path = self.out() / "bịa.sotiendo"
        path.write_bytes(pack(contents, ws.device_keys(), ()))
        (receipt,) = exchanging.import_files(office.at(), [path]).receipts
        assert receipt.quarantined == 1, receipt

    def set_clock(self, name: str, days: int) -> None:
        """The clock of a PC is wrong from now on."""
        self.offices[name].tick.off = timedelta(days=days)

    def snapshot(self, name: str) -> None:
        """A backup of a folder, keys not in it."""
        office = self.offices[name]
        office.close()
        kept = self.out() / "sao lưu"
        shutil.copytree(office.folder, kept)
        self.snapshots.append((name, kept, frozenset(office.held)))

    def restore(self, at: int) -> None:
        """A folder is put back as a backup has it."""
        if not self.snapshots:
            return
        name, kept, held = self.snapshots[at % len(self.snapshots)]
        office = self.offices[name]
        office.close()
        shutil.rmtree(office.folder)
        shutil.copytree(kept, office.folder)
        office.held = set(held)

    def clone(self, name: str) -> None:
        """A disk is copied with its keys: from now on two PCs write as one."""
        copy = f"{name} chép"
        if copy in self.offices or " " in name:
            return
        office = self.offices[name]
        office.close()
        shutil.copytree(office.folder, self.root / copy)
        made = self._office(copy, office.unit, office.environment.keys_folder)
        made.held = set(office.held)
        self.offices[copy] = made

    def crash(self, at: int, receiver: str, statement: int) -> None:
        """The program is killed in the middle of taking a file in; afterwards all of it is there or nothing."""
        if not self.parcels:
            return
        office = self.offices[receiver]
        parcel = self.parcels[at % len(self.parcels)]
        before = self.digest(office)
        office.close()
        child = os.fork()
        if not child:
            self._die_importing(office, parcel, statement)
        os.waitpid(child, 0)
        if self.digest(office) != before:
            # All of it is there, then.
            self.deliver(at, receiver)
        assert doctor.examine(office.at()).ok

    def _die_importing(self, office: Office, parcel: Parcel, statement: int) -> None:
        """In a child of its own: import, and be killed at the so-manieth statement."""
        try:
            ws = office.at()
            left = count()
            ws.store._connection._sqlite.set_trace_callback(
                lambda _sql: os.kill(os.getpid(), signal.SIGKILL) if next(left) == statement else None
            )
            exchanging.import_files(ws, [parcel.path])
        finally:
            os._exit(0)

    # What the hub decides

    def retire(self, name: str) -> None:
        """The holder of the root retires a machine: what it has of it counts, what comes later does not."""
        office, holder = self.offices[name], self.offices[self.root_at]
        colleagues = [
            one for one in self.offices.values()
            if one.unit == office.unit and one.device != office.device and one.device not in self.retired
        ]
        if office.device in self.retired or office.device == holder.device or not colleagues:
            return
        machines.retire(holder.at(), code_of(bytes.fromhex(office.device)))
        self.retired[office.device] = frozenset(
            words for words in holder.held if self.values[words].device == office.device
        )

    def merge(self, merged: str, successor: str) -> None:
        """A unit becomes part of another: its successor's machines write for it too, its own are retired."""
        if merged == successor or self.merged & {merged, successor} or (successor, merged) in self.forged:
            # Whoever is trusted with a unit has its word counted, also what came late.
            return
        holder = self.offices[self.root_at]
        for device in {one.device for one in self.offices.values() if one.unit == successor} - self.retired.keys():
            machines.entrust(holder.at(), code_of(bytes.fromhex(device)), merged)
        for device in {one.device for one in self.offices.values() if one.unit == merged} - self.retired.keys():
            machines.retire(holder.at(), code_of(bytes.fromhex(device)))
            self.retired[device] = frozenset(words for words in holder.held if self.values[words].device == device)
        self.writes_for[successor].add(merged)
        self.merged |= {merged, successor}

    def open_spare(self) -> None:
        """The second PC of the hub opens the spare: what the first still issues counts nowhere."""
        second = self.offices["H2"]
        if self.root_at == "H2" or second.device in self.retired:
            return
        (file,) = self.root.glob("*.khoa-du-phong")
        spare.open_on_hub(second.at(), file, self.spare.read_text(encoding="utf-8"))
        self.root_at = "H2"

    # What must be so

    def current(self, held: set[str], place: Place, kind: Kind = Kind.RESULT) -> frozenset[str]:
        """The values of a place that count and that none that counts replaced, of those held."""
        counting = {
            words for words in held
            if (self.values[words].place, self.values[words].kind) == (place, kind) and self.counts(words)
        }
        gone = {old for words in counting for old in self.values[words].replaced}
        return frozenset(counting - gone)

    def counts(self, words: str) -> bool:
        """Whether a value's machine may write it, by all that was decided."""
        device = self.values[words].device
        return device not in self.retired or words in self.retired[device]

    def exchange_everything(self) -> None:
        """As offices do: everybody sends to the hub's PCs, they to one another, then to everybody."""
        live = [one for one in self.offices.values() if not self._is_out(one)]
        for sender in [one for one in live if not one.is_hub] + [one for one in live if one.is_hub]:
            first = len(self.parcels)
            self.write(sender.name)
            for parcel in self.parcels[first:]:
                # A hub's file for a unit can be read by the hub's PCs too, and the common file by everybody; each gets
                # what is meant for it.
                for reader in sorted(parcel.meant - {sender.name}):
                    self.take(parcel, reader)

    def _is_out(self, office: Office) -> bool:
        return office.device in self.retired

    def agree(self) -> None:
        """After everything was exchanged: nothing lost, nothing invented, nothing overwritten, everybody the same."""
        live = [one for one in self.offices.values() if not self._is_out(one)]
        hubs = [one for one in live if one.is_hub]
        everything = {words for one in live for words in one.held}
        for hub in hubs:
            assert hub.held >= {words for words in everything if self.counts(words)}, "the model's own sums"
        for office in live:
            self.shows_what_it_holds(office)
            assert doctor.examine(office.at()).ok, office.name
        for group in (hubs, *([one for one in live if one.unit == ward] for ward in WARDS)):
            assert len({doctor.digest(one.at()) for one in group}) <= 1, [one.name for one in group]

    def shows_what_it_holds(self, office: Office) -> None:
        """Values and conflicts of every place are the model's, and no others."""
        ws = office.at()
        lines = {(line.item_path, line.unit_name): line.report for line in reporting.report_lines(ws)}
        for place in PLACES:
            wanted = self.current(office.held, place)
            report = lines.get(place)
            found: set[object] = set()
            if report is not None and "result" in report.conflicts:
                found = {one["value"] for one in reporting.rivals(ws, report)["result"]}
            elif report is not None and report.result:
                found = {report.result}
            assert found == wanted, (office.name, place, found, wanted)
        if office.is_hub:
            self._closed_figures_stand(ws)
        for item in ITEMS:
            self._shows_titles_and_comments(ws, office, item)
        if office.is_hub:
            torn = {place for place in PLACES if len(self.current(office.held, place)) > 1}
            assert {(one.path, one.unit_name) for one in clashes(ws)} == torn

    def _shows_titles_and_comments(self, ws: Workspace, office: Office, item: str) -> None:
        """A row's corrected title, flagged where two stand, and every comment on it."""
        record = reporting.item_at(ws, item)
        row = ws.store.queries.record(record)
        titles = self.current(office.held, (item, EVERYBODY), Kind.TITLE)
        assert row is not None
        assert ("title" in row.conflicts) == (len(titles) > 1), (office.name, item, titles)
        assert row.body["title"] in titles or not titles, (office.name, item, titles)
        said = {one.text for one in comments(ws, record)}
        assert said == {
            words for words in office.held
            if (self.values[words].place[0], self.values[words].kind) == (item, Kind.COMMENT) and self.counts(words)
        }, (office.name, item)

    def _closed_figures_stand(self, ws: Workspace) -> None:
        """Every version that was closed gives the figures it gave then."""
        for one in closing.versions(ws, PERIOD):
            assert self.figures(ws, one.closing) == self.closed[one.closing.record], one.label

    def silent(self) -> None:
        """Two parties with nothing new to say stop producing packages."""
        for office in self.offices.values():
            if not self._is_out(office):
                assert exchanging.traffic(office.at()).waiting == 0, office.name

    @staticmethod
    def database(office: Office) -> str:
        """The hash of the database file."""
        return hashlib.sha256((office.folder / FILE_NAME).read_bytes()).hexdigest()

    @staticmethod
    def digest(office: Office) -> str:
        """The hash of the projected state."""
        return doctor.digest(office.at())


def told(receipt: Receipt) -> Receipt:
    """A receipt without the moment."""
    return replace(receipt, received=None)


@contextmanager
def cheaply() -> Iterator[None]:
    """Cheap locks for as long as this lasts."""
    undo = cheap_keys()
    try:
        yield
    finally:
        undo()

