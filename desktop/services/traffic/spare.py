"""The spare root: sealed into a file for the safe at set-up, opened when the hub's PC or its root is lost.

Source: exchange.md "Authority": either of root and spare may replace the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.exchange.authority import SignedEntry
from desktop.exchange.files import is_folder, read_file, write_file
from desktop.exchange.keys import DeviceKeys
from desktop.exchange.secrets import CODE_LENGTH, SPARE_SUFFIX, Spare, new_code, open_spare, seal_spare, sealed
from desktop.models.charter import Charter, settled
from desktop.models.entries import DeviceRole, Grant, RootChange, read_entry
from desktop.models.errors import Mistake, Refused
from desktop.models.strict_json import loads
from desktop.services.environment import Environment
from desktop.services.plan.owner_facts import require_hub
from desktop.services.traffic.authorizing import changes_of, deciding, issue
from desktop.services.traffic.enrolling import fresh
from desktop.services.traffic.own_keys import reading_secret, root_keys
from desktop.services.views import Changes, Identity, Role
from desktop.services.workspace import Seat, Workspace

__all__ = [
    "CODE_LENGTH", "SPARE_NAME", "SealedSpare", "is_sealed", "open_on_hub", "replace_spare", "seal", "set_up_from",
]

SPARE_NAME = f"khoa-du-phong{SPARE_SUFFIX}"


@dataclass(frozen=True, slots=True)
class SealedSpare:
    """A spare in a file, read back; ``code`` opens it and is shown this once."""

    path: Path
    code: str


def is_sealed(ws: Workspace) -> bool:
    """Whether the spare lies in a safe and no longer on this PC."""
    return not ws.keys.has(bytes.fromhex(ws.charter().spare))


def seal(ws: Workspace, out: Path) -> SealedSpare:
    """Write the spare into a file and forget it here, once the file was read back.

    Raises Mistake HUB_ONLY, SPARE_SEALED; Refused (passphrase); EnvironmentTrouble (medium), as packages do.
    """
    require_hub(ws)
    if is_sealed(ws):
        raise Mistake(
            "SPARE_SEALED", "Khóa dự phòng đã được niêm phong, không còn trên máy này. Không có gì thay đổi.",
            "Nếu tệp niêm phong bị mất, hãy thay khóa dự phòng mới rồi niêm phong lại.",
        )
    keys = ws.keys.load(bytes.fromhex(ws.charter().spare))
    code = new_code(ws.environment.random)
    held = tuple((seat.plan_id, ws.of(seat.plan_id).entries()) for seat in ws.seats())
    data = seal_spare(Spare(keys, held), code, ws.environment.random)
    target = out / SPARE_NAME if is_folder(out) else out
    path = write_file(data, target, lambda back: open_spare(back, code))
    ws.keys.forget(keys.public_key)
    return SealedSpare(path, code)


def replace_spare(ws: Workspace) -> Changes:
    """A new spare in place of one that is lost, to be sealed next. Raises Mistake HUB_ONLY, ROOT_NOT_HERE."""
    require_hub(ws)
    root, old = root_keys(ws), ws.charter().spare
    with ws.keys.creating():
        return _turn(ws, old, root, ws.device_keys(), ws.keys.create())


def open_on_hub(ws: Workspace, file: Path, code: str) -> Changes:
    """On a machine of the hub: the spare becomes the root, a new spare is made; the old root counts no more.

    Raises Mistake HUB_ONLY; Refused SPARE_NOT_A_SPARE, SPARE_WRONG_CODE, SPARE_OTHER_PLAN, passphrase.
    """
    require_hub(ws)
    keys = open_spare(read_file(file), code).keys
    if ws.charter().spare != keys.public_key.hex():
        raise _other()
    with ws.keys.creating():
        ws.keys.keep(keys)
        return _turn(ws, keys.public_key.hex(), keys, keys, ws.keys.create())


def _turn(ws: Workspace, old: str, root: DeviceKeys, reader: DeviceKeys, spare: DeviceKeys) -> Changes:
    """In every plan of the folder that has this spare, name root and spare anew."""
    changes = Changes()
    with deciding(ws):
        for seat in ws.seats():
            each = ws.of(seat.plan_id)
            if each.charter().spare == old:
                taken = issue(each, [_turned(root, spare, reading_secret(each.charter(), reader))], root)
                changes = changes_of(taken) if each is ws else changes
    return changes


def set_up_from(environment: Environment, folder: Path, file: Path, code: str) -> Identity:
    """A new PC becomes the hub's after all were lost: spare, its plans' authority; the facts come from units' files.

    Raises as ``open_on_hub``, and Refused FOLDER_ALREADY_SET_UP.
    """
    opened = open_spare(read_file(file), code)
    with fresh(environment, folder) as ws:
        ws.keys.keep(opened.keys)
        spare, device = ws.keys.create(), ws.keys.create()
        with ws.store.atomic():
            for plan_id, entries in opened.entries:
                _take_over(ws, plan_id, entries, opened.keys, spare, device)
        if not opened.entries:
            raise _other()
        ws.turn_to(ws.store.office.current_plan())
        return ws.identity()


def _take_over(
    ws: Workspace, plan_id: str, entries: tuple[SignedEntry, ...], root: DeviceKeys, spare: DeviceKeys,
    device: DeviceKeys,
) -> None:
    """Seat this PC in one plan as the hub's, with the opened spare as its root."""
    read = [read_entry(one.id, one.public_key.hex(), loads(one.body)) for one in entries]
    anchor = next((one.signer for one in read if not one.on), "")
    charter = settled(read, anchor, plan_id)
    if charter.first is None or charter.spare != root.public_key.hex():
        raise _other()
    secret, label = reading_secret(charter, root), _label(charter)
    seated = ws.take_seat(Seat(
        plan_id=plan_id, role=Role.HUB, unit=charter.first.hub_unit, root=anchor, device=device.public_key.hex(),
        nonce=ws.environment.random(16).hex(), label=label,
    ))
    for entry in entries:
        seated.add_entry(entry)
    grant = Grant(
        device.public_key.hex(), device.recipient, charter.first.hub_unit, DeviceRole.HUB, label,
        sealed=sealed(secret, device.recipient),
    )
    issue(seated, [_turned(root, spare, secret), grant], root)


def _label(charter: Charter) -> str:
    taken = {one.grant.label for one in charter.granted if one.grant.role is DeviceRole.HUB}
    return next(name for number in range(1, 1000) if (name := f"PC{number}") not in taken)


def _turned(root: DeviceKeys, spare: DeviceKeys, secret: str) -> RootChange:
    """The change that names root and spare; the spare can read what the hub can."""
    return RootChange(root.public_key.hex(), spare.public_key.hex(), spare.recipient, sealed(secret, spare.recipient))


def _other() -> Refused:
    return Refused(
        "SPARE_OTHER_PLAN", "Khóa dự phòng này của kế hoạch khác, hoặc đã được thay. Không có gì thay đổi.",
        "Hãy lấy khóa dự phòng niêm phong sau cùng.",
    )
