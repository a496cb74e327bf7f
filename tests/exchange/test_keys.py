"""Keys of a user: made, kept, opened with the passphrase asked for once."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.exchange.keys import DeviceKeys, KeyFolder, is_recipient, is_signed
from desktop.models.errors import EnvironmentTrouble, Mistake, Refused
from desktop.models.strict_json import JsonValue, dumps, loads
from tests.exchange.samples import device

PASSPHRASE = "mật khẩu của Bồ Đề"


class Asked:
    """A passphrase provider that counts."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.calls: list[bool] = []

    def __call__(self, new: bool) -> str:
        self.calls.append(new)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def folder(path: Path, ask: Callable[[bool], str]) -> KeyFolder:
    return KeyFolder(path / "khóa", ask, os.urandom)


def test_made_here_opened_in_another_process(tmp_path: Path) -> None:
    ask = Asked(PASSPHRASE)
    here = folder(tmp_path, ask)
    keys, role = here.create(), here.create()
    assert here.load(keys.public_key) == keys
    assert ask.calls == [True]
    again = Asked(PASSPHRASE)
    there = folder(tmp_path, again)
    assert there.has(keys.public_key)
    assert there.load(keys.public_key) == keys
    assert there.load(role.public_key) == role
    assert again.calls == [False]


def test_the_same_words_typed_with_another_method(tmp_path: Path) -> None:
    keys = folder(tmp_path, Asked(unicodedata.normalize("NFD", PASSPHRASE))).create()
    assert folder(tmp_path, Asked(PASSPHRASE)).load(keys.public_key) == keys


def test_a_wrong_passphrase_is_told_and_asked_again(tmp_path: Path) -> None:
    keys = folder(tmp_path, Asked(PASSPHRASE)).create()
    there = folder(tmp_path, Asked("sai", PASSPHRASE))
    with pytest.raises(Refused) as caught:
        there.load(keys.public_key)
    assert caught.value.code == "KEY_WRONG_PASSPHRASE"
    assert there.load(keys.public_key) == keys


def test_an_empty_passphrase_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(Mistake) as caught:
        folder(tmp_path, Asked("")).create()
    assert caught.value.code == "KEY_EMPTY_PASSPHRASE"
    assert not list(tmp_path.rglob("*.key"))


def test_missing(tmp_path: Path) -> None:
    there = folder(tmp_path, Asked(PASSPHRASE))
    assert not there.has(device(0).public_key)
    with pytest.raises(EnvironmentTrouble) as caught:
        there.load(device(0).public_key)
    assert caught.value.code == "KEY_MISSING"


@pytest.mark.parametrize("change", [
    lambda data: b"",
    lambda data: data[:-1],
    lambda data: b"[]",
    lambda data: _with(data, format=2),
    lambda data: _with(data, kdf="scrypt"),
    lambda data: _with(data, mem=2**40),
    lambda data: _with(data, mem=1),
    lambda data: _with(data, ops=0),
    lambda data: _with(data, salt=""),
    lambda data: _with(data, box="abc"),
])
def test_a_damaged_key_file(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    keys = folder(tmp_path, Asked(PASSPHRASE)).create()
    path = next(tmp_path.rglob("*.key"))
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(EnvironmentTrouble) as caught:
        folder(tmp_path, Asked(PASSPHRASE)).load(keys.public_key)
    assert caught.value.code == "KEY_DAMAGED"


def test_a_key_file_under_another_name_is_not_taken_for_it(tmp_path: Path) -> None:
    folder(tmp_path, Asked(PASSPHRASE)).create()
    path = next(tmp_path.rglob("*.key"))
    path.rename(path.with_name(f"{device(0).public_key.hex()}.key"))
    with pytest.raises(EnvironmentTrouble) as caught:
        folder(tmp_path, Asked(PASSPHRASE)).load(device(0).public_key)
    assert caught.value.code == "KEY_DAMAGED"


def test_a_key_that_cannot_be_read(tmp_path: Path) -> None:
    there = folder(tmp_path, Asked(PASSPHRASE))
    (tmp_path / "khóa" / f"{device(0).public_key.hex()}.key").mkdir(parents=True)
    with pytest.raises(EnvironmentTrouble) as caught:
        there.load(device(0).public_key)
    assert caught.value.code == "MEDIUM_GONE"


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_only_the_user_may_read(tmp_path: Path) -> None:
    keys = folder(tmp_path, Asked(PASSPHRASE)).create()
    (path,) = (tmp_path / "khóa").iterdir()
    assert path.name == f"{keys.public_key.hex()}.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert keys.seed.hex().encode() not in path.read_bytes()
    assert keys.identity.encode() not in path.read_bytes()


def test_secrets_are_not_shown() -> None:
    shown = repr(device(0))
    assert device(0).identity not in shown
    assert repr(device(0).seed) not in shown


def test_signatures() -> None:
    keys: DeviceKeys = device(0)
    signature = keys.sign(b"words")
    assert is_signed(b"words", signature, keys.public_key)
    assert not is_signed(b"other", signature, keys.public_key)
    assert not is_signed(b"words", signature, device(1).public_key)
    assert not is_signed(b"words", signature[:-1], keys.public_key)
    assert not is_signed(b"words", signature, b"short")
    # Keys of small order would make a signature good for many messages.
    assert not is_signed(b"words", bytes(64), bytes(32))
    assert not is_signed(b"words", b"\1" + bytes(63), b"\1" + bytes(31))


def test_recipients() -> None:
    assert is_recipient(device(0).recipient)
    assert not is_recipient(device(0).recipient.upper())
    assert not is_recipient(device(0).recipient[:-1])
    assert not is_recipient(device(0).identity)
    assert not is_recipient("")


def _with(data: bytes, **changes: JsonValue) -> bytes:
    fields = loads(data)
    assert isinstance(fields, dict)
    return dumps(fields | changes)
