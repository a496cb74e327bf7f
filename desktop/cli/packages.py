"""The commands on packages: write, check, import."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import output
from desktop.services.traffic import exchanging
from desktop.services.traffic.blobs import Carrier
from desktop.services.traffic.views import Outcome, Receipt
from desktop.services.workspace import workspace

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
    if arguments.json:
        output.json_document(output.plain(written))
    else:
        output.written(written)
    return 0


def package_check(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """What importing a file would do."""
    with workspace(environment, folder) as ws:
        receipt = exchanging.check_file(ws, arguments.file)
    return _receipts([receipt], arguments.json)


def package_import(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Import files, each in its own transaction."""
    with workspace(environment, folder) as ws:
        done = exchanging.import_files(ws, arguments.files)
    return _receipts(done.receipts, arguments.json)


def _receipts(receipts: Sequence[Receipt], as_json: bool) -> int:
    if as_json:
        output.json_document(output.plain(receipts))
    else:
        _print_receipts(receipts)
    outcomes = {receipt.outcome for receipt in receipts}
    if Outcome.REFUSED in outcomes:
        return 1
    return 3 if Outcome.UNREADABLE in outcomes else 0


def _print_receipts(found: Sequence[Receipt]) -> None:
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
