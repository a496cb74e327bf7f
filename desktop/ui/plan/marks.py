"""The status of a plan row in mark, word and colours, with the words for what it counts: occurrences, lead units."""

from __future__ import annotations

from desktop.models.occurrences import is_only_reported, occurrence_word
from desktop.services.views import PlanRow
from desktop.ui import theme


def row_style(row: PlanRow) -> theme.StatusStyle:
    """How the status of an item is shown."""
    status, schedule = row.status, row.schedule
    counts = []
    if status.occurrences is not None and status.occurrences.total:
        counts.append(f"{status.occurrences.done}/{status.occurrences.total} {occurrence_word(schedule)}")
    # One lead unit is not worth counting: its own state says more.
    if status.total > 1:
        counts.append(f"{status.done}/{status.total} {status.leads_word or 'đơn vị'}")
    return theme.status_style(status, " · ".join(counts), continuous=is_only_reported(schedule))
