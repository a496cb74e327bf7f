"""Our window on the data folder given: the moment the plan's rows are painted, the memory once it rests.

It starts as ``sotiendo --data DIR`` does, through the same ``main``.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from desktop.__main__ import main
from desktop.ui.parts.rowtable import RowTable
from desktop.ui.shell.window import MainWindow
from tests.benchmarks.stamps import now, peak_memory, tell

_ROUNDS = 6
"""How often the worker must have answered before the window rests: an answer may ask for more."""
_PAINTING = "paintEvent"


class Watch:
    """Notes the first painting of a table with rows, then waits until the window rests, then closes it."""

    def __init__(self) -> None:
        self._painted = 0.0
        self._rounds = 0

    def paint_over(self) -> None:
        """The rows are on the screen."""
        if not self._painted:
            self._painted = now()
            self._rest(None)

    def _rest(self, _answer: None) -> None:
        window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
        if self._rounds < _ROUNDS:
            self._rounds += 1
            QTimer.singleShot(0, lambda: window.runner.run(lambda _ws: None, self._rest))
            return
        tell(painted=self._painted, rested=now(), memory=peak_memory())
        window.close()
        QApplication.quit()


def watch_tables(watch: Watch) -> None:
    """Have the painting of a table with rows told to the watch, once it is over and flushed, not in its midst."""
    plain = RowTable.paintEvent

    def paint(table: RowTable, event: QPaintEvent) -> None:
        plain(table, event)
        if table.model() is not None and table.model().rowCount():
            QTimer.singleShot(0, watch.paint_over)

    setattr(RowTable, _PAINTING, paint)


if __name__ == "__main__":
    watch_tables(Watch())
    sys.exit(main(["--data", sys.argv[1]]))
