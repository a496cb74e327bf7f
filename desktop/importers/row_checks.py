"""Findings about single rows: what is missing, times that need a look, dates in titles, leftover markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields

from desktop.importers.doubts import Doubt, note, warning
from desktop.models.plan import Node, NodeKind, PrintedCells
from desktop.models.schedule import Time, TimeKind
from desktop.models.time_reading import TimeDoubt, time_doubts

_TAG = re.compile(r"</?[A-Za-z]+>")
_YEARS_SPANNED = re.compile(
    r"(\d{1,3})\s+năm\b.{0,120}?\(\s*\d{1,2}/\d{1,2}/(\d{4})\s*[-–]\s*\d{1,2}/\d{1,2}/(\d{4})\s*\)"
)
_LAST_YEAR = re.compile(r"năm\s+((?:19|20)\d{2})\W*$")
_WITHOUT_END = frozenset({TimeKind.CONTINUOUS, TimeKind.RECURRING, TimeKind.RELATIVE, TimeKind.EVENT})
_UNDATED = frozenset({TimeKind.RELATIVE, TimeKind.EVENT})
_CELLS = tuple(cell.name for cell in fields(PrintedCells))
_START = "thời gian thực hiện"
_END = "thời gian hoàn thành"


def check_rows(nodes: Sequence[Node], year: int) -> list[Doubt]:
    """All findings that one row alone gives rise to."""
    doubts: list[Doubt] = []
    for node in nodes:
        doubts.extend(_markup(node))
        if node.kind is NodeKind.ITEM:
            doubts.extend(_missing(node))
            doubts.extend(_time(node, node.start, _START, year))
            doubts.extend(_time(node, node.end, _END, year))
            doubts.extend(_order(node))
            doubts.extend(_title_dates(node, year))
    return doubts


def _markup(node: Node) -> list[Doubt]:
    printed = [getattr(node.printed, name) for name in _CELLS]
    tags = {tag for cell in printed if "<" in cell for tag in _TAG.findall(cell)}
    if not tags:
        return []
    told = ", ".join(sorted(tags, key=lambda tag: tag.replace("/", "~")))
    return [note("MARKUP_REMOVED", f"Đã bỏ dấu định dạng còn sót: {told}.", node.source_lines, node.path)]


def _missing(node: Node) -> list[Doubt]:
    doubts = []
    if not node.leaders and "/+" not in node.path:
        doubts.append(warning("LEADER_MISSING", "Không ghi lãnh đạo phụ trách.", node.source_lines, node.path))
    if not node.start.text and not node.end.text:
        doubts.append(warning("TIME_MISSING", "Cả hai ô thời gian đều trống.", node.source_lines, node.path))
    elif not node.end.text and node.start.kind not in _WITHOUT_END:
        doubts.append(warning(
            "END_MISSING",
            f"Ô {_END} trống; thời hạn tạm lấy theo ô {_START}: “{node.start.text}”.", node.source_lines, node.path,
        ))
    elif not node.end.text:
        doubts.append(note(
            "END_MISSING", f"Ô {_END} trống; việc “{node.start.text}” không có hạn cuối.", node.source_lines, node.path
        ))
    return doubts


def _time(node: Node, time: Time, column: str, year: int) -> list[Doubt]:
    if not time.text:
        return []
    told = {
        TimeDoubt.YEAR_SUPPLIED: (
            note, "TIME_YEAR_SUPPLIED", f"Ô {column} “{time.text}” không ghi năm; đọc là năm {year}."
        ),
        TimeDoubt.OUTSIDE_YEAR: (
            warning, "TIME_OUTSIDE_YEAR", f"Ô {column} “{time.text}” nằm ngoài năm kế hoạch {year}."
        ),
        TimeDoubt.SEVERAL_DATES: (
            note, "TIME_SEVERAL_DATES", f"Ô {column} “{time.text}” có nhiều mốc; mỗi mốc là một hạn."
        ),
        TimeDoubt.UNCLEAR: (
            warning, "TIME_UNCLEAR", f"Ô {column} “{time.text}” chưa hiểu được; giữ nguyên, không đoán."
        ),
    }
    doubts = []
    for doubt in time_doubts(time, year):
        tell, code, message = told[doubt]
        doubts.append(tell(code, message, node.source_lines, node.path))
    if time.kind in _UNDATED:
        doubts.append(note(
            "TIME_WITHOUT_DATE", f"Ô {column} “{time.text}” không có ngày cụ thể; không hạn cho đến khi được nhập.",
            node.source_lines, node.path,
        ))
    return doubts


def _order(node: Node) -> list[Doubt]:
    first, last = node.start.first, node.end.last
    if first is None or last is None or first <= last:
        return []
    return [warning(
        "START_AFTER_END",
        f"Bắt đầu “{node.start.text}” sau khi hoàn thành “{node.end.text}”.", node.source_lines, node.path,
    )]


def _title_dates(node: Node, year: int) -> list[Doubt]:
    doubts = []
    for found in _YEARS_SPANNED.finditer(node.title):
        stated, first, last = (int(found[group]) for group in (1, 2, 3))
        if last - first != stated:
            doubts.append(warning(
                "TITLE_DATES_DISAGREE",
                f"Nội dung ghi {stated} năm nhưng hai ngày trong ngoặc cách {last - first} năm ({first} – {last}).",
                node.source_lines, node.path,
            ))
    ending = _LAST_YEAR.search(node.title)
    if ending and int(ending[1]) < year:
        doubts.append(note(
            "TITLE_OTHER_YEAR", f"Nội dung kết thúc bằng “năm {ending[1]}”, khác năm kế hoạch {year}.",
            node.source_lines, node.path,
        ))
    return doubts
