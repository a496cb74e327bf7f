"""Log ends that a fact names (submission, acceptance, closing): everything before an end on its branch is covered.

Source: exchange.md "State". The names of ends are those of a `seen` (docs/exchange.md, "Forks").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop.models.entries import End
from desktop.models.strict_json import JsonValue

Runs = tuple[tuple[int, int], ...]
"""Places in a log as runs (first, last), ascending."""


@dataclass(frozen=True, slots=True)
class Covers:
    """``ends`` by log or branch id; ``apart`` the places before them that did not count when this was written.

    What is apart stays out for good, and what is not counts for good: later judgements change nothing that was
    accepted or closed.
    """

    ends: Mapping[str, End]
    apart: Mapping[str, Runs] = field(default_factory=dict)

    def only(self, names: Iterable[str]) -> Covers:
        """The same of these log or branch ids alone."""
        kept = frozenset(names)
        return Covers(
            {name: end for name, end in self.ends.items() if name in kept},
            {name: runs for name, runs in self.apart.items() if name in kept},
        )


def ends_json(covers: Covers) -> dict[str, JsonValue]:
    """The ends as they stand in a fact."""
    return {name: [end.seq, end.head.hex()] for name, end in sorted(covers.ends.items())}


def apart_json(covers: Covers) -> dict[str, JsonValue]:
    """What is apart, as it stands in a fact."""
    return {name: [list(run) for run in runs] for name, runs in sorted(covers.apart.items()) if runs}


def read_covers(ends: JsonValue, apart: JsonValue = None) -> Covers:
    """The covers out of a fact that was examined; what is missing covers nothing."""
    found: dict[str, End] = {}
    for name, end in ends.items() if isinstance(ends, dict) else ():
        if isinstance(end, list) and len(end) == 2 and isinstance(end[0], int) and isinstance(end[1], str):
            found[name] = End(end[0], bytes.fromhex(end[1]))
    runs = {name: _runs(listed) for name, listed in apart.items()} if isinstance(apart, dict) else {}
    return Covers(found, runs)


def _runs(listed: JsonValue) -> Runs:
    found: list[tuple[int, int]] = []
    for run in listed if isinstance(listed, list) else ():
        if isinstance(run, list) and len(run) == 2 and isinstance(run[0], int) and isinstance(run[1], int):
            found.append((run[0], run[1]))
    return tuple(found)


def runs_of(places: Iterable[int]) -> Runs:
    """Places as runs."""
    runs: list[tuple[int, int]] = []
    for place in sorted(set(places)):
        if runs and place == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return tuple(runs)
