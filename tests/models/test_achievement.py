"""Targets against what was measured: every comparator, rates by their parts, units rolled up, nothing by floats."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.achievement import Achievement, Measured, Outcome, amount, evaluate, evaluate_units
from desktop.models.target_reading import read_targets
from desktop.models.targets import Comparator, Rollup, Target

EXCEEDED, ACHIEVED, NOT_YET = Achievement.EXCEEDED, Achievement.ACHIEVED, Achievement.NOT_YET
CANNOT_SAY = Achievement.CANNOT_SAY


def target(comparator: Comparator, value: str, high: str | None = None, unit: str = "%", **more: object) -> Target:
    made = Target(comparator, value, high, unit, "")
    for name, setting in more.items():
        object.__setattr__(made, name, setting)
    return made


@pytest.mark.parametrize(("title", "measured", "expected"), [
    ("đạt 93,5%", "93.4", NOT_YET), ("đạt 93,5%", "93.5", ACHIEVED), ("đạt 93,5%", "93.50001", EXCEEDED),
    ("trên 97%", "97", NOT_YET), ("trên 97%", "97.1", ACHIEVED), ("trên 97%", "100", ACHIEVED),
    ("30-35%", "29.9", NOT_YET), ("30-35%", "30", ACHIEVED), ("30-35%", "35", ACHIEVED), ("30-35%", "36", EXCEEDED),
    ("14/14 phường", "13", NOT_YET), ("14/14 phường", "14", ACHIEVED),
    ("trên 1,5 tỷ đồng", "1.5", NOT_YET), ("trên 1,5 tỷ đồng", "1.51", ACHIEVED),
    ("ít nhất 08 hội chợ", "7", NOT_YET), ("ít nhất 08 hội chợ", "8", ACHIEVED), ("ít nhất 08 hội chợ", "9", EXCEEDED),
    ("từ 10 đến 14 hộ", "9", NOT_YET), ("từ 10 đến 14 hộ", "12", ACHIEVED), ("từ 10 đến 14 hộ", "15", EXCEEDED),
    ("2.000 lượt", "1999", NOT_YET), ("2.000 lượt", "2000", ACHIEVED), ("2.000 lượt", "2001", EXCEEDED),
    ("không quá 5 vụ", "6", NOT_YET), ("không quá 5 vụ", "5", ACHIEVED), ("không quá 5 vụ", "0", ACHIEVED),
    ("dưới 3%", "3", NOT_YET), ("dưới 3%", "2.99", ACHIEVED),
    ("không có hộ chăn nuôi", "0", ACHIEVED), ("không có hộ chăn nuôi", "1", NOT_YET),
    ("nhóm 05 đơn vị đứng đầu", "5", ACHIEVED), ("nhóm 05 đơn vị đứng đầu", "1", ACHIEVED),
    ("nhóm 05 đơn vị đứng đầu", "6", NOT_YET), ("nhóm 05 đơn vị đứng đầu", "0", NOT_YET),
    ("đạt 93,5%, phấn đấu 95%", "94", ACHIEVED), ("đạt 93,5%, phấn đấu 95%", "95", EXCEEDED),
    ("dưới 3%, phấn đấu 2%", "2.5", ACHIEVED), ("dưới 3%, phấn đấu 2%", "2", EXCEEDED),
    ("phấn đấu đạt 50%", "50", ACHIEVED), ("phấn đấu đạt 50%", "49", NOT_YET), ("phấn đấu trên 60%", "61", ACHIEVED),
    ("đạt 46%", "", CANNOT_SAY), ("đạt 46%", "nhiều", CANNOT_SAY), ("đạt 46%", "NaN", CANNOT_SAY),
])
def test_one_value(title: str, measured: str, expected: Achievement) -> None:
    assert evaluate(read_targets(title)[0], Measured(measured)) is expected


def test_nothing_measured_cannot_be_judged() -> None:
    assert evaluate(target(Comparator.ZERO, "0"), None) is CANNOT_SAY


def test_a_rate_is_exact_by_its_parts() -> None:
    third = target(Comparator.AT_LEAST, "33.4")
    assert evaluate(third, Measured(numerator="1", denominator="3")) is NOT_YET
    assert amount(third, Measured(numerator="1", denominator="3")) == Fraction(100, 3)
    # The parts stand before a rounded value beside them; over nothing there is no rate.
    assert evaluate(third, Measured("33.4", "1", "3")) is NOT_YET
    assert evaluate(third, Measured(numerator="1", denominator="0")) is CANNOT_SAY
    assert evaluate(third, Measured("33.4", "1", "0")) is ACHIEVED


EACH = read_targets("Mỗi phường xây dựng ít nhất 01 mô hình")[0]


def test_what_each_owes_is_met_by_all() -> None:
    values: dict[str, Measured | None] = {f"p-{number}": Measured("1") for number in range(13)}
    assert evaluate_units(EACH, values | {"p-13": Measured("0")}) == Outcome(NOT_YET, Fraction(13), 13, 14)
    assert evaluate_units(EACH, values | {"p-13": Measured("2")}) == Outcome(ACHIEVED, Fraction(14), 14, 14)
    assert evaluate_units(EACH, values | {"p-13": None}) == Outcome(CANNOT_SAY, Fraction(13), 13, 14, ("p-13",))
    some_failed = values | {"p-1": Measured("0"), "p-13": None}
    assert evaluate_units(EACH, some_failed) == Outcome(NOT_YET, Fraction(12), 12, 14, ("p-13",))
    assert evaluate_units(EACH, {}) == Outcome(CANNOT_SAY)


def test_a_share_of_units_counts_those_that_have_any() -> None:
    share = read_targets("13/14 TYT phường triển khai khám chữa bệnh")[0]
    values: dict[str, Measured | None] = {f"t-{number}": Measured("1") for number in range(13)}
    assert evaluate_units(share, values | {"t-13": Measured("0")}) == Outcome(ACHIEVED, Fraction(13), 13, 14)
    assert evaluate_units(share, values | {"t-12": Measured("0"), "t-13": Measured("0")}).achievement is NOT_YET
    assert evaluate_units(share, values | {"t-13": None}).achievement is ACHIEVED


def test_rates_are_sum_over_sum_and_never_a_mean() -> None:
    rate = target(Comparator.AT_LEAST, "90", rollup=Rollup.RATIO)
    values = {"a": Measured(numerator="1", denominator="1"), "b": Measured(numerator="80", denominator="99")}
    assert evaluate_units(rate, values) == Outcome(NOT_YET, Fraction(81))
    # A bare percentage cannot be rolled up, and a sum of percentages is none.
    bare = {"a": Measured(numerator="95", denominator="100"), "b": Measured("100")}
    assert evaluate_units(rate, bare) == Outcome(CANNOT_SAY, Fraction(95), missing=("b",))
    summed = target(Comparator.AT_LEAST, "90", rollup=Rollup.SUM)
    assert evaluate_units(summed, {"a": Measured("50"), "b": Measured("50")}).achievement is CANNOT_SAY


def test_sums_the_worst_and_official_figures() -> None:
    count = target(Comparator.COUNT, "10", unit="cây")
    assert evaluate_units(count, {"a": Measured("4"), "b": Measured("6")}) == Outcome(ACHIEVED, Fraction(10))
    assert evaluate_units(count, {"a": Measured("4"), "b": None}) == Outcome(CANNOT_SAY, Fraction(4), missing=("b",))
    assert evaluate_units(count, {"a": Measured("11"), "b": None}).achievement is EXCEEDED
    limit = target(Comparator.AT_MOST, "5", unit="vụ")
    assert evaluate_units(limit, {"a": Measured("6"), "b": None}).achievement is NOT_YET
    assert evaluate_units(limit, {"a": Measured("5"), "b": None}).achievement is CANNOT_SAY
    worst = target(Comparator.AT_LEAST, "80", rollup=Rollup.WORST)
    assert evaluate_units(worst, {"a": Measured("99"), "b": Measured("79")}) == Outcome(NOT_YET, Fraction(79))
    assert evaluate_units(worst, {"a": Measured("79"), "b": None}).achievement is NOT_YET
    assert evaluate_units(worst, {"a": Measured("99"), "b": None}).achievement is CANNOT_SAY
    most = target(Comparator.LESS_THAN, "3", rollup=Rollup.WORST)
    assert evaluate_units(most, {"a": Measured("1"), "b": Measured("3")}) == Outcome(NOT_YET, Fraction(3))


def test_an_official_figure_stands_with_its_difference() -> None:
    count = target(Comparator.COUNT, "10", unit="cây")
    units = {"a": Measured("4"), "b": Measured("5")}
    assert evaluate_units(count, units, Measured("10")) == Outcome(ACHIEVED, Fraction(10), difference=Fraction(1))
    assert evaluate_units(count, units | {"c": None}, Measured("10")).difference is None
    rank = target(Comparator.TOP, "5", unit="đơn vị", rollup=Rollup.OFFICIAL)
    assert evaluate_units(rank, {"a": Measured("1")}) == Outcome(CANNOT_SAY)
    assert evaluate_units(rank, {}, Measured("5")) == Outcome(ACHIEVED, Fraction(5))
    each = evaluate_units(EACH, {"a": Measured("1"), "b": Measured("0")}, Measured("2"))
    assert each == Outcome(ACHIEVED, Fraction(2), 1, 2, difference=Fraction(1))


DECIMALS = st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False).map(lambda value: f"{value:f}")
COMPARATORS = st.sampled_from([one for one in Comparator if one is not Comparator.RANGE])
FEWER = (Comparator.AT_MOST, Comparator.LESS_THAN, Comparator.ZERO)


@given(COMPARATORS, DECIMALS, DECIMALS, DECIMALS)
def test_more_never_undoes_what_is_met(comparator: Comparator, stated: str, value: str, more: str) -> None:
    one = target(comparator, stated)
    further = f"{Decimal(value) + Decimal(more):f}"
    before, after = evaluate(one, Measured(value)), evaluate(one, Measured(further))
    if comparator is not Comparator.TOP:
        worse, better = (after, before) if comparator in FEWER else (before, after)
        assert [NOT_YET, ACHIEVED, EXCEEDED].index(worse) <= [NOT_YET, ACHIEVED, EXCEEDED].index(better)
    assert CANNOT_SAY not in (before, after)


@given(st.dictionaries(st.text(max_size=3), st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)), min_size=1))
def test_a_rate_rolled_up_lies_between_the_units_rates(parts: dict[str, tuple[int, int]]) -> None:
    rate = target(Comparator.AT_LEAST, "50", rollup=Rollup.RATIO)
    measured = {unit: Measured(numerator=str(part), denominator=str(whole)) for unit, (part, whole) in parts.items()}
    value = evaluate_units(rate, measured).value
    rates = [Fraction(100 * part, whole) for part, whole in parts.values()]
    assert value is not None
    assert min(rates) <= value <= max(rates)
    assert value == Fraction(100 * sum(p for p, _ in parts.values()), sum(w for _, w in parts.values()))


@given(st.lists(st.one_of(st.none(), DECIMALS, st.text(max_size=6)), max_size=6), COMPARATORS,
       st.sampled_from(list(Rollup)), st.sampled_from(["", "phường"]), st.sampled_from(["%", "cây"]), DECIMALS)
def test_what_known_values_decide_no_missing_value_undoes(
    texts: list[str | None], comparator: Comparator, rollup: Rollup, each: str, unit: str, late: str,
) -> None:
    one = target(comparator, "50", unit=unit, rollup=rollup, each=each)
    values = {str(place): None if text is None else Measured(text) for place, text in enumerate(texts)}
    first = evaluate_units(one, values | {"late": None})
    if first.achievement in (NOT_YET, ACHIEVED) and not comparator == Comparator.TOP:
        then = evaluate_units(one, values | {"late": Measured(late)}).achievement
        met = (ACHIEVED, EXCEEDED)
        assert then is CANNOT_SAY or (then in met) == (first.achievement in met)
