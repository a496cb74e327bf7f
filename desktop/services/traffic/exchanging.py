"""Packages out and in: write for the other side, check a file, import files, what went to and fro."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.exchange.files import is_folder, package_name, read_file, write_file
from desktop.exchange.hashes import check_code
from desktop.exchange.package import Contents, Opened, Request, pack, room, unpack
from desktop.models.entries import DeviceRole, Grant
from desktop.models.errors import Refused, SoTienDoError
from desktop.models.facts import ALL
from desktop.models.record_ids import split_record
from desktop.services.reporting import current_period
from desktop.services.traffic import blobs, receipts
from desktop.services.traffic.acknowledging import unconfirmed
from desktop.services.traffic.arriving import home_of
from desktop.services.traffic.blobs import Carrier
from desktop.services.traffic.enrolling import requests
from desktop.services.traffic.incarnations import restored_words
from desktop.services.traffic.intake import Taken, may_read, take
from desktop.services.traffic.notices import not_counted
from desktop.services.traffic.sealing import to_send, waiting, writing
from desktop.services.traffic.views import ImportDone, Outcome, Receipt, TrafficView, WrittenPackage
from desktop.services.views import Changes, Role
from desktop.services.workspace import Workspace

APPLICATION = "Sổ tiến độ 0.1.0"
SUFFIX = ".sotiendo"
Parts = tuple[tuple[str, ...], ...]
"""The blobs of each file of a writing, by their hashes."""
PEERS = "Máy tổng hợp khác"
"""For whom a hub's file is that another machine of the hub reads."""


@dataclass(frozen=True, slots=True)
class _Address:
    """One package to write: for whom in words, their file name, what they may read, the age keys that open it.

    ``machines``: the public keys of those who receive attachments with it.
    """

    words: str
    short: str
    units: tuple[str, ...]
    audiences: tuple[str, ...]
    keys: tuple[str, ...]
    machines: frozenset[str] = frozenset()


def write_packages(ws: Workspace, out: Path, carrier: Carrier = Carrier.STICK) -> tuple[WrittenPackage, ...]:
    """Seal what is new and write it for the other side; each file is read back before it counts.

    A unit writes for the hub. A hub writes into a folder the common file and one per enrolled unit; into a file path
    the common file alone. Attachments that the carrier does not take with the facts go into further files beside it.
    Raises EnvironmentTrouble (disk, rights, medium), Refused (passphrase).
    """
    fresh, supply = waiting(ws), blobs.supply(ws)
    into_folder = is_folder(out) or out.suffix == ""
    keys = ws.device_keys()

    def read_back(data: bytes) -> object:
        return unpack(data, (keys.identity,))

    with writing(ws) as written:
        addresses = _addresses(ws)
        for address in addresses if into_folder else addresses[:1]:
            target = out / _file_name(ws, address) if into_folder else out
            contents = _contents(ws, address)
            parts, left = _shared_out(supply.owed(address.audiences, address.machines), contents, carrier)
            for number, data in enumerate(_packed(ws, address, contents, parts), start=1):
                path = write_file(data, target, read_back)
                # Each is listed as soon as it lies there: what fails later takes all of them back.
                written.append(WrittenPackage(
                    path, address.words, check_code(data), fresh if number == 1 else 0, len(parts[number - 1]), number,
                    len(parts), len(left),
                ))
    return tuple(written)


def _packed(ws: Workspace, address: _Address, first: Contents, parts: Parts) -> Iterator[bytes]:
    """The files for one address: the first with all facts, the further ones with attachments alone."""
    contents = first
    for part in parts:
        # The blobs are let go of as soon as they are packed: 64 MB of them are not carried along.
        yield pack(replace(contents, blobs=blobs.contents_of(ws, part)), ws.device_keys(), address.keys)
        contents = replace(first, package_id=ws.environment.random(16).hex(), segments=())


def _shared_out(owed: Mapping[str, int], contents: Contents, carrier: Carrier) -> tuple[Parts, tuple[str, ...]]:
    """(the blobs of each file, those in none)."""
    if not owed:
        return ((),), ()
    alone = replace(contents, segments=())
    return blobs.shared_out(owed, room(contents, carrier.limit), room(alone, carrier.limit))


def _addresses(ws: Workspace) -> tuple[_Address, ...]:
    """Who gets a package from here: the hub from a unit; everybody, then each enrolled unit, from a hub."""
    seat = ws.seat
    # The age key of the hub role, and its machines' own: one that was just admitted does not hold the former yet.
    hub = (ws.charter().reading_key, *(one.recipient for one in ws.grants() if one.role is DeviceRole.HUB))
    granted = frozenset(one.device for one in ws.grants() if one.role is DeviceRole.HUB)
    own = ws.device_keys().recipient
    everything = tuple({log.audience for log in ws.store.journal.logs()} | {ALL, seat.unit})
    if seat.role is Role.UNIT:
        unit = ws.units().unit(seat.unit)
        return (_Address(ws.identity().hub_name, unit.short, ("hub",), everything, (*hub, own), granted),)
    others = granted - {seat.device}
    peers = _Address(PEERS, "TongHop-MayTongHop", ("hub",), everything, (*hub, own), others)
    if seat.device not in granted:
        return (peers,)
    machines = _machines_of_units(ws)
    everybody = {grant.recipient for listed in machines.values() for grant in listed}
    common = _Address("Tất cả đơn vị", "TongHop", ("all",), (ALL,), (*hub, own, *everybody))
    per_unit = [_unit_address(ws, unit, machines[unit], (*hub, own)) for unit in sorted(machines)]
    return (common, *([peers] if others else ()), *per_unit)


def _machines_of_units(ws: Workspace) -> dict[str, list[Grant]]:
    """The open grants of the units' machines, by the unit at which each machine stands: that of its oldest grant."""
    homes: dict[str, str] = {}
    machines: dict[str, list[Grant]] = {}
    for grant in ws.grants():
        if grant.role is DeviceRole.UNIT and grant.unit in ws.units():
            home = homes.setdefault(grant.device, grant.unit)
            machines.setdefault(home, []).append(grant)
    return machines


def _unit_address(ws: Workspace, unit: str, grants: Sequence[Grant], hub: tuple[str, ...]) -> _Address:
    """What a unit's machines may read: what is for everybody, for the units they write for, and for those below."""
    name = ws.units().unit(unit)
    scopes = frozenset(grant.unit for grant in grants)
    logs = {log.audience for log in ws.store.journal.logs()}
    audiences = tuple(one for one in logs if may_read(ws.units(), one, scopes))
    return _Address(
        name.name, f"TongHop-{name.short}", (unit,), audiences, (*hub, *(grant.recipient for grant in grants)),
        frozenset(grant.device for grant in grants),
    )


def _contents(ws: Workspace, address: _Address) -> Contents:
    seat = ws.seat
    return Contents(
        kind="report" if seat.role is Role.UNIT else "hub",
        package_id=ws.environment.random(16).hex(), plan_id=seat.plan_id, root=bytes.fromhex(seat.root),
        sender=bytes.fromhex(seat.device), sender_unit=seat.unit, recipients=address.units, written=ws.now(),
        period=current_period(ws), application=APPLICATION, segments=to_send(ws, address.audiences, address.keys),
        authority=ws.entries(), request=_request(ws), reading_key="",
    )


def _request(ws: Workspace) -> Request | None:
    """The request a machine carries until the hub's approval has come back to it."""
    seat = ws.seat
    if ws.authority().grants_of(seat.device):
        return None
    return Request(
        bytes.fromhex(seat.device), ws.device_keys().recipient, seat.unit, seat.label, role=seat.role.value,
    )


def _file_name(ws: Workspace, address: _Address) -> str:
    day = ws.environment.clock().date()
    return package_name(address.short, current_period(ws), day, ws.seat.label)


Tried = Callable[[Workspace, Opened, Taken], None]
"""Looks at what a file brought into the workspace of its plan, while a trial lasts."""


def check_file(ws: Workspace, path: Path, tried: Tried | None = None) -> Receipt:
    """What importing the file would do: the same code up to the commit. Nothing is written anywhere."""
    try:
        data = read_file(path)
    except SoTienDoError as trouble:
        return receipts.refused(ws, path, trouble, b"")
    return check_data(ws, path, data, tried)


def check_data(ws: Workspace, path: Path, data: bytes, tried: Tried | None = None) -> Receipt:
    """What importing a file with these bytes would do; ``tried`` may look while it is as if imported."""
    known = receipts.known(ws, path, data)
    if known is not None:
        return known
    identities = ws.identities()
    try:
        with ws.store.trial():
            return _import(ws, path, data, identities, tried)[0]
    except SoTienDoError as trouble:
        return receipts.refused(ws, path, trouble, data)
    finally:
        ws.forget()


def import_files(
    ws: Workspace, paths: Sequence[Path], progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportDone:
    """Import files, each into its own plan and transaction; one that cannot be taken does not stop the rest.

    Raises what concerns this machine's keys and no file: Refused KEY_WRONG_PASSPHRASE, Mistake, EnvironmentTrouble.
    """
    done: list[Receipt] = []
    changes = Changes()
    for number, path in enumerate(paths):
        if cancelled is not None and cancelled():
            break
        receipt, brought = _import_one(ws, path)
        done.append(receipt)
        changes = united(changes, brought)
        if progress is not None:
            progress(number + 1, len(paths))
    return ImportDone(tuple(done), changes)


def _import_one(ws: Workspace, path: Path) -> tuple[Receipt, Changes]:
    try:
        data = read_file(path)
    except Refused as refusal:
        return _refused(ws, path, refusal, None)
    except SoTienDoError as trouble:
        return receipts.refused(ws, path, trouble, b""), Changes()
    return import_data(ws, path, data)


def import_data(ws: Workspace, path: Path, data: bytes) -> tuple[Receipt, Changes]:
    """Import a file with these bytes, in its own transaction. Raises what ``import_files`` raises."""
    known = receipts.known(ws, path, data)
    if known is not None:
        return known, Changes(exchange=True)
    identities = ws.identities()
    try:
        with _undone(ws), receipts.copy_kept(ws, data) as copy, ws.store.atomic():
            receipt, changes = _import(ws, path, data, identities)
            if receipt.outcome is not Outcome.ALREADY_HAD:
                copy()
    except SoTienDoError as trouble:
        return _refused(ws, path, trouble, data)
    return receipt, replace(changes, exchange=True)


def _refused(ws: Workspace, path: Path, trouble: SoTienDoError, data: bytes | None) -> tuple[Receipt, Changes]:
    """The receipt of a file of which nothing was taken, told in the log of refusals too; no data: too big to read."""
    receipt = receipts.refused(ws, path, trouble, data or b"")
    receipts.note_refusal(ws, receipt, "" if data is None else hashlib.sha256(data).hexdigest())
    return receipt, Changes(exchange=True)


@contextmanager
def _undone(ws: Workspace) -> Iterator[None]:
    """Where what is done inside was undone, tree and authority are read anew; else they stand, file after file."""
    try:
        yield
    except BaseException:
        ws.forget()
        raise


def _import(
    ws: Workspace, path: Path, data: bytes, identities: Sequence[str], tried: Tried | None = None
) -> tuple[Receipt, Changes]:
    opened: Opened = unpack(data, identities)
    home = home_of(ws, opened)
    taken = take(home.ws, opened)
    receipt = receipts.made(home.ws, path, data, opened.contents, taken, opens=home.is_new)
    if receipt.outcome is not Outcome.ALREADY_HAD:
        receipts.keep(home.ws, receipt, data)
    if tried is not None:
        tried(home.ws, opened, taken)
    if home.ws is ws:
        return receipt, _changes(ws, taken)
    # Nothing that the screens show: they are about the plan one works in.
    return receipts.of_another_plan(home.ws, receipt), Changes(plans=home.is_new or home.ws.store.plan in taken.records)


def _changes(ws: Workspace, taken: Taken) -> Changes:
    items, units, periods = set(), set(), set()
    plan = False
    for record in taken.records:
        item, unit, period = split_record(record)
        plan = plan or not (item or period)
        items.update({item} - {""})
        units.update({unit} - {""})
        periods.update({period} - {""})
    conflicts = frozenset(record for record in taken.conflicts if split_record(record)[2])
    return Changes(
        frozenset(items), frozenset(units), frozenset(periods), conflicts, plan or taken.authority_grew,
        plans=ws.store.plan in taken.records,
    )


def united(one: Changes, other: Changes) -> Changes:
    """What two files changed together."""
    return Changes(
        one.items | other.items, one.units | other.units, one.periods | other.periods,
        one.conflicts | other.conflicts, one.plan or other.plan, one.exchange or other.exchange,
        one.plans or other.plans,
    )


def traffic(ws: Workspace) -> TrafficView:
    """What was written of the plan one works in, what came in of any, what waits to be sent or confirmed."""
    written = tuple(
        WrittenPackage(Path(row.path), row.recipient, row.check_code, row.facts)
        for row in ws.store.office.written(ws.store.plan)
    )
    return TrafficView(
        identity=ws.identity(), received=receipts.all_receipts(ws), written=written, waiting=waiting(ws),
        unconfirmed=unconfirmed(ws), requests=requests(ws),
        restored=restored_words(ws), not_counted=not_counted(ws),
    )
