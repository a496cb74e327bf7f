"""What exchange costs: saving, writing, importing, refusing, a hub's year. Budgets: issue 4, Figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log
from pathlib import Path
from statistics import linear_regression

from tests.benchmarks.figures import Budget, Figure, Held
from tests.benchmarks.processes import Samples, Surroundings

_SOURCE = "issue 4, Figures"
_FACTS, _HUB, _REFUSING = "tests.benchmarks.facts", "tests.benchmarks.hub_year", "tests.benchmarks.refusing"
_EXECUTEMANY = "executemany of the same rows"
_ALL_STAGES = Budget(1 / 0.15, Held.RATIO, _SOURCE)
_STORED = Budget(1 / 0.25, Held.RATIO, _SOURCE)
_SMALL = 50
"""Facts of a segment, at the least."""
_PERIODS = 7
"""Of a year: quarters, half-years, the year."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured. ``year`` and ``quarter``: units, and rows that each reports on (six cells a row)."""

    rounds: int
    saves: int
    facts: int
    year: tuple[int, int]
    quarter: tuple[int, int]


def measure(surroundings: Surroundings, sizes: Sizes) -> list[Figure]:
    """All figures of exchange."""
    return [
        *_saving(surroundings, sizes), *_importing(surroundings, sizes), *_refusing(surroundings, sizes),
        *_year(surroundings, sizes), *_quarter(surroundings, sizes),
    ]


def _saving(surroundings: Surroundings, sizes: Sizes) -> list[Figure]:
    told = surroundings.samples(_FACTS, "save", str(sizes.saves), str(surroundings.scratch / "save"))
    bare = "bare transaction writing the same rows"
    return [
        Figure("save.cell", f"Save of one cell, {sizes.saves} saves, median", "ms", _ms(told["ours"]), bare,
               _ms(told["bare"]), Budget(1.3, Held.RATIO, _SOURCE)),
        Figure("save.cell.p95", f"Save of one cell, {sizes.saves} saves, 95th percentile", "ms", _ms(told["ours"]),
               bare, _ms(told["bare"]), Budget(1.3, Held.P95_RATIO, _SOURCE)),
    ]


def _importing(surroundings: Surroundings, sizes: Sizes) -> list[Figure]:
    figures = []
    for sealed, words in ((_SMALL, f"segments of {_SMALL}"), (sizes.facts, "the longest segments")):
        scratch = str(surroundings.scratch / f"import {sealed}")
        told = surroundings.samples(_FACTS, "import", str(sizes.facts), str(sealed), scratch, str(sizes.rounds))
        name = "" if sealed == sizes.facts else f".segments{_SMALL}"
        file = f"a file of {sizes.facts} facts in {words}"
        bare = _ms(told["bare"])
        figures += [
            Figure(f"import.facts{name}", f"Import of {file}, all new, all stages", "ms", _ms(told["ours"]),
                   _EXECUTEMANY, bare, _ALL_STAGES),
            Figure(f"import.stored{name}", f"Verify and store {file}, no projection", "ms", _ms(told["stored"]),
                   _EXECUTEMANY, bare, _STORED),
            Figure(f"import.again{name}", f"Import again of {file}", "ms", _ms(told["again"]),
                   budget=Budget(50, Held.MEDIAN, _SOURCE)),
            Figure(f"write.facts{name}", f"Write {file}, flush and read back", "ms", _ms(told["wrote"]),
                   budget=Budget(1000, Held.MEDIAN, _SOURCE)),
            Figure(f"import.size{name}", f"Bytes a fact of {file}", "bytes", (told["size"][0] / sizes.facts,)),
        ]
    return figures


def _refusing(surroundings: Surroundings, sizes: Sizes) -> list[Figure]:
    made = surroundings.scratch / f"import {sizes.facts}" / "made"
    file = max(made.glob("gửi */P-*.sotiendo"))
    told = surroundings.samples(_REFUSING, "damaged", str(file), str(made), str(4 * sizes.rounds))
    budget = Budget(1.0, Held.RATIO, _SOURCE)
    figures = [
        Figure("refuse.sealed", "Refusing an encrypted file with one bit turned", "ms", _ms(told["bad"]),
               "reading the good file", _ms(told["good"]), budget),
        Figure("refuse.plain", "Refusing a plain file with one bit turned", "ms", _ms(told["bare_bad"]),
               "reading the good file", _ms(told["bare_good"]), budget),
    ]
    folder = surroundings.scratch / "bombs"
    surroundings.told(_REFUSING, "bombs", str(folder))
    for name in ("hides", "sealed", "line ends"):
        bombs = [surroundings.told(_REFUSING, "bomb", str(folder / name))[1] for _ in range(sizes.rounds)]
        figures += [
            Figure(f"bomb.{name}.time", f"Refusing a bomb ({name})", "s", tuple(one["seconds"] for one in bombs),
                   budget=Budget(1.0, Held.P95, _SOURCE)),
            Figure(f"bomb.{name}.memory", f"Refusing a bomb ({name}), memory", "MB",
                   tuple(max(one["memory"], 0.01) for one in bombs), budget=Budget(64, Held.P95, _SOURCE)),
        ]
    return figures


def _year(surroundings: Surroundings, sizes: Sizes) -> list[Figure]:
    units, rows = sizes.year
    made, told = _hub(surroundings, surroundings.scratch / "year", units, rows, _PERIODS)
    facts = made["facts"][0]
    what = f"{units} units, a year each ({facts:.0f} facts)"
    return [
        Figure("year.time", f"Import of {what}", "s", (sum(told["each"]),), budget=Budget(10, Held.MEDIAN, _SOURCE)),
        Figure("year.memory", f"Import of {what}, peak memory", "MB", (max(told["memory"]),),
               budget=Budget(200, Held.MEDIAN, _SOURCE)),
        Figure("year.size", f"Bytes a fact, {what}, signed and sealed", "bytes", (made["size"][0] / facts,),
               budget=Budget(65, Held.MEDIAN, _SOURCE)),
        Figure("year.again", "A known file of that year again", "ms", _ms(told["again"]),
               budget=Budget(50, Held.P95, _SOURCE)),
        Figure("year.traffic", "Sent and received, at that hub", "ms", _ms(told["looks"])),
    ]


def _quarter(surroundings: Surroundings, sizes: Sizes) -> list[Figure]:
    units, rows = sizes.quarter
    made, told = _hub(surroundings, surroundings.scratch / "quarter", units, rows, 1)
    what = f"{units} unit files of a quarter ({made['facts'][0]:.0f} facts)"
    tenth = max(1, units // 10)
    return [
        Figure("quarter.time", f"Import of {what}", "s", (sum(told["each"]),)),
        Figure("quarter.exponent", f"{what}: exponent of time against number of files", "", (_exponent(told["each"]),),
               budget=Budget(1.1, Held.MEDIAN, _SOURCE)),
        Figure("quarter.memory", f"{what}: peak memory", "MB", (max(told["memory"]),),
               "after a tenth of the files", (told["memory"][tenth - 1],), Budget(1.1, Held.RATIO, _SOURCE)),
    ]


def _hub(surroundings: Surroundings, folder: Path, units: int, rows: int, kept: int) -> tuple[Samples, Samples]:
    made = surroundings.samples(_HUB, "make", str(units), str(rows), str(kept), str(folder))
    return made, surroundings.samples(_HUB, "take", str(folder))


def _exponent(each: Sequence[float]) -> float:
    """The slope of the logarithm of the time for the first n files against that of n, n from a tenth of them up."""
    until = list(accumulate(each))
    counts = sorted({max(1, len(each) * tenth // 10) for tenth in range(1, 11)})
    return linear_regression([log(n) for n in counts], [log(until[n - 1]) for n in counts]).slope


def _ms(seconds: Sequence[float]) -> tuple[float, ...]:
    return tuple(one * 1000 for one in seconds)
