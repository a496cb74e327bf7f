"""Small pieces every screen is made of: labels, buttons, cards, lines and bars with the look of the theme."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.theme import colours

Part = QWidget | QLayout | int | None
Margins = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels."""
NO_MARGINS: Margins = (0, 0, 0, 0)


def label(text: str = "", look: str = "", *, wrap: bool = False, copyable: bool = False) -> QLabel:
    """A label of plain text; ``look`` is a look of the style sheet ("muted", "heading", "wrong")."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
    if look:
        made.setProperty("look", look)
    if copyable:
        _let_copy(made)
    return made


class Title(QLabel):
    """A bold label some points larger than the text; it follows when the size of text changes."""

    def __init__(self, text: str, points: float = 2.0) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", "heading")
        self._points = points
        self._size()

    def event(self, event: QEvent) -> bool:
        """The application's font changed: take its size again."""
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._size()
        return super().event(event)

    def _size(self) -> None:
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() + self._points)
        font.setBold(True)
        self.setFont(font)


def title(text: str, points: float = 2.0, *, copyable: bool = False) -> Title:
    """A bold label ``points`` larger than the text."""
    made = Title(text, points)
    if copyable:
        _let_copy(made)
    return made


def _let_copy(which: QLabel) -> None:
    which.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )


def button(text: str, pressed: Callable[[], None], look: str = "", *, tip: str = "") -> QPushButton:
    """A button; ``look`` is "primary", "link" or "chip"."""
    made = QPushButton(text)
    if look:
        made.setProperty("look", look)
    if tip:
        made.setToolTip(tip)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: pressed())
    return made


def draw_tick(painter: QPainter, box: QRectF, *, checked: bool, focused: bool = False) -> None:
    """A box to tick in the colours of the theme: Fusion's own is lost on a dark ground."""
    c = colours()
    painter.setPen(c.blue if checked or focused else c.muted)
    painter.setBrush(c.blue_fill if checked else c.field)
    painter.drawRoundedRect(box, 3, 3)
    if checked:
        painter.setPen(QPen(c.on_blue, 2))
        corners = ((0.22, 0.52), (0.42, 0.72), (0.78, 0.3))
        painter.drawPolyline([box.topLeft() + QPointF(x * box.width(), y * box.height()) for x, y in corners])


class Tick(QCheckBox):
    """A check box drawn in the colours of the theme."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, tick, words, and a line around the words while it has the keys."""
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self.fontMetrics().ascent()
        box = QRectF(1.5, (self.height() - side) / 2 + 0.5, side - 1, side - 1)
        draw_tick(painter, box, checked=self.isChecked(), focused=self.hasFocus())
        words = self.rect().adjusted(side + 8, 0, 0, 0)
        painter.setPen(c.text)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            width = self.fontMetrics().horizontalAdvance(self.text())
            painter.setPen(c.blue)
            painter.drawLine(words.x(), self.height() - 1, words.x() + width, self.height() - 1)
        painter.end()


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after a property it looks at has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def frame(look: str, layout: QLayout | None = None) -> QFrame:
    """A frame with a look of the style sheet: "card", "bar", "foot", "nav", "drop", "ground"."""
    made = QFrame()
    made.setProperty("look", look)
    if layout is not None:
        made.setLayout(layout)
    return made


def row(*parts: Part, spacing: int = 8, margins: Margins = NO_MARGINS) -> QHBoxLayout:
    """Parts side by side; an int is a gap in pixels, None takes the room that is left."""
    made = QHBoxLayout()
    _fill(made, parts, spacing, margins)
    return made


def column(*parts: Part, spacing: int = 8, margins: Margins = NO_MARGINS) -> QVBoxLayout:
    """Parts one below the other; an int is a gap in pixels, None takes the room that is left."""
    made = QVBoxLayout()
    _fill(made, parts, spacing, margins)
    return made


def _fill(layout: QBoxLayout, parts: tuple[Part, ...], spacing: int, margins: Margins) -> None:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)


def rule() -> QFrame:
    """A thin horizontal line between groups."""
    made = QFrame()
    made.setFrameShape(QFrame.Shape.HLine)
    made.setFrameShadow(QFrame.Shadow.Plain)
    made.setFixedHeight(1)
    made.setForegroundRole(QPalette.ColorRole.Mid)
    return made


class ElidedLabel(QLabel):
    """A label on one line that gives way to its neighbours and then ends in an ellipsis; the tip has it whole.

    ``letters`` is how many letters of average width it keeps at least.
    """

    def __init__(
        self,
        text: str = "",
        look: str = "",
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        letters: int = 4,
    ) -> None:
        super().__init__(text)
        self._letters = letters
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._elide = elide
        if look:
            self.setProperty("look", look)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self._tell()

    def minimumSizeHint(self) -> QSize:
        """Room for the letters that must stay, or for all where there are fewer."""
        metrics = self.fontMetrics()
        whole = metrics.horizontalAdvance(self.text()) + 2
        return QSize(min(whole, metrics.averageCharWidth() * self._letters), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tip stands only while the text is cut."""
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        self.setToolTip(self.text() if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, cut where it does not fit."""
        painter = QPainter(self)
        area = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), self._elide, area.width())
        self.style().drawItemText(
            painter, area, int(self.alignment()), self.palette(), self.isEnabled(), text, self.foregroundRole()
        )
        painter.end()
