"""Doubts noted while reading, before it is known which row of the outline they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from desktop.models.plan import CellReading, Finding, Severity

NO_CELL = CellReading()


class Doubt(NamedTuple):
    """A finding without a place in the outline. ``path`` None: that of the row its first known line belongs to."""

    code: str
    severity: Severity
    message: str
    lines: tuple[int, ...]
    path: str | None = None
    cell: CellReading = NO_CELL


def note(
    code: str, message: str, lines: tuple[int, ...], path: str | None = None, cell: CellReading = NO_CELL
) -> Doubt:
    """Something repaired or noticed with confidence."""
    return Doubt(code, Severity.NOTE, message, lines, path, cell)


def warning(
    code: str, message: str, lines: tuple[int, ...], path: str | None = None, cell: CellReading = NO_CELL
) -> Doubt:
    """Something a person should look at."""
    return Doubt(code, Severity.WARNING, message, lines, path, cell)


def fault(
    code: str, message: str, lines: tuple[int, ...], path: str | None = None, cell: CellReading = NO_CELL
) -> Doubt:
    """Something without which the plan cannot be worked on."""
    return Doubt(code, Severity.ERROR, message, lines, path, cell)


def placed(doubt: Doubt, owners: Mapping[int, str]) -> Finding:
    """The finding of a doubt; ``owners`` gives the path of the row each line belongs to."""
    path = doubt.path
    if path is None:
        path = next((owners[line] for line in doubt.lines if line in owners), "")
    return Finding(doubt.code, doubt.severity, doubt.message, doubt.lines, path, doubt.cell)
