"""The look of the window: colours of both themes, type, style sheet and the marks of every status.

Usual office colours (office.md, Reporting): green on time, amber due soon, red overdue, dark red done late, blue
running, grey no deadline; never a colour alone, always with a word and a mark.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop.models.errors import EnvironmentTrouble
from desktop.models.report import STATE_WORDS, Timeliness, WorkState
from desktop.services.traffic.views import Outcome
from desktop.services.views import Status
from desktop.ui.colours import DARK, LIGHT, Colours, Tone, ToneColours
from desktop.ui.stylesheet import style_sheet

__all__ = [
    "DARK",
    "LIGHT",
    "TEXT_POINTS",
    "Colours",
    "StatusStyle",
    "Tone",
    "ToneColours",
    "apply",
    "bundled_family",
    "chosen_points",
    "chosen_scheme",
    "colours",
    "outcome_style",
    "palette",
    "status_style",
    "style",
]

TEXT_POINTS = 10.5
"""Default size of text: an officer of fifty with reading glasses."""

_FONT_FILES = ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "LiberationSans-Italic.ttf")
_CHOICE = "sotiendo_scheme"
_FONTS = "sotiendo_fonts"
_POINTS = "sotiendo_points"


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
            app.setProperty(_FONTS, bundled_family(fonts))
        family = str(app.property(_FONTS))
    font = QFont(family)
    font.setPointSizeF(float(app.property(_POINTS)))
    app.setFont(font)


def bundled_family(fonts: Path) -> str:
    """The family of the bundled face, loaded. Raises EnvironmentTrouble FONT_MISSING."""
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
    # Widgets with a size of text of their own: Qt does not tell them of the application's font, and its style sheets
    # put back the font that they had when they were first shown.
    for widget in app.allWidgets():
        QApplication.sendEvent(widget, QEvent(QEvent.Type.ApplicationFontChange))


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


def status_style(status: Status, counts: str = "", *, continuous: bool = False) -> StatusStyle:
    """Mark, word and colours of the status of a plan's item.

    ``counts`` is how far what is counted has come ("8/12 kỳ", "1/2 đợt · 12/14 phường"), empty where nothing is.
    ``continuous`` marks work that has no end to come to: it is only "có / chưa có báo cáo kỳ này" (office.md, Times).
    """
    if status.timeliness in (Timeliness.OVERDUE, Timeliness.DUE_SOON):
        made = _pressing(status, counts)
    elif continuous and status.state in (None, WorkState.TODO, WorkState.DOING):
        made = _only_reported(status, counts)
    elif counts and status.state not in (WorkState.PAUSED, WorkState.NONE_ARISING):
        made = _counted(status, counts)
    elif status.state is WorkState.DONE and status.timeliness in _TIMELINESS:
        made = style(*_TIMELINESS[status.timeliness])
    else:
        made = _plain(status)
    if status.conflicts:
        return style(Tone.AMBER, "↔", f"{made.word} · cần đối chiếu")
    return made


def _pressing(status: Status, counts: str) -> StatusStyle:
    """Overdue and due soon: how many days, and how far the work has come."""
    tone, mark, word = _TIMELINESS[status.timeliness or Timeliness.OVERDUE]
    parts = [word]
    if status.timeliness is Timeliness.OVERDUE and status.days:
        parts = [f"{word} {status.days} ngày"]
    if counts:
        parts.append(counts)
    elif status.percent is not None and (status.timeliness is Timeliness.DUE_SOON or status.percent):
        parts.append(f"{status.percent}%")
    elif status.timeliness is Timeliness.DUE_SOON and status.days is not None:
        parts.append(f"còn {abs(status.days)} ngày" if status.days else "hôm nay")
    return style(tone, mark, " · ".join(parts))


def _only_reported(status: Status, counts: str) -> StatusStyle:
    if status.reported_now:
        return style(Tone.BLUE, "●", "Có báo cáo kỳ này")
    if counts and status.done:
        return style(Tone.GREY, "○", f"{counts} có báo cáo kỳ này")
    return style(Tone.GREY, "○", "Chưa có báo cáo kỳ này")


def _counted(status: Status, counts: str) -> StatusStyle:
    if status.state is WorkState.DONE:
        tone, mark, ruled = _TIMELINESS.get(status.timeliness or Timeliness.NO_DEADLINE, (Tone.GREEN, "√", ""))
        return style(tone, mark, f"{ruled} · {counts}" if ruled else counts)
    return style(Tone.BLUE, "●", counts) if status.done or status.reported else style(Tone.GREY, "○", counts)


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
    Outcome.UNREADABLE: (Tone.RED, "×", "Không đọc được"),
}


def outcome_style(outcome: Outcome, conflicts: int = 0) -> StatusStyle:
    """Mark, word and colours of what became of a file; ``conflicts`` are values that need a decision."""
    if conflicts and outcome is Outcome.IMPORTED:
        return style(Tone.AMBER, "↔", f"{conflicts} cần đối chiếu")
    return style(*_OUTCOMES[outcome])
