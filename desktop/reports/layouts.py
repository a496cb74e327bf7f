"""Layouts of papers and sheets, read from ``resources/layouts`` with a checked shape; lengths come out in points."""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from desktop.models.report import Timeliness
from desktop.models.sheets import Paper, SigningFor
from desktop.reports.checked import Checked, read_checked
from desktop.reports.fonts import Face

MM = 72 / 25.4
"""Points in a millimetre."""
SMALLEST_TEXT = 10.0
"""Table text is 10-13 pt (office.md, "Sheets as they are filed")."""

_FIELDS = frozenset(
    "superior issuer number place_and_date title subject plan period authority position name".split()
)


@dataclass(frozen=True, slots=True)
class LineLayout:
    """One line of a head, title or signature. ``text`` holds fields in braces; ``rule`` is the length of the rule below
    it as a part of the line's own; ``space`` the room above it.
    """

    text: str
    size: float
    face: Face
    capitals: bool
    rule: float
    space: float


@dataclass(frozen=True, slots=True)
class SignatureLayout:
    """The signature block; ``space`` is left free for the hand-written signature and the seal."""

    prefixes: dict[SigningFor, str]
    preparer_title: LineLayout
    authority: LineLayout
    position: LineLayout
    name: LineLayout
    space: float


@dataclass(frozen=True, slots=True)
class PaperLayout:
    """How the Party or the State sets a paper. ``foot`` is from the edge of the paper to the foot line."""

    name: str
    source: str
    top: float
    bottom: float
    left: float
    right: float
    foot: float
    head_left: tuple[LineLayout, ...]
    head_right: tuple[LineLayout, ...]
    title: tuple[LineLayout, ...]
    sentence_size: float
    sentence_indent: float
    signature: SignatureLayout


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """A column of a table: its usual width and the least it may shrink to."""

    key: str
    heading: str
    width: float
    least: float
    centred: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """The sign and colour that stand beside a word; never alone, so that a grey print stays readable."""

    mark: str
    ink: str


@dataclass(frozen=True, slots=True)
class TableLayout:
    """How a sheet's table is set. Shades are parts of black."""

    size: float
    leading: float
    padding: float
    columns: tuple[ColumnLayout, ...]
    shades: dict[str, float]
    marks: dict[Timeliness, Mark]


@lru_cache(maxsize=16)
def paper_layout(folder: Path, paper: Paper) -> PaperLayout:
    """The layout of a Party or State paper; raises EnvironmentTrouble LAYOUT_INVALID."""
    data = read_checked(folder / f"{paper.value}.json").only(
        {"name", "source", "margins_mm", "foot_mm", "head_left", "head_right", "title", "sentence", "signature"}
    )
    margins = data.at("margins_mm").only({"top", "bottom", "left", "right"})
    sentence = data.at("sentence").only({"size", "indent_mm"})
    return PaperLayout(
        name=data.at("name").choice({paper.value}),
        source=data.at("source").text(),
        top=_mm(margins.at("top"), 10, 50),
        bottom=_mm(margins.at("bottom"), 10, 50),
        left=_mm(margins.at("left"), 10, 50),
        right=_mm(margins.at("right"), 10, 50),
        foot=_mm(data.at("foot_mm"), 5, 20),
        head_left=_lines(data.at("head_left")),
        head_right=_lines(data.at("head_right")),
        title=_lines(data.at("title")),
        sentence_size=sentence.at("size").number(SMALLEST_TEXT, 16),
        sentence_indent=_mm(sentence.at("indent_mm"), 0, 20),
        signature=_signature(data.at("signature")),
    )


@lru_cache(maxsize=16)
def table_layout(folder: Path, sheet: str, keys: tuple[str, ...]) -> TableLayout:
    """The layout of a sheet's table, which must have the columns ``keys``; raises EnvironmentTrouble LAYOUT_INVALID."""
    data = read_checked(folder / f"{sheet}.json").only({"text", "columns", "shades", "marks"})
    text = data.at("text").only({"size", "leading", "padding_mm"})
    size = text.at("size").number(SMALLEST_TEXT, 13)
    columns = tuple(_column(each, frozenset(keys)) for each in data.at("columns").each())
    if tuple(column.key for column in columns) != keys:
        data.at("columns").refuse("các cột theo thứ tự " + ", ".join(keys))
    shades = data.at("shades").only({"header", "section", "group"})
    marks = data.at("marks").only({kind.value for kind in Timeliness})
    return TableLayout(
        size=size,
        # Capitals with two marks (Ễ) need 1.12 of the size; less would let lines touch.
        leading=text.at("leading").number(size * 1.12, size * 2),
        padding=_mm(text.at("padding_mm"), 0.3, 5),
        columns=columns,
        shades={name: shades.at(name).number(0, 0.3) for name in ("header", "section", "group")},
        marks={kind: _mark(marks.at(kind.value)) for kind in Timeliness},
    )


def _mm(data: Checked, low: float, high: float) -> float:
    return data.number(low, high) * MM


def _lines(data: Checked) -> tuple[LineLayout, ...]:
    return tuple(_line(each) for each in data.each())


def _line(data: Checked) -> LineLayout:
    data.only({"text", "size", "face"}, {"capitals", "rule", "space_mm"})
    text = data.at("text").text()
    try:
        fields = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        data.at("text").refuse("chữ với các trường trong ngoặc {…} đóng mở đủ")
    if fields - _FIELDS:
        data.at("text").refuse("chữ chỉ dùng các trường " + ", ".join(sorted(_FIELDS)))
    return LineLayout(
        text=text,
        size=data.at("size").number(SMALLEST_TEXT, 20),
        face=Face(data.at("face").choice({face.value for face in Face})),
        capitals=data.at("capitals").flag(),
        rule=data.at("rule").number(0, 1) if "rule" in data else 0.0,
        space=_mm(data.at("space_mm"), 0, 30) if "space_mm" in data else 0.0,
    )


def _signature(data: Checked) -> SignatureLayout:
    data.only({"prefixes", "preparer_title", "authority", "position", "name", "space_mm"})
    prefixes = data.at("prefixes").only({each.value for each in SigningFor})
    return SignatureLayout(
        prefixes={each: prefixes.at(each.value).text() for each in SigningFor},
        preparer_title=_line(data.at("preparer_title")),
        authority=_line(data.at("authority")),
        position=_line(data.at("position")),
        name=_line(data.at("name")),
        space=_mm(data.at("space_mm"), 10, 60),
    )


def _column(data: Checked, keys: frozenset[str]) -> ColumnLayout:
    data.only({"key", "heading", "width_mm", "least_mm"}, {"centred"})
    width = data.at("width_mm").number(5, 200)
    return ColumnLayout(
        key=data.at("key").choice(keys),
        heading=data.at("heading").text(),
        width=width * MM,
        least=_mm(data.at("least_mm"), 5, width),
        centred=data.at("centred").flag(),
    )


def _mark(data: Checked) -> Mark:
    data.only({"mark", "ink"})
    ink = data.at("ink").text()
    if len(ink) != 7 or ink[0] != "#" or not set(ink[1:]) <= set(string.hexdigits):
        data.at("ink").refuse("màu dạng #rrggbb")
    return Mark(mark=data.at("mark").text(), ink=ink)
