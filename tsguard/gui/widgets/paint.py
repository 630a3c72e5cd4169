"""Strokes and planes on whole device pixels, so that edges stay sharp at 125, 150 and 175 %.

Draws only; knows no widget and decides no colour.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from tsguard.gui.theme import Theme
from tsguard.gui.tokens import RADIUS_CARD, Token

_SHADOW_LIGHT = (10, 7, 4)
_SHADOW_DARK = (60, 40, 20)
_SLACK = 0.01


def begin(painter: QPainter) -> QPainter:
    """Switch antialiasing on; everything that must stay hard switches it off for itself."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def snapped(painter: QPainter, rect: QRectF) -> QRectF:
    """The rectangle with each edge moved inward to a device pixel, so that a widget's clip cuts none off."""
    transform = painter.deviceTransform()
    device = transform.mapRect(rect)
    left, top = math.ceil(device.left() - _SLACK), math.ceil(device.top() - _SLACK)
    right, bottom = math.floor(device.right() + _SLACK), math.floor(device.bottom() + _SLACK)
    inverse, _ok = transform.inverted()
    return inverse.mapRect(QRectF(left, top, max(1, right - left), max(1, bottom - top)))


def fill(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """A rectangle without soft edges; neighbours meet without a seam."""
    smooth = painter.testRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.fillRect(rect, colour)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=smooth)


def pixel(painter: QPainter) -> float:
    """The width of a hairline: whole device pixels, in logical ones."""
    ratio = painter.deviceTransform().m11()
    return max(1, int(ratio + 0.25)) / ratio


def horizontal(painter: QPainter, left: float, top: float, width: float, colour: QColor) -> None:
    """A hairline whose upper edge is at ``top``."""
    at = snapped(painter, QRectF(left, top, width, 1))
    fill(painter, QRectF(left, at.top(), width, pixel(painter)), colour)


def vertical(painter: QPainter, left: float, top: float, height: float, colour: QColor) -> None:
    """A hairline whose left edge is at ``left``."""
    at = snapped(painter, QRectF(left, top, 1, height))
    fill(painter, QRectF(at.left(), top, pixel(painter), height), colour)


def rounded(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None = None,
    frame: QColor | None = None,
) -> None:
    """A plane with round corners and, where asked for, a hairline frame inside its edge."""
    area = snapped(painter, rect)
    if frame is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        width = pixel(painter)
        painter.setPen(QPen(frame, width))
        area.adjust(width / 2, width / 2, -width / 2, -width / 2)
        radius -= width / 2
    if fill is None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setBrush(fill)
    painter.drawRoundedRect(area, radius, radius)


def soft(painter: QPainter, theme: Theme, rect: QRectF, ground: Token, radius: float) -> None:
    """A ``*_soft`` plane; in high contrast, where it has no colour, with a frame in its ink."""
    rounded(painter, rect, radius, theme.color(ground), theme.frame_of(ground))


def marker(painter: QPainter, theme: Theme, x: float, middle: float) -> None:
    """The 3×16 accent bar that says: selected."""
    rounded(painter, QRectF(x, middle - 8, 3, 16), 1.5, theme.color("accent"))


def lifted(painter: QPainter, theme: Theme, rect: QRectF, radius: float = RADIUS_CARD) -> None:
    """The open card: a plane with a hairline and three strokes of shadow below.

    Args:
        painter: With antialiasing on.
        theme: Where colours come from.
        rect: With the shadow; the card itself ends 3 px higher.
        radius: Of the corners.
    """
    card = rect.adjusted(0, 0, 0, -3)
    if not theme.high_contrast:
        painter.setPen(Qt.PenStyle.NoPen)
        for below, alpha in enumerate(_SHADOW_DARK if theme.dark else _SHADOW_LIGHT, 1):
            shade = theme.color("shadow")
            shade.setAlpha(alpha)
            painter.setBrush(shade)
            painter.drawRoundedRect(card.translated(0, below), radius, radius)
    rounded(painter, card, radius, theme.color("card"), theme.color("line"))


def bar(
    painter: QPainter,
    theme: Theme,
    rect: QRectF,
    parts: list[tuple[float, Token]],
    track: Token = "pressed",
) -> None:
    """A thin bar.

    Args:
        painter: With antialiasing on.
        theme: Where colours come from.
        rect: Where.
        parts: Shares of the whole, 0.0 to 1.0, with their colours, from the left; the rest is track.
        track: Its colour.
    """
    area = snapped(painter, rect)
    path = QPainterPath()
    path.addRoundedRect(area, area.height() / 2, area.height() / 2)
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    painter.fillRect(area, theme.color(track))
    x = area.left()
    for share, token in parts:
        width = area.width() * share
        gap = pixel(painter) if x > area.left() else 0.0  # a hair of track between neighbours
        if width > gap:
            painter.fillRect(QRectF(x + gap, area.top(), width - gap, area.height()), theme.color(token))
        x += width
    painter.restore()
    if theme.high_contrast:
        rounded(painter, area, area.height() / 2, None, theme.color("line"))


def diamond(x: float, y: float, radius: float) -> list[QPointF]:
    """Corners of a diamond round a point."""
    return [QPointF(x, y - radius), QPointF(x + radius, y), QPointF(x, y + radius), QPointF(x - radius, y)]
