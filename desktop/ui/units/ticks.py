"""A list of names to tick, narrowed by typing with or without marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.models.text import fold
from desktop.ui.theme import colours
from desktop.ui.widgets.basics import draw_tick

Index = QModelIndex | QPersistentModelIndex
_KEY = int(Qt.ItemDataRole.UserRole)
_WORDS = _KEY + 1
_TICK = Qt.ItemDataRole.CheckStateRole
_SIDE, _ABOVE = 8, 5


class _Option(Protocol):
    """The fields of QStyleOptionViewItem that its stubs leave out."""

    rect: QRect
    font: QFont
    state: QStyle.StateFlag
    widget: QWidget | None


class _Line(QStyledItemDelegate):
    """Paints box and name; a click anywhere in the line and the space bar tick it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line of text with air."""
        metrics = QFontMetrics(cast(_Option, option).font)
        return QSize(metrics.horizontalAdvance(str(index.data())) + metrics.height() + 4 * _SIDE,
                     metrics.lineSpacing() + 2 * _ABOVE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, box where it may be ticked, name."""
        c = colours()
        given = cast(_Option, option)
        area = given.rect
        current = bool(given.state & QStyle.StateFlag.State_Selected)
        focused = current and given.widget is not None and given.widget.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, c.selected if current else c.panel)
        if focused:
            painter.fillRect(QRect(area.topLeft(), QSize(3, area.height())), c.blue)
        left = area.x() + _SIDE
        state = index.data(_TICK)
        if state is not None:
            side = painter.fontMetrics().ascent()
            box = QRectF(left + 0.5, area.y() + (area.height() - side) / 2 + 0.5, side - 1, side - 1)
            draw_tick(painter, box, checked=Qt.CheckState(state) is Qt.CheckState.Checked, focused=focused)
            left += side + _SIDE
        painter.setPen(c.text)
        words = QRect(left, area.y(), area.right() - left, area.height())
        shown = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Tick or untick."""
        state = index.data(_TICK)
        released = event.type() == QEvent.Type.MouseButtonRelease
        spaced = event.type() == QEvent.Type.KeyPress and cast(QKeyEvent, event).key() == Qt.Key.Key_Space
        if state is None or not (released or spaced):
            return False
        after = Qt.CheckState.Unchecked if Qt.CheckState(state) is Qt.CheckState.Checked else Qt.CheckState.Checked
        # By its number: the item does not know the enumeration again.
        return model.setData(index, after.value, _TICK)


class TickList(QListWidget):
    """Names with ticks; ``ticked`` tells that another set of them is ticked."""

    ticked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Line(self))
        self.itemChanged.connect(lambda _item: self.ticked.emit())

    def show_lines(self, lines: Iterable[tuple[str, str, Sequence[str]]], chosen: Sequence[str], fixed: bool) -> None:
        """Show (key, name, further words one may search by) with those ``chosen`` ticked; ``fixed`` without boxes."""
        wanted = set(chosen)
        self.blockSignals(True)
        self.clear()
        for key, name, words in lines:
            item = QListWidgetItem(name)
            item.setData(_KEY, key)
            item.setData(_WORDS, fold(" ".join((name, *words))))
            if not fixed:
                item.setCheckState(Qt.CheckState.Checked if key in wanted else Qt.CheckState.Unchecked)
            self.addItem(item)
        self.blockSignals(False)
        self.setCurrentRow(0)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys ticked, in the order of the list."""
        return tuple(str(item.data(_KEY)) for item in self._items() if item.checkState() is Qt.CheckState.Checked)

    @property
    def shown(self) -> tuple[str, ...]:
        """The keys that the search leaves."""
        return tuple(str(item.data(_KEY)) for item in self._items() if not item.isHidden())

    def tick_shown(self, checked: bool) -> None:
        """Tick all that the search leaves, or none of them."""
        self.blockSignals(True)
        for item in self._items():
            if not item.isHidden():
                item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.viewport().update()
        self.ticked.emit()

    def narrow(self, text: str) -> None:
        """Show the lines that hold every word typed; the first of them becomes the current one."""
        words = fold(text).split()
        for item in self._items():
            item.setHidden(not all(word in str(item.data(_WORDS)) for word in words))
        current = self.currentItem()
        if current is None or current.isHidden():
            first = next((item for item in self._items() if not item.isHidden()), None)
            if first is not None:
                self.setCurrentItem(first)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(place) for place in range(self.count())]
