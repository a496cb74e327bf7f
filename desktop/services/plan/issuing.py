"""Issuing a plan: from what was read to the facts that carry it to every unit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.exchange.hashes import short_id
from desktop.models.errors import Refused
from desktop.models.facts import Content
from desktop.models.plan import Plan, Severity
from desktop.models.units import UnitTree
from desktop.services.environment import Environment
from desktop.services.plan.reading import NO_CHOICES, ReadChoices, read_plan_file, tree_with_new_names, unit_tree_for
from desktop.services.records import (
    Body,
    finding_json,
    header_json,
    node_json,
    paragraph_json,
)
from desktop.services.units.records import assigned_units, tree_facts

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace


def read_for_issue(
    environment: Environment, plan_file: Path, choices: ReadChoices = NO_CHOICES, *, tree: UnitTree | None = None
) -> tuple[Plan, UnitTree]:
    """A plan that may be issued, with the tree of its units, which begins with the office's own ``tree`` where given.

    Raises Refused PLAN_HAS_ERRORS and reading's codes.
    """
    plan = read_plan_file(plan_file, environment.resources, choices, tree)
    errors = [finding for finding in plan.findings if finding.severity is Severity.ERROR]
    if errors:
        raise Refused(
            "PLAN_HAS_ERRORS",
            f"Kế hoạch có {len(errors)} lỗi nên chưa nhập: {errors[0].message}",
            "Hãy xem danh sách lỗi (plan read), sửa tệp rồi nhập lại.",
        )
    if tree is not None:
        return plan, tree_with_new_names(tree, plan, choices.taught)
    return plan, unit_tree_for(plan, environment.resources, choices.taught)


def read_for_office(ws: Workspace, file: Path, choices: ReadChoices = NO_CHOICES) -> tuple[Plan, UnitTree]:
    """A plan of an office that has a book already, read with its own units, the names taught to them included.

    Raises Refused PLAN_HAS_ERRORS and reading's codes.
    """
    return read_for_issue(ws.environment, file, choices, tree=own_tree(ws))


def own_tree(ws: Workspace) -> UnitTree:
    """The units as the plan's facts have them now, with what the bundled data say besides: collectives, words.

    Plans issued before these travelled have them in the bundled data alone.
    """
    tree = ws.units()
    if tree.collectives:
        return tree
    bundled = unit_tree_for(ws.identity().plan, ws.environment.resources)
    collectives = tuple(one for one in bundled.collectives if all(member in tree for member in one.members))
    known = {one.id for one in collectives}
    doubtful = tuple(pair for pair in bundled.vocabulary.doubtful if pair[1] in tree or pair[1] in known)
    return UnitTree(tree.units, collectives, replace(bundled.vocabulary, doubtful=doubtful))


def item_record(plan_id: str, path: str) -> str:
    """The id of a row, fixed at first issue: later its path may change, the id does not."""
    return short_id(plan_id.encode(), path.encode())


def plan_contents(
    plan: Plan, tree: UnitTree, plan_id: str, hub: str, wall: int, user: str
) -> list[Content]:
    """The facts of a plan's first issue: header, tree of units, rows, narrative, findings."""
    def fact(kind: str, record: str, fields: Body) -> Content:
        return Content(wall, user, kind, record, fields, {})

    contents = [fact("plan", plan_id, header_json(plan.header, hub))]
    contents += [fact(kind, record, fields) for kind, record, fields in tree_facts(tree)]
    for order, node in enumerate(plan.nodes):
        parent = item_record(plan_id, node.parent) if node.parent else ""
        leads, coordinators = assigned_units(tree, node.lead_units, node.coordinating_units)
        fields = node_json(node, parent, order, leads, coordinators)
        contents.append(fact("node", item_record(plan_id, node.path), fields))
    contents += [
        fact("paragraph", f"paragraph/{number}", paragraph_json(paragraph))
        for number, paragraph in enumerate(plan.narrative, start=1)
    ]
    contents += [
        fact("finding", f"finding/{number}", finding_json(finding))
        for number, finding in enumerate(plan.findings, start=1)
    ]
    return contents
