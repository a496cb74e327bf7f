"""The files of many units for one hub, made as their machines would make them: keys, requests, signed segments.

Texts are runs of words of the real plan, so that a file packs as one of an office does; about one cell in five is
entered a second time and supersedes the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from desktop.exchange.keys import DeviceKeys
from desktop.exchange.libraries import new_identity
from desktop.exchange.package import Contents, Request, pack
from desktop.exchange.segments import LogName, Segment, seal_run
from desktop.models.facts import ALL, Content, Reference, make_line
from desktop.models.record_ids import report_record
from desktop.models.report import WorkState
from desktop.services.reporting import current_period, periods
from desktop.services.traffic import enrolling, exchanging
from desktop.services.traffic.exchanging import APPLICATION, SUFFIX
from desktop.services.workspace import Workspace

_SEALED_TOGETHER = 150
_AGAIN = 0.2
_TEXTS = ("result", "difficulties", "proposals", "evidence")
_CELLS = ("state", "percent", *_TEXTS)


@dataclass(frozen=True, slots=True)
class Office:
    """A unit's machine."""

    unit: str
    keys: DeviceKeys
    log: LogName


def enrol(ws: Workspace, units: int, folder: Path) -> tuple[Office, ...]:
    """So many units of a hub, each with a machine of its own that asked and was approved; units are made if need be."""
    hub, random = ws.seat, Random(units)
    known = [unit.id for unit in ws.units().units if unit.id != hub.unit]
    made = [f"don-vi-{number}" for number in range(units - len(known))]
    with ws.store.atomic():
        ws.append(ALL, [
            Content(ws.now(), ws.person, "unit", unit, {
                "name": f"Đơn vị {unit}", "short": unit, "level": "ward", "parent": hub.unit, "aliases": [],
                "order": 1000 + place,
            }, {}) for place, unit in enumerate(made)
        ])
    offices = tuple(
        Office(unit, keys, LogName(keys.public_key, random.randbytes(16), hub.plan_id, unit))
        for unit in (*known, *made)[:units]
        for keys in (DeviceKeys(random.randbytes(32), new_identity()),)
    )
    folder.mkdir(parents=True)
    asking = [_write(ws, folder / f"{one.unit}{SUFFIX}", one, (), asks=True) for one in offices]
    exchanging.import_files(ws, asking)
    enrolling.approve(ws, None)
    return offices


def write_files(ws: Workspace, offices: Sequence[Office], rows: int, kept: int, folder: Path) -> tuple[int, list[Path]]:
    """A file of each unit with what it reported on so many rows in the first ``kept`` periods; facts in all, files."""
    folder.mkdir(parents=True)
    items = [row.record for row in ws.store.queries.records("node") if row.body.get("kind") == "item"][:rows]
    words = " ".join(str(row.body.get("title")) for row in ws.store.queries.records("node")).split()
    chosen = [period.id for period in periods(ws)][:kept]
    facts, files = 0, []
    for number, office in enumerate(offices):
        said = list(_said(ws, office, items, chosen, words, Random(number)))
        facts += len(said)
        lines = [make_line(place, content) for place, content in enumerate(said, start=1)]
        files.append(_write(ws, folder / f"{office.unit}{SUFFIX}", office, tuple(_sealed(office, lines))))
    return facts, files


def _said(
    ws: Workspace, office: Office, items: Sequence[str], chosen: Sequence[str], words: Sequence[str], random: Random
) -> Iterator[Content]:
    """Cell after cell as an officer enters them, period by period."""
    wall, place = ws.now(), 0
    for period in chosen:
        for item in items:
            record = report_record(item, office.unit, period)
            for name in _CELLS:
                place, wall = place + 1, wall + random.randrange(5, 90)
                yield Content(wall, "Nguyễn Thị Hoa", "report", record, {name: _value(name, words, random)}, {})
                if random.random() < _AGAIN:
                    before = (Reference("", place, ""),)
                    place, wall = place + 1, wall + random.randrange(5, 90)
                    value = _value(name, words, random)
                    yield Content(wall, "Nguyễn Thị Hoa", "report", record, {name: value}, {name: before})


def _value(name: str, words: Sequence[str], random: Random) -> str | int:
    if name == "percent":
        return random.randrange(101)
    if name == "state":
        return random.choice([WorkState.DOING.value, WorkState.DONE.value, WorkState.TODO.value])
    first = random.randrange(len(words) - 20)
    return f"{' '.join(words[first:first + random.randrange(4, 14)])} {random.randrange(1000)}"


def _sealed(office: Office, lines: Sequence[bytes]) -> Iterator[Segment]:
    head = office.log.first_head
    for first in range(0, len(lines), _SEALED_TOGETHER):
        run = lines[first:first + _SEALED_TOGETHER]
        for segment in seal_run(office.log, first + 1, run, head, office.keys):
            head = segment.head
            yield segment


def _write(
    ws: Workspace, target: Path, office: Office, segments: tuple[Segment, ...], *, asks: bool = False
) -> Path:
    request = Request(office.keys.public_key, office.keys.recipient, office.unit, "PC1") if asks else None
    contents = Contents(
        kind="report", package_id=ws.environment.random(16).hex(), plan_id=ws.seat.plan_id,
        root=bytes.fromhex(ws.seat.root), sender=office.keys.public_key, sender_unit=office.unit, recipients=("hub",),
        written=ws.now(), period=current_period(ws), application=APPLICATION, segments=segments,
        authority=ws.entries(), request=request, reading_key="",
    )
    readers = [DeviceKeys(bytes(32), identity).recipient for identity in ws.identities()]
    target.write_bytes(pack(contents, office.keys, [*readers, office.keys.recipient]))
    return target
