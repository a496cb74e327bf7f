"""The outside of a package: encryption to its readers in the age format. Secrecy only; authority is inside."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.exchange import libraries
from desktop.exchange.messages import refusal

MAGIC = b"age-encryption.org/v1\n"
# Room for some 10,000 readers; each stanza of a header costs a key exchange, so a hostile one is cut short here.
_MAX_HEADER = 1024 * 1024
_NONCE, _TAG = 16, 16


def encrypt(data: bytes, recipients: Iterable[str]) -> bytes:
    """The data for these age recipients, each of whom can open it alone."""
    return libraries.encrypt(data, sorted(set(recipients)))


def decrypt(data: bytes, identities: Iterable[str]) -> bytes:
    """What is inside. Raises Refused PKG_TRUNCATED, PKG_TOO_BIG, PKG_NOT_FOR_US, PKG_DAMAGED."""
    _check_header(data)
    try:
        inside = libraries.decrypt(data, identities)
    except OSError as error:
        # The header opened; the payload after it is not whole.
        raise refusal("PKG_DAMAGED") from error
    if inside is None:
        # No stanza opens with our keys, or the header is not as its writer made it: the same to who holds no key.
        raise refusal("PKG_NOT_FOR_US")
    return inside


def readers(data: bytes) -> int:
    """How many recipients the header of an encrypted file names; whose keys they are it does not say."""
    end = data.find(b"\n--- ", 0, _MAX_HEADER)
    # Other stanzas are there to keep readers honest and open nothing.
    return data.count(b"\n-> X25519 ", 0, end) if end >= 0 else 0


def _check_header(data: bytes) -> None:
    mark = data.find(b"\n--- ", 0, _MAX_HEADER)
    if mark < 0 and len(data) > _MAX_HEADER:
        raise refusal("PKG_TOO_BIG")
    end = data.find(b"\n", mark + 1)
    if mark < 0 or end < 0 or len(data) < end + 1 + _NONCE + _TAG:
        raise refusal("PKG_TRUNCATED")
