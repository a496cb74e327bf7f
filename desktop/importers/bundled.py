"""Tables that come with the program as JSON: read, and known by the word in their ``format``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from desktop.models.errors import EnvironmentTrouble, Refused
from desktop.models.text import nfc


@dataclass(frozen=True, slots=True)
class Bundled:
    """A kind of table: how its error codes begin, what people call it, its ``format``, the folder of its pattern."""

    code: str
    name: str
    format: str
    home: str

    def read(self, path: Path) -> dict[str, object]:
        """The table's object. Raises EnvironmentTrouble ``<code>_UNREADABLE``, Refused ``<code>_MALFORMED``."""
        try:
            body = json.loads(nfc(self.data(path).decode("utf-8-sig")))
        except (ValueError, RecursionError) as error:
            raise self.malformed(path.name) from error
        if not isinstance(body, dict) or body.get("format") != self.format:
            raise self.malformed(path.name)
        return body

    def data(self, path: Path) -> bytes:
        """The bytes of the file. Raises EnvironmentTrouble ``<code>_UNREADABLE``."""
        try:
            return path.read_bytes()
        except OSError as error:
            raise EnvironmentTrouble(
                f"{self.code}_UNREADABLE", f"Không mở được {self.name} {path.name}.",
                "Hãy kiểm tra tệp còn đó và có quyền đọc, hoặc cài đặt lại chương trình.",
            ) from error

    def malformed(self, file_name: str, why: str = "") -> Refused:
        """The refusal of a file that is not of the pattern."""
        told = f" không đúng mẫu: {why}" if why else " không đúng mẫu"
        return Refused(
            f"{self.code}_MALFORMED", f"{self.name[0].upper()}{self.name[1:]} {file_name}{told}. Chưa có gì thay đổi.",
            f"Hãy sửa tệp theo mẫu trong thư mục {self.home}.",
        )
