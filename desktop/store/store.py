"""The store of one data folder: journal, projections, blobs, queries and office notes over one connection."""

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
    from desktop.models.covers import Covers
    from desktop.store.blobs import Blobs
    from desktop.store.coverage import Coverage, Covering
    from desktop.store.journal import Journal
    from desktop.store.projections import Projections


class Store:
    """An open data folder, bound to one of its plans; "" where it has none yet.

    ``frozen``: as it was when only that had come; then nothing but the plan's projections is to be read.
    """

    def __init__(self, connection: Connection, plan: str, frozen: Coverage | None = None) -> None:
        self._connection = connection
        self._frozen = frozen
        self.plan = plan
        self.queries = Queries(connection, plan)
        self.office = Office(connection)

    def of(self, plan: str) -> Store:
        """The same open folder bound to another plan: one connection, one transaction for all."""
        return Store(self._connection, plan)

    @cached_property
    def journal(self) -> Journal:
        """The truth; reading what is projected does without."""
        return libraries.journal(self._connection, self.plan, self._frozen)

    @cached_property
    def projections(self) -> Projections:
        """What makes the journal ready to read."""
        return libraries.projections(self._connection, self.journal, self.plan)

    @cached_property
    def blobs(self) -> Blobs:
        """The contents of attachments."""
        return libraries.blobs(self._connection, self.plan)
    def covering(self) -> Covering:
        """What lies under named log ends, as the journal is just now."""
        return libraries.covering(self._connection, self.plan, self.journal, self._frozen)

    @contextmanager
    def as_of(self, covers: Covers) -> Iterator[Store]:
        """The folder as it was when these ends were named, whatever came since; nothing is written anywhere."""
        frozen = Store(self._connection, self.plan, self.covering().coverage(covers))
        with self.trial():
            frozen.projections.rebuild()
            yield frozen

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """One transaction over all parts and plans."""
        with self._connection.atomic():
            yield

    @contextmanager
    def trial(self) -> Iterator[None]:
        """A transaction over all parts and plans that is undone at its end; nothing is written anywhere."""
        with self._connection.trial():
            yield

    def rebuilt_digest(self) -> str:
        """The digest that rebuilding every projection of the plan would give; nothing is changed."""
        with self.trial():
            self.projections.rebuild()
            return self.projections.digest()

    def close(self) -> None:
        """Close the database and free the folder."""
        self._connection.close()


def open_store(folder: Path) -> Store:
    """Open a data folder, bound to the plan one works in. Errors: see ``Connection``."""
    connection = Connection(folder)
    return Store(connection, Office(connection).current_plan())
