"""What submissions, decisions and closings come to: pure rules."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from desktop.models.closing import Closing, label_of, named_version, next_version, standing_closings
from desktop.models.covers import Covers, apart_json, ends_json, read_covers, runs_of
from desktop.models.entries import End
from desktop.models.submission import (
    Accepted,
    Decision,
    Returned,
    Submission,
    SubmissionState,
    decision_json,
    latest,
    pending,
    read_decision,
    state_of,
)

LOG, BRANCH = "a" * 32, "b" * 32
COVERS = Covers({LOG: End(7, b"\x01" * 32), BRANCH: End(3, b"\x02" * 32)}, {LOG: ((2, 3), (5, 5))})
ACCEPT, RETURN = Accepted(COVERS, ("p-a", "p-a-tram")), Returned("Thiếu minh chứng")
OPEN = Submission("p-a/2023-Q3/" + "1" * 32, "p-a", "2023-Q3", COVERS, ("p-a",))


def decided(*decisions: Decision, withdrawn: bool = False, replaced: bool = False) -> Submission:
    return replace(OPEN, decisions=decisions, withdrawn=withdrawn, replaced=replaced)


def test_covers_and_decisions_read_back() -> None:
    assert read_covers(ends_json(COVERS), apart_json(COVERS)) == COVERS
    for decision in (ACCEPT, RETURN):
        assert read_decision(decision_json(decision)) == decision
    assert read_decision(None) is None
    assert read_covers(None).ends == {}
    assert COVERS.only([LOG]) == Covers({LOG: End(7, b"\x01" * 32)}, {LOG: ((2, 3), (5, 5))})


@pytest.mark.parametrize(
    ("places", "runs"),
    [((), ()), ((4,), ((4, 4),)), ((3, 1, 2, 2), ((1, 3),)), ((1, 2, 4, 5, 9), ((1, 2), (4, 5), (9, 9)))],
)
def test_places_as_runs(places: tuple[int, ...], runs: tuple[tuple[int, int], ...]) -> None:
    assert runs_of(places) == runs


OTHER_ACCEPT = Accepted(COVERS.only([LOG]), ("p-a",))


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (OPEN, SubmissionState.SUBMITTED),
        (decided(withdrawn=True), SubmissionState.WITHDRAWN),
        (decided(ACCEPT), SubmissionState.ACCEPTED),
        (decided(ACCEPT, withdrawn=True), SubmissionState.ACCEPTED),
        (decided(ACCEPT, OTHER_ACCEPT), SubmissionState.ACCEPTED),
        (decided(RETURN), SubmissionState.RETURNED),
        (decided(RETURN, Returned("khác")), SubmissionState.RETURNED),
        (decided(RETURN, withdrawn=True), SubmissionState.WITHDRAWN),
        (decided(ACCEPT, RETURN), SubmissionState.DISPUTED),
        (decided(RETURN, ACCEPT, withdrawn=True), SubmissionState.DISPUTED),
    ],
)
def test_the_state_of_one(one: Submission, state: SubmissionState) -> None:
    assert one.state is state
    assert bool(one.accepted) == (state is SubmissionState.ACCEPTED)


@pytest.mark.parametrize(
    ("several", "state", "waiting"),
    [
        ((), SubmissionState.NOT_SUBMITTED, 0),
        ((OPEN,), SubmissionState.SUBMITTED, 1),
        ((decided(RETURN, replaced=True), OPEN), SubmissionState.SUBMITTED, 1),
        ((decided(ACCEPT, replaced=True), OPEN), SubmissionState.ACCEPTED, 1),
        ((decided(ACCEPT, replaced=True), decided(RETURN)), SubmissionState.ACCEPTED, 0),
        ((decided(replaced=True), decided(withdrawn=True)), SubmissionState.WITHDRAWN, 0),
        ((decided(RETURN), decided(withdrawn=True)), SubmissionState.RETURNED, 0),
        ((decided(RETURN), OPEN), SubmissionState.SUBMITTED, 1),
        ((decided(ACCEPT, RETURN), OPEN), SubmissionState.DISPUTED, 2),
        ((decided(ACCEPT, RETURN, replaced=True), OPEN), SubmissionState.SUBMITTED, 1),
        ((decided(ACCEPT), decided(ACCEPT, RETURN)), SubmissionState.ACCEPTED, 1),
    ],
)
def test_the_state_of_several_whatever_their_order(
    several: tuple[Submission, ...], state: SubmissionState, waiting: int
) -> None:
    for order in itertools.permutations(several):
        assert state_of(order) is state
        assert len(pending(order)) == waiting
        assert all(not one.replaced for one in latest(order))


def closing(version: int, number: str, reopened: str = "") -> Closing:
    return Closing(f"2023-Q3/{number * 32}", "2023-Q3", version, COVERS, 0, "người", reopened=reopened)


def test_versions_keep_their_numbers_and_twins_are_told_apart() -> None:
    first, twin, second = closing(1, "a", "Thiếu"), closing(1, "b"), closing(2, "c")
    held = (first, twin, second)
    assert [label_of(one, held) for one in held] == ["1-aaaa", "1-bbbb", "2"]
    assert label_of(first, (first, second)) == "1"
    assert named_version("2", held) == (second,)
    assert named_version("1-b", held) == (twin,)
    assert named_version("1", held) == (first, twin)
    assert named_version("", held) == named_version("3", held) == named_version("-a", held) == ()
    assert standing_closings(held) == (twin, second)
    assert (next_version(held), next_version(())) == (3, 1)
