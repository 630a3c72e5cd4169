"""The radar of sections: claimed dashed, evidenced filled, verified as points."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.gui.text import put
from tsguard.gui.theme import Theme
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.signs import Lane, draw_lane, lane_word
from tsguard.i18n import _

_LABEL = 17
_SIDE, _TOP = 44, 28
_FILL_LIGHT, _FILL_DARK = 46, 70


class RadarChart(QWidget):
    """Shares of each section's points; the outer ring is all of them. A table of the same stands beside it.

    Signals:
        picked(int): A person pressed the axis with that number.
    """

    picked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._labels: tuple[str, ...] = ()
        self._lanes: dict[Lane, tuple[int | None, ...]] = {}
        self._current = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(260, 240))
        theme.changed.connect(self.update)

    def set_data(
        self,
        labels: Sequence[str],
        claimed: Sequence[int],
        evidenced: Sequence[int],
        verified: Sequence[int | None] = (),
    ) -> None:
        """Show other figures.

        Args:
            labels: Two characters for each axis, clockwise from the top; at least three.
            claimed: Per cent of the full points, 0 to 100, for each axis.
            evidenced: Likewise.
            verified: Likewise, None where no auditor has been; empty where none has been anywhere.
        """
        self._labels = tuple(labels)
        self._lanes = {Lane.EVIDENCED: tuple(evidenced), Lane.CLAIMED: tuple(claimed)}
        if verified:
            self._lanes[Lane.VERIFIED] = tuple(verified)
        spoken = []
        for at, label in enumerate(self._labels):
            figures = [
                f"{lane_word(lane)}{values[at]}%"
                for lane, values in sorted(self._lanes.items(), key=lambda pair: list(Lane).index(pair[0]))
                if values[at] is not None
            ]
            spoken.append(f"{label} {'，'.join(figures)}")
        self.setAccessibleName(_("雷达图。") + "；".join(spoken))
        self.update()

    def set_current(self, current: int) -> None:
        """The axis that is spoken of beside the chart; -1 for none."""
        self._current = current
        self.update()

    def sizeHint(self) -> QSize:
        """Room for twelve labels."""
        return QSize(290, 290)

    def _measure(self) -> tuple[QPointF, float]:
        radius = min(self.width() / 2 - _SIDE, self.height() / 2 - _TOP)
        return QPointF(self.width() / 2, self.height() / 2), max(20.0, radius)

    def _point(self, axis: int, share: float) -> QPointF:
        centre, radius = self._measure()
        angle = -math.pi / 2 + 2 * math.pi * axis / len(self._labels)
        return QPointF(
            centre.x() + radius * share * math.cos(angle), centre.y() + radius * share * math.sin(angle)
        )

    def _ring(self, shares: Sequence[float]) -> QPolygonF:
        return QPolygonF([self._point(axis, share) for axis, share in enumerate(shares)])

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint net, labels and lanes."""
        if len(self._labels) < 3:
            return
        painter = paint.begin(QPainter(self))
        self._net(painter)
        self._lane(painter, Lane.EVIDENCED)
        self._lane(painter, Lane.CLAIMED)
        for lane, radius in ((Lane.CLAIMED, 3.6), (Lane.EVIDENCED, 3.6), (Lane.VERIFIED, 4.6)):
            for axis, value in enumerate(self._lanes.get(lane, ())):
                if value is not None:
                    at = self._point(axis, value / 100)
                    draw_lane(painter, self._theme, lane, at.x(), at.y(), radius)

    def _net(self, painter: QPainter) -> None:
        theme, count = self._theme, len(self._labels)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for level in (0.25, 0.5, 0.75, 1.0):
            painter.setPen(QPen(theme.color("edge" if level == 1.0 else "line_strong"), 1))
            painter.drawPolygon(self._ring([level] * count))
        _centre, radius = self._measure()
        for axis, label in enumerate(self._labels):
            painter.setPen(QPen(theme.color("line_strong"), 1))
            painter.drawLine(self._measure()[0], self._point(axis, 1.0))
            at, here = self._point(axis, 1 + _LABEL / radius), axis == self._current
            tone = theme.color("accent" if here else "ink2")
            put(
                painter,
                label,
                "caption",
                tone,
                QRectF(at.x() - 40, at.y() - 9, 80, 18),
                "center",
                strong=here,
            )

    def _lane(self, painter: QPainter, lane: Lane) -> None:
        theme = self._theme
        shares = [(value or 0) / 100 for value in self._lanes[lane]]
        pen = QPen(theme.color("accent"), 1.8 if lane is Lane.EVIDENCED else 1.4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if lane is Lane.EVIDENCED:
            fill = theme.color("accent")
            fill.setAlpha(_FILL_DARK if theme.dark else _FILL_LIGHT)
            painter.setBrush(fill)
        else:
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawPolygon(self._ring(shares))

    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        """Find the axis that was meant."""
        if len(self._labels) < 3:
            return
        _centre, radius = self._measure()
        near = min(
            range(len(self._labels)),
            key=lambda axis: (self._point(axis, 1 + _LABEL / radius) - event.position()).manhattanLength(),
        )
        at = self._point(near, 1 + _LABEL / radius) - event.position()
        if at.manhattanLength() < 2 * _LABEL + 10:
            self.picked.emit(near)
