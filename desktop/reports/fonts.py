"""The bundled typeface: loading its faces, measuring text in them, and what to print for letters they lack."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from desktop.models.errors import EnvironmentTrouble
from desktop.models.text import nfc
from desktop.reports.libraries import pdf_library

# Signs that people paste from Word and messengers, by the nearest sign the faces have.
_STAND_INS = str.maketrans(
    {
        "✓": "√",
        "✔": "√",
        "☑": "√",
        "\uf0fc": "√",
        "\uf0b7": "•",
        "\uf0a7": "▪",
        "\uf0d8": "►",
        "\uf02d": "-",
        "➢": "►",
        "➤": "►",
        "❖": "◊",
        "\u2011": "-",
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
        "\t": " ",
    }
)
_LACKING = "□"
# What the library lets through when a font file is cut short.
_DAMAGED = (struct.error, ValueError, LookupError)


class Face(StrEnum):
    """A face of the serif family; the value is the end of its file name and of its name in the PDF."""

    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "Italic"
    BOLD_ITALIC = "BoldItalic"


@dataclass(frozen=True)
class Faces:
    """The loaded family. ``widths`` gives each letter's advance in 1/1000 of the size, per face."""

    widths: dict[Face, dict[int, float]]

    def name(self, face: Face) -> str:
        """The name under which the face is known to the PDF library."""
        return _name(face)

    def printable(self, text: str) -> str:
        """The text in NFC with only letters that the faces have; line breaks stay, other control signs go."""
        clean = nfc(text).translate(_STAND_INS)
        known = self.widths[Face.REGULAR]
        if all(ord(c) in known or c == "\n" for c in clean):
            return clean
        kept = (c for c in clean if c == "\n" or c.isprintable() or c.isspace())
        return "".join(c if c == "\n" or ord(c) in known else " " if c.isspace() else _LACKING for c in kept)

    def measure(self, face: Face, size: float) -> Callable[[str], float]:
        """A function from text to its width in points, remembering the words it has met."""
        table = self.widths[face]

        @lru_cache(maxsize=8192)
        def width(text: str) -> float:
            return sum([table.get(ord(c), 500.0) for c in text]) * size / 1000

        return width


def _name(face: Face) -> str:
    return f"LiberationSerif-{face.value}"


@lru_cache(maxsize=4)
def load_faces(folder: Path) -> Faces:
    """The four faces of the serif family in ``folder``, made known to the PDF library.

    Raises EnvironmentTrouble FONT_MISSING when a file is absent or is not a font.
    """
    library = pdf_library()
    widths: dict[Face, dict[int, float]] = {}
    for face in Face:
        file = folder / f"{_name(face)}.ttf"
        try:
            if not file.is_file():
                raise FileNotFoundError(file)
            font = library.font(_name(face), str(file))
        except (OSError, library.damaged_font, *_DAMAGED) as trouble:
            raise EnvironmentTrouble(
                "FONT_MISSING",
                f"Không đọc được phông chữ {file.name} của chương trình nên chưa lập được tờ in; số liệu vẫn nguyên.",
                "Hãy cài lại chương trình để có đủ phông chữ.",
            ) from trouble
        library.register(font)
        widths[face] = font.face.charWidths
    return Faces(widths)
