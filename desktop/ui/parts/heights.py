"""Heights of rows, measured when first asked for: the one list that table and Gantt share. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Place(NamedTuple):
    """Where a row stands: its y from the top of the view and its height, in pixels."""

    row: int
    y: int
    height: int


class RowHeights:
    """Heights of ``count`` rows. Only rows that are shown are ever measured."""

    def __init__(self, measure: Callable[[int], int]) -> None:
        self._measure = measure
        self._heights: list[int] = []

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def measured(self) -> int:
        """How many rows have been measured."""
        return sum(1 for height in self._heights if height)

    def reset(self, count: int) -> None:
        """Forget everything; there are ``count`` rows now."""
        self._heights = [0] * count

    def forget(self, row: int) -> None:
        """Measure one row anew when it is next asked for."""
        self._heights[row] = 0

    def height(self, row: int) -> int:
        """The height of a row."""
        known = self._heights[row]
        if not known:
            known = self._heights[row] = self._measure(row)
        return known

    def shown(self, first: int, pixels: int) -> list[Place]:
        """The rows from ``first`` down that fall into so many pixels, the last one perhaps in part."""
        places: list[Place] = []
        y = 0
        for row in range(max(first, 0), len(self._heights)):
            if y >= pixels:
                break
            height = self.height(row)
            places.append(Place(row, y, height))
            y += height
        return places

    def last_first(self, pixels: int) -> int:
        """The furthest row that can stand at the top: from it on everything fits into so many pixels."""
        row = len(self._heights)
        left = pixels
        while row > 0:
            left -= self.height(row - 1)
            if left < 0:
                break
            row -= 1
        return max(min(row, len(self._heights) - 1), 0)

    def row_at(self, first: int, y: int) -> int:
        """The row drawn at y where ``first`` stands at the top; -1 below the last one or above the view."""
        if y < 0:
            return -1
        for place in self.shown(first, y + 1):
            if place.y <= y < place.y + place.height:
                return place.row
        return -1
