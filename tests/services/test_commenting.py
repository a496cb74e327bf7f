"""Doubts of a unit about the plan: to the hub, its answer back, withdrawn but never gone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from desktop.models.errors import Mistake
from desktop.models.facts import ALL, Content
from desktop.models.kinds import COMMENT
from desktop.models.record_ids import comment_record
from desktop.models.strict_json import JsonValue
from desktop.services import doctor, reporting
from desktop.services.plan import commenting, correcting, planning
from desktop.services.traffic import enrolling, exchanging
from desktop.services.views import CommentLine, PlanRow, ReadingField
from desktop.services.workspace import Workspace
from tests.forging import segment
from tests.offices import BODY, HUB, PLAN, WARD, District, copy_district
from tests.services.test_attacks import attack, reasons

PROJECT = "I/2/2.3/2.3.2"
NUMBER = "5a" * 16


def say(ws: Workspace, text: str = "Theo chúng tôi hạn là 30/6", about: str = "end") -> str:
    """Comment on the row; the comment's record."""
    item = reporting.item_at(ws, PROJECT)
    before = {line.record for line in commenting.comments(ws)}
    changes = commenting.add_comment(ws, item, about, text)
    assert (changes.items, changes.units) == (frozenset({item}), frozenset({ws.seat.unit}))
    (made,) = [line.record for line in commenting.comments(ws, item) if line.record not in before]
    return made


def line(ws: Workspace, record: str) -> CommentLine:
    return next(one for one in commenting.comments(ws) if one.record == record)


def row(ws: Workspace) -> PlanRow:
    return planning.node_details(ws, reporting.item_at(ws, PROJECT)).row


def answer(ws: Workspace, record: str, text: str, *, settled: bool = True) -> None:
    commenting.answer_comment(ws, record, text, line(ws, record).shown, settled=settled)


def test_a_doubt_goes_to_the_hub_and_its_answer_comes_back(district: District) -> None:
    ward, hub = district.at(WARD), district.at(HUB)
    record = say(ward)
    assert not row(hub).needs_review
    done = district.send(WARD, HUB)
    assert done.changes.items == {reporting.item_at(hub, PROJECT)}
    seen = line(hub, record)
    assert (seen.unit_name, seen.author, seen.about, seen.text, seen.entered) == (
        WARD, ward.person, "end", "Theo chúng tôi hạn là 30/6", district.clock.now,
    )
    assert (seen.open, seen.mine, seen.answers) == (True, False, ())
    assert (row(hub).needs_review, row(hub).open_comments) == (True, 1)
    assert planning.node_details(hub, seen.item).comments == (seen,)
    shown = correcting.shown_now(hub, seen.item)
    correcting.correct(hub, seen.item, ReadingField.END, "30/6/2023", shown, "Phường hỏi")
    district.clock.now += timedelta(hours=2)
    answer(hub, record, "Đúng, đã sửa.")
    assert (row(hub).needs_review, row(hub).open_comments) == (False, 0)
    district.send(HUB, WARD)
    back = line(ward, record)
    assert [(one.text, one.author, one.entered) for one in back.answers] == [
        ("Đúng, đã sửa.", hub.person, district.clock.now)
    ]
    assert (back.open, back.mine, row(ward).open_comments) == (False, True, 0)
    for office in (HUB, WARD):
        assert doctor.examine(district.at(office)).ok


def test_other_units_do_not_get_it(district: District) -> None:
    record = say(district.at(WARD))
    district.send(WARD, HUB)
    answer(district.at(HUB), record, "Đã rõ")
    district.send(HUB, BODY)
    assert commenting.comments(district.at(BODY)) == ()


def test_an_answer_that_leaves_it_open_and_one_that_settles(district: District) -> None:
    hub = district.at(HUB)
    record = say(district.at(WARD))
    district.send(WARD, HUB)
    answer(hub, record, "Đang hỏi phòng QLĐT", settled=False)
    assert line(hub, record).open
    answer(hub, record, "", settled=True)
    assert not line(hub, record).open
    assert [one.text for one in line(hub, record).answers] == ["Đang hỏi phòng QLĐT"]
    facts = len(hub.store.journal.facts_of(record))
    answer(hub, record, "Đang hỏi phòng QLĐT")
    assert len(hub.store.journal.facts_of(record)) == facts, "what stands is not said twice"


def test_withdrawing_is_a_fact_and_the_words_stay(district: District) -> None:
    ward = district.at(WARD)
    record = say(ward)
    commenting.withdraw_comment(ward, record)
    assert not commenting.withdraw_comment(ward, record).items
    district.send(WARD, HUB)
    seen = line(district.at(HUB), record)
    assert (seen.withdrawn, seen.open, seen.text) == (True, False, "Theo chúng tôi hạn là 30/6")
    assert row(district.at(HUB)).open_comments == 0


def test_the_hub_may_note_something_itself(district: District) -> None:
    hub = district.at(HUB)
    record = say(hub, "Hỏi lại người soạn", about="")
    assert line(hub, record).mine
    assert row(hub).open_comments == 1


def test_two_answers_that_do_not_know_of_each_other_both_stand(district: District) -> None:
    record = say(district.at(WARD))
    district.send(WARD, HUB)
    district.close()
    other = copy_district(district.root, district.root.parent / "máy hai")
    answer(district.at(HUB), record, "Đồng ý")
    answer(other.at(HUB), record, "Chưa đồng ý", settled=False)
    files = [*district.write(HUB), *other.write(HUB)]
    other.close()
    ward = district.at(WARD)
    exchanging.import_files(ward, files)
    seen = line(ward, record)
    assert {one.text for one in seen.answers} == {"Đồng ý", "Chưa đồng ý"}
    assert seen.open, "not settled while one PC of the hub says that it is not"
    assert row(ward).open_comments == 1
    assert doctor.examine(ward).ok


def test_an_answer_may_come_before_the_comment(district: District) -> None:
    hub, ward = district.at(HUB), district.at(WARD)
    item = reporting.item_at(hub, PROJECT)
    record = comment_record(item, ward.seat.unit, NUMBER)
    with hub.store.atomic():
        hub.append(ward.seat.unit, [Content(hub.now(), "x", COMMENT, record, {"answer": "Đã rõ", "settled": 1}, {})])
    assert commenting.comments(hub) == ()
    assert row(hub).open_comments == 0
    with pytest.raises(Mistake, match="COMMENT_UNKNOWN"):
        commenting.answer_comment(hub, record, "x", {})
    with ward.store.atomic():
        ward.append(ward.seat.unit, [Content(ward.now(), "y", COMMENT, record, {"about": "", "text": "Hỏi"}, {})])
    district.send(WARD, HUB)
    assert [one.text for one in line(hub, record).answers] == ["Đã rõ"]
    assert doctor.examine(hub).ok


@pytest.mark.parametrize(
    ("about", "text", "code"),
    [
        ("", "  \n", "COMMENT_EMPTY"), ("", "x" * 20_001, "COMMENT_TOO_LONG"), ("", "a\0b", "COMMENT_TOO_LONG"),
        ("", "a\ud800", "COMMENT_TOO_LONG"), ("code", "Sai số", "COMMENT_ABOUT_UNKNOWN"),
    ],
)
def test_bad_input_is_told_and_nothing_saved(district: District, about: str, text: str, code: str) -> None:
    ward = district.at(WARD)
    with pytest.raises(Mistake, match=code):
        commenting.add_comment(ward, reporting.item_at(ward, PROJECT), about, text)
    assert commenting.comments(ward) == ()


def test_who_may_do_what(district: District) -> None:
    ward, hub = district.at(WARD), district.at(HUB)
    record = say(ward)
    district.send(WARD, HUB)
    with pytest.raises(Mistake, match="HUB_ONLY"):
        commenting.answer_comment(ward, record, "x", {})
    with pytest.raises(Mistake, match="COMMENT_NOT_YOURS"):
        commenting.withdraw_comment(hub, record)
    with pytest.raises(Mistake, match="COMMENT_EMPTY"):
        answer(hub, record, " ", settled=False)
    with pytest.raises(Mistake, match="COMMENT_TOO_LONG"):
        answer(hub, record, "x" * 20_001)
    for wrong in ("", "không có", comment_record("0" * 32, ward.seat.unit, NUMBER)):
        with pytest.raises(Mistake, match="COMMENT_UNKNOWN"):
            commenting.answer_comment(hub, wrong, "x", {})
    for wrong in ("0" * 32, ward.seat.plan_id):
        with pytest.raises(Mistake, match="ITEM_UNKNOWN"):
            commenting.add_comment(ward, wrong, "", "x")


def test_forged_comments_and_answers(district: District) -> None:
    """A unit speaks for itself alone, where others would not read it, and never in the hub's name."""
    ward, hub = district.at(WARD), district.at(HUB)
    item = reporting.item_at(ward, PROJECT)
    own = comment_record(item, ward.seat.unit, NUMBER)
    others = comment_record(item, ward.unit_named(BODY).id, NUMBER)

    def said(record: str, **fields: JsonValue) -> Content:
        return Content(0, "kẻ lạ", COMMENT, record, fields, {})

    forged = (
        (said(others, text="Của đơn vị khác"), ""), (said(own, text="Cho mọi người đọc"), ALL),
        (said(own, answer="Hub đã đồng ý"), ""), (said(own, text="x", settled=1), ""),
    )
    for content, audience in forged:
        receipt = attack(district, WARD, segment(ward, content, audience=audience))
        assert reasons(receipt) == {"FACT_OUTSIDE_SCOPE"}
    bad: tuple[dict[str, JsonValue], ...] = ({"withdrawn": 2}, {"withdrawn": True}, {"text": 5})
    for fields in bad:
        assert reasons(attack(district, WARD, segment(ward, said(own, **fields)))) == {"FACT_BAD_VALUE"}
    assert commenting.comments(hub) == ()
    assert commenting.open_counts(hub) == {}


def test_comments_of_rows_that_are_not_there_are_kept_but_not_listed(district: District) -> None:
    ward, hub = district.at(WARD), district.at(HUB)
    record = comment_record("ab" * 16, ward.seat.unit, NUMBER)
    with ward.store.atomic():
        ward.append(ward.seat.unit, [Content(ward.now(), "y", COMMENT, record, {"about": "", "text": "Hỏi"}, {})])
    district.send(WARD, HUB)
    assert commenting.comments(hub) == ()
    assert hub.store.queries.record(record) is not None
    assert doctor.examine(hub).ok


def test_comments_of_a_machine_not_yet_approved_wait_and_then_tell_the_plan(tmp_path: Path) -> None:
    made = District(tmp_path / "quận mới")
    made.root.mkdir()
    enrolling.setup_hub(made.environment, made.root / HUB, HUB, PLAN)
    starter = enrolling.write_starter(made.at(HUB), made.root).path
    enrolling.setup_unit(made.environment, made.root / WARD, WARD, starter, enrolling.own_code(made.at(HUB)))
    say(made.at(WARD))
    made.send(WARD, HUB)
    hub = made.at(HUB)
    assert row(hub).open_comments == 0
    approved = enrolling.approve(hub, None)
    assert approved.changes.items == {reporting.item_at(hub, PROJECT)}
    assert row(hub).open_comments == 1
    made.close()
