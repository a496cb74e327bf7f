"""The named lazy loader of the commands: each waits only for the services it uses (``plan read`` for no database)."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.models.plan import Plan
    from desktop.services.environment import Environment

    Command = Callable[[Environment, Path, argparse.Namespace], int]
    """Does one command in a data folder and gives its exit code."""
    Commands = Mapping[str, Command]
    """Commands by the words that choose them, as in "package write"."""


def command(words: str) -> Command:
    """The command that the parser named."""
    return _HOMES[words]()[words]


def save_check_list(plan: Plan, file_name: str, made: datetime, path: Path) -> Path:
    """``services.check_list.save_check_list``: most readings of a plan ask for no list."""
    from desktop.services.plan.check_list import save_check_list

    return save_check_list(plan, file_name, made, path)


def _reading() -> Commands:
    from desktop.cli.reading import COMMANDS

    return COMMANDS


def _readings() -> Commands:
    from desktop.cli.readings import COMMANDS

    return COMMANDS


def _offices() -> Commands:
    from desktop.cli.offices import COMMANDS

    return COMMANDS


def _machines() -> Commands:
    from desktop.cli.machines import COMMANDS

    return COMMANDS


def _amendments() -> Commands:
    from desktop.cli.amendments import COMMANDS

    return COMMANDS


def _units() -> Commands:
    from desktop.cli.units import COMMANDS

    return COMMANDS


def _plans() -> Commands:
    from desktop.cli.plans import COMMANDS

    return COMMANDS


def _reports() -> Commands:
    from desktop.cli.reports import COMMANDS

    return COMMANDS


def _attachments() -> Commands:
    from desktop.cli.attachments import COMMANDS

    return COMMANDS


def _submissions() -> Commands:
    from desktop.cli.submissions import COMMANDS

    return COMMANDS


def _closings() -> Commands:
    from desktop.cli.closings import COMMANDS

    return COMMANDS


def _packages() -> Commands:
    from desktop.cli.packages import COMMANDS

    return COMMANDS


def _inspection() -> Commands:
    from desktop.cli.inspection import COMMANDS

    return COMMANDS


def _inbox() -> Commands:
    from desktop.cli.inbox import COMMANDS

    return COMMANDS


def _sheets() -> Commands:
    from desktop.cli.sheets import COMMANDS

    return COMMANDS


def _examination() -> Commands:
    from desktop.cli.examination import COMMANDS

    return COMMANDS


_HOMES: Mapping[str, Callable[[], Commands]] = {
    "plan read": _reading, "times read": _reading,
    "plan correct": _readings, "plan comment": _readings, "plan comments": _readings,
    "plan compare": _amendments, "plan amend": _amendments,
    "plan import": _offices, "setup hub": _offices, "setup unit": _offices,
    "plan list": _plans, "plan choose": _plans, "plan new": _plans, "plan close": _plans, "plan reopen": _plans,
    "enroll starter": _offices, "enroll list": _offices, "enroll approve": _offices, "enroll code": _offices,
    "setup machine": _machines, "setup spare": _machines,
    "machine list": _machines, "machine retire": _machines, "machine recount": _machines, "machine move": _machines,
    "machine reading": _machines, "spare seal": _machines, "spare open": _machines, "spare renew": _machines,
    "enroll again": _offices,
    "unit list": _units, "unit teach": _units, "unit members": _units, "unit add": _units,
    "unit collective": _units,
    "report enter": _reports, "report list": _reports,
    "report attach": _attachments, "report attachments": _attachments,
    "report attachment-save": _attachments, "report attachment-withdraw": _attachments,
    "report submit": _submissions, "report withdraw": _submissions, "report accept": _submissions,
    "report return": _submissions, "report arrival": _submissions, "report board": _submissions,
    "period close": _closings, "period reopen": _closings, "period versions": _closings, "period changes": _closings,
    "package inspect": _inspection, "package write": _packages, "package check": _packages, "package import": _packages,
    "inbox set": _inbox, "inbox list": _inbox, "inbox import": _inbox,
    "sheet consolidated": _sheets,
    "digest": _examination, "doctor": _examination,
}
"""Which module holds a command."""
