"""Bars of lanes and of verdicts, and the legend for where a label does not fit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.gui.text import put, width_of
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import Token
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.signs import Lane, draw_lane, lane_word


def draw_lane_bar(
    painter: QPainter,
    theme: Theme,
    area: QRectF,
    claimed: int,
    evidenced: int,
    full: int,
    verified: int | None = None,
) -> None:
    """A bar of one section, for a widget or a delegate.

    Args:
        painter: With antialiasing on.
        theme: Where colours come from.
        area: The bar is 5 high in its middle.
        claimed: Points as answered, in the unit of ``full``.
        evidenced: Points with evidence.
        full: All points.
        verified: The auditor's points, as a diamond, or None.
    """
    whole = max(1, full)
    sure = min(claimed, evidenced)
    place = QRectF(area.left(), area.center().y() - 2.5, area.width(), 5)
    parts: list[tuple[float, Token]] = [(sure / whole, "accent"), ((claimed - sure) / whole, "accent_mid")]
    paint.bar(painter, theme, place, parts)
    if verified is not None:
        x = area.left() + area.width() * min(1.0, verified / whole)
        x = min(max(x, area.left() + 5), area.right() - 5)
        draw_lane(painter, theme, Lane.VERIFIED, x, area.center().y(), 4.6)


class LaneBar(QWidget):
    """Claimed and evidenced points of one section in one bar, the auditor's as a diamond on it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._data: tuple[int, int, int, int | None] = (0, 0, 1, None)
        self.setFixedHeight(14)
        self.setMinimumWidth(60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_data(
        self, claimed: int, evidenced: int, full: int, verified: int | None = None, *, name: str = ""
    ) -> None:
        """Show other points, all in tenths.

        Args:
            claimed: As answered.
            evidenced: With evidence.
            full: All of them.
            verified: The auditor's, or None.
            name: What the bar is about, for screen readers.
        """
        self._data = (claimed, evidenced, full, verified)
        figures = {Lane.CLAIMED: claimed, Lane.EVIDENCED: evidenced, Lane.VERIFIED: verified}
        spoken = [
            f"{lane_word(lane)}{value / 10:.1f}" for lane, value in figures.items() if value is not None
        ]
        self.setAccessibleName(f"{name} {'，'.join(spoken)} / {full / 10:g}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        """A column's width."""
        return QSize(100, 14)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the bar."""
        claimed, evidenced, full, verified = self._data
        area = QRectF(self.rect())
        draw_lane_bar(paint.begin(QPainter(self)), self._theme, area, claimed, evidenced, full, verified)


class PartsBar(QWidget):
    """A whole in parts of several colours, such as the verdicts of a section."""

    def __init__(self, theme: Theme, height: int = 5) -> None:
        super().__init__()
        self._theme = theme
        self._parts: list[tuple[float, Token]] = []
        self.setFixedHeight(height)
        self.setMinimumWidth(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_data(self, parts: Sequence[tuple[int, Token, str]], of: int) -> None:
        """Show other parts.

        Args:
            parts: Count, colour and spoken word of each, from the left.
            of: The whole.
        """
        whole = max(1, of)
        self._parts = [(count / whole, token) for count, token, _word in parts]
        self.setAccessibleName("，".join(f"{word}{count}" for count, _token, word in parts) + f" / {of}")
        self.update()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the parts."""
        paint.bar(paint.begin(QPainter(self)), self._theme, QRectF(self.rect()), self._parts)


class Legend(QWidget):
    """Colours with their words; or the three lanes with their signs."""

    def __init__(self, theme: Theme, entries: Sequence[tuple[Token | Lane, str]]) -> None:
        """Make a legend.

        Args:
            theme: Where colours come from.
            entries: A colour or a lane, and its word.
        """
        super().__init__()
        self._theme, self._entries = theme, tuple(entries)
        width = sum(width_of(word, "caption") + 32 for _sign, word in self._entries) - 12
        self.setFixedSize(max(1, width), 18)
        self.setAccessibleName("、".join(word for _sign, word in self._entries))
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint signs and words."""
        painter, theme, x = paint.begin(QPainter(self)), self._theme, 0.0
        for sign, word in self._entries:
            if isinstance(sign, Lane):
                draw_lane(painter, theme, sign, x + 6, 9, 5)
            else:
                paint.rounded(painter, QRectF(x, 6.5, 12, 5), 2, theme.color(sign))
            room = QRectF(x + 17, 0, self.width(), 18)
            x += put(painter, word, "caption", theme.color("ink2"), room) + 32
