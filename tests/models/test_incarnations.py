"""The order of a machine's incarnations, whatever the order in which their logs are read."""

from __future__ import annotations

import itertools

from desktop.models.incarnations import Incarnation, ages

A, B, C = (Incarnation("aa", nonce) for nonce in ("1", "2", "3"))
OTHER = Incarnation("bb", "1")
LOGS = {"all-1": A, "ward-1": A, "all-2": B, "all-3": C, "other": OTHER}


def test_one_that_is_followed_is_not_the_newest() -> None:
    said = [("all-2", ["all-1", "ward-1"]), ("all-3", ["all-2"])]
    for order in itertools.permutations(said):
        found = ages(LOGS, order)
        assert [found.is_newest(one) for one in (A, B, C, OTHER)] == [False, False, True, True]
        assert [found.age[one] for one in (A, B, C, OTHER)] == [0, 1, 2, 0]


def test_two_copies_go_on_side_by_side() -> None:
    found = ages(LOGS, [("all-2", ["all-1"]), ("all-3", ["all-1"])])
    assert [found.is_newest(one) for one in (A, B, C)] == [False, True, True]


def test_nobody_ends_the_logs_of_another_machine_or_its_own_present_ones() -> None:
    found = ages(LOGS, [("other", ["all-1"]), ("all-1", ["ward-1", "unknown"])])
    assert all(found.is_newest(one) for one in LOGS.values())


def test_a_ring_ends() -> None:
    found = ages(LOGS, [("all-2", ["all-1"]), ("all-1", ["all-2"])])
    assert not found.is_newest(A)
    assert not found.is_newest(B)
