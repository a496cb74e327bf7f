"""The fuzzer's kept inputs and some hundred of fixed seeds; more by ``python -m tests.fuzz_packages``."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.corpus.fuzzing import KEPT, Kit, kit_of, tried
from tests.offices import copy_district

ROOT = Path(__file__).resolve().parents[2]
KINDS_OF_INPUT = (b"c", b"m", b"m", b"m", b"m", b"m", b"m", b"d")


@pytest.fixture(scope="module")
def kit(district_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """One district for all inputs: none of them changes it."""
    district = copy_district(district_template, tmp_path_factory.mktemp("kho") / "quận")
    yield kit_of(district)
    district.close()


def test_every_kept_input_is_answered(kit: Kit) -> None:
    files = sorted(KEPT.iterdir())
    answers = {tried(kit, path.read_bytes()) for path in files}
    reached = {"opened", "imported", "PKG_BAD_MANIFEST", "SEG_BAD_SHAPE", "AUTH_BAD_SHAPE", "FACT_OUTSIDE_SCOPE"}
    assert reached <= answers
    assert sum(path.stat().st_size for path in files) < 200_000


@pytest.mark.parametrize("first", range(0, 400, 50))
def test_any_package_is_opened_or_refused_with_a_reason(kit: Kit, first: int) -> None:
    for seed in range(first, first + 50):
        random = Random(seed)
        data = random.choice(KINDS_OF_INPUT) + random.randbytes(random.choice((5, 10, 20, 40, 80, 160)))
        assert tried(kit, data), seed


@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="no atheris for this Python and system")
def test_the_command_fuzzes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz_packages", "--runs", "60", "--out", str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    assert "Done 60 runs" in run.stderr
    assert not list(tmp_path.glob("crash-*"))
