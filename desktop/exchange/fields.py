"""Typed access to the fields of a strict JSON object, each wrong one refused with the reader's own code."""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop.models.errors import SoTienDoError
from desktop.models.strict_json import JsonValue

TOKEN = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
"""What a plan id, a unit id and an audience look like."""
_HEX = re.compile(r"[0-9a-f]*")


class Fields:
    """An object of a header or manifest. Every method raises what ``fault`` makes when the field is not right."""

    def __init__(self, value: JsonValue, fault: Callable[[], SoTienDoError]) -> None:
        if not isinstance(value, dict):
            raise fault()
        self._object = value
        self._fault = fault

    def names(self) -> frozenset[str]:
        """The names of all fields."""
        return frozenset(self._object)

    def _value(self, name: str) -> JsonValue:
        if name not in self._object:
            raise self._fault()
        return self._object[name]

    def text(self, name: str) -> str:
        """A string."""
        value = self._value(name)
        if not isinstance(value, str):
            raise self._fault()
        return value

    def token(self, name: str) -> str:
        """A plan id, unit id or audience."""
        value = self.text(name)
        if not TOKEN.fullmatch(value):
            raise self._fault()
        return value

    def hex_bytes(self, name: str, size: int) -> bytes:
        """``size`` bytes in lower-case hex."""
        value = self.text(name)
        if len(value) != 2 * size or not _HEX.fullmatch(value):
            raise self._fault()
        return bytes.fromhex(value)

    def integer(self, name: str) -> int:
        """An integer."""
        value = self._value(name)
        # bool is an int to Python; on the wire it is a fault.
        if type(value) is not int:
            raise self._fault()
        return value

    def natural(self, name: str) -> int:
        """An integer of 0 or more."""
        value = self.integer(name)
        if value < 0:
            raise self._fault()
        return value

    def tokens(self, name: str) -> tuple[str, ...]:
        """A list of ids."""
        found = tuple(one for one in self._list(name) if isinstance(one, str) and TOKEN.fullmatch(one))
        if len(found) != len(self._list(name)):
            raise self._fault()
        return found

    def objects(self, name: str) -> tuple[Fields, ...]:
        """A list of objects."""
        return tuple(Fields(one, self._fault) for one in self._list(name))

    def object_or_none(self, name: str) -> Fields | None:
        """An object, or null."""
        value = self._value(name)
        return None if value is None else Fields(value, self._fault)

    def _list(self, name: str) -> list[JsonValue]:
        value = self._value(name)
        if not isinstance(value, list):
            raise self._fault()
        return value
