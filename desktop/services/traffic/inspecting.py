"""``package inspect``: the inside of a file in plain words; nothing is stored, and nothing in it is believed by it.

Works without a data folder on a file that is not encrypted; a folder adds names, and the keys that open encrypted ones.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path

from desktop.exchange.envelope import MAGIC, readers
from desktop.exchange.files import read_file
from desktop.exchange.hashes import check_code, code_of
from desktop.exchange.package import Contents, Opened, entries_of, unpack
from desktop.exchange.segments import Segment
from desktop.models.charter import Charter
from desktop.models.entries import Grant, read_entry
from desktop.models.errors import EnvironmentTrouble, Refused
from desktop.models.facts import ALL, Content, read_line
from desktop.models.record_ids import split_record
from desktop.models.strict_json import BadJson, JsonValue, loads
from desktop.services.environment import Environment
from desktop.services.records import moment_of, text_of
from desktop.services.traffic import receipts
from desktop.services.traffic.authorizing import charter_of
from desktop.services.traffic.entry_words import entry_words
from desktop.services.traffic.inside import EntryInside, FactInside, Inside, SegmentInside, SignerInside
from desktop.services.traffic.kind_words import field_words, kind_words, value_words
from desktop.services.workspace import Workspace, is_data_folder, open_workspace

_HUB = "hub"


def inspect_in(environment: Environment, folder: Path, path: Path, *, facts: bool = False) -> Inside:
    """As ``inspect_file``, with the data folder where there is one; a file that is not encrypted does without.

    Raises EnvironmentTrouble FOLDER_IN_USE ... where the folder's keys are needed and it cannot be opened.
    """
    if not is_data_folder(folder):
        return inspect_file(environment, path, None, facts=facts)
    try:
        opened = open_workspace(environment, folder)
    except EnvironmentTrouble:
        if read_file(path).startswith(MAGIC):
            raise
        return inspect_file(environment, path, None, facts=facts)
    try:
        return inspect_file(environment, path, opened, facts=facts)
    finally:
        opened.close()


def inspect_file(environment: Environment, path: Path, ws: Workspace | None, *, facts: bool = False) -> Inside:
    """A file from inside; one that cannot be opened says why in ``reason``.

    ``ws`` is an open data folder, or None. Raises what keeps the file from being read (EnvironmentTrouble, Refused
    PKG_TOO_BIG) and what concerns this machine's keys (Refused KEY_WRONG_PASSPHRASE, ...).
    """
    data = read_file(path)
    encrypted = data.startswith(MAGIC)
    is_set_up = ws is not None and ws.is_set_up()
    identities = ws.identities() if ws is not None and is_set_up and encrypted else ()
    outside = Inside(
        receipts.shown_name(path), len(data), hashlib.sha256(data).hexdigest(), check_code(data), encrypted,
        readers(data) if encrypted else 0,
    )
    try:
        opened = unpack(data, identities)
        entries = entries_of(data, identities)
    except Refused as refusal:
        return replace(outside, reason=refusal.code, summary=refusal.sentence)
    held = _holding(ws, opened.contents) if ws is not None and is_set_up else None
    names = _Names.of(held, opened)
    listed = tuple(EntryInside(one.name, one.size, len(one.packed)) for one in entries)
    zone = environment.clock().tzinfo
    return replace(
        _signed(outside, names, opened.contents, zone), entries=listed,
        blobs=tuple(one for one in listed if one.name.startswith("blob/")),
        segments=tuple(_segment(names, one, zone) for one in opened.contents.segments),
        authority=_entries(names, opened.contents),
        set_aside=(*opened.bad_segments, *opened.bad_entries),
        facts=_facts(names, opened.contents, zone) if facts else None,
    )


def _holding(ws: Workspace, contents: Contents) -> Workspace | None:
    """The workspace of the file's plan, None where the folder does not have it."""
    return ws.of(contents.plan_id) if ws.store.office.seat(contents.plan_id) is not None else None


@dataclass(frozen=True, slots=True)
class _Names:
    """What ids stand for: by the folder where it has the plan, else by the file's own words."""

    held: Workspace | None
    root: str
    rows: Mapping[str, tuple[str, str]]
    units: Mapping[str, str]
    plan: str
    here: Charter | None
    brought: Charter

    @classmethod
    def of(cls, held: Workspace | None, opened: Opened) -> _Names:
        """The names for one file."""
        contents = opened.contents
        said = [one for segment in contents.segments for one in _contents(segment)]
        rows, units, plan = _named_by(said, contents.plan_id)
        if held is not None:
            rows = {**rows, **{
                row.record: (text_of(row.body.get("code")), text_of(row.body.get("title")))
                for row in held.store.queries.records("node")
            }}
            units = {**units, **{unit.id: unit.name for unit in held.units().units}}
            plan = receipts.plan_words(held)
        return cls(
            held, held.seat.root if held is not None else "", rows, units, plan,
            held.charter() if held is not None else None, charter_of(contents),
        )

    def unit(self, unit: str) -> str:
        """The name of a unit; an id nobody named stands for itself."""
        return self.units.get(unit, unit)

    def grant(self, key: str) -> tuple[Grant | None, str]:
        """What a key was granted and where that stands: "here" (open), "closed" (here, no longer), "file", ""."""
        if self.here is not None:
            for grant in self.here.active():
                if grant.device == key:
                    return grant, "here"
            for one in self.here.of_device(key):
                return one.grant, "closed"
        for one in self.brought.of_device(key):
            return one.grant, "file"
        return None, ""

    def writer(self, key: str) -> str:
        """A machine in words."""
        grant, _ = self.grant(key)
        if grant is None:
            return f"máy chưa đăng ký {key[:8]}"
        return f"{grant.label}, {self.unit(grant.unit)}"

    def audience(self, audience: str) -> str:
        """For whom a log or a file is."""
        if audience == ALL:
            return "tất cả đơn vị"
        return "đơn vị tổng hợp" if audience == _HUB else self.unit(audience)


def _contents(segment: Segment) -> list[Content]:
    """What can be read of a segment."""
    found = []
    for line in segment.lines:
        try:
            found.append(read_line(line)[1])
        except BadJson:
            continue
    return found


def _named_by(said: list[Content], plan_id: str) -> tuple[dict[str, tuple[str, str]], dict[str, str], str]:
    """Rows (number, title), units and the plan's number and year, as facts of a file name them."""
    bodies: dict[tuple[str, str], dict[str, JsonValue]] = {}
    for one in said:
        if one.kind in ("node", "unit", "plan"):
            bodies.setdefault((one.kind, one.record), {}).update(one.fields)
    rows = {
        record: (text_of(body.get("code")), text_of(body.get("title")))
        for (kind, record), body in bodies.items() if kind == "node"
    }
    units = {record: text_of(body.get("name")) for (kind, record), body in bodies.items() if kind == "unit"}
    plan = bodies.get(("plan", plan_id), {})
    words = f"{text_of(plan.get('number'))} năm {plan.get('year')}" if plan.get("number") else ""
    return rows, units, words


def _signed(outside: Inside, names: _Names, contents: Contents, zone: tzinfo | None) -> Inside:
    """With what the manifest says, and who signed it."""
    request = contents.request
    asked = "" if request is None else (
        f"{names.unit(request.unit)}, {request.label}, mã đối chiếu {code_of(request.public_key)}"
    )
    return replace(
        outside, kind=contents.kind, package=contents.package_id, plan=contents.plan_id, plan_words=names.plan,
        root_code=code_of(contents.root), trusted=names.root == contents.root.hex(), signer=_signer(names, contents),
        recipients=tuple(names.audience(one) for one in contents.recipients),
        written=moment_of(contents.written, zone), period=contents.period, application=contents.application,
        request=asked,
    )


def _signer(names: _Names, contents: Contents) -> SignerInside:
    key = contents.sender.hex()
    grant, granted = names.grant(key)
    asked = contents.request.label if contents.request is not None else ""
    return SignerInside(
        key, code_of(contents.sender), names.unit(grant.unit if grant is not None else contents.sender_unit),
        grant.label if grant is not None else asked, granted,
    )


def _segment(names: _Names, segment: Segment, zone: tzinfo | None) -> SegmentInside:
    said = _contents(segment)
    times = sorted(one.wall for one in said)
    kinds = Counter(one.kind for one in said)
    return SegmentInside(
        segment.name.id, names.writer(segment.name.public_key.hex()), names.audience(segment.name.audience),
        segment.first, segment.last, moment_of(times[0], zone) if times else None,
        moment_of(times[-1], zone) if times else None,
        tuple((kind_words(kind), count) for kind, count in sorted(kinds.items())),
    )


def _entries(names: _Names, contents: Contents) -> tuple[str, ...]:
    """The authority set in words, what builds on an entry after it."""
    read = [read_entry(one.id, one.public_key.hex(), loads(one.body)) for one in contents.authority]
    order = names.brought.ancestors
    read.sort(key=lambda one: (len(order.get(one.id, ())), one.id))
    bodies = {one.id: one.body for one in contents.authority}
    grants, void = {one.id: one.grant for one in names.brought.granted}, names.brought.void
    return tuple(
        entry_words(one, bodies[one.id].decode(), grants, names.unit, void.get(one.id, "")) for one in read
    )


def _facts(names: _Names, contents: Contents, zone: tzinfo | None) -> tuple[FactInside, ...]:
    return tuple(
        _fact(names, segment, seq, line, zone)
        for segment in contents.segments for seq, line in enumerate(segment.lines, start=segment.first)
    )


def _fact(names: _Names, segment: Segment, seq: int, line: bytes, zone: tzinfo | None) -> FactInside:
    log, writer = segment.name.id, names.writer(segment.name.public_key.hex())
    try:
        _, content = read_line(line)
    except BadJson as fault:
        return FactInside(log, seq, writer, "", None, "", "", "", "", "", "", (), 0, fault.code)
    item, unit, period = split_record(content.record)
    code, title = names.rows.get(item or content.record, ("", ""))
    return FactInside(
        log, seq, writer, content.user, moment_of(content.wall, zone), kind_words(content.kind),
        names.unit(unit) if unit else "", period, code, title, content.record,
        tuple((field_words(name), value_words(name, value)) for name, value in content.fields.items()),
        sum(len(listed) for listed in content.supersedes.values()),
    )
