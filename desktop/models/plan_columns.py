"""What the columns of a plan's table are called, in the words and the order of the printed table."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

COLUMN_NAMES: Mapping[str, str] = MappingProxyType({
    "code": "TT", "title": "Nội dung thực hiện", "leaders": "Lãnh đạo phụ trách", "lead_units": "Đơn vị chủ trì",
    "coordinating_units": "Đơn vị phối hợp", "start": "Thời gian thực hiện", "end": "Thời gian hoàn thành",
})
"""The fields of PrintedCells with their Vietnamese names. Source: the header row of 160-KH/QU."""


def column_name(column: str) -> str:
    """The name of a field of PrintedCells; anything else is the heading of another column and names itself."""
    return COLUMN_NAMES.get(column, column)
