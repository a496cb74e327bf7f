"""What this PC keeps for itself: settings, authority held, requests, receipts, files written."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.store.database import Connection


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A signed authority entry as held."""

    id: str
    body: bytes
    public_key: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A machine that asked to be enrolled; keys in hex, ``code`` its 20 digits."""

    public_key: str
    recipient: str
    unit: str
    label: str
    code: str


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A package this PC wrote; ``written`` in unix seconds."""

    path: str
    recipient: str
    check_code: str
    facts: int
    written: int


class Office:
    """Reading and writing; the caller holds the transaction for writes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def setting(self, name: str) -> str:
        """A setting, "" when it was never set."""
        rows = self._connection.rows("SELECT value FROM settings WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else ""

    def settings(self) -> dict[str, str]:
        """Every setting."""
        return {str(name): str(value) for name, value in self._connection.rows("SELECT name, value FROM settings")}

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting."""
        self._connection.run("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (name, value))

    def add_entry(self, entry: EntryRow) -> None:
        """Hold an authority entry; nothing happens when it is held."""
        self._connection.run(
            "INSERT OR IGNORE INTO authority (id, body, public_key, signature) VALUES (?, ?, ?, ?)",
            (entry.id, entry.body, entry.public_key, entry.signature),
        )

    def entries(self) -> tuple[EntryRow, ...]:
        """All authority entries by id."""
        rows = self._connection.rows("SELECT id, body, public_key, signature FROM authority ORDER BY id")
        return tuple(EntryRow(*row) for row in rows)

    def add_request(self, request: RequestRow) -> None:
        """Remember a machine's request; its newest words count."""
        self._connection.run(
            "INSERT OR REPLACE INTO requests (public_key, recipient, unit, label, code) VALUES (?, ?, ?, ?, ?)",
            (request.public_key, request.recipient, request.unit, request.label, request.code),
        )

    def requests(self) -> tuple[RequestRow, ...]:
        """All requests by unit and code."""
        rows = self._connection.rows(
            "SELECT public_key, recipient, unit, label, code FROM requests ORDER BY unit, code"
        )
        return tuple(RequestRow(*row) for row in rows)

    def add_receipt(self, sha256: str, received: int, applied: bool, receipt: str) -> None:
        """Keep the receipt of a file (JSON)."""
        self._connection.run(
            "INSERT INTO receipts (sha256, received, applied, receipt) VALUES (?, ?, ?, ?)",
            (sha256, received, int(applied), receipt),
        )

    def receipts(self) -> tuple[str, ...]:
        """Receipts (JSON), newest first."""
        return tuple(str(row[0]) for row in self._connection.rows("SELECT receipt FROM receipts ORDER BY id DESC"))

    def applied_receipt(self, sha256: str) -> int | None:
        """When a file of this hash was imported with nothing left held (unix seconds), or None."""
        rows = self._connection.rows(
            "SELECT received FROM receipts WHERE sha256 = ? AND applied = 1 ORDER BY id LIMIT 1", (sha256,)
        )
        return int(rows[0][0]) if rows else None

    def add_written(self, written: WrittenRow) -> None:
        """Remember a package that was written."""
        self._connection.run(
            "INSERT INTO written (path, recipient, check_code, facts, written) VALUES (?, ?, ?, ?, ?)",
            (written.path, written.recipient, written.check_code, written.facts, written.written),
        )

    def written(self) -> tuple[WrittenRow, ...]:
        """Packages written, newest first."""
        rows = self._connection.rows(
            "SELECT path, recipient, check_code, facts, written FROM written ORDER BY id DESC"
        )
        return tuple(WrittenRow(*row) for row in rows)
