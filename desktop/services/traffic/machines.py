"""The machines of a plan: who writes for whom, retiring one, counting its late work, moving it to another unit.

Source: exchange.md "Authority". Each is an entry signed by the root; what was written before keeps its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.exchange.hashes import code_of, first_head
from desktop.exchange.keys import DeviceKeys
from desktop.exchange.secrets import new_reading_key, sealed
from desktop.models.authority import RETIRED
from desktop.models.branches import branch_ends
from desktop.models.charter import Granted, latest
from desktop.models.entries import DeviceRole, End, Ends, Grant, ReadingChange, Retirement, RootEntry, Said, ScopeChange
from desktop.models.errors import Mistake
from desktop.services.plan.owner_facts import require_hub
from desktop.services.traffic.authorizing import changes_of, deciding, issue
from desktop.services.traffic.own_keys import reading_secret, root_keys
from desktop.services.views import Changes
from desktop.services.workspace import Workspace
from desktop.store.journal import LogRow


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine that was granted something. ``code``: its 20 digits.

    ``units`` are those it writes for now, none when it is ``retired``. ``written`` counts its facts held here,
    ``hidden`` those that came after it was retired and do not count.
    """

    code: str
    role: str
    label: str
    unit_id: str
    unit_name: str
    units: tuple[str, ...]
    retired: bool
    written: int
    hidden: int
    own: bool


def machines(ws: Workspace) -> tuple[Machine, ...]:
    """Every machine of the plan, the hub's first, then by unit and label. Raises Mistake FOLDER_NOT_SET_UP."""
    seat, charter = ws.seat, ws.charter()
    written, hidden = _counts(ws)
    open_units: dict[str, list[str]] = {}
    for grant in charter.active():
        open_units.setdefault(grant.device, []).append(grant.unit)
    found = []
    for device in dict.fromkeys(one.grant.device for one in charter.granted):
        grant = charter.of_device(device)[0].grant
        units = tuple(dict.fromkeys(open_units.get(device, ())))
        home = units[0] if units else grant.unit
        found.append(Machine(
            code_of(bytes.fromhex(device)), grant.role.value, grant.label, home, ws.unit_name(home),
            tuple(ws.unit_name(unit) for unit in units), not units, written[device], hidden[device],
            device == seat.device,
        ))
    return tuple(sorted(found, key=lambda one: (one.role != DeviceRole.HUB, one.unit_name, one.label, one.code)))


def _counts(ws: Workspace) -> tuple[Counter[str], Counter[str]]:
    """Facts held and facts that came after a retirement, by machine."""
    written: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    for log in ws.store.journal.logs():
        written[log.public_key] += ws.store.journal.count(log.id)
        hidden[log.public_key] += ws.store.journal.count(log.id, RETIRED)
    return written, hidden


def retire(ws: Workspace, code: str) -> Changes:
    """From now on nothing more of a machine counts; what is held of it here keeps its place.

    Raises Mistake HUB_ONLY, ROOT_NOT_HERE, MACHINE_UNKNOWN, MACHINE_RETIRED, MACHINE_LAST_HUB; Refused (passphrase).
    """
    require_hub(ws)
    device = _device(ws, code)
    active = [grant for grant in ws.grants() if grant.device == device]
    if not active:
        raise Mistake("MACHINE_RETIRED", "Máy này đã được cho thôi từ trước. Không có gì thay đổi.", "")
    hubs = {grant.device for grant in ws.grants() if grant.role is DeviceRole.HUB}
    if hubs == {device}:
        raise Mistake(
            "MACHINE_LAST_HUB", "Đây là máy tổng hợp duy nhất còn dùng nên không cho thôi được. Không có gì thay đổi.",
            "Hãy đăng ký máy tổng hợp mới trước.",
        )
    return _decide(ws, [Retirement(device, _ends(ws, device))])


def recount(ws: Workspace, code: str) -> Changes:
    """Count what of a retired machine came after its end was drawn, as far as it is held here; raises as ``retire``."""
    require_hub(ws)
    device = _device(ws, code)
    if any(grant.device == device for grant in ws.grants()):
        raise Mistake("MACHINE_NOT_RETIRED", "Máy này vẫn đang dùng; nội dung của máy vẫn được tính.", "")
    return _decide(ws, [Retirement(device, _ends(ws, device))])


def move(ws: Workspace, code: str, unit_name: str) -> Changes:
    """From now on a machine writes for another unit; what it wrote before stays its former unit's.

    Raises Mistake HUB_ONLY, ROOT_NOT_HERE, MACHINE_UNKNOWN, MACHINE_RETIRED, UNIT_UNKNOWN; Refused (passphrase).
    """
    require_hub(ws)
    unit = ws.unit_named(unit_name).id
    grants = _open_grants(ws, code)
    at = _ends(ws, grants[0].grant.device)
    return _decide(ws, [ScopeChange(one.id, unit, at) for one in grants])


def entrust(ws: Workspace, code: str, unit_name: str) -> Changes:
    """From now on a machine writes for one more unit, such as one that was merged into its own; raises as ``move``."""
    require_hub(ws)
    unit = ws.unit_named(unit_name).id
    grant = _open_grants(ws, code)[0].grant
    return _decide(ws, [replace(grant, unit=unit, opens=_ends(ws, grant.device))])


def renew_reading(ws: Workspace) -> Changes:
    """A new reading key for the hub role: what is written from now on a stolen machine of the hub cannot read.

    Raises Mistake HUB_ONLY, ROOT_NOT_HERE; Refused (passphrase).
    """
    require_hub(ws)
    charter = ws.charter()
    secret, recipient = new_reading_key()
    holders = {grant.device: grant.recipient for grant in charter.active() if grant.role is DeviceRole.HUB}
    if charter.spare_recipient:
        holders[charter.spare] = charter.spare_recipient
    return _decide(ws, [ReadingChange(recipient, {key: sealed(secret, to) for key, to in sorted(holders.items())})])


def following(ws: Workspace, plan_id: str, root: DeviceKeys) -> tuple[Said, ...]:
    """What the authority set of the hub's next plan begins with: the same root, spare and machines."""
    charter = ws.charter()
    secret = reading_secret(charter, ws.device_keys())
    spare = sealed(secret, charter.spare_recipient) if charter.spare_recipient else ""
    first = RootEntry(
        plan_id, root.public_key.hex(), charter.spare, charter.opening.hub_unit, charter.reading_key,
        charter.spare_recipient, spare,
    )
    return (first, *(_anew(grant, secret) for grant in charter.active()))


def _anew(grant: Grant, secret: str) -> Grant:
    """A grant as it stands in a plan in which nothing has been written yet."""
    is_hub = grant.role is DeviceRole.HUB
    return replace(grant, opens={}, sealed=sealed(secret, grant.recipient) if is_hub else "")


def _decide(ws: Workspace, said: Sequence[Said]) -> Changes:
    keys = root_keys(ws)
    with deciding(ws):
        return changes_of(issue(ws, said, keys))


def _device(ws: Workspace, code: str) -> str:
    """The public key (hex) of the machine with a code."""
    for one in ws.charter().granted:
        if code_of(bytes.fromhex(one.grant.device)) == code:
            return one.grant.device
    raise Mistake(
        "MACHINE_UNKNOWN", f"Không có máy nào được chấp nhận với mã {code}. Không có gì thay đổi.",
        "Hãy xem lại mã trong danh sách máy.",
    )


def _open_grants(ws: Workspace, code: str) -> list[Granted]:
    charter, device = ws.charter(), _device(ws, code)
    found = [
        one for one in charter.of_device(device)
        if not one.retirements and all(change.unit for _, change in latest(one.scopes, charter.ancestors))
    ]
    if not found:
        raise Mistake(
            "MACHINE_RETIRED", "Máy này đã được cho thôi từ trước. Không có gì thay đổi.",
            "Nếu máy còn dùng, hãy đăng ký lại máy bằng tệp khởi tạo.",
        )
    return found


def _ends(ws: Workspace, device: str) -> Ends:
    """The end of every branch held without a gap of what a machine wrote."""
    return {
        log.id: ends for log in ws.store.journal.logs() if log.public_key == device and (ends := _ends_of(ws, log))
    }


def _ends_of(ws: Workspace, log: LogRow) -> tuple[End, ...]:
    start = first_head(bytes.fromhex(log.public_key), bytes.fromhex(log.nonce), log.plan_id, log.audience)
    return tuple(End(end.seq, end.head) for end in branch_ends(start, ws.store.journal.links(log.id)))
