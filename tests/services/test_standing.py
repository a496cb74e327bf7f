"""How rows stand: k of n over periods, rounds of many wards, continuous work this period."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.models.report import Timeliness, WorkState
from desktop.services import reporting
from desktop.services.standing import standing
from desktop.services.views import Status
from desktop.services.workspace import Workspace
from tests.offices import HUB, District

MONTHLY = "II/2/2.1/2.1.26"
"""Hàng tháng – Tháng 12/2023."""
ROUNDS = "II/3/3.1/3.1.15/+3"
"""Đợt 1: Tháng 4, Đợt 2: Tháng 10; Hội Đông y and 14 health stations of wards."""
WARDS = "I/1/1.4"
"""Led by every ward: Tháng 3,7,10/2023 with an end in November."""
CONTINUOUS = "II/2/2.1/2.1.17"
SINGLE = "II/2/2.1/2.1.9"


@pytest.fixture
def hub(district: District) -> Workspace:
    return district.at(HUB)


def status(ws: Workspace, path: str, until: str | None = None) -> Status:
    item = reporting.item_at(ws, path)
    return next(row.status for row in standing(ws, until) if row.node.record == item)


def leads(ws: Workspace, path: str) -> list[str]:
    item = reporting.item_at(ws, path)
    return [unit for one, unit in ws.store.queries.leads() if one == item]


def enter(ws: Workspace, path: str, unit: str, period: str, **values: object) -> None:
    item = reporting.item_at(ws, path)
    reporting.enter(ws, item, unit, period, values, reporting.shown_now(ws, item, unit, period))


def test_monthly_work_is_k_of_n_over_its_periods(hub: Workspace) -> None:
    (unit,) = leads(hub, MONTHLY)
    before = status(hub, MONTHLY).occurrences
    assert before is not None
    assert (before.done, before.total, before.due) == (0, 12, 8)
    for period in ("2023-Q1", "2023-Q2"):
        enter(hub, MONTHLY, unit, period, state=WorkState.DONE, done_on=date(2023, 3, 31), percent=100)
    enter(hub, MONTHLY, unit, "2023-07", state=WorkState.DONE)
    enter(hub, MONTHLY, unit, "2023-08", state=WorkState.DOING, percent=20)
    now = status(hub, MONTHLY)
    assert now.occurrences is not None
    assert (now.occurrences.done, now.occurrences.late_days) == (7, (date(2023, 8, 31),))
    # "Hoàn thành" of a month is not the end of the year's work.
    assert (now.state, now.percent, now.total) == (WorkState.DOING, 20, 0)
    enter(hub, MONTHLY, unit, "2023-08", state=WorkState.DONE, percent=100)
    assert (status(hub, MONTHLY).state, status(hub, MONTHLY).percent) == (WorkState.DOING, 66)
    half = status(hub, MONTHLY, "2023-H1").occurrences
    assert half is not None
    assert half.done == 6
    enter(hub, MONTHLY, unit, "2023", state=WorkState.DONE, percent=100, done_on=date(2023, 12, 20))
    whole = status(hub, MONTHLY)
    assert whole.occurrences is not None
    assert whole.occurrences.is_complete
    assert (whole.state, whole.percent, whole.timeliness) == (WorkState.DONE, 100, Timeliness.DONE_ON_TIME)


def test_rounds_of_many_units_count_the_round_at_hand(hub: Workspace) -> None:
    units = leads(hub, ROUNDS)
    assert len(units) == 15
    for unit in units:
        enter(hub, ROUNDS, unit, "2023-Q2", state=WorkState.DONE, done_on=date(2023, 4, 20))
    for unit in units[:12]:
        enter(hub, ROUNDS, unit, "2023-Q4", state=WorkState.DONE, done_on=date(2023, 10, 5))
    now = status(hub, ROUNDS)
    assert now.occurrences is not None
    assert (now.occurrences.done, now.occurrences.total) == (1, 2)
    assert (now.done, now.total) == (12, 15)
    # A body of the district among them: no level's word fits all.
    assert now.leads_word == ""
    for unit in units[12:]:
        enter(hub, ROUNDS, unit, "2023-Q4", state=WorkState.DONE, done_on=date(2023, 11, 5))
    done = status(hub, ROUNDS)
    assert (done.state, done.timeliness, done.done) == (WorkState.DONE, Timeliness.DONE_LATE, 15)


def test_a_round_done_early_is_not_due_soon(hub: Workspace, district: District) -> None:
    district.clock.now = district.clock.now.replace(month=7, day=20)
    wards = leads(hub, WARDS)
    assert status(hub, WARDS).timeliness is Timeliness.DUE_SOON
    for ward in wards:
        enter(hub, WARDS, ward, "2023-Q3", state=WorkState.DONE, done_on=date(2023, 7, 15))
    now = status(hub, WARDS)
    assert now.occurrences is not None
    assert (now.timeliness, now.occurrences.done_days) == (Timeliness.IN_TIME, (date(2023, 7, 31),))
    assert now.occurrences.late_days == (date(2023, 3, 31),)


def test_wards_are_counted_by_their_levels_word(hub: Workspace) -> None:
    wards = leads(hub, WARDS)
    for ward in wards[:5]:
        enter(hub, WARDS, ward, "2023-Q1", state=WorkState.DONE, done_on=date(2023, 3, 20))
    now = status(hub, WARDS)
    assert (now.done, now.total, now.leads_word) == (5, 14, "phường")
    assert status(hub, "I/2/2.3/2.3.3").leads_word == "phường"
    assert status(hub, SINGLE).leads_word == ""


def test_continuous_work_is_reported_this_period_or_not(hub: Workspace, district: District) -> None:
    (unit,) = leads(hub, CONTINUOUS)
    enter(hub, CONTINUOUS, unit, "2023-Q2", state=WorkState.DOING, result="duy trì")
    now = status(hub, CONTINUOUS)
    assert (now.reported, now.reported_now, now.occurrences) == (True, False, None)
    assert status(hub, CONTINUOUS, "2023-Q2").reported_now
    enter(hub, CONTINUOUS, unit, "2023-Q3", state=WorkState.DOING, result="duy trì")
    assert status(hub, CONTINUOUS).reported_now
    # The next period begins: there is nothing of it yet. After the year its last period is looked at.
    district.clock.now = district.clock.now.replace(month=10)
    assert not status(hub, CONTINUOUS).reported_now
    enter(hub, CONTINUOUS, unit, "2023-Q4", state=WorkState.DOING)
    district.clock.now = district.clock.now.replace(year=2024)
    assert status(hub, CONTINUOUS).reported_now
    # A report that was emptied again is none.
    enter(hub, CONTINUOUS, unit, "2023-Q4", state=None)
    assert not status(hub, CONTINUOUS).reported_now


def test_work_with_one_deadline_stands_as_before(hub: Workspace) -> None:
    (unit,) = leads(hub, SINGLE)
    enter(hub, SINGLE, unit, "2023-Q3", state=WorkState.DONE, percent=100, done_on=date(2023, 9, 8))
    now = status(hub, SINGLE)
    assert (now.state, now.timeliness, now.occurrences) == (WorkState.DONE, Timeliness.DONE_ON_TIME, None)


def test_of_two_periods_that_end_together_the_longer_stands(hub: Workspace) -> None:
    (unit,) = leads(hub, SINGLE)
    enter(hub, SINGLE, unit, "2023-Q4", state=WorkState.DOING, percent=50)
    enter(hub, SINGLE, unit, "2023", state=WorkState.DONE, percent=100)
    assert status(hub, SINGLE).state is WorkState.DONE


def test_one_period_without_anything_is_no_year_without(hub: Workspace) -> None:
    (unit,) = leads(hub, MONTHLY)
    enter(hub, MONTHLY, unit, "2023-Q1", state=WorkState.NONE_ARISING)
    now = status(hub, MONTHLY)
    assert now.occurrences is not None
    assert (now.state, now.occurrences.total) == (WorkState.DOING, 9)
    enter(hub, MONTHLY, unit, "2023", state=WorkState.NONE_ARISING)
    now = status(hub, MONTHLY)
    assert now.occurrences is not None
    assert (now.state, now.occurrences.total, now.timeliness) == (WorkState.NONE_ARISING, 0, Timeliness.NO_DEADLINE)
