"""What a page shows while files are dragged over it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tsguard.gui.text import put
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import RADIUS_CARD
from tsguard.gui.widgets import paint


class DropVeil(QWidget):
    """A frame round the page and a word on what letting go will do."""

    def __init__(self, theme: Theme, text: str, page: QWidget) -> None:
        super().__init__(page)
        self._theme, self._text, self._page = theme, text, page
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Come over the whole page."""
        self.setGeometry(self._page.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint frame and word."""
        painter, theme = paint.begin(QPainter(self)), self._theme
        ground = theme.color("layer")
        ground.setAlpha(225)
        area = QRectF(self.rect()).adjusted(8, 8, -8, -8)
        paint.rounded(painter, area, RADIUS_CARD, ground, theme.color("accent"))
        put(painter, self._text, "subtitle", theme.color("accent"), area, "center")


def dropped_files(data: QMimeData) -> Sequence[Path]:
    """The local files that are dragged; nothing for text or pictures from elsewhere."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
