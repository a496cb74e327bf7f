"""From the reports of an item's lead units to the item, and from items to the counts that offices print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.report import Report, Timeliness, WorkState

_ADVANCE = {WorkState.TODO: 0, WorkState.PAUSED: 1, WorkState.DOING: 2, WorkState.DONE: 3}


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item as its leads together report it.

    ``percent`` is None while nobody has reported; ``done_on`` is the last lead's day, only when all are done. ``done``
    of ``total`` counts leads, without those for whom nothing arose; ``reported`` how many sent anything.
    """

    state: WorkState
    percent: int | None
    done_on: date | None
    done: int
    total: int
    reported: int


def least_advanced(states: Iterable[WorkState | None]) -> WorkState:
    """The least advanced state: todo, paused, doing, done; a lead without a report has not begun.

    "Không phát sinh" leaves the comparison unless it is all there is. No lead at all: not begun.
    """
    known = [state or WorkState.TODO for state in states]
    counted = [state for state in known if state is not WorkState.NONE_ARISING]
    if not counted:
        return WorkState.NONE_ARISING if known else WorkState.TODO
    return min(counted, key=_ADVANCE.__getitem__)


def item_state(reports_by_lead: Sequence[Report | None]) -> ItemState:
    """The state of an item from the report of each lead unit, None where a lead has sent none.

    By default the least advanced lead's state, the mean of their percents (half up, missing as 0, done as 100) and the
    last completion date. Source: office.md "Units and people".
    """
    state = least_advanced(report.state if report else None for report in reports_by_lead)
    counted = [report for report in reports_by_lead if report is None or report.state is not WorkState.NONE_ARISING]
    reported = sum(report is not None for report in reports_by_lead)
    done = [report for report in counted if report is not None and report.state is WorkState.DONE]
    dates = [report.done_on for report in done if report.done_on is not None]
    return ItemState(
        state=state,
        percent=_mean_percent(counted) if reported else None,
        done_on=max(dates, default=None) if state is WorkState.DONE else None,
        done=len(done),
        total=len(counted),
        reported=reported,
    )


def _mean_percent(reports: Sequence[Report | None]) -> int | None:
    if not reports:
        return None
    total = sum(_percent(report) for report in reports)
    # Half up in whole numbers: 0.5 percent counts for the office.
    return (2 * total + len(reports)) // (2 * len(reports))


def _percent(report: Report | None) -> int:
    if report is None:
        return 0
    if report.percent is None:
        return 100 if report.state is WorkState.DONE else 0
    return report.percent


@dataclass(frozen=True, slots=True)
class FourWay:
    """Tổng số | HT trong hạn | HT trễ hạn | Chưa HT trong hạn | Chưa HT trễ hạn.

    ``no_deadline`` is part of ``open_in_time`` ("trong đó không hạn"); ``paused`` stays in the total,
    ``none_arising`` has left it; both are named under Ghi chú. Source: office.md "Counting".
    """

    done_on_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_late: int = 0
    no_deadline: int = 0
    paused: int = 0
    none_arising: int = 0

    @property
    def total(self) -> int:
        """Items that count."""
        return self.done + self.open

    @property
    def done(self) -> int:
        """Items done, on time or late."""
        return self.done_on_time + self.done_late

    @property
    def open(self) -> int:
        """Items not done, in time or overdue."""
        return self.open_in_time + self.open_late

    def __add__(self, other: FourWay) -> FourWay:
        return FourWay(
            self.done_on_time + other.done_on_time,
            self.done_late + other.done_late,
            self.open_in_time + other.open_in_time,
            self.open_late + other.open_late,
            self.no_deadline + other.no_deadline,
            self.paused + other.paused,
            self.none_arising + other.none_arising,
        )


def count_one(state: WorkState | None, timely: Timeliness | None) -> FourWay:
    """The count of one item; one whose timeliness is not known counts as without deadline."""
    paused = int(state is WorkState.PAUSED)
    if state is WorkState.NONE_ARISING:
        return FourWay(none_arising=1)
    match timely:
        case Timeliness.DONE_ON_TIME:
            return FourWay(done_on_time=1)
        case Timeliness.DONE_LATE:
            return FourWay(done_late=1)
        case Timeliness.OVERDUE:
            return FourWay(open_late=1, paused=paused)
        case Timeliness.NO_DEADLINE | None:
            return FourWay(open_in_time=1, no_deadline=1, paused=paused)
        case _:
            return FourWay(open_in_time=1, paused=paused)


def count_four_ways(items: Iterable[tuple[WorkState | None, Timeliness | None]]) -> FourWay:
    """The counts of items, each given by its state and timeliness."""
    return sum((count_one(state, timely) for state, timely in items), FourWay())


def rate(part: int, total: int) -> str:
    """A share of the total in percent, one decimal with a comma, half up: "93,5"; empty when there is nothing."""
    if not total:
        return ""
    thousandths = (2000 * part + total) // (2 * total)
    return f"{thousandths // 10},{thousandths % 10}"


def four_way_sentence(counts: FourWay, noun: str = "nhiệm vụ") -> str:
    """The sentence offices write; ``noun`` is "chỉ tiêu" where those are counted."""
    no_deadline = f", trong đó không hạn {counts.no_deadline}" if counts.no_deadline else ""
    return (
        f"Tổng số {counts.total} {noun}; đã hoàn thành {counts.done} (đúng hạn {counts.done_on_time}, "
        f"trễ hạn {counts.done_late}); chưa hoàn thành {counts.open} (trong hạn {counts.open_in_time}{no_deadline}, "
        f"quá hạn {counts.open_late})."
    )


def four_way_note(counts: FourWay) -> str:
    """What stands under Ghi chú: items paused (in the total) and items that did not arise (not in it)."""
    parts = []
    if counts.paused:
        parts.append(f"Tạm dừng: {counts.paused}")
    if counts.none_arising:
        parts.append(f"Không phát sinh: {counts.none_arising} (không tính vào tổng số)")
    return "; ".join(parts)
