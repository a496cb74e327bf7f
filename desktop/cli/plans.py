"""The commands of several plans in one folder: which there are, choosing, a new year, ending one."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import output
from desktop.cli.choices import read_choices
from desktop.models.errors import Mistake
from desktop.services.plan.issuing import read_for_office
from desktop.services.plan.new_plan import Carried, open_new_plan, unfinished
from desktop.services.plan.plans import PlanChoice, choose_plan, close_plan, plans, reopen_plan
from desktop.services.reporting import item_at
from desktop.services.workspace import Workspace, workspace

if TYPE_CHECKING:
    from desktop.cli.libraries import Commands
    from desktop.services.environment import Environment


def plan_list(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """The plans of the folder."""
    with workspace(environment, folder) as ws:
        found = plans(ws)
    if arguments.json:
        output.json_document(output.plain(found))
        return 0
    for one in found:
        marks = " · đang làm việc" * one.current + (f" · đã kết thúc {one.closed:%d/%m/%Y}" if one.closed else "")
        output.line(f"{_words(one)}{marks} · {one.title}")
    return 0


def plan_choose(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Work in another plan from now on."""
    with workspace(environment, folder) as ws:
        named = [one for one in plans(ws) if one.number == arguments.number and arguments.year in (None, one.year)]
        if len(named) > 1:
            raise Mistake(
                "PLAN_SEVERAL", f"Sổ này có nhiều kế hoạch số {arguments.number}.", "Hãy thêm --year NĂM để nói rõ."
            )
        if not named:
            raise Mistake(
                "PLAN_UNKNOWN", f"Sổ này không có kế hoạch số “{arguments.number}”.",
                "Xem các kế hoạch bằng lệnh: sotiendo plan list.",
            )
        choose_plan(ws, named[0].id)
    output.line(f"Đang làm việc với Kế hoạch {_words(named[0])}.")
    return 0


def plan_new(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Open the next plan of the hub, with rows carried over from the one worked in."""
    if arguments.carry and arguments.carry_all:
        raise Mistake("USAGE", "Đã ghi --carry thì không dùng --carry-all.", "Chọn một trong hai.")
    file, rows = file_and_rows(arguments.file, arguments.carry)
    with workspace(environment, folder) as ws:
        carried = [Carried(row.record) for row in unfinished(ws)] if arguments.carry_all else _carried(ws, rows)
        plan, tree = read_for_office(ws, file, read_choices(arguments))
        who = open_new_plan(ws, plan, tree, carried)
    output.line(
        f"Đã mở Kế hoạch {who.plan.number} năm {who.plan.year}: {len(plan.nodes)} dòng, "
        f"chuyển tiếp {len(carried)} việc chưa xong. Đang làm việc với kế hoạch này."
    )
    return 0


def file_and_rows(file: Path | None, carry: Sequence[Sequence[str]]) -> tuple[Path, list[str]]:
    """The file and the rows of ``--carry A B FILE``, which takes the file for one more row, as of ``FILE --carry A B``.

    Raises Mistake USAGE where there is no file.
    """
    options = [list(words) for words in carry]
    if file is None:
        swallowing = next((words for words in reversed(options) if len(words) > 1), None)
        if swallowing is None:
            raise Mistake("USAGE", "Chưa ghi tệp của kế hoạch mới.", "sotiendo plan new FILE [--carry DÒNG …]")
        file = Path(swallowing.pop())
    return file, [row for words in options for row in words]


def _carried(ws: Workspace, rows: Sequence[str]) -> list[Carried]:
    """The rows to carry over; "II/1=III/2" continues a row as one of the new plan."""
    pairs = (named.partition("=") for named in dict.fromkeys(rows))
    return [Carried(item_at(ws, path), as_row) for path, _, as_row in pairs]


def plan_close(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """End the plan worked in: read-only from today."""
    with workspace(environment, folder) as ws:
        changed = close_plan(ws).plans
        plan = ws.identity().plan
    said = "Đã kết thúc" if changed else "Đã kết thúc từ trước:"
    output.line(f"{said} Kế hoạch {plan.number} năm {plan.year}; các đơn vị nhận biết qua tệp gửi tới.")
    return 0


def plan_reopen(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Work on an ended plan again."""
    with workspace(environment, folder) as ws:
        changed = reopen_plan(ws).plans
        plan = ws.identity().plan
    said = "Đã mở lại" if changed else "Chưa kết thúc:"
    output.line(f"{said} Kế hoạch {plan.number} năm {plan.year}.")
    return 0


def _words(one: PlanChoice) -> str:
    return f"{one.number} · năm {one.year}"


COMMANDS: Commands = {
    "plan list": plan_list,
    "plan choose": plan_choose,
    "plan new": plan_new,
    "plan close": plan_close,
    "plan reopen": plan_reopen,
}
