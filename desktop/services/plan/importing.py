"""Taking a printed plan into a data folder."""

from __future__ import annotations

from pathlib import Path

from desktop.models.errors import Refused
from desktop.services.environment import Environment
from desktop.services.plan.issuing import read_for_issue
from desktop.services.plan.reading import NO_CHOICES, ReadChoices
from desktop.services.traffic.enrolling import setup_hub
from desktop.services.workspace import workspace


def import_plan(environment: Environment, folder: Path, file: Path, choices: ReadChoices = NO_CHOICES) -> str:
    """Take a plan into a folder after the same check as ``plan read``; a sentence saying what was done.

    An empty folder becomes the hub's of the plan (the root of its unit tree). The same plan again changes
    nothing; another one is refused (PLAN_ANOTHER).
    """
    plan, tree = read_for_issue(environment, file, choices)
    with workspace(environment, folder) as ws:
        if ws.is_set_up():
            if ws.identity().plan == plan.header and len(ws.in_force("node")) == len(plan.nodes):
                return f"Kế hoạch {plan.header.number} đã có trong thư mục này; không có gì thay đổi."
            raise Refused(
                "PLAN_ANOTHER", "Thư mục này đã có một kế hoạch khác; không có gì thay đổi.",
                "Bản mới của cùng kế hoạch: dùng plan amend; kế hoạch năm sau: plan new; kế hoạch khác: thư mục khác.",
            )
    identity = setup_hub(environment, folder, tree.roots()[0].name, file, choices)
    return f"Đã nhập kế hoạch {identity.plan.number}: {len(plan.nodes)} dòng; đơn vị tổng hợp: {identity.unit_name}."
