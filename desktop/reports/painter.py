"""Drawing on PDF pages with the origin at the top left, in the bundled faces only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from desktop.reports.fonts import Face, Faces
from desktop.reports.layouts import MM
from desktop.reports.libraries import pdf_library
from desktop.reports.tables import BLACK, Line

A4_LANDSCAPE = (297 * MM, 210 * MM)
_LINE = 0.5
# From the top of a line of text to its baseline, as a part of the leading that is left after the size.
_ASCENT = 0.89


class Painter:
    """A PDF in the making. ``page`` is (width, height) in points. The same calls give the same bytes."""

    def __init__(self, page: tuple[float, float], faces: Faces, title: str, author: str, made: datetime) -> None:
        self._page = page
        self._faces = faces
        self._out = BytesIO()
        # The library's own first font is Helvetica: name ours, or every page carries it.
        options: dict[str, Any] = {"initialFontName": faces.name(Face.REGULAR), "lang": "vi", "invariant": 1}
        self._canvas = pdf_library().canvas(self._out, pagesize=page, pageCompression=1, **options)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(title)
        self._canvas.setCreator("Sổ tiến độ")
        self._canvas.setDateFormatter(lambda *_: _pdf_moment(made))
        self._measures = {face: faces.measure(face, 1.0) for face in Face}
        self._bookmarks = 0

    def text(self, x: float, baseline: float, text: str, face: Face, size: float) -> None:
        """Text that begins at ``x``."""
        self._canvas.setFont(self._faces.name(face), size)
        self._canvas.drawString(x, self._page[1] - baseline, text)

    def centred(self, x: float, baseline: float, text: str, face: Face, size: float) -> None:
        """Text centred on ``x``."""
        self.text(x - self._width(text, face, size) / 2, baseline, text, face, size)

    def ending(self, x: float, baseline: float, text: str, face: Face, size: float) -> None:
        """Text that ends at ``x``."""
        self.text(x - self._width(text, face, size), baseline, text, face, size)

    def lines(
        self, x: float, top: float, width: float, lines: Sequence[Line], size: float, leading: float, centred: bool
    ) -> None:
        """Lines below one another, the first with its top at ``top``."""
        if not lines:
            return
        text = self._canvas.beginText()
        baseline = self._page[1] - top - (leading - size) / 2 - size * _ASCENT
        font: Face | None = None
        ink = BLACK
        for line in lines:
            if line.face is not font:
                font = line.face
                text.setFont(self._faces.name(font), size)
            if line.ink != ink:
                ink = line.ink
                text.setFillColor(ink)
            shift = (width - self._width(line.text, line.face, size)) / 2 if centred else 0.0
            text.setTextOrigin(x + shift, baseline)
            text.textOut(line.text)
            baseline -= leading
        if ink != BLACK:
            text.setFillColor(BLACK)
        self._canvas.drawText(text)

    def rule(self, x: float, y: float, length: float) -> None:
        """A horizontal rule."""
        self._canvas.setLineWidth(_LINE * 1.5)
        self._canvas.line(x, self._page[1] - y, x + length, self._page[1] - y)

    def grid(self, xs: Sequence[float], top: float, bottom: float) -> None:
        """The lines of a table row: its verticals, and the horizontals above and below."""
        high, low = self._page[1] - top, self._page[1] - bottom
        self._canvas.setLineWidth(_LINE)
        ends = [(xs[0], high, xs[-1], high), (xs[0], low, xs[-1], low)]
        self._canvas.lines([*ends, *((x, high, x, low) for x in xs)])

    def shade(self, x: float, top: float, width: float, height: float, black: float) -> None:
        """A grey ground; ``black`` from 0 to 1."""
        self._canvas.setFillGray(1 - black)
        self._canvas.rect(x, self._page[1] - top - height, width, height, stroke=0, fill=1)
        self._canvas.setFillGray(0)

    def bookmark(self, level: int, title: str, top: float) -> None:
        """An entry of the outline that leads to ``top`` on this page."""
        self._bookmarks += 1
        key = f"b{self._bookmarks}"
        self._canvas.bookmarkHorizontalAbsolute(key, self._page[1] - top)
        self._canvas.addOutlineEntry(title, key, level)

    def turn(self) -> None:
        """End the page."""
        self._canvas.showPage()

    def finish(self) -> bytes:
        """The finished file."""
        if self._bookmarks:
            self._canvas.showOutline()
        self._canvas.save()
        return self._out.getvalue()

    def _width(self, text: str, face: Face, size: float) -> float:
        return self._measures[face](text) * size


def _pdf_moment(moment: datetime) -> str:
    """A moment as PDF writes it: D:20230915094100+07'00', without the offset where none is known."""
    offset = f"{moment:%z}"
    return f"D:{moment:%Y%m%d%H%M%S}" + (f"{offset[:3]}'{offset[3:5]}'" if offset else "")
