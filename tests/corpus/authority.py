"""Keys, what the authority set decides: retired machines, entries that lead nowhere, two who hold the root's right."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from desktop.exchange.authority import sign_entry
from desktop.exchange.hashes import code_of
from desktop.exchange.segments import seal
from desktop.models.authority import RETIRED
from desktop.models.charter import NO_PARENT
from desktop.models.entries import Retirement, body_of
from desktop.models.strict_json import dumps
from desktop.services import doctor
from desktop.services.traffic import machines, spare
from desktop.services.traffic.own_keys import root_keys
from tests import forging
from tests.corpus.bench import Bench, Case, Fate
from tests.offices import HUB, WARD

OTHER_HUB = f"{HUB} có khóa dự phòng"
BO_DE = "Phường Bồ Đề"


def _cases() -> Iterator[Case]:
    yield Case("retired key", Fate.QUARANTINED, RETIRED, _late, _thirty)
    yield Case("retired key opening a new incarnation", Fate.QUARANTINED, RETIRED, _new_incarnation, _thirty)
    yield Case("retired key forking below its cut-off", Fate.QUARANTINED, RETIRED, _fork, _thirty)
    yield Case("authority entry missing its parent", Fate.TAKEN, "", _without_parent, _waits_for_parent)
    yield Case("authority entry upon one that hangs in the air", Fate.TAKEN, "", _upon_nothing, _waits_for_parent)
    yield Case(
        "honest concurrent entries by holder and opened spare", Fate.TAKEN, "", _holder_and_spare, _hubs_converge
    )


def _retired(bench: Bench) -> None:
    """The ward's machine reports 30, which the hub has, and is retired."""
    bench.enter(WARD, percent=30)
    bench.bring(bench.district.write(WARD)[0])
    machines.retire(bench.hub, code_of(bytes.fromhex(bench.ward.seat.device)))


def _thirty(bench: Bench) -> None:
    assert bench.listed() == {BO_DE: (30, "", ())}, "what it wrote before stays"
    (one,) = [one for one in machines.machines(bench.hub) if one.unit_name == BO_DE]
    assert (one.retired, one.hidden > 0) == (True, True), "what came later is listed"


def _late(bench: Bench) -> Path:
    _retired(bench)
    bench.enter(WARD, percent=60)
    return bench.district.write(WARD)[0]


def _new_incarnation(bench: Bench) -> bytes:
    _retired(bench)
    return bench.package(bench.segment(bench.report(percent=99)))


def _fork(bench: Bench) -> bytes:
    """Another first line of the very log whose end the retirement names."""
    _retired(bench)
    name = bench.ward.own_log(bench.ward.seat.unit)
    said = forging.lines(1, [bench.report(percent=99)])
    return bench.package(seal(name, 1, said, name.first_head, bench.ward.device_keys()))


def _retiring(bench: Bench, on: str) -> tuple[str, bytes]:
    """An entry that retires the ward's machine, signed by the root, built on an entry that nobody has; and its file."""
    body = body_of(Retirement(bench.ward.seat.device, {}), bench.ward.seat.plan_id, (on,))
    entry = sign_entry(dumps(body), root_keys(bench.hub))
    return entry.id, bench.package(authority=(*bench.ward.entries(), entry))


def _without_parent(bench: Bench) -> bytes:
    return _retiring(bench, "ab" * 16)[1]


def _upon_nothing(bench: Bench) -> bytes:
    lost, data = _retiring(bench, "ab" * 16)
    bench.bring(data)
    return _retiring(bench, lost)[1]


def _waits_for_parent(bench: Bench) -> None:
    assert set(bench.hub.charter().void.values()) == {NO_PARENT}
    bench.enter(WARD, percent=5)
    bench.bring(bench.district.write(WARD)[0])
    assert bench.listed() == {BO_DE: (5, "", ())}, "nobody is retired by it"


def _holder_and_spare(bench: Bench) -> Path:
    """On one PC the spare is opened and becomes the root; on the other, which does not know, a machine is retired."""
    sealed = spare.seal(bench.hub, bench.district.root)
    bench.district.close()
    shutil.copytree(bench.district.root / HUB, bench.district.root / OTHER_HUB)
    spare.open_on_hub(bench.district.at(OTHER_HUB), sealed.path, sealed.code)
    machines.retire(bench.hub, code_of(bytes.fromhex(bench.body.seat.device)))
    theirs = bench.district.write(OTHER_HUB)[0]
    bench.bring(bench.district.write(HUB)[0], office=OTHER_HUB)
    return theirs


def _hubs_converge(bench: Bench) -> None:
    one, other = bench.hub.charter(), bench.district.at(OTHER_HUB).charter()
    assert (one.root, one.spare, one.void, one.clashes) == (other.root, other.spare, other.void, other.clashes)
    assert one.granted == other.granted
    assert doctor.digest(bench.hub) == doctor.digest(bench.district.at(OTHER_HUB))
    assert one.root != bench.hub.seat.root, "the opened spare is the root at both"


CASES: tuple[Case, ...] = tuple(_cases())
