"""Reasons travel back: what is not counted here is told to its author, and what others do not count of ours is shown.

Source: exchange.md, promise 9. A `notice` holds the complete present list of a log, an empty one when all counts again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from desktop.models.entries import DeviceRole
from desktop.models.facts import ALL, Content, Fact
from desktop.models.kinds import ABOUT_EXCHANGE, NOTICE
from desktop.models.record_ids import split_record
from desktop.models.strict_json import JsonValue
from desktop.services.records import text_of
from desktop.services.traffic.acknowledging import order_of_logs
from desktop.services.traffic.reasons import reason_words
from desktop.services.traffic.views import NotCounted
from desktop.services.views import Role
from desktop.store.journal import LogRow

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace

_MOST = 500
"""Facts of a log that are told one by one, the first by place: a line has 64 KB."""


def tell_reasons(ws: Workspace) -> None:
    """Write to every author of what is not counted what changed in it; the caller holds the transaction."""
    now: dict[str, list[JsonValue]] = defaultdict(list)
    for log, seq, head, reason in ws.store.journal.quarantined():
        if len(now[log]) < _MOST:
            now[log].append([seq, head.hex()[:16], reason])
    told = {log: entries for (device, log), entries in _told(ws).items() if device == ws.seat.device}
    logs = {log.id: log for log in ws.store.journal.logs() if not log.own}
    for log in sorted(logs.keys() & (now.keys() | told.keys())):
        if now.get(log, []) != told.get(log, []):
            content = Content(ws.now(), ws.person, NOTICE, NOTICE, {log: now.get(log, [])}, {})
            ws.append(_audience(ws, logs[log]), [content])


def _audience(ws: Workspace, log: LogRow) -> str:
    """The audience of an own log that the author of a log may read."""
    if ws.seat.role is Role.UNIT:
        return ws.seat.unit
    grants = ws.authority().grants_of(log.public_key)
    return next((grant.unit if grant.role is DeviceRole.UNIT else ALL for grant in grants), log.audience)


def _told(ws: Workspace) -> Mapping[tuple[str, str], list[JsonValue]]:
    """What each machine (public key) said last of each log; its later incarnation after the one it goes on from."""
    logs, order = order_of_logs(ws)
    facts = sorted(ws.store.journal.talk(NOTICE), key=lambda one: (order.age[logs[one.log]], one.log, one.seq))
    return {
        (logs[fact.log].device, log): entries
        for fact in facts for log, entries in fact.content.fields.items() if isinstance(entries, list)
    }


def not_counted(ws: Workspace) -> tuple[NotCounted, ...]:
    """What this PC wrote and another machine says it does not count, each with the reason in plain words."""
    own = {log.id for log in ws.store.journal.logs() if log.own}
    found: dict[tuple[bytes, str], NotCounted] = {}
    for (device, log), entries in _told(ws).items():
        if log not in own:
            continue
        for fact, reason in _named(ws, log, entries):
            if fact.content.kind not in ABOUT_EXCHANGE:
                found.setdefault((fact.head, reason), _view(ws, fact, device, reason))
    return tuple(found.values())


def _named(ws: Workspace, log: str, entries: Iterable[JsonValue]) -> Iterable[tuple[Fact, str]]:
    """The own facts that a notice lists and that are here, each with its reason code."""
    for entry in entries:
        seq, head, reason = entry if isinstance(entry, list) else (0, "", "")
        fact = ws.store.journal.fact_at(log, seq, str(head)) if isinstance(seq, int) else None
        if fact is not None:
            yield fact, str(reason)


def _view(ws: Workspace, fact: Fact, device: str, reason: str) -> NotCounted:
    record = fact.content.record
    item, unit, period = split_record(record)
    row = ws.store.queries.record(item or record)
    path, name = text_of(row.body.get("path")) if row else "", ws.unit_name(unit) if unit else ""
    grants = ws.authority().grants_of(device)
    by = ws.unit_name(grants[0].unit) if grants else ""
    place = " · ".join(part for part in (path, name, period) if part) or "Một nội dung của kế hoạch"
    return NotCounted(
        record, path, name, period, by, reason, f"{place}: {by or 'Bên nhận'} chưa tính. {reason_words(reason)}"
    )
