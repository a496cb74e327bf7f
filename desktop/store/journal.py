"""The journal of a plan: logs, facts byte for byte, sealed segments. Append-only, the truth of a data folder.

A fact's plan is that of its log.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from desktop.models.authority import Judgement, Standing
from desktop.models.branches import lineage
from desktop.models.facts import Content, Fact, Reference, read_line
from desktop.models.kinds import ABOUT_EXCHANGE
from desktop.models.written_again import once_each
from desktop.store.database import Connection

_TALK = {kind: f"kind = '{kind}'" for kind in sorted(ABOUT_EXCHANGE)}
"""Kinds as the index over them names them: SQLite uses it for these very words only."""
_NO_HEAD = "no head"
"""In a reference: begins no head at all."""
OF_PLAN = "(SELECT plan_id FROM logs WHERE logs.id = facts.log) = ?"
"""Of facts: those of a plan. A look at the log of each fact found otherwise; the few logs stay in memory."""


_FACT_ROWS = "SELECT log, seq, prev, head, line, standing, reason FROM facts"


@dataclass(frozen=True, slots=True)
class LogRow:
    """A log as the journal knows it; ``public_key`` and ``nonce`` in hex, ``own`` when this machine writes it."""

    id: str
    public_key: str
    nonce: str
    plan_id: str
    audience: str
    own: bool


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact with its bytes and standing. ``prev`` and ``head`` are 32 bytes."""

    log: str
    seq: int
    prev: bytes
    head: bytes
    line: bytes
    content: Content
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A sealed run of lines: seq ``first`` to ``first + count - 1``."""

    log: str
    first: int
    count: int
    prev_head: bytes
    head: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class UnsealedRow:
    """A fact that is in no segment yet."""

    seq: int
    prev: bytes
    head: bytes
    line: bytes
    kind: str


@lru_cache(maxsize=256)
def _content(line: bytes) -> Content:
    """What a line says; a record that is looked at, saved and projected is read once."""
    return read_line(line)[1]


class Journal:
    """Reading and appending; the caller holds the transaction. What names no log or record is about the whole plan."""

    def __init__(self, connection: Connection, plan: str) -> None:
        self._connection = connection
        self._plan = plan

    def add_log(self, log: LogRow) -> None:
        """Make a log known; nothing happens when it is."""
        self._connection.run(
            "INSERT OR IGNORE INTO logs (id, public_key, nonce, plan_id, audience, own) VALUES (?, ?, ?, ?, ?, ?)",
            (log.id, log.public_key, log.nonce, log.plan_id, log.audience, int(log.own)),
        )

    def logs(self) -> tuple[LogRow, ...]:
        """All logs by id."""
        rows = self._connection.rows(
            "SELECT id, public_key, nonce, plan_id, audience, own FROM logs WHERE plan_id = ? ORDER BY id",
            (self._plan,),
        )
        return tuple(
            LogRow(log, key, nonce, plan, audience, bool(own)) for log, key, nonce, plan, audience, own in rows
        )

    def add_facts(self, facts: Sequence[FactRow]) -> None:
        """Append facts that are not in the journal yet."""
        self._connection.run_many(
            "INSERT INTO facts (log, seq, prev, head, line, kind, record, standing, reason)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (f.log, f.seq, f.prev, f.head, f.line, f.content.kind, f.content.record,
                 f.judgement.standing.value, f.judgement.reason)
                for f in facts
            ],
        )

    def add_segment(self, segment: SegmentRow) -> None:
        """Keep a sealed segment; nothing happens when it is known."""
        self._connection.run(
            "INSERT OR IGNORE INTO segments (log, first, count, prev_head, head, signature) VALUES (?, ?, ?, ?, ?, ?)",
            (segment.log, segment.first, segment.count, segment.prev_head, segment.head, segment.signature),
        )

    def segments(self, logs: Iterable[str]) -> tuple[SegmentRow, ...]:
        """The sealed segments of the named logs, by log and place."""
        found: list[SegmentRow] = []
        for log in sorted(logs):
            rows = self._connection.rows(
                "SELECT log, first, count, prev_head, head, signature FROM segments WHERE log = ?"
                " ORDER BY first, head",
                (log,),
            )
            found.extend(SegmentRow(*row) for row in rows)
        return tuple(found)

    def lines(self, segment: SegmentRow) -> tuple[bytes, ...]:
        """The lines of a segment, walked back from its head so that a fork beside it is left out.

        Raises LookupError when some are missing, which only damage can cause.
        """
        last = segment.first + segment.count - 1
        rows = self._connection.rows(
            "SELECT head, prev, line FROM facts WHERE log = ? AND seq BETWEEN ? AND ?",
            (segment.log, segment.first, last),
        )
        by_head = {head: (prev, line) for head, prev, line in rows}
        lines: list[bytes] = []
        head = segment.head
        while len(lines) < segment.count:
            if head not in by_head:
                raise LookupError(f"{segment.log} {segment.first}-{last}")
            head, line = by_head[head]
            lines.append(line)
        return tuple(reversed(lines))

    def held_heads(self, log: str) -> dict[int, set[bytes]]:
        """Heads held of a log by sequence number; more than one where it forks."""
        held: dict[int, set[bytes]] = {}
        for seq, head in self._connection.rows("SELECT seq, head FROM facts WHERE log = ?", (log,)):
            held.setdefault(seq, set()).add(head)
        return held

    def links(self, log: str) -> tuple[tuple[bytes, bytes], ...]:
        """(head before, own head) of each fact of a log, in order of place."""
        rows = self._connection.rows("SELECT prev, head FROM facts WHERE log = ? ORDER BY seq, head", (log,))
        return tuple((prev, head) for prev, head in rows)

    def steps(self, log: str) -> tuple[tuple[int, bytes, bytes, str], ...]:
        """(place, head before, own head, kind) of each fact of a log, in order of place."""
        rows = self._connection.rows("SELECT seq, prev, head, kind FROM facts WHERE log = ? ORDER BY seq, head", (log,))
        return tuple((seq, prev, head, kind) for seq, prev, head, kind in rows)

    def holds(self, log: str, seq: int, head: bytes) -> bool:
        """Whether a fact is held."""
        rows = self._connection.rows("SELECT 1 FROM facts WHERE log = ? AND seq = ? AND head = ?", (log, seq, head))
        return bool(rows)

    def fact_at(self, log: str, seq: int, head: str) -> Fact | None:
        """The fact of a log at a place whose head begins so (hex), None where it is not held."""
        rows = self._connection.rows("SELECT head, line FROM facts WHERE log = ? AND seq = ?", (log, seq))
        found = (Fact(log, seq, own, read_line(line)[1]) for own, line in rows if own.hex().startswith(head))
        return next(found, None)

    def talk(self, kind: str) -> tuple[Fact, ...]:
        """The applied facts of one of the kinds about the exchange itself, by log and place."""
        rows = self._connection.rows(
            f"SELECT log, seq, head, line FROM facts WHERE {_TALK[kind]} AND standing = 'applied' AND {OF_PLAN}"
            " ORDER BY log, seq, head",
            (self._plan,),
        )
        return tuple(Fact(log, seq, head, read_line(line)[1]) for log, seq, head, line in rows)

    def talks(self, kind: str, log: str) -> bool:
        """Whether a log has a fact of one of the kinds about the exchange itself."""
        return bool(self._connection.rows(f"SELECT 1 FROM facts WHERE {_TALK[kind]} AND log = ? LIMIT 1", (log,)))

    def quarantined(self) -> tuple[tuple[str, int, bytes, str], ...]:
        """(log, place, head, reason code) of the facts that are not counted, by log and place."""
        rows = self._connection.rows(
            "SELECT log, seq, head, reason FROM facts"
            f" WHERE standing <> 'applied' AND standing = 'quarantined' AND {OF_PLAN} ORDER BY log, seq, head",
            (self._plan,),
        )
        return tuple((log, seq, head, reason) for log, seq, head, reason in rows)

    def forks(self, log: str) -> bool:
        """Whether two facts of a log claim one place."""
        rows = self._connection.rows(
            "SELECT 1 FROM facts WHERE log = ? GROUP BY seq HAVING count(*) > 1 LIMIT 1", (log,)
        )
        return bool(rows)

    def end(self, log: str) -> tuple[int, bytes] | None:
        """(seq, head) of the last fact of a log, or None when it is empty."""
        rows = self._connection.rows(
            "SELECT seq, head FROM facts WHERE log = ? ORDER BY seq DESC, head LIMIT 1", (log,)
        )
        return (rows[0][0], rows[0][1]) if rows else None

    def unsealed(self, log: str) -> tuple[tuple[UnsealedRow, ...], ...]:
        """The facts that no segment covers, as runs in which each follows the one before."""
        after = 0 if self.forks(log) else self._last_sealed(log)
        rows = self._connection.rows(
            "SELECT seq, prev, head, line, kind FROM facts WHERE log = ? AND seq > ? ORDER BY seq, head", (log, after)
        )
        sealed = self._sealed_heads(log) if rows and not after else set()
        runs: dict[bytes, list[UnsealedRow]] = {}
        for row in (UnsealedRow(*found) for found in rows):
            if row.head not in sealed:
                # A run is found by its last head.
                run = runs.pop(row.prev, [])
                run.append(row)
                runs[row.head] = run
        return tuple(tuple(run) for run in runs.values())

    def _last_sealed(self, log: str) -> int:
        rows = self._connection.rows(
            "SELECT coalesce(max(first + count - 1), 0) FROM segments WHERE log = ?", (log,)
        )
        return int(rows[0][0])

    def _sealed_heads(self, log: str) -> set[bytes]:
        before = {head: prev for prev, head in self.links(log)}
        return {
            head for segment in self.segments([log])
            for head in islice(lineage(segment.head, before), segment.count)
        }

    def facts_of(self, record: str) -> tuple[Fact, ...]:
        """The applied facts of a record, each once; see ``desktop.models.written_again``."""
        return self.facts_of_each((record,), {}).get(record, ())

    def facts_of_each(
        self, records: Sequence[str], known: Mapping[bytes, Content]
    ) -> dict[str, tuple[Fact, ...]]:
        """The applied facts of each record that has any, each once.

        ``known`` gives what facts say, by head, as far as their lines were read before: they are not read again.
        """
        rows = self._connection.rows(
            "SELECT record, log, seq, head, line FROM facts WHERE record IN (SELECT value FROM json_each(?))"
            f" AND standing = 'applied' AND {OF_PLAN}",
            (json.dumps(records), self._plan),
        )
        found: dict[str, list[Fact]] = {}
        for record, log, seq, head, line in rows:
            content = known.get(head) or _content(line)
            found.setdefault(record, []).append(Fact(log, seq, head, content))
        return {record: once_each(self._on_branches(facts)) for record, facts in found.items()}

    def facts_within(self, record: str, counts: Callable[[str, int, bytes], bool]) -> tuple[Fact, ...]:
        """The facts of a record whose place (log, seq, head) counts, whatever became of them since."""
        rows = self._connection.rows(
            f"SELECT log, seq, head, line FROM facts WHERE record = ? AND {OF_PLAN}", (record, self._plan)
        )
        facts = [Fact(log, seq, head, _content(line)) for log, seq, head, line in rows if counts(log, seq, head)]
        return once_each(self._on_branches(facts))

    def wall(self, log: str, seq: int, head: bytes) -> int | None:
        """The claimed time of one fact, unix seconds; None where it is not held."""
        rows = self._connection.rows("SELECT line FROM facts WHERE log = ? AND seq = ? AND head = ?", (log, seq, head))
        return read_line(rows[0][0])[1].wall if rows else None

    def _on_branches(self, facts: Sequence[Fact]) -> tuple[Fact, ...]:
        """The facts of a record, each naming what its own branch has where two of them claim a place."""
        if len({(fact.log, fact.seq) for fact in facts}) == len(facts):
            return tuple(facts)
        places = Counter((fact.log, fact.seq) for fact in facts)
        doubled = {place for place, number in places.items() if number > 1}
        return tuple(self._on_its_branch(fact, doubled) for fact in facts)

    def _on_its_branch(self, fact: Fact, doubled: Container[tuple[str, int]]) -> Fact:
        """A fact whose own numbers mean the places of the branch it was written on, where two facts claim a place."""
        if not fact.content.supersedes:
            return fact
        before = {head: prev for prev, head in self.links(fact.log)}
        heads = dict(zip(range(fact.seq, 0, -1), lineage(fact.head, before), strict=False))

        def named(one: Reference) -> Reference:
            if one.log or (fact.log, one.seq) not in doubled:
                return one
            # Behind a gap the branch is not known yet: the reference names nothing.
            return Reference(fact.log, one.seq, heads[one.seq].hex()[:16] if one.seq in heads else _NO_HEAD)

        supersedes = {
            name: tuple(named(one) for one in listed) for name, listed in fact.content.supersedes.items()
        }
        return replace(fact, content=replace(fact.content, supersedes=supersedes))

    def records_of(self, log: str) -> set[str]:
        """Every record that a fact of a log names."""
        return {row[0] for row in self._connection.rows("SELECT DISTINCT record FROM facts WHERE log = ?", (log,))}

    def records(self) -> tuple[str, ...]:
        """Every record an applied fact names."""
        rows = self._connection.rows(
            f"SELECT DISTINCT record FROM facts WHERE standing = 'applied' AND {OF_PLAN} ORDER BY record", (self._plan,)
        )
        return tuple(row[0] for row in rows)

    def all_facts(self, logs: Iterable[str] | None = None) -> Iterable[FactRow]:
        """Every fact of the named logs, of all where none are named, in order of log and place."""
        wanted = (log.id for log in self.logs()) if logs is None else logs
        for one in sorted(wanted):
            for row in self._connection.rows(f"{_FACT_ROWS} WHERE log = ? ORDER BY seq, head", (one,)):
                yield _fact_row(row)

    def as_entered(self, logs: Iterable[str]) -> tuple[FactRow, ...]:
        """The facts of some logs, in the order in which they came into the journal."""
        named = list(logs)
        marks = ", ".join("?" * len(named))
        return tuple(map(_fact_row, self._connection.rows(f"{_FACT_ROWS} WHERE log IN ({marks}) ORDER BY id", named)))

    def mislabelled(self) -> Iterable[tuple[str, int]]:
        """(log, seq) of facts whose line says another kind, record or place than they are found by."""
        rows = self._connection.rows(
            f"SELECT log, seq, kind, record, line FROM facts WHERE {OF_PLAN}", (self._plan,)
        )
        for log, seq, kind, record, line in rows:
            claimed, content = read_line(line)
            if (claimed, content.kind, content.record) != (seq, kind, record):
                yield log, seq

    def set_judgements(self, changed: Sequence[tuple[bytes, str, Judgement]]) -> None:
        """Give facts, named by (head, log), a new standing."""
        self._connection.run_many(
            "UPDATE facts SET standing = ?, reason = ? WHERE head = ? AND log = ?",
            [(judgement.standing.value, judgement.reason, head, log) for head, log, judgement in changed],
        )

    def count_held(self, log: str) -> int:
        """How many facts of a log are held."""
        rows = self._connection.rows("SELECT count(*) FROM facts WHERE log = ? AND standing = 'held'", (log,))
        return int(rows[0][0])

    def count(self, log: str, reason: str | None = None) -> int:
        """How many facts of a log there are, or do not count for a reason."""
        rows = self._connection.rows(
            "SELECT count(*) FROM facts WHERE log = :log AND (:reason IS NULL OR reason = :reason)",
            {"log": log, "reason": reason},
        )
        return int(rows[0][0])

def _fact_row(row: tuple[Any, ...]) -> FactRow:
    log, seq, prev, head, line, standing, reason = row
    return FactRow(log, seq, prev, head, line, read_line(line)[1], Judgement(Standing(standing), reason))
