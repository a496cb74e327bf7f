"""Named lazy loaders: reading a sound text pays neither for zip and XML nor for likeness."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from desktop.importers.checks.doubts import Doubt
    from desktop.importers.files.grid import Grid
    from desktop.importers.files.office_file import OfficeFile
    from desktop.importers.files.sheet import Convert


class LikenessLibrary(NamedTuple):
    """What is used of rapidfuzz: how like two texts are, 0 to 100, as they stand and with their words in order."""

    ratio: Callable[[str, str], float]
    sorted_ratio: Callable[[str, str], float]


def likeness_library() -> LikenessLibrary:
    """rapidfuzz, loaded on the first call."""
    from rapidfuzz import fuzz

    return LikenessLibrary(fuzz.ratio, fuzz.token_sort_ratio)


def likest(wanted: str, choices: Mapping[str, str], least: float, most: int) -> list[tuple[str, float]]:
    """(key, likeness 0-100) of the choices at least that like the wanted text, likest first, at most so many.

    Likeness is rapidfuzz's ratio: twice what stands in both in the same order, over the length of both.
    """
    from rapidfuzz import fuzz, process

    found = process.extract(wanted, choices, scorer=fuzz.ratio, score_cutoff=least, limit=most)
    return [(key, likeness) for _, likeness, key in found]


def open_office_file(data: bytes, ending: str) -> OfficeFile:
    """The Excel or Word file that the bytes are, looked through.

    Raises Refused PLAN_OTHER_FORMAT, PLAN_DAMAGED, PLAN_TOO_BIG_INSIDE, PLAN_UNSAFE.
    """
    from desktop.importers.files.office_file import check_office_file, office_kind

    return check_office_file(data, office_kind(data, ending))


def excel_grids(file: OfficeFile, convert: Convert) -> tuple[Grid, ...]:
    """The sheets of an Excel file; raises as ``workbook.read_workbook``."""
    from desktop.importers.files.workbook import read_workbook

    return read_workbook(file, convert)


def word_grids(file: OfficeFile, convert: Convert) -> tuple[tuple[Grid, ...], tuple[Doubt, ...]]:
    """The tables of a Word file and what is to be told of it; raises as ``document.read_document``."""
    from desktop.importers.files.document import read_document

    return read_document(file, convert)
