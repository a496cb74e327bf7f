"""A row opened reads what that row needs alone, and says what the whole plan says of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.models.errors import Mistake
from desktop.models.plan import NodeKind
from desktop.models.report import WorkState
from desktop.services import reporting
from desktop.services.plan import correcting, planning
from desktop.services.plan.amending import amend
from desktop.services.plan.commenting import add_comment
from desktop.services.plan.comparing import read_newer
from desktop.services.plan.plan_changes import Decisions
from desktop.services.views import ReadingField
from desktop.services.workspace import Workspace
from tests.amended import Amendment
from tests.offices import HUB, WARD, District

MONTHLY = "II/2/2.1/2.1.26"
WITHDRAWN = "Cải tạo, chỉnh trang vườn hoa Ngọc Lâm"


def enter(ws: Workspace, path: str, unit: str, **values: object) -> None:
    item = reporting.item_at(ws, path)
    reporting.enter(ws, item, unit, "2023-Q3", values, reporting.shown_now(ws, item, unit, "2023-Q3"))


def lived_in(ws: Workspace, folder: Path) -> Workspace:
    """A plan with reports, a comment, a correction and a withdrawn row."""
    unit = next(unit for item, unit in ws.store.queries.leads() if item == reporting.item_at(ws, MONTHLY))
    enter(ws, MONTHLY, unit, state=WorkState.DONE, done_on=date(2023, 9, 1), percent=100, result="xong")
    enter(ws, "I/1/1.4", ws.unit_named(WARD).id, state=WorkState.DOING, percent=40)
    add_comment(ws, reporting.item_at(ws, "I/1/1.4"), "", "Xem lại giúp")
    record = reporting.item_at(ws, "II/3/3.1/3.1.49")
    correcting.correct(ws, record, ReadingField.START, "Tháng 6/2023", correcting.shown_now(ws, record))
    amend(ws, read_newer(ws, Amendment().delete(WITHDRAWN).write(folder)), Decisions())
    return ws


def test_every_row_opened_is_the_row_of_the_whole_plan(district: District, tmp_path: Path) -> None:
    ws = lived_in(district.at(HUB), tmp_path)
    view, findings, lines = planning.plan_view(ws), planning.findings(ws), reporting.report_lines(ws)
    assert {row.kind for row in view.rows} == set(NodeKind)
    for row in view.rows:
        opened = planning.node_details(ws, row.id)
        assert opened.row == row
        assert opened.findings == tuple(one for one in findings if one.path == row.path)
        assert {*opened.reports} == {line for line in lines if line.report.item == row.id}


def test_a_row_opened_at_a_unit_is_its_own_where_it_is(district: District) -> None:
    ws = district.at(WARD)
    rows = planning.plan_view(ws).rows
    assert {row.mine for row in rows} == {True, False}
    assert all(planning.node_details(ws, row.id).row == row for row in rows)


def test_a_withdrawn_row_and_what_is_no_row_cannot_be_opened(district: District, tmp_path: Path) -> None:
    ws = lived_in(district.at(HUB), tmp_path)
    (gone,) = [row.record for row in ws.store.queries.records("node") if row.body.get("withdrawn")]
    finding = ws.store.queries.records("finding")[0].record
    for record in (gone, finding, "", "không có"):
        with pytest.raises(Mistake) as told:
            planning.node_details(ws, record)
        assert told.value.code == "ITEM_UNKNOWN"


def test_opening_an_item_takes_no_other_row_out_of_the_database(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = district.at(HUB)
    item = reporting.item_at(ws, MONTHLY)
    ws.units()

    def whole(kind: str) -> tuple[()]:
        raise AssertionError(f"all of kind {kind}")

    monkeypatch.setattr(ws, "in_force", whole)
    assert planning.node_details(ws, item).row.path == MONTHLY
