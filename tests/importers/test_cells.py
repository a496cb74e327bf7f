"""Cells of a sheet as text: numbers by their format, days, escapes, rich text; agreement with openpyxl."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from desktop.importers.files.grid import column_letter
from desktop.importers.files.number_text import iso_day, number_text
from desktop.importers.files.sheet import plain_text
from tests.importers.office_files import read, saved, sheet_of, source, workbook
from tests.importers.plan_text import long_bien_lines


@pytest.mark.parametrize(("value", "code", "text", "is_number"), [
    ("1", "", "1", True), ("2.0", "General", "2", True), ("1.1", "General", "1,1", True), ("1.1", "0.00", "1,10", True),
    ("0.30000000000000004", "", "0,3", True), ("1234567", "", "1234567", True), ("1E-3", "", "0,001", True),
    ("1500", "#,##0", "1.500", True), ("1234567.891", "#,##0.00", "1.234.567,89", True),
    ("-1500.5", "#,##0", "-1.501", True),
    ("0.93", "0%", "93%", False), ("0.935", "0.0%", "93,5%", False), ("0.935", "0%", "94%", False),
    ("7", "00", "07", True), ("3", '"Quý "0', "Quý 3", False), ("12", 'General" ngày"', "12 ngày", False),
    ("1500000", '#,##0" đồng"', "1.500.000 đồng", False), ("5", "0_);(0)", "5", True), ("5", "@", "5", True),
    ("1234", "0.00E+00", "1234", True), ("0.5", "# ?/?", "0,5", True),
    ("46203", "dd/mm/yyyy", "30/06/2026", False), ("46203.75", "m/d/yy h:mm", "30/06/2026", False),
    ("46203", "d-mmm", "30/06/2026", False), ("46203", "mmm-yy", "06/2026", False), ("46203", "yyyy", "2026", False),
    ("46203", "[$-42A]dd mmmm yyyy", "30/06/2026", False), ("0.5", "h:mm", "12:00", False),
    ("46203", '"tháng "m', "06/2026", False),
    ("0.5", "dd/mm/yyyy", "0,5", True), ("99999999", "dd/mm/yyyy", "99999999", True), ("-3", "dd/mm/yyyy", "-3", True),
    ("x", "0", "x", False), ("NaN", "", "NaN", False), ("1E+400", "", "1E+400", False), ("", "", "", False),
])
def test_numbers_by_their_format(value: str, code: str, text: str, is_number: bool) -> None:
    assert number_text(value, code) == (text, is_number)


def test_days_counted_from_1904() -> None:
    assert number_text("44741", "dd/mm/yyyy", since_1904=True) == ("30/06/2026", False)


@given(st.text(max_size=20), st.text(alphabet='0#?.,%dmyhs[]"; \\EGeneral/', max_size=12))
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_no_number_and_no_format_raises(value: str, code: str) -> None:
    assert isinstance(number_text(value, code)[0], str)


@given(st.decimals(), st.sampled_from(["", "0.00", "#,##0", "0%", "dd/mm/yyyy", "h:mm"]))
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_any_number_is_printed(value: object, code: str) -> None:
    assert number_text(str(value), code)[0]


@pytest.mark.parametrize(("stored", "text"), [
    ("2023-09-14T00:00:00", "14/09/2023"), ("2023-09-14", "14/09/2023"), ("hôm nay", "hôm nay"),
])
def test_days_stored_as_text(stored: str, text: str) -> None:
    assert iso_day(stored) == text


@pytest.mark.parametrize(("stored", "text"), [
    ("a_x000D_\nb", "a\nb"), ("a\r\nb\rc", "a\nb\nc"), ("a\tb", "a b"), ("e\u0302\u0301", "ế"), ("a\x0bb", "ab"),
    ("x_y", "x_y"), ("_x0041_", "A"), ("_xD800_b", "b"),
])
def test_stored_texts(stored: str, text: str) -> None:
    assert plain_text(stored) == text


def test_letters_of_columns() -> None:
    assert [column_letter(one) for one in (0, 25, 26, 51, 52, 701, 702, 16383)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD",
    ]


def test_rich_text_is_its_words() -> None:
    book = load_workbook(BytesIO(workbook([["TT", "Nội dung", "Đơn vị chủ trì"], [1, "Việc", "TTYT"]])))
    sheet = sheet_of(book)
    sheet["B2"] = CellRichText("Việc ", TextBlock(InlineFont(b=True), "quan trọng"), " nhất")
    assert read(saved(book)).nodes[0].title == "Việc quan trọng nhất"


def test_every_cell_of_the_real_plan_agrees_with_openpyxl() -> None:
    data = workbook([line.split("\t") for line in long_bien_lines()])
    rows = {row.place: row.cells for row in source(data).default.grid.rows}
    reference = load_workbook(BytesIO(data), read_only=True)
    for place, values in enumerate(reference.worksheets[0].iter_rows(values_only=True), start=1):
        expected = [str(value) if value is not None else "" for value in values]
        while expected and not expected[-1]:
            expected.pop()
        assert list(rows.get(place, ())) == expected
