"""Lists of numbered things, one on a line: the number as a caption, then the text."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from tsguard.gui.text import put, tooltip
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import RADIUS_CONTROL
from tsguard.gui.widgets import paint

LINE = 30
"""Height of a line in logical pixels."""
_NUMBER = int(Qt.ItemDataRole.UserRole)
_TEXT = _NUMBER + 1

Index = QModelIndex | QPersistentModelIndex


def numbered(number: str, text: str) -> QListWidgetItem:
    """An entry; the whole of its text stands in the tooltip."""
    entry = QListWidgetItem(f"{number} {text}")
    entry.setData(_NUMBER, number)
    entry.setData(_TEXT, text)
    entry.setToolTip(tooltip(text))
    return entry


def number_of(entry: QListWidgetItem | None) -> str:
    """The number of an entry; "" for none."""
    return "" if entry is None else str(entry.data(_NUMBER))


class NumberedDelegate(QStyledItemDelegate):
    """Paints such entries.

    Attributes:
        text_at: Where the text begins, from the number's left edge.
    """

    def __init__(self, theme: Theme, view: QListWidget, text_at: int = 52) -> None:
        super().__init__(view)
        self._theme, self.text_at = theme, text_at

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index, /) -> QSize:
        """One line."""
        return QSize(120, LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Paint ground, bar, number and text."""
        theme, area = self._theme, QRectF(option.rect)
        painter.save()
        paint.begin(painter)
        if option.state & QStyle.StateFlag.State_Selected:
            paint.soft(painter, theme, area, "accent_soft", RADIUS_CONTROL)
            paint.marker(painter, theme, area.left(), area.center().y())
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint.rounded(painter, area, RADIUS_CONTROL, theme.color("hover"))
        room = area.adjusted(12, 0, -8, 0)
        put(painter, str(index.data(_NUMBER)), "caption", theme.color("ink3"), room)
        words = room.adjusted(self.text_at, 0, 0, 0)
        put(painter, str(index.data(_TEXT)), "small", theme.color("ink"), words)
        painter.restore()
