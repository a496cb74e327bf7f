"""The small style sheet: what Fusion and the palette cannot say."""

from __future__ import annotations

from desktop.ui.colours import Colours

_NAMES = (
    *("window", "panel", "header", "section", "group", "line", "row_line", "text", "muted", "faint", "blue"),
    *("blue_fill", "blue_press", "on_blue", "blue_soft", "selected", "hover", "field", "field_line", "today"),
)


def style_sheet(c: Colours) -> str:
    """The small style sheet: what Fusion and the palette cannot say.

    Widgets ask for a look through the dynamic property ``look``: "primary", "link", "chip", "segment", "muted",
    "heading", "card", "nav", "bar".
    """
    n = {name: getattr(c, name).name() for name in _NAMES}
    return f"""
QToolTip {{ color: {n["text"]}; background: {n["panel"]}; border: 1px solid {n["line"]}; padding: 4px; }}
QPushButton {{ background: {n["panel"]}; border: 1px solid {n["field_line"]}; border-radius: 4px;
  padding: 4px 12px; color: {n["text"]}; }}
QPushButton:hover {{ background: {n["hover"]}; }}
QPushButton:pressed, QPushButton:open {{ background: {n["blue_soft"]}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {n["blue"]}; padding: 3px 11px; }}
QPushButton:disabled {{ color: {n["faint"]}; background: {n["group"]}; border-color: {n["line"]}; }}
QPushButton[look="primary"] {{ background: {n["blue_fill"]}; color: {n["on_blue"]}; font-weight: bold;
  border-color: {n["blue_fill"]}; }}
QPushButton[look="primary"]:hover, QPushButton[look="primary"]:pressed {{ background: {n["blue_press"]}; }}
QPushButton[look="primary"]:focus {{ border: 2px solid {n["text"]}; }}
QPushButton[look="primary"]:disabled {{ background: {n["section"]}; color: {n["faint"]};
  border-color: {n["line"]}; }}
QPushButton[look="link"] {{ background: transparent; border: 1px solid transparent; color: {n["blue"]};
  padding: 2px 4px; text-align: left; }}
QPushButton[look="link"]:focus {{ border: 1px solid {n["blue"]}; }}
QPushButton[look="link"]:disabled {{ color: {n["faint"]}; }}
QPushButton[look="chip"] {{ border-radius: 12px; padding: 3px 11px; color: {n["muted"]};
  border-color: {n["line"]}; }}
QPushButton[look="chip"]:checked, QPushButton[look="segment"]:checked {{ background: {n["blue_soft"]};
  color: {n["blue"]}; border-color: {n["blue"]}; font-weight: bold; }}
QPushButton[look="chip"]:focus {{ border: 1px solid {n["blue"]}; padding: 3px 11px; }}
QPushButton[look="segment"] {{ border-radius: 0; padding: 4px 11px; color: {n["muted"]};
  border-color: {n["line"]}; }}
QPushButton[look="segment"]:focus {{ border: 1px solid {n["blue"]}; }}
QLineEdit, QTextEdit, QPlainTextEdit {{ background: {n["field"]};
  border: 1px solid {n["field_line"]}; border-radius: 4px; padding: 3px 8px; color: {n["text"]};
  selection-background-color: {n["blue_fill"]}; selection-color: {n["on_blue"]}; }}
QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {n["blue"]}; padding: 2px 7px; }}
QLineEdit[wrong="true"] {{ border: 2px solid {n["today"]}; padding: 2px 7px; }}
QLineEdit[readOnly="true"] {{ background: {n["group"]}; }}
QTextBrowser, QTextBrowser:focus {{ border: 0; border-radius: 0; padding: 6px 10px; background: {n["panel"]}; }}
QAbstractItemView {{ background: {n["panel"]}; border: 0; outline: 0; color: {n["text"]};
  gridline-color: {n["row_line"]}; selection-background-color: {n["selected"]};
  selection-color: {n["text"]}; }}
QComboBox QAbstractItemView {{ border: 1px solid {n["line"]}; padding: 2px; }}
QListWidget {{ border: 1px solid {n["line"]}; border-radius: 4px; padding: 2px; }}
QListWidget:focus {{ border: 1px solid {n["blue"]}; }}
QListWidget::item {{ padding: 4px 8px; }}
QScrollBar {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ width: 13px; }}
QScrollBar:horizontal {{ height: 13px; }}
QScrollBar::handle {{ background: {n["field_line"]}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {n["muted"]}; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QHeaderView {{ background: {n["header"]}; border: 0; }}
QHeaderView::section {{ background: {n["header"]}; color: {n["muted"]}; font-weight: bold; border: 0;
  border-bottom: 1px solid {n["line"]}; padding: 6px 8px; }}
QProgressBar {{ background: {n["section"]}; border: 0; border-radius: 4px; max-height: 8px; min-height: 8px; }}
QProgressBar::chunk {{ background: {n["blue_fill"]}; border-radius: 4px; }}
QMenu {{ background: {n["panel"]}; border: 1px solid {n["line"]}; padding: 4px; }}
QMenu::item {{ padding: 5px 18px; border-radius: 3px; }}
QMenu::item:selected {{ background: {n["blue_soft"]}; }}
QLabel[look="muted"] {{ color: {n["muted"]}; }}
QLabel[look="heading"] {{ font-weight: bold; }}
QLabel[look="wrong"] {{ color: {n["today"]}; }}
QLabel[look="brand"] {{ color: {n["blue"]}; font-weight: bold; }}
QWidget[look="ground"] {{ background: {n["window"]}; }}
QWidget[look="bar"] {{ background: {n["panel"]}; border: 0; border-bottom: 1px solid {n["line"]}; }}
QWidget[look="foot"] {{ background: {n["panel"]}; border: 0; border-top: 1px solid {n["line"]}; }}
QWidget[look="nav"] {{ background: {n["panel"]}; border: 0; border-right: 1px solid {n["line"]}; }}
QFrame[look="card"] {{ background: {n["panel"]}; border: 1px solid {n["line"]}; border-radius: 5px; }}
QFrame[look="drop"] {{ background: {n["panel"]}; border: 2px dashed {n["field_line"]}; border-radius: 6px; }}
QFrame[look="drop"][hot="true"] {{ border-color: {n["blue"]}; background: {n["blue_soft"]}; }}
"""
