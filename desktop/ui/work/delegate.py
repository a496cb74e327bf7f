"""Paints, measures and edits the cells of *Việc kỳ này*."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from desktop.ui import theme
from desktop.ui.parts.face import CHIP_RISE
from desktop.ui.parts.rowtable import CellDelegate, Index
from desktop.ui.theme import StatusStyle, Tone
from desktop.ui.work.editors import NEW_LINE, LineEditor, StateEditor, TextEditor
from desktop.ui.work.model import COLUMNS, FIELDS, Column, WorkModel
from desktop.ui.work.rows import RowState, key_of, state_of
from desktop.ui.work.values import TEXTS, Field

PAD_X = 7
PAD_Y = 7
_MOST = {Column.TITLE: 8, Column.CODE: 2}
_MOST_LINES = 14
_LEAST_TEXT_EDITOR = 240
_STATUS = COLUMNS.index(Column.STATUS)
_STYLES = {
    RowState.NOT_ENTERED: (Tone.GREY, "○"),
    RowState.ENTERED: (Tone.GREEN, "●"),
    RowState.MISSING: (Tone.AMBER, "!"),
    RowState.CONFLICT: (Tone.AMBER, "↔"),
}
EndEdit = QAbstractItemDelegate.EndEditHint
CellEditor = LineEditor | TextEditor | StateEditor


class WorkDelegate(CellDelegate):
    """Cells like a spreadsheet's. ``stepped`` asks to move on after an editor has closed: rows, columns."""

    stepped = Signal(int, int)
    wrong = Signal(object, str)
    """An editor and why its text cannot be saved; the empty reason takes that back."""

    def __init__(self, view: QTableView, model: WorkModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self.opens_list = False

    # Painting

    def style(self, position: int) -> StatusStyle:
        """How the state of a row is shown."""
        words = self._model.status_words(position)
        key = key_of(self._model.flat.row(position))
        if any(place == key for place, _ in self._model.drafts):
            return theme.style(Tone.RED, "▲", words)
        if any(place == key for place, _ in self._model.waiting):
            return theme.style(Tone.BLUE, "…", words)
        tone, mark = _STYLES[state_of(self._model.flat.row(position))]
        return theme.style(tone, mark, words)

    def measure(self, position: int) -> int:
        """The height of a row at the present column widths."""
        most = self.plain.line
        for at, column in enumerate(COLUMNS):
            if self._view.isColumnHidden(at):
                continue
            width = self._view.columnWidth(at) - 2 * PAD_X
            if at == _STATUS:
                most = max(most, self.chip.chip_height(self.style(position).text, width) - CHIP_RISE)
            else:
                most = max(most, len(self._lines(position, column, width)) * self.plain.line)
        return most + 2 * PAD_Y

    def _lines(self, position: int, column: Column, width: int) -> tuple[str, ...]:
        text = self._model.text(position, column)
        return self.plain.lines(text, width, _MOST.get(column, _MOST_LINES))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows are as high as measured."""
        return QSize(self._view.columnWidth(index.column()), self.measure(index.row()))

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, selected: bool) -> None:
        """One cell: ground, words, lines, the frame of the current one."""
        c = theme.colours()
        column = COLUMNS[index.column()]
        current = self._view.currentIndex()
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        painter.fillRect(rect, self._ground(index, selected))
        if column is Column.STATUS:
            width = rect.width() - 2 * PAD_X
            self.chip.draw_chip(painter, rect.x() + PAD_X, rect.y() + PAD_Y, width, self.style(index.row()))
        else:
            self._paint_words(painter, rect, index, column)
        painter.setPen(QPen(c.row_line, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if column in FIELDS:
            painter.drawLine(rect.topLeft(), rect.bottomLeft())
        if index.row() == current.row() and index.column() == current.column():
            strong = self._view.hasFocus() or self._view.isAncestorOf(self._view.window().focusWidget() or self._view)
            painter.setPen(QPen(c.blue if strong else c.field_line, 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def _ground(self, index: Index, selected: bool) -> QColor:
        c = theme.colours()
        if self._model.draft(index):
            return c.tones[Tone.RED].bg
        current = self._view.currentIndex()
        if selected and index.row() == current.row() and index.column() == current.column():
            return c.field
        return c.selected if selected or index.row() == current.row() else c.panel

    def _paint_words(self, painter: QPainter, rect: QRect, index: Index, column: Column) -> None:
        c = theme.colours()
        width = rect.width() - 2 * PAD_X
        lines = self._lines(index.row(), column, width)
        colour = c.muted if column in (Column.CODE, Column.DEADLINE, Column.UNIT) else c.text
        if self._model.draft(index):
            colour = c.tones[Tone.RED].fg
        self.plain.draw(painter, rect.x() + PAD_X, rect.y() + PAD_Y, lines, colour)
        if column is Column.CODE and self._status_is_out_of_sight():
            style = self.style(index.row())
            below = rect.y() + PAD_Y + len(lines) * self.plain.line
            self.bold.draw(painter, rect.x() + PAD_X, below, (style.mark,), style.fg)

    def _status_is_out_of_sight(self) -> bool:
        """Whether one has to scroll to see the states: their marks then stand below the numbers."""
        end = self._view.columnViewportPosition(_STATUS) + self._view.columnWidth(_STATUS)
        return end > self._view.viewport().width() + PAD_X

    # Editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor of a field."""
        field = FIELDS[COLUMNS[index.column()]]
        editor: CellEditor
        if field is Field.STATE:
            editor = StateEditor(parent)
            editor.opens_list = self.opens_list
            editor.picked.connect(lambda: self._finish(editor, 0, 0))
        elif field in TEXTS:
            editor = TextEditor(parent)
            editor.grown.connect(lambda: self._grow(editor))
        else:
            editor = LineEditor(parent)
            editor.textEdited.connect(lambda: self._take_back(editor))
        editor.setAccessibleName(str(self._model.headerData(index.column(), Qt.Orientation.Horizontal)))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start from the text of the cell; one that is being typed stays as it is when values change."""
        if isinstance(editor, CellEditor) and not editor.property("begun"):
            editor.setProperty("begun", True)
            editor.set_typed(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed, the word still in the input method too."""
        if isinstance(editor, CellEditor):
            model.setData(index, editor.typed(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the cell; a text gets room to be written in."""
        rect = self._view.visualRect(index)
        if isinstance(editor, TextEditor):
            view = self._view.viewport().rect()
            width = max(rect.width(), min(_LEAST_TEXT_EDITOR, view.width() - 20))
            left = min(rect.x(), view.right() - width)
            editor.resize(width, rect.height())
            height = min(max(rect.height(), editor.wanted_height()), view.height() - 8)
            top = max(min(rect.y(), view.bottom() - height), 0)
            editor.setGeometry(left, top, width, height)
        else:
            height = min(rect.height(), self.plain.line + 2 * PAD_Y)
            editor.setGeometry(rect.x(), rect.y(), rect.width(), height)

    def _grow(self, editor: TextEditor) -> None:
        room = self._view.viewport().height() - editor.y() - 2
        height = min(max(editor.height(), editor.wanted_height()), max(room, editor.height()))
        editor.resize(editor.width(), height)

    def _take_back(self, editor: LineEditor) -> None:
        editor.show_wrong(False)
        self.wrong.emit(editor, "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes down, Tab right, Esc leaves the cell as it was."""
        if isinstance(watched, CellEditor) and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(watched, event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, editor: CellEditor, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & NEW_LINE:
                return self._new_line(editor)
            return self._finish(editor, 1, 0)
        if key == Qt.Key.Key_Tab:
            return self._finish(editor, 0, 1)
        if key == Qt.Key.Key_Backtab:
            return self._finish(editor, 0, -1)
        if key == Qt.Key.Key_Escape:
            self.wrong.emit(editor, "")
            self.closeEditor.emit(editor, EndEdit.RevertModelCache)
            return True
        return False

    @staticmethod
    def _new_line(editor: CellEditor) -> bool:
        if isinstance(editor, TextEditor):
            editor.insertPlainText("\n")
        return True

    def _finish(self, editor: CellEditor, rows: int, columns: int) -> bool:
        """Save and move on; a text that cannot be saved keeps its editor open and says why."""
        if not self.finish(editor):
            return True
        self.stepped.emit(rows, columns)
        return True

    def finish(self, editor: CellEditor) -> bool:
        """Save and close an editor. False where its text cannot be saved: it then stays open and says why."""
        note = self._model.problem(self._view.currentIndex(), editor.typed())
        if note:
            editor.show_wrong(True)
            self.wrong.emit(editor, note)
            return False
        self.wrong.emit(editor, "")
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, EndEdit.NoHint)
        return True
