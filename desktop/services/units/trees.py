"""What the tree of units becomes when the hub says something about it: another name, members, a unit, a collective.

Pure: a tree in, a tree out. Source: office.md "Units and people".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from desktop.models.errors import Mistake
from desktop.models.text import fold, nfc, squeeze
from desktop.models.units import Collective, ResolutionKind, Unit, UnitTree, name_key

_ID_LENGTH = 56
_NAME_LENGTH = 300
_SHORT_LENGTH = 40


def with_members(tree: UnitTree, collective: str, unit_ids: Sequence[str]) -> UnitTree:
    """The tree with other members of a collective, given by id, name or alias.

    One that the plan names and nobody listed yet ("các trường học") is listed. Raises Mistake COLLECTIVE_UNKNOWN,
    UNIT_UNKNOWN.
    """
    known = tree.collective(collective) or _named_by_plan(tree, collective)
    return _listed(tree, known, unit_ids)


def with_collective(tree: UnitTree, name: str, unit_ids: Sequence[str]) -> UnitTree:
    """The tree with one more collective. Raises Mistake UNIT_NAME_EMPTY, UNIT_NAME_TOO_LONG, UNIT_NAME_TAKEN,
    UNIT_UNKNOWN."""
    printed = _new_name(tree, name)
    return _listed(tree, Collective(_free_id(tree, printed), printed), unit_ids)


def with_unit(tree: UnitTree, name: str, short: str, level: str, parent: str) -> UnitTree:
    """The tree with one more unit below another (its id), last of all.

    An empty ``short`` is the name itself; ``level`` is a word of the tree's own levels, or empty. Raises Mistake
    UNIT_NAME_EMPTY, UNIT_NAME_TOO_LONG, UNIT_NAME_TAKEN, UNIT_LEVEL_UNKNOWN, UNIT_UNKNOWN.
    """
    printed = _new_name(tree, name)
    brief = squeeze(nfc(short))
    if brief:
        brief = _new_name(tree, brief, _SHORT_LENGTH)
    levels = [one.word for one in tree.vocabulary.levels]
    if level and level not in levels:
        raise Mistake(
            "UNIT_LEVEL_UNKNOWN", f"Không có cấp “{level}” trong kế hoạch này. Chưa thay đổi gì.",
            f"Các cấp đang có: {', '.join(levels)}." if levels else "Hãy bỏ trống cấp.",
        )
    if parent not in tree:
        raise unknown_unit(parent)
    unit = Unit(_free_id(tree, printed), printed, brief or printed, level, parent)
    return UnitTree((*tree.units, unit), tree.collectives, tree.vocabulary.explaining(printed))


def with_name(tree: UnitTree, printed: str, meant: str) -> UnitTree:
    """The tree in which a printed name means a unit or collective (its id) too; the same tree where it does already
    without a doubt about its level.

    Raises Mistake UNIT_UNKNOWN, UNIT_NAME_EMPTY, UNIT_NAME_TOO_LONG, UNIT_NAME_TAKEN (it means another one already,
    or could mean several).
    """
    name = _fit_name(tree, printed)
    holder = tree.find(name) or tree.collective(name)
    if holder is not None and holder.id != meant:
        raise _taken(name, holder.name, "Nếu dòng kế hoạch ghi nhầm đơn vị, hãy sửa ô đơn vị của dòng đó.")
    if meant not in tree and meant not in {one.id for one in tree.collectives}:
        raise unknown_unit(meant)
    return tree.with_name(name, meant)


def unknown_unit(name: str) -> Mistake:
    """Mistake UNIT_UNKNOWN about a name or id."""
    return Mistake(
        "UNIT_UNKNOWN", f"Không có “{name}” trong danh sách đơn vị của kế hoạch. Chưa thay đổi gì.",
        "Xem danh sách ở Thiết lập, “Đơn vị và tập thể”, hoặc bằng lệnh unit list.",
    )


def _taken(name: str, holder: str, advice: str) -> Mistake:
    return Mistake("UNIT_NAME_TAKEN", f"“{name}” đã là tên của “{holder}”. Chưa thay đổi gì.", advice)


def _new_name(tree: UnitTree, name: str, longest: int = _NAME_LENGTH) -> str:
    """A name that means nobody yet; a damaged spelling or a number of unclear bodies may become one."""
    fit = _fit_name(tree, name, longest)
    holder = tree.find(fit) or tree.collective(fit)
    resolution = tree.resolve(fit)
    told = holder is not None or (resolution.units and not (resolution.doubtful or resolution.unclear))
    if told:
        raise _taken(fit, holder.name if holder else resolution.name, "Hãy chọn dòng đó trong danh sách để sửa.")
    return fit


def _fit_name(tree: UnitTree, name: str, longest: int = _NAME_LENGTH) -> str:
    """A name, squeezed; no level word and not the name of the whole area, which alone could mean several units."""
    fit = squeeze(nfc(name))
    if not name_key(fit):
        raise Mistake("UNIT_NAME_EMPTY", "Chưa ghi tên.", "Hãy ghi tên như in trong kế hoạch.")
    if len(fit) > longest:
        raise Mistake(
            "UNIT_NAME_TOO_LONG", f"Tên dài hơn {longest} chữ cái. Chưa thay đổi gì.",
            "Nếu ô có nhiều đơn vị, hãy ghi từng tên.",
        )
    words = tree.vocabulary
    if name_key(fit) in {name_key(one) for one in (words.place, *(level.word for level in words.levels))}:
        raise Mistake(
            "UNIT_NAME_TAKEN", f"“{fit}” một mình có thể chỉ nhiều đơn vị. Chưa thay đổi gì.",
            "Hãy ghi tên đầy đủ hơn.",
        )
    return fit


def _named_by_plan(tree: UnitTree, name: str) -> Collective:
    """A collective that a plan may name and nobody has listed. Raises Mistake COLLECTIVE_UNKNOWN for another name."""
    printed = squeeze(nfc(name))
    resolution = tree.resolve(printed)
    # Of "13/14 phường" all are meant until somebody says which: that can be listed too.
    if resolution.kind is not ResolutionKind.COLLECTIVE or (resolution.units and not resolution.unclear):
        raise Mistake(
            "COLLECTIVE_UNKNOWN", f"“{printed}” không phải tên của một tập thể nhiều đơn vị. Chưa thay đổi gì.",
            "Tên tập thể bắt đầu bằng “các”, hoặc có trong danh sách (lệnh unit list).",
        )
    return Collective(_free_id(tree, printed), printed)


def _listed(tree: UnitTree, known: Collective, unit_ids: Sequence[str]) -> UnitTree:
    """The tree with a collective in its place or, where it is new, last."""
    members = tuple(dict.fromkeys(unit_ids))
    for unit in members:
        if unit not in tree:
            raise unknown_unit(unit)
    after = replace(known, members=members)
    if not known.members:
        # Nobody knew yet what its members are: places of the lowest level make shares, others do not.
        expanding = {level.word for level in tree.vocabulary.levels if level.expands}
        after = replace(after, expands=bool(members) and all(tree.unit(unit).level in expanding for unit in members))
    if after.id in {one.id for one in tree.collectives}:
        listed = tuple(after if one.id == after.id else one for one in tree.collectives)
        return UnitTree(tree.units, listed, tree.vocabulary)
    return UnitTree(tree.units, (*tree.collectives, after), tree.vocabulary.explaining(after.name))


def _free_id(tree: UnitTree, name: str) -> str:
    """An id made of a name's letters that no unit and no collective has."""
    taken: Collection[str] = {unit.id for unit in tree.units} | {one.id for one in tree.collectives}
    base = "-".join(re.findall(r"[a-z0-9]+", fold(name)))[:_ID_LENGTH].strip("-") or "don-vi"
    number, made = 1, base
    while made in taken:
        number += 1
        made = f"{base}-{number}"
    return made
