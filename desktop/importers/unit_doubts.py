"""Findings about the units that rows name: completed, damaged, unknown, missing, of unclear level."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.importers.doubts import Doubt, note, warning
from desktop.importers.naming import NameDoubt
from desktop.importers.rows import ReadRow
from desktop.models.plan import Node, NodeKind
from desktop.models.units import UnitTree

_LEAD = "chủ trì"
_COORDINATING = "phối hợp"

Teller = Callable[[str, str, tuple[int, ...], str | None], Doubt]
_MESSAGES: dict[NameDoubt, tuple[Teller, str, str]] = {
    NameDoubt.SEPARATOR_MISSING: (warning, "UNIT_SEPARATOR_MISSING", "thiếu dấu phân cách trong “{words}”; đọc là hai"),
    NameDoubt.GAP: (warning, "UNIT_GAP", "có chỗ trống giữa hai dấu phân cách, có thể thiếu tên đơn vị: “{words}”"),
    NameDoubt.TOGETHER: (warning, "UNITS_TOGETHER", "ghi “{words}”: đơn vị phối hợp đứng trong ô chủ trì"),
    NameDoubt.PREFIX: (note, "UNIT_PREFIX", "đã bỏ chữ dẫn “{words}”"),
    NameDoubt.LEVEL_SPREAD: (note, "UNIT_LEVEL_SPREAD", "cấp ghi một lần cho nhiều đơn vị: {words}"),
    NameDoubt.HEAD_SPREAD: (note, "UNIT_NAME_COMPLETED", "chữ đầu ghi một lần cho nhiều đơn vị: {words}"),
    NameDoubt.LEVEL_ALONE: (warning, "UNIT_LEVEL_UNCLEAR", "không ghi cấp, tạm hiểu theo đơn vị đứng sau: {words}"),
    NameDoubt.LEVEL_UNCLEAR: (note, "UNIT_LEVEL_UNCLEAR", "không ghi cấp của “{words}”"),
    NameDoubt.UNKNOWN: (warning, "UNIT_UNKNOWN", "“{words}” không có trong danh sách đơn vị"),
    NameDoubt.OPEN: (warning, "LEAD_COLLECTIVE_OPEN", "chưa biết “{words}” gồm những đơn vị nào nên chưa giao cho ai"),
    NameDoubt.WHICH: (warning, "UNIT_COUNT_UNCLEAR", "“{words}” không nêu là những đơn vị nào, tạm hiểu là tất cả"),
    NameDoubt.EXCEPTION: (warning, "UNIT_EXCEPTION_UNKNOWN", "không rõ đơn vị được trừ trong “{words}”, tạm không trừ"),
    NameDoubt.REST: (note, "UNIT_REST", "phần còn lại được hiểu là trừ các đơn vị đã nêu tên: {words}"),
    NameDoubt.DAMAGED: (warning, "UNIT_NAME_DAMAGED", "tên có thể bị hỏng, tạm hiểu: {words}"),
}

# Who an open collective is matters only where it must report.
_OPEN_LEADS = frozenset({NameDoubt.OPEN})
_WITHOUT_TREE = frozenset({NameDoubt.OPEN, NameDoubt.UNKNOWN})


def check_names(rows: Sequence[ReadRow], tree: UnitTree) -> list[Doubt]:
    """Findings of all unit cells, and items that name no lead unit; without a tree's units one finding for all."""
    doubts: list[Doubt] = [] if tree.units else [warning(
        "UNITS_NOT_LISTED",
        "Chưa có danh sách đơn vị của cơ quan ban hành: tên đơn vị giữ như bản in, chưa biết tên nào là một, chưa trải"
        " ra từng đơn vị.", (), "",
    )]
    silent = _OPEN_LEADS if tree.units else _WITHOUT_TREE
    for row in rows:
        node = row.node
        for place, names in ((_LEAD, row.leads), (_COORDINATING, row.coordinators)):
            told: dict[NameDoubt, list[str]] = {}
            for doubt, words in names.doubts:
                if doubt not in silent or (tree.units and place == _LEAD):
                    told.setdefault(doubt, []).append(words)
            doubts.extend(_told(node, place, doubt, "; ".join(words)) for doubt, words in told.items())
        if node.kind is NodeKind.ITEM and not node.lead_units:
            doubts.append(warning("LEAD_MISSING", "Không ghi đơn vị chủ trì.", node.source_lines, node.path))
    return doubts


def _told(node: Node, place: str, doubt: NameDoubt, words: str) -> Doubt:
    tell, code, message = _MESSAGES[doubt]
    return tell(code, f"Ô đơn vị {place}: {message.format(words=words)}.", node.source_lines, node.path)
