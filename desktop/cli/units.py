"""The commands on units: the tree of the plan, teaching a printed name, who belongs to a collective, new ones."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.cli import output
from desktop.services.units import editing, views
from desktop.services.workspace import workspace

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.cli.libraries import Commands
    from desktop.models.units import UnitTree
    from desktop.services.environment import Environment
    from desktop.services.views import Changes


def unit_list(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Every unit and collective."""
    with workspace(environment, folder) as ws:
        _ = ws.seat
        if arguments.json:
            output.json_document(views.listing(ws))
        else:
            _print_tree(ws.units())
    return 0


def _print_tree(tree: UnitTree) -> None:
    """Units one a line, then collectives with how many belong to them."""
    for unit in tree:
        output.line(" · ".join((unit.name, *unit.aliases)))
    for one in tree.collectives:
        members = f"{len(one.members)} đơn vị" if one.members else "chưa rõ gồm những đơn vị nào"
        output.line(f"[{members}] {' · '.join((one.name, *one.aliases))}")


def unit_teach(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Teach what a printed name means."""
    with workspace(environment, folder) as ws:
        changes = editing.teach_name(ws, arguments.name, editing.meaning_named(ws, arguments.meant))
    output.line(f"“{arguments.name}” là “{arguments.meant}”: {_told(changes)}")
    return 0


def unit_members(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Say who belongs to a collective."""
    with workspace(environment, folder) as ws:
        units = [ws.unit_named(name).id for name in arguments.units]
        changes = editing.set_members(ws, arguments.name, units)
    output.line(f"“{arguments.name}” gồm {len(units)} đơn vị: {_told(changes)}")
    return 0


def unit_add(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """List one more unit."""
    with workspace(environment, folder) as ws:
        parent = ws.unit_named(arguments.under).id
        changes = editing.add_unit(ws, arguments.name, parent, arguments.short, arguments.level)
    output.line(f"Thêm đơn vị “{arguments.name}”: {_told(changes)}")
    return 0


def unit_collective(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """List one more collective."""
    with workspace(environment, folder) as ws:
        units = [ws.unit_named(name).id for name in arguments.units]
        changes = editing.add_collective(ws, arguments.name, units)
    output.line(f"Thêm tập thể “{arguments.name}” gồm {len(units)} đơn vị: {_told(changes)}")
    return 0


def _told(changes: Changes) -> str:
    if not changes.plan:
        return "không có gì thay đổi."
    return f"đã lưu, {len(changes.items)} dòng của kế hoạch đổi đơn vị."


COMMANDS: Commands = {
    "unit list": unit_list,
    "unit teach": unit_teach,
    "unit members": unit_members,
    "unit add": unit_add,
    "unit collective": unit_collective,
}
