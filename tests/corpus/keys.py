"""Keys: what is signed by nobody, by another, for another, spliced, swapped or out of turn."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from desktop.exchange import container, envelope
from desktop.exchange.keys import DeviceKeys
from desktop.exchange.package import pack, unpack
from desktop.exchange.segments import LogName, Segment, encode, seal
from desktop.models.facts import ALL, Content, Reference
from desktop.models.strict_json import JsonValue
from desktop.services import reporting
from tests import forging
from tests.corpus.bench import Bench, Case, Fate, refused
from tests.exchange.samples import parts_of, remade
from tests.forging import PERIOD, SHARED, Liar
from tests.offices import BODY, HUB, WARD

OTHER_WARD = "Phường Ngọc Lâm"
RESTORED = "bản khôi phục"
SCOPE = "FACT_OUTSIDE_SCOPE"


def _signatures() -> Iterator[Case]:
    """Files and segments that nobody signed, or somebody else did."""
    for what, signature in {"none": b"", "zeros": bytes(64), "one byte short": bytes(63), "two": bytes(128)}.items():
        yield refused(f"signature: {what}", "PKG_BAD_SIGNATURE", partial(_signed_with, signature))
    yield refused("signature: another package's", "PKG_BAD_SIGNATURE", _another_signature)
    yield refused("signature: another machine's", "PKG_BAD_SIGNATURE", _liar)
    yield refused("recipient swapped in the manifest", "PKG_BAD_SIGNATURE", _recipient_swapped)
    yield Case("segment: no signature", Fate.SEGMENT, "SEG_BAD_SIGNATURE", partial(_segment, _unsigned))
    yield Case("segment: another machine's signature", Fate.SEGMENT, "SEG_BAD_SIGNATURE", _signed_by_the_body)


def _signed_with(signature: bytes, bench: Bench) -> bytes:
    held = parts_of(bench.plain)
    held[2] = container.stored("manifest.sig", signature)
    return container.write(held)


def _another_signature(bench: Bench) -> bytes:
    return _signed_with(parts_of(bench.package(bench.segment(bench.report(percent=1))))[2].content(), bench)


def _liar(bench: Bench) -> bytes:
    """Another machine's key in the manifest, one's own signature under it."""
    claimed = forging.contents_of(bench.ward, [bench.segment(bench.report(percent=1))])
    liar: Any = Liar(bench.body.device_keys(), claimed.sender)
    return pack(claimed, liar, ())


def _recipient_swapped(bench: Bench) -> bytes:
    def swap(told: dict[str, Any]) -> None:
        told["recipients"] = [bench.body.seat.unit]

    return remade(bench.plain, manifest=swap)


def _segment(change: Callable[[Segment], Segment], bench: Bench) -> bytes:
    """A package of the ward's with a segment of two lines, changed."""
    return bench.package(change(bench.segment(bench.report(percent=1), bench.report(percent=2))))


def _unsigned(one: Segment) -> Segment:
    return replace(one, signature=bytes(64))


def _signed_by_the_body(bench: Bench) -> bytes:
    theirs, own = bench.segment(bench.report(percent=1)), bench.segment(bench.report(percent=1), by=bench.body)
    return bench.package(replace(theirs, signature=own.signature))


def _splices() -> Iterator[Case]:
    """Runs of lines that were never signed as they stand."""
    for what, code, change in (
        ("its last line left out", "SEG_BAD_HEAD", lambda one: replace(one, lines=one.lines[:1])),
        ("a line doubled", "SEG_BAD_HEAD", lambda one: replace(one, lines=(*one.lines, one.lines[0]))),
        ("lines swapped", "SEG_BAD_HEAD", lambda one: replace(one, lines=one.lines[::-1])),
        ("another start", "SEG_BAD_HEAD", lambda one: replace(one, prev_head=bytes(32))),
        ("another end", "SEG_BAD_HEAD", lambda one: replace(one, head=bytes(32))),
        ("another incarnation", "SEG_BAD_HEAD", lambda one: replace(one, name=replace(one.name, nonce=bytes(16)))),
        ("another audience", "SEG_BAD_HEAD", lambda one: replace(one, name=replace(one.name, audience=ALL))),
        ("moved along its log", "SEG_BAD_SIGNATURE", lambda one: replace(one, first=2)),
    ):
        yield Case(f"segment: {what}", Fate.SEGMENT, code, partial(_segment, change))
    yield Case("segment: lines of another", Fate.SEGMENT, "SEG_BAD_HEAD", _spliced)
    yield Case("segment: under another's name", Fate.SEGMENT, "SEG_BAD_NAME", partial(_swapped_names))
    for by in (-1, 1):
        yield Case(f"segment: count off by {by}", Fate.SEGMENT, "SEG_COUNT", partial(_miscounted, by))
    yield Case("segment: of another plan", Fate.SEGMENT, "FACT_OTHER_PLAN", _other_plan)


def _spliced(bench: Bench) -> bytes:
    one, other = (bench.segment(bench.report(percent=percent), nonce=percent) for percent in (1, 2))
    return bench.package(replace(one, lines=other.lines))


def _swapped_names(bench: Bench) -> bytes:
    """A segment of the body's under the name of one of the ward's, in a file with right hashes."""
    one, other = bench.segment(bench.report(percent=1)), bench.segment(bench.report(percent=1), by=bench.body)

    def put(parts: list[tuple[str, bytes]]) -> None:
        parts[1] = (parts[1][0], encode(other))

    return remade(bench.package(one), signer=bench.ward.device_keys(), parts=put)


def _miscounted(by: int, bench: Bench) -> bytes:
    one = bench.segment(bench.report(percent=1), bench.report(percent=2))

    def put(parts: list[tuple[str, bytes]]) -> None:
        parts[1] = (parts[1][0], encode(one).replace(b'"count":2', b'"count":%d' % (2 + by)))

    return remade(bench.package(one), signer=bench.ward.device_keys(), parts=put)


def _other_plan(bench: Bench) -> bytes:
    name = replace(forging.log_of(bench.ward), plan_id="ab" * 16)
    said = forging.lines(1, [bench.report(percent=5)])
    return bench.package(seal(name, 1, said, name.first_head, bench.ward.device_keys()))


def _scopes() -> Iterator[Case]:
    """What a machine with a key of its own says about what is not its own."""
    yield Case("unknown key", Fate.HELD, "DEVICE_NOT_ENROLLED", _unknown_key, _nothing)
    yield Case("another unit's key", Fate.QUARANTINED, SCOPE, _by_the_body, _nothing)
    for what, audience in {"in its own log": "", "in that unit's log": OTHER_WARD, "in a log for all": ALL}.items():
        yield Case(f"another unit's record {what}", Fate.QUARANTINED, SCOPE, partial(_for_another, audience), _nothing)
    for kind in ("node", "unit", "plan"):
        change = partial(_plan_change, kind)
        yield Case(f"plan change by a unit: {kind}", Fate.QUARANTINED, SCOPE, change, _plan_as_it_was)
    yield Case("resolution by a device without scope", Fate.QUARANTINED, SCOPE, _resolution, _still_torn)


def _nothing(bench: Bench) -> None:
    assert bench.listed() == {}


def _unknown_key(bench: Bench) -> bytes:
    keys: DeviceKeys = bench.ward.keys.create()
    name = LogName(keys.public_key, bytes(16), bench.ward.seat.plan_id, bench.ward.seat.unit)
    one = seal(name, 1, forging.lines(1, [bench.report(percent=9)]), name.first_head, keys)
    return pack(forging.contents_of(bench.ward, [one], sender=keys.public_key), keys, ())


def _by_the_body(bench: Bench) -> bytes:
    one = bench.segment(bench.report(percent=9), by=bench.body, audience=bench.ward.seat.unit)
    return bench.package(one, by=bench.body, sender_unit=bench.ward.seat.unit)


def _for_another(audience: str, bench: Bench) -> bytes:
    named = forging.unit(bench.ward, audience) if audience not in ("", ALL) else audience
    return bench.package(bench.segment(bench.report(OTHER_WARD, percent=9), audience=named))


def _plan_change(kind: str, bench: Bench) -> bytes:
    ward = bench.ward
    records: dict[str, tuple[str, dict[str, JsonValue]]] = {
        "node": (reporting.item_at(ward, SHARED), {"title": "Việc khác"}),
        "unit": (forging.unit(ward, BODY), {"parent": ward.seat.unit}),
        "plan": (ward.seat.plan_id, {"hub": ward.seat.unit}),
    }
    record, fields = records[kind]
    said = Content(0, "kẻ lạ", kind, record, fields, {})
    return bench.package(*(bench.segment(said, audience=audience, nonce=n) for n, audience in enumerate(("", ALL))))


def _plan_as_it_was(bench: Bench) -> None:
    assert all(row.title != "Việc khác" for row in reporting.work_view(bench.hub, PERIOD).rows)
    assert not bench.hub.units().is_within(forging.unit(bench.hub, BODY), forging.unit(bench.hub, WARD))
    assert bench.hub.identity().hub_name == bench.ward.identity().hub_name


def _resolution(bench: Bench) -> bytes:
    """Two rival values of the ward's are at the hub; another unit's machine names both and puts its own instead."""
    rivals = [bench.segment(bench.report(percent=percent), nonce=percent) for percent in (30, 60)]
    bench.bring(bench.package(*rivals))
    said = forging.report(bench.ward, WARD, {"percent": 99}, percent=[
        Reference(one.name.id, 1, one.head.hex()[:16]) for one in rivals
    ])
    own = bench.segment(said, by=bench.body, nonce=9)
    return bench.package(*rivals, own, by=bench.body)


def _still_torn(bench: Bench) -> None:
    assert bench.listed() == {"Phường Bồ Đề": (30, "", ("percent",))}


def _turns() -> Iterator[Case]:
    """Files that are one's own, another's, or come out of turn."""
    yield Case("own earlier package after a restore", Fate.TAKEN, "", _own_earlier, _recovered, at=RESTORED)
    yield Case("own earlier package, nothing lost", Fate.ALREADY_HAD, "", _own_file, at=WARD)
    yield Case("old package after newer", Fate.ALREADY_HAD, "", _older, _newer_holds)
    yield Case("re-encrypted to another", Fate.SEGMENT, "SEG_NOT_FOR_US", _passed_on, at=BODY)
    yield refused("another unit's file", "PKG_NOT_FOR_US", _theirs, at=BODY)
    yield refused("another plan", "PKG_OTHER_PLAN", lambda bench: bench.package(plan_id="ab" * 16))
    yield refused("another root", "PKG_OTHER_ROOT", lambda bench: bench.package(root=bytes([1]) * 32))


def _own_file(bench: Bench) -> bytes | Path:
    bench.enter(WARD, percent=5)
    return bench.district.write(WARD)[0]


def _own_earlier(bench: Bench) -> bytes | Path:
    """The ward's folder as it was before its last report, and the package that holds the report."""
    district = bench.district
    district.close()
    shutil.copytree(district.root / WARD, district.root / RESTORED)
    return _own_file(bench)


def _recovered(bench: Bench) -> None:
    assert bench.listed(RESTORED) == {"Phường Bồ Đề": (5, "", ())}


def _older(bench: Bench) -> bytes | Path:
    bench.enter(WARD, percent=30)
    (older,) = bench.district.write(WARD)
    bench.enter(WARD, percent=60)
    bench.bring(*bench.district.write(WARD))
    return older


def _newer_holds(bench: Bench) -> None:
    assert bench.listed() == {"Phường Bồ Đề": (60, "", ())}


def _theirs(bench: Bench) -> bytes | Path:
    reporting.enter(bench.hub, reporting.item_at(bench.hub, SHARED), bench.ward.seat.unit, PERIOD, {"percent": 8}, {})
    return bench.district.written(HUB)["Phường Bồ Đề"]


def _passed_on(bench: Bench) -> bytes:
    """What the ward opened with its key, sealed again as it is to another unit's machine."""
    theirs = _theirs(bench)
    assert isinstance(theirs, Path)
    inside = envelope.decrypt(theirs.read_bytes(), bench.ward.identities())
    assert unpack(inside, ()).contents.recipients == (bench.ward.seat.unit,)
    return envelope.encrypt(inside, [bench.body.device_keys().recipient])


CASES: tuple[Case, ...] = (*_signatures(), *_splices(), *_scopes(), *_turns())
