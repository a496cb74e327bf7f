"""Which logs a machine still writes: a new incarnation says with `continues` which logs it goes on from.

Source: exchange.md "Restore and clone", "Acknowledgement". Two copies of one machine are two newest incarnations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Incarnation:
    """The logs that a machine (its public key in hex) writes under one nonce (hex), one for each audience."""

    device: str
    nonce: str


@dataclass(frozen=True, slots=True)
class Ages:
    """``followed``: the incarnations that another of the same machine goes on from; ``age``: how many came before."""

    followed: frozenset[Incarnation]
    age: Mapping[Incarnation, int]

    def is_newest(self, incarnation: Incarnation) -> bool:
        """Whether no other of its machine goes on from it."""
        return incarnation not in self.followed


def ages(logs: Mapping[str, Incarnation], continued: Iterable[tuple[str, Iterable[str]]]) -> Ages:
    """The order of incarnations; ``logs`` by id, ``continued`` as (log that says so, logs it goes on from).

    Logs that are not known here, and those of other machines, are passed over.
    """
    before: dict[Incarnation, set[Incarnation]] = defaultdict(set)
    for later, earlier in continued:
        one = logs[later]
        before[one] |= {
            logs[log] for log in earlier if log in logs and logs[log].device == one.device and logs[log] != one
        }
    age = dict.fromkeys(logs.values(), 0)
    # No chain is longer than the incarnations are many; one that bites its tail ends there.
    for _ in age:
        deeper = {one: max(age[earlier] for earlier in under) + 1 for one, under in before.items() if under}
        if all(age[one] == found for one, found in deeper.items()):
            break
        age.update(deeper)
    return Ages(frozenset(earlier for under in before.values() for earlier in under), age)
