"""Who may write what: the judgement of a fact at its own place under all authority held.

Source: exchange.md "Authority". What the authority set says is settled in ``desktop.models.charter``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from desktop.models.charter import Charter, Granted, latest
from desktop.models.entries import DeviceRole, End, Ends, Grant
from desktop.models.facts import ALL, Content
from desktop.models.kinds import KINDS, Writer, check_content
from desktop.models.record_ids import split_record

RETIRED = "DEVICE_RETIRED"


class Standing(StrEnum):
    """What becomes of a fact: applied, held until something arrives, or quarantined with a reason."""

    APPLIED = "applied"
    HELD = "held"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A fact's standing and, unless applied, its reason code."""

    standing: Standing
    reason: str = ""


APPLIED = Judgement(Standing.APPLIED)


@dataclass(frozen=True, slots=True)
class LogPlace:
    """The log a fact stands in: its id, its writer's public key (hex), plan and audience."""

    log: str
    device: str
    plan_id: str
    audience: str


Leads = Callable[[str, bytes, End], bool]
"""(log, head, end) -> whether the fact of this head is the end or lies before it, on the branch that leads there."""


def judge_own(content: Content) -> Judgement:
    """The standing of a fact by itself: on the machine that wrote it it counts at once, where it can be read.

    What cannot be was written by a newer program, before this folder was restored from a backup.
    """
    fault = check_content(content)
    if not fault:
        return APPLIED
    return Judgement(Standing.HELD if fault.startswith("FACT_UNKNOWN") else Standing.QUARANTINED, fault)


@dataclass(frozen=True, slots=True)
class _Rights:
    """What a machine may write: roles with the units of which each must hold a record, and whose logs it writes."""

    scopes: tuple[tuple[DeviceRole, frozenset[str]], ...]
    homes: frozenset[str]


class Authority:
    """The charter of a plan applied to facts.

    ``is_within(unit, scope)`` tells whether a unit lies in a scope's subtree, ``leads`` what lies before a cut-off.
    """

    def __init__(self, plan_id: str, charter: Charter, is_within: Callable[[str, str], bool], leads: Leads) -> None:
        self._plan_id = plan_id
        self._charter = charter
        self._is_within = is_within
        self._leads = leads
        self._granted: dict[str, list[Granted]] = {}
        for one in charter.granted:
            self._granted.setdefault(one.grant.device, []).append(one)
        self._fixed: dict[str, _Rights] = {}
        """Of machines of which no entry names a place: the same for every fact of theirs."""

    def grants_of(self, device: str) -> tuple[Grant, ...]:
        """The grants of a machine, by its public key in hex, closed ones too."""
        return tuple(one.grant for one in self._granted.get(device, ()))

    def has_cuts(self, device: str) -> bool:
        """Whether it depends on a fact's place what this machine may write."""
        return any(one.grant.opens or one.scopes or one.retirements for one in self._granted.get(device, ()))

    def judge(self, place: LogPlace, head: bytes, content: Content) -> Judgement:
        """The standing of the fact whose head is given."""
        if place.plan_id != self._plan_id:
            return Judgement(Standing.QUARANTINED, "FACT_OTHER_PLAN")
        if place.device not in self._granted:
            return Judgement(Standing.HELD, "DEVICE_NOT_ENROLLED")
        rights = self._rights(place, head)
        if not rights.scopes:
            return Judgement(Standing.QUARANTINED, RETIRED)
        readable = judge_own(content)
        if readable.standing is not Standing.APPLIED:
            return readable
        for role, units in rights.scopes:
            if self._may_write(role, units, rights.homes, place, content):
                return readable
        return Judgement(Standing.QUARANTINED, "FACT_OUTSIDE_SCOPE")

    def judge_here(self, place: LogPlace, head: bytes, content: Content) -> Judgement:
        """The standing of a fact on the machine that wrote it: it counts at once until the machine is enrolled."""
        return self.judge(place, head, content) if place.device in self._granted else judge_own(content)

    def _rights(self, place: LogPlace, head: bytes) -> _Rights:
        """What a machine may write at a place of its log."""
        fixed = self._fixed.get(place.device)
        if fixed is not None:
            return fixed
        granted = self._granted[place.device]
        rights = _Rights(
            tuple((one.grant.role, units) for one in granted for units in self._units_at(one, place.log, head)),
            frozenset(one.grant.unit for one in granted)
            | frozenset(change.unit for one in granted for _, change in one.scopes),
        )
        if not self.has_cuts(place.device):
            self._fixed[place.device] = rights
        return rights

    def _units_at(self, one: Granted, log: str, head: bytes) -> tuple[frozenset[str], ...]:
        """The units of which each must hold a record that the grant lets a fact at this place write; () for nothing."""
        if one.grant.opens and self._lies_within(log, head, one.grant.opens):
            return ()
        if not all(self._lies_within(log, head, retired.at) for retired in one.retirements):
            return ()
        past = [(entry, change) for entry, change in one.scopes if not self._lies_within(log, head, change.at)]
        moved = frozenset(change.unit for _, change in latest(past, self._charter.ancestors))
        units = moved or frozenset((one.grant.unit,))
        return () if "" in units else (units,)

    def _lies_within(self, log: str, head: bytes, ends: Ends) -> bool:
        return any(self._leads(log, head, end) for end in ends.get(log, ()))

    def _may_write(
        self, role: DeviceRole, units: frozenset[str], homes: frozenset[str], place: LogPlace, content: Content
    ) -> bool:
        if role is DeviceRole.UNIT and place.audience not in homes:
            # A unit's machine writes one log, for its own unit and the hub.
            return False
        rule = KINDS[content.kind]
        if rule.writer is Writer.OWNER:
            return role is DeviceRole.HUB and place.audience == ALL
        if rule.writer is Writer.SCOPE and role is DeviceRole.UNIT:
            # The hub writes for any unit (Nhập thay), in the log that this unit may read.
            _, unit, _ = split_record(content.record)
            within = all([self._is_within(unit, scope) for scope in units])
            return within and rule.hub_fields.isdisjoint(content.fields)
        return True
