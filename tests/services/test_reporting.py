"""Entering a report: what is checked, what is saved, what an unchanged value does."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.models.errors import Mistake
from desktop.models.report import Report, WorkState
from desktop.services import reporting
from desktop.services.workspace import Workspace
from tests.offices import BODY, HUB, WARD, District

PERIOD = "2023-Q3"


@pytest.fixture
def ward(district: District) -> Workspace:
    return district.at(WARD)


def test_a_ward_sees_its_share_of_rows_led_by_all_wards(ward: Workspace) -> None:
    view = reporting.work_view(ward, PERIOD)
    leads = {(row.path, row.unit_name) for row in view.rows if row.lead}
    assert ("I/1/1.4", "Phường Bồ Đề") in leads
    assert ("II/3/3.1/3.1.19", "Phường Bồ Đề") in leads
    assert ("II/3/3.1/3.1.15/+3", "Trạm Y tế phường Bồ Đề") in leads
    assert len({path for path, _ in leads}) == 13
    assert sum(not row.lead for row in view.rows) > 80
    assert [row.path for row in view.rows if row.lead][0] == "I/1/1.4"


def test_a_ward_that_is_not_named_has_no_share_of_named_wards(district: District) -> None:
    hub = district.at(HUB)
    assigned = {unit for item, unit, leads in hub.store.queries.assignments()
                if leads and item == reporting.item_at(hub, "II/3/3.1/3.1.19")}
    assert hub.unit_named("Phường Cự Khối").id not in assigned
    assert hub.unit_named("Phường Giang Biên").id in assigned


def test_a_district_body_sees_what_it_leads(district: District) -> None:
    view = reporting.work_view(district.at(BODY), PERIOD)
    leads = [row for row in view.rows if row.lead]
    assert len(leads) == 22
    assert all(row.unit_name == "Trung tâm Phát triển quỹ đất" for row in view.rows)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"percent": 101}, "REPORT_BAD_VALUE"), ({"percent": -1}, "REPORT_BAD_VALUE"),
        ({"percent": "nửa"}, "REPORT_BAD_VALUE"), ({"state": "xong"}, "REPORT_BAD_VALUE"),
        ({"done_on": "31/2/2023"}, "REPORT_BAD_VALUE"), ({"result": "x" * 20_001}, "REPORT_BAD_VALUE"),
        ({"result": "a\0b"}, "REPORT_TOO_LONG"), ({"mood": "vui"}, "REPORT_FIELD_UNKNOWN"),
    ],
)
def test_bad_values_are_told_and_not_saved(ward: Workspace, values: dict[str, object], code: str) -> None:
    item = reporting.item_at(ward, "I/1/1.4")
    with pytest.raises(Mistake, match=code):
        reporting.enter(ward, item, ward.seat.unit, PERIOD, values, {})
    assert reporting.report_lines(ward) == ()


def test_headings_periods_and_paths_are_checked(ward: Workspace) -> None:
    with pytest.raises(Mistake, match="ITEM_NOT_REPORTABLE"):
        reporting.enter(ward, reporting.item_at(ward, "II/2"), ward.seat.unit, PERIOD, {"percent": 1}, {})
    with pytest.raises(Mistake, match="PERIOD_UNKNOWN"):
        reporting.enter(ward, reporting.item_at(ward, "I/1/1.4"), ward.seat.unit, "2023-Q5", {"percent": 1}, {})
    with pytest.raises(Mistake, match="ITEM_UNKNOWN"):
        reporting.item_at(ward, "I/1/9.9")
    with pytest.raises(Mistake, match="ITEM_UNKNOWN"):
        reporting.enter(ward, "0" * 32, ward.seat.unit, PERIOD, {"percent": 1}, {})


def test_entering_what_stands_writes_nothing_and_clearing_does(ward: Workspace) -> None:
    item = reporting.item_at(ward, "I/1/1.4")

    def facts() -> int:
        return len(list(ward.store.journal.all_facts()))

    reporting.enter(ward, item, ward.seat.unit, PERIOD, {"percent": 5, "result": "  xong  "}, {})
    (line,) = reporting.report_lines(ward)
    assert (line.report.percent, line.report.result) == (5, "xong")
    before = facts()
    changes = reporting.enter(ward, item, ward.seat.unit, PERIOD, {"percent": 5, "result": "xong"}, {})
    assert facts() == before
    assert changes.items == frozenset()
    changes = reporting.enter(ward, item, ward.seat.unit, PERIOD, {"result": ""}, {})
    assert changes.items == frozenset({item})
    assert reporting.report_lines(ward)[0].report.result == ""


def test_a_screen_that_lags_behind_its_own_saves_does_not_conflict_with_itself(ward: Workspace) -> None:
    item = reporting.item_at(ward, "I/1/1.4")
    for percent in (5, 6, 7):
        reporting.enter(ward, item, ward.seat.unit, PERIOD, {"percent": percent}, {})
    (line,) = reporting.report_lines(ward)
    assert (line.report.percent, line.report.conflicts) == (7, ())


def test_last_period_stands_beside_this_one(ward: Workspace) -> None:
    item = reporting.item_at(ward, "I/1/1.4")
    reporting.enter(ward, item, ward.seat.unit, "2023-Q2", {"percent": 30}, {})
    row = next(row for row in reporting.work_view(ward, PERIOD).rows if row.item == item)
    assert row.previous is not None
    assert row.previous.percent == 30
    assert row.report.percent is None


def test_what_is_missing_is_named() -> None:
    today = date(2023, 9, 14)
    report = Report("i", "u", PERIOD, WorkState.DONE, 90, None)
    assert [field for field, _ in reporting.problems(report, today)] == ["done_on", "percent", "result"]
    report = Report("i", "u", PERIOD, WorkState.DONE, 100, date(2023, 9, 15), "xong")
    assert [field for field, _ in reporting.problems(report, today)] == ["done_on"]
    assert reporting.problems(Report("i", "u", PERIOD), today) == ()


def test_the_current_period_is_the_quarter_of_today_within_the_plans_year(district: District) -> None:
    ward = district.at(WARD)
    assert reporting.current_period(ward) == PERIOD
    district.clock.now = district.clock.now.replace(year=2026)
    assert reporting.current_period(ward) == "2023-Q4"
    assert [period.id for period in reporting.periods(ward)] == [
        "2023-Q1", "2023-Q2", "2023-H1", "2023-Q3", "2023-Q4", "2023-H2", "2023",
    ]
