"""A hub that takes in the files of many units: ``make UNITS ROWS PERIODS FOLDER``, then ``take FOLDER``.

Two processes: memory is that of taking in alone.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from desktop.__main__ import OBJECTS_BETWEEN_SEARCHES
from desktop.services.traffic import exchanging
from desktop.services.traffic.views import Outcome
from tests.benchmarks.many_units import enrol, write_files
from tests.benchmarks.stamps import now, peak_memory, tell_samples
from tests.offices import HUB, District

_LOOKS = 5


def make(units: int, rows: int, kept: int, folder: Path) -> None:
    """A hub that approved so many units, and the file that each of them sends."""
    folder.mkdir(parents=True)
    district = District(folder)
    district.found()
    ws = district.at(HUB)
    offices = enrol(ws, units, folder / "requests")
    facts, files = write_files(ws, offices, rows, kept, folder / "files")
    size = sum(file.stat().st_size for file in files)
    district.close()
    tell_samples(facts=[float(facts)], size=[float(size)])


def take(folder: Path) -> None:
    """Seconds each file took, memory after each; the same files again; *Gửi – Nhận* afterwards."""
    district = District(folder)
    ws = district.at(HUB)
    ws.identities()
    each: list[float] = []
    again: list[float] = []
    memory: list[float] = []
    looks: list[float] = []
    files = sorted((folder / "files").iterdir())
    for file in files:
        began = now()
        receipt = exchanging.import_files(ws, [file]).receipts[0]
        each.append(now() - began)
        memory.append(peak_memory())
        if receipt.outcome is not Outcome.IMPORTED or receipt.quarantined:
            raise ValueError(receipt.summary)
    for file in files:
        began = now()
        exchanging.import_files(ws, [file])
        again.append(now() - began)
    for _ in range(_LOOKS):
        began = now()
        exchanging.traffic(ws)
        looks.append(now() - began)
    district.close()
    tell_samples(each=each, again=again, memory=memory, looks=looks)


if __name__ == "__main__":
    gc.set_threshold(OBJECTS_BETWEEN_SEARCHES)
    if sys.argv[1] == "make":
        make(int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
    else:
        take(Path(sys.argv[2]))
