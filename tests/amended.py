"""Newer versions of the bundled plan, made by editing the lines of its file as an office would."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.offices import PLAN

INSERTED = "Lắp đặt trạm quan trắc chất lượng không khí tại các nút giao thông lớn"


@dataclass
class Amendment:
    """The lines of the plan, to be changed and written. Rows are named by a beginning of their title."""

    lines: list[str] = field(default_factory=lambda: PLAN.read_text(encoding="utf-8").split("\n"))

    def at(self, title: str) -> int:
        """The place of the only row whose content begins so."""
        (place,) = [n for n, line in enumerate(self.lines) if line.split("\t")[1:2] and
                    line.split("\t")[1].startswith(title)]
        return place

    def cell(self, title: str, column: int, text: str) -> Amendment:
        """Print another text in a cell (0 number, 1 content, 3 lead unit, 6 end)."""
        place = self.at(title)
        cells = self.lines[place].split("\t")
        cells[column] = text
        self.lines[place] = "\t".join(cells)
        return self

    def insert(self, before: str, row: str) -> Amendment:
        """Put a row (cells parted by |) in before another with its number; later numbers of the heading shift."""
        place = self.at(before)
        code = self.lines[place].split("\t")[0]
        self.lines.insert(place, "\t".join([code, *row.split("|")]))
        self._shift(place + 1, code, 1)
        return self

    def delete(self, title: str) -> Amendment:
        """Take a row out; later numbers of the heading shift."""
        place = self.at(title)
        head, _, number = self.lines.pop(place).split("\t")[0].rpartition(".")
        self._shift(place, f"{head}.{int(number) + 1}", -1)
        return self

    def _shift(self, start: int, first: str, by: int) -> None:
        """Add to the numbers from the first one on, as far as they follow each other."""
        head, _, number = first.rpartition(".")
        following = int(number)
        for place in range(start, len(self.lines)):
            code, *cells = self.lines[place].split("\t")
            if code == f"{head}.{following}" and any(cells[1:]):
                self.lines[place] = "\t".join([f"{head}.{following + by}", *cells])
                following += 1

    def write(self, folder: Path, name: str = "bản mới.txt") -> Path:
        """The newer version as a file."""
        path = folder / name
        path.write_text("\n".join(self.lines), encoding="utf-8")
        return path
