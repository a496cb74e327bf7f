"""Units and collectives of a plan as lists and commands show them, and what other members would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.models.units import ResolutionKind, Unit, UnitTree, name_key
from desktop.services.records import int_of, text_of, texts_of
from desktop.services.units.editing import row_changes
from desktop.services.units.trees import with_collective, with_members
from desktop.services.workspace import Workspace

_STAND_IN = "stand-in/"
"""Begins the ids of units that stand in for a collective's members; no real id has a stroke."""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit as a list shows it; ``parent`` is a name, empty at the top."""

    id: str
    name: str
    short: str
    level: str
    parent: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row of the plan that names a collective; ``leading`` in the cell of the lead units."""

    record: str
    code: str
    title: str
    leading: bool


@dataclass(frozen=True, slots=True)
class CollectiveLine:
    """A collective as a list shows it, with the rows that name it in the plan's order.

    ``id`` is empty where the plan names it and nobody has listed it. No ``members`` (unit ids): not known yet.
    """

    id: str
    name: str
    members: tuple[str, ...]
    aliases: tuple[str, ...]
    rows: tuple[NamedRow, ...]


@dataclass(frozen=True, slots=True)
class UnitsView:
    """Everything in tree order; collectives nobody has listed last. ``levels`` are the words of the levels."""

    units: tuple[UnitLine, ...]
    collectives: tuple[CollectiveLine, ...]
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MembersEffect:
    """What other members would change, before it is saved.

    ``rows`` name the collective. ``given`` are the units (ids) that rows would be given to, ``given_rows`` how many
    rows; ``taken`` and ``taken_rows`` the same for units that would lose rows.
    """

    rows: tuple[NamedRow, ...]
    given: tuple[str, ...]
    given_rows: int
    taken: tuple[str, ...]
    taken_rows: int


def units_view(ws: Workspace) -> UnitsView:
    """Units and collectives with what a list says of each. Raises Mistake FOLDER_NOT_SET_UP."""
    _ = ws.seat
    tree = ws.units()
    listed: dict[str, list[NamedRow]] = {}
    unlisted: dict[str, tuple[str, list[NamedRow]]] = {}
    for one_id, name, row in _mentions(ws, tree):
        if one_id:
            listed.setdefault(one_id, []).append(row)
        else:
            unlisted.setdefault(name_key(name), (name, []))[1].append(row)
    collectives = [
        CollectiveLine(one.id, one.name, one.members, one.aliases, tuple(listed.get(one.id, ())))
        for one in tree.collectives
    ]
    collectives += [CollectiveLine("", name, (), (), tuple(rows)) for name, rows in unlisted.values()]
    units = tuple(
        UnitLine(unit.id, unit.name, unit.short, unit.level, _parent_name(tree, unit), unit.aliases)
        for unit in tree.units
    )
    return UnitsView(units, tuple(collectives), tuple(level.word for level in tree.vocabulary.levels))


def collective_named(ws: Workspace, printed: str) -> CollectiveLine:
    """The collective of a printed name, without its rows; one that nobody listed, with those it is taken for so far."""
    tree = ws.units()
    one = tree.collective(printed)
    if one is None:
        return CollectiveLine("", printed, tree.resolve(printed).units, (), ())
    return CollectiveLine(one.id, one.name, one.members, one.aliases, ())


def members_effect(
    ws: Workspace, collective: str, unit_ids: Sequence[str], *, new: bool = False
) -> MembersEffect:
    """What ``set_members`` would change, or ``add_collective`` for a ``new`` one; writes nothing and raises as they
    do, but for HUB_ONLY."""
    before = ws.units()
    after = (with_collective if new else with_members)(before, collective, unit_ids)
    meant = after.collective(collective)
    rows = tuple(row for one, _name, row in _mentions(ws, after) if meant and one == meant.id)
    given: dict[str, None] = {}
    taken: dict[str, None] = {}
    given_rows = taken_rows = 0
    for row, changed in row_changes(ws, before, after):
        more: set[str] = set()
        fewer: set[str] = set()
        for name in changed.keys() & {"leads", "coordinators"}:
            then, now = set(texts_of(row.body.get(name))), set(texts_of(changed[name]))
            more |= now - then
            fewer |= then - now
        given |= dict.fromkeys(more)
        taken |= dict.fromkeys(fewer)
        given_rows, taken_rows = given_rows + bool(more), taken_rows + bool(fewer)
    return MembersEffect(
        rows, _in_order(after, given), given_rows, _in_order(after, taken), taken_rows
    )


def meanings(ws: Workspace) -> tuple[tuple[str, str], ...]:
    """(id, name) of all units and collectives: what a printed name may be said to mean."""
    tree = ws.units()
    units = tuple((unit.id, unit.name) for unit in tree.units)
    return (*units, *((one.id, one.name) for one in tree.collectives))


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


def _parent_name(tree: UnitTree, unit: Unit) -> str:
    return tree.unit(unit.parent).name if unit.parent is not None and unit.parent in tree else ""


def _in_order(tree: UnitTree, ids: Iterable[str]) -> tuple[str, ...]:
    wanted = set(ids)
    return tuple(unit.id for unit in tree.units if unit.id in wanted)


def _mentions(ws: Workspace, tree: UnitTree) -> Iterator[tuple[str, str, NamedRow]]:
    """(id, printed name, row) of every collective that a row names, in the plan's order; each once for a row.

    The id is empty for one that nobody listed. "13/14 phường" and "các phường trừ A" name "các phường".
    """
    probe = _Probe(tree)
    for row in sorted(ws.in_force("node"), key=lambda one: int_of(one.body.get("order")) or 0):
        told: set[str] = set()
        for column, leading in (("lead_units", True), ("coordinating_units", False)):
            shown = NamedRow(row.record, text_of(row.body.get("code")), text_of(row.body.get("title")), leading)
            for name in texts_of(row.body.get(column)):
                for one in probe.collectives_in(name):
                    if (key := one or name_key(name)) not in told:
                        told.add(key)
                        yield one, name, shown


class _Probe:
    """Which collectives a printed name depends on: a tree whose collectives each have one stand-in as member."""

    def __init__(self, tree: UnitTree) -> None:
        stand_ins = {f"{_STAND_IN}{one.id}": one for one in tree.collectives}
        self._tree = tree
        self._probe = UnitTree(
            (*tree.units, *(Unit(made, made, made, "", None) for made in stand_ins)),
            tuple(replace(one, members=(made,)) for made, one in stand_ins.items()), tree.vocabulary,
        )
        self._found: dict[str, tuple[str, ...]] = {}

    def collectives_in(self, name: str) -> tuple[str, ...]:
        """The ids; one empty id for a collective that nobody listed; none for a unit."""
        if name not in self._found:
            self._found[name] = self._look(name)
        return self._found[name]

    def _look(self, name: str) -> tuple[str, ...]:
        units = self._probe.resolve(name).units
        listed = tuple(unit.removeprefix(_STAND_IN) for unit in units if unit.startswith(_STAND_IN))
        is_open = not listed and self._tree.resolve(name).kind is ResolutionKind.COLLECTIVE
        return ("",) if is_open else listed
