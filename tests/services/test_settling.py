"""Rival values between machines are shown with who wrote them and decided by a person, once and for all machines."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.models.errors import Mistake
from desktop.models.report import WorkState
from desktop.services import doctor, reporting
from desktop.services.settling import Clash, clashes, settle, value_words
from desktop.services.traffic import enrolling
from desktop.services.workspace import Workspace
from tests.offices import BODY, HUB, WARD, District

PERIOD = "2023-Q3"
ITEM = "I/1/1.4"
SECOND = f"{WARD} máy 2"


@pytest.fixture
def two(district: District) -> District:
    """The district with a second machine of the ward."""
    hub = district.at(HUB)
    starter = enrolling.write_starter(hub, district.root).path
    enrolling.setup_unit(district.environment, district.root / SECOND, WARD, starter, enrolling.own_code(hub))
    district.send(SECOND, HUB)
    enrolling.approve(hub, None)
    district.send(HUB, SECOND)
    return district


def enter(ws: Workspace, **values: object) -> None:
    item, unit = reporting.item_at(ws, ITEM), ws.unit_named(WARD).id
    reporting.enter(ws, item, unit, PERIOD, values, reporting.shown_now(ws, item, unit, PERIOD))


def only(ws: Workspace) -> Clash:
    (clash,) = clashes(ws)
    return clash


def exchange(district: District) -> None:
    """Everybody sends to the hub, and the hub to everybody."""
    for office in (WARD, SECOND):
        district.send(office, HUB)
    for office in (WARD, SECOND):
        district.send(HUB, office)


def test_two_machines_of_a_unit_differ_and_the_unit_decides(two: District) -> None:
    enter(two.at(WARD), percent=40)
    enter(two.at(SECOND), percent=60)
    exchange(two)
    for office, ours in ((WARD, True), (SECOND, True), (HUB, False)):
        clash = only(two.at(office))
        assert (clash.field_name, clash.unit_name, clash.ours) == ("Tỷ lệ %", WARD, ours)
        assert {(one.words, one.machine, one.provisional) for one in clash.rivals} == {
            ("40%", f"{WARD} · PC1", True), ("60%", f"{WARD} · PC2", False)
        }
    assert clashes(two.at(BODY)) == ()
    changes = settle(two.at(WARD), only(two.at(WARD)), 60)
    assert changes.conflicts == frozenset()
    assert clashes(two.at(WARD)) == ()
    exchange(two)
    for office in (WARD, SECOND, HUB):
        assert clashes(two.at(office)) == ()
        assert [line.report.percent for line in reporting.report_lines(two.at(office))] == [60]
        assert doctor.examine(two.at(office)).ok


def test_values_typed_over_by_the_same_machine_are_no_decisions(two: District) -> None:
    for percent in (10, 20, 30):
        enter(two.at(WARD), percent=percent)
        enter(two.at(SECOND), percent=percent + 5)
    exchange(two)
    assert [only(two.at(office)).ours for office in (WARD, SECOND, HUB)] == [True, True, False]


def test_hub_and_unit_differ_and_the_hub_decides(two: District) -> None:
    enter(two.at(WARD), result="Phường ghi", state=WorkState.DONE)
    enter(two.at(HUB), result="Quận ghi", state=WorkState.DONE)
    exchange(two)
    clash = only(two.at(HUB))
    assert (clash.ours, only(two.at(WARD)).ours, clash.field) == (True, False, "result")
    settle(two.at(HUB), clash, "Phường ghi\nQuận ghi")
    exchange(two)
    for office in (WARD, SECOND, HUB):
        assert [line.report.result for line in reporting.report_lines(two.at(office))] == ["Phường ghi\nQuận ghi"]


def test_two_decisions_that_differ_are_the_hubs_to_settle(two: District) -> None:
    enter(two.at(WARD), percent=40)
    enter(two.at(SECOND), percent=60)
    exchange(two)
    settle(two.at(WARD), only(two.at(WARD)), 40)
    settle(two.at(SECOND), only(two.at(SECOND)), 60)
    exchange(two)
    clash = only(two.at(HUB))
    assert (clash.ours, only(two.at(WARD)).ours) == (True, False)
    settle(two.at(HUB), clash, 50)
    exchange(two)
    assert [clashes(two.at(office)) for office in (WARD, SECOND, HUB)] == [()] * 3


def test_a_value_nobody_saw_opens_it_again(two: District) -> None:
    enter(two.at(WARD), percent=40)
    enter(two.at(SECOND), percent=60)
    two.send(WARD, HUB)
    two.send(SECOND, HUB)
    seen = only(two.at(HUB))
    enter(two.at(SECOND), percent=70)
    two.send(SECOND, HUB)
    # The list on the screen is older than the file that came in.
    settle(two.at(HUB), seen, 40)
    clash = only(two.at(HUB))
    assert {one.words for one in clash.rivals} == {"40%", "70%"}


def test_what_was_decided_elsewhere_is_not_decided_again(two: District) -> None:
    enter(two.at(WARD), percent=40)
    enter(two.at(SECOND), percent=60)
    exchange(two)
    seen = only(two.at(HUB))
    settle(two.at(WARD), only(two.at(WARD)), 60)
    two.send(WARD, HUB)
    with pytest.raises(Mistake) as told:
        settle(two.at(HUB), seen, 40)
    assert told.value.code == "CLASH_GONE"
    assert clashes(two.at(HUB)) == ()


def test_a_decision_is_checked_like_an_entry(two: District) -> None:
    enter(two.at(WARD), percent=40)
    enter(two.at(SECOND), percent=60)
    exchange(two)
    with pytest.raises(Mistake) as told:
        settle(two.at(HUB), only(two.at(HUB)), 140)
    assert told.value.code == "REPORT_BAD_VALUE"
    assert only(two.at(HUB)).rivals


def test_values_are_written_as_people_write_them() -> None:
    assert [value_words(one) for one in (None, "", WorkState.DONE, date(2023, 9, 1), 0, "Chữ")] == [
        "(để trống)", "(để trống)", "Hoàn thành", "01/09/2023", "0%", "Chữ"
    ]
