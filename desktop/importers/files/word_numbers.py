"""Numbers that Word sets before list paragraphs itself: they are no text of the file and are worked out again here.

Source: ECMA-376 part 1, 17.9 (numbering).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_DEEPEST = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: its first number, the kind of number, the text around it ("%1.%2")."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class _List:
    """A list as paragraphs name it; several may count on in one ``base``."""

    base: str
    restarts: dict[int, int] = field(default_factory=dict)


class WordNumbers:
    """Counts the lists of a document, paragraph after paragraph. ``root`` is the part of numberings, or None."""

    def __init__(self, root: Element | None, space: str) -> None:
        self._space = space
        self._bases: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for one in root.findall(f"{space}abstractNum") if root is not None else ():
            levels = (self._level(level) for level in one.findall(f"{space}lvl"))
            self._bases[one.get(f"{space}abstractNumId", "")] = dict(levels)
        for one in root.findall(f"{space}num") if root is not None else ():
            self._lists[one.get(f"{space}numId", "")] = self._list(one)

    def _level(self, element: Element) -> tuple[int, _Level]:
        return int(element.get(f"{self._space}ilvl", "0")), _Level(
            int(self._value(element, "start", "1")), self._value(element, "numFmt", "decimal"),
            self._value(element, "lvlText", ""),
        )

    def _list(self, element: Element) -> _List:
        made = _List(self._value(element, "abstractNumId", ""))
        for override in element.findall(f"{self._space}lvlOverride"):
            start = self._value(override, "startOverride", "")
            if start:
                made.restarts[int(override.get(f"{self._space}ilvl", "0"))] = int(start)
        return made

    def _value(self, element: Element, name: str, otherwise: str) -> str:
        found = element.find(f"{self._space}{name}")
        return otherwise if found is None else found.get(f"{self._space}val", otherwise)

    def label(self, list_id: str, level: int) -> tuple[str, bool]:
        """(what stands before the next paragraph of a list, whether it counts); ("", False) for no list."""
        found = self._lists.get(list_id)
        levels = self._bases.get(found.base, {}) if found else {}
        if found is None or not 0 <= level < _DEEPEST or level not in levels:
            return "", False
        counts = self._counts.setdefault(found.base, {})
        if level in found.restarts:
            counts[level] = found.restarts.pop(level) - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in range(level + 1, _DEEPEST):
            counts.pop(deeper, None)
        if levels[level].kind == "bullet":
            return "-", False
        text = levels[level].text
        for rank in range(_DEEPEST):
            if f"%{rank + 1}" in text:
                shape = levels.get(rank, _Level())
                text = text.replace(f"%{rank + 1}", _number(counts.get(rank, shape.start), shape.kind))
        return text, True


def _number(value: int, kind: str) -> str:
    if kind in ("upperRoman", "lowerRoman") and 0 < value < 4000:
        roman = ""
        for size, sign in _ROMAN:
            count, value = divmod(value, size)
            roman += sign * count
        return roman.upper() if kind == "upperRoman" else roman
    if kind in ("upperLetter", "lowerLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 30)
        return letter.upper() if kind == "upperLetter" else letter
    if kind == "none":
        return ""
    return f"{value:02}" if kind == "decimalZero" else str(value)
