"""*Cần đối chiếu*: rival values of a report's field side by side, and the decision of a person between them.

Source: exchange.md "State". The unit concerned and the hub may both decide; whose list a conflict stands on depends on
who wrote the values. A decision replaces exactly the values that were shown: one that came meanwhile opens it again.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desktop.models.entries import DeviceRole
from desktop.models.errors import Mistake
from desktop.models.merge import CurrentValue, FieldState, decisions, merge
from desktop.models.record_ids import report_record
from desktop.models.report import STATE_WORDS, WorkState
from desktop.models.strict_json import JsonValue
from desktop.services.records import int_of, moment_of, report_of, text_of
from desktop.services.reporting import FIELD_NAMES, enter
from desktop.services.views import Changes, Role
from desktop.services.workspace import Workspace
from desktop.store.queries import ReportRow


@dataclass(frozen=True, slots=True)
class Rival:
    """One of the values: as stored and in words, who entered it on which machine, when as that machine claims.

    ``provisional``: shown meanwhile, as the less favourable.
    """

    value: object
    words: str
    author: str
    machine: str
    entered: datetime
    provisional: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """A field with rival values. ``shown`` are the facts (ids in hex) whose values a decision replaces.

    ``ours``: it stands on the list of who works here; the other side may decide it as well.
    """

    item: str
    unit: str
    period: str
    field: str
    path: str
    code: str
    title: str
    unit_name: str
    field_name: str
    rivals: tuple[Rival, ...]
    shown: tuple[str, ...]
    ours: bool


def clashes(ws: Workspace) -> tuple[Clash, ...]:
    """Every report field with rival values that this office may decide: its own list first, in document order."""
    _ = ws.seat
    nodes = {row.record: row.body for row in ws.in_force("node")}
    found = []
    for row in ws.store.queries.conflicting_reports():
        if row.item in nodes and (ws.seat.role is Role.HUB or ws.writes_for(row.unit)):
            facts = ws.store.journal.facts_of(report_record(row.item, row.unit, row.period))
            fields = merge(facts)
            found += [
                _clash(ws, row, nodes[row.item], name, fields[name], decisions(facts, name)) for name in row.conflicts
            ]
    found.sort(key=lambda one: (not one.ours, int_of(nodes[one.item].get("order")) or 0, one.unit_name, one.period))
    return tuple(found)


def _clash(
    ws: Workspace, row: ReportRow, node: Mapping[str, JsonValue], name: str, state: FieldState,
    decided: Container[tuple[str, bytes]],
) -> Clash:
    return Clash(
        item=row.item, unit=row.unit, period=row.period, field=name, path=text_of(node.get("path")),
        code=text_of(node.get("code")), title=text_of(node.get("title")), unit_name=ws.unit_name(row.unit),
        field_name=FIELD_NAMES[name], rivals=tuple(_rival(ws, row, name, one, state) for one in state.current),
        shown=tuple(one.fact.head.hex() for one in state.current), ours=_stands_with_hub(ws, state, decided) == (
            ws.seat.role is Role.HUB
        ),
    )


def _rival(ws: Workspace, row: ReportRow, name: str, one: CurrentValue, state: FieldState) -> Rival:
    value = getattr(report_of(row.item, row.unit, row.period, {name: one.value}, ()), name)
    return Rival(
        value=value, words=value_words(value), author=one.fact.content.user, machine=_machine(ws, one.fact.log),
        entered=moment_of(one.fact.content.wall, ws.environment.clock().tzinfo),
        provisional=one.fact.head == state.chosen.fact.head,
    )


def value_words(value: object) -> str:
    """A value of a report as people write it."""
    if value is None or value == "":
        return "(để trống)"
    if isinstance(value, WorkState):
        return STATE_WORDS[value]
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return f"{value}%" if isinstance(value, int) else str(value)


def _machine(ws: Workspace, log: str) -> str:
    """The unit and label of the machine that writes a log."""
    device = _device(ws, log)
    granted = ws.charter().of_device(device)
    if granted:
        grant = granted[0].grant
        return f"{ws.unit_name(grant.unit)} · {grant.label}"
    seat = ws.seat
    return f"{ws.unit_name(seat.unit)} · {seat.label}" if device == seat.device else "máy chưa được chấp nhận"


def _device(ws: Workspace, log: str) -> str:
    return next((one.public_key for one in ws.store.journal.logs() if one.id == log), "")


def _stands_with_hub(ws: Workspace, state: FieldState, decided: Container[tuple[str, bytes]]) -> bool:
    """Whose list it is: the unit's when its machines alone wrote, unless two of them decided differently."""
    roles = {
        granted.grant.role for one in state.current for granted in ws.charter().of_device(_device(ws, one.fact.log))
    }
    return DeviceRole.HUB in roles or sum((one.fact.log, one.fact.head) in decided for one in state.current) > 1


def settle(ws: Workspace, clash: Clash, value: object) -> Changes:
    """Put one value in place of those that were shown; on the disk when this returns.

    Raises Mistake CLASH_GONE when none of them stands any more, and what ``reporting.enter`` raises.
    """
    row = ws.store.queries.report(report_record(clash.item, clash.unit, clash.period))
    standing = row.shown.get(clash.field, ()) if row is not None else ()
    if not set(standing) & set(clash.shown):
        raise Mistake(
            "CLASH_GONE", "Các giá trị này đã được đối chiếu ở nơi khác. Không có gì thay đổi.",
            "Danh sách đã được đọc lại.",
        )
    return enter(ws, clash.item, clash.unit, clash.period, {clash.field: value}, {clash.field: clash.shown})
