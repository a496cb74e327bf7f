"""The logs that this machine writes, and the signed entries it holds: what ``Workspace`` loads at the first write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.exchange.authority import SignedEntry
from desktop.exchange.hashes import first_head, next_head
from desktop.exchange.segments import LogName
from desktop.models.authority import APPLIED
from desktop.models.facts import TREE_KINDS, Content, make_line
from desktop.store.journal import FactRow, LogRow

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace


def entries(ws: Workspace) -> tuple[SignedEntry, ...]:
    """The whole authority set held."""
    return tuple(SignedEntry(row.body, row.public_key, row.signature) for row in ws.store.office.entries())


def own_log(ws: Workspace, audience: str) -> LogName:
    """The log this machine writes for an audience."""
    seat = ws.seat
    return LogName(bytes.fromhex(seat.device), bytes.fromhex(seat.nonce), seat.plan_id, audience)


def append(ws: Workspace, audience: str, contents: Sequence[Content]) -> tuple[FactRow, ...]:
    """Append facts to an own log and project them; the caller holds the transaction."""
    name = own_log(ws, audience)
    ws.store.journal.add_log(
        LogRow(name.id, name.public_key.hex(), name.nonce.hex(), name.plan_id, audience, own=True)
    )
    end = ws.store.journal.end(name.id)
    seq, head = end or (0, first_head(name.public_key, name.nonce, name.plan_id, name.audience))
    rows: list[FactRow] = []
    for content in contents:
        seq += 1
        line = make_line(seq, content)
        following = next_head(head, line)
        rows.append(FactRow(name.id, seq, head, following, line, content, APPLIED))
        head = following
    ws.store.journal.add_facts(rows)
    ws.store.projections.update(content.record for content in contents)
    if any(content.kind in TREE_KINDS for content in contents):
        ws.forget_units()
    return tuple(rows)
