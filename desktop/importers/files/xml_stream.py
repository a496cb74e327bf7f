"""Parts of Excel files read as a stream: nothing is held but what a reader keeps.

The guard (office_file) has refused document types before; here only the elements a reader names are told to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO
from xml.parsers import expat

from desktop.importers.files.file_kind import damaged

Attributes = dict[str, str]
_SPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/package/2006/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main",
)
_RELATION_SPACES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
RELATION_ID = tuple(f"{space} id" for space in _RELATION_SPACES)
"""The attribute that names a relation, in both editions of the format."""


def scan(
    source: IO[bytes], starts: Mapping[str, Callable[[Attributes], None]], ends: Mapping[str, Callable[[], None]],
    text: Callable[[str], None] | None = None,
) -> None:
    """Tell the elements of a part by their local names as they begin and end, and all text between.

    Raises Refused PLAN_DAMAGED for what is no XML, or what a reader cannot make sense of (ValueError, LookupError).
    """
    begin = {f"{space} {name}": call for space in _SPACES for name, call in starts.items()}
    finish = {f"{space} {name}": call for space in _SPACES for name, call in ends.items()}
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def started(name: str, attributes: Attributes) -> None:
        if (call := begin.get(name)) is not None:
            call(attributes)

    def ended(name: str) -> None:
        if (call := finish.get(name)) is not None:
            call()

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.ParseFile(source)
    except (expat.ExpatError, ValueError, LookupError, ArithmeticError) as error:
        raise damaged() from error
