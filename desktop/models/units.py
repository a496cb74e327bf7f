"""The tree of units: who reports, under whom, under which names, and what a printed name stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, lru_cache

from desktop.models.text import fold, folded_letters
from desktop.models.unit_phrases import read_count, read_exception, read_rest


@dataclass(frozen=True, slots=True)
class Unit:
    """One body of the tree. ``id`` is fixed when the unit first appears; names and parents are fields.

    ``short`` is used in file names and narrow columns ("P-BoDe", "TTPTQĐ"). ``level`` names a level of the tree's own
    data ("quận", "phường"): code never knows levels by name. ``aliases`` are further spellings, printed as met.
    """

    id: str
    name: str
    short: str
    level: str
    parent: str | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Collective:
    """A name that stands for several bodies ("UBND các phường", "các trường học").

    ``members`` are unit ids, none where the plan leaves open who is meant. ``expands`` when the members are places of
    the lowest level or their bodies: such a lead cell gives every one of them a share.
    """

    id: str
    name: str
    members: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    expands: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the tree by its word ("phường"). ``expands`` as for a collective: its units count as shares."""

    word: str
    expands: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a tree's data that reading needs.

    ``place`` is the name of the whole area. ``shared`` names bodies that several levels have ("UBND"): a level word
    after a list of them belongs to each. ``loose`` are names whose level stays open. ``heads`` are first words that a
    list leaves out after the first ("Phòng TCKH, KT"). ``many`` are first words of collectives. ``doubtful`` pairs a
    damaged spelling with the id of the unit or collective it most likely means. ``explained`` are names without their
    level of which the plan's owner has said whom they mean.
    """

    place: str = ""
    levels: tuple[Level, ...] = ()
    shared: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    many: tuple[str, ...] = ("các", "khối")
    doubtful: tuple[tuple[str, str], ...] = ()
    explained: tuple[str, ...] = ()

    def explaining(self, name: str) -> Vocabulary:
        """With a name that somebody has explained; the same where it leaves no level open, or is explained already."""
        key = name_key(name)
        if key not in {name_key(one) for one in (*self.shared, *self.loose)} or self.explains(name):
            return self
        return replace(self, explained=(*self.explained, name))

    def explains(self, name: str) -> bool:
        """Whether the plan's owner has said whom a name without its level means."""
        return name_key(name) in {name_key(one) for one in self.explained}


class ResolutionKind(StrEnum):
    """What a printed name turned out to be."""

    UNIT = "unit"
    COLLECTIVE = "collective"
    UNKNOWN = "unknown"


class Unclear(StrEnum):
    """What a name leaves open although it is known."""

    WHICH = "which"
    """A number of bodies smaller or greater than all of them ("13/14 phường"): all are taken."""
    EXCEPTION = "exception"
    """An exception that names nobody known ("trừ phường Lạ")."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a printed name stands for: ``name`` in the tree's words, ``units`` the ids meant, in tree order.

    ``doubtful`` for a damaged spelling; ``unclear`` for what the name leaves open.
    """

    kind: ResolutionKind
    name: str
    units: tuple[str, ...] = ()
    expands: bool = False
    doubtful: bool = False
    unclear: Unclear | None = None


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """A name folded for matching, letters and digits only: "VH-TT", "VH TT" and "VHTT" are one."""
    return folded_letters(name)


@dataclass(slots=True)
class _Index:
    by_id: dict[str, Unit] = field(default_factory=dict)
    parents: dict[str, str | None] = field(default_factory=dict)
    children: dict[str, tuple[str, ...]] = field(default_factory=dict)
    collective_ids: dict[str, Collective] = field(default_factory=dict)
    doubtful: dict[str, str] = field(default_factory=dict)
    expanding: frozenset[str] = frozenset()
    many: tuple[str, ...] = ()
    resolved: dict[str, Resolution] = field(default_factory=dict)
    """What was asked already: a plan names the same bodies again and again."""


@dataclass(frozen=True)
class UnitTree:
    """Units in tree order, with the collectives and words of the same data. Parents may stand after children.

    A unit whose parent is unknown or below itself counts as a root: half a tree must still open (facts may arrive
    with gaps). Raises ValueError for two units of one id, or an unknown member or meaning.
    """

    units: tuple[Unit, ...] = ()
    collectives: tuple[Collective, ...] = ()
    vocabulary: Vocabulary = Vocabulary()
    _index: _Index = field(init=False, repr=False, compare=False, default_factory=_Index)

    def __post_init__(self) -> None:
        index = self._index
        for unit in self.units:
            if unit.id in index.by_id:
                raise ValueError(f"two units of id {unit.id}")
            index.by_id[unit.id] = unit
        self._index_family()
        self._index_collectives()
        index.expanding = frozenset(level.word for level in self.vocabulary.levels if level.expands)
        index.many = tuple(fold(word) + " " for word in self.vocabulary.many)

    def _index_family(self) -> None:
        index = self._index
        for unit in self.units:
            known = unit.parent is not None and unit.parent in index.by_id
            index.parents[unit.id] = unit.parent if known else None
        children: dict[str, list[str]] = {}
        safe: set[str] = set()
        for unit in self.units:
            walked: dict[str, None] = {}
            step: str | None = unit.id
            while step is not None and step not in safe:
                walked[step] = None
                following = index.parents[step]
                if following in walked:
                    index.parents[step] = following = None
                step = following
            safe.update(walked)
        for unit in self.units:
            parent = index.parents[unit.id]
            if parent is not None:
                children.setdefault(parent, []).append(unit.id)
        index.children = {parent: tuple(below) for parent, below in children.items()}

    @cached_property
    def _by_key(self) -> dict[str, Unit]:
        """Units by folded name, made when somebody first asks by name: most screens ask by id."""
        # Names before aliases, and those before the forms with a level word: an exact name always wins.
        keys: dict[str, Unit] = {}
        for unit in self.units:
            keys.setdefault(name_key(unit.name), unit)
        for unit in self.units:
            keys.setdefault(name_key(unit.id), unit)
            keys.setdefault(name_key(unit.short), unit)
            for alias in unit.aliases:
                keys.setdefault(name_key(alias), unit)
        place = name_key(self.vocabulary.place)
        for unit in self.units:
            level = name_key(unit.level)
            for name in (unit.name, *unit.aliases):
                key = name_key(name)
                with_level = key if key.endswith(level) else key + level
                keys.setdefault(with_level, unit)
                if place:
                    keys.setdefault(with_level + place, unit)
        return keys

    @cached_property
    def _collectives_by_key(self) -> dict[str, Collective]:
        keys: dict[str, Collective] = {}
        for collective in self.collectives:
            for name in (collective.name, *collective.aliases):
                keys.setdefault(name_key(name), collective)
        return keys

    def _index_collectives(self) -> None:
        index = self._index
        for collective in self.collectives:
            if unknown := [member for member in collective.members if member not in index.by_id]:
                raise ValueError(f"unknown members {unknown} of {collective.id}")
            index.collective_ids[collective.id] = collective
        for printed, stands_for in self.vocabulary.doubtful:
            if stands_for not in index.by_id and stands_for not in index.collective_ids:
                raise ValueError(f"unknown meaning {stands_for} of {printed}")
            index.doubtful[name_key(printed)] = stands_for

    def with_name(self, name: str, owner: str) -> UnitTree:
        """The tree in which a name means a unit or collective (its id), whatever its level. Raises KeyError (an id)."""
        units, collectives = {unit.id: unit for unit in self.units}, {one.id: one for one in self.collectives}
        holder = self.find(name) or self.collective(name)
        if holder is None or holder.id != owner:
            if owner in units:
                units[owner] = replace(units[owner], aliases=(*units[owner].aliases, name))
            else:
                collectives[owner] = replace(collectives[owner], aliases=(*collectives[owner].aliases, name))
        return UnitTree(tuple(units.values()), tuple(collectives.values()), self.vocabulary.explaining(name))

    def unit(self, unit_id: str) -> Unit:
        """The unit of an id. Raises KeyError."""
        return self._index.by_id[unit_id]

    def __contains__(self, unit_id: object) -> bool:
        return unit_id in self._index.by_id

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units)

    def find(self, name: str) -> Unit | None:
        """The unit of a name, alias, short name or id, folded; None for anything else, collectives too."""
        return self._by_key.get(name_key(name))

    def collective(self, name: str) -> Collective | None:
        """The collective of an id, name or alias, folded; None for anything else."""
        return self._index.collective_ids.get(name) or self._collectives_by_key.get(name_key(name))

    def roots(self) -> tuple[Unit, ...]:
        """The units without a parent, in tree order."""
        return tuple(unit for unit in self.units if self._index.parents[unit.id] is None)

    def children(self, unit_id: str) -> tuple[Unit, ...]:
        """The units directly below, in tree order."""
        return tuple(self.unit(below) for below in self._index.children.get(unit_id, ()))

    def subtree(self, unit_id: str) -> tuple[Unit, ...]:
        """The unit and all below it, parents before children."""
        found: list[Unit] = []
        waiting = [unit_id]
        while waiting:
            following = waiting.pop()
            found.append(self.unit(following))
            waiting.extend(reversed(self._index.children.get(following, ())))
        return tuple(found)

    def is_within(self, unit_id: str, scope: str) -> bool:
        """Whether a unit is the scope or lies below it; a unit the tree does not know lies in nothing."""
        step: str | None = unit_id if unit_id in self else None
        while step is not None and step != scope:
            step = self._index.parents[step]
        return step is not None

    def resolve(self, name: str) -> Resolution:
        """What a printed name stands for. A collective nobody listed ("các đơn vị liên quan") has no units."""
        known = self._index.resolved.get(name)
        if known is None:
            known = self._index.resolved[name] = self._resolve(name)
        return known

    def _resolve(self, name: str) -> Resolution:
        key = name_key(name)
        if unit := self._by_key.get(key):
            return self._of_unit(unit)
        if collective := self._collectives_by_key.get(key):
            return _of_collective(collective)
        if stands_for := self._index.doubtful.get(key):
            return self._doubtful(stands_for)
        if limited := self._excepting(name) or self._counted(name):
            return limited
        if self._is_many(fold(name)) or self.collective(read_rest(name)):
            return Resolution(ResolutionKind.COLLECTIVE, name)
        return Resolution(ResolutionKind.UNKNOWN, name)

    def _is_many(self, folded: str) -> bool:
        """Whether a name begins as those of collectives do; "Chi hội 5" is one of many, not all of them."""
        begins = next((word for word in self._index.many if folded.startswith(word)), None)
        return begins is not None and not folded[len(begins):].removeprefix("so ").isdecimal()

    def reporting_units(self, names: Iterable[str]) -> tuple[str, ...]:
        """The ids of all units that the names stand for, each once, as named; what is unknown gives none."""
        found: dict[str, None] = {}
        for name in names:
            found.update(dict.fromkeys(self.resolve(name).units))
        return tuple(found)

    def shares(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names of the places of the lowest level, or of their bodies, that the names stand for."""
        found: dict[str, None] = {}
        for name in names:
            resolution = self.resolve(name)
            if resolution.expands:
                found.update(dict.fromkeys(resolution.units))
        return tuple(self.unit(unit_id).name for unit_id in found)

    def _excepting(self, name: str) -> Resolution | None:
        """A collective but for the units named, and those below them ("UBND các phường, trừ phường A")."""
        if not (found := read_exception(name)):
            return None
        base = self.resolve(read_rest(found.all) or found.all)
        if base.kind is not ResolutionKind.COLLECTIVE or not base.units:
            return None
        kept = list(base.units)
        unclear = base.unclear
        for part in found.but:
            left_out = self._left_out(part, base.units)
            unclear = unclear if left_out else Unclear.EXCEPTION
            kept = [unit for unit in kept if unit not in left_out]
        return Resolution(base.kind, name, tuple(kept), base.expands, unclear=unclear)

    def _left_out(self, part: str, units: tuple[str, ...]) -> frozenset[str]:
        """Which of the units an exception means; its level word may have been printed once for several."""
        for word in ("", *sorted(self._index.expanding)):
            found = self.resolve(f"{word} {part}".strip())
            meant = {unit for unit in units if any(self.is_within(unit, one) for one in found.units)}
            if meant and len(meant) < len(units):
                return frozenset(meant)
        return frozenset()

    def _counted(self, name: str) -> Resolution | None:
        """All of a collective of which a number is printed; where that is not their number, which is unclear."""
        if not (counted := read_count(name)):
            return None
        found = (self._collectives_by_key.get(name_key(form)) for form in counted.forms)
        collective = next((one for one in found if one and one.members), None)
        if collective is None:
            return None
        unclear = None if counted.count == len(collective.members) else Unclear.WHICH
        return Resolution(
            ResolutionKind.COLLECTIVE, collective.name, collective.members, collective.expands, unclear=unclear
        )

    def _of_unit(self, unit: Unit) -> Resolution:
        return Resolution(ResolutionKind.UNIT, unit.name, (unit.id,), unit.level in self._index.expanding)

    def _doubtful(self, stands_for: str) -> Resolution:
        if unit := self._index.by_id.get(stands_for):
            found = self._of_unit(unit)
        else:
            found = _of_collective(self._index.collective_ids[stands_for])
        return Resolution(found.kind, found.name, found.units, found.expands, doubtful=True)


def _of_collective(collective: Collective) -> Resolution:
    return Resolution(ResolutionKind.COLLECTIVE, collective.name, collective.members, collective.expands)
