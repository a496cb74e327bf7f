"""Correcting what a printed row was read as: by the plan's owner, beside the printed text, which never changes.

A correction is a fact of kind ``correction`` on the row's own record; it supersedes exactly the values shown.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from desktop.importers.names.leaders import split_leaders
from desktop.models.achievement import FEWER_IS_BETTER
from desktop.models.errors import Mistake
from desktop.models.facts import ALL, Content
from desktop.models.kinds import CORRECTION, REASON, check_content
from desktop.models.schedule import TimeKind
from desktop.models.strict_json import BadJson, JsonValue
from desktop.models.target_reading import read_decimal, read_targets
from desktop.models.targets import Comparator, Target
from desktop.models.text import fold, nfc, squeeze
from desktop.models.time_reading import printed_text, read_time
from desktop.models.units import ResolutionKind, UnitTree
from desktop.services.plan.read_again import TIMES, as_read, field_value, row_facts, shown_in
from desktop.services.plan.reading import unit_tree_for
from desktop.services.records import Body, target_json, text_of, texts_of, time_json, time_of
from desktop.services.reporting import plan_year, references_to, stands
from desktop.services.units.records import coordinators
from desktop.services.views import Changes, Proposal, ReadingField, Role
from desktop.services.workspace import Workspace

Typed = str | tuple[Target, ...]
"""Words to be read, or targets put together by hand, their numbers as an office writes them ("93,5", "2.000")."""

_SEVERAL = re.compile(r"[;\n]")
_NEAREST = 3
_UNITS = frozenset({ReadingField.LEAD_UNITS, ReadingField.COORDINATING_UNITS})
"""Readings that stand for more than one field of the record: the names, and the units behind them."""


def propose(ws: Workspace, record: str, field: ReadingField, typed: Typed) -> Proposal:
    """What typed words would be read as, by the readers that read the plan; writes nothing.

    Units and leaders are separated by ";" or line breaks. Raises Mistake HUB_ONLY, ITEM_UNKNOWN, CORRECTION_UNCLEAR,
    CORRECTION_UNIT_UNKNOWN, CORRECTION_EMPTY, CORRECTION_BAD_TARGET.
    """
    body = _row(ws, record)
    if field is ReadingField.TARGETS:
        targets = _targets(typed)
        return Proposal(field, targets, {"targets": [target_json(one) for one in targets]})
    if not isinstance(typed, str):
        raise TypeError("targets are put together by hand, other readings are typed")
    text = nfc(typed)
    if field is ReadingField.TITLE:
        return _title(text)
    if field in TIMES:
        return _time(ws, record, field, text)
    if field is ReadingField.LEADERS:
        leaders = tuple(one for part in _parts(text) for one in split_leaders(part))
        return Proposal(field, leaders, {"leaders": list(leaders)})
    return _units(ws, body, field, tuple(_parts(text)))


def correct(
    ws: Workspace, record: str, field: ReadingField, typed: Typed, shown: Mapping[str, tuple[str, ...]],
    reason: str = "",
) -> Changes:
    """Save another reading of a row; on the disk when this returns.

    ``shown`` gives, per field, the facts (ids in hex) whose values the person saw: exactly those are superseded, and
    what this very PC wrote in the field. An unchanged value writes nothing. Raises what ``propose`` raises, and
    Mistake CORRECTION_TOO_LONG.
    """
    return _save(ws, record, propose(ws, record, field, typed).fields, shown, reason)


def restore(
    ws: Workspace, record: str, field: ReadingField, shown: Mapping[str, tuple[str, ...]], reason: str = ""
) -> Changes:
    """Go back to what the plan was read as. Raises as ``correct``."""
    return _save(ws, record, original(ws, record, field).fields, shown, reason)


def original(ws: Workspace, record: str, field: ReadingField) -> Proposal:
    """What the plan was read as before any correction. Raises Mistake HUB_ONLY, ITEM_UNKNOWN."""
    body = _row(ws, record)
    read = as_read(row_facts(ws, record), field.value)
    # What the names mean may have been taught since they were read, so the units behind them are looked up anew.
    fields = _behind(_naming_tree(ws), body, field, texts_of(read)) if field in _UNITS else {field.value: read}
    return Proposal(field, field_value(field, read), fields)


def shown_now(ws: Workspace, record: str) -> dict[str, tuple[str, ...]]:
    """The facts that hold each field's present values: what a person looking at the row just now sees."""
    return shown_in(row_facts(ws, record))


def _row(ws: Workspace, record: str) -> Body:
    """The body of a row at the hub. Raises Mistake HUB_ONLY, ITEM_UNKNOWN."""
    if ws.seat.role is not Role.HUB:
        raise Mistake(
            "HUB_ONLY", "Chỉ đơn vị tổng hợp sửa được cách hiểu của kế hoạch. Không có gì thay đổi.",
            "Hãy gửi ý kiến về dòng này để đơn vị tổng hợp xem xét.",
        )
    row = ws.store.queries.record(record)
    if row is None or not text_of(row.body.get("path")):
        raise Mistake("ITEM_UNKNOWN", "Không có nội dung này trong kế hoạch.", "Hãy chọn lại trong bảng.")
    return row.body


def _parts(text: str) -> list[str]:
    return [part for one in _SEVERAL.split(text) if (part := squeeze(one))]


def _title(text: str) -> Proposal:
    title = squeeze(text)
    if not title:
        raise Mistake("CORRECTION_EMPTY", "Nội dung không được để trống. Chưa lưu gì.", "Hãy gõ nội dung thực hiện.")
    return Proposal(ReadingField.TITLE, title, {"title": title})


def _time(ws: Workspace, record: str, field: ReadingField, text: str) -> Proposal:
    """The printed phrase with the days of the typed one; where nothing is printed, the typed words stand."""
    time = read_time(text, plan_year(ws))
    if time.kind is TimeKind.UNCLEAR:
        raise Mistake(
            "CORRECTION_UNCLEAR", f"Chưa hiểu “{printed_text(text)[:80]}” là thời gian nào. Chưa lưu gì.",
            "Hãy ghi như “30/6/2023”, “Tháng 5/2023”, “Quý III/2023”, “Thường xuyên”.",
        )
    printed = time_of(as_read(row_facts(ws, record), field.value)).text
    value = replace(time, text=printed or time.text)
    return Proposal(field, value, {field.value: time_json(value)})


def _units(ws: Workspace, body: Body, field: ReadingField, names: tuple[str, ...]) -> Proposal:
    tree = _naming_tree(ws)
    for name in names:
        if tree.resolve(name).kind is ResolutionKind.UNKNOWN:
            raise _unit_unknown(name, tree)
    return Proposal(field, names, _behind(tree, body, field, names))


def _behind(tree: UnitTree, body: Body, field: ReadingField, names: tuple[str, ...]) -> dict[str, JsonValue]:
    """The names of one cell with the units behind them; who coordinates follows from the other cell of the row too."""
    fields: dict[str, JsonValue] = {field.value: list(names)}
    others, leads = names, texts_of(body.get("leads"))
    if field is ReadingField.LEAD_UNITS:
        others, leads = texts_of(body.get("coordinating_units")), tree.reporting_units(names)
        fields |= {"leads": list(leads), "expands_to": list(tree.shares(names))}
    return {**fields, "coordinators": list(coordinators(tree, others, leads))}


def _naming_tree(ws: Workspace) -> UnitTree:
    """The units as issued, with the collectives and words of the bundled data of the same office."""
    issued = ws.units()
    if issued.collectives:
        return issued
    bundled = unit_tree_for(ws.identity().plan, ws.environment.resources)
    collectives = tuple(
        replace(one, members=tuple(unit for unit in one.members if unit in issued)) for one in bundled.collectives
    )
    known = {one.id for one in collectives}
    doubtful = tuple(pair for pair in bundled.vocabulary.doubtful if pair[1] in issued or pair[1] in known)
    return UnitTree(issued.units, collectives, replace(bundled.vocabulary, doubtful=doubtful))


def _unit_unknown(name: str, tree: UnitTree) -> Mistake:
    known = {fold(alias): unit.name for unit in tree for alias in (*unit.aliases, unit.short, unit.name)}
    known |= {fold(alias): one.name for one in tree.collectives for alias in (*one.aliases, one.name)}
    near = dict.fromkeys(known[one] for one in difflib.get_close_matches(fold(name), known, n=8, cutoff=0.5))
    offered = ", ".join(f"“{one}”" for one in list(near)[:_NEAREST])
    return Mistake(
        "CORRECTION_UNIT_UNKNOWN", f"Không có đơn vị “{name[:80]}” trong danh sách đơn vị của kế hoạch. Chưa lưu gì.",
        f"Tên gần giống: {offered}." if offered else "Hãy kiểm tra lại tên; mỗi đơn vị một dòng.",
    )


def _targets(typed: Typed) -> tuple[Target, ...]:
    """Targets read from a phrase, or those put together by hand, their numbers as decimals."""
    if not isinstance(typed, str):
        return tuple(checked_target(target) for target in typed)
    found = read_targets(typed)
    if not found and squeeze(typed):
        raise Mistake(
            "CORRECTION_UNCLEAR", f"Không thấy chỉ tiêu nào trong “{squeeze(nfc(typed))[:80]}”. Chưa lưu gì.",
            "Hãy ghi như “ít nhất 08 hội chợ”, “93,5%”, “14/14 phường”.",
        )
    return found


def checked_target(target: Target) -> Target:
    """A target put together by hand, its numbers as decimals, its words each on one line.

    Raises Mistake CORRECTION_BAD_TARGET.
    """
    value = _number(target.value)
    highest = _number(target.value_max) if target.value_max is not None else None
    stretch = _number(target.stretch) if target.stretch is not None else None
    if (target.comparator is Comparator.RANGE) != (highest is not None):
        raise _bad_target("Chỉ tiêu trong khoảng cần hai số; chỉ tiêu khác chỉ có một số.")
    if highest is not None and Decimal(highest) < Decimal(value):
        raise _bad_target("Khoảng cần hai số, số sau không nhỏ hơn số trước.")
    if target.comparator is Comparator.ZERO and value != "0":
        raise _bad_target("Chỉ tiêu “không có” thì số là 0.")
    if stretch is not None and not _further(target.comparator, Decimal(value), Decimal(stretch)):
        raise _bad_target(f"Mức phấn đấu “{target.stretch}” không hơn mức phải đạt.")
    return replace(
        target, value=value, value_max=highest, stretch=stretch, unit=_line(target.unit), text=_line(target.text),
        measures=_line(target.measures), each=_line(target.each), numerator=_line(target.numerator),
        denominator=_line(target.denominator),
    )


def _line(text: str) -> str:
    return squeeze(nfc(text))


def _number(typed: str) -> str:
    number = read_decimal(typed)
    if number is None or number.startswith("-"):
        said = _line(typed)[:40]
        raise _bad_target(f"“{said}” không phải là số." if said else "Còn thiếu số của chỉ tiêu.")
    return number


def _further(comparator: Comparator, value: Decimal, stretch: Decimal) -> bool:
    """Whether what is striven for is the value itself or lies beyond it; a rank and a limit are bettered by less."""
    if comparator is Comparator.ZERO:
        return stretch == value
    return stretch <= value if comparator in FEWER_IS_BETTER else stretch >= value


def _bad_target(sentence: str) -> Mistake:
    return Mistake("CORRECTION_BAD_TARGET", f"{sentence} Chưa lưu gì.", "Số ghi như 14, 93,5 hoặc 2.000.")


def _save(
    ws: Workspace, record: str, fields: Mapping[str, JsonValue], shown: Mapping[str, Iterable[str]], reason: str
) -> Changes:
    before = ws.store.queries.record(record)
    changed = {name: value for name, value in fields.items() if not stands(before, name, value)}
    if not changed:
        return Changes()
    supersedes = {
        name: references for name in changed
        if (references := references_to(ws, ALL, record, name, shown.get(name, ())))
    }
    told = {REASON: why} if (why := nfc(reason).strip()) else {}
    content = Content(ws.now(), ws.person, CORRECTION, record, {**changed, **told}, supersedes)
    if check_content(content):
        raise _too_long()
    try:
        with ws.store.atomic():
            ws.append(ALL, [content])
    except BadJson as error:
        raise _too_long() from error
    after = ws.store.queries.record(record)
    conflicts = frozenset({record} if after and after.conflicts else ())
    return Changes(frozenset({record}), conflicts=conflicts, plan=True)


def _too_long() -> Mistake:
    return Mistake(
        "CORRECTION_TOO_LONG", "Nội dung quá dài hoặc có ký tự không gửi được. Chưa lưu gì.",
        "Hãy rút gọn (tối đa 20.000 ký tự) hoặc xóa ký tự lạ.",
    )
