"""What a target is made of as an officer enters it: a table of parts, and the target that they give. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from desktop.models.targets import COMPARATOR_WORDS, Basis, Comparator, Enters, Rollup, Target
from desktop.ui.plan.words import BASIS_WORDS, ENTERS_WORDS, ROLLUP_WORDS, decimal_words

_E = TypeVar("_E", bound=StrEnum)
Typed = Mapping[str, str]
"""Per part by name: the words typed, or the value chosen."""

COMPARATOR, VALUE, HIGHEST, UNIT = "So sánh", "Số", "Đến", "Đơn vị tính"
AIM, STRETCH, MEASURES, EACH = "Mức độ", "Phấn đấu đạt", "Nội dung đo", "Tính cho mỗi"
ENTERS, BASIS, ROLLUP = "Ai nhập", "Số liệu", "Tổng hợp"
NUMERATOR, DENOMINATOR = "Tử số là", "Mẫu số là"


class Aim(StrEnum):
    """Whether the number is owed, striven for, or owed with a further one to strive for."""

    OWED = "owed"
    STRIVEN = "striven"
    BEYOND = "beyond"


_AIM_WORDS = {Aim.OWED: "phải đạt", Aim.STRIVEN: "phấn đấu", Aim.BEYOND: "phải đạt, phấn đấu hơn"}
BLANK = Target(Comparator.COUNT, "", None, "", "")
"""A target of which nothing is entered yet."""


def _always(_typed: Typed) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class TargetPart:
    """One thing to enter of a target.

    ``choices`` are (value, words) of a list to choose from, none for a line to type, which holds a ``number`` or words;
    ``wanted`` tells from all that is typed whether there is such a part at all. A ``setting`` shows when asked for.
    """

    name: str
    shown: Callable[[Target], str]
    choices: tuple[tuple[str, str], ...] = ()
    wanted: Callable[[Typed], bool] = _always
    number: bool = False
    setting: bool = False
    hint: str = ""
    stretch: int = 1


def aim_of(target: Target) -> Aim:
    """What the stretch of a target says: none is owed, the value itself is striven for."""
    if target.stretch is None:
        return Aim.OWED
    return Aim.STRIVEN if target.stretch == target.value else Aim.BEYOND


def as_target(base: Target, typed: Typed) -> Target:
    """The target that is typed, its numbers as typed; what no part holds is the ``base``'s."""
    comparator = Comparator(typed[COMPARATOR])
    value = "0" if comparator is Comparator.ZERO else typed[VALUE]
    stretches: dict[str, str | None] = {Aim.OWED: None, Aim.STRIVEN: value, Aim.BEYOND: typed[STRETCH]}
    return replace(
        base, comparator=comparator, value=value, value_max=typed[HIGHEST] if comparator is Comparator.RANGE else None,
        unit=typed[UNIT].strip(), stretch=stretches[typed[AIM]], measures=typed[MEASURES], each=typed[EACH],
        enters=Enters(typed[ENTERS]), basis=Basis(typed[BASIS]), rollup=Rollup(typed[ROLLUP]),
        numerator=typed[NUMERATOR], denominator=typed[DENOMINATOR],
    )


def _choices(words: Mapping[_E, str]) -> tuple[tuple[str, str], ...]:
    return tuple((one.value, told) for one, told in words.items())


def _by_parts(typed: Typed) -> bool:
    return as_target(BLANK, typed).by_parts


def _stretch_words(target: Target) -> str:
    return decimal_words(target.stretch or "") if aim_of(target) is Aim.BEYOND else ""


PARTS = (
    TargetPart(COMPARATOR, lambda target: target.comparator.value, _choices(COMPARATOR_WORDS), stretch=2),
    TargetPart(
        VALUE, lambda target: decimal_words(target.value), number=True,
        wanted=lambda typed: typed[COMPARATOR] != Comparator.ZERO,
    ),
    TargetPart(
        HIGHEST, lambda target: decimal_words(target.value_max or ""), number=True,
        wanted=lambda typed: typed[COMPARATOR] == Comparator.RANGE,
    ),
    TargetPart(UNIT, lambda target: target.unit, stretch=2),
    TargetPart(AIM, lambda target: aim_of(target).value, _choices(_AIM_WORDS), setting=True),
    TargetPart(
        STRETCH, _stretch_words, number=True, setting=True, hint="số phấn đấu",
        wanted=lambda typed: typed[AIM] == Aim.BEYOND,
    ),
    TargetPart(MEASURES, lambda target: target.measures, setting=True, hint="đếm hoặc đo cái gì"),
    TargetPart(EACH, lambda target: target.each, setting=True, hint="phường, hộ… hoặc để trống"),
    TargetPart(ENTERS, lambda target: target.enters.value, _choices(ENTERS_WORDS), setting=True),
    TargetPart(BASIS, lambda target: target.basis.value, _choices(BASIS_WORDS), setting=True),
    TargetPart(ROLLUP, lambda target: target.rollup.value, _choices(ROLLUP_WORDS), setting=True),
    TargetPart(
        NUMERATOR, lambda target: target.numerator, setting=True, hint="như “hộ có nước sạch”", wanted=_by_parts
    ),
    TargetPart(DENOMINATOR, lambda target: target.denominator, setting=True, hint="như “tổng số hộ”", wanted=_by_parts),
)
"""What an officer enters of a target, in this order: first what it says, then the settings."""


def shown(target: Target) -> dict[str, str]:
    """A target as its parts show it."""
    return {part.name: part.shown(target) for part in PARTS}
