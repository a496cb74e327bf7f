"""Acknowledgements, both ways: what this PC says it holds of others, and what others say they hold of its own.

Source: exchange.md "Acknowledgement". A fact is acknowledged when every machine of the receiving side holds it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.models.entries import DeviceRole, Grant
from desktop.models.facts import ALL, Content
from desktop.models.incarnations import Ages, Incarnation, ages
from desktop.models.kinds import ABOUT_EXCHANGE, BLOBS, CONTINUES, SEEN
from desktop.models.strict_json import JsonValue
from desktop.models.units import UnitTree
from desktop.services.traffic.log_ends import ends_of
from desktop.services.views import Role
from desktop.store.journal import LogRow

if TYPE_CHECKING:
    from desktop.services.workspace import Workspace

_MOST = 300
"""Ends named in one `seen`: a line has 64 KB."""


def acknowledge(ws: Workspace, moved: Iterable[str]) -> None:
    """Write `seen` for the logs (ids) of others that moved, each into the own log that its writer may read.

    The first of an incarnation is complete. The caller holds the transaction.
    """
    moved = set(moved)
    by_audience: dict[str, list[LogRow]] = defaultdict(list)
    for log in ws.store.journal.logs():
        if not log.own:
            by_audience[ws.seat.unit if ws.seat.role is Role.UNIT else log.audience].append(log)
    for audience, logs in by_audience.items():
        if moved.isdisjoint(log.id for log in logs):
            continue
        first = not ws.store.journal.talks(SEEN, ws.own_log(audience).id)
        _say(ws, audience, [log for log in logs if first or log.id in moved])


def acknowledge_all(ws: Workspace) -> None:
    """Write all that is held of others into own logs that have just begun; the caller holds the transaction."""
    acknowledge(ws, {log.id for log in ws.store.journal.logs() if not log.own})


def _say(ws: Workspace, audience: str, logs: Sequence[LogRow]) -> None:
    ends: list[tuple[str, JsonValue]] = []
    for log in logs:
        ends += [(name, [end.seq, end.head.hex()]) for name, end in ends_of(ws, log).items()]
    contents = [
        Content(ws.now(), ws.person, SEEN, SEEN, dict(ends[at:at + _MOST]), {}) for at in range(0, len(ends), _MOST)
    ]
    if contents:
        ws.append(audience, contents)


def order_of_logs(ws: Workspace) -> tuple[Mapping[str, Incarnation], Ages]:
    """The incarnation of every log of the plan, and which of them are the newest of their machines."""
    logs = {log.id: Incarnation(log.public_key, log.nonce) for log in ws.store.journal.logs()}
    return logs, ages(logs, ((fact.log, fact.content.fields) for fact in ws.store.journal.talk(CONTINUES)))


@dataclass(frozen=True, slots=True)
class Confirmations:
    """What the newest incarnations of machines say they hold: per end of a log (its head), the machines (public keys).

    Two newest incarnations of a machine, as copies have, count as two: both must hold a fact.
    """

    holders: Mapping[str, frozenset[Incarnation]]
    """Newest incarnations by machine."""
    ends: Mapping[bytes, frozenset[Incarnation]]

    def missing(
        self, steps: Sequence[tuple[int, bytes, bytes, str]], devices: Iterable[str]
    ) -> set[bytes]:
        """The heads of a log's facts that not every one of the machines holds; all of them where there is none.

        ``steps``: (place, head before, head, kind), in order of place.
        """
        nobody: frozenset[Incarnation] = frozenset()
        wanted = nobody.union(*(self.holders.get(one, frozenset({Incarnation(one, "")})) for one in devices))
        held: dict[bytes, frozenset[Incarnation]] = {}
        missing: set[bytes] = set()
        for _, prev, head, _ in reversed(steps):
            here = held.get(head, nobody)
            if said := self.ends.get(head):
                here |= said & wanted
            if not wanted or len(here) < len(wanted):
                missing.add(head)
            # Who holds a fact holds all before it: `seen` names gapless prefixes.
            held[prev] = held[prev] | here if prev in held else here
        return missing


def confirmations(ws: Workspace) -> Confirmations:
    """What everybody's newest incarnation says it holds, by the acknowledgements that count here."""
    logs, order = order_of_logs(ws)
    ends: dict[bytes, set[Incarnation]] = defaultdict(set)
    for fact in ws.store.journal.talk(SEEN):
        if order.is_newest(logs[fact.log]):
            for end in (end for name, end in fact.content.fields.items() if name != BLOBS):
                # An end that no log here has is looked up by nobody: it confirms nothing.
                ends[_end_of(end)[1]].add(logs[fact.log])
    holders: dict[str, set[Incarnation]] = defaultdict(set)
    for one in set(logs.values()):
        if order.is_newest(one):
            holders[one.device].add(one)
    return Confirmations(
        {device: frozenset(found) for device, found in holders.items()},
        {head: frozenset(found) for head, found in ends.items()},
    )


def _end_of(value: JsonValue) -> tuple[int, bytes]:
    """(seq, head) of an end that `seen` names; its shape was examined when it came in."""
    seq, head = value if isinstance(value, list) else (0, "")
    return seq if isinstance(seq, int) else 0, bytes.fromhex(str(head))


def _readers(grants: Sequence[Grant], role: Role, audience: str, tree: UnitTree) -> frozenset[str]:
    """The machines (public keys) that must hold what a side (hub or unit) writes for an audience, by the open grants.

    What was written for a unit that has no machine any more, as after a merger, those above it must hold.
    """
    if role is Role.UNIT:
        return frozenset(grant.device for grant in grants if grant.role is DeviceRole.HUB)
    units = [grant for grant in grants if grant.role is DeviceRole.UNIT]
    own = frozenset(grant.device for grant in units if audience in (ALL, grant.unit))
    return own or frozenset(grant.device for grant in units if tree.is_within(audience, grant.unit))


def unconfirmed(ws: Workspace) -> int:
    """How many own facts some machine of the other side has not acknowledged yet."""
    authority = ws.authority()
    known, grants, tree, role = confirmations(ws), ws.grants(), ws.units(), ws.seat.role
    count = 0
    for log in ws.store.journal.logs():
        if log.own and (log.public_key == ws.seat.device or authority.grants_of(log.public_key)):
            steps = ws.store.journal.steps(log.id)
            missing = known.missing(steps, _readers(grants, role, log.audience, tree))
            if log.public_key != ws.seat.device:
                # What a lost key did not sign was written again by the present one.
                missing -= {row.head for run in ws.store.journal.unsealed(log.id) for row in run}
            count += sum(kind not in ABOUT_EXCHANGE and head in missing for _, _, head, kind in steps)
    return count


def disputed(ws: Workspace, ends: Mapping[str, JsonValue]) -> int:
    """How many ends of own logs an acknowledgement names that are not so here: this PC was restored, or it is wrong."""
    own = {log.id for log in ws.store.journal.logs() if log.own}
    return sum(name in own and not ws.store.journal.holds(name, *_end_of(end)) for name, end in ends.items())
