"""Targets: quantities that can be measured, and the settings by which their values are gathered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Comparator(StrEnum):
    """How an actual value is held against the target."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    EXACTLY = "exactly"
    RANGE = "range"
    COUNT = "count"
    TOP = "top"
    ZERO = "zero"


COMPARATOR_WORDS = {
    Comparator.AT_LEAST: "ít nhất",
    Comparator.MORE_THAN: "trên",
    Comparator.AT_MOST: "không quá",
    Comparator.LESS_THAN: "dưới",
    Comparator.EXACTLY: "bằng",
    Comparator.RANGE: "từ",
    Comparator.COUNT: "số lượng",
    Comparator.TOP: "thuộc nhóm đầu",
    Comparator.ZERO: "không có",
}
"""How a comparator is said before its value."""


class Enters(StrEnum):
    """Who enters the measured value: the lead, each unit that has a share, or both."""

    LEAD = "lead"
    UNITS = "units"
    BOTH = "both"


class Basis(StrEnum):
    """What a value covers: the period alone (*trong kỳ*), or the year so far (*lũy kế*)."""

    PERIOD = "period"
    CUMULATIVE = "cumulative"


class Rollup(StrEnum):
    """From the values of units to one: their sum, sum over sum, the least favourable, how many units meet it, or the
    lead's official figure alone. There is no mean: percentages of unlike units have none that says anything."""

    SUM = "sum"
    RATIO = "ratio"
    WORST = "worst"
    COUNT_UNITS = "count_units"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Target:
    """One stated quantity. ``value`` and ``value_max`` are decimal strings ("93.5"); ``value_max`` only for a range.

    ``unit`` is the printed unit ("%", "phường", "đồng"), ``text`` the printed words it was read from. ``stretch`` is
    the value printed after "phấn đấu": a further one beside a base value, or ``value`` itself where the title states
    no other. ``measures`` says in the title's words what is measured, ``each`` of whom everyone owes it ("phường";
    empty: the whole). ``enters``, ``basis``, ``rollup`` and the names of ``numerator`` and ``denominator`` of a rate
    are proposed by reading and set by the hub. Source: office.md "Measured values".
    """

    comparator: Comparator
    value: str
    value_max: str | None
    unit: str
    text: str
    stretch: str | None = None
    measures: str = ""
    each: str = ""
    enters: Enters = Enters.LEAD
    basis: Basis = Basis.CUMULATIVE
    rollup: Rollup = Rollup.SUM
    numerator: str = ""
    denominator: str = ""

    @property
    def is_rate(self) -> bool:
        """Whether values are percentages, to be rolled up as sum over sum."""
        return self.unit.startswith("%")

    @property
    def by_parts(self) -> bool:
        """Whether values are rolled up from their parts, sum over sum: percentages have no sum of their own, whatever
        the setting says."""
        return self.rollup is Rollup.RATIO or (self.is_rate and self.rollup is Rollup.SUM)
