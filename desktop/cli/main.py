"""Runs one headless command: parse, dispatch, errors in plain words, the exit code."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from desktop.cli import output
from desktop.cli.libraries import command
from desktop.cli.parser import build
from desktop.models.errors import EnvironmentTrouble, Mistake, SoTienDoError
from desktop.services.environment import RESOURCES, Environment, user_folder

PASSPHRASE_VARIABLE = "SOTIENDO_PASSPHRASE"


def run(arguments: argparse.Namespace) -> int:
    """Run a parsed command; the exit code of ``desktop.models.errors``."""
    code = command(arguments.command)(environment(), data_folder(arguments), arguments)
    output.finish()
    return code


def data_folder(arguments: argparse.Namespace) -> Path:
    """The data folder of a command: ``--data``, or this user's own."""
    return Path(getattr(arguments, "data", user_folder() / "du-lieu"))


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Parse a command line; ``command`` is "" for the window. Raises Mistake USAGE."""
    return build().parse_args(words)


def complain(error: SoTienDoError) -> int:
    """Tell a person what went wrong; the exit code to end with."""
    print(output.shown(f"{error.sentence} [{error.code}]"), file=sys.stderr)
    return error.exit_code


def interrupted() -> int:
    """Tell a person that the command stopped as asked (Ctrl+C); the exit code that shells expect."""
    print("\nĐã dừng theo yêu cầu; dữ liệu đã lưu còn nguyên.", file=sys.stderr)
    return 130


def environment() -> Environment:
    """The surroundings of a real run: this clock, these keys, the passphrase as given or asked."""
    return Environment(
        clock=lambda: datetime.now().astimezone(),  # noqa: TID251 (the composition root is where the clock is)
        resources=RESOURCES, keys_folder=user_folder() / "khoa", passphrase=_passphrase, random=os.urandom,
    )


def _passphrase(new: bool) -> str:
    given = os.environ.get(PASSPHRASE_VARIABLE)
    if given is not None:
        return given
    if sys.stdin is None or not sys.stdin.isatty():
        raise _missing()
    try:
        first = getpass.getpass("Mật khẩu khóa: ")
        again = getpass.getpass("Nhập lại mật khẩu: ") if new else first
    except EOFError as error:
        raise _missing() from error
    if again != first:
        raise Mistake(
            "PASSPHRASE_DIFFERS", "Hai lần nhập mật khẩu không giống nhau. Chưa thay đổi gì.", "Hãy làm lại."
        )
    return first


def _missing() -> EnvironmentTrouble:
    return EnvironmentTrouble(
        "PASSPHRASE_MISSING", "Cần mật khẩu của khóa mà không có ai để hỏi. Chưa thay đổi gì.",
        f"Hãy đặt biến môi trường {PASSPHRASE_VARIABLE} hoặc chạy lệnh trong cửa sổ dòng lệnh.",
    )
