"""Starting the processes that jobs are cut off in, and reading what they tell."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.crash.medium import surroundings
from tests.crash.points import Point

ROOT = Path(__file__).resolve().parents[2]
_MEMORY = Path("/dev/shm")
_ENOUGH = 48 * 1024 * 1024


def _place() -> Path | None:
    """Where copies lie: in memory where there is room. A kill keeps what was written on any file system."""
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH else None


@contextmanager
def running(
    library: Path, template: Path, job: str, every: int, faults: Sequence[str]
) -> Iterator[Iterator[Point]]:
    """The points of a job, as they come. Raises CalledProcessError at the end when the process failed."""
    with tempfile.TemporaryDirectory(prefix="cắt-", dir=_place()) as work:
        command = [
            sys.executable, "-m", "tests.crash.worker", str(template), str(Path(work).resolve()), job, str(every),
            *faults,
        ]
        with subprocess.Popen(
            command, cwd=ROOT, env=surroundings(library), stdout=subprocess.PIPE, encoding="utf-8"
        ) as process:
            assert process.stdout is not None
            yield (Point(**json.loads(line)) for line in process.stdout)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)


def points_of(library: Path, template: Path, job: str, every: int, faults: Sequence[str]) -> list[Point]:
    """All points of a job."""
    with running(library, template, job, every, faults) as points:
        return list(points)
