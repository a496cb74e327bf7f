"""The flat list of plan rows: collapse, filter, sort, all without Qt."""

from __future__ import annotations

from dataclasses import replace

from desktop.models.plan import NodeKind
from desktop.ui.plan.columns import Column
from desktop.ui.plan.rows import Filter, FlatRows, Quick, SortKey, next_sort
from tests.ui.plan_data import large_plan, small_plan


def flat() -> FlatRows:
    return FlatRows(small_plan().rows)


def found(*records: str) -> Filter:
    """A filter by words for which these records were found."""
    return Filter("chữ gì đó", found=frozenset(records))


def ids(rows: FlatRows) -> str:
    return " ".join(rows.row(at).id for at in range(len(rows)))


def test_everything_shows_in_document_order() -> None:
    assert ids(flat()) == "s1 i1 s2 g1 i2 i3 i4 i5 g2 i6 i7 i8"
    assert (flat().matched, flat().total) == (8, 8)


def test_collapse_hides_all_below_and_expand_brings_it_back() -> None:
    rows = flat()
    rows.set_collapsed(2, True)
    assert ids(rows) == "s1 i1 s2"
    assert rows.is_collapsed(2)
    rows.set_collapsed(2, False)
    assert ids(rows) == ids(flat())
    rows.collapse_all(True)
    assert ids(rows) == "s1 s2"
    rows.collapse_all(False)
    assert ids(rows) == ids(flat())


def test_reveal_expands_what_hides_a_row() -> None:
    rows = flat()
    rows.collapse_all(True)
    at = rows.reveal("i7")
    assert rows.row(at).id == "i7"
    assert ids(rows) == "s1 s2 g1 g2 i6 i7 i8"
    assert rows.reveal("unknown") == -1


def test_a_filter_keeps_ancestors_of_what_was_found() -> None:
    rows = flat()
    rows.set_filter(found("i3", "i8", "paragraph/4"))
    assert ids(rows) == "s2 g1 i3 g2 i8"
    assert (rows.matched, rows.total) == (2, 8)
    rows.set_filter(found())
    assert ids(rows) == "", "words that find nothing leave nothing"
    assert rows.matched == 0
    rows.set_filter(Filter("  "))
    assert ids(rows) == ids(flat())


def test_a_heading_that_was_found_brings_its_rows() -> None:
    rows = flat()
    rows.set_filter(found("g2"))
    assert ids(rows) == "s2 g2 i6 i7 i8"
    assert rows.matched == 3


def test_words_and_quick_filters_meet() -> None:
    rows = flat()
    rows.set_filter(replace(found("g1", "i8"), quick=frozenset({Quick.MINE})))
    assert ids(rows) == "s2 g1 i2 i3 g2 i8"
    rows.set_filter(replace(found("g1", "i8"), quick=frozenset({Quick.OVERDUE})))
    assert ids(rows) == "s2 g1 i4"


def test_the_best_row_that_shows_is_known() -> None:
    rows = flat()
    assert rows.first_of(("paragraph/4", "i8", "i1")) == 11
    rows.set_filter(found("i1", "i3"))
    assert rows.row(rows.first_of(("i8", "i3", "i1"))).id == "i3"
    assert rows.first_of(("i8",)) == rows.first_of(()) == -1


def test_quick_filters_meet_and_deadlines_join() -> None:
    rows = flat()
    rows.set_filter(Filter("", frozenset({Quick.OVERDUE, Quick.DUE_SOON})))
    assert ids(rows) == "s2 g1 i2 i4"
    rows.set_filter(Filter("", frozenset({Quick.OVERDUE, Quick.DUE_SOON, Quick.MINE})))
    assert ids(rows) == "s2 g1 i2"
    assert {quick: rows.count(quick) for quick in Quick} == {
        Quick.MINE: 3,
        Quick.OVERDUE: 1,
        Quick.DUE_SOON: 1,
        Quick.NOT_REPORTED: 4,
        Quick.CONFLICTS: 1,
        Quick.REVIEW: 1,
    }


def test_a_match_shows_below_a_collapsed_heading_and_collapse_returns() -> None:
    rows = flat()
    rows.collapse_all(True)
    rows.set_filter(found("i3", "i8"))
    assert ids(rows) == "s2 g1 i3 g2 i8"
    rows.set_collapsed(1, True)
    assert ids(rows) == "s2 g1 g2 i8"
    rows.set_filter(Filter())
    assert ids(rows) == "s1 s2"


def test_sorting_stays_inside_parents_and_headings_keep_their_places() -> None:
    rows = flat()
    rows.set_sort((SortKey(Column.DEADLINE),))
    assert ids(rows) == "s1 i1 s2 g1 i3 i4 i2 i5 g2 i7 i6 i8"
    rows.set_sort((SortKey(Column.DEADLINE, descending=True),))
    assert ids(rows) == "s1 i1 s2 g1 i2 i4 i3 i5 g2 i6 i7 i8", "blank ones last both ways"
    rows.set_sort(())
    assert ids(rows) == ids(flat())


def test_numbers_sort_naturally_and_a_second_key_breaks_ties() -> None:
    rows = flat()
    rows.set_sort((SortKey(Column.LEAD), SortKey(Column.CODE, descending=True)))
    assert ids(rows) == "s1 i1 s2 g1 i4 i3 i2 i5 g2 i6 i7 i8"
    rows.set_sort((SortKey(Column.STATUS),))
    assert ids(rows).split()[4] == "i4", "overdue first"


def test_a_header_turns_ascending_descending_and_back() -> None:
    code, lead = Column.CODE, Column.LEAD
    first = next_sort((), code, add=False)
    assert first == (SortKey(code),)
    assert next_sort(first, code, add=False) == (SortKey(code, descending=True),)
    assert next_sort((SortKey(code, descending=True),), code, add=False) == ()
    assert next_sort(first, lead, add=False) == (SortKey(lead),)
    two = next_sort(first, lead, add=True)
    assert two == (SortKey(code), SortKey(lead))
    assert next_sort(two, lead, add=True) == (SortKey(code), SortKey(lead, descending=True))
    assert next_sort((SortKey(code), SortKey(lead, descending=True)), lead, add=True) == (SortKey(code),)
    assert next_sort(two, Column.STATUS, add=True) == (SortKey(code), SortKey(Column.STATUS)), "two keys at most"


def test_new_values_keep_collapse_and_filter() -> None:
    rows = flat()
    rows.set_collapsed(3, True)
    assert rows.replace(small_plan().rows)
    assert ids(rows) == "s1 i1 s2 g1 g2 i6 i7 i8"
    more = (*small_plan().rows, replace(small_plan().rows[-1], id="i9"))
    assert not rows.replace(more)
    assert ids(rows) == "s1 i1 s2 g1 g2 i6 i7 i8 i9"
    rows.set_filter(found("i3", "i9"))
    assert not rows.replace(small_plan().rows)
    assert ids(rows) == "s2 g1 i3"


def test_a_filter_keeps_exactly_matches_and_their_ancestors_in_a_large_plan() -> None:
    view = large_plan(2_520)
    rows = FlatRows(view.rows)
    rows.set_filter(Filter("", frozenset({Quick.REVIEW})))
    parent = {row.id: row.parent for row in view.rows}
    shown = {rows.row(at).id for at in range(len(rows))}
    matches = {row.id for row in view.rows if row.needs_review and row.kind is NodeKind.ITEM}
    assert len(matches) == rows.matched
    assert matches <= shown
    assert all(parent[record] is None or parent[record] in shown for record in shown)
