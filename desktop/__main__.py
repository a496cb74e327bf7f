"""``python -m desktop`` and ``sotiendo``: the window, the demonstration and the tour; every other command headless."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from desktop.cli import main as cli
from desktop.models.errors import SoTienDoError


def main(words: Sequence[str] | None = None) -> int:
    """Run a command line; the exit code (0 done, 1 refused, 2 usage, 3 environment)."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        arguments = cli.parse(sys.argv[1:] if words is None else words)
        if arguments.command in ("", "demo", "tour"):
            return _window(arguments.command)
        return cli.run(arguments)
    except SoTienDoError as error:
        return cli.complain(error)


if __name__ == "__main__":
    sys.exit(main())
