"""Paints the rows of the plan's table and measures them; the same lines both times."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop.models.plan import NodeKind
from desktop.services.views import PlanRow
from desktop.ui import theme
from desktop.ui.parts.face import CHIP_RISE, Face
from desktop.ui.parts.rowtable import CellDelegate, Index, RowTable
from desktop.ui.plan import columns
from desktop.ui.plan.columns import Column
from desktop.ui.plan.marks import row_style
from desktop.ui.plan.model import COLUMNS, PlanModel

PAD_X = 8
PAD_Y = 8
INDENT = 9
TRIANGLE_ROOM = 18
"""The triangle stands at the right edge of the number column, next to the words."""
MOST_LINES = 14

_TITLE = COLUMNS.index(Column.TITLE)
_STATUS = COLUMNS.index(Column.STATUS)


class TitledView(RowTable):
    """A table that knows where its titles stand, whether frozen or not."""

    def title_x(self) -> int:
        """The x of the title column in the view."""
        return self.columnWidth(0) if self.frozen_width() else self.columnViewportPosition(_TITLE)


class PlanDelegate(CellDelegate):
    """Cells of the plan: wrapped text, triangles, chips, shaded headings whose words run over several columns."""

    def __init__(self, view: TitledView, model: PlanModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self.most_lines = MOST_LINES

    def measure(self, position: int) -> int:
        """The height of a visible row at the present column widths."""
        row = self._model.flat.row(position)
        if row.kind is not NodeKind.ITEM:
            lines = self._heading_lines(row)
            return len(lines) * self.bold.line + 2 * PAD_Y
        most = 1
        for at, column in enumerate(COLUMNS):
            if at != _STATUS and not self._view.isColumnHidden(at):
                most = max(most, len(self._lines(column, row, self._view.columnWidth(at))))
        chip = 0
        if not self._view.isColumnHidden(_STATUS):
            width = self._view.columnWidth(_STATUS) - 2 * PAD_X
            chip = self.chip.chip_height(row_style(row).text, width) - CHIP_RISE
        return max(most * self.plain.line, chip) + 2 * PAD_Y

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt asks when an edge is double-clicked; rows are as high as measured."""
        return QSize(self._view.columnWidth(index.column()), self.measure(index.row()))

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, selected: bool) -> None:
        """One cell: ground, words, line below."""
        row = self._model.flat.row(index.row())
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        painter.fillRect(rect, ground(row, selected))
        if row.kind is NodeKind.ITEM:
            self._paint_item(painter, rect, index, row)
        else:
            self._paint_heading(painter, rect, index, row)
        if index.column() == 0 and self._model.flat.has_children(index.row()):
            self._paint_triangle(painter, rect, index.row())
        painter.setPen(QPen(theme.colours().row_line, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index.column() == 0 and index.row() == self._view.currentIndex().row() and self._view.hasFocus():
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), theme.colours().blue_fill)
        painter.restore()

    def _paint_item(self, painter: QPainter, rect: QRect, index: Index, row: PlanRow) -> None:
        column = COLUMNS[index.column()]
        top = rect.y() + PAD_Y
        if column is Column.STATUS:
            self.chip.draw_chip(painter, rect.x() + PAD_X, top, rect.width() - 2 * PAD_X, row_style(row))
            return
        c = theme.colours()
        left = self._title_left(row) if column is Column.TITLE else PAD_X
        lines = self._lines(column, row, rect.width())
        self.plain.draw(painter, rect.x() + left, top, lines, c.text if column is Column.TITLE else c.muted)

    def _paint_heading(self, painter: QPainter, rect: QRect, index: Index, row: PlanRow) -> None:
        """Each cell paints its part of words that run up to the state column."""
        c = theme.colours()
        column = COLUMNS[index.column()]
        top = rect.y() + PAD_Y
        if column is Column.CODE:
            self.bold.draw(painter, rect.x() + PAD_X, top, self._code(row.code, rect.width(), self.bold), c.muted)
        elif column is Column.STATUS:
            if row.status.total:
                words = f"{row.status.done}/{row.status.total}"
                self.bold.draw(painter, rect.x() + PAD_X, top, (words,), c.text)
        else:
            left = self._view.title_x() + self._title_left(row)
            self.bold.draw(painter, left, top, self._heading_lines(row), c.text)

    def _paint_triangle(self, painter: QPainter, rect: QRect, position: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colours().muted)
        x = rect.right() - TRIANGLE_ROOM // 2 + 2
        y = rect.y() + PAD_Y + self.plain.line // 2
        if self._model.flat.is_collapsed(position):
            points = [QPoint(x - 2, y - 5), QPoint(x + 3, y), QPoint(x - 2, y + 5)]
        else:
            points = [QPoint(x - 5, y - 2), QPoint(x + 5, y - 2), QPoint(x, y + 3)]
        painter.drawPolygon(QPolygon(points))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _lines(self, column: Column, row: PlanRow, width: int) -> tuple[str, ...]:
        if column is Column.CODE:
            return self._code(row.code, width, self.plain)
        left = self._title_left(row) if column is Column.TITLE else PAD_X
        return self.plain.lines(columns.marked(column, row), width - left - PAD_X, self.most_lines)

    def _heading_lines(self, row: PlanRow) -> tuple[str, ...]:
        """All of them: a heading is never cut."""
        return self.bold.lines(columns.marked(Column.TITLE, row), self._heading_width() - self._title_left(row) - PAD_X)

    @staticmethod
    def _code(code: str, width: int, face: Face) -> tuple[str, ...]:
        return face.lines(code, width - PAD_X - 2, 2)

    @staticmethod
    def _title_left(row: PlanRow) -> int:
        return PAD_X + INDENT * max(row.depth - 2, 0)

    def _heading_width(self) -> int:
        """From the title column up to the state column, or to the end where that is hidden."""
        shown = [at for at in range(_TITLE, _STATUS) if not self._view.isColumnHidden(at)]
        return sum(self._view.columnWidth(at) for at in shown)


def ground(row: PlanRow, selected: bool) -> QColor:
    """The ground of a row, in table and Gantt alike."""
    c = theme.colours()
    if selected:
        return c.selected
    if row.kind is NodeKind.ITEM:
        return c.panel
    return c.section if row.kind is NodeKind.SECTION else c.group
