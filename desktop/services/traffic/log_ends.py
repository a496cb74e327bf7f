"""The ends of the logs held, as a `seen`, a submission and a closing name them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from desktop.exchange.hashes import branch_id, first_head
from desktop.models.branches import branch_ends
from desktop.models.covers import Covers, Runs
from desktop.models.entries import End
from desktop.store.journal import LogRow

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace


def ends_of(ws: Workspace, log: LogRow) -> dict[str, End]:
    """The end of each branch that is held without a gap, by the name it goes by."""
    start = first_head(bytes.fromhex(log.public_key), bytes.fromhex(log.nonce), log.plan_id, log.audience)
    return {
        branch_id(log.id, end.first) if end.first else log.id: End(end.seq, end.head)
        for end in branch_ends(start, ws.store.journal.links(log.id))
    }


def covers_now(ws: Workspace, audiences: Collection[str] | None = None) -> Covers:
    """All that is held of the logs of these audiences, or of every log, with what does not count told apart.

    What lies behind a gap has no end to name. What is about the exchange alone is nothing to cover.
    """
    covering = ws.store.covering()
    ends: dict[str, End] = {}
    apart: dict[str, Runs] = {}
    wanted = frozenset(covering.logs(audiences))
    for log in ws.store.journal.logs():
        if log.id not in wanted:
            continue
        for name, end in ends_of(ws, log).items():
            if covering.says_anything(log.id, end):
                ends[name] = end
                apart[name] = covering.not_counted(log.id, end)
    return Covers(ends, {name: runs for name, runs in apart.items() if runs})
