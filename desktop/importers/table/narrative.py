"""The text before (and after) the table -> paragraphs, halves cut by a page break joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from desktop.importers.checks.doubts import Doubt, note
from desktop.importers.files.grid import CELL_BREAK
from desktop.models.plan import Paragraph
from desktop.models.text import squeeze
from desktop.models.time_reading import printed_text

_EMPHASIS = re.compile(r"(?!(?<=\()\*+\))(?:\*\*|\*(?=\S)([^*]*?\S)\*)")
"""Marks of emphasis; (*) and (**) are marks of a footnote."""
_LEFT_OVER = re.compile(rf"{_EMPHASIS.pattern}|</?[a-z]+>")
_NUMBERED = re.compile(r"(?:[IVX]{1,5}\.|\d{1,2}(?:\.\d{1,2}){0,3}\.?)\s+\S")
_ENDS = re.compile(r"[.;:!?…”\")]$")
_SECTION = re.compile(r"([IVX]{1,5})\.\s")
_OVERLAP_WORDS = 5
_LONGEST_OVERLAP = 60
_HEADING_LENGTH = 200


def read_narrative(lines: Sequence[str], numbers: Iterable[int]) -> tuple[tuple[Paragraph, ...], list[Doubt]]:
    """Paragraphs of the given 1-based lines, and what was repaired in them."""
    doubts: list[Doubt] = []
    marked: list[int] = []
    paragraphs: list[Paragraph] = []
    for number, raw in ((place, part) for place in numbers for part in lines[place - 1].split(CELL_BREAK)):
        text = _plain(raw)
        if not text:
            continue
        if _LEFT_OVER.search(raw):
            marked.append(number)
        last = paragraphs[-1] if paragraphs else None
        if last and not last.heading and _goes_on(last.text, text):
            paragraphs[-1] = _joined(last, text, number, doubts)
        else:
            paragraphs.append(Paragraph(number, text, _is_heading(text)))
    if marked:
        doubts.append(note(
            "NARRATIVE_MARKUP", "Dấu * đánh dấu chữ nghiêng, chữ đậm còn sót trong phần lời đã được bỏ.",
            tuple(marked), "",
        ))
    doubts.extend(_repeated_sections(paragraphs))
    return tuple(paragraphs), doubts


def _plain(raw: str) -> str:
    text = printed_text(raw)
    return squeeze(_EMPHASIS.sub(lambda found: found[1] or "", text)) if "*" in text else text


def _is_heading(text: str) -> bool:
    return len(text) <= _HEADING_LENGTH and _NUMBERED.match(text) is not None


def _goes_on(before: str, text: str) -> bool:
    """A paragraph that stops without a stop before one that begins small was cut by a page break."""
    return text[0].islower() and not _ENDS.search(before)


def _joined(last: Paragraph, text: str, number: int, doubts: list[Doubt]) -> Paragraph:
    doubts.append(note(
        "NARRATIVE_JOINED", "Đoạn văn bị ngắt trang; hai nửa đã được nối lại.", (last.line, number), ""
    ))
    words, following = last.text.split(" "), text.split(" ")
    overlap = next(
        (size for size in range(min(len(words), len(following), _LONGEST_OVERLAP), _OVERLAP_WORDS - 1, -1)
         if words[-size:] == following[:size]), 0,
    )
    if overlap:
        doubts.append(note(
            "NARRATIVE_REPEATED",
            f"Chỗ ngắt trang in lặp “{' '.join(following[:overlap])}”; toàn văn giữ một lần.", (last.line, number), "",
        ))
    return Paragraph(last.line, " ".join([*words, *following[overlap:]]), last.heading)


def _repeated_sections(paragraphs: Sequence[Paragraph]) -> list[Doubt]:
    first: dict[str, int] = {}
    doubts = []
    for paragraph in paragraphs:
        found = _SECTION.match(paragraph.text) if paragraph.heading else None
        if found is None:
            continue
        line = first.setdefault(found[1], paragraph.line)
        if line != paragraph.line:
            doubts.append(note(
                "NARRATIVE_NUMBER_REPEATED", f"Phần lời có hai mục đánh số {found[1]}.", (line, paragraph.line), ""
            ))
    return doubts
