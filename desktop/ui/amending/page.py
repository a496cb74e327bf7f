"""The difference of a newer version as a table, filters, and a question for each doubtful row."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.plan.plan_changes import (
    OUTCOME_WORDS,
    Decisions,
    OldRow,
    PlanDifference,
    RowDifference,
    RowOutcome,
    counts_words,
)
from desktop.ui.amending.choice import Answer, Choice
from desktop.ui.amending.words import new_words, number_words, old_words
from desktop.ui.parts.chips import Chips
from desktop.ui.theme import StatusStyle, Tone, style
from desktop.ui.widgets.basics import button, column, frame, label, row
from desktop.ui.widgets.listing import Column, Kind, Listing

_MARKS = {
    RowOutcome.DOUBTFUL: (Tone.AMBER, "?"), RowOutcome.ADDED: (Tone.GREEN, "+"), RowOutcome.RESTORED: (Tone.GREEN, "√"),
    RowOutcome.CHANGED: (Tone.BLUE, "●"), RowOutcome.RENUMBERED: (Tone.GREY, "○"),
    RowOutcome.WITHDRAWN: (Tone.DARK_RED, "–"),
}
_ASKABLE = (RowOutcome.DOUBTFUL, RowOutcome.ADDED, RowOutcome.CHANGED)
"""Rows whose pairing a person may want to decide otherwise."""
_EMPTY = "Không có khác biệt nào ở các dòng."
_HELP = "Chữ trong [ngoặc vuông] là chữ khác nhau. Dòng giữ báo cáo đã có dù đổi số; dòng bị rút không mất báo cáo."


def _outcome_style(row: RowDifference) -> StatusStyle:
    tone, mark = _MARKS[row.outcome]
    return style(tone, mark, OUTCOME_WORDS[row.outcome])


COLUMNS: tuple[Column[RowDifference], ...] = (
    Column("Loại", number_words, 15, 0, Kind.BADGE, _outcome_style),
    Column("Số thứ tự", number_words, 15, 0),
    Column("Bản đang dùng", old_words, 20, 1),
    Column("Bản mới", new_words, 20, 1),
)


def _rest_words(difference: PlanDifference) -> str:
    if difference.undecided:
        return f"Còn {difference.undecided} dòng cần quyết định trước khi áp dụng."
    if difference.is_empty:
        return "Bản mới giống bản đang dùng."
    return "Sẵn sàng áp dụng; các đơn vị nhận ở lần gửi sau."


class AmendPage(QWidget):
    """Shows a PlanDifference. It decides nothing itself: after each answer it is shown the new difference."""

    decided = Signal(object)
    """Decisions, with one more answer."""
    wanted = Signal()
    """Apply what is shown."""
    left = Signal()
    """Nothing is to be applied."""

    def __init__(self, difference: PlanDifference) -> None:
        super().__init__()
        self.difference = difference
        self._offered: dict[str, tuple[OldRow, ...]] = {}
        self._answered = ""
        self.counts = label("", "heading", wrap=True)
        self.warnings = label("", "wrong", wrap=True)
        self.kinds = Chips("Lọc theo loại", OUTCOME_WORDS.items())
        self.kinds.told.changed.connect(self._show_rows)
        self.choice = Choice()
        self.choice.answered.connect(self._answer)
        self.list: Listing[RowDifference] = Listing("Khác biệt của bản mới", COLUMNS, _EMPTY)
        self.list.chosen.connect(self._ask)
        self.list.opened.connect(lambda _row: self.choice.setFocus())
        self.apply = button("Áp dụng", self.wanted.emit, "primary")
        self.cancel = button("Không áp dụng", self.left.emit)
        self.rest = label("", "muted", wrap=True)
        self.header = label("", wrap=True)
        foot = row(self.rest, self.cancel, self.apply, spacing=10)
        foot.setStretch(0, 1)
        made = column(
            self.counts, self.warnings, self.header, label(_HELP, "muted", wrap=True), self.kinds,
            frame("card", column(self.list, margins=(1, 1, 1, 1))), self.choice, foot,
            spacing=8, margins=(16, 12, 16, 12),
        )
        made.setStretch(5, 1)
        self.setLayout(made)
        self.setFocusProxy(self.list)
        self.show_difference(difference)

    def show_difference(self, difference: PlanDifference) -> None:
        """Show a difference; after an answer the next doubtful row is the current one."""
        self.difference = difference
        self._offered |= {one.path: one.candidates for one in difference.rows if one.candidates}
        self.counts.setText(counts_words(difference))
        self.warnings.setText("\n".join(f"! {one}" for one in difference.warnings))
        self.warnings.setVisible(bool(difference.warnings))
        self.header.setText("\n".join(f"{one.name}: “{one.before}” → “{one.after}”" for one in difference.header))
        self.header.setVisible(bool(difference.header))
        self.kinds.set_counts({outcome: difference.count(outcome) for outcome in RowOutcome})
        self.apply.setEnabled(not difference.undecided and not difference.is_empty)
        self.rest.setText(_rest_words(difference))
        self._show_rows()
        self._go_on()

    def _show_rows(self) -> None:
        wanted = self.kinds.chosen
        self.list.show_rows([one for one in self.difference.rows if not wanted or one.outcome in wanted])

    def _go_on(self) -> None:
        """From the row just answered to the next doubtful one, or to the first there is."""
        rows = self.list.rows
        paths = [one.path for one in rows]
        start = paths.index(self._answered) if self._answered in paths else 0
        places = [at for at, one in enumerate(rows) if one.outcome is RowOutcome.DOUBTFUL]
        following = next((at for at in places if at >= start), places[0] if places else start)
        if rows:
            self.list.choose(following)

    def _ask(self, shown: RowDifference | None) -> None:
        if shown is None or shown.outcome not in _ASKABLE:
            self.choice.hide()
            return
        decisions = self.difference.decisions
        chosen = decisions.pairs.get(shown.path, shown.old.record if shown.old else None)
        if shown.outcome is RowOutcome.ADDED:
            chosen = ""
        offers: dict[str, OldRow] = {}
        for one in (*self._offered.get(shown.path, ()), *((shown.old,) if shown.old else ()), *self.difference.free):
            offers.setdefault(one.record, one)
        self.choice.ask(shown.path, shown.code, tuple(offers.values()), chosen)

    def _answer(self, answer: Answer) -> None:
        before = self.difference.decisions
        pairs = {path: record for path, record in before.pairs.items()
                 if path != answer.path and record != answer.record}
        new = before.new - {answer.path}
        if answer.record:
            pairs[answer.path] = answer.record
        else:
            new |= {answer.path}
        self._answered = answer.path
        # What is shown is not yet what was answered.
        self.apply.setEnabled(False)
        self.decided.emit(Decisions(pairs, new))
