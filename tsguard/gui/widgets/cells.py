"""How a cell of a table is painted: words, figures, icons, ticks, lane bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from tsguard.gui import icons
from tsguard.gui.focus import moves_by_key
from tsguard.gui.text import put, tooltip, width_of
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import Token
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.rows import CELL_ROLE, Cell, Column, Index

SIDE = 10
"""Space at both sides of a cell."""

_AFTER_FIGURES = 28
_TICK, _TICK_GAP = 3.5, 6


def lead(columns: Sequence[Column], at: int) -> int:
    """Left padding; more where a column of figures stands before one of words."""
    after = at and columns[at - 1].align == "right" and columns[at].align == "left"
    return _AFTER_FIGURES if after else SIDE


class CellDelegate(QStyledItemDelegate):
    """Paints a ``Cell``; the model's CELL_ROLE gives it."""

    def __init__(self, theme: Theme, columns: Sequence[Column], view: QTableView) -> None:
        super().__init__(view)
        self._theme, self._columns, self._view = theme, columns, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Paint ground, hairline and content."""
        cell = index.data(CELL_ROLE)
        if not isinstance(cell, Cell):
            return
        theme, area = self._theme, QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        first, last = index.column() == 0, index.column() == len(self._columns) - 1
        painter.save()
        paint.begin(painter)
        if chosen or over:
            paint.fill(painter, area, theme.color("accent_soft" if chosen else "hover"))
        if chosen and first:
            paint.marker(painter, theme, area.left(), area.center().y())
        paint.horizontal(painter, area.left(), area.bottom() - 1, area.width(), theme.color("line"))
        if index.row() == self._view.currentIndex().row() and self._by_key():
            self._ring(painter, area, first=first, last=last)
        inner = area.adjusted(lead(self._columns, index.column()), 0, -SIDE, -1)
        column = self._columns[index.column()]
        if cell.bar is not None:
            self._bar(painter, inner, cell.bar)
        elif cell.signs:
            self._signs(painter, inner, cell)
        else:
            self._words(painter, inner, cell, column, strong=cell.strong or (chosen and column.main))
        painter.restore()

    def _by_key(self) -> bool:
        return self._view.hasFocus() and moves_by_key(self._view.window())

    def _ring(self, painter: QPainter, area: QRectF, *, first: bool, last: bool) -> None:
        """The piece of the focus ring that belongs to this cell."""
        tone = self._theme.color("focus")
        paint.fill(painter, QRectF(area.left(), area.top(), area.width(), 2), tone)
        paint.fill(painter, QRectF(area.left(), area.bottom() - 2, area.width(), 2), tone)
        if first:
            paint.fill(painter, QRectF(area.left(), area.top(), 2, area.height()), tone)
        if last:
            paint.fill(painter, QRectF(area.right() - 2, area.top(), 2, area.height()), tone)

    def _words(self, painter: QPainter, room: QRectF, cell: Cell, column: Column, *, strong: bool) -> None:
        theme, area = self._theme, QRectF(room)
        if cell.icon:
            tone = theme.color(cell.icon_tone or cell.tone)
            icons.draw(painter, cell.icon, tone, area.left(), area.center().y() - 7, 14)
            area.adjust(19, 0, 0, 0)
        if cell.ticks is not None:
            area.adjust(self._ticks(painter, area, cell.ticks, cell.tone), 0, 0, 0)
        ink = theme.color(cell.tone)
        if not cell.second:
            put(painter, cell.text, "small", ink, area, column.align, strong=strong)
            return
        top = area.center().y() - 19
        upper = QRectF(area.left(), top, area.width(), 20)
        put(painter, cell.text, "small", ink, upper, column.align, strong=strong)
        lower = QRectF(area.left(), top + 20, area.width(), 18)
        put(painter, cell.second, "caption", theme.color("ink3"), lower, column.align)

    def _ticks(self, painter: QPainter, area: QRectF, ticks: tuple[int, int], tone: Token) -> float:
        done, of = ticks
        filled: Token = tone if tone in {"warn", "bad"} else "accent"
        for number in range(of):
            place = QRectF(area.left() + number * _TICK_GAP, area.center().y() - 5, _TICK, 10)
            colour = self._theme.color(filled if number < done else "line_strong")
            paint.rounded(painter, place, 1.5, colour)
        return of * _TICK_GAP + 6

    def _signs(self, painter: QPainter, area: QRectF, cell: Cell) -> None:
        x = area.left()
        for sign in cell.signs:
            icons.draw(painter, sign.icon, self._theme.color(sign.tone), x, area.center().y() - 8, 16)
            x += 20
            if sign.text:
                room = QRectF(x, area.top(), area.right() - x, area.height())
                x += put(painter, sign.text, "small", self._theme.color("ink"), room) + 10

    def _bar(self, painter: QPainter, area: QRectF, shares: tuple[float, float]) -> None:
        claimed, evidenced = shares
        rest = max(0.0, claimed - evidenced)
        place = QRectF(area.left(), area.center().y() - 2.5, area.width(), 5)
        paint.bar(painter, self._theme, place, [(evidenced, "accent"), (rest, "accent_mid")])

    def displayText(self, value: Any, _locale: Any, /) -> str:
        """Text as it is; Qt would group digits after the system's locale."""
        return str(value)

    def helpEvent(
        self, event: Any, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index, /
    ) -> bool:
        """The cell's own tooltip, or the whole of an elided text."""
        cell = index.data(CELL_ROLE)
        if isinstance(cell, Cell):
            room = option.rect.width() - lead(self._columns, index.column()) - SIDE
            room -= 19 if cell.icon else 0
            cut = (
                not cell.signs
                and cell.bar is None
                and width_of(cell.text, "small", strong=cell.strong) > room
            )
            view.setToolTip(tooltip(cell.tip or (cell.text if cut else "")))
        return super().helpEvent(event, view, option, index)
