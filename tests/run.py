"""Runs the whole suite: first everything but the window, with PySide6 made unimportable; then the window's suites.

``python -m tests.run`` is what ``make test`` calls. Extra arguments go to every pytest run.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WINDOWLESS = (
    "models", "importers", "exchange", "corpus", "store", "reports", "services", "cli", "properties", "house",
    "benchmarks", "crash",
)
WINDOWED = ("ui", "end2end")


def main(arguments: Sequence[str]) -> int:
    """The worst exit code of the runs."""
    workers = ["-n", str(os.cpu_count() or 2), "--dist", "worksteal", "-q"]
    windowless = ["-p", "no:pytest-qt", "-p", "tests.without_qt", *_present(WINDOWLESS)]
    codes = [
        _pytest([*workers, *windowless, *arguments], {}),
        _pytest([*workers, *_present(WINDOWED), *arguments], {"QT_QPA_PLATFORM": "offscreen"}),
    ]
    return max(codes)


def _present(names: Sequence[str]) -> list[str]:
    return [f"tests/{name}" for name in names if any((ROOT / "tests" / name).rglob("test_*.py"))]


def _pytest(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
