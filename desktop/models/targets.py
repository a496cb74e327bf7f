"""Targets: quantities that can be measured."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Comparator(StrEnum):
    """How an actual value is held against the target."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    EXACTLY = "exactly"
    RANGE = "range"
    COUNT = "count"
    TOP = "top"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Target:
    """One stated quantity. ``value`` and ``value_max`` are decimal strings ("93.5"); ``value_max`` only for a range.

    ``unit`` is the printed unit ("%", "phường", "đồng"), ``text`` the printed words it was read from.
    """

    comparator: Comparator
    value: str
    value_max: str | None
    unit: str
    text: str
