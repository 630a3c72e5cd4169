"""The ruler of scores: 0 to full once, with the bands, the three lanes, and what can't be reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.gui.text import put, width_of
from tsguard.gui.theme import Theme
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.signs import Lane, draw_lane, lane_word
from tsguard.i18n import _

_HEIGHT = 62
_TRACK_TOP, _TRACK = 20, 6
_HATCH = 5


@dataclass(frozen=True, slots=True)
class Band:
    """One band of the programme.

    Attributes:
        name: Its word.
        start: The score at which it begins, in tenths of a point.
    """

    name: str
    start: int


class ScoreRuler(QWidget):
    """The three scores on one scale. The figures stand above it in the page."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lanes: dict[Lane, int] = {}
        self._bands: tuple[Band, ...] = ()
        self._full, self._current, self._cap = 1000, "", -1
        self.setFixedHeight(_HEIGHT)
        self.setMinimumWidth(240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_data(
        self,
        lanes: Mapping[Lane, int | None],
        bands: Sequence[Band],
        *,
        full: int = 1000,
        current: str = "",
        cap: int | None = None,
    ) -> None:
        """Show other scores.

        Args:
            lanes: Scores in tenths of a point; None or missing where there is none.
            bands: From the lowest up, the first at 0.
            full: The most points, in tenths.
            current: Name of the band that holds.
            cap: The score from which on nothing can be reached while a veto is open; hatched.
        """
        self._lanes = {lane: score for lane, score in lanes.items() if score is not None}
        self._bands, self._full, self._current = tuple(bands), max(1, full), current
        self._cap = -1 if cap is None else cap
        parts = [
            _("{lane}{score}分").format(lane=lane_word(lane), score=f"{self._lanes[lane] / 10:.1f}")
            for lane in Lane
            if lane in self._lanes
        ]
        if current:
            parts.append(_("等级{band}").format(band=current))
        if cap is not None:
            parts.append(_("封顶在{score}分以下").format(score=f"{cap / 10:g}"))
        self.setAccessibleName("，".join(parts))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it gets."""
        return QSize(480, _HEIGHT)

    def _x(self, score: float) -> float:
        return self.width() * min(1.0, max(0.0, score / self._full))

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint track, hatch, bands and lanes."""
        painter, theme = paint.begin(QPainter(self)), self._theme
        track = QRectF(0, _TRACK_TOP, self.width(), _TRACK)
        claimed = self._lanes.get(Lane.CLAIMED, 0) / self._full
        evidenced = self._lanes.get(Lane.EVIDENCED, 0) / self._full
        paint.bar(
            painter,
            theme,
            track,
            [(min(claimed, evidenced), "accent"), (max(0.0, claimed - evidenced), "accent_mid")],
        )
        if 0 <= self._cap < self._full:
            self._hatch(
                painter, QRectF(self._x(self._cap), track.top() - 4, self.width(), track.height() + 8)
            )
        self._names(painter)
        for lane in (Lane.VERIFIED, Lane.EVIDENCED, Lane.CLAIMED):
            if lane in self._lanes:
                x = min(max(self._x(self._lanes[lane]), 8.0), self.width() - 8.0)
                draw_lane(painter, theme, lane, x, track.center().y(), 7)

    def _hatch(self, painter: QPainter, area: QRectF) -> None:
        painter.save()
        painter.setClipRect(area)
        painter.setPen(QPen(self._theme.color("edge"), 1))
        x = area.left() - 14
        while x < self.width():
            painter.drawLine(QLineF(x, area.bottom(), x + 14, area.top()))
            x += _HATCH
        painter.restore()

    def _names(self, painter: QPainter) -> None:
        """Band names under their stretch; one that has no room is left out, the current one never."""
        theme, taken = self._theme, -1.0
        ends = [band.start for band in self._bands[1:]] + [self._full]
        for band, end in zip(self._bands, ends, strict=True):
            left, right = self._x(band.start), self._x(end)
            if band.start:
                paint.vertical(painter, left - 0.5, 13, 20, theme.color("edge"))
                room = QRectF(left - 24, -2, 48, 16)
                put(painter, f"{band.start / 10:g}", "caption", theme.color("ink3"), room, "center")
            here = band.name == self._current
            width = width_of(band.name, "caption", strong=here)
            start = min(max((left + right - width) / 2, 0.0), self.width() - width)
            if start < taken and not here:
                continue
            tone = theme.color("ink" if here else "ink3")
            put(painter, band.name, "caption", tone, QRectF(start, 39, width + 1, 18), strong=here)
            taken = start + width + 6
