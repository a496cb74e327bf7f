"""Saving and importing facts inside a process, in turn with SQLite alone writing the very same rows.

Usage: ``facts save COUNT SCRATCH`` (COUNT cells, each a transaction) and ``facts import COUNT SEALED SCRATCH ROUNDS``
(a file of COUNT facts in segments of SEALED).
"""

from __future__ import annotations

import gc
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

from desktop.__main__ import OBJECTS_BETWEEN_SEARCHES
from desktop.exchange.files import read_file
from desktop.exchange.package import unpack
from desktop.services.reporting import enter, own_units, periods, shown_now
from desktop.services.traffic import exchanging, intake
from desktop.services.traffic.sealing import seal_own
from desktop.services.workspace import Workspace
from desktop.store.database import FILE_NAME, PRAGMAS
from tests.benchmarks.stamps import now, tell_samples
from tests.offices import HUB, WARD, District, copy_district

_FIELDS = ("percent", "result", "difficulties", "proposals", "evidence")
_FACT_COLUMNS = "log, seq, prev, head, line, kind, record, standing, reason"
_REPORT_COLUMNS = "plan, record, item, unit, period, body, shown, conflicts, author, entered"
_TEN = ", ".join("?" * 10)
Row = Sequence[Any]
Cell = tuple[str, str, str, dict[str, object]]


def save(cells: int, scratch: Path) -> None:
    """A cell saved by the service, then the same two rows by SQLite alone, each on the disk when it returns."""
    district = _district(scratch)
    ws = district.at(WARD)
    ours: list[float] = []
    bare: list[float] = []
    entered = _cells(ws)
    _enter(ws, next(entered))
    floor = _floor(scratch / WARD, scratch / "floor.db")
    with closing(floor), closing(sqlite3.connect(f"file:{scratch / WARD / FILE_NAME}?mode=ro", uri=True)) as looking:
        for _ in range(cells):
            item, unit, period, values = next(entered)
            # What stands in the cell is on the screen before anything is typed.
            shown = shown_now(ws, item, unit, period)
            began = now()
            enter(ws, item, unit, period, values, shown)
            ours.append(now() - began)
            fact, report = _last_rows(looking)
            began = now()
            _write(floor, [fact], [report])
            bare.append(now() - began)
    district.close()
    tell_samples(ours=ours, bare=bare)


def take_in(facts: int, sealed: int, scratch: Path, rounds: int) -> None:
    """A ward writes its file; a fresh copy of the hub imports it, another takes it in without projecting anything,
    and ``executemany`` writes the same facts into a third."""
    file, wrote = _ward_file(facts, sealed, scratch, rounds)
    told: dict[str, list[float]] = {name: [] for name in ("ours", "again", "stored", "bare")}
    for _ in range(rounds):
        hub = copy_district(scratch / "made", scratch / "turn")
        ws = hub.at(HUB)
        ws.identities()
        floor = _floor(hub.root / HUB, hub.root / "floor.db")
        stored = copy_district(scratch / "made", scratch / "stored")
        began = now()
        exchanging.import_files(ws, [file])
        told["ours"].append(now() - began)
        began = now()
        exchanging.import_files(ws, [file])
        told["again"].append(now() - began)
        hub.close()
        with closing(floor):
            rows = _new_facts(hub.root / HUB / FILE_NAME, floor)
            began = now()
            _write(floor, rows, [])
            told["bare"].append(now() - began)
        told["stored"].append(_stored(stored, file))
        shutil.rmtree(hub.root)
        shutil.rmtree(stored.root)
    tell_samples(**told, wrote=wrote, size=[float(file.stat().st_size)])


def _ward_file(facts: int, sealed: int, scratch: Path, rounds: int) -> tuple[Path, list[float]]:
    """The file, and the seconds that writing it took: sealing, packing, flushing, reading back."""
    made = _district(scratch / "made")
    ward = made.at(WARD)
    entered = _cells(ward)
    with ward.store.atomic():
        for number in range(facts):
            _enter(ward, next(entered))
            if sealed < facts and number % sealed == sealed - 1:
                seal_own(ward)
    made.close()
    wrote: list[float] = []
    for _ in range(rounds):
        copied = copy_district(scratch / "made", scratch / "writing")
        copied.at(WARD).device_keys()
        began = now()
        copied.write(WARD)
        wrote.append(now() - began)
        copied.close()
        shutil.rmtree(copied.root)
    file = made.written(WARD)[made.at(HUB).identity().unit_name]
    made.close()
    return file, wrote


def _stored(hub: District, file: Path) -> float:
    """Seconds to verify and store: all stages up to the journal on the disk, without projection and receipt."""
    ws = hub.at(HUB)
    identities = ws.identities()
    began = now()
    opened = unpack(read_file(file), identities)
    with ws.store.atomic():
        intake.store(ws, opened)
    took = now() - began
    hub.close()
    return took


def _district(root: Path) -> District:
    made = District(root)
    root.mkdir(parents=True)
    made.found(WARD)
    return made


def _cells(ws: Workspace) -> Iterator[Cell]:
    """Cell after cell of all rows the ward leads or coordinates, each time with another value."""
    units = own_units(ws)
    items = sorted({(item, unit) for item, unit, _ in ws.store.queries.assignments() if unit in units})
    chosen = [period.id for period in periods(ws)]
    for turn in count():
        for field in _FIELDS:
            for period in chosen:
                for place, (item, unit) in enumerate(items):
                    value = (turn + place) % 101 if field == "percent" else f"Lần {turn}: đã làm việc thứ {place}"
                    yield item, unit, period, {field: value}


def _enter(ws: Workspace, cell: Cell) -> None:
    item, unit, period, values = cell
    enter(ws, item, unit, period, values, shown_now(ws, item, unit, period))


def _floor(folder: Path, target: Path) -> sqlite3.Connection:
    """A copy of a folder's database, opened with the same settings."""
    shutil.copy(folder / FILE_NAME, target)
    connection = sqlite3.connect(target, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _last_rows(looking: sqlite3.Connection) -> tuple[Row, Row]:
    fact: Row = looking.execute(f"SELECT {_FACT_COLUMNS} FROM facts ORDER BY id DESC LIMIT 1").fetchone()
    report: Row = looking.execute(f"SELECT {_REPORT_COLUMNS} FROM reports WHERE record = ?", (fact[6],)).fetchone()
    return fact, report


def _new_facts(source: Path, floor: sqlite3.Connection) -> list[Row]:
    """The facts of a database that another does not hold; the logs they stand in are made known to it."""
    with closing(sqlite3.connect(source)) as full:
        held = {row[0] for row in floor.execute("SELECT head FROM facts")}
        logs = full.execute("SELECT id, public_key, nonce, plan_id, audience, own FROM logs").fetchall()
        floor.executemany("INSERT OR IGNORE INTO logs VALUES (?, ?, ?, ?, ?, ?)", logs)
        return [row for row in full.execute(f"SELECT {_FACT_COLUMNS} FROM facts") if row[3] not in held]


def _write(floor: sqlite3.Connection, facts: Sequence[Row], reports: Sequence[Row]) -> None:
    """One transaction."""
    floor.execute("BEGIN")
    floor.executemany(f"INSERT INTO facts ({_FACT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", facts)
    floor.executemany(f"INSERT OR REPLACE INTO reports ({_REPORT_COLUMNS}) VALUES ({_TEN})", reports)
    floor.execute("COMMIT")


if __name__ == "__main__":
    gc.set_threshold(OBJECTS_BETWEEN_SEARCHES)
    if sys.argv[1] == "save":
        save(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        take_in(int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]), int(sys.argv[5]))
