"""Column widths that fit the content: no word broken where it can be helped, and as few lines as possible."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from desktop.reports.layouts import MM, ColumnLayout

_STEP = 2 * MM
_MOST_ROWS = 64
# Lines are never filled to the end: a text takes about this much more than its own length.
_RAGGED = 1.1
# A single word may widen its column by this much; longer ones are broken.
_WORD_LIMIT = 1.4
_HEIGHT_WEIGHT = 6

Texts = Sequence[Sequence[Sequence[float]]]
"""Per row, per column: the lengths of the paragraphs of the cell, in points."""


def column_widths(
    columns: Sequence[ColumnLayout], total: float, words: Sequence[float], texts: Texts, padding: float
) -> tuple[float, ...]:
    """Widths that add up to ``total`` points.

    ``words`` is the widest word of each column. Starting from the layout's widths, room is moved from column to column
    in steps of 2 mm as long as the rows (a sample of at most 64) get lower in sum. The same content gives the same
    widths.
    """
    wished = [min(word + 2 * padding, column.width * _WORD_LIMIT) for column, word in zip(columns, words, strict=True)]
    least = _least([column.least for column in columns], wished, total)
    widths = _fitted([max(column.width, low) for column, low in zip(columns, least, strict=True)], least, total)
    stride = ceil(len(texts) / _MOST_ROWS) or 1
    return tuple(_settled(widths, least, texts[::stride], padding))


def _least(least: Sequence[float], wished: Sequence[float], total: float) -> list[float]:
    """The least widths, raised for long words as far as there is room for all."""
    extra = [max(wish - low, 0.0) for wish, low in zip(wished, least, strict=True)]
    share = min(1.0, max(total - sum(least), 0.0) / (sum(extra) or 1.0))
    return [low + more * share for low, more in zip(least, extra, strict=True)]


def _fitted(widths: list[float], least: list[float], total: float) -> list[float]:
    """Widths scaled to ``total``, taking only what stands above the least widths where that is enough."""
    if sum(least) >= total:
        return [low * total / sum(least) for low in least]
    slack = [width - low for width, low in zip(widths, least, strict=True)]
    if not sum(slack):
        return [width + (total - sum(widths)) / len(widths) for width in widths]
    share = (total - sum(least)) / sum(slack)
    return [low + part * share for low, part in zip(least, slack, strict=True)]


def _settled(widths: list[float], least: list[float], texts: Texts, padding: float) -> list[float]:
    lines = [[_lines(row[c], widths[c] - 2 * padding) for row in texts] for c in range(len(widths))]
    best = _cost(lines)
    while True:
        found: tuple[int, int, list[int], list[int]] | None = None
        wider = [[_lines(row[c], width + _STEP - 2 * padding) for row in texts] for c, width in enumerate(widths)]
        for giver, width in enumerate(widths):
            if width - _STEP < least[giver]:
                continue
            narrower = [_lines(row[giver], width - _STEP - 2 * padding) for row in texts]
            for taker in range(len(widths)):
                if taker == giver or wider[taker] == lines[taker]:
                    continue
                trial = list(lines)
                trial[giver], trial[taker] = narrower, wider[taker]
                cost = _cost(trial)
                if cost < best:
                    best, found = cost, (giver, taker, narrower, wider[taker])
        if found is None:
            return widths
        giver, taker, lines[giver], lines[taker] = found
        widths[giver] -= _STEP
        widths[taker] += _STEP


def _lines(paragraphs: Sequence[float], room: float) -> int:
    return sum([ceil(length * _RAGGED / room) or 1 for length in paragraphs])


def _cost(lines: Sequence[Sequence[int]]) -> int:
    """The rows' heights in sum, in lines; the lines of all cells weigh a little, so that of two high cells one can go
    before the other.
    """
    return _HEIGHT_WEIGHT * sum(map(max, *lines)) + sum(map(sum, lines)) if lines else 0
