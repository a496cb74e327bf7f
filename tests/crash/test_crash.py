"""Jobs cut off at their operations, thinned by a fixed rule; all of them: ``python -m tests.crash_matrix``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.crash.jobs import JOBS, found
from tests.crash.medium import FAULTS, compiled
from tests.crash.points import Point
from tests.crash.runs import points_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the failing medium is made of Linux system calls")

KILLS = ("kill", "kill-fat", "torn", "cut")
TROUBLES = tuple(name for name in FAULTS if name not in KILLS)
EVERY = {"save": (4, 12), "refusal": (1, 1), "approve": (9, 24), "migrate": (7, 24), "setup-unit": (60, 120),
         "update": (9, 24)}
"""Every how manieth operation is a point here: of kills, and of full disks and media that are gone."""
OTHERS = (12, 30)
CODES = {"full": {"", "DISK_FULL"}, "gone": {"", "DISK_FAULT", "MEDIUM_GONE"}}


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The failing medium, compiled."""
    return compiled(tmp_path_factory.mktemp("thư viện"))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small district; never changed."""
    root = tmp_path_factory.mktemp("quận nhỏ") / "mẫu"
    found(root)
    return root


def wrong(points: Sequence[Point]) -> list[Point]:
    return [point for point in points if point.problems]


@pytest.mark.parametrize("job", JOBS)
def test_killed_anywhere_it_is_before_or_after_and_can_be_finished(library: Path, template: Path, job: str) -> None:
    points = points_of(library, template, job, EVERY.get(job, OTHERS)[0], KILLS)
    assert not wrong(points)
    assert {point.fault for point in points} == set(KILLS)
    assert {point.outcome for point in points} == ({"after"} if job == "refusal" else {"before", "after"})


@pytest.mark.parametrize("job", JOBS)
def test_a_full_disk_or_a_medium_that_is_gone_is_told_and_nothing_is_lost(
    library: Path, template: Path, job: str
) -> None:
    # What an update makes of facts is done at an opening: one that cannot does without, and the next one tries again.
    troubles = tuple(one for one in TROUBLES if job != "update" or not one.endswith("-again"))
    points = points_of(library, template, job, EVERY.get(job, OTHERS)[1], troubles)
    assert not wrong(points)
    assert [point for point in points if point.code not in CODES[FAULTS[point.fault].mode]] == []
    assert {point.fault for point in points if point.code} == (set() if job in ("refusal", "update") else set(troubles))


def test_work_that_is_two_transactions_is_found_out(library: Path, template: Path) -> None:
    points = points_of(library, template, "two-saves", 1, ["kill"])
    assert {point.outcome for point in points} == {"before", "between", "after"}
    assert [point.outcome for point in wrong(points)] == ["between"] * len(wrong(points))


def test_a_file_written_in_place_is_found_out(library: Path, template: Path) -> None:
    points = points_of(library, template, "in-place", 1, ["kill", "torn"])
    assert any("is no whole package" in problem for point in points for problem in point.problems)


def test_what_was_not_flushed_is_lost_in_a_power_cut(library: Path, template: Path) -> None:
    (end,) = [point for point in points_of(library, template, "in-place", 1, ["cut"]) if point.operation == "the end"]
    assert end.problems[0] == "ended well, but nothing is there: usb/*.sotiendo"
