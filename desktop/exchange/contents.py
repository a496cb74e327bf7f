"""What a package says, before it is bytes and after."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.exchange.authority import SignedEntry
from desktop.exchange.segments import Segment

Blob = bytes | memoryview
"""The content of an attachment; of a file that was read, a view of its bytes: 64 MB need no copies."""
KINDS = frozenset(("report", "hub", "starter"))
"""Kinds of package: a unit's for its hub, a hub's, and the file that enrols units."""


@dataclass(frozen=True, slots=True)
class Request:
    """An enrolment request: a device's Ed25519 key, age recipient, the unit it speaks for, its label, its log ids.

    ``role``: "unit", or "hub" for one more machine of the hub.
    """

    public_key: bytes
    recipient: str
    unit: str
    label: str
    logs: tuple[str, ...] = ()
    role: str = "unit"


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything a package holds.

    ``package_id``: 16 bytes as hex. ``root``, ``sender``: Ed25519 keys. ``recipients``: unit ids, "hub" or "all".
    ``written``: claimed unix seconds. ``reading_key``: the hub role's age recipient (starters), else "". ``blobs``:
    attachments, named by their hash.
    """

    kind: str
    package_id: str
    plan_id: str
    root: bytes
    sender: bytes
    sender_unit: str
    recipients: tuple[str, ...]
    written: int
    period: str
    application: str
    segments: tuple[Segment, ...]
    authority: tuple[SignedEntry, ...]
    request: Request | None
    reading_key: str
    blobs: tuple[Blob, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A package that was accepted as a whole.

    ``contents`` holds only what verified. ``bad_segments`` and ``bad_entries`` name the parts set aside, each with its
    reason code (see ``messages.PARTS``); they sink alone.
    """

    contents: Contents
    bad_segments: tuple[tuple[str, str], ...] = ()
    bad_entries: tuple[tuple[str, str], ...] = ()
    encrypted: bool = False
