"""The process that jobs are cut off in: ``python -m tests.crash.worker TEMPLATE WORK JOB EVERY FAULT...``.

Started with ``medium.c`` loaded; writes one line of JSON for each point. EVERY 0: all, every statement among them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.crash.jobs import JOBS, WRONG
from tests.crash.medium import FAULTS, Medium
from tests.crash.points import Bench, settled_keys, thinned, told


def main(arguments: Sequence[str]) -> int:
    """Cut a job off by each of the named faults at every so manieth of its points."""
    template, work, name, every, *faults = arguments
    job = (JOBS | WRONG)[name]
    with settled_keys():
        bench = Bench(job, Path(template), Path(work), Medium(), all_statements=every == "0")
        for label in faults:
            fault = FAULTS[label]
            media = job.media if fault.mode in ("full", "gone") else ("",)
            for medium in media:
                for number, operation in thinned(bench.numbered(fault, medium), max(int(every), 1)):
                    told(bench.at(label, fault, number, operation, medium))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
