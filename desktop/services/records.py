"""Between the domain's dataclasses and the fields of facts, both ways."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta, tzinfo

from desktop.models.plan import CellReading, Finding, Node, NodeKind, Paragraph, PlanHeader, PrintedCells, Severity
from desktop.models.report import REPORT_FIELDS, Report, WorkState
from desktop.models.schedule import UNSCHEDULED, Time, TimeKind
from desktop.models.strict_json import JsonValue
from desktop.models.targets import Basis, Comparator, Enters, Rollup, Target
from desktop.models.time_printing import print_time

Body = dict[str, JsonValue]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# A day inside what a calendar holds, so that every time zone can show it.
_FIRST, _LAST = -62_135_510_400, 253_402_214_400


def day_json(day: date | None) -> str | None:
    """A day as it stands in a fact."""
    return day.isoformat() if day else None


def day_of(value: JsonValue) -> date | None:
    """A day out of a fact."""
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def moment_of(wall: int, zone: tzinfo | None) -> datetime:
    """The claimed time of a fact (unix seconds) as a moment; what no calendar holds becomes its first or last day."""
    return (_EPOCH + timedelta(seconds=min(max(wall, _FIRST), _LAST))).astimezone(zone)


def text_of(value: JsonValue) -> str:
    """A text out of a fact; nothing is an empty text."""
    return value if isinstance(value, str) else ""


def int_of(value: JsonValue) -> int | None:
    """A whole number out of a fact."""
    return value if isinstance(value, int) else None


def texts_of(value: JsonValue) -> tuple[str, ...]:
    """A list of texts out of a fact."""
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def lines_of(value: JsonValue) -> tuple[int, ...]:
    """A list of line numbers out of a fact."""
    return tuple(one for one in value if isinstance(one, int)) if isinstance(value, list) else ()


def header_json(header: PlanHeader, hub: str) -> Body:
    """The fields of the plan's own record."""
    return {
        "number": header.number, "day": day_json(header.day), "issuer": header.issuer, "title": header.title,
        "theme": header.theme, "year": header.year, "signer": header.signer, "hub": hub,
    }


def header_of(body: Body) -> PlanHeader:
    """The header out of the plan's own record."""
    return PlanHeader(
        number=text_of(body.get("number")), day=day_of(body.get("day")), issuer=text_of(body.get("issuer")),
        title=text_of(body.get("title")), theme=text_of(body.get("theme")), year=int_of(body.get("year")) or 0,
        signer=text_of(body.get("signer")),
    )


def time_json(time: Time) -> Body:
    """A time as it stands in a fact and in the public JSON."""
    return {
        "text": time.text, "kind": time.kind.value, "first": day_json(time.first), "last": day_json(time.last),
        "checkpoints": [day.isoformat() for day in time.checkpoints],
    }


def time_of(value: JsonValue) -> Time:
    """A time out of a fact."""
    if not isinstance(value, dict):
        return UNSCHEDULED
    days = (day_of(one) for one in texts_of(value.get("checkpoints")))
    return Time(
        text=text_of(value.get("text")), kind=TimeKind(text_of(value.get("kind"))), first=day_of(value.get("first")),
        last=day_of(value.get("last")), checkpoints=tuple(day for day in days if day),
    )


def target_json(target: Target) -> Body:
    """A target as it stands in a fact and in the public JSON."""
    return {
        "comparator": target.comparator.value, "value": target.value, "value_max": target.value_max,
        "unit": target.unit, "text": target.text, "stretch": target.stretch, "measures": target.measures,
        "each": target.each, "enters": target.enters.value, "basis": target.basis.value,
        "rollup": target.rollup.value, "numerator": target.numerator, "denominator": target.denominator,
    }


def targets_of(value: JsonValue) -> tuple[Target, ...]:
    """Targets out of a fact."""
    if not isinstance(value, list):
        return ()
    return tuple(_target_of(one) for one in value if isinstance(one, dict))


def _target_of(body: Body) -> Target:
    """A target; one issued before settings were has those of a target nobody set."""
    return Target(
        Comparator(text_of(body.get("comparator"))), text_of(body.get("value")), text_of(body.get("value_max")) or None,
        text_of(body.get("unit")), text_of(body.get("text")), text_of(body.get("stretch")) or None,
        text_of(body.get("measures")), text_of(body.get("each")), Enters(text_of(body.get("enters")) or Enters.LEAD),
        Basis(text_of(body.get("basis")) or Basis.CUMULATIVE), Rollup(text_of(body.get("rollup")) or Rollup.SUM),
        text_of(body.get("numerator")), text_of(body.get("denominator")),
    )


def node_json(node: Node, parent: str, order: int, leads: tuple[str, ...], coordinators: tuple[str, ...]) -> Body:
    """The fields of a row's record; ``parent`` is a record id, leads and coordinators are unit ids."""
    return {
        "path": node.path, "parent": parent, "order": order, "kind": node.kind.value, "code": node.code,
        "title": node.title, "stated_count": node.stated_count, "leaders": list(node.leaders),
        "lead_units": list(node.lead_units), "coordinating_units": list(node.coordinating_units),
        "expands_to": list(node.expands_to), "leads": list(leads), "coordinators": list(coordinators),
        "start": time_json(node.start), "end": time_json(node.end),
        "targets": [target_json(target) for target in node.targets], "source_lines": list(node.source_lines),
        "printed": {cell.name: getattr(node.printed, cell.name) for cell in fields(PrintedCells)},
        "extra": extra_json(node),
    }


def deadline_words(body: Body) -> str:
    """*Thời hạn* of a row: the printed phrase and, where that was corrected, what it is understood as now."""
    name = "end" if time_of(body.get("end")).text else "start"
    time = time_of(body.get(name))
    understood = print_time(time) if name in texts_of(body.get("corrected")) else ""
    return f"{time.text} → {understood}" if understood not in ("", time.text) else time.text


def extra_json(node: Node) -> JsonValue:
    """The cells that are shown but not read, as facts and the public JSON have them."""
    return [{"name": name, "text": text} for name, text in node.extra]


def extra_of(value: JsonValue) -> tuple[tuple[str, str], ...]:
    """(heading, printed text) of the cells that are shown but not read, out of a row's record."""
    if not isinstance(value, list):
        return ()
    return tuple((text_of(one.get("name")), text_of(one.get("text"))) for one in value if isinstance(one, dict))


def printed_of(value: JsonValue) -> PrintedCells:
    """The printed cells out of a row's record."""
    if not isinstance(value, dict):
        return PrintedCells()
    return PrintedCells(**{cell.name: text_of(value.get(cell.name)) for cell in fields(PrintedCells)})


def node_kind(body: Body) -> NodeKind:
    """The kind of a row out of its record; one of which only a part has come counts as an item."""
    kind = text_of(body.get("kind"))
    return NodeKind(kind) if kind else NodeKind.ITEM


def paragraph_json(paragraph: Paragraph) -> Body:
    """The fields of a narrative paragraph."""
    return {"line": paragraph.line, "text": paragraph.text, "heading": int(paragraph.heading)}


def paragraph_of(body: Body) -> Paragraph:
    """A narrative paragraph out of its record."""
    return Paragraph(int_of(body.get("line")) or 0, text_of(body.get("text")), body.get("heading") == 1)


def finding_json(finding: Finding) -> Body:
    """The fields of a finding, as facts and the public JSON have them."""
    return {
        "code": finding.code, "severity": finding.severity.value, "message": finding.message,
        "source_lines": list(finding.source_lines), "path": finding.path,
        "cell": {part.name: getattr(finding.cell, part.name) for part in fields(CellReading)},
    }


def finding_of(body: Body) -> Finding:
    """A finding out of its record."""
    return Finding(
        text_of(body.get("code")), Severity(text_of(body.get("severity"))), text_of(body.get("message")),
        lines_of(body.get("source_lines")), text_of(body.get("path")), cell_of(body.get("cell")),
    )


def cell_of(value: JsonValue) -> CellReading:
    """The cell a finding is about, out of its record."""
    if not isinstance(value, dict):
        return CellReading()
    return CellReading(**{part.name: text_of(value.get(part.name)) for part in fields(CellReading)})


def report_json(values: dict[str, object]) -> Body:
    """Entered values as they stand in a fact; texts are trimmed, an empty text is nothing."""
    body: Body = {}
    for name in REPORT_FIELDS:
        if name in values:
            body[name] = _report_value(values[name])
    return body


def _report_value(value: object) -> JsonValue:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, WorkState):
        return value.value
    if isinstance(value, str):
        return value.strip() or None
    return value if isinstance(value, int) else None


def report_of(item: str, unit: str, period: str, body: Body, conflicts: tuple[str, ...]) -> Report:
    """A report out of its projected fields."""
    state = text_of(body.get("state"))
    return Report(
        item=item, unit=unit, period=period, state=WorkState(state) if state else None,
        percent=int_of(body.get("percent")), done_on=day_of(body.get("done_on")), result=text_of(body.get("result")),
        evidence=text_of(body.get("evidence")), difficulties=text_of(body.get("difficulties")),
        proposals=text_of(body.get("proposals")), conflicts=conflicts,
    )
