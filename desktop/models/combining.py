"""Combine the start and end cells of an item into one schedule: what is drawn, what falls due, and when."""

from __future__ import annotations

from datetime import date, timedelta

from desktop.models.schedule import Schedule, Span, SpanKind, Time, TimeKind
from desktop.models.time_reading import parts_of, recurrence_of

_UNDATED = frozenset({TimeKind.EVENT, TimeKind.RELATIVE, TimeKind.UNSCHEDULED, TimeKind.UNCLEAR})
_SEVERAL = frozenset({TimeKind.DATES, TimeKind.ROUNDS})
_DAY = timedelta(days=1)


def combine(start: Time, end: Time, year: int) -> Schedule:
    """The schedule of an item of a plan of ``year``.

    An item is due on the last day of its end cell; where that is blank, of its start cell: plans put the only date
    there. Continuous work is due only where an end is printed; recurring work falls due again and again and has a
    deadline only where an end is printed; events, relative and unclear times have none until somebody enters a date
    (``last`` beside the printed phrase, several as checkpoints), which then rules. Source: office.md "Times".
    """
    if TimeKind.RECURRING in (start.kind, end.kind):
        return _recurring(start, end, year)
    if TimeKind.CONTINUOUS in (start.kind, end.kind):
        return _continuous(start, end, year)
    if _is_undated(end):
        return _by_start(start, end, year)
    if end.last is None:
        return _open(start.first or end.first, year)
    return _until(start, end, end.last, year)


def _is_undated(time: Time) -> bool:
    """Whether a time hangs on something else, or on nothing, and nobody has entered a date for it."""
    return time.kind in _UNDATED and time.last is None


def _is_several(time: Time) -> bool:
    """Whether a time falls due more than once: as printed, or by the dates that were entered for it."""
    return time.kind in _SEVERAL or (time.kind in _UNDATED and time.first is not None and len(time.checkpoints) > 1)


def _by_start(start: Time, end: Time, year: int) -> Schedule:
    """The end cell has no days: blank, or an event and the like, which then rules and leaves no deadline."""
    if _is_undated(start):
        return Schedule(start.kind if end.kind is TimeKind.UNSCHEDULED else end.kind)
    if start.last is None:
        opened = _open(start.first, year)
        return opened if end.kind is TimeKind.UNSCHEDULED else Schedule(end.kind, opened.spans)
    spans, due_days = _own_days(start, start.first or date(year, 1, 1), start.last)
    if end.kind is not TimeKind.UNSCHEDULED:
        return Schedule(end.kind, spans)
    return Schedule(start.kind, spans, due_days, due_days[-1])


def _own_days(time: Time, first: date, last: date) -> tuple[tuple[Span, ...], tuple[date, ...]]:
    """Spans and due days of a dated time by itself."""
    if _is_several(time):
        return tuple(Span(*part, SpanKind.ROUND) for part in parts_of(time)), time.checkpoints
    return (Span(first, last, SpanKind.WORK, inferred=time.first is None),), (last,)


def _open(first: date | None, year: int) -> Schedule:
    """From a day onward, without an end: drawn to the end of the year, never due."""
    if first is None:
        return Schedule(TimeKind.RANGE)
    return Schedule(TimeKind.RANGE, (Span(first, _year_end(first, year), SpanKind.CONTINUOUS),))


def _until(start: Time, end: Time, deadline: date, year: int) -> Schedule:
    """Both dated, or only the end."""
    if _is_several(end):
        rounds = tuple(Span(*part, SpanKind.ROUND) for part in parts_of(end))
        lead = _work_before(start, rounds[0].first)
        return Schedule(end.kind, (*lead, *rounds), end.checkpoints, deadline)
    if _is_several(start) and start.first is not None and start.first <= deadline:
        return _rounds_until(start, start.first, deadline)
    return Schedule(end.kind, (_work_span(start, end, deadline, year),), (deadline,), deadline)


def _work_before(start: Time, rounds_begin: date) -> tuple[Span, ...]:
    if start.first is None or start.first >= rounds_begin:
        return ()
    return (Span(start.first, rounds_begin - _DAY, SpanKind.WORK),)


def _rounds_until(start: Time, first: date, deadline: date) -> Schedule:
    """ "Tháng 3, 7, 10" with an end in "Tháng 11": each round falls due, and the whole at the end."""
    rounds = [Span(*part, SpanKind.ROUND) for part in parts_of(start) if part[1] <= deadline]
    begin = rounds[-1].last + _DAY if rounds else first
    if begin <= deadline:
        rounds.append(Span(begin, deadline, SpanKind.WORK))
    due_days = [day for day in start.checkpoints if day < deadline]
    return Schedule(start.kind, tuple(rounds), (*due_days, deadline), deadline)


def _work_span(start: Time, end: Time, deadline: date, year: int) -> Span:
    if start.first is not None and start.first <= deadline:
        return Span(start.first, deadline, SpanKind.WORK)
    if start.first is None and end.first is not None and _states_first_day(end):
        return Span(end.first, deadline, SpanKind.WORK)
    if start.first is not None and end.first is not None:
        # The start lies after the end: a finding of the import. Only the end is believed.
        return Span(end.first, deadline, SpanKind.WORK, inferred=True)
    return Span(date(min(year, deadline.year), 1, 1), deadline, SpanKind.WORK, inferred=True)


def _states_first_day(end: Time) -> bool:
    """A range says when it begins, and so does a whole year; a month in the end column only says when it is due."""
    whole_year = end.kind is TimeKind.YEAR and end.first is not None and end.first.month == 1
    return end.kind is TimeKind.RANGE or whole_year


def _continuous(start: Time, end: Time, year: int) -> Schedule:
    running = end if end.kind is TimeKind.CONTINUOUS else start
    other = start if running is end else end
    first = start.first or end.first if running is end else start.first
    deadline = _printed_end(running) if other is start or _is_undated(other) else other.last
    last = deadline or running.last or _year_end(first, year)
    if first is None or first > last:
        # Not printed, or after the end (a finding of the import): then only the end is believed.
        first = date(min(year, last.year), 1, 1)
    spans = (Span(first, last, SpanKind.CONTINUOUS),)
    kind = TimeKind.UNCLEAR if end.kind is TimeKind.UNCLEAR else TimeKind.CONTINUOUS
    return Schedule(kind, spans, (deadline,) if deadline else (), deadline)


def _printed_end(running: Time) -> date | None:
    """ "Thường xuyên đến hết tháng 11" ends; "Thường xuyên trong năm 2023" only says where it runs."""
    return running.last if running.first is None else None


def _recurring(start: Time, end: Time, year: int) -> Schedule:
    recurring = end if end.kind is TimeKind.RECURRING else start
    other = start if recurring is end else end
    deadline = None if other is start or _is_undated(other) or other.kind is TimeKind.CONTINUOUS else other.last
    first = recurring.first or date(year, 1, 1)
    if other is start and other.first is not None and other.kind is not TimeKind.RECURRING:
        first = other.first
    last = deadline or recurring.last or _year_end(first, year)
    if first > last:
        first = date(last.year, 1, 1)
    due_days = _due_days(recurring, first, last)
    if deadline and (not due_days or due_days[-1] < deadline):
        # The last occurrence is cut short by the printed end.
        due_days = (*due_days, deadline)
    spans = _occurrences(first, last, due_days)
    kind = TimeKind.UNCLEAR if end.kind is TimeKind.UNCLEAR else TimeKind.RECURRING
    return Schedule(kind, spans, due_days, deadline)


def _due_days(recurring: Time, first: date, last: date) -> tuple[date, ...]:
    rule = recurrence_of(recurring)
    if rule is None:
        return tuple(day for day in recurring.checkpoints if first <= day <= last)
    return rule.due_days(first, last)


def _occurrences(first: date, last: date, due_days: tuple[date, ...]) -> tuple[Span, ...]:
    """One span for each due day, from the day after the one before; weekly work is one stretch."""
    if not due_days:
        return (Span(first, last, SpanKind.CONTINUOUS),)
    begins = (first, *(day + _DAY for day in due_days[:-1]))
    return tuple(Span(begin, due, SpanKind.OCCURRENCE) for begin, due in zip(begins, due_days, strict=True))


def _year_end(first: date | None, year: int) -> date:
    return date(max(year, first.year) if first else year, 12, 31)
