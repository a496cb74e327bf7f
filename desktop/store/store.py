"""The store of one data folder: journal, projections, queries and office notes over one connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.store.database import Connection
from desktop.store.journal import Journal
from desktop.store.office import Office
from desktop.store.projections import Projections
from desktop.store.queries import Queries


class _Rolled(Exception):
    """Ends a transaction that was only tried."""

    def __init__(self, digest: str) -> None:
        super().__init__()
        self.digest = digest


class Store:
    """An open data folder. Errors of opening: see ``Connection``."""

    def __init__(self, folder: Path) -> None:
        self._connection = Connection(folder)
        self.journal = Journal(self._connection)
        self.projections = Projections(self._connection, self.journal)
        self.queries = Queries(self._connection)
        self.office = Office(self._connection)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """One transaction over all parts."""
        with self._connection.atomic():
            yield

    def rebuilt_digest(self) -> str:
        """The digest that rebuilding every projection would give; nothing is changed."""
        try:
            with self.atomic():
                self.projections.rebuild()
                raise _Rolled(self.projections.digest())
        except _Rolled as rolled:
            return rolled.digest

    def close(self) -> None:
        """Close the database and free the folder."""
        self._connection.close()
