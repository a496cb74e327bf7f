"""The named lazy loader of Excel and Word files: reading a text pays for neither zip nor XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.importers.doubts import Doubt
    from desktop.importers.grid import Grid
    from desktop.importers.office_file import OfficeFile
    from desktop.importers.sheet import Convert


def open_office_file(data: bytes, ending: str) -> OfficeFile:
    """The Excel or Word file that the bytes are, looked through.

    Raises Refused PLAN_OTHER_FORMAT, PLAN_DAMAGED, PLAN_TOO_BIG_INSIDE, PLAN_UNSAFE.
    """
    from desktop.importers.office_file import check_office_file, office_kind

    return check_office_file(data, office_kind(data, ending))


def excel_grids(file: OfficeFile, convert: Convert) -> tuple[Grid, ...]:
    """The sheets of an Excel file; raises as ``workbook.read_workbook``."""
    from desktop.importers.workbook import read_workbook

    return read_workbook(file, convert)


def word_grids(file: OfficeFile, convert: Convert) -> tuple[tuple[Grid, ...], tuple[Doubt, ...]]:
    """The tables of a Word file and what is to be told of it; raises as ``document.read_document``."""
    from desktop.importers.document import read_document

    return read_document(file, convert)
