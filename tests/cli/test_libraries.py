"""The command table: every command of the grammar has its handler, and reading a plan loads no database."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator

import pytest

from desktop.cli import libraries
from desktop.cli.parser import build
from desktop.services.environment import RESOURCES

WINDOWED = {"", "tour", "demo"}


def _commands(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield str(parser.get_default("command") or "")
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for under in action.choices.values():
                yield from _commands(under)


@pytest.mark.parametrize("words", sorted(set(_commands(build())) - WINDOWED))
def test_every_command_has_its_handler(words: str) -> None:
    assert callable(libraries.command(words))


def test_reading_a_plan_loads_neither_database_nor_keys_nor_paper() -> None:
    script = (
        "import sys; from desktop.__main__ import main; main(sys.argv[1:]);"
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    plan = RESOURCES / "plans" / "long-bien-2023-160-KH-QU.txt"
    ran = subprocess.run(
        [sys.executable, "-c", script, "plan", "read", str(plan), "--json"], capture_output=True, encoding="utf-8",
        check=True,
    )
    loaded = {name.partition(".")[0] for name in ran.stderr.split()}
    assert "desktop" in loaded
    assert not loaded & {
        "sqlite3", "sqlite_utils", "filelock", "nacl", "pyrage", "openpyxl", "docx", "lxml", "zipfile", "reportlab",
        "PySide6", "rapidfuzz",
    }
