"""A fact that a new machine wrote again for one whose key is lost stands in the place of the earlier: once, not twice.

Source: exchange.md "Authority" (a key lost with unsealed work). Depends on the facts alone, not on their order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop.models.facts import Fact, Reference

_Place = tuple[str, int, str]
"""Log, sequence number, first 8 bytes of the head in hex."""


def once_each(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts of one record without those that were written again; who named such a one names the later.

    One that says something else than the place it names is a fact of its own.
    """
    stands = _stands(facts)
    if not stands:
        return tuple(facts)
    numbers = {(log, seq): (log, seq, head) for log, seq, head in stands}
    return tuple(_renamed(fact, stands, numbers) for fact in facts if _place(fact) not in stands)


def _stands(facts: Sequence[Fact]) -> dict[_Place, Fact]:
    """Which fact stands for the one that is, or was, at a place."""
    again = [(fact, origin) for fact in facts if (origin := fact.content.origin)]
    if not again:
        return {}
    held = {_place(fact): fact for fact in facts}
    stands: dict[_Place, Fact] = {}
    for fact, origin in sorted(again, key=lambda one: (one[0].head, one[0].log)):
        place = (origin.log, origin.seq, origin.head)
        if place in held and not _same(held[place], fact):
            continue
        first = stands.setdefault(place, fact)
        if first is not fact and _same(first, fact):
            stands[_place(fact)] = first
    return stands


def _place(fact: Fact) -> _Place:
    return fact.log, fact.seq, fact.head.hex()[:16]


def _same(one: Fact, other: Fact) -> bool:
    mine, theirs = one.content, other.content
    return (mine.kind, mine.wall, mine.user, mine.fields) == (theirs.kind, theirs.wall, theirs.user, theirs.fields)


def _renamed(fact: Fact, stands: Mapping[_Place, Fact], numbers: Mapping[tuple[str, int], _Place]) -> Fact:
    def named(one: Reference) -> Reference:
        found, place = one, (one.log, one.seq, one.head) if one.log else None
        if place is None and one.seq < fact.seq:
            place = numbers.get((fact.log, one.seq))
        # No chain is longer than the facts that stand for others are many.
        for _ in stands:
            if place is None or place not in stands:
                break
            place = _place(stands[place])
            found = Reference(*place)
        return found

    supersedes = {name: tuple(named(one) for one in listed) for name, listed in fact.content.supersedes.items()}
    return replace(fact, content=replace(fact.content, supersedes=supersedes))
