"""Evidence of when a fact was made: what its log had seen before it, when the hub had it.

Source: exchange.md "Lateness".
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from desktop.models.covers import Covers, read_covers
from desktop.models.entries import DeviceRole, End
from desktop.models.facts import Fact
from desktop.models.kinds import SEEN
from desktop.models.lateness import Bracket
from desktop.services.workspace import Workspace

if TYPE_CHECKING:
    from desktop.store.coverage import Covering


class Evidence:
    """The acknowledgements held of a plan, read once for many facts. All PCs that hold the same say the same."""

    def __init__(self, ws: Workspace, covering: Covering) -> None:
        self._covering = covering
        self._journal = ws.store.journal
        # Those since retired too: what they acknowledged remains evidence.
        devices = {one.grant.device for one in ws.charter().granted if one.grant.role is DeviceRole.HUB}
        logs = ws.store.journal.logs()
        self._hub_logs = frozenset(log.id for log in logs if log.public_key in devices)
        self._logs = frozenset(log.id for log in logs)
        self._seen: dict[str, list[Fact]] = defaultdict(list)
        for fact in ws.store.journal.talk(SEEN):
            self._seen[fact.log].append(fact)

    def bracket(self, fact: Fact) -> Bracket:
        """Between which moments of the hub's clocks a fact was made."""
        return Bracket(self._lower(fact), self._upper(fact))

    def _lower(self, fact: Fact) -> int | None:
        """The wall time of the latest hub fact that the log had seen before the fact."""
        before = self._covering.coverage(Covers({fact.log: End(fact.seq, fact.head)}), [fact.log])
        latest: dict[str, End] = {}
        for seen in sorted(self._seen[fact.log], key=lambda one: one.seq):
            if seen.seq < fact.seq and before.reaches(seen.log, seen.seq, seen.head):
                latest.update(read_covers(dict(seen.content.fields)).ends)
        covers = Covers(latest)
        places = self._covering.places(covers, self._hub_logs)
        walls = [
            wall for name, log in places.items()
            if (wall := self._journal.wall(log, latest[name].seq, latest[name].head)) is not None
        ]
        return max(walls, default=None)

    def _upper(self, fact: Fact) -> int | None:
        """The earliest wall time of a hub acknowledgement that covers the fact; of the hub's own fact its own time."""
        if fact.log in self._hub_logs:
            return fact.content.wall
        found: list[tuple[int, str, End]] = []
        for log in self._hub_logs:
            for seen in self._seen[log]:
                ends = read_covers(dict(seen.content.fields)).ends
                # Where the log forks its branches go by names of their own.
                found += [
                    (seen.content.wall, name, end) for name, end in ends.items()
                    if end.seq >= fact.seq and (name == fact.log or name not in self._logs)
                ]
        for wall, name, end in sorted(found, key=lambda one: one[0]):
            if self._covering.coverage(Covers({name: end}), [fact.log]).reaches(fact.log, fact.seq, fact.head):
                return wall
        return None
