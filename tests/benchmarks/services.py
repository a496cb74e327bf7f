"""What services cost inside a process: reading, times, sheets, searching."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.figures import Budget, Figure, Held
from tests.benchmarks.processes import Surroundings

_READ = Budget(60.0, Held.MEDIAN, "reading the real plan must not be felt")
_KEYSTROKES = "issue 3, Speed"
_ROWS = Budget(1.3, Held.RATIO, "issue 3, Speed")
_INSIDE = "tests.benchmarks.inside"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    rounds: int
    rows: tuple[int, int]
    """Of a plan of common size and of a large one, to search in."""


def measure(surroundings: Surroundings, folder: Path, sizes: Sizes) -> list[Figure]:
    """All figures inside a process; ``folder`` holds the demonstration."""
    rounds = str(sizes.rounds)
    plan = surroundings.samples(_INSIDE, "plan", rounds)
    workbook = surroundings.samples(_INSIDE, "workbook", rounds, str(surroundings.scratch))
    times = surroundings.samples(_INSIDE, "times", rounds)
    sheets = surroundings.samples(_INSIDE, "sheets", rounds, str(folder))
    return [
        Figure("read.inside", "Reading the real plan inside a process, caches empty", "ms", _ms(plan["ours"]),
               budget=_READ),
        Figure("read.shaped", "Shaping the plan read as public JSON", "ms", _ms(plan["shaped"])),
        Figure("xlsx.rows", "Excel plan of 1,000 rows, file to rows in their columns", "ms", _ms(workbook["rows"]),
               "openpyxl reading its cells", _ms(workbook["bare"]), _ROWS),
        Figure("xlsx.plan", "Excel plan of 1,000 rows, file to plan with findings", "ms", _ms(workbook["plans"]),
               "openpyxl reading its cells", _ms(workbook["bare"]), _ROWS),
        Figure("times.rate", "Times read, every time cell of the real plan, caches empty", "phrases/s",
               tuple(1 / one for one in times["ours"])),
        Figure("sheet.pdf.inside", "Consolidated sheet as pdf inside a process", "ms", _ms(sheets["pdf"])),
        Figure("sheet.xlsx.inside", "Consolidated sheet as xlsx inside a process", "ms", _ms(sheets["xlsx"])),
        *_searching(surroundings, sizes),
    ]


def _searching(surroundings: Surroundings, sizes: Sizes) -> list[Figure]:
    figures = []
    for name, rows, limit in zip(("small", "large"), sizes.rows, (16.0, 50.0), strict=True):
        told = surroundings.samples("tests.benchmarks.keystrokes", str(rows), str(surroundings.scratch / name))
        figures.append(Figure(
            f"search.{name}", f"Search keystroke in a plan of {rows} rows, best 200 and the count", "ms",
            _ms(told["ours"]), budget=Budget(limit, Held.P95, _KEYSTROKES),
        ))
    return figures


def _ms(seconds: Sequence[float]) -> tuple[float, ...]:
    return tuple(one * 1000 for one in seconds)
