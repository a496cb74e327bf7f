"""The issuing body out of the letterhead, as offices print it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.importers.table.issuer import read_issuer
from desktop.services.plan.reading import read_plan_file, unit_tree_for
from tests.importers.plan_text import RESOURCES
from tests.next_year import write_next_plan


@pytest.mark.parametrize(("lines", "issuer"), [
    (["QUẬN ỦY LONG BIÊN", "*", "Số 98-KH/QU", "ĐẢNG CỘNG SẢN VIỆT NAM", "KẾ HOẠCH"], "QUẬN ỦY LONG BIÊN"),
    (["ỦY BAN NHÂN DÂN", "PHƯỜNG BỒ ĐỀ", "", "Số: 15/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
      "Độc lập - Tự do - Hạnh phúc"], "ỦY BAN NHÂN DÂN PHƯỜNG BỒ ĐỀ"),
    (["UBND QUẬN LONG BIÊN", "PHÒNG VĂN HÓA VÀ THÔNG TIN", "-----", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
     "PHÒNG VĂN HÓA VÀ THÔNG TIN"),
    (["ĐẢNG BỘ THÀNH PHỐ HÀ NỘI", "QUẬN ỦY LONG BIÊN", "*"], "QUẬN ỦY LONG BIÊN"),
    (["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "KẾ HOẠCH", "UBND QUẬN LONG BIÊN"], ""),
    (["Long Biên, ngày 11 tháng 01 năm 2023", "KẾ HOẠCH"], ""), (["TT", "STT"], ""), ([], ""),
])
def test_the_lowest_body_in_capitals_issues(lines: list[str], issuer: str) -> None:
    assert read_issuer(lines) == issuer


def test_the_letterhead_brings_the_units_of_its_office(tmp_path: Path) -> None:
    plan = read_plan_file(write_next_plan(tmp_path), RESOURCES)
    assert plan.header.issuer == "QUẬN ỦY LONG BIÊN"
    assert unit_tree_for(plan, RESOURCES).vocabulary.place == "Long Biên"
    assert not [one for one in plan.findings if one.code == "UNITS_NOT_LISTED"]
