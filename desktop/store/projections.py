"""Projections: a plan's journal made ready to read. Incremental and rebuilt are equal, and a digest proves it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cached_property

from desktop.models.facts import Fact
from desktop.models.kinds import ABOUT_EXCHANGE, CORRECTION, NODE, REASON, split_record
from desktop.models.merge import FieldState, merge
from desktop.models.strict_json import JsonValue, dumps
from desktop.store.database import Connection
from desktop.store.journal import OF_PLAN, Journal
from desktop.store.queries import plan_number
from desktop.store.searching import indexed, place_of, rooms, searched

_TABLES = ("records", "reports", "assignments")
_DIGESTED = (
    "SELECT 'record', record, kind, body, conflicts FROM records WHERE plan = ? ORDER BY record",
    "SELECT 'report', record, body, shown, conflicts, author, entered FROM reports WHERE plan = ? ORDER BY record",
    "SELECT 'assignment', item, unit, leads FROM assignments WHERE plan = ? ORDER BY item, unit",
    "SELECT 'waiting', log, seq, hex(head), standing, reason FROM facts"
    f" WHERE standing <> 'applied' AND {OF_PLAN} ORDER BY log, seq, head",
)


class Projections:
    """Recomputes whole records: order and batches of arrival cannot matter. The caller holds the transaction."""

    def __init__(self, connection: Connection, journal: Journal, plan: str) -> None:
        self._connection = connection
        self._journal = journal
        self._plan = plan

    def update(self, records: Iterable[str]) -> None:
        """Project the named records anew."""
        for record in sorted(set(records) - ABOUT_EXCHANGE):
            self._clear(record)
            facts = self._journal.facts_of(record)
            if facts:
                self._write(record, facts)

    def rebuild(self) -> None:
        """Drop every projection and make it again from the journal."""
        first, last = rooms(self._number)
        self._connection.run("DELETE FROM search WHERE rowid BETWEEN ? AND ?", (first, last))
        for table in _TABLES:
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

    def _clear(self, record: str) -> None:
        indexed_at = self._connection.rows(
            "SELECT found FROM records WHERE plan = ? AND record = ? AND found NOT NULL", (self._plan, record)
        )
        if indexed_at:
            self._connection.run("DELETE FROM search WHERE rowid = ?", indexed_at[0])
        for table, column in (("records", "record"), ("reports", "record"), ("assignments", "item")):
            self._connection.run(f"DELETE FROM {table} WHERE plan = ? AND {column} = ?", (self._plan, record))

    def _write(self, record: str, facts: tuple[Fact, ...]) -> None:
        # A correction is about a row: it says nothing of anything else, nor before its row has come.
        own = tuple(fact for fact in facts if fact.content.kind != CORRECTION)
        if not own:
            return
        kind = min(own, key=lambda fact: fact.head).content.kind
        fields = merge(facts if kind == NODE else own)
        if kind == NODE:
            fields.pop(REASON, None)
        body: dict[str, JsonValue] = {name: state.chosen.value for name, state in fields.items()}
        conflicts = dumps([name for name, state in fields.items() if state.conflict]).decode()
        if kind == "report":
            self._write_report(record, own, fields, body, conflicts)
            return
        if kind == NODE and (corrected := _corrected(own, fields)):
            body["corrected"] = corrected
        self._connection.run(
            "INSERT INTO records (plan, record, kind, body, conflicts, found) VALUES (?, ?, ?, ?, ?, ?)",
            (self._plan, record, kind, dumps(body).decode(), conflicts, self._index(record, kind, body)),
        )
        if kind == NODE and not body.get("withdrawn"):
            self._write_assignments(record, body)

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

    def _write_report(
        self, record: str, facts: tuple[Fact, ...], fields: dict[str, FieldState], body: dict[str, JsonValue],
        conflicts: str,
    ) -> None:
        item, unit, period = split_record(record)
        shown: dict[str, JsonValue] = {
            name: [one.fact.head.hex() for one in state.current] for name, state in fields.items()
        }
        latest = max(facts, key=lambda fact: (fact.content.wall, fact.head))
        self._connection.run(
            "INSERT INTO reports (plan, record, item, unit, period, body, shown, conflicts, author, entered)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self._plan, record, item, unit, period, dumps(body).decode(), dumps(shown).decode(), conflicts,
             latest.content.user, latest.content.wall),
        )

    def _write_assignments(self, record: str, body: dict[str, JsonValue]) -> None:
        leads = {unit for unit in _texts(body.get("leads"))}
        both = leads | set(_texts(body.get("coordinators")))
        self._connection.run_many(
            "INSERT INTO assignments (plan, item, unit, leads) VALUES (?, ?, ?, ?)",
            [(self._plan, record, unit, int(unit in leads)) for unit in sorted(both)],
        )


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
