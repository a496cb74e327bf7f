"""Comparing a newer version of the plan with the one in force: which row is which, and what changes. Writes nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path

from desktop.models.kinds import CORRECTION
from desktop.models.merge import FieldState, merge
from desktop.models.plan import Node, NodeKind, PlanHeader
from desktop.models.text import squeeze
from desktop.services.plan.issuing import read_for_office
from desktop.services.plan.owner_facts import require_hub
from desktop.services.plan.plan_changes import (
    Decisions,
    FieldChange,
    NewerPlan,
    OldRow,
    PlanDifference,
    RowDifference,
    RowOutcome,
)
from desktop.services.plan.reading import NO_CHOICES, ReadChoices
from desktop.services.plan.row_pairing import (
    READ_FROM,
    Matched,
    changed_cells,
    match,
    old_cells,
    plain_cell,
    printed_cells,
    same_number,
)
from desktop.services.records import header_json, int_of, node_kind, text_of
from desktop.services.workspace import Workspace
from desktop.store.queries import RecordRow

CELL_NAMES: Mapping[str, str] = {
    "title": "Nội dung", "leaders": "Lãnh đạo phụ trách", "lead_units": "Đơn vị chủ trì",
    "coordinating_units": "Đơn vị phối hợp", "start": "Thời gian thực hiện", "end": "Thời gian hoàn thành",
}
_HEADER_NAMES = {
    "number": "Số, ký hiệu", "day": "Ngày ban hành", "issuer": "Cơ quan ban hành", "title": "Tên kế hoạch",
    "theme": "Chủ đề", "signer": "Người ký",
}
_KIND_NAMES = {NodeKind.SECTION: "phần", NodeKind.GROUP: "đề mục", NodeKind.ITEM: "nội dung"}


def read_newer(ws: Workspace, file: Path, choices: ReadChoices = NO_CHOICES) -> NewerPlan:
    """A plan file as a newer version. Raises Mistake HUB_ONLY, Refused PLAN_HAS_ERRORS and reading's codes."""
    require_hub(ws)
    return NewerPlan(*read_for_office(ws, file, choices))


def compare_plan(ws: Workspace, newer: NewerPlan, decisions: Decisions | None = None) -> PlanDifference:
    """What a newer version would change under the decisions made so far.

    Raises Mistake HUB_ONLY, AMEND_NO_SUCH_ROW, AMEND_PAIR_TWICE; Refused PLAN_ANOTHER.
    """
    decided = decisions or Decisions()
    matched = match(ws, newer, decided)
    old_header = ws.identity().plan
    reports = _report_counts(ws)
    rows, unchanged = _differences(ws, matched, reports)
    texts = [text_of(row.body.get("text")) for row in _counted(ws, "paragraph")]
    return PlanDifference(
        newer, decided, rows, tuple(_old_row(row) for row in (*matched.free, *matched.carried)),
        _header_changes(old_header, newer),
        _changed_texts(texts, [one.text for one in newer.plan.narrative]), unchanged,
        tuple(_warnings(old_header, newer, matched)),
    )


def _warnings(old: PlanHeader, newer: NewerPlan, matched: Matched) -> Iterable[str]:
    new = newer.plan.header
    if not same_number(old, new):
        yield (
            f"Tệp mang số {new.number or '(không có)'}, kế hoạch đang dùng mang số {old.number}; được nhận vì "
            "tên nói là điều chỉnh, bổ sung."
        )
    kept = len(matched.records)
    if len(matched.free) > kept:
        yield (
            f"Chỉ {kept} dòng cũ có trong bản mới, {len(matched.free)} dòng sẽ rút. Nếu tệp chỉ in phần điều chỉnh, "
            "hãy dùng tệp in đủ cả kế hoạch."
        )


def _differences(
    ws: Workspace, matched: Matched, reports: Mapping[str, int]
) -> tuple[tuple[RowDifference, ...], int]:
    """The rows that do not stay as they are, and how many do."""
    places: dict[str, int] = {}
    found: list[tuple[float, RowDifference]] = []
    for rank, (node, old) in enumerate(matched.pairs):
        if old is None:
            found.append((rank, _new_row(node, matched)))
            continue
        places[old.record] = rank
        changes = (*_row_changes(ws, node, old), *_moves(node, old, matched))
        if outcome := _outcome(node, old, changes):
            found.append((rank, RowDifference(
                outcome, _old_row(old), node.path, node.code, node.title, changes, reports=reports.get(old.record, 0)
            )))
    unchanged = len(places) - sum(row.old is not None for _, row in found)
    found += _withdrawn(matched, places, reports)
    return tuple(row for _, row in sorted(found, key=lambda one: one[0])), unchanged


def _moves(node: Node, old: RecordRow, matched: Matched) -> Iterable[FieldChange]:
    """The heading a row stands under, where that is another one (and not one still in doubt)."""
    before, above = text_of(old.body.get("parent")), matched.nodes.get(node.parent)
    stays = matched.records.get(node.parent, "") == before and (above is not None) == bool(before)
    if stays or node.parent in matched.doubts:
        return
    row = matched.old_rows.get(before)
    yield FieldChange(
        "Thuộc mục", _heading(text_of(row.body.get("code")), text_of(row.body.get("title"))) if row else "",
        _heading(above.code, above.title) if above else "",
    )


def _new_row(node: Node, matched: Matched) -> RowDifference:
    doubt = matched.doubts.get(node.path)
    outcome = RowOutcome.ADDED if doubt is None else RowOutcome.DOUBTFUL
    candidates = tuple(_old_row(row, likeness) for row, likeness in doubt or ())
    return RowDifference(outcome, None, node.path, node.code, node.title, candidates=candidates)


def _withdrawn(
    matched: Matched, places: Mapping[str, int], reports: Mapping[str, int]
) -> Iterable[tuple[float, RowDifference]]:
    """The old rows that no new one is, each after the row that stood before it; those in doubt are not told twice."""
    asked = {row.record for listed in matched.doubts.values() for row, _ in listed}
    stays = {row.record for row in matched.carried}
    last = -1.0
    for row in sorted(matched.old_rows.values(), key=lambda row: int_of(row.body.get("order")) or 0):
        if row.record in places:
            last = places[row.record]
        elif row.record not in asked | stays:
            yield last + 0.5, RowDifference(
                RowOutcome.WITHDRAWN, _old_row(row), "", "", "", reports=reports.get(row.record, 0)
            )


def _row_changes(ws: Workspace, node: Node, old: RecordRow) -> list[FieldChange]:
    cells = [name for name in changed_cells(old.body, node) if name != "code"]
    before, after = old_cells(old.body), printed_cells(node)
    state = merge(ws.store.journal.facts_of(old.record)) if cells else {}
    changes = [
        FieldChange(CELL_NAMES.get(name, name), plain_cell(before.get(name, "")), plain_cell(after.get(name, "")),
                    any(is_corrected(state, field) for field, read in READ_FROM.items() if name in read))
        for name in cells
    ]
    kind = node_kind(old.body)
    if kind is not node.kind:
        changes.append(FieldChange("Loại dòng", _KIND_NAMES[kind], _KIND_NAMES[node.kind]))
    return changes


def is_corrected(state: Mapping[str, FieldState], field: str) -> bool:
    """Whether a current value of a field comes from a correction."""
    return field in state and any(one.fact.content.kind == CORRECTION for one in state[field].current)


def _outcome(node: Node, old: RecordRow, changes: tuple[FieldChange, ...]) -> RowOutcome | None:
    if old.body.get("withdrawn"):
        return RowOutcome.RESTORED
    if changes:
        return RowOutcome.CHANGED
    return RowOutcome.RENUMBERED if node.code != text_of(old.body.get("code")) else None


def _old_row(row: RecordRow, likeness: int = 0) -> OldRow:
    path, code, title = (text_of(row.body.get(name)) for name in ("path", "code", "title"))
    return OldRow(row.record, path, code, title, likeness)


def _heading(code: str, title: str) -> str:
    return squeeze(f"{code} {title}")


def _header_changes(old: PlanHeader, newer: NewerPlan) -> tuple[FieldChange, ...]:
    before, after = header_json(old, ""), header_json(newer.plan.header, "")
    return tuple(
        FieldChange(words, text_of(before[name]), text_of(after[name]))
        for name, words in _HEADER_NAMES.items() if before[name] != after[name]
    )


def _counted(ws: Workspace, kind: str) -> list[RecordRow]:
    return sorted(ws.in_force(kind), key=lambda row: int(row.record.partition("/")[2]))


def _changed_texts(before: list[str], after: list[str]) -> int:
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for word, i1, i2, j1, j2 in steps if word != "equal")


def _report_counts(ws: Workspace) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in ws.store.queries.reports():
        counts[row.item] = counts.get(row.item, 0) + 1
    return counts
