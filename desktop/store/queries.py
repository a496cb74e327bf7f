"""Reading the projections: records by kind, reports, assignments, search."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

from desktop.models.strict_json import JsonValue
from desktop.store.database import Connection
from desktop.store.searching import asked, rooms


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A projected record: its (provisional) field values and the fields in conflict."""

    record: str
    body: dict[str, JsonValue]
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A projected report; ``entered`` unix seconds, ``shown_json`` what ``shown`` reads."""

    item: str
    unit: str
    period: str
    body: dict[str, JsonValue]
    shown_json: str
    conflicts: tuple[str, ...]
    author: str
    entered: int

    @property
    def shown(self) -> dict[str, tuple[str, ...]]:
        """Per field the ids (hex) of the current facts: what a value entered now supersedes."""
        listed = _dict(self.shown_json)
        return {name: tuple(str(head) for head in heads) for name, heads in listed.items() if isinstance(heads, list)}


# Said outright: for the sake of the order SQLite would go through the whole plan instead.
_OF_KIND = "SELECT record, body, conflicts FROM records INDEXED BY records_by_kind WHERE plan = ? AND kind = ?"
_HITS = "FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ?"
_ALL_HITS = f"""
    WITH hits AS MATERIALIZED (SELECT rowid AS place {_HITS} ORDER BY rowid)
    SELECT (SELECT record FROM search WHERE rowid = place), (SELECT count(*) FROM hits) FROM hits LIMIT ?"""


class Queries:
    """Read-only, of one plan; every answer is plain data."""

    def __init__(self, connection: Connection, plan: str) -> None:
        self._connection = connection
        self._plan = plan

    def records(self, kind: str) -> tuple[RecordRow, ...]:
        """Records of a kind, by record id."""
        rows = self._connection.rows(f"{_OF_KIND} ORDER BY record", (self._plan, kind))
        return tuple(_record(row) for row in rows)

    def having(self, kind: str, field: str, value: str) -> tuple[RecordRow, ...]:
        """Records of a kind whose field is a text, by record id; no other is taken out of its JSON. A field that is
        missing counts as empty."""
        rows = self._connection.rows(
            f"{_OF_KIND} AND ifnull(json_extract(body, ?), '') = ? ORDER BY record",
            (self._plan, kind, f"$.{field}", value),
        )
        return tuple(_record(row) for row in rows)

    def parents(self) -> dict[str, str]:
        """The record above each row of the plan, "" above the outermost."""
        rows = self._connection.rows(
            "SELECT record, ifnull(json_extract(body, '$.parent'), '') FROM records WHERE plan = ? AND kind = 'node'",
            (self._plan,),
        )
        return {record: str(parent) for record, parent in rows}

    def record(self, record: str, kind: str | None = None) -> RecordRow | None:
        """One record (of a kind, where given), or None."""
        rows = self._connection.rows(
            "SELECT record, body, conflicts FROM records WHERE plan = :plan AND record = :record"
            " AND (:kind IS NULL OR kind = :kind)",
            {"plan": self._plan, "record": record, "kind": kind},
        )
        return _record(rows[0]) if rows else None

    def kind_of(self, record: str) -> str:
        """The kind of a record, "" where there is none."""
        rows = self._connection.rows(
            "SELECT kind FROM records WHERE plan = ? AND record = ?", (self._plan, record)
        )
        return str(rows[0][0]) if rows else ""

    def reports(self, *, item: str | None = None, period: str | None = None) -> tuple[ReportRow, ...]:
        """Reports by record id, of one item or period where given."""
        rows = self._connection.rows(
            "SELECT item, unit, period, body, shown, conflicts, author, entered FROM reports"
            " WHERE plan = :plan AND (:item IS NULL OR item = :item) AND (:period IS NULL OR period = :period)"
            " ORDER BY record",
            {"plan": self._plan, "item": item, "period": period},
        )
        return tuple(_report(row) for row in rows)

    def conflicting_reports(self) -> tuple[ReportRow, ...]:
        """Reports with a field of rival values, by record id."""
        rows = self._connection.rows(
            "SELECT item, unit, period, body, shown, conflicts, author, entered FROM reports"
            " WHERE plan = ? AND conflicts <> '[]' ORDER BY record",
            (self._plan,),
        )
        return tuple(_report(row) for row in rows)

    def report(self, record: str) -> ReportRow | None:
        """One report, or None."""
        rows = self._connection.rows(
            "SELECT item, unit, period, body, shown, conflicts, author, entered FROM reports"
            " WHERE plan = ? AND record = ?",
            (self._plan, record),
        )
        return _report(rows[0]) if rows else None

    def assignments(self) -> tuple[tuple[str, str, bool], ...]:
        """(item, unit, leads) of every unit that leads or coordinates an item."""
        rows = self._connection.rows(
            "SELECT item, unit, leads FROM assignments WHERE plan = ? ORDER BY item, unit", (self._plan,)
        )
        return tuple((item, unit, bool(leads)) for item, unit, leads in rows)

    def leads(self, item: str | None = None) -> tuple[tuple[str, str], ...]:
        """(item, unit) of every unit that leads an item, or that leads the one given."""
        only, named = ("", (self._plan,)) if item is None else (" AND item = ?", (self._plan, item))
        rows = self._connection.rows(
            f"SELECT item, unit FROM assignments WHERE plan = ?{only} AND leads = 1 ORDER BY item, unit", named
        )
        return tuple((item, unit) for item, unit in rows)

    def search(self, text: str, most: int) -> tuple[tuple[str, ...], int]:
        """(rows and paragraphs that hold every word, best first and at most so many; how many there are in all).

        The words may be begun only. Best are those with the marks typed, then those that hold them whole, then the
        order of the document.
        """
        wanted = asked(text)
        if not wanted:
            return (), 0
        room = rooms(self._number)
        found: dict[str, None] = {}
        for words in wanted[:-1]:
            rows = self._connection.rows(f"SELECT record {_HITS} ORDER BY rowid LIMIT ?", (words, *room, most))
            found.update((record, None) for (record,) in rows)
            if len(found) >= most:
                counted = self._connection.rows(f"SELECT count(*) {_HITS}", (wanted[-1], *room))
                return tuple(found)[:most], int(counted[0][0])
        # What all ways find, in one go with its count: the index is gone through once.
        rows = self._connection.rows(_ALL_HITS, (wanted[-1], *room, most))
        found.update((record, None) for record, _ in rows)
        return tuple(found)[:most], int(rows[0][1]) if rows else 0

    @cached_property
    def _number(self) -> int:
        return plan_number(self._connection, self._plan)

    def integrity(self) -> str:
        """SQLite's own examination: "ok" or its first complaint."""
        return str(self._connection.rows("PRAGMA integrity_check(1)")[0][0])


def plan_number(connection: Connection, plan: str) -> int:
    """The number of a plan among those of its folder; 0 for one that has no seat here."""
    rows = connection.rows("SELECT number FROM seats WHERE plan = ?", (plan,))
    return int(rows[0][0]) if rows else 0


# The projections hold our own JSON, made of facts that were examined when they came in: no second examination.
def _dict(text: str) -> dict[str, JsonValue]:
    value = json.loads(text)
    return value if isinstance(value, dict) else {}


def _names(text: str) -> tuple[str, ...]:
    if text == "[]":
        return ()
    value = json.loads(text)
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _record(row: tuple[str, str, str]) -> RecordRow:
    return RecordRow(row[0], _dict(row[1]), _names(row[2]))


def _report(row: tuple[str, str, str, str, str, str, str, int]) -> ReportRow:
    item, unit, period, body, shown, conflicts, author, entered = row
    return ReportRow(item, unit, period, _dict(body), shown, _names(conflicts), author, entered)
