"""Commands as whole processes: reading the real plan, printing the consolidated sheet."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.figures import Budget, Figure, Held
from tests.benchmarks.processes import ROOT, Surroundings

PLAN = ROOT / "resources" / "plans" / "long-bien-2023-160-KH-QU.txt"
PERIOD = "2023-Q3"
_READ = Budget(0.5, Held.MEDIAN, "task 1, Speed and memory")


def measure(surroundings: Surroundings, folder: Path, rounds: int) -> list[Figure]:
    """``plan read`` and ``sheet consolidated``; the floor is a Python that does nothing."""
    return [*_read(surroundings, rounds), *_sheets(surroundings, folder, max(1, rounds // 2))]


def _read(surroundings: Surroundings, rounds: int) -> list[Figure]:
    command = ("-m", "desktop", "plan", "read", str(PLAN), "--json")
    surroundings.launched(*command)
    ours, first, floor = [], [], []
    for _ in range(rounds):
        floor.append(surroundings.launched("-c", "pass"))
        ours.append(surroundings.launched(*command))
    for _ in range(max(1, rounds // 3)):
        surroundings.forget_bytecode()
        first.append(surroundings.launched(*command)["wall"])
    walls = tuple(told["wall"] for told in floor)
    return [
        Figure("plan_read.wall", "plan read of the real plan, whole process", "s",
               tuple(told["wall"] for told in ours), "python -c pass", walls, _READ),
        Figure("plan_read.cpu", "plan read, processor time", "s", tuple(told["cpu"] for told in ours),
               "python -c pass", tuple(told["cpu"] for told in floor)),
        Figure("plan_read.memory", "plan read, peak memory", "MB", tuple(told["memory"] for told in ours),
               "python -c pass", tuple(told["memory"] for told in floor)),
        Figure("plan_read.first_start", "plan read, first start, nothing of ours compiled", "s", tuple(first),
               "python -c pass", walls, _READ),
    ]


def _sheets(surroundings: Surroundings, folder: Path, rounds: int) -> list[Figure]:
    figures = []
    for form in ("pdf", "xlsx"):
        out = surroundings.scratch / f"sheet.{form}"
        command = ("-m", "desktop", "--data", str(folder), "sheet", "consolidated", "--period", PERIOD,
                   "--format", form, "--out", str(out))
        surroundings.launched(*command)
        told = [surroundings.launched(*command) for _ in range(rounds)]
        figures += [
            Figure(f"sheet.{form}.wall", f"sheet consolidated as {form}, whole process", "s",
                   tuple(one["wall"] for one in told)),
            Figure(f"sheet.{form}.memory", f"sheet consolidated as {form}, peak memory", "MB",
                   tuple(one["memory"] for one in told)),
        ]
    return figures
