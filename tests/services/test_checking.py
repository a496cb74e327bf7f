"""What a check says would change, and that importing then changes just that."""

from __future__ import annotations

from pathlib import Path

from desktop.models.report import WorkState
from desktop.services import doctor, reporting
from desktop.services.plan import commenting
from desktop.services.traffic import enrolling, exchanging
from desktop.services.traffic.change_words import change_line, plan_changes_line
from desktop.services.traffic.checking import Checked, PlanChanges, check_package
from desktop.services.traffic.views import Outcome
from desktop.services.workspace import Workspace, open_workspace
from tests.offices import HUB, WARD, District, make_environment

PERIOD = "2023-Q3"
SHARED = "I/1/1.4"


def enter(ws: Workspace, unit: str = WARD, **values: object) -> None:
    item, unit_id = reporting.item_at(ws, SHARED), ws.unit_named(unit).id
    reporting.enter(ws, item, unit_id, PERIOD, values, reporting.shown_now(ws, item, unit_id, PERIOD))


def checked_then_imported(district: District, file: Path, office: str = HUB) -> Checked:
    """The check of a file, which writes nothing and says what importing then says."""
    ws = district.at(office)
    before = doctor.digest(ws)
    checked = check_package(ws, file)
    assert doctor.digest(ws) == before
    (receipt,) = exchanging.import_files(ws, [file]).receipts
    assert checked.receipt == receipt
    return checked


def test_new_changed_conflict_and_settled_values_are_told_one_by_one(district: District) -> None:
    enter(district.at(WARD), percent=5, result="Một")
    checked = checked_then_imported(district, district.write(WARD)[0])
    assert (checked.kind, checked.period, checked.written) == ("report", PERIOD, district.clock())
    assert [(one.field, one.before, one.after, one.outcome) for one in checked.changes] == [
        ("percent", None, 5, "new"), ("result", None, "Một", "new"),
    ]
    assert {(one.unit, one.item, one.code, one.period) for one in checked.changes} == {
        ("Phường Bồ Đề", SHARED, "1.4", PERIOD)
    }
    assert checked.changes[0].title.startswith("100% tổ dân phố")
    enter(district.at(WARD), percent=60, state=WorkState.DOING)
    changed = checked_then_imported(district, district.write(WARD)[0])
    assert [(one.field, one.before, one.after, one.outcome) for one in changed.changes] == [
        ("state", None, "doing", "new"), ("percent", 5, 60, "changed"),
    ]
    # The hub enters for the ward what the ward does not know of, and the ward writes on.
    enter(district.at(HUB), percent=70)
    enter(district.at(WARD), percent=90)
    conflict = checked_then_imported(district, district.write(WARD)[0])
    assert [(one.field, one.before, one.after, one.outcome, one.values) for one in conflict.changes] == [
        ("percent", 70, 70, "conflict", (70, 90)),
    ]
    assert conflict.receipt.conflicts == 1
    line = change_line(conflict.changes[0])
    assert line.endswith("· Phường Bồ Đề · 2023-Q3 · Tỷ lệ %: 70% → 70% | 90% (cần đối chiếu)")
    district.send(HUB, WARD)
    enter(district.at(WARD), percent=88)
    settled = checked_then_imported(district, district.write(WARD)[0])
    assert [(one.field, one.before, one.after, one.outcome, one.values) for one in settled.changes] == [
        ("percent", 70, 88, "settled", ()),
    ]
    assert change_line(settled.changes[0]).endswith("70% → 88% (hết phải đối chiếu)")


def test_a_file_known_or_refused_changes_nothing(district: District, tmp_path: Path) -> None:
    enter(district.at(WARD), percent=5)
    (file,) = district.write(WARD)
    exchanging.import_files(district.at(HUB), [file])
    again = check_package(district.at(HUB), file)
    assert (again.receipt.outcome, again.changes, again.plan_changes) == (Outcome.ALREADY_HAD, (), ())
    bad = tmp_path / "hỏng.sotiendo"
    bad.write_bytes(file.read_bytes()[:-9])
    refused = check_package(district.at(HUB), bad)
    assert (refused.receipt.outcome, refused.changes, refused.written) == (Outcome.REFUSED, (), None)
    missing = check_package(district.at(HUB), tmp_path / "không có.sotiendo")
    assert missing.receipt.outcome is Outcome.UNREADABLE


def test_plan_changes_are_counted_by_kind(district: District) -> None:
    ward = district.at(WARD)
    commenting.add_comment(ward, reporting.item_at(ward, SHARED), "title", "Xin xem lại")
    checked = checked_then_imported(district, district.write(WARD)[0])
    assert (checked.changes, checked.plan_changes) == ((), (PlanChanges("comment", 1, 0),))
    assert plan_changes_line(checked.plan_changes[0]) == "Ý kiến: 1 mới"


def test_a_machine_that_asks_is_named(district: District, tmp_path: Path) -> None:
    starter = enrolling.write_starter(district.at(HUB), tmp_path).path
    other = make_environment(tmp_path / "khác", district.clock, "khác")
    enrolling.setup_unit(other, tmp_path / "máy mới", WARD, starter, enrolling.own_code(district.at(HUB)))
    ws = open_workspace(other, tmp_path / "máy mới")
    enter(ws, percent=12)
    file, code = exchanging.write_packages(ws, tmp_path / "một.sotiendo")[0].path, enrolling.own_code(ws)
    ws.close()
    checked = checked_then_imported(district, file)
    assert checked.receipt.outcome is Outcome.HELD
    assert [(one.unit, one.label, one.code) for one in checked.machines] == [("Phường Bồ Đề", "PC1", code)]
    assert checked.changes == (), "what is held changes nothing yet"


def test_a_starter_that_opens_a_plan_counts_its_rows(district: District, tmp_path: Path) -> None:
    """At another unit of the same hub nothing is foretold but what importing does."""
    starter = enrolling.write_starter(district.at(HUB), tmp_path).path
    checked = checked_then_imported(district, starter, WARD)
    assert checked.receipt.outcome in (Outcome.ALREADY_HAD, Outcome.IMPORTED)
    assert checked.changes == ()
