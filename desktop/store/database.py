"""The one connection to a data folder's database: lock, settings that make saving safe, errors in plain words."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from filelock import FileLock, Timeout

from desktop.models.errors import EnvironmentTrouble
from desktop.store import libraries
from desktop.store.migrations import STEPS, applied

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")
FILE_NAME = "sotiendo.db"
LOCK_NAME = "dang-mo.lock"
PROBE_NAME = "thu-ghi.tam"
"""Written and removed to learn why SQLite could not write."""
# Rollback journal and EXTRA, by which its removal is flushed too: saved means on the disk. WAL is avoided: see
# docs/decisions.md.
PRAGMAS = ("journal_mode=DELETE", "synchronous=EXTRA", "foreign_keys=ON", "temp_store=MEMORY")
"""How every connection to a data folder is set."""

_NO_RIGHTS = EnvironmentTrouble(
    "FOLDER_NO_RIGHTS",
    "Không có quyền ghi vào thư mục dữ liệu. Dữ liệu đã lưu trước đó không thay đổi.",
    "Hãy chọn thư mục khác hoặc đề nghị người quản trị cấp quyền ghi.",
)
_NEWER = EnvironmentTrouble(
    "DATA_NEWER",
    "Thư mục dữ liệu này do phiên bản Sổ tiến độ mới hơn tạo ra. Chương trình không thay đổi gì trong đó.",
    "Hãy cài phiên bản mới hơn của Sổ tiến độ rồi mở lại.",
)
_BAD_NAME = EnvironmentTrouble(
    "FOLDER_BAD_NAME",
    "Tên thư mục dữ liệu quá dài hoặc có ký tự mà ổ đĩa này không nhận. Không có gì thay đổi.",
    "Hãy chọn thư mục có tên ngắn hơn.",
)
_TROUBLES: Mapping[int, EnvironmentTrouble] = {
    sqlite3.SQLITE_FULL: EnvironmentTrouble(
        "DISK_FULL",
        "Ổ đĩa đã đầy nên chưa lưu được. Dữ liệu đã lưu trước đó còn nguyên.",
        "Hãy xóa bớt tệp trên ổ đĩa rồi lưu lại.",
    ),
    sqlite3.SQLITE_READONLY: _NO_RIGHTS,
    sqlite3.SQLITE_PERM: _NO_RIGHTS,
    sqlite3.SQLITE_CANTOPEN: _NO_RIGHTS,
    sqlite3.SQLITE_NOTADB: EnvironmentTrouble(
        "DATA_DAMAGED",
        "Tệp dữ liệu không đọc được; có thể đã hỏng. Chương trình không sửa gì vào tệp đó.",
        "Hãy giữ nguyên thư mục, chép lại một bản rồi dùng bản sao lưu gần nhất.",
    ),
    sqlite3.SQLITE_IOERR: EnvironmentTrouble(
        "DISK_FAULT",
        "Ổ đĩa báo lỗi khi đọc hoặc ghi. Lần lưu vừa rồi chưa thực hiện; dữ liệu đã lưu trước đó còn nguyên.",
        "Hãy kiểm tra ổ đĩa, cắm lại USB rồi thử lại.",
    ),
    sqlite3.SQLITE_BUSY: EnvironmentTrouble(
        "FOLDER_IN_USE",
        "Thư mục dữ liệu đang được chương trình khác sử dụng. Không có gì thay đổi.",
        "Hãy đóng cửa sổ Sổ tiến độ đang mở rồi thử lại.",
    ),
}
_TROUBLES = {**_TROUBLES, sqlite3.SQLITE_CORRUPT: _TROUBLES[sqlite3.SQLITE_NOTADB],
             sqlite3.SQLITE_LOCKED: _TROUBLES[sqlite3.SQLITE_BUSY]}


_VAGUE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR)


@contextmanager
def plain_words(folder: Path | None = None) -> Iterator[None]:
    """Turn SQLite's environmental errors into EnvironmentTrouble; anything else is our fault and passes.

    Where SQLite cannot say what was in the way, the data folder is asked.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _in_plain_words(error, folder) from error


def _in_plain_words(error: sqlite3.Error, folder: Path | None) -> Exception:
    """The environmental error in plain words, or the error itself."""
    # The low byte is the primary result code; extended codes (SQLITE_IOERR_WRITE ...) add to it.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    trouble = (_in_the_way(folder) if folder is not None and code in _VAGUE else None) or _TROUBLES.get(code)
    return error if trouble is None else EnvironmentTrouble(trouble.code, trouble.message, trouble.advice)


def _in_the_way(folder: Path) -> EnvironmentTrouble | None:
    """What keeps a new file out of a folder just now; None where nothing does."""
    probe = folder / PROBE_NAME
    try:
        with probe.open("wb") as file:
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return _trouble(error)
    finally:
        _forget([probe])
    return None


class _Undone(Exception):
    """Ends a trial."""


class Connection:
    """An open data folder. Not thread-safe: open, use and close it on one thread."""

    def __init__(self, folder: Path) -> None:
        """Open, creating folder and database where missing, and bring it to the present form.

        Raises EnvironmentTrouble: FOLDER_IN_USE, FOLDER_NO_RIGHTS, FOLDER_IS_FILE, DATA_NEWER, DATA_DAMAGED, DISK_FULL.
        """
        self.folder = folder
        self._kept: dict[Hashable, Any] = {}
        try:
            self._made = _missing(folder)
        except OSError as error:
            raise _trouble(error) from error
        try:
            self._lock = _lock(folder)
        except EnvironmentTrouble:
            _forget(self._made)
            raise
        try:
            with plain_words(self.folder):
                self._sqlite = sqlite3.connect(folder / FILE_NAME, timeout=0)
                self._prepare()
        except BaseException:
            self._leave()
            raise

    def _prepare(self) -> None:
        try:
            self._set(*PRAGMAS)
            taken = applied(self._sqlite)
            known = [step.__name__ for step in STEPS]
            if set(taken) - set(known):
                raise EnvironmentTrouble(_NEWER.code, _NEWER.message, _NEWER.advice)
            if len(taken) < len(known):
                libraries.migrate(self.db)
        except BaseException:
            self._sqlite.close()
            raise

    @cached_property
    def db(self) -> Database:
        """sqlite-utils over the connection: what writes goes through it."""
        return libraries.database(self._sqlite)

    def close(self) -> None:
        """Close the database and let others open the folder; one in which nothing was saved is as it was found."""
        self._sqlite.close()
        self._leave()

    def _leave(self) -> None:
        # Forgotten under the lock: nobody else may be using what was made here.
        _forget(self._made)
        self._lock.release()
        if os.name == "nt":
            # There an open lock file cannot be removed; one that somebody opened meanwhile cannot either.
            _forget(self._made)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """One transaction: on the disk when it ends, as if never begun when it raises."""
        try:
            with plain_words(self.folder), self.db.atomic():
                yield
        except BaseException:
            self._kept.clear()
            raise
        if not self._sqlite.in_transaction:
            self._made = ()

    @contextmanager
    def trial(self) -> Iterator[None]:
        """A transaction that is undone at its end. Nothing of it leaves memory: a full disk is no hindrance."""
        with plain_words(self.folder):
            self._set("journal_mode=MEMORY", "cache_spill=OFF")
            try:
                with self.db.atomic():
                    yield
                    raise _Undone
            except _Undone:
                return
            finally:
                self._kept.clear()
                self._set("journal_mode=DELETE", "cache_spill=ON")

    def _set(self, *pragmas: str) -> None:
        for pragma in pragmas:
            self._sqlite.execute(f"PRAGMA {pragma}")

    def rows(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query as tuples."""
        # Not ``plain_words``: a save asks often enough for its price to be seen.
        try:
            return self._sqlite.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise _in_plain_words(error, self.folder) from error

    def once(self, key: Hashable, read: Callable[[], T]) -> T:
        """What ``read`` gives, read once: kept until ``forget`` or until a transaction is undone.

        Nobody else writes into the folder while it is open.
        """
        if key not in self._kept:
            self._kept[key] = read()
        found: T = self._kept[key]
        return found

    def forget(self, key: Hashable) -> None:
        """What was kept under a key is about to change."""
        self._kept.pop(key, None)

    def run(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> None:
        """One statement, inside the transaction of the caller."""
        try:
            self.db.execute(sql, parameters)
        except sqlite3.Error as error:
            raise _in_plain_words(error, self.folder) from error

    def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """One statement for many rows, inside the transaction of the caller."""
        try:
            self._sqlite.executemany(sql, rows)
        except sqlite3.Error as error:
            raise _in_plain_words(error, self.folder) from error


def _missing(folder: Path) -> tuple[Path, ...]:
    """What opening a folder is about to make, innermost first; none where there is a database already."""
    if (folder / FILE_NAME).exists():
        return ()
    wanted = (folder / FILE_NAME, folder / LOCK_NAME, folder, *folder.parents)
    return tuple(path for path in wanted if not path.exists())


def _forget(made: Sequence[Path]) -> None:
    """Remove files and then-empty folders, as far as they are there and nobody else uses them."""
    for path in made:
        try:
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink(missing_ok=True)
        except OSError:
            # Not empty, in use, or the medium is gone: then it stays.
            continue


def _lock(folder: Path) -> FileLock:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise EnvironmentTrouble(
            "FOLDER_IS_FILE", f"“{folder}” là một tệp, không phải thư mục. Không có gì thay đổi.",
            "Hãy chọn một thư mục để chứa dữ liệu.",
        ) from error
    except OSError as error:
        raise _trouble(error) from error
    lock = FileLock(folder / LOCK_NAME, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        busy = _TROUBLES[sqlite3.SQLITE_BUSY]
        raise EnvironmentTrouble(busy.code, busy.message, busy.advice) from error
    except OSError as error:
        raise _trouble(error) from error
    return lock


def _trouble(error: OSError) -> EnvironmentTrouble:
    """What kept us from making the folder or its lock."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        found = _TROUBLES[sqlite3.SQLITE_FULL]
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        found = _NO_RIGHTS
    elif error.errno in (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ):
        found = _BAD_NAME
    else:
        found = _TROUBLES[sqlite3.SQLITE_IOERR]
    return EnvironmentTrouble(found.code, found.message, found.advice)
