"""What the composition root hands in: clock, paths, passphrase, randomness."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from desktop.services import libraries

if TYPE_CHECKING:
    from desktop.exchange.keys import KeyFolder

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
"""The bundled data of the program."""


@dataclass(frozen=True)
class Environment:
    """The surroundings of every service.

    ``clock`` gives aware local time. ``passphrase`` is asked when a key is made (True: ask twice) or opened (False);
    it may be called from the database worker. ``random(n)`` gives n unpredictable bytes. Without slots: it holds the
    one KeyFolder of the process, so that the passphrase is asked once.
    """

    clock: Callable[[], datetime]
    resources: Path
    keys_folder: Path
    passphrase: Callable[[bool], str]
    random: Callable[[int], bytes]

    @cached_property
    def keys(self) -> KeyFolder:
        """The secrets of this user, opened at most once."""
        return libraries.key_folder(self.keys_folder, self.passphrase, self.random)


def user_folder() -> Path:
    """Where this user's own files rest by default: keys in ``khoa``, data in ``du-lieu``."""
    return user_data_path("SoTienDo", appauthor=False)
