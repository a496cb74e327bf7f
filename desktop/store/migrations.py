"""The named, atomic steps that bring a data folder's database to the present form."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.store.searching import TOKENIZER, indexed, place_of, searched

if TYPE_CHECKING:
    from sqlite_utils import Database

SET = "sotiendo"
"""The name of our steps among those that sqlite-utils keeps account of."""


def journal(db: Database) -> None:
    """The truth: logs, their facts byte for byte, the sealed segments, and the authority held."""
    for statement in (
        """CREATE TABLE logs (
            id TEXT PRIMARY KEY, public_key TEXT NOT NULL, nonce TEXT NOT NULL, plan_id TEXT NOT NULL,
            audience TEXT NOT NULL, own INTEGER NOT NULL) STRICT""",
        """CREATE TABLE facts (
            id INTEGER PRIMARY KEY, log TEXT NOT NULL REFERENCES logs(id), seq INTEGER NOT NULL,
            prev BLOB NOT NULL, head BLOB NOT NULL, line BLOB NOT NULL, kind TEXT NOT NULL, record TEXT NOT NULL,
            standing TEXT NOT NULL, reason TEXT NOT NULL, UNIQUE (log, seq, head)) STRICT""",
        "CREATE INDEX facts_by_record ON facts (record)",
        "CREATE INDEX facts_by_standing ON facts (standing) WHERE standing <> 'applied'",
        """CREATE TABLE segments (
            log TEXT NOT NULL REFERENCES logs(id), first INTEGER NOT NULL, count INTEGER NOT NULL,
            prev_head BLOB NOT NULL, head BLOB NOT NULL, signature BLOB NOT NULL,
            PRIMARY KEY (log, first, head)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE authority (
            id TEXT PRIMARY KEY, body BLOB NOT NULL, public_key BLOB NOT NULL, signature BLOB NOT NULL)
            STRICT, WITHOUT ROWID""",
    ):
        db.execute(statement)


def projections(db: Database) -> None:
    """What the journal says, ready to read; every table here can be dropped and rebuilt."""
    for statement in (
        """CREATE TABLE records (
            record TEXT PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL, conflicts TEXT NOT NULL,
            folded TEXT NOT NULL) STRICT, WITHOUT ROWID""",
        "CREATE INDEX records_by_kind ON records (kind)",
        """CREATE TABLE reports (
            record TEXT PRIMARY KEY, item TEXT NOT NULL, unit TEXT NOT NULL, period TEXT NOT NULL,
            body TEXT NOT NULL, shown TEXT NOT NULL, conflicts TEXT NOT NULL,
            author TEXT NOT NULL, entered INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
        "CREATE INDEX reports_by_period ON reports (period, unit)",
        """CREATE TABLE assignments (
            item TEXT NOT NULL, unit TEXT NOT NULL, leads INTEGER NOT NULL, PRIMARY KEY (item, unit))
            STRICT, WITHOUT ROWID""",
    ):
        db.execute(statement)


def office(db: Database) -> None:
    """What this PC keeps for itself: who it is, what came in, what went out."""
    for statement in (
        "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        """CREATE TABLE requests (
            public_key TEXT PRIMARY KEY, recipient TEXT NOT NULL, unit TEXT NOT NULL, label TEXT NOT NULL,
            code TEXT NOT NULL) STRICT, WITHOUT ROWID""",
        """CREATE TABLE receipts (
            id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, received INTEGER NOT NULL, applied INTEGER NOT NULL,
            receipt TEXT NOT NULL) STRICT""",
        "CREATE INDEX receipts_by_hash ON receipts (sha256)",
        """CREATE TABLE written (
            id INTEGER PRIMARY KEY, path TEXT NOT NULL, recipient TEXT NOT NULL, check_code TEXT NOT NULL,
            facts INTEGER NOT NULL, written INTEGER NOT NULL) STRICT""",
    ):
        db.execute(statement)


def plans(db: Database) -> None:
    """Several plans in one folder: projections and notes kept by plan; who this PC is, once for each plan.

    What a folder of one plan kept among its settings becomes its first seat.
    """
    for statement in (
        """CREATE TABLE seats (
            plan TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, role TEXT NOT NULL, unit TEXT NOT NULL,
            root TEXT NOT NULL, device TEXT NOT NULL, nonce TEXT NOT NULL, label TEXT NOT NULL, reading TEXT NOT NULL,
            demonstration INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
        "UPDATE settings SET name = 'plan' WHERE name = 'plan_id'",
        *_MOVED_SEAT,
        *_KEYED_PROJECTIONS,
        *_KEYED_NOTES,
    ):
        db.execute(statement)


_KEPT = "coalesce((SELECT value FROM settings WHERE name = '{}'), '')"
_SEAT = ("role", "unit", "root", "device", "nonce", "label", "reading")
_MOVED_SEAT = (
    "INSERT INTO seats (plan, number, role, unit, root, device, nonce, label, reading, demonstration)"
    f" SELECT value, 1, {', '.join(_KEPT.format(name) for name in _SEAT)}, {_KEPT.format('demonstration')} = '1'"
    " FROM settings WHERE name = 'plan'",
    f"DELETE FROM settings WHERE name IN ('demonstration', {', '.join(repr(name) for name in _SEAT)})",
)
_PLAN = _KEPT.format("plan")
_KEYED_PROJECTIONS = (
    "ALTER TABLE records RENAME TO earlier_records",
    "DROP INDEX records_by_kind",
    """CREATE TABLE records (
        plan TEXT NOT NULL, record TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, conflicts TEXT NOT NULL,
        found INTEGER, PRIMARY KEY (plan, record)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX records_by_kind ON records (plan, kind)",
    f"INSERT INTO records SELECT {_PLAN}, record, kind, body, conflicts, NULL FROM earlier_records",
    "DROP TABLE earlier_records",
    "ALTER TABLE reports RENAME TO earlier_reports",
    "DROP INDEX reports_by_period",
    """CREATE TABLE reports (
        plan TEXT NOT NULL, record TEXT NOT NULL, item TEXT NOT NULL, unit TEXT NOT NULL, period TEXT NOT NULL,
        body TEXT NOT NULL, shown TEXT NOT NULL, conflicts TEXT NOT NULL, author TEXT NOT NULL,
        entered INTEGER NOT NULL, PRIMARY KEY (plan, record)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX reports_by_period ON reports (plan, period, unit)",
    f"INSERT INTO reports SELECT {_PLAN}, record, item, unit, period, body, shown, conflicts, author, entered"
    " FROM earlier_reports",
    "DROP TABLE earlier_reports",
    "ALTER TABLE assignments RENAME TO earlier_assignments",
    """CREATE TABLE assignments (
        plan TEXT NOT NULL, item TEXT NOT NULL, unit TEXT NOT NULL, leads INTEGER NOT NULL,
        PRIMARY KEY (plan, item, unit)) STRICT, WITHOUT ROWID""",
    f"INSERT INTO assignments SELECT {_PLAN}, item, unit, leads FROM earlier_assignments",
    "DROP TABLE earlier_assignments",
)
_KEYED_NOTES = (
    "ALTER TABLE requests RENAME TO earlier_requests",
    """CREATE TABLE requests (
        plan TEXT NOT NULL, public_key TEXT NOT NULL, recipient TEXT NOT NULL, unit TEXT NOT NULL, label TEXT NOT NULL,
        code TEXT NOT NULL, PRIMARY KEY (plan, public_key)) STRICT, WITHOUT ROWID""",
    f"INSERT INTO requests SELECT {_PLAN}, public_key, recipient, unit, label, code FROM earlier_requests",
    "DROP TABLE earlier_requests",
    "ALTER TABLE authority ADD COLUMN plan TEXT NOT NULL DEFAULT ''",
    f"UPDATE authority SET plan = {_PLAN}",
    "ALTER TABLE receipts ADD COLUMN plan TEXT NOT NULL DEFAULT ''",
    f"UPDATE receipts SET plan = {_PLAN}",
    "ALTER TABLE written ADD COLUMN plan TEXT NOT NULL DEFAULT ''",
    f"UPDATE written SET plan = {_PLAN}",
)


def search(db: Database) -> None:
    """An index of the words of rows and narrative, in the order of the document; see ``desktop.store.searching``."""
    db.execute(
        "CREATE VIRTUAL TABLE search USING fts5(words, record UNINDEXED, detail = none, prefix = '1 2 3 4',"
        f' tokenize = "{TOKENIZER}")'
    )
    rows = db.execute("SELECT plan, number, record, kind, body FROM records JOIN seats USING (plan)").fetchall()
    for plan, number, record, kind, body in rows:
        fields = json.loads(body)
        words = indexed(searched(kind, fields))
        if not words:
            continue
        found = place_of(number, kind, record, fields)
        while db.execute("SELECT 1 FROM search WHERE rowid = ?", (found,)).fetchone():
            found += 1
        db.execute("INSERT INTO search (rowid, words, record) VALUES (?, ?, ?)", (found, words, record))
        db.execute("UPDATE records SET found = ? WHERE plan = ? AND record = ?", (found, plan, record))


def machines(db: Database) -> None:
    """Machines ask to be the hub's too; the hub role's reading secret stands sealed in the entries, not beside them."""
    for statement in (
        "ALTER TABLE requests ADD COLUMN role TEXT NOT NULL DEFAULT 'unit'",
        "ALTER TABLE seats DROP COLUMN reading",
    ):
        db.execute(statement)


def talk(db: Database) -> None:
    """Acknowledgements and what else is about the exchange itself is found without reading every fact."""
    db.execute(
        "CREATE INDEX facts_by_talk ON facts (kind, log)"
        " WHERE kind = 'seen' OR kind = 'continues' OR kind = 'notice'"
    )


def attachments(db: Database) -> None:
    """The contents of attachments, by plan and hash; the facts that name them are found without reading the others."""
    for statement in (
        """CREATE TABLE blobs (
            id INTEGER PRIMARY KEY, plan TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
            content BLOB NOT NULL, UNIQUE (plan, sha256)) STRICT""",
        "CREATE INDEX facts_by_attachment ON facts (log) WHERE kind = 'attachment'",
    ):
        db.execute(statement)


STEPS: tuple[Callable[[Database], None], ...] = (
    journal, projections, office, plans, search, machines, talk, attachments,
)
"""All steps in order; a step once released is never changed, its name neither."""


def applied(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The names of the steps a database has taken, in order; read where sqlite-utils keeps them."""
    kept = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'"
    if not connection.execute(kept).fetchone()[0]:
        return ()
    rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid", (SET,))
    return tuple(str(row[0]) for row in rows)
