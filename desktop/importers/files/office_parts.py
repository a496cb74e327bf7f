"""The parts of an Excel or Word file, by what they are to each other (ECMA-376 part 2, relationships)."""

from __future__ import annotations

import posixpath
import zipfile
from typing import IO

from desktop.importers.files.file_kind import damaged
from desktop.importers.files.office_file import CHECKED
from desktop.importers.files.xml_stream import Attributes, scan


def main_part(archive: zipfile.ZipFile) -> str:
    """The part of the workbook or document itself. Raises Refused PLAN_DAMAGED when there is none."""
    found = next((target for kind, target in relations(archive, "").values() if kind == "officeDocument"), "")
    if not found:
        raise damaged()
    return found


def open_part(archive: zipfile.ZipFile, part: str) -> IO[bytes]:
    """A part of the archive that was looked through. Raises Refused PLAN_DAMAGED when it is missing."""
    if not part.endswith(CHECKED):
        raise damaged()
    try:
        return archive.open(part)
    except KeyError as error:
        raise damaged() from error


def relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """(kind, part) by id of what a part is related to inside the file; "" for the file itself."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def relation(attributes: Attributes) -> None:
        if attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/")
            found[attributes["Id"]] = (attributes["Type"].rpartition("/")[2], target)

    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if part and path not in archive.NameToInfo:
        return {}
    with open_part(archive, path) as source:
        scan(source, {"Relationship": relation}, {})
    return found
