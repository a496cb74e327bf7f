"""*Thay đổi sau khi chốt*: what was entered, accepted or changed in the plan since a period was closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.errors import Mistake
from desktop.models.period import read_period
from desktop.models.record_ids import report_record
from desktop.models.report import REPORT_FIELDS
from desktop.models.strict_json import JsonValue, dumps
from desktop.services.closing import as_closed, closed_version, closing_in_force
from desktop.services.figures import counted_reports
from desktop.services.records import int_of, text_of
from desktop.services.submissions import ChangedValue, Places
from desktop.services.workspace import Workspace
from desktop.store.queries import ReportRow

_ROW_FIELDS = (
    "path", "code", "title", "leaders", "lead_units", "coordinating_units", "leads", "coordinators", "start", "end",
    "targets", "withdrawn",
)


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row of the plan that says something else than when the period was closed; None: the row was not there."""

    item: str
    path: str
    field: str
    before: JsonValue
    after: JsonValue


@dataclass(frozen=True, slots=True)
class LaterChanges:
    """*Thay đổi sau khi chốt*: values entered since, and what changed in the plan. ``counted`` are those of ``values``
    that the figures of today hold; the others wait for their acceptance.
    """

    values: tuple[ChangedValue, ...]
    counted: frozenset[tuple[str, str]]
    """(report record, field)."""
    rows: tuple[ChangedRow, ...]


def later_changes(ws: Workspace, period: str, version: str = "") -> LaterChanges:
    """*Thay đổi sau khi chốt* of the version that stands, or of the one asked for.

    Raises Mistake PERIOD_OPEN, VERSION_UNKNOWN, VERSION_AMBIGUOUS, VERSION_INCOMPLETE.
    """
    closing = closed_version(ws, period, version) if version else closing_in_force(ws, period)
    if closing is None:
        raise Mistake("PERIOD_OPEN", f"Số liệu {read_period(period).name} chưa chốt.", "")
    limit = read_period(period).last
    with as_closed(ws, closing) as then:
        entered, figures, nodes = _reports(then, limit), _figures(then, limit), _rows(then)
    entered_now, figures_now = _reports(ws, limit), _figures(ws, limit)
    records = sorted(entered.keys() | figures.keys() | entered_now.keys() | figures_now.keys())
    moved = {
        (record, name) for record in records for name in REPORT_FIELDS
        if _differ(entered, entered_now, record, name) or _differ(figures, figures_now, record, name)
    }
    values = tuple(
        one for one in Places(ws).changed({record: figures.get(record) for record in records}, entered_now)
        if (report_record(one.item, one.unit, one.period), one.field) in moved
    )
    counted = frozenset(place for place in moved if _differ(figures, figures_now, *place))
    return LaterChanges(values, counted, _changed_rows(nodes, _rows(ws)))


def _reports(ws: Workspace, limit: date) -> dict[str, ReportRow]:
    return _by_record(ws.store.queries.reports(), limit)


def _figures(ws: Workspace, limit: date) -> dict[str, ReportRow]:
    return _by_record(counted_reports(ws), limit)


def _by_record(rows: Sequence[ReportRow], limit: date) -> dict[str, ReportRow]:
    return {
        report_record(row.item, row.unit, row.period): row for row in rows if read_period(row.period).last <= limit
    }


def _differ(then: Mapping[str, ReportRow], now: Mapping[str, ReportRow], record: str, name: str) -> bool:
    before, after = then.get(record), now.get(record)
    return (before.body.get(name) if before else None) != (after.body.get(name) if after else None)


def _rows(ws: Workspace) -> dict[str, dict[str, JsonValue]]:
    return {row.record: row.body for row in ws.store.queries.records("node")}


def _changed_rows(
    before: Mapping[str, dict[str, JsonValue]], after: Mapping[str, dict[str, JsonValue]]
) -> tuple[ChangedRow, ...]:
    found = []
    for item, body in sorted(after.items(), key=lambda row: int_of(row[1].get("order")) or 0):
        earlier = before.get(item)
        path = text_of(body.get("path"))
        if earlier is None:
            found.append(ChangedRow(item, path, "title", None, body.get("title")))
            continue
        found += [
            ChangedRow(item, path, name, earlier.get(name), body.get(name)) for name in _ROW_FIELDS
            if dumps(earlier.get(name)) != dumps(body.get(name))
        ]
    return tuple(found)
