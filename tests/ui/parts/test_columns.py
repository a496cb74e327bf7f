"""Sharing a width among columns."""

from __future__ import annotations

from desktop.ui.parts.columns import Wish, least_width, share

WISHES = {"number": Wish(5, 6, 8), "text": Wish(20, 30, 30), "state": Wish(10, 14, 20)}


def test_below_the_least_one_scrolls() -> None:
    assert share(100, WISHES, "text", 10) == {"number": 50, "text": 200, "state": 100}
    assert least_width(WISHES, 10) == 350


def test_between_least_and_easy_all_grow_together() -> None:
    widths = share(425, WISHES, "text", 10)
    assert sum(widths.values()) == 425
    assert 50 <= widths["number"] <= 60
    assert 200 < widths["text"] < 300


def test_spare_room_goes_to_the_text_first() -> None:
    widths = share(1000, WISHES, "text", 10)
    assert widths == {"number": 80, "text": 720, "state": 200}
