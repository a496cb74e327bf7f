"""A newer version of the plan: told as a difference, applied as facts; rows keep their records and their reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.models.errors import Mistake, Refused
from desktop.models.facts import ALL, Content, Reference
from desktop.models.kinds import CORRECTION
from desktop.models.merge import merge
from desktop.models.report import WorkState
from desktop.models.strict_json import JsonValue
from desktop.services import doctor, reporting
from desktop.services.plan import correcting, planning
from desktop.services.plan.amending import amend
from desktop.services.plan.comparing import compare_plan, read_newer
from desktop.services.plan.plan_changes import Decisions, PlanDifference, RowDifference, RowOutcome
from desktop.services.plan.row_pairing import old_record
from desktop.services.plan.withdrawal import withdrawn_rows
from desktop.services.sheets import consolidated_sheet
from desktop.services.traffic.enrolling import setup_hub
from desktop.services.views import Changes, ReadingField
from desktop.services.workspace import Workspace
from tests.amended import INSERTED, Amendment
from tests.offices import BODY, HUB, PLAN, WARD, District

PERIOD = "2023-Q3"
THCS = "II/2/2.1/2.1.9"
THCS_TITLE = "Cải tạo, sửa chữa, chỉnh trang các trường THCS"
UBND_TITLE = "Cải tạo sửa chữa, chỉnh trang UBND phường Thượng Thanh"
GARDEN_TITLE = "Cải tạo, chỉnh trang vườn hoa Ngọc Lâm"
NEW_ROW = f"{INSERTED}|Đ/c Nguyễn Mạnh Trình-UVTVPCT UBND quận|Phòng TNMT|UBND phường||Quý IV/2023"
NOTHING = Decisions()


def shifted() -> Amendment:
    """A row put in before 2.1.5: 28 numbers shift."""
    return Amendment().insert(UBND_TITLE, NEW_ROW)


def compared(ws: Workspace, file: Path, decisions: Decisions = NOTHING) -> PlanDifference:
    return compare_plan(ws, read_newer(ws, file), decisions)


def applied(ws: Workspace, file: Path, decisions: Decisions = NOTHING) -> Changes:
    return amend(ws, read_newer(ws, file), decisions)


def only(difference: PlanDifference, outcome: RowOutcome) -> RowDifference:
    (found,) = [row for row in difference.rows if row.outcome is outcome]
    return found


def facts_written(ws: Workspace) -> int:
    return sum(1 for _ in ws.store.journal.all_facts())


def enter(ws: Workspace, item: str, **values: object) -> None:
    shown = reporting.shown_now(ws, item, ws.seat.unit, PERIOD)
    reporting.enter(ws, item, ws.seat.unit, PERIOD, values, shown)


def test_the_same_file_is_no_difference_and_writes_nothing(district: District) -> None:
    ws = district.at(HUB)
    before = facts_written(ws)
    difference = compared(ws, PLAN)
    assert difference.is_empty
    assert difference.unchanged == 180
    assert difference.warnings == ()
    assert applied(ws, PLAN) == Changes()
    assert facts_written(ws) == before


def test_a_row_put_in_is_added_and_28_are_renumbered(district: District, tmp_path: Path) -> None:
    ws, file = district.at(HUB), shifted().write(tmp_path)
    record = reporting.item_at(ws, THCS)
    difference = compared(ws, file)
    assert only(difference, RowOutcome.ADDED).title == INSERTED
    assert difference.count(RowOutcome.RENUMBERED) == 28
    assert len(difference.rows) == 29
    assert difference.undecided == 0
    changes = applied(ws, file)
    assert changes.plan
    assert record in changes.items
    assert reporting.item_at(ws, "II/2/2.1/2.1.10") == record
    view = planning.plan_view(ws)
    assert len(view.rows) == 181
    assert [row.code for row in view.rows if row.path.startswith("II/2/2.1/2.1.")][:10] == [
        f"2.1.{n}" for n in range(1, 11)
    ]
    assert compared(ws, file).is_empty
    assert applied(ws, file) == Changes()


def test_a_new_row_at_an_old_number_gets_a_record_of_its_own(district: District, tmp_path: Path) -> None:
    ws = district.at(HUB)
    before = reporting.item_at(ws, "II/2/2.1/2.1.5")
    applied(ws, shifted().write(tmp_path))
    assert reporting.item_at(ws, "II/2/2.1/2.1.6") == before
    assert reporting.item_at(ws, "II/2/2.1/2.1.5") not in {before, ""}
    assert len({row.record for row in ws.store.queries.records("node")}) == 181


def test_only_what_is_printed_otherwise_is_superseded(district: District, tmp_path: Path) -> None:
    ws = district.at(HUB)
    record = reporting.item_at(ws, THCS)
    file = Amendment().cell(THCS_TITLE, 6, "Tháng 11/2023").write(tmp_path)
    row = only(compared(ws, file), RowOutcome.CHANGED)
    assert [(one.name, one.before, one.after, one.corrected) for one in row.changes] == [
        ("Thời gian hoàn thành", "Quý III/2023", "Tháng 11/2023", False)
    ]
    applied(ws, file)
    latest = max(ws.store.journal.facts_of(record), key=lambda fact: fact.seq)
    assert set(latest.content.fields) == {"end", "printed"}
    assert set(latest.content.supersedes) == {"end", "printed"}
    assert all(not state.conflict for state in merge(ws.store.journal.facts_of(record)).values())
    shown = planning.node_details(ws, record)
    assert shown.row.deadline == "Tháng 11/2023"
    assert dict(shown.printed)["Thời gian hoàn thành"] == "Tháng 11/2023"


def test_another_lead_unit_has_the_row_from_now_on(district: District, tmp_path: Path) -> None:
    ws = district.at(HUB)
    record = reporting.item_at(ws, THCS)
    applied(ws, Amendment().cell(THCS_TITLE, 3, "Phòng GDĐT").write(tmp_path))
    (lead,) = [unit for item, unit in ws.store.queries.leads() if item == record]
    assert ws.unit_name(lead) == ws.unit_named("Phòng GDĐT").name


def test_a_withdrawn_row_is_out_of_use_but_not_lost(district: District, tmp_path: Path) -> None:
    hub, unit = district.at(HUB), district.at(BODY)
    record = reporting.item_at(unit, THCS)
    enter(unit, record, state=WorkState.DOING, percent=70, result="7/10 trường")
    district.send(BODY, HUB)
    file = Amendment().delete(THCS_TITLE).write(tmp_path)
    gone = only(compared(hub, file), RowOutcome.WITHDRAWN)
    assert gone.old is not None
    assert (gone.old.record, gone.reports) == (record, 1)
    applied(hub, file)
    district.send(HUB, BODY)
    for ws in (hub, unit):
        assert record not in {row.id for row in planning.plan_view(ws).rows}
        assert record not in {row.item for row in reporting.work_view(ws, PERIOD).rows}
        assert record not in {item for item, _ in ws.store.queries.leads()}
        assert planning.search(ws, "trường THCS trên địa bàn quận năm 2023").total == 0
        (row,) = withdrawn_rows(ws)
        assert (row.record, row.path, [line.report.result for line in row.reports]) == (record, THCS, ["7/10 trường"])
        (line,) = reporting.report_lines(ws)
        assert (line.withdrawn, line.report.percent) == (True, 70)
        assert not any(row.title.startswith(THCS_TITLE) for row in consolidated_sheet(ws, PERIOD).rows)
    with pytest.raises(Mistake) as told:
        enter(unit, record, percent=80)
    assert told.value.code == "ITEM_WITHDRAWN"


def test_a_row_printed_again_is_the_one_that_was_withdrawn(district: District, tmp_path: Path) -> None:
    ws = district.at(HUB)
    record = reporting.item_at(ws, THCS)
    applied(ws, Amendment().delete(THCS_TITLE).write(tmp_path))
    assert only(compared(ws, PLAN), RowOutcome.RESTORED).path == THCS
    applied(ws, PLAN)
    assert reporting.item_at(ws, THCS) == record
    assert compared(ws, PLAN).is_empty
    assert withdrawn_rows(ws) == ()


def test_a_unit_keeps_its_reports_on_renumbered_rows(district: District, tmp_path: Path) -> None:
    hub, unit = district.at(HUB), district.at(BODY)
    record = reporting.item_at(unit, THCS)
    enter(unit, record, state=WorkState.DOING, percent=70, result="7/10 trường")
    applied(hub, shifted().cell(THCS_TITLE, 6, "Quý IV/2023").write(tmp_path))
    district.send(HUB, BODY)
    district.send(BODY, HUB)
    for ws in (hub, unit):
        (line,) = reporting.report_lines(ws)
        assert (line.report.item, line.item_path, line.report.percent) == (record, "II/2/2.1/2.1.10", 70)
        assert next(row for row in planning.plan_view(ws).rows if row.id == record).deadline == "Quý IV/2023"
    assert hub.store.queries.records("node") == unit.store.queries.records("node")
    assert doctor.examine(unit).ok


def doubtful_file(folder: Path) -> Path:
    """2.1.7 with half its title written anew."""
    words = next(line for line in Amendment().lines if f"\t{GARDEN_TITLE}" in line).split("\t")[1].split()
    half = len(words) // 2
    anew = "theo thiết kế mới được phê duyệt bổ sung hạng mục chiếu sáng và lát đá".split()
    return Amendment().cell(GARDEN_TITLE, 1, " ".join([*words[:half], *anew[:half + 1]])).write(folder)


def test_what_could_be_another_row_is_asked_first(district: District, tmp_path: Path) -> None:
    ws, file = district.at(HUB), doubtful_file(tmp_path)
    record, path, before = reporting.item_at(ws, "II/2/2.1/2.1.7"), "II/2/2.1/2.1.7", facts_written(ws)
    doubt = only(compared(ws, file), RowOutcome.DOUBTFUL)
    assert (doubt.path, doubt.candidates[0].record) == (path, record)
    assert 30 <= doubt.candidates[0].likeness < 75
    with pytest.raises(Mistake) as told:
        applied(ws, file)
    assert (told.value.code, facts_written(ws)) == ("AMEND_UNDECIDED", before)
    same = compared(ws, file, Decisions(pairs={path: record}))
    assert (same.undecided, only(same, RowOutcome.CHANGED).changes[0].name) == (0, "Nội dung")
    other = compared(ws, file, Decisions(new=frozenset({path})))
    assert {row.outcome for row in other.rows} == {RowOutcome.ADDED, RowOutcome.WITHDRAWN}
    applied(ws, file, Decisions(pairs={path: record}))
    assert reporting.item_at(ws, path) == record


def test_decided_new_the_old_row_is_withdrawn_and_the_new_has_its_own_record(
    district: District, tmp_path: Path
) -> None:
    ws, file = district.at(HUB), doubtful_file(tmp_path)
    record, path = reporting.item_at(ws, "II/2/2.1/2.1.7"), "II/2/2.1/2.1.7"
    applied(ws, file, Decisions(new=frozenset({path})))
    assert reporting.item_at(ws, path) != record
    assert [row.record for row in withdrawn_rows(ws)] == [record]
    assert old_record(ws, path) == reporting.item_at(ws, path)


def test_one_row_in_two_is_decided_by_one_answer(district: District, tmp_path: Path) -> None:
    ws = district.at(HUB)
    record = reporting.item_at(ws, "II/2/2.1/2.1.6")
    garden = "Cải tạo, sửa chữa, chỉnh trang vườn hoa, Đài tưởng niệm"
    halves = ("Cải tạo, sửa chữa, chỉnh trang vườn hoa phường Thượng Thanh",
              "Chỉnh trang Đài tưởng niệm Liệt sỹ phường Thượng Thanh, quận Long Biên")
    rest = "|Đ/c Nguyễn Mạnh Trình-UVTVPCT UBND quận|TTPTQĐ|UBND phường||Quý III/2023"
    file = Amendment().insert(garden, halves[0] + rest).cell(garden, 1, halves[1]).write(tmp_path)
    asked = compared(ws, file)
    assert asked.undecided == 2
    assert {one.record for row in asked.rows for one in row.candidates} == {record}
    decided = compared(ws, file, Decisions({"II/2/2.1/2.1.7": record}))
    assert (decided.undecided, only(decided, RowOutcome.ADDED).title) == (0, halves[0])
    applied(ws, file, Decisions({"II/2/2.1/2.1.7": record}))
    assert reporting.item_at(ws, "II/2/2.1/2.1.7") == record


def test_a_decision_stands_above_what_was_matched(district: District, tmp_path: Path) -> None:
    ws, file = district.at(HUB), shifted().write(tmp_path)
    record = reporting.item_at(ws, THCS)
    taken = compared(ws, file, Decisions(pairs={"II/2/2.1/2.1.5": record}))
    doubt = only(taken, RowOutcome.DOUBTFUL)
    assert (doubt.path, doubt.candidates) == ("II/2/2.1/2.1.10", ())


@pytest.mark.parametrize(("pairs", "new", "code"), [
    ({"IX/1": "x"}, (), "AMEND_NO_SUCH_ROW"),
    ({THCS: "x"}, (), "AMEND_NO_SUCH_ROW"),
    ({}, ("IX/1",), "AMEND_NO_SUCH_ROW"),
])
def test_decisions_about_rows_that_are_not_there(
    district: District, pairs: dict[str, str], new: tuple[str, ...], code: str
) -> None:
    with pytest.raises(Mistake) as told:
        compared(district.at(HUB), PLAN, Decisions(pairs, frozenset(new)))
    assert told.value.code == code


def test_one_old_row_for_two_new_ones(district: District) -> None:
    ws = district.at(HUB)
    record = reporting.item_at(ws, THCS)
    with pytest.raises(Mistake) as told:
        compared(ws, PLAN, Decisions({THCS: record, "II/2/2.1/2.1.5": record}))
    assert told.value.code == "AMEND_PAIR_TWICE"


def test_a_corrected_reading_stays_while_its_cell_does(district: District, tmp_path: Path) -> None:
    ws = district.at(HUB)
    record = reporting.item_at(ws, THCS)
    corrected = correct_end(ws, record)
    applied(ws, shifted().write(tmp_path))
    row = ws.store.queries.record(record)
    assert row is not None
    assert row.body["end"] == corrected
    assert row.conflicts == ()
    file = shifted().cell(THCS_TITLE, 6, "Tháng 11/2023").write(tmp_path, "bản ba.txt")
    change = only(compared(ws, file), RowOutcome.CHANGED).changes[0]
    assert (change.name, change.corrected) == ("Thời gian hoàn thành", True)
    applied(ws, file)
    assert planning.node_details(ws, record).row.deadline == "Tháng 11/2023"


def correct_end(ws: Workspace, record: str) -> JsonValue:
    """A correction of a reading as its own kind of fact on the row's record."""
    fact = merge(ws.store.journal.facts_of(record))["end"].current[0].fact
    value: JsonValue = {
        "text": "Quý III/2023", "kind": "date", "first": "2023-08-31", "last": "2023-08-31",
        "checkpoints": ["2023-08-31"],
    }
    content = Content(
        ws.now(), ws.person, CORRECTION, record, {"end": value}, {"end": (Reference("", fact.seq, ""),)}
    )
    with ws.store.atomic():
        ws.append(ALL, [content])
    return value


@pytest.mark.parametrize("change", [
    ("Ban Thường vụ Quận ủy", "Ban Thường vụ Thành ủy"),
    ("2023", "2024"),
])
def test_another_plan_is_refused(district: District, tmp_path: Path, change: tuple[str, str]) -> None:
    file = tmp_path / "kế hoạch khác.txt"
    file.write_text(PLAN.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    ws = district.at(HUB)
    before = facts_written(ws)
    with pytest.raises(Refused) as told:
        applied(ws, file)
    assert (told.value.code, facts_written(ws)) == ("PLAN_ANOTHER", before)


def test_another_number_is_taken_when_the_title_says_it_amends(district: District, tmp_path: Path) -> None:
    ws = district.at(HUB)
    text = PLAN.read_text(encoding="utf-8").replace("160 -KH/QU", "171 -KH/QU")
    file = tmp_path / "số khác.txt"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Refused):
        compared(ws, file)
    file.write_text(text.replace("Triển khai thực hiện chủ đề", "Điều chỉnh, bổ sung kế hoạch thực hiện chủ đề", 1),
                    encoding="utf-8")
    difference = compared(ws, file)
    assert [one.name for one in difference.header] == ["Số, ký hiệu", "Tên kế hoạch"]
    assert len(difference.warnings) == 1
    applied(ws, file)
    assert ws.identity().plan.number == "171-KH/QU"
    assert ws.identity().hub_name == HUB


def test_the_narrative_and_the_findings_are_those_of_the_newer_version(district: District, tmp_path: Path) -> None:
    ws = district.at(HUB)
    amendment = Amendment()
    place = next(n for n, line in enumerate(amendment.lines) if line == "1. Mục đích")
    del amendment.lines[place + 2]
    file = amendment.write(tmp_path)
    newer = read_newer(ws, file)
    assert compare_plan(ws, newer).paragraphs == 1
    before = len(planning.narrative(ws).paragraphs)
    amend(ws, newer)
    assert planning.narrative(ws).paragraphs == newer.plan.narrative
    assert len(planning.narrative(ws).paragraphs) == before - 1
    assert planning.findings(ws) == newer.plan.findings
    applied(ws, PLAN)
    assert len(planning.narrative(ws).paragraphs) == before
    assert planning.findings(ws) == read_newer(ws, PLAN).plan.findings


def test_a_file_of_the_amended_part_only_is_warned_about(district: District, tmp_path: Path) -> None:
    amendment = Amendment()
    start = next(n for n, line in enumerate(amendment.lines) if line.startswith("II\t"))
    del amendment.lines[start:]
    (warning,) = compared(district.at(HUB), amendment.write(tmp_path)).warnings
    assert "chỉ in phần điều chỉnh" in warning


def test_a_unit_does_not_amend(district: District) -> None:
    for job in (compared, applied):
        with pytest.raises(Mistake) as told:
            job(district.at(WARD), PLAN)
        assert told.value.code == "HUB_ONLY"


def test_rebuilding_gives_the_same_after_an_amendment(district: District, tmp_path: Path) -> None:
    ws = district.at(HUB)
    applied(ws, shifted().delete(THCS_TITLE).write(tmp_path))
    assert doctor.examine(ws).ok


def test_a_unit_that_only_the_newer_version_names_joins_the_tree(tmp_path: Path) -> None:
    """An office whose tree is not bundled: its units are those the plan names."""
    old = Amendment()
    old.lines = [line.replace("Long Biên", "Hồng Hà") for line in old.lines]
    district = District(tmp_path)
    root = "Ban Thường vụ Quận ủy Hồng Hà"
    setup_hub(district.environment, tmp_path / root, root, old.write(tmp_path))
    ws = district.at(root)
    units = tuple(ws.units())
    assert ws.units().find("Tổ quan trắc") is None
    old.insert(UBND_TITLE, NEW_ROW.replace("Phòng TNMT", "Tổ quan trắc"))
    applied(ws, old.write(tmp_path, "bản hai.txt"))
    unit = ws.unit_named("Tổ quan trắc")
    assert tuple(ws.units()) == (*units, unit)
    assert (reporting.item_at(ws, "II/2/2.1/2.1.5"), unit.id) in ws.store.queries.leads()
    district.close()


def units_of(ws: Workspace, record: str) -> dict[str, bool]:
    """Unit names of a row -> whether the unit leads."""
    return {ws.unit_name(unit): leads for item, unit, leads in ws.store.queries.assignments() if item == record}


def corrected_units(ws: Workspace, field: ReadingField, typed: str) -> str:
    record = reporting.item_at(ws, THCS)
    correcting.correct(ws, record, field, typed, correcting.shown_now(ws, record))
    return record


def test_corrected_lead_units_stay_while_another_cell_names_who_coordinates(
    district: District, tmp_path: Path
) -> None:
    ws = district.at(HUB)
    record = corrected_units(ws, ReadingField.LEAD_UNITS, "Phòng GDĐT")
    applied(ws, Amendment().cell(THCS_TITLE, 4, "Phòng GDĐT, TTPTQĐ, Phòng Y tế").write(tmp_path))
    lead, body = ws.unit_named("Phòng GDĐT").name, ws.unit_named(BODY).name
    assert units_of(ws, record) == {lead: True, body: False, "Phòng Y tế": False}


def test_corrected_coordinating_units_stay_while_another_unit_leads(district: District, tmp_path: Path) -> None:
    ws = district.at(HUB)
    record = corrected_units(ws, ReadingField.COORDINATING_UNITS, "Phòng Y tế; Phòng GDĐT")
    applied(ws, Amendment().cell(THCS_TITLE, 3, "Phòng GDĐT").write(tmp_path))
    assert units_of(ws, record) == {ws.unit_named("Phòng GDĐT").name: True, "Phòng Y tế": False}
