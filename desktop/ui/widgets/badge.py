"""A status as a small pill: mark, word and colours together."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.theme import StatusStyle

_SIDE = 7
_ABOVE = 2


def badge_font(font: QFont) -> QFont:
    """The face of a badge: bold and half a point smaller than the text."""
    made = QFont(font)
    made.setBold(True)
    made.setPointSizeF(font.pointSizeF() - 0.5)
    return made


def badge_size(style: StatusStyle, font: QFont) -> QSize:
    """How much room the badge takes beside text of ``font``."""
    metrics = QFontMetrics(badge_font(font))
    return QSize(metrics.horizontalAdvance(style.text) + 2 * _SIDE + 1, metrics.height() + 2 * _ABOVE)


def paint_badge(painter: QPainter, at: QPoint, width: int, style: StatusStyle, font: QFont) -> QRect:
    """Paint the badge with its top left corner at ``at``, at most ``width`` wide; the area painted."""
    size = badge_size(style, font)
    area = QRect(at, QSize(min(size.width(), width), size.height()))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.bg)
    painter.drawRoundedRect(area, 3, 3)
    painter.setPen(style.fg)
    made = badge_font(font)
    painter.setFont(made)
    inner = area.adjusted(_SIDE, 0, -_SIDE + 1, 0)
    text = QFontMetrics(made).elidedText(style.text, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()
    return area


class Badge(QWidget):
    """A badge as a widget; its accessible name is the mark and the word."""

    def __init__(self, style: StatusStyle | None = None) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._style = style
        self.show_style(style)

    def show_style(self, style: StatusStyle | None) -> None:
        """Show another status, or none."""
        self._style = style
        self.setAccessibleName(style.text if style else "")
        self.setVisible(style is not None)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for mark and word."""
        return badge_size(self._style, self.font()) if self._style else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """Room for the mark and a few letters."""
        return QSize(min(40, self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pill."""
        if self._style:
            painter = QPainter(self)
            paint_badge(painter, QPoint(0, 0), self.width(), self._style, self.font())
            painter.end()
