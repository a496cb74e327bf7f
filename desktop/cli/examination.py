"""The commands that examine a data folder: its digest, the doctor."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import output
from desktop.services import doctor
from desktop.services.traffic.views import Health
from desktop.services.workspace import workspace

if TYPE_CHECKING:
    from desktop.cli.libraries import Commands
    from desktop.services.environment import Environment


def digest(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """The hash of the projected state."""
    with workspace(environment, folder) as ws:
        output.line(doctor.digest(ws))
    return 0


def doctor_command(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Examine the data folder."""
    with workspace(environment, folder) as ws:
        health = doctor.examine(ws)
    if arguments.json:
        output.json_document({"ok": health.ok, "checks": output.plain(health.checks)})
    else:
        _print_health(health)
    return 0 if health.ok else 1


def _print_health(found: Health) -> None:
    """What the doctor saw."""
    for check in found.checks:
        output.line(f"{'Tốt' if check.ok else 'HỎNG'}: {check.name} – {check.detail}")


COMMANDS: Commands = {
    "digest": digest,
    "doctor": doctor_command,
}
