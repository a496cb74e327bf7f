"""What this machine can open and sign: its own keys, the hub role's reading secrets sealed to it, the plan's root."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.exchange.keys import DeviceKeys
from desktop.exchange.secrets import recipient_of, unsealed
from desktop.models.charter import Charter
from desktop.models.errors import Mistake
from desktop.services.workspace import Workspace


def identities(ws: Workspace) -> tuple[str, ...]:
    """The age identities that open files sent here, whatever their plan: this machine's, and what is sealed to it."""
    found: dict[str, None] = {}
    for seat in ws.seats():
        keys = ws.keys.load(bytes.fromhex(seat.device))
        found[keys.identity] = None
        for text in sealed_to(ws.of(seat.plan_id).charter(), seat.device):
            secret = unsealed(text, keys.identity)
            if secret is not None:
                found[secret] = None
    return tuple(found)


def sealed_to(charter: Charter, key: str) -> Iterator[str]:
    """The reading secrets of the hub role that a charter seals to a machine or spare, by its public key in hex."""
    if charter.first is not None and charter.first.spare == key:
        yield charter.first.sealed
    yield from (change.sealed for change in charter.changes if change.spare == key)
    yield from (one.grant.sealed for one in charter.of_device(key) if one.grant.sealed)
    yield from (change.sealed[key] for change in charter.readings if key in change.sealed)


def reading_secret(charter: Charter, keys: DeviceKeys) -> str:
    """The reading secret of the hub role in use now, opened by a machine's or the spare's keys.

    Raises Mistake READING_KEY_NOT_HERE.
    """
    opened = (unsealed(text, keys.identity) for text in sealed_to(charter, keys.public_key.hex()))
    secret = next((one for one in opened if one and recipient_of(one) == charter.reading_key), None)
    if secret is None:
        raise Mistake(
            "READING_KEY_NOT_HERE", "Máy này chưa có khóa đọc của đơn vị tổng hợp nên chưa làm được việc này.",
            "Hãy nhập tệp mới nhất của máy tổng hợp giữ khóa gốc rồi làm lại.",
        )
    return secret


def root_keys(ws: Workspace) -> DeviceKeys:
    """The keys that sign entries. Raises Mistake ROOT_NOT_HERE."""
    root = bytes.fromhex(ws.charter().root)
    if ws.keys.has(root):
        return ws.keys.load(root)
    raise Mistake(
        "ROOT_NOT_HERE", "Máy này không giữ khóa gốc của kế hoạch nên không duyệt được máy và quyền. Chưa thay đổi gì.",
        "Hãy làm việc này trên máy tổng hợp giữ khóa gốc; nếu máy đó không còn, hãy mở khóa dự phòng.",
    )
