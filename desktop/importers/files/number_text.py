"""Numbers of a sheet as an office reads them: days as dd/mm/yyyy, 93,5 %, 1.500, by the number format of the cell.

Source: ECMA-376 part 1, 18.8.30 and 18.8.31 (built-in and written number formats); office.md "Vietnamese text".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0",
    38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
}
"""Formats that files name by number alone; those left out print a number as it is."""
_ASIDE = re.compile(r'"([^"]*)"|\\(.)|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]|_.|\*.', re.IGNORECASE)
_PATTERN = re.compile(r"[#0?][#0?,.]*")
_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LAST_SERIAL = 2_958_465
"""31/12/9999."""
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a number format asks for. ``parts`` are the letters of a date ("dmy", "my", "h"), empty for numbers."""

    parts: str = ""
    plain: bool = True
    decimals: int = 0
    digits: int = 1
    grouped: bool = False
    percent: bool = False
    before: str = ""
    after: str = ""


def number_text(value: str, code: str, since_1904: bool = False) -> tuple[str, bool]:
    """(text, whether it is still a number) of a stored number under a format code; "" is the general format.

    A value that is no number comes back as it is.
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value, False
    if not number.is_finite() or abs(number.adjusted()) > 308:
        return value, False
    shape = _shape(code)
    if shape.parts and 0 <= number <= _LAST_SERIAL and (number >= 1 or shape.parts == "h"):
        return _day_text(number, shape.parts, since_1904), False
    if shape.plain or shape.parts:
        return f"{shape.before}{_general(number)}{shape.after}", not (shape.before or shape.after)
    return _formatted(number, shape), not shape.percent and not (shape.before or shape.after)


def iso_day(text: str) -> str:
    """A day that a file stores as text (2023-09-14T00:00:00) as an office writes it; other text as it is."""
    try:
        return f"{date.fromisoformat(text[:10]):%d/%m/%Y}"
    except ValueError:
        return text


@lru_cache(maxsize=4096)
def _shape(code: str) -> _Shape:
    first = code.split(";")[0]
    if not first or first.lower() in ("general", "@"):
        return _Shape()
    bare = _ASIDE.sub("", first)
    letters = {letter for letter in bare.lower() if letter in "dmyhs"}
    if letters and not set("#0?") & set(re.sub(r"\.0+", "", bare)):
        if "y" in letters or "d" in letters:
            return _Shape(parts="dmy" if "d" in letters else "my" if "m" in letters else "y", plain=False)
        return _Shape(parts="h" if letters & set("hs") else "my", plain=False)
    told = _ASIDE.sub(lambda found: found[1] or found[2] or "", first)
    if "general" in bare.lower():
        before, after = re.split("general", told, maxsplit=1, flags=re.IGNORECASE)
        return _Shape(before=before, after=after)
    pattern = _PATTERN.search(told)
    if pattern is None or re.search(r"[eE][+-]|/", bare):
        return _Shape()
    whole, _, fraction = pattern[0].partition(".")
    after = told[pattern.end():]
    return _Shape(
        plain=False, decimals=len(fraction.replace(",", "")), digits=max(whole.count("0"), 1), grouped="," in whole,
        percent="%" in bare, before=told[:pattern.start()].lstrip(), after=after.replace("%", ""),
    )


def _day_text(number: Decimal, parts: str, since_1904: bool) -> str:
    whole = int(number)
    if parts == "h":
        minutes = int(((number - whole) * 1440).to_integral_value(ROUND_HALF_UP))
        return f"{minutes // 60:02}:{minutes % 60:02}"
    try:
        day = (_EPOCH_1904 if since_1904 else _EPOCH_1900) + timedelta(days=whole)
    except OverflowError:
        return _general(number)
    return {"dmy": f"{day:%d/%m/%Y}", "my": f"{day:%m/%Y}", "y": f"{day:%Y}"}[parts]


def _general(number: Decimal) -> str:
    """As the general format shows it: no digits that binary fractions made up (0.1 + 0.2), comma for the point."""
    number = Decimal(f"{number:.{_MOST_DIGITS}g}")
    text = f"{number.normalize():f}" if -12 < number.adjusted() < 21 else f"{number.normalize():E}"
    return text.replace(".", ",")


def _formatted(number: Decimal, shape: _Shape) -> str:
    if shape.percent:
        number *= 100
    if number.adjusted() > 27:
        return _general(number)
    rounded = Decimal(f"{number:.{_MOST_DIGITS}g}").quantize(Decimal(1).scaleb(-min(shape.decimals, 15)), ROUND_HALF_UP)
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    whole = whole.zfill(min(shape.digits, 12))
    if shape.grouped:
        whole = f"{int(whole):,}".replace(",", ".")
    text = f"{'-' if rounded < 0 else ''}{whole}{',' + fraction if fraction else ''}{'%' if shape.percent else ''}"
    return f"{shape.before}{text}{shape.after.rstrip()}"
