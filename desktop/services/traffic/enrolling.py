"""Setting a folder up as hub or unit, the starter file, requests of machines and their approval."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from desktop.exchange.files import is_folder, read_file, write_file
from desktop.exchange.hashes import check_code, code_of, short_id
from desktop.exchange.keys import DeviceKeys
from desktop.exchange.package import Contents, Opened, pack, unpack
from desktop.exchange.secrets import new_reading_key, sealed
from desktop.models.authority import APPLIED, Authority, LogPlace
from desktop.models.branches import lineage
from desktop.models.charter import Charter
from desktop.models.entries import DeviceRole, Grant, RootEntry
from desktop.models.errors import Mistake, Refused
from desktop.models.facts import ALL, Content, read_line
from desktop.models.plan import PlanHeader
from desktop.models.strict_json import BadJson, JsonValue
from desktop.models.units import UnitTree
from desktop.services.environment import Environment
from desktop.services.plan.issuing import plan_contents, read_for_issue
from desktop.services.plan.owner_facts import require_hub
from desktop.services.plan.reading import NO_CHOICES, ReadChoices
from desktop.services.records import header_of, text_of
from desktop.services.traffic.authorizing import changes_of, charter_of, deciding, issue
from desktop.services.traffic.intake import Taken, take
from desktop.services.traffic.own_keys import reading_secret, root_keys
from desktop.services.traffic.sealing import gathered, writing
from desktop.services.traffic.views import EnrolmentRequest, StarterSeen, WrittenPackage
from desktop.services.units.records import tree_of
from desktop.services.views import Changes, Identity, Role
from desktop.services.workspace import Seat, Workspace, named_unit, workspace
from desktop.store.office import RequestRow

STARTER_NAME = "tep-khoi-tao.sotiendo"


@dataclass(frozen=True, slots=True)
class ApprovalDone:
    """Machines approved and what their held facts changed."""

    approved: tuple[EnrolmentRequest, ...]
    changes: Changes


def setup_hub(
    environment: Environment, folder: Path, unit_name: str, plan_file: Path, choices: ReadChoices = NO_CHOICES
) -> Identity:
    """Make a folder the hub of a plan: root, spare, reading and machine keys; the plan as facts.

    Raises Refused (plan not readable, has errors, folder taken), Mistake UNIT_UNKNOWN, EnvironmentTrouble.
    """
    plan, tree = read_for_issue(environment, plan_file, choices)
    hub = named_unit(tree, unit_name)
    with fresh(environment, folder) as ws:
        root, spare, device = (ws.keys.create() for _ in range(3))
        secret, reading = new_reading_key()
        plan_id = short_id(b"plan", root.public_key, plan.header.number.encode())
        entry = RootEntry(
            plan_id, root.public_key.hex(), spare.public_key.hex(), hub.id, reading, spare.recipient,
            sealed(secret, spare.recipient),
        )
        grant = Grant(
            device.public_key.hex(), device.recipient, hub.id, DeviceRole.HUB, "PC1",
            sealed=sealed(secret, device.recipient),
        )
        with ws.store.atomic():
            seated = ws.take_seat(Seat(
                plan_id=plan_id, role=Role.HUB, unit=hub.id, root=entry.root, device=grant.device,
                nonce=environment.random(16).hex(), label=grant.label,
            ))
            issue(seated, [entry, grant], root)
            seated.append(ALL, plan_contents(plan, tree, plan_id, hub.id, ws.now(), ws.person))
        return seated.identity()


@contextmanager
def fresh(environment: Environment, folder: Path) -> Iterator[Workspace]:
    """A folder that nobody set up; when what is done in it is refused, neither folder nor keys stay behind."""
    with workspace(environment, folder) as ws:
        if ws.is_set_up():
            raise Refused(
                "FOLDER_ALREADY_SET_UP",
                "Thư mục dữ liệu này đã được thiết lập cho một kế hoạch; không có gì thay đổi.",
                "Hãy chọn thư mục dữ liệu khác.",
            )
        with ws.keys.creating():
            yield ws


def write_starter(ws: Workspace, out: Path) -> WrittenPackage:
    """Write *tệp khởi tạo*: plan, units, root and reading key, for every unit. Hub only."""
    require_hub(ws)
    keys = ws.device_keys()
    target = out / STARTER_NAME if is_folder(out) else out
    with writing(ws) as written:
        contents = _starter_contents(ws)
        # Not encrypted: the units' machines have no keys yet, and a plan is no secret.
        data = pack(contents, keys, ())
        path = write_file(data, target, lambda back: unpack(back, ()))
        facts = sum(len(segment.lines) for segment in contents.segments)
        written.append(WrittenPackage(path, "Tệp khởi tạo", check_code(data), facts))
    return written[0]


def _starter_contents(ws: Workspace) -> Contents:
    seat = ws.seat
    return Contents(
        kind="starter", package_id=ws.environment.random(16).hex(), plan_id=seat.plan_id,
        root=bytes.fromhex(seat.root), sender=bytes.fromhex(seat.device), sender_unit=seat.unit,
        recipients=("all",), written=ws.now(), period="", application="", segments=gathered(ws, (ALL,)),
        authority=ws.entries(), request=None, reading_key=ws.charter().reading_key,
    )


def _open_starter(starter: Path) -> tuple[Opened, Charter]:
    """A starter file whose first entry is signed by the root it names."""
    opened = unpack(read_file(starter), ())
    contents = opened.contents
    if contents.kind != "starter":
        raise Refused(
            "NOT_A_STARTER", "Đây không phải tệp khởi tạo. Không có gì thay đổi.",
            "Hãy xin đơn vị tổng hợp tệp khởi tạo của kế hoạch.",
        )
    charter = charter_of(contents)
    if charter.first is None:
        raise Refused(
            "STARTER_WITHOUT_ROOT", "Tệp khởi tạo không có chữ ký gốc của đơn vị tổng hợp nên không dùng được.",
            "Hãy xin lại tệp khởi tạo.",
        )
    return opened, charter


def look_at_starter(environment: Environment, starter: Path) -> StarterSeen:
    """Open a starter file without storing anything of it. Raises Refused (package codes, NOT_A_STARTER ...)."""
    opened, charter = _open_starter(starter)
    header, tree = plan_and_units(opened, charter)
    units = tuple((unit.id, unit.name) for unit in tree.units)
    hub = charter.opening.hub_unit
    return StarterSeen(_code(charter), header, tree.unit(hub).name if hub in tree else "", units)


def _code(charter: Charter) -> str:
    """The 20 digits to compare: of the root in force, so that whoever holds a replaced one enrols nobody."""
    return code_of(bytes.fromhex(charter.root))


def plan_and_units(opened: Opened, charter: Charter) -> tuple[PlanHeader, UnitTree]:
    """The plan's header and the units out of the facts of a package that nobody has taken in yet."""
    header: dict[str, JsonValue] = {}
    units: dict[str, dict[str, JsonValue]] = {}
    for content in _issued(opened.contents, charter):
        if content.kind == "plan" and content.record == charter.opening.plan_id:
            header |= content.fields
        elif content.kind == "unit":
            units.setdefault(content.record, {}).update(content.fields)
    return header_of(header), tree_of(units, {}, None)


def _issued(contents: Contents, charter: Charter) -> Iterator[Content]:
    """What the plan's owner says in a package, under the grants in it; whatever else is in it is passed over."""
    before = {
        head: prev for segment in contents.segments for prev, head in pairwise(segment.heads)
    }
    authority = Authority(
        contents.plan_id, charter, lambda unit, scope: False, lambda _, head, end: head in lineage(end.head, before)
    )
    for segment in contents.segments:
        name = segment.name
        place = LogPlace(name.id, name.public_key.hex(), name.plan_id, name.audience)
        try:
            said = [read_line(line)[1] for line in segment.lines]
        except BadJson:
            # Importing sets such a segment aside too.
            continue
        placed = zip(segment.heads[1:], said, strict=True)
        yield from (content for head, content in placed if authority.judge(place, head, content) == APPLIED)


def setup_unit(environment: Environment, folder: Path, unit_name: str, starter: Path, root_code: str) -> Identity:
    """Make a folder a unit's of the starter's plan, once its root's code was confirmed.

    Raises Refused ROOT_CODE_DIFFERS and package codes, Mistake UNIT_UNKNOWN, EnvironmentTrouble.
    """
    opened, charter = _confirmed(starter, root_code)
    _, tree = plan_and_units(opened, charter)
    return _seated(environment, folder, opened, Role.UNIT, named_unit(tree, unit_name).id)


def setup_hub_machine(environment: Environment, folder: Path, starter: Path, root_code: str) -> Identity:
    """Make a folder one more of the hub's, which asks the machine that holds the root; raises as ``setup_unit``."""
    opened, charter = _confirmed(starter, root_code)
    return _seated(environment, folder, opened, Role.HUB, charter.opening.hub_unit)


def _confirmed(starter: Path, root_code: str) -> tuple[Opened, Charter]:
    """A starter file whose root's code is the one that was read out. Raises Refused ROOT_CODE_DIFFERS."""
    opened, charter = _open_starter(starter)
    if plain_code(root_code) != _code(charter):
        raise Refused(
            "ROOT_CODE_DIFFERS",
            "Mã đối chiếu không khớp với tệp khởi tạo. Chưa lưu gì từ tệp này.",
            "Hãy gọi đơn vị tổng hợp, đọc lại đủ 20 chữ số, hoặc xin lại tệp.",
        )
    return opened, charter


def _seated(environment: Environment, folder: Path, opened: Opened, role: Role, unit: str) -> Identity:
    """A fresh folder of a machine with new keys, and what the starter holds in it."""
    contents = opened.contents
    with fresh(environment, folder) as ws:
        device = ws.keys.create()
        with ws.store.atomic():
            seated = ws.take_seat(Seat(
                plan_id=contents.plan_id, role=role, unit=unit, root=contents.root.hex(),
                device=device.public_key.hex(), nonce=environment.random(16).hex(), label="PC1",
            ))
            take(seated, opened)
        return seated.identity()


def plain_code(code: str) -> str:
    """A 20-digit code without blanks and separators."""
    return re.sub(r"[\s.\-]", "", code)


def own_code(ws: Workspace) -> str:
    """The 20 digits to read out: of the root at a hub, of this machine at a unit."""
    seat = ws.seat
    enrolled = seat.role is Role.HUB and ws.authority().grants_of(seat.device)
    return _code(ws.charter()) if enrolled else code_of(bytes.fromhex(seat.device))


def requests(ws: Workspace) -> tuple[EnrolmentRequest, ...]:
    """Machines that asked to be enrolled, and whether they are. Raises Mistake FOLDER_NOT_SET_UP."""
    _ = ws.seat
    if not ws.store.office.requests(ws.store.plan):
        return ()
    authority = ws.authority()
    held: dict[str, int] = {}
    for log in ws.store.journal.logs():
        held[log.public_key] = held.get(log.public_key, 0) + ws.store.journal.count_held(log.id)
    return tuple(
        EnrolmentRequest(
            row.code, row.unit, ws.unit_name(row.unit), row.label,
            "approved" if authority.grants_of(row.public_key) else "pending", held.get(row.public_key, 0), row.role,
        )
        for row in ws.store.office.requests(ws.store.plan)
    )


def approve(ws: Workspace, codes: Sequence[str] | None) -> ApprovalDone:
    """Approve machines by their codes, or all pending (None); their held facts count at once.

    Who asked before the next plan was opened is admitted to that too: its files could not be opened otherwise.

    Raises Mistake HUB_ONLY, ROOT_NOT_HERE, CODE_UNKNOWN (nothing is approved then), Refused (passphrase).
    """
    require_hub(ws)
    pending = [one for one in requests(ws) if one.state == "pending"]
    chosen = _chosen(pending, codes)
    if not chosen:
        return ApprovalDone((), Changes())
    root = root_keys(ws)
    rows = {row.code: row for row in ws.store.office.requests(ws.store.plan)}
    asked = [rows[one.code] for one in chosen]
    with deciding(ws):
        taken = _admit(ws, asked, root)
        for following in _following(ws):
            _admit(following, asked, root)
    return ApprovalDone(tuple(chosen), changes_of(taken))


def _admit(ws: Workspace, asked: Sequence[RequestRow], root: DeviceKeys) -> Taken:
    """Grant machines their places in the workspace's plan, and judge what is held of them."""
    authority, units = ws.authority(), ws.units()
    labels = {(one.grant.unit, one.grant.label) for one in ws.charter().granted}
    grants = []
    for row in asked:
        if row.unit not in units or authority.grants_of(row.public_key):
            continue
        label = _free_label(row, labels)
        labels.add((row.unit, label))
        grants.append(_grant(ws, row, label))
    return issue(ws, grants, root)


def _free_label(row: RequestRow, taken: Container[tuple[str, str]]) -> str:
    """What a machine is called: what it asks for, where no other of its unit is called so."""
    names = (row.label, *(f"PC{number}" for number in range(2, 1000)))
    return next(name for name in names if (row.unit, name) not in taken)


def _grant(ws: Workspace, row: RequestRow, label: str) -> Grant:
    role = DeviceRole(row.role)
    secret = sealed(reading_secret(ws.charter(), ws.device_keys()), row.recipient) if role is DeviceRole.HUB else ""
    return Grant(row.public_key, row.recipient, row.unit, role, label, sealed=secret)


def _following(ws: Workspace) -> Iterator[Workspace]:
    """The folder bound to each plan that was opened after the workspace's, the next year's and so on."""
    followed = {ws.store.plan}
    for seat in ws.seats():
        row = ws.of(seat.plan_id).store.queries.record(seat.plan_id)
        if row is not None and text_of(row.body.get("previous")) in followed:
            followed.add(seat.plan_id)
            yield ws.of(seat.plan_id)


def _chosen(pending: list[EnrolmentRequest], codes: Sequence[str] | None) -> list[EnrolmentRequest]:
    if codes is None:
        return pending
    by_code = {one.code: one for one in pending}
    chosen = []
    for code in dict.fromkeys(plain_code(code) for code in codes):
        if code not in by_code:
            raise Mistake(
                "CODE_UNKNOWN", f"Không có máy nào đang chờ với mã {code}. Chưa chấp nhận máy nào.",
                "Hãy nhập tệp của đơn vị đó trước, rồi đọc lại đủ 20 chữ số.",
            )
        chosen.append(by_code[code])
    return chosen
