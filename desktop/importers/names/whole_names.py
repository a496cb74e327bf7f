"""Well-known names of bodies that are read whole, commas and all, though no unit tree knows them; as data."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from desktop.importers.bundled import Bundled
from desktop.models.units import name_key

_TABLE = Bundled("NAMES", "bảng tên cơ quan", "whole-names/1", "resources/units/names")
_AND = re.compile(r"\svà\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WholeNames:
    """Names, and the level words that may follow one of them with the name of a place ("... phường Bồ Đề")."""

    names: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    _ands: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)
    """How many "và" each name has, by its key."""
    _keys: tuple[str, ...] = field(init=False, repr=False, compare=False)
    _levels: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._ands.update((name_key(name), len(_AND.findall(name))) for name in self.names)
        object.__setattr__(self, "_keys", tuple(self._ands))
        object.__setattr__(self, "_levels", tuple(map(name_key, self.levels)))

    def holds(self, text: str) -> bool:
        """Whether a text is one of the names, a level and place behind it or not."""
        key = name_key(text)
        if not key.startswith(self._keys):
            return False
        return key in self._ands or any(
            key.startswith(name) and key[len(name):].startswith(self._levels) and len(_AND.findall(text)) == ands
            for name, ands in self._ands.items()
        )


NO_NAMES = WholeNames()


def load_whole_names(path: Path) -> WholeNames:
    """Read the table. Raises EnvironmentTrouble NAMES_UNREADABLE, Refused NAMES_MALFORMED."""
    body = _TABLE.read(path)
    return WholeNames(_texts(body.get("names"), path), _texts(body.get("levels"), path))


def _texts(value: object, path: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and name_key(one) for one in value):
        raise _TABLE.malformed(path.name)
    return tuple(value)
