"""Files on the medium: written whole or not at all, never over another, read with a cap, named for people."""

from __future__ import annotations

import errno
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.caps import MAX_FILE
from desktop.exchange.files import package_name, read_file, write_file, write_secret
from desktop.models.errors import EnvironmentTrouble, Refused

DATA = b"package" * 1_000
FAULTS = [
    (errno.ENOSPC, "DISK_FULL"), (errno.EDQUOT, "DISK_FULL"), (errno.EROFS, "NO_RIGHTS"), (errno.EACCES, "NO_RIGHTS"),
    (errno.EIO, "MEDIUM_GONE"), (errno.ENODEV, "MEDIUM_GONE"), (errno.EINVAL, "FILE_BAD_NAME"),
]


def accept(_: bytes) -> None:
    """A reader that finds everything good."""


def test_written_and_read_back(tmp_path: Path) -> None:
    seen: list[bytes] = []
    path = write_file(DATA, tmp_path / "gói.sotiendo", seen.append)
    assert path == tmp_path / "gói.sotiendo"
    assert seen == [DATA]
    assert read_file(path) == DATA
    assert list(tmp_path.iterdir()) == [path]


def _no_links(*_: object) -> None:
    raise OSError(errno.EPERM, "no links on FAT")


@pytest.mark.parametrize("fat", [False, True])
def test_a_taken_name_gets_a_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fat: bool) -> None:
    if fat:
        monkeypatch.setattr(os, "link", _no_links)
    names = [write_file(b"%d" % n, tmp_path / "P-BoDe.sotiendo", accept).name for n in range(3)]
    assert names == ["P-BoDe.sotiendo", "P-BoDe-2.sotiendo", "P-BoDe-3.sotiendo"]
    assert [read_file(tmp_path / name) for name in names] == [b"0", b"1", b"2"]
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize(("number", "code"), FAULTS)
@pytest.mark.parametrize("stage", ["open", "fdopen", "fsync", "rename"])
def test_a_fault_at_each_stage_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str, number: int, code: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(number, "fault")

    monkeypatch.setattr(os, stage, fails)
    if stage == "rename":
        monkeypatch.setattr(os, "link", fails)
    with pytest.raises(EnvironmentTrouble) as caught:
        write_file(DATA, tmp_path / "a.sotiendo", accept)
    monkeypatch.undo()
    assert caught.value.code == code
    assert not list(tmp_path.iterdir())


def test_what_comes_back_changed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flush = os.fsync

    def flips(handle: int) -> None:
        os.pwrite(handle, b"\xff", 3)
        flush(handle)

    monkeypatch.setattr(os, "fsync", flips)
    with pytest.raises(EnvironmentTrouble) as caught:
        write_file(DATA, tmp_path / "a.sotiendo", accept)
    assert caught.value.code == "MEDIUM_FAULT"
    assert not list(tmp_path.iterdir())


def test_what_the_reader_refuses_is_not_kept(tmp_path: Path) -> None:
    def refuses(_: bytes) -> None:
        raise Refused("PKG_DAMAGED", "hỏng")

    with pytest.raises(Refused):
        write_file(DATA, tmp_path / "a.sotiendo", refuses)
    assert not list(tmp_path.iterdir())


def test_what_a_crash_left_is_not_touched(tmp_path: Path) -> None:
    left = tmp_path / ".sotiendo-1.tam"
    left.write_bytes(b"left")
    write_file(DATA, tmp_path / "a.sotiendo", accept)
    assert sorted(path.name for path in tmp_path.iterdir()) == [left.name, "a.sotiendo"]
    assert left.read_bytes() == b"left"


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentTrouble) as caught:
        write_file(DATA, tmp_path / "usb" / "a.sotiendo", accept)
    assert caught.value.code == "MEDIUM_GONE"


def test_a_name_the_disk_does_not_take(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentTrouble) as caught:
        write_file(DATA, tmp_path / ("a" * 300 + ".sotiendo"), accept)
    assert caught.value.code == "FILE_BAD_NAME"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("number", "code"), FAULTS)
def test_a_secret_is_written_whole_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    write_secret(b"old", tmp_path / "a.key")

    def fails(_: int) -> None:
        raise OSError(number, "fault")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(EnvironmentTrouble) as caught:
        write_secret(b"new", tmp_path / "a.key")
    assert caught.value.code == code
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_reading_what_is_not_there_or_no_file(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_bytes(b"x")
    expected = {"không có": "FILE_MISSING", "": "FILE_NOT_A_FILE", "tệp/a": "FILE_MISSING"}
    for name, code in expected.items():
        with pytest.raises(EnvironmentTrouble) as caught:
            read_file(tmp_path / name)
        assert caught.value.code == code
        assert "Không có gì thay đổi" in caught.value.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_reading_a_pipe_does_not_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(EnvironmentTrouble) as caught:
        read_file(tmp_path / "pipe")
    assert caught.value.code == "FILE_NOT_A_FILE"


def test_reading_without_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"x")

    def fails(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "open", fails)
    with pytest.raises(EnvironmentTrouble) as caught:
        read_file(tmp_path / "a")
    assert caught.value.code == "NO_RIGHTS"


def test_reading_stops_at_the_cap(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file:
        file.truncate(MAX_FILE + 1)
    with pytest.raises(Refused) as caught:
        read_file(tmp_path / "a")
    assert caught.value.code == "PKG_TOO_BIG"


@pytest.mark.parametrize(("short", "label", "name"), [
    ("P. Bồ Đề", "PC1", "P-BoDe_2023-Q3_2023-09-14_PC1.sotiendo"),
    ("P-BoDe", "PC 1", "P-BoDe_2023-Q3_2023-09-14_PC1.sotiendo"),
    ("Phòng VHTT", "Máy văn thư", "Phong-VHTT_2023-Q3_2023-09-14_Mayvanthu.sotiendo"),
    ("TTPTQĐ", "", "TTPTQD_2023-Q3_2023-09-14.sotiendo"),
    ("", "..", "DonVi_2023-Q3_2023-09-14.sotiendo"),
    ("CON", "NUL", "CON_2023-Q3_2023-09-14_NUL.sotiendo"),
    ("../../etc", "C:\\", "Etc_2023-Q3_2023-09-14_C.sotiendo"),
])
def test_names(short: str, label: str, name: str) -> None:
    assert package_name(short, "2023-Q3", date(2023, 9, 14), label) == name


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_any_name_is_safe(short: str, period: str, label: str) -> None:
    name = package_name(short, period, date(2023, 9, 14), label)
    assert name.isascii()
    assert len(name) <= 120
    stem, dot, suffix = name.rpartition(".")
    assert (dot, suffix) == (".", "sotiendo")
    assert "2023-09-14" in stem
    assert not set(stem) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
