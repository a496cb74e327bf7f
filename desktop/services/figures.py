"""The reports as they count: what was accepted stands, whatever was entered since (exchange.md "State")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.models.kinds import SUBMISSION
from desktop.models.merge import merge
from desktop.models.record_ids import split_record
from desktop.models.strict_json import JsonValue, dumps
from desktop.models.submission import Accepted, Decision, read_decision, undisputed
from desktop.services.workspace import Workspace
from desktop.store.queries import RecordRow, ReportRow

if TYPE_CHECKING:
    from desktop.store.coverage import Coverage, Covering


@dataclass(frozen=True, slots=True)
class Covered:
    """What was said of the reports of some units: submitted, or accepted."""

    units: frozenset[str]
    coverage: Coverage


def counted_reports(ws: Workspace, item: str | None = None) -> tuple[ReportRow, ...]:
    """Every report by record id, of one item where given: with its accepted values where its unit's report of the
    period was accepted.
    """
    rows = {_record(row): row for row in ws.store.queries.reports(item=item)}
    accepted_by_period = _accepted(ws)
    if not accepted_by_period:
        return tuple(rows.values())
    covering = ws.store.covering()
    for period, accepted in accepted_by_period.items():
        given = [covered(covering, one) for one in accepted]
        for record, report in differing(ws, covering, period, given, item).items():
            if report is not None:
                rows[record] = report
            else:
                # Nothing was reported of it when the report was accepted.
                rows.pop(record, None)
    return tuple(rows[record] for record in sorted(rows))


def _record(row: ReportRow) -> str:
    return f"{row.item}/{row.unit}/{row.period}"


def _accepted(ws: Workspace) -> dict[str, list[Accepted]]:
    """period -> what was accepted of it, undisputed."""
    found: dict[str, list[Accepted]] = {}
    for row in ws.store.queries.records(SUBMISSION):
        if "decision" in row.body:
            found.setdefault(split_record(row.record)[2], []).extend(undisputed(decisions(ws, row)))
    return {period: accepted for period, accepted in found.items() if accepted}


def decisions(ws: Workspace, row: RecordRow) -> tuple[Decision, ...]:
    """The hub's current decisions about a submission, equal ones once."""
    values = [row.body["decision"]] if "decision" in row.body else []
    if "decision" in row.conflicts:
        current = merge(ws.store.journal.facts_of(row.record))["decision"].current
        values = list({dumps(one.value): one.value for one in current}.values())
    return tuple(decision for value in values if (decision := read_decision(value)) is not None)


def covered(covering: Covering, accepted: Accepted) -> Covered:
    """What lies under the ends that were accepted."""
    return Covered(frozenset(accepted.units), covering.coverage(accepted.covers))


def differing(
    ws: Workspace, covering: Covering, period: str, given: Collection[Covered], item: str | None = None
) -> dict[str, ReportRow | None]:
    """Reports of a period that may say something else than what is covered: each as covered, None where nothing is.

    Only reports of the covered units; those that certainly say the same are left out.
    """
    found: set[str] = set()
    by_unit: dict[str, list[Coverage]] = defaultdict(list)
    for one in given:
        for unit in one.units:
            by_unit[unit].append(one.coverage)
        for log in covering.logs(_audiences(ws, one.units)):
            found.update(
                record for record in covering.misfits(log, one.coverage)
                if (place := split_record(record))[2] == period and place[1] in one.units and item in (None, place[0])
            )
    return {record: _as_covered(covering, record, by_unit[split_record(record)[1]]) for record in sorted(found)}


def _audiences(ws: Workspace, units: Iterable[str]) -> frozenset[str]:
    """In whose logs the reports of units stand: their own, or those of a unit above that reports for them."""
    tree, found = ws.units(), set[str]()
    for unit in units:
        step: str | None = unit
        while step is not None and step not in found:
            found.add(step)
            step = tree.unit(step).parent if step in tree else None
    return frozenset(found)


def _as_covered(covering: Covering, record: str, coverages: Iterable[Coverage]) -> ReportRow | None:
    facts = covering.facts(record, coverages)
    if not facts:
        return None
    fields = merge(facts)
    body: dict[str, JsonValue] = {name: state.chosen.value for name, state in fields.items()}
    latest = max(facts, key=lambda fact: (fact.content.wall, fact.head))
    return ReportRow(
        *split_record(record), body, "{}", tuple(name for name, state in fields.items() if state.conflict),
        latest.content.user, latest.content.wall,
    )
