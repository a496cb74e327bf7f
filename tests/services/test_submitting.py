"""Submit, withdraw, accept, return: whoever knows what when, everybody comes to the same, and no figure moves alone."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.models.errors import Mistake
from desktop.models.facts import Content
from desktop.models.kinds import SUBMISSION
from desktop.models.lateness import Ruling, Sending
from desktop.models.record_ids import submission_record
from desktop.models.strict_json import JsonValue
from desktop.models.submission import SubmissionState
from desktop.services import doctor, reporting, submissions, submitting
from desktop.services.standing import standing
from desktop.services.submissions import BoardRow
from desktop.services.traffic import exchanging
from desktop.services.workspace import Workspace, workspace
from tests.offices import BODY, HUB, WARD, District, copy_district
from tests.properties.test_exchange import HUB_COPY, SECOND, two_machines

PERIOD = "2023-Q3"
ITEM, OTHER = "I/1/1.4", "I/2/2.3/2.3.3"
DONE = SubmissionState


@pytest.fixture
def office(district_template: Path, tmp_path: Path) -> Iterator[District]:
    """The district with a second machine of the ward and a copy of the hub's folder."""
    made = copy_district(two_machines(district_template), tmp_path / "quận")
    yield made
    made.close()


def enter(ws: Workspace, path: str, unit: str = WARD, **values: object) -> None:
    item = reporting.item_at(ws, path)
    owner = ws.unit_named(unit).id
    reporting.enter(ws, item, owner, PERIOD, values, reporting.shown_now(ws, item, owner, PERIOD))


def row(ws: Workspace, unit: str = WARD) -> BoardRow:
    return submissions.board_row(ws, ws.unit_named(unit).id, PERIOD)


def changed(ws: Workspace, unit: str = WARD) -> list[tuple[str, str, object, object]]:
    return [(one.item_path, one.field, one.before, one.after) for one in row(ws, unit).changed]


def accept(ws: Workspace, unit: str = WARD) -> None:
    submitting.accept(ws, ws.unit_named(unit).id, PERIOD)


def send_back(ws: Workspace, reason: str, unit: str = WARD) -> None:
    submitting.send_back(ws, ws.unit_named(unit).id, PERIOD, reason)


def figure(ws: Workspace, path: str = ITEM, unit: str = WARD) -> int | None:
    """The percent that the unit's report of the row counts with."""
    item, owner = reporting.item_at(ws, path), ws.unit_named(unit).id
    for one in standing(ws, PERIOD):
        if one.node.record == item:
            return next((report.percent for report in one.reports if report.unit == owner), None)
    raise AssertionError(path)


def accepted(district: District) -> District:
    """The ward's 40 % is submitted and accepted."""
    enter(district.at(WARD), ITEM, percent=40)
    submitting.submit(district.at(WARD), PERIOD, number="15/BC-UBND", day=date(2023, 9, 14), signer="Trần A")
    district.send(WARD, HUB)
    accept(district.at(HUB))
    return district


def exchange(district: District) -> None:
    for office in (WARD, SECOND):
        district.send(office, HUB)
    files = district.written(HUB)
    for office in (WARD, SECOND):
        exchanging.import_files(district.at(office), [files["Phường Bồ Đề"]])


def test_a_report_goes_from_the_ward_to_the_hub_and_its_acceptance_back(district: District) -> None:
    ward, hub = district.at(WARD), district.at(HUB)
    assert row(ward).state is DONE.NOT_SUBMITTED
    accepted(district)
    (held,) = row(hub).submissions
    assert (held.said.number, held.said.day, held.said.signer) == ("15/BC-UBND", date(2023, 9, 14), "Trần A")
    assert row(hub).state is DONE.ACCEPTED
    assert row(ward).state is DONE.SUBMITTED
    district.send(HUB, WARD)
    assert row(ward).state is DONE.ACCEPTED
    for ws in (ward, hub):
        assert (changed(ws), row(ws).incomplete, row(ws).waiting) == ([], False, ())
        assert doctor.examine(ws).ok


def test_what_is_entered_after_submitting_shows_until_it_is_submitted_too(district: District) -> None:
    ward, hub = district.at(WARD), district.at(HUB)
    enter(ward, ITEM, percent=40)
    submitting.submit(ward, PERIOD)
    enter(ward, ITEM, percent=50)
    district.send(WARD, HUB)
    for ws in (ward, hub):
        assert row(ws).state is DONE.SUBMITTED
        assert changed(ws) == [(ITEM, "percent", 40, 50)]
    submitting.submit(ward, PERIOD)
    district.send(WARD, HUB)
    assert changed(hub) == []
    assert [held.said.replaced for held in row(hub).submissions] == [True, False]
    accept(hub)
    assert figure(hub) == 50
    assert [held.said.state for held in row(hub).submissions] == [DONE.SUBMITTED, DONE.ACCEPTED]


def test_a_value_outside_what_was_accepted_changes_no_accepted_figure(district: District) -> None:
    accepted(district)
    ward, hub = district.at(WARD), district.at(HUB)
    enter(ward, ITEM, percent=90)
    enter(ward, OTHER, percent=10)
    district.send(WARD, HUB)
    assert (figure(hub), figure(hub, OTHER)) == (40, None)
    assert changed(hub) == [(ITEM, "percent", 40, 90), (OTHER, "percent", None, 10)]
    district.send(HUB, WARD)
    with pytest.raises(Mistake, match="CORRECTION_WITHOUT_REASON"):
        submitting.submit(ward, PERIOD)
    submitting.submit(ward, PERIOD, reason="Nhầm số liệu")
    district.send(WARD, HUB)
    assert row(hub).state is DONE.ACCEPTED
    assert [held.said.reason for held in row(hub).waiting] == ["Nhầm số liệu"]
    assert figure(hub) == 40
    accept(hub)
    assert (figure(hub), figure(hub, OTHER), changed(hub)) == (90, 10, [])
    district.send(HUB, WARD)
    assert (figure(ward), changed(ward)) == (90, [])


def test_a_returned_correction_leaves_the_accepted_figure(district: District) -> None:
    accepted(district)
    ward, hub = district.at(WARD), district.at(HUB)
    district.send(HUB, WARD)
    enter(ward, ITEM, percent=90)
    submitting.submit(ward, PERIOD, reason="Nhầm")
    district.send(WARD, HUB)
    send_back(hub, "Thiếu minh chứng")
    assert (row(hub).state, row(hub).returned, figure(hub)) == (DONE.ACCEPTED, ("Thiếu minh chứng",), 40)


def test_a_second_machine_that_edits_meanwhile_is_a_correction(office: District) -> None:
    first, second, hub = office.at(WARD), office.at(SECOND), office.at(HUB)
    enter(first, ITEM, percent=40)
    submitting.submit(first, PERIOD)
    enter(second, ITEM, percent=70)
    exchange(office)
    assert row(hub).state is DONE.SUBMITTED
    # Neither knew of the other: the field is in conflict, and the lower stands for now. What was submitted is 40.
    accept(hub)
    assert figure(hub) == 40
    enter(second, OTHER, percent=5)
    exchange(office)
    assert changed(hub) == [(OTHER, "percent", None, 5)]
    (report,) = [line.report for line in reporting.report_lines(hub) if line.item_path == ITEM]
    assert report.conflicts == ("percent",)
    item, unit = reporting.item_at(second, ITEM), second.unit_named(WARD).id
    reporting.enter(second, item, unit, PERIOD, {"percent": 75}, reporting.shown_now(second, item, unit, PERIOD))
    exchange(office)
    assert figure(hub) == 40
    assert (ITEM, "percent", 40, 75) in changed(hub)


def test_two_machines_that_submit_beside_each_other_are_both_accepted(office: District) -> None:
    first, second, hub = office.at(WARD), office.at(SECOND), office.at(HUB)
    enter(first, ITEM, percent=40)
    enter(second, OTHER, percent=60)
    submitting.submit(first, PERIOD)
    submitting.submit(second, PERIOD)
    exchange(office)
    assert len(row(hub).waiting) == 2
    assert changed(hub) == []
    accept(hub)
    assert (figure(hub), figure(hub, OTHER)) == (40, 60)
    exchange(office)
    for ws in (first, second, hub):
        assert row(ws).state is DONE.ACCEPTED
        assert changed(ws) == []


def test_a_second_machine_that_knows_the_first_submission_takes_its_place(office: District) -> None:
    first, second, hub = office.at(WARD), office.at(SECOND), office.at(HUB)
    enter(first, ITEM, percent=40)
    submitting.submit(first, PERIOD)
    exchange(office)
    enter(second, OTHER, percent=60)
    submitting.submit(second, PERIOD)
    exchange(office)
    (waiting,) = row(hub).waiting
    assert waiting.said.units == tuple(sorted(reporting.own_units(first)))
    accept(hub)
    assert (figure(hub), figure(hub, OTHER)) == (40, 60)


def test_a_report_taken_back_in_time_waits_for_nobody(district: District) -> None:
    ward, hub = district.at(WARD), district.at(HUB)
    enter(ward, ITEM, percent=40)
    submitting.submit(ward, PERIOD)
    submitting.withdraw(ward, PERIOD)
    district.send(WARD, HUB)
    assert row(hub).state is DONE.WITHDRAWN
    with pytest.raises(Mistake, match="SUBMISSION_NONE"):
        accept(hub)
    submitting.submit(ward, PERIOD)
    district.send(WARD, HUB)
    assert row(hub).state is DONE.SUBMITTED


def test_a_withdrawal_that_comes_after_the_acceptance_has_no_effect_and_is_told(district: District) -> None:
    ward, hub = district.at(WARD), district.at(HUB)
    enter(ward, ITEM, percent=40)
    submitting.submit(ward, PERIOD)
    district.send(WARD, HUB)
    accept(hub)
    submitting.withdraw(ward, PERIOD)
    assert row(ward).state is DONE.WITHDRAWN
    district.send(WARD, HUB)
    district.send(HUB, WARD)
    for ws in (ward, hub):
        assert (row(ws).state, row(ws).withdrawn_too_late, figure(ws)) == (DONE.ACCEPTED, True, 40)
    with pytest.raises(Mistake, match="SUBMISSION_ACCEPTED"):
        submitting.withdraw(ward, PERIOD)


def test_one_pc_of_the_hub_accepts_while_another_returns(office: District) -> None:
    ward, hub, other = office.at(WARD), office.at(HUB), office.at(HUB_COPY)
    enter(ward, ITEM, percent=40)
    submitting.submit(ward, PERIOD)
    exchanging.import_files(other, office.write(WARD))
    exchanging.import_files(hub, office.write(WARD))
    accept(hub)
    send_back(other, "Thiếu minh chứng")
    for sender, receiver in ((HUB, other), (HUB_COPY, hub)):
        exchanging.import_files(receiver, list(office.written(sender).values()))
    enter(ward, ITEM, percent=50)
    exchanging.import_files(hub, office.write(WARD))
    for ws in (hub, other):
        assert row(ws).state is DONE.DISPUTED
        assert len(row(ws).waiting) == 1
    # Nothing is accepted while the two disagree: the present value counts.
    assert figure(hub) == 50
    accept(hub)
    assert (row(hub).state, figure(hub)) == (DONE.ACCEPTED, 40)
    exchanging.import_files(other, list(office.written(HUB).values()))
    assert row(other).state is DONE.ACCEPTED
    assert doctor.digest(other) == doctor.digest(hub)


def test_two_pcs_of_the_hub_that_both_accept_agree(office: District) -> None:
    ward, hub, other = office.at(WARD), office.at(HUB), office.at(HUB_COPY)
    enter(ward, ITEM, percent=40)
    submitting.submit(ward, PERIOD)
    for ws in (hub, other):
        exchanging.import_files(ws, office.write(WARD))
        accept(ws)
    exchanging.import_files(hub, list(office.written(HUB_COPY).values()))
    assert row(hub).state is DONE.ACCEPTED
    assert hub.store.queries.records("submission")[0].conflicts == ()


def test_what_the_hub_settled_before_accepting_is_accepted_with_it(office: District) -> None:
    first, second, hub = office.at(WARD), office.at(SECOND), office.at(HUB)
    enter(first, ITEM, percent=40)
    enter(second, ITEM, percent=70)
    submitting.submit(first, PERIOD)
    submitting.submit(second, PERIOD)
    exchange(office)
    enter(hub, ITEM, percent=70)
    accept(hub)
    assert (figure(hub), changed(hub)) == (70, [])


def test_a_returned_report_is_completed_and_sent_again(district: District) -> None:
    ward, hub = district.at(WARD), district.at(HUB)
    enter(ward, ITEM, percent=40)
    submitting.submit(ward, PERIOD)
    district.send(WARD, HUB)
    send_back(hub, "Ghi rõ kết quả")
    district.send(HUB, WARD)
    assert (row(ward).state, row(ward).returned) == (DONE.RETURNED, ("Ghi rõ kết quả",))
    enter(ward, ITEM, result="Đã làm 3 buổi")
    submitting.submit(ward, PERIOD)
    district.send(WARD, HUB)
    assert (row(hub).state, row(hub).returned) == (DONE.SUBMITTED, ())


@pytest.mark.parametrize(
    ("office_name", "unit", "code"), [(WARD, BODY, "UNIT_NOT_YOURS"), (HUB, "", "")], ids=["another's", "the hub's own"]
)
def test_who_may_submit_for_whom(district: District, office_name: str, unit: str, code: str) -> None:
    ws = district.at(office_name)
    owner = ws.unit_named(unit).id if unit else ""
    if code:
        with pytest.raises(Mistake, match=code):
            submitting.submit(ws, PERIOD, unit=owner)
        assert row(ws, unit).submissions == ()
    else:
        submitting.submit(ws, PERIOD, unit=owner)
        assert submissions.board_row(ws, ws.seat.unit, PERIOD).state is DONE.SUBMITTED


def test_slips_are_told_and_write_nothing(district: District) -> None:
    ward, hub = district.at(WARD), district.at(HUB)
    unit = ward.seat.unit
    slips: tuple[tuple[str, Callable[[], object]], ...] = (
        ("HUB_ONLY", lambda: submitting.accept(ward, unit, PERIOD)),
        ("HUB_ONLY", lambda: submitting.send_back(ward, unit, PERIOD, "x")),
        ("HUB_ONLY", lambda: submitting.rule(ward, unit, PERIOD)),
        ("SUBMISSION_NONE", lambda: submitting.accept(hub, unit, PERIOD)),
        ("SUBMISSION_NONE", lambda: submitting.withdraw(ward, PERIOD)),
        ("RETURN_WITHOUT_REASON", lambda: submitting.send_back(hub, unit, PERIOD, "  ")),
        ("PERIOD_UNKNOWN", lambda: submitting.submit(ward, "2023-Q9")),
        ("SUBMISSION_TOO_LONG", lambda: submitting.submit(ward, PERIOD, note="x" * 20_001)),
        ("SUBMISSION_TOO_LONG", lambda: submitting.submit(ward, PERIOD, note="a\0b")),
    )
    for code, act in slips:
        with pytest.raises(Mistake, match=code):
            act()
    assert ward.store.queries.records("submission") == hub.store.queries.records("submission") == ()
    submitting.submit(ward, PERIOD)
    with pytest.raises(Mistake, match="SUBMISSION_UNCHANGED"):
        submitting.submit(ward, PERIOD)


def test_a_paper_report_entered_by_the_hub(district: District) -> None:
    hub = district.at(HUB)
    enter(hub, ITEM, unit="Phường Cự Khối", percent=30)
    unit = hub.unit_named("Phường Cự Khối").id
    submitting.submit(hub, PERIOD, unit=unit, number="7/BC-UBND")
    assert row(hub, "Phường Cự Khối").state is DONE.SUBMITTED
    submitting.accept(hub, unit, PERIOD, arrived=date(2023, 9, 15), channel="văn thư")
    assert (row(hub, "Phường Cự Khối").state, row(hub, "Phường Cự Khối").sending) == (DONE.ACCEPTED, Sending.ON_TIME)
    enter(hub, ITEM, unit="Phường Cự Khối", percent=35)
    assert figure(hub, unit="Phường Cự Khối") == 30


@pytest.mark.parametrize("whose", ["invented", "of another unit"])
def test_ends_that_are_not_here_or_not_the_unit_s_are_not_accepted(district: District, whose: str) -> None:
    ward, hub = district.at(WARD), district.at(HUB)
    enter(ward, ITEM, percent=40)
    enter(district.at(BODY), "II/2/2.1/2.1.9", unit=BODY, percent=10)
    district.send(BODY, HUB)
    log = hub.own_log(hub.seat.unit).id if whose == "invented" else own_log(district.at(BODY))
    end = (9, "ab" * 32) if whose == "invented" else own_end(district.at(BODY))
    record = submission_record(ward.seat.unit, PERIOD, "5" * 32)
    said: dict[str, JsonValue] = {"covers": {log: list(end)}, "units": [ward.seat.unit]}
    with ward.store.atomic():
        ward.append(ward.seat.unit, [Content(ward.now(), "kẻ gian", SUBMISSION, record, said, {})])
    district.send(WARD, HUB)
    assert (row(hub).state, row(hub).incomplete) == (DONE.SUBMITTED, whose == "invented")
    before = doctor.digest(hub)
    with pytest.raises(Mistake, match="SUBMISSION_INCOMPLETE"):
        accept(hub)
    assert doctor.digest(hub) == before
    send_back(hub, "Nộp lại")
    assert row(hub).state is DONE.RETURNED


def own_log(ws: Workspace) -> str:
    return ws.own_log(ws.seat.unit).id


def own_end(ws: Workspace) -> tuple[int, str]:
    end = ws.store.journal.end(own_log(ws))
    assert end is not None
    return end[0], end[1].hex()


def test_any_order_of_files_gives_one_state_and_the_same_board(office: District) -> None:
    ward, second, hub = office.at(WARD), office.at(SECOND), office.at(HUB)
    enter(ward, ITEM, percent=40)
    submitting.submit(ward, PERIOD)
    files = office.write(WARD)
    exchanging.import_files(hub, files)
    accept(hub)
    enter(second, ITEM, percent=70)
    submitting.submit(second, PERIOD)
    files += office.write(SECOND)
    enter(ward, OTHER, percent=20)
    submitting.withdraw(ward, PERIOD)
    files += office.write(WARD)
    files.append(office.written(HUB)["Phường Bồ Đề"])
    office.close()
    seen = set()
    for number, order in enumerate(itertools.islice(itertools.permutations(files), 0, None, 4)):
        copy = office.root / f"bản {number}"
        shutil.copytree(office.root / HUB_COPY, copy)
        with workspace(office.environment, copy) as ws:
            exchanging.import_files(ws, order)
            assert ws.store.rebuilt_digest() == doctor.digest(ws)
            one = row(ws)
            seen.add((
                doctor.digest(ws), one.state, one.withdrawn_too_late, tuple(changed(ws)), figure(ws),
                len(one.waiting), one.incomplete,
            ))
    assert len(seen) == 1
    ((_, state, too_late, _, counted, waiting, _),) = seen
    assert (state, too_late, counted, waiting) == (DONE.ACCEPTED, True, 40, 1)


def test_a_copied_machine_submits_on_its_own_branch(district: District) -> None:
    enter(district.at(WARD), OTHER, percent=1)
    district.write(WARD)
    district.close()
    clone = f"{WARD} chép"
    shutil.copytree(district.root / WARD, district.root / clone)
    enter(district.at(WARD), ITEM, percent=40)
    enter(district.at(clone), ITEM, percent=60)
    submitting.submit(district.at(WARD), PERIOD)
    hub = district.at(HUB)
    exchanging.import_files(hub, [*district.write(WARD), *district.write(clone)])
    assert (OTHER, "percent", 1, 1) not in changed(hub)
    accept(hub)
    # The other branch, of the same log and the same places, is not covered.
    assert figure(hub) == 40
    (report,) = [line.report for line in reporting.report_lines(hub) if line.item_path == ITEM]
    assert report.conflicts == ("percent",)
    submitting.submit(district.at(clone), PERIOD)
    exchanging.import_files(hub, district.write(clone))
    accept(hub)
    assert changed(hub) == []
    assert doctor.examine(hub).ok


def test_a_report_of_several_branches_is_covered_branch_by_branch(district: District) -> None:
    district.close()
    clone = f"{WARD} chép"
    shutil.copytree(district.root / WARD, district.root / clone)
    enter(district.at(WARD), ITEM, percent=40)
    enter(district.at(clone), OTHER, percent=60)
    hub = district.at(HUB)
    exchanging.import_files(hub, [*district.write(WARD), *district.write(clone)])
    exchanging.import_files(district.at(WARD), [district.written(HUB)["Phường Bồ Đề"]])
    submitting.submit(district.at(WARD), PERIOD)
    exchanging.import_files(hub, district.write(WARD))
    (held,) = row(hub).submissions
    assert len(held.said.covers.ends) >= 2
    accept(hub)
    assert (row(hub).incomplete, changed(hub), figure(hub), figure(hub, OTHER)) == (False, [], 40, 60)


class TestLateness:
    """The evidence of two ends, Ngày đến, and a person's ruling."""

    def test_received_before_the_deadline_is_in_time(self, district: District) -> None:
        submitting.submit(district.at(WARD), PERIOD)
        assert row(district.at(WARD)).sending is Sending.UNDETERMINED
        district.send(WARD, HUB)
        assert row(district.at(HUB)).sending is Sending.ON_TIME
        district.send(HUB, WARD)
        ((lower, upper),) = row(district.at(WARD)).brackets
        assert lower is not None
        assert upper == district.clock.now
        assert row(district.at(WARD)).sending is Sending.ON_TIME

    def test_received_late_without_evidence_is_not_determined_until_somebody_rules(self, district: District) -> None:
        submitting.submit(district.at(WARD), PERIOD)
        district.clock.now += timedelta(days=5)
        district.send(WARD, HUB)
        hub = district.at(HUB)
        unit = hub.unit_named(WARD).id
        assert row(hub).sending is Sending.UNDETERMINED
        submitting.rule(hub, unit, PERIOD, arrived=date(2023, 9, 16))
        assert row(hub).sending is Sending.LATE
        submitting.rule(hub, unit, PERIOD, ruling=Ruling.ON_TIME)
        assert row(hub).sending is Sending.ON_TIME
        district.send(HUB, WARD)
        assert row(district.at(WARD)).sending is Sending.ON_TIME

    def test_two_pcs_of_the_hub_that_differ_about_the_arrival_have_told_nothing(self, office: District) -> None:
        hub, other = office.at(HUB), office.at(HUB_COPY)
        submitting.submit(office.at(WARD), PERIOD)
        office.clock.now += timedelta(days=5)
        files = office.write(WARD)
        unit = hub.unit_named(WARD).id
        for ws, day in ((hub, 15), (other, 16)):
            exchanging.import_files(ws, files)
            submitting.rule(ws, unit, PERIOD, arrived=date(2023, 9, day))
        exchanging.import_files(hub, list(office.written(HUB_COPY).values()))
        assert row(hub).sending is Sending.UNDETERMINED
        submitting.rule(hub, unit, PERIOD, arrived=date(2023, 9, 15))
        assert row(hub).sending is Sending.ON_TIME

    def test_made_after_a_fact_of_the_hub_that_was_late_itself_is_late(self, district: District) -> None:
        district.clock.now += timedelta(days=5)
        enter(district.at(HUB), ITEM, percent=1)
        district.send(HUB, WARD)
        # The ward's clock says it was in time: clocks of units prove nothing.
        district.clock.now -= timedelta(days=6)
        submitting.submit(district.at(WARD), PERIOD)
        district.clock.now += timedelta(days=7)
        district.send(WARD, HUB)
        assert row(district.at(HUB)).sending is Sending.LATE
        district.send(HUB, WARD)
        assert row(district.at(WARD)).sending is Sending.LATE

    def test_a_later_correction_makes_nobody_late(self, district: District) -> None:
        accepted(district)
        district.send(HUB, WARD)
        district.clock.now += timedelta(days=30)
        enter(district.at(WARD), ITEM, percent=90)
        submitting.submit(district.at(WARD), PERIOD, reason="Bổ sung")
        district.send(WARD, HUB)
        assert row(district.at(HUB)).sending is Sending.ON_TIME

    def test_the_deadline_is_the_duty_s(self, district: District) -> None:
        assert row(district.at(HUB)).send_by == date(2023, 9, 15)


def test_the_board_names_whoever_owes_a_report(district: District) -> None:
    hub = district.at(HUB)
    names = [one.unit_name for one in submissions.board(hub, PERIOD)]
    assert len(names) == len(set(names))
    assert {"Phường Bồ Đề", "Trung tâm Phát triển quỹ đất", "Phường Cự Khối"} <= set(names)
    # A ward's body without a machine reports through the ward, which has one.
    assert "Trạm Y tế phường Bồ Đề" not in names
    assert [one.unit_name for one in submissions.board(district.at(WARD), PERIOD)] == ["Phường Bồ Đề"]
