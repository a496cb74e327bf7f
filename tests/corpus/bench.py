"""The corpus's bench: a case, the district it is tried on, and what must be true of every fate a file can have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from desktop.exchange.package import pack
from desktop.exchange.segments import Segment
from desktop.models.facts import Content
from desktop.services import doctor, reporting
from desktop.services.traffic import exchanging, receipts
from desktop.services.traffic.reasons import reason_words
from desktop.services.traffic.views import Outcome, Receipt
from desktop.services.workspace import Workspace
from desktop.store.database import FILE_NAME
from tests import forging
from tests.forging import PERIOD, SHARED
from tests.offices import BODY, HUB, WARD, District


class Fate(StrEnum):
    """What becomes of a file, or of the odd part of it."""

    FILE = "file refused"
    SEGMENT = "segment refused"
    QUARANTINED = "fact quarantined"
    HELD = "held"
    TAKEN = "taken"
    ALREADY_HAD = "already had"


@dataclass
class Bench:
    """A district with what the makers of cases need; ``name`` tells this case's own logs from those of others."""

    district: District
    name: str = "mẫu"
    _files: count[int] = field(default_factory=count)

    @property
    def hub(self) -> Workspace:
        """The hub, which takes the files in."""
        return self.district.at(HUB)

    @property
    def ward(self) -> Workspace:
        """The unit whose machine writes."""
        return self.district.at(WARD)

    @property
    def body(self) -> Workspace:
        """Another unit."""
        return self.district.at(BODY)

    @cached_property
    def plain(self) -> bytes:
        """A small package of the ward that the hub would take, not encrypted."""
        return pack(self._small, self.ward.device_keys(), ())

    @cached_property
    def sealed(self) -> bytes:
        """The same, encrypted to the hub."""
        return pack(self._small, self.ward.device_keys(), (self.ward.charter().reading_key,))

    @cached_property
    def _small(self) -> Any:
        said = forging.report(self.ward, WARD, {"percent": 30, "result": "Đã xong phần móng"})
        return forging.contents_of(self.ward, [forging.segment(self.ward, said)], authority=())

    def report(self, unit: str = WARD, **fields: Any) -> Content:
        """A report of a unit about the shared row."""
        return forging.report(self.ward, unit, fields)

    def segment(self, *contents: Content, by: Workspace | None = None, audience: str = "", nonce: int = 0) -> Segment:
        """A segment that a machine (the ward's) really signed; every ``nonce`` is a log of its own."""
        return forging.segment(by or self.ward, *contents, audience=audience, nonce=self.nonce(nonce))

    def signed_lines(self, *said: bytes) -> Segment:
        """A segment of the ward's of any lines."""
        return forging.signed_lines(self.ward, said, nonce=self.nonce(0))

    def nonce(self, number: int) -> bytes:
        """The nonce of a log that belongs to this case alone."""
        return sha256(f"{self.name}/{number}".encode()).digest()[:16]

    def package(self, *segments: Segment, by: Workspace | None = None, **changes: Any) -> bytes:
        """A package that a machine (the ward's) signed."""
        ws = by or self.ward
        return pack(forging.contents_of(ws, segments, **changes), ws.device_keys(), ())

    def enter(self, office: str, **values: object) -> None:
        """A person enters values at an office about the shared row."""
        ws = self.district.at(office)
        item, unit = reporting.item_at(ws, SHARED), ws.seat.unit
        reporting.enter(ws, item, unit, PERIOD, values, reporting.shown_now(ws, item, unit, PERIOD))

    def listed(self, office: str = HUB) -> dict[str, tuple[object, ...]]:
        """unit -> (percent, result, conflicts) of the shared row."""
        return {
            line.unit_name: (line.report.percent, line.report.result, line.report.conflicts)
            for line in reporting.report_lines(self.district.at(office)) if line.item_path == SHARED
        }

    def file(self, data: bytes) -> Path:
        """The bytes as a file on the medium."""
        path = self.district.root / f"{self.name.replace('/', '-')[:40]} {next(self._files)}.sotiendo"
        path.write_bytes(data)
        return path

    def bring(self, *files: bytes | Path, office: str = HUB) -> Receipt:
        """The receipt of the last of these files; checking said the same before."""
        for number, one in enumerate(files, start=1):
            path = one if isinstance(one, Path) else self.file(one)
            checked = exchanging.check_file(self.district.at(office), path)
            (receipt,) = exchanging.import_files(self.district.at(office), [path]).receipts
            assert checked == receipt, f"file {number}: checking and importing differ"
        return receipt

    def database(self, office: str = HUB) -> str:
        """sha256 of the database file as it lies on the disk."""
        return sha256((self.district.root / office / FILE_NAME).read_bytes()).hexdigest()

    def refusals(self, office: str = HUB) -> int:
        """How many refusals the log beside the database holds."""
        log = self.district.root / office / receipts.REFUSALS
        return len([line for line in log.read_bytes().split(b"\n") if line]) if log.exists() else 0


@dataclass(frozen=True)
class Case:
    """One case of the corpus: how the file is made, what becomes of it, and the reason code it gets.

    ``after`` looks at what else must be true once the file was brought.
    """

    name: str
    fate: Fate
    code: str
    make: Callable[[Bench], bytes | Path]
    after: Callable[[Bench], None] | None = None
    at: str = HUB
    """The office that takes the file in."""


def refused(name: str, code: str, make: Callable[[Bench], bytes | Path], at: str = HUB) -> Case:
    """A file refused as a whole."""
    return Case(name, Fate.FILE, code, make, at=at)



def prove(bench: Bench, case: Case) -> Receipt:
    """Bring a case's file and see that its fate is the one expected, with its reason and words for it."""
    path = case.make(bench)
    before, logged = bench.database(case.at), bench.refusals(case.at)
    receipt = bench.bring(path, office=case.at)
    odd = {(one.outcome, one.reason) for one in receipt.segments if one.reason}
    match case.fate:
        case Fate.FILE:
            assert (receipt.outcome, receipt.reason) == (Outcome.REFUSED, case.code)
            assert bench.database(case.at) == before, "a refused file leaves the database file as it was"
            assert bench.refusals(case.at) == logged + 1, "and is told in the log beside it"
            assert receipt.summary != case.code
        case Fate.SEGMENT:
            assert odd == {("refused", case.code)}
        case Fate.QUARANTINED:
            assert odd == {("quarantined", case.code)}
            assert receipt.quarantined > 0
        case Fate.HELD:
            assert (receipt.outcome, odd) == (Outcome.HELD, {("held", case.code)})
            assert receipt.held > 0
        case Fate.TAKEN | Fate.ALREADY_HAD:
            taken = Outcome.IMPORTED if case.fate is Fate.TAKEN else Outcome.ALREADY_HAD
            assert (receipt.outcome, receipt.reason, odd) == (taken, case.code, set())
    if case.code and case.fate is not Fate.FILE:
        assert reason_words(case.code) != case.code, "every reason has its words"
    if case.after is not None:
        case.after(bench)
    return receipt


def sound(bench: Bench, *offices: str) -> None:
    """The doctor finds nothing at these offices."""
    for office in offices or (HUB,):
        health = doctor.examine(bench.district.at(office))
        assert health.ok, [check for check in health.checks if not check.ok]
