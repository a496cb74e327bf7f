"""A pytest plugin that makes PySide6 unimportable, so that what must not need a window proves it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

FORBIDDEN = ("PySide6", "shiboken6")


class _Refuser:
    """A finder in front of all others that knows only what may not be found."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] in FORBIDDEN:
            raise ModuleNotFoundError(f"{name} is not for this suite")
        return None


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know pytest-qt's settings, which is switched off here."""
    for name in ("qt_api", "qt_log_level_fail"):
        parser.addini(name, "setting of pytest-qt, not used without a window")
    parser.addini("qt_log_ignore", "setting of pytest-qt, not used without a window", type="linelist")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse from the first collected module on."""
    sys.meta_path.insert(0, _Refuser())
