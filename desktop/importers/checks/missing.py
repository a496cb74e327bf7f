"""Findings about what is not there: leaders, lead units and times, row by row or of a whole column."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.importers.checks.cells import LEADER_ACCEPTED, NAMES_ACCEPTED, cell_of, time_understood, times_accepted
from desktop.importers.checks.doubts import Doubt, note, warning
from desktop.models.plan import CellReading, Node, NodeKind
from desktop.models.plan_columns import column_name
from desktop.models.schedule import TimeKind

_WITHOUT_END = frozenset({TimeKind.CONTINUOUS, TimeKind.RECURRING, TimeKind.RELATIVE, TimeKind.EVENT})
_COLUMN = 2
"""Rows from which a column that is empty in all of them is told once, not row by row: the table has no such column."""


def check_missing(nodes: Sequence[Node], year: int) -> list[Doubt]:
    """Items without a leader, a lead unit or a completion time; an empty start beside a completion is ordinary."""
    items = [node for node in nodes if node.kind is NodeKind.ITEM]
    absent = frozenset(
        column for column in ("leaders", "lead_units", "start", "end")
        if len(items) >= _COLUMN and not any(getattr(node.printed, column).strip() for node in items)
    )
    doubts = _columns(absent, year)
    for node in items:
        # The leader of an item is also that of its "+" parts.
        if not node.leaders and "leaders" not in absent and "/+" not in node.path:
            doubts.append(warning(
                "LEADER_MISSING", "Không ghi lãnh đạo phụ trách.", node.source_lines, node.path,
                cell_of(node, "leaders", "chưa có người phụ trách", LEADER_ACCEPTED),
            ))
        if not node.lead_units and "lead_units" not in absent:
            doubts.append(warning(
                "LEAD_MISSING", "Không ghi đơn vị chủ trì.", node.source_lines, node.path,
                cell_of(node, "lead_units", "chưa giao cho đơn vị nào", NAMES_ACCEPTED),
            ))
        if not node.end.text:
            doubts.extend(_end(node, absent, year))
    return doubts


def _columns(absent: frozenset[str], year: int) -> list[Doubt]:
    """One finding for each column that is empty in every item."""
    times = times_accepted(year)
    told: list[Doubt] = []
    if "leaders" in absent:
        told.append(note(
            "LEADER_MISSING", "Không nội dung nào ghi lãnh đạo phụ trách.", (), "",
            CellReading("leaders", "", "chưa có người phụ trách", LEADER_ACCEPTED),
        ))
    if "lead_units" in absent:
        told.append(warning(
            "LEAD_MISSING", "Không nội dung nào ghi đơn vị chủ trì.", (), "",
            CellReading("lead_units", "", "chưa giao cho đơn vị nào", NAMES_ACCEPTED),
        ))
    if {"start", "end"} <= absent:
        told.append(warning(
            "TIME_MISSING", "Không nội dung nào ghi thời gian.", (), "",
            CellReading("end", "", "chưa có thời hạn", times),
        ))
    elif "end" in absent:
        told.append(note(
            "END_MISSING", f"Không nội dung nào ghi {column_name('end').lower()}; thời hạn lấy theo ô"
            f" {column_name('start').lower()}.", (), "",
            CellReading("end", "", "lấy theo ô thời gian duy nhất", times),
        ))
    return told


def _end(node: Node, absent: frozenset[str], year: int) -> list[Doubt]:
    """What is told of an item's empty completion cell."""
    times = times_accepted(year)
    end, start = (column_name(column).lower() for column in ("end", "start"))
    if not node.start.text:
        return [] if {"start", "end"} <= absent else [warning(
            "TIME_MISSING", "Cả hai ô thời gian đều trống.", node.source_lines, node.path,
            cell_of(node, "end", "chưa có thời hạn", times),
        )]
    if "end" in absent:
        return []
    if node.start.kind in _WITHOUT_END:
        return [note(
            "END_MISSING", f"Ô {end} trống; việc “{node.start.text}” không có hạn cuối.", node.source_lines, node.path,
            cell_of(node, "end", "không có hạn cuối", times),
        )]
    return [warning(
        "END_MISSING", f"Ô {end} trống; thời hạn tạm lấy theo ô {start}: “{node.start.text}”.", node.source_lines,
        node.path, cell_of(node, "end", f"tạm lấy {time_understood(node.start)}", times),
    )]
