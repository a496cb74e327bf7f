"""Life: what happens to honest files between offices, and what each of them must come to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path

from desktop.exchange.segments import Segment, seal
from desktop.services import doctor, reporting
from desktop.services.traffic import exchanging
from desktop.services.traffic.views import Outcome
from tests import forging
from tests.corpus.bench import Bench, Case, Fate, refused, sound
from tests.exchange.samples import remade
from tests.forging import PERIOD, SHARED
from tests.offices import HANOI, HUB, WARD

OTHER_HUB = f"{HUB} máy khác"
BO_DE = "Phường Bồ Đề"


def _files() -> Iterator[Case]:
    """The same file twice, under another name, in both directions at once."""
    yield Case("same file on two hub PCs", Fate.TAKEN, "", _for_two_hubs, _hubs_agree)
    yield Case("(1) in the name", Fate.ALREADY_HAD, "", _saved_again)
    yield Case("renamed to .zip by a mail system", Fate.TAKEN, "", partial(_named, "gửi qua thư.zip"), _thirty)
    yield Case("a long name of another script", Fate.TAKEN, "", partial(_named, "ế" * 60 + ".sotiendo"), _thirty)
    yield Case("two sticks crossing", Fate.TAKEN, "", _sticks_crossing, _silent)
    yield Case("the same gap filled in two orders", Fate.TAKEN, "", _last_of_three, _both_orders)
    yield Case("import during an edit of the same field", Fate.TAKEN, "", _during_an_edit, _both_kept)


def _ward_file(bench: Bench, **values: object) -> Path:
    bench.enter(WARD, **values)
    return bench.district.write(WARD)[0]


def _for_two_hubs(bench: Bench) -> Path:
    bench.district.close()
    shutil.copytree(bench.district.root / HUB, bench.district.root / OTHER_HUB)
    file = _ward_file(bench, percent=30)
    assert bench.bring(file, office=OTHER_HUB).outcome is Outcome.IMPORTED
    return file


def _hubs_agree(bench: Bench) -> None:
    assert bench.listed() == bench.listed(OTHER_HUB) == {BO_DE: (30, "", ())}
    assert doctor.digest(bench.hub) == doctor.digest(bench.district.at(OTHER_HUB))
    # And what one of them writes, the other has already, but for what it said itself.
    (common, *_) = bench.district.write(OTHER_HUB)
    assert bench.bring(common).quarantined == 0
    sound(bench, HUB, OTHER_HUB)


def _saved_again(bench: Bench) -> Path:
    file = _ward_file(bench, percent=30)
    bench.bring(file)
    again = file.with_name(f"{file.stem} (1){file.suffix}")
    shutil.copy(file, again)
    return again


def _named(name: str, bench: Bench) -> Path:
    file = _ward_file(bench, percent=30)
    return file.rename(file.with_name(name))


def _thirty(bench: Bench) -> None:
    assert bench.listed()[BO_DE][0] == 30


def _sticks_crossing(bench: Bench) -> Path:
    """Ward and hub write before either has the other's file; the hub's goes to the ward first."""
    file = _ward_file(bench, percent=30)
    reporting.enter(
        bench.hub, reporting.item_at(bench.hub, SHARED), bench.ward.seat.unit, PERIOD, {"result": "Nhập thay"}, {}
    )
    theirs = bench.district.written(HUB)[BO_DE]
    assert bench.bring(theirs, office=WARD).outcome is Outcome.IMPORTED
    return file


def _silent(bench: Bench) -> None:
    assert bench.listed() == bench.listed(WARD) == {BO_DE: (30, "Nhập thay", ())}
    bench.bring(bench.district.write(WARD)[0])
    bench.bring(bench.district.written(HUB)[BO_DE], office=WARD)
    for office in (HUB, WARD):
        view = exchanging.traffic(bench.district.at(office))
        assert (view.waiting, view.unconfirmed) == (0, 0), office
        sound(bench, office)


def _three(bench: Bench) -> tuple[Segment, ...]:
    """Three segments of one log, one value after another."""
    name, keys = forging.log_of(bench.ward, nonce=bench.nonce(0)), bench.ward.device_keys()
    said = forging.lines(1, [bench.report(percent=percent) for percent in (10, 20, 30)])
    made: list[Segment] = []
    for seq, line in enumerate(said, start=1):
        made.append(seal(name, seq, (line,), made[-1].head if made else name.first_head, keys))
    return tuple(made)


def _last_of_three(bench: Bench) -> bytes:
    return bench.package(_three(bench)[2])


def _both_orders(bench: Bench) -> None:
    """What is missing before comes, first then second at one hub, second then first at its copy."""
    first, second, _ = _three(bench)
    bench.district.close()
    shutil.copytree(bench.district.root / HUB, bench.district.root / OTHER_HUB)
    assert bench.bring(bench.package(second)).gaps, "the first is still missing"
    assert not bench.bring(bench.package(first)).gaps
    bench.bring(bench.package(first), bench.package(second), office=OTHER_HUB)
    assert doctor.digest(bench.hub) == doctor.digest(bench.district.at(OTHER_HUB))
    assert bench.listed() == {BO_DE: (10, "", ("percent",))}, "none of them names another: all are kept"
    sound(bench, HUB, OTHER_HUB)


def _during_an_edit(bench: Bench) -> Path:
    """The hub's officer opens the field at 30; a file that says 60 is imported; then he saves 50."""
    bench.bring(_ward_file(bench, percent=30))
    return _ward_file(bench, percent=60)


def _both_kept(bench: Bench) -> None:
    hub, ward = bench.hub, bench.ward.seat.unit
    item = reporting.item_at(hub, SHARED)
    assert bench.listed() == {BO_DE: (60, "", ())}
    opened = reporting.shown_now(hub, item, ward, PERIOD)
    later = _ward_file(bench, percent=70)
    bench.bring(later)
    reporting.enter(hub, item, ward, PERIOD, {"percent": 50}, opened)
    assert bench.listed() == {BO_DE: (50, "", ("percent",))}
    (line,) = reporting.report_lines(hub)
    assert {one["value"] for one in reporting.rivals(hub, line.report)["percent"]} == {50, 70}


def _versions() -> Iterator[Case]:
    """Files of a program one version newer, and of one older; unknown kinds and fields: see the texts."""
    yield refused("a newer format", "PKG_NEWER_VERSION", partial(_told, {"format": 2}))
    yield refused("a newer format in words", "PKG_BAD_MANIFEST", partial(_told, {"format": "2"}))
    yield refused("a kind of package not known", "PKG_NEWER_VERSION", partial(_told, {"kind": "digest"}))
    for program in ("newer 9.0", "older 0.0.1"):
        make = partial(_told, {"application": program})
        yield Case(f"a program {program}, the same format", Fate.TAKEN, "", make, _thirty)


def _told(changes: dict[str, object], bench: Bench) -> bytes:
    return remade(bench.plain, signer=bench.ward.device_keys(), manifest=lambda told: told.update(changes))


def _clocks() -> Iterator[Case]:
    """Clocks are evidence only: none has a file refused, and none makes a value win."""
    for what, moment in {
        "of 1970": datetime(1970, 1, 1, 0, 0, 1, tzinfo=HANOI), "of 2099": datetime(2099, 12, 31, 23, 59, tzinfo=HANOI),
        "of another zone": datetime(2023, 9, 14, 9, 41, tzinfo=timezone(timedelta(hours=-8))),
        "of a zone of half hours": datetime(2023, 9, 14, 9, 41, tzinfo=timezone(timedelta(hours=5, minutes=45))),
    }.items():
        yield Case(f"clock {what}", Fate.TAKEN, "", partial(_at, moment), _later_stands)
    for wall in (2**53, -(2**53), 0, 253402300800, -62135596801):
        yield Case(f"clock that no calendar holds: {wall}", Fate.TAKEN, "", partial(_walled, wall), _has_a_day)


def _at(moment: datetime, bench: Bench) -> Path:
    """A value entered by a right clock, then another by a wrong one, which supersedes it."""
    bench.bring(_ward_file(bench, percent=90))
    clock = bench.district.clock
    now, clock.now = clock.now, moment
    file = _ward_file(bench, percent=30)
    clock.now = now
    return file


def _later_stands(bench: Bench) -> None:
    assert bench.listed() == {BO_DE: (30, "", ())}
    bench.enter(WARD, percent=40)
    bench.bring(bench.district.write(WARD)[0])
    assert bench.listed() == {BO_DE: (40, "", ())}


def _walled(wall: int, bench: Bench) -> bytes:
    return bench.package(bench.segment(replace(bench.report(percent=5), wall=wall)))


def _has_a_day(bench: Bench) -> None:
    (line,) = reporting.report_lines(bench.hub)
    assert line.entered is not None
    assert line.entered.utcoffset() is not None
    assert 1 <= line.entered.year <= 9999


CASES: tuple[Case, ...] = (*_files(), *_versions(), *_clocks())
