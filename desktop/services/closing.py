"""*Chốt số liệu kỳ*: freezing the facts behind a period's sheets, reopening, going back to it (exchange.md "State")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from desktop.models.closing import Closing, label_of, named_version, next_version, standing_closings
from desktop.models.covers import Covers, apart_json, ends_json, read_covers
from desktop.models.errors import Mistake
from desktop.models.facts import ALL, Content
from desktop.models.kinds import CLOSING, COVERS_PARTS, check_content
from desktop.models.merge import merge
from desktop.models.period import read_period
from desktop.models.record_ids import closing_record, split_record
from desktop.models.strict_json import BadJson, JsonValue
from desktop.models.submission import SubmissionState
from desktop.models.text import nfc
from desktop.services.plan.owner_facts import amendment, require_hub
from desktop.services.records import day_json, day_of, int_of, moment_of, text_of
from desktop.services.submissions import board
from desktop.services.traffic.log_ends import covers_now
from desktop.services.views import Changes
from desktop.services.workspace import Workspace

_PART = 400
"""Ends in one fact: each is some 110 bytes, a line holds 64 KB."""


@dataclass(frozen=True, slots=True)
class ClosingVersion:
    """A version of a period's figures. ``label`` is what it is asked for by; ``stands`` while it is not reopened."""

    label: str
    closing: Closing
    closed: datetime
    stands: bool


@dataclass(frozen=True, slots=True)
class Unready:
    """What closing now would leave out or take as it is: none of it hinders closing."""

    not_accepted: tuple[str, ...]
    """Names of units whose report is not accepted."""
    conflicts: int
    """Reports with fields under *Cần đối chiếu*."""


def versions(ws: Workspace, period: str) -> tuple[ClosingVersion, ...]:
    """The versions of a period in order. Raises Mistake PERIOD_UNKNOWN, FOLDER_NOT_SET_UP."""
    _, zone = ws.seat, ws.environment.clock().tzinfo
    held = _closings(ws, period)
    return tuple(
        ClosingVersion(label_of(one, held), one, moment_of(one.closed, zone), not one.reopened) for one in held
    )


def _closings(ws: Workspace, period: str) -> tuple[Closing, ...]:
    read_period(period)
    found = [
        closing for row in ws.store.queries.records(CLOSING)
        if split_record(row.record)[2] == period and (closing := _closing(ws, row.record)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.version, one.record)))


def _closing(ws: Workspace, record: str) -> Closing | None:
    fields = merge(ws.store.journal.facts_of(record))
    if COVERS_PARTS[0] not in fields:
        return None
    body = {name: state.chosen.value for name, state in fields.items()}
    parts = [read_covers(body[name]) for name in COVERS_PARTS if name in body]
    ends = {name: end for part in parts for name, end in part.ends.items()}
    said = fields[COVERS_PARTS[0]].chosen.fact.content
    return Closing(
        record, split_record(record)[2], int_of(body.get("version")) or 0,
        Covers(ends, read_covers({}, body.get("apart")).apart), said.wall, said.user,
        number=text_of(body.get("number")), day=day_of(body.get("day")), note=text_of(body.get("note")),
        reopened=text_of(body.get("reopened")), complete=len(parts) == int_of(body.get("parts")),
    )


def unready(ws: Workspace, period: str) -> Unready:
    """What to look at before closing a period. Raises Mistake PERIOD_UNKNOWN."""
    rows = board(ws, period)
    return Unready(
        tuple(row.unit_name for row in rows if row.state is not SubmissionState.ACCEPTED),
        sum(1 for report in ws.store.queries.reports(period=period) if report.conflicts),
    )


def close(ws: Workspace, period: str, *, number: str = "", day: date | None = None, note: str = "") -> Changes:
    """Freeze all that this PC holds as the figures of a period: a new version.

    ``number`` and ``day`` are those of the report that was filed. Raises Mistake HUB_ONLY, PERIOD_UNKNOWN,
    PERIOD_CLOSED, CLOSING_TOO_LONG.
    """
    require_hub(ws)
    held = _closings(ws, period)
    if standing := standing_closings(held):
        raise Mistake(
            "PERIOD_CLOSED",
            f"Số liệu {read_period(period).name} đã chốt (lần {label_of(standing[0], held)}). Không có gì thay đổi.",
            "Nếu cần chốt lại, hãy mở lại kỳ (period reopen) và ghi lý do.",
        )
    covers = covers_now(ws)
    record = closing_record(period, ws.environment.random(16).hex())
    fields: dict[str, JsonValue] = {
        "version": next_version(held), "apart": apart_json(covers),
        **{name: said for name, text in (("number", number), ("note", note)) if (said := nfc(text).strip())},
    }
    if day is not None:
        fields["day"] = day_json(day)
    _append(ws, [
        Content(ws.now(), ws.person, CLOSING, record, part, {}) for part in _parts(fields, ends_json(covers))
    ])
    return Changes(periods=frozenset({period}))


def _parts(fields: Mapping[str, JsonValue], ends: Mapping[str, JsonValue]) -> list[dict[str, JsonValue]]:
    """The fields of a closing as one fact, or as several where the ends are too many for one line."""
    names = sorted(ends)
    groups = [names[first:first + _PART] for first in range(0, len(names), _PART)] or [[]]
    if len(groups) > len(COVERS_PARTS):
        raise _too_long()
    parts: list[dict[str, JsonValue]] = []
    for name, group in zip(COVERS_PARTS, groups, strict=False):
        covered: dict[str, JsonValue] = {log: ends[log] for log in group}
        parts.append({name: covered})
    parts[0] = {**fields, "parts": len(parts), **parts[0]}
    return parts


def _append(ws: Workspace, contents: Sequence[Content]) -> None:
    if any(check_content(content) for content in contents):
        raise _too_long()
    try:
        with ws.store.atomic():
            ws.append(ALL, contents)
    except BadJson as error:
        raise _too_long() from error


def _too_long() -> Mistake:
    return Mistake(
        "CLOSING_TOO_LONG", "Nội dung chốt số liệu quá dài hoặc có ký tự không gửi được. Chưa chốt.",
        "Hãy rút gọn ghi chú; nếu có nhiều nội dung chưa được tính, hãy xử lý trong Tạm giữ trước.",
    )


def reopen(ws: Workspace, period: str, reason: str, *, version: str = "") -> Changes:
    """Let a period be closed anew; the closed version still prints as it was.

    ``version`` is needed only where PCs of the hub closed beside each other. Raises Mistake HUB_ONLY, PERIOD_OPEN,
    REOPEN_WITHOUT_REASON, VERSION_UNKNOWN, VERSION_AMBIGUOUS, CLOSING_TOO_LONG.
    """
    require_hub(ws)
    said = nfc(reason).strip()
    if not said:
        raise Mistake("REOPEN_WITHOUT_REASON", "Chưa ghi lý do mở lại. Chưa lưu gì.", "Hãy ghi lý do mở lại kỳ.")
    held = _closings(ws, period)
    standing = standing_closings(held)
    if not standing:
        raise Mistake(
            "PERIOD_OPEN", f"Số liệu {read_period(period).name} chưa chốt nên không có gì để mở lại.",
            "Không có gì thay đổi.",
        )
    chosen = _one(named_version(version, held) if version else standing, held, period)
    content = amendment(ws, CLOSING, chosen.record, {"reopened": said})
    if content is not None:
        _append(ws, [content])
    return Changes(periods=frozenset({period}))


def closed_version(ws: Workspace, period: str, version: str) -> Closing:
    """The version asked for. Raises Mistake VERSION_UNKNOWN, VERSION_AMBIGUOUS."""
    held = _closings(ws, period)
    return _one(named_version(version, held), held, period)


def closing_in_force(ws: Workspace, period: str) -> Closing | None:
    """The version that stands; None while the period is open. Raises Mistake VERSION_AMBIGUOUS."""
    held = _closings(ws, period)
    standing = standing_closings(held)
    return _one(standing, held, period) if standing else None


def _one(found: Sequence[Closing], held: Sequence[Closing], period: str) -> Closing:
    labels = ", ".join(label_of(one, held) for one in held)
    name = read_period(period).name
    if not found:
        raise Mistake(
            "VERSION_UNKNOWN", f"Không có lần chốt này của số liệu {name}.",
            f"Các lần chốt: {labels}." if labels else "Kỳ này chưa chốt.",
        )
    if len(found) > 1:
        raise Mistake(
            "VERSION_AMBIGUOUS", f"Hai máy của đơn vị tổng hợp đã cùng chốt số liệu {name}: "
            + ", ".join(label_of(one, held) for one in found) + ".",
            "Hãy nêu rõ lần chốt, hoặc mở lại một lần (period reopen).",
        )
    return found[0]


@contextmanager
def as_closed(ws: Workspace, closing: Closing) -> Iterator[Workspace]:
    """The plan as it was when a period was closed, its clock standing there; to read only.

    Raises Mistake VERSION_INCOMPLETE where parts or ends of it are not held here.
    """
    missing = ws.store.covering().coverage(closing.covers).missing
    if missing or not closing.complete:
        raise Mistake(
            "VERSION_INCOMPLETE",
            f"Máy này chưa nhận đủ nội dung của lần chốt số liệu {read_period(closing.period).name} này.",
            "Không in số liệu thiếu. Hãy nhập các tệp mới nhất của đơn vị và của máy đã chốt.",
        )
    closed = moment_of(closing.closed, ws.environment.clock().tzinfo)
    with ws.store.as_of(closing.covers) as store:
        yield Workspace(replace(ws.environment, clock=lambda: closed), ws.folder, store)
