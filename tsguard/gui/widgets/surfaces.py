"""Planes, the one card, hairlines, and a scroll area that lets the plane behind it show."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QWidget

from tsguard.gui.theme import Theme
from tsguard.gui.tokens import CARD_MARGIN, RADIUS_CARD, RADIUS_TRACK, Token
from tsguard.gui.widgets import paint


class Surface(QWidget):
    """A plane of one colour with something on it."""

    def __init__(
        self,
        theme: Theme,
        layout: QLayout | None = None,
        *,
        fill: Token = "layer",
        frame: Token | None = None,
        radius: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """Make a plane.

        Args:
            theme: Where colours come from.
            layout: What stands on it.
            fill: Its ground.
            frame: A hairline round it, or none.
            radius: Of its corners.
            parent: Its owner.
        """
        super().__init__(parent)
        self._theme, self._plane, self._edge, self._radius = theme, fill, frame, radius
        if layout is not None:
            self.setLayout(layout)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the plane."""
        painter = paint.begin(QPainter(self))
        frame = self._theme.color(self._edge) if self._edge else self._theme.frame_of(self._plane)
        if self._plane in {"layer", "ground", "card"} and not self._edge:
            frame = None
        paint.rounded(painter, QRectF(self.rect()), self._radius, self._theme.color(self._plane), frame)


class Card(QWidget):
    """The lifted plane: radius 8, a hairline and three strokes of shadow. At most one on a page."""

    def __init__(self, theme: Theme, layout: QLayout, *, margin: int = CARD_MARGIN) -> None:
        """Make a card.

        Args:
            theme: Where colours come from.
            layout: What stands on it; its margins are set here.
            margin: Inside its edge.
        """
        super().__init__()
        self._theme = theme
        layout.setContentsMargins(margin, margin, margin, margin + 3)
        self.setLayout(layout)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint card and shadow."""
        paint.lifted(paint.begin(QPainter(self)), self._theme, QRectF(self.rect()))


class PageFrame(QWidget):
    """The page's plane, with a hairline and one round corner where it meets navigation and title bar."""

    def __init__(self, theme: Theme, layout: QLayout) -> None:
        super().__init__()
        self._theme = theme
        layout.setContentsMargins(1, 1, 0, 0)
        self.setLayout(layout)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the plane."""
        painter = paint.begin(QPainter(self))
        half = paint.pixel(painter) / 2
        path = QPainterPath()
        area = QRectF(half, half, self.width() + 20, self.height() + 20)
        path.addRoundedRect(area, RADIUS_CARD, RADIUS_CARD)
        painter.setPen(QPen(self._theme.color("line"), half * 2))
        painter.setBrush(self._theme.color("layer"))
        painter.drawPath(path)


class Ground(QWidget):
    """The window's own plane, under everything."""

    def __init__(self, theme: Theme, layout: QLayout | None = None) -> None:
        super().__init__()
        self._theme = theme
        if layout is not None:
            self.setLayout(layout)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """Fill it."""
        QPainter(self).fillRect(event.rect(), self._theme.color("ground"))


class Hairline(QWidget):
    """One device pixel, or two from 175 % on."""

    def __init__(self, theme: Theme, *, upright: bool = False, tone: Token = "line") -> None:
        super().__init__()
        self._theme, self._upright, self._tone = theme, upright, tone
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if upright else free, free if upright else fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """One logical pixel."""
        return QSize(1, 1)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the line."""
        painter, colour = QPainter(self), self._theme.color(self._tone)
        if self._upright:
            paint.vertical(painter, 0, 0, self.height(), colour)
        else:
            paint.horizontal(painter, 0, 0, self.width(), colour)


class Formula(Surface):
    """A sunken plane for a quoted formula or figure."""

    def __init__(self, theme: Theme, layout: QLayout) -> None:
        layout.setContentsMargins(14, 10, 14, 10)
        super().__init__(theme, layout, fill="sunken", radius=RADIUS_TRACK)


class Scroll(QScrollArea):
    """A scroll area with no ground of its own, that never scrolls sideways."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)  # setWidget() has just switched it on
        self.viewport().setAutoFillBackground(False)
