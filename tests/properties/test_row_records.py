"""A row with corrections, whatever facts of whichever logs come in whatever order: one state, equal to a rebuild."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.models.authority import APPLIED
from desktop.models.facts import Content, Fact, Reference, make_line
from desktop.models.merge import history, merge
from desktop.models.strict_json import JsonValue
from desktop.store.journal import FactRow, LogRow
from desktop.store.store import open_store

RECORD = "0" * 32
LOGS = ("a" * 32, "b" * 32)
VALUES: dict[str, tuple[JsonValue, ...]] = {
    "title": ("Một", "Hai"), "leads": (["x"], ["y", "x"]), "leaders": (["A"], []),
}


@dataclass(frozen=True)
class Step:
    """Somebody says something of the row, having seen so many of the facts said before."""

    log: str
    kind: str
    values: dict[str, JsonValue]
    seen: int


steps = st.lists(
    st.builds(
        Step, st.sampled_from(LOGS), st.sampled_from(("node", "correction", "correction")),
        st.fixed_dictionaries({}, optional={name: st.sampled_from(list(listed)) for name, listed in VALUES.items()}),
        st.integers(0, 6),
    ),
    min_size=1, max_size=7,
)


def rows_of(plot: list[Step]) -> list[FactRow]:
    """The facts of a plot, each superseding what was current among those it saw."""
    rows: list[FactRow] = []
    ends = {log: (0, hashlib.sha256(log.encode()).digest()) for log in LOGS}
    for step in plot:
        seen = merge(Fact(row.log, row.seq, row.head, row.content) for row in rows[: step.seen])
        supersedes = {
            name: tuple(Reference(one.fact.log, one.fact.seq, one.fact.head.hex()[:16]) for one in seen[name].current)
            for name in step.values if name in seen
        }
        seq, prev = ends[step.log]
        content = Content(seq, "người", step.kind, RECORD, step.values, supersedes)
        line = make_line(seq + 1, content)
        head = hashlib.sha256(prev + hashlib.sha256(line).digest()).digest()
        ends[step.log] = (seq + 1, head)
        rows.append(FactRow(step.log, seq + 1, prev, head, line, content, APPLIED))
    return rows


def digest_of(folder: Path, batches: list[list[FactRow]]) -> str:
    """The state after batches, which equals a rebuild after each."""
    store = open_store(folder).of("f" * 32)
    with store.atomic():
        for log in LOGS:
            store.journal.add_log(LogRow(log, log * 2, "2" * 32, "f" * 32, "all", own=False))
    for batch in batches:
        with store.atomic():
            store.journal.add_facts(batch)
            store.projections.update([RECORD])
        assert store.rebuilt_digest() == store.projections.digest()
        kinds = {row.content.kind for rows in batches[: batches.index(batch) + 1] for row in rows}
        assert (store.queries.record(RECORD) is not None) == ("node" in kinds)
        assert len(store.queries.records("node")) == ("node" in kinds)
    digest = store.projections.digest()
    store.close()
    return digest


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
@given(plot=steps, data=st.data())
def test_every_order_and_batch_gives_the_same_row(plot: list[Step], data: st.DataObject) -> None:
    rows = rows_of(plot)
    shuffled = data.draw(st.permutations(rows))
    cut = data.draw(st.integers(0, len(rows)))
    with tempfile.TemporaryDirectory() as folder:
        one = digest_of(Path(folder) / "một", [rows])
        other = digest_of(Path(folder) / "hai", [part for part in (shuffled[:cut], shuffled[cut:]) if part])
    assert one == other


@given(plot=steps, data=st.data())
def test_history_names_every_value_once_and_what_replaced_it_later(plot: list[Step], data: st.DataObject) -> None:
    facts = [Fact(row.log, row.seq, row.head, row.content) for row in rows_of(plot)]
    shuffled = data.draw(st.permutations(facts))
    for name in VALUES:
        told = history(shuffled, name)
        assert told == history(facts, name)
        assert len(told) == sum(name in fact.content.fields for fact in facts)
        place = {one.fact.head: at for at, one in enumerate(told)}
        for one in told:
            for reference in one.fact.content.supersedes.get(name, ()):
                earlier = next(fact for fact in facts if (fact.log, fact.seq) == (reference.log, reference.seq))
                assert place[earlier.head] < place[one.fact.head]
