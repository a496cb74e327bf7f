"""Breaking text into lines of a given width: at blanks first, inside a word only where no line could hold it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator

Measure = Callable[[str], float]

BOUND = "\u00a0"
"""A blank at which a line is broken only when the bound words do not fit on a line of their own."""
_AFTER = frozenset("/-–_&,.;:)+=\\")


def bind(name: str) -> str:
    """The name with its blanks bound: it moves to the next line whole rather than break inside."""
    return name.replace(" ", BOUND)


def wrap(text: str, width: float, measure: Measure) -> tuple[str, ...]:
    """The lines of ``text`` (its own line breaks kept) with none wider than ``width`` points.

    Bound words stay together if one line can hold them. A word wider than a line is broken after a stroke, hyphen
    or other sign where there is one, otherwise between letters. Lines come back with plain blanks.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_fill(_chunks(paragraph, width, measure), width, measure))
    return tuple(line.replace(BOUND, " ") for line in lines)


def wrap_evenly(text: str, width: float, measure: Measure) -> tuple[str, ...]:
    """As few lines as ``wrap`` makes, but of nearly the same length, as titles are set."""
    lines = wrap(text, width, measure)
    if len(lines) < 2:
        return lines
    low, high = width / 2, width
    while high - low > width / 50:
        middle = (low + high) / 2
        if len(wrap(text, middle, measure)) > len(lines):
            low = middle
        else:
            high = middle
    return wrap(text, high, measure)


def longest_word(text: str, measure: Measure) -> float:
    """The width of the widest word of the text, in points."""
    return max((measure(word) for word in text.replace(BOUND, " ").split()), default=0.0)


def _fill(chunks: Iterable[str], width: float, measure: Measure) -> Iterator[str]:
    blank = measure(" ")
    line = ""
    taken = 0.0
    for chunk in chunks:
        needed = measure(chunk)
        if not line:
            line, taken = chunk, needed
        elif taken + blank + needed <= width:
            line, taken = f"{line} {chunk}", taken + blank + needed
        else:
            yield line
            line, taken = chunk, needed
    yield line


def _chunks(paragraph: str, width: float, measure: Measure) -> Iterator[str]:
    """The unbreakable pieces of a paragraph, each no wider than the line."""
    for chunk in paragraph.split(" "):
        if not chunk:
            continue
        if measure(chunk) <= width:
            yield chunk
        elif BOUND in chunk:
            # A name wider than the line: it breaks at its own blanks, but begins on a line of its own.
            yield from _fill(_chunks(chunk.replace(BOUND, " "), width, measure), width, measure)
        else:
            yield from _pieces(chunk, width, measure)


def _pieces(word: str, width: float, measure: Measure) -> Iterator[str]:
    rest = word
    while measure(rest) > width:
        cut = _cut(rest, width, measure)
        yield rest[:cut]
        rest = rest[cut:]
    yield rest


def _cut(word: str, width: float, measure: Measure) -> int:
    """Where to break a word: after the last sign that fits, else after the last letter that fits; at least one."""
    taken = 0.0
    fitting = 0
    sign = 0
    for index, char in enumerate(word):
        taken += measure(char)
        if taken > width:
            break
        fitting = index + 1
        if char in _AFTER:
            sign = fitting
    while 1 < fitting < len(word) and unicodedata.combining(word[fitting]):
        fitting -= 1
    return sign or max(fitting, 1)
