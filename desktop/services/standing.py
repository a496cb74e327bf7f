"""How the plan stands on a day: each row's status from the reports of its leads, headings by their items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.models.combining import combine
from desktop.models.period import read_period
from desktop.models.plan import NodeKind
from desktop.models.report import Report, WorkState
from desktop.models.rollup import item_state
from desktop.models.schedule import Schedule, Time
from desktop.models.text import fold
from desktop.models.timeliness import days_over, timeliness
from desktop.services.records import int_of, node_kind, report_of, text_of, time_of
from desktop.services.reporting import plan_year
from desktop.services.views import Status
from desktop.services.workspace import Workspace
from desktop.store.queries import RecordRow


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A row with its schedule, its status and the reports it rests on (of leads, then of others).

    ``indicator`` tells chỉ tiêu from nhiệm vụ.
    """

    node: RecordRow
    kind: NodeKind
    depth: int
    indicator: bool
    start: Time
    end: Time
    schedule: Schedule
    status: Status
    reports: tuple[Report, ...]


def standing(ws: Workspace, until: str | None = None) -> tuple[StandingRow, ...]:
    """All rows in document order. ``until`` leaves out reports of periods that end after that period's end."""
    today = ws.environment.clock().date()
    year = plan_year(ws)
    latest, leads = _latest(ws, until), _leads(ws)
    rows: dict[str, StandingRow] = {}
    for node in sorted(ws.in_force("node"), key=lambda row: int_of(row.body.get("order")) or 0):
        above = rows.get(text_of(node.body.get("parent")))
        start, end = time_of(node.body.get("start")), time_of(node.body.get("end"))
        row = _row(node, above, (start, end, combine(start, end, year)))
        rows[node.record] = _reported(row, leads.get(node.record, ()), latest.get(node.record, {}), today)
    counted = _heading_statuses(tuple(rows.values()))
    return tuple(
        replace(row, status=counted[record]) if record in counted else row for record, row in rows.items()
    )


_INDICATORS = "chi tieu"
"""A section of this name holds chỉ tiêu, any other nhiệm vụ: they are counted apart (office.md, Counting)."""
_NOTHING = Status(None, None, None, 0, 0, None, 0, False)


def _latest(ws: Workspace, until: str | None) -> dict[str, dict[str, Report]]:
    """item -> unit -> its report of the latest period."""
    limit = read_period(until).last if until else date.max
    found: dict[str, dict[str, tuple[date, Report]]] = {}
    for row in ws.store.queries.reports():
        end = read_period(row.period).last
        if end > limit:
            continue
        by_unit = found.setdefault(row.item, {})
        if row.unit not in by_unit or by_unit[row.unit][0] < end:
            by_unit[row.unit] = (end, report_of(row.item, row.unit, row.period, row.body, row.conflicts))
    return {item: {unit: pair[1] for unit, pair in by_unit.items()} for item, by_unit in found.items()}


def _leads(ws: Workspace) -> dict[str, tuple[str, ...]]:
    leads: dict[str, list[str]] = {}
    for item, unit in ws.store.queries.leads():
        leads.setdefault(item, []).append(unit)
    return {item: tuple(units) for item, units in leads.items()}


def _row(node: RecordRow, above: StandingRow | None, times: tuple[Time, Time, Schedule]) -> StandingRow:
    """A row before anybody reported."""
    indicator = above.indicator if above else _INDICATORS in fold(text_of(node.body.get("title")))
    depth = above.depth + 1 if above else 0
    return StandingRow(node, node_kind(node.body), depth, indicator, *times, _NOTHING, ())


def _reported(
    row: StandingRow, leads: Sequence[str], given: Mapping[str, Report], today: date
) -> StandingRow:
    """The row with what was reported; a heading's status is counted once all rows below it are known."""
    ordered = tuple(given[unit] for unit in sorted(given, key=lambda unit: (unit not in leads, unit)))
    if row.kind is not NodeKind.ITEM:
        return replace(row, reports=ordered) if ordered else row
    return replace(row, status=_item_status(row.schedule, leads, given, today), reports=ordered)


def _item_status(
    schedule: Schedule, leads: Sequence[str], given: Mapping[str, Report], today: date
) -> Status:
    """An item's status: by its leads; where the plan names none, by whoever reported."""
    counted = [given.get(unit) for unit in leads] if leads else list(given.values())
    state = item_state(counted)
    ruled = timeliness(schedule, state.state, state.done_on, today)
    conflicts = sum(len(report.conflicts) for report in given.values())
    several = len(leads) > 1
    return Status(
        state=state.state if state.reported else None, timeliness=ruled, percent=state.percent,
        done=state.done if several else 0, total=state.total if several else 0, days=days_over(schedule, today),
        conflicts=conflicts, reported=state.reported > 0,
    )


def _heading_statuses(rows: Sequence[StandingRow]) -> dict[str, Status]:
    """For each heading the count of finished items below; children stand after their parents."""
    counts: dict[str, tuple[int, int, int]] = {}
    statuses: dict[str, Status] = {}
    for row in reversed(rows):
        done, total, conflicts = counts.get(row.node.record, (0, 0, 0))
        if row.kind is NodeKind.ITEM:
            done, total = done + (row.status.state is WorkState.DONE), total + 1
            conflicts += row.status.conflicts
        else:
            statuses[row.node.record] = Status(None, None, None, done, total, None, conflicts, False)
        parent = text_of(row.node.body.get("parent"))
        before = counts.get(parent, (0, 0, 0))
        counts[parent] = (before[0] + done, before[1] + total, before[2] + conflicts)
    return statuses
