"""The made pages: shown as they are, and sent to paper as pictures of those very pages."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QObject, QSize, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

_DOTS = 300
"""Dots per inch on paper: sharp for 8 point figures, 35 MB a page of A4 in memory."""
_POINTS = 72


class MadePages(QObject):
    """A document in memory; Qt reads it from these bytes, so what is seen, saved and printed is the same."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = QPdfDocument(self)
        self.data = b""
        self._bytes = QByteArray()
        self._buffer = QBuffer(self)

    def show_bytes(self, data: bytes) -> bool:
        """Take other bytes; whether they are a document that can be shown."""
        self.clear()
        self.data = data
        self._bytes = QByteArray(data)
        self._buffer.setBuffer(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        return self.document.status() == QPdfDocument.Status.Ready

    def clear(self) -> None:
        """Show nothing."""
        self.data = b""
        self.document.close()
        self._buffer.close()

    @property
    def count(self) -> int:
        """Number of pages."""
        return self.document.pageCount()

    def layout_of(self, page: int) -> QPageLayout:
        """Paper and direction of a page, without margins of the printer's own: the page has its own."""
        points: QSizeF = self.document.pagePointSize(page)
        landscape = points.width() > points.height()
        upright = QSizeF(min(points.width(), points.height()), max(points.width(), points.height()))
        paper = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyOrientationMatch)
        way = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
        return QPageLayout(paper, way, QMarginsF(0, 0, 0, 0))

    def print_on(self, printer: QPrinter) -> bool:
        """Send the pages chosen in the dialog, or all, to the printer; whether it took them."""
        first, last = printer.fromPage() or 1, printer.toPage() or self.count
        printer.setFullPage(True)
        printer.setResolution(_DOTS)
        printer.setPageLayout(self.layout_of(first - 1))
        painter = QPainter()
        if not painter.begin(printer):
            return False
        for page in range(first - 1, min(last, self.count)):
            if page >= first:
                printer.setPageLayout(self.layout_of(page))
                printer.newPage()
            self._paint(painter, printer, page)
        return painter.end()

    def _paint(self, painter: QPainter, printer: QPrinter, page: int) -> None:
        points = self.document.pagePointSize(page)
        scale = _DOTS / _POINTS
        picture = self.document.render(page, QSize(round(points.width() * scale), round(points.height() * scale)))
        area = printer.pageLayout().fullRectPixels(printer.resolution())
        painter.drawImage(area.translated(-area.topLeft()), picture)
