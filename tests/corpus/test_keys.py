"""The keys part of the corpus: nobody's, another's, a stranger's; spliced, swapped, out of turn."""

from __future__ import annotations

import pytest

from tests.corpus import authority, keys
from tests.corpus.bench import Bench, Case, prove, sound
from tests.offices import District

CASES = (*keys.CASES, *authority.CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nobody_writes_what_is_not_his(district: District, case: Case) -> None:
    bench = Bench(district, case.name)
    prove(bench, case)
    sound(bench, case.at)
