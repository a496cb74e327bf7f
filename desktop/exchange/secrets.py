"""Secrets that travel inside signed entries, each sealed to the one machine that may open it; and the sealed spare.

Source: exchange.md "Authority": the hub role's reading key on each hub PC and in the spare; the spare lies in a safe.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.exchange import libraries
from desktop.exchange.authority import SignedEntry, decode_entries, encode_entries
from desktop.exchange.fields import Fields
from desktop.exchange.keys import DeviceKeys
from desktop.models.errors import Refused
from desktop.models.strict_json import BadJson, dumps, loads

SPARE_SUFFIX = ".khoa-du-phong"
_KIND = "sotiendo-spare"
_FORMAT = 1
_OPS, _MEMORY = 3, 64 * 1024 * 1024
_MAX_OPS, _MAX_MEMORY = 4 * _OPS, 4 * _MEMORY
CODE_LENGTH = 30
"""Decimal digits of the code that opens a spare: some 99 bits."""


@dataclass(frozen=True, slots=True)
class Spare:
    """What lies in the safe: the spare root's secrets, and by plan the authority set as it was when it was sealed."""

    keys: DeviceKeys
    entries: tuple[tuple[str, tuple[SignedEntry, ...]], ...]


def new_reading_key() -> tuple[str, str]:
    """(secret, recipient) of a new reading key for the hub role, both as age writes them."""
    identity = libraries.new_identity()
    return identity, libraries.recipient_of(identity)


def recipient_of(secret: str) -> str:
    """The age recipient that a reading secret opens for."""
    return libraries.recipient_of(secret)


def sealed(secret: str, recipient: str) -> str:
    """A secret that the holder of an age recipient's identity alone can open, as text."""
    return base64.b64encode(libraries.encrypt(secret.encode(), [recipient])).decode()


def unsealed(text: str, identity: str) -> str | None:
    """The secret, or None when it was sealed to another or is damaged."""
    try:
        inside = libraries.decrypt(base64.b64decode(text, validate=True), [identity])
        return None if inside is None else inside.decode("ascii")
    except (binascii.Error, OSError, UnicodeDecodeError):
        return None


def new_code(random: Callable[[int], bytes]) -> str:
    """A code for a spare, to be written down and sealed with it: 30 decimal digits."""
    number = int.from_bytes(random(32), "big") % 10**CODE_LENGTH
    return f"{number:0{CODE_LENGTH}d}"


def seal_spare(spare: Spare, code: str, random: Callable[[int], bytes]) -> bytes:
    """The spare as a file that its code opens, whatever PC it is on."""
    salt = random(libraries.SALT_SIZE)
    secret = dumps({"identity": spare.keys.identity, "seed": spare.keys.seed.hex()})
    key = libraries.derive(code.encode(), salt, _OPS, _MEMORY)
    head = dumps({
        "box": libraries.lock(key, secret, random(libraries.NONCE_SIZE)).hex(), "format": _FORMAT, "kdf": "argon2id",
        "kind": _KIND, "mem": _MEMORY, "ops": _OPS, "salt": salt.hex(),
    })
    parts = [head + b"\n"]
    for plan, entries in spare.entries:
        lines = encode_entries(entries)
        parts += (dumps({"entries": lines.count(b"\n"), "plan": plan}) + b"\n", lines)
    return b"".join(parts)


def open_spare(data: bytes, code: str) -> Spare:
    """What a spare file holds. Raises Refused SPARE_NOT_A_SPARE, SPARE_WRONG_CODE."""
    lines = data.split(b"\n")
    try:
        fields = Fields(loads(lines[0]), _no_spare)
        salt, box = fields.hex_bytes("salt", libraries.SALT_SIZE), bytes.fromhex(fields.text("box"))
        plans = tuple(_plans(lines[1:]))
    except (BadJson, ValueError) as error:
        raise _no_spare() from error
    ops, memory = fields.natural("ops"), fields.natural("mem")
    bearable = 1 <= ops <= _MAX_OPS and libraries.LEAST_MEMORY <= memory <= _MAX_MEMORY
    if fields.text("kind") != _KIND or fields.natural("format") != _FORMAT or not bearable:
        raise _no_spare()
    secret = libraries.unlock(libraries.derive(code.encode(), salt, ops, memory), box)
    if secret is None:
        raise Refused(
            "SPARE_WRONG_CODE", "Mã mở khóa dự phòng không đúng. Không có gì thay đổi.",
            "Hãy đọc lại đủ 30 chữ số trong phong bì niêm phong cùng khóa dự phòng.",
        )
    inside = Fields(loads(secret), _no_spare)
    return Spare(DeviceKeys(inside.hex_bytes("seed", 32), inside.text("identity")), plans)


def _plans(lines: Sequence[bytes]) -> list[tuple[str, tuple[SignedEntry, ...]]]:
    plans = []
    at = 0
    while at < len(lines) and lines[at]:
        fields = Fields(loads(lines[at]), _no_spare)
        end = at + 1 + fields.natural("entries")
        plans.append((fields.token("plan"), decode_entries(b"".join(line + b"\n" for line in lines[at + 1:end]))))
        at = end
    return plans


def _no_spare() -> Refused:
    return Refused(
        "SPARE_NOT_A_SPARE", "Đây không phải tệp khóa dự phòng, hoặc tệp đã hỏng. Không có gì thay đổi.",
        "Hãy lấy đúng tệp đã niêm phong; nếu có bản chép thứ hai, hãy thử bản đó.",
    )
