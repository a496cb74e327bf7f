"""Projections: a plan's journal made ready to read. Incremental and rebuilt are equal, and a digest proves it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from desktop.models.facts import Content, Fact
from desktop.models.kinds import ABOUT_EXCHANGE, CORRECTION, NODE, REASON
from desktop.models.merge import FieldState, merge
from desktop.models.record_ids import split_record
from desktop.models.strict_json import JsonValue, dumps, dumps_examined
from desktop.store.database import Connection
from desktop.store.journal import OF_PLAN, Journal
from desktop.store.queries import plan_number
from desktop.store.searching import indexed, place_of, rooms, searched

_COLUMNS: Mapping[str, str] = {
    "records": "plan, record, kind, body, conflicts, found",
    "reports": "plan, record, item, unit, period, body, shown, conflicts, author, entered",
    "assignments": "plan, item, unit, leads",
}
_TOGETHER = 500
"""Records projected in one go: few statements, and little in memory however many there are."""
Row = tuple[Any, ...]
_DIGESTED = (
    "SELECT 'record', record, kind, body, conflicts FROM records WHERE plan = ? ORDER BY record",
    "SELECT 'report', record, body, shown, conflicts, author, entered FROM reports WHERE plan = ? ORDER BY record",
    "SELECT 'assignment', item, unit, leads FROM assignments WHERE plan = ? ORDER BY item, unit",
    "SELECT 'waiting', log, seq, hex(head), standing, reason FROM facts"
    f" WHERE standing <> 'applied' AND {OF_PLAN} ORDER BY log, seq, head",
)


@dataclass(slots=True)
class _Rows:
    """The rows that some records are projected to."""

    records: list[Row] = field(default_factory=list)
    reports: list[Row] = field(default_factory=list)
    assignments: list[Row] = field(default_factory=list)
    conflicts: set[str] = field(default_factory=set)
    """The records of which a field is in conflict."""


class Projections:
    """Recomputes whole records: order and batches of arrival cannot matter. The caller holds the transaction."""

    def __init__(self, connection: Connection, journal: Journal, plan: str) -> None:
        self._connection = connection
        self._journal = journal
        self._plan = plan

    def update(
        self, records: Iterable[str], known: Mapping[bytes, Content] = MappingProxyType({})
    ) -> frozenset[str]:
        """Project the named records anew; those of which a field is in conflict.

        ``known`` gives what facts say whose lines were read already, by head.
        """
        wanted = sorted(set(records) - ABOUT_EXCHANGE)
        conflicts: set[str] = set()
        for first in range(0, len(wanted), _TOGETHER):
            conflicts |= self._project(wanted[first:first + _TOGETHER], known)
        return frozenset(conflicts)

    def _project(self, records: Sequence[str], known: Mapping[bytes, Content]) -> set[str]:
        facts = self._journal.facts_of_each(records, known)
        self._clear(records)
        made = _Rows()
        for record in records:
            if record in facts:
                self._make(record, facts[record], made)
        self._insert("records", made.records)
        self._insert("reports", made.reports)
        self._insert("assignments", made.assignments)
        return made.conflicts

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        if rows:
            places = ", ".join("?" * len(rows[0]))
            self._connection.run_many(f"INSERT INTO {table} ({_COLUMNS[table]}) VALUES ({places})", rows)

    def rebuild(self) -> None:
        """Drop every projection and make it again from the journal."""
        first, last = rooms(self._number)
        self._connection.run("DELETE FROM search WHERE rowid BETWEEN ? AND ?", (first, last))
        for table in _COLUMNS:
            self._connection.run(f"DELETE FROM {table} WHERE plan = ?", (self._plan,))
        self.update(self._journal.records())

    def digest(self) -> str:
        """sha256 over the plan's projected state, as hex: equal for equal facts and authority."""
        total = hashlib.sha256()
        for query in _DIGESTED:
            for row in self._connection.rows(query, (self._plan,)):
                # Not strict_json: a projected row may be longer than any one text of a fact.
                total.update(json.dumps(row, separators=(",", ":")).encode() + b"\n")
        return total.hexdigest()

    def _clear(self, records: Sequence[str]) -> None:
        """Forget what is projected of records. Only what is in ``records`` has words in the index and assignments."""
        keys = [(self._plan, record) for record in records]
        self._connection.run_many("DELETE FROM reports WHERE plan = ? AND record = ?", keys)
        held = self._connection.rows(
            "SELECT record, found FROM records WHERE plan = ? AND record IN (SELECT value FROM json_each(?))",
            (self._plan, json.dumps(records)),
        )
        if not held:
            return
        self._connection.run_many("DELETE FROM search WHERE rowid = ?", [(at,) for _, at in held if at is not None])
        keys = [(self._plan, record) for record, _ in held]
        self._connection.run_many("DELETE FROM records WHERE plan = ? AND record = ?", keys)
        self._connection.run_many("DELETE FROM assignments WHERE plan = ? AND item = ?", keys)

    def _make(self, record: str, facts: tuple[Fact, ...], made: _Rows) -> None:
        # A correction is about a row: it says nothing of anything else, nor before its row has come.
        own = tuple([fact for fact in facts if fact.content.kind != CORRECTION])
        if not own:
            return
        kind = min(own, key=lambda fact: fact.head).content.kind
        fields = merge(facts if kind == NODE else own)
        if kind == NODE:
            fields.pop(REASON, None)
        body: dict[str, JsonValue] = {name: state.chosen.value for name, state in fields.items()}
        torn: list[JsonValue] = [name for name, state in fields.items() if state.conflict]
        conflicts = _text(torn)
        if torn:
            made.conflicts.add(record)
        if kind == "report":
            made.reports.append(self._report(record, own, fields, body, conflicts))
            return
        if kind == NODE and (corrected := _corrected(own, fields)):
            body["corrected"] = corrected
        found = self._index(record, kind, body)
        made.records.append((self._plan, record, kind, _text(body), conflicts, found))
        if kind == NODE and not body.get("withdrawn"):
            made.assignments.extend(self._assignments(record, body))

    def _index(self, record: str, kind: str, body: dict[str, JsonValue]) -> int | None:
        """Put a record into the search index; its place there, None where it has no words."""
        words = indexed(searched(kind, body))
        if not words:
            return None
        found = place_of(self._number, kind, record, body)
        while self._connection.rows("SELECT 1 FROM search WHERE rowid = ?", (found,)):
            found += 1
        self._connection.run(
            "INSERT INTO search (rowid, words, record) VALUES (?, ?, ?)", (found, words, record)
        )
        return found

    @cached_property
    def _number(self) -> int:
        return plan_number(self._connection, self._plan)

    def _report(
        self, record: str, facts: tuple[Fact, ...], fields: dict[str, FieldState], body: dict[str, JsonValue],
        conflicts: str,
    ) -> Row:
        item, unit, period = split_record(record)
        shown: dict[str, JsonValue] = {
            name: [one.fact.head.hex() for one in state.current] for name, state in fields.items()
        }
        latest = max(facts, key=lambda fact: (fact.content.wall, fact.head)).content
        return (
            self._plan, record, item, unit, period, _text(body), _text(shown), conflicts, latest.user, latest.wall
        )

    def _assignments(self, record: str, body: dict[str, JsonValue]) -> list[Row]:
        leads = {unit for unit in _texts(body.get("leads"))}
        both = leads | set(_texts(body.get("coordinators")))
        return [(self._plan, record, unit, int(unit in leads)) for unit in sorted(both)]


def _text(value: JsonValue) -> str:
    """Canonical JSON of what facts say: it was examined when they came in."""
    return "[]" if value == [] else dumps_examined(value).decode()


def _corrected(own: tuple[Fact, ...], fields: dict[str, FieldState]) -> list[JsonValue]:
    """The fields of a row whose value is a correction that says something else than the plan as it was read."""
    return [
        name for name, state in fields.items()
        if state.chosen.fact.content.kind == CORRECTION and not any(
            name in fact.content.fields and dumps(fact.content.fields[name]) == dumps(state.chosen.value)
            for fact in own
        )
    ]


def _texts(value: JsonValue) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
