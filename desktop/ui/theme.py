"""The look of the window: colours of both themes, type, style sheet and the marks of every status.

Usual office colours (office.md, Reporting): green on time, amber due soon, red overdue, dark red done late, blue
running, grey no deadline; never a colour alone, always with a word and a mark.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop.models.errors import EnvironmentTrouble
from desktop.models.report import STATE_WORDS, Timeliness, WorkState
from desktop.services.views import Outcome, Status

TEXT_POINTS = 10.5
"""Default size of text: an officer of fifty with reading glasses."""

_FONT_FILES = ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "LiberationSans-Italic.ttf")
_CHOICE = "sotiendo_scheme"
_FONTS = "sotiendo_fonts"
_POINTS = "sotiendo_points"


class Tone(StrEnum):
    """The six tones of a status."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    DARK_RED = "dark_red"
    BLUE = "blue"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class ToneColours:
    """Words and mark (``fg``) on a soft ground (``bg``), and the bar of the Gantt."""

    fg: QColor
    bg: QColor
    bar: QColor


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme, named by what they paint."""

    dark: bool
    window: QColor
    panel: QColor
    header: QColor
    section: QColor
    group: QColor
    line: QColor
    row_line: QColor
    text: QColor
    muted: QColor
    faint: QColor
    blue: QColor
    blue_fill: QColor
    blue_press: QColor
    on_blue: QColor
    blue_soft: QColor
    selected: QColor
    hover: QColor
    field: QColor
    field_line: QColor
    hatch: QColor
    today: QColor
    tones: dict[Tone, ToneColours]


def _tone(fg: str, bg: str, bar: str) -> ToneColours:
    return ToneColours(QColor(fg), QColor(bg), QColor(bar))


LIGHT = Colours(
    dark=False,
    window=QColor("#f5f6f8"),
    panel=QColor("#ffffff"),
    header=QColor("#f9fafb"),
    section=QColor("#e9eef4"),
    group=QColor("#f4f6f9"),
    line=QColor("#dfe3e8"),
    row_line=QColor("#eceff3"),
    text=QColor("#1c2530"),
    muted=QColor("#56616f"),
    faint=QColor("#6b7683"),
    blue=QColor("#0a5a9c"),
    blue_fill=QColor("#0a5a9c"),
    blue_press=QColor("#084a81"),
    on_blue=QColor("#ffffff"),
    blue_soft=QColor("#e6f0f9"),
    selected=QColor("#e3effa"),
    hover=QColor("#f1f4f8"),
    field=QColor("#ffffff"),
    field_line=QColor("#c3cad3"),
    hatch=QColor("#c6d3e3"),
    today=QColor("#b3211b"),
    tones={
        Tone.GREEN: _tone("#1d6b30", "#e5f3e8", "#7cc08d"),
        Tone.AMBER: _tone("#8a5200", "#fcf0d9", "#e9bd74"),
        Tone.RED: _tone("#b3211b", "#fbe7e5", "#e58a83"),
        Tone.DARK_RED: _tone("#7d1f2c", "#f3e1e3", "#b98389"),
        Tone.BLUE: _tone("#1656a3", "#e4eefa", "#8db6e3"),
        Tone.GREY: _tone("#55606d", "#edf0f3", "#c3cbd5"),
    },
)

DARK = Colours(
    dark=True,
    window=QColor("#14181d"),
    panel=QColor("#1b2027"),
    header=QColor("#20262e"),
    section=QColor("#2a323c"),
    group=QColor("#222931"),
    line=QColor("#353e49"),
    row_line=QColor("#2a323b"),
    text=QColor("#e7ebef"),
    muted=QColor("#a6b0bc"),
    faint=QColor("#98a3b0"),
    blue=QColor("#7dbaf3"),
    blue_fill=QColor("#1d6ab3"),
    blue_press=QColor("#17588f"),
    on_blue=QColor("#ffffff"),
    blue_soft=QColor("#1e3449"),
    selected=QColor("#213a53"),
    hover=QColor("#252d36"),
    field=QColor("#161b21"),
    field_line=QColor("#4d5865"),
    hatch=QColor("#3f4f61"),
    today=QColor("#f0746b"),
    tones={
        Tone.GREEN: _tone("#8fd6a1", "#1c3524", "#478a5a"),
        Tone.AMBER: _tone("#efc173", "#3b2e14", "#a77b33"),
        Tone.RED: _tone("#f59a92", "#43211f", "#b0544d"),
        Tone.DARK_RED: _tone("#e3a0a9", "#3a1f24", "#86505a"),
        Tone.BLUE: _tone("#95c3f2", "#1d3149", "#4a7bb0"),
        Tone.GREY: _tone("#b3bdc8", "#2b323b", "#566270"),
    },
)


def colours() -> Colours:
    """The colours of the theme in force: the one chosen, or the system's."""
    app = QGuiApplication.instance()
    choice = app.property(_CHOICE) if app is not None else None
    if choice == "dark":
        return DARK
    if choice == "light" or app is None:
        return LIGHT
    return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def chosen_scheme() -> str:
    """The choice in force: "system", "light" or "dark"."""
    app = QGuiApplication.instance()
    return str(app.property(_CHOICE) or "system") if app is not None else "system"


def chosen_points() -> float:
    """The text size in force, in points."""
    app = QGuiApplication.instance()
    return float(app.property(_POINTS) or TEXT_POINTS) if app is not None else TEXT_POINTS


def apply(app: QApplication, fonts: Path, scheme: str = "system", text_points: float = TEXT_POINTS) -> None:
    """Put style, type and colours in force; may be called again to change them.

    ``fonts`` is the folder of the bundled faces, ``scheme`` "system", "light" or "dark", ``text_points`` the size of
    text in points. Raises EnvironmentTrouble FONT_MISSING where the bundled face cannot be loaded.
    """
    first = app.property(_CHOICE) is None
    app.setProperty(_CHOICE, scheme)
    app.setProperty(_POINTS, text_points)
    if first:
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(_follow_system)
    _load_fonts(app, fonts)
    hints = app.styleHints()
    if scheme == "system":
        hints.unsetColorScheme()
    else:
        hints.setColorScheme(Qt.ColorScheme.Dark if scheme == "dark" else Qt.ColorScheme.Light)
    _paint(app)


def _load_fonts(app: QApplication, fonts: Path) -> None:
    """The system's own face on Windows; the bundled one, with all Vietnamese letters, elsewhere."""
    family = "Segoe UI"
    if sys.platform != "win32":
        if app.property(_FONTS) is None:
            app.setProperty(_FONTS, _bundled_family(fonts))
        family = str(app.property(_FONTS))
    font = QFont(family)
    font.setPointSizeF(float(app.property(_POINTS)))
    app.setFont(font)


def _bundled_family(fonts: Path) -> str:
    loaded = [QFontDatabase.addApplicationFont(str(fonts / name)) for name in _FONT_FILES]
    if -1 in loaded:
        raise EnvironmentTrouble(
            "FONT_MISSING",
            "Không đọc được phông chữ đi kèm chương trình nên chưa mở cửa sổ; dữ liệu không thay đổi.",
            f"Hãy cài lại chương trình, hoặc chép lại thư mục phông chữ: {fonts}",
        )
    return QFontDatabase.applicationFontFamilies(loaded[0])[0]


def _follow_system() -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication) and chosen_scheme() == "system":
        _paint(app)


def _paint(app: QApplication) -> None:
    c = colours()
    app.setPalette(palette(c))
    app.setStyleSheet(style_sheet(c))


def palette(c: Colours) -> QPalette:
    """The Qt palette of a theme."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, c.panel),
        (role.Base, c.field),
        (role.AlternateBase, c.group),
        (role.Button, c.panel),
        (role.WindowText, c.text),
        (role.Text, c.text),
        (role.ButtonText, c.text),
        (role.BrightText, c.text),
        (role.PlaceholderText, c.faint),
        (role.Highlight, c.selected),
        (role.HighlightedText, c.text),
        (role.Accent, c.blue_fill),
        (role.Link, c.blue),
        (role.LinkVisited, c.blue),
        (role.ToolTipBase, c.panel),
        (role.ToolTipText, c.text),
        (role.Light, c.panel),
        (role.Midlight, c.row_line),
        (role.Mid, c.line),
        (role.Dark, c.field_line),
        (role.Shadow, c.muted),
    ):
        made.setColor(which, colour)
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, c.faint)
    return made


def style_sheet(c: Colours) -> str:
    """The small style sheet: what Fusion and the palette cannot say.

    Widgets ask for a look through the dynamic property ``look``: "primary", "link", "chip", "segment", "muted",
    "heading", "card", "nav", "bar".
    """
    n = {name: getattr(c, name).name() for name in _SHEET_NAMES}
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
QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateEdit {{ background: {n["field"]};
  border: 1px solid {n["field_line"]}; border-radius: 4px; padding: 3px 8px; color: {n["text"]};
  selection-background-color: {n["blue_fill"]}; selection-color: {n["on_blue"]}; }}
QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus {{
  border: 2px solid {n["blue"]}; padding: 2px 7px; }}
QLineEdit[wrong="true"] {{ border: 2px solid {n["today"]}; padding: 2px 7px; }}
QLineEdit[readOnly="true"] {{ background: {n["group"]}; }}
QAbstractItemView {{ background: {n["panel"]}; border: 0; outline: 0; color: {n["text"]};
  gridline-color: {n["row_line"]}; selection-background-color: {n["selected"]};
  selection-color: {n["text"]}; }}
QComboBox QAbstractItemView {{ border: 1px solid {n["line"]}; padding: 2px; }}
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


_SHEET_NAMES = (
    *("window", "panel", "header", "section", "group", "line", "row_line", "text", "muted", "faint", "blue"),
    *("blue_fill", "blue_press", "on_blue", "blue_soft", "selected", "hover", "field", "field_line", "today"),
)


@dataclass(frozen=True, slots=True)
class StatusStyle:
    """How a status is shown: a mark that the bundled face has, a word, and colours."""

    mark: str
    word: str
    fg: QColor
    bg: QColor
    bar: QColor

    @property
    def text(self) -> str:
        """Mark and word as one text, for screen readers and for copying."""
        return f"{self.mark} {self.word}".strip()


def style(tone: Tone, mark: str, word: str) -> StatusStyle:
    """A style of the theme in force from its tone, mark and word."""
    pair = colours().tones[tone]
    return StatusStyle(mark, word, pair.fg, pair.bg, pair.bar)


_TIMELINESS = {
    Timeliness.DONE_ON_TIME: (Tone.GREEN, "√", "Đúng hạn"),
    Timeliness.DONE_LATE: (Tone.DARK_RED, "◕", "Trễ hạn"),
    Timeliness.DUE_SOON: (Tone.AMBER, "◑", "Sắp đến hạn"),
    Timeliness.OVERDUE: (Tone.RED, "▲", "Quá hạn"),
}
_STATE = {
    WorkState.TODO: (Tone.GREY, "○"),
    WorkState.DOING: (Tone.BLUE, "●"),
    WorkState.DONE: (Tone.GREEN, "√"),
    WorkState.PAUSED: (Tone.GREY, "■"),
    WorkState.NONE_ARISING: (Tone.GREY, "–"),
}


def status_style(status: Status, *, counted: str = "", continuous: bool = False) -> StatusStyle:
    """Mark, word and colours of a plan row's status.

    ``counted`` names what ``done`` and ``total`` count ("kỳ", "đợt", "phường": from the data), empty for headings.
    ``continuous`` marks work that goes on all year: it is only "có / chưa có báo cáo kỳ này" (office.md, Times).
    """
    if status.timeliness in (Timeliness.OVERDUE, Timeliness.DUE_SOON):
        made = _pressing(status, counted)
    elif status.total > 1 or (status.total == 1 and status.state is None):
        made = _counted(status, counted)
    elif continuous and status.state in (None, WorkState.TODO, WorkState.DOING):
        word = "Có báo cáo kỳ này" if status.reported else "Chưa có báo cáo kỳ này"
        made = style(Tone.BLUE, "●", word) if status.reported else style(Tone.GREY, "○", word)
    elif status.state is WorkState.DONE and status.timeliness in _TIMELINESS:
        made = style(*_TIMELINESS[status.timeliness])
    else:
        made = _plain(status)
    if status.conflicts:
        return style(Tone.AMBER, "↔", f"{made.word} · cần đối chiếu")
    return made


def _pressing(status: Status, counted: str) -> StatusStyle:
    """Overdue and due soon: how many days, and how far the work has come."""
    tone, mark, word = _TIMELINESS[status.timeliness or Timeliness.OVERDUE]
    parts = [word]
    if status.timeliness is Timeliness.OVERDUE and status.days:
        parts = [f"{word} {status.days} ngày"]
    if status.total > 1:
        parts.append(f"{status.done}/{status.total} {counted}".strip())
    elif status.percent is not None and (status.timeliness is Timeliness.DUE_SOON or status.percent):
        parts.append(f"{status.percent}%")
    elif status.timeliness is Timeliness.DUE_SOON and status.days is not None:
        parts.append(f"còn {abs(status.days)} ngày" if status.days else "hôm nay")
    return style(tone, mark, " · ".join(parts))


def _counted(status: Status, counted: str) -> StatusStyle:
    word = f"{status.done}/{status.total} {counted}".strip()
    if status.done >= status.total:
        late = status.timeliness is Timeliness.DONE_LATE
        return style(Tone.DARK_RED, "◕", word) if late else style(Tone.GREEN, "√", word)
    return style(Tone.BLUE, "●", word) if status.done or status.reported else style(Tone.GREY, "○", word)


def _plain(status: Status) -> StatusStyle:
    state = status.state or WorkState.TODO
    tone, mark = _STATE[state]
    word = STATE_WORDS[state]
    if state is WorkState.DOING and status.percent is not None:
        word = f"{word} · {status.percent}%"
    return style(tone, mark, word)


_OUTCOMES = {
    Outcome.IMPORTED: (Tone.GREEN, "√", "Đã nhập"),
    Outcome.ALREADY_HAD: (Tone.GREY, "=", "Đã có"),
    Outcome.HELD: (Tone.AMBER, "□", "Tạm giữ"),
    Outcome.REFUSED: (Tone.RED, "×", "Từ chối"),
}


def outcome_style(outcome: Outcome, conflicts: int = 0) -> StatusStyle:
    """Mark, word and colours of what became of a file; ``conflicts`` are values that need a decision."""
    if conflicts and outcome is Outcome.IMPORTED:
        return style(Tone.AMBER, "↔", f"{conflicts} cần đối chiếu")
    return style(*_OUTCOMES[outcome])
