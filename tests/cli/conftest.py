"""Fixtures of the commands' tests: a town made once per worker, copied for whoever changes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.town import Town, enrolled_town


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """A town of enrolled offices; never changed."""
    return enrolled_town(tmp_path_factory.mktemp("quận") / "Quận Long Biên, thử")


@pytest.fixture
def town(made: Town, tmp_path: Path) -> Town:
    """A copy of the town to work in."""
    return made.copied(tmp_path / "Thư mục của tôi")
