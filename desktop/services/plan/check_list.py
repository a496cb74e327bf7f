"""The list of a plan's findings as a file, for whoever settles them away from the program."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop.exchange.files import write_file
from desktop.models.plan import Plan
from desktop.reports.check_list import check_list_xlsx


def save_check_list(plan: Plan, file_name: str, made: datetime, path: Path) -> Path:
    """Write the findings of a plan read from ``file_name`` to an .xlsx file; the name it got.

    Nothing is overwritten: where ``path`` is taken, "-2", "-3" ... is added. Raises EnvironmentTrouble DISK_FULL,
    NO_RIGHTS, FILE_BAD_NAME, MEDIUM_GONE, MEDIUM_FAULT, SHEET_NOT_WRITTEN.
    """
    return write_file(check_list_xlsx(plan, file_name, made), path, lambda back: back)
