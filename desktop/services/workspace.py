"""An open data folder with what every service needs of it: identity, units, authority, own logs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.models.authority import Authority, Grant, plan_grants
from desktop.models.errors import Mistake
from desktop.models.facts import VOCABULARY
from desktop.models.strict_json import JsonValue, loads
from desktop.models.units import Unit, UnitTree
from desktop.services import libraries
from desktop.services.environment import Environment
from desktop.services.records import header_of
from desktop.services.tree_records import tree_of
from desktop.services.views import Identity, Role
from desktop.store.office import EntryRow
from desktop.store.store import Store

if TYPE_CHECKING:
    from desktop.exchange.authority import SignedEntry
    from desktop.exchange.keys import DeviceKeys, KeyFolder
    from desktop.exchange.segments import LogName
    from desktop.models.facts import Content
    from desktop.store.journal import FactRow


@dataclass(frozen=True, slots=True)
class Seat:
    """Who this PC is: keys in hex, never secrets. ``reading`` is the public key whose age key opens hub files."""

    plan_id: str
    role: Role
    unit: str
    root: str
    device: str
    nonce: str
    label: str
    reading: str
    demonstration: bool = False


_SEAT = ("plan_id", "role", "unit", "root", "device", "nonce", "label", "reading", "demonstration")


class Workspace:
    """An open data folder. Not thread-safe: open, use and close it on one thread."""

    def __init__(self, environment: Environment, folder: Path) -> None:
        self.environment = environment
        self.folder = folder
        self.store = Store(folder)
        self._units: UnitTree | None = None

    def close(self) -> None:
        """Close the database and free the folder."""
        self.store.close()

    @property
    def keys(self) -> KeyFolder:
        """The secrets of this user."""
        return self.environment.keys

    def is_set_up(self) -> bool:
        """Whether the folder belongs to a hub or unit already."""
        return bool(self.store.office.setting("plan_id"))

    @property
    def seat(self) -> Seat:
        """Who this PC is. Raises Mistake FOLDER_NOT_SET_UP."""
        settings = self.store.office.settings()
        values = {name: settings.get(name, "") for name in _SEAT}
        if not values["plan_id"]:
            raise Mistake(
                "FOLDER_NOT_SET_UP", "Thư mục dữ liệu này chưa có kế hoạch nào.",
                "Nếu dữ liệu nằm trên USB, hãy cắm lại USB; nếu chưa thiết lập, hãy làm đơn vị tổng hợp (setup hub) "
                "hoặc mở tệp khởi tạo (setup unit).",
            )
        role, demonstration = Role(values.pop("role")), values.pop("demonstration") == "1"
        return Seat(role=role, demonstration=demonstration, **values)

    def take_seat(self, seat: Seat) -> None:
        """Remember who this PC is; the caller holds the transaction."""
        for name in _SEAT:
            value = getattr(seat, name)
            self.store.office.set_setting(name, ("1" if value else "") if isinstance(value, bool) else str(value))

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

    def forget_units(self) -> None:
        """Read the tree anew at its next use: facts about units came in."""
        self._units = None

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
            demonstration=seat.demonstration,
        )

    def entries(self) -> tuple[SignedEntry, ...]:
        """The whole authority set held."""
        return libraries.entries(self)

    def add_entry(self, entry: SignedEntry) -> None:
        """Hold one more authority entry; the caller holds the transaction."""
        self.store.office.add_entry(EntryRow(entry.id, entry.body, entry.public_key, entry.signature))

    def grants(self) -> tuple[Grant, ...]:
        """Every grant held for this plan."""
        bodies = (loads(row.body) for row in self.store.office.entries())
        return plan_grants(bodies, self.seat.plan_id)

    def authority(self) -> Authority:
        """Who may write what, under all entries and the tree held."""
        return Authority(self.seat.plan_id, self.grants(), self.units().is_within)

    def device_keys(self) -> DeviceKeys:
        """This machine's keys; asks for the passphrase when they are not open yet."""
        return self.keys.load(bytes.fromhex(self.seat.device))

    def identities(self) -> tuple[str, ...]:
        """The age identities that open files sent here; a unit's machine has one, a hub's two."""
        seat = self.seat
        names = [seat.device, seat.reading] if seat.role is Role.HUB else [seat.device]
        return tuple(self.keys.load(bytes.fromhex(name)).identity for name in names)

    def own_log(self, audience: str) -> LogName:
        """The log this machine writes for an audience."""
        return libraries.own_log(self, audience)

    def append(self, audience: str, contents: Sequence[Content]) -> tuple[FactRow, ...]:
        """Append facts to an own log and project them; the caller holds the transaction."""
        return libraries.append(self, audience, contents)


def named_unit(tree: UnitTree, name: str) -> Unit:
    """The unit of a name or alias, folded. Raises Mistake UNIT_UNKNOWN."""
    unit = tree.find(name)
    if unit is None:
        raise Mistake(
            "UNIT_UNKNOWN", f"Không có đơn vị “{name}” trong danh sách đơn vị của kế hoạch.",
            "Hãy kiểm tra lại tên, ví dụ “Phường Bồ Đề”, “UB MTTQ quận”.",
        )
    return unit


@contextmanager
def workspace(environment: Environment, folder: Path) -> Iterator[Workspace]:
    """An open workspace that is closed at the end."""
    opened = open_workspace(environment, folder)
    try:
        yield opened
    finally:
        opened.close()


def open_workspace(environment: Environment, folder: Path) -> Workspace:
    """Open a data folder, made where missing. Raises EnvironmentTrouble (see ``desktop.store.database``)."""
    return Workspace(environment, folder)

