"""The commands that only read: a plan file, phrases of time. They need no database and no keys."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import output
from desktop.cli.choices import read_choices
from desktop.models.plan import NodeKind, Plan, Severity
from desktop.models.time_reading import read_time
from desktop.services.reading import plan_as_json, read_with_source
from desktop.services.records import time_json

if TYPE_CHECKING:
    from desktop.cli.libraries import Commands
    from desktop.services.environment import Environment

_SEVERITY_WORDS = {Severity.ERROR: "Lỗi", Severity.WARNING: "Cần rà soát", Severity.NOTE: "Ghi chú"}


def plan_read(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Read a plan and report its findings; writes nothing."""
    choices = read_choices(arguments)
    plan, source = read_with_source(arguments.file, environment.resources, choices)
    if arguments.json:
        output.json_document(plan_as_json(plan, source.tables))
    else:
        _print_plan(plan)
    return int(any(finding.severity is Severity.ERROR for finding in plan.findings))


def _print_plan(plan: Plan) -> None:
    """A plan read: what it is, what it holds, what is doubtful."""
    header = plan.header
    counts = {kind: sum(node.kind is kind for node in plan.nodes) for kind in NodeKind}
    output.line(f"Kế hoạch {header.number} ngày {header.day:%d/%m/%Y}" if header.day else f"Kế hoạch {header.number}")
    output.line(f"{header.issuer} · năm {header.year} · {header.theme}")
    output.line(f"{counts[NodeKind.SECTION]} phần, {counts[NodeKind.GROUP]} đề mục, {counts[NodeKind.ITEM]} nội dung")
    for finding in plan.findings:
        lines = ", ".join(str(number) for number in finding.source_lines)
        severity = _SEVERITY_WORDS[finding.severity]
        output.line(f"[{severity}] dòng {lines} {finding.path}: {finding.message} ({finding.code})")


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
