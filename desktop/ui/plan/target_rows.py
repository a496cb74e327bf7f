"""The list of a row's targets being edited: a line of fields for each, its settings folded below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop.models.errors import Mistake
from desktop.models.target_reading import read_decimal
from desktop.models.targets import Target
from desktop.services.plan.correcting import checked_target
from desktop.ui.plan import target_parts
from desktop.ui.plan.target_parts import BLANK, PARTS, VALUE, TargetPart, as_target
from desktop.ui.plan.words import NAMELESS, is_nameless
from desktop.ui.widgets.basics import Part, button, column, label, row
from desktop.ui.work.editors import LineEditor

_MORE, _LESS = "Thêm…", "Thu gọn"


class TargetRow(QWidget):
    """The fields of one target."""

    changed = Signal()

    def __init__(self, target: Target, removed: Callable[[], None]) -> None:
        super().__init__()
        self._target = target
        self._first = target_parts.shown(target)
        self.fields: dict[str, QComboBox | LineEditor] = {part.name: self._field(part) for part in PARTS}
        self.more = button(_MORE, self._unfold, "link", tip="Mức phấn đấu, ai nhập, lũy kế hay trong kỳ, cách tổng hợp")
        self.more.setAccessibleName(f"Thiết lập khác của chỉ tiêu {target.text}".strip())
        self.remove = button("Xóa", removed, "link", tip="Bỏ chỉ tiêu này")
        self.remove.setAccessibleName(f"Bỏ chỉ tiêu {target.text}".strip())
        self.problem = label("", "wrong", wrap=True)
        self.problem.hide()
        self.nameless = label(f"! {NAMELESS}", "muted", wrap=True)
        said: list[Part] = [label(f"“{target.text}”" if target.text else "Chỉ tiêu", "muted", wrap=True)]
        head = row(*said, None, self.more, self.remove, spacing=2)
        head.setStretch(0, 1)
        line = row(spacing=4)
        for part in PARTS:
            if not part.setting:
                line.addWidget(self.fields[part.name], part.stretch)
        self.settings = self._settings()
        self.setLayout(column(head, line, self.problem, self.settings, self.nameless, spacing=2, margins=(0, 2, 0, 8)))
        order = [*(self.fields[part.name] for part in PARTS if not part.setting), self.more,
                 *(self.fields[part.name] for part in PARTS if part.setting), self.remove]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self.settings.hide()
        self._arrange()

    def _field(self, part: TargetPart) -> QComboBox | LineEditor:
        first = self._first[part.name]
        if part.choices:
            chosen = QComboBox()
            for value, words in part.choices:
                chosen.addItem(words, value)
            chosen.setCurrentIndex(max(chosen.findData(first), 0))
            chosen.setMinimumContentsLength(6)
            chosen.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            chosen.currentIndexChanged.connect(self._edited)
            chosen.setAccessibleName(part.name)
            return chosen
        typed = LineEditor(self)
        # Of words too long for the line the beginning shows, and the tip has them whole.
        typed.textChanged.connect(typed.setToolTip)
        typed.setText(first)
        typed.setCursorPosition(0)
        typed.setMinimumWidth(typed.fontMetrics().averageCharWidth() * 6)
        typed.setPlaceholderText(part.hint or part.name)
        typed.setAccessibleName(part.name)
        typed.textChanged.connect(self._edited)
        return typed

    def _settings(self) -> QWidget:
        """The settings, each beside its name."""
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(8, 4, 0, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._names: dict[str, QLabel] = {}
        for line, part in enumerate(part for part in PARTS if part.setting):
            self._names[part.name] = label(part.name, "muted")
            grid.addWidget(self._names[part.name], line, 0)
            grid.addWidget(self.fields[part.name], line, 1)
        return made

    @property
    def dirty(self) -> bool:
        """Whether anything else is typed than stood there."""
        return self._typed() != self._first

    def target(self) -> Target:
        """The target as the fields say."""
        return as_target(self._target, self._typed())

    def tell(self, wanted: bool) -> bool:
        """Say where wanted what is wrong with this target and frame numbers that are none; whether anything is."""
        words = self._wrong() if wanted else ""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        for part in PARTS:
            field = self.fields[part.name]
            if part.number and isinstance(field, LineEditor):
                field.show_wrong(bool(words) and not field.isHidden() and read_decimal(field.text()) is None)
        return bool(words)

    def first_wrong(self) -> QWidget:
        """The first field framed, or the number."""
        return next((field for field in self.fields.values() if field.property("wrong")), self.fields[VALUE])

    def _wrong(self) -> str:
        try:
            checked_target(self.target())
        except Mistake as error:
            return error.sentence
        return ""

    def commit(self) -> None:
        """Take over what an input method still holds."""
        for field in self.fields.values():
            if isinstance(field, LineEditor):
                _commit(field)

    def _typed(self) -> dict[str, str]:
        return {
            name: str(field.currentData()) if isinstance(field, QComboBox) else field.text()
            for name, field in self.fields.items()
        }

    def _unfold(self) -> None:
        self.settings.setHidden(not self.settings.isHidden())
        self.more.setText(_MORE if self.settings.isHidden() else _LESS)

    def _edited(self) -> None:
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        typed = self._typed()
        for part in PARTS:
            wanted = part.wanted(typed)
            self.fields[part.name].setVisible(wanted)
            if part.setting:
                self._names[part.name].setVisible(wanted)
        self.nameless.setVisible(is_nameless(self.target()))


class TargetRows(QWidget):
    """Targets to change, remove and add: one that is typed as a phrase is read by the readers of the plan."""

    changed = Signal()
    read = Signal(str)
    """Read this phrase and ``add`` what is found."""

    def __init__(self, targets: Sequence[Target], keep: Callable[[QWidget], None]) -> None:
        super().__init__()
        self._keep = keep
        self._rows: list[TargetRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.phrase = LineEditor(self)
        self.phrase.setPlaceholderText("Thêm: gõ như “ít nhất 08 hội chợ”")
        self.phrase.setAccessibleName("Thêm chỉ tiêu")
        keep(self.phrase)
        self.more = button("Thêm", self.ask, tip="Đọc cụm từ và thêm vào danh sách; để trống: thêm một dòng trống")
        self.setLayout(column(self._list, row(self.phrase, self.more), spacing=4))
        self.add(targets)
        self._given = tuple(self._rows)

    @property
    def rows(self) -> tuple[TargetRow, ...]:
        """The rows shown, in order."""
        return tuple(self._rows)

    def targets(self) -> tuple[Target, ...]:
        """The targets as the fields say, numbers as typed."""
        return tuple(one.target() for one in self._rows)

    @property
    def dirty(self) -> bool:
        """Whether a target was changed, removed or added, or is being typed."""
        other = tuple(self._rows) != self._given or any(one.dirty for one in self._rows)
        return other or bool(self.phrase.text().strip())

    def tell(self, wanted: bool) -> TargetRow | None:
        """Say beside each target, where wanted, what is wrong with it; the first with which something is."""
        wrong = [one for one in self._rows if one.tell(wanted)]
        return wrong[0] if wrong else None

    def commit(self) -> None:
        """Take over what an input method still holds."""
        for one in self._rows:
            one.commit()
        _commit(self.phrase)

    def ask(self) -> None:
        """Read the phrase, or add an empty row where none is typed."""
        if phrase := self.phrase.text().strip():
            self.read.emit(phrase)
        else:
            self.add((BLANK,))
            self._rows[-1].fields[VALUE].setFocus()

    def add(self, targets: Sequence[Target]) -> None:
        """More rows."""
        for target in targets:
            made = TargetRow(target, lambda: None)
            made.remove.clicked.connect(lambda _checked=False, which=made: self._remove(which))
            made.changed.connect(self.changed)
            for field in made.fields.values():
                self._keep(field)
            self._rows.append(made)
            self._list.addWidget(made)
        self.phrase.clear()
        if targets:
            self.changed.emit()

    def _remove(self, which: TargetRow) -> None:
        self._rows.remove(which)
        self._list.removeWidget(which)
        which.hide()
        which.deleteLater()
        self.phrase.setFocus()
        self.changed.emit()


def _commit(field: LineEditor) -> None:
    if (words := field.typed()) != field.text():
        field.setText(words)
