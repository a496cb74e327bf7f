"""Which facts of the journal lie under named log ends, and the folder as it stood at such ends.

Source: exchange.md "State": what was accepted or closed is the same merge over the covered facts alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.models.branches import lineage
from desktop.models.covers import Covers, runs_of
from desktop.models.entries import End
from desktop.models.facts import Content, Fact
from desktop.models.kinds import ABOUT_EXCHANGE
from desktop.store.database import Connection
from desktop.store.journal import OF_PLAN, Journal

_OF_THE_PLAN = f"kind NOT IN ({', '.join(repr(kind) for kind in sorted(ABOUT_EXCHANGE))})"
"""Of facts: those that are not about the exchange itself."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The held facts under some ends.

    ``whole`` gives, of logs held without gap and fork, the last place covered; ``heads`` the covered ones of others;
    ``apart`` the heads that did not count when the ends were named. ``missing`` names ends that are not held (yet):
    they cover nothing.
    """

    whole: Mapping[str, int]
    heads: Mapping[str, frozenset[bytes]]
    apart: frozenset[bytes]
    missing: tuple[str, ...] = ()

    def reaches(self, log: str, seq: int, head: bytes) -> bool:
        """Whether a fact lies before one of the ends on its branch."""
        if log in self.whole:
            return seq <= self.whole[log]
        return head in self.heads.get(log, ())

    def counts(self, log: str, seq: int, head: bytes) -> bool:
        """Whether a fact lies there and counted when the ends were named."""
        return self.reaches(log, seq, head) and head not in self.apart


class Covering:
    """Reads coverages. ``frozen``: only what that coverage reaches is looked at, as if nothing else had come."""

    def __init__(self, connection: Connection, plan: str, journal: Journal, frozen: Coverage | None = None) -> None:
        self._connection = connection
        self._plan = plan
        self._journal = journal
        self._frozen = frozen
        self._logs: dict[str, str] | None = None
        self._unbroken: dict[str, bool] = {}

    def logs(self, audiences: Collection[str] | None = None) -> tuple[str, ...]:
        """The logs of these audiences, or all, but for those that say nothing of the plan."""
        if self._logs is None:
            rows = self._connection.rows(
                "SELECT id, audience FROM logs WHERE plan_id = ? AND EXISTS"
                f" (SELECT 1 FROM facts WHERE log = logs.id AND {_OF_THE_PLAN}) ORDER BY id",
                (self._plan,),
            )
            self._logs = dict(rows)
        return tuple(log for log, audience in self._logs.items() if audiences is None or audience in audiences)

    def places(self, covers: Covers, logs: Iterable[str]) -> dict[str, str]:
        """The log of each end that is held in one of these logs, by the name the end goes by."""
        among = tuple(logs)
        found = ((name, self._log_of(name, end, among)) for name, end in covers.ends.items())
        return {name: log for name, log in found if log}

    def coverage(self, covers: Covers, logs: Iterable[str] | None = None) -> Coverage:
        """The coverage of ends in these logs, or in any."""
        places = self.places(covers, self.logs() if logs is None else logs)
        whole: dict[str, int] = {}
        heads: dict[str, set[bytes]] = {}
        apart: set[bytes] = set()
        for name, log in places.items():
            end = covers.ends[name]
            path = None if self._is_unbroken(log) else self._path(log, end)
            if path is None:
                whole[log] = max(end.seq, whole.get(log, 0))
            else:
                heads.setdefault(log, set()).update(path.values())
            for first, last in covers.apart.get(name, ()):
                apart.update(self._between(log, first, min(last, end.seq), path))
        return Coverage(
            whole, {log: frozenset(found) for log, found in heads.items()}, frozenset(apart),
            tuple(sorted(covers.ends.keys() - places.keys())),
        )

    def facts(self, record: str, coverages: Iterable[Coverage]) -> tuple[Fact, ...]:
        """The facts of a record that count under any of these coverages, whatever became of them since."""
        given = tuple(coverages)
        return self._journal.facts_within(record, lambda *place: any(one.counts(*place) for one in given))

    def misfits(self, log: str, coverage: Coverage) -> set[str]:
        """Records of reports in a log of which a fact counts here and not under the coverage, or the other way."""
        plain = self._frozen is None and log not in coverage.heads and not coverage.apart
        rows = self._connection.rows(
            "SELECT seq, head, record, standing FROM facts WHERE log = ? AND (seq > ? OR standing <> 'applied')"
            " AND kind = 'report'" if plain else
            "SELECT seq, head, record, standing FROM facts WHERE log = ? AND seq > ? AND kind = 'report'",
            (log, coverage.whole.get(log, 0) if plain else 0),
        )
        return {
            record for seq, head, record, standing in rows
            if self._counts_here(log, seq, head, standing) != coverage.counts(log, seq, head)
        }

    def not_counted(self, log: str, end: End) -> tuple[tuple[int, int], ...]:
        """The places before an end whose facts do not count here, as runs."""
        rows = self._connection.rows(
            "SELECT seq, head FROM facts WHERE log = ? AND seq <= ? AND standing <> 'applied'", (log, end.seq)
        )
        if not rows:
            return ()
        path = None if self._is_unbroken(log) else self._path(log, end)
        return runs_of(seq for seq, head in rows if path is None or path.get(seq) == head)

    def says_anything(self, log: str, end: End) -> bool:
        """Whether any fact about the plan before an end counts here."""
        return bool(self._connection.rows(
            f"SELECT 1 FROM facts WHERE log = ? AND seq <= ? AND standing = 'applied' AND {_OF_THE_PLAN} LIMIT 1",
            (log, end.seq),
        ))

    def _counts_here(self, log: str, seq: int, head: bytes, standing: str) -> bool:
        return standing == "applied" if self._frozen is None else self._frozen.counts(log, seq, head)

    def _log_of(self, name: str, end: End, among: Collection[str]) -> str:
        """The log that holds an end; a branch goes by a name of its own."""
        for log in (name,) if name in self.logs() else among:
            if log in among and self._holds(log, end):
                return log
        return ""

    def _holds(self, log: str, end: End) -> bool:
        if self._frozen is not None and not self._frozen.reaches(log, end.seq, end.head):
            return False
        return bool(self._connection.rows(
            "SELECT 1 FROM facts WHERE log = ? AND seq = ? AND head = ?", (log, end.seq, end.head)
        ))

    def _is_unbroken(self, log: str) -> bool:
        """Whether a log is held from its first fact on without gap and fork."""
        if log not in self._unbroken:
            rows = self._connection.rows(
                "SELECT count(*), count(DISTINCT seq), coalesce(max(seq), 0) FROM facts WHERE log = ?", (log,)
            )
            self._unbroken[log] = len(set(rows[0])) == 1
        return self._unbroken[log]

    def _path(self, log: str, end: End) -> dict[int, bytes]:
        """place -> head on the branch of an end, as far back as it is held."""
        before = {head: prev for prev, head in self._journal.links(log)}
        return dict(zip(range(end.seq, 0, -1), lineage(end.head, before), strict=False))

    def _between(self, log: str, first: int, last: int, path: Mapping[int, bytes] | None) -> Iterable[bytes]:
        if path is not None:
            return [path[seq] for seq in range(first, last + 1) if seq in path]
        rows = self._connection.rows(
            "SELECT head FROM facts WHERE log = ? AND seq BETWEEN ? AND ?", (log, first, last)
        )
        return [row[0] for row in rows]


class FrozenJournal(Journal):
    """The journal as if nothing had come but what a coverage holds, judged as it was then."""

    def __init__(self, connection: Connection, plan: str, frozen: Coverage) -> None:
        super().__init__(connection, plan)
        self._covered = frozen

    def facts_of_each(
        self, records: Sequence[str], known: Mapping[bytes, Content]
    ) -> dict[str, tuple[Fact, ...]]:
        """The facts of each record that counted then; ``known`` as in the journal."""
        found = ((record, super(FrozenJournal, self).facts_within(record, self._covered.counts)) for record in records)
        return {record: facts for record, facts in found if facts}

    def facts_within(self, record: str, counts: Callable[[str, int, bytes], bool]) -> tuple[Fact, ...]:
        """Those of a narrower coverage, inside this one."""
        return super().facts_within(record, lambda *place: self._covered.reaches(*place) and counts(*place))

    def records(self) -> tuple[str, ...]:
        """Every record that any fact names; what did not count says nothing of them."""
        rows = self._connection.rows(
            f"SELECT DISTINCT record FROM facts WHERE {OF_PLAN} ORDER BY record", (self._plan,)
        )
        return tuple(row[0] for row in rows)
