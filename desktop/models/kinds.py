"""The kinds of facts: the one table of who writes what, what its record looks like and what its fields hold.

The same checks serve saving, writing and importing (exchange.md "Package").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date
from enum import StrEnum
from functools import lru_cache

from desktop.models import record_ids
from desktop.models.attachments import MAX_ATTACHMENT, is_safe_name
from desktop.models.facts import Content
from desktop.models.lateness import Ruling
from desktop.models.period import is_period
from desktop.models.plan import NodeKind, Severity
from desktop.models.report import WorkState
from desktop.models.schedule import TimeKind
from desktop.models.strict_json import MAX_TEXT, JsonValue
from desktop.models.targets import Basis, Comparator, Enters, Rollup

TREE_KINDS = frozenset({"unit", "collective", "vocabulary"})
"""Kinds of which the tree of units is made."""
VOCABULARY = "vocabulary/words"
"""The one record of the words of a tree."""


ACCEPTED, RETURNED = "accepted", "returned"
"""What a hub's decision about a submission may be."""


class Writer(StrEnum):
    """Who may write a kind: the plan's owner, whoever's scope holds the record's unit, or any enrolled device."""

    OWNER = "owner"
    SCOPE = "scope"
    DEVICE = "device"


Check = Callable[[JsonValue], bool]


@dataclass(frozen=True, slots=True)
class KindRule:
    """Who writes a kind, what its record looks like and what its fields hold."""

    writer: Writer
    record: re.Pattern[str]
    fields: Mapping[str, Check]
    hub_fields: frozenset[str] = frozenset()
    """Fields of a kind of Writer.SCOPE that the hub alone may write."""
    by_log: Check | None = None
    """Of a kind whose fields are ids of logs or branches: what each holds."""
    together: frozenset[str] = frozenset()
    """Fields that a fact says all or none of, once for ever: no fact may supersede them (add-only)."""


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _text(value: JsonValue) -> bool:
    return isinstance(value, str) and len(value) <= MAX_TEXT


def _text_or_none(value: JsonValue) -> bool:
    return value is None or _text(value)


def _natural(value: JsonValue) -> bool:
    # bool is an int to Python; on the wire it is a fault.
    return type(value) is int and value >= 0


def _natural_or_none(value: JsonValue) -> bool:
    return value is None or _natural(value)


def _year(value: JsonValue) -> bool:
    # Days are reckoned from it, so a calendar must hold it; 0 where a plan names none.
    return type(value) is int and 0 <= value <= MAXYEAR


def _percent(value: JsonValue) -> bool:
    return value is None or (type(value) is int and 0 <= value <= 100)


def _day(value: JsonValue) -> bool:
    if value is None:
        return True
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _list_of(check: Check) -> Check:
    return lambda value: isinstance(value, list) and all(check(one) for one in value)


def _one_of(words: type[StrEnum]) -> Check:
    known = frozenset(word.value for word in words)
    return lambda value: isinstance(value, str) and value in known


def _shape(**fields: Check) -> Check:
    """An object that has at least these fields, each right."""
    return lambda value: isinstance(value, dict) and all(
        name in value and check(value[name]) for name, check in fields.items()
    )


def _allowed(**fields: Check) -> Check:
    """An object of which these fields are right where they stand."""
    return lambda value: isinstance(value, dict) and all(
        name not in value or check(value[name]) for name, check in fields.items()
    )


def _either(first: Check, second: Check) -> Check:
    return lambda value: first(value) or second(value)


def _exactly(word: str) -> Check:
    return lambda value: value == word


def _both(first: Check, second: Check) -> Check:
    return lambda value: first(value) and second(value)


def _file_name(value: JsonValue) -> bool:
    return isinstance(value, str) and is_safe_name(value)


def _attachment_size(value: JsonValue) -> bool:
    return _natural(value) and isinstance(value, int) and 1 <= value <= MAX_ATTACHMENT


def _hash(value: JsonValue) -> bool:
    return _matches(value, _HEAD)


def _flag(value: JsonValue) -> bool:
    return type(value) is int and value in (0, 1)


def _once(value: JsonValue) -> bool:
    return type(value) is int and value == 1


def _words(value: JsonValue) -> bool:
    return isinstance(value, dict) and all(_text(one) for one in value.values())


def _end(value: JsonValue) -> bool:
    """The end of a log or branch: [seq, head], as in a `seen`."""
    return _log_end(value) and isinstance(value, list) and value[0] != 0


def _run(value: JsonValue) -> bool:
    """Places [first, last]."""
    if not isinstance(value, list) or len(value) != 2:
        return False
    first, last = value
    return type(first) is int and type(last) is int and 1 <= first <= last


def _by_log(check: Check) -> Check:
    """An object from log or branch ids to what the check allows."""
    return lambda value: isinstance(value, dict) and all(
        record_ids.RECORD_ID.fullmatch(name) and check(one) for name, one in value.items()
    )


_texts = _list_of(_text)
_state = _one_of(WorkState)
_time = _shape(text=_text, kind=_one_of(TimeKind), first=_day, last=_day, checkpoints=_list_of(_day))
# What else a target says came later: plans issued before do not have it.
_target = _both(
    _shape(comparator=_one_of(Comparator), value=_text, value_max=_text_or_none, unit=_text, text=_text),
    _allowed(
        stretch=_text_or_none, measures=_text, each=_text, enters=_one_of(Enters), basis=_one_of(Basis),
        rollup=_one_of(Rollup), numerator=_text, denominator=_text,
    ),
)
_extra = _shape(name=_text, text=_text)
_HEAD = re.compile(r"[0-9a-f]{64}")
_SHORT_HEAD = re.compile(r"[0-9a-f]{16}")
_REASON_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,39}")


def _matches(value: JsonValue, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _log_end(value: JsonValue) -> bool:
    return isinstance(value, list) and len(value) == 2 and _natural(value[0]) and _matches(value[1], _HEAD)


def _not_counted(value: JsonValue) -> bool:
    return (
        isinstance(value, list) and len(value) == 3 and _natural(value[0]) and _matches(value[1], _SHORT_HEAD)
        and _matches(value[2], _REASON_CODE)
    )


_covers = _by_log(_end)
_apart = _by_log(_list_of(_run))
_accepts = _shape(outcome=_exactly(ACCEPTED), covers=_covers, apart=_apart, units=_texts)
_returns = _shape(outcome=_exactly(RETURNED), reason=_text)
NODE = "node"
CORRECTION = "correction"
"""Another reading of a row's printed text by the plan's owner; its record is the row's own."""
REASON = "reason"
"""Why a correction was made: said of that fact, not a value of the row."""
COMMENT = "comment"
"""A doubt of a unit about a row, and the hub's answer to it."""
SEEN = "seen"
"""An acknowledgement: per log or branch [seq, head] of the end of the gapless prefix held."""
CONTINUES = "continues"
"""A machine goes on in new logs: per old log [seq, head] where it is continued from."""
NOTICE = "notice"
"""What its writer does not count of a log: all of it, each as [seq, first 8 bytes of head, reason code]."""
ABOUT_EXCHANGE = frozenset({SEEN, CONTINUES, NOTICE})
"""Kinds that say nothing of the plan: their record is the kind's own word, nobody waits for them or confirms them."""
ATTACHMENT = "attachment"
"""A file that goes with a report: what it is called and the SHA-256 (hex) of its content, the blob."""
BLOB = "blob"
"""The field of an attachment that names its blob."""
BLOBS = "blobs"
"""The field of a `seen` that names blobs received; its other fields are log ids."""
SUBMISSION = "submission"
"""*Nộp*: a unit's report of a period, by the log ends it covers, and what the hub decided about it."""
CLOSING = "closing"
"""*Chốt số liệu kỳ*: the log ends behind the sheets of a period, and its reopening."""
COVERS_PARTS = ("covers", *(f"covers-{part}" for part in range(2, 9)))
"""The fields a closing's ends stand in: one fact has no room for more than some five hundred logs."""

KINDS: Mapping[str, KindRule] = {
    "plan": KindRule(Writer.OWNER, record_ids.RECORD_ID, {
        "number": _text, "day": _day, "issuer": _text, "title": _text, "theme": _text, "year": _year,
        "signer": _text, "hub": _text, "previous": _text, "closed": _day,
    }),
    "node": KindRule(Writer.OWNER, record_ids.RECORD_ID, {
        "path": _text, "parent": _text, "order": _natural, "kind": _one_of(NodeKind), "code": _text, "title": _text,
        "stated_count": _natural_or_none, "leaders": _texts, "lead_units": _texts, "coordinating_units": _texts,
        "expands_to": _texts, "leads": _texts, "coordinators": _texts, "start": _time, "end": _time,
        "targets": _list_of(_target), "source_lines": _list_of(_natural), "printed": _words,
        "withdrawn": _flag, "continues": _text, "extra": _list_of(_extra),
    }),
    "paragraph": KindRule(Writer.OWNER, record_ids.COUNTED, {
        "line": _natural, "text": _text, "heading": _natural, "withdrawn": _flag,
    }),
    "finding": KindRule(Writer.OWNER, record_ids.COUNTED, {
        "code": _text, "severity": _one_of(Severity), "message": _text, "source_lines": _list_of(_natural),
        "path": _text, "cell": _words, "withdrawn": _flag,
    }),
    "unit": KindRule(Writer.OWNER, record_ids.UNIT_ID, {
        "name": _text, "short": _text, "level": _text, "parent": _text_or_none, "aliases": _texts, "order": _natural,
    }),
    "collective": KindRule(Writer.OWNER, record_ids.COLLECTIVE, {
        "name": _text, "members": _texts, "aliases": _texts, "expands": _natural, "order": _natural,
    }),
    "vocabulary": KindRule(Writer.OWNER, re.compile(VOCABULARY), {
        "place": _text, "levels": _list_of(_shape(word=_text, expands=_natural)), "shared": _texts, "loose": _texts,
        "heads": _texts, "many": _texts, "doubtful": _list_of(_shape(printed=_text, means=_text)), "explained": _texts,
    }),
    "duty": KindRule(Writer.OWNER, record_ids.PERIOD, {"closes": _day, "send_by": _day}),
    "report": KindRule(Writer.SCOPE, record_ids.REPORT, {
        "state": lambda value: value is None or _state(value), "percent": _percent, "done_on": _day,
        "result": _text_or_none, "evidence": _text_or_none, "difficulties": _text_or_none,
        "proposals": _text_or_none,
    }),
    CORRECTION: KindRule(Writer.OWNER, record_ids.RECORD_ID, {
        "title": _text, "leaders": _texts, "lead_units": _texts, "leads": _texts, "coordinating_units": _texts,
        "coordinators": _texts, "expands_to": _texts, "start": _time, "end": _time, "targets": _list_of(_target),
        REASON: _text,
    }),
    COMMENT: KindRule(Writer.SCOPE, record_ids.COMMENT, {
        "about": _text, "text": _text, "withdrawn": _flag, "answer": _text, "settled": _flag,
    }, hub_fields=frozenset({"answer", "settled"})),
    ATTACHMENT: KindRule(Writer.SCOPE, record_ids.ATTACHMENT, {
        "name": _file_name, "size": _attachment_size, BLOB: _hash, "withdrawn": _once,
    }, together=frozenset({"name", "size", BLOB})),
    SEEN: KindRule(Writer.DEVICE, re.compile(SEEN), {BLOBS: _list_of(_hash)}, by_log=_log_end),
    CONTINUES: KindRule(Writer.DEVICE, re.compile(CONTINUES), {}, by_log=_log_end),
    NOTICE: KindRule(Writer.DEVICE, re.compile(NOTICE), {}, by_log=_list_of(_not_counted)),
    SUBMISSION: KindRule(Writer.SCOPE, record_ids.SUBMISSION, {
        "covers": _covers, "units": _texts, "number": _text, "day": _day, "signer": _text, "note": _text,
        "reason": _text, "withdrawn": _flag, "decision": _either(_accepts, _returns), "arrived": _day,
        "channel": _text, "ruling": _either(_one_of(Ruling), _exactly("")),
    }, hub_fields=frozenset({"decision", "arrived", "channel", "ruling"}), together=frozenset({"covers", "units"})),
    CLOSING: KindRule(Writer.OWNER, record_ids.CLOSING, {
        **dict.fromkeys(COVERS_PARTS, _covers), "parts": _natural, "apart": _apart, "version": _natural,
        "number": _text, "day": _day, "note": _text, "reopened": _text,
    }),
}
_RULES = "2"
"""To be raised when what a field may hold changes while kinds and fields keep their names."""


def rules() -> str:
    """What this program knows of kinds and fields: another text than before means that facts are judged anew."""
    known = (f"{kind}:{','.join(sorted(rule.fields))}" for kind, rule in sorted(KINDS.items()))
    return " ".join((_RULES, *known))


def check_content(content: Content) -> str:
    """"" when the content may be stored and applied, else a reason code.

    FACT_UNKNOWN_KIND and FACT_UNKNOWN_FIELD are held (a newer program may know them); FACT_BAD_RECORD,
    FACT_BAD_VALUE and FACT_BAD_SHAPE (a value is retired and none put in its place, or what is said once for ever
    is said by halves or anew) are quarantined.
    """
    rule = KINDS.get(content.kind)
    if rule is None:
        return "FACT_UNKNOWN_KIND"
    return _record_fault(content.kind, content.record) or _fields_fault(rule, content)


@lru_cache(maxsize=record_ids.RECORDS_AT_HAND)
def _record_fault(kind: str, record: str) -> str:
    if not KINDS[kind].record.fullmatch(record):
        return "FACT_BAD_RECORD"
    if kind in (SUBMISSION, CLOSING) and not record_ids.split_record(record)[2]:
        return "FACT_BAD_RECORD"
    period = record if kind == "duty" else record_ids.split_record(record)[2]
    return "" if not period or is_period(period) else "FACT_BAD_RECORD"


def _fields_fault(rule: KindRule, content: Content) -> str:
    for name, value in content.fields.items():
        check = rule.by_log if rule.by_log and record_ids.RECORD_ID.fullmatch(name) else rule.fields.get(name)
        if check is None:
            return "FACT_UNKNOWN_FIELD"
        if not check(value):
            return "FACT_BAD_VALUE"
    said = rule.together & content.fields.keys()
    add_only = not said or (said == rule.together and not said & content.supersedes.keys())
    return "" if add_only and content.supersedes.keys() <= content.fields.keys() else "FACT_BAD_SHAPE"
