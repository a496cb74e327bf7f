"""Which rows stand on which page: headings stay with their rows, no row is cut that a page could hold.

Rules: office.md, "Sheets as they are filed"; heights in points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from desktop.reports.tables import SetRow

Split = Callable[[SetRow, float], tuple[SetRow, SetRow]]

_FEWEST_LINES = 4
# A page may be filled to the last hair's breadth despite sums of fractions.
_HAIR = 0.01


class Paginator:
    """Fills pages with rows. ``first`` and ``full`` are the heights free for rows on the first and on later pages."""

    def __init__(self, first: float, full: float, leading: float, split: Split) -> None:
        self.pages: list[list[SetRow]] = [[]]
        self._left = first
        self._full = full
        self._least = _FEWEST_LINES * leading
        self._split = split

    def fill(self, rows: Sequence[SetRow], closing: float) -> list[list[SetRow]]:
        """The rows of each page. On the last one ``closing`` is left free below the last row, for the signature block,
        which so never stands alone. The first page may be empty where its room holds no row.
        """
        chains = list(_chains(rows))
        closing = min(closing, self._full - 2 * self._least)
        if chains and _height(chains[-1]) + closing > self._full + _HAIR:
            # The last row, its headings, the notes and the signature are too much for one page: the notes may go over.
            chains[-1:] = _parted(chains[-1])
        for index, chain in enumerate(chains):
            below = closing if index == len(chains) - 1 else 0.0
            needed = _height(chain) + below
            if needed <= self._left + _HAIR:
                self._place(chain)
            elif needed <= self._full + _HAIR:
                self._turn()
                self._place(chain)
            else:
                self._flow(chain, below)
        return self.pages

    def _place(self, rows: Sequence[SetRow]) -> None:
        for row in rows:
            self.pages[-1].append(row)
            self._left -= row.height

    def _turn(self) -> None:
        self.pages.append([])
        self._left = self._full

    def _flow(self, chain: Sequence[SetRow], below: float) -> None:
        """A chain taller than a page: what does not fit goes on overleaf."""
        opening = _height(chain[:-1])
        if self._left < opening + self._least and opening + self._least <= self._full:
            self._turn()
        for row in chain[:-1]:
            self._pour(row, 0.0)
        self._pour(chain[-1], below)

    def _pour(self, row: SetRow, below: float) -> None:
        while row.height + below > self._left + _HAIR:
            if row.height <= self._left + _HAIR and _lines(row) > 1:
                # Only what comes below is too much: it takes the last lines along.
                part, row = self._split(row, row.height - self._least)
                self._place([part])
            elif row.height > self._left + _HAIR and self._left >= self._least:
                part, row = self._split(row, self._left)
                self._place([part])
            self._turn()
        self._place([row])


def _lines(row: SetRow) -> int:
    return max((len(cell.lines) for cell in row.cells), default=0)


def _height(rows: Sequence[SetRow]) -> float:
    return sum(row.height for row in rows)


def _parted(chain: Sequence[SetRow]) -> list[list[SetRow]]:
    """The framed rows of a chain and the notes below them as two chains."""
    parts = ([row for row in chain if row.row.framed], [row for row in chain if not row.row.framed])
    return [part for part in parts if part]


def _chains(rows: Sequence[SetRow]) -> Iterator[list[SetRow]]:
    """Runs of rows that belong on one page: each ends with the first row that is not kept with the next."""
    chain: list[SetRow] = []
    for row in rows:
        chain.append(row)
        if not row.row.keep_with_next:
            yield chain
            chain = []
    if chain:
        yield chain
