"""A real X server and a real program on it, driven by real keys."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from desktop.store.database import FILE_NAME

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds until a thing that should happen counts as not happening: generous, for a busy machine."""

T = TypeVar("T")


def wait_for(look: Callable[[], T | None], what: str) -> T:
    """What ``look`` sees, once it sees something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        seen = look()
        if seen:
            return seen
        time.sleep(0.05)
    raise AssertionError(f"không thấy: {what}")


@dataclass(frozen=True)
class Display:
    """An X display: its name, and the file its picture stands in."""

    name: str
    picture: Path

    def rest(self) -> None:
        """Wait until something is drawn and has not changed for a while."""
        alike, before = 0, b""

        def still() -> bool:
            nonlocal alike, before
            now = self.picture.read_bytes()
            alike = alike + 1 if now == before and len(set(now[::7])) > 20 else 0
            before = now
            return alike >= 12

        wait_for(still, "màn hình đứng yên")


@contextmanager
def x_server(folder: Path) -> Iterator[Display]:
    """A new X display, 1366x768, gone at the end; its picture is kept under ``folder``."""
    # Without -noreset it starts anew whenever the last client leaves, and turns away who comes in that moment.
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset", "-fbdir",
         str(folder)],
        pass_fds=(writer,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as told:
            yield Display(f":{told.readline().strip()}", folder / "Xvfb_screen0")
    finally:
        server.terminate()
        server.wait()


class Program:
    """The real program in a process of its own, with a window on a display."""

    def __init__(self, display: Display, home: Path, folder: Path) -> None:
        self.folder = folder
        self._display = display
        self._environment = {
            **os.environ, "DISPLAY": display.name, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8",
            "HOME": str(home), "XDG_DATA_HOME": str(home),
        }
        self._log = home / "chương trình.log"
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "desktop", "--data", str(folder)], cwd=ROOT, env=self._environment,
                stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            )

    def window(self, title: str) -> str:
        """The id of the window of this title, shown and with the keys."""
        found = wait_for(lambda: self._found(title), f"cửa sổ {title}")[0]
        self._x("windowfocus", "--sync", found)
        self._display.rest()
        return found

    def _found(self, title: str) -> list[str]:
        if self._process.poll() is not None:
            raise AssertionError(f"chương trình đã dừng: {self.said()}")
        return self._x("search", "--onlyvisible", "--name", title).split()

    def keys(self, *names: str) -> None:
        """Press keys, one after the other."""
        self._x("key", "--delay", "40", *names)

    def type(self, text: str) -> None:
        """Type a text."""
        self._x("type", "--delay", "40", text)

    def kill(self) -> None:
        """Kill it as a power cut does: no signal it could answer."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def wait(self) -> int:
        """Wait until it has ended; its exit code."""
        return self._process.wait(timeout=PATIENCE)

    def end(self) -> None:
        """Make sure that nothing is left of it."""
        if self._process.poll() is None:
            self.kill()

    def said(self) -> str:
        """What it wrote to its output and error output."""
        return self._log.read_text(encoding="utf-8")

    def stored(self, query: str) -> list[tuple[object, ...]]:
        """Rows of its database, read beside it as another process may."""
        connection = sqlite3.connect(f"file:{self.folder / FILE_NAME}?mode=ro", uri=True, timeout=5)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def _x(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self._environment, capture_output=True, encoding="utf-8", check=False,
            timeout=PATIENCE,
        )
        return done.stdout


def tools_missing() -> str:
    """What a test with a real screen lacks here; empty when it can run."""
    return ", ".join(name for name in ("Xvfb", "xdotool") if shutil.which(name) is None)
