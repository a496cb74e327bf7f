"""Packages made by rote: bytes that say, step by step, how a well-made package departs from what a program would write.

Hashes and signatures are right unless a step spoils them, so strict JSON, segments, facts and intake are reached. The
same bytes make the same departures in every district; ``python -m tests.fuzz_packages`` lets a fuzzer choose them.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from desktop.exchange import container
from desktop.exchange.authority import encode_entries
from desktop.exchange.container import Entry
from desktop.exchange.keys import DeviceKeys
from desktop.exchange.messages import REFUSALS
from desktop.exchange.package import pack, unpack
from desktop.exchange.segments import LogName, Segment, encode, seal
from desktop.models.errors import Refused
from desktop.models.facts import ALL
from desktop.models.kinds import KINDS, SEEN
from desktop.models.strict_json import BadJson, dumps
from desktop.services import reporting
from desktop.services.traffic import exchanging
from desktop.services.traffic.reasons import reason_words
from desktop.services.traffic.receipts import INBOX
from desktop.services.traffic.views import Outcome, Receipt
from desktop.services.workspace import Workspace
from tests import forging
from tests.corpus.texts import VALUES
from tests.exchange.samples import DOMAIN
from tests.forging import PERIOD, SHARED
from tests.offices import HUB, WARD, District

KEPT = Path(__file__).parent / "kept"
"""Inputs that reached something new, kept by ``--keep``."""
MOST_STEPS = 40
_SCALAR = re.compile(rb'(?<=[:\[,])(?:"(?:[^"\\]|\\.)*"|-?\d+|null|true|false)')
_ODD = tuple(value for value, _ in VALUES.values() if len(value) < 100)
_TOKENS: tuple[bytes, ...] = (
    *_ODD, b"null", b"true", b"[]", b"{}", b"-1", b"101", b"9007199254740992", b'""', b'"all"', b'"hub"', b'"age1x"',
    b'"' + b"a" * 100 + b'"', b"[[[[[[1]]]]]]", b",", b":", b'"', b"\n", b"\r\n", b"\xef\xbb\xbf", b"\\u0000",
)
_FIELD_VALUES: tuple[Any, ...] = (
    None, True, 0, 1, -1, 100, 101, 2**53, "", "doing", "done", "task", "event", "50", "2023-09-10", "2023-02-30",
    "x" * 300, "Đã xong\nđợt 1", [], ["p-bo-de"], [0], {}, [{}], {"text": "x"}, [1, "ab" * 32], [["x"]],
    {"text": "x", "kind": "event", "first": None, "last": "2023-09-10", "checkpoints": []},
    [{"comparator": "at_least", "value": "93.5", "value_max": None, "unit": "%", "text": "x"}],
    [{"word": "phường", "expands": 1}], [{"name": "a", "text": "b"}], {"end": "30/6"},
)


class Choices:
    """Bytes as a row of decisions; once they are used up every decision is the first."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> bool:
        """Whether bytes are left."""
        return self._at < len(self._data)

    def number(self, below: int) -> int:
        """A number from 0 to less than ``below`` (65,536 at most)."""
        taken = self._data[self._at:self._at + (1 if below <= 256 else 2)]
        self._at += len(taken)
        return int.from_bytes(taken, "big") % below

    def one(self, listed: Any) -> Any:
        """One of a sequence."""
        return listed[self.number(len(listed))]


Edit = Callable[[bytes], bytes]


def edit(choose: Choices) -> Edit:
    """A change of some text: bytes, tokens, or one JSON value put in another's place."""
    way, at, size = choose.number(7), choose.number(65_536), choose.number(256)
    token: bytes = choose.one(_TOKENS)

    def change(text: bytes) -> bytes:
        place = at % (len(text) + 1)
        match way:
            case 0:
                return text[:place] + bytes([size]) + text[place + 1:]
            case 1:
                return text[:place] + text[place + 1 + size % 16:]
            case 2:
                return text[:place] + token + text[place:]
            case 3:
                return text[:place] + text[place:place + size] * 2 + text[place + size:]
            case 4 | 5:
                found = list(_SCALAR.finditer(text))
                one = found[at % len(found)] if found else None
                return text if one is None else text[:one.start()] + token + text[one.end():]
            case _:
                return text[:place]

    return change


@dataclass
class Part:
    """One segment to be: whose log, its lines, and what is changed in header, text and entry name."""

    keys: DeviceKeys
    name: LogName
    first: int = 1
    lines: list[bytes] = field(default_factory=list)
    header: list[Edit] = field(default_factory=list)
    entry_name: str = ""
    prev_head: bytes = b""

    def content(self) -> bytes:
        """The entry's content: sealed by its writer, then the header changed."""
        said = tuple(line.replace(b"\n", b" ") or b" " for line in self.lines) or (b"{}",)
        head = self.prev_head or (self.name.first_head if self.first == 1 else bytes(32))
        try:
            sealed = seal(self.name, self.first, said, head, self.keys)
        except ValueError:
            sealed = Segment(self.name, self.first, said, head, bytes(32), bytes(64))
        header, rest = encode(sealed).split(b"\n", 1)
        for change in self.header:
            header = change(header)
        return header + b"\n" + rest


@dataclass
class Draft:
    """A package to be, which steps change; ``record`` and ``units`` are what its facts speak of."""

    sender: DeviceKeys
    segments: list[Part]
    authority: bytes
    manifest: list[Edit] = field(default_factory=list)
    others: list[Entry] = field(default_factory=list)
    canonical: bool = False
    order: int = 0

    def file(self, plain: bytes) -> bytes:
        """The bytes: entries with right hashes, a manifest that lists them, signed, as far as no step says else."""
        held = container.read(plain)
        told = json.loads(held[1].content())
        parts = [("authority.jsonl", self.authority)]
        for part in self.segments:
            last = part.first + max(len(part.lines), 1) - 1
            parts.append((part.entry_name or f"seg/{part.name.id}/{part.first}-{last}.jsonl", part.content()))
        entries = [container.deflated(name, content) for name, content in parts] + self.others
        if self.order:
            at = self.order % len(entries)
            entries = entries[at:] + entries[:at]
        told["entries"] = [_told(entry) for entry in entries]
        told["sender"] = self.sender.public_key.hex()
        manifest = dumps(told)
        for change in self.manifest:
            manifest = change(manifest)
        if self.canonical:
            manifest = _canonical(manifest)
        signature = self.sender.sign(DOMAIN + manifest)
        return container.write([
            held[0], container.stored("manifest.json", manifest), container.stored("manifest.sig", signature), *entries,
        ])


def _told(entry: Entry) -> dict[str, Any]:
    try:
        content = entry.content()
    except Refused:
        content = b""
    return {
        "name": entry.name, "packed": sha256(entry.packed).hexdigest(), "sha256": sha256(content).hexdigest(),
        "size": entry.size,
    }


def _canonical(text: bytes) -> bytes:
    """The text's value written as it must be, where it has one."""
    try:
        return dumps(json.loads(text))
    except (ValueError, BadJson, RecursionError):
        return text


@dataclass
class Kit:
    """A hub and a ward with what packages between them are made of."""

    district: District
    plain: bytes
    file: Path
    records: tuple[str, ...]
    values: tuple[Any, ...]

    @property
    def hub(self) -> Workspace:
        """The hub."""
        return self.district.at(HUB)

    @property
    def ward(self) -> Workspace:
        """The ward."""
        return self.district.at(WARD)


def kit_of(district: District) -> Kit:
    """The kit of a district whose hub and ward are enrolled."""
    ward = district.at(WARD)
    said = forging.report(ward, WARD, {"percent": 30})
    contents = forging.contents_of(ward, [forging.segment(ward, said)])
    item, unit = reporting.item_at(ward, SHARED), ward.seat.unit
    records = (
        said.record, f"{item}/{unit}/2023", f"{item}/{unit}/{'1' * 32}", item, "1" * 32, unit, "p-moi", SEEN,
        ward.seat.plan_id, "finding/1", "paragraph/1", "collective/cac-phuong", "vocabulary/words", PERIOD, "",
        forging.report(ward, "Phường Ngọc Lâm", {}).record,
    )
    values = (*_FIELD_VALUES, unit, [unit], item, ward.seat.plan_id, "root", "phuong", [unit, "p-moi"])
    return Kit(district, pack(contents, ward.device_keys(), ()), district.root / "thử.sotiendo", records, values)


def made(kit: Kit, data: bytes) -> tuple[bytes, Workspace]:
    """The package that the bytes describe, and the office that gets it."""
    choose = Choices(data)
    to_hub = choose.number(4) != 3
    writer, reader = (kit.ward, kit.hub) if to_hub else (kit.hub, kit.ward)
    draft = Draft(writer.device_keys(), [], encode_entries(writer.entries()))
    _new_segment(kit, draft, choose)
    for _ in range(MOST_STEPS):
        if not choose.left:
            break
        choose.one(_STEPS)(kit, draft, choose)
    return draft.file(kit.plain), reader


def _new_segment(kit: Kit, draft: Draft, choose: Choices) -> None:
    """One more segment, of the sender's or of the other side's machine, for any audience."""
    ws = kit.ward if choose.number(8) else kit.hub
    keys = draft.sender if choose.number(4) else ws.device_keys()
    audience = choose.one(("", ALL, "p-ngoc-lam", "", "")) or (kit.ward.seat.unit if choose.number(8) else ALL)
    if keys.public_key == kit.hub.device_keys().public_key and choose.number(2):
        audience = ALL
    nonce = bytes([choose.number(4)]) * 16
    draft.segments.append(Part(keys, LogName(keys.public_key, nonce, ws.seat.plan_id, audience)))
    _new_fact(kit, draft, choose)


def _new_fact(kit: Kit, draft: Draft, choose: Choices) -> None:
    """One more line with a kind, a record, fields and references out of the pools."""
    part = choose.one(draft.segments)
    kind = choose.one((*KINDS, "report", "report", SEEN, "đánh giá"))
    rule = KINDS.get(kind)
    known = (tuple(rule.fields) if rule else ()) or ("a" * 32, part.name.id)
    fields: dict[str, Any] = {}
    for _ in range(choose.number(4)):
        name = choose.one(known) if choose.number(32) else "mood"
        # Mostly what the field may hold: odd, but applied.
        good = [value for value in kit.values if rule and name in rule.fields and rule.fields[name](value)]
        fields[name] = choose.one(good if good and choose.number(32) else kit.values)
    fitting = [record for record in kit.records if rule and rule.record.fullmatch(record)] or [SEEN]
    said: dict[str, Any] = {
        "n": part.first + len(part.lines), "t": choose.one((1694660400, 0, -(2**53), 2**53)), "u": "x", "k": kind,
        "r": choose.one(fitting if choose.number(32) else kit.records), "f": fields,
    }
    if fields and choose.number(2):
        references = (1, 2, 3, [part.name.id, 1, "00" * 8], [part.name.id, 0, ""], "x", True)
        said["s"] = {name: [choose.one(references)] for name in fields}
    part.lines.append(dumps(said))


def _edit_line(kit: Kit, draft: Draft, choose: Choices) -> None:
    part = choose.one(draft.segments)
    if part.lines:
        at = choose.number(len(part.lines))
        part.lines[at] = edit(choose)(part.lines[at])


def _edit_header(kit: Kit, draft: Draft, choose: Choices) -> None:
    choose.one(draft.segments).header.append(edit(choose))


def _edit_manifest(kit: Kit, draft: Draft, choose: Choices) -> None:
    draft.manifest.append(edit(choose))
    draft.canonical = choose.number(2) == 0


def _edit_authority(kit: Kit, draft: Draft, choose: Choices) -> None:
    draft.authority = edit(choose)(draft.authority)


def _move(kit: Kit, draft: Draft, choose: Choices) -> None:
    """Another place in the log, behind a gap or another head."""
    part = choose.one(draft.segments)
    part.first = choose.one((1, 2, 3, 5000, 2**53 - 1, 2**53))
    part.prev_head = bytes([choose.number(3)]) * 32 if choose.number(2) else b""
    if choose.number(2):
        part.lines = [re.sub(rb'"n":\d+', b'"n":%d' % (part.first + at), line) for at, line in enumerate(part.lines)]


def _rename(kit: Kit, draft: Draft, choose: Choices) -> None:
    names = ("seg/" + "0" * 32 + "/1-1.jsonl", "a", "authority.jsonl", "blob/" + "0" * 64, "seg/x/1-1.jsonl")
    part = choose.one(draft.segments)
    part.entry_name = f"seg/{part.name.id}/{choose.number(9)}-{choose.number(9)}.jsonl" if choose.number(2) else (
        choose.one(names)
    )


def _double(kit: Kit, draft: Draft, choose: Choices) -> None:
    """A segment again, or again with one line more: a fork where that differs."""
    part = choose.one(draft.segments)
    draft.segments.append(replace(part, lines=[*part.lines], header=[*part.header]))


def _other_entry(kit: Kit, draft: Draft, choose: Choices) -> None:
    content = choose.one((b"", b"x", bytes(100_000)))
    names = ("blob/" + "0" * 64, "a", "mimetype")
    name = f"blob/{sha256(content).hexdigest()}" if choose.number(2) else choose.one(names)
    entry = (container.stored if choose.number(3) else container.deflated)(name, content)
    if choose.number(4) == 0:
        entry = replace(entry, size=choose.one((0, 1, 99, 2**32 - 1)))
    draft.others.append(entry)


def _turn(kit: Kit, draft: Draft, choose: Choices) -> None:
    draft.order = choose.number(8)


_STEPS: tuple[Callable[[Kit, Draft, Choices], None], ...] = (
    *[_new_fact] * 16, *[_new_segment] * 3, *[_double] * 2, _move, _edit_line, _edit_line, _edit_header, _edit_manifest,
    _edit_authority, _rename, _other_entry, _turn,
)


def raw_answer(kit: Kit, data: bytes) -> str:
    """What the reader says of any bytes: "opened", or the code of its refusal, which must be one of the table."""
    try:
        unpack(data, kit.hub.identities())
    except Refused as refusal:
        code = refusal.code
    else:
        code = "opened"
    assert code in {"opened", *REFUSALS}, code
    return code


def answer(kit: Kit, data: bytes, look: Callable[[Workspace, Path], Receipt] = exchanging.check_file) -> str:
    """What an office says of the package that the bytes describe; every reason in the receipt has its words."""
    try:
        packed, reader = made(kit, data)
    except (Refused, BadJson):
        # What the writer's own caps keep from being made at all.
        return "not made"
    kit.file.write_bytes(packed)
    receipt = look(reader, kit.file)
    for code in (receipt.reason, *(one.reason for one in receipt.segments)):
        assert not code or reason_words(code) != code or code.startswith("PKG_"), code
    assert receipt.outcome is not Outcome.UNREADABLE, receipt.reason
    return receipt.reason or receipt.outcome.value


def _lived_with(ws: Workspace, path: Path) -> Receipt:
    """The receipt of an import that is undone: what it brought can be shown."""
    with ws.store.trial():
        (receipt,) = exchanging.import_files(ws, [path]).receipts
        reporting.work_view(ws, PERIOD)
        reporting.report_lines(ws)
    ws.forget()
    shutil.rmtree(ws.folder / INBOX, ignore_errors=True)
    return receipt


def tried(kit: Kit, data: bytes) -> str:
    """One input of the fuzzer: the first byte says whether the rest is a file or describes one."""
    if data[:1] == b"r":
        return raw_answer(kit, data[1:])
    if data[:1] == b"c":
        # A well-made file with bytes changed as they lie.
        choose, changed = Choices(data[1:]), kit.plain
        for _ in range(8):
            if choose.left:
                changed = edit(choose)(changed)
        return raw_answer(kit, changed)
    return answer(kit, data[1:], _lived_with if data[:1] == b"d" else exchanging.check_file)
