"""The strict zip: every field has one legal value, so a file either is what its writer wrote or is refused.

Ours because zipfile accepts junk before and after, joined archives, double names, and 1,275 of 8,304 one-bit flips
(measured, exchange.md "Package"). Any zip program still opens what this writes.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.exchange.caps import MAX_ENTRIES, MAX_FILE, MAX_UNPACKED
from desktop.exchange.messages import refusal

MIMETYPE = b"application/vnd.sotiendo.package+zip"

_STORED, _DEFLATED = 0, 8
_NAME = re.compile(rb"[a-z0-9-]{1,64}(/[a-z0-9-]{1,64}){0,3}(\.[a-z0-9]{1,8})?")
_VERSION = 20
# 1 January 1980, 00:00: the times of entries say nothing.
_TIME, _DATE = 0, 0x0021
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its bytes as they lie in the file, and CRC-32 and size of its content."""

    name: str
    method: int
    crc: int
    size: int
    packed: memoryview

    def content(self) -> bytes:
        """The content, unpacked within its stated size. Raises Refused PKG_DAMAGED."""
        return bytes(self.view())

    def view(self) -> bytes | memoryview:
        """As ``content``, but of what lies in the file as it is no copy. Raises Refused PKG_DAMAGED."""
        content = self.packed if self.is_stored else self._inflated()
        if len(content) != self.size or zlib.crc32(content) != self.crc:
            raise refusal("PKG_DAMAGED")
        return content

    @property
    def is_stored(self) -> bool:
        """Whether the content lies in the file as it is."""
        return self.method == _STORED

    def _inflated(self) -> bytes:
        inflater = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
        try:
            content = inflater.decompress(self.packed, self.size + 1)
        except zlib.error as error:
            raise refusal("PKG_DAMAGED") from error
        if not inflater.eof or inflater.unused_data:
            raise refusal("PKG_DAMAGED")
        return content


def stored(name: str, content: bytes | memoryview) -> Entry:
    """An entry that lies in the file as it is."""
    return Entry(name, _STORED, zlib.crc32(content), len(content), memoryview(content))


def deflated(name: str, content: bytes) -> Entry:
    """A compressed entry."""
    deflater = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    packed = deflater.compress(content) + deflater.flush()
    return Entry(name, _DEFLATED, zlib.crc32(content), len(content), memoryview(packed))


def write(entries: Sequence[Entry]) -> bytes:
    """The file of these entries, in this order. Raises Refused PKG_TOO_BIG."""
    _check_caps(len(entries), sum(entry.size for entry in entries))
    parts: list[bytes | memoryview] = []
    for entry in entries:
        parts += (_local(entry), entry.packed)
    data = b"".join((*parts, _tail(entries)))
    if len(data) > MAX_FILE:
        raise refusal("PKG_TOO_BIG")
    return data


def read(data: bytes) -> tuple[Entry, ...]:
    """The entries of a file, none unpacked yet; names are distinct and safe.

    Raises Refused PKG_TRUNCATED, PKG_BAD_CONTAINER, PKG_NOT_A_PACKAGE, PKG_TOO_BIG.
    """
    if not data.startswith(_OPENING):
        raise refusal(_opening_fault(data))
    entries: list[Entry] = []
    names: set[str] = set()
    offset = unpacked = 0
    view = memoryview(data)
    while data.startswith(_LOCAL_MARK, offset):
        entry, offset = _entry(data, view, offset)
        names.add(entry.name)
        entries.append(entry)
        unpacked += entry.size
        _check_caps(len(entries), unpacked)
    tail, rest = _tail(entries), data[offset:]
    if rest != tail:
        # The end is missing where what is left begins like it, or like one more entry.
        is_cut = tail.startswith(rest) or _LOCAL_MARK.startswith(rest)
        raise refusal("PKG_TRUNCATED" if is_cut else "PKG_BAD_CONTAINER")
    if len(names) != len(entries):
        raise refusal("PKG_BAD_CONTAINER")
    return tuple(entries)


def _entry(data: bytes, view: memoryview, offset: int) -> tuple[Entry, int]:
    """The entry whose local header begins at ``offset``, and the offset after it."""
    if offset + _LOCAL.size > len(data):
        raise refusal("PKG_TRUNCATED")
    _, _, _, method, _, _, crc, packed_size, size, name_size, _ = _LOCAL.unpack_from(data, offset)
    start = offset + _LOCAL.size + name_size
    end = start + packed_size
    if end > len(data):
        # With the closing record in its place the sizes lie; without it the end of the file is missing.
        whole = data.startswith(_END_MARK, max(len(data) - _END.size, 0))
        raise refusal("PKG_BAD_CONTAINER" if whole else "PKG_TRUNCATED")
    name = data[start - name_size:start]
    if not _NAME.fullmatch(name) or method not in (_STORED, _DEFLATED):
        raise refusal("PKG_BAD_CONTAINER")
    entry = Entry(name.decode("ascii"), method, crc, size, view[start:end])
    if _local(entry) != data[offset:start] or (entry.is_stored and size != packed_size):
        raise refusal("PKG_BAD_CONTAINER")
    return entry, end


def _check_caps(entries: int, unpacked: int) -> None:
    if entries > MAX_ENTRIES or unpacked > MAX_UNPACKED:
        raise refusal("PKG_TOO_BIG")


def _local(entry: Entry) -> bytes:
    name = entry.name.encode("ascii")
    return _LOCAL.pack(
        _LOCAL_MARK, _VERSION, 0, entry.method, _TIME, _DATE, entry.crc, len(entry.packed), entry.size, len(name), 0,
    ) + name


def _tail(entries: Iterable[Entry]) -> bytes:
    """The central directory and the closing record that these entries must have."""
    directory: list[bytes] = []
    offset = 0
    for entry in entries:
        name = entry.name.encode("ascii")
        directory.append(_CENTRAL.pack(
            _CENTRAL_MARK, _VERSION, _VERSION, 0, entry.method, _TIME, _DATE, entry.crc, len(entry.packed), entry.size,
            len(name), 0, 0, 0, 0, 0, offset,
        ) + name)
        offset += _LOCAL.size + len(name) + len(entry.packed)
    central = b"".join(directory)
    count = len(directory)
    return central + _END.pack(_END_MARK, 0, 0, count, count, len(central), offset, 0)


# The first entry never varies, so neither do the first bytes of any package.
_FIRST = stored("mimetype", MIMETYPE)
_OPENING = _local(_FIRST) + MIMETYPE


def mimetype_entry() -> Entry:
    """The first entry of every package."""
    return _FIRST


def _opening_fault(data: bytes) -> str:
    if _OPENING.startswith(data):
        return "PKG_TRUNCATED"
    # A package behind junk, a byte order mark or another header, against any other file.
    return "PKG_BAD_CONTAINER" if MIMETYPE in data[:1024] else "PKG_NOT_A_PACKAGE"
