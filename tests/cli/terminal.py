"""A program at a pseudo terminal, as a person sits before it."""

from __future__ import annotations

import signal
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any


class Terminal:
    """A command that runs at a terminal of its own until it ends."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str], place: Path) -> None:
        # By name: the library carries no types.
        pexpect: Any = import_module("pexpect")
        self._end = pexpect.EOF
        self._child: Any = pexpect.spawn(
            words[0], list(words[1:]), env=dict(environment), cwd=str(place), encoding="utf-8", timeout=60,
            preexec_fn=_heed_interrupts,
        )

    def answer(self, question: str, text: str, *, enter: bool = True) -> None:
        """Wait for a question and type an answer."""
        self._child.expect_exact(question)
        if enter:
            self._child.sendline(text)
        else:
            self._child.send(text)

    def rest(self) -> str:
        """All that is said until the end."""
        self._child.expect(self._end)
        self._child.close()
        return str(self._child.before)

    @property
    def code(self) -> int:
        """The exit code, once the end was read."""
        return int(self._child.exitstatus)


def _heed_interrupts() -> None:
    """Ctrl+C works at a person's terminal, also where the suite itself runs behind a shell that ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
