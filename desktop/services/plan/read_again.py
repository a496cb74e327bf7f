"""The readings of a row with all that was said about each: first reading, corrections, who, when and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from desktop.models.facts import Fact
from desktop.models.kinds import CORRECTION, NODE, REASON
from desktop.models.merge import CurrentValue, history, merge
from desktop.models.strict_json import JsonValue, dumps
from desktop.services.records import moment_of, printed_of, targets_of, text_of, texts_of, time_of
from desktop.services.views import FieldReading, FieldValue, PastReading, ReadingField
from desktop.services.workspace import Workspace

HEADINGS = {
    ReadingField.TITLE: "Nội dung thực hiện",
    ReadingField.LEADERS: "Lãnh đạo phụ trách",
    ReadingField.LEAD_UNITS: "Đơn vị chủ trì",
    ReadingField.COORDINATING_UNITS: "Đơn vị phối hợp",
    ReadingField.START: "Thời gian thực hiện",
    ReadingField.END: "Thời gian hoàn thành",
    ReadingField.TARGETS: "Chỉ tiêu",
}
"""The readings by the headings of their printed columns; targets are read from the title."""
TIMES = frozenset({ReadingField.START, ReadingField.END})


def field_value(field: ReadingField, value: JsonValue) -> FieldValue:
    """A reading out of a fact."""
    if field is ReadingField.TITLE:
        return text_of(value)
    if field is ReadingField.TARGETS:
        return targets_of(value)
    return time_of(value) if field in TIMES else texts_of(value)


def row_facts(ws: Workspace, record: str) -> tuple[Fact, ...]:
    """What was said about a row: as it was read, and corrections."""
    return tuple(fact for fact in ws.store.journal.facts_of(record) if fact.content.kind in (NODE, CORRECTION))


def shown_in(facts: Sequence[Fact]) -> dict[str, tuple[str, ...]]:
    """Per field the ids (hex) of the current facts: what a value entered now supersedes."""
    return {
        name: tuple(one.fact.head.hex() for one in state.current)
        for name, state in merge(facts).items() if name != REASON
    }


def as_read(facts: Sequence[Fact], name: str) -> JsonValue:
    """A field as the plan was read, without corrections; None where nothing was read."""
    read = [one.value for one in history(facts, name) if one.fact.content.kind == NODE]
    return read[-1] if read else None


def field_readings(facts: Sequence[Fact], body: Mapping[str, JsonValue], zone: tzinfo | None) -> tuple[
    FieldReading, ...
]:
    """Every reading of a row beside its printed text, with its history."""
    printed = printed_of(body.get("printed"))
    corrected, states = texts_of(body.get("corrected")), merge(facts)

    def past(field: ReadingField, values: Sequence[CurrentValue]) -> tuple[PastReading, ...]:
        return tuple(_past(field, one, zone) for one in values)

    return tuple(
        FieldReading(
            field, heading, printed.title if field is ReadingField.TARGETS else getattr(printed, field.value),
            field_value(field, body.get(field.value)), field.value in corrected,
            past(field, history(facts, field.value)),
            past(field, _distinct(states[field.value].current))
            if field.value in states and states[field.value].conflict else (),
        )
        for field, heading in HEADINGS.items()
    )


def _distinct(values: Sequence[CurrentValue]) -> list[CurrentValue]:
    """Each value once, by whoever gave it first as listed."""
    found: dict[bytes, CurrentValue] = {}
    for one in values:
        found.setdefault(dumps(one.value), one)
    return list(found.values())


def _past(field: ReadingField, one: CurrentValue, zone: tzinfo | None) -> PastReading:
    content = one.fact.content
    return PastReading(
        field_value(field, one.value), content.user, moment_of(content.wall, zone),
        text_of(content.fields.get(REASON)), content.kind == CORRECTION,
    )
