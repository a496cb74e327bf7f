"""Printing answers: plain Vietnamese lines, or the stable JSON of docs/cli.md."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.models.errors import EnvironmentTrouble

if TYPE_CHECKING:
    from desktop.services.traffic.views import WrittenPackage


_ACTING = re.compile("[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON lets stand as it is but terminals and readers of lines act upon."""


def line(text: str) -> None:
    """One line; see ``shown``. Raises EnvironmentTrouble OUTPUT_FAILED, as the others here do."""
    _say(shown(text))


def shown(text: str) -> str:
    """Text of others on one line: nothing in it may move the cursor, colour the terminal or turn the reading round."""
    return "".join(" " if sign.isspace() else sign if sign.isprintable() else "\ufffd" for sign in text)


def json_document(value: object) -> None:
    """A JSON document, indented."""
    _say(_json(value, 1))


def json_line(value: object) -> None:
    """One JSON object on one line."""
    _say(_json(value, None))


def finish() -> None:
    """Have all that was said really out; raises EnvironmentTrouble OUTPUT_FAILED."""
    with _told():
        print(end="", flush=True)


def fall_silent() -> None:
    """Say nothing more, not even at the end of the program: whoever listened has gone, or the disk is full."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    with _told():
        print(text)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        fall_silent()
        raise EnvironmentTrouble(
            "OUTPUT_FAILED", "Việc đã làm xong nhưng không ghi được kết quả ra nơi đã chọn (đĩa đầy?).",
            "Hãy ghi ra nơi khác rồi xem lại.",
        ) from error


def _json(value: object, indent: int | None) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _ACTING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def plain(value: object) -> object:
    """Dataclasses, days, paths and enumerations as JSON has them."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value


def written(packages: Sequence[WrittenPackage]) -> None:
    """Packages on the medium."""
    for number, one in enumerate(packages):
        later = sum(other.attachments for other in packages[number + 1:number + 1 + one.parts - one.part])
        part = f" · tệp {one.part}/{one.parts}" if one.parts > 1 else ""
        rest = f", còn {later} tệp đính kèm trong tệp sau" if later else ""
        attached = f" · {one.attachments} tệp đính kèm" if one.attachments else ""
        line(f"Đã ghi: {one.path} · cho {one.recipient} · mã kiểm tra {one.check_code}{attached}{part}{rest}")
        if one.left and one.part == one.parts:
            line(f"Còn {one.left} tệp đính kèm chưa gửi cho {one.recipient}; sẽ vào lần ghi sau khi bên nhận trả lời.")
