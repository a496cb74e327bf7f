"""Merging by references alone: what is current, what conflicts, which value is shown meanwhile."""

from __future__ import annotations

import hashlib
import itertools
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from desktop.models.facts import Content, Fact, Reference
from desktop.models.merge import history, merge
from desktop.models.strict_json import JsonValue

LOG_A, LOG_B = "a" * 32, "b" * 32


def fact(log: str, seq: int, fields: dict[str, JsonValue], supersedes: dict[str, tuple[Reference, ...]]) -> Fact:
    head = hashlib.sha256(f"{log}{seq}{fields}".encode()).digest()
    return Fact(log, seq, head, Content(0, "người", "report", "r", fields, supersedes))


def to(other: Fact) -> Reference:
    return Reference(other.log, other.seq, other.head.hex()[:16])


def test_a_later_value_of_the_same_log_supersedes_what_it_saw() -> None:
    first = fact(LOG_A, 1, {"percent": 10}, {})
    second = fact(LOG_A, 2, {"percent": 20}, {"percent": (Reference("", 1, ""),)})
    state = merge([second, first])["percent"]
    assert [one.value for one in state.current] == [20]
    assert not state.conflict


def test_two_values_that_did_not_see_each_other_conflict_and_the_less_favourable_shows() -> None:
    one = fact(LOG_A, 1, {"percent": 65, "state": "done"}, {})
    other = fact(LOG_B, 1, {"percent": 62, "state": "doing"}, {})
    merged = merge([one, other])
    assert merged["percent"].conflict
    assert merged["percent"].chosen.value == 62
    assert merged["state"].chosen.value == "doing"


def test_two_equal_values_are_no_conflict() -> None:
    merged = merge([fact(LOG_A, 1, {"percent": 50}, {}), fact(LOG_B, 1, {"percent": 50}, {})])
    assert not merged["percent"].conflict
    assert len(merged["percent"].current) == 2


def test_a_resolution_ends_the_conflict_and_an_unseen_third_value_opens_it_again() -> None:
    one, other = fact(LOG_A, 1, {"percent": 65}, {}), fact(LOG_B, 1, {"percent": 62}, {})
    resolution = fact(LOG_A, 2, {"percent": 63}, {"percent": (Reference("", 1, ""), to(other))})
    assert not merge([one, other, resolution])["percent"].conflict
    third = fact("c" * 32, 1, {"percent": 10}, {})
    assert merge([one, other, resolution, third])["percent"].conflict


def test_references_to_another_field_an_unknown_fact_or_another_head_retire_nothing() -> None:
    one = fact(LOG_A, 1, {"percent": 65}, {})
    wrong: tuple[dict[str, tuple[Reference, ...]], ...] = (
        {"result": (to(one),)}, {"percent": (Reference(LOG_A, 9, "0" * 16),)},
        {"percent": (Reference(LOG_A, 1, "0" * 16),)},
    )
    for supersedes in wrong:
        other = fact(LOG_B, 1, {"percent": 62, "result": "x"}, supersedes)
        assert len(merge([one, other])["percent"].current) == 2


def test_a_fact_cannot_retire_itself_or_a_later_one_of_its_log() -> None:
    first = fact(LOG_A, 1, {"percent": 10}, {"percent": (Reference("", 2, ""), Reference("", 1, ""))})
    second = fact(LOG_A, 2, {"percent": 20}, {})
    assert len(merge([first, second])["percent"].current) == 2


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    facts: list[Fact] = []
    for log, seq in itertools.product("abc", range(1, 4)):
        seen = draw(st.lists(st.sampled_from(facts), max_size=3)) if facts else []
        references = tuple(to(one) for one in seen)
        value = draw(st.integers(0, 3))
        facts.append(fact(log * 32, seq, {"percent": value}, {"percent": references} if references else {}))
    return facts


@given(histories(), st.randoms(use_true_random=False))
def test_order_of_arrival_never_matters(facts: list[Fact], random: Random) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)
    assert merge(facts) == merge(shuffled)
    retired = {
        (reference.log, reference.seq) for one in facts for reference in one.content.supersedes.get("percent", ())
    }
    current = {(one.fact.log, one.fact.seq) for one in merge(facts)["percent"].current}
    assert current == {(one.log, one.seq) for one in facts} - retired


def test_history_stands_as_values_followed_each_other_whatever_the_clocks_said() -> None:
    first = fact(LOG_A, 1, {"title": "a"}, {})
    second = fact(LOG_B, 1, {"title": "b"}, {"title": (to(first),)})
    third = fact(LOG_A, 2, {"title": "c"}, {"title": (to(second),)})
    beside = fact(LOG_B, 2, {"title": "d"}, {"title": (to(first),)})
    other = fact(LOG_A, 3, {"percent": 5}, {"percent": (to(first),)})
    for order in itertools.permutations([first, second, third, beside, other]):
        values = [one.value for one in history(order, "title")]
        assert values[0] == "a"
        assert values[-1] == "c"
        assert set(values[1:3]) == {"b", "d"}
    assert len({tuple(one.value for one in history(order, "title"))
                for order in itertools.permutations([first, second, third, beside])}) == 1
    assert [one.value for one in history([first, other], "percent")] == [5]
    assert history([first], "percent") == ()


def test_history_of_values_that_did_not_know_of_each_other_follows_the_claimed_time() -> None:
    def at(log: str, wall: int) -> Fact:
        head = hashlib.sha256(f"{log}{wall}".encode()).digest()
        return Fact(log, 1, head, Content(wall, "người", "correction", "r", {"title": str(wall)}, {}))

    facts = [at(LOG_A, 30), at(LOG_B, 10), at("c" * 32, 20)]
    assert [one.value for one in history(facts, "title")] == ["10", "20", "30"]
