"""Pages of a stored file as pictures for the screen: decoded in memory, bounded in size, in the worker.

Nothing here touches a widget or a file. A picture is decoded only as what its content says it is, so that
no other reader of Qt's is ever offered a file from outside.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from tsguard.services.evidence_view import Fit, Loaded, Look, PageFault, draw_pdf, scale_for

MOST_BITS = 8 * 240 * 1024 * 1024
"""Of a picture while it is decoded; Qt itself stops at 256 MiB."""
MOST_PIXELS = 24_000_000
"""Of a picture while it is looked at; a larger one is made smaller."""
_MOST_JPEG = 250_000_000
"""Pixels of a JPEG, which is made smaller while it is read."""
_USUAL_BITS = 32


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall be drawn.

    Attributes:
        page: Counted from 0.
        fit: By what its size goes.
        zoom: For ``Fit.FREE``; 1.0 is its own size.
        room: Width and height there is, in logical pixels.
        ratio: Device pixels in a logical one.
    """

    page: int
    fit: Fit
    zoom: float
    room: tuple[int, int]
    ratio: float


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it is drawn.

    Attributes:
        image: The picture.
        size: How large it stands on screen, in logical pixels.
        zoom: How large that is; 1.0 is its own size.
    """

    image: QImage = field(repr=False)
    size: QSize
    zoom: float


class Pages:
    """The pages of a loaded file; only the worker draws from it.

    Attributes:
        count: How many there are, as far as is known.
    """

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._decoded: tuple[int, QImage, QSize] | None = None
        self.count = loaded.pages
        if loaded.form == "tiff":
            with _reading(loaded) as reader:
                self.count = max(1, reader.imageCount())

    def draw(self, wanted: Wanted, cancelled: Callable[[], bool] = lambda: False) -> Shown | PageFault:
        """One page, or why it is not shown.

        Raises:
            Cancelled: ``cancelled`` said so.
        """
        if self._loaded.look is Look.PDF:
            return self._draw_pdf(wanted, cancelled)
        return self._draw_picture(wanted)

    def _draw_pdf(self, wanted: Wanted, cancelled: Callable[[], bool]) -> Shown | PageFault:
        zoom = 1.0

        def scale(wide: float, high: float) -> float:
            nonlocal zoom
            zoom = scale_for(wide, high, wanted.fit, wanted.room, wanted.zoom)
            return zoom * wanted.ratio

        page = draw_pdf(self._loaded.data, wanted.page, scale, cancelled=cancelled)
        if isinstance(page, PageFault):
            return page
        made = page.image
        image = QImage(made.rgba, made.width, made.height, made.width * 4, QImage.Format.Format_RGBX8888)
        return Shown(image.copy(), _size(page.wide, page.high, zoom), zoom)  # the copy outlives the bytes

    def _draw_picture(self, wanted: Wanted) -> Shown | PageFault:
        if self._decoded is None or self._decoded[0] != wanted.page:
            self._decoded = None
            made = decode(self._loaded, wanted.page)
            if isinstance(made, PageFault):
                return made
            self._decoded = (wanted.page, *made)
        _page, image, own = self._decoded
        zoom = scale_for(own.width(), own.height(), wanted.fit, wanted.room, wanted.zoom)
        if wanted.fit is not Fit.FREE:
            zoom = min(1.0, zoom)  # a small picture is not blown up
        size = _size(own.width(), own.height(), zoom)
        target = QSize(round(size.width() * wanted.ratio), round(size.height() * wanted.ratio))
        if target.width() < image.width() and target.height() > 0:
            ways = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            image = image.scaled(target.expandedTo(QSize(1, 1)), *ways)
        return Shown(image, size, zoom)


def _size(wide: float, high: float, zoom: float) -> QSize:
    return QSize(max(1, round(wide * zoom)), max(1, round(high * zoom)))


@contextmanager
def _reading(loaded: Loaded) -> Iterator[QImageReader]:
    """A reader of a picture; it lets its bytes go before they are gone, or Qt would crash."""
    buffer = QBuffer()
    buffer.setData(QByteArray(loaded.data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(loaded.form.encode("ascii")))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    try:
        yield reader
    finally:
        reader.setFileName("")
        buffer.close()


def decode(loaded: Loaded, index: int = 0) -> tuple[QImage, QSize] | PageFault:
    """A picture, upright and on white, with the size it has by itself; of an animation the first one.

    Args:
        loaded: A picture's bytes.
        index: Which of several in one file, counted from 0.

    Returns:
        Too many pixels are refused before any is read.
    """
    with _reading(loaded) as reader:
        if index and not reader.jumpToImage(index):
            return PageFault.BROKEN
        own = reader.size()
        if own.isEmpty():
            return PageFault.BROKEN
        count = own.width() * own.height()
        form = reader.imageFormat()
        known = form != QImage.Format.Format_Invalid
        bits = QImage.toPixelFormat(form).bitsPerPixel() if known else _USUAL_BITS
        if loaded.form == "jpeg" and MOST_PIXELS < count <= _MOST_JPEG:
            share = math.sqrt(MOST_PIXELS / count)
            reader.setScaledSize(QSize(max(1, int(own.width() * share)), max(1, int(own.height() * share))))
        elif count * max(bits, _USUAL_BITS) > MOST_BITS:  # Qt counts no fewer
            return PageFault.TOO_LARGE
        image = reader.read()
    if image.isNull():
        return PageFault.BROKEN
    if (image.width() > image.height()) != (own.width() > own.height()):
        own = own.transposed()  # its EXIF turned it
    return _on_white(_bounded(image)), own


def _bounded(image: QImage) -> QImage:
    count = image.width() * image.height()
    if count <= MOST_PIXELS:
        return image
    share = math.sqrt(MOST_PIXELS / count)
    size = QSize(max(1, int(image.width() * share)), max(1, int(image.height() * share)))
    return image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def _on_white(image: QImage) -> QImage:
    if not image.hasAlphaChannel():
        return image.convertToFormat(QImage.Format.Format_RGB32)
    white = QImage(image.size(), QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    painter = QPainter(white)
    painter.drawImage(0, 0, image)
    painter.end()
    return white
