"""Logs that fork: a cloned PC, or one restored from a backup, writes another line after a head it shares.

Source: exchange.md "Restore and clone". Every branch applies; none is first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BranchEnd:
    """The end of a gapless prefix. ``first``: the first head that only this branch has, b"" where nothing forks."""

    first: bytes
    seq: int
    head: bytes


def branch_ends(start: bytes, links: Iterable[tuple[bytes, bytes]]) -> tuple[BranchEnd, ...]:
    """The end of every branch that leads without a gap from head_0; ``links`` are (head before, head) of the facts."""
    following: dict[bytes, list[bytes]] = defaultdict(list)
    for prev, head in links:
        following[prev].append(head)
    ends: list[BranchEnd] = []
    waiting = [BranchEnd(b"", 0, start)]
    while waiting:
        end = waiting.pop()
        seq, head = end.seq, end.head
        after = following.get(head, [])
        while len(after) == 1:
            seq, head = seq + 1, after[0]
            after = following.get(head, [])
        if not after and seq:
            ends.append(BranchEnd(end.first, seq, head))
        waiting.extend(BranchEnd(one, seq + 1, one) for one in after)
    return tuple(sorted(ends, key=lambda one: (one.seq, one.head)))


def lineage(head: bytes, before: Mapping[bytes, bytes]) -> Iterator[bytes]:
    """A head and those before it, newest first, as far as they are held; ``before`` maps a head to the one before."""
    step: bytes | None = head
    while step is not None and step in before:
        yield step
        step = before[step]
