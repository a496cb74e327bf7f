"""How the plan stands on a day: each row's status from the reports of its leads, headings by their items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.models.combining import combine
from desktop.models.occurrences import (
    OccurrenceCount,
    PeriodReport,
    count_occurrences,
    has_occurrences,
    is_only_reported,
    occurrences,
)
from desktop.models.period import read_period
from desktop.models.plan import NodeKind
from desktop.models.report import Report, Timeliness, WorkState
from desktop.models.rollup import ItemState, item_state
from desktop.models.schedule import Schedule, Time
from desktop.models.text import fold
from desktop.models.timeliness import days_over, timeliness
from desktop.services.figures import counted_reports
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
    return _standing(ws, ws.in_force("node"), _given(ws, until), _leads(ws), until)


def standing_of(ws: Workspace, record: str) -> StandingRow | None:
    """One row as ``standing`` has it, of what it rests on alone: of a heading all rows below; None where it is none."""
    row = _in_force(ws, record)
    if row is None:
        return None
    if node_kind(row.body) is NodeKind.ITEM:
        nodes, given, leads = [row], _given(ws, item=record), _leads(ws, record)
    else:
        nodes, given, leads = _with_below(ws, row), _given(ws), _leads(ws)
    rows = _standing(ws, (*_above(ws, row), *nodes), given, leads)
    return next(one for one in rows if one.node.record == record)


def _in_force(ws: Workspace, record: str) -> RecordRow | None:
    row = ws.store.queries.record(record, "node")
    return row if row and not row.body.get("withdrawn") else None


def _above(ws: Workspace, row: RecordRow) -> list[RecordRow]:
    """The headings above a row, as far as they are in force."""
    found: dict[str, RecordRow] = {}
    above = _in_force(ws, text_of(row.body.get("parent")))
    while above is not None and above.record not in (row.record, *found):
        found[above.record] = above
        above = _in_force(ws, text_of(above.body.get("parent")))
    return list(found.values())


def _with_below(ws: Workspace, row: RecordRow) -> list[RecordRow]:
    """A heading and all rows in force below it."""
    children: dict[str, list[str]] = {}
    for record, parent in ws.store.queries.parents().items():
        children.setdefault(parent, []).append(record)
    found, waiting = {row.record: row}, [row.record]
    while waiting:
        for record in children.get(waiting.pop(), ()):
            if record not in found and (below := _in_force(ws, record)):
                found[record] = below
                waiting.append(record)
    return list(found.values())


def _standing(
    ws: Workspace, nodes: Iterable[RecordRow], given: Mapping[str, Given], leads: Mapping[str, Sequence[str]],
    until: str | None = None,
) -> tuple[StandingRow, ...]:
    today = ws.environment.clock().date()
    year = plan_year(ws)
    # "Kỳ này" on a day outside the plan's year is its first or last; of a sheet it is the sheet's own.
    now = min(max(read_period(until).last if until else today, date(year, 1, 1)), date(year, 12, 31))
    view = _View(today, now, _level_words(ws))
    rows: dict[str, StandingRow] = {}
    for node in sorted(nodes, key=lambda row: int_of(row.body.get("order")) or 0):
        above = rows.get(text_of(node.body.get("parent")))
        start, end = time_of(node.body.get("start")), time_of(node.body.get("end"))
        row = _row(node, above, (start, end, combine(start, end, year)))
        rows[node.record] = _reported(row, leads.get(node.record, ()), given.get(node.record, {}), view)
    counted = _heading_statuses(tuple(rows.values()))
    return tuple(
        replace(row, status=counted[record]) if record in counted else row for record, row in rows.items()
    )


_INDICATORS = "chi tieu"
"""A section of this name holds chỉ tiêu, any other nhiệm vụ: they are counted apart (office.md, Counting)."""
_NOTHING = Status(None, None, None, 0, 0, None, 0, False)


Given = Mapping[str, Sequence[Report]]
"""unit -> its reports of an item, the latest period last."""


@dataclass(frozen=True, slots=True)
class _View:
    """From where one looks: today, a day of the period called "kỳ này", and the level word of units counted by it."""

    today: date
    now: date
    level_words: Mapping[str, str]


def _level_words(ws: Workspace) -> dict[str, str]:
    """unit -> its level's word, for places of the lowest level and their bodies."""
    tree = ws.units()
    expanding = {level.word for level in tree.vocabulary.levels if level.expands}
    return {unit.id: unit.level for unit in tree if unit.level in expanding}


def _given(
    ws: Workspace, until: str | None = None, item: str | None = None
) -> dict[str, dict[str, list[Report]]]:
    """item -> unit -> its reports by the ends of their periods; of those that end together the longest stands last."""
    limit = read_period(until).last if until else date.max
    found: dict[str, dict[str, list[Report]]] = {}
    for row in counted_reports(ws, item):
        if read_period(row.period).last <= limit:
            report = report_of(row.item, row.unit, row.period, row.body, row.conflicts)
            found.setdefault(row.item, {}).setdefault(row.unit, []).append(report)
    for by_unit in found.values():
        for reports in by_unit.values():
            reports.sort(key=_by_end)
    return found


def _by_end(report: Report) -> tuple[date, int]:
    period = read_period(report.period)
    return period.last, (period.last - period.first).days


def _leads(ws: Workspace, item: str | None = None) -> dict[str, tuple[str, ...]]:
    leads: dict[str, list[str]] = {}
    for led, unit in ws.store.queries.leads(item):
        leads.setdefault(led, []).append(unit)
    return {item: tuple(units) for item, units in leads.items()}


def _row(node: RecordRow, above: StandingRow | None, times: tuple[Time, Time, Schedule]) -> StandingRow:
    """A row before anybody reported."""
    indicator = above.indicator if above else _INDICATORS in fold(text_of(node.body.get("title")))
    depth = above.depth + 1 if above else 0
    return StandingRow(node, node_kind(node.body), depth, indicator, *times, _NOTHING, ())


def _reported(row: StandingRow, leads: Sequence[str], given: Given, view: _View) -> StandingRow:
    """The row with what was reported; a heading's status is counted once all rows below it are known."""
    ordered = tuple(given[unit][-1] for unit in sorted(given, key=lambda unit: (unit not in leads, unit)))
    if row.kind is not NodeKind.ITEM:
        return replace(row, reports=ordered) if ordered else row
    return replace(row, status=_item_status(row.schedule, leads, given, view), reports=ordered)


def _item_status(schedule: Schedule, leads: Sequence[str], given: Given, view: _View) -> Status:
    """An item's status: by its leads; where the plan names none, by whoever reported."""
    counted = leads or tuple(given)
    several = len(leads) > 1
    count = _count(schedule, counted, given, view.today) if has_occurrences(schedule) else None
    state = item_state([_standing_report(schedule, given[unit], view) if unit in given else None for unit in counted])
    done, total = state.done, state.total
    reported_now = [any(_covers(report, view.now) for report in given.get(unit, ())) for unit in counted]
    if count is not None:
        done, total = count.leads_done, count.leads
    elif is_only_reported(schedule):
        done, total = sum(reported_now), len(counted)
    words = {view.level_words.get(unit, "") for unit in counted}
    return Status(
        state=state.state if state.reported else None, timeliness=_ruled(schedule, state, count, view.today),
        percent=state.percent, done=done if several else 0, total=total if several else 0,
        days=days_over(schedule, view.today),
        conflicts=sum(len(reports[-1].conflicts) for reports in given.values()), reported=state.reported > 0,
        reported_now=bool(reported_now) and all(reported_now), occurrences=count,
        leads_word=words.pop() if len(words) == 1 else "",
    )


def _count(schedule: Schedule, units: Sequence[str], given: Given, today: date) -> OccurrenceCount:
    """k of n of all leads; before anybody is known to report, of nobody's reports."""
    by_unit = [occurrences(schedule, _periods(given.get(unit, ())), today) for unit in units]
    return count_occurrences(by_unit or [occurrences(schedule, (), today)], today)


def _periods(reports: Sequence[Report]) -> list[PeriodReport]:
    periods = ((read_period(report.period), report) for report in reports)
    return [PeriodReport(period.first, period.last, report.state, report.done_on) for period, report in periods]


def _standing_report(schedule: Schedule, reports: Sequence[Report], view: _View) -> Report:
    """The latest report of a unit as it stands for the whole item: "Hoàn thành" of a period is not the end of work
    that falls due again, and all occurrences done is."""
    latest = reports[-1]
    if not has_occurrences(schedule):
        return latest
    own = occurrences(schedule, _periods(reports), view.today)
    arose = [one for one in own if not one.waived]
    done = sum(one.done for one in arose)
    if arose and done == len(arose):
        days = [report.done_on for report in reports if report.state is WorkState.DONE and report.done_on]
        return replace(latest, state=WorkState.DONE, percent=100, done_on=max(days, default=None))
    # One quarter without anything is no year without.
    if latest.state is WorkState.DONE or (latest.state is WorkState.NONE_ARISING and arose):
        return replace(latest, state=WorkState.DOING, percent=100 * done // len(arose) if arose else 0, done_on=None)
    return latest


def _ruled(schedule: Schedule, state: ItemState, count: OccurrenceCount | None, today: date) -> Timeliness:
    """Timeliness; work done in several occurrences is late when one of them was, and what is done is not due soon."""
    if count is not None:
        if state.state is WorkState.DONE:
            return Timeliness.DONE_LATE if count.done_late else Timeliness.DONE_ON_TIME
        schedule = replace(schedule, due_days=tuple(day for day in schedule.due_days if day not in count.done_days))
    return timeliness(schedule, state.state, state.done_on, today)


def _covers(report: Report, day: date) -> bool:
    """Whether a report with anything in it is about a period that holds the day."""
    period = read_period(report.period)
    return period.first <= day <= period.last and (report.state is not None or bool(report.result))


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
