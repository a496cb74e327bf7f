"""What services hand to screens and to the command line: plain data, ids and values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from desktop.models.occurrences import OccurrenceCount
from desktop.models.plan import Finding, NodeKind, Paragraph, PlanHeader
from desktop.models.report import Report, Timeliness, WorkState
from desktop.models.schedule import Schedule, Time
from desktop.models.strict_json import JsonValue
from desktop.models.targets import Target


class Role(StrEnum):
    """What this PC is for the plan: the consolidating unit or a reporting one."""

    HUB = "hub"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a write changed; each view refreshes only what it shows and what this names."""

    items: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    periods: frozenset[str] = frozenset()
    conflicts: frozenset[str] = frozenset()
    plan: bool = False
    exchange: bool = False
    plans: bool = False
    """The folder has one plan more, or one was ended or reopened."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who works here: the unit of this PC, its role, its plan, and whether the data are a demonstration."""

    role: Role
    unit_id: str
    unit_name: str
    plan: PlanHeader
    hub_name: str
    device_label: str
    demonstration: bool
    closed: date | None = None
    """The day on which the plan was ended: read-only since."""


@dataclass(frozen=True, slots=True)
class Status:
    """State of a plan row as shown: for items derived from the reports of its leads, for headings a count.

    ``done`` and ``total`` count items below a heading, or the lead units of an item with several (else 0); for work
    that falls due more than once the leads that have done the occurrence at hand, for continuous work those that have
    reported this period. ``days`` is how many days overdue (positive) or left (negative) where a deadline counts.
    ``reported`` tells that anybody ever did, ``reported_now`` that all leads have in the period of today.
    ``occurrences`` is k of n; ``leads_word`` what the leads are counted as ("phường" where all are of that level).
    """

    state: WorkState | None
    timeliness: Timeliness | None
    percent: int | None
    done: int
    total: int
    days: int | None
    conflicts: int
    reported: bool
    reported_now: bool = False
    occurrences: OccurrenceCount | None = None
    leads_word: str = ""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row of the plan screen, in document order, parents before children. ``id`` is the record id.

    ``deadline`` is the text for *Thời hạn* (end cell, else start cell). ``needs_review`` marks rows a finding of
    severity warning points at (unless that cell was corrected since), with an unclear time, or with an open comment.
    """

    id: str
    parent: str | None
    depth: int
    path: str
    kind: NodeKind
    code: str
    title: str
    leaders: tuple[str, ...]
    lead_units: tuple[str, ...]
    coordinating_units: tuple[str, ...]
    start: Time
    end: Time
    deadline: str
    schedule: Schedule
    status: Status
    needs_review: bool
    mine: bool
    open_comments: int = 0
    """Comments on the row that are neither settled nor withdrawn."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """The whole plan screen. ``today`` is the day of the injected clock."""

    identity: Identity
    today: date
    rows: tuple[PlanRow, ...]


class ReadingField(StrEnum):
    """The readings of a row that the plan's owner may correct."""

    TITLE = "title"
    LEADERS = "leaders"
    LEAD_UNITS = "lead_units"
    COORDINATING_UNITS = "coordinating_units"
    START = "start"
    END = "end"
    TARGETS = "targets"


FieldValue = str | tuple[str, ...] | Time | tuple[Target, ...]
"""A reading: title; leaders or units; a time; targets."""


@dataclass(frozen=True, slots=True)
class PastReading:
    """A value that a reading had or has: who gave it, when as claimed, and why. ``corrected``: not by the reader."""

    value: FieldValue
    author: str
    entered: datetime
    reason: str
    corrected: bool


@dataclass(frozen=True, slots=True)
class FieldReading:
    """A reading beside its printed text.

    ``history`` holds every value it had, the first reading first, the current ones last. ``rivals`` are the current
    values where they differ (*Cần đối chiếu*), else empty. ``corrected`` when it says something else than the plan as
    it was read.
    """

    field: ReadingField
    heading: str
    printed: str
    value: FieldValue
    corrected: bool
    history: tuple[PastReading, ...]
    rivals: tuple[PastReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What typed words would be read as: the value, and the fields of the row's record that it gives."""

    field: ReadingField
    value: FieldValue
    fields: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class CommentAnswer:
    """What the hub says to a comment."""

    text: str
    author: str
    entered: datetime


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A doubt about a row. ``about`` is a ReadingField's value or empty; ``record`` names the comment itself.

    Two answers where two PCs of the hub answered without knowing of each other: both stand.
    """

    record: str
    item: str
    unit: str
    unit_name: str
    about: str
    text: str
    author: str
    entered: datetime
    withdrawn: bool
    answers: tuple[CommentAnswer, ...]
    settled: bool
    mine: bool
    """Whether this PC writes for the unit: it may withdraw the comment."""
    shown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Per field the facts (ids in hex) these values came from; handed back on answering."""

    @property
    def open(self) -> bool:
        """Whether somebody still has to look at it."""
        return not self.withdrawn and not self.settled


@dataclass(frozen=True, slots=True)
class NodeDetails:
    """A row opened: printed text beside reading, targets, findings and its reports (newest period first).

    ``shown`` names per field of the row's record the facts the values came from (opaque; handed back on correcting).
    """

    row: PlanRow
    printed: tuple[tuple[str, str], ...]
    targets: tuple[Target, ...]
    findings: tuple[Finding, ...]
    reports: tuple[ReportLine, ...]
    earlier: tuple[ReportLine, ...] = ()
    """Reports on the row of an earlier plan that this one continues (*Chuyển tiếp*), newest period first."""
    source_lines: tuple[int, ...] = ()
    """1-based lines of the plan's file that the row stands on."""
    role: Role = Role.UNIT
    """The hub corrects readings; a unit sends its doubt."""
    readings: tuple[FieldReading, ...] = ()
    shown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    comments: tuple[CommentLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report with names for showing."""

    report: Report
    unit_name: str
    item_path: str
    author: str
    entered: datetime | None
    withdrawn: bool = False
    """A newer version of the plan has withdrawn the row; the report stays."""


@dataclass(frozen=True, slots=True)
class Narrative:
    """The narrative of the plan, for *Toàn văn*."""

    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found: record ids of rows and paragraphs, best first, no more than asked for; ``total`` of all."""

    records: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """A period one can report on. ``closes`` is the day the data close, ``send_by`` the day the report is due."""

    id: str
    name: str
    first: date
    last: date
    closes: date
    send_by: date


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One row of *Việc kỳ này*: an item this unit leads or coordinates, with its report of the period.

    ``shown`` names, per field, the current facts the values came from (opaque; handed back on entering, so that a
    value superseded is exactly the one that was shown). ``problems`` are checks not yet met (field, sentence).
    """

    item: str
    unit: str
    unit_name: str
    lead: bool
    path: str
    code: str
    title: str
    deadline: str
    due: date | None
    report: Report
    shown: dict[str, tuple[str, ...]]
    problems: tuple[tuple[str, str], ...]
    previous: Report | None


@dataclass(frozen=True, slots=True)
class WorkView:
    """*Việc kỳ này*: rows in document order; ``lead`` tells *Chủ trì* from *Phối hợp*."""

    identity: Identity
    today: date
    period: PeriodChoice
    rows: tuple[WorkRow, ...]
