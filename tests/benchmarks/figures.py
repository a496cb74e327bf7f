"""A figure: samples, the floor measured beside it in the same run, the budget; as a line of the table and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from statistics import median


class Held(StrEnum):
    """What a budget is held against."""

    MEDIAN = "median"
    P95 = "p95"
    RATIO = "ratio"
    """Median over the floor's median."""
    P95_RATIO = "p95_ratio"
    """95th percentile over the floor's."""


@dataclass(frozen=True, slots=True)
class Budget:
    """At most ``limit``; ``source`` says who asks for it."""

    limit: float
    held: Held
    source: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured. ``floor_samples`` were taken in turn with ``samples`` (A B A B ...), both in ``unit``."""

    name: str
    what: str
    unit: str
    samples: tuple[float, ...]
    floor: str = ""
    floor_samples: tuple[float, ...] = ()
    budget: Budget | None = None

    @property
    def median(self) -> float:
        """The median of the samples."""
        return median(self.samples)

    @property
    def ratio(self) -> float | None:
        """Median over the floor's median; None without a floor."""
        return self.median / median(self.floor_samples) if self.floor_samples else None

    @property
    def p95_ratio(self) -> float | None:
        """95th percentile over the floor's; None without a floor."""
        return p95(self.samples) / p95(self.floor_samples) if self.floor_samples else None

    @property
    def shown_ratio(self) -> float | None:
        """The ratio that the budget is held against, else that of the medians."""
        return self.p95_ratio if self.budget and self.budget.held is Held.P95_RATIO else self.ratio

    @property
    def met(self) -> bool | None:
        """Whether the budget is kept; None where there is none."""
        if self.budget is None:
            return None
        held = {
            Held.MEDIAN: self.median, Held.P95: p95(self.samples), Held.RATIO: self.ratio,
            Held.P95_RATIO: self.p95_ratio,
        }
        value = held[self.budget.held]
        return value is not None and value <= self.budget.limit

    def as_json(self) -> dict[str, object]:
        """The figure as build/bench.json has it (docs/performance.md)."""
        made: dict[str, object] = {
            "name": self.name, "what": self.what, "unit": self.unit, **_spread(self.samples),
            "floor": {"what": self.floor, **_spread(self.floor_samples)} if self.floor_samples else None,
            "ratio": _short(self.shown_ratio) if self.shown_ratio is not None else None,
            "budget": None, "met": self.met,
        }
        if self.budget is not None:
            limit = {"at_most": self.budget.limit, "held": self.budget.held.value, "source": self.budget.source}
            made["budget"] = limit
        return made


def p95(samples: Sequence[float]) -> float:
    """The smallest sample that 95 of 100 do not exceed."""
    return sorted(samples)[ceil(0.95 * len(samples)) - 1]


def _spread(samples: Sequence[float]) -> dict[str, object]:
    return {
        "median": _short(median(samples)), "p95": _short(p95(samples)), "least": _short(min(samples)),
        "most": _short(max(samples)), "samples": len(samples),
    }


def _short(value: float) -> float:
    """Four figures: more would be noise."""
    return float(f"{value:.4g}")


_HEAD = ("figure", "median", "p95", "least–most", "floor", "ratio", "budget", "met")
_WORDS = {True: "yes", False: "NO", None: ""}


def table(figures: Sequence[Figure]) -> str:
    """All figures as lines of text, columns aligned."""
    rows = [_HEAD, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def _row(figure: Figure) -> tuple[str, ...]:
    budget = figure.budget
    limit = ""
    if budget is not None:
        is_ratio = budget.held in (Held.RATIO, Held.P95_RATIO)
        limit = f"{budget.limit:.3g} x" if is_ratio else f"{budget.limit:g} {figure.unit}"
    return (
        figure.what, f"{figure.median:.4g} {figure.unit}", f"{p95(figure.samples):.4g}",
        f"{min(figure.samples):.4g}–{max(figure.samples):.4g}",
        f"{median(figure.floor_samples):.4g} {figure.floor}" if figure.floor_samples else "",
        f"{figure.shown_ratio:.2f}" if figure.shown_ratio is not None else "", limit, _WORDS[figure.met],
    )
