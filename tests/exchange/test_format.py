"""A second reader, made from docs/exchange.md alone: it finds in the golden package what ours finds."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

from nacl.signing import VerifyKey

from desktop.exchange.hashes import check_code, code_of
from desktop.exchange.package import unpack

GOLDEN = Path(__file__).parent / "golden" / "plain-1.sotiendo"


def h(*parts: bytes) -> bytes:
    """H of section 2."""
    return hashlib.sha256(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).digest()


def canonical(value: Any) -> bytes:
    """Section 1."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_manifest() -> None:
    with zipfile.ZipFile(GOLDEN) as file:
        manifest, signature = file.read("manifest.json"), file.read("manifest.sig")
        told = json.loads(manifest)
        assert canonical(told) == manifest
        VerifyKey(bytes.fromhex(told["sender"])).verify(b"sotiendo/package/v1\n" + manifest, signature)
        assert file.namelist() == ["mimetype", "manifest.json", "manifest.sig", *(e["name"] for e in told["entries"])]
        for entry in told["entries"]:
            content = file.read(entry["name"])
            assert (len(content), hashlib.sha256(content).hexdigest()) == (entry["size"], entry["sha256"])


def test_segments() -> None:
    found = []
    with zipfile.ZipFile(GOLDEN) as file:
        for name in file.namelist():
            if name.startswith("seg/"):
                found.append(_segment(name, file.read(name)))
    opened = unpack(GOLDEN.read_bytes(), ())
    assert found == [(one.head.hex(), one.lines) for one in opened.contents.segments]


def _segment(name: str, content: bytes) -> tuple[str, tuple[bytes, ...]]:
    first_line, *lines = content.removesuffix(b"\n").split(b"\n")
    header = json.loads(first_line)
    signature = bytes.fromhex(header.pop("signature"))
    key = bytes.fromhex(header["key"])
    VerifyKey(key).verify(b"sotiendo/segment/v1\n" + canonical(header), signature)
    made_of = (key, bytes.fromhex(header["nonce"]), header["plan"].encode(), header["audience"].encode())
    log = h(b"sotiendo/log/v1", *made_of)[:16].hex()
    assert name == f"seg/{log}/{header['first']}-{header['first'] + header['count'] - 1}.jsonl"
    assert header["count"] == len(lines)
    head = bytes.fromhex(header["prev_head"])
    if header["first"] == 1:
        assert head == h(b"sotiendo/head/v1", *made_of)
    for line in lines:
        head = hashlib.sha256(head + hashlib.sha256(line).digest()).digest()
    assert head.hex() == header["head"]
    return head.hex(), tuple(lines)


def test_authority() -> None:
    with zipfile.ZipFile(GOLDEN) as file:
        lines = file.read("authority.jsonl").splitlines()
    ids = []
    for line in lines:
        entry = json.loads(line)
        key, body = bytes.fromhex(entry["key"]), canonical(entry["body"])
        VerifyKey(key).verify(b"sotiendo/authority/v1\n" + body, bytes.fromhex(entry["signature"]))
        ids.append(h(b"sotiendo/authority-id/v1", body, key)[:16].hex())
    assert ids == [entry.id for entry in unpack(GOLDEN.read_bytes(), ()).contents.authority]
    assert ids == sorted(ids)


def test_codes() -> None:
    key, data = bytes(range(32)), GOLDEN.read_bytes()
    bits = f"{int.from_bytes(h(b'sotiendo/device-code/v1', key), 'big'):0256b}"[:66]
    assert code_of(key) == str(int(bits, 2)).zfill(20)
    number = int.from_bytes(h(b"sotiendo/check-code/v1", data)[:16], "big")
    rest, letters = number // 10_000, ""
    for _ in range(4):
        letters += "ABCDEGHKLMNPQRSTUVXY"[rest % 20]
        rest //= 20
    assert check_code(data) == f"{letters} {number % 10_000:04d}"
