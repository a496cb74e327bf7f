"""The judgement of a fact: kind x role x scope x audience."""

from __future__ import annotations

import pytest

from desktop.models.authority import Authority, LogPlace
from desktop.models.charter import Charter, Granted
from desktop.models.entries import DeviceRole, Grant
from desktop.models.facts import Content
from desktop.models.record_ids import (
    attachment_record,
    closing_record,
    comment_record,
    report_record,
    submission_record,
)
from desktop.models.strict_json import JsonValue

PLAN, ITEM = "f" * 32, "0" * 32
HUB, WARD, STRANGER = "11" * 32, "22" * 32, "33" * 32
PARENTS = {"phuong-a": "quan", "phuong-a-tram": "phuong-a", "phuong-b": "quan", "quan": None}


def is_within(unit: str, scope: str) -> bool:
    step: str | None = unit
    while step is not None and step != scope:
        step = PARENTS.get(step)
    return step is not None


LOG = "9" * 32
CHARTER = Charter(None, granted=(
    Granted("1", Grant(HUB, "age1hub", "quan", DeviceRole.HUB, "PC1")),
    Granted("2", Grant(WARD, "age1ward", "phuong-a", DeviceRole.UNIT, "PC1")),
))
AUTHORITY = Authority(PLAN, CHARTER, is_within, lambda log, head, end: False)


def content(kind: str, record: str, fields: dict[str, JsonValue]) -> Content:
    return Content(0, "người", kind, record, fields, {})


REPORT_A = content("report", report_record(ITEM, "phuong-a", "2023-Q3"), {"percent": 5})
REPORT_BODY = content("report", report_record(ITEM, "phuong-a-tram", "2023-Q3"), {"percent": 5})
REPORT_B = content("report", report_record(ITEM, "phuong-b", "2023-Q3"), {"percent": 5})
ROW = content("node", ITEM, {"title": "x"})
COMMENT_A = content("comment", comment_record(ITEM, "phuong-a", "1" * 32), {"about": "", "text": "Hỏi"})
COMMENT_B = content("comment", comment_record(ITEM, "phuong-b", "1" * 32), {"text": "Hỏi"})
ANSWER_A = content("comment", comment_record(ITEM, "phuong-a", "1" * 32), {"answer": "Đáp", "settled": 1})
FILE_A = content("attachment", attachment_record(ITEM, "phuong-a", "2023-Q3", "1" * 32), {"withdrawn": 1})
FILE_B = content("attachment", attachment_record(ITEM, "phuong-b", "2023-Q3", "1" * 32), {"withdrawn": 1})
ENDS: dict[str, JsonValue] = {ITEM: [1, "00" * 32]}
SUBMITTED = submission_record("phuong-a", "2023-Q3", "1" * 32)
SUBMIT_A = content("submission", SUBMITTED, {"covers": ENDS, "units": ["phuong-a"]})
SUBMIT_BODY = content(
    "submission", submission_record("phuong-a-tram", "2023-Q3", "1" * 32), {"covers": ENDS, "units": []}
)
SUBMIT_B = content(
    "submission", submission_record("phuong-b", "2023-Q3", "1" * 32), {"covers": ENDS, "units": []}
)
ACCEPT_A = content("submission", SUBMITTED, {
    "decision": {"outcome": "accepted", "covers": ENDS, "apart": {}, "units": ["phuong-a"]},
})
RETURN_A = content("submission", SUBMITTED, {"decision": {"outcome": "returned", "reason": "Thiếu"}})
ARRIVED_A = content("submission", SUBMITTED, {"withdrawn": 1, "arrived": "2023-09-15"})
RULED_A = content("submission", SUBMITTED, {"ruling": "on_time"})
CLOSED = content("closing", closing_record("2023-Q3", "1" * 32), {"covers": ENDS, "parts": 1, "version": 1})
CORRECTION = content("correction", ITEM, {"title": "x", "reason": "y"})
SEEN = content("seen", "seen", {ITEM: [1, "00" * 32]})
BAD = content("report", report_record(ITEM, "phuong-a", "2023-Q3"), {"percent": 101})
NEWER = content("giao-ban", "x", {})


@pytest.mark.parametrize(
    ("device", "audience", "fact", "standing", "reason"),
    [
        (WARD, "phuong-a", REPORT_A, "applied", ""),
        (WARD, "phuong-a", REPORT_BODY, "applied", ""),
        (WARD, "phuong-a", SEEN, "applied", ""),
        (WARD, "phuong-a", REPORT_B, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (WARD, "phuong-a", ROW, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (WARD, "all", REPORT_A, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (WARD, "all", ROW, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (WARD, "phuong-b", REPORT_A, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (WARD, "phuong-a", BAD, "quarantined", "FACT_BAD_VALUE"),
        (WARD, "phuong-a", NEWER, "held", "FACT_UNKNOWN_KIND"),
        (HUB, "all", ROW, "applied", ""),
        (HUB, "phuong-a", ROW, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (HUB, "phuong-a", REPORT_A, "applied", ""),
        (HUB, "quan", REPORT_B, "applied", ""),
        (WARD, "phuong-a", FILE_A, "applied", ""),
        (WARD, "phuong-a", FILE_B, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (WARD, "all", FILE_A, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (HUB, "phuong-a", FILE_A, "applied", ""),
        (WARD, "phuong-a", COMMENT_A, "applied", ""),
        (WARD, "all", COMMENT_A, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (WARD, "phuong-a", COMMENT_B, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (WARD, "phuong-a", ANSWER_A, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (WARD, "phuong-a", CORRECTION, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (HUB, "phuong-a", ANSWER_A, "applied", ""),
        (HUB, "phuong-a", COMMENT_A, "applied", ""),
        (HUB, "all", CORRECTION, "applied", ""),
        (HUB, "phuong-a", CORRECTION, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (WARD, "phuong-a", SUBMIT_A, "applied", ""),
        (WARD, "phuong-a", SUBMIT_BODY, "applied", ""),
        (WARD, "all", SUBMIT_A, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (WARD, "phuong-a", SUBMIT_B, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (WARD, "phuong-a", ACCEPT_A, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (WARD, "phuong-a", RETURN_A, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (WARD, "phuong-a", ARRIVED_A, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (WARD, "phuong-a", RULED_A, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (HUB, "phuong-a", SUBMIT_A, "applied", ""),
        (HUB, "phuong-a", ACCEPT_A, "applied", ""),
        (HUB, "phuong-a", RETURN_A, "applied", ""),
        (HUB, "phuong-a", RULED_A, "applied", ""),
        (HUB, "all", CLOSED, "applied", ""),
        (HUB, "phuong-a", CLOSED, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (WARD, "all", CLOSED, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (WARD, "phuong-a", CLOSED, "quarantined", "FACT_OUTSIDE_SCOPE"),
        (STRANGER, "phuong-a", REPORT_A, "held", "DEVICE_NOT_ENROLLED"),
    ],
)
def test_judgement(device: str, audience: str, fact: Content, standing: str, reason: str) -> None:
    judgement = AUTHORITY.judge(LogPlace(LOG, device, PLAN, audience), b"", fact)
    assert (judgement.standing.value, judgement.reason) == (standing, reason)


def test_another_plan_is_quarantined() -> None:
    judgement = AUTHORITY.judge(LogPlace(LOG, HUB, "e" * 32, "all"), b"", ROW)
    assert (judgement.standing.value, judgement.reason) == ("quarantined", "FACT_OTHER_PLAN")
