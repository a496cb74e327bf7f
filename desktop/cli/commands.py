"""What each headless command does: call a service, hand the answer to be printed, give the exit code."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from desktop.cli import output
from desktop.models.errors import Mistake
from desktop.models.plan import Severity
from desktop.models.report import WorkState
from desktop.models.time_reading import read_time
from desktop.services import doctor, enrolling, exchanging, planning, reporting, sheets
from desktop.services.environment import Environment
from desktop.services.reading import plan_as_json, read_plan_file
from desktop.services.records import time_json
from desktop.services.views import Outcome, Receipt
from desktop.services.workspace import workspace

Arguments = argparse.Namespace
_CODE_LENGTH = 20


def plan_read(environment: Environment, folder: Path, arguments: Arguments) -> int:
    """Read a plan and report its findings; writes nothing."""
    plan = read_plan_file(arguments.file, environment.resources)
    if arguments.json:
        output.json_document(plan_as_json(plan))
    else:
        output.plan(plan)
    return int(any(finding.severity is Severity.ERROR for finding in plan.findings))


def plan_import(environment: Environment, folder: Path, arguments: Arguments) -> int:
    """Check a plan and take it into the data folder."""
    output.line(planning.import_plan(environment, folder, arguments.file))
    return 0


def times_read(environment: Environment, folder: Path, arguments: Arguments) -> int:
    """Phrases on standard input, one a line; one JSON object a line out."""
    for phrase in sys.stdin.read().splitlines():
        output.json_line(time_json(read_time(phrase, arguments.year)))
    return 0


def setup_hub(environment: Environment, folder: Path, arguments: Arguments) -> int:
    """Make the folder the hub's."""
    output.identity(enrolling.setup_hub(environment, folder, arguments.unit, arguments.plan))
    return 0


def setup_unit(environment: Environment, folder: Path, arguments: Arguments) -> int:
    """Make the folder a unit's."""
    code = "".join(arguments.root_code)
    output.identity(enrolling.setup_unit(environment, folder, arguments.unit, arguments.starter, code))
    return 0


def enroll_starter(environment: Environment, folder: Path, arguments: Arguments) -> int:
    """Write the starter file."""
    with workspace(environment, folder) as ws:
        output.written([enrolling.write_starter(ws, arguments.out)])
    return 0


def enroll_list(environment: Environment, folder: Path, arguments: Arguments) -> int:
    """Machines that asked to be enrolled."""
    with workspace(environment, folder) as ws:
        requests = enrolling.requests(ws)
    if arguments.json:
        output.json_document(output.plain(requests))
    else:
        output.requests(requests)
    return 0


def enroll_approve(environment: Environment, folder: Path, arguments: Arguments) -> int:
    """Approve machines by code, or all that wait."""
    codes = None if arguments.all else _codes(arguments.codes)
    with workspace(environment, folder) as ws:
        done = enrolling.approve(ws, codes)
    for request in done.approved:
        output.line(f"{request.code} {request.unit_name}")
    return 0


def _codes(given: Sequence[str]) -> list[str]:
    """The 20-digit codes of a command line, where blanks may have torn them apart."""
    digits = "".join(enrolling.plain_code(part) for part in given)
    if not digits.isdecimal() or len(digits) % _CODE_LENGTH:
        raise Mistake("CODE_INCOMPLETE", "Mã đối chiếu phải đủ 20 chữ số.", "Hãy ghi lại mã, hoặc dùng --all.")
    return [digits[at:at + _CODE_LENGTH] for at in range(0, len(digits), _CODE_LENGTH)]


def enroll_code(environment: Environment, folder: Path, arguments: Arguments) -> int:
    """The 20 digits, alone on one line."""
    with workspace(environment, folder) as ws:
        output.line(enrolling.own_code(ws))
    return 0


def report_enter(environment: Environment, folder: Path, arguments: Arguments) -> int:
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
    """A day written as 2023-09-10 or 10/9/2023; anything else is left for the service to refuse."""
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    iso = f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" if match else text
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return text


_READERS: Mapping[str, Callable[[str], object]] = {"state": _state, "percent": _percent, "done_on": _day}


def report_list(environment: Environment, folder: Path, arguments: Arguments) -> int:
    """Every report held."""
    with workspace(environment, folder) as ws:
        lines = reporting.report_lines(ws)
        rivals = {line.report: reporting.rivals(ws, line.report) for line in lines if line.report.conflicts}
    if arguments.json:
        output.json_document([output.report(line, rivals.get(line.report, {})) for line in lines])
    else:
        output.reports(lines)
    return 0


def package_write(environment: Environment, folder: Path, arguments: Arguments) -> int:
    """Write what the other side should get."""
    with workspace(environment, folder) as ws:
        written = exchanging.write_packages(ws, arguments.out)
    if arguments.json:
        output.json_document(output.plain(written))
    else:
        output.written(written)
    return 0


def package_check(environment: Environment, folder: Path, arguments: Arguments) -> int:
    """What importing a file would do."""
    with workspace(environment, folder) as ws:
        receipt = exchanging.check_file(ws, arguments.file)
    return _receipts([receipt], arguments.json)


def package_import(environment: Environment, folder: Path, arguments: Arguments) -> int:
    """Import files, each in its own transaction."""
    with workspace(environment, folder) as ws:
        done = exchanging.import_files(ws, arguments.files)
    return _receipts(done.receipts, arguments.json)


def _receipts(receipts: Sequence[Receipt], as_json: bool) -> int:
    if as_json:
        output.json_document(output.plain(receipts))
    else:
        output.receipts(receipts)
    outcomes = {receipt.outcome for receipt in receipts}
    if Outcome.REFUSED in outcomes:
        return 1
    return 3 if Outcome.UNREADABLE in outcomes else 0


def digest(environment: Environment, folder: Path, arguments: Arguments) -> int:
    """The hash of the projected state."""
    with workspace(environment, folder) as ws:
        output.line(doctor.digest(ws))
    return 0


def sheet_consolidated(environment: Environment, folder: Path, arguments: Arguments) -> int:
    """The consolidated sheet into a file."""
    with workspace(environment, folder) as ws:
        data = sheets.consolidated(ws, arguments.period, arguments.format)
    output.line(f"Đã ghi: {sheets.save(data, arguments.out)}")
    return 0


def doctor_command(environment: Environment, folder: Path, arguments: Arguments) -> int:
    """Examine the data folder."""
    with workspace(environment, folder) as ws:
        health = doctor.examine(ws)
    if arguments.json:
        output.json_document({"ok": health.ok, "checks": output.plain(health.checks)})
    else:
        output.health(health)
    return 0 if health.ok else 1


COMMANDS: Mapping[str, Callable[[Environment, Path, Arguments], int]] = {
    "plan read": plan_read,
    "plan import": plan_import,
    "times read": times_read,
    "setup hub": setup_hub,
    "setup unit": setup_unit,
    "enroll starter": enroll_starter,
    "enroll list": enroll_list,
    "enroll approve": enroll_approve,
    "enroll code": enroll_code,
    "report enter": report_enter,
    "report list": report_list,
    "package write": package_write,
    "package check": package_check,
    "package import": package_import,
    "digest": digest,
    "sheet consolidated": sheet_consolidated,
    "doctor": doctor_command,
}
