"""The marks of a row in the Gantt as numbers: what stands where, one kind of mark for every kind of time. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.models.plan import NodeKind
from desktop.models.report import WorkState
from desktop.models.schedule import Span, SpanKind, TimeKind
from desktop.services.views import PlanRow, Status
from desktop.ui.plan.timescale import TimeScale
from desktop.ui.plan.words import phrase


class MarkKind(StrEnum):
    """How a mark is drawn."""

    BAR = "bar"
    INFERRED = "inferred"
    CONTINUOUS = "continuous"
    OCCURRENCE = "occurrence"
    ROUND = "round"
    DUE = "due"
    EVENT = "event"
    RELATIVE = "relative"
    UNSCHEDULED = "unscheduled"
    UNCLEAR = "unclear"
    SUMMARY = "summary"


UNDATED_MARKS = {
    MarkKind.EVENT: "◊",
    MarkKind.RELATIVE: "→",
    MarkKind.UNSCHEDULED: "○",
    MarkKind.UNCLEAR: "!",
}
"""The mark before the printed phrase of a row that has no day; all of them are in the bundled face."""

_UNDATED = {
    TimeKind.EVENT: MarkKind.EVENT,
    TimeKind.RELATIVE: MarkKind.RELATIVE,
    TimeKind.UNSCHEDULED: MarkKind.UNSCHEDULED,
    TimeKind.UNCLEAR: MarkKind.UNCLEAR,
}
_SPAN_MARKS = {
    SpanKind.WORK: MarkKind.BAR,
    SpanKind.CONTINUOUS: MarkKind.CONTINUOUS,
    SpanKind.OCCURRENCE: MarkKind.OCCURRENCE,
    SpanKind.ROUND: MarkKind.ROUND,
}
_GAP = 2.0
_LEAST = 3.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of a row, in pixels of the scale.

    ``x0`` to ``x1`` is its stretch (for a due mark both are the end of the day), ``filled`` the x up to which what was
    reported reaches, ``hatched`` whether its first day is inferred, ``text`` the words written on it.
    """

    kind: MarkKind
    x0: float
    x1: float
    filled: float = 0.0
    hatched: bool = False
    text: str = ""


def marks(row: PlanRow, scale: TimeScale) -> list[Mark]:
    """The marks of an item, those below first.

    The words of an undated row stand after its bars where it has any ("from March, as the project goes"), else at x 0,
    which the view holds at its left edge.
    """
    schedule = row.schedule
    made = _bars(row, scale)
    made.extend(
        Mark(MarkKind.DUE, scale.right(day), scale.right(day))
        for day in _marked_due_days(row)
        if scale.first <= day <= scale.last
    )
    if schedule.kind in _UNDATED or not made:
        kind = _UNDATED.get(schedule.kind, MarkKind.UNSCHEDULED)
        after = max((mark.x1 for mark in made), default=0.0)
        made.append(Mark(kind, after, after, text=f"{UNDATED_MARKS[kind]} {phrase(row)}"))
    return made


def summary(rows: Sequence[PlanRow], status: Status, scale: TimeScale) -> list[Mark]:
    """The mark of a collapsed heading: from the first to the last day of the ``rows`` below it, filled as done."""
    days = [day for row in rows if row.kind is NodeKind.ITEM for day in _days(row)]
    if not days:
        return []
    x0, x1 = _cut(scale, min(days), max(days))
    share = status.done / status.total if status.total else 0.0
    return [Mark(MarkKind.SUMMARY, x0, x1, x0 + (x1 - x0) * share)]


def _days(row: PlanRow) -> list[date]:
    spans = row.schedule.spans
    return [*row.schedule.due_days, *(span.first for span in spans), *(span.last for span in spans)]


def _marked_due_days(row: PlanRow) -> tuple[date, ...]:
    """Recurring work shows its due days as the ends of its bars: twelve diamonds more would only be noise."""
    if any(span.kind is SpanKind.OCCURRENCE for span in row.schedule.spans):
        return ()
    return row.schedule.due_days


def _bars(row: PlanRow, scale: TimeScale) -> list[Mark]:
    shares = _shares(row.schedule.spans, row.status)
    return [
        _bar(span, share, row, scale)
        for span, share in zip(row.schedule.spans, shares, strict=True)
        if span.last >= scale.first and span.first <= scale.last
    ]


def _bar(span: Span, share: float, row: PlanRow, scale: TimeScale) -> Mark:
    kind = _SPAN_MARKS[span.kind]
    x0, x1 = _cut(scale, span.first, span.last)
    if kind in (MarkKind.OCCURRENCE, MarkKind.ROUND) and x1 - x0 > _LEAST + 2 * _GAP:
        x0, x1 = x0 + _GAP, x1 - _GAP
    if kind is MarkKind.BAR and span.inferred:
        kind = MarkKind.INFERRED
    words = _phrase_on_band(row) if kind is MarkKind.CONTINUOUS else ""
    return Mark(kind, x0, x1, x0 + (x1 - x0) * share, span.inferred, words)


def _phrase_on_band(row: PlanRow) -> str:
    """The words on the band of continuous work: the phrase that says so."""
    said = next((t.text for t in (row.start, row.end) if t.kind is TimeKind.CONTINUOUS and t.text), "")
    return said or phrase(row)


def _cut(scale: TimeScale, first: date, last: date) -> tuple[float, float]:
    x0 = scale.left(max(first, scale.first))
    x1 = scale.right(min(last, scale.last))
    return x0, max(x1, x0 + _LEAST)


def _shares(spans: tuple[Span, ...], status: Status) -> list[float]:
    """How much of each stretch is reported: an occurrence that is done wholly, other work by the percent.

    Continuous work has no end to be a percent of.
    """
    if status.state is WorkState.DONE:
        return [1.0] * len(spans)
    if status.occurrences is not None:
        return [float(span.last in status.occurrences.done_days) for span in spans]
    worked = [place for place, span in enumerate(spans) if span.kind is not SpanKind.CONTINUOUS]
    reported = (status.percent or 0) / 100 * len(worked)
    shares = [0.0] * len(spans)
    for before, place in enumerate(worked):
        shares[place] = min(max(reported - before, 0.0), 1.0)
    return shares
