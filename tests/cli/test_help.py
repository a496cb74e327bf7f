"""The words of the commands: help in Vietnamese at every level, the documented commands and no others, slips told."""

from __future__ import annotations

import argparse
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from desktop.cli import main as cli
from desktop.cli.libraries import command
from desktop.cli.output import shown
from desktop.cli.parser import build
from desktop.models.errors import Mistake
from tests.cli.program import Program
from tests.cli.town import PERIOD, SHARED, WARD, Town

ROOT = Path(__file__).resolve().parents[2]
# What argparse says when nobody translated it.
ENGLISH = re.compile(r"\b(usage|options|optional|positional|arguments|show this|exit|default|choices?|required)\b")


def levels(parser: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[
    tuple[tuple[str, ...], argparse.ArgumentParser]
]:
    """Every parser below one, with the words that lead to it."""
    yield words, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, below in action.choices.items():
                yield from levels(below, (*words, word))


LEVELS = tuple(levels(build()))
COMMANDS = {" ".join(words): parser for words, parser in LEVELS if parser.get_default("command")}


def options(parser: argparse.ArgumentParser) -> set[str]:
    """The options of a command besides those that all have."""
    own = {name for action in parser._actions for name in action.option_strings if name.startswith("--")}
    return own - {"--help", "--data"}


def documented() -> dict[str, set[str]]:
    """The commands of the table in docs/cli.md, each with its options."""
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    table = [line for line in text.splitlines() if line.startswith("| `")]
    found: dict[str, set[str]] = {}
    for line in table:
        for form in re.findall(r"`([^`]+)`", line.replace("\\|", "¦").split("|")[1]):
            words = re.match(r"[a-z]+(?: [a-z][a-z-]*)?(?= |$)", form)
            assert words is not None, form
            found[words[0]] = set(re.findall(r"--[a-z-]+", form))
    return found


def test_the_document_and_the_program_know_the_same_commands_and_options() -> None:
    assert documented() == {name: options(parser) for name, parser in COMMANDS.items()}


def test_every_headless_command_has_its_function() -> None:
    for name in COMMANDS.keys() - {"tour", "demo"}:
        assert callable(command(name)), name


@pytest.mark.parametrize(("words", "parser"), LEVELS, ids=[" ".join(words) or "sotiendo" for words, _ in LEVELS])
def test_help_is_vietnamese_and_names_everything(words: tuple[str, ...], parser: argparse.ArgumentParser) -> None:
    text = parser.format_help()
    assert text.startswith(f"cách dùng: sotiendo {' '.join(words)}".strip())
    # Alternatives to type stand as they are typed.
    prose = re.sub(r"\{[^}]*\}", "", text)
    assert not ENGLISH.search(prose), ENGLISH.search(prose)
    assert unicodedata.is_normalized("NFC", text)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            assert all(word in text for word in action.choices)
            assert all(choice.help for choice in action._choices_actions)
        else:
            assert action.help, f"{words} {action.dest}"
            assert re.search(r"[à-ỹđ]", action.help) or action.dest == "values", action.help
            assert all(name in text for name in action.option_strings)
    if parser.get_default("command"):
        assert parser.get_default("command") == " ".join(words)


def test_the_first_help_explains_exit_codes_and_the_passphrase(town: Town) -> None:
    answer = town.program.run("--help")
    assert (answer.code, answer.err) == (0, "")
    for words in ("Mã thoát", "SOTIENDO_PASSPHRASE", "--data"):
        assert words in answer.out
    below = town.program.run("package", "import", "-h")
    assert "cách dùng: sotiendo package import" in below.out


SLIPS: list[tuple[Sequence[str], str]] = [
    (["không"], "LỆNH"), (["plan"], "LỆNH"), (["--data", "x", "package"], "LỆNH"), (["plan", "viết", "x"], "LỆNH"),
    (["plan", "read"], "FILE"), (["plan", "read", "a", "b"], ""), (["plan", "read", "a", "--jsno"], ""),
    (["setup", "hub", "--unit", "x"], "--plan"), (["setup", "unit", "--unit", "x", "--starter", "y"], "--root-code"),
    (["times", "read"], "--year"), (["times", "read", "--year", "hai nghìn"], "--year"),
    (["times", "read", "--year", "0"], "--year"), (["times", "read", "--year", "99999"], "--year"),
    (["times", "read", "--year", "2023", "--column", "giữa"], "--column"),
    (["report", "enter", "--item", "I", "--period", "2023"], "--set"),
    (["sheet", "consolidated", "--period", "2023", "--format", "docx", "--out", "x"], "--format"),
    (["package", "import"], "FILE"), (["tour"], "--out"), (["--data"], "--data"),
]


@pytest.mark.parametrize(("words", "about"), SLIPS, ids=[" ".join(words) for words, _ in SLIPS])
def test_slips_name_what_is_wrong_and_the_right_form(words: Sequence[str], about: str) -> None:
    with pytest.raises(Mistake) as caught:
        cli.parse(words)
    assert (caught.value.code, caught.value.exit_code) == ("USAGE", 2)
    assert about in caught.value.message
    assert caught.value.advice.startswith("cách dùng: sotiendo")
    assert not ENGLISH.search(re.sub(r"\{[^}]*\}", "", caught.value.sentence))


def test_slips_through_the_real_program(town: Town) -> None:
    for words in (
        ("report", "enter", "--item", SHARED, "--period", PERIOD, "--set", "percent"), ("khong",), ("plan",),
        ("enroll", "approve", "--all", "1" * 20),
    ):
        answer = town.at(WARD, *words)
        assert (answer.reason, answer.code, answer.out) == ("USAGE", 2, "")
        assert answer.err.count("\n") == 1
    for codes in ((), ("12",), ("1" * 19,), ("chữ",)):
        assert town.at(WARD, "enroll", "approve", *codes).reason == "CODE_INCOMPLETE"


def test_other_peoples_text_cannot_act_on_the_terminal() -> None:
    assert shown("a\x1b[31mb\rc\nd\u202ee\x9bf\tg") == "a\ufffd[31mb c d\ufffde\ufffdf g"
    assert shown("Phường Bồ Đề – 93,5 % “xong” 😀") == "Phường Bồ Đề – 93,5 % “xong” 😀"


def test_without_a_folder_the_users_own_is_taken(tmp_path: Path) -> None:
    program = Program(tmp_path, tmp_path)
    answer = program.run("doctor")
    assert (answer.reason, answer.code) == ("FOLDER_NOT_SET_UP", 2)
    assert not list(tmp_path.iterdir())
    arguments = cli.parse(["doctor"])
    assert cli.data_folder(arguments).name == "du-lieu"
    assert cli.data_folder(cli.parse(["--data", "a", "doctor"])) == Path("a")
    assert cli.data_folder(cli.parse(["doctor", "--data", "b"])) == Path("b")
    assert os.fspath(cli.data_folder(cli.parse(["--data", "a b", "package", "check", "x"]))) == "a b"
