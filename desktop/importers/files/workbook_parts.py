"""The parts of an Excel file that its sheets refer to: list of sheets, shared strings, number formats and fonts."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass

from desktop.importers.files.file_kind import damaged
from desktop.importers.files.number_text import BUILT_IN
from desktop.importers.files.office_parts import main_part, open_part, relations
from desktop.importers.files.xml_stream import RELATION_ID, Attributes, scan

_MOST_FORMATS = 65_536
_HIDDEN = ("hidden", "veryHidden")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet by its name on screen and its part in the file."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class CellFormat:
    """What a cell style says that reading needs: number format code ("" general) and font name."""

    code: str
    font: str


Runs = tuple[tuple[str, str], ...]
"""(text, font name) of the stretches of a text that has several fonts; "" is the font of its cell."""


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """All that sheets refer to. A string with fonts of its own comes in runs."""

    sheets: tuple[SheetPart, ...]
    strings: tuple[str | Runs, ...]
    formats: tuple[CellFormat, ...]
    since_1904: bool


def read_parts(archive: zipfile.ZipFile) -> WorkbookParts:
    """The parts around the sheets of an archive that passed the guard. Raises Refused PLAN_DAMAGED."""
    main = main_part(archive)
    related = relations(archive, main)
    sheets, since_1904 = _sheets(archive, main, related)
    if not sheets:
        raise damaged()
    by_kind = {kind: target for kind, target in related.values()}
    strings = _strings(archive, by_kind["sharedStrings"]) if "sharedStrings" in by_kind else ()
    formats = _formats(archive, by_kind["styles"]) if "styles" in by_kind else ()
    return WorkbookParts(sheets, strings, formats, since_1904)


def _sheets(
    archive: zipfile.ZipFile, main: str, related: dict[str, tuple[str, str]]
) -> tuple[tuple[SheetPart, ...], bool]:
    sheets: list[SheetPart] = []
    settings: Attributes = {}

    def sheet(attributes: Attributes) -> None:
        relation = next((attributes[name] for name in RELATION_ID if name in attributes), "")
        kind, target = related.get(relation, ("", ""))
        if kind == "worksheet" and target in archive.NameToInfo:
            sheets.append(SheetPart(attributes.get("name", ""), target, attributes.get("state") in _HIDDEN))

    with open_part(archive, main) as source:
        scan(source, {"sheet": sheet, "workbookPr": settings.update}, {})
    return tuple(sheets), settings.get("date1904", "0") in ("1", "true", "on")


def _strings(archive: zipfile.ZipFile, part: str) -> tuple[str | Runs, ...]:
    strings: list[str | Runs] = []
    pieces: list[str] = []
    fonts: list[str] = []
    inside = {"t": False, "rPh": False}
    run = {"font": ""}

    def begin(attributes: Attributes) -> None:
        pieces.clear()
        fonts.clear()

    def end() -> None:
        strings.append(tuple(zip(pieces, fonts, strict=True)) if any(fonts) else "".join(pieces))

    def switch(name: str, value: bool) -> None:
        inside[name] = value

    def text(data: str) -> None:
        if inside["t"] and not inside["rPh"]:
            pieces.append(data)
            fonts.append(run["font"])

    with open_part(archive, part) as source:
        scan(
            source,
            {"si": begin, "t": lambda attributes: switch("t", True), "rPh": lambda attributes: switch("rPh", True),
             "rFont": lambda attributes: run.update(font=attributes.get("val", ""))},
            {"si": end, "t": lambda: switch("t", False), "rPh": lambda: switch("rPh", False),
             "r": lambda: run.update(font="")},
            text,
        )
    return tuple(strings)


def _formats(archive: zipfile.ZipFile, part: str) -> tuple[CellFormat, ...]:
    """The formats of cells in the order their numbers count: only those directly in ``cellXfs``."""
    codes: dict[int, str] = dict(BUILT_IN)
    fonts: list[str] = []
    found: list[CellFormat] = []
    state = {"cellXfs": False, "fonts": False}

    def format_code(attributes: Attributes) -> None:
        codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")

    def font_name(attributes: Attributes) -> None:
        if state["fonts"] and fonts:
            fonts[-1] = attributes.get("val", "")

    def cell_format(attributes: Attributes) -> None:
        if len(found) >= _MOST_FORMATS:
            raise ValueError("more formats than Excel has")
        if state["cellXfs"]:
            font = int(attributes.get("fontId", "0"))
            code = codes.get(int(attributes.get("numFmtId", "0")), "")
            found.append(CellFormat(code, fonts[font] if 0 <= font < len(fonts) else ""))

    def font(attributes: Attributes) -> None:
        if state["fonts"]:
            fonts.append("")

    with open_part(archive, part) as source:
        scan(
            source,
            {"numFmt": format_code, "fonts": lambda attributes: state.update(fonts=True), "font": font,
             "name": font_name, "cellXfs": lambda attributes: state.update(cellXfs=True), "xf": cell_format},
            {"fonts": lambda: state.update(fonts=False), "cellXfs": lambda: state.update(cellXfs=False)},
        )
    return tuple(found)
