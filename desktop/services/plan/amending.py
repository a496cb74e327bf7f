"""Applying a newer version of the plan as facts: a row keeps its record and its reports whatever its new number.

Source: exchange.md "Records, facts, logs": an amended plan is matched old row to new row by the plan's owner before
issue; an unmatched row gets a new id. A row that is no longer printed is marked withdrawn, never deleted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from desktop.exchange.hashes import short_id
from desktop.models.errors import Mistake, Refused
from desktop.models.facts import ALL, Content
from desktop.models.plan import Node, NodeKind
from desktop.models.strict_json import BadJson, JsonValue
from desktop.models.units import Unit, UnitTree
from desktop.services.plan.issuing import item_record
from desktop.services.plan.owner_facts import amendment
from desktop.services.plan.plan_changes import Decisions, NewerPlan
from desktop.services.plan.row_pairing import READ_FROM, Matched, changed_cells, match
from desktop.services.records import (
    Body,
    finding_json,
    header_json,
    node_json,
    node_kind,
    paragraph_json,
    text_of,
    texts_of,
)
from desktop.services.units.records import assigned_units, coordinators, unit_json
from desktop.services.views import Changes
from desktop.services.workspace import Workspace
from desktop.store.queries import RecordRow


def amend(ws: Workspace, newer: NewerPlan, decisions: Decisions | None = None) -> Changes:
    """Apply a newer version in one transaction; on the disk when this returns. The same plan again writes nothing.

    Raises Mistake HUB_ONLY, AMEND_UNDECIDED, AMEND_NO_SUCH_ROW, AMEND_PAIR_TWICE; Refused PLAN_ANOTHER,
    PLAN_ROW_TOO_LONG.
    """
    matched = match(ws, newer, decisions or Decisions())
    if matched.doubts:
        raise Mistake(
            "AMEND_UNDECIDED",
            f"Còn {len(matched.doubts)} dòng của bản mới chưa rõ là dòng cũ nào, ví dụ “{next(iter(matched.doubts))}”. "
            "Chưa ghi gì.",
            "Hãy chọn cho từng dòng: là dòng cũ nào, hay là dòng mới.",
        )
    writer = _Writer(ws)
    for order, unit in _added(ws.units(), newer.tree):
        writer.put("unit", unit.id, unit_json(unit, order))
    _put_header(writer, newer)
    changed = _put_rows(writer, matched, newer.tree)
    _put_counted(writer, "paragraph", [paragraph_json(one) for one in newer.plan.narrative])
    _put_counted(writer, "finding", [finding_json(one) for one in newer.plan.findings])
    if not writer.contents:
        return Changes()
    try:
        with ws.store.atomic():
            ws.append(ALL, writer.contents)
    except BadJson as error:
        raise Refused(
            "PLAN_ROW_TOO_LONG", "Bản mới có dòng quá dài hoặc có ký tự không gửi được. Chưa ghi gì.",
            "Hãy kiểm tra lại tệp: mỗi ô tối đa 20.000 ký tự.",
        ) from error
    return Changes(items=frozenset(changed), plan=True)


class _Writer:
    """Gathers facts that put other values where values stand; what stands already is left alone."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self.contents: list[Content] = []

    def put(self, kind: str, record: str, wanted: Body) -> bool:
        """Write the fields that have another value now; whether there were any."""
        before = self._ws.store.queries.record(record)
        held: Mapping[str, JsonValue] = before.body if before else {}
        changed = {name: value for name, value in wanted.items() if name not in held or held[name] != value}
        content = amendment(self._ws, kind, record, changed) if changed else None
        if content is not None:
            self.contents.append(content)
        return content is not None

    def rows(self, kind: str) -> tuple[RecordRow, ...]:
        """Every record of a kind, withdrawn ones too."""
        return self._ws.store.queries.records(kind)

    @property
    def plan_id(self) -> str:
        """The plan that is amended."""
        return self._ws.seat.plan_id


def _put_header(writer: _Writer, newer: NewerPlan) -> None:
    fields = header_json(newer.plan.header, "")
    # Who consolidates is no part of what is printed.
    del fields["hub"]
    writer.put("plan", writer.plan_id, fields)


def _put_rows(writer: _Writer, matched: Matched, tree: UnitTree) -> set[str]:
    """The rows of the newer version and those withdrawn; the records that changed."""
    taken = {row.record for row in writer.rows("node")}
    records: dict[str, str] = {"": ""}
    changed: set[str] = set()
    for order, (node, old) in enumerate(matched.pairs):
        record = old.record if old else _free_record(writer.plan_id, node.path, taken)
        records[node.path] = record
        units = assigned_units(tree, node.lead_units, node.coordinating_units)
        fields = node_json(node, records[node.parent], order, *units)
        if writer.put("node", record, _kept(old, node, fields, tree) if old else fields):
            changed.add(record)
    for row in matched.free:
        writer.put("node", row.record, {"withdrawn": 1})
        changed.add(row.record)
    return changed | _put_carried(writer, matched)


def _put_carried(writer: _Writer, matched: Matched) -> set[str]:
    """What was carried over stays behind the printed rows, its sections as long as they hold any; what changed."""
    held = Counter(text_of(row.body.get("parent")) for row in matched.carried)
    changed: set[str] = set()
    for order, row in enumerate(matched.carried, start=len(matched.pairs)):
        fields: Body = {"order": order}
        if node_kind(row.body) is NodeKind.SECTION:
            fields = {"order": order, "stated_count": held[row.record]} if held[row.record] else {"withdrawn": 1}
        if writer.put("node", row.record, fields):
            changed.add(row.record)
    return changed


def _free_record(plan_id: str, path: str, taken: set[str]) -> str:
    """A record for a row that is new: as at first issue, another where a row that once had this path has that one."""
    record, count = item_record(plan_id, path), 1
    while record in taken:
        count += 1
        record = short_id(plan_id.encode(), path.encode(), str(count).encode())
    taken.add(record)
    return record


def _kept(old: RecordRow, node: Node, fields: Body, tree: UnitTree) -> Body:
    """The fields an old row takes from its new version: readings only of cells that print another text now.

    So a corrected reading stays as long as the printed text does.
    """
    cells = set(changed_cells(old.body, node))
    taken = {
        name: value for name, value in fields.items()
        if not (name in READ_FROM and cells.isdisjoint(READ_FROM[name])) and (name != "printed" or cells)
    }
    if "coordinators" in taken:
        # Who coordinates follows from two cells, and the reading of one of them may be a corrected one that stays.
        both = {**old.body, **taken}
        named, leads = texts_of(both.get("coordinating_units")), texts_of(both.get("leads"))
        taken["coordinators"] = list(coordinators(tree, named, leads))
    if old.body.get("withdrawn"):
        taken["withdrawn"] = 0
    return taken


def _put_counted(writer: _Writer, kind: str, wanted: Iterable[Body]) -> None:
    """Paragraphs or findings in their order; records left over are withdrawn."""
    held = {row.record: row for row in writer.rows(kind)}
    for number, fields in enumerate(wanted, start=1):
        record = f"{kind}/{number}"
        row = held.pop(record, None)
        writer.put(kind, record, {**fields, "withdrawn": 0} if row and row.body.get("withdrawn") else fields)
    for record in sorted(held):
        writer.put(kind, record, {"withdrawn": 1})


def _added(issued: UnitTree, tree: UnitTree) -> list[tuple[int, Unit]]:
    """The units that only the newer version names, with their places behind the others."""
    return list(enumerate((unit for unit in tree if unit.id not in issued), start=len(issued.units)))
