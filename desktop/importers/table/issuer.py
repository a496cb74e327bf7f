"""The issuing body as the letterhead prints it, where no caption of the table names it.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, and Hướng dẫn 36-HD/VPTW: top left, in capitals, the issuing body below the
one above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.models.text import fold

_LETTERHEAD_LINES = 15
_FEWEST_LETTERS = 6
_HEADS = re.compile(r"cong hoa xa hoi|doc lap|dang cong san|ke hoach|chuong trinh|de an|bieu |phu luc|so:? ?\d|\*|-")
_TITLES = re.compile(r"ke hoach|chuong trinh|bieu |danh muc|lich cong tac|bang |phan cong")
_BARE = re.compile(
    r"uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|dang uy|(?:uy ban|ub) (?:mat tran to quoc|mttq)(?: viet nam)?"
)
"""A body without its place: the line below it goes on with the name."""


def read_issuer(texts: Sequence[str]) -> str:
    """The issuing body among the first lines of a text, "" where none stands in capitals."""
    found: list[str] = []
    for text in [text for text in texts if text][:_LETTERHEAD_LINES]:
        folded = fold(text)
        if _TITLES.match(folded):
            break
        if _is_body(text, folded):
            found.append(text.strip(" *-–"))
    if not found:
        return ""
    above = found[-2] if len(found) > 1 else ""
    return f"{above} {found[-1]}" if _BARE.fullmatch(fold(above)) else found[-1]


def _is_body(text: str, folded: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    return letters >= _FEWEST_LETTERS and text == text.upper() and " " in text and not _HEADS.match(folded)
