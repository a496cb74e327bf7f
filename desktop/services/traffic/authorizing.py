"""Issuing entries of the authority set: signed by the root held here, built on all that is held, judged at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from desktop.exchange.authority import sign_entry
from desktop.exchange.keys import DeviceKeys
from desktop.exchange.package import Contents
from desktop.models.charter import Charter, settled
from desktop.models.entries import Said, body_of, read_entry
from desktop.models.record_ids import split_record
from desktop.models.strict_json import dumps, loads
from desktop.services.traffic.intake import Taken, judge_all
from desktop.services.views import Changes
from desktop.services.workspace import Workspace


def charter_of(contents: Contents) -> Charter:
    """What the authority set of a package says by itself; its signatures were found right when it was opened."""
    entries = (read_entry(one.id, one.public_key.hex(), loads(one.body)) for one in contents.authority)
    return settled(entries, contents.root.hex(), contents.plan_id)


@contextmanager
def deciding(ws: Workspace) -> Iterator[None]:
    """One transaction in which entries are added; when it fails, what was read of them is forgotten too."""
    try:
        with ws.store.atomic():
            yield
    except BaseException:
        ws.forget()
        raise


def issue(ws: Workspace, said: Sequence[Said], keys: DeviceKeys) -> Taken:
    """Add entries one upon the other, and count anew what they let count or not; the caller holds the transaction."""
    for one in said:
        on = ws.charter().tips
        ws.add_entry(sign_entry(dumps(body_of(one, ws.store.plan, on)), keys))
    return judge_all(ws)


def changes_of(taken: Taken) -> Changes:
    """What entries changed on the screens."""
    parts = [split_record(record) for record in taken.records]
    return Changes(
        items=frozenset(item for item, _, _ in parts if item), units=frozenset(unit for _, unit, _ in parts if unit),
        periods=frozenset(period for _, _, period in parts if period),
        plan=any(not item for item, _, _ in parts), exchange=True,
    )
