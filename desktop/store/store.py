"""The store of one data folder: journal, projections, queries and office notes over one connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.store import libraries
from desktop.store.database import Connection
from desktop.store.office import Office
from desktop.store.queries import Queries

if TYPE_CHECKING:
    from desktop.store.journal import Journal
    from desktop.store.projections import Projections


class Store:
    """An open data folder. Errors of opening: see ``Connection``."""

    def __init__(self, folder: Path) -> None:
        self._connection = Connection(folder)
        self.queries = Queries(self._connection)
        self.office = Office(self._connection)

    @cached_property
    def journal(self) -> Journal:
        """The truth; reading what is projected does without."""
        return libraries.journal(self._connection)

    @cached_property
    def projections(self) -> Projections:
        """What makes the journal ready to read."""
        return libraries.projections(self._connection, self.journal)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """One transaction over all parts."""
        with self._connection.atomic():
            yield

    @contextmanager
    def trial(self) -> Iterator[None]:
        """A transaction over all parts that is undone at its end; nothing is written anywhere."""
        with self._connection.trial():
            yield

    def rebuilt_digest(self) -> str:
        """The digest that rebuilding every projection would give; nothing is changed."""
        with self.trial():
            self.projections.rebuild()
            return self.projections.digest()

    def close(self) -> None:
        """Close the database and free the folder."""
        self._connection.close()
