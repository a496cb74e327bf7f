"""The commands on packages: write, check, import."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import output
from desktop.services.traffic import checking, exchanging
from desktop.services.traffic.blobs import Carrier
from desktop.services.traffic.change_words import change_line, plan_changes_line
from desktop.services.traffic.checking import Checked
from desktop.services.traffic.incarnations import restored_words
from desktop.services.traffic.notices import not_counted
from desktop.services.traffic.views import Outcome, Receipt
from desktop.services.workspace import Workspace, workspace

if TYPE_CHECKING:
    from desktop.cli.libraries import Commands
    from desktop.services.environment import Environment

_OUTCOME_WORDS = {
    Outcome.IMPORTED: "Đã nhập",
    Outcome.ALREADY_HAD: "Đã có",
    Outcome.HELD: "Tạm giữ",
    Outcome.REFUSED: "Từ chối",
    Outcome.UNREADABLE: "Chưa nhập được",
}


def package_write(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Write what the other side should get."""
    with workspace(environment, folder) as ws:
        written = exchanging.write_packages(ws, arguments.out, Carrier(arguments.carrier))
        told = _told(ws)
    if arguments.json:
        output.json_document(output.plain(written))
    else:
        output.written(written)
        _print_told(told)
    return 0


def _told(ws: Workspace) -> tuple[str, ...]:
    """What is missing here, and what others do not count of what was written here."""
    restored = restored_words(ws)
    return (*([restored] if restored else []), *(one.words for one in not_counted(ws)))


def _print_told(told: Sequence[str]) -> None:
    for one in told:
        output.line(one)


def package_check(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """What importing a file would do."""
    with workspace(environment, folder) as ws:
        checked = checking.check_package(ws, arguments.file)
    if arguments.json:
        output.json_document([_checked_json(checked)])
    else:
        print_receipts([checked.receipt])
        _print_checked(checked)
    return exit_code([checked.receipt])


def _checked_json(checked: Checked) -> dict[str, object]:
    """A receipt, as importing gives it, with what would change."""
    added = ("kind", "period", "written", "changes", "plan_changes", "machines")
    body = {one.name: output.plain(getattr(checked.receipt, one.name)) for one in fields(checked.receipt)}
    return body | {name: output.plain(getattr(checked, name)) for name in added}


def _print_checked(checked: Checked) -> None:
    if checked.written is not None:
        period = f" · kỳ {checked.period}" if checked.period else ""
        output.line(f"Ghi lúc {checked.written:%d/%m/%Y %H:%M} (theo máy gửi){period}")
    for machine in checked.machines:
        output.line(f"Máy xin đăng ký: {machine.unit} · {machine.label}")
    for one in checked.changes:
        output.line(change_line(one))
    for plan in checked.plan_changes:
        output.line(plan_changes_line(plan))


def package_import(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Import files, each in its own transaction."""
    with workspace(environment, folder) as ws:
        done = exchanging.import_files(ws, arguments.files)
        told = _told(ws)
    if arguments.json:
        output.json_document(output.plain(done.receipts))
    else:
        print_receipts(done.receipts)
        _print_told(told)
    return exit_code(done.receipts)


def exit_code(receipts: Sequence[Receipt]) -> int:
    """1 when a file was refused, else 3 when one could not be read, else 0."""
    outcomes = {receipt.outcome for receipt in receipts}
    if Outcome.REFUSED in outcomes:
        return 1
    return 3 if Outcome.UNREADABLE in outcomes else 0


def print_receipts(found: Sequence[Receipt]) -> None:
    """What became of each file."""
    for one in found:
        reason = f" ({one.reason})" if one.reason else ""
        who = f" · {one.sender_unit}" if one.sender_unit else ""
        plan = f" · Kế hoạch {one.plan}" if one.plan else ""
        output.line(f"{one.file}{who}{plan}: {_OUTCOME_WORDS[one.outcome]}{reason}. {one.summary}")
        if one.request_code:
            output.line(f"Mã đối chiếu của máy gửi: {one.request_code}")


COMMANDS: Commands = {
    "package write": package_write,
    "package check": package_check,
    "package import": package_import,
}
