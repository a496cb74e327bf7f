"""Lines of facts: what travels reads back the same, what may not travel is refused with its code."""

from __future__ import annotations

import pytest

from desktop.models.attachments import MAX_ATTACHMENT
from desktop.models.facts import Content, Reference, make_line, read_line
from desktop.models.kinds import KINDS, check_content
from desktop.models.record_ids import (
    attachment_record,
    closing_record,
    comment_record,
    report_record,
    split_record,
    submission_record,
)
from desktop.models.strict_json import BadJson, JsonValue

ITEM = "0123456789abcdef" * 2
RECORD = report_record(ITEM, "p-bo-de", "2023-Q3")


def content(fields: dict[str, JsonValue], *, kind: str = "report", record: str = RECORD) -> Content:
    return Content(1694660400, "Người nhập 1", kind, record, fields, {})


def test_a_line_reads_back_as_it_was_made() -> None:
    made = Content(
        1694660400, "Nguyễn Thị Ánh", "report", RECORD, {"percent": 62, "result": "Đã xong\nđợt 1", "done_on": None},
        {"percent": (Reference("", 3, ""), Reference("b" * 32, 7, "0" * 16))},
    )
    assert read_line(make_line(5, made)) == (5, made)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"percent": 100, "state": "done", "done_on": "2023-09-10"}, ""),
        ({"percent": 101}, "FACT_BAD_VALUE"),
        ({"percent": -1}, "FACT_BAD_VALUE"),
        ({"percent": True}, "FACT_BAD_VALUE"),
        ({"percent": "62"}, "FACT_BAD_VALUE"),
        ({"state": "xong"}, "FACT_BAD_VALUE"),
        ({"done_on": "2023-02-30"}, "FACT_BAD_VALUE"),
        ({"done_on": "10/9/2023"}, "FACT_BAD_VALUE"),
        ({"result": 5}, "FACT_BAD_VALUE"),
        ({"mood": "vui"}, "FACT_UNKNOWN_FIELD"),
    ],
)
def test_values_of_a_report_are_checked(fields: dict[str, JsonValue], reason: str) -> None:
    assert check_content(content(fields)) == reason


@pytest.mark.parametrize(
    ("kind", "record", "reason"),
    [
        ("report", "x/p-bo-de/2023-Q3", "FACT_BAD_RECORD"),
        ("report", f"{ITEM}/P Bồ Đề/2023-Q3", "FACT_BAD_RECORD"),
        ("report", f"{ITEM}/p-bo-de/2023-Q9", "FACT_BAD_RECORD"),
        ("node", "II/1", "FACT_BAD_RECORD"),
        ("correction", "II/1", "FACT_BAD_RECORD"),
        ("correction", ITEM, ""),
        ("comment", ITEM, "FACT_BAD_RECORD"),
        ("comment", RECORD, "FACT_BAD_RECORD"),
        ("comment", comment_record(ITEM, "p-bo-de", "1" * 32), ""),
        ("giao-ban", RECORD, "FACT_UNKNOWN_KIND"),
        ("submission", RECORD, "FACT_BAD_RECORD"),
        ("submission", submission_record("p-bo-de", "2023-Q9", "1" * 32), "FACT_BAD_RECORD"),
        ("submission", submission_record("p-bo-de", "2023-Q3", "1" * 32), ""),
        ("closing", closing_record("2023-Q9", "1" * 32), "FACT_BAD_RECORD"),
        ("closing", "2023-Q3", "FACT_BAD_RECORD"),
        ("closing", closing_record("2023", "1" * 32), ""),
    ],
)
def test_records_and_kinds_are_checked(kind: str, record: str, reason: str) -> None:
    assert check_content(content({}, kind=kind, record=record)) == reason


HEAD = "ab" * 32


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"covers": {ITEM: [4, HEAD]}, "units": ["p-bo-de"], "day": "2023-09-15", "withdrawn": 1}, ""),
        ({"covers": {}, "units": []}, ""),
        ({"covers": {}}, "FACT_BAD_SHAPE"),
        ({"covers": {ITEM: [0, HEAD]}}, "FACT_BAD_VALUE"),
        ({"covers": {ITEM: [True, HEAD]}}, "FACT_BAD_VALUE"),
        ({"covers": {ITEM: [4, "ab" * 8]}}, "FACT_BAD_VALUE"),
        ({"covers": {"x": [4, HEAD]}}, "FACT_BAD_VALUE"),
        ({"covers": None}, "FACT_BAD_VALUE"),
        ({"decision": {"outcome": "accepted", "covers": {}, "apart": {ITEM: [[1, 2]]}, "units": []}}, ""),
        ({"decision": {"outcome": "accepted", "covers": {}, "apart": {ITEM: [[2, 1]]}, "units": []}}, "FACT_BAD_VALUE"),
        ({"decision": {"outcome": "accepted", "covers": {}, "units": []}}, "FACT_BAD_VALUE"),
        ({"decision": {"outcome": "returned", "reason": "Thiếu"}}, ""),
        ({"decision": {"outcome": "returned"}}, "FACT_BAD_VALUE"),
        ({"decision": {"outcome": "lost", "reason": ""}}, "FACT_BAD_VALUE"),
        ({"decision": "accepted"}, "FACT_BAD_VALUE"),
        ({"arrived": "2023-09-31"}, "FACT_BAD_VALUE"),
        ({"ruling": "late"}, ""), ({"ruling": ""}, ""), ({"ruling": "soon"}, "FACT_BAD_VALUE"),
        ({"mood": "vui"}, "FACT_UNKNOWN_FIELD"),
    ],
)
def test_values_of_a_submission_are_checked(fields: dict[str, JsonValue], reason: str) -> None:
    one = content(fields, kind="submission", record=submission_record("p-bo-de", "2023-Q3", "1" * 32))
    assert check_content(one) == reason
    if not reason:
        assert read_line(make_line(1, one)) == (1, one), "it is not too deep to travel"


def test_records_of_submissions_and_closings_name_unit_and_period() -> None:
    assert split_record(submission_record("p-bo-de", "2023-Q3", "1" * 32)) == ("", "p-bo-de", "2023-Q3")
    assert split_record(closing_record("2023-Q3", "1" * 32)) == ("", "", "2023-Q3")
    # A unit whose id looks like an item's: the unit is read, so that scope is judged by it.
    assert split_record(submission_record("1" * 32, "2023", "1" * 32)) == ("", "1" * 32, "2023")


def test_an_acknowledgement_names_ends_of_logs() -> None:
    good: dict[str, JsonValue] = {ITEM: [4, "ab" * 32]}
    assert check_content(content(good, kind="seen", record="seen")) == ""
    wrong: tuple[dict[str, JsonValue], ...] = (
        {ITEM: [4]}, {ITEM: [True, "ab" * 32]}, {ITEM: [4, "AB" * 32]},
    )
    for fields in wrong:
        assert check_content(content(fields, kind="seen", record="seen")) == "FACT_BAD_VALUE"
    assert check_content(content({"x": [4, "ab" * 32]}, kind="seen", record="seen")) == "FACT_UNKNOWN_FIELD"
    assert check_content(content(good, kind="seen", record="x")) == "FACT_BAD_RECORD"


def test_a_notice_names_what_is_not_counted_and_why() -> None:
    entry: JsonValue = [4, "ab" * 8, "FACT_OUTSIDE_SCOPE"]
    good: tuple[JsonValue, ...] = ([], [entry], [entry, [5, "cd" * 8, "SOMETHING_NEWER"]])
    for listed in good:
        assert check_content(content({ITEM: listed}, kind="notice", record="notice")) == ""
    bad: tuple[JsonValue, ...] = (
        [[4, "ab" * 8]], [[4, "ab" * 32, "X"]], [[-1, "ab" * 8, "X"]], [[4, "ab" * 8, "<b>"]], entry, None,
    )
    for wrong in bad:
        assert check_content(content({ITEM: wrong}, kind="notice", record="notice")) == "FACT_BAD_VALUE"


@pytest.mark.parametrize(("year", "reason"), [
    (2023, ""), (0, ""), (9999, ""), (10_000, "FACT_BAD_VALUE"), (2**53, "FACT_BAD_VALUE"), (-1, "FACT_BAD_VALUE"),
    (True, "FACT_BAD_VALUE"), (None, "FACT_BAD_VALUE"),
])
def test_the_year_of_a_plan_is_one_that_a_calendar_holds(year: JsonValue, reason: str) -> None:
    assert check_content(content({"year": year}, kind="plan", record=ITEM)) == reason


def test_what_cannot_travel_is_refused_when_it_is_made() -> None:
    with pytest.raises(BadJson):
        make_line(1, content({"result": "x" * 20_001}))
    with pytest.raises(BadJson):
        make_line(1, content({"result": "\ud800"}))
    with pytest.raises(BadJson, match="FACT_TOO_LONG"):
        make_line(1, content({name: "ấ" * 15_000 for name in ("result", "evidence", "difficulties")}))


@pytest.mark.parametrize(
    "line",
    [
        b"[]", b"{}", b'{"f":{},"k":"report","n":0,"r":"x","t":1,"u":"a"}',
        b'{"f":[],"k":"report","n":1,"r":"x","t":1,"u":"a"}', b'{"f":{},"k":"report","n":true,"r":"x","t":1,"u":"a"}',
        b'{"f":{},"k":"report","n":1,"r":"x","s":{"percent":[]},"t":1,"u":"a"}',
        b'{"f":{},"k":"report","n":1,"r":"x","s":{"percent":["x"]},"t":1,"u":"a"}',
        b'{"f":{},"k":"report","n":1,"r":"x","t":1.5,"u":"a"}',
    ],
)
def test_lines_of_another_shape_are_no_facts(line: bytes) -> None:
    with pytest.raises(BadJson):
        read_line(line)


def test_every_kind_says_who_writes_it() -> None:
    assert {name: rule.writer.value for name, rule in KINDS.items()} == {
        "plan": "owner", "node": "owner", "paragraph": "owner", "finding": "owner", "unit": "owner", "duty": "owner",
        "collective": "owner", "vocabulary": "owner", "report": "scope", "correction": "owner", "comment": "scope",
        "seen": "device", "continues": "device", "notice": "device",
        "attachment": "scope",
        "submission": "scope", "closing": "owner",
    }


def test_records_of_reports_comments_and_attachments_name_item_and_unit() -> None:
    assert split_record(RECORD) == (ITEM, "p-bo-de", "2023-Q3")
    assert split_record(comment_record(ITEM, "p-bo-de", "1" * 32)) == (ITEM, "p-bo-de", "")
    assert split_record(attachment_record(ITEM, "p-bo-de", "2023-Q3", "1" * 32)) == (ITEM, "p-bo-de", "2023-Q3")
    for other in (f"{RECORD}/{'1' * 31}", f"{RECORD}/", f"{ITEM}/p-bo-de/{'1' * 32}/{'1' * 32}"):
        assert split_record(other) == ("", "", "")
    for other in ("", ITEM, f"{ITEM}/p-bo-de/{'1' * 31}", f"{ITEM}/P/2023", "finding/3"):
        assert split_record(other) == ("", "", "")


def test_a_correction_holds_readings_only() -> None:
    time: dict[str, JsonValue] = {"text": "x", "kind": "event", "first": None, "last": None, "checkpoints": []}
    good: dict[str, JsonValue] = {"end": time, "leads": ["p-bo-de"], "reason": "Theo công văn"}
    assert check_content(content(good, kind="correction", record=ITEM)) == ""
    for name, value in (("path", "II/1"), ("printed", "x"), ("source_lines", "x")):
        assert check_content(content({name: value}, kind="correction", record=ITEM)) == "FACT_UNKNOWN_FIELD"
    assert check_content(content({"end": "30/6"}, kind="correction", record=ITEM)) == "FACT_BAD_VALUE"


@pytest.mark.parametrize(("more", "reason"), [
    ({}, ""), ({"stretch": None, "measures": "rác thải", "each": "phường", "enters": "units", "basis": "period",
                "rollup": "count_units", "numerator": "", "denominator": ""}, ""),
    ({"enters": "hub"}, "FACT_BAD_VALUE"), ({"rollup": "mean"}, "FACT_BAD_VALUE"), ({"stretch": 95}, "FACT_BAD_VALUE"),
])
def test_targets_with_and_without_their_settings(more: dict[str, JsonValue], reason: str) -> None:
    target: dict[str, JsonValue] = {
        "comparator": "at_least", "value": "93.5", "value_max": None, "unit": "%", "text": "x",
    }
    assert check_content(content({"targets": [target | more]}, kind="node", record=ITEM)) == reason


@pytest.mark.parametrize(("kind", "record", "fields", "reason"), [
    ("collective", "collective/cac-truong", {"name": "các trường", "members": ["a"], "expands": 0, "order": 1}, ""),
    ("collective", "cac-truong", {}, "FACT_BAD_RECORD"),
    ("collective", "collective/cac-truong", {"expands": True}, "FACT_BAD_VALUE"),
    ("vocabulary", "vocabulary/words", {"levels": [{"word": "phường", "expands": 1}], "many": ["các"]}, ""),
    ("vocabulary", "vocabulary/words", {"doubtful": [{"printed": "Phòng VTTT"}]}, "FACT_BAD_VALUE"),
    ("vocabulary", "vocabulary/other", {}, "FACT_BAD_RECORD"),
])
def test_collectives_and_words_of_a_tree(
    kind: str, record: str, fields: dict[str, JsonValue], reason: str
) -> None:
    assert check_content(content(fields, kind=kind, record=record)) == reason


FILE: dict[str, JsonValue] = {"name": "Biên bản.pdf", "size": 5, "blob": "ab" * 32}


@pytest.mark.parametrize(("fields", "reason"), [
    (FILE, ""), ({"withdrawn": 1}, ""), (FILE | {"withdrawn": 1}, ""),
    ({"name": "a.pdf"}, "FACT_BAD_SHAPE"), ({"blob": "ab" * 32, "size": 5}, "FACT_BAD_SHAPE"),
    ({"withdrawn": 0}, "FACT_BAD_VALUE"), ({"withdrawn": True}, "FACT_BAD_VALUE"),
    (FILE | {"size": 0}, "FACT_BAD_VALUE"), (FILE | {"size": True}, "FACT_BAD_VALUE"),
    (FILE | {"size": MAX_ATTACHMENT}, ""), (FILE | {"size": MAX_ATTACHMENT + 1}, "FACT_BAD_VALUE"),
    (FILE | {"blob": "AB" * 32}, "FACT_BAD_VALUE"), (FILE | {"blob": "ab" * 31}, "FACT_BAD_VALUE"),
    (FILE | {"name": "../a.pdf"}, "FACT_BAD_VALUE"), (FILE | {"name": ""}, "FACT_BAD_VALUE"),
    (FILE | {"name": "con.pdf"}, "FACT_BAD_VALUE"), (FILE | {"name": None}, "FACT_BAD_VALUE"),
    (FILE | {"caption": "x"}, "FACT_UNKNOWN_FIELD"),
])
def test_an_attachment_says_name_size_and_blob_at_once(fields: dict[str, JsonValue], reason: str) -> None:
    record = attachment_record(ITEM, "p-bo-de", "2023-Q3", "1" * 32)
    assert check_content(content(fields, kind="attachment", record=record)) == reason


def test_an_attachment_is_never_said_anew_and_belongs_to_a_period() -> None:
    record = attachment_record(ITEM, "p-bo-de", "2023-Q3", "1" * 32)
    again = Content(0, "x", "attachment", record, FILE, {"blob": (Reference("", 1, ""),)})
    assert check_content(again) == "FACT_BAD_SHAPE"
    for other in (RECORD, attachment_record(ITEM, "p-bo-de", "2023-Q9", "1" * 32), f"{record}/x"):
        assert check_content(content(FILE, kind="attachment", record=other)) == "FACT_BAD_RECORD"


@pytest.mark.parametrize(("blobs", "reason"), [
    (["ab" * 32, "cd" * 32], ""), ([], ""), (["ab" * 31], "FACT_BAD_VALUE"), ("ab" * 32, "FACT_BAD_VALUE"),
    ([1], "FACT_BAD_VALUE"), (None, "FACT_BAD_VALUE"),
])
def test_an_acknowledgement_names_blobs_by_their_hash(blobs: JsonValue, reason: str) -> None:
    assert check_content(content({"blobs": blobs, ITEM: [1, "00" * 32]}, kind="seen", record="seen")) == reason
