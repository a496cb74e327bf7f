"""Printing answers: plain Vietnamese lines, or the stable JSON of docs/cli.md."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.services.views import WrittenPackage


def line(text: str) -> None:
    """One line."""
    print(text)


def json_document(value: object) -> None:
    """A JSON document, indented."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def json_line(value: object) -> None:
    """One JSON object on one line."""
    print(json.dumps(value, ensure_ascii=False))


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
    for one in packages:
        print(f"Đã ghi: {one.path} · cho {one.recipient} · mã kiểm tra {one.check_code}")
