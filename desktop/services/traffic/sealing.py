"""Sealing own facts into signed segments, and gathering what a recipient may read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from desktop.exchange.caps import COMPLETE_UP_TO
from desktop.exchange.files import forget
from desktop.exchange.segments import LogName, Segment, seal_run
from desktop.models.kinds import ABOUT_EXCHANGE
from desktop.services.traffic.acknowledging import confirmations
from desktop.services.traffic.incarnations import raise_marks, settle
from desktop.services.traffic.views import WrittenPackage
from desktop.services.workspace import Workspace
from desktop.store.journal import LogRow, SegmentRow
from desktop.store.office import WrittenRow


def log_name(log: LogRow) -> LogName:
    """The name of a log as segments carry it."""
    return LogName(bytes.fromhex(log.public_key), bytes.fromhex(log.nonce), log.plan_id, log.audience)


def segment_row(segment: Segment) -> SegmentRow:
    """A segment as the journal keeps it."""
    return SegmentRow(
        segment.name.id, segment.first, len(segment.lines), segment.prev_head, segment.head, segment.signature
    )


def seal_own(ws: Workspace) -> None:
    """Seal what is not sealed yet in every own log of the plan; asks for the passphrase.

    The caller holds the transaction.
    """
    for log in _written_here(ws):
        for run in ws.store.journal.unsealed(log.id):
            lines = [row.line for row in run]
            for segment in seal_run(log_name(log), run[0].seq, lines, run[0].prev, ws.device_keys()):
                ws.store.journal.add_segment(segment_row(segment))


def _written_here(ws: Workspace) -> Iterator[LogRow]:
    """The logs that this machine's key can seal; those of a key that was lost are its own too."""
    return (log for log in ws.store.journal.logs() if log.public_key == ws.seat.device)


@contextmanager
def writing(ws: Workspace) -> Iterator[list[WrittenPackage]]:
    """Seal what is new, have files written (the caller lists each), note them: all of it, or nothing stays.

    Facts whose file could not be written still wait to be sent.
    """
    written: list[WrittenPackage] = []
    with ws.store.atomic():
        # Looked at anew, and on the disk before anything is sealed: a mark never names a fact that a crash undoes.
        ws.settled = ""
        settle(ws)
    try:
        with ws.store.atomic():
            seal_own(ws)
            raise_marks(ws)
            yield written
            for one in written:
                ws.store.office.add_written(
                    ws.store.plan, WrittenRow(str(one.path), one.recipient, one.check_code, one.facts, ws.now())
                )
    except BaseException:
        for one in written:
            forget(one.path)
        raise


def waiting(ws: Workspace) -> int:
    """How many own facts are in no written package yet; acknowledgements never start one."""
    runs = (run for log in _written_here(ws) for run in ws.store.journal.unsealed(log.id))
    return sum(row.kind not in ABOUT_EXCHANGE for run in runs for row in run)


def gathered(ws: Workspace, audiences: Iterable[str]) -> tuple[Segment, ...]:
    """Every sealed segment held of the logs of these audiences."""
    wanted = set(audiences)
    logs = {log.id: log for log in ws.store.journal.logs() if log.audience in wanted}
    return tuple(
        Segment(
            log_name(logs[row.log]), row.first, ws.store.journal.lines(row), row.prev_head, row.head, row.signature
        )
        for row in ws.store.journal.segments(logs)
    )


def to_send(ws: Workspace, audiences: Iterable[str], keys: Collection[str]) -> tuple[Segment, ...]:
    """What a package for the holders of some age keys holds: all that is for these audiences.

    Beyond COMPLETE_UP_TO bytes of facts: what one of their machines has not acknowledged, and what they wrote.
    """
    segments = gathered(ws, audiences)
    if sum(len(line) for segment in segments for line in segment.lines) <= COMPLETE_UP_TO:
        return segments
    devices = {one.device for one in ws.grants() if one.recipient in keys} - {ws.seat.device}
    known = confirmations(ws)
    missing: set[bytes] = set()
    for log in {segment.name.id for segment in segments}:
        missing |= known.missing(ws.store.journal.steps(log), devices)
    # `seen` names prefixes: when the end of a segment is acknowledged, so is all of it.
    return tuple(one for one in segments if one.name.public_key.hex() in devices or one.head in missing)
