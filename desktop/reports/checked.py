"""Reading JSON data with a checked shape: every slip names the file and the place in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from desktop.models.errors import EnvironmentTrouble


@dataclass(frozen=True, slots=True)
class Checked:
    """A value inside a data file, with the way to it ("party.json: title[0].size") for messages.

    Every reader raises EnvironmentTrouble LAYOUT_INVALID when the value is not what is asked for.
    """

    value: object
    where: str

    def refuse(self, wanted: str) -> NoReturn:
        """Say what should have stood here."""
        raise EnvironmentTrouble(
            "LAYOUT_INVALID",
            f"Tệp khuôn trình bày có chỗ không đúng: {self.where} phải là {wanted}. Chưa lập tờ in nào.",
            "Hãy cài lại chương trình, hoặc sửa lại tệp nếu đơn vị đã tự chỉnh khuôn.",
        )

    def only(self, required: Set[str], optional: Set[str] = frozenset()) -> Checked:
        """This value, an object with all required keys and none unknown."""
        keys = self._object().keys()
        for key in sorted(required - keys):
            self.at(key).refuse("một mục có mặt")
        for key in sorted(keys - required - optional):
            self.at(key).refuse("một mục mà chương trình biết")
        return self

    def at(self, key: str) -> Checked:
        """The value under ``key`` (None where absent)."""
        return Checked(self._object().get(key), f"{self.where}.{key}" if ": " in self.where else f"{self.where}: {key}")

    def __contains__(self, key: str) -> bool:
        return key in self._object()

    def each(self) -> Iterator[Checked]:
        """The values of a list that is not empty."""
        if not isinstance(self.value, list) or not self.value:
            self.refuse("một danh sách không rỗng")
        for index, value in enumerate(self.value):
            yield Checked(value, f"{self.where}[{index}]")

    def text(self) -> str:
        """A text."""
        if not isinstance(self.value, str):
            self.refuse("chữ")
        return self.value

    def number(self, low: float, high: float) -> float:
        """A number from ``low`` to ``high``."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)) or not low <= self.value <= high:
            self.refuse(f"số từ {low:g} đến {high:g}")
        return float(self.value)

    def flag(self) -> bool:
        """True or false; absent is false."""
        if self.value is None:
            return False
        if not isinstance(self.value, bool):
            self.refuse("true hoặc false")
        return self.value

    def choice(self, allowed: Set[str]) -> str:
        """One of the allowed words."""
        if not isinstance(self.value, str) or self.value not in allowed:
            self.refuse("một trong: " + ", ".join(sorted(allowed)))
        return self.value

    def _object(self) -> dict[str, object]:
        if not isinstance(self.value, dict):
            self.refuse("một nhóm mục {…}")
        return self.value


def read_checked(file: Path) -> Checked:
    """The whole content of a JSON file, still to be checked; LAYOUT_INVALID when it cannot be read as JSON."""
    try:
        content: object = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as trouble:
        raise EnvironmentTrouble(
            "LAYOUT_INVALID",
            f"Không đọc được tệp khuôn trình bày {file.name}. Chưa lập tờ in nào.",
            "Hãy cài lại chương trình để có đủ tệp khuôn.",
        ) from trouble
    return Checked(content, file.name)
