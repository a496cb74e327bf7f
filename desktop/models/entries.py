"""What the entries of the grow-only authority set say: roots, grants, moved scopes, retired machines, reading keys.

Source: exchange.md "Authority". An entry is never rewritten; it names the entries it builds on. ``settled`` in
``desktop.models.charter`` tells which are in force.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.models.strict_json import JsonValue

_HEAD = re.compile(r"[0-9a-f]{64}")
_LOG = re.compile(r"[0-9a-f]{32}")


class DeviceRole(StrEnum):
    """What a machine is enrolled as."""

    HUB = "hub"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class End:
    """The place in a log after which something begins or ends: sequence number and head (32 bytes) of a fact."""

    seq: int
    head: bytes


Ends = Mapping[str, tuple[End, ...]]
"""Places by log id; several of one log where it forks. A log that is not named has none: it begins before its start."""


@dataclass(frozen=True, slots=True)
class RootEntry:
    """The first entry: the root and its sealed spare, the plan it speaks for, the hub and its reading key.

    ``recipient`` is the spare's own reading key; ``sealed`` the hub role's reading secret that the spare alone can
    open (base64).
    """

    plan_id: str
    root: str
    spare: str
    hub_unit: str
    reading_key: str
    recipient: str = ""
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class RootChange:
    """The keys in force from here on (hex), named by the root or by the spare; every other key is replaced.

    ``recipient`` and ``sealed`` as in the first entry, of the spare named here.
    """

    root: str
    spare: str
    recipient: str = ""
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class ReadingChange:
    """A new reading key of the hub role, and its secret sealed to each machine of the hub (by public key, base64)."""

    reading_key: str
    sealed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Grant:
    """A machine may write for a unit and all below it, past ``opens``.

    ``recipient`` is the machine's own reading key. ``sealed``: of a machine of the hub, the hub role's reading secret
    that this machine alone can open (base64), else "".
    """

    device: str
    recipient: str
    unit: str
    role: DeviceRole
    label: str
    opens: Ends = field(default_factory=dict)
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class ScopeChange:
    """Past ``at`` a grant (by entry id) speaks for another unit; "" for none, which closes it."""

    grant: str
    unit: str
    at: Ends


@dataclass(frozen=True, slots=True)
class Retirement:
    """Of a machine nothing counts past ``at``: a log that is not named, or a branch that does not lead there, at all.

    It closes the grants it was made beside or upon, not one that builds on it.
    """

    device: str
    at: Ends


Said = RootEntry | RootChange | ReadingChange | Grant | ScopeChange | Retirement


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its id, its signer's public key (hex), the ids it builds on; ``said`` is None of a kind not known here.

    Whether its signature is right was found before.
    """

    id: str
    signer: str
    on: tuple[str, ...]
    said: Said | None


def body_of(said: Said, plan_id: str, on: tuple[str, ...]) -> dict[str, JsonValue]:
    """The signed body of an entry; ``on`` names the entries it builds on, none for the first."""
    body: dict[str, JsonValue] = {"plan": plan_id, "on": [*sorted(on)]}
    match said:
        case RootEntry():
            body |= {
                "kind": "root", "root": said.root, "spare": said.spare, "hub": said.hub_unit,
                "reading": said.reading_key, "recipient": said.recipient, "sealed": said.sealed,
            }
        case RootChange():
            body |= {
                "kind": "root-change", "root": said.root, "spare": said.spare, "recipient": said.recipient,
                "sealed": said.sealed,
            }
        case ReadingChange():
            body |= {"kind": "reading", "reading": said.reading_key, "sealed": dict(said.sealed)}
        case Grant():
            body |= {
                "kind": "grant", "device": said.device, "recipient": said.recipient, "unit": said.unit,
                "role": said.role.value, "label": said.label, "opens": _ends_json(said.opens), "sealed": said.sealed,
            }
        case ScopeChange():
            body |= {"kind": "scope", "grant": said.grant, "unit": said.unit, "at": _ends_json(said.at)}
        case Retirement():
            body |= {"kind": "retire", "device": said.device, "at": _ends_json(said.at)}
    return body


def read_entry(entry_id: str, signer: str, body: JsonValue) -> Entry:
    """The entry of a body, which may be of any shape: what is not one of ours says nothing."""
    fields = body if isinstance(body, dict) else {}
    on = fields.get("on")
    named = tuple(one for one in on if isinstance(one, str)) if isinstance(on, list) else ()
    return Entry(entry_id, signer, named, _said(fields))


def plan_of(body: JsonValue, otherwise: str) -> str:
    """The plan an entry speaks for; ``otherwise`` where it names none (an entry of a kind not known here)."""
    named = body.get("plan") if isinstance(body, dict) else None
    return named if isinstance(named, str) else otherwise


def _said(fields: Mapping[str, JsonValue]) -> Said | None:
    match fields.get("kind"):
        case "root":
            texts = _texts(fields, "plan", "root", "spare", "hub", "reading")
            return RootEntry(*texts, *_optional(fields, "recipient", "sealed")) if texts else None
        case "root-change":
            texts = _texts(fields, "root", "spare")
            return RootChange(*texts, *_optional(fields, "recipient", "sealed")) if texts else None
        case "reading":
            return _reading(fields)
        case "grant":
            return _grant(fields)
        case "scope":
            texts, at = _texts(fields, "grant", "unit"), _ends(fields.get("at"))
            return ScopeChange(texts[0], texts[1], at) if texts and at is not None else None
        case "retire":
            texts, at = _texts(fields, "device"), _ends(fields.get("at"))
            return Retirement(texts[0], at) if texts and at is not None else None
    return None


def _reading(fields: Mapping[str, JsonValue]) -> ReadingChange | None:
    texts, sealed = _texts(fields, "reading"), fields.get("sealed")
    if not texts or not isinstance(sealed, dict):
        return None
    secrets = {device: secret for device, secret in sealed.items() if isinstance(secret, str)}
    return ReadingChange(texts[0], secrets) if len(secrets) == len(sealed) else None


def _grant(fields: Mapping[str, JsonValue]) -> Grant | None:
    texts = _texts(fields, "device", "recipient", "unit", "label")
    role = next((one for one in DeviceRole if one.value == fields.get("role")), None)
    opens = _ends(fields.get("opens", {}))
    if not texts or opens is None or role is None:
        return None
    device, recipient, unit, label = texts
    return Grant(device, recipient, unit, role, label, opens, *_optional(fields, "sealed"))


def _texts(fields: Mapping[str, JsonValue], *names: str) -> tuple[str, ...]:
    found = [value for name in names if isinstance(value := fields.get(name), str)]
    return tuple(found) if len(found) == len(names) else ()


def _optional(fields: Mapping[str, JsonValue], *names: str) -> tuple[str, ...]:
    """Texts that entries of the first days do not have."""
    return tuple(value if isinstance(value := fields.get(name), str) else "" for name in names)


def _ends_json(ends: Ends) -> JsonValue:
    return {log: [[end.seq, end.head.hex()] for end in listed] for log, listed in ends.items()}


def _ends(value: JsonValue) -> Ends | None:
    """Places out of an entry, None where the value is no such thing."""
    if not isinstance(value, dict):
        return None
    ends: dict[str, tuple[End, ...]] = {}
    for log, listed in value.items():
        found = [end for one in listed if (end := _end(one)) is not None] if isinstance(listed, list) else []
        if not _LOG.fullmatch(log) or not isinstance(listed, list) or len(found) != len(listed):
            return None
        ends[log] = tuple(found)
    return ends


def _end(value: JsonValue) -> End | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    seq, head = value
    if type(seq) is not int or seq < 1 or not isinstance(head, str) or not _HEAD.fullmatch(head):
        return None
    return End(seq, bytes.fromhex(head))
