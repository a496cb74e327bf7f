"""Taking an opened package into the journal: new, already had, gaps, authority, standing, projections.

Source: exchange.md "Import". The caller holds the one transaction; a check runs this very code and rolls back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from desktop.exchange.authority import verify_entry
from desktop.exchange.hashes import code_of
from desktop.exchange.package import Contents, Opened
from desktop.exchange.segments import Segment
from desktop.models.authority import APPLIED, Authority, Judgement, LogPlace, Standing
from desktop.models.charter import NOT_ROOT, signers
from desktop.models.entries import plan_of, read_entry
from desktop.models.errors import Refused
from desktop.models.facts import ALL, Content, read_lines
from desktop.models.kinds import ABOUT_EXCHANGE, CONTINUES, SEEN, TREE_KINDS, rules
from desktop.models.strict_json import BadJson, loads
from desktop.models.units import UnitTree
from desktop.services.traffic import blobs
from desktop.services.traffic.acknowledging import acknowledge, disputed
from desktop.services.traffic.holding import HeldLog, HeldLogs
from desktop.services.traffic.incarnations import go_on
from desktop.services.traffic.notices import tell_reasons
from desktop.services.traffic.sealing import segment_row
from desktop.services.traffic.views import SegmentOutcome
from desktop.services.views import Role
from desktop.services.workspace import JUDGED_BY, Workspace
from desktop.store.journal import FactRow, LogRow
from desktop.store.office import RequestRow

_MOST_CONTENTS = 20_000
"""Facts whose content is kept from reading until projecting; those beyond are read again: memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Places of a log that are not here, though a later one is."""

    log: LogRow
    first: int
    last: int


@dataclass(slots=True)
class Taken:
    """What one package brought; counts are facts."""

    new: int = 0
    already_had: int = 0
    held: int = 0
    quarantined: int = 0
    records: set[str] = field(default_factory=set)
    conflicts: frozenset[str] = frozenset()
    """Those of the records of which a field is in conflict now."""
    segments: list[SegmentOutcome] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)
    request_code: str = ""
    attachments: int = 0
    """Blobs that are here and named by an attachment, and were not before."""
    attachments_waiting: int = 0
    """Blobs of the package that no attachment names yet."""
    authority_grew: bool = False
    own_keys: frozenset[str] = frozenset()
    """The machine's public key in hex, and those it had before."""
    came_back: int = 0
    """Facts of this machine's own logs that this folder did not hold."""
    met_itself: bool = False
    """Whether another copy of this folder wrote into the present logs, or goes on from them."""
    seen: list[Content] = field(default_factory=list)
    """The acknowledgements that came."""
    disputed: int = 0
    """Ends of own logs that others acknowledge and that are not so here."""
    held_logs: HeldLogs = field(default_factory=HeldLogs)
    contents: dict[bytes, Content] = field(default_factory=dict)
    """What new facts say, by head."""


def take(ws: Workspace, opened: Opened) -> Taken:
    """Take a package of the workspace's plan in. Raises Refused PKG_OTHER_ROOT before anything is written."""
    before = blobs.here(ws)
    taken = store(ws, opened)
    if taken.authority_grew:
        judge_again(ws, taken)
        _take_place(ws)
    elif cut := _cut(ws, opened):
        # Where a cut-off decides, it does so on the whole line that leads to it.
        judge_again(ws, taken, cut)
    taken.conflicts = ws.store.projections.update(taken.records, taken.contents)
    # After all facts: they say what the blobs are.
    taken.attachments_waiting = blobs.keep(ws, opened.contents.blobs)
    taken.attachments = len(blobs.here(ws) - before)
    if taken.met_itself:
        go_on(ws)
    acknowledge(ws, taken.moved)
    if taken.moved or taken.attachments:
        blobs.acknowledge(ws)
    taken.disputed = sum(disputed(ws, content.fields) for content in taken.seen)
    tell_reasons(ws)
    return taken


def _cut(ws: Workspace, opened: Opened) -> set[str]:
    """The logs that a package brought of machines for which it depends on a fact's place what they may write."""
    authority, names = ws.authority(), {segment.name for segment in opened.contents.segments}
    return {name.id for name in names if authority.has_cuts(name.public_key.hex())}


def store(ws: Workspace, opened: Opened) -> Taken:
    """Take a package into the journal, every part judged; what it brought is not projected or acknowledged yet.

    Raises Refused PKG_OTHER_ROOT before anything is written.
    """
    contents = opened.contents
    _refuse_foreign(ws, contents)
    taken = Taken(own_keys=frozenset({ws.seat.device, *(one.public_key for one in ws.store.journal.logs() if one.own)}))
    for name, reason in (*opened.bad_segments, *opened.bad_entries):
        taken.segments.append(SegmentOutcome(name, 0, 0, "refused", reason))
    taken.authority_grew = _hold_entries(ws, contents, taken)
    _note_request(ws, contents, taken)
    authority = ws.authority()
    for segment in sorted(contents.segments, key=lambda one: (one.name.audience != "all", one.name.id, one.first)):
        if _take_segment(ws, authority, segment, taken):
            # Facts about units change who is within whose scope.
            ws.store.projections.update(taken.records, taken.contents)
            ws.forget()
            authority = ws.authority()
            taken.authority_grew = True
    return taken


def _refuse_foreign(ws: Workspace, contents: Contents) -> None:
    if contents.root.hex() != ws.seat.root:
        raise Refused(
            "PKG_OTHER_ROOT", "Tệp này do một đơn vị tổng hợp khác cấp. Không có gì thay đổi.",
            "Hãy hỏi đơn vị tổng hợp của kế hoạch và đối chiếu mã 20 chữ số.",
        )


def _hold_entries(ws: Workspace, contents: Contents, taken: Taken) -> bool:
    """Hold the plan's good authority entries that are new; whether there were any.

    Only a root's holder issues: an entry of a key that never was one is not kept.
    """
    held = {entry.id: entry for entry in ws.entries()}
    all_of_them = held | {entry.id: entry for entry in contents.authority}
    roots = signers(
        (read_entry(one.id, one.public_key.hex(), loads(one.body)) for one in all_of_them.values()), ws.seat.root,
        ws.store.plan,
    )
    grew = False
    for entry in contents.authority:
        if entry.public_key.hex() not in roots or not verify_entry(entry):
            taken.segments.append(SegmentOutcome(entry.id, 0, 0, "refused", NOT_ROOT))
        elif plan_of(loads(entry.body), ws.store.plan) != ws.store.plan:
            taken.segments.append(SegmentOutcome(entry.id, 0, 0, "refused", "AUTH_OTHER_PLAN"))
        elif entry.id not in held:
            ws.add_entry(entry)
            grew = True
    return grew


def _note_request(ws: Workspace, contents: Contents, taken: Taken) -> None:
    """Remember the request of a machine that is not enrolled yet; its code is compared by telephone."""
    request = contents.request
    if request is None or ws.seat.role is not Role.HUB:
        return
    device = request.public_key.hex()
    hub = ws.charter().first
    if request.unit not in ws.units() or (request.role == Role.HUB and (hub is None or request.unit != hub.hub_unit)):
        taken.segments.append(SegmentOutcome(device[:32], 0, 0, "refused", "REQUEST_UNIT_UNKNOWN"))
    elif not ws.authority().grants_of(device):
        taken.request_code = code_of(request.public_key)
        ws.store.office.add_request(
            ws.store.plan,
            RequestRow(
                device, request.recipient, request.unit, request.label, taken.request_code, request.role,
            ),
        )


def _take_segment(ws: Workspace, authority: Authority, segment: Segment, taken: Taken) -> bool:
    """Take one segment in; whether it brought applied facts about units."""
    name, last, log = segment.name, segment.last, segment.name.id
    if not _readable_here(ws, name.audience):
        taken.segments.append(SegmentOutcome(log, segment.first, last, "refused", "SEG_NOT_FOR_US"))
        return False
    if name.plan_id != ws.store.plan:
        # Each plan's facts come in its own packages, where its own authority judges them.
        taken.segments.append(SegmentOutcome(log, segment.first, last, "refused", "FACT_OTHER_PLAN"))
        return False
    own = name.public_key.hex() in taken.own_keys
    writer = LogRow(log, name.public_key.hex(), name.nonce.hex(), name.plan_id, name.audience, own)
    held = taken.held_logs.of(ws.store.journal, log)
    if not held.last:
        ws.store.journal.add_log(writer)
    try:
        facts = _new_facts(authority, segment, held, own)
    except BadJson as error:
        taken.segments.append(SegmentOutcome(log, segment.first, last, "refused", error.code))
        return False
    ws.store.journal.add_facts(facts)
    ws.store.journal.add_segment(segment_row(segment))
    taken.segments.append(_outcome(segment, facts, held))
    _note_gap(segment, writer, facts, held, taken)
    _count(facts, len(segment.lines), taken)
    held.grow(facts)
    if facts and held.forks:
        # What came may tell to which branch a number belongs that was read before.
        taken.records |= ws.store.journal.records_of(log)
    if own:
        _note_own(ws, writer, facts, taken)
    elif any(fact.content.kind not in ABOUT_EXCHANGE for fact in facts):
        taken.moved.add(log)
    taken.seen += [fact.content for fact in facts if fact.content.kind == SEEN and fact.judgement == APPLIED]
    return any(fact.content.kind in TREE_KINDS and fact.judgement == APPLIED for fact in facts)


def _readable_here(ws: Workspace, audience: str) -> bool:
    """Whether this machine may read what is for an audience: at a hub everything."""
    return ws.seat.role is Role.HUB or may_read(ws.units(), audience, ws.own_scopes())


def may_read(tree: UnitTree, audience: str, scopes: frozenset[str]) -> bool:
    """Whether who writes for these units may read a log: what is for everybody, for them, and for those below them.

    Everybody is below the root of the tree: who stands there reads its own alone.
    """
    if audience == ALL or audience in scopes:
        return True
    return audience in tree and any(
        scope in tree and tree.unit(scope).parent is not None and tree.is_within(audience, scope) for scope in scopes
    )


def _new_facts(authority: Authority, segment: Segment, held: HeldLog, own: bool) -> list[FactRow]:
    """The facts of a segment that are not held. Raises BadJson when a signed line is no fact in its place."""
    name, log = segment.name, segment.name.id
    place = LogPlace(log, name.public_key.hex(), name.plan_id, name.audience)
    judge = authority.judge_here if own else authority.judge
    chain = segment.heads
    new = [at for at, head in enumerate(chain[1:]) if head not in held.at(segment.first + at)]
    facts: list[FactRow] = []
    for at, (claimed, content) in zip(new, read_lines([segment.lines[at] for at in new]), strict=True):
        seq, head = segment.first + at, chain[at + 1]
        if claimed != seq:
            raise BadJson("SEG_BAD_PLACE")
        facts.append(FactRow(log, seq, chain[at], head, segment.lines[at], content, judge(place, head, content)))
    return facts


def _outcome(segment: Segment, facts: Sequence[FactRow], held: HeldLog) -> SegmentOutcome:
    log, first, last = segment.name.id, segment.first, segment.last
    if not facts:
        return SegmentOutcome(log, first, last, "already_had", "")
    if apart := [fact.judgement for fact in facts if not _is_applied(fact)]:
        worst = max(apart, key=_gravity)
        return SegmentOutcome(log, first, last, worst.standing.value, worst.reason)
    return SegmentOutcome(log, first, last, "fills_gap" if last < held.last else "new", "")


def _is_applied(fact: FactRow) -> bool:
    # Nearly every fact is judged with the one constant: it need not be compared by value.
    return fact.judgement is APPLIED or fact.judgement.standing is Standing.APPLIED


def _note_gap(
    segment: Segment, log: LogRow, facts: Sequence[FactRow], held: HeldLog, taken: Taken
) -> None:
    if not facts or segment.prev_head in held.at(segment.first - 1):
        return
    if (before := held.before(segment.first)) < segment.first - 1:
        taken.gaps.append(Gap(log, before + 1, segment.first - 1))


def _note_own(ws: Workspace, log: LogRow, facts: Sequence[FactRow], taken: Taken) -> None:
    """What came back of this machine's own; and whether another copy of it writes, or goes on from, the same logs."""
    taken.came_back += len(facts)
    if facts and log.nonce == ws.seat.nonce:
        taken.met_itself = True
    present = {one.id for one in ws.store.journal.logs() if one.own and one.nonce == ws.seat.nonce}
    if any(fact.content.kind == CONTINUES and not present.isdisjoint(fact.content.fields) for fact in facts):
        taken.met_itself = True


def _gravity(judgement: Judgement) -> int:
    return list(Standing).index(judgement.standing)


def _count(facts: Sequence[FactRow], lines: int, taken: Taken) -> None:
    taken.new += len(facts)
    taken.already_had += lines - len(facts)
    taken.held += sum(fact.judgement.standing is Standing.HELD for fact in facts)
    taken.quarantined += sum(fact.judgement.standing is Standing.QUARANTINED for fact in facts)
    taken.records.update([fact.content.record for fact in facts])
    if len(taken.contents) < _MOST_CONTENTS:
        taken.contents.update([(fact.head, fact.content) for fact in facts])


def _take_place(ws: Workspace) -> None:
    """Stand where the hub has put this machine, and be called what it calls it: told from the others of its unit."""
    seat = ws.seat
    place = next((grant for grant in ws.grants() if grant.device == seat.device), None)
    if place is not None and (place.unit, place.label) != (seat.unit, seat.label):
        ws.store.office.set_place(ws.store.plan, place.unit, place.label)


def judge_again(ws: Workspace, taken: Taken, logs: Iterable[str] | None = None) -> None:
    """Judge every fact (of the named logs) under what is held now; records whose standing moved are projected anew."""
    changed = list(misjudged(ws, logs))
    taken.records |= {fact.content.record for fact, _ in changed}
    ws.store.journal.set_judgements([(fact.head, fact.log, judgement) for fact, judgement in changed])
    ws.forget()


def judge_anew(ws: Workspace) -> None:
    """Judge every fact of every plan: the program was updated and may know kinds and fields it did not know before."""
    with ws.store.atomic():
        for seat in ws.seats():
            each = ws.of(seat.plan_id)
            # A fact about units that counts now changes who is within whose scope: again until nothing moves.
            while (taken := _judged_again(each)).records:
                each.store.projections.update(taken.records)
        ws.store.office.set_setting(JUDGED_BY, rules())


def judge_all(ws: Workspace) -> Taken:
    """After a change of authority or units made here: what now counts and what no longer does, told to its authors.

    Names the records that changed; the caller holds the transaction.
    """
    taken = Taken()
    judge_again(ws, taken)
    ws.store.projections.update(taken.records)
    tell_reasons(ws)
    return taken


def _judged_again(ws: Workspace) -> Taken:
    taken = Taken()
    judge_again(ws, taken)
    return taken


def misjudged(ws: Workspace, logs: Iterable[str] | None = None) -> Iterator[tuple[FactRow, Judgement]]:
    """The facts whose standing is another than the authority now held gives them, with that."""
    authority = ws.authority()
    known = {log.id: log for log in ws.store.journal.logs()}
    for fact in ws.store.journal.all_facts(known if logs is None else known.keys() & logs):
        log = known[fact.log]
        place = LogPlace(log.id, log.public_key, log.plan_id, log.audience)
        judge = authority.judge_here if log.own else authority.judge
        judgement = judge(place, fact.head, fact.content)
        if judgement != fact.judgement:
            yield fact, judgement
