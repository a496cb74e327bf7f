"""*Kế hoạch*: the plan with its standing, a row opened, the narrative, search."""

from __future__ import annotations

from desktop.models.errors import Mistake
from desktop.models.plan import Finding, Severity
from desktop.models.schedule import TimeKind
from desktop.models.text import fold, nfc
from desktop.services.records import (
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
from desktop.services.standing import StandingRow, standing
from desktop.services.views import Narrative, NodeDetails, PlanRow, PlanView
from desktop.services.workspace import Workspace

_PRINTED_NAMES = (
    ("TT", "code"), ("Nội dung thực hiện", "title"), ("Lãnh đạo phụ trách", "leaders"),
    ("Đơn vị chủ trì", "lead_units"), ("Đơn vị phối hợp", "coordinating_units"),
    ("Thời gian thực hiện", "start"), ("Thời gian hoàn thành", "end"),
)


def plan_view(ws: Workspace) -> PlanView:
    """The whole plan with its standing today. Raises Mistake FOLDER_NOT_SET_UP."""
    identity = ws.identity()
    mine = _own_items(ws)
    doubtful = _doubtful(ws)
    rows = tuple(_plan_row(row, row.node.record in mine, doubtful) for row in standing(ws))
    return PlanView(identity, ws.environment.clock().date(), rows)


def _own_items(ws: Workspace) -> set[str]:
    units = own_units(ws)
    return {item for item, unit in ws.store.queries.leads() if unit in units}


def _doubtful(ws: Workspace) -> set[str]:
    """Paths that a finding of more than a note points at."""
    bodies = (row.body for row in ws.store.queries.records("finding"))
    return {text_of(body.get("path")) for body in bodies if body.get("severity") != Severity.NOTE}


def findings(ws: Workspace) -> tuple[Finding, ...]:
    """The findings of the plan as issued, in their order."""
    rows = ws.store.queries.records("finding")
    rows = tuple(sorted(rows, key=lambda row: int(row.record.partition("/")[2])))
    return tuple(finding_of(row.body) for row in rows)


def _plan_row(row: StandingRow, mine: bool, doubtful: set[str]) -> PlanRow:
    body = row.node.body
    start, end, path = row.start, row.end, text_of(body.get("path"))
    unclear = TimeKind.UNCLEAR in (start.kind, end.kind)
    return PlanRow(
        id=row.node.record, parent=text_of(body.get("parent")) or None, depth=row.depth, path=path, kind=row.kind,
        code=text_of(body.get("code")), title=text_of(body.get("title")), leaders=texts_of(body.get("leaders")),
        lead_units=texts_of(body.get("lead_units")), coordinating_units=texts_of(body.get("coordinating_units")),
        start=start, end=end, deadline=end.text or start.text, schedule=row.schedule, status=row.status,
        needs_review=path in doubtful or unclear, mine=mine,
    )


def node_details(ws: Workspace, record: str) -> NodeDetails:
    """A row opened: printed text, targets, findings, reports newest period first. Raises Mistake ITEM_UNKNOWN."""
    row = next((one for one in plan_view(ws).rows if one.id == record), None)
    node = ws.store.queries.record(record)
    if row is None or node is None:
        raise Mistake("ITEM_UNKNOWN", "Không có nội dung này trong kế hoạch.", "Hãy chọn lại trong bảng.")
    printed = printed_of(node.body.get("printed"))
    reports = sorted(
        (line for line in report_lines(ws) if line.report.item == record),
        key=lambda line: (line.report.period, line.unit_name), reverse=True,
    )
    return NodeDetails(
        row=row,
        printed=(*((name, getattr(printed, cell)) for name, cell in _PRINTED_NAMES),
                 *extra_of(node.body.get("extra"))),
        targets=targets_of(node.body.get("targets")),
        findings=tuple(finding for finding in findings(ws) if finding.path == row.path), reports=tuple(reports),
        source_lines=lines_of(node.body.get("source_lines")),
    )


def narrative(ws: Workspace) -> Narrative:
    """The narrative as printed, in order."""
    paragraphs = sorted((paragraph_of(row.body) for row in ws.store.queries.records("paragraph")),
                        key=lambda paragraph: paragraph.line)
    return Narrative(tuple(paragraphs))


def search(ws: Workspace, text: str) -> tuple[str, ...]:
    """Record ids of rows and narrative paragraphs that hold every word, best first.

    Marks and case do not matter; a record that holds the words just as typed comes before one that does not.
    """
    words = tuple(fold(text).split())
    if not words:
        return ()
    typed = nfc(text).casefold().strip()

    def rank(record: str) -> tuple[bool, int]:
        row = ws.store.queries.record(record)
        body = row.body if row else {}
        shown = f"{text_of(body.get('code'))} {text_of(body.get('title'))} {text_of(body.get('text'))}".casefold()
        order = body.get("order", body.get("line", 0))
        return (typed not in shown, order if isinstance(order, int) else 0)

    return tuple(sorted((record for record, _ in ws.store.queries.search(words)), key=rank))
