"""``python -m desktop`` and ``sotiendo``: the window, the demonstration and the tour; every other command headless."""

from __future__ import annotations

import argparse
import gc
import io
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from desktop.cli import main as cli
from desktop.cli.output import fall_silent
from desktop.models.errors import SoTienDoError
from desktop.services.environment import Environment

# A start makes tens of thousands of objects that stay: looking through them every 700 takes a twentieth of it.
OBJECTS_BETWEEN_SEARCHES = 20_000


class _Windowed(Protocol):
    """What ``desktop.app`` offers the command line."""

    def run_window(self, environment: Environment, folder: Path) -> int:
        """The window on a data folder."""

    def run_demonstration(self, environment: Environment, folder: Path, pictures: Path) -> int:
        """The window on a demonstration folder; the tour where there is no screen."""

    def run_tour(self, environment: Environment, out: Path) -> int:
        """The tour of every screen."""


def main(words: Sequence[str] | None = None) -> int:
    """Run a command line; the exit code (0 done, 1 refused, 2 usage, 3 environment)."""
    gc.set_threshold(OBJECTS_BETWEEN_SEARCHES)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        arguments = cli.parse(sys.argv[1:] if words is None else words)
        if arguments.command in ("", "demo", "tour"):
            return _windowed(arguments)
        return cli.run(arguments)
    except SoTienDoError as error:
        return cli.complain(error)
    except BrokenPipeError:
        fall_silent()
        return 0
    except KeyboardInterrupt:
        return cli.interrupted()


def _windowed(arguments: argparse.Namespace) -> int:
    # Loaded by name: headless commands must neither wait for Qt nor need it.
    app = cast(_Windowed, import_module("desktop.app"))
    environment, folder = cli.environment(), cli.data_folder(arguments)
    if arguments.command == "tour":
        return app.run_tour(environment, arguments.out)
    if arguments.command == "demo":
        return app.run_demonstration(environment, folder, arguments.out or folder / "anh")
    return app.run_window(environment, folder)


if __name__ == "__main__":
    sys.exit(main())
