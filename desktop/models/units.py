"""The tree of units: who reports, under whom, with names, aliases and days of validity."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """One body of the tree. ``id`` is fixed when the unit first appears; names and parents are fields.

    ``short`` is used in file names and narrow columns ("P-BoDe", "TTPTQĐ"). ``level`` names a level of the tree's own
    data ("quận", "phường"): code never knows levels by name. ``aliases`` are further spellings, printed as met.
    """

    id: str
    name: str
    short: str
    level: str
    parent: str | None
    aliases: tuple[str, ...] = ()
