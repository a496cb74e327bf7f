"""What importing would change, each change on a line in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.models.strict_json import JsonValue
from desktop.services.traffic.checking import PlanChanges, ValueChange
from desktop.services.traffic.kind_words import field_words, kind_words, value_words

_LONGEST = 80
_OUTCOME_WORDS: Mapping[str, str] = {
    "new": "mới", "changed": "đổi", "conflict": "cần đối chiếu", "settled": "hết phải đối chiếu",
}


def change_line(change: ValueChange) -> str:
    """Where, which field, what it is now and what it would be: "1.4 Tỷ lệ… · Phường Bồ Đề · 2023-Q3 · …"."""
    row = f"{change.code or change.item} {_short(change.title)}".strip() or "Dòng chưa nhận được"
    place = f"{row} · {change.unit} · {change.period}"
    name = field_words(change.field)
    after = _shown(change.field, change.after)
    if change.outcome == "conflict":
        after = " | ".join(_shown(change.field, one) for one in change.values)
    return f"{place} · {name}: {_shown(change.field, change.before)} → {after} ({_OUTCOME_WORDS[change.outcome]})"


def plan_changes_line(changes: PlanChanges) -> str:
    """How many records of a kind: "Dòng của kế hoạch: 3 mới, 1 đổi"."""
    words = kind_words(changes.kind)
    counts = ((changes.new, "mới"), (changes.changed, "đổi"))
    return f"{words[0].upper()}{words[1:]}: {', '.join(f'{count} {what}' for count, what in counts if count)}"


def _shown(field: str, value: JsonValue) -> str:
    return _short(value_words(field, value))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
