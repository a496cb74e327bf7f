"""Correcting readings: by the hub alone, beside the printed text, with author and reason, and it travels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest

from desktop.models.errors import Mistake
from desktop.models.facts import ALL, Content, Reference
from desktop.models.kinds import CORRECTION
from desktop.models.record_ids import report_record
from desktop.models.schedule import Time, TimeKind
from desktop.models.strict_json import JsonValue
from desktop.models.targets import Basis, Comparator, Enters, Rollup, Target
from desktop.services import doctor, reporting
from desktop.services.plan import correcting, planning, read_again
from desktop.services.records import moment_of, texts_of
from desktop.services.traffic import exchanging
from desktop.services.units.editing import set_members
from desktop.services.views import FieldReading, PlanRow, ReadingField
from desktop.services.workspace import Workspace
from tests.forging import segment
from tests.offices import BODY, HUB, WARD, District, copy_district
from tests.services.test_attacks import attack, reasons

PROJECT = "I/2/2.3/2.3.2"
"""Printed end: "Theo tiến độ dự án"; led by "Trung tâm PTQĐ"."""
UNCLEAR = "II/3/3.1/3.1.49"
"""Printed start: "Từ tháng 1/2 đến 6/2023"."""
SHARED = "I/1/1.4"
END, START, TITLE = ReadingField.END, ReadingField.START, ReadingField.TITLE
LEADS, OTHERS = ReadingField.LEAD_UNITS, ReadingField.COORDINATING_UNITS


def correct(ws: Workspace, path: str, field: ReadingField, typed: correcting.Typed, reason: str = "") -> str:
    record = reporting.item_at(ws, path)
    correcting.correct(ws, record, field, typed, correcting.shown_now(ws, record), reason)
    return record


def reading(ws: Workspace, record: str, field: ReadingField) -> FieldReading:
    return next(one for one in planning.node_details(ws, record).readings if one.field is field)


def row_of(ws: Workspace, record: str) -> PlanRow:
    return planning.node_details(ws, record).row


def test_a_day_is_entered_for_an_event_and_the_printed_phrase_stays(district: District) -> None:
    hub = district.at(HUB)
    record = reporting.item_at(hub, PROJECT)
    assert row_of(hub, record).schedule.deadline is None
    correct(hub, PROJECT, END, "30/6/2023", "Văn bản số 12 của Ban QLDA")
    row = row_of(hub, record)
    assert row.end == Time("Theo tiến độ dự án", TimeKind.DATE, date(2023, 6, 30), date(2023, 6, 30))
    assert row.schedule.deadline == date(2023, 6, 30)
    assert row.deadline == "Theo tiến độ dự án → 30/6/2023"
    found = reading(hub, record, END)
    assert (found.printed, found.corrected) == ("Theo tiến độ dự án", True)
    assert [(one.corrected, one.author, one.reason) for one in found.history] == [
        (False, hub.person, ""), (True, hub.person, "Văn bản số 12 của Ban QLDA"),
    ]
    assert found.history[1].entered == district.clock.now
    assert doctor.examine(hub).ok


def test_a_correction_reaches_the_unit_with_author_and_reason(district: District) -> None:
    record = correct(district.at(HUB), PROJECT, END, "30/6/2023", "Đã có lịch")
    district.send(HUB, BODY)
    body = district.at(BODY)
    assert row_of(body, record).schedule.deadline == date(2023, 6, 30)
    found = reading(body, record, END)
    assert found.history[-1].reason == "Đã có lịch"
    work = next(row for row in reporting.work_view(body, "2023-Q2").rows if row.item == record)
    assert (work.deadline, work.due) == ("Theo tiến độ dự án → 30/6/2023", date(2023, 6, 30))
    assert doctor.examine(body).ok
    assert doctor.digest(body) == doctor.digest(district.at(HUB))


def test_an_unclear_row_is_no_longer_to_be_looked_at(district: District) -> None:
    hub = district.at(HUB)
    record = reporting.item_at(hub, UNCLEAR)
    finding = next(
        row for row in hub.store.queries.records("finding")
        if (row.body["code"], row.body["path"]) == ("TIME_UNCLEAR", UNCLEAR)
    )
    named: Mapping[str, JsonValue] = {"cell": {"column": "start", "printed": "", "understood": "", "accepted": ""}}
    stated = hub.store.journal.facts_of(finding.record)
    supersedes = {"cell": tuple(Reference("", fact.seq, "") for fact in stated)}
    with hub.store.atomic():
        hub.append(ALL, [Content(hub.now(), hub.person, "finding", finding.record, named, supersedes)])
    assert row_of(hub, record).needs_review
    correct(hub, UNCLEAR, START, "Từ tháng 1/2023 đến tháng 6/2023")
    row = row_of(hub, record)
    assert (row.start.text, row.start.kind) == ("Từ tháng 1/2 đến 6/2023", TimeKind.RANGE)
    assert not row.needs_review
    correcting.restore(hub, record, START, correcting.shown_now(hub, record))
    assert row_of(hub, record).needs_review


def test_going_back_to_the_first_reading(district: District) -> None:
    hub = district.at(HUB)
    record = reporting.item_at(hub, PROJECT)
    first = row_of(hub, record)
    correct(hub, PROJECT, END, "30/6/2023")
    assert correcting.original(hub, record, END).value == first.end
    correcting.restore(hub, record, END, correcting.shown_now(hub, record), "Nhầm dòng")
    found = reading(hub, record, END)
    assert row_of(hub, record) == first
    assert not found.corrected
    assert [one.reason for one in found.history] == ["", "", "Nhầm dòng"]
    assert correcting.restore(hub, record, END, {}).items == frozenset(), "nothing to go back from"


def test_an_unchanged_value_writes_nothing(district: District) -> None:
    hub = district.at(HUB)
    record = reporting.item_at(hub, PROJECT)
    title, before = row_of(hub, record).title, len(read_again.row_facts(hub, record))
    for field, typed in ((TITLE, f"  {title} "), (END, "theo tiến độ dự án"), (LEADS, "Trung tâm PTQĐ")):
        changes = correcting.correct(hub, record, field, typed, {}, "không đổi gì")
        assert not changes.items
    assert len(read_again.row_facts(hub, record)) == before


def test_a_blank_cell_gets_a_time_in_the_words_typed(district: District) -> None:
    hub = district.at(HUB)
    record = correct(hub, PROJECT, START, "Quý I/2023")
    found = reading(hub, record, START)
    assert found.printed == ""
    assert found.value == Time("Quý I/2023", TimeKind.QUARTER, date(2023, 1, 1), date(2023, 3, 31))
    correct(hub, PROJECT, START, "tháng 2")
    assert row_of(hub, record).start.text == "tháng 2", "words of an earlier correction are not printed text"
    correct(hub, PROJECT, START, "")
    assert row_of(hub, record).start.kind is TimeKind.UNSCHEDULED


def test_corrected_recurrence_is_not_read_from_the_printed_phrase(district: District) -> None:
    hub = district.at(HUB)
    monthly = next(row for row in planning.plan_view(hub).rows if len(row.schedule.due_days) > 10)
    field = END if monthly.end.kind is TimeKind.RECURRING else START
    correct(hub, monthly.path, field, "Hằng quý")
    row = row_of(hub, monthly.id)
    assert [day.month for day in row.schedule.due_days if day.month % 3] == []
    assert len(row.schedule.due_days) == 4


def test_a_title_is_corrected_and_the_printed_cell_stays(district: District) -> None:
    hub = district.at(HUB)
    record = reporting.item_at(hub, PROJECT)
    printed = reading(hub, record, TITLE).printed
    correct(hub, PROJECT, TITLE, "Xây dựng\n  vườn hoa mới Bồ Đề")
    assert row_of(hub, record).title == "Xây dựng vườn hoa mới Bồ Đề"
    assert reading(hub, record, TITLE).printed == printed
    assert record in planning.search(hub, "vuon hoa moi bo de").records


def test_other_lead_units_report_from_then_on(district: District) -> None:
    hub = district.at(HUB)
    record = correct(hub, PROJECT, LEADS, "UBND các phường; Phòng Y tế\nTrung tâm PTQĐ", "Theo thông báo 15")
    row = row_of(hub, record)
    assert row.lead_units == ("UBND các phường", "Phòng Y tế", "Trung tâm PTQĐ")
    leads = {unit for item, unit in hub.store.queries.leads() if item == record}
    assert len(leads) == 16
    assert hub.unit_named(WARD).id in leads
    body = hub.store.queries.record(record)
    assert body is not None
    assert len(texts_of(body.body["expands_to"])) == 14
    district.send(HUB, WARD)
    assert record in {row.item for row in reporting.work_view(district.at(WARD), "2023-Q3").rows if row.lead}
    correcting.restore(hub, record, LEADS, correcting.shown_now(hub, record))
    assert {unit for item, unit in hub.store.queries.leads() if item == record} == {hub.unit_named(BODY).id}


def test_a_unit_that_leads_does_not_coordinate_too(district: District) -> None:
    hub = district.at(HUB)
    first = [one for one in hub.store.queries.assignments() if one[0] == reporting.item_at(hub, PROJECT)]
    record = correct(hub, PROJECT, OTHERS, "Phòng Y tế; Phường Bồ Đề")
    both = {unit: leading for item, unit, leading in hub.store.queries.assignments() if item == record}
    assert both == {hub.unit_named(BODY).id: True, hub.unit_named("Phòng Y tế").id: False,
                    hub.unit_named(WARD).id: False}
    correct(hub, PROJECT, LEADS, "Phòng Y tế")
    both = {unit: leading for item, unit, leading in hub.store.queries.assignments() if item == record}
    assert both == {hub.unit_named("Phòng Y tế").id: True, hub.unit_named(WARD).id: False}
    correcting.restore(hub, record, LEADS, correcting.shown_now(hub, record))
    both = {unit: leading for item, unit, leading in hub.store.queries.assignments() if item == record}
    assert both == {hub.unit_named(BODY).id: True, hub.unit_named("Phòng Y tế").id: False,
                    hub.unit_named(WARD).id: False}, "the other cell stays corrected"
    correcting.restore(hub, record, OTHERS, correcting.shown_now(hub, record))
    assert [one for one in hub.store.queries.assignments() if one[0] == record] == first


def test_the_first_reading_comes_back_with_what_its_names_mean_by_then(district: District) -> None:
    hub = district.at(HUB)
    record = correct(hub, PROJECT, LEADS, "các trường học")
    set_members(hub, "các trường học", [hub.unit_named("Phòng GDĐT").id])
    assert {unit for item, unit in hub.store.queries.leads() if item == record} == {hub.unit_named("Phòng GDĐT").id}
    correcting.restore(hub, record, LEADS, correcting.shown_now(hub, record))
    assert row_of(hub, record).lead_units == ("Trung tâm PTQĐ",)
    assert {unit for item, unit in hub.store.queries.leads() if item == record} == {hub.unit_named(BODY).id}


def test_leaders_and_targets(district: District) -> None:
    hub = district.at(HUB)
    record = correct(hub, PROJECT, ReadingField.LEADERS, "Đ/c Nguyễn Văn A, PCT UBND quận Đ/c Trần B; Các PCT")
    assert row_of(hub, record).leaders == ("Đ/c Nguyễn Văn A, PCT UBND quận", "Đ/c Trần B", "Các PCT")
    correct(hub, PROJECT, ReadingField.TARGETS, "ít nhất 08 hội chợ, trên 97%")
    assert planning.node_details(hub, record).targets == (
        Target(Comparator.AT_LEAST, "8", None, "hội chợ", "ít nhất 08 hội chợ", measures="hội chợ"),
        Target(Comparator.MORE_THAN, "97", None, "%", "trên 97%", rollup=Rollup.RATIO),
    )
    by_hand = (
        Target(Comparator.RANGE, "30", "35,5", " % ", "30-35%"), Target(Comparator.COUNT, "2.000", None, "lượt", ""),
    )
    correct(hub, PROJECT, ReadingField.TARGETS, by_hand)
    assert planning.node_details(hub, record).targets == (
        Target(Comparator.RANGE, "30", "35.5", "%", "30-35%"), Target(Comparator.COUNT, "2000", None, "lượt", ""),
    )
    correct(hub, PROJECT, ReadingField.TARGETS, ())
    assert planning.node_details(hub, record).targets == ()
    assert len(reading(hub, record, ReadingField.TARGETS).history) == 4


def test_settings_of_a_target_reach_the_unit(district: District) -> None:
    hub = district.at(HUB)
    by_hand = Target(
        Comparator.AT_LEAST, "93,5", None, "%", "93,5%", " 95 ", "hộ  có nước sa\u0323ch", " phường", Enters.BOTH,
        Basis.PERIOD, Rollup.WORST, "hộ có nước sạch", "tổng số hộ",
    )
    limit = Target(Comparator.LESS_THAN, "3", None, "%", "", "2,5", rollup=Rollup.RATIO)
    record = correct(hub, PROJECT, ReadingField.TARGETS, (by_hand, limit), "Hướng dẫn số 5")
    set_by_hub = (
        replace(by_hand, value="93.5", stretch="95", measures="hộ có nước sạch", each="phường"),
        replace(limit, stretch="2.5"),
    )
    assert planning.node_details(hub, record).targets == set_by_hub
    district.send(HUB, BODY)
    body = district.at(BODY)
    assert planning.node_details(body, record).targets == set_by_hub
    assert reading(body, record, ReadingField.TARGETS).history[-1].reason == "Hướng dẫn số 5"
    assert doctor.examine(body).ok


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        (END, "xong thì xong nhé", "CORRECTION_UNCLEAR"), (END, "31/2/2023", "CORRECTION_UNCLEAR"),
        (END, "x" * 3000, "CORRECTION_UNCLEAR"), (TITLE, " \n ", "CORRECTION_EMPTY"),
        (TITLE, "x" * 20_001, "CORRECTION_TOO_LONG"), (TITLE, "a\0b", "CORRECTION_TOO_LONG"),
        (TITLE, "a\ud800b", "CORRECTION_TOO_LONG"),
        (LEADS, "Phòng Y tế; Phòng Y té quận Bồ", "CORRECTION_UNIT_UNKNOWN"),
        (OTHERS, "Cơ quan nào đó", "CORRECTION_UNIT_UNKNOWN"),
        (ReadingField.TARGETS, "chẳng có gì", "CORRECTION_UNCLEAR"),
        (ReadingField.TARGETS, (Target(Comparator.COUNT, "nhiều", None, "hộ", ""),), "CORRECTION_BAD_TARGET"),
        (ReadingField.TARGETS, (Target(Comparator.COUNT, "-5", None, "hộ", ""),), "CORRECTION_BAD_TARGET"),
        (ReadingField.TARGETS, (Target(Comparator.RANGE, "9", "5", "hộ", ""),), "CORRECTION_BAD_TARGET"),
        (ReadingField.TARGETS, (Target(Comparator.RANGE, "9", None, "hộ", ""),), "CORRECTION_BAD_TARGET"),
        (ReadingField.TARGETS, (Target(Comparator.COUNT, "9", "10", "hộ", ""),), "CORRECTION_BAD_TARGET"),
        (ReadingField.TARGETS, (Target(Comparator.COUNT, "", None, "hộ", ""),), "CORRECTION_BAD_TARGET"),
        (ReadingField.TARGETS, (Target(Comparator.ZERO, "5", None, "hộ", ""),), "CORRECTION_BAD_TARGET"),
        (ReadingField.TARGETS, (Target(Comparator.ZERO, "0", None, "hộ", "", "1"),), "CORRECTION_BAD_TARGET"),
        (ReadingField.TARGETS, (Target(Comparator.AT_LEAST, "90", None, "%", "", "nhiều"),), "CORRECTION_BAD_TARGET"),
        (ReadingField.TARGETS, (Target(Comparator.AT_LEAST, "90", None, "%", "", ""),), "CORRECTION_BAD_TARGET"),
        (ReadingField.TARGETS, (Target(Comparator.AT_LEAST, "90", None, "%", "", "85"),), "CORRECTION_BAD_TARGET"),
        (ReadingField.TARGETS, (Target(Comparator.LESS_THAN, "3", None, "%", "", "3,5"),), "CORRECTION_BAD_TARGET"),
        (ReadingField.TARGETS, (Target(Comparator.COUNT, "1", None, "hộ", "", None, "x" * 20_001),),
         "CORRECTION_TOO_LONG"),
    ],
)
def test_bad_input_is_told_and_nothing_saved(
    district: District, field: ReadingField, typed: correcting.Typed, code: str
) -> None:
    hub = district.at(HUB)
    before = doctor.digest(hub)
    with pytest.raises(Mistake, match=code):
        correct(hub, PROJECT, field, typed)
    assert doctor.digest(hub) == before


def test_the_nearest_names_are_offered(district: District) -> None:
    with pytest.raises(Mistake) as caught:
        correct(district.at(HUB), PROJECT, LEADS, "Phòng Quản lí đo thị")
    assert "“Phòng Quản lý đô thị”" in caught.value.advice


def test_a_row_that_is_none_and_a_reason_too_long(district: District) -> None:
    hub = district.at(HUB)
    for record in ("0" * 32, hub.seat.plan_id, "paragraph/1"):
        with pytest.raises(Mistake, match="ITEM_UNKNOWN"):
            correcting.correct(hub, record, TITLE, "x", {})
    with pytest.raises(Mistake, match="CORRECTION_TOO_LONG"):
        correct(hub, PROJECT, TITLE, "Tên khác", "x" * 20_001)


def test_a_unit_is_told_to_comment(district: District) -> None:
    ward = district.at(WARD)
    record = reporting.item_at(ward, PROJECT)
    with pytest.raises(Mistake, match="HUB_ONLY") as caught:
        correcting.propose(ward, record, END, "30/6/2023")
    assert "ý kiến" in caught.value.advice
    with pytest.raises(Mistake, match="HUB_ONLY"):
        correcting.restore(ward, record, END, {})


def test_a_unit_that_forges_a_correction_is_quarantined(district: District) -> None:
    ward = district.at(WARD)
    record, before = reporting.item_at(ward, PROJECT), doctor.digest(district.at(HUB))
    fields: dict[str, JsonValue] = {"title": "Việc khác", "reason": "tôi muốn thế"}
    forged = Content(0, "kẻ lạ", CORRECTION, record, fields, {})
    for audience in ("", ALL):
        receipt = attack(district, WARD, segment(ward, forged, audience=audience))
        assert reasons(receipt) == {"FACT_OUTSIDE_SCOPE"}
    assert row_of(district.at(HUB), record).title != "Việc khác"
    assert doctor.digest(district.at(HUB)) != before, "what waits or is set aside is part of the state"


def test_two_pcs_of_the_hub_differ_and_both_values_stay(district: District) -> None:
    """A copied folder of the hub writes on: both values are kept and shown until one is chosen."""
    district.close()
    other = copy_district(district.root, district.root.parent / "máy hai")
    record = correct(district.at(HUB), PROJECT, END, "30/6/2023", "Máy một")
    other.clock.now = district.clock.now + timedelta(hours=1)
    correct(other.at(HUB), PROJECT, END, "31/7/2023", "Máy hai")
    files = [*district.write(HUB), *other.write(HUB)]
    body = district.at(BODY)
    receipts = exchanging.import_files(body, files).receipts
    assert max(receipt.conflicts for receipt in receipts) == 1
    assert any("1 dòng của kế hoạch" in receipt.summary for receipt in receipts)
    found = reading(body, record, END)
    assert [one.reason for one in found.history] == ["", "Máy một", "Máy hai"]
    assert {one.reason for one in found.rivals} == {"Máy một", "Máy hai"}
    assert row_of(body, record).status.conflicts == 1
    assert doctor.examine(body).ok
    exchanging.import_files(district.at(HUB), other.write(HUB))
    assert len(reading(district.at(HUB), record, END).rivals) == 2
    correct(district.at(HUB), PROJECT, END, "31/7/2023", "Đã thống nhất")
    district.send(HUB, BODY)
    assert reading(body, record, END).rivals == ()
    assert row_of(body, record).schedule.deadline == date(2023, 7, 31)
    other.close()


def test_what_was_not_shown_is_not_overwritten_in_silence(district: District) -> None:
    """The value shown when the editor opened is superseded, not one that another PC's file brought meanwhile."""
    district.close()
    other = copy_district(district.root, district.root.parent / "máy hai")
    hub = district.at(HUB)
    record = reporting.item_at(hub, PROJECT)
    shown = correcting.shown_now(hub, record)
    correct(other.at(HUB), PROJECT, END, "31/7/2023", "Máy hai")
    exchanging.import_files(hub, other.write(HUB))
    other.close()
    correcting.correct(hub, record, END, "30/6/2023", shown)
    assert len(reading(hub, record, END).rivals) == 2


def test_every_order_of_files_gives_the_same_rows(district: District) -> None:
    hub = district.at(HUB)
    files = []
    for number, typed in enumerate(("30/6/2023", "31/7/2023", "Quý IV/2023")):
        correct(hub, PROJECT, END, typed, f"Lần {number}")
        files.append(district.written(HUB)[district.at(BODY).identity().unit_name])
    district.close()
    digests = set()
    for number, order in enumerate(permutations(files)):
        copy = copy_district(district.root, district.root.parent / f"bản {number}")
        exchanging.import_files(copy.at(BODY), order)
        digests.add(doctor.digest(copy.at(BODY)))
        assert doctor.examine(copy.at(BODY)).ok
        copy.close()
    assert len(digests) == 1


def test_a_correction_whose_row_has_not_come_is_no_row(district: District) -> None:
    hub = district.at(HUB)
    rows = len(planning.plan_view(hub).rows)
    record = "ab" * 16
    fact = Content(hub.now(), hub.person, CORRECTION, record, {"title": "Chưa có dòng này"}, {})
    with hub.store.atomic():
        hub.append(ALL, [fact])
    assert len(planning.plan_view(hub).rows) == rows
    assert hub.store.queries.record(record) is None
    assert doctor.examine(hub).ok
    with pytest.raises(Mistake, match="ITEM_UNKNOWN"):
        reporting.enter(hub, record, hub.seat.unit, "2023-Q3", {"percent": 1}, {})
    parent = hub.store.queries.record(reporting.item_at(hub, PROJECT))
    assert parent is not None
    fields: Mapping[str, JsonValue] = {
        name: value for name, value in parent.body.items() if name != "corrected"
    } | {"title": "Nay đã có", "path": "I/2/2.3/2.3.99"}
    with hub.store.atomic():
        hub.append(ALL, [Content(hub.now(), hub.person, "node", record, fields, {})])
    found = reading(hub, record, TITLE)
    assert {one.value for one in found.rivals} == {"Nay đã có", "Chưa có dòng này"}
    assert doctor.examine(hub).ok


def test_a_correction_of_what_is_no_row_says_nothing(district: District) -> None:
    hub = district.at(HUB)
    plan = hub.identity().plan
    facts = [
        Content(hub.now(), "x", CORRECTION, hub.seat.plan_id, {"title": "Kế hoạch khác"}, {}),
    ]
    with hub.store.atomic():
        hub.append(ALL, facts)
    assert hub.identity().plan == plan
    assert doctor.examine(hub).ok


def test_moments_are_shown_in_the_clocks_zone(district: District) -> None:
    hub = district.at(HUB)
    record = correct(hub, PROJECT, END, "30/6/2023")
    assert reading(hub, record, END).history[-1].entered == moment_of(hub.now(), district.clock.now.tzinfo)


def test_a_report_beside_a_forged_correction_still_counts(district: District) -> None:
    ward = district.at(WARD)
    record = reporting.item_at(ward, SHARED)
    report = Content(0, "x", "report", report_record(record, ward.seat.unit, "2023-Q3"), {"percent": 5}, {})
    receipt = attack(district, WARD, segment(ward, report, Content(0, "x", CORRECTION, record, {"title": "y"}, {})))
    assert (receipt.new, receipt.quarantined) == (2, 1)
