"""The list of findings saved beside the plan that was read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from desktop.models.errors import EnvironmentTrouble
from desktop.services.plan.check_list import save_check_list
from tests.importers.plan_text import long_bien_plan

MADE = datetime(2023, 1, 12, 9, 41)


def test_every_finding_is_in_the_saved_list_and_nothing_is_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "rà soát.xlsx"
    out.write_text("của người khác", encoding="utf-8")
    written = save_check_list(long_bien_plan(), "kế hoạch.txt", MADE, out)
    assert written == tmp_path / "rà soát-2.xlsx"
    assert out.read_text(encoding="utf-8") == "của người khác"
    (sheet,) = openpyxl.load_workbook(written).worksheets
    codes = sorted(str(row[8]) for row in sheet.iter_rows(min_row=7, values_only=True))
    assert codes == sorted(one.code for one in long_bien_plan().findings)


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentTrouble) as caught:
        save_check_list(long_bien_plan(), "kế hoạch.txt", MADE, tmp_path / "không có" / "rà soát.xlsx")
    assert caught.value.code == "MEDIUM_GONE"
