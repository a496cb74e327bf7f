"""Rows that a newer version of the plan has withdrawn: out of use, kept with what was reported on them and said."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.services.plan.commenting import comments
from desktop.services.records import int_of, text_of, texts_of
from desktop.services.reporting import report_lines
from desktop.services.views import CommentLine, ReportLine
from desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class WithdrawnRow:
    """A row as it last stood, with its reports, newest period first, and the comments on it in order of time."""

    record: str
    path: str
    code: str
    title: str
    lead_units: tuple[str, ...]
    reports: tuple[ReportLine, ...]
    comments: tuple[CommentLine, ...]


def withdrawn_rows(ws: Workspace) -> tuple[WithdrawnRow, ...]:
    """The withdrawn rows in the order in which they last stood. Raises Mistake FOLDER_NOT_SET_UP."""
    lines = sorted(report_lines(ws), key=lambda line: (line.report.period, line.unit_name), reverse=True)
    said = comments(ws)
    rows = sorted(
        (row for row in ws.store.queries.records("node") if row.body.get("withdrawn")),
        key=lambda row: int_of(row.body.get("order")) or 0,
    )
    return tuple(
        WithdrawnRow(
            row.record, text_of(row.body.get("path")), text_of(row.body.get("code")), text_of(row.body.get("title")),
            texts_of(row.body.get("lead_units")), tuple(line for line in lines if line.report.item == row.record),
            tuple(line for line in said if line.item == row.record),
        )
        for row in rows
    )
