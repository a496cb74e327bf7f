"""Kind x role x scope x log, from the table of docs/exchange.md: what the page says is what the program judges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.models.authority import Authority, LogPlace
from desktop.models.charter import Charter, Granted
from desktop.models.entries import DeviceRole, Grant
from desktop.models.facts import Content
from desktop.models.kinds import ABOUT_EXCHANGE, KINDS
from desktop.models.strict_json import JsonValue

PAGE = Path(__file__).parents[2] / "docs" / "exchange.md"
PLAN, LOG, HEX = "f" * 32, "9" * 32, "0" * 32
DEVICES = {"hub": "11" * 32, "unit": "22" * 32}
OWN, BELOW, OTHER = "phuong-a", "phuong-a-tram", "phuong-b"
PARENTS = {BELOW: OWN}
AUTHORITY = Authority(
    PLAN,
    Charter(None, granted=(
        Granted("1", Grant(DEVICES["hub"], "age1", "quan", DeviceRole.HUB, "PC1")),
        Granted("2", Grant(DEVICES["unit"], "age1", OWN, DeviceRole.UNIT, "PC1")),
    )),
    lambda unit, scope: scope in (unit, PARENTS.get(unit)), lambda log, head, end: False,
)
RECORDS = {
    "plan": HEX, "node": HEX, "correction": HEX, "paragraph": "paragraph/3", "finding": "finding/7", "unit": "phuong-c",
    "collective": "collective/truong", "vocabulary": "vocabulary/words", "duty": "2023-Q3",
    **{kind: kind for kind in ABOUT_EXCHANGE},
    "report": f"{HEX}/{{unit}}/2023-Q3", "comment": f"{HEX}/{{unit}}/{HEX}",
    "attachment": f"{HEX}/{{unit}}/2023-Q3/{HEX}",
    "submission": f"{{unit}}/2023-Q3/{HEX}", "closing": f"2023-Q3/{HEX}",
}
"""A record of each kind; {unit} where it names one."""


@dataclass(frozen=True)
class Row:
    """A row of the table."""

    kind: str
    hub: str
    unit: str
    hub_fields: frozenset[str]


def table() -> tuple[Row, ...]:
    """The rows under the heading of the table."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("| kind | hub | unit |")) + 2
    rows: list[Row] = []
    for line in lines[start:]:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) != 5:
            break
        names = frozenset(re.findall(r"`(\w+)`", cells[3]))
        rows.extend(Row(kind, cells[1], cells[2], names) for kind in re.findall(r"`([\w-]+)`", cells[0]))
    return tuple(rows)


ROWS = table()


def applied(role: str, audience: str, row: Row, unit: str, fields: dict[str, JsonValue]) -> bool:
    fact = Content(0, "người", row.kind, RECORDS[row.kind].format(unit=unit), fields, {})
    judgement = AUTHORITY.judge(LogPlace(LOG, DEVICES[role], PLAN, audience), b"", fact)
    assert judgement.reason in ("", "FACT_OUTSIDE_SCOPE"), judgement
    return not judgement.reason


def test_the_table_has_every_kind_and_its_fields() -> None:
    assert {row.kind for row in ROWS} == set(KINDS)
    assert len(ROWS) == len({row.kind for row in ROWS})
    for row in ROWS:
        if row.kind in KINDS:
            assert row.hub_fields == KINDS[row.kind].hub_fields, row.kind


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.kind)
@pytest.mark.parametrize("audience", ["all", OWN, OTHER])
def test_a_machine_of_the_hub(row: Row, audience: str) -> None:
    allowed = {"all": audience == "all", "any": True}[row.hub]
    for unit in (OWN, BELOW, OTHER):
        assert applied("hub", audience, row, unit, {}) == allowed


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.kind)
@pytest.mark.parametrize("audience", ["all", OWN, BELOW, OTHER])
@pytest.mark.parametrize("unit", [OWN, BELOW, OTHER])
def test_a_machine_of_a_unit(row: Row, audience: str, unit: str) -> None:
    in_own_log, in_scope = audience == OWN, unit in (OWN, BELOW)
    allowed = {"no": False, "own": in_own_log, "own, scope": in_own_log and in_scope}[row.unit]
    assert applied("unit", audience, row, unit, {}) == allowed


@pytest.mark.parametrize(
    ("row", "name"), [(row, name) for row in ROWS for name in sorted(row.hub_fields)],
    ids=lambda one: one if isinstance(one, str) else one.kind,
)
def test_a_field_of_the_hub_alone(row: Row, name: str) -> None:
    tried: tuple[JsonValue, ...] = (
        1, "late", "2023-09-15", "Đáp", {"outcome": "returned", "reason": "Thiếu"},
    )
    value = next(value for value in tried if KINDS[row.kind].fields[name](value))
    assert applied("hub", OWN, row, OWN, {name: value})
    assert not applied("unit", OWN, row, OWN, {name: value})
