"""A fact written again stands for the earlier one: once, and whoever named the earlier means it."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence

import pytest

from desktop.models.facts import Content, Fact, Reference, make_line, read_line
from desktop.models.merge import merge
from desktop.models.strict_json import BadJson
from desktop.models.written_again import once_each

OLD, NEW, HUB = "1" * 32, "2" * 32, "3" * 32
RECORD = f"{'0' * 32}/p-bo-de/2023-Q3"


def fact(log: str, seq: int, percent: int, *over: Reference, origin: Reference | None = None, user: str = "An") -> Fact:
    supersedes = {"percent": over} if over else {}
    content = Content(1, user, "report", RECORD, {"percent": percent}, supersedes, origin)
    return Fact(log, seq, hashlib.sha256(f"{log}{seq}{percent}{origin}".encode()).digest(), content)


def name(of: Fact) -> Reference:
    return Reference(of.log, of.seq, of.head.hex()[:16])


def percents(facts: Sequence[Fact]) -> list[object]:
    """The current values, the same in every order."""
    states = [merge(once_each(order))["percent"] for order in itertools.permutations(facts)]
    assert all(one == states[0] for one in states)
    return [one.value for one in states[0].current]


FIRST = fact(OLD, 1, 10)
AGAIN = fact(NEW, 1, 10, origin=name(FIRST))


def test_both_are_one() -> None:
    assert once_each([FIRST, AGAIN]) == (AGAIN,)
    assert once_each([FIRST]) == (FIRST,)


def test_who_superseded_the_earlier_superseded_the_later() -> None:
    hub = fact(HUB, 1, 50, name(FIRST))
    for known in ([FIRST, AGAIN, hub], [AGAIN, hub]):
        assert percents(known) == [50]
    # By number, in the old log itself.
    assert percents([FIRST, AGAIN, fact(OLD, 2, 11, Reference("", 1, ""))]) == [11]
    assert percents([FIRST, AGAIN, fact(NEW, 2, 60, Reference("", 1, ""))]) == [60]


def test_twice_written_again_is_once_all_the_same() -> None:
    third = fact("4" * 32, 1, 10, origin=name(AGAIN))
    beside = fact("5" * 32, 1, 10, origin=name(FIRST))
    assert once_each([FIRST, AGAIN, third]) == (third,)
    assert len(once_each([FIRST, AGAIN, beside])) == 1
    for known in ([FIRST, AGAIN, third], [FIRST, AGAIN, beside], [AGAIN, beside]):
        assert percents([*known, fact(HUB, 1, 50, name(FIRST))]) == [50]
        assert percents([*known, fact(HUB, 1, 50, name(AGAIN))]) == [50]


def test_one_that_says_something_else_stands_for_nothing() -> None:
    lie = fact(NEW, 1, 99, origin=name(FIRST))
    assert sorted(map(str, percents([FIRST, lie]))) == ["10", "99"]
    other = fact(NEW, 1, 10, origin=name(FIRST), user="Bình")
    assert once_each([FIRST, other]) == (FIRST, other)


def test_the_line_names_the_old_place_in_full() -> None:
    assert read_line(make_line(1, AGAIN.content)) == (1, AGAIN.content)
    for wrong in (b"1", b"[]", b'["x",1,"y"]', b"null", b"{}"):
        line = b'{"f":{},"k":"report","n":1,"o":' + wrong + b',"r":"x","t":1,"u":"a"}'
        with pytest.raises(BadJson, match="FACT_BAD_SHAPE"):
            read_line(line)
