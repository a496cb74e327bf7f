"""The plans of a folder: which there are, which one works in, ending one, what an earlier one said of a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.models.errors import Mistake
from desktop.models.facts import ALL
from desktop.services.owner_facts import amendment, require_hub
from desktop.services.records import day_json, day_of, header_of, text_of
from desktop.services.reporting import report_lines
from desktop.services.views import Changes, Identity, ReportLine
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


def earlier_reports(ws: Workspace, record: str) -> tuple[ReportLine, ...]:
    """Reports on the rows that this one continues (*Chuyển tiếp*), of the newest plan and period first.

    Empty where it continues none, or the earlier plan is not in this folder.
    """
    found: list[ReportLine] = []
    plan_id, visited = ws.store.plan, set[tuple[str, str]]()
    while (plan_id, record) not in visited:
        visited.add((plan_id, record))
        row = ws.of(plan_id).store.queries.record(record)
        plan_id, _, record = text_of(row.body.get("continues")).partition("/") if row else ("", "", "")
        if ws.store.office.seat(plan_id) is None:
            break
        lines = [line for line in report_lines(ws.of(plan_id)) if line.report.item == record]
        found += sorted(lines, key=lambda line: (line.report.period, line.unit_name), reverse=True)
    return tuple(found)
