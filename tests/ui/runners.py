"""Runners for the tests of screens: one that answers at once, one that keeps its answers."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar

from desktop.models.errors import SoTienDoError
from desktop.services.environment import Environment
from desktop.services.views import Changes
from desktop.services.workspace import Workspace
from desktop.ui.tasks import TaskRunner

T = TypeVar("T")
_NOON = datetime(2023, 9, 14, 9, 41, tzinfo=timezone(timedelta(hours=7)))
_NOWHERE = Path("/nonexistent")


def _surroundings() -> Environment:
    return Environment(lambda: _NOON, _NOWHERE, _NOWHERE, lambda _new: "", os.urandom)


class DirectRunner(TaskRunner):
    """Runs jobs at once on the workspace given; without one it only counts them."""

    def __init__(self, workspace: Workspace | None = None) -> None:
        super().__init__(_surroundings(), _NOWHERE)
        self.workspace = workspace
        self.jobs = 0

    def run(
        self,
        job: Callable[[Workspace], T],
        done: Callable[[T], None],
        failed: Callable[[SoTienDoError], None] | None = None,
        *,
        busy: str = "",
    ) -> None:
        """See the class."""
        self.jobs += 1
        if self.workspace is None:
            return
        try:
            result = job(self.workspace)
        except SoTienDoError as error:
            if failed is None:
                raise
            failed(error)
            return
        done(result)
        if isinstance(result, Changes) and result != Changes():
            self.changed.emit(result)


class HeldRunner(TaskRunner):
    """Keeps what it would answer, until a test does."""

    def __init__(self) -> None:
        super().__init__(_surroundings(), _NOWHERE)
        self.answers: list[tuple[Callable[[Any], None], Callable[[SoTienDoError], None] | None]] = []

    def run(
        self,
        job: Callable[[Workspace], T],
        done: Callable[[T], None],
        failed: Callable[[SoTienDoError], None] | None = None,
        *,
        busy: str = "",
    ) -> None:
        """See the class."""
        self.answers.append((done, failed))
