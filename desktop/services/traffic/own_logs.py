"""The logs that this machine writes, and the signed entries it holds: what ``Workspace`` loads at the first write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.exchange.authority import SignedEntry
from desktop.exchange.hashes import first_head, next_head
from desktop.exchange.segments import LogName
from desktop.models.authority import RETIRED, LogPlace
from desktop.models.errors import Mistake
from desktop.models.facts import Content, Reference, make_line
from desktop.models.kinds import ABOUT_EXCHANGE, TREE_KINDS
from desktop.services.traffic.incarnations import settle
from desktop.services.views import Role
from desktop.store.journal import FactRow, LogRow
from desktop.store.office import EntryRow

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace


def entries(ws: Workspace) -> tuple[SignedEntry, ...]:
    """The whole authority set held for a plan."""
    return tuple(SignedEntry(row.body, row.public_key, row.signature) for row in ws.store.office.entries(ws.store.plan))


def add_entry(ws: Workspace, entry: SignedEntry) -> None:
    """Hold one more authority entry of the plan; the caller holds the transaction."""
    ws.store.office.add_entry(EntryRow(ws.store.plan, entry.id, entry.body, entry.public_key, entry.signature))


def own_log(ws: Workspace, audience: str) -> LogName:
    """The log this machine writes for an audience."""
    seat = ws.seat
    return LogName(bytes.fromhex(seat.device), bytes.fromhex(seat.nonce), seat.plan_id, audience)


def append(ws: Workspace, audience: str, contents: Sequence[Content]) -> tuple[FactRow, ...]:
    """Append facts to an own log and project them; the caller holds the transaction. Raises Mistake PLAN_CLOSED."""
    _refuse_closed(ws, contents)
    meant = own_log(ws, audience)
    settle(ws)
    name = own_log(ws, audience)
    if name != meant:
        contents = [_from_elsewhere(ws, content, meant.id) for content in contents]
    authority, log = ws.authority(), name.id
    place = LogPlace(log, ws.seat.device, name.plan_id, audience)
    end = ws.store.journal.end(log)
    if end is None:
        ws.store.journal.add_log(
            LogRow(log, name.public_key.hex(), name.nonce.hex(), name.plan_id, audience, own=True)
        )
    seq, head = end or (0, first_head(name.public_key, name.nonce, name.plan_id, name.audience))
    rows: list[FactRow] = []
    for content in contents:
        seq += 1
        line = make_line(seq, content)
        following = next_head(head, line)
        judgement = authority.judge_here(place, following, content)
        if judgement.reason == RETIRED:
            if content.kind in ABOUT_EXCHANGE:
                # Nobody listens to this machine any more.
                return ()
            raise _retired()
        rows.append(FactRow(log, seq, head, following, line, content, judgement))
        head = following
    ws.store.journal.add_facts(rows)
    ws.store.projections.update(content.record for content in contents)
    if any(content.kind in TREE_KINDS for content in contents):
        ws.forget()
    return tuple(rows)


def _from_elsewhere(ws: Workspace, content: Content, log: str) -> Content:
    """A content whose numbers were meant in another log (which this machine has just left), with full references."""
    def named(one: Reference) -> Reference:
        fact = None if one.log else ws.store.journal.fact_at(log, one.seq, "")
        return Reference(log, one.seq, fact.head.hex()[:16]) if fact else one

    supersedes = {name: tuple(named(one) for one in listed) for name, listed in content.supersedes.items()}
    return replace(content, supersedes=supersedes)


def _refuse_closed(ws: Workspace, contents: Sequence[Content]) -> None:
    """After *Kết thúc* a plan is read-only (office.md, "Years overlap"): what comes in is still acknowledged."""
    closed = ws.closed()
    if closed is None or all(_may_follow_the_end(content) for content in contents):
        return
    raise Mistake(
        "PLAN_CLOSED", f"Kế hoạch này đã kết thúc ngày {closed:%d/%m/%Y}, chỉ xem và in. Chưa lưu gì.",
        "Nếu cần sửa, hãy mở lại kế hoạch." if ws.seat.role is Role.HUB
        else "Nếu cần sửa, đề nghị đơn vị tổng hợp mở lại kế hoạch.",
    )


def _retired() -> Mistake:
    return Mistake(
        "DEVICE_RETIRED", "Đơn vị tổng hợp đã cho máy này thôi ghi vào kế hoạch. Chưa lưu gì; vẫn xem và in được.",
        "Nếu máy vẫn còn dùng, hãy đề nghị đơn vị tổng hợp đăng ký lại máy.",
    )


def _may_follow_the_end(content: Content) -> bool:
    reopens = content.kind == "plan" and content.fields.keys() == {"closed"}
    return reopens or content.kind in ABOUT_EXCHANGE or content.origin is not None
