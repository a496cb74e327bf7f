"""Breaks text into lines of a given width; the lines measured are the very lines painted."""

from __future__ import annotations

from collections.abc import Callable

Advance = Callable[[str], int]
ELLIPSIS = "…"
_JOINTS = "-–/,;"
"""A word too wide for a line is cut behind one of these where it has one."""


def _split_word(word: str, width: int, advance: Advance) -> list[str]:
    """A word wider than a line, cut where it must be; every piece has at least one letter."""
    pieces: list[str] = []
    while word and advance(word) > width:
        fits = 1
        while fits < len(word) and advance(word[: fits + 1]) <= width:
            fits += 1
        fits = max(word.rfind(joint, 0, fits) + 1 for joint in _JOINTS) or fits
        pieces.append(word[:fits])
        word = word[fits:]
    return [*pieces, word] if word else pieces


def _paragraph(text: str, width: int, advance: Advance) -> list[str]:
    lines: list[str] = []
    line = ""
    used = 0
    blank = advance(" ")
    for word in text.split():
        needed = advance(word)
        if line and used + blank + needed <= width:
            line += " " + word
            used += blank + needed
            continue
        if line:
            lines.append(line)
        if needed > width:
            *full, word = _split_word(word, width, advance)
            lines.extend(full)
            needed = advance(word)
        line, used = word, needed
    lines.append(line)
    return lines


def wrap(text: str, width: int, advance: Advance, most: int = 0) -> tuple[str, ...]:
    """The lines of ``text`` at ``width`` pixels, at least one.

    Blanks are where lines break; a line break in the text stays one. With ``most`` above 0 no more lines than that,
    the last one then ending in an ellipsis.
    """
    width = max(width, 1)
    if "\n" not in text and advance(text) <= width:
        return (text,)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_paragraph(paragraph, width, advance))
        if most and len(lines) > most:
            return (*lines[: most - 1], shorten(lines[most - 1] + ELLIPSIS, width, advance))
    return tuple(lines)


def shorten(text: str, width: int, advance: Advance) -> str:
    """``text`` on one line, ending in an ellipsis where it does not fit."""
    if advance(text) <= width:
        return text
    kept = text.removesuffix(ELLIPSIS)
    while kept and advance(kept.rstrip() + ELLIPSIS) > width:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS
