"""Plan files the tour makes out of the printed one: a newer version of it, and one for the year after."""

from __future__ import annotations

import re
from pathlib import Path

_ADDED = (
    "2.1.5\tXây mới nhà văn hóa tổ dân phố số 5\tĐ/c Nguyễn Mạnh Hà, PCT UBND quận\tTTPTQĐ\tUBND phường Bồ Đề"
    "\tTháng 5/2023\tTháng 11/2023"
)
_BEFORE, _WITHDRAWN, _REWRITTEN = "2.1.5\t", "2.1.7\t", "2.1.9\t"
_NUMBER = re.compile(r"\b160\s*-\s*KH/QU")
_NEW_WORDS = "Sửa chữa, cải tạo các trường trung học cơ sở thuộc quận"


def write_newer(plan: Path, out: Path) -> Path:
    """A newer version: a row put in so that numbers move, one withdrawn, one in other words."""
    lines: list[str] = []
    shift = 0
    for line in plan.read_text(encoding="utf-8").split("\n"):
        if line.startswith(_BEFORE):
            lines.append(_ADDED)
            shift = 1
        if line.startswith(_WITHDRAWN):
            shift = 0
            continue
        cells = line.split("\t")
        if line.startswith(_REWRITTEN):
            cells[1] = _NEW_WORDS
        if shift and (number := re.fullmatch(r"2\.1\.(\d+)", cells[0])):
            cells[0] = f"2.1.{int(number[1]) + shift}"
        lines.append("\t".join(cells))
    out.write_text("\n".join(lines), encoding="utf-8")
    return out


def write_next_year(plan: Path, out: Path) -> Path:
    """The same plan a year on, under a number of its own; invented, as everything on the tour."""
    text = plan.read_text(encoding="utf-8").replace("2023", "2024")
    out.write_text(_NUMBER.sub("52-KH/QU", text), encoding="utf-8")
    return out
