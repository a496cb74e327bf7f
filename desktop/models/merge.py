"""What the facts of one record say together: current values, conflicts, the provisional value.

Source: exchange.md "State". Depends on the supersedes references alone: not on order of arrival, batches or clocks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.models.facts import Fact, Reference
from desktop.models.report import WorkState
from desktop.models.strict_json import JsonValue, dumps

_STATE_RANK = {
    WorkState.TODO.value: 0,
    WorkState.PAUSED.value: 1,
    WorkState.DOING.value: 2,
    WorkState.DONE.value: 3,
    WorkState.NONE_ARISING.value: 4,
}


@dataclass(frozen=True, slots=True)
class CurrentValue:
    """A value nobody superseded, and the fact that says it."""

    value: JsonValue
    fact: Fact


@dataclass(frozen=True, slots=True)
class FieldState:
    """A field: ``current`` ordered by fact id, ``chosen`` the (provisional) value shown."""

    current: tuple[CurrentValue, ...]
    chosen: CurrentValue
    conflict: bool


def merge(facts: Iterable[Fact]) -> dict[str, FieldState]:
    """The state of every field of one record from its applied facts, in any order."""
    known = list(facts)
    retired = {(target.log, target.head, name) for _, name, target in _links(known)}
    current: dict[str, list[CurrentValue]] = defaultdict(list)
    for fact in known:
        for name, value in fact.content.fields.items():
            if not retired or (fact.log, fact.head, name) not in retired:
                current[name].append(CurrentValue(value, fact))
    return {name: _field_state(name, values) for name, values in sorted(current.items())}


def history(facts: Iterable[Fact], field: str) -> tuple[CurrentValue, ...]:
    """Every value a field of one record has had, what was superseded before what superseded it.

    Values of which neither knew of the other stand by claimed time, shown as claimed (exchange.md "State").
    """
    known = [fact for fact in facts if field in fact.content.fields]
    before: dict[tuple[str, bytes], list[tuple[str, bytes]]] = defaultdict(list)
    for fact, name, target in _links(known):
        if name == field:
            before[fact.log, fact.head].append((target.log, target.head))
    depth: dict[tuple[str, bytes], int] = dict.fromkeys(((fact.log, fact.head) for fact in known), 0)
    # No chain is longer than the facts are many.
    for _ in known:
        deeper = {one: max(depth[earlier] for earlier in under) + 1 for one, under in before.items()}
        if all(depth[one] == found for one, found in deeper.items()):
            break
        depth.update(deeper)
    known.sort(key=lambda fact: (depth[fact.log, fact.head], fact.content.wall, fact.head, fact.log))
    return tuple(CurrentValue(fact.content.fields[field], fact) for fact in known)


def decisions(facts: Iterable[Fact], field: str) -> frozenset[tuple[str, bytes]]:
    """(log, head) of the facts of one record that put a value in place of several that stood beside one another.

    An edit of one's own value names the earlier ones too, but those had replaced one another before.
    """
    retired: dict[tuple[str, bytes], set[tuple[str, bytes]]] = defaultdict(set)
    for fact, name, target in _links(list(facts)):
        if name == field:
            retired[fact.log, fact.head].add((target.log, target.head))
    return frozenset(
        one for one, under in retired.items()
        if len(under - {deeper for each in under for deeper in retired.get(each, ())}) > 1
    )


def _links(facts: Sequence[Fact]) -> Iterator[tuple[Fact, str, Fact]]:
    """(fact, field, fact whose value it supersedes). A reference to an unknown fact or field gives nothing."""
    later = [fact for fact in facts if fact.content.supersedes]
    places: Mapping[tuple[str, int], list[Fact]] = _by_place(facts) if later else {}
    for fact in later:
        for name, references in fact.content.supersedes.items():
            for reference in references:
                for target in places.get((reference.log or fact.log, reference.seq), ()):
                    if name in target.content.fields and _names(reference, fact, target):
                        yield fact, name, target


def _by_place(facts: Sequence[Fact]) -> dict[tuple[str, int], list[Fact]]:
    places: dict[tuple[str, int], list[Fact]] = defaultdict(list)
    for fact in facts:
        places[fact.log, fact.seq].append(fact)
    return places


def _names(reference: Reference, fact: Fact, target: Fact) -> bool:
    if reference.log:
        return target.head.hex().startswith(reference.head)
    return target.seq < fact.seq


def _field_state(name: str, values: list[CurrentValue]) -> FieldState:
    if len(values) == 1:
        return FieldState((values[0],), values[0], conflict=False)
    # The log too: a copied line has the same id in a log of its own.
    ordered = sorted(values, key=lambda one: (one.fact.head, one.fact.log))
    distinct = {dumps(one.value) for one in ordered}
    chosen = min(ordered, key=lambda one: (_favour(name, one.value), one.fact.head, one.fact.log))
    return FieldState(tuple(ordered), chosen, len(distinct) > 1)


def _favour(name: str, value: JsonValue) -> int:
    """Rank of a value among rivals: the less favourable (lower percent, less finished) comes first."""
    if name == "percent":
        return value if isinstance(value, int) else -1
    if name == "state":
        return _STATE_RANK.get(value, -1) if isinstance(value, str) else -1
    return 0
