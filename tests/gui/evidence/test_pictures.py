"""Pictures from anywhere: upright, on white, bounded, and decoded only as what they are."""

from __future__ import annotations

import struct
import zlib

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter

from tsguard.gui.evidence.pictures import MOST_PIXELS, Pages, Shown, Wanted, decode
from tsguard.services.evidence_view import Fit, Loaded, Look, PageFault


def picture(form: str, width: int = 60, height: int = 40, colour: str = "#ff0000") -> bytes:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(colour))
    return written(image, form)


def written(image: QImage, form: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(form.encode()))
    assert writer.write(image), writer.errorString()
    return bytes(buffer.data().data())


def loaded(data: bytes, form: str) -> Loaded:
    return Loaded(Look.PICTURE, form, form, data=data)


def wanted(fit: Fit = Fit.WHOLE, room: tuple[int, int] = (600, 600), zoom: float = 1.0, ratio: float = 1.0):
    return Wanted(0, fit, zoom, room, ratio)


GIF = (
    b"GIF89a\x02\x00\x01\x00\x80\x00\x00\xff\x00\x00\x00\x00\xff"
    b",\x00\x00\x00\x00\x02\x00\x01\x00\x00\x02\x02\x04\x0a\x00;"
)


@pytest.mark.parametrize("form", ["png", "jpeg", "bmp", "webp", "tiff"])
def test_every_kind_is_decoded(app, form: str) -> None:
    image, own = decode(loaded(picture(form), form))
    assert (own.width(), own.height()) == (60, 40)
    colour = image.pixelColor(30, 20)
    assert colour.red() > 240
    assert colour.green() < 15


def test_a_gif_is_decoded(app) -> None:
    image, own = decode(loaded(GIF, "gif"))
    assert (own.width(), own.height()) == (2, 1)
    assert image.pixelColor(0, 0) == QColor("#ff0000")


def test_what_is_transparent_stands_on_white(app) -> None:
    image, _own = decode(loaded(picture("png", colour="#00000000"), "png"))
    assert image.pixelColor(5, 5) == QColor("white")


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"", "png"),
        (picture("png")[:40], "png"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "png"),
        (b"\xff\xd8\xff" + bytes(50), "jpeg"),
        (b"II*\0" + b"\xff" * 50, "tiff"),
        (b"BM" + b"\xff" * 60, "bmp"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "webp"),
        (b"GIF89a" + b"\xff" * 20, "gif"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "png"),
    ],
)
@pytest.mark.qt_log_ignore("JPEG", "TIFF", "directory", extend=True)
def test_what_is_broken_or_something_else_has_a_word(app, data: bytes, form: str) -> None:
    assert decode(loaded(data, form)) in {PageFault.BROKEN, PageFault.TOO_LARGE}


def bomb(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = zlib.compress(bytes(1 << 20))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_large_scan_in_black_and_white_is_too_large_and_not_broken(app) -> None:
    side = 16_000
    scan = QImage(side, side, QImage.Format.Format_Mono)
    scan.fill(1)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    scan.save(buffer, "PNG")
    assert decode(loaded(bytes(buffer.data().data()), "png")) is PageFault.TOO_LARGE


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (2**31 - 1, 2**31 - 1), (2**31 - 1, 1)])
def test_a_bomb_is_refused_before_it_goes_off(app, width: int, height: int) -> None:
    assert decode(loaded(bomb(width, height), "png")) in {PageFault.TOO_LARGE, PageFault.BROKEN}


def test_a_large_photograph_is_made_smaller(app) -> None:
    image = QImage(8000, 6000, QImage.Format.Format_Grayscale8)
    image.fill(128)
    decoded, own = decode(loaded(written(image, "jpeg"), "jpeg"))
    assert (own.width(), own.height()) == (8000, 6000)
    assert decoded.width() * decoded.height() <= MOST_PIXELS


def turned_jpeg() -> bytes:
    """A JPEG that its EXIF says stands on its side (orientation 6)."""
    tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    exif = b"Exif\0\0" + tiff
    data = picture("jpeg")
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + data[2:]


def test_a_photograph_stands_upright(app) -> None:
    image, own = decode(loaded(turned_jpeg(), "jpeg"))
    assert (image.width(), image.height()) == (own.width(), own.height()) == (40, 60)


@pytest.mark.parametrize(
    ("fit", "room", "zoom", "ratio", "size", "pixels"),
    [
        (Fit.WHOLE, (600, 600), 1.0, 1.0, (400, 200), 400),
        (Fit.WHOLE, (100, 600), 1.0, 1.0, (100, 50), 100),
        (Fit.WHOLE, (100, 600), 1.0, 2.0, (100, 50), 200),
        (Fit.WIDTH, (200, 10), 1.0, 1.0, (200, 100), 200),
        (Fit.FREE, (1, 1), 2.0, 1.0, (800, 400), 400),
        (Fit.FREE, (1, 1), 0.25, 1.0, (100, 50), 100),
    ],
)
def test_it_is_drawn_as_large_as_it_is_shown(app, fit, room, zoom, ratio, size, pixels) -> None:
    pages = Pages(loaded(picture("png", 400, 200), "png"))
    shown = pages.draw(wanted(fit, room, zoom, ratio))
    assert isinstance(shown, Shown)
    assert (shown.size.width(), shown.size.height()) == size
    assert shown.image.width() == pixels
    assert shown.zoom == size[0] / 400
