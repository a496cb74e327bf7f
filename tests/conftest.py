"""Fixtures for all suites: a district made once per worker, copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.offices import BODY, WARD, District, copy_district


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--thorough``: property tests look ten times as long."""
    parser.addoption("--thorough", action="store_true", help="property tests look ten times as long")


@pytest.fixture(scope="session")
def district_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub, a ward and a district body, enrolled; never changed."""
    made = District(tmp_path_factory.mktemp("quận") / "mẫu")
    made.root.mkdir()
    made.found(WARD, BODY)
    made.close()
    return made.root


@pytest.fixture
def district(district_template: Path, tmp_path: Path) -> Iterator[District]:
    """A copy of the district to work with."""
    made = copy_district(district_template, tmp_path / "quận")
    yield made
    made.close()
