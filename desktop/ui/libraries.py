"""Named lazy loaders: what a window does not need in order to appear, loaded when a screen first asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.services.environment import Environment
    from desktop.services.workspace import Workspace


def open_workspace(environment: Environment, folder: Path) -> Workspace:
    """Open the workspace, loading the database and its libraries on the thread that asks."""
    from desktop.services.workspace import open_workspace as opener

    return opener(environment, folder)
