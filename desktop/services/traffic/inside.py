"""What the inside of a package looks like to a person: plain data, made by ``inspecting``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EntryInside:
    """One entry of the container; sizes in bytes, ``packed`` as it lies in the file."""

    name: str
    size: int
    packed: int


@dataclass(frozen=True, slots=True)
class SignerInside:
    """Who signed the file: key (hex), its 20 digits, the unit it speaks for, and what it was granted.

    ``granted``: "here" by the authority this folder holds, "closed" by it once and no longer, "file" only by what the
    file brings, "" by nobody.
    ``label`` is that of the grant or of the request in the file.
    """

    key: str
    code: str
    unit: str
    label: str
    granted: str


@dataclass(frozen=True, slots=True)
class SegmentInside:
    """One run of a log: its writer, for whom it is, its places, and the times its facts claim (first and last)."""

    log: str
    writer: str
    audience: str
    first: int
    last: int
    earliest: datetime | None
    latest: datetime | None
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FactInside:
    """One fact in words; ``fields`` are (name of the field, value). ``problem``: why the line says nothing."""

    log: str
    seq: int
    writer: str
    user: str
    when: datetime | None
    kind: str
    unit: str
    period: str
    code: str
    title: str
    record: str
    fields: tuple[tuple[str, str], ...]
    supersedes: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Inside:
    """A package from inside. Where ``reason`` is set the file could not be opened, and the rest stays empty.

    ``trusted``: this folder knows the root. ``set_aside``: (part, reason code) of parts that are not what they should.
    ``age_readers``: how many keys open an encrypted file; it does not say whose they are.
    """

    file: str
    size: int
    sha256: str
    check_code: str
    encrypted: bool
    age_readers: int
    reason: str = ""
    summary: str = ""
    kind: str = ""
    package: str = ""
    plan: str = ""
    plan_words: str = ""
    root_code: str = ""
    trusted: bool = False
    signer: SignerInside | None = None
    recipients: tuple[str, ...] = ()
    written: datetime | None = None
    period: str = ""
    application: str = ""
    request: str = ""
    entries: tuple[EntryInside, ...] = ()
    segments: tuple[SegmentInside, ...] = ()
    authority: tuple[str, ...] = ()
    blobs: tuple[EntryInside, ...] = ()
    set_aside: tuple[tuple[str, str], ...] = ()
    facts: tuple[FactInside, ...] | None = None
    """None where they were not asked for."""
