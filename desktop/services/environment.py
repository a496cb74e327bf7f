"""What the composition root hands in: clock, paths, passphrase, randomness."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
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


_DEMONSTRATION_PASSPHRASE = "trình diễn"
"""No secret: it guards invented figures."""


def demonstration_surroundings(environment: Environment, folder: Path) -> Environment:
    """The surroundings of a demonstration: a day inside the plan's year, keys in the folder itself, nobody asked.

    The clock starts on 14/9/2023, the day before the third quarter's reports are due, and runs on. Given again for the
    same folder, they stay as they are.
    """
    keys = folder / "khoa"
    if environment.keys_folder == keys:
        return environment
    began = environment.clock()
    shift = datetime(2023, 9, 14, 9, 41, tzinfo=began.tzinfo) - began
    return replace(
        environment, clock=lambda: environment.clock() + shift, keys_folder=keys,
        passphrase=lambda _new: _DEMONSTRATION_PASSPHRASE,
    )


def user_folder() -> Path:
    """Where this user's own files rest by default: keys in ``khoa``, data in ``du-lieu``."""
    return user_data_path("SoTienDo", appauthor=False)
