"""What the hub says about units: who belongs to a collective, what a printed name means, a unit nobody had listed.

All are facts with author and time that travel like the plan. The rows whose printed names mean something else now get
their units in the same transaction, and the findings that this settles are withdrawn; the printed names stay.
Source: office.md "Units and people".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.models.errors import Mistake
from desktop.models.facts import ALL, MAX_LINE, Content
from desktop.models.kinds import VOCABULARY
from desktop.models.strict_json import BadJson
from desktop.models.units import UnitTree
from desktop.services.plan.owner_facts import amendment, require_hub
from desktop.services.records import Body, texts_of
from desktop.services.traffic.intake import judge_all
from desktop.services.units.findings import settled
from desktop.services.units.records import (
    assigned_units,
    collective_json,
    collective_record,
    unit_json,
    vocabulary_json,
)
from desktop.services.units.trees import unknown_unit, with_collective, with_members, with_name, with_unit
from desktop.services.views import Changes
from desktop.services.workspace import Workspace
from desktop.store.queries import RecordRow


def set_members(ws: Workspace, collective: str, unit_ids: Sequence[str]) -> Changes:
    """Say who belongs to a collective, given by id, name or alias, and give its rows those units.

    A collective that the plan names and nobody listed yet ("các trường học") is listed with this. An empty list says
    that nobody is meant yet. Hub only. Raises Mistake HUB_ONLY, COLLECTIVE_UNKNOWN, UNIT_UNKNOWN.
    """
    require_hub(ws)
    return _change(ws, with_members(ws.units(), collective, unit_ids))


def add_collective(ws: Workspace, name: str, unit_ids: Sequence[str]) -> Changes:
    """List one more collective with its members, and give them the rows that name it.

    Hub only. Raises Mistake HUB_ONLY, UNIT_NAME_EMPTY, UNIT_NAME_TOO_LONG, UNIT_NAME_TAKEN, UNIT_UNKNOWN.
    """
    require_hub(ws)
    return _change(ws, with_collective(ws.units(), name, unit_ids))


def add_unit(ws: Workspace, name: str, parent: str, short: str = "", level: str = "") -> Changes:
    """List one more unit below another (its id), and give it the rows that name it; its id is made of its name.

    ``short`` stands in names of files and narrow columns, by default the name; ``level`` is a word of the plan's
    levels or empty. Hub only. Raises Mistake HUB_ONLY, UNIT_NAME_EMPTY, UNIT_NAME_TOO_LONG, UNIT_NAME_TAKEN,
    UNIT_LEVEL_UNKNOWN, UNIT_UNKNOWN (the parent).
    """
    require_hub(ws)
    return _change(ws, with_unit(ws.units(), name, short, level, parent))


def teach_name(ws: Workspace, printed: str, meant: str) -> Changes:
    """Say that a printed name means a unit or collective, given by id, and give its rows those units.

    To say what it means already confirms it: findings that doubted it are withdrawn. Hub only. Raises Mistake
    HUB_ONLY, UNIT_UNKNOWN, UNIT_NAME_EMPTY, UNIT_NAME_TOO_LONG, UNIT_NAME_TAKEN (it means another one already, or
    could mean several), UNIT_NAMES_TOO_MANY.
    """
    require_hub(ws)
    return _change(ws, with_name(ws.units(), printed, meant))


def meaning_named(ws: Workspace, name: str) -> str:
    """The id of the unit or collective of a name or alias. Raises Mistake UNIT_UNKNOWN."""
    tree = ws.units()
    found = tree.find(name) or tree.collective(name)
    if found is None:
        raise unknown_unit(name)
    return found.id


def row_changes(ws: Workspace, before: UnitTree, after: UnitTree) -> Iterator[tuple[RecordRow, Body]]:
    """The rows whose names mean other units now, with the fields that change.

    A row whose units were set by hand keeps them.
    """
    for row in ws.store.queries.records("node"):
        then, now = _units_of(row.body, before), _units_of(row.body, after)
        changed: Body = {
            name: value for name, value in now.items() if value != then[name] and row.body.get(name) == then[name]
        }
        if changed:
            yield row, changed


def _change(ws: Workspace, after: UnitTree) -> Changes:
    """Write what differs between the tree held and another, the rows this changes and the findings it settles."""
    before = ws.units()
    if after == before:
        return Changes()
    rows = _row_contents(ws, before, after)
    contents = [*_tree_contents(ws, before, after), *rows, *settled(ws, before, after)]
    try:
        with ws.store.atomic():
            ws.append(ALL, contents)
            # Who is within whose scope may be another now.
            judge_all(ws)
    except BadJson as error:
        raise Mistake(
            "UNIT_NAMES_TOO_MANY", f"Danh sách tên quá dài để gửi đi (tối đa {MAX_LINE // 1024} KB). Chưa lưu gì.",
            "Hãy bỏ bớt tên.",
        ) from error
    units = {unit for content in rows for name in ("leads", "coordinators")
             for unit in texts_of(content.fields.get(name))}
    return Changes(items=frozenset(content.record for content in rows), units=frozenset(units), plan=True)


def _tree_contents(ws: Workspace, before: UnitTree, after: UnitTree) -> list[Content]:
    found: list[Content | None] = []
    for order, unit in enumerate(after.units):
        if unit.id not in before:
            found.append(amendment(ws, "unit", unit.id, unit_json(unit, order)))
        elif before.unit(unit.id) != unit:
            found.append(amendment(ws, "unit", unit.id, {"aliases": list(unit.aliases)}))
    held = set(before.collectives)
    for order, one in enumerate(after.collectives):
        if one not in held:
            found.append(amendment(ws, "collective", collective_record(one.id), collective_json(one, order)))
    if after.vocabulary != before.vocabulary:
        found.append(amendment(ws, "vocabulary", VOCABULARY, vocabulary_json(after.vocabulary)))
    return [content for content in found if content is not None]


def _row_contents(ws: Workspace, before: UnitTree, after: UnitTree) -> list[Content]:
    found = (amendment(ws, "node", row.record, changed) for row, changed in row_changes(ws, before, after))
    return [content for content in found if content is not None]


def _units_of(body: Body, tree: UnitTree) -> Body:
    leading, coordinating = texts_of(body.get("lead_units")), texts_of(body.get("coordinating_units"))
    leads, coordinators = assigned_units(tree, leading, coordinating)
    return {"leads": list(leads), "coordinators": list(coordinators), "expands_to": list(tree.shares(leading))}
