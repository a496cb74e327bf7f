"""The commands on a period's reports as a whole: submit, withdraw, accept, return, arrival, board."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import output
from desktop.models.kinds import RETURNED
from desktop.models.lateness import SENDING_WORDS, Ruling
from desktop.models.period import read_period
from desktop.models.submission import SUBMISSION_WORDS, Returned
from desktop.services import submissions, submitting
from desktop.services.submissions import BoardRow, ChangedValue, HeldSubmission
from desktop.services.workspace import Workspace, workspace

if TYPE_CHECKING:
    from desktop.cli.libraries import Commands
    from desktop.services.environment import Environment


def report_submit(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Submit a unit's report of a period."""
    with workspace(environment, folder) as ws:
        unit = _unit(ws, arguments)
        submitting.submit(
            ws, arguments.period, unit=unit, number=arguments.number, day=arguments.day, signer=arguments.signer,
            note=arguments.note, reason=arguments.reason,
        )
        _say(ws, unit, arguments.period)
    return 0


def report_withdraw(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Take a submitted report back."""
    with workspace(environment, folder) as ws:
        unit = _unit(ws, arguments)
        submitting.withdraw(ws, arguments.period, unit=unit)
        _say(ws, unit, arguments.period)
    return 0


def report_accept(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Accept what a unit submitted."""
    with workspace(environment, folder) as ws:
        unit = _unit(ws, arguments)
        submitting.accept(ws, unit, arguments.period, arrived=arguments.arrived, channel=arguments.channel)
        _say(ws, unit, arguments.period)
    return 0


def report_return(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Return a report to be completed."""
    with workspace(environment, folder) as ws:
        unit = _unit(ws, arguments)
        submitting.send_back(ws, unit, arguments.period, arguments.reason)
        _say(ws, unit, arguments.period)
    return 0


def report_arrival(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """When and how a report came, and what is ruled about that."""
    with workspace(environment, folder) as ws:
        unit = _unit(ws, arguments)
        submitting.rule(
            ws, unit, arguments.period, arrived=arguments.arrived, channel=arguments.channel,
            ruling=Ruling(arguments.ruling) if arguments.ruling else None,
        )
        _say(ws, unit, arguments.period)
    return 0


def report_board(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """How every unit stands in a period."""
    with workspace(environment, folder) as ws:
        rows = submissions.board(ws, arguments.period)
    if arguments.json:
        output.json_document([_row_json(row) for row in rows])
    else:
        for row in rows:
            output.line(_row_words(row))
    return 0


def _unit(ws: Workspace, arguments: argparse.Namespace) -> str:
    return ws.unit_named(arguments.unit).id if arguments.unit else ws.seat.unit


def _say(ws: Workspace, unit: str, period: str) -> None:
    output.line(_row_words(submissions.board_row(ws, unit, period)))


def _row_words(row: BoardRow) -> str:
    """A unit's standing on one line."""
    parts = [SUBMISSION_WORDS[row.state], SENDING_WORDS[row.sending]]
    if row.waiting and any(one.said.accepted for one in row.submissions):
        parts.append("có báo cáo đính chính chờ tiếp nhận")
    if row.changed:
        accepted = any(one.said.accepted for one in row.submissions)
        parts.append(f"{len(row.changed)} ô {'đính chính' if accepted else 'sửa sau khi nộp'}")
    if row.withdrawn_too_late:
        parts.append("đơn vị rút sau khi đã tiếp nhận, không có hiệu lực")
    if row.incomplete:
        parts.append("chưa nhận đủ nội dung đã nộp")
    parts += [f"lý do trả lại: {reason}" for reason in row.returned]
    return f"{row.unit_name} · {read_period(row.period).name}: {' · '.join(dict.fromkeys(parts))}"


def _row_json(row: BoardRow) -> dict[str, object]:
    """A unit's standing as `report board --json` gives it."""
    return {
        "unit": row.unit_name, "period": row.period, "state": row.state.value, "send_by": output.plain(row.send_by),
        "sending": row.sending.value,
        "brackets": [{"lower": output.plain(lower), "upper": output.plain(upper)} for lower, upper in row.brackets],
        "submissions": [_submission_json(one) for one in row.submissions],
        "waiting": [one.said.record for one in row.waiting], "changed": [value_json(one) for one in row.changed],
        "withdrawn_too_late": row.withdrawn_too_late, "incomplete": row.incomplete, "returned": list(row.returned),
    }


def _submission_json(one: HeldSubmission) -> dict[str, object]:
    said = one.said
    return {
        "record": said.record, "state": said.state.value, "number": said.number, "day": output.plain(said.day),
        "signer": said.signer, "note": said.note, "reason": said.reason, "withdrawn": said.withdrawn,
        "replaced": said.replaced, "author": one.author, "submitted": output.plain(one.submitted),
        "arrived": output.plain(said.arrived), "channel": said.channel,
        "ruling": said.ruling.value if said.ruling else None,
        RETURNED: [decision.reason for decision in said.decisions if isinstance(decision, Returned)],
    }


def value_json(one: ChangedValue) -> dict[str, object]:
    """A changed value as the commands give it."""
    return {
        "item": one.item_path, "unit": one.unit_name, "period": one.period, "field": one.field, "before": one.before,
        "after": one.after, "author": one.author, "entered": output.plain(one.entered),
    }


COMMANDS: Commands = {
    "report submit": report_submit,
    "report withdraw": report_withdraw,
    "report accept": report_accept,
    "report return": report_return,
    "report arrival": report_arrival,
    "report board": report_board,
}
