"""The named lazy loader of sqlite-utils: reading a folder needs none of it, and it costs as much as a bare window."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from desktop.store.migrations import SET, STEPS

if TYPE_CHECKING:
    from sqlite_utils import Database


def database(connection: sqlite3.Connection) -> Database:
    """sqlite-utils over an open connection, without plug-ins that somebody else installed."""
    from sqlite_utils import Database

    return Database(connection, recursive_triggers=False, execute_plugins=False)


def migrate(db: Database) -> None:
    """Take every step that is not applied yet, each in a transaction of its own."""
    from sqlite_utils.migrations import Migrations

    migrations = Migrations(SET)
    for step in STEPS:
        migrations(name=step.__name__)(step)
    migrations.apply(db)
