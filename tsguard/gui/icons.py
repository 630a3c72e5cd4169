"""Icons as tinted pictures, sharp at every scale.

A file is read once, a picture is rendered once for each colour, size and ratio. Icons have no colours
of their own; which one they take is the caller's business.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from tsguard.assets import resources

_SIGN_SIZES = (16, 32, 48, 64, 128, 256)
_RATIOS = (1.0, 1.25, 1.5, 1.75, 2.0, 3.0)


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def _render(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    svg = _source(name).replace("<svg ", f'<svg fill="{colour}" ', 1)
    side = round(size * ratio)
    picture = QPixmap(side, side)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side / ratio, side / ratio))
    painter.end()
    return picture


def exists(name: str) -> bool:
    """Whether an icon of that name ships with the program."""
    return (resources() / "icons" / f"{name}.svg").is_file()


def pixmap(name: str, colour: QColor, size: int = 20, ratio: float = 1.0) -> QPixmap:
    """The icon in one colour.

    Args:
        name: The file's name in ``resources/icons`` without its suffix.
        colour: Of the whole icon.
        size: Its side in logical pixels.
        ratio: Device pixels in a logical one.

    Raises:
        FileNotFoundError: There is no such icon; a bug, since names are literals.
    """
    return _render(name, colour.name(), size, ratio)


def draw(painter: QPainter, name: str, colour: QColor, x: float, y: float, size: int = 20) -> None:
    """Paint an icon with its upper left corner at a place, moved to the nearest device pixel."""
    ratio = painter.device().devicePixelRatioF()
    transform = painter.deviceTransform()
    at = transform.map(QPointF(x, y))
    inverse, _ok = transform.inverted()
    painter.drawPixmap(inverse.map(QPointF(round(at.x()), round(at.y()))), pixmap(name, colour, size, ratio))


def icon(name: str, colour: QColor, size: int = 16) -> QIcon:
    """For native widgets and menus; our own paint with ``draw``."""
    made = QIcon()
    for ratio in _RATIOS:
        made.addPixmap(pixmap(name, colour, size, ratio))
    return made


@lru_cache(maxsize=4)
def application_icon() -> QIcon:
    """The program's own sign, in its own colours; as pictures, which need no plug-in."""
    made = QIcon()
    for size in _SIGN_SIZES:
        made.addFile(str(resources() / "icons" / "program" / f"tsguard-{size}.png"), QSize(size, size))
    return made
