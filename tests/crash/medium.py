"""The medium that fails on demand, from Python: compiled by the tests, loaded into a child process first."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("medium.c")
LIBRARY = "MEDIUM_LIBRARY"
"""The environment variable that names the compiled library to the child."""
MODES = {"count": 1, "kill": 2, "torn": 3, "cut": 4, "full": 5, "gone": 6}


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at an operation of a job.

    ``kill``: SIGKILL before it; ``torn``: SIGKILL when half of a write is done; ``cut``: SIGKILL, and nothing that was
    not flushed by then is on the medium. ``full``: no room from then on, after half of a write. ``gone``: every
    operation fails from then on, names with one error and open files with another. ``links``: whether the file
    system has hard links (FAT has none). ``again``: the person tries again in the window that stayed open.
    """

    mode: str
    path_error: int = errno.EIO
    file_error: int = errno.EIO
    links: bool = True
    again: bool = False


COUNT = Fault("count")
FAULTS = {
    "kill": Fault("kill"), "kill-fat": Fault("kill", links=False), "torn": Fault("torn"), "cut": Fault("cut"),
    "full": Fault("full", errno.ENOSPC, errno.ENOSPC),
    "full-again": Fault("full", errno.ENOSPC, errno.ENOSPC, again=True),
    "gone": Fault("gone"), "gone-again": Fault("gone", again=True),
    "gone-node": Fault("gone", errno.ENOENT, errno.ENODEV),
}


def compiled(folder: Path) -> Path:
    """The library, compiled into a folder. Raises RuntimeError when there is no C compiler or it refuses."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise RuntimeError("no C compiler: apt-get install gcc libc6-dev")
    target = folder / "medium.so"
    subprocess.run(
        [compiler, "-std=gnu11", "-O1", "-Wall", "-Wextra", "-Werror", "-Wno-nonnull-compare", "-shared", "-fPIC",
         "-o", str(target), str(SOURCE), "-ldl"],
        check=True,
    )
    return target


def surroundings(library: Path) -> dict[str, str]:
    """The environment of a child whose files go through the library."""
    # By name alone: the loader parts paths at blanks, and the folder may have some.
    folders = ":".join(part for part in (str(library.parent), os.environ.get("LD_LIBRARY_PATH", "")) if part)
    return {**os.environ, "LD_LIBRARY_PATH": folders, "LD_PRELOAD": library.name, LIBRARY: str(library)}


class Medium:
    """The library inside the process that it was loaded into."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(os.environ[LIBRARY])

    def arm(self, folder: Path, spare: Path, fault: Fault, number: int, log: int) -> None:
        """From now on count what is done below ``folder``; the fault comes at operation ``number``, never at 0.

        ``spare``: an empty folder beside it, for names that a power cut gives back. ``log``: an open file that takes
        a line for each operation.
        """
        self._library.medium_arm(
            os.fsencode(folder), os.fsencode(spare), MODES[fault.mode], ctypes.c_long(number), fault.path_error,
            fault.file_error, int(fault.links), log,
        )

    def disarm(self) -> None:
        """The medium is in order again."""
        self._library.medium_disarm()

    def failed(self) -> bool:
        """Whether the medium fails just now."""
        return bool(self._library.medium_failed())

    def statement(self, words: str) -> None:
        """An SQL statement is about to run."""
        self._library.medium_statement(words.replace("\n", " ")[:60].encode())

    def end(self) -> None:
        """The job has ended well: a kill or power cut of the point after the last operation comes now."""
        self._library.medium_end()
