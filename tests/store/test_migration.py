"""A data folder of an earlier form opens, is brought to the present one in one piece, and says what it said."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from desktop.store.database import FILE_NAME
from desktop.store.migrations import STEPS
from desktop.store.store import open_store

FOLDERS = Path(__file__).parent / "folders" / "v1"
OFFICES = ("hub", "xa")


@pytest.fixture(params=OFFICES)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A hub and a commune as the program kept them when a folder held one plan."""
    target = tmp_path / str(request.param)
    shutil.copytree(FOLDERS / str(request.param), target)
    return target


def said(folder: Path) -> str:
    return (folder / "ma-bam.txt").read_text(encoding="utf-8").strip()


def test_an_earlier_folder_opens_and_says_what_it_said(folder: Path) -> None:
    with sqlite3.connect(folder / FILE_NAME) as raw:
        settings = dict(raw.execute("SELECT name, value FROM settings").fetchall())
        kept = raw.execute("SELECT receipt FROM receipts ORDER BY id DESC").fetchall()
        written = raw.execute("SELECT path FROM written ORDER BY id DESC").fetchall()
        entries = raw.execute("SELECT count(*) FROM authority").fetchone()[0]
    raw.close()
    store = open_store(folder)
    try:
        plan = settings["plan_id"]
        assert store.plan == plan
        assert store.projections.digest() == store.rebuilt_digest() == said(folder)
        (seat,) = store.office.seats()
        assert store.office.seat(plan) == seat
        for name in ("role", "unit", "root", "device", "nonce", "label"):
            assert getattr(seat, name) == settings[name]
        assert seat.demonstration is False
        assert store.office.receipts() == tuple((plan, receipt) for (receipt,) in kept)
        assert [one.path for one in store.office.written(plan)] == [path for (path,) in written]
        assert len(store.office.entries(plan)) == entries
        assert len(store.office.requests(plan)) == (2 if folder.name == "hub" else 0)
        left = store.office.settings().keys()
        assert left == {"plan"} | ({"person"} & settings.keys())
    finally:
        store.close()


def test_opening_it_again_changes_nothing(folder: Path) -> None:
    open_store(folder).close()
    before = (folder / FILE_NAME).read_bytes()
    open_store(folder).close()
    assert (folder / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize("in_the_way", ["seats", "earlier_records", "earlier_requests", "search", "blobs"])
def test_bringing_it_up_fails_as_a_whole_and_leaves_the_folder_as_it_was(folder: Path, in_the_way: str) -> None:
    with sqlite3.connect(folder / FILE_NAME) as raw:
        raw.execute(f"CREATE TABLE {in_the_way} (anything)")
    raw.close()
    before = (folder / FILE_NAME).read_bytes()
    with pytest.raises(sqlite3.OperationalError):
        open_store(folder)
    assert (folder / FILE_NAME).read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["dang-mo.lock", "ma-bam.txt", "sotiendo.db"]
    with sqlite3.connect(folder / FILE_NAME) as raw:
        raw.execute(f"DROP TABLE {in_the_way}")
    raw.close()
    store = open_store(folder)
    assert store.projections.digest() == said(folder)
    store.close()


def test_a_folder_made_now_has_the_same_tables_as_one_brought_up(folder: Path, tmp_path: Path) -> None:
    def tables(at: Path) -> list[tuple[str, str]]:
        store = open_store(at)
        with store.atomic():
            store.office.set_setting("person", "Người nhập 1")
        store.close()
        with sqlite3.connect(at / FILE_NAME) as raw:
            found = raw.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        raw.close()
        return found

    assert tables(folder) == tables(tmp_path / "mới")
    assert len(STEPS) > 3
