"""Container, first half: files that are something else, were cut, mixed, changed on their way or joined."""

from __future__ import annotations

import base64
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from functools import partial

from desktop.exchange import container, envelope
from desktop.exchange.caps import MAX_FILE
from tests.corpus.bench import Bench, Case, refused
from tests.exchange.samples import patched, plain

Change = Callable[[bytes], bytes]
BOM = b"\xef\xbb\xbf"
AGE = b"age-encryption.org/v1\n"
CUTS = 64


def _plain(change: Change) -> Callable[[Bench], bytes]:
    return lambda bench: change(bench.plain)


def _sealed(change: Change) -> Callable[[Bench], bytes]:
    return lambda bench: change(bench.sealed)


def _made(data: bytes) -> Callable[[Bench], bytes]:
    return lambda _: data


def payload(sealed: bytes) -> int:
    """Where the payload of an encrypted file begins: after the header's last line, which carries its MAC."""
    return sealed.index(b"\n", sealed.index(b"\n--- ") + 1) + 1


def _zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The files as a zip program would write them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as file:
        for name, content in files.items():
            file.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return made.getvalue()


def _zipped_again(plain: bytes) -> bytes:
    return _zipped({entry.name: entry.content() for entry in container.read(plain)})


def _double_envelope(bench: Bench) -> bytes:
    return envelope.encrypt(bench.sealed, [bench.ward.charter().reading_key])


def _others() -> Iterator[Case]:
    """Files that are something else."""
    yield refused("empty", "PKG_EMPTY", _made(b""))
    yield refused("zeros only", "PKG_EMPTY", _made(bytes(4096)))
    yield refused("one byte", "PKG_NOT_A_PACKAGE", _made(b"x"))
    yield refused("the first byte of a package", "PKG_TRUNCATED", _made(b"P"))
    yield refused("the first bytes of an encrypted one", "PKG_TRUNCATED", _made(b"age-enc"))
    yield refused("an encrypted file that ends after its first line", "PKG_TRUNCATED", _made(AGE))
    yield refused("random", "PKG_NOT_A_PACKAGE", _made(random.Random(1).randbytes(1000)))
    yield refused("HTML of a mail portal", "PKG_NOT_A_PACKAGE", _made("<!DOCTYPE html><title>Thư</title>".encode()))
    yield refused("another program's zip", "PKG_NOT_A_PACKAGE", _made(_zipped({"xl/workbook.xml": b"<workbook/>"})))
    yield refused("a package inside a zip", "PKG_NOT_A_PACKAGE", _sealed(lambda data: _zipped({"P.sotiendo": data})))
    yield refused("an encrypted package encrypted again", "PKG_NOT_A_PACKAGE", _double_envelope)
    yield refused("zipped again by another program", "PKG_BAD_CONTAINER", _plain(_zipped_again))
    yield refused("too big", "PKG_TOO_BIG", _plain(lambda data: data + bytes(MAX_FILE)))
    yield refused("an endless age header", "PKG_TOO_BIG", _made(AGE + b"-> X25519 a\nb\n" * 100_000))
    yield refused("readers of another kind", "PKG_NOT_FOR_US", _sealed(lambda data: data.replace(b"X25519", b"X25518")))


def _on_the_way() -> Iterator[Case]:
    """What mail programs, text modes and people make of a file."""
    for name, code, sealed_code, change in (
        ("BOM", "PKG_BAD_CONTAINER", "PKG_NOT_A_PACKAGE", lambda data: BOM + data),
        ("prepended junk", "PKG_BAD_CONTAINER", "PKG_NOT_A_PACKAGE", lambda data: b"junk" + data),
        ("appended junk", "PKG_BAD_CONTAINER", "PKG_DAMAGED", lambda data: data + b"junk"),
        ("one zero appended", "PKG_BAD_CONTAINER", "PKG_DAMAGED", lambda data: data + b"\0"),
        ("two packages joined", "PKG_BAD_CONTAINER", "PKG_DAMAGED", lambda data: data + data),
        ("base64", "PKG_NOT_A_PACKAGE", "PKG_NOT_A_PACKAGE", base64.b64encode),
        ("base64 of a mail", "PKG_NOT_A_PACKAGE", "PKG_NOT_A_PACKAGE", base64.encodebytes),
        ("armour", "PKG_NOT_A_PACKAGE", "PKG_NOT_A_PACKAGE", _armour),
    ):
        yield refused(f"{name}, plain", code, _plain(change))
        yield refused(f"{name}, encrypted", sealed_code, _sealed(change))
    # Of known bytes: where the line feeds of signatures and compressed lines lie is chance.
    yield refused("text mode, plain", "PKG_BAD_CONTAINER", _made(_text_mode(plain())))
    yield refused("text mode, encrypted", "PKG_NOT_A_PACKAGE", _sealed(_text_mode))


def _text_mode(data: bytes) -> bytes:
    """What a copy in text mode makes of line feeds."""
    assert b"\n" in data
    return data.replace(b"\n", b"\r\n")


def _armour(data: bytes) -> bytes:
    return b"-----BEGIN AGE ENCRYPTED FILE-----\n" + base64.b64encode(data)


def _cuts() -> Iterator[Case]:
    """Ends that are missing: at every 1/64 of the file, and of an encrypted one's header and payload."""
    for cut in range(1, CUTS):
        yield refused(f"cut at {cut}/64, plain", "PKG_TRUNCATED", _plain(partial(_cut, cut)))
        yield refused(f"cut {cut} bytes before the end", "PKG_TRUNCATED", _plain(partial(_cut_end, cut)))
        yield refused(f"cut at {cut}/64 of the age header", "PKG_TRUNCATED", _sealed(partial(_cut_header, cut)))
        yield refused(f"cut at {cut}/64 of the age payload", "PKG_DAMAGED", _sealed(partial(_cut_payload, cut)))


def _cut(cut: int, data: bytes) -> bytes:
    return data[:len(data) * cut // CUTS]


def _cut_end(cut: int, data: bytes) -> bytes:
    return data[:-cut]


def _cut_header(cut: int, data: bytes) -> bytes:
    return data[:payload(data) * cut // CUTS]


def _cut_payload(cut: int, data: bytes) -> bytes:
    # Below nonce and tag no payload can be there at all.
    start = payload(data) + 32
    return data[:start + (len(data) - start) * cut // CUTS]


def _blocks() -> Iterator[Case]:
    """Blocks that a failing medium zeroed or swapped: in each part of a plain file, and of an encrypted one."""
    for part, code in (("manifest", "PKG_DAMAGED"), ("segment", "PKG_DAMAGED"), ("directory", "PKG_BAD_CONTAINER")):
        yield refused(f"swapped blocks in the {part}", code, _plain(partial(_swapped, part)))
        yield refused(f"zeroed block in the {part}", code, _plain(partial(_zeroed, part)))
    yield refused("swapped blocks, encrypted", "PKG_DAMAGED", _sealed(lambda data: _swap(data, payload(data) + 64, 64)))
    yield refused("swapped blocks in the age header", "PKG_NOT_FOR_US", _sealed(lambda data: _swap(data, 50, 8)))
    for tail in (8, 22, 60):
        yield refused(f"zero-filled tail of {tail}", "PKG_BAD_CONTAINER", _plain(partial(_zero_tail, tail)))
        yield refused(f"zero-filled tail of {tail}, encrypted", "PKG_DAMAGED", _sealed(partial(_zero_tail, tail)))
    yield refused("zero-filled second half", "PKG_BAD_CONTAINER", _plain(_zero_half))


def _place(part: str, data: bytes) -> int:
    """Where 64 bytes of a part lie that are nothing but its content."""
    entries = container.read(data)
    if part == "directory":
        return data.index(b"PK\x01\x02")
    return data.index(bytes(entries[{"manifest": 1, "segment": 4}[part]].packed))


def _swapped(part: str, data: bytes) -> bytes:
    return _swap(data, _place(part, data), 32)


def _swap(data: bytes, start: int, size: int) -> bytes:
    one, other = data[start:start + size], data[start + size:start + 2 * size]
    made = patched(data, (start, other + one))
    assert made != data
    return made


def _zeroed(part: str, data: bytes) -> bytes:
    return patched(data, (_place(part, data), bytes(64)))


def _zero_tail(size: int, data: bytes) -> bytes:
    return data[:-size] + bytes(size)


def _zero_half(data: bytes) -> bytes:
    """The medium gave out in the middle of the manifest's content; the length of the file was kept."""
    start = _place("manifest", data) + 100
    return data[:start] + bytes(len(data) - start)


CASES: tuple[Case, ...] = (*_others(), *_on_the_way(), *_cuts(), *_blocks())
