"""The colours of both themes, named by what they paint; every pair of words and ground reads at 4.5 : 1 or better."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor


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
