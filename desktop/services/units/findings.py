"""Findings about printed names that the hub has settled: withdrawn with what settles them, so the row needs no review.

One rule: a finding about names stands as long as one of its names is not clear. A name is clear when the tree knows
whom it means without doubt; one whose level was not printed is clear once the hub has explained it. Where a later word
of the hub makes a name unclear again (a collective of nobody), its finding stands again.
"""

from __future__ import annotations

from collections.abc import Iterable

from desktop.models.facts import Content
from desktop.models.findings import names_in_doubt
from desktop.models.plan import Finding
from desktop.models.units import ResolutionKind, UnitTree
from desktop.services.plan.owner_facts import amendment
from desktop.services.records import finding_of, text_of, texts_of
from desktop.services.workspace import Workspace

_UNIT_COLUMNS = ("lead_units", "coordinating_units")
_ASKS_LEVEL = "UNIT_LEVEL_UNCLEAR"


def settled(ws: Workspace, before: UnitTree, after: UnitTree) -> list[Content]:
    """The facts that withdraw findings, or let them stand again, when one tree takes the place of another.

    The caller appends them, in the same transaction.
    """
    names = {
        (text_of(row.body.get("path")), column): texts_of(row.body.get(column))
        for row in ws.in_force("node") for column in _UNIT_COLUMNS
    }
    found: list[Content | None] = []
    standing = {finding_of(row.body) for row in ws.in_force("finding")}
    for row in ws.store.queries.records("finding"):
        finding = finding_of(row.body)
        doubts = names_in_doubt(finding, names.get((finding.path, finding.cell.column), ()))
        if not doubts:
            continue
        clear = _clear(finding, doubts, after)
        if not row.body.get("withdrawn"):
            if clear:
                found.append(amendment(ws, "finding", row.record, {"withdrawn": 1}))
        elif not clear and finding not in standing and _clear(finding, doubts, before):
            standing.add(finding)
            found.append(amendment(ws, "finding", row.record, {"withdrawn": 0}))
    return [content for content in found if content is not None]


def _clear(finding: Finding, names: Iterable[str], tree: UnitTree) -> bool:
    if finding.code == _ASKS_LEVEL:
        return all(tree.vocabulary.explains(name) for name in names)
    return all(_is_known(tree, name) for name in names)


def _is_known(tree: UnitTree, name: str) -> bool:
    found = tree.resolve(name)
    return bool(
        found.kind is not ResolutionKind.UNKNOWN and found.units and not found.doubtful and found.unclear is None
    )
