"""The grid of *Việc kỳ này*: keys, column widths, the note below a wrong cell."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from desktop.ui.parts.columns import Wish, share
from desktop.ui.parts.rowtable import Index, RowTable
from desktop.ui.widgets.basics import label
from desktop.ui.work.delegate import CellEditor, WorkDelegate
from desktop.ui.work.model import COLUMNS, FIELDS, Column, WorkModel
from desktop.ui.work.rows import Key, key_of

Trigger = QAbstractItemView.EditTrigger
_WISHES = {
    Column.CODE: Wish(7.0, 7.6, 8.5),
    Column.TITLE: Wish(20.0, 26.0, 44.0),
    Column.UNIT: Wish(13.4, 13.6, 18.0),
    Column.DEADLINE: Wish(9.5, 11.5, 15.0),
    Column.STATE: Wish(14.5, 15.0, 18.0),
    Column.PERCENT: Wish(5.0, 5.3, 6.0),
    Column.DONE_ON: Wish(11.5, 11.5, 12.0),
    Column.RESULT: Wish(18.0, 22.0, 22.0),
    Column.EVIDENCE: Wish(12.6, 14.0, 20.0),
    Column.DIFFICULTIES: Wish(10.8, 13.0, 20.0),
    Column.PROPOSALS: Wish(10.8, 12.5, 20.0),
    Column.STATUS: Wish(13.7, 15.5, 22.0),
}
_FROZEN = 2
_NOTE = 280
_TYPED = tuple(at for at, column in enumerate(COLUMNS) if column in FIELDS)


class WorkGrid(RowTable):
    """Cells typed like a spreadsheet's."""

    current_changed = Signal()
    """Another row is the current one."""

    def __init__(self, model: WorkModel, parent: QWidget | None = None) -> None:
        super().__init__(self._measure, frozen=_FROZEN, parent=parent)
        self._work = model
        self._cells: WorkDelegate | None = None
        self.note = self._make_note()
        self.setModel(model)
        self.cells.stepped.connect(self._step)
        self.cells.wrong.connect(self._show_note)
        self.setItemDelegate(self.cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(Trigger.DoubleClicked | Trigger.EditKeyPressed | Trigger.AnyKeyPressed)
        model.modelReset.connect(self._was_reset)
        model.dataChanged.connect(self._values_changed)
        model.drafts_changed.connect(self._note_of_draft)
        self.moved.connect(self._note_of_draft)
        self.show_units(False)

    @property
    def cells(self) -> WorkDelegate:
        """What paints and edits the cells."""
        if self._cells is None:
            self._cells = WorkDelegate(self, self._work)
        return self._cells

    def _make_note(self) -> QFrame:
        note = QFrame(self.viewport())
        note.setObjectName("note")
        self.note_words = label("", "wrong", wrap=True)
        self.note_words.setParent(note)
        note.setStyleSheet("#note { background: palette(window); border: 1px solid palette(dark); }")
        note.hide()
        return note

    def show_units(self, shown: bool) -> None:
        """Show the column of units, where rows of several are entered."""
        with self.changing_columns():
            self.setColumnHidden(COLUMNS.index(Column.UNIT), not shown)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Give every column its width."""
        shown = {column: wish for column, wish in _WISHES.items() if not self.isColumnHidden(COLUMNS.index(column))}
        digit = self.fontMetrics().horizontalAdvance("0")
        with self.changing_columns():
            for column, width in share(self.viewport().width(), shown, Column.RESULT, digit).items():
                self.setColumnWidth(COLUMNS.index(column), width)

    def current_key(self) -> Key | None:
        """The row one is on."""
        at = self.currentIndex().row()
        return key_of(self._work.flat.row(at)) if 0 <= at < len(self._work.flat) else None

    def go_to(self, key: Key, column: int) -> None:
        """Make a cell the current one, where its row shows."""
        at = self._work.flat.position(key)
        if at >= 0:
            self.setCurrentIndex(self._work.index(at, column))

    def editor(self) -> CellEditor | None:
        """The open editor."""
        found = self.indexWidget(self.currentIndex())
        if isinstance(found, CellEditor):
            return found
        opened = [one for one in self.viewport().findChildren(QWidget) if isinstance(one, CellEditor)]
        return next((one for one in opened if one.isVisible()), None)

    def finish_editing(self) -> bool:
        """Save what is being typed. False where it cannot be: its editor stays open and says why."""
        editor = self.editor()
        return editor is None or self.cells.finish(editor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the list of states at once."""
        self.cells.opens_list = True
        super().mouseDoubleClickEvent(event)
        self.cells.opens_list = False

    def _measure(self, position: int) -> int:
        return self.cells.measure(position)

    def _was_reset(self) -> None:
        self.note.hide()
        self.remeasure()

    def _values_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        for row in range(first.row(), last.row() + 1):
            self.heights.forget(row)
        self.updateGeometries()
        self.viewport().update()
        self.moved.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The whole row shows where one is."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self._note_of_draft()
        if current.row() != previous.row():
            self.current_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size: other widths and heights."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._cells is not None:
            self._cells.take_font(self.font())
            self.fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter down, Tab right, Delete empties, Esc gives up what could not be saved."""
        if event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
            return
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1, 0)
            case Qt.Key.Key_Delete:
                for index in self.selectedIndexes():
                    if COLUMNS[index.column()] in FIELDS:
                        self._work.setData(index, "")
            case Qt.Key.Key_Escape if self._work.discard(self.currentIndex()):
                pass
            case _:
                # F2 opens the list of states, a letter chooses in it.
                self.cells.opens_list = event.key() == Qt.Key.Key_F2
                super().keyPressEvent(event)
                self.cells.opens_list = False
                return
        event.accept()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A letter that an input method hands over at once opens the editor too, and must reach it: Qt loses it."""
        before = self.editor()
        super().inputMethodEvent(event)
        opened = self.editor()
        if before is None and opened is not None and event.commitString():
            opened.inputMethodEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab moves among the cells one types in, and out of the grid behind the last and before the first."""
        if self.currentIndex().isValid() and self._step(0, 1 if forward else -1):
            return True
        return super().focusNextPrevChild(forward)

    def _step(self, rows: int, columns: int) -> bool:
        """Move the current cell; sideways among typed cells, on to the next row at the end. Whether it moved."""
        at = self.currentIndex()
        row, column = at.row() + rows, at.column()
        if columns:
            row, column = _sideways(row, column, columns)
        if not 0 <= row < len(self._work.flat) or (not rows and not columns):
            return False
        self.setCurrentIndex(self._work.index(row, column))
        self.setFocus()
        return True

    def _show_note(self, editor: QWidget, words: str) -> None:
        """The reason stands right below the editor."""
        self._place_note(editor.geometry(), words)

    def _note_of_draft(self) -> None:
        """The reason stands below the current cell where its text could not be saved."""
        index = self.currentIndex()
        draft = self._work.draft(index) if index.isValid() else None
        if self.editor() is None:
            self._place_note(self.visualRect(index), draft.note if draft else "")

    def _place_note(self, cell: QRect, words: str) -> None:
        self.note.setVisible(bool(words))
        if not words:
            return
        self.note_words.setText(words)
        width = min(max(cell.width(), _NOTE), self.viewport().width() - 8)
        height = self.note_words.heightForWidth(width - 16) + 10
        self.note_words.setGeometry(8, 5, width - 16, height - 10)
        left = min(cell.x(), self.viewport().width() - width - 2)
        below = cell.bottom() + 1
        top = below if below + height <= self.viewport().height() else cell.y() - height - 1
        self.note.setGeometry(left, top, width, height)
        self.note.raise_()


def _sideways(row: int, column: int, step: int) -> tuple[int, int]:
    """The next typed cell to the right or to the left."""
    if step > 0:
        onward = [at for at in _TYPED if at > column]
        return (row, onward[0]) if onward else (row + 1, _TYPED[0])
    back = [at for at in _TYPED if at < column]
    return (row, back[-1]) if back else (row - 1, _TYPED[-1])
