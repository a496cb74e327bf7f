"""The status of a plan row in mark, word and colours, with the word for what it counts."""

from __future__ import annotations

from desktop.models.schedule import TimeKind
from desktop.services.views import PlanRow
from desktop.ui import theme

_COUNTED = {TimeKind.RECURRING: "kỳ", TimeKind.ROUNDS: "đợt", TimeKind.DATES: "lần"}


def row_style(row: PlanRow) -> theme.StatusStyle:
    """How the status of an item is shown."""
    return theme.status_style(
        row.status,
        counted=_COUNTED.get(row.schedule.kind, "đơn vị"),
        continuous=row.schedule.kind is TimeKind.CONTINUOUS,
    )
