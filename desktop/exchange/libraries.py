"""The named lazy loader of signatures and encryption: opening and reading a folder needs no key.

What PyNaCl and pyrage do for us, each behind one function; rules are for the callers.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

SALT_SIZE = 16
"""Bytes of salt of ``derive``."""
NONCE_SIZE = 24
"""Bytes of nonce of ``lock``."""
LEAST_MEMORY = 8192
"""Bytes that ``derive`` needs at least."""
_KEY_SIZE = 32


def public_key(seed: bytes) -> bytes:
    """The Ed25519 public key (32 bytes) of a seed (32 bytes)."""
    from nacl.signing import SigningKey

    return bytes(SigningKey(seed).verify_key)


def sign(seed: bytes, message: bytes) -> bytes:
    """The Ed25519 signature, 64 bytes."""
    from nacl.signing import SigningKey

    return SigningKey(seed).sign(message).signature


def verifies(message: bytes, signature: bytes, public: bytes) -> bool:
    """Whether a signature (64 bytes) over the message is that of the public key (32 bytes)."""
    from nacl.bindings import crypto_sign_open
    from nacl.exceptions import BadSignatureError

    try:
        crypto_sign_open(signature + message, public)
    except BadSignatureError:
        return False
    return True


def derive(passphrase: bytes, salt: bytes, ops: int, memory: int) -> bytes:
    """The key that argon2id makes of a passphrase, 32 bytes; ``memory`` in bytes."""
    from nacl.pwhash import argon2id

    return argon2id.kdf(_KEY_SIZE, passphrase, salt, opslimit=ops, memlimit=memory)


def lock(key: bytes, secret: bytes, nonce: bytes) -> bytes:
    """The secret encrypted and authenticated under the key, with its nonce before it."""
    from nacl.secret import SecretBox

    return bytes(SecretBox(key).encrypt(secret, nonce))


def unlock(key: bytes, box: bytes) -> bytes | None:
    """What ``lock`` was given, or None under another key or when the box is damaged."""
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    try:
        return SecretBox(key).decrypt(box)
    except CryptoError:
        return None


def new_identity() -> str:
    """A new age identity ("AGE-SECRET-KEY-1..."), from the system's own randomness."""
    import pyrage

    return str(pyrage.x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """The age recipient ("age1...") of an identity."""
    import pyrage

    return str(pyrage.x25519.Identity.from_str(identity).to_public())


def is_recipient(text: str) -> bool:
    """Whether the text is an age recipient, written as age writes it."""
    import pyrage

    try:
        return str(pyrage.x25519.Recipient.from_str(text)) == text
    except pyrage.RecipientError:
        return False


def encrypt(data: bytes, recipients: Iterable[str]) -> bytes:
    """The data as an age file that each of the recipients can open alone."""
    import pyrage

    return pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(one) for one in recipients])


def decrypt(data: bytes, identities: Iterable[str]) -> bytes | None:
    """What is inside an age file, or None when no identity opens its header. Raises OSError for a broken payload."""
    import pyrage

    inside = BytesIO()
    try:
        pyrage.decrypt_io(BytesIO(data), inside, [pyrage.x25519.Identity.from_str(one) for one in identities])
    except pyrage.DecryptError:
        return None
    return inside.getvalue()
