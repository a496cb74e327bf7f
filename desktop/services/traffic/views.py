"""What services hand to screens and to the command line about files: receipts, packages, machines, health."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from desktop.models.plan import PlanHeader
from desktop.services.views import Changes, Identity


class Outcome(StrEnum):
    """What became of a file."""

    IMPORTED = "imported"
    ALREADY_HAD = "already_had"
    HELD = "held"
    REFUSED = "refused"
    UNREADABLE = "unreadable"
    """The medium or the rights failed before the file could be looked at."""


@dataclass(frozen=True, slots=True)
class SegmentOutcome:
    """What became of one segment: new, already_had, fills_gap, held, quarantined, refused; ``reason`` is a code."""

    log: str
    first: int
    last: int
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """*Phiếu tiếp nhận* of one file. Counts are facts. ``summary`` is the plain sentence shown."""

    file: str
    outcome: Outcome
    reason: str
    summary: str
    sender_unit: str
    check_code: str
    received: datetime | None
    new: int
    already_had: int
    held: int
    quarantined: int
    conflicts: int
    segments: tuple[SegmentOutcome, ...] = ()
    gaps: tuple[str, ...] = ()
    plan: str = ""
    """Number and year of the plan the file is about, where that is not the plan one works in."""
    request_code: str = ""
    """Where the sending machine is not enrolled yet: its 20 digits, to compare by telephone."""
    attachments: int = 0
    """Attachments whose file is here now and was not before."""
    attachments_waiting: int = 0
    """Files that came although no attachment names them yet."""
    attachments_missing: int = 0
    """Attachments of the sender's side whose file has not come yet."""


@dataclass(frozen=True, slots=True)
class ImportDone:
    """Receipts of several files, each its own transaction, and what they changed together."""

    receipts: tuple[Receipt, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class WrittenPackage:
    """A package on the medium, already read back. ``recipient`` in words."""

    path: Path
    recipient: str
    check_code: str
    facts: int
    attachments: int = 0
    """Attachments whose file is inside."""
    part: int = 1
    parts: int = 1
    """Which file it is of those written together for the recipient: the facts are in the first."""
    left: int = 0
    """Attachments whose file is in none of them: they were too many, or the carrier takes none so big."""


@dataclass(frozen=True, slots=True)
class EnrolmentRequest:
    """A machine that asks to report for a unit, or to be one more of the hub. ``state``: pending or approved."""

    code: str
    unit_id: str
    unit_name: str
    device_label: str
    state: str
    held: int
    role: str = "unit"


@dataclass(frozen=True, slots=True)
class NotCounted:
    """Something written here that another machine does not count, as it says itself; ``reason`` is a code.

    ``item_path``, ``unit_name`` and ``period`` are "" where it is no report or comment; ``record`` its record id.
    """

    record: str
    item_path: str
    unit_name: str
    period: str
    by: str
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class TrafficView:
    """*Gửi – Nhận* and *Tiếp nhận*: files written and received (newest first), what waits to be sent."""

    identity: Identity
    received: tuple[Receipt, ...]
    written: tuple[WrittenPackage, ...]
    waiting: int
    """Facts of this PC not in any written package yet."""
    unconfirmed: int
    """Facts of this PC that some machine of the other side has not acknowledged."""
    requests: tuple[EnrolmentRequest, ...] = ()
    restored: str = ""
    """One sentence while something that this PC has sent is missing here (an old backup), else ""."""
    not_counted: tuple[NotCounted, ...] = ()


@dataclass(frozen=True, slots=True)
class StarterSeen:
    """A *tệp khởi tạo* opened but not yet trusted: nothing of it is stored."""

    root_code: str
    plan: PlanHeader
    hub_name: str
    units: tuple[tuple[str, str], ...]
    """(id, name) of the units to choose from, in tree order."""


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """One examination of the doctor: ``ok`` and a plain sentence."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Health:
    """All examinations of a data folder."""

    checks: tuple[HealthCheck, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether every examination passed."""
        return all(check.ok for check in self.checks)
