"""Setting a folder up as hub or unit, the starter file, requests of machines and their approval."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.exchange.authority import SignedEntry, sign_entry, verify_entry
from desktop.exchange.files import is_folder, read_file, write_file
from desktop.exchange.hashes import check_code, code_of, short_id
from desktop.exchange.keys import DeviceKeys
from desktop.exchange.package import Contents, Opened, pack, unpack
from desktop.models.authority import (
    APPLIED,
    Authority,
    DeviceRole,
    Grant,
    LogPlace,
    RootEntry,
    grant_body,
    plan_grants,
    read_root,
    root_body,
)
from desktop.models.errors import Mistake, Refused
from desktop.models.facts import ALL, Content, read_line
from desktop.models.kinds import split_record
from desktop.models.plan import PlanHeader
from desktop.models.strict_json import BadJson, JsonValue, dumps, loads
from desktop.models.units import UnitTree
from desktop.services.environment import Environment
from desktop.services.plan.issuing import plan_contents, read_for_issue
from desktop.services.plan.owner_facts import require_hub
from desktop.services.plan.reading import NO_CHOICES, ReadChoices
from desktop.services.records import header_of, text_of
from desktop.services.traffic.intake import Taken, judge_again, take
from desktop.services.traffic.receipts import root_entry
from desktop.services.traffic.sealing import gathered, writing
from desktop.services.traffic.views import EnrolmentRequest, StarterSeen, WrittenPackage
from desktop.services.units.records import tree_of
from desktop.services.views import Changes, Identity, Role
from desktop.services.workspace import Seat, Workspace, named_unit, workspace

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
    with _fresh(environment, folder) as ws:
        root, spare, reading, device = (ws.keys.create() for _ in range(4))
        plan_id = short_id(b"plan", root.public_key, plan.header.number.encode())
        entry = RootEntry(plan_id, root.public_key.hex(), spare.public_key.hex(), hub.id, reading.recipient)
        first = sign_entry(dumps(root_body(entry)), root)
        grant = Grant(device.public_key.hex(), device.recipient, hub.id, DeviceRole.HUB, "PC1")
        second = sign_entry(dumps(grant_body(grant, plan_id, first.id)), root)
        with ws.store.atomic():
            seated = ws.take_seat(Seat(
                plan_id=plan_id, role=Role.HUB, unit=hub.id, root=entry.root, device=grant.device,
                nonce=environment.random(16).hex(), label=grant.label, reading=reading.public_key.hex(),
            ))
            seated.add_entry(first)
            seated.add_entry(second)
            seated.append(ALL, plan_contents(plan, tree, plan_id, hub.id, ws.now(), ws.person))
        return seated.identity()


@contextmanager
def _fresh(environment: Environment, folder: Path) -> Iterator[Workspace]:
    """A folder that nobody set up; when what is done in it fails, neither folder nor keys stay behind."""
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
        authority=ws.entries(), request=None, reading_key=root_entry(ws).reading_key,
    )


def _open_starter(starter: Path) -> tuple[Opened, RootEntry]:
    """A starter file whose first entry is signed by the root it names."""
    opened = unpack(read_file(starter), ())
    contents = opened.contents
    if contents.kind != "starter":
        raise Refused(
            "NOT_A_STARTER", "Đây không phải tệp khởi tạo. Không có gì thay đổi.",
            "Hãy xin đơn vị tổng hợp tệp khởi tạo của kế hoạch.",
        )
    entry = first_entry(contents)
    if entry is None:
        raise Refused(
            "STARTER_WITHOUT_ROOT", "Tệp khởi tạo không có chữ ký gốc của đơn vị tổng hợp nên không dùng được.",
            "Hãy xin lại tệp khởi tạo.",
        )
    return opened, entry


def first_entry(contents: Contents) -> RootEntry | None:
    """The entry with which the root that a package names, and nobody else, begins the package's plan."""
    read = ((signed, read_root(loads(signed.body))) for signed in contents.authority)
    return next((entry for signed, entry in read if _is_first(signed, entry, contents)), None)


def _is_first(signed: SignedEntry, entry: RootEntry | None, contents: Contents) -> bool:
    return (
        entry is not None and signed.public_key == contents.root and entry.root == contents.root.hex()
        and entry.plan_id == contents.plan_id and verify_entry(signed)
    )


def look_at_starter(environment: Environment, starter: Path) -> StarterSeen:
    """Open a starter file without storing anything of it. Raises Refused (package codes, NOT_A_STARTER ...)."""
    opened, entry = _open_starter(starter)
    header, tree = plan_and_units(opened, entry)
    units = tuple((unit.id, unit.name) for unit in tree.units)
    hub = tree.unit(entry.hub_unit).name if entry.hub_unit in tree else ""
    return StarterSeen(code_of(opened.contents.root), header, hub, units)


def plan_and_units(opened: Opened, entry: RootEntry) -> tuple[PlanHeader, UnitTree]:
    """The plan's header and the units out of the facts of a package that nobody has taken in yet."""
    header: dict[str, JsonValue] = {}
    units: dict[str, dict[str, JsonValue]] = {}
    for content in _issued(opened.contents, entry):
        if content.kind == "plan" and content.record == entry.plan_id:
            header |= content.fields
        elif content.kind == "unit":
            units.setdefault(content.record, {}).update(content.fields)
    return header_of(header), tree_of(units, {}, None)


def _issued(contents: Contents, entry: RootEntry) -> Iterator[Content]:
    """What the plan's owner says in a package, under the grants in it; whatever else is in it is passed over."""
    bodies = (loads(signed.body) for signed in contents.authority if signed.public_key == contents.root)
    authority = Authority(entry.plan_id, plan_grants(bodies, entry.plan_id), lambda unit, scope: False)
    for segment in contents.segments:
        place = LogPlace(segment.name.public_key.hex(), segment.name.plan_id, segment.name.audience)
        try:
            said = [read_line(line)[1] for line in segment.lines]
        except BadJson:
            # Importing sets such a segment aside too.
            continue
        yield from (content for content in said if authority.judge(place, content) == APPLIED)


def setup_unit(environment: Environment, folder: Path, unit_name: str, starter: Path, root_code: str) -> Identity:
    """Make a folder a unit's of the starter's plan, once its root's code was confirmed.

    Raises Refused ROOT_CODE_DIFFERS and package codes, Mistake UNIT_UNKNOWN, EnvironmentTrouble.
    """
    opened, entry = _open_starter(starter)
    if plain_code(root_code) != code_of(opened.contents.root):
        raise Refused(
            "ROOT_CODE_DIFFERS",
            "Mã đối chiếu không khớp với tệp khởi tạo. Chưa lưu gì từ tệp này.",
            "Hãy gọi đơn vị tổng hợp, đọc lại đủ 20 chữ số, hoặc xin lại tệp.",
        )
    _, tree = plan_and_units(opened, entry)
    unit = named_unit(tree, unit_name)
    with _fresh(environment, folder) as ws:
        device = ws.keys.create()
        with ws.store.atomic():
            seated = ws.take_seat(Seat(
                plan_id=entry.plan_id, role=Role.UNIT, unit=unit.id, root=entry.root, device=device.public_key.hex(),
                nonce=environment.random(16).hex(), label="PC1", reading="",
            ))
            take(seated, opened)
        return seated.identity()


def plain_code(code: str) -> str:
    """A 20-digit code without blanks and separators."""
    return re.sub(r"[\s.\-]", "", code)


def own_code(ws: Workspace) -> str:
    """The 20 digits to read out: of the root at a hub, of this machine at a unit."""
    seat = ws.seat
    return code_of(bytes.fromhex(seat.root if seat.role is Role.HUB else seat.device))


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
            "approved" if authority.grants_of(row.public_key) else "pending", held.get(row.public_key, 0),
        )
        for row in ws.store.office.requests(ws.store.plan)
    )


def approve(ws: Workspace, codes: Sequence[str] | None) -> ApprovalDone:
    """Approve machines by their codes, or all pending (None); their held facts count at once.

    Who asked before the next plan was opened is admitted to that too: its files could not be opened otherwise.

    Raises Mistake HUB_ONLY, CODE_UNKNOWN (nothing is approved then), Refused (passphrase).
    """
    require_hub(ws)
    pending = [one for one in requests(ws) if one.state == "pending"]
    chosen = _chosen(pending, codes)
    if not chosen:
        return ApprovalDone((), Changes())
    root = ws.keys.load(bytes.fromhex(ws.seat.root))
    rows = {row.code: row for row in ws.store.office.requests(ws.store.plan)}
    asked = [rows[one.code] for one in chosen]
    grants = [Grant(row.public_key, row.recipient, row.unit, DeviceRole.UNIT, row.label) for row in asked]
    with ws.store.atomic():
        taken = _admit(ws, grants, root)
        for following in _following(ws):
            _admit(following, grants, root)
    parts = [split_record(record) for record in taken.records]
    return ApprovalDone(tuple(chosen), Changes(
        items=frozenset(item for item, _, _ in parts if item), units=frozenset(unit for _, unit, _ in parts if unit),
        periods=frozenset(period for _, _, period in parts if period), exchange=True,
    ))


def _admit(ws: Workspace, grants: Sequence[Grant], root: DeviceKeys) -> Taken:
    """Grant machines their places in the workspace's plan, and judge what is held of them."""
    first = next(entry for entry in ws.entries() if read_root(loads(entry.body)) is not None)
    authority, units = ws.authority(), ws.units()
    for grant in grants:
        if grant.unit in units and not authority.grants_of(grant.device):
            ws.add_entry(sign_entry(dumps(grant_body(grant, ws.seat.plan_id, first.id)), root))
    taken = Taken()
    judge_again(ws, taken)
    ws.store.projections.update(taken.records)
    return taken


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
