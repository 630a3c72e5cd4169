"""The row of sums under a table, in the table's own columns."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.gui.text import put
from tsguard.gui.theme import Theme
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.table import DataTable

_HEIGHT = 38
_SIDE = 10


class TotalRow(QWidget):
    """Sums at 600 under the columns they add up.

    Attributes:
        texts: One for each column.
    """

    def __init__(self, theme: Theme, table: DataTable) -> None:
        """Make the row.

        Args:
            theme: Where colours come from.
            table: Whose columns it follows; it stands directly above.
        """
        super().__init__()
        self._theme, self._table = theme, table
        self.texts: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        table.horizontalHeader().sectionResized.connect(self._moved)
        theme.changed.connect(self.update)

    def set_texts(self, *texts: str) -> None:
        """One text for each column, "" where there is none."""
        self.texts = texts
        self.setAccessibleName("，".join(text for text in texts if text))
        self.update()

    def sizeHint(self) -> QSize:
        """A table row."""
        return QSize(200, _HEIGHT)

    def _moved(self, *_section: int) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the strong line and the sums."""
        painter, theme, head = QPainter(self), self._theme, self._table.horizontalHeader()
        paint.horizontal(painter, 0, 0, self.width(), theme.color("line_strong"))
        for at, text in enumerate(self.texts):
            left, width = head.sectionViewportPosition(at), head.sectionSize(at)
            room = QRectF(left + _SIDE, 1, width - 2 * _SIDE, self.height() - 1)
            align = self._table.rows.columns[at].align
            put(painter, text, "small", theme.color("ink"), room, align, strong=True)
