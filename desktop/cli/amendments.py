"""The commands on a newer version of the plan: what it would change, and applying it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import output
from desktop.cli.choices import read_choices
from desktop.models.errors import Mistake
from desktop.services.plan.amending import amend
from desktop.services.plan.comparing import compare_plan, read_newer
from desktop.services.plan.plan_changes import (
    OUTCOME_WORDS,
    Decisions,
    FieldChange,
    PlanDifference,
    RowDifference,
    RowOutcome,
    counts_words,
)
from desktop.services.plan.row_pairing import old_record
from desktop.services.workspace import Workspace, workspace

if TYPE_CHECKING:
    from desktop.cli.libraries import Commands
    from desktop.services.environment import Environment


def plan_compare(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """What a newer version would change; writes nothing."""
    with workspace(environment, folder) as ws:
        newer = read_newer(ws, arguments.file, read_choices(arguments))
        difference = compare_plan(ws, newer, _decisions(ws, arguments))
    if arguments.json:
        output.json_document(_json(difference))
    else:
        _print(difference)
    return 0


def plan_amend(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Show what a newer version changes and, where asked to, apply it."""
    with workspace(environment, folder) as ws:
        newer, decisions = read_newer(ws, arguments.file, read_choices(arguments)), _decisions(ws, arguments)
        _print(compare_plan(ws, newer, decisions))
        if not arguments.yes:
            output.line("Chưa ghi gì. Chạy lại lệnh này với --yes để áp dụng.")
            return 0
        changes = amend(ws, newer, decisions)
    output.line("Đã áp dụng bản mới; hãy ghi tệp gửi các đơn vị (package write)." if changes.plan
                else "Bản mới không khác bản đang dùng; không có gì thay đổi.")
    return 0


def _decisions(ws: Workspace, arguments: argparse.Namespace) -> Decisions:
    pairs: dict[str, str] = {}
    for given in arguments.pair:
        old, sign, new = given.partition("=")
        if not sign or not old or not new:
            raise Mistake("USAGE", f"“{given}” chưa đúng dạng CŨ=MỚI.",
                          "Ghi như --pair II/2/2.1/2.1.9=II/2/2.1/2.1.10.")
        record = old_record(ws, old)
        if pairs.setdefault(new, record) != record:
            raise Mistake("AMEND_PAIR_TWICE", f"Dòng “{new}” của bản mới được ghép hai lần. Chưa ghi gì.",
                          "Mỗi dòng mới chỉ có một lựa chọn.")
    return Decisions(pairs, frozenset(arguments.new))


def _print(difference: PlanDifference) -> None:
    for warning in difference.warnings:
        output.line(f"Lưu ý: {warning}")
    output.line(counts_words(difference))
    for change in difference.header:
        output.line(f"Đầu kế hoạch: {_change_words(change)}")
    for row in difference.rows:
        for line in _row_words(row):
            output.line(line)


def _row_words(row: RowDifference) -> Iterator[str]:
    place = row.path or (row.old.path if row.old else "")
    title = row.title or (row.old.title if row.old else "")
    moved = f"{row.old.path} -> {row.path}" if row.old and row.path and row.old.path != row.path else place
    reports = f" (có {row.reports} báo cáo, vẫn giữ)" if row.outcome is RowOutcome.WITHDRAWN and row.reports else ""
    yield f"[{OUTCOME_WORDS[row.outcome]}] {moved}: {title}{reports}"
    for change in row.changes:
        yield f"    {_change_words(change)}"
    for candidate in row.candidates:
        yield f"    có thể là {candidate.path} (giống {candidate.likeness} %): {candidate.title}"
    if row.outcome is RowOutcome.DOUBTFUL:
        yield f"    chọn --pair CŨ={row.path} hoặc --new {row.path}"


def _change_words(change: FieldChange) -> str:
    corrected = " (đã sửa cách hiểu; bản mới in khác)" if change.corrected else ""
    return f"{change.name}: “{change.before}” -> “{change.after}”{corrected}"


def _json(difference: PlanDifference) -> dict[str, object]:
    """What ``plan compare --json`` prints (docs/cli.md)."""
    counts = {outcome.value: difference.count(outcome) for outcome in RowOutcome}
    return {
        "counts": counts | {"unchanged": difference.unchanged}, "warnings": list(difference.warnings),
        "header": _changes_json(difference.header), "paragraphs": difference.paragraphs,
        "rows": [_row_json(row) for row in difference.rows],
    }


def _row_json(row: RowDifference) -> dict[str, object]:
    old = row.old
    return {
        "outcome": row.outcome.value, "old_path": old.path if old else None, "new_path": row.path or None,
        "old_code": old.code if old else None, "new_code": row.code if row.path else None,
        "old_title": old.title if old else None, "new_title": row.title if row.path else None,
        "changes": _changes_json(row.changes),
        "candidates": [
            {"path": one.path, "title": one.title, "likeness": one.likeness} for one in row.candidates
        ],
        "reports": row.reports,
    }


def _changes_json(changes: Sequence[FieldChange]) -> list[object]:
    return [
        {"name": one.name, "before": one.before, "after": one.after, "corrected": one.corrected} for one in changes
    ]


COMMANDS: Commands = {
    "plan compare": plan_compare,
    "plan amend": plan_amend,
}
