"""The plans of a folder: which there are, which one works in, ending one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.models.errors import Mistake
from desktop.models.facts import ALL
from desktop.services.plan.owner_facts import amendment, require_hub
from desktop.services.records import day_json, day_of, header_of
from desktop.services.views import Changes, Identity
from desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan to work in. ``closed`` is the day it was ended, ``current`` marks the one worked in."""

    id: str
    number: str
    year: int
    title: str
    closed: date | None
    current: bool


def plans(ws: Workspace) -> tuple[PlanChoice, ...]:
    """The plans of the folder, the newest year first. Raises Mistake FOLDER_NOT_SET_UP."""
    _ = ws.seat
    found = [_choice(ws, seat.plan_id) for seat in ws.seats()]
    return tuple(sorted(found, key=lambda one: (-one.year, one.number, one.id)))


def _choice(ws: Workspace, plan_id: str) -> PlanChoice:
    row = ws.of(plan_id).store.queries.record(plan_id)
    body = row.body if row else {}
    header = header_of(body)
    return PlanChoice(
        plan_id, header.number, header.year, header.title, day_of(body.get("closed")), plan_id == ws.store.plan
    )


def choose_plan(ws: Workspace, plan_id: str) -> Identity:
    """Work in another plan of the folder from now on, on this PC. Raises Mistake PLAN_UNKNOWN."""
    if ws.store.office.seat(plan_id) is None:
        raise Mistake("PLAN_UNKNOWN", "Sổ này không có kế hoạch đó.", "Hãy chọn trong danh sách kế hoạch.")
    with ws.store.atomic():
        ws.store.office.set_current_plan(plan_id)
    ws.turn_to(plan_id)
    return ws.identity()


def close_plan(ws: Workspace) -> Changes:
    """*Kết thúc*: the plan worked in is read-only from today, here and, with the next file, at every unit.

    Ending it again changes nothing. Raises Mistake HUB_ONLY.
    """
    return _set_closed(ws, ws.environment.clock().date())


def reopen_plan(ws: Workspace) -> Changes:
    """Work on an ended plan again. Raises Mistake HUB_ONLY."""
    return _set_closed(ws, None)


def _set_closed(ws: Workspace, day: date | None) -> Changes:
    require_hub(ws)
    if (ws.closed() is None) is (day is None):
        return Changes()
    content = amendment(ws, "plan", ws.store.plan, {"closed": day_json(day)})
    if content is None:
        return Changes()
    with ws.store.atomic():
        ws.append(ALL, [content])
    return Changes(plan=True, plans=True)


