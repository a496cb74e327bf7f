"""Shares a width among the columns of a table. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

K = TypeVar("K")


class Wish(NamedTuple):
    """Widths a column wants, in digits of the font: where there is little room, enough, and plenty."""

    least: float
    easy: float
    ample: float


def share(available: int, wishes: Mapping[K, Wish], stretched: K, digit: int) -> dict[K, int]:
    """Pixels for every column; ``digit`` is the width of one digit.

    All columns grow from ``least`` to ``easy`` together, then the others to ``ample``; what is left goes to the
    ``stretched`` one. Below ``least`` the sum is more than ``available``, and one scrolls.
    """
    ease = _part(available, [wish.least for wish in wishes.values()], [w.easy for w in wishes.values()], digit)
    widths = {key: int((wish.least + (wish.easy - wish.least) * ease) * digit) for key, wish in wishes.items()}
    if ease >= 1:
        spare = available - sum(widths.values())
        wanted = {key: int((wish.ample - wish.easy) * digit) for key, wish in wishes.items() if key != stretched}
        # Half of the spare room at most: the stretched column has the long texts.
        part = min(spare / 2 / max(sum(wanted.values()), 1), 1.0)
        for key, more in wanted.items():
            widths[key] += int(more * part)
    widths[stretched] += max(available - sum(widths.values()), 0)
    return widths


def least_width(wishes: Mapping[K, Wish], digit: int) -> int:
    """The width from which all columns show without scrolling."""
    return sum(int(wish.least * digit) for wish in wishes.values())


def _part(available: int, least: list[float], easy: list[float], digit: int) -> float:
    low, high = sum(least) * digit, sum(easy) * digit
    return min(max((available - low) / max(high - low, 1), 0.0), 1.0)
