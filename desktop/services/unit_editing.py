"""What the hub teaches about units: who belongs to a collective, and what a printed name means.

Both are facts with author and time that travel like the plan. The rows whose printed names mean something else now get
their units in the same transaction; the printed names stay. Source: office.md "Units and people".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop.models.errors import Mistake
from desktop.models.facts import ALL, MAX_LINE, Content
from desktop.models.strict_json import BadJson
from desktop.models.text import fold, nfc, squeeze
from desktop.models.units import Collective, ResolutionKind, UnitTree, name_key
from desktop.services.owner_facts import amendment, require_hub
from desktop.services.records import Body, texts_of
from desktop.services.tree_records import assigned_units, collective_json, collective_record
from desktop.services.views import Changes
from desktop.services.workspace import Workspace

_ID_LENGTH = 56
_NAME_LENGTH = 300


def set_members(ws: Workspace, collective: str, unit_ids: Sequence[str]) -> Changes:
    """Say who belongs to a collective, given by id, name or alias, and give its rows those units.

    A collective that the plan names and nobody listed yet ("các trường học") is listed with this. An empty list says
    that nobody is meant yet. Hub only. Raises Mistake HUB_ONLY, COLLECTIVE_UNKNOWN, UNIT_UNKNOWN.
    """
    require_hub(ws)
    tree = ws.units()
    known = tree.collective(collective) or _new_collective(tree, collective)
    members = tuple(dict.fromkeys(unit_ids))
    for unit in members:
        if unit not in tree:
            raise _unknown(unit)
    after = replace(known, members=members)
    if after.id in {one.id for one in tree.collectives}:
        listed = tuple(after if one.id == after.id else one for one in tree.collectives)
    else:
        expanding = {level.word for level in tree.vocabulary.levels if level.expands}
        shares = bool(members) and all(tree.unit(unit).level in expanding for unit in members)
        listed = (*tree.collectives, replace(after, expands=shares))
    return _change(ws, UnitTree(tree.units, listed, tree.vocabulary))


def teach_name(ws: Workspace, printed: str, meant: str) -> Changes:
    """Say that a printed name means a unit or collective, given by id, and give its rows those units.

    Hub only. Raises Mistake HUB_ONLY, UNIT_UNKNOWN, UNIT_NAME_EMPTY, UNIT_NAME_TOO_LONG, UNIT_NAME_TAKEN (it means
    another one already, or could mean several), UNIT_NAMES_TOO_MANY.
    """
    require_hub(ws)
    tree = ws.units()
    name = squeeze(nfc(printed))
    _refuse_unfit(tree, name)
    holder = tree.find(name) or tree.collective(name)
    if holder is not None:
        if holder.id == meant:
            return Changes()
        raise Mistake(
            "UNIT_NAME_TAKEN", f"“{name}” đã là tên của “{holder.name}”. Chưa thay đổi gì.",
            "Nếu dòng kế hoạch ghi nhầm đơn vị, hãy sửa ô đơn vị của dòng đó.",
        )
    if meant in tree:
        units = tuple(
            replace(unit, aliases=(*unit.aliases, name)) if unit.id == meant else unit for unit in tree.units
        )
        return _change(ws, UnitTree(units, tree.collectives, tree.vocabulary))
    if meant not in {one.id for one in tree.collectives}:
        raise _unknown(meant)
    listed = tuple(
        replace(one, aliases=(*one.aliases, name)) if one.id == meant else one for one in tree.collectives
    )
    return _change(ws, UnitTree(tree.units, listed, tree.vocabulary))


def meaning_named(ws: Workspace, name: str) -> str:
    """The id of the unit or collective of a name or alias. Raises Mistake UNIT_UNKNOWN."""
    tree = ws.units()
    found = tree.find(name) or tree.collective(name)
    if found is None:
        raise _unknown(name)
    return found.id


def _unknown(name: str) -> Mistake:
    return Mistake(
        "UNIT_UNKNOWN", f"Không có “{name}” trong danh sách đơn vị của kế hoạch. Chưa thay đổi gì.",
        "Xem danh sách bằng lệnh unit list.",
    )


def _refuse_unfit(tree: UnitTree, name: str) -> None:
    """What is no name; and a level word or the name of the whole area, which alone could mean several units."""
    if not name_key(name):
        raise Mistake("UNIT_NAME_EMPTY", "Chưa ghi tên cần dạy.", "Hãy ghi tên như in trong kế hoạch.")
    if len(name) > _NAME_LENGTH:
        raise Mistake(
            "UNIT_NAME_TOO_LONG", f"Tên dài hơn {_NAME_LENGTH} chữ cái. Chưa thay đổi gì.",
            "Nếu ô có nhiều đơn vị, hãy dạy từng tên.",
        )
    words = tree.vocabulary
    if name_key(name) in {name_key(one) for one in (words.place, *(level.word for level in words.levels))}:
        raise Mistake(
            "UNIT_NAME_TAKEN", f"“{name}” một mình có thể chỉ nhiều đơn vị. Chưa thay đổi gì.",
            "Hãy dạy tên đầy đủ hơn.",
        )


def _new_collective(tree: UnitTree, name: str) -> Collective:
    """A collective that a plan may name and nobody has listed. Raises Mistake COLLECTIVE_UNKNOWN for another name."""
    printed = squeeze(nfc(name))
    resolution = tree.resolve(printed)
    # Of "13/14 phường" all are meant until somebody says which: that can be listed too.
    if resolution.kind is not ResolutionKind.COLLECTIVE or (resolution.units and not resolution.unclear):
        raise Mistake(
            "COLLECTIVE_UNKNOWN", f"“{printed}” không phải tên của một tập thể nhiều đơn vị. Chưa thay đổi gì.",
            "Tên tập thể bắt đầu bằng “các”, hoặc có trong danh sách (lệnh unit list).",
        )
    taken = {one.id for one in tree.collectives}
    base = "-".join(re.findall(r"[a-z0-9]+", fold(printed)))[:_ID_LENGTH].strip("-") or "tap-the"
    number, made = 1, base
    while made in taken:
        number += 1
        made = f"{base}-{number}"
    return Collective(made, printed)


def _change(ws: Workspace, after: UnitTree) -> Changes:
    """Write what differs between the tree held and another, and the rows that this changes."""
    before = ws.units()
    contents = _tree_contents(ws, before, after)
    if not contents:
        return Changes()
    rows = _row_contents(ws, before, after)
    try:
        with ws.store.atomic():
            ws.append(ALL, [*contents, *rows])
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
    for old, unit in zip(before.units, after.units, strict=True):
        if old != unit:
            found.append(amendment(ws, "unit", unit.id, {"aliases": list(unit.aliases)}))
    held = set(before.collectives)
    for order, one in enumerate(after.collectives):
        if one not in held:
            found.append(amendment(ws, "collective", collective_record(one.id), collective_json(one, order)))
    return [content for content in found if content is not None]


def _row_contents(ws: Workspace, before: UnitTree, after: UnitTree) -> list[Content]:
    """Facts for the rows whose names mean other units now. A row whose units were set by hand keeps them."""
    contents = []
    for row in ws.store.queries.records("node"):
        then, now = _units_of(row.body, before), _units_of(row.body, after)
        changed = {
            name: value for name, value in now.items() if value != then[name] and row.body.get(name) == then[name]
        }
        if changed and (content := amendment(ws, "node", row.record, changed)):
            contents.append(content)
    return contents


def _units_of(body: Body, tree: UnitTree) -> Body:
    leading, coordinating = texts_of(body.get("lead_units")), texts_of(body.get("coordinating_units"))
    leads, coordinators = assigned_units(tree, leading, coordinating)
    return {"leads": list(leads), "coordinators": list(coordinators), "expands_to": list(tree.shares(leading))}


def listing(ws: Workspace) -> dict[str, list[dict[str, object]]]:
    """Units and collectives of the plan in their order, as ``unit list --json`` gives them."""
    tree = ws.units()
    return {
        "units": [
            {"id": unit.id, "name": unit.name, "short": unit.short, "level": unit.level, "parent": unit.parent,
             "aliases": list(unit.aliases)}
            for unit in tree.units
        ],
        "collectives": [
            {"id": one.id, "name": one.name, "members": list(one.members), "aliases": list(one.aliases)}
            for one in tree.collectives
        ],
    }
