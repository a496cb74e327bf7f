"""The tree of units between its dataclasses and facts: units, collectives and the words that reading needs.

The whole tree is issued with the plan, so that an amended plan is read again with the office's own tree, and whoever
receives it sees the same units behind the same names.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop.models.kinds import VOCABULARY
from desktop.models.strict_json import JsonValue
from desktop.models.units import Collective, Level, Unit, UnitTree, Vocabulary
from desktop.services.records import Body, int_of, text_of, texts_of

_COLLECTIVE = "collective/"


def tree_facts(tree: UnitTree) -> list[tuple[str, str, Body]]:
    """(kind, record, fields) of everything in a tree, in its order."""
    facts = [("unit", unit.id, unit_json(unit, order)) for order, unit in enumerate(tree.units)]
    facts += [
        ("collective", collective_record(one.id), collective_json(one, order))
        for order, one in enumerate(tree.collectives)
    ]
    return [*facts, ("vocabulary", VOCABULARY, vocabulary_json(tree.vocabulary))]


def tree_of(
    units: Mapping[str, Body], collectives: Mapping[str, Body], vocabulary: Body | None
) -> UnitTree:
    """The tree out of records. Members and meanings of units that have not come yet are left out until they do."""
    listed = tuple(unit_of(record, units[record]) for record in _ordered(units))
    ids = {unit.id for unit in listed}
    together = tuple(collective_of(record, collectives[record], ids) for record in _ordered(collectives))
    known = ids | {one.id for one in together}
    return UnitTree(listed, together, vocabulary_of(vocabulary, known) if vocabulary else Vocabulary())


def assigned_units(
    tree: UnitTree, leading: tuple[str, ...], coordinating: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(lead unit ids, coordinating unit ids) of a row's names: collectives stand for each of their members."""
    leads = tree.reporting_units(leading)
    return leads, coordinators(tree, coordinating, leads)


def coordinators(tree: UnitTree, coordinating: tuple[str, ...], leads: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the units behind coordinating names: a unit that leads does not coordinate too."""
    return tuple(unit for unit in tree.reporting_units(coordinating) if unit not in leads)


def _ordered(bodies: Mapping[str, Body]) -> list[str]:
    return sorted(bodies, key=lambda record: (int_of(bodies[record].get("order")) or 0, record))


def unit_json(unit: Unit, order: int) -> Body:
    """The fields of a unit's record."""
    return {
        "name": unit.name, "short": unit.short, "level": unit.level, "parent": unit.parent,
        "aliases": list(unit.aliases), "order": order,
    }


def unit_of(record: str, body: Body) -> Unit:
    """A unit out of its record."""
    return Unit(
        id=record, name=text_of(body.get("name")), short=text_of(body.get("short")), level=text_of(body.get("level")),
        parent=text_of(body.get("parent")) or None, aliases=texts_of(body.get("aliases")),
    )


def collective_record(collective_id: str) -> str:
    """The record id of a collective: a unit may have the same id."""
    return _COLLECTIVE + collective_id


def collective_json(collective: Collective, order: int) -> Body:
    """The fields of a collective's record; members are unit ids."""
    return {
        "name": collective.name, "members": list(collective.members), "aliases": list(collective.aliases),
        "expands": int(collective.expands), "order": order,
    }


def collective_of(record: str, body: Body, known: set[str]) -> Collective:
    """A collective out of its record, with the members that are known."""
    members = tuple(member for member in texts_of(body.get("members")) if member in known)
    return Collective(
        id=record.removeprefix(_COLLECTIVE), name=text_of(body.get("name")), members=members,
        aliases=texts_of(body.get("aliases")), expands=body.get("expands") == 1,
    )


def vocabulary_json(words: Vocabulary) -> Body:
    """The fields of the one record of words."""
    return {
        "place": words.place, "levels": [{"word": level.word, "expands": int(level.expands)} for level in words.levels],
        "shared": list(words.shared), "loose": list(words.loose), "heads": list(words.heads), "many": list(words.many),
        "doubtful": [{"printed": printed, "means": means} for printed, means in words.doubtful],
        "explained": list(words.explained),
    }


def vocabulary_of(body: Body, known: set[str]) -> Vocabulary:
    """The words out of their record, with the damaged spellings whose meaning is known."""
    levels = tuple(Level(text_of(one.get("word")), one.get("expands") == 1) for one in _objects(body.get("levels")))
    doubtful = ((text_of(one.get("printed")), text_of(one.get("means"))) for one in _objects(body.get("doubtful")))
    return Vocabulary(
        place=text_of(body.get("place")), levels=levels, shared=texts_of(body.get("shared")),
        loose=texts_of(body.get("loose")), heads=texts_of(body.get("heads")), many=texts_of(body.get("many")),
        doubtful=tuple((printed, means) for printed, means in doubtful if means in known),
        explained=texts_of(body.get("explained")),
    )


def _objects(value: JsonValue) -> list[Body]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
