"""What a folder says after a job was cut off: before or after, whole, and nothing half-written taken for whole."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from desktop.exchange.package import unpack
from desktop.models.errors import SoTienDoError
from desktop.services import doctor
from desktop.store.database import FILE_NAME
from tests.crash.jobs import DAMAGED, Job
from tests.offices import District

_INDEX = frozenset({"search_data", "search_idx", "search_docsize", "search_config"})
"""How FTS5 lays its words out; whether it is right is asked of FTS5 itself."""
_CHANCE = {"written": frozenset({"id", "path", "check_code", "facts"})}
"""Columns that differ between two good runs: packages are encrypted anew, a second one gets a name of its own and
brings nothing new. Rows alike in all others count once: a package written again was written."""
_PLAIN = frozenset({FILE_NAME, f"{FILE_NAME}-journal", "dang-mo.lock", "tep-bi-tu-choi.jsonl", "ma-bam.txt"})


def tree_hash(root: Path) -> str:
    """The hash of all names and bytes below a folder."""
    found = sha256()
    for path in sorted(root.rglob("*")):
        found.update(f"{path.relative_to(root)}\0".encode())
        if path.is_file():
            found.update(sha256(path.read_bytes()).digest())
    return found.hexdigest()


def content(folder: Path, spare: Path) -> tuple[str, list[str]]:
    """What a data folder's database says, and what is wrong with it, found in a copy that SQLite recovers.

    The content is "" where there is none: no file, no tables, or nothing in them.
    """
    if not (folder / FILE_NAME).exists():
        return "", []
    shutil.rmtree(spare, ignore_errors=True)
    spare.mkdir()
    for path in folder.glob(f"{FILE_NAME}*"):
        shutil.copy(path, spare / path.name)
    raw = sqlite3.connect(spare / FILE_NAME)
    try:
        problems = _unsound(raw)
        said = list(_rows(raw))
    finally:
        raw.close()
    if not said:
        return "", problems
    tables = raw_schema(spare)
    return sha256(json.dumps([tables, said]).encode()).hexdigest(), problems


def raw_schema(folder: Path) -> list[str]:
    """The tables and indexes of a database, as they were made."""
    raw = sqlite3.connect(folder / FILE_NAME)
    found = [str(row) for row in raw.execute("SELECT name, sql FROM sqlite_master ORDER BY name")]
    raw.close()
    return found


def _unsound(raw: sqlite3.Connection) -> list[str]:
    problems = [f"integrity_check: {row[0]}" for row in raw.execute("PRAGMA integrity_check") if row[0] != "ok"]
    problems += [f"foreign key: {row}" for row in raw.execute("PRAGMA foreign_key_check")]
    if "search" in _tables(raw):
        try:
            raw.execute("INSERT INTO search(search) VALUES ('integrity-check')")
        except sqlite3.DatabaseError as error:
            problems.append(f"search index: {error}")
        raw.rollback()
    return problems


def _tables(raw: sqlite3.Connection) -> list[str]:
    return [str(row[0]) for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]


def _rows(raw: sqlite3.Connection) -> Iterator[str]:
    for table in _tables(raw):
        if table in _INDEX or table.startswith(("sqlite_", "_sqlite_")) or table == "search":
            continue
        columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
        kept = ", ".join(f'"{name}"' for name in columns if name not in _CHANCE.get(table, ()))
        for row in sorted({repr(row) for row in raw.execute(f"SELECT {kept} FROM {table}")}):
            yield f"{table}: {row}"


def contents(job: Job, root: Path, spare: Path) -> tuple[tuple[str, ...], list[str]]:
    """``content`` of each of a job's folders."""
    found = [content(root / office, spare) for office in job.offices]
    return tuple(said for said, _ in found), [problem for _, problems in found for problem in problems]


def strange_files(root: Path, known: frozenset[Path], district: District) -> list[str]:
    """Files that are new and neither whole nor under a name that says they are not."""
    identities = tuple(
        district.environment.keys.load(bytes.fromhex(path.stem)).identity for path in (root / "khoa").glob("*.key")
    )
    problems = []
    for path in root.rglob("*"):
        name = path.relative_to(root)
        if path.is_dir() or name in known or path.name in _PLAIN or path.suffix in (".tam", ".key"):
            # Each key was opened above.
            continue
        if path.suffix != ".sotiendo":
            problems.append(f"a strange file: {name}")
        elif path.name != DAMAGED:
            try:
                unpack(path.read_bytes(), identities)
            except SoTienDoError as refusal:
                problems.append(f"{name} is no whole package: {refusal}")
    return problems


def ill(job: Job, district: District) -> list[str]:
    """What the doctor finds in the folders that are set up."""
    problems = []
    for office in job.offices:
        if not (district.root / office / FILE_NAME).exists():
            continue
        ws = district.at(office)
        if ws.is_set_up():
            problems += [f"{check.name}: {check.detail}" for check in doctor.examine(ws).checks if not check.ok]
    return problems


def leftovers(root: Path) -> list[str]:
    """Temporary files that nobody takes away any more."""
    return sorted(str(path.relative_to(root)) for path in root.rglob("*.tam"))
