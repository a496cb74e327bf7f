"""The secrets of a device and the folder that keeps them, encrypted under the user's passphrase.

The passphrase costs one argon2id run a process; ``pyrage.passphrase`` would cost 1.6 s for every key.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from desktop.exchange import libraries
from desktop.exchange.fields import Fields
from desktop.exchange.files import forget, trouble, write_secret
from desktop.exchange.marks import MAX_MARKS, Mark, marks_data, read_marks
from desktop.models.errors import EnvironmentTrouble, Mistake, Refused
from desktop.models.strict_json import BadJson, dumps, loads

_FORMAT = 1
_KDF = "argon2id"
_OPS = 3
_MEMORY = 64 * 1024 * 1024
# What a key file may ask of this machine: four times today's setting.
_MAX_OPS = 4 * _OPS
_MAX_MEMORY = 4 * _MEMORY
_MAX_KEY_FILE = 4096


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """The secrets of one device or role: Ed25519 seed (32 bytes) and age identity ("AGE-SECRET-KEY-1...")."""

    seed: bytes = field(repr=False)
    identity: str = field(repr=False)

    @property
    def public_key(self) -> bytes:
        """The Ed25519 public key, 32 bytes."""
        return libraries.public_key(self.seed)

    @property
    def recipient(self) -> str:
        """The age recipient ("age1...") that others encrypt to."""
        return libraries.recipient_of(self.identity)

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature, 64 bytes. Callers begin ``message`` with a domain tag of their own."""
        return libraries.sign(self.seed, message)


def is_signed(message: bytes, signature: bytes, public_key: bytes) -> bool:
    """Whether the Ed25519 signature over the message is the key's."""
    return len(signature) == 64 and len(public_key) == 32 and libraries.verifies(message, signature, public_key)


def is_recipient(text: str) -> bool:
    """Whether the text is an age recipient that one can encrypt to."""
    return libraries.is_recipient(text)


@dataclass(frozen=True, slots=True)
class _Cost:
    """What a derived key depends on beside the passphrase."""

    salt: bytes
    ops: int
    memory: int


class KeyFolder:
    """The secrets of this user, each in a file named by its public key, outside any data folder.

    ``passphrase(new)`` gives the passphrase (new: it is being chosen); ``random(n)`` gives n unpredictable bytes.
    Keep one for the process: it asks for the passphrase once.
    """

    def __init__(self, folder: Path, passphrase: Callable[[bool], str], random: Callable[[int], bytes]) -> None:
        self._folder = folder
        self._passphrase = passphrase
        self._random = random
        self._derived: dict[_Cost, bytes] = {}
        self._opened: dict[bytes, DeviceKeys] = {}

    def create(self) -> DeviceKeys:
        """New keys, on the disk when this returns.

        Raises Mistake KEY_EMPTY_PASSPHRASE; EnvironmentTrouble DISK_FULL, NO_RIGHTS, MEDIUM_GONE.
        """
        keys = DeviceKeys(self._random(32), libraries.new_identity())
        self.keep(keys)
        return keys

    def keep(self, keys: DeviceKeys) -> None:
        """Keep keys that were made elsewhere, on the disk when this returns. Raises as ``create``."""
        cost, key = self._own_key()
        secret = dumps({"identity": keys.identity, "seed": keys.seed.hex()})
        box = libraries.lock(key, secret, self._random(libraries.NONCE_SIZE))
        data = dumps({
            "box": box.hex(), "format": _FORMAT, "kdf": _KDF, "mem": cost.memory, "ops": cost.ops,
            "salt": cost.salt.hex(),
        })
        write_secret(data, self._path(keys.public_key))
        self._opened[keys.public_key] = keys

    def forget(self, public_key: bytes) -> None:
        """Keep the secrets of a public key no longer: they lie in a safe now."""
        forget(self._path(public_key))
        self._opened.pop(public_key, None)

    @contextmanager
    def creating(self) -> Iterator[None]:
        """Keys created inside are forgotten again when what they were made for is refused.

        When the surroundings fail they stay: a fault may come after the medium has taken what needs them, and a key
        too many does no harm.
        """
        before = set(self._opened)
        try:
            yield
        except EnvironmentTrouble:
            raise
        except BaseException:
            for public_key in self._opened.keys() - before:
                forget(self._path(public_key))
                del self._opened[public_key]
            raise

    def has(self, public_key: bytes) -> bool:
        """Whether the secrets of a public key are here. Raises EnvironmentTrouble NO_RIGHTS, MEDIUM_GONE."""
        try:
            return self._path(public_key).is_file()
        except OSError as error:
            raise trouble(error, "Không xem được nơi giữ khóa ký. Dữ liệu còn nguyên.") from error

    def load(self, public_key: bytes) -> DeviceKeys:
        """The secrets of a public key; asks for the passphrase when it has not been given in this process.

        Raises Refused KEY_WRONG_PASSPHRASE; Mistake KEY_EMPTY_PASSPHRASE; EnvironmentTrouble KEY_MISSING,
        KEY_DAMAGED, NO_RIGHTS, MEDIUM_GONE.
        """
        if public_key not in self._opened:
            self._opened[public_key] = self._open(public_key)
        return self._opened[public_key]

    def is_open(self, public_key: bytes) -> bool:
        """Whether ``load`` would ask nobody: what goes on by itself in the background must not."""
        return public_key in self._opened or bool(self._derived) and self._read(public_key)[0] in self._derived

    def marks(self, public_key: bytes) -> tuple[Mark, ...]:
        """How far a key has sealed its logs, as far as that can be read; needs no passphrase."""
        try:
            with self._mark_path(public_key).open("rb") as file:
                return read_marks(file.read(MAX_MARKS + 1))
        except OSError:
            # None yet, or they cannot be read: nobody is kept from working for that.
            return ()

    def set_marks(self, public_key: bytes, marks: Sequence[Mark]) -> None:
        """Keep how far a key has sealed its logs, on the disk when this returns; needs no passphrase.

        Raises EnvironmentTrouble DISK_FULL, NO_RIGHTS, FILE_BAD_NAME, MEDIUM_GONE.
        """
        kept = "Chưa ghi tệp gửi nào; dữ liệu đang có còn nguyên."
        write_secret(marks_data(marks), self._mark_path(public_key), kept)

    def _path(self, public_key: bytes) -> Path:
        return self._folder / f"{public_key.hex()}.key"

    def _mark_path(self, public_key: bytes) -> Path:
        return self._folder / f"{public_key.hex()}.mark"

    def _own_key(self) -> tuple[_Cost, bytes]:
        """The derived key for new files: the one in use, so that one passphrase opens all that was made together."""
        if self._derived:
            return next(iter(self._derived.items()))
        cost = _Cost(self._random(libraries.SALT_SIZE), _OPS, _MEMORY)
        key = self._derive(cost, new=True)
        self._derived[cost] = key
        return cost, key

    def _derive(self, cost: _Cost, *, new: bool) -> bytes:
        # NFC: the same Vietnamese words typed with another input method are the same passphrase.
        passphrase = unicodedata.normalize("NFC", self._passphrase(new)).encode()
        if not passphrase:
            raise Mistake("KEY_EMPTY_PASSPHRASE", "Chưa nhập mật khẩu của khóa ký.", "Hãy nhập mật khẩu rồi làm lại.")
        return libraries.derive(passphrase, cost.salt, cost.ops, cost.memory)

    def _open(self, public_key: bytes) -> DeviceKeys:
        cost, box = self._read(public_key)
        key = self._derived.get(cost) or self._derive(cost, new=False)
        secret = libraries.unlock(key, box)
        if secret is None:
            raise Refused(
                "KEY_WRONG_PASSPHRASE", "Mật khẩu của khóa ký không đúng. Dữ liệu đang có còn nguyên.",
                "Hãy kiểm tra bộ gõ, phím Caps Lock rồi nhập lại mật khẩu.",
            )
        self._derived[cost] = key
        fields = Fields(loads(secret), _damaged)
        keys = DeviceKeys(fields.hex_bytes("seed", 32), fields.text("identity"))
        if keys.public_key != public_key:
            raise _damaged()
        return keys

    def _read(self, public_key: bytes) -> tuple[_Cost, bytes]:
        """Cost and box of a key file."""
        try:
            with self._path(public_key).open("rb") as file:
                data = file.read(_MAX_KEY_FILE)
        except FileNotFoundError as error:
            raise EnvironmentTrouble(
                "KEY_MISSING",
                "Không tìm thấy khóa ký của thư mục dữ liệu này trên tài khoản máy tính đang dùng. Dữ liệu còn nguyên.",
                "Hãy mở bằng đúng tài khoản đã thiết lập; nếu khóa đã mất, hãy đăng ký lại máy này (enroll again).",
            ) from error
        except OSError as error:
            raise trouble(error, "Không đọc được khóa ký. Dữ liệu còn nguyên.") from error
        try:
            fields = Fields(loads(data), _damaged)
        except BadJson as error:
            raise _damaged() from error
        cost = _Cost(fields.hex_bytes("salt", libraries.SALT_SIZE), fields.natural("ops"), fields.natural("mem"))
        known = fields.natural("format") == _FORMAT and fields.text("kdf") == _KDF
        bearable = 1 <= cost.ops <= _MAX_OPS and libraries.LEAST_MEMORY <= cost.memory <= _MAX_MEMORY
        box = fields.text("box")
        if not known or not bearable or len(box) % 2:
            raise _damaged()
        return cost, fields.hex_bytes("box", len(box) // 2)


def _damaged() -> EnvironmentTrouble:
    return EnvironmentTrouble(
        "KEY_DAMAGED", "Tệp khóa ký bị hỏng hoặc do phiên bản mới hơn ghi ra. Dữ liệu còn nguyên.",
        "Hãy cập nhật Sổ tiến độ; nếu vẫn vậy, hãy đăng ký lại máy này (enroll again).",
    )
