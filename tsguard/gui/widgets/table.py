"""Tables: hairlines between rows only, head in caption, selected row soft with a bar, copied as TSV."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from tsguard.gui import icons
from tsguard.gui.text import put
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import TABLE_HEAD, TABLE_ROW, TABLE_ROW_TWO_LINES
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.cells import SIDE, CellDelegate, lead
from tsguard.gui.widgets.rows import VALUE_ROLE, Column, Index, RowsModel, RowsView
from tsguard.i18n import _
from tsguard.services.plain_copy import as_tsv

_MAIN_LEAST = 280
"""Width that a column without one keeps before others may grow."""


class _Head(QHeaderView):
    """Captions over a strong line, with an arrow on the column that sorts. Left, Right, Enter by key."""

    def __init__(self, theme: Theme, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._columns, self._at = theme, columns, 0
        self.setFixedHeight(TABLE_HEAD)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(28)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """32 high."""
        return QSize(super().sizeHint().width(), TABLE_HEAD)

    def paintSection(self, painter: QPainter, rect: QRect, section: int, /) -> None:
        """Paint caption, arrow and line."""
        paint.begin(painter)
        theme, column, area = self._theme, self._columns[section], QRectF(rect)
        paint.horizontal(painter, area.left(), area.bottom() - 1, area.width(), theme.color("line_strong"))
        here = self.hasFocus() and section == self._at
        if here:
            paint.rounded(painter, area.adjusted(2, 2, -2, -4), 4, theme.color("hover"), theme.color("focus"))
        sorts = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        tone = theme.color("ink" if sorts else "ink3")
        inner = area.adjusted(lead(self._columns, section), 0, -SIDE, 0)
        room = inner.adjusted(0, 0, -16 if sorts else 0, 0)
        took = put(painter, column.title, "caption", tone, room, column.align)
        if sorts:
            up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            x = inner.right() - 14 if column.align == "right" else inner.left() + took + 3
            icons.draw(painter, "chevron_up" if up else "chevron_down", tone, x, area.center().y() - 6, 12)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Left and Right walk along the columns, Enter or Space sorts."""
        key = event.key()
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            step = 1 if key == Qt.Key.Key_Right else -1
            self._at = (self._at + step) % max(1, self.count())
            self.viewport().update()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            rising = self.sortIndicatorSection() == self._at
            rising = rising and self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            order = Qt.SortOrder.DescendingOrder if rising else Qt.SortOrder.AscendingOrder
            self.setSortIndicator(self._at, order)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        """Show where it is."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        """Show it no more."""
        super().focusOutEvent(event)
        self.viewport().update()


class DataTable(QTableView):
    """A table of values.

    Up and Down choose a row, Space the first one, Enter opens it, Ctrl+C copies the chosen rows with
    their head as tab-separated text. A click on a head sorts; by key: Shift+Tab to the head, arrows, Enter.

    Attributes:
        rows: The model below the sorting; ``set_rows`` and ``replace`` are its own.

    Signals:
        row_chosen(object): The value of the row that is chosen now, or None; once for each other value.
        row_opened(object): The value of a row that was double-clicked or opened with Enter.
    """

    row_chosen = Signal(object)
    row_opened = Signal(object)

    def __init__(
        self,
        theme: Theme,
        columns: Sequence[Column],
        *,
        name: str,
        two_lines: bool = False,
        sortable: bool = True,
        several: bool = False,
        key: Callable[[Any], object] | None = None,
    ) -> None:
        """Make a table.

        Args:
            theme: Where colours come from.
            columns: Left to right; exactly one with width 0 takes the rest.
            name: What it lists, for screen readers.
            two_lines: Whether rows are 50 high instead of 38.
            sortable: Whether heads can be clicked.
            several: Whether more than one row can be selected.
            key: What a value is recognised by when it changes, such as its id; the value itself where None.
        """
        super().__init__()
        self._theme, self._columns = theme, tuple(columns)
        self._key = key or _itself
        self._told: Any = None
        self._quiet = False
        self.rows = RowsModel(columns, self)
        self._proxy = RowsView(self)
        self._proxy.setSourceModel(self.rows)
        self._head = _Head(theme, self._columns, self)
        self.setHorizontalHeader(self._head)
        self.setModel(self._proxy)
        self.setItemDelegate(CellDelegate(theme, self._columns, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if several else modes.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(TABLE_ROW)
        self.verticalHeader().setDefaultSectionSize(TABLE_ROW_TWO_LINES if two_lines else TABLE_ROW)
        self.viewport().setAutoFillBackground(False)
        for at, column in enumerate(self._columns):
            if column.width:
                self.setColumnWidth(at, column.width)
            else:
                self._head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self._head.setAccessibleName(_("{table}的列名，左右键选列，回车排序").format(table=name))
        self._head.setFocusPolicy(Qt.FocusPolicy.TabFocus if sortable else Qt.FocusPolicy.NoFocus)
        self._head.setSectionsClickable(sortable)
        if sortable:
            self._head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(True)
        self.doubleClicked.connect(self._open)
        theme.changed.connect(self._repaint)

    # --- what it shows ------------------------------------------------------------------------------

    def set_rows(self, values: Sequence[Any]) -> None:
        """Show other values; the chosen row stays so where a value of its key is still there."""
        before = self.value()
        kept = None if before is None else self._key(before)
        self._quiet = True
        self.rows.set_rows(values)
        if kept is not None:
            self.choose(lambda value: self._key(value) == kept)
        self._quiet = False
        self._tell()

    def set_filter(self, keeps: Callable[[Any], bool] | None) -> None:
        """Show only values for which this is true."""
        self._proxy.set_filter(keeps)

    def shown(self) -> list[Any]:
        """The values as they are shown, filtered and sorted."""
        return [self._value_at(row) for row in range(self._proxy.rowCount())]

    def value(self) -> Any:
        """The value of the chosen row, or None; of several the one that was chosen last."""
        chosen = [index.row() for index in self.selectionModel().selectedRows()]
        if not chosen:
            return None
        at = self.currentIndex().row()
        return self._value_at(at if at in chosen else chosen[0])

    def values(self) -> list[Any]:
        """The values of all chosen rows, as they are shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._value_at(row) for row in rows]

    def choose(self, wanted: Callable[[Any], bool]) -> bool:
        """Choose the first row for which this is true.

        Returns:
            Whether there is one.
        """
        for row in range(self._proxy.rowCount()):
            if wanted(self._value_at(row)):
                flags = QItemSelectionModel.SelectionFlag
                index = self._proxy.index(row, 0)
                self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
                self.scrollTo(index)
                return True
        return False

    def sort(self, column: int, *, falling: bool = False) -> None:
        """Sort as a click on that head would."""
        order = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
        self.sortByColumn(column, order)

    def content_height(self) -> int:
        """Height of head and all rows, for a page that lets the page scroll instead of the table."""
        return TABLE_HEAD + self._proxy.rowCount() * self.verticalHeader().defaultSectionSize() + 1

    def to_tsv(self, *, selected: bool = False) -> str:
        """Head and rows, tab-separated, as they are shown; no cell is a formula where it is pasted."""
        picked = {index.row() for index in self.selectionModel().selectedIndexes()}
        lines = [[column.title for column in self._columns]]
        for row in range(self._proxy.rowCount()):
            if selected and row not in picked:
                continue
            lines.append([str(self._proxy.index(row, at).data()) for at in range(len(self._columns))])
        return as_tsv(lines)

    def copy(self, *, selected: bool = False) -> None:
        """Put head and rows into the clipboard."""
        QApplication.clipboard().setText(self.to_tsv(selected=selected))

    # --- Qt -----------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Columns that may grow take what the one without a width can spare."""
        super().resizeEvent(event)
        shown = [at for at in range(len(self._columns)) if not self.isColumnHidden(at)]
        spare = self.viewport().width() - sum(self._columns[at].width for at in shown) - _MAIN_LEAST
        for at in shown:
            column = self._columns[at]
            if column.most:
                grown = min(column.most, column.width + max(0, spare))
                self.setColumnWidth(at, grown)
                spare -= grown - column.width

    def _value_at(self, row: int) -> Any:
        return self._proxy.index(row, 0).data(VALUE_ROLE)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_opened.emit(self._value_at(index.row()))

    def _repaint(self) -> None:
        self.viewport().update()
        self._head.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection, /) -> None:
        """Say which row is chosen."""
        super().selectionChanged(selected, deselected)
        self.viewport().update()
        self._tell()

    def currentChanged(self, current: Index, previous: Index, /) -> None:
        """Move the ring, and the chosen one of several."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self._tell()

    def _tell(self) -> None:
        value = self.value()
        if not self._quiet and value != self._told:
            self._told = value
            self.row_chosen.emit(value)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter opens, Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy(selected=bool(self.selectionModel().selectedIndexes()))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)


def _itself(value: Any) -> object:
    return value
