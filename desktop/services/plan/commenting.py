"""*Trao đổi*: a unit's doubt about a row of the plan, and the hub's answer. Add-only: withdrawing is a fact."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.models.errors import Mistake
from desktop.models.kinds import COMMENT, check_content
from desktop.models.merge import FieldState, merge
from desktop.models.record_ids import comment_record, split_record
from desktop.models.strict_json import BadJson, JsonValue
from desktop.models.text import nfc
from desktop.services.records import Body, moment_of, text_of
from desktop.services.reporting import audience_of, change
from desktop.services.views import Changes, CommentAnswer, CommentLine, ReadingField, Role
from desktop.services.workspace import Workspace


def add_comment(ws: Workspace, record: str, about: str, text: str) -> Changes:
    """Say something about a row, or about one of its readings (``about``, a ReadingField; else "").

    Raises Mistake ITEM_UNKNOWN, COMMENT_ABOUT_UNKNOWN, COMMENT_EMPTY, COMMENT_TOO_LONG.
    """
    row = ws.store.queries.record(record)
    if row is None or not text_of(row.body.get("path")):
        raise Mistake("ITEM_UNKNOWN", "Không có nội dung này trong kế hoạch.", "Hãy chọn lại trong bảng.")
    if about and about not in set(ReadingField):
        raise Mistake(
            "COMMENT_ABOUT_UNKNOWN", f"Không có ô “{about}” để góp ý.", "Các ô: " + ", ".join(ReadingField) + "."
        )
    said = _said(text)
    if not said:
        raise Mistake("COMMENT_EMPTY", "Ý kiến còn trống. Chưa lưu gì.", "Hãy gõ nội dung ý kiến.")
    unit = ws.seat.unit
    number = ws.environment.random(16).hex()
    return _write(ws, comment_record(record, unit, number), {"about": about, "text": said}, {})


def withdraw_comment(ws: Workspace, comment: str) -> Changes:
    """Take a comment back; it stays to be read. Raises Mistake COMMENT_UNKNOWN, COMMENT_NOT_YOURS."""
    line = _line(ws, comment)
    if not line.mine:
        raise Mistake(
            "COMMENT_NOT_YOURS", "Ý kiến này không phải của đơn vị đang dùng máy này. Không có gì thay đổi.",
            "Chỉ đơn vị đã gửi ý kiến mới rút lại được.",
        )
    return _write(ws, comment, {"withdrawn": 1}, line.shown)


def answer_comment(
    ws: Workspace, comment: str, text: str, shown: Mapping[str, tuple[str, ...]], *, settled: bool = True
) -> Changes:
    """The hub's answer; ``settled`` takes the row out of *Cần rà soát*, also without a word.

    ``shown`` is that of the CommentLine that the person answered: another PC's answer it does not name stands beside.

    Raises Mistake HUB_ONLY, COMMENT_UNKNOWN, COMMENT_EMPTY, COMMENT_TOO_LONG.
    """
    if ws.seat.role is not Role.HUB:
        raise Mistake(
            "HUB_ONLY", "Chỉ đơn vị tổng hợp trả lời được ý kiến. Không có gì thay đổi.", "Hãy gửi thêm một ý kiến."
        )
    _line(ws, comment)
    said = _said(text)
    if not said and not settled:
        raise Mistake("COMMENT_EMPTY", "Câu trả lời còn trống. Chưa lưu gì.", "Hãy gõ câu trả lời, hoặc ghi đã xong.")
    fields: Body = {"settled": int(settled)}
    return _write(ws, comment, fields | ({"answer": said} if said else {}), shown)


def comments(ws: Workspace, record: str | None = None) -> tuple[CommentLine, ...]:
    """Comments held, of one row or of all that are known, in order of claimed time."""
    nodes = {row.record for row in ws.store.queries.records("node")} if record is None else {record}
    lines = [
        line for row in ws.store.queries.records(COMMENT)
        if split_record(row.record)[0] in nodes and (line := _comment(ws, row.record)) is not None
    ]
    return tuple(sorted(lines, key=lambda line: (line.entered, line.record)))


def open_counts(ws: Workspace) -> dict[str, int]:
    """How many comments on each row somebody still has to look at."""
    found: dict[str, int] = {}
    for row in ws.store.queries.records(COMMENT):
        # Two PCs of the hub that disagree have not settled it.
        settled = row.body.get("settled") == 1 and "settled" not in row.conflicts
        if text_of(row.body.get("text")) and not settled and row.body.get("withdrawn") != 1:
            item = split_record(row.record)[0]
            found[item] = found.get(item, 0) + 1
    return found


def _line(ws: Workspace, comment: str) -> CommentLine:
    found = _comment(ws, comment) if split_record(comment)[0] else None
    if found is None:
        raise Mistake("COMMENT_UNKNOWN", "Không có ý kiến này.", "Hãy xem lại danh sách ý kiến.")
    return found


def _comment(ws: Workspace, comment: str) -> CommentLine | None:
    """A comment; None while only the answer to it has come."""
    fields = merge(fact for fact in ws.store.journal.facts_of(comment) if fact.content.kind == COMMENT)
    if "text" not in fields:
        return None
    item, unit, _ = split_record(comment)
    said, zone, seat = fields["text"].chosen, ws.environment.clock().tzinfo, ws.seat
    answers = tuple(
        CommentAnswer(text_of(one.value), one.fact.content.user, moment_of(one.fact.content.wall, zone))
        for one in (fields["answer"].current if "answer" in fields else ())
    )
    own = unit == seat.unit or (seat.role is Role.UNIT and ws.writes_for(unit))
    return CommentLine(
        comment, item, unit, ws.unit_name(unit), _text(fields, "about"), text_of(said.value), said.fact.content.user,
        moment_of(said.fact.content.wall, zone), _is_set(fields, "withdrawn"), answers, _is_set(fields, "settled"), own,
        {name: tuple(one.fact.head.hex() for one in state.current) for name, state in fields.items()},
    )


def _text(fields: Mapping[str, FieldState], name: str) -> str:
    return text_of(fields[name].chosen.value) if name in fields else ""


def _is_set(fields: Mapping[str, FieldState], name: str) -> bool:
    """Whether all current values of a flag say so."""
    return name in fields and all(one.value == 1 for one in fields[name].current)


def _said(text: str) -> str:
    return nfc(text).strip()


def _write(
    ws: Workspace, comment: str, fields: Mapping[str, JsonValue], shown: Mapping[str, tuple[str, ...]]
) -> Changes:
    """Append what changes; what stands is not said twice."""
    item, unit, _ = split_record(comment)
    audience = audience_of(ws, unit)
    content = change(ws, audience, COMMENT, comment, fields, shown)
    if content is None:
        return Changes()
    if check_content(content):
        raise _too_long()
    try:
        with ws.store.atomic():
            ws.append(audience, [content])
    except BadJson as error:
        raise _too_long() from error
    return Changes(frozenset({item}), frozenset({unit}))


def _too_long() -> Mistake:
    return Mistake(
        "COMMENT_TOO_LONG", "Ý kiến quá dài hoặc có ký tự không gửi được. Chưa lưu gì.",
        "Hãy rút gọn (tối đa 20.000 ký tự) hoặc xóa ký tự lạ.",
    )
