"""What this PC keeps for itself: settings, its seat in each plan, authority held, requests, receipts, files written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.store.database import Connection


@dataclass(frozen=True, slots=True)
class SeatRow:
    """Who this PC is in a plan: keys in hex, never secrets; ``role`` "hub" or "unit"."""

    plan: str
    role: str
    unit: str
    root: str
    device: str
    nonce: str
    label: str
    demonstration: bool


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A signed authority entry as held for a plan."""

    plan: str
    id: str
    body: bytes
    public_key: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A machine that asked to be enrolled as ``role`` "hub" or "unit"; keys in hex, ``code`` its 20 digits."""

    public_key: str
    recipient: str
    unit: str
    label: str
    code: str
    role: str


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A package this PC wrote; ``written`` in unix seconds."""

    path: str
    recipient: str
    check_code: str
    facts: int
    written: int


_CURRENT = "plan"
_SETTINGS, _SEATS = "settings", "seats"
"""What is read once (``Connection.once``)."""
_SEAT = "plan, role, unit, root, device, nonce, label, demonstration"


class Office:
    """Reading and writing for the whole folder; the caller holds the transaction for writes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def setting(self, name: str) -> str:
        """A setting, "" when it was never set."""
        return self.settings().get(name, "")

    def settings(self) -> Mapping[str, str]:
        """Every setting."""
        return self._connection.once(_SETTINGS, self._read_settings)

    def _read_settings(self) -> Mapping[str, str]:
        return {str(name): str(value) for name, value in self._connection.rows("SELECT name, value FROM settings")}

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting."""
        self._connection.forget(_SETTINGS)
        self._connection.run("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (name, value))

    def current_plan(self) -> str:
        """The plan one works in, "" while the folder has none."""
        return self.setting(_CURRENT)

    def set_current_plan(self, plan: str) -> None:
        """Work in another plan from now on."""
        self.set_setting(_CURRENT, plan)

    def seats(self) -> tuple[SeatRow, ...]:
        """Who this PC is in each plan of the folder, in the order in which they came."""
        return self._connection.once(_SEATS, self._read_seats)

    def _read_seats(self) -> tuple[SeatRow, ...]:
        return tuple(_seat(row) for row in self._connection.rows(f"SELECT {_SEAT} FROM seats ORDER BY number"))

    def seat(self, plan: str) -> SeatRow | None:
        """Who this PC is in a plan, None in one that the folder does not have."""
        return next((seat for seat in self.seats() if seat.plan == plan), None)

    def add_seat(self, seat: SeatRow) -> None:
        """Remember who this PC is in one more plan."""
        self._connection.forget(_SEATS)
        self._connection.run(
            f"INSERT INTO seats (number, {_SEAT})"
            " SELECT coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ? FROM seats",
            (seat.plan, seat.role, seat.unit, seat.root, seat.device, seat.nonce, seat.label,
             int(seat.demonstration)),
        )

    def set_nonce(self, plan: str, nonce: str) -> None:
        """Write into new logs of a plan from now on; nonce in hex."""
        self._connection.forget(_SEATS)
        self._connection.run("UPDATE seats SET nonce = ? WHERE plan = ?", (nonce, plan))

    def set_place(self, plan: str, unit: str, label: str) -> None:
        """For which unit this machine writes in a plan and what it is called, as its grant says."""
        self._connection.forget(_SEATS)
        self._connection.run("UPDATE seats SET unit = ?, label = ? WHERE plan = ?", (unit, label, plan))

    def set_device(self, plan: str, device: str, nonce: str) -> None:
        """Be another machine in a plan from now on, writing into new logs; public key and nonce in hex."""
        self._connection.forget(_SEATS)
        self._connection.run("UPDATE seats SET device = ?, nonce = ? WHERE plan = ?", (device, nonce, plan))

    def set_demonstration(self, plan: str) -> None:
        """The plan's figures are invented."""
        self._connection.forget(_SEATS)
        self._connection.run("UPDATE seats SET demonstration = 1 WHERE plan = ?", (plan,))

    def add_entry(self, entry: EntryRow) -> None:
        """Hold an authority entry; nothing happens when it is held."""
        self._connection.run(
            "INSERT OR IGNORE INTO authority (plan, id, body, public_key, signature) VALUES (?, ?, ?, ?, ?)",
            (entry.plan, entry.id, entry.body, entry.public_key, entry.signature),
        )

    def entries(self, plan: str) -> tuple[EntryRow, ...]:
        """All authority entries held for a plan, by id."""
        rows = self._connection.rows(
            "SELECT plan, id, body, public_key, signature FROM authority WHERE plan = ? ORDER BY id", (plan,)
        )
        return tuple(EntryRow(*row) for row in rows)

    def add_request(self, plan: str, request: RequestRow) -> None:
        """Remember a machine's request in a plan; its newest words count."""
        self._connection.run(
            "INSERT OR REPLACE INTO requests (plan, public_key, recipient, unit, label, code, role)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (plan, request.public_key, request.recipient, request.unit, request.label, request.code, request.role),
        )

    def requests(self, plan: str) -> tuple[RequestRow, ...]:
        """All requests in a plan by unit and code."""
        rows = self._connection.rows(
            "SELECT public_key, recipient, unit, label, code, role FROM requests WHERE plan = ? ORDER BY unit, code",
            (plan,),
        )
        return tuple(RequestRow(*row) for row in rows)

    def add_receipt(self, plan: str, sha256: str, received: int, applied: bool, receipt: str) -> None:
        """Keep the receipt (JSON) of a file of a plan."""
        self._connection.run(
            "INSERT INTO receipts (plan, sha256, received, applied, receipt) VALUES (?, ?, ?, ?, ?)",
            (plan, sha256, received, int(applied), receipt),
        )

    def receipts(self) -> tuple[tuple[str, str], ...]:
        """(plan, receipt as JSON) of every plan's files, newest first."""
        rows = self._connection.rows("SELECT plan, receipt FROM receipts ORDER BY id DESC")
        return tuple((plan, receipt) for plan, receipt in rows)

    def receipt_of(self, sha256: str) -> str | None:
        """The last receipt (JSON) of a file of this hash that was imported with nothing left held, or None."""
        rows = self._connection.rows(
            "SELECT receipt FROM receipts WHERE sha256 = ? AND applied = 1 ORDER BY id DESC LIMIT 1", (sha256,)
        )
        return str(rows[0][0]) if rows else None

    def applied_receipt(self, sha256: str) -> int | None:
        """When a file of this hash was imported with nothing left held (unix seconds), or None."""
        rows = self._connection.rows(
            "SELECT received FROM receipts WHERE sha256 = ? AND applied = 1 ORDER BY id LIMIT 1", (sha256,)
        )
        return int(rows[0][0]) if rows else None

    def add_written(self, plan: str, written: WrittenRow) -> None:
        """Remember a package that was written of a plan."""
        self._connection.run(
            "INSERT INTO written (plan, path, recipient, check_code, facts, written) VALUES (?, ?, ?, ?, ?, ?)",
            (plan, written.path, written.recipient, written.check_code, written.facts, written.written),
        )

    def written(self, plan: str) -> tuple[WrittenRow, ...]:
        """Packages written of a plan, newest first."""
        rows = self._connection.rows(
            "SELECT path, recipient, check_code, facts, written FROM written WHERE plan = ? ORDER BY id DESC", (plan,)
        )
        return tuple(WrittenRow(*row) for row in rows)


def _seat(row: tuple[Any, ...]) -> SeatRow:
    plan, role, unit, root, device, nonce, label, demonstration = row
    return SeatRow(plan, role, unit, root, device, nonce, label, bool(demonstration))
