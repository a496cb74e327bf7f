"""What importing a file would change: which values of which reports, how much of the plan, which machines ask.

Source: exchange.md "Promises" 6. The file is imported on trial; the records it touched are compared before and after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from desktop.exchange.package import Opened
from desktop.models.kinds import SEEN
from desktop.models.merge import merge
from desktop.models.record_ids import split_record
from desktop.models.report import REPORT_FIELDS
from desktop.models.strict_json import JsonValue, dumps
from desktop.services.records import int_of, moment_of, text_of
from desktop.services.traffic.exchanging import check_file
from desktop.services.traffic.intake import Taken
from desktop.services.traffic.views import Receipt
from desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One field of a report that importing would touch.

    ``item`` is the row's path, "" for a row that has not come. ``outcome``: new, changed, conflict (``values`` are all
    that stand against each other), settled. ``before`` and ``after``: what is shown, as facts have it; None is nothing.
    """

    unit: str
    item: str
    code: str
    title: str
    period: str
    field: str
    before: JsonValue
    after: JsonValue
    outcome: str
    values: tuple[JsonValue, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """How many records of a kind other than reports would be new or change."""

    kind: str
    new: int
    changed: int


@dataclass(frozen=True, slots=True)
class AskingMachine:
    """A machine that asks to be enrolled: its unit and label in its own words, its 20 digits."""

    unit: str
    label: str
    code: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The receipt that importing would give, and what it would change.

    ``kind``, ``period`` and ``written`` are the sender's words (exchange.md "Package"); empty where the file was
    refused, or known from before and not opened again.
    """

    receipt: Receipt
    kind: str = ""
    period: str = ""
    written: datetime | None = None
    changes: tuple[ValueChange, ...] = ()
    plan_changes: tuple[PlanChanges, ...] = ()
    machines: tuple[AskingMachine, ...] = ()


@dataclass(frozen=True, slots=True)
class _Standing:
    """A record as projected: its kind ("" where there is none), its values, what stands against each other."""

    kind: str = ""
    body: Mapping[str, JsonValue] = field(default_factory=dict)
    rivals: Mapping[str, tuple[JsonValue, ...]] = field(default_factory=dict)


_NOTHING = _Standing()


@dataclass(slots=True)
class _Tried:
    """What was seen while the trial lasted."""

    opened: Opened | None = None
    plan: str = ""
    after: dict[str, _Standing] = field(default_factory=dict)
    places: dict[str, tuple[int, str, str, str]] = field(default_factory=dict)
    """Item id: order, path, number, title."""
    units: dict[str, str] = field(default_factory=dict)
    machines: tuple[AskingMachine, ...] = ()


def check_package(ws: Workspace, path: Path) -> Checked:
    """The verdict of importing a file, and what would change; nothing is written anywhere. Raises as ``check_file``."""
    tried = _Tried()

    def look(home: Workspace, opened: Opened, taken: Taken) -> None:
        _look(tried, home, opened, taken)

    receipt = check_file(ws, path, look)
    if tried.opened is None:
        return Checked(receipt)
    home, contents = ws.of(tried.plan), tried.opened.contents
    before = {record: _standing(home, record) for record in tried.after}
    return Checked(
        receipt, contents.kind, contents.period, moment_of(contents.written, ws.environment.clock().tzinfo),
        tuple(_value_changes(tried, before)), tuple(_plan_changes(tried, before)), tried.machines,
    )


def _look(tried: _Tried, ws: Workspace, opened: Opened, taken: Taken) -> None:
    """Remember how the touched records stand, in the workspace of the file's plan."""
    tried.opened, tried.plan = opened, ws.store.plan
    tried.after = {record: _standing(ws, record) for record in taken.records - {SEEN}}
    for record in tried.after:
        item, unit, _ = split_record(record)
        row = ws.store.queries.record(item) if item and item not in tried.places else None
        if row is not None:
            path, code, title = (text_of(row.body.get(name)) for name in ("path", "code", "title"))
            tried.places[item] = (int_of(row.body.get("order")) or 0, path, code, title)
        if unit:
            tried.units[unit] = ws.unit_name(unit)
    tried.machines = tuple(
        AskingMachine(ws.unit_name(row.unit), row.label, row.code)
        for row in ws.store.office.requests(ws.store.plan) if row.code == taken.request_code
    )


def _standing(ws: Workspace, record: str) -> _Standing:
    report = ws.store.queries.report(record)
    if report is not None:
        return _Standing("report", report.body, _rivals(ws, record, report.conflicts))
    row = ws.store.queries.record(record)
    if row is None:
        return _NOTHING
    return _Standing(ws.store.queries.kind_of(record), row.body, _rivals(ws, record, row.conflicts))


def _rivals(ws: Workspace, record: str, conflicts: tuple[str, ...]) -> dict[str, tuple[JsonValue, ...]]:
    if not conflicts:
        return {}
    fields = merge(ws.store.journal.facts_of(record))
    # Each value once, however many wrote it, in an order that no arrival changes.
    return {
        name: tuple(one for _, one in sorted({dumps(one.value): one.value for one in fields[name].current}.items()))
        for name in conflicts
    }


def _value_changes(tried: _Tried, before: Mapping[str, _Standing]) -> Iterator[ValueChange]:
    """The changed fields of reports, in document order, then by unit and period."""
    reports = [
        (tried.places.get(split_record(record)[0], (0, "", "", "")), split_record(record), record)
        for record, standing in tried.after.items() if standing.kind == "report"
    ]
    for (_, path, code, title), (_, unit, period), record in sorted(reports):
        for name in REPORT_FIELDS:
            outcome = _outcome(before[record], tried.after[record], name)
            if outcome:
                yield ValueChange(
                    tried.units[unit], path, code, title, period, name, before[record].body.get(name),
                    tried.after[record].body.get(name), outcome, tried.after[record].rivals.get(name, ()),
                )


def _outcome(before: _Standing, after: _Standing, name: str) -> str:
    """What happens to a field: new, changed, conflict, settled; "" for nothing."""
    old, new = before.body.get(name), after.body.get(name)
    if name in after.rivals:
        return "conflict" if before.rivals.get(name) != after.rivals[name] else ""
    if name in before.rivals:
        return "settled"
    if old == new:
        return ""
    return "new" if old is None else "changed"


def _plan_changes(tried: _Tried, before: Mapping[str, _Standing]) -> Iterator[PlanChanges]:
    """Counts of the other records that come or change, by kind."""
    new: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    for record, after in tried.after.items():
        if after.kind in ("", "report"):
            continue
        if not before[record].kind:
            new[after.kind] += 1
        elif before[record] != after:
            changed[after.kind] += 1
    for kind in sorted(new.keys() | changed.keys()):
        yield PlanChanges(kind, new[kind], changed[kind])
