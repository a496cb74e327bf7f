"""What the tests of reading share: the bundled plan, the tree, the rows as a person reads them, small made-up plans."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from desktop.importers.checks.damage import DamagedWords, load_damaged_words
from desktop.importers.names.unit_file import load_unit_file
from desktop.importers.printed_plan import read_text_plan
from desktop.models.plan import Finding, Node, Plan
from desktop.models.units import UnitTree

RESOURCES = Path(__file__).parents[2] / "resources"
PLAN_FILE = RESOURCES / "plans" / "long-bien-2023-160-KH-QU.txt"
TREE_FILE = RESOURCES / "units" / "long-bien-2023.json"
HEADER = "TT\tNội dung thực hiện\tLãnh đạo phụ trách\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời gian thực hiện" \
    "\tThời gian hoàn thành"


@dataclass(frozen=True)
class Row:
    """One row of ``long_bien_rows.txt``."""

    path: str
    kind: str
    code: str
    stated_count: int | None
    leaders: int
    lead_units: tuple[str, ...]
    coordinating_units: int
    expands_to: int
    start: str
    end: str
    lines: tuple[int, ...]


@lru_cache(maxsize=1)
def long_bien_rows() -> tuple[Row, ...]:
    """The rows of the bundled plan as a person reads them."""
    text = (Path(__file__).parent / "long_bien_rows.txt").read_text(encoding="utf-8")
    return tuple(_row(line) for line in text.splitlines() if line and not line.startswith("#"))


def _row(line: str) -> Row:
    path, kind, code, count, leaders, leads, coordinating, expands, start, end, lines = (
        cell.strip() for cell in line.split("|")
    )
    return Row(
        path, kind, code, None if count == "-" else int(count), int(leaders),
        () if leads == "-" else tuple(leads.split("; ")), int(coordinating), int(expands), start, end,
        tuple(int(number) for number in lines.split()),
    )


@lru_cache(maxsize=1)
def long_bien_tree() -> UnitTree:
    """The bundled tree."""
    return load_unit_file(TREE_FILE).tree


@lru_cache(maxsize=1)
def damaged_words() -> DamagedWords:
    """The bundled table of damaged words."""
    return load_damaged_words(RESOURCES / "reading" / "damaged-words.json")


@lru_cache(maxsize=1)
def long_bien_lines() -> tuple[str, ...]:
    """The lines of the bundled plan; line n is element n-1."""
    return tuple(PLAN_FILE.read_text(encoding="utf-8").split("\n"))


@lru_cache(maxsize=1)
def long_bien_plan() -> Plan:
    """The bundled plan as read."""
    return read_text_plan(PLAN_FILE.read_bytes(), long_bien_tree(), damaged_words())


def node(plan: Plan, path: str) -> Node:
    """The node of a path."""
    return next(one for one in plan.nodes if one.path == path)


def findings(plan: Plan, code: str) -> list[Finding]:
    """The findings of a code."""
    return [one for one in plan.findings if one.code == code]


def made_plan(*rows: str, head: str = "", header: str = HEADER) -> Plan:
    """A plan of the given table rows (cells parted by |), after one header row, with the bundled tree."""
    lines = [*head.splitlines(), header, *(row.replace("|", "\t") for row in rows)]
    return read_text_plan("\n".join(lines).encode(), long_bien_tree(), damaged_words())
