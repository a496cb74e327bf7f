"""What every screen offers the window that holds it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.views import Changes

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace


class Screen(QWidget):
    """A screen of the window. It is built when first shown, then told of changes while it lives."""

    title: str = ""
    """The words of the navigation."""
    key_hint: str = ""
    """What keys do here, for the foot of the window."""
    badge_changed = Signal(int)
    """How many things wait here; shown in the navigation, 0 shows nothing."""
    hint_changed = Signal(str)
    """``key_hint`` changed, for instance because another part of the screen has the keys."""
    person_changed = Signal()
    """Another person works here now: the top bar says who."""

    @property
    def badge(self) -> int:
        """How many things wait here."""
        return 0

    @property
    def period(self) -> str:
        """Id of the period shown, for printing; empty where the screen shows none."""
        return ""

    def choose_period(self, period: str) -> None:
        """Show another period, where the screen shows one."""

    def refresh(self, changes: Changes | None) -> None:
        """Read anew what ``changes`` names; everything when None. Called once after building, with None."""

    def commit_pending(self) -> bool:
        """Save what is being typed. False keeps the person here: the field says what is wrong."""
        return True

    def search(self, text: str) -> None:
        """Find or filter by ``text``; empty shows everything again."""

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take files that were dropped on the window."""


@dataclass(frozen=True, slots=True)
class ScreenSpec:
    """A screen of the navigation before it is built.

    ``badge`` counts what waits there, on the database worker, so that the navigation can say so before the screen is
    built. ``takes_files`` marks the screen that files dropped on the window go to, ``prints`` the one of Ctrl+P,
    ``searches`` those a search may go to, and ``apart`` puts a line above it in the navigation.
    """

    title: str
    factory: Callable[[], Screen]
    badge: Callable[[Workspace], int] | None = None
    takes_files: bool = False
    prints: bool = False
    searches: bool = False
    apart: bool = False
