"""How dates and references are written on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from desktop.reports import phrases
from tests.reports.samples import head


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        (date(2023, 9, 8), "08/9/2023", "ngày 08 tháng 9 năm 2023"),
        (date(2023, 2, 14), "14/02/2023", "ngày 14 tháng 02 năm 2023"),
        (date(2023, 12, 31), "31/12/2023", "ngày 31 tháng 12 năm 2023"),
    ],
)
def test_days(day: date, short: str, long: str) -> None:
    assert phrases.short_day(day) == short
    assert phrases.long_day(day) == long


def test_the_moment_of_the_data_has_all_its_figures() -> None:
    assert phrases.updated(datetime(2023, 2, 3, 7, 5)) == "Số liệu cập nhật 07h05, ngày 03/02/2023"


def test_place_and_date_without_a_place() -> None:
    assert phrases.place_and_date(replace(head(), place="")) == "Ngày 05 tháng 9 năm 2023"


def test_references_leave_out_what_is_unknown() -> None:
    bare = replace(head(), plan_day=None, plan_issuer="", basis="")
    assert phrases.plan_reference(bare) == "Thực hiện Kế hoạch số 160-KH/QU"
    assert phrases.plan_reference(replace(bare, plan_number="")) == ""
    assert phrases.period_and_basis(bare) == "Kỳ báo cáo: Quý III/2023"
