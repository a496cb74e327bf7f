"""The passphrase of the keys, asked at a real terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.program import PASSPHRASE, Program, listing
from tests.cli.terminal import Terminal
from tests.cli.town import HOME, HUB, PERIOD, PLAN, SHARED, WARD, Town

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX"),
    # A pseudo terminal needs a fork; the child is another program at once.
    pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"),
]
ASKED, AGAIN = "Mật khẩu khóa: ", "Nhập lại mật khẩu: "
Ask = Callable[..., Terminal]


@pytest.fixture
def ask(town: Town) -> Ask:
    """Starts a command at a terminal, in an environment that holds no passphrase."""
    program = Program(town.root / HOME, town.root, without=frozenset({"SOTIENDO_PASSPHRASE"}))

    def start(*words: str | Path) -> Terminal:
        return Terminal(program.words(*words), program.environment, program.place)

    return start


def test_a_new_key_is_asked_for_twice_and_nothing_is_shown(town: Town, ask: Ask) -> None:
    terminal = ask("--data", town.root / "mới", "setup", "hub", "--unit", HUB, "--plan", PLAN)
    terminal.answer(ASKED, "một mật khẩu dài")
    terminal.answer(AGAIN, "một mật khẩu dài")
    said = terminal.rest()
    assert "Đã thiết lập" in said
    assert "một mật khẩu" not in said
    assert terminal.code == 0
    again = ask("--data", town.root / "mới", "enroll", "starter", "--out", town.root / "mới.sotiendo")
    again.answer(ASKED, "một mật khẩu dài")
    said = again.rest()
    assert AGAIN not in said
    assert again.code == 0


def test_two_different_words_make_no_key(town: Town, ask: Ask) -> None:
    before = listing(town.root)
    terminal = ask("--data", town.root / "mới", "setup", "hub", "--unit", HUB, "--plan", PLAN)
    terminal.answer(ASKED, "một")
    terminal.answer(AGAIN, "hai")
    assert "[PASSPHRASE_DIFFERS]" in terminal.rest()
    assert terminal.code == 2
    assert listing(town.root) == before


def test_an_old_key_is_asked_for_once_and_a_wrong_word_is_refused(town: Town, ask: Ask) -> None:
    town.enter(WARD, SHARED, "percent=5")
    before = listing(town.root)
    wrong = ask("--data", town.root / WARD, "package", "write", "--out", town.root)
    wrong.answer(ASKED, "không phải")
    assert "[KEY_WRONG_PASSPHRASE]" in wrong.rest()
    assert wrong.code == 1
    assert listing(town.root) == before
    right = ask("--data", town.root / WARD, "package", "write", "--out", town.root)
    right.answer(ASKED, PASSPHRASE)
    said = right.rest()
    assert "Đã ghi" in said
    assert ASKED not in said
    assert right.code == 0


def test_whoever_walks_away_changes_nothing(town: Town, ask: Ask) -> None:
    before = listing(town.root)
    for key, code, words in (("\x04", 3, "[PASSPHRASE_MISSING]"), ("\x03", 130, "Đã dừng")):
        terminal = ask("--data", town.root / "mới", "setup", "hub", "--unit", HUB, "--plan", PLAN)
        terminal.answer(ASKED, key, enter=False)
        said = terminal.rest()
        assert words in said
        assert "Traceback" not in said
        assert terminal.code == code
    assert listing(town.root) == before


def test_what_needs_no_key_asks_for_none(town: Town, ask: Ask) -> None:
    terminal = ask("--data", town.root / WARD, "report", "enter", "--item", SHARED, "--period", PERIOD, "--set",
                   "percent=5")
    said = terminal.rest()
    assert "Đã lưu" in said
    assert ASKED not in said
    assert terminal.code == 0
