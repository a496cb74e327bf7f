"""The commands that write sheets to print."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import output
from desktop.services import sheets
from desktop.services.workspace import workspace

if TYPE_CHECKING:
    from desktop.cli.libraries import Commands
    from desktop.services.environment import Environment


def sheet_consolidated(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """The consolidated sheet into a file."""
    with workspace(environment, folder) as ws:
        data = sheets.consolidated(ws, arguments.period, arguments.format, arguments.version)
    output.line(f"Đã ghi: {sheets.save(data, arguments.out)}")
    return 0


COMMANDS: Commands = {
    "sheet consolidated": sheet_consolidated,
}
