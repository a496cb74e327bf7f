"""An open data folder with what every service needs of it: identity, units, authority, own logs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.models.authority import Authority
from desktop.models.branches import lineage
from desktop.models.charter import Charter, settled
from desktop.models.entries import End, Grant, read_entry
from desktop.models.errors import EnvironmentTrouble, Mistake
from desktop.models.kinds import VOCABULARY, rules
from desktop.models.strict_json import BadJson, JsonValue, loads
from desktop.models.units import Unit, UnitTree
from desktop.services import libraries
from desktop.services.environment import Environment, demonstration_surroundings
from desktop.services.records import day_of, header_of
from desktop.services.units.records import tree_of
from desktop.services.views import Identity, Role
from desktop.store.database import FILE_NAME
from desktop.store.office import SeatRow
from desktop.store.store import Store, open_store

if TYPE_CHECKING:
    from desktop.exchange.authority import SignedEntry
    from desktop.exchange.keys import DeviceKeys, KeyFolder
    from desktop.exchange.segments import LogName
    from desktop.models.facts import Content
    from desktop.store.journal import FactRow
    from desktop.store.queries import RecordRow


JUDGED_BY = "judged by"
"""The setting that holds the rules by which the folder's facts were judged."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who this PC is in a plan: keys in hex, never secrets. ``root`` is the plan's first root, in which it trusts."""

    plan_id: str
    role: Role
    unit: str
    root: str
    device: str
    nonce: str
    label: str
    demonstration: bool = False


class Workspace:
    """An open data folder, bound to one of its plans. Not thread-safe: open, use and close it on one thread."""

    def __init__(self, environment: Environment, folder: Path, store: Store) -> None:
        self.environment = environment
        self.folder = folder
        self.store = store
        self._units: UnitTree | None = None
        self._charter: Charter | None = None
        self.settled = ""
        """The nonce of the incarnation that was found to be level with its marks; see traffic/incarnations.py."""
        self._active: tuple[Charter, tuple[Grant, ...]] | None = None

    def of(self, plan_id: str) -> Workspace:
        """The same open folder bound to another plan: what is done there is within the same transaction."""
        return self if plan_id == self.store.plan else Workspace(self.environment, self.folder, self.store.of(plan_id))

    def turn_to(self, plan_id: str) -> None:
        """Be bound to another plan from now on."""
        self.store = self.store.of(plan_id)
        self.settled = ""
        self.forget()

    def close(self) -> None:
        """Close the database and free the folder."""
        self.store.close()

    @property
    def keys(self) -> KeyFolder:
        """The secrets of this user."""
        return self.environment.keys

    def is_set_up(self) -> bool:
        """Whether the folder belongs to a hub or unit already."""
        return bool(self.store.plan)

    @property
    def seat(self) -> Seat:
        """Who this PC is in the plan. Raises Mistake FOLDER_NOT_SET_UP."""
        row = self.store.office.seat(self.store.plan)
        if row is None:
            raise Mistake(
                "FOLDER_NOT_SET_UP", "Thư mục dữ liệu này chưa có kế hoạch nào.",
                "Nếu dữ liệu nằm trên USB, hãy cắm lại USB; nếu chưa thiết lập, hãy làm đơn vị tổng hợp (setup hub) "
                "hoặc mở tệp khởi tạo (setup unit).",
            )
        return _seat(row)

    def seats(self) -> tuple[Seat, ...]:
        """Who this PC is in each plan of the folder, in the order in which they came."""
        return tuple(_seat(row) for row in self.store.office.seats())

    def take_seat(self, seat: Seat) -> Workspace:
        """Remember who this PC is in one more plan, and give the folder bound to it; the caller holds the transaction.

        The first plan of a folder is the one worked in.
        """
        self.store.office.add_seat(SeatRow(
            seat.plan_id, seat.role.value, seat.unit, seat.root, seat.device, seat.nonce, seat.label,
            seat.demonstration,
        ))
        if not self.store.office.current_plan():
            self.store.office.set_current_plan(seat.plan_id)
            self.store.office.set_setting(JUDGED_BY, rules())
        return self.of(seat.plan_id)

    @property
    def person(self) -> str:
        """*Người nhập*: who works at this PC now."""
        return self.store.office.setting("person") or "Người nhập 1"

    def now(self) -> int:
        """The claimed time of facts: unix seconds."""
        return int(self.environment.clock().timestamp())

    def units(self) -> UnitTree:
        """The unit tree as the plan's owner issued it."""
        if self._units is None:
            units, collectives, words = (
                {row.record: row.body for row in self.store.queries.records(kind)}
                for kind in ("unit", "collective", "vocabulary")
            )
            self._units = tree_of(units, collectives, words.get(VOCABULARY))
        return self._units

    def forget(self) -> None:
        """Read tree and authority anew at their next use: facts about units or entries came in, or were undone."""
        self._units = self._charter = None

    def unit_named(self, name: str) -> Unit:
        """The unit of a name or alias, folded. Raises Mistake UNIT_UNKNOWN."""
        return named_unit(self.units(), name)

    def unit_name(self, unit: str) -> str:
        """The name of a unit id; an id nobody issued (yet) stands for itself."""
        return self.units().unit(unit).name if unit in self.units() else unit

    def identity(self) -> Identity:
        """Who works here, with names for showing."""
        seat = self.seat
        row = self.store.queries.record(seat.plan_id)
        body: dict[str, JsonValue] = row.body if row else {}
        return Identity(
            role=seat.role, unit_id=seat.unit, unit_name=self.unit_name(seat.unit), plan=header_of(body),
            hub_name=self.unit_name(str(body.get("hub", seat.unit))), device_label=seat.label,
            demonstration=seat.demonstration, closed=day_of(body.get("closed")),
        )

    def in_force(self, kind: str) -> tuple[RecordRow, ...]:
        """The records of a kind (rows, paragraphs, findings) that no newer version of the plan has withdrawn."""
        return tuple(row for row in self.store.queries.records(kind) if not row.body.get("withdrawn"))

    def closed(self) -> date | None:
        """The day from which the plan is read-only (*Kết thúc*), None while one works on it."""
        row = self.store.queries.record(self.store.plan)
        return day_of(row.body.get("closed")) if row else None

    def entries(self) -> tuple[SignedEntry, ...]:
        """The whole authority set held for this plan."""
        return libraries.entries(self)

    def add_entry(self, entry: SignedEntry) -> None:
        """Hold one more authority entry; the caller holds the transaction."""
        libraries.add_entry(self, entry)
        self._charter = None

    def charter(self) -> Charter:
        """What the authority set held for this plan says."""
        if self._charter is None:
            rows = self.store.office.entries(self.store.plan)
            entries = [read_entry(row.id, row.public_key.hex(), loads(row.body)) for row in rows]
            self._charter = settled(entries, self.seat.root, self.store.plan)
        return self._charter

    def own_scopes(self) -> frozenset[str]:
        """The units this machine may write for, each with all below it."""
        seat = self.seat
        return frozenset(grant.unit for grant in self.grants() if grant.device == seat.device) | {seat.unit}

    def writes_for(self, unit: str) -> bool:
        """Whether a unit lies within what this machine may write for."""
        return any(self.units().is_within(unit, scope) for scope in self.own_scopes())

    def grants(self) -> tuple[Grant, ...]:
        """Every open grant held for this plan."""
        charter = self.charter()
        if self._active is None or self._active[0] is not charter:
            self._active = charter, charter.active()
        return self._active[1]

    def authority(self) -> Authority:
        """Who may write what, under all entries, the tree and the facts held."""
        lines: dict[tuple[str, bytes], frozenset[bytes]] = {}

        def leads(log: str, head: bytes, end: End) -> bool:
            if (log, end.head) not in lines:
                before = {own: prev for prev, own in self.store.journal.links(log)}
                lines[log, end.head] = frozenset(lineage(end.head, before))
            return head in lines[log, end.head]

        return Authority(self.seat.plan_id, self.charter(), self.units().is_within, leads)

    def device_keys(self) -> DeviceKeys:
        """This machine's keys; asks for the passphrase when they are not open yet."""
        return self.keys.load(bytes.fromhex(self.seat.device))

    def identities(self) -> tuple[str, ...]:
        """The age identities that open files sent here, whatever their plan."""
        _ = self.seat
        return libraries.identities(self)

    def opens_unasked(self) -> bool:
        """Whether files can be opened without asking anybody for the passphrase."""
        return all(self.keys.is_open(bytes.fromhex(seat.device)) for seat in self.seats())

    def own_log(self, audience: str) -> LogName:
        """The log this machine writes for an audience."""
        return libraries.own_log(self, audience)

    def append(self, audience: str, contents: Sequence[Content]) -> tuple[FactRow, ...]:
        """Append facts to an own log and project them; the caller holds the transaction.

        Raises Mistake PLAN_CLOSED: a plan that was ended takes acknowledgements and its reopening only.
        """
        return libraries.append(self, audience, contents)


def _seat(row: SeatRow) -> Seat:
    return Seat(
        row.plan, Role(row.role), row.unit, row.root, row.device, row.nonce, row.label, row.demonstration
    )


def named_unit(tree: UnitTree, name: str) -> Unit:
    """The unit of a name or alias, folded. Raises Mistake UNIT_UNKNOWN."""
    unit = tree.find(name)
    if unit is None:
        raise Mistake(
            "UNIT_UNKNOWN", f"Không có đơn vị “{name}” trong danh sách đơn vị của kế hoạch.",
            "Hãy kiểm tra lại tên, ví dụ “Phường Bồ Đề”, “UB MTTQ quận”.",
        )
    return unit


def is_data_folder(folder: Path) -> bool:
    """Whether somebody's data are kept in a folder; nothing is opened or made."""
    return (folder / FILE_NAME).is_file()


@contextmanager
def workspace(environment: Environment, folder: Path) -> Iterator[Workspace]:
    """An open workspace that is closed at the end."""
    opened = open_workspace(environment, folder)
    try:
        yield opened
    finally:
        opened.close()


def _judge_anew(ws: Workspace) -> None:
    """Count what the program knows now; where a full disk or a damaged line forbids it, the folder opens as it is."""
    try:
        libraries.judge_anew(ws)
    except (EnvironmentTrouble, BadJson):
        # It waits for the next opening, and the doctor tells of damage.
        ws.forget()


def open_workspace(environment: Environment, folder: Path) -> Workspace:
    """Open a data folder, made where missing; after an update of the program what it now knows counts.

    A demonstration folder that holds its own keys has its own day and passphrase, however it is opened. Raises
    EnvironmentTrouble (see ``desktop.store.database``).
    """
    with ExitStack() as opening:
        store = open_store(folder)
        opening.callback(store.close)
        seat = store.office.seat(store.plan)
        surroundings = demonstration_surroundings(environment, folder)
        staged = seat is not None and seat.demonstration and surroundings.keys_folder.is_dir()
        ws = Workspace(surroundings if staged else environment, folder, store)
        if ws.is_set_up() and store.office.setting(JUDGED_BY) != rules():
            _judge_anew(ws)
        opening.pop_all()
    return ws

