"""Findings about single rows: times that need a look, dates in titles, leftover markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.importers.checks.cells import AS_PRINTED_ACCEPTED, cell_of, time_understood, times_accepted
from desktop.importers.checks.doubts import Doubt, note, warning
from desktop.models.plan import CellReading, Node, NodeKind
from desktop.models.plan_columns import COLUMN_NAMES, column_name
from desktop.models.schedule import Time, TimeKind
from desktop.models.time_printing import print_time
from desktop.models.time_reading import TimeDoubt, markup_in, read_time, time_doubts

_YEARS_SPANNED = re.compile(
    r"(\d{1,3})\s+năm\b.{0,120}?(\(\s*\d{1,2}/\d{1,2}/(\d{4})\s*[-–]\s*\d{1,2}/\d{1,2}/(\d{4})\s*\))"
)
_LAST_YEAR = re.compile(r"(năm\s+((?:19|20)\d{2}))[^\w)]*$")
_BRACKETS = re.compile(r"\(([^()]{3,60})\)")
_MARKS = (("“", "”"), ("(", ")"))
_LONGEST_WINDOW = 366
_SHORTEST = {TimeKind.MONTH: 27, TimeKind.QUARTER: 80, TimeKind.YEAR: 360}
"""Days from first to last that a whole month, quarter or year has at least."""
_UNDATED = frozenset({TimeKind.RELATIVE, TimeKind.EVENT})
_SEVERAL = frozenset({TimeKind.DATES, TimeKind.ROUNDS})
_TIMES = ("start", "end")


_Told = tuple[Callable[[str, str, tuple[int, ...], str | None, CellReading], Doubt], str, str, str]
"""How grave, code, words of the message, what would be accepted."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the checks of times need to know of the plan: its year, and the day it was issued if that is known."""

    year: int
    issued: date | None
    told: dict[str, tuple[_Told, ...]] = field(default_factory=dict)
    """What is told of each printed time: few phrases stand in row after row."""


def check_rows(nodes: Sequence[Node], year: int, issued: date | None) -> list[Doubt]:
    """Findings that one row alone gives rise to by what it has, in a plan of ``year`` issued on a day."""
    plan = _Plan(year, issued)
    begins = {node.path: node.source_lines[0] for node in nodes}
    doubts: list[Doubt] = []
    for node in nodes:
        # A "+" part that was set apart shares the printed cell of its item: what that cell shows is told there.
        if begins.get(node.parent) != node.source_lines[0]:
            doubts.extend(_markup(node))
            doubts.extend(_open_marks(node))
        if node.kind is NodeKind.ITEM:
            for column in _TIMES:
                doubts.extend(_time(node, column, plan))
            doubts.extend(_order(node, plan))
            doubts.extend(_before_plan(node, plan))
            doubts.extend(_title_dates(node, plan))
    return doubts


def _markup(node: Node) -> list[Doubt]:
    """Tags left over by whatever the text was taken from, cell by cell."""
    doubts = []
    for column in COLUMN_NAMES:
        printed = getattr(node.printed, column)
        tags = markup_in(printed) if "<" in printed else ()
        if tags:
            told = ", ".join(tags)
            doubts.append(note(
                "MARKUP_REMOVED", f"Đã bỏ dấu định dạng còn sót: {told}.", node.source_lines, node.path,
                cell_of(node, column, "chữ không có dấu định dạng", f"chữ thường, không có {told}"),
            ))
    return doubts


def _open_marks(node: Node) -> list[Doubt]:
    """Brackets and quotation marks without their other half: letters may be lost there."""
    title = node.title
    told = [f"{opening} … {closing}" for opening, closing in _MARKS if title.count(opening) != title.count(closing)]
    told += ['" … "'] if title.count('"') % 2 else []
    if not told:
        return []
    return [note(
        "MARKS_UNBALANCED",
        f"Dấu {' và '.join(told)} mở mà không đóng (hoặc đóng mà không mở); có thể thiếu chữ.",
        node.source_lines, node.path,
        cell_of(node, "title", "chữ giữ nguyên như bản in", "nội dung có đủ dấu mở và dấu đóng", title),
    )]


# What is told of a time, and what would be accepted in its place; {as_read} is the reading written out.
_TIME_DOUBTS: dict[TimeDoubt, _Told] = {
    TimeDoubt.YEAR_SUPPLIED: (note, "TIME_YEAR_SUPPLIED", "không ghi năm; đọc là năm {year}", "{as_read}"),
    TimeDoubt.OUTSIDE_YEAR: (
        warning, "TIME_OUTSIDE_YEAR", "nằm ngoài năm kế hoạch {year}",
        "thời gian trong năm {year}, hoặc giữ nếu đúng ý",
    ),
    TimeDoubt.SEVERAL_DATES: (
        note, "TIME_SEVERAL_DATES", "có nhiều mốc; mỗi mốc là một hạn", "các mốc như bản in, hoặc một thời hạn",
    ),
    TimeDoubt.UNCLEAR: (warning, "TIME_UNCLEAR", "chưa hiểu được; giữ nguyên, không đoán", "{examples}"),
}
_WITHOUT_DATE = (
    note, "TIME_WITHOUT_DATE", "không có ngày cụ thể; không hạn cho đến khi được nhập", "một ngày cụ thể, khi đã có",
)
_PART_READ = (note, "TIME_PART_READ", "được hiểu là {days}", "ngày đầu và ngày cuối, nếu khác cách hiểu này")


def _told_of(time: Time, year: int) -> tuple[_Told, ...]:
    told = [_TIME_DOUBTS[doubt] for doubt in time_doubts(time, year)]
    if time.kind in _UNDATED and time.last is None:
        told.append(_WITHOUT_DATE)
    if time.first and time.last and (time.last - time.first).days < _SHORTEST.get(time.kind, 0):
        told.append(_PART_READ)
    return tuple(told)


def _time(node: Node, column: str, plan: _Plan) -> list[Doubt]:
    time: Time = getattr(node, column)
    if not time.text:
        return []
    if (told := plan.told.get(time.text)) is None:
        told = plan.told[time.text] = _told_of(time, plan.year)
    if not told:
        return []
    days = time_understood(time)
    words = {
        "year": str(plan.year), "days": days, "as_read": print_time(time), "examples": times_accepted(plan.year),
    }
    start = f"Ô {column_name(column).lower()} “{time.text}”"
    return [
        tell(code, f"{start} {message.format_map(words)}.", node.source_lines, node.path,
             cell_of(node, column, days, accepted.format_map(words)))
        for tell, code, message, accepted in told
    ]


def _before_plan(node: Node, plan: _Plan) -> list[Doubt]:
    """Times that were over before the plan was issued; a start in an earlier year is told as outside the year."""
    issued = plan.issued
    if issued is None:
        return []
    return [
        warning(
            "TIME_BEFORE_PLAN",
            f"Ô {column_name(column).lower()} “{time.text}” đã qua trước ngày ban hành kế hoạch {issued:%d/%m/%Y}.",
            node.source_lines, node.path,
            cell_of(node, column, time_understood(time), f"thời gian từ {issued:%d/%m/%Y} trở đi"),
        )
        for column, time in (("start", node.start), ("end", node.end))
        if time.last and time.last < issued and (column == "end" or time.last.year == plan.year)
    ]


def _order(node: Node, plan: _Plan) -> list[Doubt]:
    """A start, or the last of several dates to be kept on the way, that lies after the completion."""
    first, last = node.start.first, node.end.last
    if first is None or last is None:
        return []
    on_the_way = node.start.last if node.start.kind in _SEVERAL else None
    if first > last:
        message = f"Bắt đầu “{node.start.text}” sau khi hoàn thành “{node.end.text}”."
    elif on_the_way and on_the_way > last:
        message = f"Mốc cuối của “{node.start.text}” sau khi hoàn thành “{node.end.text}”."
    else:
        return []
    return [warning(
        "START_AFTER_END", message, node.source_lines, node.path,
        cell_of(node, "start", f"{time_understood(node.start)}; hoàn thành {time_understood(node.end)}",
                f"thời gian không muộn hơn “{node.end.text}”; {times_accepted(plan.year)}"),
    )]


def _title_dates(node: Node, plan: _Plan) -> list[Doubt]:
    """Dates in a title that do not agree: with each other, with the time columns, with the plan's year."""
    # A look for what they need is much cheaper than the searches themselves.
    named, bracketed = "năm" in node.title, "(" in node.title
    doubts = _title_spans(node) if named and bracketed else []
    for found in _BRACKETS.finditer(node.title) if bracketed else ():
        doubts.extend(_title_time(node, found[1], plan))
    return [*doubts, *_title_ending(node, plan)] if named else doubts


def _title_spans(node: Node) -> list[Doubt]:
    doubts = []
    for found in _YEARS_SPANNED.finditer(node.title):
        stated, first, last = (int(found[group]) for group in (1, 3, 4))
        if last - first != stated:
            doubts.append(warning(
                "TITLE_DATES_DISAGREE",
                f"Nội dung ghi {stated} năm nhưng hai ngày trong ngoặc cách {last - first} năm ({first} – {last}).",
                node.source_lines, node.path,
                cell_of(
                    node, "title", f"{last - first} năm ({first} – {last})",
                    f"hai ngày cách nhau {stated} năm, ví dụ {last - stated} – {last}", f"{stated} năm … {found[2]}",
                ),
            ))
    return doubts


def _title_ending(node: Node, plan: _Plan) -> list[Doubt]:
    ending = _LAST_YEAR.search(node.title)
    if ending is None or int(ending[2]) >= plan.year:
        return []
    return [note(
        "TITLE_OTHER_YEAR", f"Nội dung kết thúc bằng “năm {ending[2]}”, khác năm kế hoạch {plan.year}.",
        node.source_lines, node.path,
        cell_of(node, "title", "chữ giữ nguyên như bản in", f"năm {plan.year}; {AS_PRINTED_ACCEPTED}", ending[1]),
    )]


def _title_time(node: Node, bracketed: str, plan: _Plan) -> list[Doubt]:
    """A time in brackets in the content that the time columns do not bear out."""
    stated = read_time(bracketed, plan.year)
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
        cell_of(node, "title", time_understood(stated), f"thời gian khớp với “{told}”", f"({bracketed})"),
    )]
