"""Forked logs: ends of all branches, and the way back from a head."""

from __future__ import annotations

from desktop.models.branches import BranchEnd, branch_ends, lineage

# 0 - a - b - c
#      \  \ d - e      x - y (behind a gap)
#       f
LINKS = ((b"0", b"a"), (b"a", b"b"), (b"b", b"c"), (b"b", b"d"), (b"d", b"e"), (b"a", b"f"), (b"x", b"y"))


def test_every_branch_has_its_end_and_its_first_head() -> None:
    assert branch_ends(b"0", LINKS) == (
        BranchEnd(b"f", 2, b"f"), BranchEnd(b"c", 3, b"c"), BranchEnd(b"d", 4, b"e"),
    )
    assert branch_ends(b"0", reversed(LINKS)) == branch_ends(b"0", LINKS)


def test_a_log_that_does_not_fork_has_one_end_and_an_empty_one_none() -> None:
    assert branch_ends(b"0", LINKS[:2]) == (BranchEnd(b"", 2, b"b"),)
    assert branch_ends(b"0", ()) == branch_ends(b"0", ((b"x", b"y"),)) == ()


def test_the_way_back_ends_where_nothing_is_held() -> None:
    before = {head: prev for prev, head in LINKS}
    assert list(lineage(b"e", before)) == [b"e", b"d", b"b", b"a"]
    assert list(lineage(b"y", before)) == [b"y"]
    assert list(lineage(b"z", before)) == []
