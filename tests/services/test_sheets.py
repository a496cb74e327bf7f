"""What stands on the consolidated sheet, gathered from what units reported."""

from __future__ import annotations

from desktop.models.report import WorkState
from desktop.services import reporting
from desktop.services.sheets import consolidated_sheet
from tests.offices import BODY, District

PERIOD = "2023-Q3"


def test_paused_and_what_did_not_arise_are_named_and_counted(district: District) -> None:
    ws = district.at(BODY)
    for path, state in (("II/2/2.1/2.1.9", WorkState.PAUSED), ("II/2/2.1/2.1.10", WorkState.NONE_ARISING)):
        item = reporting.item_at(ws, path)
        reporting.enter(ws, item, ws.seat.unit, PERIOD, {"state": state}, {})
    sheet = consolidated_sheet(ws, PERIOD)
    assert "Tạm dừng: 1; Không phát sinh: 1 (không tính vào tổng số)." in sheet.notes
    # One of the 124 left the total; the paused one stayed in it.
    assert sheet.sentence.startswith("Tổng số 123 nhiệm vụ; đã hoàn thành 0 ")
    assert "Tổng số 32 chỉ tiêu" in sheet.sentence


def test_nothing_paused_needs_no_note(district: District) -> None:
    notes = " ".join(consolidated_sheet(district.at(BODY), PERIOD).notes)
    assert "Tạm dừng" not in notes
    assert "Không phát sinh" not in notes
