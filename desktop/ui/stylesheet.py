"""The small style sheet: what Fusion and the palette cannot say."""

from __future__ import annotations

from string import Template

from desktop.ui.colours import Colours

_NAMES = (
    *("window", "panel", "header", "section", "group", "line", "row_line", "text", "muted", "faint", "blue"),
    *("blue_fill", "blue_press", "on_blue", "blue_soft", "selected", "hover", "field", "field_line", "today"),
)


_BUTTONS = """
QToolTip { color: $text; background: $panel; border: 1px solid $line; padding: 4px; }
QPushButton { background: $panel; border: 1px solid $field_line; border-radius: 4px;
  padding: 4px 12px; color: $text; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:open { background: $blue_soft; }
QPushButton:focus, QToolButton:focus { border: 2px solid $blue; padding: 3px 11px; }
QPushButton:disabled { color: $faint; background: $group; border-color: $line; }
QPushButton[look="primary"] { background: $blue_fill; color: $on_blue; font-weight: bold;
  border-color: $blue_fill; }
QPushButton[look="primary"]:hover, QPushButton[look="primary"]:pressed { background: $blue_press; }
QPushButton[look="primary"]:focus { border: 2px solid $text; }
QPushButton[look="primary"]:disabled { background: $section; color: $faint;
  border-color: $line; }
QPushButton[look="link"] { background: transparent; border: 1px solid transparent; color: $blue;
  padding: 2px 4px; text-align: left; }
QPushButton[look="link"]:focus { border: 1px solid $blue; }
QPushButton[look="link"]:disabled { color: $faint; }
QPushButton[look="plan"] { background: transparent; border: 1px solid transparent; padding: 3px 20px 3px 6px;
  text-align: left; }
QPushButton[look="plan"]:hover, QPushButton[look="plan"]:open { background: $hover; }
QPushButton[look="plan"]:focus { border: 1px solid $blue; }
QPushButton[look="plan"]::menu-indicator { subcontrol-position: right center; subcontrol-origin: padding;
  right: 6px; }
QPushButton[look="chip"] { border-radius: 12px; padding: 3px 11px; color: $muted;
  border-color: $line; }
QPushButton[look="chip"]:checked, QPushButton[look="segment"]:checked { background: $blue_soft;
  color: $blue; border-color: $blue; font-weight: bold; }
QPushButton[look="chip"]:focus { border: 1px solid $blue; padding: 3px 11px; }
QPushButton[look="segment"] { border-radius: 0; padding: 4px 11px; color: $muted;
  border-color: $line; }
QPushButton[look="segment"]:focus { border: 1px solid $blue; }
"""
_FIELDS = """
QLineEdit, QTextEdit, QPlainTextEdit { background: $field;
  border: 1px solid $field_line; border-radius: 4px; padding: 3px 8px; color: $text;
  selection-background-color: $blue_fill; selection-color: $on_blue; }
QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus { border: 2px solid $blue; padding: 2px 7px; }
QLineEdit[wrong="true"] { border: 2px solid $today; padding: 2px 7px; }
QLineEdit[readOnly="true"] { background: $group; }
QTextBrowser, QTextBrowser:focus { border: 0; border-radius: 0; padding: 6px 10px; background: $panel; }
QAbstractItemView { background: $panel; border: 0; outline: 0; color: $text;
  gridline-color: $row_line; selection-background-color: $selected;
  selection-color: $text; }
QComboBox QAbstractItemView { border: 1px solid $line; padding: 2px; }
QListWidget { border: 1px solid $line; border-radius: 4px; padding: 2px; }
QListWidget:focus { border: 1px solid $blue; }
QListWidget::item { padding: 4px 8px; }
"""
_FITTINGS = """
QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: 13px; }
QScrollBar:horizontal { height: 13px; }
QScrollBar::handle { background: $field_line; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $muted; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QHeaderView { background: $header; border: 0; }
QHeaderView::section { background: $header; color: $muted; font-weight: bold; border: 0;
  border-bottom: 1px solid $line; padding: 6px 8px; }
QProgressBar { background: $section; border: 0; border-radius: 4px; max-height: 8px; min-height: 8px; }
QProgressBar::chunk { background: $blue_fill; border-radius: 4px; }
QMenu { background: $panel; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 18px; border-radius: 3px; }
QMenu::item:selected { background: $blue_soft; }
"""
_LOOKS = """
QLabel[look="muted"] { color: $muted; }
QLabel[look="heading"] { font-weight: bold; }
QLabel[look="wrong"] { color: $today; }
QLabel[look="brand"] { color: $blue; font-weight: bold; }
QWidget[look="ground"] { background: $window; }
QWidget[look="bar"] { background: $panel; border: 0; border-bottom: 1px solid $line; }
QWidget[look="foot"] { background: $panel; border: 0; border-top: 1px solid $line; }
QWidget[look="nav"] { background: $panel; border: 0; border-right: 1px solid $line; }
QFrame[look="card"] { background: $panel; border: 1px solid $line; border-radius: 5px; }
QFrame[look="drop"] { background: $panel; border: 2px dashed $field_line; border-radius: 6px; }
QFrame[look="drop"][hot="true"] { border-color: $blue; background: $blue_soft; }
"""
_SHEET = Template(_BUTTONS + _FIELDS + _FITTINGS + _LOOKS)


def style_sheet(c: Colours) -> str:
    """The small style sheet: what Fusion and the palette cannot say.

    Widgets ask for a look through the dynamic property ``look``: "primary", "link", "chip", "segment", "muted",
    "heading", "card", "nav", "bar".
    """
    return _SHEET.substitute({name: getattr(c, name).name() for name in _NAMES})
