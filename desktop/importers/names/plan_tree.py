"""A unit tree out of the plan itself, for offices whose tree is not bundled."""

from __future__ import annotations

import re
import unicodedata

from desktop.models.plan import Plan, PlanHeader
from desktop.models.text import fold
from desktop.models.units import ResolutionKind, Unit, UnitTree, name_key

_WORD = re.compile(r"[a-z0-9]+")
_ID_LENGTH = 56
_SHORT_LENGTH = 24
_ROOT_NAME = "Đơn vị ban hành kế hoạch"


def tree_from_header(header: PlanHeader) -> UnitTree:
    """A tree of the issuer alone."""
    return UnitTree((_unit(header.issuer or _ROOT_NAME, None, set()),))


def tree_from_plan(plan: Plan, before: UnitTree | None = None) -> UnitTree:
    """The issuer with every body the plan names below it, in the order they first lead or coordinate.

    Names that begin as collectives ("các ...") are no units; spellings that fold alike are one unit. ``before`` is
    the tree of an earlier plan of the same issuer: it stays as it is and grows by what the plan names besides.
    """
    known = before or UnitTree((_unit(plan.header.issuer or _ROOT_NAME, None, set()),))
    root, units = known.roots()[0], list(known.units)
    taken = {unit.id for unit in units}
    keys: set[str] = set()
    named = [name for node in plan.nodes for name in node.lead_units]
    named += [name for node in plan.nodes for name in node.coordinating_units]
    for name in named:
        key = name_key(name)
        if not key or key in keys or known.resolve(name).kind is not ResolutionKind.UNKNOWN:
            continue
        keys.add(key)
        units.append(_unit(name, root.id, taken))
    return UnitTree(tuple(units), known.collectives, known.vocabulary)


def _unit(name: str, parent: str | None, taken: set[str]) -> Unit:
    words = _WORD.findall(fold(name)) or ["don", "vi"]
    base = "-".join(words)[:_ID_LENGTH].strip("-")
    unit_id, count = base, 1
    while unit_id in taken:
        count += 1
        unit_id = f"{base}-{count}"
    taken.add(unit_id)
    return Unit(unit_id, name[:1].upper() + name[1:], _short(name, unit_id), "", parent)


def _short(name: str, unit_id: str) -> str:
    """ASCII letters of the words, each with a capital ("Phòng VHTT" -> "PhongVHTT"); the id where that is too long."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    plain = plain.replace("đ", "d").replace("Đ", "D")
    short = "".join(word[:1].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", plain))
    return short if 0 < len(short) <= _SHORT_LENGTH else unit_id[:_SHORT_LENGTH].rstrip("-")
