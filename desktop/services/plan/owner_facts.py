"""What the plan's owner changes in what was issued: new values in place of all that stand, in the log for everybody."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.models.errors import Mistake
from desktop.models.facts import ALL, Content, Reference
from desktop.models.merge import CurrentValue, merge
from desktop.models.strict_json import JsonValue, dumps
from desktop.services.views import Role
from desktop.services.workspace import Workspace


def require_hub(ws: Workspace) -> None:
    """Raises Mistake HUB_ONLY anywhere but at the hub."""
    if ws.seat.role is not Role.HUB:
        raise Mistake(
            "HUB_ONLY", "Việc này chỉ làm được trên máy của đơn vị tổng hợp.", "Không có gì thay đổi."
        )


def amendment(ws: Workspace, kind: str, record: str, fields: Mapping[str, JsonValue]) -> Content | None:
    """The fact that puts these values in place of all current ones of the record's fields; None when nothing differs.

    The caller appends it to the log for everybody, inside a transaction.
    """
    held = merge(ws.store.journal.facts_of(record))
    own = ws.own_log(ALL).id
    changed: dict[str, JsonValue] = {}
    supersedes: dict[str, tuple[Reference, ...]] = {}
    for name, value in fields.items():
        state = held.get(name)
        if state and not state.conflict and dumps(state.chosen.value) == dumps(value):
            continue
        changed[name] = value
        if state:
            supersedes[name] = tuple(_reference(one, own) for one in state.current)
    return Content(ws.now(), ws.person, kind, record, changed, supersedes) if changed else None


def _reference(one: CurrentValue, own: str) -> Reference:
    fact = one.fact
    return Reference("", fact.seq, "") if fact.log == own else Reference(fact.log, fact.seq, fact.head.hex()[:16])
