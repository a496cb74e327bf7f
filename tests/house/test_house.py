"""The house itself: who imports whom, and what the suite without a window cannot see."""

from __future__ import annotations

import ast
import importlib
import sys
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "desktop").rglob("*.py"))


def test_pyside_is_unimportable_here() -> None:
    if "tests.without_qt" not in sys.modules:
        pytest.skip("only in the run without a window")
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("PySide6")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_stay_small(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert text.count("\n") <= 400, "a module of over 400 lines has two jobs"
    assert ast.get_docstring(tree), "a module says at its top what it is for"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= 50, f"{node.name} has {lines} lines"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_public_names_say_what_they_are(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"


def test_everything_written_is_nfc() -> None:
    for path in [*MODULES, *(ROOT / "docs").rglob("*.md"), *(ROOT / "resources").rglob("*.json")]:
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), path
