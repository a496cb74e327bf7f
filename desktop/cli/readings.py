"""The commands on readings of the plan: correcting one, and what units say about them."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import output
from desktop.models.errors import Mistake
from desktop.models.schedule import Time
from desktop.models.strict_json import JsonValue
from desktop.models.targets import COMPARATOR_WORDS, Target
from desktop.models.time_printing import print_time
from desktop.services.plan import commenting, correcting
from desktop.services.plan.read_again import HEADINGS
from desktop.services.records import target_json, time_json
from desktop.services.reporting import item_at
from desktop.services.views import CommentLine, FieldValue, ReadingField
from desktop.services.workspace import Workspace, workspace

if TYPE_CHECKING:
    from desktop.cli.libraries import Commands
    from desktop.services.environment import Environment


def plan_correct(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Correct one reading of a row, go back to the first one, or only see what typed words would be read as."""
    field = _field(arguments.field)
    with workspace(environment, folder) as ws:
        _ = ws.seat
        record = item_at(ws, arguments.item)
        value, changed = _corrected(ws, record, field, arguments)
    if arguments.json:
        output.json_document({"field": field.value, "value": _value_json(value), "changed": changed})
    else:
        said = "Đã lưu" if changed else "Không lưu gì"
        output.line(f"{said}: {arguments.item} · {HEADINGS[field]} · hiểu là: {_words(value) or '–'}")
    return 0


def _corrected(
    ws: Workspace, record: str, field: ReadingField, arguments: argparse.Namespace
) -> tuple[FieldValue, bool]:
    """The value, and whether it was written."""
    shown = correcting.shown_now(ws, record)
    if arguments.original:
        proposal = correcting.original(ws, record, field)
    else:
        proposal = correcting.propose(ws, record, field, arguments.to)
    if arguments.trial:
        return proposal.value, False
    if arguments.original:
        changes = correcting.restore(ws, record, field, shown, arguments.reason)
    else:
        changes = correcting.correct(ws, record, field, arguments.to, shown, arguments.reason)
    return proposal.value, bool(changes.items)


def _field(name: str) -> ReadingField:
    if name not in set(ReadingField):
        raise Mistake("USAGE", f"Không có ô “{name}” để sửa.", "Các ô: " + ", ".join(ReadingField) + ".")
    return ReadingField(name)


def _words(value: FieldValue) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Time):
        return print_time(value) + (f" (đến {value.last:%d/%m/%Y})" if value.last else "")
    return "; ".join(_target_words(one) if isinstance(one, Target) else one for one in value)


def _target_words(target: Target) -> str:
    value = "-".join(one.replace(".", ",") for one in (target.value, target.value_max) if one)
    return f"{COMPARATOR_WORDS[target.comparator]} {value} {target.unit}".strip()


def _value_json(value: FieldValue) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, Time):
        return time_json(value)
    return [target_json(one) if isinstance(one, Target) else one for one in value]


def plan_comment(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Say something about a row, answer it, take it back."""
    with workspace(environment, folder) as ws:
        _ = ws.seat
        if arguments.item is not None:
            commenting.add_comment(ws, item_at(ws, arguments.item), arguments.about, arguments.text)
            output.line(f"Đã lưu ý kiến về {arguments.item}; sẽ đi cùng tệp gửi tiếp theo.")
        elif arguments.answer is not None:
            shown = {line.record: line.shown for line in commenting.comments(ws)}.get(arguments.answer, {})
            commenting.answer_comment(ws, arguments.answer, arguments.text, shown, settled=not arguments.open)
            output.line("Đã lưu câu trả lời; sẽ đi cùng tệp gửi tiếp theo.")
        else:
            commenting.withdraw_comment(ws, arguments.withdraw)
            output.line("Đã rút ý kiến; nội dung vẫn còn để xem.")
    return 0


def plan_comments(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Every comment held."""
    with workspace(environment, folder) as ws:
        _ = ws.seat
        rows = {row.record: row.body for row in ws.store.queries.records("node")}
        lines = commenting.comments(ws)
    if arguments.json:
        output.json_document([_comment_json(line, rows[line.item]) for line in lines])
        return 0
    for line in lines:
        state = "đã rút" if line.withdrawn else "đã xong" if line.settled else "còn ngỏ"
        row = rows[line.item]
        # The path of a row that was withdrawn may be another row's by now.
        place = str(row.get("path", "")) + " (dòng đã rút khỏi kế hoạch)" * bool(row.get("withdrawn"))
        output.line(f"{place} · {line.unit_name} · {state}: {line.text} ({line.record})")
        for answer in line.answers:
            output.line(f"  Trả lời ({answer.author}): {answer.text}")
    return 0


def _comment_json(line: CommentLine, row: Mapping[str, JsonValue]) -> dict[str, object]:
    """A comment as `plan comments --json` gives it."""
    return {
        "record": line.record, "item": str(row.get("path", "")), "unit": line.unit_name, "about": line.about,
        "text": line.text, "author": line.author, "entered": output.plain(line.entered), "withdrawn": line.withdrawn,
        "settled": line.settled, "answers": output.plain(line.answers), "row_withdrawn": bool(row.get("withdrawn")),
    }


COMMANDS: Commands = {
    "plan correct": plan_correct,
    "plan comment": plan_comment,
    "plan comments": plan_comments,
}
