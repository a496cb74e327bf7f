"""Searching while one types: ``keystrokes ROWS FOLDER`` makes a plan of so many rows and types letter by letter."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from desktop.cli.main import environment
from desktop.models.authority import APPLIED
from desktop.models.facts import ALL, Content, make_line
from desktop.services.environment import RESOURCES
from desktop.services.plan.issuing import item_record, plan_contents
from desktop.services.plan.planning import search
from desktop.services.plan.reading import read_plan_file, unit_tree_for
from desktop.services.workspace import Workspace, open_workspace
from desktop.store.journal import FactRow, LogRow
from tests.benchmarks.commands import PLAN
from tests.benchmarks.stamps import now, tell_samples

_TYPED = (
    "trường học", "truong thcs", "giải phóng mặt bằng", "xay dung nong thon", "2.1.9", "Phường Bồ Đề", "đường",
    "cong khai minh bach", "tháng 12", "không có chữ này",
)
_SEARCHED = ("code", "title", "leaders", "lead_units", "coordinating_units")
_ROUNDS = 5
_PLAN_ID = "ab" * 16


def type_words(rows: int, folder: Path) -> None:
    """Seconds a keystroke, each a search of its own for what stands in the field then."""
    ws = open_workspace(environment(), folder).of(_PLAN_ID)
    _fill(ws, rows)
    ours: list[float] = []
    for _ in range(_ROUNDS):
        for words in _TYPED:
            for length in range(1, len(words) + 1):
                began = now()
                search(ws, words[:length])
                ours.append(now() - began)
    ws.close()
    tell_samples(ours=ours)


def _fill(ws: Workspace, rows: int) -> None:
    """Rows of the real plan over and over, each under a record and at a place of its own."""
    plan = read_plan_file(PLAN, RESOURCES)
    issued = plan_contents(plan, unit_tree_for(plan, RESOURCES), _PLAN_ID, "mttq-quan", 0, "đo")
    nodes = [content for content in issued if content.kind == "node"]
    log = LogRow("cd" * 16, "11" * 32, "22" * 16, _PLAN_ID, ALL, own=True)
    with ws.store.atomic():
        ws.store.journal.add_log(log)
        facts = [_row(nodes[place % len(nodes)], place, log) for place in range(rows)]
        ws.store.journal.add_facts(facts)
        ws.store.projections.update(fact.content.record for fact in facts)


def _row(content: Content, place: int, log: LogRow) -> FactRow:
    fields = {name: content.fields[name] for name in _SEARCHED} | {"order": place}
    own = replace(content, record=item_record(_PLAN_ID, str(place)), fields=fields)
    # No chain of hashes: nothing here is sent or examined.
    return FactRow(log.id, place + 1, b"", place.to_bytes(32), make_line(place + 1, own), own, APPLIED)


if __name__ == "__main__":
    type_words(int(sys.argv[1]), Path(sys.argv[2]))
