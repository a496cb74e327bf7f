"""The contents of attachments held of a plan, by their SHA-256, and the facts that name them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from desktop.models.authority import Standing
from desktop.models.facts import Fact, read_line
from desktop.store.database import Connection
from desktop.store.journal import OF_PLAN


@dataclass(frozen=True, slots=True)
class Naming:
    """A fact that names a blob, and whether it counts yet (else it is held)."""

    fact: Fact
    standing: Standing


class Blobs:
    """Reading and keeping, of one plan; the caller holds the transaction for writes."""

    def __init__(self, connection: Connection, plan: str) -> None:
        self._connection = connection
        self._plan = plan

    def sizes(self) -> dict[str, int]:
        """Bytes of every blob held, by hash, in the order in which they came."""
        rows = self._connection.rows("SELECT sha256, size FROM blobs WHERE plan = ? ORDER BY id", (self._plan,))
        return {str(sha256): int(size) for sha256, size in rows}

    def content(self, sha256: str) -> bytes | None:
        """A blob, None where it is not here."""
        rows = self._connection.rows(
            "SELECT content FROM blobs WHERE plan = ? AND sha256 = ?", (self._plan, sha256)
        )
        return bytes(rows[0][0]) if rows else None

    def add(self, sha256: str, content: bytes | memoryview) -> None:
        """Keep a blob; nothing happens when it is here."""
        self._connection.run(
            "INSERT OR IGNORE INTO blobs (plan, sha256, size, content) VALUES (?, ?, ?, ?)",
            (self._plan, sha256, len(content), content),
        )

    def drop(self, hashes: Collection[str]) -> None:
        """Forget blobs."""
        self._connection.run_many(
            "DELETE FROM blobs WHERE plan = ? AND sha256 = ?", [(self._plan, sha256) for sha256 in hashes]
        )

    def namings(self) -> Iterator[Naming]:
        """The facts about attachments that count or are held, in the order in which they came here."""
        rows = self._connection.rows(
            "SELECT log, seq, head, line, standing FROM facts"
            f" WHERE kind = 'attachment' AND standing <> 'quarantined' AND {OF_PLAN} ORDER BY id",
            (self._plan,),
        )
        for log, seq, head, line, standing in rows:
            yield Naming(Fact(log, seq, head, read_line(line)[1]), Standing(standing))
