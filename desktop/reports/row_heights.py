"""How high a row of a workbook must be for its wrapped text.

Excel fits rows without a height when it opens a file, LibreOffice does not; so heights are written. No font file is
asked: widths come from a table of Times letters, which is near enough for counting lines.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from desktop.reports.wrapping import wrap

_SIZE = 11.0
_LINE = 14.5
_ROOM_ABOVE_AND_BELOW = 2.0
_HIGHEST = 409.0
# One unit of column width is a digit of the standard font, 7 pixels at 96 dpi.
_UNIT = 5.25
# Advance widths of Times in 1/1000 of the size, by the letters that share them; marks do not widen a letter.
_WIDTHS = {
    250: " ,.\u00a0",
    278: "ijlt;:/",
    333: "frI-()[]!'“”‘’\"",
    389: "sJ",
    444: "acez?",
    500: "bdghknopquvxy0123456789_*$–đơư",
    556: "FPS",
    611: "ELTZ",
    667: "BCR",
    722: "ADGHKNOQUVXYwĐƠƯ",
    778: "m&",
    889: "M",
    944: "W",
    833: "%",
}
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_OTHER = 556


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """The height in points for cells of (text, column width in letters), at most Excel's 409."""
    lines = max((len(wrap(text, width * _UNIT, _measure)) for text, width in cells if text), default=1)
    return min(lines * _LINE + _ROOM_ABOVE_AND_BELOW, _HIGHEST)


@lru_cache(maxsize=8192)
def _measure(text: str) -> float:
    return sum([_letter(letter) for letter in text]) * _SIZE / 1000


@lru_cache(maxsize=2048)
def _letter(letter: str) -> int:
    if letter in _WIDTH_OF:
        return _WIDTH_OF[letter]
    return _WIDTH_OF.get(unicodedata.normalize("NFD", letter)[0], _OTHER)
