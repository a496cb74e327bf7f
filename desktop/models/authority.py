"""Who may write what: entries signed by the plan's root, and the judgement of a fact under them.

Source: exchange.md "Authority". Entries only grow; a fact is judged at its own place under all authority held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from desktop.models.facts import ALL, Content
from desktop.models.kinds import KINDS, SEEN, Writer, check_content, split_record
from desktop.models.strict_json import JsonValue


class DeviceRole(StrEnum):
    """What a machine is enrolled as."""

    HUB = "hub"
    UNIT = "unit"


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
class RootEntry:
    """The first entry: the root and its sealed spare, the plan it speaks for, the hub and its reading key."""

    plan_id: str
    root: str
    spare: str
    hub_unit: str
    reading_key: str


@dataclass(frozen=True, slots=True)
class Grant:
    """A machine may write for a unit and all below it. ``recipient`` is the machine's own reading key."""

    device: str
    recipient: str
    unit: str
    role: DeviceRole
    label: str


@dataclass(frozen=True, slots=True)
class LogPlace:
    """The log a fact stands in: its writer's public key (hex), plan and audience."""

    device: str
    plan_id: str
    audience: str


def root_body(entry: RootEntry) -> dict[str, JsonValue]:
    """The signed body of the first entry."""
    return {
        "kind": "root", "plan": entry.plan_id, "root": entry.root, "spare": entry.spare, "hub": entry.hub_unit,
        "reading": entry.reading_key,
    }


def grant_body(grant: Grant, plan_id: str, builds_on: str) -> dict[str, JsonValue]:
    """The signed body of a grant; ``builds_on`` is the id of the entry it rests on."""
    return {
        "kind": "grant", "plan": plan_id, "on": [builds_on], "device": grant.device, "recipient": grant.recipient,
        "unit": grant.unit, "role": grant.role.value, "label": grant.label,
    }


def read_root(body: JsonValue) -> RootEntry | None:
    """The first entry, when the body is one."""
    texts = _texts(body, "root", ("plan", "root", "spare", "hub", "reading"))
    return RootEntry(*texts) if texts else None


def read_grant(body: JsonValue) -> Grant | None:
    """The grant, when the body is one; an entry of a kind this program does not know gives None."""
    texts = _texts(body, "grant", ("device", "recipient", "unit", "role", "label"))
    if not texts or texts[3] not in (role.value for role in DeviceRole):
        return None
    device, recipient, unit, role, label = texts
    return Grant(device, recipient, unit, DeviceRole(role), label)


def plan_grants(bodies: Iterable[JsonValue], plan_id: str) -> tuple[Grant, ...]:
    """The grants among the bodies of a root's entries that speak for a plan."""
    mine = (body for body in bodies if isinstance(body, dict) and body.get("plan") == plan_id)
    return tuple(grant for body in mine if (grant := read_grant(body)) is not None)


def plan_of(body: JsonValue, otherwise: str) -> str:
    """The plan an entry speaks for; ``otherwise`` where it names none (an entry of a kind not known here)."""
    named = body.get("plan") if isinstance(body, dict) else None
    return named if isinstance(named, str) else otherwise


def _texts(body: JsonValue, kind: str, names: tuple[str, ...]) -> tuple[str, ...]:
    if not isinstance(body, dict) or body.get("kind") != kind:
        return ()
    found = [value for name in names if isinstance(value := body.get(name), str)]
    return tuple(found) if len(found) == len(names) else ()


def judge_own(content: Content) -> Judgement:
    """The standing of a fact on the machine that wrote it: it counts at once, enrolled or not, where it can be read.

    What cannot be was written by a newer program, before this folder was restored from a backup.
    """
    fault = check_content(content)
    if not fault:
        return APPLIED
    return Judgement(Standing.HELD if fault.startswith("FACT_UNKNOWN") else Standing.QUARANTINED, fault)


class Authority:
    """All grants held. ``is_within(unit, scope)`` tells whether a unit lies in a scope's subtree."""

    def __init__(self, plan_id: str, grants: Iterable[Grant], is_within: Callable[[str, str], bool]) -> None:
        self._plan_id = plan_id
        self._is_within = is_within
        self._grants: dict[str, list[Grant]] = {}
        for grant in grants:
            self._grants.setdefault(grant.device, []).append(grant)

    def grants_of(self, device: str) -> tuple[Grant, ...]:
        """The grants of a machine, by its public key in hex."""
        return tuple(self._grants.get(device, ()))

    def judge(self, place: LogPlace, content: Content) -> Judgement:
        """The standing of one fact."""
        if place.plan_id != self._plan_id:
            return Judgement(Standing.QUARANTINED, "FACT_OTHER_PLAN")
        grants = self.grants_of(place.device)
        if not grants:
            return Judgement(Standing.HELD, "DEVICE_NOT_ENROLLED")
        readable = judge_own(content)
        if readable != APPLIED or any(self._may_write(grant, place, content) for grant in grants):
            return readable
        return Judgement(Standing.QUARANTINED, "FACT_OUTSIDE_SCOPE")

    def _may_write(self, grant: Grant, place: LogPlace, content: Content) -> bool:
        if grant.role is DeviceRole.UNIT and place.audience != grant.unit:
            # A unit's machine has one log, for its own unit and the hub.
            return False
        if content.kind == SEEN:
            return True
        rule = KINDS[content.kind]
        if rule.writer is Writer.OWNER:
            return grant.role is DeviceRole.HUB and place.audience == ALL
        if rule.writer is Writer.SCOPE and grant.role is DeviceRole.UNIT:
            # The hub writes for any unit (Nhập thay), in the log that this unit may read.
            _, unit, _ = split_record(content.record)
            return self._is_within(unit, grant.unit) and not rule.hub_fields & content.fields.keys()
        return True
