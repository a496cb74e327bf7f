"""The medium's part of the corpus: read-only, vanishing or full at each stage of import, write and save.

Each stage has its reason code; the database file is as it was, nothing half-made stays, and the job can be finished.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import pytest

from desktop.models.errors import EnvironmentTrouble
from desktop.services.traffic import exchanging
from desktop.services.traffic.receipts import INBOX, REFUSALS
from desktop.services.traffic.views import Outcome
from tests.corpus.bench import Bench, sound
from tests.offices import HUB, WARD, District

FAULTS = (
    (errno.ENOSPC, "DISK_FULL"), (errno.EDQUOT, "DISK_FULL"), (errno.EFBIG, "DISK_FULL"), (errno.EROFS, "NO_RIGHTS"),
    (errno.EACCES, "NO_RIGHTS"), (errno.EIO, "MEDIUM_GONE"), (errno.ENODEV, "MEDIUM_GONE"),
)
STAGES = {
    "making the copy": ("open",), "writing the copy": ("fdopen",), "flushing the copy": ("fsync",),
    "naming the copy": ("replace", "link", "rename"),
}


@contextmanager
def _full_database(bench: Bench, office: str) -> Iterator[None]:
    """The database can take no page more, as SQLite finds out when it writes: from the real file, by its own limit."""
    connection = bench.district.at(office).store._connection
    connection.rows("VACUUM")
    (pages,) = connection.rows("PRAGMA page_count")[0]
    connection.rows(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        connection.rows("PRAGMA max_page_count = 1073741823")


def _inbox(bench: Bench, office: str = HUB) -> list[str]:
    folder = bench.district.root / office / INBOX
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@contextmanager
def _failing(owner: object, names: Sequence[str], number: int) -> Iterator[None]:
    """Every one of these functions fails with this fault."""

    def fails(*_: object, **__: object) -> None:
        raise OSError(number, "fault")

    with pytest.MonkeyPatch.context() as patched:
        for name in names:
            patched.setattr(owner, name, fails)
        yield


def _not_imported(
    bench: Bench, file: Path, code: str, fault: Callable[[], AbstractContextManager[None]] = nullcontext
) -> None:
    """Importing fails with this code; afterwards nothing has changed."""
    hub, before, kept = bench.hub, bench.database(), _inbox(bench)
    with fault():
        (receipt,) = exchanging.import_files(hub, [file]).receipts
    assert (receipt.outcome, receipt.reason) == (Outcome.UNREADABLE, code)
    assert (bench.database(), _inbox(bench)) == (before, kept)
    assert bench.listed() == {}


def _finished(bench: Bench, file: Path) -> None:
    assert bench.bring(file).outcome is Outcome.IMPORTED
    assert bench.listed()["Phường Bồ Đề"][0] == 30
    sound(bench)


@pytest.fixture
def bench(district: District) -> Bench:
    made = Bench(district)
    made.enter(WARD, percent=30, result="Kết quả " * 2_000)
    return made


@pytest.mark.parametrize(("number", "code"), FAULTS, ids=lambda one: str(one))
def test_a_file_that_cannot_be_read(bench: Bench, number: int, code: str) -> None:
    file = bench.district.write(WARD)[0]
    _not_imported(bench, file, code, lambda: _failing(Path, ("open",), number))
    _finished(bench, file)


def test_a_stick_that_was_pulled_out(bench: Bench) -> None:
    file = bench.district.write(WARD)[0]
    away = file.rename(bench.district.root / "đã rút")
    _not_imported(bench, file, "FILE_MISSING")
    file.parent.rmdir()
    _not_imported(bench, file, "FILE_MISSING")
    _not_imported(bench, bench.district.root, "FILE_NOT_A_FILE")
    _finished(bench, away)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(("number", "code"), FAULTS[:4:3] + FAULTS[5:6], ids=lambda one: str(one))
def test_the_copy_of_an_imported_file_fails(bench: Bench, stage: str, number: int, code: str) -> None:
    file = bench.district.write(WARD)[0]
    _not_imported(bench, file, code, lambda: _failing(os, STAGES[stage], number))
    _finished(bench, file)


def test_a_full_disk_below_the_database_at_import(bench: Bench) -> None:
    file = bench.district.write(WARD)[0]
    with _full_database(bench, HUB):
        _not_imported(bench, file, "DISK_FULL")
    _finished(bench, file)


def test_a_refusal_that_cannot_be_logged_is_told_all_the_same(bench: Bench) -> None:
    """Where the log should be there is something else: the person learns the reason, and the next one is logged."""
    log = bench.district.root / HUB / REFUSALS
    log.mkdir()
    (receipt,) = exchanging.import_files(bench.hub, [bench.file(b"x")]).receipts
    assert (receipt.outcome, receipt.reason) == (Outcome.REFUSED, "PKG_NOT_A_PACKAGE")
    log.rmdir()
    bench.bring(b"y")
    assert bench.refusals() == 1


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(("number", "code"), FAULTS[:4:3] + FAULTS[5:6], ids=lambda one: str(one))
def test_a_package_that_cannot_be_written(bench: Bench, stage: str, number: int, code: str) -> None:
    out = bench.district.root / "USB"
    out.mkdir()
    ward, before = bench.ward, bench.database(WARD)
    with _failing(os, STAGES[stage], number), pytest.raises(EnvironmentTrouble) as told:
        exchanging.write_packages(ward, out)
    assert told.value.code == code
    assert (list(out.iterdir()), bench.database(WARD)) == ([], before)
    _written(bench)


def _written(bench: Bench) -> None:
    """What could not be written still waits, and goes with the next file."""
    assert exchanging.traffic(bench.ward).waiting == 1
    _finished(bench, bench.district.write(WARD)[0])
    assert exchanging.traffic(bench.ward).waiting == 0


def test_a_stick_that_is_gone_before_writing(bench: Bench) -> None:
    before = bench.database(WARD)
    with pytest.raises(EnvironmentTrouble) as told:
        exchanging.write_packages(bench.ward, bench.district.root / "USB" / "a.sotiendo")
    assert (told.value.code, bench.database(WARD)) == ("MEDIUM_GONE", before)
    _written(bench)


def test_a_full_disk_below_the_database_at_saving(bench: Bench) -> None:
    with _full_database(bench, WARD):
        before = bench.database(WARD)
        with pytest.raises(EnvironmentTrouble) as saving:
            bench.enter(WARD, result="Dài " * 4_000)
        with pytest.raises(EnvironmentTrouble) as again:
            bench.enter(WARD, result="Dài " * 4_000)
        assert (saving.value.code, again.value.code, bench.database(WARD)) == ("DISK_FULL", "DISK_FULL", before)
    bench.enter(WARD, percent=30)
    _written(bench)
