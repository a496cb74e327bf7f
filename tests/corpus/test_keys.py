"""The keys part of the corpus: nobody's, another's, a stranger's; spliced, swapped, out of turn."""

from __future__ import annotations

import pytest

from tests.corpus.bench import Bench, Case, prove, sound
from tests.corpus.keys import CASES
from tests.offices import District


def test_every_case_has_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nobody_writes_what_is_not_his(district: District, case: Case) -> None:
    bench = Bench(district, case.name)
    prove(bench, case)
    sound(bench, case.at)
