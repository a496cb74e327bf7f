"""A text of a few lines: wrapped, ending in an ellipsis where it is longer, whole in its tip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.parts.face import Face


class Brief(QWidget):
    """``most`` lines of text, always as high as those."""

    def __init__(self, most: int, *, muted: bool = False) -> None:
        super().__init__()
        self._most = most
        self._muted = muted
        self._text = ""
        self._face = Face(self.font())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(200, self._most * self._face.line + 2)

    def minimumSizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(60, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._face = Face(self.font())
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tip stands only while the text is cut."""
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        cut = len(self._face.lines(self._text, self.width())) > self._most
        self.setToolTip(self._text if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines."""
        painter = QPainter(self)
        c = theme.colours()
        colour: QColor = c.muted if self._muted else c.text
        self._face.draw(painter, 0, 0, self._face.lines(self._text, self.width(), self._most), colour)
        painter.end()
