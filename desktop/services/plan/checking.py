"""*Kiểm tra trước khi nhập*: a plan file read as far as it can be, with what may still be chosen. Keeps nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.models.plan import Plan, Severity
from desktop.models.units import UnitTree
from desktop.services.environment import Environment
from desktop.services.plan.reading import (
    LegacyProposal,
    ReadChoices,
    TableChoice,
    open_plan_file,
    read_plan_file,
    unit_tree_for,
)


@dataclass(frozen=True, slots=True)
class PlanSeen:
    """A plan file that was read and not kept.

    ``tables`` are the tables to choose from, ``legacy`` the old encoding its text seems to have. ``plan`` is None
    while that question is open. ``units`` are (id, name) in tree order, ``names`` those and the collectives: what a
    printed name may be said to mean.
    """

    file: Path
    choices: ReadChoices
    tables: tuple[TableChoice, ...] = ()
    legacy: LegacyProposal | None = None
    plan: Plan | None = None
    units: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    @property
    def acceptable(self) -> bool:
        """Whether the plan was read and has no error."""
        return self.plan is not None and all(one.severity is not Severity.ERROR for one in self.plan.findings)


def look_at_plan(
    environment: Environment, file: Path, choices: ReadChoices | None = None, tree: UnitTree | None = None
) -> PlanSeen:
    """Read a plan file; nothing is kept. ``tree`` are the office's own units, where it has a book already.

    Raises Refused and EnvironmentTrouble as reading does, but for old text: that is asked.
    """
    choices = choices or ReadChoices()
    source = open_plan_file(file)
    if source.legacy is not None and not choices.legacy:
        return PlanSeen(file, choices, source.tables, source.legacy)
    plan = read_plan_file(file, environment.resources, choices, tree)
    known = tree or unit_tree_for(plan, environment.resources)
    units = tuple((unit.id, unit.name) for unit in known.units)
    collectives = tuple((one.id, one.name) for one in known.collectives)
    return PlanSeen(file, choices, source.tables, source.legacy, plan, units, (*units, *collectives))
