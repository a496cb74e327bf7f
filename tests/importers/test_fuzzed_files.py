"""Some hundred damages of real files, of fixed seeds; more by ``python -m tests.fuzz_readers``."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest

from tests.fuzz_readers import damaged, read, runs


@pytest.mark.parametrize("first", range(0, 200, 25))
def test_a_damaged_file_gives_a_plan_or_a_refusal(first: int) -> None:
    for seed, path in islice(runs(first), 25):
        answer = read(damaged(path, Random(seed)), path.suffix)
        assert answer.endswith(" rows") or answer.startswith("PLAN_"), (seed, answer)
