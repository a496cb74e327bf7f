"""What is held of one log while the segments of a package are taken in: read once, and grown with each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from desktop.store.journal import FactRow, Journal


@dataclass(slots=True)
class HeldLog:
    """The heads held of a log by sequence number, more than one where it forks."""

    heads: dict[int, set[bytes]]
    last: int = field(init=False)
    """The greatest sequence number held, 0 for none."""
    forks: bool = field(init=False)
    """Whether two facts claim one place."""

    def __post_init__(self) -> None:
        self.last = max(self.heads, default=0)
        self.forks = any(len(found) > 1 for found in self.heads.values())

    def at(self, seq: int) -> Collection[bytes]:
        """The heads held at a place."""
        return self.heads.get(seq, ())

    def before(self, seq: int) -> int:
        """The greatest sequence number held before a place, 0 for none."""
        if self.last < seq:
            return self.last
        return max((held for held in self.heads if held < seq), default=0)

    def grow(self, facts: Sequence[FactRow]) -> None:
        """Hold facts that were not held."""
        for fact in facts:
            there = self.heads.setdefault(fact.seq, set())
            there.add(fact.head)
            self.forks = self.forks or len(there) > 1
        self.last = max(self.last, facts[-1].seq) if facts else self.last


class HeldLogs:
    """The log whose segments are being taken in; they come log by log."""

    def __init__(self) -> None:
        self._log = ""
        self._held = HeldLog({})

    def of(self, journal: Journal, log: str) -> HeldLog:
        """What is held of a log."""
        if log != self._log:
            self._log, self._held = log, HeldLog(journal.held_heads(log))
        return self._held
