"""Saying whom a name printed in a row means, or who belongs to it: asked where the doubt is read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.models.errors import SoTienDoError
from desktop.services.units.editing import teach_name
from desktop.services.units.views import CollectiveLine, UnitLine, collective_named, meanings, units_view
from desktop.services.views import Changes
from desktop.ui.check.naming import ask_for_unit
from desktop.ui.tasks import TaskRunner
from desktop.ui.units.members import MembersDialog
from desktop.ui.widgets.dialogs import show_error

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace


def ask_whom(parent: QWidget, runner: TaskRunner, printed: str) -> None:
    """Ask which unit or collective a printed name means, and keep the answer."""
    def ask(names: tuple[tuple[str, str], ...]) -> None:
        ask_for_unit(parent, printed, names, keep)

    def keep(name: str, meant: str) -> None:
        runner.run(partial(_taught, name, meant), _nothing, lambda error: _tell(parent, error))

    runner.run(meanings, ask)


def ask_members(parent: QWidget, runner: TaskRunner, printed: str) -> None:
    """Ask who belongs to a collective of this printed name, and keep the answer."""
    def ask(found: tuple[tuple[UnitLine, ...], CollectiveLine]) -> None:
        MembersDialog(parent, runner, *found).open()

    runner.run(partial(_asked, printed), ask)


def _asked(printed: str, ws: Workspace) -> tuple[tuple[UnitLine, ...], CollectiveLine]:
    return units_view(ws).units, collective_named(ws, printed)


def _taught(name: str, meant: str, ws: Workspace) -> Changes:
    return teach_name(ws, name, meant)


def _tell(parent: QWidget, error: SoTienDoError) -> None:
    show_error(parent, error)


def _nothing(_changes: Changes) -> None:
    """The window tells every view what changed."""
