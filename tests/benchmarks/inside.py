"""Measured inside a process: reading plans, reading times, making a sheet. Usage: ``inside WHAT ROUNDS FOLDER``."""

from __future__ import annotations

import gc
import sys
from functools import _lru_cache_wrapper
from pathlib import Path

from openpyxl import Workbook, load_workbook

from desktop.__main__ import OBJECTS_BETWEEN_SEARCHES
from desktop.cli.main import environment
from desktop.importers.files.sources import open_source
from desktop.models.plan import NodeKind
from desktop.models.time_reading import read_time
from desktop.services.demonstration import prepare
from desktop.services.environment import RESOURCES, demonstration_surroundings
from desktop.services.plan.reading import plan_as_json, read_plan_file
from desktop.services.sheets import consolidated
from desktop.services.workspace import workspace
from tests.benchmarks.commands import PERIOD, PLAN
from tests.benchmarks.stamps import now, tell, tell_samples

_ROWS = 1000


def make_demonstration(folder: Path) -> None:
    """A demonstration folder to measure on."""
    prepare(demonstration_surroundings(environment(), folder), folder)
    tell(made=1)


def read_plan(rounds: int) -> None:
    """The real plan from file to rows, and rows to JSON; what earlier rounds remembered is forgotten each time."""
    ours: list[float] = []
    shaped: list[float] = []
    for _ in range(rounds + 1):
        _forget()
        began = now()
        plan = read_plan_file(PLAN, RESOURCES)
        read = now()
        plan_as_json(plan)
        ours.append(read - began)
        shaped.append(now() - read)
    tell_samples(ours=ours[1:], shaped=shaped[1:])


def read_workbook(rounds: int, folder: Path) -> None:
    """An Excel plan of 1,000 rows: file to rows and file to plan, in turn with openpyxl reading all its cells."""
    file = folder / "nghìn dòng.xlsx"
    _write_workbook(file)
    rows: list[float] = []
    plans: list[float] = []
    bare: list[float] = []
    for _ in range(rounds + 1):
        _forget()
        began = now()
        book = load_workbook(file, read_only=True, data_only=True)
        cells = [list(sheet.iter_rows(values_only=True)) for sheet in book]
        bare.append(now() - began)
        book.close()
        _forget()
        began = now()
        source = open_source(file.read_bytes(), file.suffix)
        rows.append(now() - began)
        if len(source.default.table.rows) != _ROWS or len(cells[0]) != _ROWS + 1:
            raise ValueError("not the same rows")
        _forget()
        began = now()
        read_plan_file(file, RESOURCES)
        plans.append(now() - began)
    tell_samples(rows=rows[1:], plans=plans[1:], bare=bare[1:])


def _write_workbook(file: Path) -> None:
    """The tasks of the real plan over and over, numbered on, with a column that is only shown."""
    items = [node for node in read_plan_file(PLAN, RESOURCES).nodes if node.kind is NodeKind.ITEM]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Biểu tiến độ")
    sheet.append(["TT", "Nội dung thực hiện", "Lãnh đạo phụ trách", "Đơn vị chủ trì", "Đơn vị phối hợp",
                  "Thời gian thực hiện", "Thời gian hoàn thành", "Ghi chú"])
    for number in range(_ROWS):
        node = items[number % len(items)]
        sheet.append([number + 1, node.title, "; ".join(node.leaders), node.printed.lead_units,
                      node.printed.coordinating_units, node.start.text, node.end.text, "x"])
    book.save(file)


def read_times(rounds: int) -> None:
    """Seconds a phrase: every time cell of the real plan, each round with caches empty."""
    plan = read_plan_file(PLAN, RESOURCES)
    phrases = sorted({time.text for node in plan.nodes for time in (node.start, node.end) if time.text})
    ours: list[float] = []
    for _ in range(rounds + 1):
        _forget()
        began = now()
        for phrase in phrases:
            read_time(phrase, plan.header.year)
        ours.append((now() - began) / len(phrases))
    tell_samples(ours=ours[1:])


def make_sheets(rounds: int, folder: Path) -> None:
    """The consolidated sheet in an open folder, libraries loaded: PDF and Excel in turn."""
    pdf: list[float] = []
    xlsx: list[float] = []
    with workspace(environment(), folder) as ws:
        for _ in range(rounds + 1):
            began = now()
            consolidated(ws, PERIOD, "pdf")
            made = now()
            consolidated(ws, PERIOD, "xlsx")
            pdf.append(made - began)
            xlsx.append(now() - made)
    tell_samples(pdf=pdf[1:], xlsx=xlsx[1:])


def _forget() -> None:
    """Empty every cache of a function, so that each round does the work of a first one."""
    for held in gc.get_objects():
        if isinstance(held, _lru_cache_wrapper):
            held.cache_clear()


def main(what: str, rounds: int, folder: Path) -> None:
    """Measure one thing, in a process set up as the program sets its own up, and tell its samples."""
    gc.set_threshold(OBJECTS_BETWEEN_SEARCHES)
    if what == "prepare":
        make_demonstration(folder)
    elif what == "plan":
        read_plan(rounds)
    elif what == "workbook":
        read_workbook(rounds, folder)
    elif what == "times":
        read_times(rounds)
    else:
        make_sheets(rounds, folder)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3] if len(sys.argv) > 3 else "."))
