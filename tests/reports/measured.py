"""A made PDF, opened and measured: lengths in points from the top left corner of the page."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

import pdfplumber

from desktop.models.sheets import ConsolidatedSheet
from desktop.reports.consolidated import consolidated_pdf
from tests.reports.samples import FONTS, LAYOUTS

MM = 72 / 25.4
HAIR = 0.6


@dataclass(frozen=True)
class MeasuredPage:
    """One page: its words with their boxes, its letters, and the straight lines of its table."""

    text: str
    width: float
    height: float
    words: list[dict[str, Any]]
    letters: list[dict[str, Any]]
    verticals: list[dict[str, Any]]
    horizontals: list[dict[str, Any]]

    @property
    def body(self) -> list[dict[str, Any]]:
        """The letters above the foot line."""
        return [letter for letter in self.letters if letter["bottom"] < self.height - 15 * MM]


def printed(sheet: ConsolidatedSheet) -> bytes:
    """The sheet as PDF with the bundled fonts and layouts."""
    return consolidated_pdf(sheet, FONTS, LAYOUTS)


def measure(data: bytes) -> list[MeasuredPage]:
    """Every page of the PDF."""
    pages: list[MeasuredPage] = []
    with pdfplumber.open(io.BytesIO(data)) as file:
        for page in file.pages:
            lines = page.lines
            pages.append(
                MeasuredPage(
                    text=page.extract_text(),
                    width=float(page.width),
                    height=float(page.height),
                    words=page.extract_words(),
                    letters=[letter for letter in page.chars if letter["text"].strip()],
                    verticals=[line for line in lines if abs(line["x0"] - line["x1"]) < HAIR],
                    horizontals=[line for line in lines if abs(line["top"] - line["bottom"]) < HAIR],
                )
            )
    return pages


def squeezed(text: str) -> str:
    """The text without blanks and line breaks, for finding what was wrapped."""
    return re.sub(r"\s+", "", text)
