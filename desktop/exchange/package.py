"""One writer and one strict reader of packages (exchange.md "Package"; the format: docs/exchange.md)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from desktop.exchange import container, envelope
from desktop.exchange.authority import SignedEntry, decode_entries, encode_entries, verify_entry
from desktop.exchange.caps import (
    MAX_ATTACHMENT,
    MAX_AUTHORITY,
    MAX_FACTS,
    MAX_FILE,
    MAX_MANIFEST,
    MAX_PART,
    MAX_UNPACKED,
)
from desktop.exchange.container import Entry
from desktop.exchange.contents import Blob, Contents, Opened, Request
from desktop.exchange.keys import DeviceKeys, is_signed
from desktop.exchange.manifest import Listed, listed, read_manifest, write_manifest
from desktop.exchange.messages import part_fault, refusal
from desktop.exchange.segments import Segment, decode, encode, verify
from desktop.models.errors import Refused

__all__ = ["Contents", "Entry", "Opened", "Request", "cost", "entries_of", "pack", "room", "unpack"]

_DOMAIN = b"sotiendo/package/v1\n"
_MANIFEST, _SIGNATURE, _AUTHORITY = "manifest.json", "manifest.sig", "authority.jsonl"
_SEGMENT_NAME = re.compile(r"seg/([0-9a-f]{32})/([1-9]\d{0,15})-([1-9]\d{0,15})(?:-(?:[2-9]|[1-9]\d{1,3}))?\.jsonl")
_BLOB_NAME = re.compile(r"blob/([0-9a-f]{64})")
# What an entry takes besides its content: two headers and a line of the manifest, some 600 bytes.
_ENTRY = 1024
# The fixed parts of container and manifest, and an age header for 500 readers.
_FIXED = 64 * 1024


def pack(contents: Contents, sender: DeviceKeys, recipients: Sequence[str]) -> bytes:
    """The file of these contents, signed by the sender, encrypted to the age recipients (none: a plain zip).

    The same contents give the same plain bytes: segments, authority and blobs are sorted, doubles go once. Raises
    Refused PKG_TOO_BIG or PKG_BAD_MANIFEST when a reader would; ValueError when ``contents.sender`` is another.
    """
    if contents.sender != sender.public_key:
        raise ValueError("the sender's key is not the signer's")
    rest = tuple(_entries(contents))
    manifest = write_manifest(contents, (listed(entry, content) for entry, content in rest))
    data = container.write([
        container.mimetype_entry(), container.stored(_MANIFEST, manifest),
        container.stored(_SIGNATURE, sender.sign(_DOMAIN + manifest)), *(entry for entry, _ in rest),
    ])
    return envelope.encrypt(data, recipients) if recipients else data


def room(contents: Contents, limit: int) -> int:
    """How many bytes of blobs, each taken at its ``cost``, may join these contents in a file of at most ``limit``."""
    packed = unpacked = _FIXED
    for entry, content in _entries(contents):
        packed += cost(len(entry.packed))
        unpacked += cost(len(content))
    return min(limit - packed, MAX_UNPACKED - unpacked)


def cost(size: int) -> int:
    """What a blob of this size takes in a file, with its entry and 16 bytes of encryption for every 64 KB."""
    return size + size // 4096 + _ENTRY


def _entries(contents: Contents) -> Iterator[tuple[Entry, Blob]]:
    """Every entry after the signature, with its content."""
    entries = encode_entries(contents.authority)
    facts = sum(len(segment.lines) for segment in contents.segments)
    if facts > MAX_FACTS or len(contents.authority) > MAX_AUTHORITY or len(entries) > MAX_PART:
        raise refusal("PKG_TOO_BIG")
    yield container.deflated(_AUTHORITY, entries), entries
    for name, segment in _named(contents.segments):
        content = encode(segment)
        yield container.deflated(name, content), content
    by_name = {f"blob/{hashlib.sha256(blob).hexdigest()}": blob for blob in contents.blobs}
    for name in sorted(by_name):
        if len(by_name[name]) > MAX_ATTACHMENT:
            raise refusal("PKG_TOO_BIG")
        yield container.stored(name, by_name[name]), by_name[name]


def _named(segments: Iterable[Segment]) -> Iterator[tuple[str, Segment]]:
    """The segments with the names of their entries; branches of a fork share log and places and get "-2", "-3"."""
    distinct = {(segment.name.id, segment.first, segment.last, segment.head): segment for segment in segments}
    taken: dict[str, int] = {}
    for (log, first, last, _), segment in sorted(distinct.items(), key=lambda item: item[0]):
        stem = f"seg/{log}/{first}-{last}"
        taken[stem] = taken.get(stem, 0) + 1
        yield f"{stem}-{taken[stem]}.jsonl" if taken[stem] > 1 else f"{stem}.jsonl", segment


def unpack(data: bytes, identities: Sequence[str]) -> Opened:
    """Everything in a file that may be believed, or a refusal of the whole.

    Encrypted files are opened with the age identities. Raises Refused PKG_EMPTY, PKG_TOO_BIG, PKG_NOT_A_PACKAGE,
    PKG_TRUNCATED, PKG_DAMAGED, PKG_BAD_CONTAINER, PKG_NOT_FOR_US, PKG_BAD_SIGNATURE, PKG_BAD_MANIFEST,
    PKG_NEWER_VERSION.
    """
    if data.count(0) == len(data):
        # Nothing, or the zeros that an interrupted copy leaves.
        raise refusal("PKG_EMPTY")
    if len(data) > MAX_FILE:
        raise refusal("PKG_TOO_BIG")
    encrypted = data.startswith(envelope.MAGIC)
    if not encrypted and envelope.MAGIC.startswith(data):
        raise refusal("PKG_TRUNCATED")
    entries = entries_of(data, identities)
    contents, lines = _signed_manifest(entries)
    return _opened(contents, _checked(entries[3:], lines), encrypted=encrypted)


def entries_of(data: bytes, identities: Sequence[str]) -> tuple[Entry, ...]:
    """The entries of a file in order, none unpacked or believed yet. Raises Refused, as ``unpack`` does."""
    is_encrypted = data.startswith(envelope.MAGIC)
    return container.read(envelope.decrypt(data, identities) if is_encrypted else data)


def _signed_manifest(entries: Sequence[Entry]) -> tuple[Contents, tuple[Listed, ...]]:
    if [entry.name for entry in entries[1:3]] != [_MANIFEST, _SIGNATURE]:
        raise refusal("PKG_BAD_CONTAINER")
    if not all(entry.is_stored for entry in entries[1:3]):
        raise refusal("PKG_BAD_CONTAINER")
    if entries[1].size > MAX_MANIFEST:
        raise refusal("PKG_TOO_BIG")
    manifest, signature = entries[1].content(), entries[2].content()
    contents, lines = read_manifest(manifest)
    if not is_signed(_DOMAIN + manifest, signature, contents.sender):
        raise refusal("PKG_BAD_SIGNATURE")
    return contents, lines


def _checked(entries: Sequence[Entry], lines: Sequence[Listed]) -> Iterator[tuple[str, Blob]]:
    """Name and content of each entry, one at a time, after its hashes were found right."""
    if [(entry.name, entry.size) for entry in entries] != [(line.name, line.size) for line in lines]:
        raise refusal("PKG_BAD_MANIFEST")
    for entry, line in zip(entries, lines, strict=True):
        _check_place(entry, is_first=entry is entries[0])
        if hashlib.sha256(entry.packed).digest() != line.packed_hash:
            raise refusal("PKG_DAMAGED")
        content = entry.view()
        if hashlib.sha256(content).digest() != line.content_hash:
            raise refusal("PKG_DAMAGED")
        yield entry.name, content


def _check_place(entry: Entry, *, is_first: bool) -> None:
    """The authority comes first and once; then compressed segments and stored blobs, and nothing else."""
    is_blob = _BLOB_NAME.fullmatch(entry.name) is not None
    known = entry.name == _AUTHORITY if is_first else is_blob or _SEGMENT_NAME.fullmatch(entry.name)
    if not known or entry.is_stored != is_blob:
        raise refusal("PKG_BAD_CONTAINER")
    if entry.size > (MAX_ATTACHMENT if is_blob else MAX_PART):
        raise refusal("PKG_TOO_BIG")


def _opened(contents: Contents, parts: Iterator[tuple[str, Blob]], *, encrypted: bool) -> Opened:
    segments: list[Segment] = []
    blobs: list[Blob] = []
    authority: tuple[SignedEntry, ...] = ()
    bad_segments: list[tuple[str, str]] = []
    bad_entries: list[tuple[str, str]] = []
    facts = 0
    for name, content in parts:
        if name.startswith("blob/"):
            blobs.append(_blob(name, content))
            continue
        content = bytes(content)
        if name == _AUTHORITY:
            authority, bad_entries = _authority(content)
        else:
            facts += content.count(b"\n") - 1
            if facts > MAX_FACTS:
                raise refusal("PKG_TOO_BIG")
            try:
                segments.append(_segment(name, content))
            except Refused as fault:
                bad_segments.append((name, fault.code))
    contents = replace(contents, segments=tuple(segments), authority=authority, blobs=tuple(blobs))
    return Opened(contents, tuple(bad_segments), tuple(bad_entries), encrypted)


def _authority(content: bytes) -> tuple[tuple[SignedEntry, ...], list[tuple[str, str]]]:
    """The entries whose signature is right, and the others' ids with the reason."""
    try:
        entries = decode_entries(content)
    except Refused as fault:
        return (), [(_AUTHORITY, fault.code)]
    signed = [(entry, verify_entry(entry)) for entry in entries]
    good = tuple(entry for entry, is_good in signed if is_good)
    return good, [(entry.id, "AUTH_BAD_SIGNATURE") for entry, is_good in signed if not is_good]


def _segment(name: str, content: bytes) -> Segment:
    """The segment of an entry. Raises Refused with the reason why it alone is set aside."""
    segment = decode(content)
    match = _SEGMENT_NAME.fullmatch(name)
    if match is None or match.groups() != (segment.name.id, str(segment.first), str(segment.last)):
        raise part_fault("SEG_BAD_NAME")
    fault = verify(segment)
    if fault:
        raise part_fault(fault)
    return segment


def _blob(name: str, content: Blob) -> Blob:
    if name != f"blob/{hashlib.sha256(content).hexdigest()}":
        raise refusal("PKG_DAMAGED")
    return content
