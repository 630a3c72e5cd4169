"""A page with nothing on it yet: what is missing, why that matters now, one way on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.gui import icons
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.layout import column, row

_DISC = 72
_WIDTH = 420


class _Disc(QWidget):
    """An icon on a soft disc."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self.setFixedSize(QSize(_DISC, _DISC))
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint disc and icon."""
        painter = paint.begin(QPainter(self))
        paint.soft(painter, self._theme, QRectF(self.rect()), "accent_soft", _DISC / 2)
        at = (_DISC - 26) / 2
        icons.draw(painter, self._icon, self._theme.color("accent"), at, at, 26)


class EmptyState(QWidget):
    """Centred, a little above the middle of the room it is given."""

    def __init__(
        self, theme: Theme, icon: str, title: str, text: str, actions: Sequence[QWidget] = ()
    ) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            icon: The page's own.
            title: What is missing.
            text: Why that matters now, with a figure from the data; a newline parts two sentences.
            actions: One primary way on, and perhaps a plain one.
        """
        super().__init__()
        self._title = Text(theme, title, "subtitle", align="center")
        self._text = Text(theme, text, "body", "ink2", wrap=True, align="center")
        self._text.setMaximumWidth(_WIDTH)
        self._text.setMinimumWidth(min(_WIDTH, 280))
        middle = Qt.AlignmentFlag.AlignHCenter
        body = column(gap=0, margins=24)
        body.addStretch(4)
        body.addWidget(_Disc(theme, icon), 0, middle)
        body.addSpacing(20)
        body.addWidget(self._title, 0, middle)
        body.addSpacing(6)
        body.addLayout(row(None, self._text, None, gap=0))
        body.addSpacing(20)
        body.addLayout(row(None, *actions, None, gap=8))
        body.addStretch(5)
        self.setLayout(body)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(title)

    def set_texts(self, title: str, text: str) -> None:
        """Say something else."""
        self._title.set_text(title)
        self._text.set_text(text)
        self.setAccessibleName(title)
