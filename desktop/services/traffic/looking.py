"""What lies in a watched folder, and whether it still moves: files only, so that a slow share holds no database up.

Source: exchange.md and office.md, shares and synchronised drives; half-copied files wait until they are whole.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from desktop.exchange.files import read_file, trouble
from desktop.exchange.hashes import check_code
from desktop.models.errors import SoTienDoError

DONE = "da-nhap"
"""The folder inside the watched one that imported files move to."""
SUFFIXES = frozenset({".sotiendo", ".zip"})
YOUNG = timedelta(minutes=10)
"""A damaged file that changed within this time may still be on its way."""
_OURS = (".sotiendo-", ".tam")
"""How the names begin and end under which this program writes."""
_BROWSERS = frozenset({".crdownload", ".part", ".partial", ".opdownload", ".download"})
_SYNCHRONISERS = (".syncthing.", "~syncthing~", ".~", "~$")
_UNFINISHED = frozenset({".tmp", ".temp", *_BROWSERS})


@dataclass(frozen=True, slots=True)
class Lying:
    """A file of a watched folder. ``modified`` in ns; ``since``: when it was first seen just so.

    ``sha256`` (hex) and ``check_code`` are empty until it was read; ``moves``: it changed since the look before, or it
    has an unfinished file's name. ``fault``: why it could not be read.
    """

    name: str
    size: int
    modified: int
    since: datetime
    moves: bool = False
    sha256: str = ""
    check_code: str = ""
    fault: SoTienDoError | None = None

    def may_be_unfinished(self, moment: datetime) -> bool:
        """Whether whoever copies it may still be at work: it changed lately, by its own time and by ours."""
        # The time on a share is another clock's: one far ahead says nothing.
        written = timedelta(microseconds=abs(moment.timestamp() * 1_000_000 - self.modified // 1000))
        return written < YOUNG and moment - self.since < YOUNG


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a watched folder: its package files by name, the names of others, when it was."""

    folder: Path
    moment: datetime
    files: tuple[Lying, ...]
    others: tuple[str, ...]


def look(folder: Path, moment: datetime, before: Look | None = None) -> Look:
    """Look at a folder; what stood still since the look before is read once. Without one, everything is read.

    Raises EnvironmentTrouble NO_RIGHTS, FILE_BAD_NAME, MEDIUM_GONE.
    """
    earlier = {one.name: one for one in before.files} if before is not None and before.folder == folder else None
    files: list[Lying] = []
    others: list[str] = []
    try:
        for name, size, modified in sorted(_listed(folder)):
            if is_unfinished(name):
                files.append(Lying(name, size, modified, moment, moves=True))
            elif Path(name).suffix.lower() in SUFFIXES:
                files.append(_seen(folder, Lying(name, size, modified, moment), earlier))
            elif not name.startswith(_OURS[0]):
                others.append(name)
    except OSError as error:
        raise trouble(error, "Chưa xem được thư mục nhận. Không có gì thay đổi.") from error
    return Look(folder, moment, tuple(files), tuple(others))


def is_unfinished(name: str) -> bool:
    """Whether a name is one that browsers and synchronisers give to a package that has not all come."""
    low = name.lower()
    if low.startswith(_OURS[0]) and low.endswith(_OURS[1]):
        return False
    end = Path(low).suffix
    return end in _BROWSERS or (
        any(suffix in low for suffix in SUFFIXES) and (end in _UNFINISHED or low.startswith(_SYNCHRONISERS))
    )


def _listed(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Name, size and time of each plain file."""
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                found = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                # Moved on since the listing began.
                continue
            if stat.S_ISREG(found.st_mode):
                yield entry.name, found.st_size, found.st_mtime_ns


def _seen(folder: Path, now: Lying, earlier: Mapping[str, Lying] | None) -> Lying:
    """A package file compared with how it lay before, and read where it stands still."""
    if earlier is None:
        return _read(folder, now)
    before = earlier.get(now.name)
    if before is None or (before.size, before.modified) != (now.size, now.modified):
        return replace(now, moves=True)
    return replace(before, moves=False) if before.sha256 else _read(folder, replace(now, since=before.since))


def _read(folder: Path, now: Lying) -> Lying:
    try:
        data = read_file(folder / now.name)
    except SoTienDoError as fault:
        return replace(now, fault=fault)
    if len(data) != now.size:
        return replace(now, moves=True)
    return replace(now, sha256=hashlib.sha256(data).hexdigest(), check_code=check_code(data))
