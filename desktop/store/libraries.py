"""Named lazy loaders of what only writing needs: sqlite-utils, dearer than all else a start loads, and the journal."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from desktop.store.migrations import SET, STEPS

if TYPE_CHECKING:
    from sqlite_utils import Database

    from desktop.store.blobs import Blobs
    from desktop.store.coverage import Coverage, Covering
    from desktop.store.database import Connection
    from desktop.store.journal import Journal
    from desktop.store.projections import Projections


def database(connection: sqlite3.Connection) -> Database:
    """sqlite-utils over an open connection, without plug-ins that somebody else installed."""
    from sqlite_utils import Database

    return Database(connection, recursive_triggers=False, execute_plugins=False)


def migrate(db: Database) -> None:
    """Take every step that is not applied yet: all of them, or the folder stays as it was."""
    from sqlite_utils.migrations import Migrations

    migrations = Migrations(SET)
    for step in STEPS:
        migrations(name=step.__name__)(step)
    with db.atomic():
        migrations.apply(db)


def journal(connection: Connection, plan: str, frozen: Coverage | None) -> Journal:
    """A plan's journal over an open connection, as it is or as it was when only the covered had come."""
    if frozen is not None:
        from desktop.store.coverage import FrozenJournal

        return FrozenJournal(connection, plan, frozen)
    from desktop.store.journal import Journal

    return Journal(connection, plan)


def projections(connection: Connection, held: Journal, plan: str) -> Projections:
    """A plan's projections over an open connection and its journal."""
    from desktop.store.projections import Projections

    return Projections(connection, held, plan)


def blobs(connection: Connection, plan: str) -> Blobs:
    """The contents of a plan's attachments over an open connection."""
    from desktop.store.blobs import Blobs

    return Blobs(connection, plan)


def covering(connection: Connection, plan: str, held: Journal, frozen: Coverage | None) -> Covering:
    """What lies under named log ends of a plan."""
    from desktop.store.coverage import Covering

    return Covering(connection, plan, held, frozen)
