"""A real window on a real X server: an officer types by keyboard alone, the power fails, nothing saved is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.services import doctor, reporting
from tests.end2end.screens import Display, Program, tools_missing, wait_for, x_server
from tests.offices import WARD, District

pytestmark = [
    pytest.mark.screen,
    pytest.mark.skipif(bool(tools_missing()), reason=f"thiếu {tools_missing()}"),
]


@pytest.fixture
def display(tmp_path: Path) -> Iterator[Display]:
    folder = tmp_path / "màn hình"
    folder.mkdir()
    with x_server(folder) as shown:
        yield shown


@pytest.fixture
def ward(district: District) -> Path:
    """The data folder of a ward, closed."""
    district.close()
    return district.root / WARD


def _bodies(program: Program) -> list[dict[str, object]]:
    return [json.loads(str(row[0])) for row in program.stored("SELECT body FROM reports ORDER BY record")]


def test_a_quarter_typed_by_keyboard_survives_a_kill(display: Display, ward: Path, tmp_path: Path) -> None:
    program = Program(display, tmp_path, ward)
    try:
        program.window("Kế hoạch 160-KH/QU")
        # The grid has the keys from the start, on the first row's state.
        program.keys("Tab")
        program.type("45")
        program.keys("Tab", "Tab")
        program.type("Da dang ky 30 to dan pho")
        program.keys("Return")
        saved = wait_for(lambda: [body for body in _bodies(program) if "result" in body], "ô kết quả đã lưu")
        assert saved == [{"percent": 45, "result": "Da dang ky 30 to dan pho"}]
        program.kill()
        again = Program(display, tmp_path, ward)
        again.window("Kế hoạch 160-KH/QU")
        again.keys("ctrl+q")
        assert again.wait() == 0
        assert again.said() == "", "nothing to complain of"
    finally:
        program.end()


def test_what_was_typed_is_saved_when_the_window_closes(display: Display, ward: Path, tmp_path: Path) -> None:
    program = Program(display, tmp_path, ward)
    try:
        program.window("Kế hoạch 160-KH/QU")
        program.keys("Tab")
        program.type("7")
        program.keys("ctrl+q")
        assert program.wait() == 0
        assert _bodies(program) == [{"percent": 7}]
    finally:
        program.end()


def test_a_second_window_on_the_folder_is_told(display: Display, district: District, tmp_path: Path) -> None:
    held = district.at(WARD)
    program = Program(display, tmp_path, district.root / WARD)
    try:
        program.window("Sổ tiến độ")
        assert doctor.digest(held)
        assert reporting.report_lines(held) == ()
    finally:
        program.end()
