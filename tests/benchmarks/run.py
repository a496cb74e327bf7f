"""Measures the program against its budgets: ``python -m tests.benchmarks.run [--quick] [--out FILE]`` (make bench).

Whole processes and the floor they are held against run in turn (A B A B ...) in the same run; medians, the 95th
percentile and least-most as a sign of noise. The table is printed, the JSON goes to build/bench.json. A budget that
is missed is told, never an error: these are measurements, not tests.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks import commands, exchange, services, windows
from tests.benchmarks.figures import Figure, table
from tests.benchmarks.processes import ROOT, Surroundings

FORMAT = 1
_PACKAGES = ("PySide6", "sqlite-utils", "PyNaCl", "pyrage", "openpyxl", "reportlab")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured inside processes."""

    services: services.Sizes
    exchange: exchange.Sizes


_QUICK = Sizes(services.Sizes(1, (50, 100)), exchange.Sizes(1, 5, 60, (2, 3), (3, 3)))


def main(words: Sequence[str]) -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="tests.benchmarks.run", description="Measures speed and memory.")
    parser.add_argument("--quick", action="store_true", help="one round of all but the X server: shows that it runs")
    parser.add_argument("--rounds", type=int, default=11, help="rounds of whole processes")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench.json")
    chosen = parser.parse_args(words)
    rounds = 1 if chosen.quick else chosen.rounds
    sizes = _QUICK if chosen.quick else Sizes(
        services.Sizes(rounds, (2520, 90_000)), exchange.Sizes(max(1, rounds // 2), 2000, 10_000, (45, 40), (500, 40))
    )
    load = os.getloadavg()[0]
    figures, skipped = measure(rounds, sizes, on_screen=not chosen.quick)
    sys.stdout.write(f"{table(figures)}\n")
    for name, reason in skipped.items():
        sys.stdout.write(f"not measured: {name}: {reason}\n")
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    made = {"format": FORMAT, **facts(load), "quick": chosen.quick, "figures": [one.as_json() for one in figures],
            "skipped": skipped}
    chosen.out.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{chosen.out}\n")
    return 0


def measure(rounds: int, sizes: Sizes, *, on_screen: bool) -> tuple[list[Figure], dict[str, str]]:
    """All figures, in a scratch folder that is gone afterwards; what was skipped, and why."""
    with tempfile.TemporaryDirectory(prefix="sotiendo-bench-") as scratch:
        surroundings = Surroundings(Path(scratch))
        folder = Path(scratch) / "demonstration"
        surroundings.told("tests.benchmarks.inside", "prepare", "1", str(folder))
        figures, skipped = windows.measure(surroundings, folder, rounds, on_screen=on_screen)
        figures += commands.measure(surroundings, folder, rounds)
        figures += services.measure(surroundings, folder, sizes.services)
        figures += exchange.measure(surroundings, sizes.exchange)
    return figures, skipped


def facts(load: float) -> dict[str, object]:
    """What was measured, where and when."""
    return {
        "taken": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "commit": _git("rev-parse", "HEAD"), "changed_files": len(_git("status", "--porcelain").splitlines()),
        "machine": {
            "system": platform.platform(), "processor": _processor(), "cores": os.cpu_count(),
            "memory_mb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024**2,
            "load_before": round(load, 2),
        },
        "versions": {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version,
                     **{name: version(name) for name in _PACKAGES}},
    }


def _git(*words: str) -> str:
    try:
        ran = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    except FileNotFoundError:
        return ""
    return ran.stdout.strip()


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
