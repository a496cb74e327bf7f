"""Which row is which of a newer version: made amendments of the real plan, and what holds for any rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.importers.matching import ASKED, SURE, Comparison, Row, compare_rows
from desktop.models.plan import NodeKind
from tests.importers.plan_text import long_bien_plan

THCS = "II/2/2.1/2.1.9"


@lru_cache(maxsize=1)
def rows() -> tuple[Row, ...]:
    """The rows of the bundled plan; key and parent are paths."""
    return tuple(
        Row(node.path, node.parent, node.kind, node.code, node.printed.title,
            (node.printed.lead_units, node.printed.start, node.printed.end))
        for node in long_bien_plan().nodes
    )


@dataclass
class Draft:
    """A newer version in the making: rows under keys of their own (the old path with N before it)."""

    rows: list[Row]

    @classmethod
    def of(cls, old: tuple[Row, ...]) -> Draft:
        """A copy of all rows."""
        return cls([replace(row, key=f"N{row.key}", parent=f"N{row.parent}" if row.parent else "") for row in old])

    def at(self, path: str) -> int:
        """The place of the row that was at an old path."""
        return next(place for place, row in enumerate(self.rows) if row.key == f"N{path}")

    def row(self, path: str) -> Row:
        """The row that was at an old path."""
        return self.rows[self.at(path)]

    def change(self, path: str, **changes: Any) -> None:
        """Change a row."""
        self.rows[self.at(path)] = replace(self.row(path), **changes)

    def insert(self, before: str, title: str, key: str = "mới") -> None:
        """Put a row in before another, with its number; the numbers from there on shift by one."""
        place, row = self.at(before), self.row(before)
        self.rows.insert(place, replace(row, key=key, title=title, cells=("Văn phòng", "", "Quý IV")))
        self._shift(place + 1, row.code, 1)

    def delete(self, path: str) -> None:
        """Take a row out; the numbers after it shift."""
        place, row = self.at(path), self.row(path)
        del self.rows[place]
        self._shift(place, row.code, -1)

    def _shift(self, start: int, code: str, by: int) -> None:
        head = code.rpartition(".")[0]
        for place in range(start, len(self.rows)):
            row = self.rows[place]
            if row.kind is NodeKind.SECTION:
                return
            before, _, last = row.code.rpartition(".")
            if before == head and last.isdecimal():
                self.rows[place] = replace(row, code=f"{head}.{int(last) + by}")

    def compared(self) -> Comparison:
        """Against the plan as it was."""
        return compare_rows(rows(), self.rows)


def whole(found: Comparison, *changed: str) -> bool:
    """Whether every old row but those named is in a pair with its own new one."""
    pairs = {pair.old: pair.new for pair in found.pairs}
    return all(pairs.get(row.key) == f"N{row.key}" for row in rows() if row.key not in changed)


def test_the_same_plan_is_the_same_row_by_row() -> None:
    found = Draft.of(rows()).compared()
    assert whole(found)
    assert (found.added, found.withdrawn, found.doubtful) == ((), (), ())


def test_a_row_put_in_shifts_numbers_and_nothing_else() -> None:
    draft = Draft.of(rows())
    draft.insert("II/2/2.1/2.1.5", "Lắp đặt trạm quan trắc chất lượng không khí tại các nút giao lớn")
    assert sum(new.code != old.code for old in rows() for new in draft.rows if new.key == f"N{old.key}") >= 25
    found = draft.compared()
    assert whole(found)
    assert (found.added, found.withdrawn, found.doubtful) == (("mới",), (), ())


def test_a_row_taken_out_is_withdrawn() -> None:
    draft = Draft.of(rows())
    draft.delete(THCS)
    found = draft.compared()
    assert whole(found, THCS)
    assert (found.added, found.withdrawn, found.doubtful) == ((), (THCS,), ())


def test_a_few_other_words_are_the_same_row() -> None:
    draft = Draft.of(rows())
    title = draft.row(THCS).title
    draft.change(THCS, title=title + " theo tiến độ được duyệt")
    draft.insert("II/2/2.1/2.1.5", "Lắp đặt trạm quan trắc chất lượng không khí tại các nút giao lớn")
    found = draft.compared()
    assert whole(found)
    assert next(pair.likeness for pair in found.pairs if pair.old == THCS) < 100


def test_half_a_title_written_anew_is_asked_not_guessed() -> None:
    draft = Draft.of(rows())
    words = draft.row("II/2/2.1/2.1.5").title.split()
    anew = "bảo đảm đúng quy hoạch, nghiệm thu trong quý tư năm nay cùng hồ sơ hoàn công đầy đủ".split()
    half = len(words) // 2
    draft.change("II/2/2.1/2.1.5", title=" ".join([*words[:half], *anew[:len(words) - half]]))
    found = draft.compared()
    assert whole(found, "II/2/2.1/2.1.5")
    assert [doubt.new for doubt in found.doubtful] == ["NII/2/2.1/2.1.5"]
    assert found.doubtful[0].candidates[0].old == "II/2/2.1/2.1.5"
    assert ASKED <= found.doubtful[0].candidates[0].likeness < SURE
    assert found.withdrawn == ()


@pytest.mark.parametrize(("share", "least_taken"), [(5, 40), (3, 10), (2, 0)])
def test_every_title_partly_written_anew_is_never_another_row(share: int, least_taken: int) -> None:
    """The thresholds on the real plan: every ``share``-th part of every title gets words of another row."""
    draft = Draft.of(rows())
    for place, old in enumerate(rows()):
        words, others = old.title.split(), rows()[(place * 7 + 50) % len(rows())].title.split()
        part = len(words) // share
        title = " ".join([*words[:len(words) - part], *others[:part]])
        draft.rows[place] = replace(draft.rows[place], title=title)
    found = draft.compared()
    assert all(pair.new == f"N{pair.old}" for pair in found.pairs)
    assert len(found.pairs) >= least_taken
    offered = [doubt.new[1:] in {one.old for one in doubt.candidates} for doubt in found.doubtful]
    assert len(found.added) <= 2
    assert sum(offered) >= len(offered) - 2


def test_two_rows_in_each_others_place_stay_themselves() -> None:
    draft = Draft.of(rows())
    one, other = draft.at("II/2/2.1/2.1.5"), draft.at("II/2/2.1/2.1.6")
    first, second = draft.rows[one], draft.rows[other]
    draft.rows[one], draft.rows[other] = replace(second, code=first.code), replace(first, code=second.code)
    assert whole(draft.compared())


def test_one_row_in_two_is_asked_for_both_halves() -> None:
    draft = Draft.of(rows())
    words = draft.row(THCS).title.split()
    third = max(len(words) * 2 // 3, 1)
    draft.insert(THCS, " ".join(words[:third]))
    draft.change(THCS, title=" ".join(words[len(words) - third:]))
    found = draft.compared()
    assert whole(found, THCS)
    assert {doubt.new for doubt in found.doubtful} == {"mới", f"N{THCS}"}
    assert {doubt.candidates[0].old for doubt in found.doubtful} == {THCS}


def _equally_long() -> tuple[str, str]:
    """Two neighbours whose titles have as many words, more than ten."""
    found = [row for row in rows() if row.kind is NodeKind.ITEM]
    return next(
        (one.key, other.key) for one, other in pairwise(found)
        if len(one.title.split()) == len(other.title.split()) > 10 and one.parent == other.parent
    )


def test_two_rows_in_one_is_asked() -> None:
    draft = Draft.of(rows())
    one, other = _equally_long()
    title = f"{draft.row(one).title}; {draft.row(other).title}"
    draft.change(one, title=title)
    draft.delete(other)
    found = draft.compared()
    assert whole(found, one, other)
    assert [doubt.new for doubt in found.doubtful] == [f"N{one}"]
    assert {candidate.old for candidate in found.doubtful[0].candidates} <= {one, other}
    assert {*found.withdrawn, *(one.old for one in found.doubtful[0].candidates)} == {one, other}


def test_other_units_and_times_do_not_matter() -> None:
    draft = Draft.of(rows())
    draft.change(THCS, cells=("Phòng Nội vụ", "Quý I", "Quý II"))
    assert whole(draft.compared())


def test_a_row_in_another_section_is_the_same_row() -> None:
    draft = Draft.of(rows())
    moved = draft.rows.pop(draft.at(THCS))
    home = draft.row("II/3/3.1")
    draft.rows.insert(draft.at("II/3/3.1") + 1, replace(moved, parent=home.key, code="3.1.0"))
    assert whole(draft.compared())


def test_a_heading_that_states_another_count_is_the_same() -> None:
    draft = Draft.of(rows())
    heading = next(row for row in rows() if "(" in row.title and row.kind is NodeKind.GROUP)
    draft.change(heading.key, title=heading.title.replace("(", "(1", 1))
    assert whole(draft.compared())


def test_a_heading_with_another_title_is_known_by_its_rows() -> None:
    draft = Draft.of(rows())
    draft.change("II/2/2.1", title="Nhiệm vụ giao các phòng, ban")
    draft.change("II", title="NHIỆM VỤ, GIẢI PHÁP TRỌNG TÂM")
    draft.change(THCS, title=draft.row(THCS).title + " theo tiến độ được duyệt")
    found = draft.compared()
    assert whole(found)
    assert next(pair.likeness for pair in found.pairs if pair.old == "II/2/2.1") < 50


def test_equal_titles_stay_under_their_headings() -> None:
    old = (
        Row("I", "", NodeKind.SECTION, "I", "Kinh tế"),
        Row("I/1", "I", NodeKind.ITEM, "1", "Báo cáo kết quả", ("A",)),
        Row("II", "", NodeKind.SECTION, "II", "Văn hóa"),
        Row("II/1", "II", NodeKind.ITEM, "1", "Báo cáo kết quả", ("B",)),
    )
    new = (replace(old[0], title="Phát triển kinh tế và ngân sách"), *old[1:3], replace(old[3], code="2", cells=("A",)))
    found = compare_rows(old, new)
    assert {pair.old: pair.new for pair in found.pairs if pair.old.endswith("/1")} == {"I/1": "I/1", "II/1": "II/1"}


def test_equal_titles_of_which_one_went_are_asked() -> None:
    old = tuple(Row(str(n), "", NodeKind.ITEM, str(n), "Báo cáo kết quả", (f"đơn vị {n}",)) for n in (1, 2))
    found = compare_rows(old, (Row("x", "", NodeKind.ITEM, "5", "Báo cáo kết quả", ("đơn vị khác",)),))
    assert [(doubt.new, len(doubt.candidates)) for doubt in found.doubtful] == [("x", 2)]


def test_a_ward_in_place_of_another_elsewhere_is_asked() -> None:
    """Like titles of different tasks: the one's progress must not become the other's."""
    title = "Cải tạo vườn hoa tại tổ 5 phường {} trong quý hai"
    old = Row("a", "", NodeKind.ITEM, "1", title.format("Bồ Đề"), ("UBND phường Bồ Đề",))
    new = Row("b", "", NodeKind.ITEM, "9", title.format("Ngọc Lâm"), ("UBND phường Ngọc Lâm",))
    found = compare_rows([old], [new])
    assert [doubt.new for doubt in found.doubtful] == ["b"]


WORDS = st.sampled_from("xây dựng sửa chữa trường đường vườn hoa phường quận tổ chức hội nghị kiểm tra rà soát".split())
TITLES = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)


@st.composite
def versions(draw: st.DrawFn, unique: bool = False) -> tuple[Row, ...]:
    """Sections, groups and items in document order."""
    made: list[Row] = []
    headings = [""]
    titles = draw(st.lists(TITLES, min_size=1, max_size=14, unique=unique))
    for number, title in enumerate(titles):
        kind = draw(st.sampled_from([NodeKind.SECTION, NodeKind.GROUP, NodeKind.ITEM, NodeKind.ITEM]))
        parent = "" if kind is NodeKind.SECTION else draw(st.sampled_from(headings))
        made.append(Row(f"k{number}", parent, kind, str(number), title, draw(st.sampled_from([(), ("A",), ("B",)]))))
        if kind is not NodeKind.ITEM:
            headings.append(f"k{number}")
    return tuple(made)


@given(versions())
def test_any_rows_against_themselves_give_nothing(old: tuple[Row, ...]) -> None:
    found = compare_rows(old, old)
    assert [(pair.old, pair.new, pair.likeness) for pair in found.pairs] == [(row.key, row.key, 100) for row in old]
    assert (found.added, found.withdrawn, found.doubtful) == ((), (), ())


@given(versions(unique=True), st.randoms(use_true_random=False))
def test_other_order_numbers_and_headings_keep_every_pair(old: tuple[Row, ...], chance: Random) -> None:
    kept = list(old)
    chance.shuffle(kept)
    new = tuple(replace(row, key=f"n{row.key}", code=str(place), parent="") for place, row in enumerate(kept))
    found = compare_rows(old, new)
    assert {pair.old: pair.new for pair in found.pairs} == {row.key: f"n{row.key}" for row in old}


@given(versions(), versions())
@settings(max_examples=200)
def test_every_row_has_just_one_outcome(old: tuple[Row, ...], new: tuple[Row, ...]) -> None:
    found = compare_rows(old, new)
    candidates = {candidate.old for doubt in found.doubtful for candidate in doubt.candidates}
    news = [*(pair.new for pair in found.pairs), *found.added, *(doubt.new for doubt in found.doubtful)]
    olds = [*(pair.old for pair in found.pairs), *found.withdrawn, *candidates]
    assert sorted(news) == sorted(row.key for row in new)
    assert sorted(olds) == sorted(row.key for row in old)
    assert compare_rows(old, new) == found
