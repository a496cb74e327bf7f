"""*Kế hoạch*: the plan with its standing, a row opened, the narrative, search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from desktop.models.errors import Mistake
from desktop.models.plan import Finding, Severity
from desktop.models.plan_columns import COLUMN_NAMES
from desktop.models.schedule import TimeKind
from desktop.services.plan.commenting import comments, open_counts
from desktop.services.plan.read_again import field_readings, row_facts, shown_in
from desktop.services.records import (
    deadline_words,
    extra_of,
    finding_of,
    lines_of,
    paragraph_of,
    printed_of,
    targets_of,
    text_of,
    texts_of,
)
from desktop.services.reporting import own_units, report_lines
from desktop.services.standing import StandingRow, standing, standing_of
from desktop.services.views import Hits, Narrative, NodeDetails, PlanRow, PlanView, ReadingField, ReportLine
from desktop.services.workspace import Workspace
from desktop.store.queries import RecordRow

_READINGS = frozenset(field.value for field in ReadingField)

MOST_HITS = 200
"""What a screen can show of the hits of a search."""


def plan_view(ws: Workspace) -> PlanView:
    """The whole plan with its standing today. Raises Mistake FOLDER_NOT_SET_UP."""
    identity = ws.identity()
    told = (finding_of(row.body) for row in ws.in_force("finding"))
    mine, doubtful, commented = _own_items(ws), _doubtful(told), open_counts(ws)
    rows = tuple(
        _plan_row(row, row.node.record in mine, doubtful, commented.get(row.node.record, 0)) for row in standing(ws)
    )
    return PlanView(identity, ws.environment.clock().date(), rows)


def _own_items(ws: Workspace, item: str | None = None) -> set[str]:
    units = own_units(ws)
    return {led for led, unit in ws.store.queries.leads(item) if unit in units}


def _doubtful(told: Iterable[Finding]) -> dict[str, set[str]]:
    """Paths that a finding of more than a note points at, with the columns it is about ("" for no single one)."""
    found: dict[str, set[str]] = {}
    for finding in told:
        if finding.severity is not Severity.NOTE:
            found.setdefault(finding.path, set()).add(finding.cell.column)
    return found


def findings(ws: Workspace) -> tuple[Finding, ...]:
    """The findings of the plan as issued, in their order."""
    return _in_order(ws.in_force("finding"))


def _findings_of(ws: Workspace, path: str) -> tuple[Finding, ...]:
    """The findings that point at one row, in their order."""
    return _in_order(row for row in ws.store.queries.having("finding", "path", path) if not row.body.get("withdrawn"))


def _in_order(rows: Iterable[RecordRow]) -> tuple[Finding, ...]:
    numbered = sorted(rows, key=lambda row: int(row.record.partition("/")[2]))
    return tuple(finding_of(row.body) for row in numbered)


def _plan_row(row: StandingRow, mine: bool, doubtful: Mapping[str, set[str]], comments: int) -> PlanRow:
    body = row.node.body
    start, end, path = row.start, row.end, text_of(body.get("path"))
    torn = len(_READINGS.intersection(row.node.conflicts))
    status = replace(row.status, conflicts=row.status.conflicts + torn)
    unclear = TimeKind.UNCLEAR in (start.kind, end.kind)
    # What the plan's owner has corrected since is no longer in doubt.
    doubts = doubtful.get(path, set()) - set(texts_of(body.get("corrected")))
    return PlanRow(
        id=row.node.record, parent=text_of(body.get("parent")) or None, depth=row.depth, path=path, kind=row.kind,
        code=text_of(body.get("code")), title=text_of(body.get("title")), leaders=texts_of(body.get("leaders")),
        lead_units=texts_of(body.get("lead_units")), coordinating_units=texts_of(body.get("coordinating_units")),
        start=start, end=end, deadline=deadline_words(body), schedule=row.schedule, status=status,
        needs_review=bool(doubts or unclear or comments), mine=mine,
        open_comments=comments,
    )


def node_details(ws: Workspace, record: str) -> NodeDetails:
    """A row opened: printed text, readings with their history, findings, reports (newest period first), comments.

    Raises Mistake ITEM_UNKNOWN.
    """
    _ = ws.seat
    stands = standing_of(ws, record)
    if stands is None:
        raise Mistake("ITEM_UNKNOWN", "Không có nội dung này trong kế hoạch.", "Hãy chọn lại trong bảng.")
    node, told = stands.node, _findings_of(ws, text_of(stands.node.body.get("path")))
    printed, facts = printed_of(node.body.get("printed")), row_facts(ws, record)
    return NodeDetails(
        row=_plan_row(stands, record in _own_items(ws, record), _doubtful(told), open_counts(ws).get(record, 0)),
        printed=(*((name, getattr(printed, cell)) for cell, name in COLUMN_NAMES.items()),
                 *extra_of(node.body.get("extra"))),
        targets=targets_of(node.body.get("targets")),
        findings=told, reports=_newest_first(report_lines(ws, record)),
        source_lines=lines_of(node.body.get("source_lines")), role=ws.seat.role,
        readings=field_readings(facts, node.body, ws.environment.clock().tzinfo), shown=shown_in(facts),
        comments=comments(ws, record),
        earlier=earlier_reports(ws, record),
    )


def narrative(ws: Workspace) -> Narrative:
    """The narrative as printed, in order."""
    paragraphs = sorted((paragraph_of(row.body) for row in ws.in_force("paragraph")),
                        key=lambda paragraph: paragraph.line)
    return Narrative(tuple(paragraphs))


def search(ws: Workspace, text: str, most: int = MOST_HITS) -> Hits:
    """Rows and narrative paragraphs of the plan worked in that hold every word or its beginning, best first.

    Marks, case and the place of a tone do not matter; what holds the words with the marks typed comes first, then
    what holds them whole, then the order of the document.
    """
    return Hits(*ws.store.queries.search(text, most))


def earlier_reports(ws: Workspace, record: str) -> tuple[ReportLine, ...]:
    """Reports on the rows that this one continues (*Chuyển tiếp*), of the newest plan and period first.

    Empty where it continues none, or the earlier plan is not in this folder.
    """
    found: list[ReportLine] = []
    plan_id, visited = ws.store.plan, set[tuple[str, str]]()
    while (plan_id, record) not in visited:
        visited.add((plan_id, record))
        row = ws.of(plan_id).store.queries.record(record)
        plan_id, _, record = text_of(row.body.get("continues")).partition("/") if row else ("", "", "")
        if ws.store.office.seat(plan_id) is None:
            break
        found += _newest_first(report_lines(ws.of(plan_id), record))
    return tuple(found)


def _newest_first(lines: Iterable[ReportLine]) -> tuple[ReportLine, ...]:
    return tuple(sorted(lines, key=lambda line: (line.report.period, line.unit_name), reverse=True))
