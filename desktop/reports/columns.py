"""Column widths that fit the content: no word broken where it can be helped, and as few lines as possible."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from desktop.reports.layouts import MM, ColumnLayout

_STEPS = (16 * MM, 8 * MM, 4 * MM, 2 * MM)
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
    in steps, wide ones first, as long as the rows (a sample of at most 64) get lower in sum. The same content gives
    the same widths.
    """
    wished = [min(word + 2 * padding, column.width * _WORD_LIMIT) for column, word in zip(columns, words, strict=True)]
    least = _least([column.least for column in columns], wished, total)
    widths = _fitted([max(column.width, low) for column, low in zip(columns, least, strict=True)], least, total)
    stride = ceil(len(texts) / _MOST_ROWS) or 1
    for step in _STEPS:
        _settle(widths, least, texts[::stride], padding, step)
    return tuple(widths)


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


def _settle(widths: list[float], least: list[float], texts: Texts, padding: float, step: float) -> None:
    """Move ``step`` from one column to another, the best pair first, until no move lowers the rows."""
    count = range(len(widths))
    lines = [_column(texts, index, widths[index] - 2 * padding) for index in count]
    best = _cost(lines)
    while True:
        found: tuple[int, int, list[int], list[int]] | None = None
        wider = [_column(texts, index, widths[index] + step - 2 * padding) for index in count]
        for giver in (index for index in count if widths[index] - step >= least[index]):
            narrower = _column(texts, giver, widths[giver] - step - 2 * padding)
            for taker in (index for index in count if index != giver and wider[index] != lines[index]):
                trial = list(lines)
                trial[giver], trial[taker] = narrower, wider[taker]
                if (cost := _cost(trial)) < best:
                    best, found = cost, (giver, taker, narrower, wider[taker])
        if found is None:
            return
        giver, taker, lines[giver], lines[taker] = found
        widths[giver] -= step
        widths[taker] += step


def _column(texts: Texts, index: int, room: float) -> list[int]:
    return [_lines(row[index], room) for row in texts]


def _lines(paragraphs: Sequence[float], room: float) -> int:
    return sum([ceil(length * _RAGGED / room) or 1 for length in paragraphs])


def _cost(lines: Sequence[Sequence[int]]) -> int:
    """The rows' heights in sum, in lines; the lines of all cells weigh a little, so that of two high cells one can go
    before the other.
    """
    return _HEIGHT_WEIGHT * sum(map(max, *lines)) + sum(map(sum, lines)) if lines else 0
