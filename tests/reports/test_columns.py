"""Column widths."""

from __future__ import annotations

import pytest

from desktop.reports.columns import column_widths
from desktop.reports.layouts import ColumnLayout

COLUMNS = (
    ColumnLayout("code", "TT", 40, 30, centred=True),
    ColumnLayout("title", "Nội dung", 200, 100, centred=False),
    ColumnLayout("result", "Kết quả", 160, 100, centred=False),
)


def test_widths_fill_the_page() -> None:
    widths = column_widths(COLUMNS, 500, (0, 0, 0), [], padding=2)
    assert sum(widths) == pytest.approx(500)


def test_a_long_word_widens_its_column() -> None:
    assert column_widths(COLUMNS, 400, (50, 0, 0), [], padding=2)[0] >= 54


def test_a_word_too_long_is_left_to_be_broken() -> None:
    widths = column_widths(COLUMNS, 400, (1000, 1000, 1000), [], padding=2)
    assert sum(widths) == pytest.approx(400)
    assert all(width >= column.least for width, column in zip(widths, COLUMNS, strict=True))


def test_room_goes_to_the_column_with_more_text() -> None:
    texts = [[[10.0], [100.0], [1500.0]] for _ in range(5)]
    widths = column_widths(COLUMNS, 400, (0, 0, 0), texts, padding=2)
    assert widths[2] > widths[1] >= 100
    assert sum(widths) == pytest.approx(400)


def test_the_same_content_gives_the_same_widths() -> None:
    texts = [[[10.0], [float(n)], [float(700 - n)]] for n in range(200)]
    first = column_widths(COLUMNS, 400, (0, 0, 0), texts, padding=2)
    assert first == column_widths(COLUMNS, 400, (0, 0, 0), texts, padding=2)


def test_a_page_too_narrow_is_shared_out() -> None:
    assert sum(column_widths(COLUMNS, 150, (0, 0, 0), [], padding=2)) == pytest.approx(150)
