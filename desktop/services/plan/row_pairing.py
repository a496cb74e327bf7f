"""Which row of the plan in force is which of a newer version, as matched and as a person decided. Writes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from desktop.importers.matching import Comparison, Row, compare_rows
from desktop.models.errors import Mistake, Refused
from desktop.models.plan import Node, PlanHeader
from desktop.models.text import fold, squeeze
from desktop.models.units import name_key
from desktop.services.plan.carrying import is_carried
from desktop.services.plan.owner_facts import require_hub
from desktop.services.plan.plan_changes import Decisions, NewerPlan
from desktop.services.records import Body, int_of, node_json, node_kind, text_of
from desktop.services.workspace import Workspace
from desktop.store.queries import RecordRow

READ_FROM: Mapping[str, tuple[str, ...]] = {
    "title": ("title",), "stated_count": ("title",), "targets": ("title",),
    "leaders": ("leaders",), "lead_units": ("lead_units",), "expands_to": ("lead_units",), "leads": ("lead_units",),
    "coordinating_units": ("coordinating_units",), "coordinators": ("lead_units", "coordinating_units"),
    "start": ("start",), "end": ("end",),
}
"""The printed cells a reading comes from: while they stay, it stays too, corrected or not.
The number and the kind of a row depend on the rows around it and are read anew each time."""
_AMENDS = ("dieu chinh", "bo sung", "sua doi")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Matched:
    """Every new row with the old one it is (None: it is new), and what is left of the old ones.

    ``doubts`` gives for the path of a row not decided yet the old rows it may be. ``carried`` are those left that no
    file of this plan ever printed: they stay whatever a newer version prints.
    """

    pairs: tuple[tuple[Node, RecordRow | None], ...]
    doubts: Mapping[str, tuple[tuple[RecordRow, int], ...]]
    free: tuple[RecordRow, ...]
    carried: tuple[RecordRow, ...]

    @cached_property
    def records(self) -> dict[str, str]:
        """The record of each new row that is an old one, by its path."""
        return {node.path: old.record for node, old in self.pairs if old is not None}

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """The new rows by path."""
        return {node.path: node for node, _ in self.pairs}

    @cached_property
    def old_rows(self) -> dict[str, RecordRow]:
        """The old rows by record."""
        found = (old for _, old in self.pairs if old is not None)
        return {row.record: row for row in (*self.free, *self.carried, *found)}


def match(ws: Workspace, newer: NewerPlan, decisions: Decisions) -> Matched:
    """Which row is which, matched and then as decided. Raises as ``compare_plan``."""
    require_hub(ws)
    _refuse_another(ws.identity().plan, newer.plan.header)
    old = sorted(ws.in_force("node"), key=lambda row: int_of(row.body.get("order")) or 0)
    gone = tuple(row for row in ws.store.queries.records("node") if row.body.get("withdrawn"))
    by_record = {row.record: row for row in (*old, *gone)}
    _refuse_wrong(decisions, newer, by_record)
    found = compare_rows([_row_of(row) for row in old], [_row_of_node(node) for node in newer.plan.nodes])
    records, doubts = _decided(found, decisions)
    again = [node for node in newer.plan.nodes if node.path in found.added and node.path not in decisions.new]
    records |= _restored(gone, [node for node in again if node.path not in records])
    taken = set(records.values())
    left = [row for row in old if row.record not in taken]
    return Matched(
        tuple((node, by_record[records[node.path]] if node.path in records else None) for node in newer.plan.nodes),
        # Where every old row it could be is another row by now, nothing is left to ask: it is new.
        {path: asked for path, listed in doubts.items()
         if (asked := tuple((by_record[one], like) for one, like in listed if one not in taken)) or not listed},
        tuple(row for row in left if not is_carried(row.body)), tuple(row for row in left if is_carried(row.body)),
    )


def _decided(
    found: Comparison, decisions: Decisions
) -> tuple[dict[str, str], dict[str, tuple[tuple[str, int], ...]]]:
    """Records by path, and the candidates of paths in doubt, once the decisions stand above what was matched."""
    claimed = set(decisions.pairs.values())
    records = dict(decisions.pairs)
    doubts: dict[str, tuple[tuple[str, int], ...]] = {}
    for pair in found.pairs:
        if pair.new in decisions.pairs or pair.new in decisions.new:
            continue
        if pair.old in claimed:
            # Its partner went to another row: nobody has said yet what this one is.
            doubts[pair.new] = ()
        else:
            records[pair.new] = pair.old
    for doubt in found.doubtful:
        if doubt.new not in decisions.pairs and doubt.new not in decisions.new:
            doubts[doubt.new] = tuple((one.old, one.likeness) for one in doubt.candidates)
    return records, doubts


def _restored(gone: Iterable[RecordRow], added: Iterable[Node]) -> dict[str, str]:
    """Rows that an earlier version withdrew and this one prints again with the same title: record by path."""
    kinds = compare_rows(
        [Row(row.record, "", node_kind(row.body), "", old_cells(row.body).get("title", "")) for row in gone],
        [Row(node.path, "", node.kind, "", node.printed.title) for node in added],
    )
    return {pair.new: pair.old for pair in kinds.pairs if pair.likeness == 100}


def _refuse_wrong(decisions: Decisions, newer: NewerPlan, old: Mapping[str, RecordRow]) -> None:
    paths = {node.path for node in newer.plan.nodes}
    for path in (*decisions.pairs, *decisions.new):
        if path not in paths:
            raise _no_such_row(path, "bản mới")
    for record in decisions.pairs.values():
        if record not in old:
            raise _no_such_row(record, "kế hoạch đang dùng")
    both = decisions.new & decisions.pairs.keys()
    records = list(decisions.pairs.values())
    twice = [path for path, record in decisions.pairs.items() if records.count(record) > 1 or path in both]
    if twice:
        raise Mistake(
            "AMEND_PAIR_TWICE", f"Dòng “{twice[0]}” của bản mới được ghép hai lần. Chưa ghi gì.",
            "Mỗi dòng cũ chỉ ghép với một dòng mới, mỗi dòng mới chỉ có một lựa chọn.",
        )


def _no_such_row(path: str, where: str) -> Mistake:
    return Mistake(
        "AMEND_NO_SUCH_ROW", f"Không có dòng “{path}” trong {where}. Chưa ghi gì.",
        "Hãy xem lại đường dẫn số của dòng, ví dụ II/2/2.1/2.1.9.",
    )


def old_record(ws: Workspace, path: str) -> str:
    """The record of the row in force at a path, else of one withdrawn there. Raises Mistake AMEND_NO_SUCH_ROW."""
    rows = sorted(ws.store.queries.records("node"), key=lambda row: bool(row.body.get("withdrawn")))
    record = next((row.record for row in rows if row.body.get("path") == path), "")
    if not record:
        raise _no_such_row(path, "kế hoạch đang dùng")
    return record


def _refuse_another(old: PlanHeader, new: PlanHeader) -> None:
    """The newer version has the same number, or says that it amends; issuer and year are the same."""
    same_plan = fold(old.issuer) == fold(new.issuer) and old.year == new.year
    if not same_plan or not (same_number(old, new) or _says_it_amends(new)):
        raise Refused(
            "PLAN_ANOTHER",
            f"Tệp này là kế hoạch khác ({new.number or 'không có số'}, năm {new.year}), không phải bản mới của "
            f"kế hoạch {old.number} năm {old.year}; không có gì thay đổi.",
            "Bản mới phải cùng cơ quan ban hành, cùng năm và cùng số, hoặc tên có chữ “điều chỉnh, bổ sung”.",
        )


def same_number(old: PlanHeader, new: PlanHeader) -> bool:
    """Whether two versions have one number."""
    return name_key(old.number) == name_key(new.number)


def _says_it_amends(header: PlanHeader) -> bool:
    return any(word in fold(header.title) for word in _AMENDS)


def _row_of(row: RecordRow) -> Row:
    printed = old_cells(row.body)
    return Row(row.record, text_of(row.body.get("parent")), node_kind(row.body), text_of(row.body.get("code")),
               printed.get("title", ""), _cells(printed))


def _row_of_node(node: Node) -> Row:
    printed = printed_cells(node)
    return Row(node.path, node.parent, node.kind, node.code, printed["title"], _cells(printed))


def _cells(printed: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(printed[name] for name in sorted(printed) if name not in ("code", "title") and printed[name])


def printed_cells(node: Node) -> dict[str, str]:
    """The printed cells of a new row by name, as its record will have them."""
    return old_cells(node_json(node, "", 0, (), ()))


def old_cells(body: Body) -> dict[str, str]:
    """The printed cells of a record by name."""
    printed = body.get("printed")
    return {name: text_of(value) for name, value in printed.items()} if isinstance(printed, dict) else {}


def changed_cells(old: Body, node: Node) -> tuple[str, ...]:
    """Names of the cells that another text stands in. Markup, line breaks and blanks come from the file's making."""
    before, after = old_cells(old), printed_cells(node)
    return tuple(name for name in (*after, *(before.keys() - after.keys()))
                 if plain_cell(before.get(name, "")) != plain_cell(after.get(name, "")))


def plain_cell(cell: str) -> str:
    """A printed cell without markup, line breaks and runs of blanks."""
    return squeeze(_TAG.sub("", cell))
