"""A data folder to try things out: the bundled plan with invented reports, marked as a demonstration."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from desktop.models.period import PeriodKind, period_on
from desktop.models.plan import NodeKind
from desktop.models.report import WorkState
from desktop.services.environment import Environment
from desktop.services.reporting import enter, shown_now
from desktop.services.standing import StandingRow, standing
from desktop.services.traffic.enrolling import setup_hub
from desktop.services.workspace import Workspace, workspace

_DATA = Path("plans") / "demonstration.json"
_SEED = 160
_MOST_LEADS = 10


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Invented words to report with."""

    done: list[list[str]]
    doing: list[list[str]]
    difficulties: list[str]
    proposals: list[str]


def prepare(environment: Environment, folder: Path) -> None:
    """Make the folder a demonstration hub, unless it is set up already. Nothing in it is anybody's real figure."""
    with workspace(environment, folder) as ws:
        if ws.is_set_up():
            return
    data = _data(environment)
    setup_hub(environment, folder, data["hub"], printed_plan(environment))
    phrases = _Phrases(data["done"], data["doing"], data["difficulties"], data["proposals"])
    with workspace(environment, folder) as ws:
        with ws.store.atomic():
            ws.store.office.set_demonstration(ws.store.plan)
            ws.store.office.set_setting("person", data["person"])
            _report_all(ws, phrases)


def printed_plan(environment: Environment) -> Path:
    """The bundled plan that the demonstration works on."""
    return environment.resources / "plans" / str(_data(environment)["plan"])


def _data(environment: Environment) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((environment.resources / _DATA).read_text(encoding="utf-8"))
    return data


def _report_all(ws: Workspace, phrases: _Phrases) -> None:
    random = Random(_SEED)
    today = ws.environment.clock().date()
    period = period_on(today, PeriodKind.QUARTER).id
    leads: dict[str, list[str]] = {}
    for item, unit, leading in ws.store.queries.assignments():
        if leading:
            leads.setdefault(item, []).append(unit)
    for row in standing(ws):
        if row.kind is not NodeKind.ITEM:
            continue
        for unit in leads.get(row.node.record, ())[:_MOST_LEADS]:
            values = _invented(row, today, phrases, random)
            if values:
                shown = shown_now(ws, row.node.record, unit, period)
                enter(ws, row.node.record, unit, period, values, shown)


def _invented(row: StandingRow, today: date, phrases: _Phrases, random: Random) -> dict[str, object]:
    """What somebody might report of a row: mostly on time, a little late, some not at all."""
    deadline = row.schedule.deadline
    chance = random.random()
    if deadline is not None and deadline <= today and chance < 0.86:
        late = chance > 0.8
        return _done(min(deadline + timedelta(days=9 if late else -random.randint(1, 25)), today), phrases, random)
    if deadline is not None and deadline > today and chance < 0.15:
        return _done(today - timedelta(days=random.randint(3, 60)), phrases, random)
    if chance < 0.78 or deadline is not None and deadline <= today:
        return _doing(phrases, random)
    return {}


def _done(day: date, phrases: _Phrases, random: Random) -> dict[str, object]:
    result, evidence = random.choice(phrases.done)
    return {
        "state": WorkState.DONE, "percent": 100, "done_on": day, "result": result,
        "evidence": evidence.format(n=random.randint(12, 260)),
    }


def _doing(phrases: _Phrases, random: Random) -> dict[str, object]:
    result, evidence = random.choice(phrases.doing)
    values: dict[str, object] = {
        "state": WorkState.DOING, "percent": 5 * random.randint(4, 18), "result": result,
        "evidence": evidence.format(n=random.randint(12, 260)),
    }
    if random.random() < 0.2:
        values |= {"difficulties": random.choice(phrases.difficulties), "proposals": random.choice(phrases.proposals)}
    return values
