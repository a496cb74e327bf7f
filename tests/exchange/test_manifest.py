"""The attack corpus of exchange.md for manifest and signature."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from desktop.exchange import container, envelope
from desktop.exchange.package import pack, unpack
from desktop.models.errors import Refused
from tests.exchange.samples import (
    READERS,
    code_of_refusal,
    contents,
    device,
    entries,
    parts_of,
    plain,
    remade,
    segment,
    with_manifest,
)


@pytest.mark.parametrize("change", [
    lambda told: told.update(recipients=["all"]),
    lambda told: told.update(sender_unit="gia-thuy"),
    lambda told: told.update(sender=device(2).public_key.hex()),
    lambda told: told.update(root=device(2).public_key.hex()),
    lambda told: told.update(written=0),
    lambda told: told.update(period="2023-Q4"),
    lambda told: told.update(later=1),
])
def test_a_manifest_changed_without_the_key(change: Callable[[dict[str, Any]], object]) -> None:
    assert code_of_refusal(remade(plain(), manifest=change)) == "PKG_BAD_SIGNATURE"


def test_the_signature_of_another_package_or_key() -> None:
    other = parts_of(pack(contents(period="2023-Q4"), device(0), []))
    held = parts_of()
    assert code_of_refusal(container.write([*held[:2], other[2], *held[3:]])) == "PKG_BAD_SIGNATURE"
    made = with_manifest(plain(), held[1].content(), held[3:], device(1))
    assert code_of_refusal(made) == "PKG_BAD_SIGNATURE"
    short = container.stored("manifest.sig", b"")
    assert code_of_refusal(container.write([*held[:2], short, *held[3:]])) == "PKG_BAD_SIGNATURE"


def test_parts_of_another_package_under_this_manifest() -> None:
    other = parts_of(pack(contents(segments=(segment(1, 2),), authority=entries(1)), device(0), []))
    held = parts_of()
    assert code_of_refusal(container.write([*held[:4], other[4]])) in ("PKG_BAD_MANIFEST", "PKG_DAMAGED")
    other = parts_of(pack(contents(segments=(segment(count=2),), authority=entries(2)), device(0), []))
    assert code_of_refusal(container.write([*held[:3], other[3], held[4]])) == "PKG_BAD_MANIFEST"


@pytest.mark.parametrize(("code", "change"), [
    ("PKG_NEWER_VERSION", lambda told: told.update(format=2)),
    ("PKG_NEWER_VERSION", lambda told: told.update(kind="chat")),
    ("PKG_BAD_MANIFEST", lambda told: told.update(format="1")),
    ("PKG_BAD_MANIFEST", lambda told: told.update(format=True)),
    ("PKG_BAD_MANIFEST", lambda told: told.pop("sender")),
    ("PKG_BAD_MANIFEST", lambda told: told.pop("request")),
    ("PKG_BAD_MANIFEST", lambda told: told.update(sender=None)),
    ("PKG_BAD_MANIFEST", lambda told: told.update(written=True)),
    ("PKG_BAD_MANIFEST", lambda told: told.update(written="0")),
    ("PKG_BAD_MANIFEST", lambda told: told.update(recipients="hub")),
    ("PKG_BAD_MANIFEST", lambda told: told.update(recipients=[1])),
    ("PKG_BAD_MANIFEST", lambda told: told.update(entries={})),
    ("PKG_BAD_MANIFEST", lambda told: told.update(entries=[1])),
    ("PKG_BAD_MANIFEST", lambda told: told.update(entries=[])),
    ("PKG_BAD_MANIFEST", lambda told: told["entries"].reverse()),
    ("PKG_BAD_MANIFEST", lambda told: told["entries"][1].update(size=1)),
    ("PKG_BAD_MANIFEST", lambda told: told["entries"][1].update(name="x")),
    ("PKG_BAD_MANIFEST", lambda told: told["entries"][1].pop("sha256")),
    ("PKG_DAMAGED", lambda told: told["entries"][1].update(sha256="0" * 64)),
    ("PKG_DAMAGED", lambda told: told["entries"][1].update(packed="0" * 64)),
    ("PKG_DAMAGED", lambda told: told["entries"][0].update(sha256="0" * 64)),
])
def test_a_signed_manifest_that_is_not_right(code: str, change: Callable[[dict[str, Any]], object]) -> None:
    assert code_of_refusal(remade(plain(), signer=device(0), manifest=change)) == code


@pytest.mark.parametrize("change", [
    lambda told: b"",
    lambda told: b"[]",
    lambda told: b"\xef\xbb\xbf" + told,
    lambda told: told.replace(b'"format":1', b'"format":1.0'),
    lambda told: told.replace(b'"format":1', b'"format":NaN'),
    lambda told: told.replace(b'"format":1', b'"format":-0'),
    lambda told: told.replace(b'"format":1', b'"format":' + b"1" * 5_000),
    lambda told: told.replace(b'"format":1', b'"format":1,"format":1'),
    lambda told: told.replace(b'"format":1', b'"format": 1'),
    lambda told: told.replace(b'"hub"', b'"\\ud800"'),
    lambda told: told.replace(b'"hub"', b'"\\u0000"'),
    lambda told: told.replace(b'"hub"', b'"\\u0068ub"'),
    lambda told: told.replace(b'["hub"]', b"[" * 9_000 + b"]" * 9_000),
    lambda told: told + b"\n",
])
def test_a_manifest_that_is_not_strict_json(change: Callable[[bytes], bytes]) -> None:
    held = parts_of()
    made = with_manifest(plain(), change(held[1].content()), held[3:], device(0))
    assert code_of_refusal(made) == "PKG_BAD_MANIFEST"


def test_a_blob_that_is_different() -> None:
    data = pack(contents(blobs=(b"x" * 50,)), device(0), [])

    def put(parts: list[tuple[str, bytes]]) -> None:
        parts[-1] = (parts[-1][0], bytes(50))

    assert code_of_refusal(remade(data, signer=device(0), parts=put)) == "PKG_DAMAGED"


def test_a_package_encrypted_anew_for_others_keeps_its_named_recipients() -> None:
    """Whoever can open a package can encrypt it to another; whom it was for stays under the sender's signature."""
    inside = pack(contents(recipients=("gia-thuy",)), device(0), [])
    again = envelope.encrypt(inside, [device(1).recipient])
    assert unpack(again, READERS).contents.recipients == ("gia-thuy",)


def test_every_refusal_says_what_was_kept_and_what_to_do() -> None:
    for data in (b"", b"x", plain()[:-1], plain() + b"x"):
        with pytest.raises(Refused) as caught:
            unpack(data, ())
        assert "còn nguyên" in caught.value.message
        assert caught.value.advice
