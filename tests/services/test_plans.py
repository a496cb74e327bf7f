"""Several plans in one folder: a new year at the hub and at units, files that find their plan, ending, switching."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.models.errors import Mistake, Refused
from desktop.models.facts import ALL, Content
from desktop.models.report import WorkState
from desktop.services import doctor, reporting
from desktop.services.plan import planning
from desktop.services.plan.amending import amend
from desktop.services.plan.comparing import compare_plan, read_newer
from desktop.services.plan.issuing import read_for_office
from desktop.services.plan.new_plan import Carried, open_new_plan, unfinished
from desktop.services.plan.plan_changes import RowOutcome
from desktop.services.plan.planning import earlier_reports
from desktop.services.plan.plans import choose_plan, close_plan, plans, reopen_plan
from desktop.services.records import texts_of, time_of
from desktop.services.traffic import enrolling, exchanging
from desktop.services.traffic.views import ImportDone, Outcome
from desktop.services.units.editing import teach_name
from desktop.services.views import Identity, Role
from desktop.services.workspace import Workspace
from tests.next_year import NUMBER, ROWS, write_next_plan
from tests.offices import BODY, HUB, PLAN, WARD, District

OLD = "160-KH/QU"
ITEM = "II/2/2.1/2.1.9"
"""Led by TTPTQĐ in the bundled plan."""
SHARED = "I/1/1.4"
PERIOD = "2023-Q4"


def enter(ws: Workspace, path: str, unit: str, period: str = PERIOD, **values: object) -> None:
    item, owner = reporting.item_at(ws, path), ws.unit_named(unit).id
    reporting.enter(ws, item, owner, period, values, reporting.shown_now(ws, item, owner, period))


def percents(ws: Workspace, path: str) -> list[int | None]:
    return [line.report.percent for line in reporting.report_lines(ws) if line.item_path == path]


def next_year(district: District, *carried: Carried, number: str = NUMBER) -> Identity:
    """The hub opens the plan of 2024."""
    hub = district.at(HUB)
    plan, tree = read_for_office(hub, write_next_plan(district.root, number=number))
    return open_new_plan(hub, plan, tree, carried)


def turn(ws: Workspace, number: str) -> None:
    choose_plan(ws, next(one.id for one in plans(ws) if one.number == number))


def bring(district: District, name: str) -> ImportDone:
    """The hub's common file arrives at a unit."""
    return exchanging.import_files(district.at(name), [district.written(HUB)["Tất cả đơn vị"]])


def test_a_new_plan_stands_beside_the_old_one(district: District) -> None:
    hub = district.at(HUB)
    enter(hub, SHARED, WARD, percent=40)
    before, old_id = doctor.digest(hub), hub.store.plan
    who = next_year(district)
    assert (who.role, who.unit_name, who.plan.number, who.plan.year) == (Role.HUB, HUB, NUMBER, 2024)
    assert [(one.number, one.year, one.current) for one in plans(hub)] == [(NUMBER, 2024, True), (OLD, 2023, False)]
    rows = planning.plan_view(hub).rows
    assert [row.path for row in rows] == ["I", "I/1", "II", "II/1", "II/2"]
    record = hub.store.queries.record(hub.store.plan)
    assert record is not None
    assert record.body["previous"] == old_id
    assert reporting.report_lines(hub) == ()
    assert {grant.device for grant in hub.grants()} == {grant.device for grant in hub.of(old_id).grants()}
    assert doctor.examine(hub).ok
    turn(hub, OLD)
    assert doctor.digest(hub) == before
    assert percents(hub, SHARED) == [40]
    assert len(planning.plan_view(hub).rows) == 180


def test_a_folder_opened_again_is_in_the_plan_last_chosen(district: District) -> None:
    next_year(district)
    district.close()
    assert district.at(HUB).identity().plan.number == NUMBER
    turn(district.at(HUB), OLD)
    district.close()
    assert district.at(HUB).identity().plan.number == OLD
    with pytest.raises(Mistake) as told:
        choose_plan(district.at(HUB), "ab" * 16)
    assert told.value.code == "PLAN_UNKNOWN"
    assert district.at(HUB).identity().plan.number == OLD


def test_units_and_the_names_taught_to_them_go_along(district: District) -> None:
    hub = district.at(HUB)
    body = hub.unit_named(BODY)
    teach_name(hub, "Trung tâm đất đai mới", body.id)
    row = "1|Việc của trung tâm|Đ/c Nguyễn Văn An|Trung tâm đất đai mới|UBND các phường||25/10/2024"
    plan, tree = read_for_office(hub, write_next_plan(district.root, rows=("I|NHIỆM VỤ|||||", row)))
    open_new_plan(hub, plan, tree)
    node = hub.store.queries.record(reporting.item_at(hub, "I/1"))
    assert node is not None
    assert texts_of(node.body["leads"]) == (body.id,)
    assert len(texts_of(node.body["coordinators"])) == 14
    assert "Trung tâm đất đai mới" in hub.unit_named(BODY).aliases


def test_the_calendar_moves_to_the_new_year(district: District) -> None:
    hub = district.at(HUB)
    with hub.store.atomic():
        hub.append(ALL, [
            Content(hub.now(), "", "duty", "2023-Q3", {"closes": "2023-09-14", "send_by": "2023-09-15"}, {}),
            Content(hub.now(), "", "duty", "2023", {"closes": None, "send_by": "2024-02-29"}, {}),
        ])
    next_year(district)
    assert {row.record: row.body for row in hub.store.queries.records("duty")} == {
        "2024-Q3": {"closes": "2024-09-14", "send_by": "2024-09-15"},
        "2024": {"closes": None, "send_by": "2025-02-28"},
    }


def test_what_is_not_done_is_offered_and_carried_over(district: District) -> None:
    hub = district.at(HUB)
    enter(hub, ITEM, BODY, percent=70, state=WorkState.DOING, result="Xong phần móng")
    enter(hub, ITEM, BODY, "2023-Q3", percent=30, state=WorkState.DOING)
    done = reporting.item_at(hub, "II/2/2.1/2.1.10")
    for _, unit in [pair for pair in hub.store.queries.leads() if pair[0] == done]:
        reporting.enter(hub, done, unit, PERIOD, {"state": WorkState.DONE, "percent": 100}, {})
    offered = {row.path: row for row in unfinished(hub)}
    assert "II/2/2.1/2.1.10" not in offered
    row = offered[ITEM]
    assert row.last is not None
    assert (row.last.report.period, row.status.percent, row.lead_units) == (PERIOD, 70, ("TTPTQĐ",))
    old = hub.store.queries.record(row.record)
    assert old is not None
    next_year(district, Carried(row.record), Carried(offered[SHARED].record))
    rows = {one.path: one for one in planning.plan_view(hub).rows}
    assert list(rows)[-4:] == ["chi-tieu-chuyen-tiep", "chi-tieu-chuyen-tiep/1", "chuyen-tiep", "chuyen-tiep/1"]
    assert rows["chuyen-tiep"].title == "Nhiệm vụ chuyển tiếp từ năm 2023"
    carried = rows["chuyen-tiep/1"]
    assert (carried.title, carried.end, carried.lead_units) == (row.title, time_of(old.body["end"]), row.lead_units)
    details = planning.node_details(hub, carried.id)
    assert dict(details.printed)["TT"] == "2.1.9"
    assert [(line.report.period, line.report.percent) for line in details.earlier] == [(PERIOD, 70), ("2023-Q3", 30)]
    assert details.reports == ()
    assert planning.node_details(hub, rows["II/1"].id).earlier == ()
    assert (carried.id, hub.unit_named(BODY).id) in hub.store.queries.leads()


def test_a_row_of_the_new_plan_may_continue_an_old_one(district: District) -> None:
    hub = district.at(HUB)
    enter(hub, ITEM, BODY, percent=70)
    old = reporting.item_at(hub, ITEM)
    next_year(district, Carried(old, as_row="II/2"))
    assert [row.path for row in planning.plan_view(hub).rows] == ["I", "I/1", "II", "II/1", "II/2"]
    (line,) = earlier_reports(hub, reporting.item_at(hub, "II/2"))
    assert (line.report.percent, line.item_path) == (70, ITEM)


def test_a_newer_version_of_the_new_plan_leaves_what_was_carried_over(district: District, tmp_path: Path) -> None:
    hub = district.at(HUB)
    next_year(district, Carried(reporting.item_at(hub, ITEM)), Carried(reporting.item_at(hub, SHARED)))
    enter(hub, "chuyen-tiep/1", BODY, "2024-Q1", percent=80)
    bring(district, WARD)
    more = "3|Trồng cây xanh tại các vườn hoa mới|Đ/c Trần Thị Bình|TTPTQĐ|UBND các phường||25/11/2024"
    newer = read_newer(hub, write_next_plan(tmp_path, rows=(*ROWS, more)))
    assert [(row.outcome, row.path) for row in compare_plan(hub, newer).rows] == [(RowOutcome.ADDED, "II/3")]
    amend(hub, newer)
    assert compare_plan(hub, newer).is_empty
    assert [row.path for row in planning.plan_view(hub).rows] == [
        "I", "I/1", "II", "II/1", "II/2", "II/3", "chi-tieu-chuyen-tiep", "chi-tieu-chuyen-tiep/1", "chuyen-tiep",
        "chuyen-tiep/1",
    ]
    bring(district, WARD)
    turn(district.at(WARD), NUMBER)
    assert planning.plan_view(district.at(WARD)).rows[-1].path == "chuyen-tiep/1"
    assert percents(hub, "chuyen-tiep/1") == [80]
    assert doctor.examine(hub).ok


def test_a_carried_row_that_a_newer_version_prints_is_that_row(district: District, tmp_path: Path) -> None:
    hub = district.at(HUB)
    old = reporting.item_at(hub, ITEM)
    enter(hub, ITEM, BODY, percent=70)
    printed = planning.node_details(hub, old).row
    next_year(district, Carried(old))
    record = reporting.item_at(hub, "chuyen-tiep/1")
    enter(hub, "chuyen-tiep/1", BODY, "2024-Q1", percent=80)
    row = f"3|{printed.title}|{'; '.join(printed.leaders)}|TTPTQĐ|UBND các phường||25/11/2024"
    amend(hub, read_newer(hub, write_next_plan(tmp_path, rows=(*ROWS, row))))
    assert [one.path for one in planning.plan_view(hub).rows] == ["I", "I/1", "II", "II/1", "II/2", "II/3"]
    assert reporting.item_at(hub, "II/3") == record
    assert percents(hub, "II/3") == [80]
    assert [line.report.percent for line in earlier_reports(hub, record)] == [70]
    assert doctor.examine(hub).ok


def test_who_asked_before_the_new_year_is_admitted_to_it_too(district: District, tmp_path: Path) -> None:
    late = "Hội LHPN quận"
    hub = district.at(HUB)
    starter = enrolling.write_starter(hub, tmp_path).path
    enrolling.setup_unit(district.environment, district.root / late, late, starter, enrolling.own_code(hub))
    district.send(late, HUB)
    next_year(district)
    turn(hub, OLD)
    (one,) = enrolling.approve(hub, None).approved
    assert one.unit_name == district.at(late).identity().unit_name
    district.send(HUB, late)
    turn(hub, NUMBER)
    (receipt,) = bring(district, late).receipts
    assert receipt.outcome is Outcome.IMPORTED
    turn(district.at(late), NUMBER)
    enter(district.at(late), "II/2", late, "2024-Q1", percent=15)
    district.send(late, HUB)
    assert percents(hub, "II/2") == [15]
    assert doctor.examine(hub).ok


def test_a_row_carried_twice_tells_both_years(district: District) -> None:
    hub = district.at(HUB)
    enter(hub, ITEM, BODY, percent=70)
    next_year(district, Carried(reporting.item_at(hub, ITEM)))
    enter(hub, "chuyen-tiep/1", BODY, "2024-Q1", percent=80)
    plan, tree = read_for_office(hub, write_next_plan(district.root, number="7-KH/QU", year=2025))
    open_new_plan(hub, plan, tree, [Carried(reporting.item_at(hub, "chuyen-tiep/1"))])
    told = [(line.report.period, line.report.percent) for line in
            earlier_reports(hub, reporting.item_at(hub, "chuyen-tiep/1"))]
    assert told == [("2024-Q1", 80), (PERIOD, 70)]


@pytest.mark.parametrize(("path", "as_row", "code"), [
    ("II/2", "", "CARRY_UNKNOWN"), (ITEM, "II/9", "CARRY_ROW_UNKNOWN"), (ITEM, "II", "CARRY_ROW_UNKNOWN"),
])
def test_what_cannot_be_carried_opens_no_plan(district: District, path: str, as_row: str, code: str) -> None:
    hub = district.at(HUB)
    before = doctor.digest(hub)
    with pytest.raises(Mistake) as told:
        next_year(district, Carried(reporting.item_at(hub, path), as_row))
    assert told.value.code == code
    assert len(plans(hub)) == 1
    assert doctor.digest(hub) == before


def test_the_same_plan_again_and_the_same_number_next_year(district: District) -> None:
    hub = district.at(HUB)
    next_year(district, number=OLD)
    assert [(one.number, one.year) for one in plans(hub)] == [(OLD, 2024), (OLD, 2023)]
    with pytest.raises(Refused) as told:
        next_year(district, number=OLD)
    assert told.value.code == "PLAN_ALREADY_OPEN"
    plan, tree = read_for_office(hub, PLAN)
    with pytest.raises(Refused) as told:
        open_new_plan(hub, plan, tree)
    assert told.value.code == "PLAN_ALREADY_OPEN"
    assert len(plans(hub)) == 2
    with pytest.raises(Mistake) as denied:
        open_new_plan(district.at(WARD), plan, tree)
    assert denied.value.code == "HUB_ONLY"


@pytest.mark.parametrize("by", ["common", "starter"])
def test_at_a_unit_the_new_plan_opens_by_its_file(district: District, by: str) -> None:
    hub, ward = district.at(HUB), district.at(WARD)
    enter(ward, SHARED, WARD, percent=40)
    keys = sorted(path.name for path in district.environment.keys_folder.iterdir())
    next_year(district)
    common, starter = district.written(HUB)["Tất cả đơn vị"], enrolling.write_starter(hub, district.root).path
    file = common if by == "common" else starter
    before = doctor.digest(ward)
    checked = exchanging.check_file(ward, file)
    assert len(plans(ward)) == 1
    done = exchanging.import_files(ward, [file])
    (receipt,) = done.receipts
    assert receipt.summary.startswith("Đã mở Kế hoạch 98-KH/QU năm 2024 trong sổ này.")
    assert (receipt.outcome, receipt.plan) == (Outcome.IMPORTED, "98-KH/QU năm 2024")
    assert (checked.summary, checked.outcome, checked.new) == (receipt.summary, receipt.outcome, receipt.new)
    assert (done.changes.plans, done.changes.plan, done.changes.items) == (True, False, frozenset())
    assert (doctor.digest(ward), ward.identity().plan.number) == (before, OLD)
    turn(ward, NUMBER)
    who = ward.identity()
    assert (who.role, who.unit_name, who.plan.year) == (Role.UNIT, WARD, 2024)
    assert ward.authority().grants_of(ward.seat.device)
    assert sorted(path.name for path in district.environment.keys_folder.iterdir()) == keys
    assert doctor.examine(ward).ok


def test_a_file_finds_its_plan_whatever_plan_one_works_in(district: District) -> None:
    hub, ward = district.at(HUB), district.at(WARD)
    next_year(district)
    bring(district, WARD)
    turn(ward, NUMBER)
    enter(ward, "II/1", WARD, "2024-Q1", percent=25)
    enter(ward.of(plans(ward)[1].id), SHARED, WARD, percent=55)
    new_file = district.written(WARD)[HUB]
    turn(ward, OLD)
    old_file = district.written(WARD)[HUB]
    turn(hub, OLD)
    done = exchanging.import_files(hub, [new_file, old_file])
    assert [(one.outcome, one.plan) for one in done.receipts] == [
        (Outcome.IMPORTED, "98-KH/QU năm 2024"), (Outcome.IMPORTED, ""),
    ]
    assert done.changes.items == {reporting.item_at(hub, SHARED)}
    assert (percents(hub, SHARED), percents(hub, "II/2")) == ([55], [])
    shown = {one.file: one.plan for one in exchanging.traffic(hub).received}
    assert (shown[new_file.name], shown[old_file.name]) == ("98-KH/QU năm 2024", "")
    turn(hub, NUMBER)
    assert percents(hub, "II/1") == [25]
    shown = {one.file: one.plan for one in exchanging.traffic(hub).received}
    assert (shown[new_file.name], shown[old_file.name]) == ("", "160-KH/QU năm 2023")
    # Each plan has its own words to send and its own acknowledgements; both come to silence.
    for number in (OLD, NUMBER):
        turn(hub, number)
        turn(ward, number)
        district.send(HUB, WARD)
        district.send(WARD, HUB)
        view = exchanging.traffic(ward)
        assert (view.waiting, view.unconfirmed) == (0, 0)
        assert doctor.examine(hub).ok
    assert exchanging.import_files(hub, [new_file]).receipts[0].outcome is Outcome.ALREADY_HAD


def test_a_machine_enrolled_in_no_plan_asks_in_the_new_one_too(district: District) -> None:
    starter, code = next(district.root.glob("tep-khoi-tao*")), enrolling.own_code(district.at(HUB))
    enrolling.setup_unit(district.environment, district.root / "mới", "Hội LHPN quận", starter, code)
    next_year(district)
    newcomer = district.at("mới")
    exchanging.import_files(newcomer, [enrolling.write_starter(district.at(HUB), district.root).path])
    turn(newcomer, NUMBER)
    enter(newcomer, "II/2", "Hội LHPN quận", "2024-Q1", percent=5)
    receipt = district.send("mới", HUB).receipts[0]
    assert (receipt.outcome, receipt.reason) == (Outcome.HELD, "DEVICE_NOT_ENROLLED")
    assert [one.state for one in enrolling.requests(district.at(HUB))] == ["pending"]
    enrolling.approve(district.at(HUB), None)
    assert percents(district.at(HUB), "II/2") == [5]
    turn(district.at(HUB), OLD)
    assert enrolling.requests(district.at(HUB)) != ()


def test_a_restored_hub_gets_the_new_plan_back_from_a_unit(district: District) -> None:
    district.close()
    shutil.copytree(district.root / HUB, district.root / "bản sao lưu")
    next_year(district)
    bring(district, WARD)
    ward = district.at(WARD)
    turn(ward, NUMBER)
    enter(ward, "II/1", WARD, "2024-Q1", percent=25)
    lost = doctor.digest(district.at(HUB))
    file = district.written(WARD)[HUB]
    district.close()
    shutil.rmtree(district.root / HUB)
    shutil.copytree(district.root / "bản sao lưu", district.root / HUB)
    hub = district.at(HUB)
    (receipt,) = exchanging.import_files(hub, [file]).receipts
    assert receipt.summary.startswith("Đã mở Kế hoạch 98-KH/QU năm 2024")
    turn(hub, NUMBER)
    assert hub.identity().role is Role.HUB
    assert percents(hub, "II/1") == [25]
    assert doctor.digest(hub) != lost
    assert doctor.examine(hub).ok
    # It goes on in a log of its own, and what it writes counts everywhere.
    enter(hub, "II/2", BODY, "2024-Q1", percent=60)
    bring(district, BODY)
    turn(district.at(BODY), NUMBER)
    district.send(HUB, BODY)
    assert percents(district.at(BODY), "II/2") == [60]


def test_a_plan_without_ones_unit_and_a_plan_of_strangers(district: District, tmp_path: Path) -> None:
    hub, ward = district.at(HUB), district.at(WARD)
    plan, tree = read_for_office(hub, write_next_plan(district.root))
    gone = ward.seat.unit
    left = tuple(unit for unit in tree.units if unit.id != gone)
    collectives = tuple(
        replace(one, members=tuple(member for member in one.members if member != gone)) for one in tree.collectives
    )
    open_new_plan(hub, plan, replace(tree, units=left, collectives=collectives))
    file = enrolling.write_starter(hub, district.root).path
    before = (district.root / WARD / "sotiendo.db").read_bytes()
    (receipt,) = exchanging.import_files(ward, [file]).receipts
    assert (receipt.outcome, receipt.reason) == (Outcome.REFUSED, "PLAN_WITHOUT_UNIT")
    assert "98-KH/QU năm 2024" in receipt.summary
    other = District(tmp_path / "quận khác", district.clock)
    other.root.mkdir()
    enrolling.setup_hub(other.environment, other.root / HUB, HUB, PLAN)
    foreign = enrolling.write_starter(other.at(HUB), other.root).path
    for office in (WARD, HUB):
        (receipt,) = exchanging.import_files(district.at(office), [foreign]).receipts
        assert (receipt.outcome, receipt.reason) == (Outcome.REFUSED, "PKG_OTHER_PLAN")
    assert (district.root / WARD / "sotiendo.db").read_bytes() == before
    other.close()


def test_an_ended_plan_is_read_only_everywhere_until_it_is_reopened(district: District) -> None:
    hub, ward = district.at(HUB), district.at(WARD)
    enter(ward, SHARED, WARD, percent=40)
    late = district.written(WARD)[HUB]
    assert hub.identity().closed is None
    assert close_plan(hub).plans
    assert close_plan(hub).plans is False
    assert hub.identity().closed == date(2023, 9, 14)
    with pytest.raises(Mistake) as told:
        enter(hub, SHARED, WARD, percent=50)
    assert told.value.code == "PLAN_CLOSED"
    assert "14/09/2023" in told.value.message
    with pytest.raises(Mistake) as denied:
        close_plan(ward)
    assert denied.value.code == "HUB_ONLY"
    # What was said before comes in and is acknowledged.
    (receipt,) = exchanging.import_files(hub, [late]).receipts
    assert receipt.outcome is Outcome.IMPORTED
    assert percents(hub, SHARED) == [40]
    district.send(HUB, WARD)
    assert exchanging.traffic(ward).unconfirmed == 0
    assert ward.identity().closed == date(2023, 9, 14)
    with pytest.raises(Mistake) as told:
        enter(ward, SHARED, WARD, percent=50)
    assert told.value.code == "PLAN_CLOSED"
    assert percents(ward, SHARED) == [40]
    assert [one.closed for one in plans(ward)] == [date(2023, 9, 14)]
    district.clock.now += timedelta(days=1)
    assert reopen_plan(hub).plans
    assert reopen_plan(hub).plans is False
    district.send(HUB, WARD)
    enter(ward, SHARED, WARD, percent=50)
    assert (percents(ward, SHARED), ward.identity().closed) == ([50], None)
    # Ending it once more counts again.
    close_plan(hub)
    assert hub.identity().closed == date(2023, 9, 15)
    assert doctor.examine(hub).ok


def test_an_ended_plan_says_nothing_of_the_next_one(district: District) -> None:
    hub = district.at(HUB)
    close_plan(hub)
    next_year(district, Carried(reporting.item_at(hub, ITEM)))
    enter(hub, "chuyen-tiep/1", BODY, "2024-Q1", percent=75)
    assert percents(hub, "chuyen-tiep/1") == [75]


def test_both_plans_are_examined(district: District) -> None:
    hub = district.at(HUB)
    next_year(district)
    turn(hub, OLD)
    assert doctor.examine(hub).ok
    with hub.store.atomic():
        hub.store.projections._connection.run(
            "UPDATE records SET body = '{}' WHERE kind = 'paragraph' AND plan <> ?", (hub.store.plan,)
        )
    assert [check.name for check in doctor.examine(hub).checks if not check.ok] == ["Bảng suy ra"]
