"""The guard before Excel and Word files: what is inside, and whether it may be unpacked at all.

No part is read before the whole file has passed: sizes as declared and as they really are (the zip reader stops at the
declared size and compares checksums), how far it swells, how many tags its XML has (each costs memory, however short),
and no document type (no entities, nothing fetched from elsewhere).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat

from desktop.importers.files.file_kind import FileKind, damaged, old_format, other_format
from desktop.models.errors import Refused

MAX_PARTS = 4_000
MAX_PART = 96 * 1024 * 1024
MAX_UNPACKED = 192 * 1024 * 1024
MAX_SWELLING = 400
"""How many times its packed size a part may have; small parts are let off."""
_SMALL_PART = 4 * 1024 * 1024
MAX_MARKS = 1_000_000
"""Most tags of one part; those of a sheet are read one by one and never held."""
MAX_STYLE_MARKS = 400_000
MAX_SHEET_MARKS = 8_000_000
CHECKED = (".xml", ".rels")
"""Parts with other endings are not looked through, and never read."""
_ENTRY = b"PK\x01\x02"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """A file that passed the guard. ``macros`` when it carries a program, which is never run."""

    kind: FileKind
    data: bytes
    macros: bool


def office_kind(data: bytes, ending: str) -> FileKind:
    """Whether a zip file is one of Excel or of Word, whatever it is called; ``ending`` names what is refused.

    Raises Refused PLAN_OTHER_FORMAT, PLAN_DAMAGED, PLAN_TOO_BIG_INSIDE.
    """
    names = _names(data)
    if "xl/workbook.bin" in names:
        raise old_format(".xlsb")
    if "[Content_Types].xml" in names:
        if any(name.startswith("xl/") for name in names):
            return FileKind.XLSX
        if any(name.startswith("word/") for name in names):
            return FileKind.DOCX
    if ending in (".ods", ".odt"):
        raise old_format(ending)
    raise other_format("nén không phải Excel hay Word", ".xlsx hoặc .docx")


def check_office_file(data: bytes, kind: FileKind) -> OfficeFile:
    """The file with every part looked through. Raises Refused PLAN_DAMAGED, PLAN_TOO_BIG_INSIDE, PLAN_UNSAFE."""
    macros = False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_sizes(parts)
            for part in parts:
                macros = macros or part.filename.lower().endswith(("vbaproject.bin", "vbadata.xml"))
                if part.filename.endswith(CHECKED):
                    _check_markup(archive, part, _most_marks(part.filename, kind))
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError,
            OSError) as error:
        raise damaged() from error
    return OfficeFile(kind, data, macros)


def _names(data: bytes) -> frozenset[str]:
    # Before the list of parts is read at all: each entry of it costs ten times its bytes.
    if data.count(_ENTRY) > 2 * MAX_PARTS:
        raise _too_big()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError) as error:
        raise damaged() from error


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if len(names) < len(parts) or any(part.flag_bits & 1 for part in parts):
        raise damaged()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _too_big()
    for part in parts:
        swollen = part.file_size > _SMALL_PART and part.file_size > MAX_SWELLING * max(part.compress_size, 1)
        if part.file_size > MAX_PART or swollen:
            raise _too_big()


def _check_markup(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limit: int) -> None:
    """Refuse a document type, and more tags than may be held."""
    begun: list[str] = []
    opened = expat.ParserCreate()
    opened.StartElementHandler = lambda name, attributes: begun.append(name)
    opened.StartDoctypeDeclHandler = _refuse_doctype
    prolog: expat.XMLParserType | None = opened
    marks = 0
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            marks += chunk.count(b"<")
            if marks > limit:
                raise _too_big()
            if prolog is not None:
                prolog = _past_prolog(prolog, chunk, begun)


def _past_prolog(prolog: expat.XMLParserType, chunk: bytes, begun: list[str]) -> expat.XMLParserType | None:
    """Read on to the first element: a document type can only stand before it."""
    for at in range(0, len(chunk), 4096):
        try:
            prolog.Parse(chunk[at:at + 4096], False)
        except (expat.ExpatError, LookupError, ValueError) as error:
            # Also an encoding that nobody knows, or that expat cannot take.
            if not begun:
                raise damaged() from error
        if begun:
            return None
    return prolog


def _refuse_doctype(name: str, system: str | None, public: str | None, internal: bool) -> None:
    raise Refused(
        "PLAN_UNSAFE", "Tệp chứa khai báo có thể kéo dữ liệu từ nơi khác (DOCTYPE); không đọc. Chưa có gì thay đổi.",
        "Excel và Word không ghi tệp như vậy. Hãy xin lại tệp từ nơi gửi, hoặc mở và lưu lại bằng Excel, Word.",
    )


def _most_marks(name: str, kind: FileKind) -> int:
    if kind is FileKind.XLSX and name.startswith("xl/worksheets/"):
        return MAX_SHEET_MARKS
    return MAX_STYLE_MARKS if name.rpartition("/")[2] == "styles.xml" else MAX_MARKS


def _too_big() -> Refused:
    return Refused(
        "PLAN_TOO_BIG_INSIDE", "Bên trong tệp lớn bất thường so với một kế hoạch; không mở. Chưa có gì thay đổi.",
        "Hãy chép riêng biểu tiến độ sang một tệp Excel hoặc Word mới rồi chọn tệp đó.",
    )
