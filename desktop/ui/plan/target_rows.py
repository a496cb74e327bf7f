"""The list of a row's targets being edited: what a target is made of is a table here, a row of fields for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop.models.targets import Comparator, Target
from desktop.ui.plan.words import COMPARATOR_WORDS
from desktop.ui.widgets.basics import Part, button, column, label, row


@dataclass(frozen=True, slots=True)
class TargetPart:
    """One thing to enter of a target: how it is shown and how it is put back.

    ``choices`` are (value, words) of a list to choose from, none for a line to type; ``wanted`` tells whether the
    target has this part at all.
    """

    name: str
    shown: Callable[[Target], str]
    put: Callable[[Target, str], Target]
    choices: tuple[tuple[str, str], ...] = ()
    wanted: Callable[[Target], bool] = lambda _target: True
    stretch: int = 1


def _put_comparator(target: Target, typed: str) -> Target:
    comparator = Comparator(typed)
    highest = (target.value_max or "") if comparator is Comparator.RANGE else None
    return replace(target, comparator=comparator, value_max=highest)


def _has_end(target: Target) -> bool:
    return target.comparator is Comparator.RANGE


PARTS = (
    TargetPart(
        "So sánh", lambda target: target.comparator.value, _put_comparator,
        tuple((one.value, words) for one, words in COMPARATOR_WORDS.items()), stretch=2,
    ),
    TargetPart("Số", lambda target: target.value.replace(".", ","), lambda target, typed: replace(target, value=typed)),
    TargetPart(
        "Đến", lambda target: (target.value_max or "").replace(".", ","),
        lambda target, typed: replace(target, value_max=typed) if _has_end(target) else target, wanted=_has_end,
    ),
    TargetPart("Đơn vị tính", lambda target: target.unit, lambda target, typed: replace(target, unit=typed), stretch=2),
)
"""What an officer enters of a target, in this order; a later part sees what an earlier one put."""


class _TargetRow(QWidget):
    """The fields of one target."""

    changed = Signal()

    def __init__(self, target: Target, removed: Callable[[], None]) -> None:
        super().__init__()
        self._target = target
        self.fields: dict[str, QComboBox | QLineEdit] = {}
        self.remove = button("Xóa", removed, "link", tip="Bỏ chỉ tiêu này")
        self.remove.setAccessibleName(f"Bỏ chỉ tiêu {target.text}")
        said: list[Part] = [label(f"“{target.text}”" if target.text else "Chỉ tiêu", "muted", wrap=True)]
        line = row(spacing=4)
        for part in PARTS:
            made = self._field(part)
            self.fields[part.name] = made
            line.addWidget(made, part.stretch)
        head = row(*said, None, self.remove)
        head.setStretch(0, 1)
        self.setLayout(column(head, line, spacing=2, margins=(0, 2, 0, 6)))
        self._arrange()

    def _field(self, part: TargetPart) -> QComboBox | QLineEdit:
        if part.choices:
            chosen = QComboBox()
            for value, words in part.choices:
                chosen.addItem(words, value)
            chosen.setCurrentIndex(max(chosen.findData(part.shown(self._target)), 0))
            chosen.setMinimumContentsLength(6)
            chosen.currentIndexChanged.connect(self._arrange)
            chosen.currentIndexChanged.connect(self.changed)
            chosen.setAccessibleName(part.name)
            return chosen
        typed = QLineEdit(part.shown(self._target))
        typed.setMinimumWidth(typed.fontMetrics().averageCharWidth() * 6)
        typed.setPlaceholderText(part.name)
        typed.setAccessibleName(part.name)
        typed.textChanged.connect(self.changed)
        return typed

    def target(self) -> Target:
        """The target as the fields say."""
        made = self._target
        for part in PARTS:
            field = self.fields[part.name]
            made = part.put(made, str(field.currentData()) if isinstance(field, QComboBox) else field.text())
        return made

    def _arrange(self) -> None:
        made = self.target()
        for part in PARTS:
            self.fields[part.name].setVisible(part.wanted(made))


class TargetRows(QWidget):
    """Targets to change, remove and add: one that is typed as a phrase is read by the readers of the plan."""

    changed = Signal()
    read = Signal(str)
    """Read this phrase and ``add`` what is found."""

    def __init__(self, targets: Sequence[Target], keep: Callable[[QWidget], None]) -> None:
        super().__init__()
        self._keep = keep
        self._rows: list[_TargetRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.phrase = QLineEdit()
        self.phrase.setPlaceholderText("Thêm: gõ như “ít nhất 08 hội chợ”")
        self.phrase.setAccessibleName("Thêm chỉ tiêu")
        keep(self.phrase)
        self.more = button("Thêm", self.ask, tip="Đọc cụm từ và thêm vào danh sách; để trống: thêm một dòng trống")
        self.setLayout(column(self._list, row(self.phrase, self.more), spacing=4))
        self.add(targets)

    @property
    def rows(self) -> tuple[_TargetRow, ...]:
        """The rows shown, in order."""
        return tuple(self._rows)

    def targets(self) -> tuple[Target, ...]:
        """The targets as the fields say."""
        return tuple(one.target() for one in self._rows)

    def ask(self) -> None:
        """Read the phrase, or add an empty row where none is typed."""
        if phrase := self.phrase.text().strip():
            self.read.emit(phrase)
        else:
            self.add((Target(Comparator.COUNT, "", None, "", ""),))
            self._rows[-1].fields["Số"].setFocus()

    def add(self, targets: Sequence[Target]) -> None:
        """More rows."""
        for target in targets:
            made = _TargetRow(target, lambda: None)
            made.remove.clicked.connect(lambda _checked=False, which=made: self._remove(which))
            made.changed.connect(self.changed)
            for field in made.fields.values():
                self._keep(field)
            self._rows.append(made)
            self._list.addWidget(made)
        self.phrase.clear()
        if targets:
            self.changed.emit()

    def _remove(self, which: _TargetRow) -> None:
        self._rows.remove(which)
        self._list.removeWidget(which)
        which.hide()
        which.deleteLater()
        self.phrase.setFocus()
        self.changed.emit()
