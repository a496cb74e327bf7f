"""What the marks of the Gantt mean, drawn by the very painter that draws them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.parts.face import Face
from desktop.ui.plan.brushes import diamond, hatching
from desktop.ui.theme import Tone

_SAMPLE = 24
_GAP = 16
_PAD = 10
_ENTRIES = (
    ("filled", "đã báo cáo"),
    ("hatched", "thời gian suy ra từ văn bản"),
    ("due", "hạn hoàn thành"),
    ("continuous", "thường xuyên"),
    ("undated", "○ chưa ấn định · ◊ theo sự kiện · → theo việc khác · ! cần rà soát"),
)


class Legend(QWidget):
    """One line; entries that do not fit are left out, and the tooltip has them all."""

    def __init__(self) -> None:
        super().__init__()
        words = "; ".join(words for _, words in _ENTRIES)
        self.setAccessibleName(f"Chú giải biểu đồ: {words}")
        self.setToolTip(
            "Thanh đặc: phần đã báo cáo\nGạch chéo: thời gian bắt đầu suy ra từ văn bản\n"
            "Hình thoi: hạn hoàn thành\nKhung nét đứt: thường xuyên\n"
            "○ chưa ấn định thời gian   ◊ theo sự kiện   → theo việc khác   ! cần rà soát"
        )
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _face(self) -> Face:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.88)
        return Face(font)

    def sizeHint(self) -> QSize:
        """One line of small text."""
        return QSize(200, self._face().line + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The entries from the left."""
        c = theme.colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), c.panel)
        painter.setPen(QPen(c.line, 1))
        painter.drawLine(0, 0, self.width(), 0)
        face = self._face()
        top = (self.height() - face.line) // 2 + 1
        x = _PAD
        for kind, words in _ENTRIES:
            sample = 0 if kind == "undated" else _SAMPLE + 5
            if x + sample + face.advance(words) > self.width() - _PAD // 2:
                break
            if sample:
                self._sample(painter, kind, QRectF(x, self.height() / 2 - 5, _SAMPLE, 10))
            face.draw(painter, x + sample, top, (words,), c.muted)
            x += sample + face.advance(words) + _GAP
        painter.end()

    def _sample(self, painter: QPainter, kind: str, box: QRectF) -> None:
        c = theme.colours()
        tone = c.tones[Tone.BLUE]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if kind == "due":
            diamond(painter, box.center().x(), box.center().y(), c.text)
        elif kind == "continuous":
            pen = QPen(tone.bar, 1.2, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.setBrush(tone.bg)
            painter.drawRoundedRect(box, 3, 3)
        else:
            painter.setPen(QPen(tone.bar, 1))
            painter.setBrush(tone.bar if kind == "filled" else hatching(c.hatch.name(), self.devicePixelRatioF()))
            painter.drawRoundedRect(box, 2, 2)
        painter.restore()
