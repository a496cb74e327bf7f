"""The real program as its user meets it: a process of its own, a home of its own, words in and words out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# Rights bind the superuser too once the process may no longer pass over them (capabilities 1 and 2).
HUMBLE = """
import ctypes, os
if os.geteuid() == 0:
    for right in (1, 2):
        assert ctypes.CDLL(None).prctl(24, right, 0, 0, 0) == 0
"""
# No file may grow beyond a size: what a full disk does, for whoever may not mount a small one.
SMALL_FILES = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
"""

PASSPHRASE = "mật khẩu thử"


@dataclass(frozen=True)
class Answer:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The document or line that was printed."""
        return json.loads(self.out)

    @property
    def reason(self) -> str:
        """The stable code at the end of what was said on standard error, "" when nothing was."""
        last = self.err.strip().rpartition("[")[2]
        return last.removesuffix("]") if last.endswith("]") else ""


@dataclass(frozen=True)
class Program:
    """The program of one user. ``home`` holds the keys; commands run in ``place``, away from the source."""

    home: Path
    place: Path
    extra: Mapping[str, str] = field(default_factory=dict)
    without: frozenset[str] = frozenset()

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables of a run."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SOTIENDO", "XDG_", "LC_"))}
        mine = {
            "HOME": str(self.home), "XDG_DATA_HOME": str(self.home), "SOTIENDO_PASSPHRASE": PASSPHRASE,
            "PYTHONWARNINGS": "error", **self.extra,
        }
        return {name: value for name, value in (kept | mine).items() if name not in self.without}

    @staticmethod
    def words(*words: str | Path) -> list[str]:
        """The command line of some words."""
        return [sys.executable, "-m", "desktop", *(str(word) for word in words)]

    def run(self, *words: str | Path, stdin: str | bytes = "") -> Answer:
        """Run a command to its end."""
        given = stdin if isinstance(stdin, bytes) else stdin.encode()
        done = subprocess.run(
            self.words(*words), cwd=self.place, env=self.environment, input=given, capture_output=True, check=False,
            timeout=120,
        )
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    def after(self, preparation: str, *words: str | Path) -> Answer:
        """Run a command in a process that first ran some Python, such as ``HUMBLE`` or ``SMALL_FILES``."""
        replaced = "import os, sys; os.execv(sys.executable, [sys.executable, '-m', 'desktop', *sys.argv[1:]])"
        done = subprocess.run(
            [sys.executable, "-c", f"{preparation}\n{replaced}", *(str(word) for word in words)], cwd=self.place,
            env=self.environment, capture_output=True, check=False, stdin=subprocess.DEVNULL, timeout=120,
        )
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    def at(self, folder: Path, *words: str | Path) -> Answer:
        """Run a command on a data folder."""
        return self.run("--data", folder, *words)

    def good(self, folder: Path, *words: str | Path) -> Answer:
        """Run a command on a data folder that must be done without a word on standard error."""
        answer = self.at(folder, *words)
        assert (answer.code, answer.err) == (0, ""), f"{words}: {answer}"
        return answer


def listing(folder: Path) -> dict[str, bytes]:
    """Every file and folder below, with contents: equal before and after means that nothing was written."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }
