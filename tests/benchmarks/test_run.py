"""The harness runs and its JSON has its shape; what it measured is nobody's business here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.figures import Budget, Figure, Held, p95, table
from tests.benchmarks.processes import ROOT

NAMES = {
    "window.offscreen.start", "window.offscreen.memory", "plan_read.wall", "read.inside", "times.rate", "save.cell",
    "save.cell.p95", "import.facts", "import.stored.segments50", "import.again", "write.facts", "refuse.sealed",
    "bomb.hides.memory", "year.time", "year.memory", "year.size", "quarter.exponent", "quarter.memory",
    "search.small", "search.large", "sheet.pdf.wall", "sheet.pdf.inside", "xlsx.rows", "xlsx.plan",
}


def test_a_quick_run_writes_every_figure(tmp_path: Path) -> None:
    out = tmp_path / "thư mục" / "bench.json"
    command = [sys.executable, "-m", "tests.benchmarks.run", "--quick", "--out", str(out)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    made = json.loads(out.read_text(encoding="utf-8"))
    assert made["format"] == 1
    assert made["machine"]["cores"] >= 1
    assert made["versions"]["PySide6"]
    figures = {figure["name"]: figure for figure in made["figures"]}
    assert figures.keys() >= NAMES
    for figure in figures.values():
        assert 0 < figure["least"] <= figure["median"] <= figure["p95"] <= figure["most"]
        assert (figure["met"] is None) == (figure["budget"] is None)
    assert figures["window.offscreen.start"]["budget"]["at_most"] == 4.0
    assert figures["save.cell"]["floor"]["median"] > 0


def test_a_ratio_is_held_against_its_budget() -> None:
    budget = Budget(4.0, Held.RATIO, "thử")
    assert Figure("a", "a", "s", (0.3, 0.5, 0.4), "sàn", (0.1, 0.1, 0.2), budget).met is True
    assert Figure("a", "a", "s", (0.3, 0.5, 0.4), "sàn", (0.09, 0.09, 0.2), budget).met is False
    assert Figure("a", "a", "s", (0.3,)).met is None
    assert Figure("a", "a", "s", (0.1, 0.1, 0.4), budget=Budget(0.3, Held.P95, "thử")).met is False
    assert Figure("a", "a", "s", (0.3,), budget=Budget(0.3, Held.MEDIAN, "thử")).met is True
    late = Budget(1.3, Held.P95_RATIO, "thử")
    assert Figure("a", "a", "s", (0.1, 0.1, 0.4), "sàn", (0.1, 0.1, 0.4), late).met is True
    assert Figure("a", "a", "s", (0.1, 0.1, 0.6), "sàn", (0.1, 0.1, 0.4), late).met is False


def test_the_table_has_a_line_for_each_figure() -> None:
    figures = [Figure("a", "Một", "s", (1.0, 2.0, 4.0)), Figure("b", "Hai", "ms", (1.0,), "sàn", (2.0,))]
    lines = table(figures).splitlines()
    assert len(lines) == 4
    assert lines[2].startswith("Một")
    assert "0.50" in lines[3]


def test_the_95th_percentile_is_a_sample() -> None:
    assert p95([float(n) for n in range(1, 101)]) == 95.0
    assert p95([3.0]) == 3.0
