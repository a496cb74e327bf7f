"""A machine whose key is lost is enrolled again: a new key, and what the old one had not signed is written again.

Source: exchange.md "Authority" (a key lost with unsealed work). Each such fact names its old place and so counts once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count

from desktop.exchange.hashes import code_of
from desktop.exchange.keys import DeviceKeys
from desktop.exchange.secrets import sealed
from desktop.models.branches import lineage
from desktop.models.entries import DeviceRole, Grant
from desktop.models.errors import EnvironmentTrouble, Mistake, Refused
from desktop.models.facts import Content, Reference
from desktop.models.kinds import ABOUT_EXCHANGE
from desktop.services.traffic.acknowledging import acknowledge_all
from desktop.services.traffic.authorizing import issue
from desktop.services.traffic.machines import renew_reading
from desktop.services.traffic.own_keys import reading_secret
from desktop.services.views import Role
from desktop.services.workspace import Workspace
from desktop.store.journal import FactRow

_Place = tuple[str, int, str]
"""Log, sequence number, first 8 bytes of the head in hex."""


@dataclass(frozen=True, slots=True)
class Reenrolled:
    """``code``: the new 20 digits to read out, "" at a hub, whose root has accepted the key already."""

    code: str
    written_again: int
    """Facts that had not been signed and now wait to be sent under the new key."""


def enroll_again(ws: Workspace, *, forgotten: bool = False) -> Reenrolled:
    """Give this machine a new key in every plan of the folder; its request travels with the next package.

    ``forgotten``: the passphrase is lost, so the old key is given up though its file may be there. Raises Mistake
    KEY_STILL_THERE; Refused ROOT_KEY_LOST (at a hub), KEY_WRONG_PASSPHRASE; EnvironmentTrouble. Nothing stays then.
    """
    lost = ws.seat
    if not forgotten:
        _refuse_usable(ws)
    root = _root(ws) if lost.role is Role.HUB else None
    again = 0
    with ws.keys.creating():
        device = ws.keys.create()
        with ws.store.atomic():
            for seat in ws.seats():
                if seat.device == lost.device:
                    again += _move(ws.of(seat.plan_id), device, root)
    return Reenrolled("" if root else code_of(device.public_key), again)


def _refuse_usable(ws: Workspace) -> None:
    try:
        ws.device_keys()
    except EnvironmentTrouble as trouble:
        if trouble.code not in ("KEY_MISSING", "KEY_DAMAGED"):
            raise
        return
    raise Mistake(
        "KEY_STILL_THERE", "Khóa ký của máy này vẫn dùng được nên không cần đăng ký lại. Không có gì thay đổi.",
        "Cứ ghi tệp gửi như thường lệ.",
    )


def _root(ws: Workspace) -> DeviceKeys | None:
    """The root's keys, by which a hub accepts its own machine's new key; None where another machine of it can."""
    root = bytes.fromhex(ws.charter().root)
    others = {one.device for one in ws.grants() if one.role is DeviceRole.HUB} - {ws.seat.device}
    if others and not ws.keys.has(root):
        return None
    try:
        return ws.keys.load(root)
    except (EnvironmentTrouble, Refused) as trouble:
        if trouble.code not in ("KEY_MISSING", "KEY_DAMAGED", "KEY_WRONG_PASSPHRASE"):
            raise
        raise Refused(
            "ROOT_KEY_LOST",
            "Máy này cũng không mở được khóa gốc của đơn vị tổng hợp nên không tự nhận khóa mới. Dữ liệu còn nguyên.",
            "Hãy kiểm tra lại mật khẩu; nếu mất hẳn, lập máy tổng hợp mới rồi mở khóa dự phòng (spare open).",
        ) from trouble


def _move(ws: Workspace, device: DeviceKeys, root: DeviceKeys | None) -> int:
    """Take the machine's seat in one plan over for the new key; how many facts were written again."""
    lost = _unsent(ws)
    seat = ws.seat
    nonce = ws.environment.random(16).hex()
    ws.store.office.set_device(seat.plan_id, device.public_key.hex(), nonce)
    ws.settled = nonce
    if root is not None:
        _accept(ws, device, root)
    audiences = {log.id: log.audience for log in ws.store.journal.logs()}
    written: dict[_Place, Reference] = {}
    for row in lost:
        (again,) = ws.append(audiences[row.log], [_again(ws, row, written)])
        written[_place(row)] = Reference(*_place(again))
    acknowledge_all(ws)
    return len(lost)


def _accept(ws: Workspace, device: DeviceKeys, root: DeviceKeys) -> None:
    """Grant a hub's machine its new key; the hub role's reading secret is opened by the spare, or is a new one."""
    charter, seat = ws.charter(), ws.seat
    labels = {one.grant.label for one in charter.granted if one.grant.unit == seat.unit}
    label = next(name for name in (f"PC{number}" for number in count(1)) if name not in labels)
    spare = bytes.fromhex(charter.spare)
    secret = reading_secret(charter, ws.keys.load(spare)) if ws.keys.has(spare) else ""
    held = sealed(secret, device.recipient) if secret else ""
    issue(ws, [Grant(device.public_key.hex(), device.recipient, seat.unit, DeviceRole.HUB, label, sealed=held)], root)
    ws.store.office.set_place(seat.plan_id, seat.unit, label)
    if not secret:
        renew_reading(ws)


def _unsent(ws: Workspace) -> tuple[FactRow, ...]:
    """What the lost key wrote and cannot make count any more, as it was entered.

    That is what it did not sign; and all of it when nobody had accepted that key yet.
    """
    device = ws.seat.device
    logs = [log.id for log in ws.store.journal.logs() if log.public_key == device]
    rows = [row for row in ws.store.journal.as_entered(logs) if row.content.kind not in ABOUT_EXCHANGE]
    if not ws.authority().grants_of(device):
        return tuple(rows)
    unsealed = {fact.head for log in logs for run in ws.store.journal.unsealed(log) for fact in run}
    return tuple(row for row in rows if row.head in unsealed)


def _place(row: FactRow) -> _Place:
    return row.log, row.seq, row.head.hex()[:16]


def _again(ws: Workspace, row: FactRow, written: Mapping[_Place, Reference]) -> Content:
    """The same content for another log: it names its old place, and in full what it named by number."""
    content = row.content
    before = {head: prev for prev, head in ws.store.journal.links(row.log)} if content.supersedes else {}
    heads = dict(zip(range(row.seq, 0, -1), lineage(row.head, before), strict=False))

    def named(one: Reference) -> Reference:
        place = (one.log, one.seq, one.head) if one.log else (row.log, one.seq, heads.get(one.seq, b"").hex()[:16])
        # One behind a gap names nothing, here as there.
        return written.get(place) or (Reference(*place) if place[2] else Reference(row.log, one.seq, "0" * 16))

    supersedes = {name: tuple(named(one) for one in listed) for name, listed in content.supersedes.items()}
    return replace(content, supersedes=supersedes, origin=Reference(*_place(row)))
