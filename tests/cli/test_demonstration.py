"""Commands in a demonstration folder: its own day, keys and passphrase, and nobody is asked."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.services.demonstration import prepare
from desktop.services.environment import RESOURCES, Environment, demonstration_surroundings
from desktop.services.workspace import workspace
from tests.cli.program import Program
from tests.next_year import write_next_plan

NOW = datetime(2031, 5, 6, tzinfo=UTC)


def nobody(new: bool) -> str:
    raise AssertionError(f"asked for a passphrase, new: {new}")


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    return Environment(lambda: NOW, RESOURCES, tmp_path / "khóa của tôi", nobody, os.urandom)


@pytest.fixture
def folder(environment: Environment, tmp_path: Path) -> Path:
    made = tmp_path / "trình diễn"
    prepare(demonstration_surroundings(environment, made), made)
    return made


def test_a_new_year_and_files_need_no_passphrase(folder: Path, tmp_path: Path) -> None:
    program = Program(tmp_path / "nhà", tmp_path, without=frozenset({"SOTIENDO_PASSPHRASE"}))
    said = program.good(folder, "plan", "new", "--carry-all", write_next_plan(tmp_path)).out
    assert said.startswith("Đã mở Kế hoạch 98-KH/QU năm 2024")
    program.good(folder, "package", "write", "--out", tmp_path / "gửi.sotiendo")
    assert not (tmp_path / "nhà").exists()


def test_it_has_its_own_day_however_it_is_opened(environment: Environment, folder: Path) -> None:
    with workspace(environment, folder) as ws:
        assert ws.environment.clock().date().isoformat() == "2023-09-14"
        assert ws.environment.keys_folder == folder / "khoa"


def test_surroundings_are_given_once(environment: Environment, folder: Path) -> None:
    staged = demonstration_surroundings(environment, folder)
    assert demonstration_surroundings(staged, folder) is staged


def test_a_demonstration_without_keys_of_its_own_keeps_the_surroundings(
    environment: Environment, folder: Path
) -> None:
    (folder / "khoa").rename(folder / "để đâu đó")
    with workspace(environment, folder) as ws:
        assert ws.environment is environment
