"""Marks beside the key: read back as written, none where they are damaged, kept for their owner."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from desktop.exchange.keys import KeyFolder
from desktop.exchange.marks import Mark, marks_data, read_marks
from desktop.models.errors import EnvironmentTrouble

PLAN, NONCE = "ab" * 16, b"\x01" * 16
MARKS = (Mark(PLAN, "all", NONCE, 7, b"\x02" * 32), Mark(PLAN, "p-bo-de", NONCE, 0, b"\x03" * 32))
KEY = b"\x09" * 32


def folder(path: Path) -> KeyFolder:
    def nobody(_new: bool) -> str:
        raise AssertionError("marks need no passphrase")

    return KeyFolder(path / "khóa", nobody, lambda length: b"\x00" * length)


def test_marks_come_back_and_are_replaced_whole(tmp_path: Path) -> None:
    keys = folder(tmp_path)
    assert keys.marks(KEY) == ()
    keys.set_marks(KEY, MARKS)
    assert folder(tmp_path).marks(KEY) == MARKS
    keys.set_marks(KEY, MARKS[:1])
    assert keys.marks(KEY) == MARKS[:1]
    assert keys.marks(b"\x08" * 32) == ()
    (kept,) = (tmp_path / "khóa").iterdir()
    assert kept.name == f"{KEY.hex()}.mark"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_every_damaged_bit_gives_marks_or_none_and_no_error() -> None:
    data = marks_data(MARKS)
    assert read_marks(data) == MARKS
    for place in range(len(data) * 8):
        damaged = bytearray(data)
        damaged[place // 8] ^= 1 << place % 8
        assert isinstance(read_marks(bytes(damaged)), tuple)
    for end in range(len(data)):
        assert read_marks(data[:end]) == ()


def test_a_folder_in_the_place_of_the_marks(tmp_path: Path) -> None:
    keys = folder(tmp_path)
    (tmp_path / "khóa" / f"{KEY.hex()}.mark").mkdir(parents=True)
    assert keys.marks(KEY) == ()
    with pytest.raises(EnvironmentTrouble):
        keys.set_marks(KEY, MARKS)
    assert [one.name for one in (tmp_path / "khóa").iterdir()] == [f"{KEY.hex()}.mark"]
