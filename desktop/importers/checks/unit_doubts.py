"""Findings about the units that rows name: completed, damaged, unknown, of unclear level."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.importers.checks.cells import NAMES_ACCEPTED, cell_of
from desktop.importers.checks.doubts import Doubt, note, warning
from desktop.importers.checks.nearest import NearestNames
from desktop.importers.names.naming import CellNames, NameDoubt
from desktop.importers.table.rows import ReadRow
from desktop.models.plan import CellReading, Node
from desktop.models.plan_columns import column_name
from desktop.models.units import UnitTree

_LEADS = "lead_units"
_ARROW = " → "
"""Parts the printed words of a doubt from what they were understood as (naming.py)."""

Teller = Callable[[str, str, tuple[int, ...], str | None, CellReading], Doubt]
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

# What was understood where the doubt itself does not say it, and what would be accepted.
_UNDERSTOOD = {
    NameDoubt.UNKNOWN: "tên như bản in, chưa biết là đơn vị nào",
    NameDoubt.OPEN: "chưa biết gồm những đơn vị nào",
    NameDoubt.WHICH: "tất cả các đơn vị đó",
    NameDoubt.EXCEPTION: "cả tập thể, chưa trừ đơn vị nào",
}
_ACCEPTED = {
    NameDoubt.SEPARATOR_MISSING: "dấu phẩy hoặc chấm phẩy giữa hai đơn vị",
    NameDoubt.GAP: "một tên đơn vị ở chỗ trống, hoặc một dấu phân cách",
    NameDoubt.TOGETHER: "đơn vị chủ trì; đơn vị phối hợp ghi ở ô bên",
    NameDoubt.PREFIX: "tên đơn vị, không có chữ dẫn",
    NameDoubt.LEVEL_SPREAD: "cấp khác ghi sau từng tên",
    NameDoubt.HEAD_SPREAD: "tên khác trong danh sách đơn vị",
    NameDoubt.LEVEL_ALONE: "cấp khác ghi sau tên",
    NameDoubt.LEVEL_UNCLEAR: "tên có ghi cấp",
    NameDoubt.UNKNOWN: NAMES_ACCEPTED,
    NameDoubt.OPEN: "tên từng đơn vị, hoặc một tập thể đã có danh sách",
    NameDoubt.DAMAGED: "tên khác trong danh sách đơn vị",
    NameDoubt.WHICH: "tên từng đơn vị, hoặc cả tập thể trừ tên đơn vị không tham gia",
    NameDoubt.EXCEPTION: "tên đơn vị được trừ có trong danh sách đơn vị",
    NameDoubt.REST: "cả tập thể trừ tên những đơn vị khác",
}
# Findings that concern a word of the cell show that word, the others the whole cell.
_OF_WORDS = frozenset({
    NameDoubt.LEVEL_UNCLEAR, NameDoubt.UNKNOWN, NameDoubt.OPEN, NameDoubt.DAMAGED, NameDoubt.WHICH, NameDoubt.EXCEPTION,
})
# Who an open collective is matters only where it must report.
_OPEN_LEADS = frozenset({NameDoubt.OPEN})
_WITHOUT_TREE = frozenset({NameDoubt.OPEN, NameDoubt.UNKNOWN})


def check_names(rows: Sequence[ReadRow], tree: UnitTree) -> list[Doubt]:
    """Findings of all unit cells; without a tree's units one finding for all."""
    doubts: list[Doubt] = [] if tree.units else [warning(
        "UNITS_NOT_LISTED",
        "Chưa có danh sách đơn vị của cơ quan ban hành: tên đơn vị giữ như bản in, chưa biết tên nào là một, chưa trải"
        " ra từng đơn vị.", (), "",
    )]
    silent = _OPEN_LEADS if tree.units else _WITHOUT_TREE
    teller = _Teller(tree)
    for row in rows:
        for column, names in ((_LEADS, row.leads), ("coordinating_units", row.coordinators)):
            told: dict[NameDoubt, list[str]] = {}
            for doubt, words in names.doubts:
                if doubt not in silent or (tree.units and column == _LEADS):
                    told.setdefault(doubt, []).append(words)
            doubts.extend(teller.told(row.node, column, doubt, words, names) for doubt, words in told.items())
    return doubts


class _Teller:
    """Puts doubts about names into words, with what the tree knows."""

    def __init__(self, tree: UnitTree) -> None:
        self._tree = tree
        self._nearest = NearestNames(tree)

    def told(self, node: Node, column: str, doubt: NameDoubt, words: Sequence[str], names: CellNames) -> Doubt:
        """One doubt of a cell, with all the words concerned."""
        tell, code, message = _MESSAGES[doubt]
        # Whoever leads must report: of a lead an unclear level is more than a note.
        if doubt is NameDoubt.LEVEL_UNCLEAR and column == _LEADS:
            tell = warning
        printed = "; ".join(one.partition(_ARROW)[0] for one in words)
        cell = cell_of(
            node, column, self._understood(doubt, words, names), self._accepted(doubt, words),
            printed if doubt in _OF_WORDS else None,
        )
        told = f"Ô {column_name(column).lower()}: {message.format(words='; '.join(words))}."
        return tell(code, told, node.source_lines, node.path, cell)

    def _understood(self, doubt: NameDoubt, words: Sequence[str], names: CellNames) -> str:
        if meant := _meant(words):
            return meant
        if doubt is NameDoubt.LEVEL_UNCLEAR:
            known = [found.name for one in words if (found := self._tree.resolve(one)).units]
            return f"tạm hiểu là {'; '.join(known)}" if known else "chưa rõ cấp"
        return _UNDERSTOOD.get(doubt, "; ".join(names.names))

    def _accepted(self, doubt: NameDoubt, words: Sequence[str]) -> str:
        """What would be accepted: as understood where that is a proposal, the likest known name of an unknown one."""
        accepted, meant = _ACCEPTED[doubt], _meant(words)
        if meant:
            return f"{meant}, hoặc {accepted}"
        if doubt is NameDoubt.LEVEL_UNCLEAR and self._tree.vocabulary.levels:
            levels = "; ".join(f"{words[0]} {level.word}" for level in self._tree.vocabulary.levels[:2])
            return f"{accepted}, ví dụ {levels}"
        near = [near for one in words if (near := self._nearest.near(one))] if doubt is NameDoubt.UNKNOWN else []
        return f"có thể là {'; '.join(f'“{one}”' for one in near)}, hoặc {accepted}" if near else accepted


def _meant(words: Sequence[str]) -> str:
    return "; ".join(meant for one in words if (meant := one.partition(_ARROW)[2]))
