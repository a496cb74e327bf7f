"""Every hash and every code that people compare, each bound to its purpose (exchange.md "Records, facts, logs")."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache

_LOG = b"sotiendo/log/v1"
_HEAD = b"sotiendo/head/v1"
_DEVICE_CODE = b"sotiendo/device-code/v1"
_CHECK_CODE = b"sotiendo/check-code/v1"
# Letters that sound apart over a Vietnamese telephone and are not taken for digits.
_LETTERS = "ABCDEGHKLMNPQRSTUVXY"


def _digest(*parts: bytes) -> bytes:
    """SHA-256 over the parts, each after its length in four bytes: no two lists of parts give the same bytes."""
    return hashlib.sha256(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).digest()


def short_id(*parts: bytes) -> str:
    """The first 16 bytes of the hash of the parts, as 32 hex digits."""
    return _digest(*parts)[:16].hex()


@lru_cache(maxsize=1024)
def log_id(public_key: bytes, nonce: bytes, plan_id: str, audience: str) -> str:
    """The id of the log that a device (its Ed25519 key) writes in one incarnation (nonce) for a plan and audience."""
    return short_id(_LOG, public_key, nonce, plan_id.encode(), audience.encode())


@lru_cache(maxsize=1024)
def first_head(public_key: bytes, nonce: bytes, plan_id: str, audience: str) -> bytes:
    """head_0 of a log, 32 bytes: bound to the log, so that no line can be moved to another."""
    return _digest(_HEAD, public_key, nonce, plan_id.encode(), audience.encode())


def branch_id(log: str, first: bytes) -> str:
    """The id of a branch of a forked log (32 hex digits): of the log and the first head that only the branch has."""
    return hashlib.sha256(bytes.fromhex(log) + first).digest()[:16].hex()


def next_head(head: bytes, line: bytes) -> bytes:
    """The head after one more line, 32 bytes; it is the id of that fact. ``line`` is without its line end."""
    return hashlib.sha256(head + hashlib.sha256(line).digest()).digest()


def heads(prev_head: bytes, lines: Iterable[bytes]) -> tuple[bytes, ...]:
    """The head before a run of lines and the one after each of them: ``next_head`` from line to line."""
    sha256, head, found = hashlib.sha256, prev_head, [prev_head]
    for line in lines:
        head = sha256(head + sha256(line).digest()).digest()
        found.append(head)
    return tuple(found)


def code_of(public_key: bytes) -> str:
    """The 20 decimal digits by which two people compare a device or a root: 66 bits of its hash."""
    return f"{int.from_bytes(_digest(_DEVICE_CODE, public_key)) >> (256 - 66):020d}"


def check_code(data: bytes) -> str:
    """The check code of a written file, "KDQT 4821": lets two people see that they hold the same file."""
    number = int.from_bytes(_digest(_CHECK_CODE, data)[:16])
    number, digits = divmod(number, 10_000)
    letters = ""
    for _ in range(4):
        number, place = divmod(number, len(_LETTERS))
        letters += _LETTERS[place]
    return f"{letters} {digits:04d}"
