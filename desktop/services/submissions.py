"""*Tình hình gửi báo cáo*: the submissions held, how each unit stands, what was changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.models.covers import read_covers
from desktop.models.errors import Mistake
from desktop.models.facts import Fact
from desktop.models.kinds import SUBMISSION
from desktop.models.lateness import Bracket, Ruling, Sending, overall, sending
from desktop.models.merge import merge
from desktop.models.period import read_period
from desktop.models.record_ids import report_record, split_record
from desktop.models.report import REPORT_FIELDS
from desktop.models.strict_json import JsonValue
from desktop.models.submission import (
    Accepted,
    Returned,
    Submission,
    SubmissionState,
    latest,
    pending,
    state_of,
)
from desktop.services.evidence import Evidence
from desktop.services.figures import Covered, covered, decisions, differing
from desktop.services.records import day_of, int_of, moment_of, text_of, texts_of
from desktop.services.reporting import audience_of, duty_of
from desktop.services.views import Role
from desktop.services.workspace import Workspace
from desktop.store.queries import RecordRow, ReportRow

if TYPE_CHECKING:
    from desktop.store.coverage import Covering


@dataclass(frozen=True, slots=True)
class HeldSubmission:
    """A submission, the fact that names what it covers, and who wrote it when, as claimed.

    ``shown`` names per field the facts (ids in hex) the values came from: handed back on deciding.
    """

    said: Submission
    fact: Fact
    author: str
    submitted: datetime
    shown: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A value of a report that differs from what was submitted, accepted or closed. Values as facts hold them."""

    item: str
    item_path: str
    unit: str
    unit_name: str
    period: str
    field: str
    before: JsonValue
    after: JsonValue
    author: str
    entered: datetime


@dataclass(frozen=True, slots=True)
class BoardRow:
    """How a unit stands in a period.

    ``changed`` are values outside what was accepted (*đính chính*) or, before that, outside what was submitted (*sửa
    sau khi nộp*). ``waiting`` are the submissions that wait for a decision: after an acceptance a correction.
    ``withdrawn_too_late``: taken back after it was accepted, without effect. ``incomplete``: ends that are named are
    not all here yet. ``brackets`` are the two ends of the evidence for ``sending``, per submission that counts there.
    """

    unit: str
    unit_name: str
    period: str
    send_by: date
    state: SubmissionState
    submissions: tuple[HeldSubmission, ...]
    waiting: tuple[HeldSubmission, ...]
    changed: tuple[ChangedValue, ...]
    sending: Sending
    brackets: tuple[tuple[datetime | None, datetime | None], ...]
    withdrawn_too_late: bool
    incomplete: bool
    returned: tuple[str, ...]
    """The reasons of what was returned and not replaced since."""


def held_submissions(ws: Workspace, period: str, unit: str | None = None) -> tuple[HeldSubmission, ...]:
    """The submissions of a period, of one unit or of all: those replaced first, then by claimed time."""
    found = [
        held for row in ws.store.queries.records(SUBMISSION)
        if (place := split_record(row.record))[2] == period and unit in (None, place[1])
        and (held := _held(ws, row)) is not None
    ]
    covering = ws.store.covering()
    placed = [_placed(covering, one, found) for one in found]
    return tuple(sorted(placed, key=lambda one: (not one.said.replaced, one.fact.content.wall, one.said.record)))


def _held(ws: Workspace, row: RecordRow) -> HeldSubmission | None:
    """A submission; None while only what was said of it has come."""
    if "covers" not in row.body:
        return None
    record, body = row.record, row.body
    fields = merge(ws.store.journal.facts_of(record))
    fact, zone = fields["covers"].chosen.fact, ws.environment.clock().tzinfo
    _, unit, period = split_record(record)
    ruling = text_of(body.get("ruling"))
    said = Submission(
        record, unit, period, read_covers(body.get("covers")), texts_of(body.get("units")),
        number=text_of(body.get("number")), day=day_of(body.get("day")), signer=text_of(body.get("signer")),
        note=text_of(body.get("note")), reason=text_of(body.get("reason")),
        withdrawn="withdrawn" in fields and any(one.value == 1 for one in fields["withdrawn"].current),
        decisions=decisions(ws, row), channel=text_of(body.get("channel")),
        # Two PCs of the hub that say different things of how it came have told nothing yet.
        arrived=None if "arrived" in row.conflicts else day_of(body.get("arrived")),
        ruling=Ruling(ruling) if ruling and "ruling" not in row.conflicts else None,
    )
    shown = {name: tuple(one.fact.head.hex() for one in state.current) for name, state in fields.items()}
    return HeldSubmission(said, fact, fact.content.user, moment_of(fact.content.wall, zone), shown)


def _placed(covering: Covering, one: HeldSubmission, others: Iterable[HeldSubmission]) -> HeldSubmission:
    """A submission with whether a later one of its unit was made in knowledge of it."""
    place = (one.fact.log, one.fact.seq, one.fact.head)
    replaced = any(
        covering.coverage(other.said.covers).reaches(*place)
        for other in others if other is not one and other.said.unit == one.said.unit
    )
    return replace(one, said=replace(one.said, replaced=replaced))


def reporting_units(ws: Workspace) -> tuple[str, ...]:
    """The units that owe a report: those with a machine, and those with rows that no machine reports for.

    On a unit's PC its own alone.
    """
    seat, tree = ws.seat, ws.units()
    if seat.role is Role.UNIT:
        return (seat.unit,)
    owing = {audience_of(ws, unit) for unit in {unit for _, unit in ws.store.queries.leads()}}
    enrolled = {grant.unit for grant in ws.grants()} - {seat.unit}
    return tuple(unit.id for unit in tree if unit.id in owing | enrolled)


def board(ws: Workspace, period: str) -> tuple[BoardRow, ...]:
    """Every unit that owes or sent a report of the period. Raises Mistake PERIOD_UNKNOWN, FOLDER_NOT_SET_UP."""
    reader = _Reader(ws, period)
    held = held_submissions(ws, period)
    owing = reporting_units(ws)
    others = sorted({one.said.unit for one in held} - set(owing))
    return tuple(reader.row(unit, [one for one in held if one.said.unit == unit]) for unit in (*owing, *others))


def board_row(ws: Workspace, unit: str, period: str) -> BoardRow:
    """How one unit stands in a period. Raises Mistake PERIOD_UNKNOWN."""
    return _Reader(ws, period).row(unit, held_submissions(ws, period, unit))


class _Reader:
    """Rows of the board of a period; what all of them need is read once."""

    def __init__(self, ws: Workspace, period: str) -> None:
        self._ws = ws
        self._period = period
        self._deadline = duty_of(ws, read_period(period)).send_by
        self._covering = ws.store.covering()
        self._evidence = Evidence(ws, self._covering)
        self._reports = {
            report_record(row.item, row.unit, row.period): row for row in ws.store.queries.reports(period=period)
        }
        self._places = Places(ws)

    def row(self, unit: str, held: Sequence[HeldSubmission]) -> BoardRow:
        """How a unit stands with these submissions."""
        ws, said = self._ws, [one.said for one in held]
        waiting = {one.record for one in pending(said)}
        given = _given(self._covering, said)
        sent = [one for one in held if one.said.accepted or not one.said.withdrawn]
        brackets = [self._evidence.bracket(one.fact) for one in sent]
        return BoardRow(
            unit, ws.unit_name(unit), self._period, self._deadline, state_of(said), tuple(held),
            tuple(one for one in held if one.said.record in waiting),
            self._places.changed(differing(ws, self._covering, self._period, given), self._reports),
            overall(
                sending(bracket, self._deadline, one.said.arrived, one.said.ruling)
                for one, bracket in zip(sent, brackets, strict=True)
            ),
            tuple(_moments(ws, bracket) for bracket in brackets),
            withdrawn_too_late=any(one.withdrawn and one.accepted for one in said),
            incomplete=any(one.coverage.missing for one in given),
            returned=tuple(
                decision.reason for one in latest(said) if one.state is SubmissionState.RETURNED
                for decision in one.decisions if isinstance(decision, Returned)
            ),
        )


def _given(covering: Covering, said: Sequence[Submission]) -> list[Covered]:
    """What the unit's figures are measured against: what was accepted, else what was submitted last."""
    accepted = [accepted for one in said for accepted in one.accepted]
    if not accepted:
        accepted = [Accepted(one.covers, one.units) for one in latest(said) if not one.withdrawn]
    return [covered(covering, one) for one in accepted]


def _moments(ws: Workspace, bracket: Bracket) -> tuple[datetime | None, datetime | None]:
    zone = ws.environment.clock().tzinfo
    lower, upper = (None if wall is None else moment_of(wall, zone) for wall in (bracket.lower, bracket.upper))
    return lower, upper


class Places:
    """What differs between reports as they were and as they are; the rows of the plan are read once, where needed."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws

    @cached_property
    def _rows(self) -> dict[str, tuple[int, str]]:
        """row of the plan -> its place in the document and its path."""
        return {
            row.record: (int_of(row.body.get("order")) or 0, text_of(row.body.get("path")))
            for row in self._ws.store.queries.records("node")
        }

    def changed(
        self, before: Mapping[str, ReportRow | None], now: Mapping[str, ReportRow]
    ) -> tuple[ChangedValue, ...]:
        """The values of those before that are others now, in document order."""
        found = [
            self._value(record, name, earlier, now.get(record))
            for record, earlier in before.items() for name in REPORT_FIELDS
            if _value(earlier, name) != _value(now.get(record), name)
        ]
        found.sort(key=lambda one: (self._row(one.item), one.unit, REPORT_FIELDS.index(one.field)))
        return tuple(found)

    def _row(self, item: str) -> tuple[int, str]:
        return self._rows.get(item, (0, ""))

    def _value(self, record: str, name: str, earlier: ReportRow | None, present: ReportRow | None) -> ChangedValue:
        item, unit, period = split_record(record)
        entered = present or earlier
        return ChangedValue(
            item, self._row(item)[1], unit, self._ws.unit_name(unit), period, name, _value(earlier, name),
            _value(present, name), entered.author if entered else "",
            moment_of(entered.entered if entered else 0, self._ws.environment.clock().tzinfo),
        )


def _value(row: ReportRow | None, name: str) -> JsonValue:
    return row.body.get(name) if row else None


def unknown_submission(ws: Workspace, unit: str, period: str) -> Mistake:
    """Nothing was submitted that one could decide about or take back."""
    return Mistake(
        "SUBMISSION_NONE",
        f"“{ws.unit_name(unit)}” không có báo cáo {read_period(period).name} nào để làm việc này.",
        "Không có gì thay đổi. Hãy xem Tình hình gửi báo cáo (report board).",
    )
