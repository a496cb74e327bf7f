"""The commands that only read: a plan file, phrases of time. They need no database and no keys."""

from __future__ import annotations

import argparse
import io
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import libraries, output
from desktop.cli.choices import read_choices
from desktop.models.findings import (
    SEVERITY_WORDS,
    counts_in_words,
    gravest_first,
    lines_in_words,
    printed_in_words,
)
from desktop.models.plan import Finding, NodeKind, Plan, Severity
from desktop.models.plan_columns import column_name
from desktop.models.time_reading import read_time
from desktop.services.plan.reading import plan_as_json, read_with_source
from desktop.services.records import time_json

if TYPE_CHECKING:
    from desktop.cli.libraries import Commands
    from desktop.services.environment import Environment

_WIDTH = 100
"""Columns of a console that a finding is folded to; an ordinary window has them."""
_PLACE = "  "
_WORDS = "      "


def plan_read(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Read a plan and report its findings; writes nothing but the list that is asked for."""
    choices = read_choices(arguments)
    plan, source = read_with_source(arguments.file, environment.resources, choices)
    if arguments.json:
        output.json_document(plan_as_json(plan, source.tables))
    else:
        _print_plan(plan)
    if arguments.findings is not None:
        written = libraries.save_check_list(plan, arguments.file.name, environment.clock(), arguments.findings)
        if not arguments.json:
            output.line(f"Đã ghi: {written}")
    return int(any(finding.severity is Severity.ERROR for finding in plan.findings))


def _print_plan(plan: Plan) -> None:
    """A plan read: what it is, what it holds, what is doubtful, the gravest first."""
    header = plan.header
    counts = {kind: sum(node.kind is kind for node in plan.nodes) for kind in NodeKind}
    output.line(f"Kế hoạch {header.number} ngày {header.day:%d/%m/%Y}" if header.day else f"Kế hoạch {header.number}")
    output.line(f"{header.issuer} · năm {header.year} · {header.theme}")
    output.line(f"{counts[NodeKind.SECTION]} phần, {counts[NodeKind.GROUP]} đề mục, {counts[NodeKind.ITEM]} nội dung")
    output.line(f"Khi đọc: {counts_in_words(plan.findings)}")
    last: Severity | None = None
    for finding in gravest_first(plan.findings):
        if finding.severity is not last:
            last = finding.severity
            count = sum(one.severity is last for one in plan.findings)
            output.line("")
            output.line(f"{SEVERITY_WORDS[last].upper()} ({count})")
        _print_finding(finding)


def _print_finding(finding: Finding) -> None:
    """Where it is and its code on one line, what it says and what its cell holds below."""
    cell = finding.cell
    place = (
        f"dòng {lines_in_words(finding.source_lines)}" if finding.source_lines else "cả kế hoạch",
        f"mục {finding.path}" if finding.path else "",
        f"cột {column_name(cell.column)}" if cell.column else "",
    )
    _folded(f"{' · '.join(part for part in place if part)} [{finding.code}]", _PLACE)
    _folded(finding.message, _WORDS)
    printed = printed_in_words(cell)
    if printed or cell.understood:
        _folded(f"in: {printed} → hiểu là: {cell.understood}", _WORDS)
    # What a note asks for is told in the list and in JSON: here it would hide the few that must be settled.
    if cell.accepted and finding.severity is not Severity.NOTE:
        _folded(f"chấp nhận: {cell.accepted}", _WORDS)


def _folded(text: str, indent: str) -> None:
    for line in textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False,
    ):
        output.line(line)


def times_read(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Phrases on standard input, one a line; one JSON object a line out."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        # Whatever the console's code page: what is not UTF-8 is shown as unreadable, not guessed.
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")
    for phrase in sys.stdin:
        output.json_line(time_json(read_time(phrase.rstrip("\r\n"), arguments.year)))
    return 0


COMMANDS: Commands = {
    "plan read": plan_read,
    "times read": times_read,
}
