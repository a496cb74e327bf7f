"""What hangs on a sheet of an Excel file beside its cells: comments and drawn boxes. Told, not read."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass

from desktop.importers.files.office_file import CHECKED
from desktop.importers.files.office_parts import open_part, relations
from desktop.importers.files.xml_stream import Attributes, scan

_ROW = re.compile(r"[A-Z]{1,3}([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Aside:
    """The rows whose cells have comments, in order, each once; whether a drawn box of the sheet holds text."""

    comments: tuple[int, ...] = ()
    has_box: bool = False


def read_aside(archive: zipfile.ZipFile, sheet: str) -> Aside:
    """What hangs on the sheet of a part; parts that are not there are passed over. Raises Refused PLAN_DAMAGED."""
    held = [
        (kind, part) for kind, part in relations(archive, sheet).values()
        if part in archive.NameToInfo and part.endswith(CHECKED)
    ]
    rows = {row for kind, part in held if kind == "comments" for row in _commented(archive, part)}
    return Aside(tuple(sorted(rows)), any(_has_text(archive, part) for kind, part in held if kind == "drawing"))


def _commented(archive: zipfile.ZipFile, part: str) -> list[int]:
    rows: list[int] = []

    def comment(attributes: Attributes) -> None:
        if found := _ROW.fullmatch(attributes.get("ref", "")):
            rows.append(int(found[1]))

    with open_part(archive, part) as source:
        scan(source, {"comment": comment}, {})
    return rows


def _has_text(archive: zipfile.ZipFile, part: str) -> bool:
    found: list[bool] = []
    inside = {"t": False}

    def text(data: str) -> None:
        if inside["t"] and data.strip():
            found.append(True)

    with open_part(archive, part) as source:
        scan(source, {"t": lambda attributes: inside.update(t=True)}, {"t": lambda: inside.update(t=False)}, text)
    return bool(found)
