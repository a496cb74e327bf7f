"""Whole processes, measured from outside: what surrounds them, how they are started, what they tell."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.stamps import now

ROOT = Path(__file__).resolve().parents[2]
_LAUNCH = str(Path(__file__).with_name("launch.py"))


Told = dict[str, float]
"""What a measured process says of itself."""
Samples = dict[str, list[float]]
"""What a process measured inside itself."""


class MeasureError(Exception):
    """A measured process failed; the message has its last words."""


class Surroundings:
    """The environment of measured processes: bytecode kept in a folder of the benchmark's own, as after a first start.

    ``scratch`` is a folder that is ours alone.
    """

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self._bytecode = scratch / "bytecode"
        self._variables = {
            name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
        } | {"PYTHONPYCACHEPREFIX": str(self._bytecode), "SOTIENDO_PASSPHRASE": "đo tốc độ", "PYTHONUTF8": "1"}

    def forget_bytecode(self) -> None:
        """The program's own modules must be compiled again, as at the very first start after installing."""
        shutil.rmtree(self._bytecode / ROOT.relative_to(ROOT.anchor) / "desktop", ignore_errors=True)

    def told(self, module: str, *arguments: str, extra: Mapping[str, str] | None = None) -> tuple[float, Told]:
        """Run a script of ours: when it was started, and the figures of its last line."""
        began = now()
        figures: Told = json.loads(self._last_line(module, arguments, extra or {}))
        return began, figures

    def samples(self, module: str, *arguments: str) -> Samples:
        """Run a script of ours that measures inside itself: its samples by name."""
        figures: Samples = json.loads(self._last_line(module, arguments, {}))
        return figures

    def _last_line(self, module: str, arguments: Sequence[str], extra: Mapping[str, str]) -> str:
        ran = subprocess.run(
            [sys.executable, "-m", module, *arguments], cwd=ROOT, env={**self._variables, **extra},
            capture_output=True, encoding="utf-8", check=False,
        )
        if ran.returncode or not ran.stdout.strip():
            raise MeasureError(f"{module}: {ran.returncode}: {ran.stderr.strip()[-400:]}")
        return ran.stdout.splitlines()[-1]

    def launched(self, *command: str) -> Told:
        """Wall time and processor time (s) and peak memory (MB) of ``python COMMAND``."""
        ran = subprocess.run(
            [sys.executable, "-S", "-E", _LAUNCH, sys.executable, *command], cwd=ROOT, env=self._variables,
            capture_output=True, encoding="utf-8", check=False,
        )
        if ran.returncode:
            raise MeasureError(f"{' '.join(command)}: {ran.returncode}: {ran.stderr.strip()[-400:]}")
        figures: Told = json.loads(ran.stdout)
        return figures


@contextmanager
def x_server() -> Iterator[str | None]:
    """The DISPLAY of an X server of our own, or None where Xvfb is not installed."""
    if shutil.which("Xvfb") is None:
        yield None
        return
    reading, writing = os.pipe()
    command: Sequence[str] = ("Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp")
    server = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading, encoding="ascii") as told:
            number = told.readline().strip()
        yield f":{number}" if number else None
    finally:
        server.terminate()
        server.wait()
