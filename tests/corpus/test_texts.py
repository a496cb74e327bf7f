"""The JSON part of the corpus: a bad manifest has the file refused, a bad line its segment, a bad value its fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.corpus.bench import Bench, Case, prove, sound
from tests.corpus.texts import CASES
from tests.offices import copy_district


@pytest.fixture(scope="module")
def shared(district_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """One district for all cases, each of which writes a log of its own and no value that shows."""
    district = copy_district(district_template, tmp_path_factory.mktemp("kho") / "quận")
    yield Bench(district)
    sound(Bench(district))
    district.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_json_that_is_not_right_sinks_as_a_part_or_as_a_whole(shared: Bench, case: Case) -> None:
    prove(replace(shared, name=case.name), case)
    # A report without values may stand there; nothing odd ever shows.
    assert set(shared.listed().values()) <= {(None, "", ())}
