"""Findings about single rows: what is missing, times that need a look, dates in titles, leftover markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from desktop.importers.doubts import Doubt, note, warning
from desktop.models.plan import Node, NodeKind, PrintedCells
from desktop.models.schedule import Time, TimeKind
from desktop.models.time_reading import TimeDoubt, read_time, time_doubts

_TAG = re.compile(r"</?[A-Za-z]+>")
_YEARS_SPANNED = re.compile(
    r"(\d{1,3})\s+năm\b.{0,120}?\(\s*\d{1,2}/\d{1,2}/(\d{4})\s*[-–]\s*\d{1,2}/\d{1,2}/(\d{4})\s*\)"
)
_LAST_YEAR = re.compile(r"năm\s+((?:19|20)\d{2})[^\w)]*$")
_BRACKETS = re.compile(r"\(([^()]{3,60})\)")
_LONGEST_WINDOW = 366
_SHORTEST = {TimeKind.MONTH: 27, TimeKind.QUARTER: 80, TimeKind.YEAR: 360}
"""Days from first to last that a whole month, quarter or year has at least."""
_WITHOUT_END = frozenset({TimeKind.CONTINUOUS, TimeKind.RECURRING, TimeKind.RELATIVE, TimeKind.EVENT})
_UNDATED = frozenset({TimeKind.RELATIVE, TimeKind.EVENT})
_CELLS = tuple(cell.name for cell in fields(PrintedCells))
_START = "thời gian thực hiện"
_END = "thời gian hoàn thành"


def check_rows(nodes: Sequence[Node], year: int, issued: date | None) -> list[Doubt]:
    """All findings that one row alone gives rise to, in a plan of ``year`` issued on a day."""
    doubts: list[Doubt] = []
    for node in nodes:
        doubts.extend(_markup(node))
        if node.kind is NodeKind.ITEM:
            doubts.extend(_missing(node))
            doubts.extend(_time(node, node.start, _START, year))
            doubts.extend(_time(node, node.end, _END, year))
            doubts.extend(_order(node))
            doubts.extend(_before_plan(node, year, issued))
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
    if time.first and time.last and (time.last - time.first).days < _SHORTEST.get(time.kind, 0):
        doubts.append(note(
            "TIME_PART_READ",
            f"Ô {column} “{time.text}” được hiểu là từ {time.first:%d/%m/%Y} đến {time.last:%d/%m/%Y}.",
            node.source_lines, node.path,
        ))
    return doubts


def _before_plan(node: Node, year: int, issued: date | None) -> list[Doubt]:
    """Times that were over before the plan was issued; a start in an earlier year is told as outside the year."""
    return [
        warning("TIME_BEFORE_PLAN",
                f"Ô {column} “{time.text}” đã qua trước ngày ban hành kế hoạch {issued:%d/%m/%Y}.",
                node.source_lines, node.path)
        for column, time in ((_START, node.start), (_END, node.end))
        if issued and time.last and time.last < issued and (time is node.end or time.last.year == year)
    ]


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
    for found in _BRACKETS.finditer(node.title):
        doubts.extend(_title_time(node, found[1], year))
    ending = _LAST_YEAR.search(node.title)
    if ending and int(ending[1]) < year:
        doubts.append(note(
            "TITLE_OTHER_YEAR", f"Nội dung kết thúc bằng “năm {ending[1]}”, khác năm kế hoạch {year}.",
            node.source_lines, node.path,
        ))
    return doubts


def _title_time(node: Node, bracketed: str, year: int) -> list[Doubt]:
    """A time in brackets in the content that the time columns do not bear out."""
    stated = read_time(bracketed, year)
    first, last = stated.first, stated.last
    # A span of years is an anniversary ("06/11/2003 - 06/11/2023"), no time of work.
    if first is None or last is None or (last - first).days > _LONGEST_WINDOW or stated.kind is TimeKind.RECURRING:
        return []
    columns = [time for time in (node.start, node.end) if time.text]
    begins = node.start.first
    due = node.end.last or (None if node.end.text else node.start.last)
    dated = any(time.last and time.kind is not TimeKind.RECURRING for time in columns)
    if not columns or (dated and not (due and last > due) and not (begins and last < begins)):
        return []
    told = "” – “".join(time.text for time in columns)
    return [warning(
        "TITLE_TIME_DIFFERS", f"Nội dung ghi “{stated.text}” nhưng các ô thời gian ghi “{told}”.",
        node.source_lines, node.path,
    )]
