"""What a measured process tells of itself: a line of JSON with moments and peak memory. Imports next to nothing."""

from __future__ import annotations

import sys
import time


def now() -> float:
    """Seconds on the clock that all processes of this machine share."""
    return time.monotonic()


def peak_memory() -> float:
    """The most memory this process ever held, in MB (VmHWM, which starts anew at exec)."""
    with open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0


def tell(**figures: float) -> None:
    """One line for the one who measures."""
    inside = ", ".join(f'"{name}": {value:.6f}' for name, value in figures.items())
    sys.stdout.write(f"{{{inside}}}\n")
    sys.stdout.flush()


def tell_samples(**samples: list[float]) -> None:
    """One line with all samples of several things that were measured in turn, in seconds."""
    inside = ", ".join(f'"{name}": [{", ".join(f"{one:.7f}" for one in taken)}]' for name, taken in samples.items())
    sys.stdout.write(f"{{{inside}}}\n")
    sys.stdout.flush()
