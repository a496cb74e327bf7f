"""A difference in words: what stands in each cell of its table, changed words in brackets. No Qt."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from desktop.services.plan.plan_changes import FieldChange, OldRow, RowDifference, RowOutcome
from desktop.ui.widgets.words import counted

_NOTHING = "(để trống)"
CORRECTED = "đã sửa cách hiểu; bản mới in khác"


def marked(before: str, after: str) -> tuple[str, str]:
    """Both texts with the words that only one of them has in [brackets]."""
    old, new = before.split(), after.split()
    left: list[str] = []
    right: list[str] = []
    for word, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left += _run(old[i1:i2], word != "equal")
        right += _run(new[j1:j2], word != "equal")
    return " ".join(left) or _NOTHING, " ".join(right) or _NOTHING


def _run(words: Sequence[str], changed: bool) -> list[str]:
    return [f"[{' '.join(words)}]"] if changed and words else list(words)


def number_words(row: RowDifference) -> str:
    """ "2.1.5 → 2.1.6", or the one number there is."""
    if row.old is None or not row.path or row.old.code == row.code:
        return row.code or (row.old.code if row.old else "")
    return f"{row.old.code or '–'} → {row.code or '–'}"


def old_words(row: RowDifference) -> str:
    """What stands in the plan in force."""
    if row.outcome is RowOutcome.DOUBTFUL:
        return "\n".join(["Có thể là:", *(
            f"{_like_words(one)}{one.code} {marked(one.title, row.title)[0]}" for one in row.candidates
        )])
    if row.old is None:
        return "–"
    return "\n".join([_title(row, 0), *(f"{one.name}: {marked(one.before, one.after)[0]}" for one in _cells(row))])


def new_words(row: RowDifference) -> str:
    """What stands in the newer version."""
    if row.outcome is RowOutcome.WITHDRAWN:
        kept = f"; {counted(row.reports, 'báo cáo')} vẫn giữ" if row.reports else ""
        return f"Không còn in: rút khỏi kế hoạch{kept}."
    if row.outcome is RowOutcome.RENUMBERED:
        return "Nội dung như cũ, chỉ đổi số."
    if row.candidates:
        return marked(row.candidates[0].title, row.title)[1]
    lines = [_title(row, 1)]
    for one in _cells(row):
        note = f" ({CORRECTED})" if one.corrected else ""
        lines.append(f"{one.name}: {marked(one.before, one.after)[1]}{note}")
    return "\n".join(lines)


def candidate_words(row: OldRow) -> str:
    """An old row as it is offered: likeness, number, title."""
    return f"{_like_words(row)}{row.code} {row.title}".strip()


def _like_words(row: OldRow) -> str:
    return f"giống {row.likeness} %: " if row.likeness else ""


def _title(row: RowDifference, side: int) -> str:
    """The title of a side, its changed words marked where the cell has changed."""
    change = next((one for one in row.changes if one.name == "Nội dung"), None)
    if change is not None:
        note = f" ({CORRECTED})" if change.corrected and side else ""
        return marked(change.before, change.after)[side] + note
    return row.title if side else (row.old.title if row.old else "")


def _cells(row: RowDifference) -> list[FieldChange]:
    return [one for one in row.changes if one.name != "Nội dung"]
