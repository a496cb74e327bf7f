"""The commands on reports: entering one, listing all that are held."""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import output
from desktop.cli.days import read_day
from desktop.models.errors import Mistake
from desktop.models.report import STATE_WORDS, WorkState
from desktop.services import reporting
from desktop.services.traffic.notices import not_counted
from desktop.services.traffic.reasons import reason_words
from desktop.services.traffic.views import NotCounted
from desktop.services.views import ReportLine
from desktop.services.workspace import Workspace, workspace

if TYPE_CHECKING:
    from desktop.cli.libraries import Commands
    from desktop.services.environment import Environment


def report_enter(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Enter a report of one item."""
    values = _values(arguments.values)
    with workspace(environment, folder) as ws:
        unit = ws.unit_named(arguments.unit).id if arguments.unit else ws.seat.unit
        item = reporting.item_at(ws, arguments.item)
        reporting.enter(ws, item, unit, arguments.period, values, reporting.shown_now(ws, item, unit, arguments.period))
        name = ws.unit_name(unit)
    output.line(f"Đã lưu: {arguments.item} · {name} · {arguments.period}")
    return 0


def _values(given: Sequence[str]) -> dict[str, object]:
    values: dict[str, object] = {}
    for part in given:
        name, sign, text = part.partition("=")
        if not sign:
            raise Mistake("USAGE", f"“{part}” thiếu dấu bằng.", "Ghi như --set state=done --set percent=100.")
        values[name] = _READERS.get(name, str)(text) if text else None
    return values


def _state(text: str) -> object:
    return WorkState(text) if text in set(WorkState) else text


def _percent(text: str) -> object:
    return int(text) if re.fullmatch(r"\d{1,3}", text) else text


def _day(text: str) -> object:
    """A day; anything else is left for the service to refuse."""
    return read_day(text) or text


_READERS: Mapping[str, Callable[[str], object]] = {"state": _state, "percent": _percent, "done_on": _day}


def report_list(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Every report held."""
    with workspace(environment, folder) as ws:
        lines = reporting.report_lines(ws)
        rivals = {line.report: reporting.rivals(ws, line.report) for line in lines if line.report.conflicts}
        refused = _not_counted(ws)
    if arguments.json:
        output.json_document([_report_json(line, rivals.get(line.report, {}), refused) for line in lines])
    else:
        _print_reports(lines, refused)
    return 0


def _not_counted(ws: Workspace) -> Mapping[tuple[str, str, str], list[NotCounted]]:
    """What others do not count of the reports written here, by row, unit and period."""
    found: dict[tuple[str, str, str], list[NotCounted]] = defaultdict(list)
    for one in not_counted(ws):
        found[one.item_path, one.unit_name, one.period].append(one)
    return found


def _report_json(
    line: ReportLine, rivals: Mapping[str, object], refused: Mapping[tuple[str, str, str], list[NotCounted]]
) -> dict[str, object]:
    """A report as `report list --json` gives it."""
    one = line.report
    return {
        "item": line.item_path, "unit": line.unit_name, "period": one.period, "state": output.plain(one.state),
        "percent": one.percent, "done_on": output.plain(one.done_on), "result": one.result, "evidence": one.evidence,
        "difficulties": one.difficulties, "proposals": one.proposals, "conflicts": list(one.conflicts),
        "rivals": output.plain(rivals), "author": line.author, "entered": output.plain(line.entered),
        "withdrawn": line.withdrawn,
        "not_counted": [
            {"by": other.by, "reason": other.reason, "words": reason_words(other.reason)}
            for other in refused.get((line.item_path, line.unit_name, one.period), ())
        ],
    }


def _print_reports(
    lines: Sequence[ReportLine], refused: Mapping[tuple[str, str, str], list[NotCounted]]
) -> None:
    """Reports held, one a line."""
    for one in lines:
        state = STATE_WORDS[one.report.state] if isinstance(one.report.state, WorkState) else "–"
        percent = "" if one.report.percent is None else f" {one.report.percent}%"
        conflict = " · cần đối chiếu" if one.report.conflicts else ""
        withdrawn = " · đã rút khỏi kế hoạch" if one.withdrawn else ""
        place = f"{one.item_path} · {one.unit_name} · {one.report.period}"
        output.line(f"{place}: {state}{percent} {one.report.result}{conflict}{withdrawn}")
        for other in refused.get((one.item_path, one.unit_name, one.report.period), ()):
            output.line(f"  {other.by} chưa tính nội dung ghi ở đây. {reason_words(other.reason)}")


COMMANDS: Commands = {
    "report enter": report_enter,
    "report list": report_list,
}
