"""Start and memory of the window with the plan visible, against a bare PySide6 window."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.figures import Budget, Figure, Held
from tests.benchmarks.processes import MeasureError, Surroundings, x_server

_BARE, _OURS = "tests.benchmarks.bare_window", "tests.benchmarks.plan_window"
_START = Budget(4.0, Held.RATIO, "task 1, Speed and memory")
_MEMORY = Budget(2.0, Held.RATIO, "task 1, Speed and memory")

Skipped = dict[str, str]


def measure(
    surroundings: Surroundings, folder: Path, rounds: int, *, on_screen: bool = True
) -> tuple[list[Figure], Skipped]:
    """The figures offscreen and, where wanted, on an X server; what could not be measured, with the reason."""
    figures = _platform(surroundings, folder, rounds, "offscreen", {"QT_QPA_PLATFORM": "offscreen"})
    figures += _first_start(surroundings, folder, max(1, rounds // 3))
    skipped: Skipped = {}
    if not on_screen:
        return figures, {"window.xcb": "not wanted"}
    with x_server() as display:
        if display is None:
            skipped["window.xcb"] = "no Xvfb on this machine"
        else:
            try:
                extra = {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
                figures += _platform(surroundings, folder, rounds, "xcb", extra)
            except MeasureError as error:
                skipped["window.xcb"] = str(error)
    return figures, skipped


def _platform(
    surroundings: Surroundings, folder: Path, rounds: int, platform: str, extra: Mapping[str, str]
) -> list[Figure]:
    """Bare and ours in turn; one round before, to warm the disk's cache and the bytecode, is not counted."""
    bare: list[tuple[float, float]] = []
    ours: list[tuple[float, float]] = []
    rested: list[float] = []
    for _ in range(rounds + 1):
        began, told = surroundings.told(_BARE, extra=extra)
        bare.append((told["painted"] - began, told["memory"]))
        began, told = surroundings.told(_OURS, str(folder), extra=extra)
        ours.append((told["painted"] - began, told["memory"]))
        rested.append(told["rested"] - began)
    times, memories = zip(*ours[1:], strict=True)
    bare_times, bare_memories = zip(*bare[1:], strict=True)
    return [
        Figure(
            f"window.{platform}.start", f"Window, {platform}: start to the plan's rows painted", "s", times,
            "bare window painted", bare_times, _START,
        ),
        Figure(
            f"window.{platform}.rested", f"Window, {platform}: start to rest, badges counted", "s", tuple(rested[1:]),
            "bare window painted", bare_times,
        ),
        Figure(
            f"window.{platform}.memory", f"Window, {platform}: peak memory once it rests", "MB", memories,
            "bare window", bare_memories, _MEMORY,
        ),
    ]


def _first_start(surroundings: Surroundings, folder: Path, rounds: int) -> list[Figure]:
    """As the first start after installing without bytecode: every module of ours is compiled."""
    extra = {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(rounds):
        surroundings.forget_bytecode()
        began, told = surroundings.told(_BARE, extra=extra)
        bare.append(told["painted"] - began)
        began, told = surroundings.told(_OURS, str(folder), extra=extra)
        ours.append(told["painted"] - began)
    return [
        Figure(
            "window.offscreen.first_start", "Window, offscreen: first start, nothing of ours compiled", "s",
            tuple(ours), "bare window painted", tuple(bare),
        )
    ]
