"""The one place that loads reportlab and openpyxl, when a sheet is made: the start of the program never pays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
    from openpyxl.writer.excel import ExcelWriter
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas


class PdfLibrary(NamedTuple):
    """What sheets use of reportlab. ``damaged_font`` is what loading a broken font file raises."""

    canvas: type[Canvas]
    font: type[TTFont]
    damaged_font: type[Exception]
    register: Callable[[TTFont], None]


class ExcelLibrary(NamedTuple):
    """What sheets use of openpyxl."""

    workbook: type[Workbook]
    cell: Callable[..., Cell]
    writer: type[ExcelWriter]
    style: type[NamedStyle]
    font: type[Font]
    alignment: type[Alignment]
    fill: type[PatternFill]
    border: type[Border]
    side: type[Side]


def pdf_library() -> PdfLibrary:
    """reportlab, loaded on the first call."""
    from reportlab.pdfbase import pdfmetrics, ttfonts
    from reportlab.pdfgen.canvas import Canvas

    return PdfLibrary(
        canvas=Canvas,
        font=ttfonts.TTFont,
        damaged_font=ttfonts.TTFError,
        register=pdfmetrics.registerFont,
    )


def excel_library() -> ExcelLibrary:
    """openpyxl, loaded on the first call."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
    from openpyxl.writer.excel import ExcelWriter

    return ExcelLibrary(
        workbook=Workbook,
        cell=WriteOnlyCell,
        writer=ExcelWriter,
        style=NamedStyle,
        font=Font,
        alignment=Alignment,
        fill=PatternFill,
        border=Border,
        side=Side,
    )
