"""Checks of printed numbers: stated counts against the rows, numbers skipped or used in several sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.importers.checks.doubts import Doubt, note, warning
from desktop.importers.table.outline import Branch, Number
from desktop.importers.table.shapes import TITLE
from desktop.models.plan import CellReading, NodeKind
from desktop.models.text import roman, roman_value

_STATED = re.compile(r"\(\s*(\d{1,4})\s+([^()\d]+?)\s*\)")


@dataclass(frozen=True, slots=True)
class _Count:
    """A heading that states a count, and what stands below it."""

    branch: Branch
    stated: int
    numbered: int
    starred: int
    parts: int
    direct: int

    @property
    def agrees(self) -> bool:
        """Whether the rows with work are as many as stated, or the numbers directly below, groups among them."""
        return self.stated in (self.numbered + self.starred, self.direct)

    def told(self) -> str:
        """The rows below in words."""
        extra = [f"{self.starred} nhiệm vụ dấu * không đánh số"] if self.starred else []
        extra += [f"{self.parts} phần “+” tính trong mục của nó"] if self.parts else []
        return f"{self.numbered} dòng đánh số" + (f" và {', '.join(extra)}" if extra else "")


def check_counts(branches: Sequence[Branch]) -> list[Doubt]:
    """A finding for every stated count that does not plainly agree with the rows, and for sums that hide it."""
    below = _children(branches)
    counts = [_counted(branch, below) for branch in branches if branch.stated_count is not None]
    doubts: list[Doubt] = []
    for count in counts:
        doubts.extend(_check_count(count))
        doubts.extend(_other_counts(count))
        doubts.extend(_check_parts(count.branch, below))
    doubts.extend(_check_total(branches, below, {count.branch.path: count for count in counts}))
    return doubts


def _children(branches: Sequence[Branch]) -> dict[str, list[Branch]]:
    below: dict[str, list[Branch]] = {}
    for branch in branches:
        below.setdefault(branch.parent, []).append(branch)
    return below


def _counted(branch: Branch, below: dict[str, list[Branch]]) -> _Count:
    items = [one for one in _below(branch, below) if one.kind is NodeKind.ITEM]
    parts = sum(one.part for one in items)
    starred = sum(one.star for one in items)
    direct = sum(bool(one.number) for one in below.get(branch.path, ()))
    return _Count(branch, branch.stated_count or 0, len(items) - parts - starred, starred, parts, direct)


def _below(branch: Branch, below: dict[str, list[Branch]]) -> list[Branch]:
    found: list[Branch] = []
    for child in below.get(branch.path, ()):
        found.append(child)
        found.extend(_below(child, below))
    return found


def _name(branch: Branch) -> str:
    return f"Mục {branch.path}"


def _check_count(count: _Count) -> list[Doubt]:
    lines = tuple(count.branch.entry.lines)
    path = count.branch.path
    if not count.agrees:
        return [warning(
            "COUNT_DIFFERS", f"{_name(count.branch)} ghi {count.stated} nhưng có {count.told()}.", lines, path,
            _cell(count.branch, count.told(), f"số đúng bằng số dòng: {count.numbered + count.starred}"),
        )]
    if count.starred and count.stated != count.direct:
        return [note(
            "COUNT_WITH_STAR",
            f"{_name(count.branch)} ghi {count.stated}: khớp khi tính cả nhiệm vụ dấu * ({count.told()}).", lines, path,
            _cell(count.branch, count.told(), f"{count.stated}, nếu nhiệm vụ dấu * được tính"),
        )]
    return []


def _cell(branch: Branch, counted: str, accepted: str, printed: str = "") -> CellReading:
    """The reading of a heading's content: the count as it is printed, and what was counted."""
    found = _STATED.search(branch.entry.text(TITLE))
    return CellReading("title", printed or (found[0] if found else str(branch.stated_count)), counted, accepted)


def _other_counts(count: _Count) -> list[Doubt]:
    """A heading that states another count of the same kind too ("(38 nội dung) (... phải thành 57 nội dung)")."""
    title = count.branch.entry.text(TITLE)
    first = _STATED.search(title)
    if first is None:
        return []
    others = [found[0] for found in re.finditer(rf"(?<!\d)(\d{{1,4}})\s+{re.escape(first[2])}(?!\w)", title)
              if int(found[1]) != count.stated]
    if not others:
        return []
    return [warning(
        "COUNT_STATED_TWICE",
        f"{_name(count.branch)} còn ghi “{'”, “'.join(others)}”; số dùng để đối chiếu là {count.stated}.",
        tuple(count.branch.entry.lines), count.branch.path,
        _cell(count.branch, f"{count.stated}; {count.told()}", "một số duy nhất, đúng bằng số dòng",
              "; ".join((first[0], *others))),
    )]


def _check_parts(branch: Branch, below: dict[str, list[Branch]]) -> list[Doubt]:
    """The counts that the groups directly below state must add up to what the heading states."""
    groups = [child for child in below.get(branch.path, ()) if child.stated_count is not None]
    loose = sum(child.kind is NodeKind.ITEM for child in below.get(branch.path, ()))
    total = sum(child.stated_count or 0 for child in groups)
    if not groups or total + loose == branch.stated_count or (total == branch.stated_count and loose == 0):
        return []
    told = " + ".join(str(child.stated_count) for child in groups)
    extra = f" và {loose} việc ngoài nhóm" if loose else ""
    lines = (*branch.entry.lines, *(child.entry.lines[0] for child in groups))
    return [warning(
        "COUNT_PARTS_DIFFER", f"{_name(branch)} ghi {branch.stated_count} nhưng các nhóm bên dưới ghi {told} ="
        f" {total}{extra}.", lines, branch.path,
        _cell(branch, f"các nhóm ghi {told} = {total}{extra}", "số của đề mục bằng tổng số của các nhóm bên dưới"),
    )]


def _check_total(
    branches: Sequence[Branch], below: dict[str, list[Branch]], counts: dict[str, _Count]
) -> list[Doubt]:
    """Errors of single headings that cancel in the grand total are told together."""
    tops: list[_Count] = []
    for section in (one for one in branches if one.kind is NodeKind.SECTION):
        if section.path in counts:
            tops.append(counts[section.path])
        else:
            tops.extend(counts[child.path] for child in below.get(section.path, ()) if child.path in counts)
    stated, rows = sum(top.stated for top in tops), sum(top.numbered for top in tops)
    off = [top for top in tops if top.stated != top.numbered]
    if stated != rows or not off:
        return []
    names = [top.branch.path for top in off]
    told = "; ".join(f"{top.branch.path} ghi {top.stated}, có {top.numbered} dòng đánh số" for top in off)
    return [warning(
        "COUNT_ERRORS_CANCEL",
        f"Tổng các số ghi ở tiêu đề ({stated}) bằng tổng số dòng đánh số ({rows}), nhưng từng mục không khớp và bù trừ"
        f" cho nhau: {told}.",
        tuple(line for top in off for line in top.branch.entry.lines), "",
        CellReading("title", f"{stated} (cộng các đề mục)", f"{rows} dòng đánh số; lệch ở {', '.join(names)}",
                    "mỗi đề mục ghi đúng số dòng của mình"),
    )]


def check_numbers(branches: Sequence[Branch]) -> list[Doubt]:
    """Findings for numbers left out or out of order among siblings, and for numbers used in several sections."""
    doubts: list[Doubt] = []
    last: dict[str, tuple[int, Branch]] = {}
    newest: dict[Number, int] = {}
    for branch in branches:
        number = _own_number(branch)
        if number is None:
            continue
        base = branch.path.rpartition("/")[0]
        before = last.get(base)
        # Many plans count on from one section to the next.
        runs_on = newest.get(branch.number[:-1]) == number - 1
        if before is None and number > 1 and not runs_on:
            doubts.append(_not_from_one(number, base, branch))
        elif before is not None and number > before[0] + 1:
            doubts.append(_skipped(before, number, branch))
        elif before is not None and number < before[0]:
            doubts.append(warning(
                "NUMBER_OUT_OF_ORDER", f"Số {branch.entry.code} đứng sau số {before[1].entry.code}.",
                (before[1].entry.lines[0], branch.entry.lines[0]), branch.path,
                _number(branch, "giữ số như bản in", f"số lớn hơn {before[1].entry.code}, hoặc xếp lại thứ tự dòng"),
            ))
        last[base] = (number, branch)
        if branch.number:
            newest[branch.number[:-1]] = number
    return [*doubts, *_used_again(branches)]


def _own_number(branch: Branch) -> int | None:
    if branch.kind is NodeKind.SECTION:
        return roman_value(branch.path.partition("#")[0])
    return branch.number[-1] if branch.number else None


def _number(branch: Branch, understood: str, accepted: str) -> CellReading:
    return CellReading("code", branch.entry.code, understood, accepted)


def _skipped(before: tuple[int, Branch], number: int, branch: Branch) -> Doubt:
    missing = number - before[0] - 1
    what = "một số" if missing == 1 else f"{missing} số"
    return warning(
        "NUMBER_SKIPPED", f"Sau số {before[1].entry.code} là số {branch.entry.code}: bị bỏ qua {what}.",
        (before[1].entry.lines[0], branch.entry.lines[0]), branch.path,
        _number(branch, f"bỏ qua {what}; giữ số như bản in",
                f"{_in_place(branch, before[0] + 1)}, hoặc giữ nếu không thiếu dòng nào"),
    )


def _not_from_one(number: int, base: str, branch: Branch) -> Doubt:
    where = f"dưới mục {base}" if base else "của bảng"
    return warning(
        "NUMBER_SKIPPED", f"Số đầu tiên {where} là {branch.entry.code}: có thể thiếu dòng ở trước.",
        (branch.entry.lines[0],), branch.path,
        _number(branch, f"bắt đầu từ {number}; giữ số như bản in",
                f"{_in_place(branch, 1)}, hoặc giữ nếu không thiếu dòng nào"),
    )


def _in_place(branch: Branch, number: int) -> str:
    """Another number in place of a branch's own: "2.1.9" and 3 -> "2.1.3"."""
    if branch.kind is NodeKind.SECTION:
        return roman(number)
    return ".".join(str(piece) for piece in (*branch.number[:-1], number))


def _used_again(branches: Sequence[Branch]) -> list[Doubt]:
    used: dict[str, dict[str, int]] = {}
    for branch in branches:
        if branch.number and branch.entry.code:
            used.setdefault(branch.entry.code, {}).setdefault(branch.section, branch.entry.lines[0])
    shared = {code: places for code, places in used.items() if len(places) > 1}
    if not shared:
        return []
    lines = tuple(sorted({line for places in shared.values() for line in places.values()}))
    return [note(
        "NUMBER_IN_SEVERAL_SECTIONS",
        f"{len(shared)} số thứ tự đứng ở nhiều phần ({', '.join(shared)}); mỗi dòng được phân biệt bằng số của phần.",
        lines, "",
        CellReading("code", ", ".join(shared), "phân biệt bằng số của phần", "giữ như bản in; đường dẫn là duy nhất"),
    )]
