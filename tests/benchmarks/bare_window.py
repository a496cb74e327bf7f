"""The floor of every window: QApplication, one QWidget shown, painted once, the end."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.benchmarks.stamps import now, peak_memory, tell


class Bare(QWidget):
    """Ends the program once it has been painted."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Told when the paint is over and flushed, not in its midst."""
        super().paintEvent(event)
        QTimer.singleShot(0, self._painted)

    def _painted(self) -> None:
        tell(painted=now(), memory=peak_memory())
        QApplication.quit()


def main() -> int:
    """Show the window until it is painted."""
    app = QApplication([])
    window = Bare()
    window.resize(1366, 768)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
