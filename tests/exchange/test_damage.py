"""The damage corpus of exchange.md for whole files: flipped bits, cuts, blocks, files that are something else."""

from __future__ import annotations

import base64
import io
import random
import zipfile
from collections.abc import Callable

import pytest

from desktop.exchange import envelope
from desktop.exchange.caps import MAX_FILE
from desktop.exchange.package import pack, unpack
from desktop.models.errors import Refused
from tests.exchange.samples import READERS, code_of_refusal, contents, device, patched, plain, sealed, segment


def test_the_samples_are_good() -> None:
    assert unpack(plain(), ()).contents == unpack(sealed(), READERS).contents


def flips(data: bytes, bits: range) -> list[int]:
    """The bits whose flip is accepted."""
    accepted = []
    made = bytearray(data)
    for bit in bits:
        made[bit // 8] ^= 1 << bit % 8
        try:
            unpack(bytes(made), READERS)
        except Refused:
            pass
        else:
            accepted.append(bit)
        made[bit // 8] ^= 1 << bit % 8
    return accepted


def test_every_flipped_bit_of_a_plain_package_is_refused() -> None:
    assert flips(plain(), range(8 * len(plain()))) == []


def test_every_flipped_bit_of_an_encrypted_header_is_refused() -> None:
    assert flips(sealed(), range(8 * _payload())) == []


@pytest.mark.parametrize("bit", range(8))
def test_every_flipped_bit_of_an_encrypted_payload_is_refused(bit: int) -> None:
    assert flips(sealed(), range(8 * _payload() + bit, 8 * len(sealed()), 8)) == []


def _payload() -> int:
    """Where the payload begins: after the header's last line, which carries its MAC."""
    return sealed().index(b"\n", sealed().index(b"\n--- ") + 1) + 1


def test_a_thousand_flipped_bits_of_a_big_package_are_refused() -> None:
    source = random.Random(4)
    blob = source.randbytes(100_000)
    big = pack(contents(segments=(segment(count=200),), blobs=(blob,)), device(0), [])
    for _ in range(1_000):
        bit = source.randrange(8 * len(big))
        assert flips(big, range(bit, bit + 1)) == []


@pytest.mark.parametrize("cut", range(64))
def test_a_plain_package_cut_anywhere(cut: int) -> None:
    data = plain()[:len(plain()) * cut // 64]
    assert code_of_refusal(data) == ("PKG_TRUNCATED" if cut else "PKG_EMPTY")
    assert code_of_refusal(plain()[:-1 - cut]) == "PKG_TRUNCATED"


@pytest.mark.parametrize("cut", range(1, 64))
def test_an_encrypted_package_cut_anywhere(cut: int) -> None:
    data = sealed()[:len(sealed()) * cut // 64]
    # A cut inside the payload is known only as a payload that is not whole.
    assert code_of_refusal(data, READERS) == ("PKG_TRUNCATED" if len(data) < _payload() + 32 else "PKG_DAMAGED")


@pytest.mark.parametrize("size", [16, 64, 512])
def test_a_tail_of_zeros(size: int) -> None:
    assert code_of_refusal(plain()[:-size] + bytes(size)) in ("PKG_BAD_CONTAINER", "PKG_TRUNCATED")
    assert code_of_refusal(sealed()[:-size] + bytes(size), READERS) == "PKG_DAMAGED"


@pytest.mark.parametrize("block", range(1, 12))
def test_swapped_blocks(block: int) -> None:
    for data in (plain(), sealed()):
        one, other = data[128 * block:128 * block + 64], data[128 * block + 64:128 * block + 128]
        made = patched(data, (128 * block, other + one))
        assert made != data
        assert code_of_refusal(made, READERS).startswith("PKG_")


def _other_zip(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr(name, content)
    return made.getvalue()


def _zipped_again() -> bytes:
    """The package as a zip program would write it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain())) as held, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name in held.namelist():
            file.writestr(name, held.read(name), zipfile.ZIP_STORED if name == "mimetype" else None)
    return made.getvalue()


@pytest.mark.parametrize(("code", "make"), [
    ("PKG_EMPTY", lambda: b""),
    ("PKG_EMPTY", lambda: bytes(4096)),
    ("PKG_NOT_A_PACKAGE", lambda: b"x"),
    ("PKG_TRUNCATED", lambda: b"P"),
    ("PKG_TRUNCATED", lambda: b"age-enc"),
    ("PKG_TRUNCATED", lambda: b"age-encryption.org/v1\n"),
    ("PKG_NOT_A_PACKAGE", lambda: random.Random(1).randbytes(1000)),
    ("PKG_NOT_A_PACKAGE", lambda: "<!DOCTYPE html><title>Đăng nhập thư điện tử</title>".encode()),
    ("PKG_NOT_A_PACKAGE", lambda: base64.b64encode(plain())),
    ("PKG_NOT_A_PACKAGE", lambda: base64.encodebytes(sealed())),
    ("PKG_NOT_A_PACKAGE", lambda: _other_zip("xl/workbook.xml", b"<workbook/>")),
    ("PKG_NOT_A_PACKAGE", lambda: _other_zip("P-BoDe.sotiendo", sealed())),
    ("PKG_NOT_A_PACKAGE", lambda: b"-----BEGIN AGE ENCRYPTED FILE-----\n" + base64.b64encode(sealed())),
    ("PKG_NOT_A_PACKAGE", lambda: b"\xef\xbb\xbf" + sealed()),
    ("PKG_BAD_CONTAINER", lambda: b"\xef\xbb\xbf" + plain()),
    ("PKG_BAD_CONTAINER", lambda: b"junk" + plain()),
    ("PKG_BAD_CONTAINER", lambda: plain() + b"junk"),
    ("PKG_BAD_CONTAINER", lambda: plain() + b"\0"),
    ("PKG_BAD_CONTAINER", lambda: plain() + plain()),
    ("PKG_BAD_CONTAINER", lambda: _zipped_again()),
    ("PKG_BAD_CONTAINER", lambda: plain().replace(b"\n", b"\r\n")),
    ("PKG_DAMAGED", lambda: sealed() + b"junk"),
    ("PKG_DAMAGED", lambda: sealed() + sealed()),
    ("PKG_NOT_A_PACKAGE", lambda: sealed().replace(b"\n", b"\r\n")),
    ("PKG_NOT_FOR_US", lambda: sealed().replace(b"X25519", b"X25518")),
    ("PKG_TOO_BIG", lambda: plain() + bytes(MAX_FILE)),
    ("PKG_TOO_BIG", lambda: b"age-encryption.org/v1\n" + b"-> X25519 a\nb\n" * 100_000),
])
def test_other_files(code: str, make: Callable[[], bytes]) -> None:
    assert code_of_refusal(make(), READERS) == code


def test_a_package_in_a_package() -> None:
    inside = pack(contents(), device(0), [device(1).recipient])
    double = envelope.encrypt(inside, [device(1).recipient])
    assert code_of_refusal(double, READERS) == "PKG_NOT_A_PACKAGE"
