"""The status of a plan row in mark, word and colours, with the word for what it counts: lead units."""

from __future__ import annotations

from dataclasses import replace

from desktop.models.schedule import TimeKind
from desktop.services.views import PlanRow
from desktop.ui import theme


def row_style(row: PlanRow) -> theme.StatusStyle:
    """How the status of an item is shown."""
    # One lead unit is not worth counting: its own state says more.
    status = row.status if row.status.total > 1 else replace(row.status, done=0, total=0)
    return theme.status_style(status, counted="đơn vị", continuous=row.schedule.kind is TimeKind.CONTINUOUS)
