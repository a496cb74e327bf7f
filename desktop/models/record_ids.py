"""What the ids of records look like, kind by kind, and what they name: item, unit, period.

Source: docs/exchange.md, "Facts". An id is fixed when its record first appears (exchange.md, "Records, facts, logs").
"""

from __future__ import annotations

import re
from functools import lru_cache

from desktop.models.period import is_period

RECORD_ID = re.compile(r"[0-9a-f]{32}")
UNIT_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
COLLECTIVE = re.compile(rf"collective/{UNIT_ID.pattern}")
COUNTED = re.compile(r"[a-z]+/[0-9]{1,6}")
PERIOD = re.compile(r"[0-9]{4}(-[A-Z0-9]{2})?")
REPORT = re.compile(rf"({RECORD_ID.pattern})/({UNIT_ID.pattern})/({PERIOD.pattern})")
COMMENT = re.compile(rf"({RECORD_ID.pattern})/({UNIT_ID.pattern})/({RECORD_ID.pattern})")
ATTACHMENT = re.compile(rf"({REPORT.pattern})/{RECORD_ID.pattern}")
SUBMISSION = re.compile(rf"({UNIT_ID.pattern})/({PERIOD.pattern})/({RECORD_ID.pattern})")
CLOSING = re.compile(rf"({PERIOD.pattern})/({RECORD_ID.pattern})")
RECORDS_AT_HAND = 4096
"""Records whose look is remembered: a unit's year of reports, each of which several facts name."""


def report_record(item: str, unit: str, period: str) -> str:
    """The record id of a report."""
    return f"{item}/{unit}/{period}"


def comment_record(item: str, unit: str, number: str) -> str:
    """The record id of a comment; ``number`` is 16 random bytes in hex."""
    return f"{item}/{unit}/{number}"


def attachment_record(item: str, unit: str, period: str, number: str) -> str:
    """The record id of an attachment of a report; ``number`` is 16 random bytes in hex."""
    return f"{report_record(item, unit, period)}/{number}"


def submission_record(unit: str, period: str, number: str) -> str:
    """The record id of a submission; ``number`` is 16 random bytes in hex."""
    return f"{unit}/{period}/{number}"


def closing_record(period: str, number: str) -> str:
    """The record id of a closing; ``number`` is 16 random bytes in hex."""
    return f"{period}/{number}"


@lru_cache(maxsize=RECORDS_AT_HAND)
def split_record(record: str) -> tuple[str, str, str]:
    """(item, unit, period) of a record id: all of a report's or attachment's, no period of a comment's, no item of a
    submission's, the period alone of a closing's; empty texts for any other.
    """
    attached = ATTACHMENT.fullmatch(record)
    if match := REPORT.fullmatch(attached[1] if attached else record):
        return match[1], match[2], match[3]
    # Before comments: "2023" might be a unit's id too, and then nobody's scope holds the unit read here.
    if (match := SUBMISSION.fullmatch(record)) and is_period(match[2]):
        return "", match[1], match[2]
    if match := COMMENT.fullmatch(record):
        return match[1], match[2], ""
    match = CLOSING.fullmatch(record)
    return ("", "", match[1]) if match and is_period(match[1]) else ("", "", "")
