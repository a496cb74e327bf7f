"""Signed entries of the grow-only authority set, and the set as one file (exchange.md "Authority").

What an entry says is for ``desktop.models.authority``; here it is bytes under a root's signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from desktop.exchange.caps import MAX_AUTHORITY, MAX_LINE
from desktop.exchange.hashes import short_id
from desktop.exchange.keys import DeviceKeys, is_signed
from desktop.exchange.messages import part_fault
from desktop.models.strict_json import BadJson, loads_canonical

_DOMAIN = b"sotiendo/authority/v1\n"
_ID = b"sotiendo/authority-id/v1"
_AT_HAND = 2048
"""Entries remembered from file to file: every package carries the whole set."""
_LINE = re.compile(rb'\{"body":(\{.*\}),"key":"([0-9a-f]{64})","signature":"([0-9a-f]{128})"\}')


@dataclass(frozen=True, slots=True)
class SignedEntry:
    """One entry: canonical JSON bytes, the root's public key (32 bytes) and its signature (64 bytes)."""

    body: bytes
    public_key: bytes
    signature: bytes

    @property
    def id(self) -> str:
        """The hash of body and key: the same words by the same root are the same entry."""
        return short_id(_ID, self.body, self.public_key)


def sign_entry(body: bytes, keys: DeviceKeys) -> SignedEntry:
    """An entry signed by a root. Raises BadJson unless ``body`` is the canonical JSON of an object that fits a line."""
    if not isinstance(loads_canonical(body), dict):
        raise BadJson("ENTRY_NOT_OBJECT")
    entry = SignedEntry(body, keys.public_key, keys.sign(_DOMAIN + body))
    if len(_line(entry)) > MAX_LINE:
        raise BadJson("ENTRY_TOO_LONG")
    return entry


@lru_cache(maxsize=_AT_HAND)
def verify_entry(entry: SignedEntry) -> bool:
    """Whether the signature is that of the entry's key; whether that key is the root is for the caller."""
    return is_signed(_DOMAIN + entry.body, entry.signature, entry.public_key)


def encode_entries(entries: Iterable[SignedEntry]) -> bytes:
    """The set as ``authority.jsonl``: one line an entry, sorted by id, doubles once."""
    by_id = {entry.id: entry for entry in entries}
    return b"".join(_line(by_id[one]) for one in sorted(by_id))


def _line(entry: SignedEntry) -> bytes:
    key, signature = entry.public_key.hex().encode(), entry.signature.hex().encode()
    return b'{"body":' + entry.body + b',"key":"' + key + b'","signature":"' + signature + b'"}\n'


def decode_entries(data: bytes) -> tuple[SignedEntry, ...]:
    """The set of ``authority.jsonl``; signatures are not looked at. Raises Refused AUTH_BAD_SHAPE."""
    if not data:
        return ()
    # Counted before split: a bomb of line ends costs no memory.
    if not data.endswith(b"\n") or data.count(b"\n") > MAX_AUTHORITY:
        raise part_fault("AUTH_BAD_SHAPE")
    entries = tuple(_entry(line) for line in data[:-1].split(b"\n"))
    ids = [entry.id for entry in entries]
    if ids != sorted(set(ids)):
        raise part_fault("AUTH_BAD_SHAPE")
    return entries


@lru_cache(maxsize=_AT_HAND)
def _entry(line: bytes) -> SignedEntry:
    match = _LINE.fullmatch(line) if len(line) <= MAX_LINE else None
    if match is None:
        raise part_fault("AUTH_BAD_SHAPE")
    body, key, signature = match.groups()
    try:
        loads_canonical(body)
    except BadJson as error:
        raise part_fault("AUTH_BAD_SHAPE") from error
    return SignedEntry(body, bytes.fromhex(key.decode()), bytes.fromhex(signature.decode()))
