"""The head, the title and the signature block of a sheet, set into lines by the layout of its paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.models.sheets import SheetHead, Signature, SigningFor
from desktop.reports import phrases
from desktop.reports.fonts import Face, Faces
from desktop.reports.layouts import LineLayout, PaperLayout, SignatureLayout
from desktop.reports.wrapping import wrap_evenly

_PITCH = 1.2
_RULE_ROOM = 5.0
_BY_HAND = "…………"


@dataclass(frozen=True, slots=True)
class SetLine:
    """A centred line: ``drop`` from the top of its block to the baseline, ``rule`` the length of the rule below it."""

    text: str
    face: Face
    size: float
    drop: float
    rule: float = 0.0


@dataclass(frozen=True, slots=True)
class Block:
    """Lines centred on one axis, and their height in points."""

    lines: tuple[SetLine, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The two halves of the head, side by side, and the title below them."""

    left: Block
    right: Block
    title: Block


def set_letterhead(head: SheetHead, layout: PaperLayout, faces: Faces, width: float) -> Letterhead:
    """The head and title for a text width of ``width`` points; number and date stand on one baseline."""
    values = _values(head)
    left, right = _levelled(
        _set(layout.head_left, values, faces, width * 0.46), _set(layout.head_right, values, faces, width * 0.52)
    )
    return Letterhead(left, right, _set(layout.title, values, faces, width * 0.86))


def set_signature(head: SheetHead, layout: SignatureLayout, faces: Faces, width: float) -> tuple[Block, Block]:
    """The preparer's block and the signer's, each for half of ``width``.

    Without a signature in the head, the issuing body's place to sign is left open.
    """
    signature = head.signature or Signature(SigningFor.BODY, head.issuer)
    prefix = layout.prefixes[signature.signing_for]
    authority = f"{prefix} {signature.on_behalf}".strip() if signature.on_behalf else ""
    values = {**_values(head), "authority": authority, "position": signature.position, "name": signature.name}
    room = width * 0.48
    above = _set((layout.authority, layout.position), values, faces, room)
    title = _set((layout.preparer_title,), values, faces, room)
    drop = max(above.height, title.height) + layout.space
    return (
        _joined(title, _set((layout.name,), {**values, "name": signature.preparer}, faces, room), drop),
        _joined(above, _set((layout.name,), values, faces, room), drop),
    )


def _values(head: SheetHead) -> dict[str, str]:
    plan = phrases.plan_reference(head)
    return {
        "superior": head.superior,
        "issuer": head.issuer,
        "number": head.number or _BY_HAND,
        "place_and_date": phrases.place_and_date(head),
        "title": head.title,
        "subject": head.subject,
        "plan": plan,
        "period": phrases.period_and_basis(head),
    }


def _set(lines: Sequence[LineLayout], values: Mapping[str, str], faces: Faces, width: float) -> Block:
    """The lines with their fields filled; a line whose only content are empty fields is left out."""
    done: list[SetLine] = []
    top = 0.0
    for line in lines:
        text = faces.printable(line.text.format_map(values)).strip()
        if not text.strip("()"):
            continue
        measure = faces.measure(line.face, line.size)
        parts = wrap_evenly(text.upper() if line.capitals else text, width, measure)
        top += line.space
        for part in parts:
            top += line.size * _PITCH
            done.append(SetLine(part, line.face, line.size, top - line.size * (_PITCH - 1) - line.size * 0.05))
        if line.rule:
            done[-1] = replace(done[-1], rule=line.rule * max(measure(part) for part in parts))
            top += _RULE_ROOM
    return Block(tuple(done), top)


def _levelled(left: Block, right: Block) -> tuple[Block, Block]:
    """The two blocks with their last lines on one baseline, that of the lower."""
    if not left.lines or not right.lines:
        return left, right
    drop = max(left.lines[-1].drop, right.lines[-1].drop)
    height = max(left.height, right.height)
    return _lowered(left, drop, height), _lowered(right, drop, height)


def _lowered(block: Block, drop: float, height: float) -> Block:
    return Block((*block.lines[:-1], replace(block.lines[-1], drop=drop)), height)


def _joined(above: Block, below: Block, drop: float) -> Block:
    lower = tuple(replace(line, drop=line.drop + drop) for line in below.lines)
    return Block((*above.lines, *lower), drop + below.height)
