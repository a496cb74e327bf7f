"""Every job cut off at every point: ``python -m tests.crash_matrix [JOB ...] [--fault NAME ...] [--every N]``.

Prints, for each job and fault, how many points there were and what was found afterwards; exit code 1 when anything
was wrong. ``--all-statements``: every single statement too, not only those next to an operation on a file.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.crash.jobs import JOBS, found
from tests.crash.medium import FAULTS, compiled
from tests.crash.points import Point
from tests.crash.runs import points_of


def main(arguments: Sequence[str]) -> int:
    """Run the matrix and tell of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash_matrix", description=__doc__)
    parser.add_argument("jobs", nargs="*", metavar="JOB", help=", ".join(JOBS))
    parser.add_argument("--fault", nargs="+", choices=list(FAULTS), default=list(FAULTS))
    parser.add_argument("--every", type=int, default=1, help="only every so manieth point")
    parser.add_argument("--all-statements", action="store_true")
    parser.add_argument("--workers", type=int, default=2, help="jobs at the same time")
    wanted = parser.parse_args(arguments)
    every = 0 if wanted.all_statements else wanted.every
    jobs = wanted.jobs or list(JOBS)
    with tempfile.TemporaryDirectory() as folder:
        library = compiled(Path(folder))
        template = Path(folder).resolve() / "mẫu"
        found(template)
        with ThreadPoolExecutor(wanted.workers) as workers:
            runs = {job: workers.submit(points_of, library, template, job, every, wanted.fault) for job in jobs}
            points = [point for job in jobs for point in _shown(job, runs[job].result())]
    wrong = sum(bool(point.problems) for point in points)
    _say(f"{len(points)} points, {wrong} wrong")
    return 1 if wrong else 0


def _shown(job: str, points: list[Point]) -> list[Point]:
    """The points of a job, after a line for each fault and each problem."""
    for fault in dict.fromkeys(point.fault for point in points):
        mine = [point for point in points if point.fault == fault]
        outcomes = Counter(point.outcome for point in mine)
        codes = Counter(point.code for point in mine if point.code)
        _say(f"{job:12} {fault:11} {len(mine):5} points  " + "  ".join(
            [f"{name} {number}" for name, number in sorted(outcomes.items())] + [f"{n} {c}" for c, n in codes.items()]
        ))
    for point in points:
        for problem in point.problems:
            _say(f"WRONG: {job} {point.fault} {point.medium} at {point.number} ({point.operation}): {problem}")
    return points


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
