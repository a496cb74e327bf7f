"""A folder that was restored or copied goes on in new logs, says so, and gets back what it no longer holds.

Source: exchange.md "Restore and clone". The marks beside the key tell how far it has sealed; what is missing comes back
with the other side's packages. Every log of the present nonce is one incarnation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.exchange.hashes import first_head, log_id
from desktop.exchange.marks import Mark
from desktop.models.facts import Content
from desktop.models.kinds import CONTINUES
from desktop.models.strict_json import JsonValue
from desktop.services.traffic import blobs
from desktop.services.traffic.acknowledging import acknowledge_all
from desktop.services.views import Role
from desktop.store.journal import LogRow

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace


def settle(ws: Workspace) -> None:
    """Before the first write: go on in new logs when this folder is behind its marks; the caller holds the transaction.

    Nobody else can have begun those.
    """
    if ws.settled == ws.seat.nonce:
        return
    if _is_behind(ws):
        go_on(ws)
    ws.settled = ws.seat.nonce


def go_on(ws: Workspace) -> None:
    """Begin a new incarnation that names where it continues; the caller holds the transaction."""
    ends: dict[str, dict[str, JsonValue]] = {}
    for log in _own_logs(ws):
        seq, head = _end(ws, log.id, _start(log))
        if log.nonce == ws.seat.nonce:
            ends.setdefault(log.audience, {})[log.id] = [seq, head.hex()]
    for mark in _missing(ws):
        start = first_head(bytes.fromhex(ws.seat.device), mark.nonce, mark.plan_id, mark.audience)
        name = _log_of(ws, mark)
        seq, head = _end(ws, name, start)
        ends.setdefault(mark.audience, {})[name] = [seq, head.hex()]
    nonce = ws.environment.random(16).hex()
    ws.store.office.set_nonce(ws.store.plan, nonce)
    ws.settled = nonce
    for audience, continued in sorted(ends.items()):
        ws.append(audience, [Content(ws.now(), ws.person, CONTINUES, CONTINUES, continued, {})])
    acknowledge_all(ws)
    blobs.acknowledge(ws)


def raise_marks(ws: Workspace) -> None:
    """Note how far this key has now sealed; the facts must be on the disk already, so that no mark is ahead of them.

    A mark whose fact is not held stays: it says what must come back. Raises EnvironmentTrouble.
    """
    key = bytes.fromhex(ws.seat.device)
    kept = ws.keys.marks(key)
    marks = {_log_of(ws, mark): mark for mark in kept}
    for log in _own_logs(ws):
        mark, end = marks.get(log.id), ws.store.journal.end(log.id)
        if end is None or (mark is not None and (mark.seq >= end[0] or not _is_held(ws, mark))):
            continue
        marks[log.id] = Mark(log.plan_id, log.audience, bytes.fromhex(log.nonce), *end)
    if tuple(marks.values()) != kept:
        ws.keys.set_marks(key, tuple(marks.values()))


def restored_words(ws: Workspace) -> str:
    """One sentence while lines that this machine has sealed are missing here, "" otherwise."""
    missing = 0
    for mark in _missing(ws):
        end = ws.store.journal.end(_log_of(ws, mark))
        missing += max(mark.seq - end[0] if end else mark.seq, 1)
    if not missing:
        return ""
    whom = "xin các đơn vị tệp gửi gần nhất" if ws.seat.role is Role.HUB else (
        f"xin {ws.identity().hub_name} tệp gửi gần nhất cho đơn vị"
    )
    return (
        f"Dữ liệu ở đây cũ hơn những gì máy này đã gửi (khôi phục hoặc chép từ bản cũ?): còn thiếu {missing} mục. "
        f"Cứ làm việc bình thường; hãy {whom} rồi nhập vào, phần thiếu sẽ trở lại."
    )


def _own_logs(ws: Workspace) -> tuple[LogRow, ...]:
    """The logs of this machine's key in the plan, of every incarnation."""
    return tuple(log for log in ws.store.journal.logs() if log.public_key == ws.seat.device)


def _start(log: LogRow) -> bytes:
    return first_head(bytes.fromhex(log.public_key), bytes.fromhex(log.nonce), log.plan_id, log.audience)


def _end(ws: Workspace, log: str, start: bytes) -> tuple[int, bytes]:
    return ws.store.journal.end(log) or (0, start)


def _log_of(ws: Workspace, mark: Mark) -> str:
    return log_id(bytes.fromhex(ws.seat.device), mark.nonce, mark.plan_id, mark.audience)


def _is_held(ws: Workspace, mark: Mark) -> bool:
    return ws.store.journal.holds(_log_of(ws, mark), mark.seq, mark.head)


def _missing(ws: Workspace) -> Sequence[Mark]:
    """The marks of the plan that this folder does not reach."""
    marks = ws.keys.marks(bytes.fromhex(ws.seat.device))
    return [mark for mark in marks if mark.plan_id == ws.store.plan and not _is_held(ws, mark)]


def _is_behind(ws: Workspace) -> bool:
    """Whether a mark is missing that the present incarnation does not go on from already."""
    missing = {_log_of(ws, mark) for mark in _missing(ws)}
    if not missing:
        return False
    present = {log.id for log in _own_logs(ws) if log.nonce == ws.seat.nonce}
    for fact in ws.store.journal.talk(CONTINUES):
        if fact.log in present:
            missing -= fact.content.fields.keys()
    return bool(missing)
