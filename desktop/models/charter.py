"""Which entries of the authority set are in force, and what they say together.

Source: exchange.md "Authority". It depends on the set alone, not on the order in which entries came: concurrent ones
unite, the earlier cut-off and the narrower scope win, and the clash is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from desktop.models.entries import Entry, Grant, ReadingChange, Retirement, RootChange, RootEntry, Said, ScopeChange

NOT_ROOT = "AUTH_NOT_ROOT"
REPLACED = "AUTH_ROOT_REPLACED"
NO_PARENT = "AUTH_PARENT_MISSING"

One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Granted:
    """A grant in force with what bears on it: scope changes and retirements of which none was made upon another.

    ``scopes`` holds every scope change with the ids of those it was made upon, so that later ones replace earlier.
    """

    id: str
    grant: Grant
    scopes: tuple[tuple[str, ScopeChange], ...] = ()
    retirements: tuple[Retirement, ...] = ()


@dataclass(frozen=True, slots=True)
class Charter:
    """The set as it is in force. ``void`` maps the entries without effect to a reason code."""

    first: RootEntry | None
    root: str = ""
    spare: str = ""
    spare_recipient: str = ""
    reading_key: str = ""
    changes: tuple[RootChange, ...] = ()
    readings: tuple[ReadingChange, ...] = ()
    granted: tuple[Granted, ...] = ()
    void: Mapping[str, str] = field(default_factory=dict)
    clashes: tuple[tuple[str, str], ...] = ()
    """Pairs of entries (ids) made without knowing of one another about the same thing."""
    tips: tuple[str, ...] = ()
    """The entries nothing builds on yet: what the next entry builds on."""
    ancestors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of each grounded entry the ids of all it builds on."""

    @property
    def opening(self) -> RootEntry:
        """The first entry. Raises LookupError in a folder that is not set up or lost it."""
        if self.first is None:
            raise LookupError("authority without the root's first entry")
        return self.first

    def of_device(self, device: str) -> tuple[Granted, ...]:
        """The grants of a machine, by its public key in hex, the oldest first."""
        return tuple(one for one in self.granted if one.grant.device == device)

    def active(self) -> tuple[Grant, ...]:
        """The grants that are open, each with the unit it speaks for now.

        Not those of retired machines, nor those that a scope change has closed. Where two changes name two units it
        speaks for neither alone; the smaller id is shown.
        """
        found = []
        for one in self.granted:
            units = [change.unit for _, change in latest(one.scopes, self.ancestors)] or [one.grant.unit]
            if not one.retirements and all(units):
                found.append(replace(one.grant, unit=min(units)))
        return tuple(found)


def settled(entries: Iterable[Entry], anchor: str, plan_id: str) -> Charter:
    """What a set of well-signed entries says, of whom the plan's first root (hex) is trusted."""
    by_id = {entry.id: entry for entry in entries}
    begun = {one.id: said for one in by_id.values() if (said := _begins(one, anchor, plan_id)) is not None}
    if not begun:
        return Charter(None, void=dict.fromkeys(by_id, NO_PARENT))
    start = min(begun)
    ancestors = _ancestors(by_id, start)
    keys = _turned(begun[start], by_id, ancestors)
    faults = {
        one.id: keys.fault(one, ancestors) if one.id in ancestors else NO_PARENT for one in by_id.values()
    }
    good = [by_id[one] for one in sorted(ancestors, key=lambda one: (len(ancestors[one]), one)) if not faults[one]]
    void = {one: fault for one, fault in faults.items() if fault}
    return _charter(begun[start], keys, good, void, ancestors)


def latest(found: Iterable[tuple[str, One]], ancestors: Mapping[str, frozenset[str]]) -> list[tuple[str, One]]:
    """Of entries about one thing those upon which none of the others was made."""
    listed = list(found)
    replaced = {one for entry, _ in listed for one in ancestors.get(entry, ())}
    return [(entry, said) for entry, said in listed if entry not in replaced]


def signers(entries: Iterable[Entry], anchor: str, plan_id: str) -> frozenset[str]:
    """Every key that ever was root or spare by what a set says: an entry of any other is not worth keeping."""
    keys = {anchor}
    listed = list(entries)
    grown = True
    while grown:
        named = {
            key for entry in listed
            if entry.signer in keys and (_begins(entry, anchor, plan_id) or isinstance(entry.said, RootChange))
            for key in _named(entry.said)
        }
        grown = not named <= keys
        keys |= named
    return frozenset(keys)


def _named(said: Said | None) -> tuple[str, ...]:
    return (said.root, said.spare) if isinstance(said, RootEntry | RootChange) else ()


def _begins(entry: Entry, anchor: str, plan_id: str) -> RootEntry | None:
    """The words of an entry that begins the plan's set, None of any other."""
    said = entry.said
    if not isinstance(said, RootEntry) or entry.on or not entry.signer == anchor == said.root:
        return None
    return said if said.plan_id == plan_id else None


def _ancestors(by_id: Mapping[str, Entry], start: str) -> dict[str, frozenset[str]]:
    """Of every entry that leads back to the first all it builds on. What lacks a parent waits for it."""
    found: dict[str, frozenset[str]] = {start: frozenset()}
    children = _children(by_id)
    waiting = [start]
    while waiting:
        for child in children[waiting.pop()]:
            on = by_id[child].on
            if child not in found and all(one in found for one in on):
                found[child] = frozenset(on).union(*(found[one] for one in on))
                waiting.append(child)
    return found


def _children(by_id: Mapping[str, Entry]) -> dict[str, list[str]]:
    children: dict[str, list[str]] = defaultdict(list)
    for entry in by_id.values():
        for one in entry.on:
            children[one].append(entry.id)
    return children


def _turned(
    first: RootEntry, by_id: Mapping[str, Entry], ancestors: Mapping[str, frozenset[str]]
) -> _Keys:
    """Root and spare after all changes, each after those it knew of; of concurrent ones the sealed spare's comes first:

    the spare lies in a safe, the root on a PC that may have been stolen.
    """
    keys = _Keys(first.root, first.spare, first.recipient)
    left = {one: said for one in ancestors if isinstance(said := by_id[one].said, RootChange)}
    while left:
        ready = [one for one in left if not left.keys() & ancestors[one]]
        one = min(ready, key=lambda one: (by_id[one].signer != keys.spare, one))
        said = left.pop(one)
        if not keys.fault(by_id[one], ancestors):
            keys.change(one, said)
    return keys


@dataclass(slots=True)
class _Keys:
    """Root and spare as the changes make them; ``replaced_by`` maps a replaced key to the change that did it."""

    root: str
    spare: str
    recipient: str
    replaced_by: dict[str, str] = field(default_factory=dict)

    def change(self, entry: str, said: RootChange) -> None:
        for key in {self.root, self.spare} - {said.root, said.spare}:
            self.replaced_by[key] = entry
        self.root, self.spare, self.recipient = said.root, said.spare, said.recipient

    def fault(self, entry: Entry, ancestors: Mapping[str, frozenset[str]]) -> str:
        """Why an entry has no effect: its signer never was a root, or had been replaced without knowing of it."""
        change = self.replaced_by.get(entry.signer)
        if change is not None:
            return "" if entry.id in ancestors[change] or entry.id == change else REPLACED
        return "" if entry.signer in (self.root, self.spare) else NOT_ROOT


def _charter(
    first: RootEntry, keys: _Keys, good: list[Entry], void: Mapping[str, str],
    ancestors: Mapping[str, frozenset[str]],
) -> Charter:
    scopes: dict[str, list[tuple[str, ScopeChange]]] = defaultdict(list)
    retired: dict[str, list[tuple[str, Retirement]]] = defaultdict(list)
    readings = [(one.id, one.said) for one in good if isinstance(one.said, ReadingChange)]
    for entry in good:
        if isinstance(entry.said, ScopeChange):
            scopes[entry.said.grant].append((entry.id, entry.said))
        elif isinstance(entry.said, Retirement):
            retired[entry.said.device].append((entry.id, entry.said))
    granted = []
    for entry in good:
        if isinstance(entry.said, Grant):
            beside = latest(
                [one for one in retired[entry.said.device] if one[0] not in ancestors[entry.id]], ancestors
            )
            granted.append(Granted(
                entry.id, entry.said, tuple(scopes[entry.id]), tuple(said for _, said in beside)
            ))
    # Of several new reading keys that knew nothing of one another one is used by all: that of the smallest id.
    newest = min(latest(readings, ancestors), default=None, key=lambda one: one[0])
    return Charter(
        first, keys.root, keys.spare, keys.recipient, newest[1].reading_key if newest else first.reading_key,
        changes=tuple(one.said for one in good if isinstance(one.said, RootChange)),
        readings=tuple(said for _, said in readings), granted=tuple(granted), void=void,
        clashes=tuple(_clashes((*scopes.values(), *retired.values(), readings), ancestors)),
        tips=_tips(ancestors), ancestors=ancestors,
    )


def _clashes(
    groups: Iterable[Iterable[tuple[str, Said]]], ancestors: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, str]]:
    for group in groups:
        rivals = sorted(entry for entry, _ in latest(group, ancestors))
        yield from zip(rivals, rivals[1:], strict=False)


def _tips(ancestors: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    built_on = frozenset[str]().union(*ancestors.values())
    return tuple(sorted(one for one in ancestors if one not in built_on))
