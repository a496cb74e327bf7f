"""Keys and clicks as a person makes them, typed (pytest-qt's own are not)."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

NONE = Qt.KeyboardModifier.NoModifier


def press(widget: QWidget | None, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Press and release a key."""
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def keys(widget: QWidget | None, text: str) -> None:
    """Type letters; only ASCII, as keyboards have."""
    assert widget is not None
    QTest.keyClicks(widget, text)


def click(widget: QWidget, at: QPoint | None = None, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Click with the left button; in the middle where no place is given."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, modifier, at if at is not None else widget.rect().center())
