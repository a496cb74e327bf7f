"""Blobs of attachments on their way: which a recipient still needs, which came, which this PC says it holds.

Source: exchange.md "Acknowledgement", "Package". Whose attachment names a blob may read it; the facts come first.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.exchange.caps import MAX_FILE, MAX_FILES, MAX_MAIL, MAX_UNNAMED
from desktop.exchange.contents import Blob
from desktop.exchange.package import cost
from desktop.models.authority import Standing
from desktop.models.facts import Content, Fact
from desktop.models.incarnations import Incarnation
from desktop.models.kinds import ATTACHMENT, BLOB, BLOBS, SEEN
from desktop.models.strict_json import JsonValue
from desktop.services.traffic.acknowledging import order_of_logs
from desktop.services.views import Role
from desktop.services.workspace import Workspace

_MOST = 800
"""Blobs named in one `seen`: a line has 64 KB."""


class Carrier(StrEnum):
    """What carries the files: it limits how big one may be."""

    STICK = "stick"
    MAIL = "mail"

    @property
    def limit(self) -> int:
        """Bytes of one file."""
        return MAX_MAIL if self is Carrier.MAIL else MAX_FILE


@dataclass(frozen=True, slots=True)
class Supply:
    """The blobs held that may go out, and what each machine (its public key) holds of them by its newest word.

    ``offered``: (hash, bytes, audience of the attachment that names it), oldest first.
    """

    offered: tuple[tuple[str, int, str], ...]
    held: Mapping[str, frozenset[str]]

    def owed(self, audiences: Collection[str], machines: Collection[str]) -> dict[str, int]:
        """Bytes of each blob of the audiences that not all of the machines hold, by hash, oldest first."""
        return {
            blob: size for blob, size, audience in self.offered
            if audience in audiences and any(blob not in self.held.get(one, ()) for one in machines)
        }


def supply(ws: Workspace) -> Supply:
    """What may go out now: blobs of attachments that count and were not withdrawn."""
    sizes = ws.store.blobs.sizes()
    if not sizes:
        return Supply((), {})
    audiences = {log.id: log.audience for log in ws.store.journal.logs()}
    withdrawn = {row.record for row in ws.store.queries.records(ATTACHMENT) if row.body.get("withdrawn")}
    offered = tuple(
        (blob, sizes[blob], audiences[one.fact.log]) for one in ws.store.blobs.namings()
        if (blob := _blob_of(one.fact)) in sizes and one.standing is Standing.APPLIED
        and one.fact.content.record not in withdrawn
    )
    return Supply(offered, _held_by_machines(ws))


def _held_by_machines(ws: Workspace) -> dict[str, frozenset[str]]:
    """What each machine holds by its newest word; of one that has two newest incarnations, as copies have, both."""
    said, (logs, order) = _held_by(ws), order_of_logs(ws)
    held: dict[str, frozenset[str]] = {}
    for one in set(logs.values()):
        if order.is_newest(one):
            here = said.get(one, frozenset())
            held[one.device] = held[one.device] & here if one.device in held else here
    return held


def shared_out(
    sizes: Mapping[str, int], first: int, further: int, files: int = MAX_FILES
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """(the blobs of each file, those in none), in their order; the first file has room for ``first`` bytes.

    There is always a first file; one that has no room leaves all to the further ones.
    """
    parts: list[list[str]] = [[]]
    left: list[str] = []
    space = first
    for blob, size in sizes.items():
        if cost(size) > space and cost(size) <= further and len(parts) < files:
            parts.append([])
            space = further
        if cost(size) <= space:
            parts[-1].append(blob)
            space -= cost(size)
        else:
            left.append(blob)
    return tuple(tuple(part) for part in parts), tuple(left)


def contents_of(ws: Workspace, hashes: Iterable[str]) -> tuple[bytes, ...]:
    """The blobs themselves; one that the disk has damaged is left out (the doctor tells)."""
    found = ((sha256, ws.store.blobs.content(sha256)) for sha256 in hashes)
    return tuple(blob for sha256, blob in found if blob is not None and hash_of(blob) == sha256)


def hash_of(blob: Blob) -> str:
    """The name of a blob: the SHA-256 of its content in hex."""
    return hashlib.sha256(blob).hexdigest()


def here(ws: Workspace) -> frozenset[str]:
    """The blobs held that an attachment names."""
    return _named(ws) & ws.store.blobs.sizes().keys()


def keep(ws: Workspace, blobs: Sequence[Blob]) -> int:
    """Keep the blobs of a package whose facts are in; how many of them no attachment names yet.

    Those wait for the file with the facts, within bounds: the oldest go first, and come again, for nobody has
    acknowledged them. The caller holds the transaction.
    """
    if not blobs:
        return 0
    hashes = {hash_of(blob): blob for blob in blobs}
    for sha256, blob in hashes.items():
        ws.store.blobs.add(sha256, blob)
    named = _named(ws)
    unnamed = {sha256: size for sha256, size in ws.store.blobs.sizes().items() if sha256 not in named}
    ws.store.blobs.drop(tuple(_beyond(unnamed, MAX_UNNAMED)))
    return len(unnamed.keys() & hashes.keys())


def _beyond(sizes: Mapping[str, int], most: int) -> Iterator[str]:
    """The oldest blobs without which the rest is within bounds."""
    total = sum(sizes.values())
    for sha256, size in sizes.items():
        if total <= most:
            return
        total -= size
        yield sha256


def acknowledge(ws: Workspace) -> None:
    """Say of the blobs held what the present incarnation has not said yet, each to who may read its attachment.

    The first time of an incarnation that is everything. The caller holds the transaction.
    """
    seat, sizes = ws.seat, ws.store.blobs.sizes()
    said = _held_by(ws).get(Incarnation(seat.device, seat.nonce), frozenset())
    audiences = {log.id: log.audience for log in ws.store.journal.logs()}
    named: dict[str, dict[str, None]] = defaultdict(dict)
    for one in ws.store.blobs.namings():
        blob = _blob_of(one.fact)
        if blob in sizes and blob not in said:
            named[seat.unit if seat.role is Role.UNIT else audiences[one.fact.log]][blob] = None
    for audience, blobs in named.items():
        listed: list[JsonValue] = list(blobs)
        ws.append(audience, [
            Content(ws.now(), ws.person, SEEN, SEEN, {BLOBS: listed[at:at + _MOST]}, {})
            for at in range(0, len(listed), _MOST)
        ])


def missing(ws: Workspace, device: str) -> tuple[str, ...]:
    """Names of attachments, not withdrawn, whose blob is not here yet, of the audiences this machine writes for."""
    logs = ws.store.journal.logs()
    audiences = {log.audience for log in logs if log.public_key == device}
    wanted = {log.id for log in logs if log.audience in audiences}
    sizes = ws.store.blobs.sizes()
    records = {
        one.fact.content.record for one in ws.store.blobs.namings()
        if one.fact.log in wanted and _blob_of(one.fact) and _blob_of(one.fact) not in sizes
    }
    rows = [row for row in ws.store.queries.records(ATTACHMENT) if row.record in records]
    return tuple(str(row.body.get("name")) for row in rows if not row.body.get("withdrawn"))


def _named(ws: Workspace) -> frozenset[str]:
    return frozenset(blob for one in ws.store.blobs.namings() if (blob := _blob_of(one.fact)))


def _blob_of(fact: Fact) -> str:
    return str(fact.content.fields.get(BLOB, ""))


def _held_by(ws: Workspace) -> dict[Incarnation, frozenset[str]]:
    """What each incarnation says it holds; who attached a file holds it."""
    logs = {log.id: Incarnation(log.public_key, log.nonce) for log in ws.store.journal.logs()}
    held: dict[Incarnation, set[str]] = defaultdict(set)
    for fact in ws.store.journal.facts_of(SEEN):
        listed = fact.content.fields.get(BLOBS)
        if isinstance(listed, list):
            held[logs[fact.log]].update(str(blob) for blob in listed)
    for one in ws.store.blobs.namings():
        held[logs[one.fact.log]].add(_blob_of(one.fact))
    return {incarnation: frozenset(blobs) for incarnation, blobs in held.items()}
