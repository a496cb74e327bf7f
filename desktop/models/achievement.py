"""Whether a target is met by what was measured: one value, or the values of units rolled up by the target's rule.

Everything is exact: decimal strings and whole numbers become fractions, never floats. Source: office.md "Measured
values" and "Counting" (vượt, đạt, chưa đạt).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from desktop.models.targets import Comparator, Rollup, Target

_DECIMAL = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?")
FEWER_IS_BETTER = frozenset({Comparator.AT_MOST, Comparator.LESS_THAN, Comparator.ZERO, Comparator.TOP})
_CANNOT_BE_EXCEEDED = FEWER_IS_BETTER | {Comparator.MORE_THAN}


class Achievement(StrEnum):
    """How what was measured stands to the target."""

    EXCEEDED = "exceeded"
    ACHIEVED = "achieved"
    NOT_YET = "not_yet"
    CANNOT_SAY = "cannot_say"


ACHIEVEMENT_WORDS = {
    Achievement.EXCEEDED: "vượt",
    Achievement.ACHIEVED: "đạt",
    Achievement.NOT_YET: "chưa đạt",
    Achievement.CANNOT_SAY: "chưa đánh giá được",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A measured value: a decimal string ("93.5"; a rate in percent, a rank as a number), or of a rate its parts.

    Parts given stand before a ``value`` given beside them. An empty or unreadable text is nothing measured.
    """

    value: str = ""
    numerator: str = ""
    denominator: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The values of units rolled up. ``value`` is the amount the judgement rests on (None: none is known).

    ``met`` of ``of`` counts the units that meet what each owes (0 of 0 where units are not counted); ``missing`` names
    units whose value is needed and not known; ``difference`` is official figure less the units' own, where both are.
    """

    achievement: Achievement
    value: Fraction | None = None
    met: int = 0
    of: int = 0
    missing: tuple[str, ...] = ()
    difference: Fraction | None = None


def amount(target: Target, measured: Measured | None) -> Fraction | None:
    """The exact amount measured, of a rate in percent; None where nothing readable was, or over nothing."""
    if measured is None:
        return None
    numerator, denominator = _fraction(measured.numerator), _fraction(measured.denominator)
    if numerator is not None and denominator:
        return numerator / denominator * (100 if target.is_rate else 1)
    return _fraction(measured.value)


def evaluate(target: Target, measured: Measured | None) -> Achievement:
    """How one value stands to a target; of a target that each owes, whether this one has met it."""
    return _judged(target, amount(target, measured))


def evaluate_units(
    target: Target, by_unit: Mapping[str, Measured | None], official: Measured | None = None
) -> Outcome:
    """The values of units, by unit id (None: not reported), rolled up by the target's rule and judged.

    An official figure stands in place of the rolled up one. What every unit owes is achieved when all have met it
    ("13/14 đạt" is not yet). Values that are missing leave it open ("cannot say") unless those known decide already.
    """
    rolled = _counted(target, by_unit) if _counts(target) else _rolled(target, by_unit)
    stands = amount(target, official)
    if stands is None:
        return rolled
    difference = None if rolled.value is None or rolled.missing else stands - rolled.value
    judged = _judged_count(target, stands, rolled.of) if _counts(target) else _judged(target, stands)
    return Outcome(judged, stands, rolled.met, rolled.of, rolled.missing, difference)


def _fraction(text: str) -> Fraction | None:
    return Fraction(text) if _DECIMAL.fullmatch(text) else None


def _judged(target: Target, value: Fraction | None) -> Achievement:
    stated = _fraction(target.value)
    if value is None or stated is None:
        return Achievement.CANNOT_SAY
    if not _meets(target.comparator, value, stated):
        return Achievement.NOT_YET
    stretch = _fraction(target.stretch or "")
    if stretch is not None and stretch != stated:
        reached = value <= stretch if target.comparator in FEWER_IS_BETTER else value >= stretch
        return Achievement.EXCEEDED if reached else Achievement.ACHIEVED
    most = _fraction(target.value_max or "") or stated
    beyond = value > most and target.comparator not in _CANNOT_BE_EXCEEDED
    return Achievement.EXCEEDED if beyond else Achievement.ACHIEVED


def _meets(comparator: Comparator, value: Fraction, stated: Fraction) -> bool:
    """A rate or number printed without another word is met from there on: "đạt 46%" by 48 % too."""
    match comparator:
        case Comparator.MORE_THAN:
            return value > stated
        case Comparator.LESS_THAN:
            return value < stated
        case Comparator.AT_MOST | Comparator.ZERO:
            return value <= stated
        case Comparator.TOP:
            return 1 <= value <= stated
        case _:
            return value >= stated


def _counts(target: Target) -> bool:
    return bool(target.each) or target.rollup is Rollup.COUNT_UNITS


def _counted(target: Target, by_unit: Mapping[str, Measured | None]) -> Outcome:
    """How many units meet what each owes; of "14/14 phường" how many have any."""
    values = {unit: amount(target, measured) for unit, measured in by_unit.items()}
    missing = tuple(unit for unit, value in values.items() if value is None)
    known = [value for value in values.values() if value is not None]
    judged = [_judged(target, value) if target.each else _has_any(value) for value in known]
    met = sum(one in (Achievement.ACHIEVED, Achievement.EXCEEDED) for one in judged)
    achievement = _judged_count(target, Fraction(met), len(values))
    if achievement is Achievement.NOT_YET and missing and met == len(known):
        achievement = Achievement.CANNOT_SAY
    return Outcome(achievement, Fraction(met) if known else None, met, len(values), missing)


def _has_any(value: Fraction) -> Achievement:
    return Achievement.ACHIEVED if value > 0 else Achievement.NOT_YET


def _judged_count(target: Target, met: Fraction, of: int) -> Achievement:
    """A number of units against all of them, or against the stated number where the target is of the whole."""
    if not target.each:
        return _judged(target, met)
    if not of:
        return Achievement.CANNOT_SAY
    return Achievement.ACHIEVED if met >= of else Achievement.NOT_YET


def _rolled(target: Target, by_unit: Mapping[str, Measured | None]) -> Outcome:
    if target.rollup is Rollup.OFFICIAL:
        return Outcome(Achievement.CANNOT_SAY)
    missing = tuple(unit for unit, measured in by_unit.items() if not _usable(target, measured))
    known = [measured for measured in by_unit.values() if measured is not None and _usable(target, measured)]
    value = _together(target, known)
    judged = _judged(target, value)
    if missing and not _decided(target, judged):
        judged = Achievement.CANNOT_SAY
    return Outcome(judged, value, missing=missing)


def _usable(target: Target, measured: Measured | None) -> bool:
    """Whether a unit's value can be rolled up: of a rate that is summed over sums only its parts can."""
    if measured is None:
        return False
    if target.by_parts:
        return _fraction(measured.numerator) is not None and _fraction(measured.denominator) is not None
    return amount(target, measured) is not None


def _together(target: Target, known: Sequence[Measured]) -> Fraction | None:
    if not known:
        return None
    if target.by_parts:
        part = _sum(_fraction(one.numerator) for one in known)
        whole = _sum(_fraction(one.denominator) for one in known)
        return part / whole * (100 if target.is_rate else 1) if whole else None
    values = [value for one in known if (value := amount(target, one)) is not None]
    if target.rollup is Rollup.WORST:
        return max(values) if target.comparator in FEWER_IS_BETTER else min(values)
    return _sum(values)


def _sum(values: Iterable[Fraction | None]) -> Fraction:
    return sum((value for value in values if value is not None), Fraction())


def _decided(target: Target, judged: Achievement) -> bool:
    """Whether values still missing cannot change the judgement; what is summed is never negative."""
    if target.rollup is Rollup.WORST:
        return judged is Achievement.NOT_YET
    if target.rollup is not Rollup.SUM or target.is_rate:
        return False
    if target.comparator in FEWER_IS_BETTER:
        return judged is Achievement.NOT_YET
    return judged in (Achievement.ACHIEVED, Achievement.EXCEEDED)
